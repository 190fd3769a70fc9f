"""Tables of LaTeX commands and the characters they set; data only.

The long tail of symbols comes from pylatexenc's own tables (see :func:`symbol` and :func:`command`); what
stands here is what those lack, set differently, or would cost their import.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from dl4es_bib.model.richtext import Face

#: Accent command → combining character (LaTeX2e for authors, "Accents"; the tipa names occur in real files).
ACCENTS: Final = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "G": "\u030f",
    "U": "\u030e",
    "f": "\u0311",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "textcommabelow": "\u0326",
    "textacutemacron": "\u0304\u0301",
}

#: Accents of mathematics.
MATH_ACCENTS: Final = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0305",
    "overline": "\u0305",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "vec": "\u20d7",
    "underline": "\u0332",
}

#: A tie joins two letters (``\t{ia}``).
TIES: Final = {"t": "\u0361"}

#: Commands without argument → text.
SYMBOLS: Final = {
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "SS": "ẞ",
    "i": "ı",
    "j": "ȷ",
    "imath": "ı",
    "jmath": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e",
    "BibTeX": "BibTeX",
    "textquotedbl": '"',
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textasciimacron": "¯",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbackslash": "\\",
    "textunderscore": "_",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textdollar": "$",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "ldots": "…",
    "dots": "…",
    "textperiodcentered": "·",
    "cdotp": "·",
    "textpm": "±",
    "textmu": "µ",
    "textminus": "−",
    "texttimes": "×",
    "textonesuperior": "¹",
    "texttwosuperior": "²",
    "textthreesuperior": "³",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "lq": "‘",
    "rq": "’",
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "flqq": "«",
    "frqq": "»",
    "guillemetleft": "«",
    "guillemetright": "»",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "EUR": "€",
    "degree": "°",
    "celsius": "°C",
    "micro": "µ",
    "permil": "‰",
    "dag": "†",
    "ddag": "‡",
    "epsilon": "ε",
    "phi": "φ",
    "varphi": "φ",
    "less": "<",
    "greater": ">",
    "prime": "'",
    "hbar": "ℏ",
    "Im": "ℑ",
    "Re": "ℜ",
    "models": "⊧",
    "diamond": "⋄",
    "triangle": "△",
    "triangleright": "▷",
    "triangleleft": "◁",
    "spadesuit": "♠",
    "heartsuit": "♡",
    "diamondsuit": "♢",
    "clubsuit": "♣",
    "bigodot": "⨀",
    "bigoplus": "⨁",
    "bigotimes": "⨂",
    "biguplus": "⨄",
    "bigsqcup": "⨆",
    "preceq": "⪯",
    "succeq": "⪰",
    "cprime": "ʹ",
    "Cprime": "ʹ",
    "cdprime": "ʺ",
    "Cdprime": "ʺ",
    "lbrack": "[",
    "rbrack": "]",
    "colon": ":",
    "lt": "<",
    "gt": ">",
    "space": " ",
    "nobreakspace": "\u00a0",
    "enspace": "\u2002",
    "quad": "\u2003",
    "qquad": "\u2003\u2003",
    "thinspace": "\u2009",
    "newline": " ",
    "par": " ",
    "linebreak": " ",
    "slash": "/",
    "textcompwordmark": "\u200c",
    "zwj": "\u200d",
}

#: One-character commands → text.
CONTROL_SYMBOLS: Final = {
    "&": "&",
    "%": "%",
    "#": "#",
    "_": "_",
    "$": "$",
    "{": "{",
    "}": "}",
    " ": " ",
    "\n": " ",
    "\t": " ",
    "\\": " ",
    "/": "",
    "!": "",
    "@": "",
    ",": "\u2009",
    ":": "\u205f",
    ">": "\u205f",
    ";": "\u2004",
    "-": "\u00ad",
    "|": "‖",
}

_WITH_ARGUMENT = (
    "vphantom hphantom phantom vspace noopsort noop label SortNoop printfirst switchargs index vskip hskip "
    "pagebreak color"
)
_ALONE = (
    "relax null protect empty displaystyle textstyle scriptstyle right big Big bigg Bigg bigl bigr Bigl Bigr "
    "limits nolimits noindent bgroup egroup rm it bf sl tt sf em sc itshape bfseries mdseries upshape "
    "slshape scshape rmfamily sffamily ttfamily normalfont boldmath unboldmath small footnotesize scriptsize "
    "tiny large Large LARGE huge Huge normalsize allowbreak nobreak hfill hfil ignorespaces unskip xspace "
    "selectfont nocorr break smallskip medskip bigskip cal mathstrut strut"
)
#: Commands that set nothing, and how many arguments go with them.
SILENT: Final = dict.fromkeys(_WITH_ARGUMENT.split(), 1) | dict.fromkeys(_ALONE.split(), 0)

#: Commands whose argument is set as it is, between these marks.
WRAPPERS: Final = {
    "mkbibquote": ("“", "”"),
    "enquote": ("“", "”"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "parenthesis": ("(", ")"),
}

#: Commands whose argument is set in a face.
FACES: Final[dict[str, Face]] = {
    "emph": "i", "textit": "i", "textsl": "i", "mkbibemph": "i", "mkbibitalic": "i", "textbf": "b", "strong": "b",
    "mkbibbold": "b", "textsc": "sc",
}  # fmt: skip
#: Commands that set a face to the end of their group.
SWITCHES: Final[dict[str, Face]] = {
    "it": "i", "em": "i", "sl": "i", "itshape": "i", "slshape": "i", "bf": "b", "bfseries": "b", "sc": "sc",
    "scshape": "sc",
}  # fmt: skip
#: Commands whose first argument is an address or an option and is not shown.
SKIP_FIRST: Final = frozenset("href textcolor foreignlanguage hyperref fontsize scalebox raisebox".split())

_DIGITS = "0123456789"
SUPERSCRIPT: Final = dict(
    zip(
        _DIGITS + "+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ",
        strict=True,
    )
) | {"∘": "°", "'": "′", "*": "*", "′": "′", "†": "†"}
SUBSCRIPT: Final = dict(
    zip(
        _DIGITS + "+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)

#: Letters of ``\mathbb``.
DOUBLE_STRUCK: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ")

#: ``\not`` and a relation → the struck relation.
NEGATED: Final = "\u0338"


@cache
def _pylatexenc_symbols() -> dict[str, str]:
    from pylatexenc.latex2text import get_default_latex_context_db

    table: dict[str, str] = {}
    database = get_default_latex_context_db()
    for category in database.categories():
        for spec in database.iter_macro_specs([category]):
            text = spec.simplify_repl
            # "%s" marks a command with arguments, "<ref>" and "<cit.>" stand for what TeX would compute.
            if isinstance(text, str) and text and not ("%" in text and len(text) > 1) and "<" not in text:
                table.setdefault(spec.macroname, text)
    for name in ("today", "hspace", "vspace", "item", "not"):
        table.pop(name, None)
    return table


def symbol(name: str) -> str | None:
    """The text a command without argument sets, or ``None`` when nobody knows it."""
    known = SYMBOLS.get(name)
    return known if known is not None else _pylatexenc_symbols().get(name)
