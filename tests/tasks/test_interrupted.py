"""Changes of keys that were cut off: the next run does what was left, and nothing twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from small_project import Run, bib

from dl4es_bib.library.keys import key_map

SWAPPED = """@article{bell2019, title = {One}, author = {Ode, A.}, year = 2019}
@article{ode2019, title = {Two}, author = {Bell, B.}, year = 2019}
@article{cc, title = {Three}, author = {Cee, C.}, year = 2019}
"""
TWICE = """@article{sea, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, doi = {10.5555/x}}
@article{ocean, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, doi = {10.5555/x}, note = {n}}
"""
COMMANDS = [
    (SWAPPED, "@bell2019; @ode2019; @cc", "keys apply --no-ids --pattern [auth:lower][year]"),
    (SWAPPED, "@cc; @bell2019; @cc", "keys apply cc --no-ids --pattern [auth:lower][year]"),
    (SWAPPED, "@cc; @bell2019; @cc", "keys rename cc salt --no-ids"),
    (TWICE, "@sea; @ocean", "dedupe --merge --config bibtex.yaml"),
    (TWICE, "@sea; @ocean", "dedupe --merge ocean sea --config bibtex.yaml"),
]


class Cut(BaseException):
    """The run ends here, as when it is killed."""


@contextmanager
def cut(number: int) -> Iterator[None]:
    """Ends the run just before it puts its n-th file in place; nothing is cleared away then."""
    real = os.replace
    counter = count(1)

    def replace(source: str, target: str) -> None:
        if next(counter) == number:
            raise Cut
        real(source, target)

    with pytest.MonkeyPatch.context() as patched, suppress(Cut):
        patched.setattr(os, "replace", replace)
        patched.setattr(key_map, "give_up", lambda path: None)
        yield


def _start(project: Path, text: str, cited: str) -> None:
    bib(project, text)
    (project / "bibtex.yaml").write_text("dialect: bibtex\n")
    for name in ("a.md", "b.md"):
        (project / name).write_text(f"See {name} [{cited}].\n")


def _state(project: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in project.iterdir() if path.suffix in {".bib", ".md", ".tsv"}}


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize(("text", "cited", "words"), COMMANDS)
def test_a_run_that_was_cut_off_is_finished_by_the_same_command(
    command: Run, project: Path, text: str, cited: str, words: str, number: int
) -> None:
    line = (*words.split(), "--in", "a.md", "--in", "b.md")
    _start(project, text, cited)
    assert command(*line)[0] == 0
    whole = _state(project)
    assert whole["references.bib"] != text
    (project / "references.keys.tsv").unlink()
    _start(project, text, cited)
    with cut(number):
        command(*line)
    assert command(*line)[0] == 0
    assert _state(project) == whole


def test_what_was_cut_off_is_finished_by_another_change_of_keys(command: Run, project: Path) -> None:
    _start(project, SWAPPED, "@bell2019; @ode2019; @cc")
    with cut(3):
        command("keys", "apply", "--no-ids", "--pattern", "[auth:lower][year]", "--in", "a.md", "--in", "b.md")
    assert (project / "a.md").read_text() == "See a.md [@bell2019; @ode2019; @cc].\n"
    assert command("keys", "rename", "cee2019", "salt", "--no-ids", "--in", "a.md", "--in", "b.md")[0] == 0
    assert (project / "a.md").read_text() == "See a.md [@ode2019; @bell2019; @salt].\n"
    assert (project / "b.md").read_text() == "See b.md [@ode2019; @bell2019; @salt].\n"
    assert key_map.parse_map((project / "references.keys.tsv").read_text())["cc"] == "salt"


def test_a_renaming_that_failed_leaves_no_key_map(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _start(project, SWAPPED, "@cc")
    real = os.replace

    def replace(source: str, target: str) -> None:
        if str(target).endswith(".bib"):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    code, _, err = command("keys", "rename", "cc", "salt", "--in", "a.md")
    assert code != 0
    assert "the disk is full" in err
    assert "the new keys already" not in err
    assert bib(project) == SWAPPED
    assert not (project / "references.keys.tsv").exists()


def test_it_is_told_when_the_library_is_written_and_a_document_is_not(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _start(project, SWAPPED, "@cc")
    real = os.replace

    def replace(source: str, target: str) -> None:
        if str(target).endswith(".md"):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    code, _, err = command("keys", "rename", "cc", "salt", "--in", "a.md")
    assert code != 0
    assert "a.md was not written: the disk is full. What was there is unchanged." in err
    assert "references.bib has the new keys already; run the same command again" in err
    assert "@article{salt," in bib(project)
