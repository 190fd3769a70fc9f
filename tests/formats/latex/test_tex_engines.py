"""What is written is set by pdfTeX, LuaTeX and XeTeX, and makes none of them do anything else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hostile_formulas import HOSTILE

from dl4es_bib.formats.latex import definitions, to_latex, unsettable
from dl4es_bib.formats.latex import mathematics as table

ENGINES = ("pdflatex", "lualatex", "xelatex")


def compiled(folder: Path, paragraphs: Sequence[str], engine: str) -> str:
    """Compile the paragraphs; the log of the engine. A folder that the engine cannot leave its traces out of."""
    if shutil.which(engine) is None:
        pytest.skip(f"needs {engine}")
    fonts = "\\usepackage[T1]{fontenc}\n" if engine == "pdflatex" else ""
    body = "\n\n".join(paragraphs)
    source = f"\\documentclass{{article}}\n{fonts}\\begin{{document}}\n{definitions(body)}{body}\n\\end{{document}}\n"
    (folder / "main.tex").write_text(source, encoding="utf-8")
    subprocess.run(
        [engine, "-interaction=nonstopmode", "-recorder", "-shell-escape", "main.tex"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=240,
        check=False,
        env={**os.environ, "max_print_line": "2000", "openin_any": "a", "openout_any": "a"},
    )
    return (folder / "main.log").read_text(encoding="utf-8", errors="replace")


def errors(log: str) -> list[str]:
    """The errors in a log, and the characters that the font lacks.

    Latin Modern has no combining cedilla and ogonek, so LuaTeX and XeTeX set them on few letters only.
    """
    return re.findall(r"^! .*|^Missing character(?!.*U\+032[78]).*", log, re.M)


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_hostile_titles_are_printed_and_nothing_runs(tmp_path: Path, engine: str) -> None:
    (tmp_path / "secret.txt").write_text("\\typeout{SECRET READ}SECRET")
    titles = [template % body for body in HOSTILE for template in ("Sea ice $%s$ in lakes", "%s", "$x_1$%s$", "{%s}")]
    log = compiled(tmp_path, [to_latex(title) for title in titles], engine)
    opened = (tmp_path / "main.fls").read_text()
    assert errors(log) == []
    assert "SECRET READ" not in log
    assert "secret" not in opened
    assert {path.name for path in tmp_path.iterdir()} == {
        "secret.txt",
        *(f"main.{end}" for end in "tex log aux fls pdf".split()),
    }


@pytest.mark.tex
@pytest.mark.parametrize("engine", ENGINES)
def test_every_character_is_set_or_named_before(tmp_path: Path, engine: str) -> None:
    characters = [chr(code) for code in [*range(0x20, 0x3000), *range(0xFB00, 0xFB07), *range(0x1D400, 0x1D800)]]
    known = [c for c in characters if unicodedata.category(c) not in ("Cn", "Cc", "Cs", "Co", "Zl", "Zp")]
    settable = [c for c in known if not unsettable(f"a{c} b {c}")]
    assert len(settable) > 1500
    paragraphs = [to_latex(f"a{c} b {c}") for c in settable]
    assert errors(compiled(tmp_path, paragraphs, engine)) == []


@pytest.mark.tex
@pytest.mark.parametrize("engine", ENGINES)
def test_every_command_of_a_formula_is_one_of_the_engine(tmp_path: Path, engine: str) -> None:
    formulas = [f"\\{name}" for name in sorted(table.KERNEL)]
    formulas += [f"\\{name}" + "{x}" * count for name, count in sorted(table.ARGUMENTS.items())]
    formulas += [f"\\{name}" + "{x}" * count for name, (count, _) in sorted(table.AMS.items())]
    formulas += [f"\\{name}{{word}}" for name in sorted(table.TEXTS)]
    formulas += [f"{{\\{name} x}}_1" for name in sorted(table.SWITCHES)]
    formulas += [f"{{1 \\{name} 2}}" for name in sorted(table.INFIX)]
    formulas += [f"\\{name}(" for name in sorted(table.SIZES)]
    formulas += [f"\\left{one}x\\right{one}" for one in sorted(table.DELIMITERS)]
    formulas += [f"\\left\\{name} x\\right\\{name}" for name in sorted(table.DELIMITER_COMMANDS)]
    formulas += [f"x\\{symbol}y" for symbol in sorted(table.SYMBOLS)]
    paragraphs = [to_latex(f"${formula}$") for formula in formulas]
    assert [one for one in paragraphs if "textbackslash" in one] == []
    assert errors(compiled(tmp_path, paragraphs, engine)) == []
