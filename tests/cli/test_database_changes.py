"""Verbs that write over several .bib files, which are one database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from small_project import Run

from dl4es_bib.library.store import unfinished
from dl4es_bib.library.store.save_bib import save_bib

SETTINGS = "source: main.tex\nbib: [lit/one.bib, lit/two.bib]\nlinks: false\noutput: out\n"
ONE = (
    "@string{sea = {Journal of the Sea}}\r\n"
    "@article{ode2001tides,\r\n\tauthor = {Ode, Ann},\r\n\ttitle = {Tides of Ice},\r\n"
    "\tjournal = sea,\r\n\tyear = 2001\r\n}\r\n"
    "@incollection{kid, author = {Kim, Bo}, title = {A Kid}, crossref = {volume}}"
)
TWO = (
    "% Ann's own\n"
    "@article{twin, author = {Ode, Ann}, title = {Tides of ice}, journal = sea, "
    "volume = {4}, year = {2001}, file = {:t.pdf:PDF}}\n"
    "@book{volume, editor = {Kim, B.}, booktitle = {Volume}, title = {Volume}, publisher = {P}, year = {2002}}\n"
)
MAIN = "\\cite{ode2001tides} \\cite{twin} \\cite{kid} \\bibliography{lit/one,lit/two}\n"
NAMES = ("lit/one.bib", "lit/two.bib", "main.tex")


@pytest.fixture
def database(project: Path) -> Path:
    (project / "lit").mkdir()
    for name, text in {"lit/one.bib": ONE, "lit/two.bib": TWO, "main.tex": MAIN, "dl4es-bib.yaml": SETTINGS}.items():
        (project / name).write_bytes(text.encode())
    (project / "references.bib").unlink(missing_ok=True)
    return project


def texts(folder: Path) -> list[str]:
    return [(folder / name).read_bytes().decode() for name in NAMES]


@pytest.mark.parametrize("settings", [SETTINGS, SETTINGS.replace("bib:", "library:")])
def test_the_configuration_names_several_files(command: Run, database: Path, settings: str) -> None:
    (database / "dl4es-bib.yaml").write_text(settings)
    code, out, err = command("keys")
    assert (code, err) == (0, "")
    assert [line.split()[1] for line in out.splitlines()] == [
        "lit/one.bib:2", "lit/one.bib:8", "lit/two.bib:2", "lit/two.bib:3",
    ]  # fmt: skip
    assert "Journal of the Sea" in command("show", "twin")[1]
    assert "undefined" not in command("check")[1]


def test_bib_and_library_are_not_given_both(command: Run, database: Path) -> None:
    (database / "dl4es-bib.yaml").write_text(SETTINGS + "library: y.bib\n")
    code, _, err = command("keys")
    assert (code, "dl4es-bib.yaml:2: 'bib' and 'library' mean the same" in err) == (2, True)


def test_a_pair_in_two_files_is_merged_and_each_file_keeps_its_ways(command: Run, database: Path) -> None:
    code, out, _ = command("dedupe", "--merge", "ode2001tides", "twin", "--in", "main.tex", "--diff")
    assert (code, texts(database)) == (1, [ONE, TWO, MAIN])
    assert "+++ b/lit/two.bib" in out
    assert command("dedupe", "--merge", "ode2001tides", "twin", "--in", "main.tex")[0] == 0
    one, two, main = texts(database)
    assert one == ONE.replace(
        "\tyear = 2001\r\n}", "\tyear = 2001,\r\n\tvolume = 4,\r\n\tfile = {:t.pdf:PDF},\r\n\tids = {twin}\r\n}"
    )
    assert two == TWO.replace(TWO.splitlines(keepends=True)[1], "")
    assert main == MAIN.replace("twin", "ode2001tides")
    assert not list(database.rglob("*unfinished*"))


def test_all_pairs_are_merged_without_naming_one(command: Run, database: Path) -> None:
    assert command("dedupe", "--merge", "--in", "main.tex")[0] == 0
    one, two, main = texts(database)
    assert "@article" not in one
    assert "ids = {ode2001tides}" in two
    assert main == MAIN.replace("ode2001tides", "twin")
    assert command("dedupe")[0] == 0


def test_a_macro_goes_along_only_where_it_is_known(command: Run, database: Path) -> None:
    """A string of the second file is not defined yet where the first is read."""
    two = TWO.replace("@article{twin", "@string{pub = {Sea Press}}\n@article{twin, month = jan # {~2}, publisher = pub")
    (database / "lit/two.bib").write_text(two)
    assert command("dedupe", "--merge", "ode2001tides", "twin")[0] == 0
    one = texts(database)[0]
    assert "publisher = {Sea Press}" in one
    assert "month = jan # {~2}" in one


def test_keys_by_a_pattern_are_changed_in_every_file(command: Run, database: Path) -> None:
    assert command("keys", "apply", "--pattern", "[auth][year]", "--no-ids", "--in", "main.tex")[0] == 0
    one, two, main = texts(database)
    assert "@article{Ode2001," in one
    assert "@article{Ode2001a," in two
    assert "\\cite{Ode2001} \\cite{Ode2001a}" in main
    assert (database / "lit/one.keys.tsv").is_file()
    assert command("keys", "apply", "--pattern", "[auth][year]", "--no-ids", "--in", "main.tex")[:2] == (
        0, "main.tex: 0 citations\nNo key needs to change.\n",
    )  # fmt: skip


def test_a_new_entry_goes_to_the_first_file_and_a_known_work_is_not_added(command: Run, database: Path) -> None:
    assert command("add", "--offline", "Roe, C. (2011). On Salt. Salt Letters, 4(2), 11-19.")[0] == 0
    one, two, _ = texts(database)
    assert one.startswith(ONE)
    assert "On Salt" in one
    assert two == TWO
    out = command("add", "--offline", "--dry-run", "Ode, A. (2001). Tides of ice. Journal of the Sea, 4.")[1]
    assert out.startswith("ode2001tides  was there")


def test_a_key_is_free_only_when_no_file_has_it(command: Run, database: Path) -> None:
    code, _, err = command("add", "--offline", "--key", "volume", "Roe, C. (2011). On Salt. Salt Letters, 4(2), 11-19.")
    assert (code, "lit/two.bib:3" in err) == (2, True)
    assert "taken" in command("keys", "rename", "twin", "kid")[2]
    assert texts(database) == [ONE, TWO, MAIN]


def test_a_build_in_place_over_two_files_completes_each_and_the_second_run_changes_nothing(
    command: Run, database: Path
) -> None:
    (database / "dl4es-bib.yaml").write_text(SETTINGS.replace("main.tex", "[lit/one.bib, lit/two.bib]"))
    code, out, _ = command("build", "--offline")
    assert (code, "lit/one.bib, lit/two.bib: 4 entries" in out) == (0, True)
    assert texts(database)[2] == MAIN
    once = texts(database)
    assert all(key in text for key, text in (("kid", once[0]), ("twin", once[1]), ("volume", once[1])))
    assert command("build", "--offline", "--dry-run")[0] == 0
    assert command("build", "--offline")[0] == 0
    assert texts(database) == once


def test_exports_read_all_files(command: Run, database: Path) -> None:
    (database / "dl4es-bib.yaml").write_text(SETTINGS.replace("main.tex", "list.md"))
    (database / "list.md").write_text("# T\n\n- [@twin]\n- [Tides of ice](https://example.org) [@twin; @kid]\n")
    code, out, _ = command("export", "-f", "bib")
    assert code == 0, out
    whole = (database / "out" / "all" / "references.bib").read_text()
    assert "@article{twin" in whole
    assert "@string{sea" in whole


def test_a_second_file_that_is_not_there_is_said(command: Run, database: Path) -> None:
    (database / "lit/two.bib").unlink()
    for verb in (("keys",), ("add", "--offline", "Roe, C. (2011). On Salt. Salt Letters, 4(2), 11-19.")):
        code, _, err = command(*verb)
        assert (code, "lit/two.bib does not exist" in err) == (3, True)
    assert (database / "lit/one.bib").read_bytes().decode() == ONE


def test_one_file_by_two_names_is_one_file(command: Run, database: Path) -> None:
    os.symlink("two.bib", database / "lit/again.bib")
    code, out, _ = command("dedupe", "--bib", "lit/two.bib", "--bib", "lit/again.bib", "--bib", "./lit/two.bib")
    assert (code, "no work is there twice" in out) == (0, True)


def test_a_key_that_two_files_have_is_told_with_its_place(command: Run, database: Path) -> None:
    (database / "lit/two.bib").write_text(TWO + "@misc{KID, title = {Other}}\n")
    err = command("dedupe", "--merge", "--in", "main.tex")[2]
    assert "lit/two.bib:4" in err
    assert "@misc{KID, title = {Other}}" in (database / "lit/two.bib").read_text()


def test_files_of_two_encodings_keep_them(command: Run, database: Path) -> None:
    latin = TWO.replace("% Ann's own", "% Für Ånn").encode("latin-1")
    (database / "lit/two.bib").write_bytes(latin)
    one = ONE.replace("A Kid", "Ça va, ≤ kid").encode()
    (database / "lit/one.bib").write_bytes(one)
    assert command("keys", "rename", "volume", "buch")[0] == 0
    assert (database / "lit/one.bib").read_bytes() == one.replace(b"{volume}", b"{buch}")
    changed = (database / "lit/two.bib").read_bytes()
    assert changed.startswith(b"% F\xfcr \xc5nn\n")
    assert b"@book{buch," in changed


def test_an_entry_is_edited_in_its_file_and_a_dry_run_shows_it(
    command: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = database / "editor.py"
    script.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text().replace('Volume}, pub', 'Tome}, pub').replace('{volume', '{tome'))"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    code, out, _ = command("edit", "volume", "--diff")
    assert (code, "+@book{tome," in out, "+" in out) == (1, True, True)
    code, out, err = command("edit", "volume", "--dry-run", "--no-ids")
    assert (code, "would change lit/two.bib" in err, "would change lit/one.bib" in err) == (1, True, True)
    assert texts(database) == [ONE, TWO, MAIN]
    assert command("edit", "volume", "--no-ids")[0] == 0
    one, two, _ = texts(database)
    assert one == ONE.replace("{volume}", "{tome}")
    assert two == TWO.replace("{volume,", "{tome,").replace("title = {Volume}, pub", "title = {Tome}, pub")
    assert command("edit", "tome", "--dry-run")[:2] == (0, "tome: nothing was changed.\n")


class Cut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("written", [0, 1])
def test_a_run_that_is_cut_off_between_two_files_is_finished_by_the_next(
    command: Run, database: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    done: list[Path] = []

    def cut(path: Path, *rest: object, **more: object) -> bool:
        if len(done) == written:
            raise Cut
        done.append(path)
        return save_bib(path, *rest, **more)  # type: ignore[arg-type]

    merge = ("dedupe", "--merge", "ode2001tides", "twin", "--in", "main.tex")
    with monkeypatch.context() as patch:
        patch.setattr(unfinished, "save_bib", cut)
        patch.setattr(unfinished, "_put_back", lambda *_: None)
        with pytest.raises(Cut):
            command(*merge)
    half = texts(database)
    # Wherever it was cut, the file that the entry left is written after the one that it went to.
    assert (half[0] != ONE, half[1]) == (bool(written), TWO)
    if written:
        # Until then everything reads the files as they shall be.
        assert "twin" not in [line.split()[0] for line in command("keys")[1].splitlines()]
    assert command(*merge)[0] == 0
    one, two, main = texts(database)
    assert one.count("{:t.pdf:PDF}") == 1
    assert "@article{twin" not in two
    assert main == MAIN.replace("twin", "ode2001tides")
    assert not list(database.rglob(".*"))


def test_a_file_that_cannot_be_written_leaves_the_other_as_it_was(
    command: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(database / "lit/two.bib", database / "elsewhere.bib")
    code, _, err = command("dedupe", "--merge", "ode2001tides", "twin", "--in", "main.tex")
    assert (code, "lit/two.bib was not written" in err) != (0, False)
    assert texts(database) == [ONE, TWO, MAIN]
    assert not list(database.rglob("*unfinished*"))


def test_what_another_program_changed_between_the_halves_is_left_alone(
    command: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(path: Path, *rest: object, **more: object) -> bool:
        if path.name == "two.bib":
            raise Cut
        return save_bib(path, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(unfinished, "save_bib", cut)
        patch.setattr(unfinished, "_put_back", lambda *_: None)
        with pytest.raises(Cut):
            command("dedupe", "--merge", "ode2001tides", "twin")
    (database / "lit/two.bib").write_text(TWO + "% more\n")
    before = texts(database)
    code, _, err = command("dedupe", "--merge")
    assert (code, "another program has changed" in err) == (2, True)
    assert texts(database) == before
    next(database.rglob("*.unfinished")).unlink()
    assert command("dedupe", "--merge")[0] == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cites.tex", "\\begin{document}\\cite{twin,kid}\\bibliography{lit/one,lit/two}\\end{document}"),
        ("cites.md", "---\nbibliography: [lit/one.bib, lit/two.bib]\n---\n[@twin; @kid]\n"),
    ],
)
def test_what_a_document_cites_of_several_files_is_read_as_one_database(
    command: Run, database: Path, name: str, text: str
) -> None:
    """A string of the first file stands in an entry of the second, and a parent in the second for one of the first."""
    (database / name).write_text(text)
    code, out, _ = command("convert", name, "--to", "biblatex")
    assert code == 0
    twin, kid = sorted(out.split("\n\n"), key=lambda entry: "kid" in entry)
    assert "journaltitle = {Journal of the Sea}" in twin
    assert "booktitle = {Volume}" in kid
