"""LaTeX → Unicode for the values of bibliographic fields.

Decoding scans once and nests to a fixed depth. pylatexenc is used for its tables only: its parser takes
exponential time on ``\\sqrt[\\sqrt[…`` and recurses on every brace, and what a .bib file holds is not
trusted. Never apply it to url, doi, eprint or file: those are verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.latex import physics
from dl4es_bib.formats.latex import symbols as table
from dl4es_bib.formats.latex.formula import commands, written
from dl4es_bib.formats.latex.journals import JOURNALS
from dl4es_bib.formats.latex.tokens import MAX_DEPTH, nested, space_kept
from dl4es_bib.formats.markup import html_to_markup
from dl4es_bib.model.richtext import Face, marked, plain

#: Longer values are returned as they are.
MAX_LENGTH: Final = 1_000_000

_ACTIVE = re.compile(r"[\\{}$~`]|--|''")
_LIGATURES: Final = {"--": "–", "---": "—", "``": "“", "`": "‘", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
_SCRIPTS: Final = {"^": table.SUPERSCRIPT, "_": table.SUBSCRIPT}


def to_unicode(text: str) -> str:
    """Decode a LaTeX field value to Unicode (NFC), commands and protecting braces gone.

    Formatting commands give up their argument, formulas become plain Unicode (``Cu$_2$O`` → ``Cu₂O``), an
    unknown command without argument leaves its name, ``~`` is a no-break space and spacing commands are the
    Unicode spaces of their width. White space is kept as it stands.
    """
    if not _ACTIVE.search(text) or len(text) > MAX_LENGTH:
        return text
    return _decode(text)


def to_markup(text: str, *, protect: bool = False) -> str:
    r"""Decode a LaTeX field value to text with CSL's markup (see :mod:`~dl4es_bib.model.richtext`).

    As :func:`to_unicode`, but italics (``\emph``, ``\textit``, ``{\it …}``), bold, small capitals and what Unicode
    cannot raise or lower become tags, a formula that Unicode cannot write (``$\sqrt{s}$``) stays a formula, and HTML
    that an export left in the field (``$\less$em$\greater$``) is read.

    Arguments:
        text: the value.
        protect: braced words (``{DNA}``) become ``<span class="nocase">``; for titles.
    """
    if len(text) > MAX_LENGTH or not (_ACTIVE.search(text) or "<" in text or "&" in text):
        return text
    return _decode_markup(text, protect)


@lru_cache(maxsize=8192)
def _decode(text: str) -> str:
    return unicodedata.normalize("NFC", _Decoder(nested(text)).run())


@lru_cache(maxsize=8192)
def _decode_markup(text: str, protect: bool) -> str:
    decoded = _Decoder(nested(text), rich=True, protect=protect).run()
    return unicodedata.normalize("NFC", html_to_markup(decoded) if "</" in decoded or "&" in decoded else decoded)


class _Decoder:
    """One pass over the tokens of a value; groups are read by recursion no deeper than MAX_DEPTH."""

    def __init__(self, tokens: list[str], *, rich: bool = False, protect: bool = False) -> None:
        self.tokens = tokens
        self.rich = rich
        self.protect = protect
        self.ended_by = ""
        self.argument_follows = False
        self.position = 0
        self.math = False
        self.commands = 0
        # An odd number of dollars is no formula: "costs $5".
        self.dollars = tokens.count("$") - tokens.count("$") % 2

    def run(self) -> str:
        out: list[str] = []
        while self.position < len(self.tokens):
            out.append(self._sequence())
            self.position += 1  # a closing brace that nothing opened
        return "".join(out)

    def _sequence(self) -> str:
        """What follows up to the brace that closes this group (not consumed) or the end."""
        out: list[str] = []
        while self.position < len(self.tokens) and self.tokens[self.position] != "}":
            out.append(self._one())
        return "".join(out)

    def _one(self) -> str:
        token = self.tokens[self.position]
        self.position += 1
        if token == "{":
            return self._group()
        if token == "$":
            return self._dollar()
        if token[0] == "\\" and len(token) > 1:
            if self.commands > MAX_DEPTH:
                return ""
            self.commands += 1
            text = self._command(token[1:])
            self.commands -= 1
            return text
        if token in ("^", "_"):
            return self._script(token) if self.math else token
        if token[0] == "\0":
            return token[1:]
        if self.math and token != "~":
            closing = self.position < len(self.tokens) and self.tokens[self.position].rstrip() == "\\right"
            return token.rstrip() if closing else token
        return _LIGATURES.get(token, token)

    def _group(self) -> str:
        following = self.tokens[self.position] if self.position < len(self.tokens) else ""
        # BibTeX changes the case of what begins with a command ({\'E}), and a formula has none.
        protects = self.protect and not (self.math or self.commands or self.argument_follows)
        protects = protects and following[:1] not in ("\\", "$")
        self.argument_follows = False
        outer, self.protect = self.protect, self.protect and not protects
        text = self._sequence()
        self.protect = outer
        self.position += 1
        if protects and any(character.isalpha() for character in text):
            return marked(text, "nocase")
        return text

    def face(self, text: str, face: Face) -> str:
        """The text in a face, when markup is wanted."""
        return marked(text, face) if self.rich and not self.math else text

    def _dollar(self) -> str:
        if not self.dollars:
            return "$"
        if self.rich and not self.math and (formula := self._formula()):
            return formula
        self.dollars -= 1
        self.math = not self.math
        return ""

    def _formula(self) -> str:
        """A formula that only TeX can set, with its dollars; nothing for one that Unicode can write."""
        try:
            end = self.tokens.index("$", self.position, self.position + 400)
        except ValueError:
            return ""
        body = "".join(self.tokens[self.position : end])
        if not needs_tex(body) or written(body) is None:
            return ""
        self.position = end + 1
        self.dollars -= 2
        return f"${body}$"

    def _argument(self) -> str:
        """The next argument: a group, or one token (one character of a run)."""
        tokens = self.tokens
        while self.position < len(tokens) and tokens[self.position].isspace():
            self.position += 1
        if self.position >= len(tokens) or tokens[self.position] == "}":
            return ""
        token = tokens[self.position]
        if token[0] in "\\{\0":
            return self._one()
        token = token.lstrip()
        self.position += 1
        if len(token) > 1:
            self.position -= 1
            tokens[self.position] = token[1:]
        return token[0]

    def raw_argument(self) -> str:
        """The next argument as it is written; an optional one before it is skipped."""
        while self.position < len(self.tokens) and self.tokens[self.position].isspace():
            self.position += 1
        self._optional()
        if self.position >= len(self.tokens) or self.tokens[self.position] != "{":
            return self._argument()
        depth, start = 0, self.position + 1
        while self.position < len(self.tokens):
            depth += {"{": 1, "}": -1}.get(self.tokens[self.position], 0)
            self.position += 1
            if depth == 0:
                return "".join(self.tokens[start : self.position - 1])
        return "".join(self.tokens[start:])

    def until(self, names: tuple[str, ...]) -> list[str]:
        """The tokens up to one of these commands, which is read too; to the end when there is none."""
        start = self.position
        while self.position < len(self.tokens):
            token = self.tokens[self.position].rstrip()
            self.position += 1
            if token in names:
                self.ended_by = token
                return self.tokens[start : self.position - 1]
        self.ended_by = ""
        return self.tokens[start:]

    def _optional(self) -> None:
        """Skip ``[…]`` if it comes next, within one run of plain text."""
        if self.position < len(self.tokens) and self.tokens[self.position].startswith("["):
            _, closed, rest = self.tokens[self.position].partition("]")
            if closed:
                self.tokens[self.position] = rest
                if not rest:
                    self.position += 1

    def _command(self, written: str) -> str:
        name = written.rstrip()
        space = written[len(name) :] if name else ""
        name = name.rstrip("*") if name[:-1] else name or written[0]
        if name in table.ACCENTS and not (self.math and name in ("=", "'", "`")):
            return _combine(self._argument(), table.ACCENTS[name])
        if name in table.CONTROL_SYMBOLS:
            return table.CONTROL_SYMBOLS[name]
        if name in ("(", ")"):
            self.math = name == "("
            return ""
        if name in table.MATH_ACCENTS:
            return _combine(self._argument(), table.MATH_ACCENTS[name])
        if name in table.TIES:
            argument = self._argument()
            return argument[:1] + table.TIES[name] + argument[1:]
        if name in _HANDLERS:
            return _HANDLERS[name](self)
        if self.rich and name in table.FACES:
            return self.face(self._argument(), table.FACES[name])
        if self.rich and name in table.SWITCHES and not self.math:
            rest = self._sequence().lstrip()
            return self.face(rest, table.SWITCHES[name])
        if name in table.SILENT:
            for _ in range(table.SILENT[name]):
                self._argument()
            return ""
        if name in table.WRAPPERS:
            opening, closing = table.WRAPPERS[name]
            return opening + self._argument() + closing
        if name in table.SKIP_FIRST:
            self._optional()
            self._argument()
            return self._argument()
        if name in JOURNALS:
            return JOURNALS[name] + space
        known = table.symbol(name)
        if known is not None:
            return known + (space_kept(known, space, self.tokens, self.position) if self.math else "")
        if self.position < len(self.tokens) and self.tokens[self.position][0] in "{[":
            self._optional()
            self.argument_follows = True
            return ""  # a formatting command: its argument follows as a group
        return name + space

    def _script(self, mark: str) -> str:
        return _shift(self._in_math(), mark)

    def _in_math(self) -> str:
        outer, self.math = self.math, True
        text = self._argument()
        self.math = outer
        return text

    def _fraction(self) -> str:
        above, below = self._argument(), self._argument()
        raised, lowered = _shift(above, "^"), _shift(below, "_")
        if raised[:1] == "^" or lowered[:1] == "_":
            return f"{above}/{below}"
        return f"{raised}⁄{lowered}"

    def _root(self) -> str:
        self._optional()
        argument = self._argument()
        return f"√{argument}" if len(argument) == 1 else f"√({argument})"

    def _left(self) -> str:
        """``\\left(`` sets its bracket; TeX ignores the space that follows in a formula."""
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.tokens[self.position] = token[0] + token[1:].lstrip() if token[0] != "\\" else token
        return ""

    def _space(self) -> str:
        return " " if self._argument() not in ("0pt", "0em", "0ex") else ""


def _combine(base: str, mark: str) -> str:
    if not base:
        return {"\u0302": "^", "\u0303": "~"}.get(mark, mark)
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0]) if mark < "\u0323" else base[0]
    if first.isspace():
        return base
    if mark in ("\u0305", "\u0332"):  # lines go over the whole argument
        return "".join(character + mark for character in base)
    end = 1
    while end < len(base) and unicodedata.combining(base[end]):
        end += 1
    return first + base[1:end] + mark + base[end:]


def _shift(text: str, mark: str) -> str:
    """Text as superscript or subscript; what Unicode lacks is written ``^x`` or ``_(xy)``."""
    characters = _SCRIPTS[mark]
    compact = text.strip()
    if all(character in characters for character in compact):
        return "".join(characters[character] for character in compact).replace("′′", "″")
    return f"{mark}{compact}" if len(compact) == 1 else f"{mark}({compact})"


def _raised(decoder: _Decoder) -> str:
    return _plain_script(decoder, "^")


def _lowered(decoder: _Decoder) -> str:
    return _plain_script(decoder, "_")


def _plain_script(decoder: _Decoder, mark: str) -> str:
    """A raised or lowered word in text; where Unicode lacks a letter the word stays on the line."""
    text = decoder._argument()
    shifted = _shift(plain(text), mark)
    return decoder.face(text, "sup" if mark == "^" else "sub") if shifted[:1] == mark else shifted


#: Commands of a formula that Unicode has no text for; those that only change the font of a word are not here.
_ONLY_TEX: Final = frozenset(
    """sqrt frac tfrac dfrac cfrac over choose atop binom tbinom dbinom mathcal cal mathscr mathfrak mathbf bm
    boldsymbol overline underline overbrace underbrace widehat widetilde vec overset underset stackrel left right sum
    prod int iint oint xrightarrow xleftarrow overrightarrow overleftarrow limits""".split()
)
_SCRIPT_GROUP = re.compile(r"([\^_])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))")


def needs_tex(body: str) -> bool:
    """Whether a formula says more than its Unicode text does: roots, fractions, fonts, scripts without a form."""
    if commands(body) & _ONLY_TEX:
        return True
    for mark, group, single in _SCRIPT_GROUP.findall(body):
        content = group or single
        if _shift(_decode(f"${content}$") if "\\" in content else content, mark)[:1] == mark:
            return True
    return bool(re.search(r"[\^_]\s*\{[^{}]*\{", body))


def _si(decoder: _Decoder) -> str:
    return physics.quantity(decoder.raw_argument(), decoder.raw_argument())


def _si_range(decoder: _Decoder) -> str:
    start, end, unit = decoder.raw_argument(), decoder.raw_argument(), decoder.raw_argument()
    return physics.quantity(f"{physics.number(start)}–{physics.number(end)}", unit)


def _num_range(decoder: _Decoder) -> str:
    return f"{physics.number(decoder.raw_argument())}–{physics.number(decoder.raw_argument())}"


def _if_math(decoder: _Decoder) -> str:
    r"""``\ifmmode A\else B\fi``: what stands for text, or for a formula."""
    first = decoder.until(("\\else", "\\fi"))
    second = decoder.until(("\\fi",)) if decoder.ended_by == "\\else" else []
    decoder.tokens[decoder.position : decoder.position] = first if decoder.math else second
    return ""


_HANDLERS: Final[dict[str, Callable[[_Decoder], str]]] = {
    "frac": _Decoder._fraction,
    "tfrac": _Decoder._fraction,
    "dfrac": _Decoder._fraction,
    "nicefrac": _Decoder._fraction,
    "sqrt": _Decoder._root,
    "left": _Decoder._left,
    "hspace": _Decoder._space,
    "kern": lambda decoder: "",
    "ensuremath": _Decoder._in_math,
    "textsuperscript": _raised,
    "textsubscript": _lowered,
    "mkbibsuperscript": _raised,
    "mkbibsubscript": _lowered,
    "not": lambda decoder: unicodedata.normalize("NFC", decoder._argument() + table.NEGATED),
    "char": lambda decoder: "",
    **dict.fromkeys(("SI", "qty"), _si),
    "SIrange": _si_range,
    "qtyrange": _si_range,
    "numrange": _num_range,
    "si": lambda decoder: physics.unit(decoder.raw_argument()),
    "unit": lambda decoder: physics.unit(decoder.raw_argument()),
    "num": lambda decoder: physics.number(decoder.raw_argument()),
    "ang": lambda decoder: physics.angle(decoder.raw_argument()),
    "ce": lambda decoder: physics.formula_of_chemistry(decoder.raw_argument()),
    "ifmmode": _if_math,
    "texorpdfstring": lambda decoder: (decoder._argument(), decoder.raw_argument())[0],
    "mathbb": lambda decoder: decoder._argument().translate(table.DOUBLE_STRUCK),
}
