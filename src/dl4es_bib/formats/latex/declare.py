r"""Characters that stand raw in LaTeX source, and lines of a preamble by which every engine sets them.

pdfTeX needs a declaration for each; LuaTeX and XeTeX set what the font has, and Latin Modern has Latin letters only.
What pdfTeX can set with fonts of every installation is declared for it (a heart, a tick, full-width letters);
for the rest :func:`beyond_pdflatex` says which need another engine.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.latex import mathematics
from dl4es_bib.formats.latex.encode import to_latex, unsettable_in

#: Fonts that LuaTeX and XeTeX look for, in order, when Latin Modern lacks a character; those that are not there are
#: passed over. Families of TeX Live and of the common systems.
FALLBACK_FONTS: Final = (
    "CMU Serif", "FreeSerif", "Noto Serif", "DejaVu Serif", "Times New Roman", "Noto Serif CJK SC", "Noto Serif CJK JP",
    "FandolSong", "Source Han Serif SC", "Songti SC", "SimSun", "MS Mincho", "Noto Sans CJK SC", "UnBatang",
    "Malgun Gothic", "DejaVu Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Math", "Segoe UI Symbol",
    "Symbola", "Noto Emoji", "STIX Two Math", "Latin Modern Math",
)  # fmt: skip

#: Character → position in the first font of symbols of the AMS (``umsa.fd``), which LaTeX always has.
_AMS_SYMBOLS: Final = {
    "□": 3, "▫": 3, "☐": 3, "◻": 3, "■": 4, "▪": 4, "◼": 4, "⬛": 4, "◊": 6, "⧫": 7, "◆": 7, "♦": 7, "✦": 7,
    "★": 70, "⭐": 70, "✓": 88, "✔": 88, "☑": 88, "▲": 78, "▴": 78, "▼": 72, "▾": 72, "△": 77, "▵": 77, "▽": 79,
    "▿": 79, "▶": 73, "►": 73, "▸": 73, "◀": 74, "◄": 74, "◂": 74,
}  # fmt: skip
#: Character → formula of the LaTeX kernel.
_FORMULAS: Final = {
    "♥": "\\heartsuit", "❤": "\\heartsuit", "☆": "\\star", "✗": "\\times", "✘": "\\times", "✕": "\\times",
    "✖": "\\times", "❌": "\\times", "➔": "\\rightarrow", "➜": "\\rightarrow", "➝": "\\rightarrow",
    "➞": "\\rightarrow", "◇": "\\diamond", "○": "\\circ", "◯": "\\bigcirc", "●": "\\bullet", "⚫": "\\bullet",
    "⬤": "\\bullet", "〈": "\\langle", "〉": "\\rangle", "‴": "'''", "⁗": "''''", "‣": "\\triangleright",
    "☉": "\\odot", "⟦": "[\\![", "⟧": "]\\!]", "⟪": "\\langle\\!\\langle", "⟫": "\\rangle\\!\\rangle",
    "ɛ": "\\varepsilon", "∛": "\\sqrt[3]{}", "∜": "\\sqrt[4]{}", "∶": ":", "∕": "/", "∆": "\\Delta",
    "≔": ":=", "≕": "=:", "⊘": "\\oslash", "⌀": "\\oslash", "ⅆ": "d", "ⅇ": "e", "ⅈ": "i", "ⅉ": "j", "ⅅ": "D",
}  # fmt: skip
#: Character → text of the kernel.
_TEXTS: Final = {
    "ħ": "{\\leavevmode\\rlap{\\raise.7ex\\hbox{-}}h}", "Ħ": "{\\leavevmode\\rlap{\\kern.12em\\raise.6ex\\hbox{--}}H}",
    "ŧ": "{\\leavevmode\\rlap{\\kern.03em-}t}", "Ŧ": "{\\leavevmode\\rlap{\\kern.19em-}T}",
    "Ḫ": "{\\leavevmode\\ooalign{H\\crcr\\hidewidth\\lower1.7ex\\hbox{\\u{}}\\hidewidth}}",
    "ḫ": "{\\leavevmode\\ooalign{h\\crcr\\hidewidth\\lower1.7ex\\hbox{\\u{}}\\hidewidth}}",
    "ˈ": "'", "⁂": "***", "⁃": "-", "‗": "\\_\\_", "⁓": "\\textasciitilde{}", "〜": "\\textasciitilde{}",
    "ƀ": "{\\leavevmode\\rlap{\\raise.7ex\\hbox{-}}b}", "ĸ": "{\\textsc{k}}",
}  # fmt: skip
#: Kinds of Unicode's compatibility mappings that keep the meaning.
_KINDS: Final = ("<wide>", "<narrow>", "<compat>", "<square>", "<font>", "<noBreak>", "<vertical>")


@lru_cache(maxsize=4096)
def shape(character: str) -> str:
    r"""LaTeX by which every engine sets a character that :func:`to_latex` leaves raw; empty when there is none."""
    if character in _TEXTS:
        return _TEXTS[character]
    if character in _AMS_SYMBOLS:
        return f"{{\\usefont{{U}}{{msa}}{{m}}{{n}}\\symbol{{{_AMS_SYMBOLS[character]}}}}}"
    if character in _FORMULAS:
        return f"{{${_FORMULAS[character]}$}}"
    canonical = unicodedata.normalize("NFD", character)
    if canonical[1:] == "\u0338" and canonical[0] in mathematics.CHARACTERS:
        return f"{{$\\not{mathematics.CHARACTERS[canonical[0]]}$}}"
    kind, _, _ = unicodedata.decomposition(character).partition(" ")
    plain = unicodedata.normalize("NFKC", character)
    if kind == "<fraction>" and plain.replace("\u2044", "").isdecimal() and plain.count("\u2044") == 1:
        above, below = plain.split("\u2044")
        return f"{{\\textsuperscript{{{above}}}/\\textsubscript{{{below}}}}}"
    if kind not in _KINDS or plain == character or any(map(unicodedata.combining, plain)):
        return ""
    written = to_latex(plain)
    return "" if unsettable_in(written) or written.isspace() else written


def with_shapes(latex: str) -> str:
    """LaTeX source in which characters that pdfTeX lacks are written by their :func:`shape`."""
    shapes = {ord(character): how for character in unsettable_in(latex) if (how := shape(character))}
    return latex.translate(shapes) if shapes else latex


def beyond_pdflatex(latex: str) -> tuple[str, ...]:
    """The characters of LaTeX source that pdfTeX cannot set even when :func:`declarations` stand in the preamble."""
    return tuple(character for character in unsettable_in(latex) if not _declared(character))


def _declared(character: str) -> str:
    """What a character is declared as, or nothing."""
    if unicodedata.combining(character):
        return ""
    how = to_latex(character)
    return shape(character) if unsettable_in(how) or how == character else how


#: How a character is declared, in pdfTeX and in the engines that read Unicode themselves.
_DECLARE: Final = (
    "\\ifPDFTeX\n\\newcommand\\setcharacter[2]{\\DeclareUnicodeCharacter{#1}{#2}}\n\\else\n"
    '\\newcommand\\setcharacter[2]{\\catcode"#1=\\active \\begingroup\\lccode`\\~="#1 '
    '\\lowercase{\\endgroup\\protected\\def~}{\\iffontchar\\font"#1 \\char"#1 \\else #2\\fi}}\n\\fi\n'
)
#: Other fonts for single characters: the first that has it.
_OTHER_FONTS: Final = r"""\ifPDFTeX
\errmessage{pdfTeX cannot set some characters of this document. Use LuaLaTeX or XeLaTeX}
\def\setother#1{}
\else
\makeatletter
\newcommand\otherfonts{}
\newcommand\tryfont[1]{}
\newcommand\otherfont[2]{\IfFontExistsTF{#1}{\newfontface#2{#1}\g@addto@macro\otherfonts{\tryfont#2}}{}}
%s\newcommand\othercharacter[1]{\begingroup
\def\tryfont##1{##1\iffontchar\font"#1 \let\tryfont\@gobble\fi}\otherfonts
\ifx\tryfont\@gobble\else\GenericWarning{}{No font here has the character U+#1; choose one with \string\setmainfont}\fi
\char"#1 \endgroup}
\newcommand\setother[1]{\setcharacter{#1}{\othercharacter{#1}\allowbreak}}
\makeatother
\fi
"""


def declarations(latex: str) -> str:
    """Lines of a preamble for characters of LaTeX source that stand there raw; needs iftex, and fontspec but in pdfTeX.

    Letters that join or stack (Arabic, Devanagari) and combining marks are not declared: a font must be chosen for
    the whole word.
    """
    lines: list[str] = []
    others: list[str] = []
    for character in unsettable_in(latex):
        if how := _declared(character):
            lines.append(f"\\setcharacter{{{ord(character):04X}}}{{{how}}}\n")
        elif stands_alone(character):
            others.append(f"\\setother{{{ord(character):04X}}}\n")
    if others:
        names = "".join(
            f"\\otherfont{{{font}}}\\otherfont{chr(97 + place)}\n" for place, font in enumerate(FALLBACK_FONTS)
        )
        others.insert(0, _OTHER_FONTS.replace("%s", names))
    return _DECLARE + "".join([*lines, *others]) if lines or others else ""


def stands_alone(character: str) -> bool:
    """Whether the form of a character does not depend on its neighbours."""
    if unicodedata.category(character)[0] not in "LNPS" or unicodedata.bidirectional(character) in ("R", "AL"):
        return False
    joins = range(0x0900, 0x10A0), range(0x1780, 0x1800), range(0x1800, 0x18B0), range(0xA840, 0xABE0)
    return not any(ord(character) in block for block in joins)
