"""Entries and fields of a .bib file in an order, and fields left out; nothing else changes.

A comment above an entry moves with it. What cannot be moved without changing what BibTeX reads (broken blocks, entries
that BibTeX ignores, a string that is defined twice) keeps the whole file in its order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dl4es_bib.bib.file import BibFile, BrokenBlock, Comment, Entry, FreeText, Node, Preamble, StringDefinition
from dl4es_bib.bib.grammar import fold, keys_in

#: The order of fields: who, what, where, when, then identifiers, addresses and notes; others after these by name.
FIELD_ORDER: Final = tuple(
    """author editor editortype translator title subtitle titleaddon journal journaltitle journalsubtitle booktitle
    booksubtitle maintitle series volume number issue chapter edition pages eid type publisher institution school
    organization howpublished address location date year month day isbn issn doi eprint eprinttype eprintclass
    archiveprefix primaryclass url urldate note language langid keywords crossref xref xdata abstract annotation annote
    file""".split()
)
_RANK: Final = {name: number for number, name in enumerate(FIELD_ORDER)}
_BLANK_LINE: Final = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_WHITE: Final = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What to arrange.

    Attributes:
        sort_entries: strings and preambles first, then ``@xdata``, then by key, crossref parents last.
        sort_fields: fields in the order of :data:`FIELD_ORDER`, then by name.
        omit: fields to leave out, in lower case.
        cited: keys in the order in which entries are sorted first, before those that are sorted by key.
    """

    sort_entries: bool = False
    sort_fields: bool = False
    omit: Collection[str] = ()
    cited: Sequence[str] = ()


def arranged(file: BibFile, arrangement: Arrangement) -> BibFile:
    """The file arranged; the very same object when nothing changes."""
    text = "".join(_node_text(node, arrangement) for node in file.nodes)
    current = _read(file, text)
    if arrangement.sort_entries or arrangement.cited:
        current = _sorted_entries(current, arrangement.cited)
    return current if current.text != file.text else file


def _read(file: BibFile, text: str) -> BibFile:
    made = BibFile(text, name=file.name, encoding=file.encoding, errors=file.errors)
    made.intended = dict(file.intended)
    return made


def _node_text(node: Node, arrangement: Arrangement) -> str:
    fields = node.each_field() if isinstance(node, Entry) else ()
    if not isinstance(node, Entry) or not fields:
        return node.text
    text = node.source.text
    kept = [field for field in fields if field.name not in arrangement.omit]
    if arrangement.sort_fields:
        kept.sort(key=lambda field: (_RANK.get(field.name, len(_RANK)), field.name))
    # The fields take each other's places, so that layout and commas stay where they are.
    pieces, done = [text[node.start : node.key_end]], node.key_end
    for place, field in enumerate(fields):
        if place < len(kept):
            pieces += (text[done : field.start], text[kept[place].start : kept[place].end])
        done = field.end
    return "".join(pieces) + text[done : node.end]


def _sorted_entries(file: BibFile, cited: Sequence[str]) -> BibFile:
    names = Counter(string.name for string in file.strings)
    if max(names.values(), default=1) > 1 or any(
        isinstance(node, BrokenBlock) or (isinstance(node, Entry) and node.ignored) for node in file.nodes
    ):
        return file
    definitions, chunks, head, tail = _parted(file.nodes)
    parents = {
        fold(key)
        for entry in file.entries
        if any(fold(name) == "crossref" for name, _ in entry.pairs())
        for key in keys_in(entry.values().get("crossref", ""))
    }

    places: dict[str, int] = {}
    for key in cited:
        places.setdefault(fold(key), len(places))

    def rank(chunk: tuple[str, Entry]) -> tuple[int, int, str]:
        entry = chunk[1]
        if entry.type == "xdata":
            return 0, 0, fold(entry.key)
        keys = (entry.key, *keys_in(entry.values().get("ids", "")))
        place = min(places.get(fold(key), len(places)) for key in keys)
        return 1 + (fold(entry.key) in parents), place, fold(entry.key)

    ordered = sorted(chunks, key=rank)
    if [chunk[1].start for chunk in ordered] == [chunk[1].start for chunk in chunks] and not _late(file.nodes):
        return file
    gap = file.newline * 2
    mark = "\ufeff" if file.text.startswith("\ufeff") else ""
    blocks = [head, file.newline.join(definitions), *(text for text, _ in ordered), tail]
    made = _read(file, mark + gap.join(filter(None, blocks)) + file.newline)
    return made if _says(made) == _says(file) else file


def _parted(nodes: Iterable[Node]) -> tuple[list[str], list[tuple[str, Entry]], str, str]:
    """The definitions, the entries with the text above each, what stands above all and below all."""
    definitions: list[str] = []
    chunks: list[tuple[str, Entry]] = []
    head, above = "", ""
    for node in nodes:
        if isinstance(node, Entry):
            if not chunks:
                # A comment at the top that a blank line parts from the first entry is the file's.
                blank = max((match.end() for match in _BLANK_LINE.finditer(above)), default=0)
                head, above = above[:blank].strip(_WHITE + "\ufeff"), above[blank:]
            chunks.append(
                (above.strip(_WHITE + "\ufeff") + "\n" * bool(above.strip(_WHITE + "\ufeff")) + node.text, node)
            )
            above = ""
        elif isinstance(node, StringDefinition | Preamble):
            definitions.append(node.text)
        else:
            above += node.text
    return definitions, chunks, head, above.strip(_WHITE)


def _late(nodes: Iterable[Node]) -> bool:
    """Whether a definition stands behind an entry."""
    seen = False
    for node in nodes:
        seen = seen or isinstance(node, Entry)
        if seen and isinstance(node, StringDefinition | Preamble):
            return True
    return False


def _says(file: BibFile) -> tuple[object, ...]:
    """What the file says, whatever its order."""
    entries = Counter((entry.type, entry.key, entry.ignored, tuple(entry.values().items())) for entry in file.entries)
    words = Counter(
        word for node in file.nodes if isinstance(node, Comment | FreeText | BrokenBlock) for word in node.text.split()
    )
    strings = Counter((string.name, string.value) for string in file.strings)
    return entries, words, strings, [node.value for node in file.nodes if isinstance(node, Preamble)]
