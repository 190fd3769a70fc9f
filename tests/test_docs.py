"""The documentation is true: its shell blocks run, its generated page is current, its links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_project import Run
from tour import run_blocks, shell_blocks

import dl4es_bib
from dl4es_bib.identify import url

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_shell_block_of_a_page_runs_in_order(page: Path, tmp_path: Path) -> None:
    run_blocks(shell_blocks(page), tmp_path)


def test_the_python_of_the_library_page_changes_one_line(tmp_path: Path) -> None:
    page = (ROOT / "docs/concepts/library.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    library = tmp_path / "references.bib"
    library.write_text("% Mine.\n@book{ode:tides,\n  title = {Tides},\n}\n")
    subprocess.run([sys.executable, "-c", block], cwd=tmp_path, check=True)
    assert library.read_text() == "% Mine.\n@book{ode:tides,\n  title = {Tides},\n  note = {read},\n}\n"


def test_the_python_of_the_guide_is_typed(tmp_path: Path) -> None:
    examples = python_examples(tmp_path)
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--strict", *examples]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_python_of_the_guide_runs_and_prints_what_it_says(tmp_path: Path) -> None:
    run_blocks(shell_blocks(ROOT / "docs/guides/book.md")[:1], tmp_path)
    printed = []
    for example in python_examples(tmp_path):
        command = [sys.executable, example]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        printed.append(done.stdout)
    assert printed == blocks(ROOT / "docs/guides/python.md", "text")


def python_examples(folder: Path) -> list[str]:
    """The Python blocks of the guide as files."""
    paths = []
    for number, block in enumerate(blocks(ROOT / "docs/guides/python.md", "python"), 1):
        path = folder / f"example_{number}.py"
        path.write_text(block)
        paths.append(str(path))
    return paths


def test_the_examples_for_contributors_are_the_files_of_the_plug_in_and_short() -> None:
    page = ROOT / "CONTRIBUTING.md"
    examples = blocks(page, "python")[1:-1]
    plugin = ROOT / "tests/plugin"
    names = ("checklist", "shelf", "key_list", "title_lines", "book_isbn")
    assert examples == [(plugin / f"dl4es_bib_example/{name}.py").read_text(encoding="utf-8") for name in names]
    assert max(sum(bool(line.strip()) for line in example.splitlines()) for example in examples) <= 20
    (entry_points,) = blocks(page, "toml")
    assert (plugin / "pyproject.toml").read_text(encoding="utf-8").endswith(entry_points)


def test_the_test_that_is_shown_to_contributors_passes(command: Run, project: Path) -> None:
    (example, *_) = blocks(ROOT / "CONTRIBUTING.md", "python")
    names: dict[str, Any] = {"Run": Run, "Path": Path}
    exec(example, names)
    names["test_an_edited_volume_survives_a_build"](command, project)


def test_the_address_rule_that_is_shown_to_contributors_works(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = eval(blocks(ROOT / "CONTRIBUTING.md", "python")[-1], vars(url))
    monkeypatch.setattr(url, "RULES", (*url.RULES, rule))
    (found,) = url.identifiers_in_url("https://repository.example/record/12345")
    assert (str(found.identifier), found.is_guess) == ("doi:10.5555/example.12345", True)


def test_examples_in_docstrings_print_what_they_say() -> None:
    tried = 0
    for path in sorted((ROOT / "src").rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
            result = doctest.testmod(importlib.import_module(name))
            assert result.failed == 0, name
            tried += result.attempted
    assert tried


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    lines = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    named = {line.rpartition(": ")[2] for line in lines if line.endswith(".md")}
    assert named == {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}


def test_the_page_of_the_python_interface_has_every_public_name() -> None:
    named = re.findall(r"^::: dl4es_bib\.(\w+)$", (ROOT / "docs/api.md").read_text(encoding="utf-8"), re.M)
    assert sorted(named) == sorted(set(dl4es_bib.__all__) - {"__version__"})


def test_the_reference_page_is_what_the_code_says() -> None:
    specification = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    written = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    assert module.reference() == written, "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target
