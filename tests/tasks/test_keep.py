"""The verbs that keep a library: add, show, edit, keys, dedupe, fmt, check; and build with the user's values."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from small_project import SETTINGS, Run

from dl4es_bib.bib.file import BibFile
from dl4es_bib.cli import run
from dl4es_bib.resolver.provider import Unanswered
from dl4es_bib.tasks import add as adding
from dl4es_bib.tasks import build as pipeline
from dl4es_bib.tasks import fmt as formatting

SEA = "Ode, A., & Bell, B. (2011). Salt in the deep sea. Sea Letters, 19(3), 45-67."


def bib(project: Path, text: str | None = None) -> str:
    path = project / "references.bib"
    if text is not None:
        path.write_text(text)
    return path.read_text()


def lock(project: Path) -> dict[str, dict[str, object]]:
    entries: dict[str, dict[str, object]] = yaml.safe_load((project / "dl4es-bib.lock").read_text())["entries"]
    return entries


# -- add ---------------------------------------------------------------------------------------------------------


def test_a_doi_is_looked_up_and_its_record_added(command: Run, project: Path) -> None:
    code, out, err = command("add", "--offline", "https://doi.org/10.5555/TIDES")
    assert (code, err) == (0, "")
    assert out == "ode2004tides  added  (confirmed)\n"
    assert "journaltitle = {Sea Letters}" in bib(project)
    assert lock(project)["ode2004tides"]["record"] == "index 10.5555/tides"
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
        ("10.5555/Unknown", "doi-10.5555-unknown", "doi = {10.5555/Unknown}"),
        ("arXiv:2104.05107v2", "arxiv-2104.05107", "eprint = {2104.05107v2}"),
        ("ISBN 978-3-16-148410-0", "isbn-9783161484100", "isbn = {978-3-16-148410-0}"),
        ("https://a.example/page", "a-page", "url = {https://a.example/page}"),
        ("https://github.com/ode/tides", "tides", "@software{tides"),
        ("https://example.org/doi/10.5555/tides", "ode2004tides", "doi = {10.5555/tides}"),
        ("PMID: 123456", "pmid-123456", "@misc{pmid-123456"),
    ],
)
def test_identifiers_and_addresses_of_every_kind_are_taken(
    command: Run, project: Path, thing: str, key: str, field: str
) -> None:
    code, out, _ = command("add", "--offline", thing)
    assert code == 0
    assert out.startswith(f"{key}  added")
    assert field in bib(project)


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
    [("missing.bib", "is no file here"), ("  ", "Nothing was named"), ("empty.md", "no reference was found")],
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
    assert code == 5
    assert "not-checked" in out
    assert "no answer" in err
    assert "doi = {10.5555/tides}" in bib(project)


def test_the_key_pattern_of_the_configuration_is_used(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "keys:\n  pattern: '[auth:2:camel]:[year:2]'\n")
    assert command("add", "--offline", "10.5555/tides")[1].startswith("OdeBell:04  added")


# -- show ---------------------------------------------------------------------------------------------------------


def test_an_entry_is_shown_with_its_form_its_origin_and_what_stands_against_it(command: Run, project: Path) -> None:
    command("add", "--offline", "10.5555/tides")
    bib(project, bib(project).replace("{2004}", "{2005}"))
    command("add", "--offline", "10.5555/tides")
    code, out, _ = command("show", "ode2004tides")
    assert code == 0
    assert out.startswith("references.bib:1\n@article{ode2004tides,")
    assert "Ode, A., & Bell, B. (2005). Tides of the northern shelf seas revisited." in out
    assert "confirmed: index 10.5555/tides" in out
    assert "from record index 10.5555/tides" in out
    assert "yours: date = 2005; the record: 2004" in out
    data = json.loads(command("show", "--json", "--style", "ieee", "ode2004tides")[1])
    (entry,) = data["entries"]
    assert entry["formatted"].startswith("[1] A. Ode and B. Bell")
    assert entry["conflicts"] == [
        {"key": "ode2004tides", "field": "date", "yours": "2005", "record": "2004", "reason": "edited", "line": 9}
    ]


def test_an_entry_of_ones_own_and_a_missing_one_are_told_apart(command: Run, project: Path) -> None:
    bib(project, "@book{sea, title = {Sea}, ids = {old}}\n\n@misc{bare}\n")
    code, out, err = command("show", "old", "bare", "seaa")
    assert code == 1
    assert "@book{sea," in out
    assert "Your own entry" in out
    assert "has no entry seaa. Did you mean sea?" in err


def test_without_a_library_every_verb_says_so(command: Run) -> None:
    for verb in (["show", "x"], ["edit", "x"], ["keys"], ["keys", "rename", "a", "b"], ["keys", "apply"],
                 ["dedupe"], ["dedupe", "--merge"]):  # fmt: skip
        code, _, err = command(*verb)
        assert code == 3
        assert "references.bib does not exist" in err


# -- edit ---------------------------------------------------------------------------------------------------------

ENTRY = "@book{sea,\n  title = {Old},\n  year = {1999},\n}\n"


@pytest.fixture
def editor(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An editor that does what a line of Python says with ``path`` and ``text``."""

    def use(line: str) -> None:
        script = project / "editor.py"
        script.write_text(
            "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\ntext = path.read_text()\n" + line
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')

    return use


def test_an_edited_entry_takes_its_place(command: Run, project: Path, editor: Callable[[str], None]) -> None:
    bib(project, f"% Mine.\n{ENTRY}")
    editor("path.write_text(text.replace('Old', 'New'))")
    assert command("edit", "sea") == (0, "sea: title changed.\n", "")
    assert bib(project) == f"% Mine.\n{ENTRY.replace('Old', 'New')}"
    assert not (project / "dl4es-bib.lock").exists()


def test_an_edit_that_changes_nothing_writes_nothing(
    command: Run, project: Path, editor: Callable[[str], None]
) -> None:
    bib(project, ENTRY)
    editor("pass")
    assert command("edit", "sea")[1] == "sea: nothing was changed.\n"


def test_a_broken_result_is_refused_and_kept(command: Run, project: Path, editor: Callable[[str], None]) -> None:
    bib(project, ENTRY)
    editor("path.write_text(text.replace('{Old}', '{Old'))")
    code, _, err = command("edit", "sea")
    assert code == 1
    assert bib(project) == ENTRY
    assert "references.sea.refused.txt:1:" in err
    assert "{Old,\n" in (project / "references.sea.refused.txt").read_text()


def test_a_changed_key_is_renamed_everywhere(command: Run, project: Path, editor: Callable[[str], None]) -> None:
    bib(project, ENTRY + "@inbook{part, crossref = {sea}}\n")
    editor("path.write_text(text.replace('{sea', '{ocean'))")
    code, out, _ = command("edit", "sea")
    assert code == 0
    assert "sea is now ocean" in out
    assert "crossref = {ocean}" in bib(project)
    assert "ids = {sea}" in bib(project)
    assert (project / "references.keys.tsv").read_text().endswith("sea\tocean\n")


def test_what_another_program_saved_while_the_editor_was_open_stays(
    command: Run, project: Path, editor: Callable[[str], None]
) -> None:
    bib(project, ENTRY)
    library = project / "references.bib"
    editor(
        f"path.write_text(text.replace('Old', 'New')); library = Path({str(library)!r})\n"
        "library.write_text('% Theirs.\\n' + library.read_text().replace('1999', '2000'))"
    )
    command("edit", "sea")
    assert bib(project) == "% Theirs.\n" + ENTRY.replace("Old", "New").replace("1999", "2000")


@pytest.mark.parametrize(("line", "message"), [("sys.exit(3)", "ended with 3"), ("path.unlink()", "cannot be read")])
def test_an_editor_that_fails_changes_nothing(
    command: Run, project: Path, editor: Callable[[str], None], line: str, message: str
) -> None:
    bib(project, ENTRY)
    editor(line)
    code, _, err = command("edit", "sea")
    assert code == 2
    assert message in err
    assert bib(project) == ENTRY


def test_an_editor_that_is_not_there_is_said_to_be(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bib(project, ENTRY)
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    code, _, err = command("edit", "sea")
    assert code == 2
    assert "could not be started" in err
    assert command("edit", "nobody")[0] == 2


def test_an_edited_value_wins_over_the_record(command: Run, project: Path, editor: Callable[[str], None]) -> None:
    command("build", "--offline")
    editor("path.write_text(text.replace('{2004}', '{2005}'))")
    command("edit", "ode2004tides")
    command("build", "--offline")
    assert "date = {2005}" in bib(project)


# -- keys ---------------------------------------------------------------------------------------------------------

TEX = "As \\citep[p. 2]{dee2010,other} says. % \\cite{dee2010}\n"


def test_keys_are_listed_with_place_and_wish(command: Run, project: Path) -> None:
    bib(project, "@book{x, title={Deep Sea}, author={Ode, A.}, year=2019, ids={old}}\n@misc{bad, x\n@misc{x,a={b}}\n")
    code, out, _ = command("keys")
    assert code == 0
    assert out == ("x  references.bib:1  (also old; by the pattern ode2019deep)\nbad  references.bib:2  (broken)\n")
    data = json.loads(command("keys", "--json", "--pattern", "[year]")[1])
    assert data["keys"] == [{"key": "x", "line": 1, "ids": ["old"], "by_pattern": "2019"}]


def test_a_key_is_renamed_in_library_lock_map_and_documents(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    code, out, _ = command("keys", "rename", "dee2010", "floes", "--in", "text.tex")
    assert code == 0
    assert "dee2010 → floes" in out
    assert "text.tex: 1 citations" in out
    assert (project / "text.tex").read_text() == TEX.replace("{dee2010,", "{floes,")
    assert "ids = {dee2010}" in bib(project)
    assert "related = {floes}" in bib(project)
    assert "floes" in lock(project)
    assert "dee2010" not in lock(project)
    # The document still cites the old key, and the next build finds the entry under the new one.
    before = bib(project)
    assert command("build", "--offline")[0] == 0
    assert bib(project) == before


def test_a_renaming_can_be_run_again_for_documents_that_were_left(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    command("keys", "rename", "dee2010", "floes")
    code, out, _ = command("keys", "rename", "dee2010", "floes", "--in", "text.tex")
    assert code == 0
    assert "text.tex: 1 citations" in out


def test_a_dry_run_writes_nothing(command: Run, project: Path) -> None:
    command("build", "--offline")
    (project / "text.tex").write_text(TEX)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    for verb in (["rename", "dee2010", "floes"], ["apply"]):
        code, out, _ = command("keys", *verb, "--in", "text.tex", "--dry-run")
        assert code == 1
        assert "Nothing was written" in out
        assert "text.tex: 1 citations" in out
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_decisions_and_exports_still_know_an_old_key(command: Run, project: Path) -> None:
    command("build", "--offline")
    command("keys", "rename", "bell2006drifting", "buoy")
    (project / "dl4es-bib.yaml").write_text(SETTINGS + "decisions:\n  bell2006drifting: none\n")
    assert command("build", "--offline")[0] == 0
    (project / "main.tex").write_text("\\cite{bell2006drifting}\n")
    code, out, _ = command("export", "--cited-in", "main.tex")
    assert code == 0
    assert "@article{buoy," in out


def test_a_pattern_is_applied_to_all_keys_or_some(command: Run, project: Path) -> None:
    command("build", "--offline")
    code, out, _ = command("keys", "apply", "dee2010", "--pattern", "[auth:lower]:[year]", "--json")
    assert code == 0
    # What belongs to an entry and is named after it follows.
    names = ("dee2010", "dee2010-code", "dee2010-data")
    assert json.loads(out)["renamed"] == {one: one.replace("dee2010", "dee:2010") for one in names}
    command("keys", "apply", "--pattern", "[auth:lower]:[year]", "--no-ids")
    text = bib(project)
    for key in ("dee:2010", "dee:2010-code", "dee:2010-data", "ode:2004", "ode:2019"):
        assert f"{{{key},\n" in text
    assert "ids = {ode2004tides}" not in text
    assert command("keys", "apply", "--pattern", "[auth:lower]:[year]")[1] == "No key needs to change.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["rename", "nobody", "x"], 2, "has no entry nobody"),
        (["rename", "sea", "../x"], 2, "cannot be a citation key"),
        (["rename", "sea", "other"], 2, "is taken"),
        (["rename", "sea", "x", "--in", "a.txt"], 2, ".tex and .md files only"),
        (["rename", "sea", "x", "--in", "a.tex"], 3, "does not exist"),
        (["apply", "nobody"], 2, "has no entry nobody"),
        (["apply", "--pattern", "[what]"], 2, "there is no field"),
        (["--json", "apply"], 2, "Options come after"),
    ],
)
def test_what_cannot_be_renamed_is_said_and_nothing_is_written(
    command: Run, project: Path, arguments: list[str], code: int, message: str
) -> None:
    text = bib(project, ENTRY + "@misc{other}\n")
    done, _, err = command("keys", *arguments)
    assert done == code
    assert message in err
    assert bib(project) == text


# -- dedupe -------------------------------------------------------------------------------------------------------

TWICE = """@article{a, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, note = {n}}

@article{b, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2020, volume = 3, doi = {10.5555/x}}

@misc{pre, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2018, eprint = {1804.00001}}

@book{one, title = {Salt}, doi = {10.5555/y}, edition = {2}}

@book{two, title = {Salt}, doi = {10.5555/y}, edition = {3}}
"""


def test_duplicates_are_shown_and_nothing_is_merged_by_itself(command: Run, project: Path) -> None:
    text = bib(project, TWICE)
    code, out, _ = command("dedupe")
    assert code == 1
    assert "b  a  the same work: same title, first author and year" in out
    assert "pre  belong together" in out
    assert "one  two  look alike; not merged unless named: same DOI 10.5555/y; the editions differ" in out
    assert bib(project) == text
    assert json.loads(command("dedupe", "--json")[1])["merged"] is False


def test_all_that_is_the_same_is_merged_and_preprints_are_tied(command: Run, project: Path) -> None:
    bib(project, TWICE)
    (project / "text.md").write_text("[@a; @b; @pre]\n")
    code, out, _ = command("dedupe", "--merge", "--in", "text.md")
    assert code == 0
    assert "b: year = {2019} went; {2020} stays" not in out
    assert "a: year = {2019} went; {2020} stays" in out
    text = bib(project)
    assert [line.split(",")[0] for line in text.splitlines() if line.startswith("@")] == [
        "@article{b", "@misc{pre", "@book{one", "@book{two",
    ]  # fmt: skip
    for part in ("note = {n}", "ids = {a}", "related = {pre}", "relatedstring = {Preprint}"):
        assert part in text
    assert (project / "text.md").read_text() == "[@b; @b; @pre]\n"
    assert "a\tb\n" in (project / "references.keys.tsv").read_text()
    again = bib(project)
    command("dedupe", "--merge")
    assert bib(project) == again


def test_a_pair_is_merged_as_the_user_says(command: Run, project: Path) -> None:
    bib(project, TWICE)
    code, _, err = command("dedupe", "--merge", "one", "two")
    assert code == 2
    assert "the editions differ" in err
    assert "--force" in err
    assert command("dedupe", "--merge", "a", "one")[0] == 2
    assert command("dedupe", "--merge", "--force", "one", "two")[0] == 0
    assert "{two" not in bib(project).replace("ids = {two}", "")
    data = json.loads(command("dedupe", "--merge", "a", "b", "--json")[1])
    assert data["renamed"] == {"b": "a"}
    assert data["filled"] == {"a": ["volume", "doi"]}
    assert data["differing"] == [{"key": "b", "field": "year", "stays": "2019", "went": "2020"}]


def test_a_merge_can_be_tried_first(command: Run, project: Path) -> None:
    text = bib(project, TWICE)
    code, out, _ = command("dedupe", "--merge", "--dry-run")
    assert code == 1
    assert "Nothing was written" in out
    assert bib(project) == text


def test_a_linked_pair_is_tied_also_when_named(command: Run, project: Path) -> None:
    bib(project, TWICE)
    command("dedupe", "--merge", "b", "pre")
    assert "@misc{pre" in bib(project)
    assert "related" in bib(project)


@pytest.mark.parametrize("arguments", [["a", "b"], ["--merge", "a"], ["--merge", "--force"]])
def test_a_pair_must_be_named_whole(command: Run, project: Path, arguments: list[str]) -> None:
    bib(project, TWICE)
    assert command("dedupe", *arguments)[0] == 2


def test_a_library_without_duplicates_says_so(command: Run, project: Path) -> None:
    bib(project, ENTRY)
    assert command("dedupe") == (0, "references.bib: no work is there twice.\n", "")


# -- fmt and check ------------------------------------------------------------------------------------------------


def test_files_are_formatted_once_and_checked(command: Run, project: Path) -> None:
    text = bib(project, '@BOOK(sea, Title="Old", year=1999)')
    assert command("fmt", "--check", "references.bib") == (1, "references.bib: not in house style.\n", "")
    assert bib(project) == text
    assert command("fmt", "references.bib") == (0, "references.bib: formatted.\n", "")
    assert bib(project) == ENTRY
    before = (project / "references.bib").stat().st_mtime_ns
    assert command("fmt", "references.bib") == (0, "", "")
    assert command("fmt", "--check", "references.bib") == (0, "", "")
    assert (project / "references.bib").stat().st_mtime_ns == before


def test_a_file_that_an_editor_saves_meanwhile_is_formatted_as_saved(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bib(project, "@book{sea,title={Older},year=1999}\n")
    style, calls = formatting.house_style, []

    def slow(file: BibFile) -> BibFile:
        if not calls:
            bib(project, "@book{sea,title={Old},year=1999}\n")
        calls.append(file)
        return style(file)

    monkeypatch.setattr(formatting, "house_style", slow)
    assert command("fmt", "references.bib")[0] == 0
    assert bib(project) == ENTRY


def test_standard_input_is_formatted_to_standard_output(
    project: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, code, expected in (([], 0, ENTRY.encode()), (["--check"], 1, b"")):
        stream = io.TextIOWrapper(io.BytesIO(b'@BOOK(sea, Title="Old", year=1999)'))
        monkeypatch.setattr(sys, "stdin", stream)
        assert run(["fmt", *arguments, "-"]) == code
        assert capsysbinary.readouterr().out == expected


def test_a_broken_block_is_named_and_stays(command: Run, project: Path) -> None:
    bib(project, "@book{bad, title = {x\n@book{sea,title={Old},year=1999}\n")
    code, _, err = command("fmt", "references.bib")
    assert code == 0
    assert "references.bib:1: The entry 'bad' that begins here cannot be read" in err
    assert bib(project) == "@book{bad, title = {x\n" + ENTRY


def test_what_is_wrong_is_listed_with_file_and_line(command: Run, project: Path) -> None:
    bib(project, ENTRY + "@misc{SEA, title = {Unseen}}\n@misc{bad, x\n")
    code, out, _ = command("check")
    assert code == 1
    assert "references.bib:5: error: The key 'SEA' is taken" in out
    assert "It is 'Unseen'." in out
    assert "references.bib:6: error:" in out
    bib(project, ENTRY)
    assert command("check", "references.bib") == (0, "1 entries, no findings.\n", "")
    assert json.loads(command("check", "--json")[1])["problems"] == []
    code, _, err = command("check", "missing.bib")
    assert code == 3
    assert "missing.bib does not exist" in err


# -- build --------------------------------------------------------------------------------------------------------


def test_a_build_lists_the_users_values_and_takes_the_records_when_asked(command: Run, project: Path) -> None:
    command("build", "--offline")
    bib(project, bib(project).replace("{2004}", "{2005}").replace("{15--29}", "{1--2}"))
    code, out, err = command("build", "--offline", "--show-conflicts")
    assert code == 0
    assert "2 values of yours stand against records" in out
    assert "ode2004tides  pages  1--2" in " ".join(out.split(" ")).replace("   ", "  ")
    assert "edited-by-hand" not in err
    data = json.loads(command("build", "--offline", "--json", "--take-fetched", "date")[1])
    assert [(one["field"], one["yours"], one["record"]) for one in data["conflicts"]] == [("pages", "1--2", "15--29")]
    assert "date = {2004}" in bib(project)
    assert "pages = {1--2}" in bib(project)
    command("build", "--offline", "--take-fetched", "pages")
    assert "No value of yours" in command("build", "--offline", "--show-conflicts")[1]


def test_a_build_merges_again_when_an_editor_saved_meanwhile(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("build", "--offline")
    update, calls = pipeline.update_library, []

    def slow(*arguments: object, **options: object) -> object:
        done = update(*arguments, **options)  # type: ignore[arg-type]
        if not calls:
            bib(project, "% saved meanwhile\n" + bib(project).replace("volume = {12}", "volume = {99}"))
        calls.append(1)
        return done

    monkeypatch.setattr(pipeline, "update_library", slow)
    bib(project, bib(project).replace("  pages = {15--29},\n", "").replace("{2004}", "{2005}"))
    assert command("build", "--offline", "--take-fetched", "pages")[0] == 0
    text = bib(project)
    assert text.startswith("% saved meanwhile\n")
    for part in ("volume = {99}", "pages = {15--29}", "date = {2005}"):
        assert part in text
    assert len(calls) == 2
