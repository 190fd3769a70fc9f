"""What a .bib file is made of: the nodes, and the values behind macros and ``#``.

Nodes hold offsets into one shared text; nothing is copied before it is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from dl4es_bib.bib.finding import BibFinding
from dl4es_bib.bib.grammar import FIELD, LINE_END, MONTHS, QUOTE_STOP, WHITE_RUN, WORD, fold, group_end, squeeze

#: What stands for bytes that are not UTF-8.
_LONE: Final = re.compile("[\ud800-\udfff]+")
MAX_MACRO_TEXT: Final = 1_000_000
"""Characters that macros may contribute to one value; more is cut and reported."""
MAX_EXPANSION: Final = 32_000_000
"""Characters that long ``#`` values with macros may take in one file, all together."""
Ignored = Literal["", "repeated-key", "swallowed", "last-line", "utf-16", "bad-key"]
"""Why BibTeX itself does not read an entry that this library shows; empty when it does.

``bad-key``: of an entry with a blank in its key, or no comma after it, BibTeX reads the key up to there and no
field; biber refuses the file.
"""


class Source:
    """The text that the nodes of one file share, its line starts and its macros."""

    __slots__ = ("_lines", "budget", "cut", "definitions", "lone", "text")

    def __init__(self, text: str, *, lone: bool = False) -> None:
        self.text = text
        self.lone = lone  # the text holds surrogates that stand for bytes which are not UTF-8
        self.definitions: dict[str, tuple[list[int], list[str]]] = {}
        self.budget = MAX_EXPANSION
        self.cut: set[int] = set()
        self._lines: list[int] | None = None

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1; ``\\n``, ``\\r\\n`` and ``\\r`` all end one."""
        return bisect_right(self._line_starts(), offset)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        starts = self._line_starts()
        return starts[bisect_right(starts, offset) - 1]

    def _line_starts(self) -> list[int]:
        if self._lines is None:
            self._lines = [0, *(end.end() for end in LINE_END.finditer(self.text))]
        return self._lines

    def define(self, name: str, value: str, at: int) -> None:
        """Note what a string stands for from an offset on."""
        offsets, values = self.definitions.setdefault(name, ([], []))
        offsets.append(at)
        values.append(value)

    def macro(self, name: str, at: int) -> str | None:
        """What ``name`` (folded) stands for at an offset: the last definition before it."""
        known = self.definitions.get(name)
        if known is not None and (index := bisect_left(known[0], at)):
            return known[1][index - 1]
        return name if name in MONTHS else None

    def parts(self, start: int, end: int) -> Iterator[tuple[str, str, int]]:
        """The parts of a sound value between two offsets: (``text`` or ``macro``, text, offset)."""
        text, pos = self.text, start
        if text.find("}", start, end) == end - 1 and text.rfind("{", start, end) == start:
            # One group without inner braces, as most values are.
            yield "text", text[start + 1 : end - 1], start
            return
        while pos < end:
            first = text[pos]
            if first == "{":
                stop = group_end(text, pos)
                yield "text", text[pos + 1 : stop - 1], pos
            elif first == '"':
                stop = pos + 1
                while (mark := QUOTE_STOP.search(text, stop, end)) is not None and mark[0] == "{":
                    stop = group_end(text, mark.start())
                stop = mark.end() if mark is not None else end
                yield "text", text[pos + 1 : stop - 1], pos
            elif (word := WORD.match(text, pos, end)) is not None:
                stop = word.end()
                yield ("text" if first in "0123456789" else "macro"), word[0], pos
            else:
                stop = pos + 1  # white space or "#"
            pos = stop

    def expand(self, start: int, end: int, but: str = "") -> str:
        """The value between two offsets: macros replaced, ``#`` joined, white space squeezed.

        An undefined macro is empty, as in BibTeX, and so is ``but``, the name that is just being
        defined. What macros contribute is bounded (see :data:`MAX_MACRO_TEXT`).
        """
        raw = self.text[start:end]
        first = raw[0]
        if "#" not in raw:
            if first in '{"':
                value = squeeze(raw[1:-1])
            elif first in "0123456789":
                return raw
            else:
                name = fold(raw)
                value = ("" if name == but else self.macro(name, start)) or ""
        else:
            value = self._join(start, end, but)
        if self.lone and not value.isprintable():
            value = _LONE.sub("�", value)
        return value

    def _join(self, start: int, end: int, but: str) -> str:
        pieces: list[str] = []
        from_macros = 0
        for kind, text, at in self.parts(start, end):
            if kind == "text":
                pieces.append(text)
                continue
            name = fold(text)
            known = ("" if name == but else self.macro(name, at)) or ""
            room = MAX_MACRO_TEXT - from_macros
            if len(known) > room:
                self.cut.add(start)
                known = known[:room]
            from_macros += len(known)
            pieces.append(known)
        if from_macros > 1000:
            if from_macros > self.budget:
                self.cut.add(start)
                return ""
            self.budget -= from_macros
        return squeeze("".join(pieces))


class Node:
    """A stretch of the file: ``source.text[start:end]``. The nodes of a file cover it without a gap."""

    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def line(self) -> int:
        """The line where the node begins, counted from 1."""
        return self.source.line(self.start)

    @property
    def text(self) -> str:
        """The node as it stands in the file."""
        return self.source.text[self.start : self.end]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.start}:{self.end} {self.text[:40]!r}>"


class Field(Node):
    """``name = value`` inside an entry; the span runs from the name to the end of the value.

    Attributes:
        name: the field's name in lower case.
        repeated: an earlier field of the entry has this name, so BibTeX does not use this one.
        value_start: the offset where the value begins, its delimiter included.
    """

    __slots__ = ("_value", "name", "repeated", "value_start")

    def __init__(self, source: Source, name: str, start: int, value_start: int, end: int, repeated: bool) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.name = name
        self.value_start = value_start
        self.repeated = repeated
        self._value: str | None = None

    @property
    def raw(self) -> str:
        """The value as it stands in the file, delimiters, macros and line ends included."""
        return self.source.text[self.value_start : self.end]

    @property
    def value(self) -> str:
        """The value as BibTeX reads it: one line of LaTeX source without delimiters."""
        value = self._value
        if value is None:
            value = self._value = self.source.expand(self.value_start, self.end).strip(" ")
        return value


class Entry(Node):
    """One bibliographic record.

    Attributes:
        type: the entry type in lower case.
        key: the citation key as written.
        key_start: the offset of the key.
        ignored: why BibTeX itself would not read this entry, or ``""``.
        broken: the entry could not be read to its end; ``fields`` are those before the fault. Such an
            entry belongs to a :class:`BrokenBlock` and cannot be edited.
    """

    __slots__ = ("_fields", "_spans", "broken", "ignored", "key", "key_start", "type")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        kind: str,
        key: str,
        key_start: int,
        ignored: Ignored = "",
        spans: list[tuple[int, int, int, int]] | None = None,
        broken: bool = False,
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.type = kind
        self.key = key
        self.key_start = key_start
        self.ignored: Ignored = ignored
        self.broken = broken
        self._spans = spans
        self._fields: tuple[Field, ...] | None = None

    @property
    def key_end(self) -> int:
        """The offset after the key."""
        return self.key_start + len(self.key)

    @property
    def readable(self) -> bool:
        """Whether all its bytes are text in the encoding of the file; those that are not are shown as U+FFFD."""
        return not self.source.lone or _LONE.search(self.text) is None

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in file order, repeated ones included."""
        if self._fields is None:
            self._fields = tuple(self._read_fields())
            self._spans = None
        return self._fields

    def each_field(self) -> Sequence[Field]:
        """As :attr:`fields`, made anew and not kept: for one pass over a large file."""
        return self._fields if self._fields is not None else self._read_fields()

    def _read_fields(self) -> list[Field]:
        source, text = self.source, self.source.text
        spans: Iterable[tuple[int, int, int, int]] | None = self._spans
        if spans is None:
            found = FIELD.finditer(text, self.key_end, self.end)
            spans = (match.span(1) + match.span(2) for match in found)
        fields: list[Field] = []
        seen: set[str] = set()
        for start, name_end, value_start, end in spans:
            name = fold(text[start:name_end])
            fields.append(Field(source, name, start, value_start, end, name in seen))
            seen.add(name)
        return fields

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of all fields as they stand in the file; no :class:`Field` is made for it."""
        if self._spans is None and self._fields is None:
            return FIELD.findall(self.source.text, self.key_end, self.end)
        text = self.source.text
        if self._spans is not None:
            return [(text[a:b], text[c:d]) for a, b, c, d in self._spans]
        return [(text[f.start : f.start + len(f.name)], f.raw) for f in self.fields]

    def values(self) -> dict[str, str]:
        """What BibTeX reads of the entry: name in lower case → value, the first of repeated fields.

        The same as the :attr:`Field.value` of all fields, and the quickest way to them.
        """
        source, start = self.source, self.start
        values: dict[str, str] = {}
        for written, raw in self.pairs():
            name = written if written.islower() and written.isascii() else fold(written)
            if name in values:
                continue
            if "#" in raw or source.lone:
                field = self.get(name)
                values[name] = field.value if field is not None else ""
                continue
            first = raw[0]
            if first == "{" or first == '"':
                value = raw[1:-1]
                if "\n" in value or "  " in value or "\t" in value or "\r" in value:
                    value = WHITE_RUN.sub(" ", value)
                values[name] = value.strip(" ")
            elif first in "0123456789":
                values[name] = raw
            else:  # no string is defined within an entry: its start is as good as the field's
                values[name] = (source.macro(fold(raw), start) or "").strip(" ")
        return values

    def get(self, name: str) -> Field | None:
        """The field of that name that counts (the first of repeated ones), or ``None``."""
        name = fold(name)
        return next((field for field in self.fields if field.name == name), None)


class StringDefinition(Node):
    """``@string{name = value}``; ``value`` is expanded, ``name`` is in lower case."""

    __slots__ = ("name", "value", "value_end", "value_start")

    def __init__(
        self, source: Source, start: int, end: int, name: str, value: str, value_start: int, value_end: int
    ) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.value = value
        self.value_start = value_start
        self.value_end = value_end


class Preamble(Node):
    """``@preamble{value}``."""

    __slots__ = ("value_end", "value_start")

    def __init__(self, source: Source, start: int, end: int, value_start: int, value_end: int) -> None:
        super().__init__(source, start, end)
        self.value_start = value_start
        self.value_end = value_end

    @property
    def value(self) -> str:
        """The text of the preamble, strings put in."""
        return self.source.expand(self.value_start, self.value_end)


class Comment(Node):
    """``@comment`` and the braces or the line after it, as far as BibTeX finds no entry in them."""

    __slots__ = ()


class FreeText(Node):
    """Text between commands; it means nothing to BibTeX and everything to the person who wrote it."""

    __slots__ = ()


class BrokenBlock(Node):
    """A command that cannot be read, verbatim up to where reading could go on.

    Attributes:
        finding: what is wrong with it.
        entry: what BibTeX still reads of it (type, key and the fields before the fault), or ``None``.
    """

    __slots__ = ("entry", "finding")

    def __init__(self, source: Source, start: int, end: int, finding: BibFinding, entry: Entry | None) -> None:
        super().__init__(source, start, end)
        self.finding = finding
        self.entry = entry
