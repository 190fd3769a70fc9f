"""What every verb does alike: help, completion, quiet and verbose runs, colours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from small_project import Run, bib

from dl4es_bib.cli import GROUPS, root

VERBS = [verb for _, verbs in GROUPS for verb in verbs]


def completed(arguments: list[str], begun: str) -> list[str]:
    return [item.value for item in ShellComplete(root, {}, "dl4es-bib", "X").get_completions(arguments, begun)]


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_says_what_its_option_says(verb: str, command: Run) -> None:
    assert command("help", verb) == command(verb, "--help")


def test_help_goes_down_to_verbs_of_verbs(command: Run) -> None:
    code, out, _ = command("help", "keys", "rename")
    assert code == 0
    assert "keys rename" in out
    code, _, err = command("help", "keys", "renam")
    assert (code, "No such command 'renam'" in err) == (2, True)
    code, _, err = command("help", "buld")
    assert (code, "Did you mean 'build'?" in err) == (2, True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell_names_the_program(shell: str, command: Run) -> None:
    code, out, _ = command("completion", shell)
    assert code == 0
    assert f"_DL4ES_BIB_COMPLETE={shell}_complete" in out.replace("'", "")


def test_keys_and_styles_are_completed(project: Path) -> None:
    bib(project, "@book{ode:sea,\n title={Sea}}\n@book{Ode:tide,\n title={Tide}}\n@book{bell, title={Fog}}\n")
    assert completed(["show"], "ode") == ["ode:sea", "Ode:tide"]
    assert completed(["keys", "rename"], "b") == ["bell"]
    assert "ieee" in completed(["export", "--style"], "ie")
    assert completed([], "sta") == ["status", "stats"]


def test_help_completes_verbs_and_those_below_them() -> None:
    assert completed(["help"], "pub") == ["publish"]
    assert "rename" in completed(["help", "keys"], "re")
    assert completed(["help", "build"], "") == []


@pytest.mark.parametrize("words", [["cite"], ["build"], ["cite", "a.md", "--bib"], ["fmt", "a.bib"], ["export", "-o"]])
def test_where_a_file_is_named_a_shell_offers_files(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_DL4ES_BIB_COMPLETE", "bash_complete")
    items = ShellComplete(root, {}, "dl4es-bib", "X").get_completions(words, "a")
    assert [item.type for item in items] == ["file"]


def test_styles_come_behind_files_which_make_bash_forget_what_it_had() -> None:
    items = ShellComplete(root, {}, "dl4es-bib", "X").get_completions(["cite", "a.md", "-s"], "iee")
    assert [item.type for item in items[:2]] == ["file", "plain"]
    assert {item.type for item in items[1:]} == {"plain"}


def test_a_library_that_is_not_there_completes_nothing(project: Path) -> None:
    assert completed(["show"], "o") == []


def test_bash_gets_keys_from_the_program_itself(project: Path) -> None:
    bib(project, "@book{ode:sea,\n title={Sea}}\n")
    words = {"COMP_WORDS": "dl4es-bib show od", "COMP_CWORD": "2", "_DL4ES_BIB_COMPLETE": "bash_complete"}
    code = "from dl4es_bib.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **words}, capture_output=True, text=True, check=False
    )
    assert done.stdout == "plain,ode:sea\n"


def test_a_quiet_build_prints_nothing_and_a_verbose_one_each_step(command: Run) -> None:
    _, _, err = command("build", "--offline", "-v")
    assert " s  Reading …\n" in err
    assert " s  Writing …\n" in err
    assert command("build", "--offline", "-q")[1:] == ("", "")


def test_a_quiet_run_still_prints_results_and_errors(command: Run, project: Path) -> None:
    bib(project, "@book{ode,\n title={Sea}}\n")
    assert "ode" in command("list", "-q")[1]
    assert command("list", "nothing", "-q") == (1, "", "")
    code, _, err = command("show", "-q", "unknown")
    assert (code, "unknown" in err) == (1, True)


def test_colours_are_forced_and_refused_by_the_environment(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Ode, A. (2018). Fog. Harbour Letters, 45(2), 1–9."
    Path("one.txt").write_text(line)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in command("parse", "--show", "one.txt")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in command("parse", "--show", "one.txt")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
@pytest.mark.parametrize("arguments", [["styles"], ["list"], ["keys"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str], project: Path) -> None:
    bib(project, "".join(f"@book{{ode{number},\n title={{Sea {number}}}}}\n" for number in range(3000)))
    words = " ".join([f'"{sys.executable}"', "-m", "dl4es_bib", *arguments])
    command = ["bash", "-o", "pipefail", "-c", f"{words} | head -1"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    assert "Traceback" not in done.stderr
