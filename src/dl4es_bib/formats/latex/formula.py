r"""Formulas in the text of records: found, checked and written so that TeX can do nothing but set them.

A record is written by a stranger. So a formula is kept only when a scanner that knows the grammar of a formula can
read all of it: known commands (:mod:`~dl4es_bib.formats.latex.mathematics`), their arguments, balanced braces,
``\left`` with ``\right``, one superscript and one subscript on a symbol. Everything else is text. The scanner goes
over the text once and nests to a fixed depth.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.latex import mathematics as table

#: Longer formulas are text.
MAX_FORMULA: Final = 1_500
_MAX_DEPTH: Final = 30

_ORDINARY: Final = frozenset("+-*/=<>().,:;|!?[]")
_TEXT: Final = frozenset(" .,:;()[]+-=/*!?|'")


class _NotAFormula(Exception):
    """The text cannot be read as a formula."""


def split_math(text: str) -> list[tuple[bool, str]]:
    r"""Cut text into pieces (is a formula, piece); formulas keep their dollars.

    A formula is what can be read as one whole (see the module) and has something only a formula has: a command, ``^``
    or ``_``, or a lone letter. Its dollars are tight (``$5 to $10`` is money).
    """
    pieces: list[tuple[bool, str]] = []
    position = start = 0
    while (opening := text.find("$", start)) >= 0:
        closing = text.find("$", opening + 1, opening + MAX_FORMULA)
        if closing < 0:
            start = opening + 1
            if text.find("$", start) < 0:
                break
            continue
        body = text[opening + 1 : closing]
        before = text[opening - 1 : opening]
        after = text[closing + 1 : closing + 2]
        if before in ("\\", "$") or after == "$" or after.isdigit() or _stands_alone(after) or written(body) is None:
            start = opening + 1
            continue
        if opening > position:
            pieces.append((False, text[position:opening]))
        pieces.append((True, text[opening : closing + 1]))
        position = start = closing + 1
    if position < len(text):
        pieces.append((False, text[position:]))
    return pieces


def _stands_alone(character: str) -> bool:
    """A combining mark after a formula would stand on its closing brace."""
    return bool(character) and unicodedata.combining(character) > 0


@lru_cache(maxsize=4096)
def written(body: str) -> str | None:
    r"""The formula as it is written, without dollars; ``None`` when the text is none.

    What is written has balanced braces also for BibTeX, which does not know that ``\{`` is a character: those that do
    not match become ``\lbrace`` and ``\rbrace``. Greek letters and signs become commands.
    """
    if not body or body[0].isspace() or body[-1].isspace() or len(body) > MAX_FORMULA:
        return None
    if not (any(character in "\\^_" for character in body) or (len(body) == 1 and body.isalpha())):
        return None
    try:
        scanner = _Scanner(body)
        scanner.group("")
    except _NotAFormula:
        return None
    return _balanced("".join(scanner.out))


def commands(latex: str) -> frozenset[str]:
    """The names of the commands that stand in LaTeX source."""
    names, position = set(), 0
    while (position := latex.find("\\", position)) >= 0:
        end = position + 1
        while end < len(latex) and latex[end].isascii() and latex[end].isalpha():
            end += 1
        names.add(latex[position + 1 : end])
        position = max(end, position + 2)
    return frozenset(names)


def definitions(latex: str) -> str:
    r"""``\providecommand`` lines for what the source needs of amsmath and amssymb, for documents without them."""
    needed = sorted(commands(latex) & table.AMS.keys())
    if "bm" in needed or "boldsymbol" in needed:
        needed = [name for name in needed if name not in ("bm", "boldsymbol")] + ["boldsymbol", "bm"]
    lines = []
    for name in needed:
        count, definition = table.AMS[name]
        lines.append(f"\\providecommand{{\\{name}}}{f'[{count}]' if count else ''}{{{definition}}}\n")
    return "".join(lines)


def _balanced(latex: str) -> str:
    depth = 0
    for character in latex:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    if depth == 0:
        return latex
    out: list[str] = []
    position = 0
    while position < len(latex):
        two = latex[position : position + 2]
        if two in ("\\{", "\\}"):
            out.append("\\lbrace " if two == "\\{" else "\\rbrace ")
            position += 2
        elif two[0] == "\\":
            out.append(two)
            position += 2
        else:
            out.append(two[0])
            position += 1
    return "".join(out)


class _Scanner:
    """One pass over a formula. Whatever it does not know ends it with :class:`_NotAFormula`."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.position = 0
        self.depth = 0
        self.out: list[str] = []

    def peek(self) -> str:
        return self.body[self.position : self.position + 1]

    def blank(self) -> None:
        while self.peek() == " ":
            self.out.append(" ")
            self.position += 1

    def group(self, closer: str) -> None:
        r"""Everything up to the closer, which is read too: ``}``, ``]``, ``\right``, or the end of the formula."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _NotAFormula
        scripts: set[str] = set()
        infix = False
        last = ""
        while True:
            if self.position >= len(self.body):
                if closer:
                    raise _NotAFormula
                break
            character = self.peek()
            if character == closer and closer in ("}", "]"):
                self.take(character)
                break
            if character in "^_":
                if character in scripts:
                    raise _NotAFormula
                scripts.add(character)
                self.take(character)
                self.argument()
                continue
            if character == "'":
                if "^" in scripts:
                    raise _NotAFormula
                while self.peek() == "'":
                    self.take("'")
                if self.peek() == "^":
                    self.take("^")
                    self.argument()
                scripts.add("^")
                continue
            if character == " ":
                self.take(" ")
                continue
            if character == "\\":
                name = self.name()
                if name == "right" and closer == "\\right":
                    self.command(name)
                    self.delimiter()
                    break
                if name in ("limits", "nolimits"):
                    if last not in table.OPERATORS:
                        raise _NotAFormula
                    self.command(name)
                    continue
                if name in table.INFIX:
                    if infix or closer not in ("", "}"):
                        raise _NotAFormula
                    infix = True
                last = name
            else:
                last = ""
            scripts = set()
            self.one()
        self.depth -= 1

    def take(self, character: str) -> None:
        self.out.append(character)
        self.position += 1

    def name(self) -> str:
        """The name of the command that comes next."""
        end = self.position + 1
        while end < len(self.body) and self.body[end].isascii() and self.body[end].isalpha():
            end += 1
        return self.body[self.position + 1 : max(end, self.position + 2)]

    def command(self, name: str) -> None:
        self.out.append("\\" + name)
        self.position += 1 + len(name)

    def one(self) -> None:
        """One symbol, group, or command with its arguments."""
        character = self.peek()
        if character == "{":
            self.take("{")
            self.group("}")
        elif character == "\\":
            self.control()
        elif character in _ORDINARY or (character.isascii() and character.isalnum()):
            self.take(character)
        elif character == "~":
            self.take("~")
        elif sign := table.CHARACTERS.get(character, "").lstrip("^"):
            after = self.body[self.position + 1 : self.position + 2]
            blank = " " if sign[-1].isalpha() and after.isascii() and after.isalpha() else ""
            self.out.append(sign + blank)
            self.position += 1
        else:
            raise _NotAFormula

    def control(self) -> None:
        name = self.name()
        if name in table.SYMBOLS and len(name) == 1:
            self.command(name)
        elif name == "left":
            self.command(name)
            self.delimiter()
            self.group("\\right")
        elif name in table.SIZES:
            self.command(name)
            self.delimiter()
        elif name in table.TEXTS or name in table.AMS_TEXTS:
            self.command(name)
            self.words()
        elif name == "sqrt":
            self.command(name)
            self.blank()
            if self.peek() == "[":
                self.take("[")
                self.group("]")
            self.argument()
        elif name in table.ARGUMENTS or name in table.AMS:
            self.command(name)
            for _ in range(table.ARGUMENTS.get(name) or table.AMS[name][0]):
                self.argument()
        elif name in table.KERNEL or name in table.SWITCHES or name in table.INFIX:
            self.command(name)
        else:
            raise _NotAFormula

    def argument(self) -> None:
        """A group or one symbol; what takes arguments itself is put into braces."""
        self.blank()
        character = self.peek()
        if character == "{":
            self.take("{")
            self.group("}")
        elif character == "\\" or character in table.CHARACTERS:
            self.out.append("{")
            self.one()
            self.out.append("}")
        elif character in _ORDINARY or (character.isascii() and character.isalnum()):
            self.take(character)
        else:
            raise _NotAFormula

    def delimiter(self) -> None:
        self.blank()
        character = self.peek()
        if character in table.DELIMITERS and character:
            self.take(character)
            return
        if character != "\\":
            raise _NotAFormula
        name = self.name()
        if name not in table.DELIMITER_COMMANDS and name not in ("{", "}", "|"):
            raise _NotAFormula
        self.command(name)

    def words(self) -> None:
        """A braced word of plain text."""
        self.blank()
        if self.peek() != "{":
            raise _NotAFormula
        end = self.body.find("}", self.position)
        text = self.body[self.position + 1 : end]
        if end < 0 or not all(char in _TEXT or (char.isascii() and char.isalnum()) for char in text):
            raise _NotAFormula
        self.out.append("{" + text + "}")
        self.position = end + 1
