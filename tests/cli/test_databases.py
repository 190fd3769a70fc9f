"""Several .bib files are one database, and documents name them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from small_project import Run

STRINGS = "@string{sea = {Journal of the Sea}}\n"
ONE = (
    "@incollection{kid, author = {Ode, A.}, title = {A kid}, crossref = {volume}}\n"
    "@article{tide, author = {Ode, A.}, title = {Tides}, journal = sea, year = 2001}\n"
    "@misc{unused, title = {Unused}}\n"
)
TWO = "@misc{ice, title = {Ice}}\n@book{volume, editor = {Kim, B.}, title = {Volume}, publisher = {P}, year = 2002}\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


BIBS = {"p/lit/strings.bib": STRINGS, "p/lit/one.bib": ONE, "p/lit/two.bib": TWO}
CITE = "\\cite{kid,tide} \\cite{ice}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("main.tex", f"{CITE}\\bibliography{{lit/strings,lit/one,lit/two}}"),
        (
            "main.ltx",
            "\\addbibresource{lit/strings.bib}\\addbibresource[label=x]{lit/one.bib}"
            f"\\addglobalbib{{lit/two.bib}}{CITE}",
        ),
        ("main.aux", "\\citation{kid,tide}\\citation{ice}\\bibdata{lit/strings,lit/one,lit/two}"),
        ("main.md", "---\nbibliography: [lit/strings.bib, lit/one.bib, lit/two.bib]\n---\n[@kid; @tide] @ice\n"),
    ],
)
def test_the_files_that_a_document_names_are_one_database(command: Run, project: Path, name: str, text: str) -> None:
    write(project, BIBS | {f"p/{name}": text})
    code, out, err = command("export", "--cited-in", f"p/{name}")
    assert (code, err) == (0, "")
    for piece in ("@string{sea", "@incollection{kid,", "@article{tide,", "@misc{ice,", "@book{volume,"):
        assert out.count(piece) == 1
    assert "unused" not in out
    assert out.index("@string") < out.index("{tide")
    assert out.index("{kid,") < out.index("{volume,")


def test_databases_of_biblatex_are_found_from_its_aux_file(command: Run, project: Path) -> None:
    write(
        project,
        {"p/a.bib": TWO, "p/main.tex": "\\addbibresource{a.bib}\\cite{ice}", "p/main.aux": "\\abx@aux@cite{0}{ice}"},
    )
    code, out, _ = command("export", "--cited-in", "p/main.aux")
    assert (code, "@misc{ice" in out) == (0, True)


def test_a_set_of_a_bcf_stands_for_its_members(command: Run, project: Path) -> None:
    bcf = (
        '<?xml version="1.0"?><bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex">'
        '<bcf:bibdata section="0"><bcf:datasource type="file">a.bib</bcf:datasource></bcf:bibdata>'
        '<bcf:section number="0"><bcf:citekey type="set" members="ice,volume">both</bcf:citekey>'
        '<bcf:citekey type="set" members="unused">other</bcf:citekey><bcf:citekey order="1">both</bcf:citekey>'
        "</bcf:section></bcf:controlfile>"
    )
    write(project, {"a.bib": TWO, "main.bcf": bcf})
    code, out, _ = command("export", "--cited-in", "main.bcf")
    assert (code, "@misc{ice" in out, "@book{volume" in out) == (0, True, True)


def test_files_can_be_named_and_none_of_them_is_overwritten(command: Run, project: Path) -> None:
    write(project, BIBS | {"main.tex": CITE})
    names = tuple(BIBS)
    assert command("export", *names, "--cited-in", "main.tex", "-o", "out.bib")[0] == 0
    assert "@string{sea" in (project / "out.bib").read_text("utf-8")
    code, _, err = command("export", *names, "--cited-in", "main.tex", "-o", "p/lit/two.bib", "--force")
    assert code == 2
    assert "is the library itself" in err
    assert (project / "p/lit/two.bib").read_text("utf-8") == TWO


def test_a_bib_file_for_each_included_chapter(command: Run, project: Path) -> None:
    main = "\\bibliography{lit/strings,lit/one,lit/two}\\include{ch/a}\\include{ch/b}\\include{ch/none}\\cite{kid}"
    write(project, BIBS | {
        "p/main.tex": main, "p/ch/a.tex": "\\cite{tide}\\input{ch/deep}", "p/ch/deep.tex": "\\cite{ice}",
        "p/ch/b.tex": "\\cite{kid} \\cite{tide}", "p/ch/none.tex": "Nothing.",
    })  # fmt: skip
    code, out, _ = command("latex", "--per-chapter", "p/main.tex", "-o", "out", "--dry-run")
    assert code == 1
    assert not (project / "out").exists()
    code, out, _ = command("latex", "--per-chapter", "p/main.tex", "-o", "out")
    assert (code, out) == (0, "out: 2 files: ch/a.bib, ch/b.bib.\n")
    first, second = ((project / "out" / "ch" / name).read_text("utf-8") for name in ("a.bib", "b.bib"))
    assert [piece in first for piece in ("@string{sea", "{tide,", "{ice,", "{kid,")] == [True, True, True, False]
    assert [piece in second for piece in ("@string{sea", "{tide,", "{kid,", "{volume,", "{ice,")] == [True] * 4 + [
        False
    ]
    # Again it changes nothing; a file of the user's is not replaced.
    assert command("latex", "--per-chapter", "p/main.tex", "-o", "out", "--dry-run")[0] == 0
    (project / "out" / "ch" / "a.bib").write_text("% mine\n", encoding="utf-8")
    assert command("latex", "--per-chapter", "p/main.tex", "-o", "out")[0] == 2
    assert (project / "out" / "ch" / "a.bib").read_text("utf-8") == "% mine\n"


def test_keys_duplicates_and_entries_are_listed_over_several_libraries(command: Run, project: Path) -> None:
    twin = "\ufeff@article{twin, author = {Ode, Ann}, title = {Tides}, journal = sea, year = 2001}\n"
    twin += "@misc{b, title = {B}}\n"
    write(project, {"s.bib": STRINGS, "one.bib": ONE.replace("{Tides}", "{Tides of ice}"),
                    "two.bib": twin.replace("{Tides}", "{Tides of Ice}")})  # fmt: skip
    bibs = ("--bib", "s.bib", "--bib", "one.bib", "--bib", "two.bib")
    code, out, _ = command("keys", *bibs)
    assert code == 0
    assert [line for line in out.splitlines() if line.startswith(("tide ", "twin ", "b "))] == [
        line for line in out.splitlines() if "one.bib:2" in line or "two.bib:1" in line or "two.bib:2" in line
    ]
    code, out, _ = command("dedupe", *bibs)
    assert (code, "tide  twin  the same work" in out) == (1, True)
    code, out, _ = command("show", "twin", *bibs)
    assert (code, out.splitlines()[0]) == (0, "two.bib:1")
    assert "Journal of the Sea" in out


def test_a_new_key_goes_to_the_file_that_holds_the_entry_and_to_fields_that_name_it(
    command: Run, project: Path
) -> None:
    write(project, BIBS)
    bibs = tuple(part for name in BIBS for part in ("--bib", name))
    code, _, err = command("keys", "rename", "volume", "tide", *bibs)
    assert (code, "taken by another entry" in err) == (2, True)
    code, out, _ = command("keys", "rename", "volume", "book", *bibs, "--no-ids", "--dry-run")
    assert (code, "2 files would change" in out) == (1, True)
    assert {name: (project / name).read_text("utf-8") for name in BIBS} == BIBS
    assert command("keys", "rename", "volume", "book", *bibs, "--no-ids")[0] == 0
    changed = {"p/lit/one.bib": ONE.replace("{volume}", "{book}"), "p/lit/two.bib": TWO.replace("{volume,", "{book,")}
    assert {name: (project / name).read_text("utf-8") for name in BIBS} == BIBS | changed


PARTS = {
    "p/lit/one.bib": "@misc{tide, title = {Tides}, doi = {10.5555/t}}\n"
    "@misc{tides, title = {Tides}, doi = {10.5555/t}}\n",
    "p/lit/two.bib": "@misc{ice, title = {Ice}}\n",
    "p/main.tex": "\\bibliography{lit/one,lit/two}\\cite{tide,ice,tides}",
}


def test_a_rename_changes_the_file_that_holds_the_entry_and_documents_name_the_files(
    command: Run, project: Path
) -> None:
    write(project, PARTS)
    assert command("keys", "rename", "ice", "floe", "--in", "p/main.tex", "--no-ids")[0] == 0
    assert (project / "p/lit/two.bib").read_text() == PARTS["p/lit/two.bib"].replace("ice", "floe")
    assert (project / "p/lit/one.bib").read_text() == PARTS["p/lit/one.bib"]
    assert (project / "p/main.tex").read_text() == PARTS["p/main.tex"].replace("tide,ice", "tide,floe")


def test_a_pair_is_merged_in_the_file_that_holds_it(command: Run, project: Path) -> None:
    write(project, PARTS)
    code, _, err = command("dedupe", "--merge", "tide", "ice", "--in", "p/main.tex")
    assert (code, "do not look like one work" in err) == (2, True)
    assert command("dedupe", "--merge", "tide", "tides", "--in", "p/main.tex")[0] == 0
    assert (project / "p/lit/one.bib").read_text().count("@misc") == 1
    assert (project / "p/lit/two.bib").read_text() == PARTS["p/lit/two.bib"]
    assert "tides" not in (project / "p/main.tex").read_text()


def test_an_entry_is_edited_in_the_file_that_holds_it(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, PARTS)
    script = project / "editor.py"
    script.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\np.write_text(p.read_text().replace('Ice', 'Floe'))"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    files = ("--bib", "p/lit/one.bib", "--bib", "p/lit/two.bib")
    assert command("edit", "ice", *files)[0] == 0
    assert (project / "p/lit/two.bib").read_text() == PARTS["p/lit/two.bib"].replace("Ice", "Floe")
    assert (project / "p/lit/one.bib").read_text() == PARTS["p/lit/one.bib"]
    assert "has no entry snow" in command("edit", "snow", *files)[2]
