"""``--dry-run`` and ``--diff``: nothing is written, and the exit code says whether anything would be."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import ENTRY, SEA, Run, bib, tree

VERBS = [
    ("build", "--offline"),
    ("add", "--offline", SEA),
    ("export",),
    ("latex", "-o", "book"),
    ("convert", "list.md", "--to", "ris", "-o", "list.ris"),
    ("export", "--cited-in", "paper.tex", "-o", "cited.bib"),
    ("keys", "rename", "sea", "ocean"),
    ("fmt", "messy.bib"),
    ("check", "--fix", "mend.bib"),
    ("verify", "list.md", "--offline", "--html", "page.html"),
    ("init", "list.md", "--force"),
]


@pytest.fixture
def begun(command: Run, project: Path) -> Path:
    """The project with a library that holds one more entry than any run has seen."""
    bib(project, ENTRY)
    (project / "paper.tex").write_text("\\cite{sea}\n")
    (project / "messy.bib").write_text("@BOOK(x, title={T})\n")
    (project / "mend.bib").write_text("@article{x, author={A, B}, title={T}, journal={J}, year=2001, pages={1-9}}\n")
    return project


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb[:2]))
def test_nothing_is_written_and_the_exit_is_1_while_something_would_change(
    command: Run, begun: Path, verb: tuple[str, ...], option: str
) -> None:
    if verb[0] in {"latex", "export"} and "--cited-in" not in verb:
        command("build", "--offline", "-o", "elsewhere")
    command("index", "info")
    before = {name: held for name, held in tree(begun).items() if not name.startswith("index.sqlite")}
    code, out, _ = command(*verb, option)
    after = {name: held for name, held in tree(begun).items() if not name.startswith("index.sqlite")}
    assert after == before
    # That a source was not asked is worse than that a page would be written.
    assert code == (5 if verb[0] == "verify" else 1)
    if option == "--diff":
        assert "+++ b/" in out


@pytest.mark.parametrize("verb", [VERBS[0], VERBS[1], VERBS[2], VERBS[3], VERBS[4], VERBS[7]], ids=lambda v: v[0])
def test_the_exit_is_0_when_nothing_would_change(command: Run, begun: Path, verb: tuple[str, ...]) -> None:
    if verb[0] in {"latex", "export"}:
        command("build", "--offline", "-o", "elsewhere")
    assert command(*verb)[0] == 0
    assert command(*verb, "--dry-run")[0] == 0


def test_a_diff_shows_the_lines_of_the_library(command: Run, begun: Path) -> None:
    code, out, _ = command("add", "--offline", "10.5555/tides", "--diff")
    assert code == 1
    assert "+++ b/references.bib" in out
    assert "+  journaltitle = {Sea Letters}," in out
    assert bib(begun) == ENTRY


def test_a_dry_run_says_that_a_file_would_be_refused(command: Run, begun: Path) -> None:
    (begun / "list.ris").write_text("mine\n")
    assert command("convert", "list.md", "--to", "ris", "-o", "list.ris", "--dry-run")[0] == 2
    (begun / "out").mkdir()
    (begun / "out/index.html").write_text("mine\n")
    assert command("build", "--offline", "--dry-run")[0] == 2


def test_init_says_what_it_would_write(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").unlink(missing_ok=True)
    before = tree(project)
    assert command("init", "list.md", "--dry-run")[:2] == (1, "Would write dl4es-bib.yaml.\n")
    assert tree(project) == before
    assert command("init", "list.md")[0] == 0
    assert command("init", "list.md", "--force", "--dry-run")[0] == 0
    assert command("init", "other.md", "--force", "--dry-run")[0] == 1


def test_index_add_counts_what_it_would_add_and_leaves_the_index(command: Run, project: Path) -> None:
    name = "x.sqlite"
    code, out, _ = command("index", "add", "records.jsonl", "--index", name, "--dry-run")
    assert (code, "2 records would be new, 0 replaced, 0 unchanged" in out) == (1, True)
    assert not (project / name).exists()
    command("index", "add", "records.jsonl", "--index", name)
    before = (project / name).read_bytes()
    code, out, _ = command("index", "add", "records.jsonl", "--index", name, "--dry-run")
    assert (code, "0 replaced, 2 unchanged" in out) == (0, True)
    assert (project / name).read_bytes() == before
