"""The list of export targets, and a target that another package brings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dl4es_bib.config.settings import parse_config
from dl4es_bib.export.targets import TARGETS, Formatting
from dl4es_bib.model.errors import ConfigError, UsageError

PLUG_IN = """
from dl4es_bib.export.targets import Target

def keys(section, formatting):
    return "".join(f"{entry.key}\\n" for entry in section.entries)

KEYS = Target("key-list", "keys", per_style=False, render=keys)
LIST = Target("count", "count", per_style=True, render=lambda section, f: str(len(f.styled.of(section, "text"))))
"""
METADATA = "Metadata-Version: 2.1\nName: key-list\nVersion: 1\n"
ENTRY_POINTS = "[dl4es_bib.export_targets]\nkey-list = key_list:KEYS\ncount = key_list:LIST\n"


@pytest.fixture
def plug_in(tmp_path: Path) -> Path:
    """A folder with an installed package that has two targets."""
    folder = tmp_path / "site"
    information = folder / "key_list-1.dist-info"
    information.mkdir(parents=True)
    (folder / "key_list.py").write_text(PLUG_IN)
    (information / "METADATA").write_text(METADATA)
    (information / "entry_points.txt").write_text(ENTRY_POINTS)
    return folder


def with_plug_in(plug_in: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own that finds the package."""
    code = (
        f"import sys; sys.path.insert(0, {str(plug_in)!r}); from dl4es_bib.cli import main; main({list(arguments)!r})"
    )
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_a_target_of_another_package_is_in_the_help_the_configuration_and_the_export(
    plug_in: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.bib").write_text("@misc{alpha, title = {First}}\n@misc{beta, title = {Second}}\n")
    assert "key-list" in with_plug_in(plug_in, tmp_path, "export", "--help").stdout
    assert "count" in with_plug_in(plug_in, tmp_path, "convert", "--help").stdout
    (tmp_path / "dl4es-bib.yaml").write_text("source: a.bib\noutput: lists\nformats: [key-list, count]\nstyles: apa\n")
    done = with_plug_in(plug_in, tmp_path, "export")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "lists/all/references.keys").read_text() == "alpha\nbeta\n"
    assert (tmp_path / "lists/all/references.apa.count").read_text() == "2"
    assert not (tmp_path / "lists/all/references.bib").exists()


def test_a_target_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"c\.yaml:1: 'formats': there is no format named 'markdwon'; did you mean"):
        parse_config("formats: [markdwon]\n", "c.yaml")
    with pytest.raises(UsageError, match="Did you mean html"):
        TARGETS.named("htm")


def test_a_target_without_style_is_told_when_it_asks_for_one() -> None:
    with pytest.raises(TypeError, match="per_style"):
        _ = Formatting().styled


def test_every_target_says_what_it_writes() -> None:
    for target in TARGETS:
        assert target.suffix.isalnum()
        assert target.render.__module__
