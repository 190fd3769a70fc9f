"""``add``: single works into the library."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from small_project import SEA, SETTINGS, Run, bib, lock

from dl4es_bib.disk import source
from dl4es_bib.resolver.provider import Unanswered
from dl4es_bib.tasks import add as adding


def test_a_doi_is_looked_up_and_its_record_added(command: Run, project: Path) -> None:
    code, out, err = command("add", "--offline", "https://doi.org/10.5555/TIDES")
    assert (code, err) == (0, "")
    assert out == "ode2004tides  added  (confirmed)\n"
    assert "journaltitle = {Sea Letters}" in bib(project)
    assert lock(project)["ode2004tides"]["record"]["identifier"] == "10.5555/tides"
    assert "sources" not in lock(project)["ode2004tides"]


def test_a_reference_text_is_verified_against_its_record(command: Run, project: Path) -> None:
    text = "Dee, C. (2010). Melting of floes and the sound it makes: a field study. Ice Notes, 3, e17."
    assert command("add", "--offline", text)[1] == "dee2010melting  added  (confirmed)\n"
    assert "doi = {10.5555/floes}" in bib(project)


def test_what_cannot_be_resolved_is_added_from_its_own_text_and_marked(command: Run, project: Path) -> None:
    code, out, _ = command("add", "--offline", SEA)
    assert (code, out) == (0, "ode2011salt  added  (not-checked)\n")
    assert "title = {Salt in the deep sea}" in bib(project)
    assert "keywords = {not-checked}" in bib(project)
    assert command("add", "--offline", "--strict", SEA)[0] == 4


@pytest.mark.parametrize(
    ("thing", "key", "field"),
    [
        ("10.5555/TIDES", "ode2004tides", "doi = {10.5555/tides}"),
        ("https://a.example/page", "a-page", "url = {https://a.example/page}"),
        ("https://github.com/ode/tides", "tides", "@software{tides"),
        ("https://example.org/doi/10.5555/tides", "ode2004tides", "doi = {10.5555/tides}"),
    ],
)
def test_identifiers_and_addresses_of_every_kind_are_taken(
    command: Run, project: Path, thing: str, key: str, field: str
) -> None:
    code, out, _ = command("add", "--offline", thing)
    assert code == 0
    assert out.startswith(f"{key}  added")
    assert field in bib(project)


@pytest.mark.parametrize(
    "thing",
    [
        "10.5555/Unknown", "https://doi.org/10.5555/Unknown", "arXiv:2104.05107v2", "ISBN 978-3-16-148410-0",
        "PMID: 123456", "PMC123456", "doi: 10.5555/unknown",
    ],
)  # fmt: skip
def test_an_identifier_of_which_nothing_is_known_offline_writes_nothing(
    command: Run, project: Path, thing: str
) -> None:
    code, out, err = command("add", "--offline", thing)
    assert (code, out) == (1, "")
    assert "Nothing was written" in err
    assert not (project / "references.bib").exists()


def test_an_unknown_identifier_with_its_text_is_an_entry_and_is_found_again_by_itself(
    command: Run, project: Path
) -> None:
    code, out, _ = command("add", "--offline", f"{SEA} doi:10.5555/salt")
    assert (code, out) == (0, "ode2011salt  added  (not-checked)\n")
    assert command("add", "--offline", "10.5555/salt")[:2] == (0, "ode2011salt  was there  (not-checked)\n")


def test_what_is_known_is_added_beside_an_unknown_identifier_that_is_named(command: Run, project: Path) -> None:
    code, out, err = command("add", "--offline", "10.5555/tides", "10.5555/unknown")
    assert (code, out) == (1, "ode2004tides  added  (confirmed)\n")
    assert "10.5555/unknown" in err
    assert "unknown" not in bib(project)


def test_adding_again_changes_nothing(command: Run, project: Path) -> None:
    command("add", "--offline", "10.5555/tides", SEA)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.glob("*.[bl]*")}
    code, out, _ = command("add", "--offline", "10.5555/tides", SEA)
    assert (code, out.count("was there")) == (0, 2)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.glob("*.[bl]*")} == before


def test_a_key_can_be_chosen_for_one_work_that_nobody_else_has(command: Run, project: Path) -> None:
    assert command("add", "--offline", "--key", "sea", SEA)[1].startswith("sea  added")
    code, _, err = command("add", "--offline", "--key", "sea", "10.5555/tides")
    assert code == 2
    assert "references.bib:1" in err
    assert "taken by another work" in err
    code, _, err = command("add", "--offline", "--key", "other", SEA)
    assert code == 0
    assert "already as sea" in err


@pytest.mark.parametrize("key", ["--rm", "../x", "a b", "a,b", "{"])
def test_a_key_that_cannot_be_is_refused(command: Run, project: Path, key: str) -> None:
    code, _, err = command("add", "--offline", f"--key={key}", SEA)
    assert code == 2
    assert "cannot be a citation key" in err
    assert not (project / "references.bib").exists()


def test_one_key_for_two_works_is_refused(command: Run) -> None:
    code, _, err = command("add", "--offline", "--key", "x", SEA, "10.5555/tides")
    assert code == 2
    assert "names one entry" in err


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("missing.bib", "is no file here"),
        ("hello", "One word"),
        ("  ", "Nothing was named"),
        ("empty.md", "no reference was found"),
    ],
)
def test_what_names_nothing_is_said_to_and_nothing_is_written(
    command: Run, project: Path, thing: str, message: str
) -> None:
    (project / "empty.md").write_text("words\n")
    code, _, err = command("add", "--offline", thing)
    assert code == 3
    assert message in err
    assert not (project / "references.bib").exists()


def test_a_bib_file_is_added_with_all_that_its_entries_say(command: Run, project: Path) -> None:
    (project / "more.bib").write_text(
        '@string{s = "Shore"}\n@article{mine, title = {Tides of the Northern Shelf Seas Revisited}, '
        "author = {Ode, Ann}, year = 2004, doi = {10.5555/tides}, file = {a.pdf}, month = jul, custom = s # { Press}}\n"
        "@misc{own, title = {A thing of my own making}, author = {Ode, Ann}, year = 2020, mynote = {kept}}\n"
    )
    code, out, _ = command("add", "--offline", "--json", "more.bib")
    data = json.loads(out)
    assert code == 0
    assert [(one["key"], one["new"], one["decision"]) for one in data["entries"]] == [
        ("mine", True, "confirmed"), ("own", True, "not-checked"),
    ]  # fmt: skip
    text = bib(project)
    for kept in ("file = {a.pdf}", "custom = {Shore Press}", "mynote = {kept}", "volume = {12}"):
        assert kept in text
    assert lock(project)["mine"]["sources"] == ["more.bib:2"]


def test_what_was_removed_comes_back_when_it_is_added_by_name(command: Run, project: Path) -> None:
    command("add", "--offline", "10.5555/tides", SEA)
    bib(project, bib(project)[bib(project).index("@article{ode2011salt") :])
    assert command("add", "--offline", "10.5555/tides")[1] == "ode2004tides  added  (confirmed)\n"
    assert "@article{ode2004tides" in bib(project)


def test_references_come_from_standard_input_too(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(f"* {SEA}\n* https://a.example/page\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert command("add", "--offline", "-")[1] == "ode2011salt  added  (not-checked)\na-page  added  (link)\n"


def test_a_source_that_does_not_answer_is_said_and_the_exit_is_5(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        name, is_local = "crossref", False

        def handles(self, identifier: object) -> bool:
            return True

        def lookup(self, identifiers: list[object]) -> dict[object, Unanswered]:
            return dict.fromkeys(identifiers, Unanswered("no answer"))

        def search(self, queries: list[object], limit: int = 10) -> dict[object, Unanswered]:
            return {}

    class Opened:
        def __enter__(self) -> tuple[list[Silent], list[object]]:
            return [Silent()], []

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(adding, "open_providers", lambda *_, **__: Opened())
    code, out, err = command("add", "10.5555/tides")
    assert (code, out) == (5, "")
    assert "no answer" in err
    assert "Nothing was written" in err
    assert not (project / "references.bib").exists()
    code, out, _ = command("add", SEA)
    assert code == 5
    assert "not-checked" in out


def test_the_key_pattern_of_the_configuration_is_used(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "keys:\n  pattern: '[auth:2:camel]:[year:2]'\n")
    assert command("add", "--offline", "10.5555/tides")[1].startswith("OdeBell:04  added")


OWN = (
    "@book{alpha, title = {First of its kind}, author = {Ode, Ann}, year = {2001}, file = {a.pdf}, "
    "month = mar, Abstract = {Mine.}, mynote = {kept}}\n"
)


def test_standard_input_keeps_what_a_file_keeps(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "own.bib").write_text(OWN)
    command("add", "--offline", "own.bib", "--bib", "file.bib")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OWN.encode())))
    command("add", "--offline", "-", "--bib", "input.bib")
    assert (project / "input.bib").read_text() == (project / "file.bib").read_text()
    for kept in ("file = {a.pdf}", "mynote = {kept}", "abstract = {Mine.}", "date = {2001-03}"):
        assert kept in (project / "input.bib").read_text()


def test_an_entry_in_a_markdown_file_keeps_its_own_fields_too(command: Run, project: Path) -> None:
    (project / "cite.md").write_text(f"# Cite it\n\n```bibtex\n{OWN}```\n")
    command("add", "--offline", "cite.md")
    assert "mynote = {kept}" in bib(project)


def test_a_source_of_entries_is_read_once(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "own.bib").write_text(OWN)
    opened: list[str] = []
    read = source.read_bytes

    def counted(path: str, **options: object) -> bytes:
        opened.append(Path(path).name)
        return read(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(source, "read_bytes", counted)
    command("add", "--offline", "own.bib")
    assert opened.count("own.bib") == 1


NO_SERVICES = "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"


@pytest.mark.parametrize("thing", ["10.5555/unknown", "arXiv:2104.05107", "ISBN 978-3-16-148410-0", "PMID: 123456"])
def test_an_identifier_that_no_source_knows_is_not_added(command: Run, project: Path, thing: str) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + NO_SERVICES)
    code, out, err = command("add", thing)
    assert (code, out) == (1, "")
    assert "No source knows" in err
    assert "Nothing was written" in err
    assert not (project / "references.bib").exists()


def test_the_others_are_added_and_the_unknown_one_is_named(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + NO_SERVICES)
    code, out, err = command("add", "10.5555/unknown", "10.5555/tides")
    assert code == 1
    assert out == "ode2004tides  added  (confirmed)\n"
    assert "No source knows doi:10.5555/unknown" in err
    assert "unknown" not in bib(project)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("- 10.5555/none.3", ("doi:10.5555/none.3",)),
        ("* arXiv:2101.99999", ("arxiv:2101.99999",)),
        ("1. PMID: 1234567; doi:10.5555/none.9", ("pmid:1234567", "doi:10.5555/none.9")),
        ("- 10.5555/none.4, 10.5555/none.5", ("doi:10.5555/none.4", "doi:10.5555/none.5")),
        ("- ISBN 978-3-16-148410-0", ("isbn:978-3-16-148410-0",)),
    ],
)
def test_a_line_of_nothing_but_an_unknown_identifier_is_named_and_the_exit_is_1(
    command: Run, project: Path, line: str, named: tuple[str, ...]
) -> None:
    (project / "bare.md").write_text(f"# One\n\n{line}\n")
    code, _, err = command("add", "--offline", "bare.md")
    assert code == 1
    assert all(identifier in err for identifier in named)
    assert "Nothing was written" in err


def test_a_line_of_nothing_but_a_known_identifier_is_added(command: Run, project: Path) -> None:
    (project / "bare.md").write_text("# One\n\n- 10.5555/none.3\n- 10.5555/TIDES\n")
    code, out, err = command("add", "--offline", "bare.md")
    assert code == 1
    assert "10.5555/none.3" in err
    assert "confirmed" in out


def test_a_build_writes_a_bare_identifier_and_marks_it(command: Run, project: Path) -> None:
    (project / "bare.md").write_text("# One\n\n- 10.5555/none.3\n\n- Tide paper 10.5555/none.4\n")
    assert command("build", "--offline", "--bib", "bare.bib", "bare.md")[0] == 0
    written = (project / "bare.bib").read_text()
    assert "{doi-10.5555-none.3," in written
    assert "doi = {10.5555/none.3}" in written
    assert "doi = {10.5555/none.4}" in written
    assert written.count("keywords = {not-checked}") == 2


SALT = "Roe, C. (2011). On Salt. Salt Letters, 4(2), 11-19."


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # As the library speaks; one that says nothing of it, or is new, is biblatex.
        ("@article{a, author={A, B}, title={T}, journal={J}, year=2001}\n", ("journal=", "year=")),
        ("@techreport{a, author={A, B}, title={T}, address={Oslo}, year=2001}\n", ("journal=", "year=")),
        ("@article{a, author={A, B}, title={T}, journaltitle={J}, date={2001}}\n", ("journaltitle=", "date=")),
        (
            "@article{a, title={T}, journal={J}, year=1}\n@online{b, title={T}, date={2001}}\n",
            ("journaltitle=", "date="),
        ),
        ("@book{a, author={A, B}, title={T}, year=2001}\n", ("journaltitle=", "date=")),
        ("", ("journaltitle=", "date=")),
    ],
)
def test_a_new_entry_speaks_as_the_library_does(
    command: Run, project: Path, text: str, fields: tuple[str, str]
) -> None:
    (project / "other.bib").write_text(text)
    assert command("add", "--offline", "--bib", "other.bib", SALT)[0] == 0
    new = (project / "other.bib").read_text()[len(text) :].replace(" ", "")
    assert all(field in new for field in fields)
    # What is chosen is done.
    assert command("add", "--offline", "--bib", "third.bib", "--dialect", "bibtex", SALT)[0] == 0
    assert "journal =" in (project / "third.bib").read_text()
