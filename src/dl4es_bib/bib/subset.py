"""A part of a .bib file that can stand alone: what a chapter's own bibliography file is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.grammar import LINKS, MONTHS, fold, keys_in
from dl4es_bib.bib.nodes import Entry, Node, Preamble, StringDefinition

__all__ = ["subset"]

_BARE = frozenset('{"0123456789')


def subset(file: BibFile, keys: Iterable[str], *, preamble: bool = True) -> tuple[str, tuple[str, ...]]:
    """The entries of some keys (in any letter case) and all that they depend on, as text.

    Entries stand as they are in the file and in its order, but those that others name in ``crossref`` or
    ``xdata`` come after all of these, as BibTeX demands. ``@preamble`` and the ``@string`` definitions that
    are used come first. An entry that is broken is written with the fields that can be read.

    Arguments:
        file: the whole file.
        keys: the wanted entries.
        preamble: whether ``@preamble`` is written; a document that reads several subsets wants it once.

    Returns:
        The text, and the keys that the file does not have: wanted ones and parents of wanted ones.
    """
    chosen, missing = _with_parents(file, keys)
    ordered = _children_first(chosen)
    needed = [node for node in _strings_for(file, ordered) if preamble or not isinstance(node, Preamble)]
    nodes: list[Node] = [*needed, *ordered]
    last = {node.name: node for node in needed if isinstance(node, StringDefinition)}
    pieces = [_entry_text(file, node, last) if isinstance(node, Entry) else node.text for node in nodes]
    gap = file.newline * 2
    strings = file.newline.join(pieces[: len(needed)])
    parts = ([strings] if strings else []) + pieces[len(needed) :]
    return (gap.join(parts) + file.newline if parts else "", tuple(missing))


def _with_parents(file: BibFile, keys: Iterable[str]) -> tuple[list[Entry], list[str]]:
    found: dict[str, Entry] = {}
    missing: dict[str, str] = {}
    queue = deque(keys)
    while queue:
        key = queue.popleft()
        entry = file.find(key)
        if entry is None:
            missing.setdefault(fold(key), key)
        elif fold(entry.key) not in found:
            found[fold(entry.key)] = entry
            queue.extend(_parents(entry))
    return sorted(found.values(), key=lambda entry: entry.start), list(missing.values())


def _parents(entry: Entry) -> list[str]:
    return [key for name in LINKS if (field := entry.get(name)) is not None for key in keys_in(field.value)]


def _children_first(entries: list[Entry]) -> list[Entry]:
    """Entries in order, each after those that name it; members of a cycle come last, as they are."""
    by_key = {fold(entry.key): entry for entry in entries}
    parents = {key: [fold(parent) for parent in _parents(entry)] for key, entry in by_key.items()}
    children = dict.fromkeys(by_key, 0)
    for named in parents.values():
        for parent in named:
            if parent in children:
                children[parent] += 1
    queue = deque(key for key, count in children.items() if not count)
    done: dict[str, Entry] = {}
    while queue:
        key = queue.popleft()
        done[key] = by_key[key]
        for parent in parents[key]:
            if parent in children:
                children[parent] -= 1
                if not children[parent]:
                    queue.append(parent)
    return [*done.values(), *(entry for key, entry in by_key.items() if key not in done)]


def _strings_for(file: BibFile, entries: list[Entry]) -> list[Node]:
    """The preambles of the file and the definitions that they and the entries use, in file order."""
    by_name = _by_name(file)
    needed: dict[int, Node] = {}
    spans = deque((field.value_start, field.end) for entry in entries for field in entry.fields)
    for node in file.preambles:
        needed[node.start] = node
        spans.append((node.value_start, node.value_end))
    while spans:
        start, end = spans.popleft()
        for kind, word, at in file.parts(start, end):
            string = _meant(by_name, fold(word), at) if kind == "macro" else None
            if string is not None and string.start not in needed:
                needed[string.start] = string
                spans.append((string.value_start, string.value_end))
    return [needed[start] for start in sorted(needed)]


def _by_name(file: BibFile) -> dict[str, list[StringDefinition]]:
    by_name: dict[str, list[StringDefinition]] = {}
    for string in file.strings:
        by_name.setdefault(string.name, []).append(string)
    return by_name


def _meant(by_name: dict[str, list[StringDefinition]], name: str, at: int) -> StringDefinition | None:
    """The definition that a string has at a place of the file: the last one before it."""
    known = by_name.get(name, [])
    place = bisect_left(known, at, key=lambda string: string.start)
    return known[place - 1] if place else None


def _value_after(name: str, last: dict[str, StringDefinition]) -> str:
    """What a string stands for after all the definitions that are written."""
    return last[name].value if name in last else name if name in MONTHS else ""


def _entry_text(file: BibFile, entry: Entry, last: dict[str, StringDefinition]) -> str:
    """An entry as it stands, but for strings that would mean something else after all the definitions."""
    values = {}
    for field in entry.fields:
        raw = field.raw
        if raw[0] in _BARE and "#" not in raw:
            continue
        words = [(fold(word), at) for kind, word, at in file.parts(field.value_start, field.end) if kind == "macro"]
        if any(_value_after(name, last) != (entry.source.macro(name, at) or "") for name, at in words):
            values[field.start] = f"{{{field.value}}}"
    if entry.broken:
        fields = [
            f",\n  {field.name} = {values.get(field.start, field.raw)}" for field in entry.fields if not field.repeated
        ]
        return f"@{entry.type}{{{entry.key}{''.join(fields)}\n}}"
    text, done = "", entry.start
    for field in entry.fields:
        if field.start in values:
            text += file.text[done : field.value_start] + values[field.start]
            done = field.end
    return text + file.text[done : entry.end]
