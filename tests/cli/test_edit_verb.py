"""``edit``: an entry in the user's editor."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_project import ENTRY, Run, bib


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
