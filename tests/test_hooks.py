"""The hooks for pre-commit and the action for GitHub: sound by their schemas, and they do what they say."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
ACTION = ROOT / "action.yml"
SOUND = "@article{tide, author = {Ode, Ann}, title = {Tides}, journal = {Sea}, year = {2001}}\n"
WRONG = SOUND.replace("Ode, Ann", "Ode, Ann,")

#: What pre-commit demands of a hook (https://pre-commit.com, "Creating new hooks").
HOOK_SCHEMA = """{
  "type": "array", "minItems": 1,
  "items": {
    "type": "object", "required": ["id", "name", "entry", "language"], "additionalProperties": false,
    "properties": {
      "id": {"type": "string"}, "name": {"type": "string"}, "entry": {"type": "string"},
      "language": {"const": "python"}, "description": {"type": "string"}, "files": {"type": "string"},
      "types_or": {"type": "array", "items": {"type": "string"}}, "require_serial": {"type": "boolean"},
      "minimum_pre_commit_version": {"type": "string"}
    }
  }
}"""


def validated(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *arguments], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_action_is_sound_by_githubs_schema() -> None:
    assert validated("--builtin-schema", "vendor.github-actions", str(ACTION)) == ""


def test_the_hooks_are_sound(tmp_path: Path) -> None:
    schema = tmp_path / "hooks.json"
    schema.write_text(HOOK_SCHEMA, encoding="utf-8")
    assert validated("--schemafile", str(schema), str(HOOKS)) == ""


def program(folder: Path) -> dict[str, str]:
    """An environment in which ``dl4es-bib`` is this checkout."""
    place = folder / "bin"
    place.mkdir()
    script = place / "dl4es-bib"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dl4es_bib "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {**os.environ, "PATH": f"{place}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash runs the hooks and the action")
def test_each_hook_fails_on_what_is_wrong_and_passes_what_is_right(tmp_path: Path) -> None:
    environment = program(tmp_path)
    good, bad = tmp_path / "good.bib", tmp_path / "bad.bib"
    bad.write_text(WRONG, encoding="utf-8")
    for hook in yaml.safe_load(HOOKS.read_text("utf-8")):
        good.write_text(SOUND, encoding="utf-8")
        subprocess.run(["dl4es-bib", "fmt", str(good)], env=environment, check=True, capture_output=True)
        command = hook["entry"].split()
        before = good.read_bytes()
        assert subprocess.run([*command, str(good)], env=environment, capture_output=True, check=False).returncode == 0
        assert good.read_bytes() == before
        done = subprocess.run([*command, str(bad)], env=environment, capture_output=True, text=True, check=False)
        # pre-commit takes a file that a hook has changed for a failure.
        assert done.returncode == 1 or bad.read_text("utf-8") != WRONG, done.stdout


def run_action(folder: Path, environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    action: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    values = {name: spec["default"] for name, spec in action["inputs"].items()} | inputs
    given = {name: values[text.removeprefix("${{ inputs.").removesuffix(" }}")] for name, text in step["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, env={**environment, **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash runs the hooks and the action")
def test_the_action_shows_what_is_wrong_and_runs_nothing_that_an_input_holds(tmp_path: Path) -> None:
    environment = program(tmp_path)
    (tmp_path / "my refs.bib").write_text(WRONG, encoding="utf-8")
    (tmp_path / "good.bib").write_text(SOUND, encoding="utf-8")
    done = run_action(tmp_path, environment, files="my refs.bib\n")
    assert done.returncode == 1
    assert "::error file=my refs.bib,line=1,col=" in done.stdout
    assert run_action(tmp_path, environment, files="good.bib").returncode == 0
    assert run_action(tmp_path, environment, files="my refs.bib", ignore="names").returncode == 0
    run_action(tmp_path, environment, files="$(touch owned)\n`touch owned`\n; touch owned")
    run_action(tmp_path, environment, files="good.bib", select="$(touch owned)")
    assert not (tmp_path / "owned").exists()


@pytest.mark.skipif(shutil.which("bash") is None or shutil.which("git") is None, reason="git lists the files")
def test_the_action_without_files_checks_those_that_git_knows(tmp_path: Path) -> None:
    environment = program(tmp_path)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert run_action(tmp_path, environment).returncode == 1
    (tmp_path / "ö refs.bib").write_text(WRONG, encoding="utf-8")
    subprocess.run(["git", "-C", str(tmp_path), "add", "ö refs.bib"], check=True)
    done = run_action(tmp_path, environment)
    assert done.returncode == 1
    assert "name-ends-in-comma" in done.stdout


def test_the_actions_steps_use_inputs_only_by_variables() -> None:
    for step in yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
