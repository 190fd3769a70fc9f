r"""What a LaTeX text cites, defines and includes, in the order in which TeX would see it.

Left out is what TeX does not read: comments, verbatim text, branches of conditionals that are surely false
(``\iffalse``, a ``\newif`` that is not set), what follows ``\end{document}`` or ``\endinput``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dl4es_bib.identify.citations.arguments import (
    MAX_BODY,
    Span,
    after_options,
    group,
    keys_of,
    token_or_group,
)
from dl4es_bib.identify.citations.commands import (
    BY_NAME,
    COMMANDS,
    CONDITIONALS,
    DATABASES,
    DEFINITIONS,
    ENVIRONMENTS,
    FAMILY,
    INCLUDES,
    NO_CITE,
    SHORT_VERBATIM,
    VERBATIM,
    VERBATIM_COMMANDS,
    VERBATIM_DEFINITIONS,
    WITHOUT_HEADS,
    CiteCommand,
)
from dl4es_bib.identify.citations.events import (
    Body,
    Citation,
    Databases,
    EntrySet,
    Event,
    Inclusion,
    Section,
    Use,
    Vocabulary,
)
from dl4es_bib.identify.citations.inclusions import databases, inclusion
from dl4es_bib.identify.citations.macros import Macro, arguments, definition, last_command
from dl4es_bib.identify.citations.switches import left_out, literal_truth, loaded, set_switch, short_form

__all__ = [
    "Body",
    "Citation",
    "Databases",
    "EntrySet",
    "Event",
    "Inclusion",
    "Section",
    "Use",
    "Vocabulary",
    "events",
]

_MARK = re.compile(r"%[^\n]*|\\(?:[A-Za-z@]+|.)|\\\Z", re.S)
_SWITCH = re.compile(r"\s*\{?\s*\\(if[A-Za-z@]+)")
_LET_SWITCH = re.compile(r"\s*\\(if[A-Za-z@]+)\s*=?\s*\\(iftrue|iffalse)(?![A-Za-z@])")
_SHORT = re.compile(r"\*?\s*\{?\\?([^\w\s{}\\%])\}?")
_NOTED = re.compile(r"\*(?=\s*\[)")
_CSNAME = re.compile(r"\s*([A-Za-z@]{1,100})\s*\\endcsname(?![A-Za-z@])\s*")
_MAX_GROUPS: Final = 1_000
#: How many commands of a document may each end in another that takes what follows.
_MAX_TAILS: Final = 20


@dataclass(slots=True)
class _Conditional:
    """An open conditional: whether its truth is known, and whether the branch that is read now is read at all."""

    known: bool
    read: bool


def events(text: str, vocabulary: Vocabulary, *, all_branches: bool = False) -> Iterator[Event]:
    r"""What happens in a text, in order.

    Arguments:
        text: LaTeX.
        vocabulary: what was defined before; it is added to.
        all_branches: read also the branches that a ``\newif`` of the document switches off, for renaming.
    """
    position = 0
    open_conditionals: list[_Conditional] = []
    unread: list[Span] = []
    short = (0, 0, "")
    last = len(text)
    while (mark := _marks(vocabulary.short).search(text, position, last)) is not None:
        position = mark.end()
        name = mark[0][1:]
        if mark[0][0] == "%":
            continue
        if not name:
            if mark[0] != "\\":
                position = _after_verbatim_command(text, "verb", position - 1)
            continue
        unread = [span for span in unread if span[1] > mark.start()]
        if (end := max((stop for start, stop in unread if start <= mark.start()), default=-1)) >= 0:
            position = end
            continue
        if _conditional(name, text, position, open_conditionals, vocabulary, all_branches):
            continue
        if any(not conditional.read for conditional in open_conditionals):
            continue
        if name in VERBATIM_COMMANDS:
            position = _after_verbatim_command(text, name, position)
        elif name in ("begin", "end"):
            environment = group(text, position, 200)
            if environment is None:
                continue
            position = environment[1] + 1
            for event, end in _environment(name, text, environment, position, vocabulary):
                yield event
                position = end
            if name == "end" and text[environment[0] : environment[1]] == "document":
                return
        elif name == "newif":
            if (switch := _SWITCH.match(text, position)) is not None:
                vocabulary.conditionals[switch[1]] = False
                position = switch.end()
        elif name == "let" and (switch := _LET_SWITCH.match(text, position)) is not None:
            vocabulary.conditionals[switch[1]] = switch[2] == "iftrue"
            position = switch.end()
        elif name == "endinput":
            # TeX reads the line to its end.
            yield Section("endinput")
            last = min(last, _line_end(text, position))
        elif (end := set_switch(name, text, position, vocabulary)) >= 0:
            position = end
        else:
            if not all_branches:
                unread += left_out(name, text, position, vocabulary)
            short = short_form(name, text, position, vocabulary) or short
            for event, end in _command(name, text, position, vocabulary):
                if isinstance(event, Citation | Use) and position < short[1]:
                    event = replace(event, short=short[2])
                yield event
                position = end


@lru_cache(maxsize=64)
def _marks(short: str) -> re.Pattern[str]:
    """What is looked at in a text, with the characters that begin verbatim text."""
    return re.compile(f"{_MARK.pattern}|[{re.escape(short)}]", re.S) if short else _MARK


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return found if found >= 0 else len(text)


def _conditional(
    name: str, text: str, position: int, opened: list[_Conditional], vocabulary: Vocabulary, all_branches: bool
) -> bool:
    """Whether a command is part of a conditional; the open ones are kept up to date."""
    if name in CONDITIONALS or name in vocabulary.conditionals or name.startswith("if@"):
        known = name in ("iftrue", "iffalse") or (name in vocabulary.conditionals and not all_branches)
        value = name != "iffalse" and (name == "iftrue" or vocabulary.conditionals.get(name, True))
        if not known and not all_branches and (literal := literal_truth(name, text, position)) is not None:
            known, value = True, literal
        opened.append(_Conditional(known, value or not known))
    elif name in ("else", "or"):
        if opened and opened[-1].known:
            opened[-1].read = not opened[-1].read
    elif name == "fi":
        if opened:
            opened.pop()
    elif any(not conditional.read for conditional in opened):
        return False
    elif name.endswith(("true", "false")) and (switch := f"if{_stem(name)}") in vocabulary.conditionals:
        vocabulary.conditionals[switch] = name.endswith("true")
    else:
        return False
    return True


def _stem(name: str) -> str:
    return name.removesuffix("true") if name.endswith("true") else name.removesuffix("false")


def _after_verbatim_command(text: str, name: str, position: int) -> int:
    if text[position : position + 1] == "*":
        position += 1
    position = after_options(text, position) if name != "verb" else position
    if name in ("mintinline", "SaveVerb") and (language := group(text, position, 200)) is not None:
        position = language[1] + 1
    opener = text[position : position + 1]
    if opener == "{":
        span = group(text, position, 2_000)
        return span[1] + 1 if span is not None else position
    end = text.find(opener, position + 1, _line_end(text, position)) if opener else -1
    return end + 1 if end >= 0 else position


def _environment(
    command: str, text: str, span: Span, position: int, vocabulary: Vocabulary
) -> Iterator[tuple[Event, int]]:
    name = text[span[0] : span[1]].strip()
    if command == "end":
        if name == "document":
            yield Section("document"), position
        elif name in ("refsection", "bibunit"):
            yield Section("end"), position
    elif name in VERBATIM or name in vocabulary.verbatim:
        if name == "lstlisting":
            yield from _in_options(text, position, vocabulary)
        end = text.find(f"\\end{{{name}}}", position)
        yield Section("verbatim"), (end if end >= 0 else len(text))
    elif name in ("refsection", "bibunit"):
        yield Section("begin"), position
    elif name in ENVIRONMENTS:
        yield from _citation(name, ENVIRONMENTS[name], text, position, "")
    elif (macro := vocabulary.macros.get(f"begin {name}")) is not None:
        spans, end = arguments(text, position, macro.parameters)
        yield Use(f"begin {name}", macro, spans, span[0]), end


def _in_options(text: str, position: int, vocabulary: Vocabulary) -> Iterator[tuple[Event, int]]:
    """What the options of a listing cite: its caption."""
    end = min(after_options(text, position), position + MAX_BODY)
    if "\\" not in (options := text[position:end]):
        return
    for event in events(options, vocabulary):
        if isinstance(event, Citation):
            keys = tuple((position + start, position + stop) for start, stop in event.keys)
            yield replace(event, keys=keys), end


def _command(
    name: str, text: str, position: int, vocabulary: Vocabulary, depth: int = 0
) -> Iterator[tuple[Event, int]]:
    if name in BY_NAME:
        if (named := _named(name, text, position)) is not None:
            yield from _command(named[0], text, named[1], vocabulary)
        return
    if name in DEFINITIONS:
        made = definition(text, name, position)
        if made is not None:
            if DEFINITIONS[name] != "latex" or not _provided(name, made.name, vocabulary):
                # \let gives the meaning of this moment, which a later definition of the other name does not change.
                vocabulary.macros[made.name] = vocabulary.macros.get(made.macro.alias, made.macro)
            yield Body(made.body, made.name, made.macro, made.defaults), made.end
        return
    macro = vocabulary.macros.get(name)
    if macro is not None and macro.alias:
        name, macro = macro.alias, None
    if macro is not None:
        if macro.cite:
            yield from _citation(name, CiteCommand(many=macro.cite == "many"), text, position, "")
            return
        spans, end = arguments(text, position, macro.parameters)
        # What stands in the arguments is read with the body, not once more by itself.
        yield Use(name, macro, spans, position), end
        if depth < _MAX_TAILS and (tail := last_command(macro.body, text, end)) is not None:
            yield from _command(tail[0], text, tail[1], vocabulary, depth + 1)
    elif name == "forcsvlist":
        yield from _each(text, position)
    elif name in INCLUDES:
        _loaded(name, text, position, vocabulary)
        yield from inclusion(name, text, position)
    elif name == "newrefsection":
        yield Section("begin"), position
    elif name == "newcites" and (names := group(text, position)) is not None:
        vocabulary.lists.update(part.strip() for part in text[names[0] : names[1]].split(","))
    elif name in VERBATIM_DEFINITIONS and (names := group(text, position, 200)) is not None:
        vocabulary.verbatim.add(text[names[0] : names[1]].strip())
    elif name in SHORT_VERBATIM and (short := _SHORT.match(text, after_options(text, position))) is not None:
        vocabulary.short = "".join(sorted({*vocabulary.short, short[1]}))
        yield Section("verbatim"), short.end()
    elif name in ("UndefineShortVerb", "DeleteShortVerb", "lstDeleteShortInline") and (
        short := _SHORT.match(text, position)
    ):
        vocabulary.short = vocabulary.short.replace(short[1], "")
        yield Section("verbatim"), short.end()
    elif name == "defbibentryset" and (key := group(text, position, 200)) is not None:
        if (members := group(text, key[1] + 1)) is not None:
            yield EntrySet(text[key[0] : key[1]].strip(), tuple(keys_of(text, members))), members[1] + 1
    elif (suffix := _list_of(name, vocabulary)) and name == f"bibliography{suffix}":
        yield from databases("bibliography", text, position)
    elif name in DATABASES:
        yield from databases(name, text, position)
    elif (command := COMMANDS.get(name)) is not None:
        yield from _citation(name, command, text, position, "")
    elif "cite" in name.lower() and name not in NO_CITE:
        yield from _citation(name, _family(name, suffix), text, position, suffix)


def _loaded(command: str, text: str, position: int, vocabulary: Vocabulary) -> None:
    after = after_options(text, position)
    if command in ("usepackage", "documentclass") and (names := group(text, after, 5_000)) is not None:
        loaded(command, text[names[0] : names[1]], text[position:after].strip(" \t\n[]"), vocabulary)
        if vocabulary.document_class not in WITHOUT_HEADS:
            vocabulary.contents.add("toc")


def _each(text: str, position: int) -> Iterator[tuple[Event, int]]:
    r"""``\forcsvlist{\cite}{a,b}`` of etoolbox: the command, with each element of the list."""
    handler = token_or_group(text, position, 1_000)
    if handler is None or (elements := group(text, handler[1] + (text[handler[1] : handler[1] + 1] == "}"))) is None:
        return
    macro = Macro(("m",), body=text[handler[0] : handler[1]] + "{#1}")
    for element in keys_of(text, elements):
        yield Use("forcsvlist", macro, (element,), position), elements[1] + 1


def _named(command: str, text: str, position: int) -> tuple[str, int] | None:
    r"""The command that ``\csname cite\endcsname`` or ``\csuse{cite}`` is, and the offset after it."""
    if command == "csname":
        match = _CSNAME.match(text, position)
        return (match[1], match.end()) if match and match[1] not in BY_NAME else None
    span = group(text, position, 200)
    if span is None or not (name := text[span[0] : span[1]].strip()) or name in BY_NAME:
        return None
    return name, span[1] + 1


def _provided(command: str, name: str, vocabulary: Vocabulary) -> bool:
    return command.lower().startswith("provide") and name in vocabulary.macros


def _list_of(name: str, vocabulary: Vocabulary) -> str:
    r"""The list of multibib that a command such as ``\citepown`` belongs to."""
    for suffix in vocabulary.lists:
        stem = name.removesuffix(suffix)
        if stem != name and re.fullmatch(r"(?:no)?[cC]ite[A-Za-z]*|bibliography(?:style)?", stem):
            return suffix
    return ""


def _family(name: str, suffix: str) -> CiteCommand:
    stem = name.removesuffix(suffix).lower()
    if stem.endswith(("volcite", "volcites")):
        return CiteCommand(before=1, many=stem.endswith("s"))
    return CiteCommand(many=True) if stem.endswith("cites") else FAMILY


def _citation(name: str, command: CiteCommand, text: str, position: int, suffix: str) -> Iterator[tuple[Event, int]]:
    if text[position : position + 1] == "*":
        position += 1
    keys: list[Span] = []
    for _ in range(_MAX_GROUPS):
        at = after_options(text, position)
        for _ in range(command.before):
            span = group(text, at)
            if span is None:
                break
            at = after_options(text, span[1] + 1)
        span = group(text, at)
        if span is None:
            break
        found = [_unstarred(text, key) for key in _keys(text, span)]
        end = span[1] + 1
        if command.after and group(text, after_options(text, end)) is None:
            break
        keys += found
        position = end
        if not command.many:
            break
    if keys:
        yield Citation(name, tuple(keys), command.cites, suffix), position


def _keys(text: str, span: Span) -> Iterator[Span]:
    """Where keys stand; REVTeX writes ``*[before][after]key`` for one with notes."""
    position = span[0]
    for note in _NOTED.finditer(text, *span):
        yield from keys_of(text, (position, note.start()))
        position = after_options(text, note.end())
    yield from keys_of(text, (min(position, span[1]), span[1]))


def _unstarred(text: str, key: Span) -> Span:
    """mciteplus marks the keys of one group with a star."""
    start, end = key
    return (start + 1, end) if end - start > 1 and text[start] == "*" else key
