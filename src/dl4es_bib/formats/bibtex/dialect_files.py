"""A .bib file in the other dialect: each entry mapped, everything around the entries kept.

Comments, free text, ``@string``, ``@preamble``, macros, layout and blocks that cannot be read stay as they are written.
What only the order of a file says differs, too: BibTeX wants a crossref parent behind its children and takes
``booktitle`` from it, biber takes the parent's ``title``; BibTeX has no ``xdata``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dl4es_bib.bib.file import BibFile, Comment, Entry, Node, fold, parse
from dl4es_bib.bib.grammar import keys_in
from dl4es_bib.formats.bibtex.controls import is_control_type
from dl4es_bib.formats.bibtex.dialects import PARTS, DialectField, in_dialect, speaks_biblatex
from dl4es_bib.formats.bibtex.entry import Dialect

_DATABASE_TYPE: Final = re.compile(r"(jabref-meta:\s*databaseType:)(?:bibtex|biblatex)", re.I)
_NEVER_LENT: Final = frozenset({"xdata", "ids"})
_MAX_DEPTH: Final = 8
_WHITE: Final = " \t\r\n"


def file_in_dialect(file: BibFile, dialect: Dialect) -> str:
    """The text of a .bib file in a dialect; of one that is in it already, its own text.

    Arguments:
        file: the file; broken blocks stay as they are.
        dialect: the one that is wanted.
    """
    from_biblatex = speaks_biblatex((entry.type, (fold(name) for name, _ in entry.pairs())) for entry in file.entries)
    lenders = _lenders(file) if dialect == "bibtex" else frozenset()
    pieces: list[str] = []
    for node in file.nodes:
        if isinstance(node, Entry) and not is_control_type(node.type):
            pieces.append(_entry_text(file, node, dialect, from_biblatex, lenders))
        elif isinstance(node, Comment):
            pieces.append(_DATABASE_TYPE.sub(rf"\g<1>{dialect}", node.text))
        else:
            pieces.append(node.text)
    if dialect == "bibtex":
        pieces = _parents_last(file, pieces)
    return "".join(pieces)


def _lenders(file: BibFile) -> frozenset[str]:
    """The folded keys of entries whose title is the title of the book that others are in."""
    return frozenset(
        fold(key)
        for entry in file.entries
        if entry.type in PARTS and any(fold(name) == "crossref" for name, _ in entry.pairs())
        for key in keys_in(entry.values().get("crossref", ""))
    )


def _entry_text(file: BibFile, entry: Entry, dialect: Dialect, from_biblatex: bool, lenders: frozenset[str]) -> str:
    given = [
        DialectField(field.name, field.value, field.raw, place)
        for place, field in enumerate(entry.fields)
        if not field.repeated
    ]
    fields = list(given)
    if dialect == "bibtex":
        fields += _borrowed(file, entry, given)
    entry_type, made = in_dialect(entry.type, fields, dialect, from_biblatex=from_biblatex)
    if fold(entry.key) in lenders and all(field.name != "booktitle" for field in made):
        title = next((field for field in made if field.name == "title"), None)
        if title is not None:
            made = (*made, DialectField("booktitle", title.value, title.raw, title.origin))
    if entry_type == entry.type and tuple(given) == made:
        return entry.text
    return _written(file, entry, entry_type, made)


def _borrowed(file: BibFile, entry: Entry, given: Sequence[DialectField]) -> Iterator[DialectField]:
    """The fields of the @xdata entries that an entry names; BibTeX would not look for them there."""
    known = {field.name for field in given}
    queue = [key for field in given if field.name == "xdata" for key in keys_in(field.value)]
    seen: set[str] = set()
    while queue and len(seen) < _MAX_DEPTH:
        key = fold(queue.pop(0))
        lender = file.get(key) if key not in seen else None
        seen.add(key)
        if lender is None or lender.type != "xdata":
            continue
        for field in lender.fields:
            if field.name == "xdata":
                queue += keys_in(field.value)
            if field.name not in known and field.name not in _NEVER_LENT:
                known.add(field.name)
                yield DialectField(field.name, field.value, field.raw, max(0, len(entry.fields) - 1))


def _written(file: BibFile, entry: Entry, entry_type: str, made: Sequence[DialectField]) -> str:
    """An entry with its fields replaced one by one, in its own layout."""
    text, newline = file.text, file.newline
    by_origin: dict[int, list[DialectField]] = {}
    for field in made:
        by_origin.setdefault(field.origin, []).append(field)
    pieces: list[str] = [_head(text[entry.start : entry.key_end], entry.type, entry_type)]
    done = entry.key_end
    for place, old in enumerate(entry.fields):
        lead = text[done : old.start]
        fields = by_origin.get(place, [])
        own = next((field for field in fields if field.source == old.raw), None) or next(iter(fields), None)
        if old.repeated:
            pieces.append(text[done : old.end])
            own = None
        elif own is not None:
            if own.name == old.name and own.source == old.raw:
                pieces.append(text[done : old.end])
            else:
                between = text[old.start + len(old.name) : old.value_start]
                pieces.append(f"{lead}{own.name}{_aligned(between, old.name, own.name)}{own.source}")
        gap = lead.lstrip(_WHITE).removeprefix(",") or " "
        indent = gap if "\n" in gap or "\r" in gap else (newline + "  " if "\n" in entry.text else " ")
        for field in fields:
            if field is not own:
                pieces.append(f",{indent}{field.name} = {field.source}")
        done = old.end
    pieces.append(text[done : entry.end])
    return "".join(pieces)


def _head(text: str, old: str, new: str) -> str:
    """``@``, the type, the delimiter and the key with another type."""
    if old == new:
        return text
    return re.sub(r"(@[ \t\r\n]*)[^ \t\r\n{(]+", lambda match: match[1] + new, text, count=1)


def _aligned(between: str, old: str, new: str) -> str:
    """What stands between name and value, with the equals sign in its old column where names are aligned."""
    blanks = len(between) - len(between.lstrip(" "))
    if blanks < 2 and len(new) >= len(old):
        return between
    return " " * max(min(blanks, 1), blanks + len(old) - len(new) if blanks > 1 else blanks) + between.lstrip(" ")


def _parents_last(file: BibFile, pieces: list[str]) -> list[str]:
    """The pieces with every crossref parent behind its last child, as BibTeX demands."""
    place: dict[str, int] = {}
    for number, node in enumerate(file.nodes):
        if isinstance(node, Entry) and not node.ignored:
            place.setdefault(fold(node.key), number)
    last_child = _last_children(file.nodes, place)
    if not any(child > place[key] for key, (child, _) in last_child.items()):
        return pieces
    moved: dict[int, list[int]] = {}
    gone: set[int] = set()
    # Parents before their own parents, behind the same last child.
    for key in sorted(last_child, key=lambda key: last_child[key]):
        number, child = place[key], last_child[key][0]
        if child > number and _stands_alone(file.nodes, number):
            moved.setdefault(child, []).append(number)
            gone.add(number)
    made: list[str] = []
    for number, piece in enumerate(pieces):
        if number not in gone:
            made.append(piece)
        elif made and not made[-1].strip(_WHITE) and len(made) > 1:
            made.pop()  # the blank lines before it
        made += _moved_behind(number, moved, pieces, file.newline)
    return made


def _moved_behind(number: int, moved: Mapping[int, list[int]], pieces: Sequence[str], newline: str) -> Iterator[str]:
    queue = list(moved.get(number, ()))
    while queue:
        parent = queue.pop(0)
        yield newline * 2 + pieces[parent].strip(_WHITE)


def _last_children(nodes: Sequence[Node], place: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Folded key of a parent → where the last of its line stands, and how many steps below it that is."""
    parents: dict[int, str] = {}
    for number, node in enumerate(nodes):
        if isinstance(node, Entry) and any(fold(name) == "crossref" for name, _ in node.pairs()):
            key = fold(node.values().get("crossref", "").strip())
            if key in place and place[key] != number:
                parents[number] = key
    found: dict[str, tuple[int, int]] = {}
    for number in parents:
        current, depth = number, 0
        while (parent := parents.get(current)) is not None and depth < _MAX_DEPTH:
            depth += 1
            found[parent] = max(found.get(parent, (-1, 0)), (number, depth))
            current = place[parent]
    return found


def _stands_alone(nodes: Sequence[Node], number: int) -> bool:
    """Whether an entry begins on a line of its own and ends it: only such a one can be moved."""
    node = nodes[number]
    text = node.source.text
    before = text[node.source.line_start(node.start) : node.start]
    after = text[node.end :].split("\n", 1)[0]
    return not before.strip(_WHITE + "\ufeff") and not after.strip(_WHITE)


def text_in_dialect(data: bytes | str, name: str, dialect: Dialect) -> tuple[BibFile, str]:
    """The file that some bytes are, and its text in a dialect."""
    file = parse(data, name)
    return file, file_in_dialect(file, dialect)
