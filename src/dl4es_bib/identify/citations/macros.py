r"""Commands that a document defines for itself: what they take, and which of their arguments are keys.

``\newcommand{\pc}[2][]{\parencite[#1]{#2}}`` cites its second argument. Definitions with ``\def``, ``\let``, xparse
and etoolbox are read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dl4es_bib.identify.citations.arguments import (
    MAX_BODY,
    Span,
    after_blank,
    group,
    option_end,
    token_or_group,
)
from dl4es_bib.identify.citations.commands import DEFINITIONS

_NAME = re.compile(r"\\([A-Za-z@]+)")
_CSNAME = re.compile(r"\\csname\s*([A-Za-z@]{1,100})\s*\\endcsname(?![A-Za-z@])")
_PARAMETER = re.compile(r"#+([1-9])")
_COUNT = re.compile(r"\s*\[\s*([0-9])\s*\]")
_MAX_EXPANSION: Final = 100_000


@dataclass(frozen=True, slots=True)
class Macro:
    """A command of the document.

    Attributes:
        parameters: one letter each: ``m`` mandatory, ``o`` optional in brackets, ``s`` a star, ``r`` optional in
            parentheses, ``v`` a single token.
        defaults: what an optional parameter is when it is not given, by its position.
        body: what it stands for.
        alias: the name of the command that it is another name of, or ``""``.
        cite: ``single`` or ``many`` for a command that biblatex's ``\\DeclareCiteCommand`` makes.
    """

    parameters: str = ""
    defaults: tuple[tuple[int, str], ...] = ()
    body: str = ""
    alias: str = ""
    cite: str = ""

    def expanded(self, arguments: tuple[str | None, ...]) -> str:
        """The body with arguments in place of parameters."""
        defaults = dict(self.defaults)

        def argument(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            value = arguments[index] if index < len(arguments) else None
            return value if value is not None else defaults.get(index, "")

        return _PARAMETER.sub(argument, self.body)[:_MAX_EXPANSION]


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition in a text.

    Attributes:
        name: of the command, without backslash; ``begin name`` for an environment.
        macro: what it means.
        body: where its body stands in the text.
        end: the offset after it.
        defaults: where the defaults of its optional parameters stand, by position.
    """

    name: str
    macro: Macro
    body: Span
    end: int
    defaults: tuple[tuple[int, Span], ...] = ()


def definition(text: str, command: str, position: int) -> Definition | None:
    r"""The definition that a command such as ``\newcommand`` begins; ``position`` is after its name."""
    match DEFINITIONS[command]:
        case "latex":
            return _latex(text, position)
        case "xparse":
            return _xparse(text, position)
        case "tex":
            return _tex(text, position)
        case "let":
            return _let(text, position)
        case "environment":
            return _environment(text, position)
    kind = "many" if DEFINITIONS[command] == "multicite" else "single"
    return _cite_command(text, position, kind)


def arguments(text: str, position: int, parameters: str) -> tuple[tuple[Span | None, ...], int]:
    """Where the arguments of a command of the document stand, and the offset after them."""
    found: list[Span | None] = []
    for parameter in parameters:
        after = after_blank(text, position)
        span: Span | None = None
        if parameter == "s":
            if text[after : after + 1] == "*":
                position = after + 1
        elif parameter in "or":
            opener = "[" if parameter == "o" else "("
            end = option_end(text, after) if text[after : after + 1] == opener else -1
            if end >= 0:
                span, position = (after + 1, end - 1), end
        else:
            span = token_or_group(text, position)
            if span is None:
                break
            position = span[1] + (text[after : after + 1] == "{")
        found.append(span)
    return tuple(found), position


def _name_at(text: str, position: int) -> tuple[str, int] | None:
    r"""The command that ``\name`` or ``{\name}`` names, and the offset after it."""
    position = after_blank(text, position)
    if text[position : position + 1] == "*":
        position = after_blank(text, position + 1)
    if (match := _CSNAME.match(text, position)) is not None:
        return match[1], match.end()
    braced = text[position : position + 1] == "{"
    match = _NAME.match(text, after_blank(text, position + braced))
    if match is None:
        return None
    end = match.end()
    if braced:
        end = after_blank(text, end)
        if text[end : end + 1] != "}":
            return None
        end += 1
    return match[1], end


def _latex_parameters(text: str, position: int) -> tuple[str, tuple[tuple[int, Span], ...], int]:
    count = _COUNT.match(text, position)
    if count is None:
        return "", (), position
    number, position = int(count[1]), count.end()
    after = after_blank(text, position)
    if text[after : after + 1] == "[" and (end := option_end(text, after)) >= 0 and number:
        return "o" + "m" * (number - 1), ((0, (after + 1, end - 1)),), end
    return "m" * number, (), position


def _with_body(
    text: str, name: str, position: int, parameters: str, defaults: tuple[tuple[int, Span], ...] = ()
) -> Definition | None:
    span = token_or_group(text, position, MAX_BODY)
    if span is None:
        return None
    braced = text[after_blank(text, position) : after_blank(text, position) + 1] == "{"
    written = tuple((index, text[start:end]) for index, (start, end) in defaults)
    made = Macro(parameters, written, text[span[0] : span[1]])
    return Definition(name, made, span, span[1] + braced, defaults)


def _latex(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    if named is None:
        return None
    parameters, defaults, position = _latex_parameters(text, named[1])
    return _with_body(text, named[0], position, parameters, defaults)


def _xparse(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    specification = group(text, named[1]) if named else None
    if named is None or specification is None:
        return None
    parameters: list[str] = []
    defaults: list[tuple[int, Span]] = []
    at = specification[0]
    while at < specification[1]:
        letter = text[at]
        at += 1
        if letter in "mvblu":
            parameters.append("m")
        elif letter in "oO":
            if letter == "O" and (default := group(text, at)) is not None:
                defaults.append((len(parameters), default))
                at = default[1] + 1
            parameters.append("o")
        elif letter == "s":
            parameters.append("s")
        elif letter in "dDrR" and text[at : at + 1] == "(":
            at += 2
            if letter in "DR" and (default := group(text, at)) is not None:
                at = default[1] + 1
            parameters.append("r")
        elif letter == ">" and (processor := group(text, at)) is not None:
            at = processor[1] + 1
    return _with_body(text, named[0], specification[1] + 1, "".join(parameters), tuple(defaults))


def _tex(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    if named is None:
        return None
    brace = text.find("{", named[1], named[1] + 200)
    if brace < 0:
        return None
    count = len(set(_PARAMETER.findall(text[named[1] : brace])))
    # A parameter text with other characters delimits its arguments; it is read as if it did not.
    return _with_body(text, named[0], brace, "m" * count)


def _let(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    if named is None:
        return None
    position = after_blank(text, named[1])
    position = after_blank(text, position + (text[position : position + 1] == "="))
    other = _NAME.match(text, position)
    if other is None:
        return None
    return Definition(named[0], Macro(alias=other[1]), (other.end(), other.end()), other.end())


def _environment(text: str, position: int) -> Definition | None:
    position = after_blank(text, position)
    position += text[position : position + 1] == "*"
    name = group(text, position, 200)
    if name is None:
        return None
    parameters, defaults, position = _latex_parameters(text, name[1] + 1)
    return _with_body(text, f"begin {text[name[0] : name[1]]}", position, parameters, defaults)


def _cite_command(text: str, position: int, kind: str) -> Definition | None:
    named = _name_at(text, position)
    return Definition(named[0], Macro(cite=kind), (named[1], named[1]), named[1]) if named else None
