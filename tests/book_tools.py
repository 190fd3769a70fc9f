"""What builds books in tests: MyST, Typst, pandoc, Sphinx. Where one is missing a test is skipped, but not in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

_MYST = Path(__file__).parent.parent / "build" / "myst"


def typst_pdf(source: Path) -> str:
    """Compile a Typst document; the text of its pages as one line."""
    _needs_module("typst")
    import typst

    made = source.with_suffix(".pdf")
    typst.compile(str(source), output=str(made), root=str(source.parent))
    return pdf_text(made)


def typst_strings(source: Path, label: str) -> list[str]:
    """The values of the metadata with a label in a Typst document."""
    _needs_module("typst")
    import json

    import typst

    found = json.loads(typst.query(str(source), f"<{label}>", field="value"))
    assert isinstance(found, list)
    return found


def pandoc(*arguments: str, folder: Path, text: str | None = None) -> str:
    """Run pandoc in a folder; what it prints."""
    program = shutil.which("pandoc")
    if program is None:
        _needs_module("pypandoc")
        import pypandoc

        program = pypandoc.get_pandoc_path()
    return _run([program, *arguments], folder, text)


def myst(*arguments: str, folder: Path, programs: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run MyST in a folder, without any network.

    Arguments:
        programs: a folder with the programs of this project, for the plugin.
    """
    node = shutil.which("node")
    script = Path(os.environ.get("DL4ES_BIB_MYST", str(_MYST))) / "node_modules" / "mystmd" / "dist" / "myst.cjs"
    if node is None or not script.is_file():
        _is_missing("Node.js, or what 'make myst' installs")
    path = os.pathsep.join([*([str(programs)] if programs else []), os.environ["PATH"]])
    return subprocess.run(
        [str(node), str(script), *arguments], cwd=folder, env={**os.environ, "PATH": path, "CI": "true"},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def sphinx(source: Path, output: Path) -> str:
    """Build HTML with Sphinx; warnings are errors, what it prints is returned."""
    _needs_module("sphinx")
    _needs_module("sphinxcontrib.bibtex")
    return _run([sys.executable, "-m", "sphinx", "-W", "-b", "html", str(source), str(output)], source)


def programs_of_ours(folder: Path) -> Path:
    """A folder with the programs that an installation brings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in (("dl4es-bib", "dl4es_bib"), ("dl4es-bib-myst", "dl4es_bib.cli.myst_plugin")):
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        program.chmod(0o755)
    return folder


def pdf_text(path: Path) -> str:
    """The text of a PDF file, blanks and line ends as one blank."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    text = "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    return one_line(text)


def one_line(text: str) -> str:
    """Text with each stretch of blanks and line ends as one blank."""
    return " ".join(text.split())


def _run(command: list[str], folder: Path, text: str | None = None) -> str:
    done = subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _needs_module(name: str) -> None:
    if importlib.util.find_spec(name) is None:
        _is_missing(f"the package {name} of the group 'dev'")


def _is_missing(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"CI has not {what}: this test must run there")
    pytest.skip(f"needs {what}")
