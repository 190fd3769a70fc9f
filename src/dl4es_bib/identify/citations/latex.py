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
    after_blank,
    after_options,
    group,
    keys_of,
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
from dl4es_bib.identify.citations.macros import arguments, definition

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
_BARE_NAME = re.compile(r"[ \t]*\"?([^\s{}\\%\"]+)\"?")
_SWITCH = re.compile(r"\s*\{?\s*\\(if[A-Za-z@]+)")
_LET_SWITCH = re.compile(r"\s*\\(if[A-Za-z@]+)\s*=?\s*\\(iftrue|iffalse)(?![A-Za-z@])")
_SHORT = re.compile(r"\*?\s*\{?\\?([^\w\s{}\\%])\}?")
_CSNAME = re.compile(r"\s*([A-Za-z@]{1,100})\s*\\endcsname(?![A-Za-z@])\s*")
_MAX_GROUPS: Final = 1_000


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
        if _conditional(name, open_conditionals, vocabulary, all_branches):
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
        else:
            for event, end in _command(name, text, position, vocabulary):
                yield event
                position = end


@lru_cache(maxsize=64)
def _marks(short: str) -> re.Pattern[str]:
    """What is looked at in a text, with the characters that begin verbatim text."""
    return re.compile(f"{_MARK.pattern}|[{re.escape(short)}]", re.S) if short else _MARK


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return found if found >= 0 else len(text)


def _conditional(name: str, opened: list[_Conditional], vocabulary: Vocabulary, all_branches: bool) -> bool:
    """Whether a command is part of a conditional; the open ones are kept up to date."""
    if name in CONDITIONALS or name in vocabulary.conditionals or name.startswith("if@"):
        known = name in ("iftrue", "iffalse") or (name in vocabulary.conditionals and not all_branches)
        value = name != "iffalse" and (name == "iftrue" or vocabulary.conditionals.get(name, True))
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


def _command(name: str, text: str, position: int, vocabulary: Vocabulary) -> Iterator[tuple[Event, int]]:
    if name in BY_NAME:
        if (named := _named(name, text, position)) is not None:
            yield from _command(named[0], text, named[1], vocabulary)
        return
    if name in DEFINITIONS:
        made = definition(text, name, position)
        if made is not None:
            if DEFINITIONS[name] != "latex" or not _provided(name, made.name, vocabulary):
                vocabulary.macros[made.name] = made.macro
            yield Body(made.body, made.name, made.macro, made.defaults), made.end
        return
    seen = set[str]()
    while (macro := vocabulary.macros.get(name)) is not None and macro.alias and name not in seen:
        seen.add(name)
        name = macro.alias
    if macro is not None and not macro.alias:
        if macro.cite:
            yield from _citation(name, CiteCommand(many=macro.cite == "many"), text, position, "")
            return
        spans, end = arguments(text, position, macro.parameters)
        # What stands in the arguments is read with the body, not once more by itself.
        yield Use(name, macro, spans, position), end
    elif name in INCLUDES:
        yield from _inclusion(name, text, position)
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
        yield from _databases("bibliography", text, position)
    elif name in DATABASES:
        yield from _databases(name, text, position)
    elif (command := COMMANDS.get(name)) is not None:
        yield from _citation(name, command, text, position, "")
    elif "cite" in name.lower() and name not in NO_CITE:
        yield from _citation(name, _family(name, suffix), text, position, suffix)


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
        found = [_unstarred(text, key) for key in keys_of(text, span)]
        end = span[1] + 1
        if command.after and group(text, after_options(text, end)) is None:
            break
        keys += found
        position = end
        if not command.many:
            break
    if keys:
        yield Citation(name, tuple(keys), command.cites, suffix), position


def _unstarred(text: str, key: Span) -> Span:
    """mciteplus marks the keys of one group with a star."""
    start, end = key
    return (start + 1, end) if end - start > 1 and text[start] == "*" else key


def _inclusion(command: str, text: str, position: int) -> Iterator[tuple[Event, int]]:
    kind = INCLUDES[command]
    begin = position
    folder = ""
    if text[position : position + 1] == "*":
        position += 1
    if kind in ("package", "class", "subfile"):
        position = after_options(text, position)
    if kind in ("folder", "subfolder"):
        span = group(text, position, 1_000)
        if span is None:
            return
        folder, position = text[span[0] : span[1]], span[1] + 1
    span = group(text, position, 5_000)
    if span is not None:
        names = text[span[0] : span[1]]
        position = span[1] + 1
    elif kind == "file" and (bare := _BARE_NAME.match(text, position)) is not None and bare[1][0] not in "|[":
        names, position = bare[1], bare.end()
    else:
        return
    then = group(text, position, MAX_BODY) if kind in ("optional", "test") else None
    otherwise = group(text, then[1] + 1, MAX_BODY) if then is not None else None
    position = max(position, *(span[1] + 1 for span in (then, otherwise) if span is not None), position)
    for name in names.split(",") if kind == "package" else [names]:
        cleaned = name.strip().strip('"')
        yield Inclusion(command, kind, cleaned, folder.strip(), begin, then, otherwise), position


def _databases(command: str, text: str, position: int) -> Iterator[tuple[Event, int]]:
    position = after_blank(text, position)
    position += text[position : position + 1] == "*"
    if command == "putbib":
        match = re.compile(r"\s*\[([^\]]*)\]").match(text, position)
        names, end = (match[1], match.end()) if match else ("", position)
    else:
        span = group(text, after_options(text, position), 5_000)
        if span is None:
            return
        names, end = text[span[0] : span[1]], span[1] + 1
    found = tuple(name.strip() for name in names.split(",") if name.strip())
    if found:
        yield Databases(command, found), end
