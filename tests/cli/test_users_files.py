"""What we did not write is never replaced unasked, by no verb."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_project import Run

MINE = "what I wrote myself\n"


def put(project: Path, name: str) -> Path:
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE)
    return path


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("build", "--offline", "-o", "docs"), "docs/index.html"),
        (("build", "--offline", "-o", "docs", "-s", "apa"), "docs/all/references.apa.md"),
        (("export", "-o", "docs"), "docs/index.html"),
        (("export", "-o", "docs", "-f", "bib"), "docs/all/references.bib"),
        (("latex", "-o", "book"), "book/main.tex"),
        (("latex", "-o", "book"), "book/chapter01.bib"),
        (("convert", "list.md", "--to", "biblatex", "-o", "thesis.bib"), "thesis.bib"),
        (("convert", "list.md", "--to", "html", "-o", "index.html"), "index.html"),
        (("export", "--cited-in", "paper.tex", "-o", "cited.bib"), "cited.bib"),
    ],
)
def test_a_file_of_the_users_is_left_alone_and_force_replaces_it_by_name(
    command: Run, project: Path, arguments: tuple[str, ...], name: str
) -> None:
    command("build", "--offline")
    (project / "paper.tex").write_text("\\cite{dee2010}\n")
    path = put(project, name)
    code, _, err = command(*arguments)
    assert code == 2
    assert name in err
    assert "--force" in err
    assert path.read_text() == MINE
    assert command(*arguments, "--force")[0] == 0
    assert path.read_text() != MINE


def test_a_build_that_is_refused_for_its_output_leaves_the_library_alone(command: Run, project: Path) -> None:
    put(project, "docs/index.html")
    assert command("build", "--offline", "-o", "docs")[0] == 2
    assert not (project / "references.bib").exists()
    assert not (project / "dl4es-bib.lock").exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("convert", "list.md", "--to", "ris", "-o", "x"), ("convert", "list.md", "--to", "text", "-o", "x")),
        (("export", "--cited-in", "a.tex", "-o", "out.bib"), ("export", "--cited-in", "b.tex", "-o", "out.bib")),
        (("latex", "-o", "book"), ("latex", "-o", "book", "--natbib")),
        (("export", "-o", "lists"), ("export", "-o", "lists", "--locale", "de-DE")),
    ],
)  # fmt: skip
def test_what_we_wrote_is_written_again_without_a_question(
    command: Run, project: Path, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    command("build", "--offline")
    (project / "a.tex").write_text("\\cite{dee2010}\n")
    (project / "b.tex").write_text("\\cite{ode2004tides}\n")
    assert command(*first)[0] == 0
    assert command(*second)[0] == 0


def test_what_we_wrote_and_somebody_edited_is_theirs(command: Run, project: Path) -> None:
    command("convert", "list.md", "--to", "biblatex", "-o", "out.bib")
    put(project, "out.bib")
    assert command("convert", "list.md", "--to", "ris", "-o", "out.bib")[0] == 2
    assert (project / "out.bib").read_text() == MINE


def test_the_same_content_needs_no_force(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command("convert", "list.md", "--to", "biblatex", "-o", "out.bib")
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "another-cache"))
    assert command("convert", "list.md", "--to", "biblatex", "-o", "out.bib")[0] == 0


def test_a_book_and_lists_can_share_a_folder(command: Run, project: Path) -> None:
    command("build", "--offline", "-o", "both")
    assert command("latex", "-o", "both")[0] == 0
    assert command("build", "--offline", "-o", "both", "-s", "ieee")[0] == 0
    assert (project / "both/main.tex").is_file()
    assert command("latex", "-o", "both")[0] == 0
    assert (project / "both/index.html").is_file()


@pytest.mark.parametrize("name", ["main.tex", "notes.md", "list", "references.bib.txt", ".bashrc"])
@pytest.mark.parametrize("verb", [("build", "--offline"), ("add", "--offline", "10.5555/tides")])
def test_a_library_that_is_no_bib_file_is_refused(
    command: Run, project: Path, verb: tuple[str, ...], name: str
) -> None:
    path = put(project, name)
    code, _, err = command(*verb, "--bib", name)
    assert code == 2
    assert ".bib or .bibtex" in err
    assert path.read_text() == MINE


@pytest.mark.parametrize("extra", [(), ("--force",)])
@pytest.mark.parametrize(
    ("arguments", "link"),
    [
        (("build", "--offline"), "out/index.html"),
        (("build", "--offline"), "out/all"),
        (("build", "--offline"), "out/.dl4es-bib-export.json"),
        (("latex", "-o", "book"), "book/main.tex"),
        (("convert", "list.md", "--to", "ris", "-o", "a.ris"), "a.ris"),
    ],
)
def test_nothing_is_written_through_a_symbolic_link(
    command: Run, project: Path, tmp_path: Path, arguments: tuple[str, ...], link: str, extra: tuple[str, ...]
) -> None:
    if arguments[0] == "latex":
        command("build", "--offline")
    outside = tmp_path / "outside"
    if link.endswith("all"):
        outside.mkdir()
    else:
        outside.write_text(MINE)
    (project / link).parent.mkdir(parents=True, exist_ok=True)
    (project / link).symlink_to(outside)
    code, _, err = command(*arguments, *extra)
    assert code == 2
    assert "symbolic link" in err
    assert os.path.islink(project / link)
    assert (list(outside.iterdir()) if outside.is_dir() else outside.read_text()) == ([] if outside.is_dir() else MINE)


@pytest.mark.parametrize("text", ["my notes of Monday\n", "\\documentclass{article}\nHello\n"])
def test_a_file_of_text_is_no_library_whatever_it_is_called(command: Run, project: Path, text: str) -> None:
    (project / "notes.bib").write_text(text)
    code, _, err = command(
        "add", "--offline", "--bib", "notes.bib", "Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9."
    )
    assert code == 3
    assert "not a .bib file" in err
    assert (project / "notes.bib").read_text() == text


def test_a_library_of_remarks_alone_may_be_filled(command: Run, project: Path) -> None:
    (project / "own.bib").write_text("% my library\n")
    code, _, _ = command("add", "--offline", "--bib", "own.bib", "Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.")
    assert code == 0
    assert (project / "own.bib").read_text().startswith("% my library\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["/dev/full", "/dev/zero", "pipe"])
@pytest.mark.parametrize("more", [(), ("--force",), ("--dry-run",)])
def test_a_device_or_pipe_is_no_output_file_and_is_never_read(
    command: Run, project: Path, name: str, more: tuple[str, ...]
) -> None:
    os.mkfifo(project / "pipe")
    (project / "one.bib").write_text("@misc{a, title = {Tides}}\n")
    code, out, err = command("convert", "one.bib", "--to", "ris", "-o", name, *more)
    assert (code, out) == (2, "")
    assert "no ordinary file" in err
