"""Unicode → LaTeX for the values of bibliographic fields.

For pdflatex with UTF-8 input and the T1 encoding just those characters are encoded which it cannot set:
Greek, relations, sub- and superscripts, thin spaces, rare accents. What has no encoding in plain LaTeX
(CJK, Cyrillic …) stays as it is, and :func:`unsettable` names it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from dl4es_bib.formats.latex import symbols as table

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

#: What T1 and TS1 set directly beyond ASCII (t1enc.dfu and ts1enc.dfu of every LaTeX since 2018).
_SETTABLE: Final = frozenset(
    [chr(code) for code in range(0xA1, 0x17F) if code not in (0xAD, 0x138, 0x13F, 0x140, 0x149, 0x166, 0x167)]
    + list("ȘșȚțƒ–—‘’‚“”„†‡•…‰‹›€™")
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
}
#: Written as a formula; plain LaTeX only, no package.
_MATH: Final = (
    dict(
        zip(
            "≤≥≠≈≡∓⋅∗∘∙∞∝∂∇∫∮∑∏∈∉∋∪∩⊂⊃⊆⊇∅∧∨∀∃→←↔⇒⇐⇔↑↓↦⟶⟵⟨⟩∥⊥∼≃≅≪≫⊕⊗⊖⊙ℓℏℜℑℵ℘∣∠△⋆⋄⊢⊣⊤≺≻∖♭♮♯",
            (
                r"\leq \geq \neq \approx \equiv \mp \cdot \ast \circ \bullet \infty \propto \partial \nabla "
                r"\int \oint \sum \prod \in \notin \ni \cup \cap \subset \supset \subseteq \supseteq "
                r"\emptyset \wedge \vee \forall \exists \rightarrow \leftarrow \leftrightarrow \Rightarrow "
                r"\Leftarrow \Leftrightarrow \uparrow \downarrow \mapsto \longrightarrow \longleftarrow "
                r"\langle \rangle \parallel \perp \sim \simeq \cong \ll \gg \oplus \otimes \ominus \odot "
                r"\ell \hbar \Re \Im \aleph \wp \mid \angle \triangle \star \diamond \vdash \dashv \top "
                r"\prec \succ \setminus \flat \natural \sharp"
            ).split(),
            strict=True,
        )
    )
    | dict(
        zip(
            "αβγδεϵζηθϑικλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ",
            (
                r"\alpha \beta \gamma \delta \varepsilon \epsilon \zeta \eta \theta \vartheta \iota \kappa "
                r"\lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \varphi \phi "
                r"\chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
            ).split(),
            strict=True,
        )
    )
    | {"−": "-", "′": "'", "″": "''", "√": r"\surd", "⋯": r"\cdots", "⊥": r"\perp", "ο": "o"}
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", (f"\\mathrm{{{letter}}}" for letter in "ABEZHIKMNOPTX"), strict=True))
)
_RAISED: Final = {shown: plain for plain, shown in table.SUPERSCRIPT.items() if shown not in "°*†′⁻"} | {"⁻": "-"}
#: Superscripts of which at least one needs a formula: then all of them are set in it.
_RAISED_RUN = re.compile(f"[¹²³]*[{''.join(c for c in _RAISED if c not in '¹²³')}][{''.join(_RAISED)}]*")
#: Greek words, unlike Greek symbols, are text: they stay, and pdflatex needs a font encoding for them.
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{3,}")
_LOWERED: Final = {shown: plain for plain, shown in table.SUBSCRIPT.items() if shown != "₋"} | {"₋": "-"}
_ACCENT_COMMAND: Final = {
    mark: name for name, mark in table.ACCENTS.items() if len(mark) == 1 and name not in ("G", "U", "f")
}
#: Invisible characters that change what is read: directional controls, zero-width space, byte order mark.
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_JOINERS = str.maketrans("", "", "\u200c\u200d")

_FORMULA_BODY = re.compile(r"(?:[A-Za-z0-9 +\-*/=<>^_{}().,:;|'!\[\]]|\\[A-Za-z]+|\\[,;:! {}])+")
_FORBIDDEN_COMMAND = re.compile(
    r"\\(?:write|input|include|openin|openout|read|immediate|def|edef|gdef|let|catcode|csname|special|"
    r"directlua|end|begin|newcommand|loop|expandafter|shell|href|url|verb)"
)


def split_math(text: str) -> list[tuple[bool, str]]:
    """Cut text into pieces (is a formula, piece); formulas keep their dollars.

    A formula is what looks like one: tight dollars (``$5 to $10`` is money), balanced braces, ordinary
    characters, harmless commands, and something only a formula has (a command, ``^`` or ``_``, or a lone
    letter).
    """
    pieces: list[tuple[bool, str]] = []
    position = 0
    for match in _FORMULA_SCAN.finditer(text) if text.count("$") > 1 else ():
        body = match.group()[1:-1]
        if not _is_formula(body):
            continue
        if match.start() > position:
            pieces.append((False, text[position : match.start()]))
        pieces.append((True, match.group()))
        position = match.end()
    if position < len(text):
        pieces.append((False, text[position:]))
    return pieces


_FORMULA_SCAN = re.compile(r"(?<![\\$])\$[^$\s][^$]{0,300}\$(?![\d$])")


def _is_formula(body: str) -> bool:
    if body[-1].isspace() or not _FORMULA_BODY.fullmatch(body) or _FORBIDDEN_COMMAND.search(body):
        return False
    depth = 0
    for token in re.findall(r"\\.|[{}]", body):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return False
    return depth == 0 and (bool(re.search(r"[\\^_]", body)) or (len(body) == 1 and body.isalpha()))


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
    if _NEEDS_NOTHING.fullmatch(text):
        return text
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    special = _SPECIALS if _braces_match(text) else _SPECIALS | _UNMATCHED
    out: list[str] = []
    for is_formula, piece in split_math(text):
        if is_formula:
            out.append("{" + piece + "}")
        elif target == "unicode":
            out += [special.get(character, character) for character in piece]
        else:
            out.append(_encode(piece.translate(_JOINERS), special))
    return "".join(out)


def _braces_match(text: str) -> bool:
    depth = 0
    for character in text:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
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
    if cluster in _MATH:
        return _MATH[cluster]
    if raised and cluster in _RAISED:
        return "^" + _MATH.get(_RAISED[cluster], _RAISED[cluster])
    if cluster in _LOWERED:
        return "_" + _MATH.get(_LOWERED[cluster], _LOWERED[cluster])
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
    if not marks or any(mark not in _ACCENT_COMMAND for mark in marks) or not _can_carry(base):
        return cluster
    inner = special.get(base, base)
    for mark in marks:
        command = _ACCENT_COMMAND[mark]
        if inner in "ij" and mark < "\u0323":
            inner = "\\" + inner
        inner = f"\\{command}{{{inner}}}"
    return "{" + inner + "}"


def _can_carry(base: str) -> bool:
    return (base.isascii() and base.isalnum()) or base in _SETTABLE


def unsettable(text: str) -> tuple[str, ...]:
    """The characters that pdflatex cannot set even after :func:`to_latex`, each once, in order."""
    if text.isascii():
        return ()
    encoded = to_latex(text)
    return tuple(dict.fromkeys(c for c in encoded if not c.isascii() and c not in _SETTABLE))
