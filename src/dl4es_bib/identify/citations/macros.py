r"""Commands that a document defines for itself: what they take, and which of their arguments are keys.

``\newcommand{\pc}[2][]{\parencite[#1]{#2}}`` cites its second argument. Definitions with ``\def``, ``\let``, xparse
and etoolbox are read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.identify.citations.arguments import (
    MAX_BODY,
    MAX_NOTE,
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
#: How much of the end of a body is looked at for a command that takes what follows.
_MAX_TAIL: Final = 300
#: A command with options, at the end of a body.
_LAST = re.compile(r"\\([A-Za-z@]+)\*?\s*+(?:\[[^\[\]]*\]\s*+)?(?:\[[^\[\]]*\])?\Z")
#: A choice by the next character between two commands, at the end of a body.
_CHOICE = re.compile(
    r"\\(?:kernel)?(?P<test>@ifstar|@?ifnextchar)\s*+[\[(<]?\s*+"
    r"\{?\s*+\\(?P<first>[A-Za-z@]+)\s*+\}?\s*+\{?\s*+\\(?P<second>[A-Za-z@]+)\s*+"
    r"(?:\[[^\[\]]*\]|\([^()]*\))?\s*+\}?\Z"
)


@dataclass(frozen=True, slots=True)
class Macro:
    """A command of the document.

    Attributes:
        parameters: one word each: ``m`` mandatory, ``o`` optional in brackets, ``s`` a star, ``t+`` that character or
            nothing, ``d()`` what stands between those characters or nothing, ``g`` an optional group, ``e_`` an
            argument after that character or nothing, ``u.`` what stands before that text, ``L:`` that text, which is
            no argument.
        defaults: what an optional parameter is when it is not given, by its position.
        body: what it stands for.
        alias: the name of the command that it is another name of, or ``""``.
        cite: ``single`` or ``many`` for a command that biblatex's ``\\DeclareCiteCommand`` makes.
    """

    parameters: tuple[str, ...] = ()
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
        case "xparse environment":
            return _xparse(text, position, environment=True)
    kind = "many" if DEFINITIONS[command] == "multicite" else "single"
    return _cite_command(text, position, kind)


def arguments(text: str, position: int, parameters: tuple[str, ...]) -> tuple[tuple[Span | None, ...], int]:
    """Where the arguments of a command of the document stand, and the offset after them."""
    found: list[Span | None] = []
    for parameter in parameters:
        after = after_blank(text, position)
        if parameter[0] == "L":
            position = after + len(parameter) - 1 if text.startswith(parameter[1:], after) else position
            continue
        argument = _argument(text, position, after, parameter)
        if argument is None:
            break
        span, position = argument
        found.append(span)
    return tuple(found), position


def _argument(text: str, position: int, after: int, parameter: str) -> tuple[Span | None, int] | None:
    """Where one argument stands, if it is there, and the offset after it; ``None`` when a mandatory one is not."""
    match parameter[0]:
        case "s" | "t":
            there = text.startswith("*" if parameter == "s" else parameter[1:], after)
            return None, after + 1 if there else position
        case "o":
            end = option_end(text, after) if text[after : after + 1] == "[" else -1
            return ((after + 1, end - 1), end) if end >= 0 else (None, position)
        case "d":
            end = _delimited_end(text, after, parameter[1], parameter[2])
            return ((after + 1, end - 1), end) if end >= 0 else (None, position)
        case "g":
            span = group(text, position)
            return (span, span[1] + 1) if span is not None else (None, position)
        case "e":
            if not text.startswith(parameter[1:], after):
                return None, position
            position = after + 1
        case "u":
            end = text.find(parameter[1:], position, position + MAX_BODY)
            return ((position, end), end + len(parameter) - 1) if end >= 0 else None
    span = token_or_group(text, position)
    if span is None:
        return None
    return span, span[1] + (text[after_blank(text, position)] == "{")


def _delimited_end(text: str, position: int, opener: str, closer: str) -> int:
    """The offset after what stands between two characters, or -1."""
    if text[position : position + 1] != opener:
        return -1
    if opener in "[(<" and closer in "])>":
        return option_end(text, position)
    return text.find(closer, position + 1, position + MAX_NOTE) + 1 or -1


def last_command(body: str, text: str, position: int) -> tuple[str, int] | None:
    r"""The command that a body ends with, and where in the text its arguments are, or ``None``.

    ``\newcommand{\pc}{\parencite}``, ``\newcommand{\pc}{\@ifstar{\one}{\other}}``.
    """
    if (after := after_blank(text, position)) >= len(text) or text[after] not in "{[(<*":
        return None
    end = body[-_MAX_TAIL:].rstrip()
    if (choice := _CHOICE.search(end)) is not None:
        if choice["test"] == "@ifstar" and text[after] == "*":
            return choice["first"], after + 1
        return choice["second"], position
    match = _LAST.search(end)
    return (match[1], position) if match is not None else None


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


def _latex_parameters(text: str, position: int) -> tuple[tuple[str, ...], tuple[tuple[int, Span], ...], int]:
    count = _COUNT.match(text, position)
    if count is None:
        return (), (), position
    number, position = int(count[1]), count.end()
    after = after_blank(text, position)
    if text[after : after + 1] == "[" and (end := option_end(text, after)) >= 0 and number:
        return ("o", *["m"] * (number - 1)), ((0, (after + 1, end - 1)),), end
    return ("m",) * number, (), position


def _with_body(
    text: str, name: str, position: int, parameters: tuple[str, ...], defaults: tuple[tuple[int, Span], ...] = ()
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


def _xparse(text: str, position: int, *, environment: bool = False) -> Definition | None:
    if environment:
        name = group(text, position, 200)
        named = (f"begin {text[name[0] : name[1]].strip()}", name[1] + 1) if name is not None else None
    else:
        named = _name_at(text, position)
    specification = group(text, named[1]) if named else None
    if named is None or specification is None:
        return None
    parameters, defaults = _specified(text, specification)
    made = _with_body(text, named[0], specification[1] + 1, parameters, defaults)
    return _with_end(text, made) if environment else made


def _specified(text: str, specification: Span) -> tuple[tuple[str, ...], tuple[tuple[int, Span], ...]]:
    """The parameters of a specification of xparse (usrguide, "Specifying arguments"), and where defaults stand."""
    parameters: list[str] = []
    defaults: list[tuple[int, Span]] = []
    at, end = specification
    while (at := after_blank(text, at)) < end:
        letter = text[at]
        at += 1
        if letter in "rRdD" and end - at >= 2:
            parameters.append("o" if text[at : at + 2] == "[]" else f"d{text[at : at + 2]}")
            at += 2
        elif letter == "t" and at < end:
            parameters.append(f"t{text[at]}")
            at += 1
        elif letter in "eE" and (span := token_or_group(text, at)) is not None:
            parameters += [f"e{character}" for character in text[span[0] : span[1]] if not character.isspace()]
            at = span[1] + (text[after_blank(text, at)] == "{")
        elif letter == ">" and (processor := group(text, at)) is not None:
            at = processor[1] + 1
            continue
        elif letter in "mvblu":
            parameters.append("m")
        elif letter in "oOsgG":
            parameters.append(letter.lower())
        if letter in "ORDGE" and (default := group(text, at)) is not None:
            if letter == "O":
                defaults.append((len(parameters) - 1, default))
            at = default[1] + 1
    return tuple(parameters), tuple(defaults)


def _tex(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    if named is None:
        return None
    brace = text.find("{", named[1], named[1] + 200)
    if brace < 0:
        return None
    return _with_body(text, named[0], brace, _delimited(text[named[1] : brace]))


def _delimited(written: str) -> tuple[str, ...]:
    r"""The parameters of ``\def\name[#1]#2.{…}``: each ends where the text after it stands."""
    literal, *parts = _PARAMETER.split(written)[::2]
    parameters = list[str]()
    literal = literal.strip()
    for part in parts:
        part = part.strip() or part[:1]
        if literal and part and literal[-1] + part[0] in ("[]", "()", "<>"):
            parameters += [f"L{literal[:-1]}"] if len(literal) > 1 else []
            parameters.append("o" if literal[-1] == "[" else f"d{literal[-1]}{part[0]}")
            literal = part[1:].strip()
            continue
        parameters += [f"L{literal}"] if literal else []
        opens = part if part in ("[", "(", "<") else ""
        parameters.append("m" if opens or not part else f"u{part}")
        literal = opens
    return tuple(parameters)


def _let(text: str, position: int) -> Definition | None:
    named = _name_at(text, position)
    if named is None:
        return None
    position = after_blank(text, named[1])
    position = after_blank(text, position + (text[position : position + 1] == "="))
    other = _name_at(text, position)
    if other is None:
        return None
    return Definition(named[0], Macro(alias=other[0]), (other[1], other[1]), other[1])


def _environment(text: str, position: int) -> Definition | None:
    position = after_blank(text, position)
    position += text[position : position + 1] == "*"
    name = group(text, position, 200)
    if name is None:
        return None
    parameters, defaults, position = _latex_parameters(text, name[1] + 1)
    return _with_end(text, _with_body(text, f"begin {text[name[0] : name[1]]}", position, parameters, defaults))


def _with_end(text: str, begin: Definition | None) -> Definition | None:
    """The definition of an environment with what stands at its end."""
    if begin is None or (span := group(text, begin.end, MAX_BODY)) is None:
        return begin
    body = (begin.body[0], span[1])
    return replace(begin, macro=replace(begin.macro, body=text[slice(*body)]), body=body, end=span[1] + 1)


def _cite_command(text: str, position: int, kind: str) -> Definition | None:
    named = _name_at(text, position)
    return Definition(named[0], Macro(cite=kind), (named[1], named[1]), named[1]) if named else None
