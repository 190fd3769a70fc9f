"""Characters that stand raw in LaTeX source are declared for every engine, or named."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dl4es_bib.formats.latex import beyond_pdflatex, declarations, definitions, with_shapes
from dl4es_bib.formats.latex.declare import shape

SHAPED = "♥♦★☆✓✔✗■□▲▼◆◇○●►〈〉‴ħĦŧŦḪḫＡＺａ０９（），！：？％＃＿～ⅣⅻĲ⅓⅞℡℀℉ﬅ↛≢∄⟦⟧‣ʦ№"


@pytest.mark.parametrize("character", "♥★✓ħＡⅣ⅓≢〈")
def test_a_character_that_the_kernel_can_draw_needs_no_other_engine(character: str) -> None:
    assert shape(character)
    assert beyond_pdflatex(character) == ()
    assert f"{{{ord(character):04X}}}" in declarations(character)


@pytest.mark.parametrize("character", "ЖЮ你한日שא😀ơ")
def test_a_letter_that_pdflatex_has_no_font_for_is_named(character: str) -> None:
    assert beyond_pdflatex(f"On {character} ice") == (character,)


def test_a_list_without_preamble_has_commands_in_place_of_the_characters() -> None:
    assert with_shapes("A ★ of ℃ Ｂ") == "A {\\usefont{U}{msa}{m}{n}\\symbol{70}} of ℃ B"


def test_full_width_signs_of_tex_are_escaped() -> None:
    assert with_shapes("５０％＆＿") == "50\\%\\&\\_"


@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_every_engine_sets_what_is_declared(tmp_path: Path, engine: str) -> None:
    if shutil.which(engine) is None:
        pytest.skip(f"needs {engine}")
    body = "\n\n".join(f"a{character} b {character}" for character in SHAPED if not beyond_pdflatex(character))
    assert body.count("\n\n") > 50
    head = "\\usepackage{iftex}\\ifPDFTeX\\usepackage[T1]{fontenc}\\else\\usepackage{fontspec}\\fi\n"
    head += definitions(body + declarations(body)) + declarations(body)
    source = f"\\documentclass{{article}}\n{head}\\begin{{document}}\n{body}\n\\end{{document}}\n"
    (tmp_path / "main.tex").write_text(source, encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-no-shell-escape", "main.tex"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=240, check=False)
    log = (tmp_path / "main.log").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"^! .*|^Missing character.*", log, re.M) == []
