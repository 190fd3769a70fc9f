"""Unicode → LaTeX for the values of bibliographic fields.

For pdflatex with UTF-8 input and the T1 encoding just those characters are encoded which it cannot set:
Greek, relations, sub- and superscripts, thin spaces, rare accents. What has no encoding in plain LaTeX
(CJK, Cyrillic …) stays as it is, and :func:`unsettable` names it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from string import ascii_letters
from typing import Final, Literal

from dl4es_bib.formats.latex import mathematics
from dl4es_bib.formats.latex import symbols as table
from dl4es_bib.formats.latex.formula import split_math, written
from dl4es_bib.model.richtext import events

Target = Literal["pdflatex", "unicode"]

_SPECIALS: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "{": r"\{",
    "}": r"\}",
    "\u00a0": "~",
    "\u00ad": r"\-",
}
#: BibTeX counts braces without regard to a backslash: braces that do not match are written in words.
_UNMATCHED: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}

_SPACES: Final = frozenset("\u00a0\u00ad")

#: What T1 and TS1 set directly beyond ASCII (t1enc.dfu and ts1enc.dfu of every LaTeX since 2018).
_SETTABLE: Final = frozenset(
    [
        chr(code)
        for code in range(0xA1, 0x17F)
        if code not in (0xAD, 0x126, 0x127, 0x138, 0x13F, 0x140, 0x149, 0x166, 0x167)
    ]
    + list("ȘșȚțƒ–—‘’‚“”„†‡•…‰‹›€™ˆˇ˘˙˛˜˝฿‖※‽₡₤₦₩₫₱℃№℗℞℠℧℮␢␣◦♪‱")
)
_NEEDS_NOTHING = re.compile(r"[ -!\"'-;=?-\[\]`a-z|]*")

#: Written in place of the character when the target is pdflatex, as text.
_TEXT: Final = {
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\u2002": " ",
    "\u2003": r"\quad{}",
    "\u2004": " ",
    "\u2005": " ",
    "\u2006": r"\,",
    "\u2007": "~",
    "\u2008": r"\,",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u202f": r"\,",
    "\u205f": r"\,",
    "\u3000": " ",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    "\u2012": "--",
    "\u2015": "---",
    "\u2044": "/",
    "ʻ": "`",
    "ʼ": "'",
    "ʹ": "'",
    "ʾ": "'",
    "ʿ": "`",
    "‛": "`",
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ẞ": "SS",
    "ȷ": r"{\j}",
    "ſ": "s",
    "ŉ": "'n",
    "ŀ": "l·",
    "Ŀ": "L·",
}
_RAISED: Final = {shown: plain for plain, shown in table.SUPERSCRIPT.items() if shown not in "°*†′⁻"} | {"⁻": "-"}
#: Superscripts of which at least one needs a formula: then all of them are set in it.
_RAISED_RUN = re.compile(f"[¹²³]*[{''.join(c for c in _RAISED if c not in '¹²³')}][{''.join(_RAISED)}]*")
#: Greek words, unlike Greek symbols, are text: they stay, and pdflatex needs a font encoding for them.
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{3,}")
_LOWERED: Final = {shown: plain for plain, shown in table.SUBSCRIPT.items() if shown != "₋"} | {"₋": "-"}
_ACCENT_COMMAND: Final = {
    mark: name for name, mark in table.ACCENTS.items() if len(mark) == 1 and name not in ("G", "U", "f")
}
_MATH_ACCENT: Final = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar",
    "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030c": "check", "\u20d7": "vec", "\u0332": "underline",
}  # fmt: skip
#: Invisible characters that change what is read: directional controls, zero-width space, byte order mark.
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
#: A brace that something stands on.
_ACCENTED_BRACE = re.compile("[{}](?=[\u0300-\u036f\u0483-\u0489\u0591-\u20f0\ufe20-\ufe2f])")
#: Signs that fonts in T1 join to others; dashes and quotes (``--``, two accents) are meant so.
_LIGATURE = re.compile(r"([?!])(`)|(?<=,)()(?=,)")
#: What is done before formulas are looked for: joiners go, and what is written in letters is (``$x^ﬁ$``).
_BEFOREHAND: Final = dict.fromkeys(map(ord, "\u200c\u200d")) | {
    ord(character): text for character, text in _TEXT.items() if set(text) <= {*ascii_letters, " ", "-", "/"}
}


@lru_cache(maxsize=8192)
def to_latex(text: str, *, target: Target = "pdflatex") -> str:
    """Encode text for a field of a .bib file or a LaTeX document.

    Arguments:
        text: Unicode text; formulas in it (see :func:`split_math`) are kept.
        target: ``pdflatex`` also encodes what UTF-8 input with T1 fonts cannot set; ``unicode`` (LuaLaTeX,
            XeLaTeX, biber) escapes what TeX would take for a command and nothing else.

    The result has balanced braces, so it can stand in a braced field. Formulas and accents made by commands
    are in braces, which keeps BibTeX's case changes away from them.
    """
    if _NEEDS_NOTHING.fullmatch(text) and not _LIGATURE.search(text):
        return text
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    if target == "pdflatex":
        text = text.translate(_BEFOREHAND)
    pieces = split_math(text)
    special = _SPECIALS if _braces_match(pieces) else _SPECIALS | _UNMATCHED
    out: list[str] = []
    for is_formula, piece in pieces:
        if is_formula:
            out.append(f"{{${written(piece[1:-1])}$}}")
        elif target == "unicode":
            out += [special.get(character, character) for character in piece]
        else:
            out.append(_encode(piece, special))
    return _LIGATURE.sub(r"\1{}\2", "".join(out))


#: Face → the command that sets it; braces alone keep capitals.
_FACES: Final = {
    "i": "\\emph", "b": "\\textbf", "sc": "\\textsc", "sup": "\\textsuperscript", "sub": "\\textsubscript",
    "nocase": "", "nodecor": "\\textnormal",
}  # fmt: skip


def markup_to_latex(text: str, *, target: Target = "pdflatex", word: Callable[[str], str] | None = None) -> str:
    """Encode text with CSL's markup (see :mod:`~dl4es_bib.model.richtext`): faces become commands.

    Arguments:
        text: the text; as for :func:`to_latex` but for its markup.
        target: as for :func:`to_latex`.
        word: encodes the stretches outside ``nocase``, when that is not :func:`to_latex`; titles protect capitals so.
    """
    encode = partial(to_latex, target=target)
    if "</" not in text:
        return (word or encode)(text)
    out: list[str] = []
    protected: list[int] = []
    for kind, value in events(text):
        if kind == "text":
            out.append(encode(value) if protected or word is None else word(value))
            continue
        if value == "nocase" and kind == "open":
            protected.append(len(out))
        closing = "}"
        if value == "nocase" and kind == "close":
            opened = protected.pop()
            if next((piece[0] for piece in out[opened + 1 :] if piece), "") == "\\":
                # In one pair of braces what begins with a command does not keep its case (BibTeX's special characters).
                out[opened], closing = "{{", "}}"
        out.append(_FACES[value] + "{" if kind == "open" else closing)
    return "".join(out)


def _braces_match(pieces: list[tuple[bool, str]]) -> bool:
    """Whether the braces of the text match, formulas apart, and none carries an accent."""
    depth = 0
    for is_formula, piece in pieces:
        if is_formula:
            continue
        if _ACCENTED_BRACE.search(piece):
            return False
        for character in piece:
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth < 0:
                return False
    return depth == 0


def _encode(text: str, special: dict[str, str]) -> str:
    out: list[str] = []
    formula: list[str] = []
    raised = {position for match in _RAISED_RUN.finditer(text) for position in range(match.start(), match.end())}
    words = {position for match in _GREEK_WORD.finditer(text) for position in range(match.start(), match.end())}
    position = 0
    for cluster in _clusters(text):
        as_math = "" if position in words else _as_math(cluster, position in raised)
        position += len(cluster)
        if as_math:
            formula.append(as_math)
            continue
        if formula:
            out.append(_formula(formula))
            formula = []
        out.append(_as_text(cluster, special))
    if formula:
        out.append(_formula(formula))
    return "".join(out)


def _clusters(text: str) -> list[str]:
    """Characters with the combining marks that follow them."""
    clusters: list[str] = []
    for character in text:
        if clusters and character > "\u02ff" and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _as_math(cluster: str, raised: bool) -> str:
    if cluster in _SETTABLE and not raised:
        return ""
    if cluster in mathematics.CHARACTERS:
        return mathematics.CHARACTERS[cluster]
    if raised and cluster in _RAISED:
        return "^" + mathematics.CHARACTERS.get(_RAISED[cluster], _RAISED[cluster])
    if cluster in _LOWERED:
        return "_" + mathematics.CHARACTERS.get(_LOWERED[cluster], _LOWERED[cluster])
    if not cluster.isascii() and (decomposed := unicodedata.normalize("NFD", cluster))[1:]:
        base, marks = decomposed[0], decomposed[1:]
        # Text has no command for the bar of an antiparticle or the arrow of a vector.
        is_letter = base.isascii() and base.isalnum() and any(mark not in _ACCENT_COMMAND for mark in marks)
        if (is_letter or base in mathematics.CHARACTERS) and all(mark in _MATH_ACCENT for mark in marks):
            whole = mathematics.CHARACTERS.get(base, f"\\mathrm{{{base}}}")
            for mark in marks:
                whole = f"\\{_MATH_ACCENT[mark]}{{{whole}}}"
            return whole
    return ""


def _formula(parts: list[str]) -> str:
    """One formula from its parts; neighbouring scripts of a kind share a brace."""
    out: list[str] = []
    for part in parts:
        kind = part[0] if part[0] in "^_" else ""
        if kind and out and out[-1].startswith(kind + "{"):
            out[-1] = f"{out[-1][:-1]}{_spaced(out[-1][:-1], part[1:])}}}"
        elif kind:
            out.append(f"{kind}{{{part[1:]}}}")
        else:
            out.append(_spaced(out[-1] if out else "", part))
    return "{$" + re.sub(r"([_^])\{(.)\}", r"\1\2", "".join(out)) + "$}"


def _spaced(before: str, part: str) -> str:
    """A blank keeps a command from running into the letter after it."""
    return " " + part if re.search(r"\\[A-Za-z]+$", before) and part[0].isalpha() else part


def _as_text(cluster: str, special: dict[str, str]) -> str:
    if cluster in special:
        return special[cluster]
    if cluster.isascii() and cluster not in "<>":
        return cluster
    if len(cluster) == 1 and (cluster in _SETTABLE or cluster in _TEXT):
        return _TEXT.get(cluster, cluster)
    decomposed = unicodedata.normalize("NFD", cluster)
    base, marks = decomposed[0], decomposed[1:]
    before = ""
    if base in _ACCENT_COMMAND:  # a mark that has nothing to stand on
        base, marks = "", decomposed
    elif base.isspace() or base in _SPACES:
        before, base = special.get(base, _TEXT.get(base, base)), ""
    escaped = special.get(base, _TEXT.get(base, base))
    if not marks or any(mark not in _ACCENT_COMMAND for mark in marks) or not _can_carry(base):
        # What cannot be encoded stays; `unsettable` names it.
        return before + escaped + marks if before or base in special else cluster
    # biber reads an accent on nothing as an accent without argument, which stops LaTeX: it stands on an empty box.
    inner = escaped or "\\null"
    for mark in marks:
        command = _ACCENT_COMMAND[mark]
        if inner in ("i", "j") and mark < "\u0323":
            inner = "\\" + inner
        inner = f"\\{command}{{{inner}}}"
    return before + "{" + inner + "}"


def _can_carry(base: str) -> bool:
    return base.isascii() or base in _SETTABLE


def unsettable(text: str) -> tuple[str, ...]:
    """The characters that pdflatex cannot set even after :func:`to_latex`, each once, in order."""
    if text.isascii():
        return ()
    return unsettable_in(to_latex(text))


def unsettable_in(latex: str) -> tuple[str, ...]:
    """The characters of LaTeX source that pdflatex cannot set, each once, in order."""
    if latex.isascii():
        return ()
    return tuple(dict.fromkeys(c for c in latex if not c.isascii() and c not in _SETTABLE))
