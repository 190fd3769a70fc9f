"""The public interface."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import SETTINGS

import dl4es_bib

REFERENCE = 'Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.'


def test_everything_that_is_promised_is_there() -> None:
    for name in dl4es_bib.__all__:
        assert getattr(dl4es_bib, name) is not None, name
    assert set(dl4es_bib.__all__) == {*dl4es_bib._HOMES, "__version__"}


def test_what_is_not_promised_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dl4es_bib.nothing


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    code = "import sys, dl4es_bib; print([name for name in sys.modules if name.startswith('dl4es_bib.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['dl4es_bib._version']"


def test_every_module_can_be_imported_and_none_takes_the_place_of_a_public_name() -> None:
    before = {name: getattr(dl4es_bib, name) for name in dl4es_bib.__all__}
    for module in pkgutil.walk_packages(dl4es_bib.__path__, "dl4es_bib."):
        importlib.import_module(module.name)
    assert {name: getattr(dl4es_bib, name) for name in dl4es_bib.__all__} == before
    assert callable(dl4es_bib.resolve)
    assert dl4es_bib.resolve([], []) == {}


def test_completion_offers_the_public_names_and_nothing_else() -> None:
    assert [name for name in dir(dl4es_bib) if not name.startswith("_")] == sorted(
        name for name in dl4es_bib.__all__ if not name.startswith("_")
    )


def test_help_shows_what_each_public_name_is_for() -> None:
    page = pydoc.plain(pydoc.render_doc(dl4es_bib))
    for name in dl4es_bib.__all__:
        value = getattr(dl4es_bib, name)
        if inspect.isfunction(value):
            assert f"{name}(" in page or f"{name} = {value.__name__}(" in page
        if inspect.isfunction(value) or inspect.isclass(value):
            assert inspect.getdoc(value), name


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(dl4es_bib.__file__).with_name("py.typed").is_file()


def test_a_reference_is_parsed_through_the_public_interface() -> None:
    work = dl4es_bib.parse_reference(REFERENCE)
    assert (work.title, work.year) == ("On Tides", 2004)
    assert isinstance(work, dl4es_bib.Work)


def test_a_work_is_read_by_variable() -> None:
    work = dl4es_bib.parse_reference(REFERENCE)
    assert work["title"] == "On Tides"
    assert [str(name) for name in work["author"]] == ["Ann Ode"]  # type: ignore[union-attr]
    assert "volume" in work
    with pytest.raises(KeyError):
        _ = work["publisher"]


def test_a_work_writes_itself_as_bibtex_and_in_any_style() -> None:
    work = dl4es_bib.parse_reference(REFERENCE)
    assert work.to_bibtex().startswith("@article{ode2004tides,\n")
    assert "journaltitle = {Sea Letters}" in work.to_bibtex("mine")
    assert "journal = {Sea Letters}" in work.to_bibtex(dialect="bibtex")
    assert work.format("apa") == "Ode, A. (2004). On Tides. Sea Letters, 12(3), 5–9."
    assert work.format("apa", target="markdown") == "Ode, A. (2004). On Tides. *Sea Letters*, *12*(3), 5–9."
    assert work._repr_html_() == "<p>Ode, A. (2004). On Tides. <i>Sea Letters</i>, <i>12</i>(3), 5–9.</p>"


@pytest.mark.parametrize(
    "wrong", [{"style": "no-such-style"}, {"locale": "xx-YY"}, {"target": "word"}], ids=["style", "locale", "target"]
)
def test_a_style_that_is_not_there_is_a_usage_error(wrong: dict[str, str]) -> None:
    with pytest.raises(dl4es_bib.DL4ESBibError):
        dl4es_bib.parse_reference(REFERENCE).format(**wrong)


@pytest.mark.parametrize("wrong", [{"key": "a b"}, {"key": "a,b"}, {"dialect": "latex"}])
def test_a_key_or_dialect_that_cannot_be_is_a_usage_error(wrong: dict[str, str]) -> None:
    with pytest.raises(dl4es_bib.DL4ESBibError):
        dl4es_bib.parse_reference(REFERENCE).to_bibtex(**wrong)  # type: ignore[arg-type]


def test_a_work_of_hostile_text_stays_text_in_a_notebook() -> None:
    source = dl4es_bib.Source("user", "test")
    work = dl4es_bib.Work.of("book", {"title": "<script>alert(1)</script>"}, source)
    assert "<script" not in work._repr_html_()


def test_what_a_session_prints_is_one_short_line(project: Path) -> None:
    document = dl4es_bib.scan("list.md")
    built = dl4es_bib.build(dl4es_bib.load_config(Path("dl4es-bib.yaml")), Path(), offline=True)
    library = dl4es_bib.Library(built.update.bibfile, built.update.lock)
    for value, beginning in (
        (dl4es_bib.parse_reference(REFERENCE), "<Work article-journal: Ode 2004 'On Tides'>"),
        (dl4es_bib.Work(), "<Work of unknown type>"),
        (document, "<Document list.md: "),
        (dl4es_bib.parse_bib(b"@misc{a, title = {x}}", "a.bib"), "<BibFile a.bib: 1 entries>"),
        (library, "<Library references.bib: "),
        (built, "<Built references.bib: "),
    ):
        assert repr(value).startswith(beginning)
        assert len(repr(value)) < 200


def test_a_doi_is_looked_up_in_the_index_of_the_folder_without_any_set_up(project: Path) -> None:
    dl4es_bib.build(dl4es_bib.load_config(Path("dl4es-bib.yaml")), Path(), offline=True)
    Path(".dl4es-bib").mkdir()
    Path("index.sqlite").rename(".dl4es-bib/index.sqlite")
    work = dl4es_bib.lookup("https://doi.org/10.5555/TIDES", offline=True)
    assert work is not None
    assert work["container-title"] == "Sea Letters"
    outcome = dl4es_bib.resolve_text(
        "Dee, C. (2010). Melting of floes and the sound it makes: a field study. Ice Notes, 3, e17.", offline=True
    )
    assert isinstance(outcome, dl4es_bib.Confirmed)
    assert outcome.candidate.work.to_bibtex().startswith("@article{")


def test_what_was_not_asked_is_never_called_missing(project: Path) -> None:
    with pytest.raises(dl4es_bib.DL4ESBibError, match="was not looked up"):
        dl4es_bib.lookup("10.5555/nothing-like-it", offline=True)
    outcome = dl4es_bib.resolve_text("Nobody, N. (1999). Nothing like it. Void, 1, 1-2.", offline=True)
    assert isinstance(outcome, dl4es_bib.NotChecked)


def test_what_every_source_denies_is_none(project: Path) -> None:
    off = "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"
    Path("dl4es-bib.yaml").write_text(SETTINGS + off)
    config = dl4es_bib.load_config(Path("dl4es-bib.yaml"))
    assert dl4es_bib.lookup("10.5555/nothing-like-it", config=config) is None


@pytest.mark.parametrize("text", ["On tides", "", "10.5"])
def test_what_is_no_identifier_is_refused(project: Path, text: str) -> None:
    with pytest.raises(dl4es_bib.DL4ESBibError, match="is no DOI"):
        dl4es_bib.lookup(text, offline=True)


def test_sources_are_opened_for_own_questions(project: Path) -> None:
    with dl4es_bib.providers(dl4es_bib.load_config(Path("dl4es-bib.yaml")), offline=True) as sources:
        query = dl4es_bib.Query("a", text="Ode, A., & Bell, B. (2004). Tides of the northern shelf seas revisited.")
        assert set(dl4es_bib.resolve([query], sources)) == {"a"}


def test_nothing_is_printed_by_the_public_functions(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dl4es_bib.build(dl4es_bib.load_config(Path("dl4es-bib.yaml")), Path(), offline=True)
    captured = capsys.readouterr()
    assert isinstance(sys.stdout, io.TextIOBase)
    assert (captured.out, captured.err) == ("", "")
