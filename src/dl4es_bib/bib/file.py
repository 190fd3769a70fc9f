"""A .bib file that stays its owner's: read without loss, edited in place.

:func:`parse` takes the bytes of a file and gives a :class:`BibFile`: a tree of nodes that cover every
character. :meth:`BibFile.to_bytes` of an unedited file is the input, byte for byte, whatever the input
was. Changes are replacements of spans, so that changing one field changes the lines of that field: see
:func:`dl4es_bib.bib.edits.edit`.

**Encodings.** A file is UTF-8 when it can be. One with the byte order mark of UTF-16 or UTF-32, or whose NUL bytes
stand as they do there, is that (BibTeX cannot read it; that is reported). Otherwise, when most bytes beyond ASCII are
no UTF-8, it is an old file and is read as Windows-1252 or Latin-1, unless JabRef's ``% Encoding:`` line names its
encoding (see :mod:`dl4es_bib.bib.encodings`). What is left is UTF-8 with stray bytes: those are kept as lone surrogates
(Python's ``surrogateescape``) in the text and shown as U+FFFD in values. A byte order mark is the first character of
the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from dl4es_bib.bib.encodings import WESTERN, decoded, looks_misread, stated
from dl4es_bib.bib.finding import BibFinding, Code
from dl4es_bib.bib.grammar import LINKS, fold, keys_in
from dl4es_bib.bib.nodes import (
    BrokenBlock,
    Comment,
    Entry,
    Field,
    FreeText,
    Ignored,
    Node,
    Preamble,
    Source,
    StringDefinition,
)
from dl4es_bib.bib.scan import scan

__all__ = [
    "BibFile",
    "BibFinding",
    "BrokenBlock",
    "Comment",
    "Entry",
    "Field",
    "FreeText",
    "Node",
    "Preamble",
    "StringDefinition",
    "fold",
    "parse",
]

#: Where a conflict begins in a file that git merged.
CONFLICT: Final = re.compile(r"^<{7,}(?= |\r?$)", re.M)
_BARE: Final = frozenset('{"0123456789')


def parse(data: bytes | str, name: str = "", strings: Mapping[str, str] | None = None) -> BibFile:
    """Read a .bib file. Never raises: what is wrong with the file is in :attr:`BibFile.findings`.

    Arguments:
        data: the file's bytes, or its text.
        name: the file's name, for messages.
        strings: what ``@string`` defines in the files of one database that are read before this one, by folded name.
    """
    if isinstance(data, str):
        lone = not data.isascii() and re.search("[\ud800-\udfff]", data) is not None
        return BibFile(data, name=name, errors="surrogateescape" if lone else "strict", strings=strings)
    text, encoding, errors = decoded(data)
    return BibFile(text, name=name, encoding=encoding, errors=errors, strings=strings)


class BibFile:
    """A .bib file as it stands.

    Attributes:
        text: all of it, byte order mark included.
        name: what to call it in messages.
        encoding: the codec's name: ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``,
            ``utf-32-be``, ``cp1252``, ``latin-1``, or what JabRef's line names.
        errors: ``surrogateescape`` when the file has bytes that are not UTF-8, else ``strict``.
        intended: what edits took away on purpose, by folded key or ``key.field``: the new key of a renamed
            entry, ``""`` for what was removed.
        nodes: everything, in file order; the nodes' texts joined are the text.
        entries: all entries in file order, also those that BibTeX ignores (``entry.ignored``) and what
            can be read of broken ones (``entry.broken``).
        strings: the ``@string`` definitions in file order.
        given_strings: what files of the same database define that are read before this one, by folded name.
    """

    def __init__(
        self,
        text: str,
        *,
        name: str = "",
        encoding: str = "utf-8",
        errors: str = "strict",
        strings: Mapping[str, str] | None = None,
    ) -> None:
        self.text = text
        self.name = name
        self.encoding = encoding
        self.errors = errors
        self.intended: dict[str, str] = {}
        self.given_strings: Mapping[str, str] = strings or {}
        self._source = Source(text, lone=errors != "strict")
        for string, value in self.given_strings.items():
            self._source.define(string, value, -1)
        never: Ignored = "utf-16" if encoding.startswith(("utf-16", "utf-32")) else ""
        nodes, self._syntax_findings = scan(self._source, never)
        self.nodes: tuple[Node, ...] = tuple(nodes)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of the file."""
        return tuple(_entries(self.nodes))

    @cached_property
    def strings(self) -> tuple[StringDefinition, ...]:
        """All definitions of strings, in the order of the file."""
        return tuple(node for node in self.nodes if isinstance(node, StringDefinition))

    @cached_property
    def preambles(self) -> tuple[Preamble, ...]:
        """All ``@preamble`` blocks, in the order of the file."""
        return tuple(node for node in self.nodes if isinstance(node, Preamble))

    @cached_property
    def defined(self) -> dict[str, str]:
        """What ``@string`` has defined when the file has been read, by folded name."""
        return {**self.given_strings, **{string.name: string.value for string in self.strings}}

    @property
    def definitions(self) -> dict[str, tuple[str, ...]]:
        """Each value that a string stands for in the file, in order and by folded name, also one of a broken block."""
        return {name: tuple(values) for name, (_, values) in self._source.definitions.items()}

    def __repr__(self) -> str:
        return f"<BibFile {self.name or 'without name'}: {len(self.entries)} entries>"

    @cached_property
    def findings(self) -> tuple[BibFinding, ...]:
        """All that is wrong with the file, by line: syntax, repeated fields, undefined strings, encoding."""
        found = [*self._file_findings(), *self._syntax_findings, *self._value_findings()]
        return tuple(sorted(found, key=lambda finding: finding.line))

    @cached_property
    def newline(self) -> str:
        """The line end that the file uses most; ``\\n`` when it has none."""
        text = self.text
        pairs = text.count("\r\n")
        counts = {"\n": text.count("\n") - pairs, "\r\n": pairs, "\r": text.count("\r") - pairs}
        return max(counts, key=lambda kind: counts[kind])

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """Entries by folded key; of several with one key, the one that BibTeX reads, else the first."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            known = found.setdefault(fold(entry.key), entry)
            if known.ignored and not entry.ignored:
                found[fold(entry.key)] = entry
        return found

    @cached_property
    def aliases(self) -> dict[str, Entry]:
        """Entries by the folded keys that their biblatex field ``ids`` keeps valid, real keys left out."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if any(fold(name) == "ids" for name, _ in entry.pairs()):
                for key in keys_in(entry.values().get("ids", "")):
                    if fold(key) not in self.by_key:
                        found.setdefault(fold(key), entry)
        return found

    @cached_property
    def links(self) -> dict[str, list[tuple[Entry, Field]]]:
        """By folded key: the entries that name it as their parent or set member, and in which field."""
        found: dict[str, list[tuple[Entry, Field]]] = {}
        for entry in self.entries:
            if not any(fold(name) in LINKS for name, _ in entry.pairs()):
                continue
            for field in entry.fields:
                if field.name in LINKS and not field.repeated:
                    for key in keys_in(field.value):
                        found.setdefault(fold(key), []).append((entry, field))
        return found

    def get(self, key: str) -> Entry | None:
        """The entry of that key, whatever its letter case, or ``None``."""
        return self.by_key.get(fold(key))

    def find(self, key: str) -> Entry | None:
        """The entry that a citation of that key means: the one of the key, else the one that has it in ``ids``."""
        return self.get(key) or self.aliases.get(fold(key))

    def place_of(self, node: Entry | Field) -> tuple[str, int]:
        """The name of the file that an entry or a field stands in, and its line there."""
        return self.name, node.line

    def encoding_for(self, key: str) -> str:
        """The encoding in which the entry of a key is, or would be, written."""
        return self.encoding

    def to_bytes(self) -> bytes:
        """The file's bytes; of an unedited file those that were read."""
        return self.text.encode(self.encoding, self.errors)

    def parts(self, start: int, end: int) -> Iterator[tuple[str, str, int]]:
        """The parts of a value between two offsets: (``text`` or ``macro``, text, offset)."""
        return self._source.parts(start, end)

    def line(self, offset: int) -> int:
        """The line of an offset into the text, counted from 1."""
        return self._source.line(offset)

    def _file_findings(self) -> Iterator[BibFinding]:
        if self.encoding.startswith(("utf-16", "utf-32")):
            code: Code = "utf-16" if self.encoding.startswith("utf-16") else "utf-32"
            message = f"The file is {code.upper()}, which BibTeX cannot read."
            yield BibFinding(code, message, 1, "Save it as UTF-8.", "error")
        elif self.encoding != "utf-8":
            first = next((i for i, char in enumerate(self.text) if char > "\x7f"), 0)
            said = stated(self.text)
            by = f", as its line '% Encoding: {said.name}' says" if said and said.codec == self.encoding else ""
            message = f"The file is not UTF-8; it is read as {self.encoding}{by}."
            cure = "Save it as UTF-8."
            if self.encoding in WESTERN and looks_misread(self.text):
                message = message.replace("it is", "its encoding is not known, and it is")
                cure = "Save it as UTF-8, or name its encoding in the first line, such as '% Encoding: Cp1251'."
            yield BibFinding("not-utf8", message, self.line(first), cure)
        elif self.errors != "strict":
            lines = sorted({self.line(lone.start()) for lone in re.finditer("[\ud800-\udfff]+", self.text)})
            for line in lines[:100]:
                yield BibFinding("not-utf8", "There are bytes here that are not UTF-8.", line, "Type them anew.")
        said = stated(self.text)
        if said is not None and said.codec != self.encoding and not self.text.isascii():
            message = f"The line '% Encoding: {said.name}' does not fit the file, which is read as {self.encoding}."
            yield BibFinding("wrong-encoding-line", message, said.line, "Write the encoding that the file has.")
        yield from self._conflicts()
        nul = self.text.find("\0")
        if nul >= 0:
            yield BibFinding("nul", "The file contains a NUL character.", self.line(nul), "Remove it.")

        if not self.entries and not self.strings and self.text.strip("\ufeff \t\r\n"):
            yield BibFinding("no-entries", "The file holds text but no BibTeX entry.", 1, "Is it a .bib file?")

    def _conflicts(self) -> Iterator[BibFinding]:
        for marker in CONFLICT.finditer(self.text):
            message = "A merge of git ended here in a conflict: two readings stand in the file."
            fix = "Keep one of them and remove the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>."
            yield BibFinding("conflict-marker", message, self.line(marker.start()), fix, "error")

    def _value_findings(self) -> Iterator[BibFinding]:
        source = self._source
        spans: list[tuple[int, int, str]] = []
        for node in self.nodes:
            if isinstance(node, StringDefinition | Preamble):
                own = node.name if isinstance(node, StringDefinition) else ""
                spans.append((node.value_start, node.value_end, own))
        for entry in self.entries:
            pairs = entry.pairs()
            plain = all(
                "#" not in raw and (raw[0] in _BARE or source.macro(fold(raw), entry.start) is not None)
                for _, raw in pairs
            )
            if plain and len({fold(name) for name, _ in pairs}) == len(pairs):
                continue
            for field in entry.fields:
                if field.repeated:
                    yield BibFinding(
                        "repeated-field",
                        f"{entry.key[:60]!r} has {field.name[:60]!r} more than once; BibTeX uses the first.",
                        entry.line,
                        f"Keep one of them (this one is in line {field.line}).",
                    )
                raw = field.raw
                if raw[0] not in _BARE or "#" in raw:
                    spans.append((field.value_start, field.end, ""))
                    _ = field.value
        for start, end, own in spans:
            for kind, word, at in source.parts(start, end):
                if kind != "macro":
                    continue
                if fold(word) == own:
                    message = f"The string {word[:60]!r} is used in its own definition."
                    yield BibFinding("own-string", message, source.line(start))
                elif source.macro(fold(word), at) is None:
                    yield BibFinding(
                        "undefined-string",
                        f"The string {word[:60]!r} is not defined before it is used; BibTeX leaves it empty.",
                        source.line(start),
                        "Define it with @string, or put the text in braces.",
                    )
            if start in source.cut:
                yield BibFinding(
                    "long-expansion",
                    "The strings used here expand to more text than is reasonable; it is cut.",
                    source.line(start),
                    "Write the text itself.",
                    "error",
                )


def _entries(nodes: tuple[Node, ...]) -> Iterator[Entry]:
    for node in nodes:
        if isinstance(node, Entry):
            yield node
        elif isinstance(node, BrokenBlock) and node.entry is not None:
            yield node.entry
