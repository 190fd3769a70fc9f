"""The command line as a whole: help, exit codes, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import Run


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
