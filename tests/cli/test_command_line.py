"""The command line as a whole: help, exit codes, errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import Run

import dl4es_bib
from dl4es_bib.cli import console, run


def test_without_a_library_every_verb_says_so(command: Run) -> None:
    for verb in (["show", "x"], ["edit", "x"], ["keys"], ["keys", "rename", "a", "b"], ["keys", "apply"],
                 ["dedupe"], ["dedupe", "--merge"]):  # fmt: skip
        code, _, err = command(*verb)
        assert code == 3
        assert "references.bib does not exist" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("build", "none.md", "--offline"), 3, "none.md does not exist"),
        (("build", "picture.png", "--offline"), 3, "is not text"),
        (("build", ".", "--offline"), 3, "is a folder"),
        (("build", "--offline", "-s", "iee"), 2, "ieee"),
        (("build", "--offline", "--config", "none.yaml"), 2, "none.yaml"),
        (("build", "--offline", "--config", "list.yaml"), 2, "list.yaml:1: the configuration is a list"),
        (("build", "--offline", "-o", "list.md/out"), 2, "list.md"),
        (("buidl",), 2, "Did you mean 'build'?"),
        (("build", "--ofline"), 2, "--offline"),
        (("resolve", "list.md", "--crossref-url", "file:///x"), 2, "https://"),
        (("export", "--cited-in", "none.aux"), 3, "none.aux"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_exit_code(
    command: Run, project: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (project / "picture.png").write_bytes(b"\x89PNG\r\n\0\0\0")
    (project / "list.yaml").write_text("- a\n- b\n")
    exit_code, _, err = command(*arguments)
    assert exit_code == code
    assert message in err
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_help_lists_the_verbs_in_groups(command: Run) -> None:
    code, out, _ = command("--help")
    assert code == 0
    for word in ("Make bibliographies", "Look closer", "Convert", "Set up", "build", "Exit codes"):
        assert word in out
    assert command("--version")[1].startswith("dl4es-bib, version ")


def process(*arguments: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    source = str(Path(dl4es_bib.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": source, "XDG_CACHE_HOME": str(cwd / "cache")}
    command = [sys.executable, "-m", "dl4es_bib", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [("scan", "list.md"), ("scan", "list.md", "--json"), ("convert", "list.md", "--to", "ris"), ("--help",)],
)
def test_a_full_standard_output_is_a_sentence(project: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "w") as full:
        done = process(*arguments, cwd=project, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == (
        "error: The result could not be printed: no space left on device. Send standard output somewhere else.\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="the shell is another one")
def test_a_closed_standard_output_is_a_sentence(project: Path) -> None:
    command = f"'{sys.executable}' -m dl4es_bib scan list.md >&-"
    source = str(Path(dl4es_bib.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": source}
    done = subprocess.run(
        command, shell=True, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "error: Standard output is closed, so there is nowhere to print the result.\n"


@pytest.mark.skipif(os.name == "nt", reason="an open folder cannot be removed here")
@pytest.mark.parametrize("verb", [("scan", "list.md"), ("build", "--offline"), ("keys",), ("config",)])
def test_a_folder_that_is_gone_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: tuple[str, ...]
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    code = run(list(verb))
    monkeypatch.chdir(tmp_path)
    assert code == 2
    assert capsys.readouterr().err == (
        "error: The current folder does not exist any more. Change to another folder and run again.\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_the_exit_code_is_the_same_when_nobody_can_read_the_message(project: Path) -> None:
    with open("/dev/full", "w") as full:
        assert process("scan", "none.md", cwd=project, stdout=subprocess.DEVNULL, stderr=full).returncode == 3


@pytest.mark.parametrize(("value", "coloured"), [("", True), ("1", False)])
def test_no_color_is_honoured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda stream, color: False if color is None else not color)
    console.error("wrong")
    assert ("\x1b[" in capsys.readouterr().err) is coloured
