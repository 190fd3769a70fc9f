"""What a change does to the text: the spans that are replaced, written as the file's owner would write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.grammar import keys_in, squeeze
from dl4es_bib.bib.habits import FileHabits, Habits, entry_habits
from dl4es_bib.bib.nodes import BrokenBlock, Entry, Field, FreeText, Node

Replacement = tuple[int, int, str]
"""Start and end of what is replaced, and the new text."""

_TO_TYPE = re.compile(r"@[ \t\r\n]*")
_REST_OF_LINE = re.compile(r"[^@\r\n]*")
_LINE_END = re.compile(r"[ \t]*+(?:\r\n?|\n)?")
_BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))*+")


class Bare(str):
    """A value that is written without delimiters: a macro (``jan``), a number, or parts joined by ``#``."""

    __slots__ = ()


class EntryChanges:
    """What is to happen to one entry: ``None`` as a value removes the field."""

    __slots__ = ("entry", "fields", "key", "kind", "removed")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.fields: dict[str, str | None] = {}
        self.key = ""
        self.kind = ""
        self.removed = False


class NewEntry:
    """An entry that is to be added: its fields, or its text as it is to be written."""

    __slots__ = ("before", "fields", "key", "kind", "text")

    def __init__(self, kind: str, key: str, fields: dict[str, str], text: str, before: str) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.text = text
        self.before = before


class Replacements:
    """Makes the replacements for one file."""

    def __init__(self, file: BibFile) -> None:
        self.file = file
        self.habits = FileHabits(file)

    def entry_spans(self, changes: EntryChanges) -> list[Replacement]:
        """The replacements that change one entry in place."""
        entry, spans = changes.entry, list[Replacement]()
        text = self.file.text
        if changes.key:
            spans.append((entry.key_start, entry.key_end, changes.key))
        if changes.kind and changes.kind != entry.type:
            start = _end(_TO_TYPE, text, entry.start)
            kind = Habits(case=self.habits.types).spell(changes.kind)
            spans.append((start, start + len(entry.type), kind))
        if not changes.fields:
            return spans
        habits = entry_habits(entry, self.habits.fields)
        end, kept, have = entry.key_end, list[Field](), set[str]()
        for field in entry.fields:
            if field.name in changes.fields:
                value = changes.fields[field.name]
                if value is None:
                    spans.append((end, field.end, ""))
                    end = field.end
                    continue
                if field.name not in have and not _same(field, value):
                    spans.append((field.value_start, field.end, _delimited(value, habits, field.raw)))
            have.add(field.name)
            kept.append(field)
            end = field.end
        wanted = changes.fields.items()
        added = [(name, value) for name, value in wanted if value is not None and name not in have]
        return spans + self._added_fields(entry, kept, habits, added)

    def _added_fields(
        self, entry: Entry, kept: list[Field], habits: Habits, added: list[tuple[str, str]]
    ) -> list[Replacement]:
        ranks = self.habits.ranks
        after: dict[int, list[tuple[str, str]]] = {}
        for name, value in sorted(added, key=lambda pair: ranks.get(pair[0], 2.0)):
            rank, place = ranks.get(name, 2.0), entry.key_end
            for field in kept:
                if ranks.get(field.name, 2.0) <= rank:
                    place = field.end
            after.setdefault(place, []).append((name, value))
        spans = []
        for place, pairs in after.items():
            new = "".join(self._field_text(name, value, habits, ",") for name, value in pairs)
            if not kept and not self.file.text[place : entry.end - 1].strip(" \t"):
                new += habits.tail  # "@misc{key}" has no line for its closing brace yet
            spans.append((place, place, new))
        return spans

    def _field_text(self, name: str, value: str, habits: Habits, comma: str) -> str:
        head = habits.head(self.habits.spell(name, habits))
        return ("" if habits.leading_comma else comma) + head + _delimited(value, habits)

    def _new_text(self, new: NewEntry) -> str:
        if new.text:
            return new.text
        habits = self.habits.fields
        kind = Habits(case=self.habits.types).spell(new.kind)
        fields = "".join(self._field_text(name, value, habits, ",") for name, value in self._in_order(new.fields))
        tail = ("," if habits.trailing_comma or not fields else "") + habits.tail
        return f"@{kind}{{{new.key}{fields}{tail}}}"

    def _in_order(self, fields: dict[str, str]) -> list[tuple[str, str]]:
        """Fields in the file's usual order; one it does not know stays behind the one before it."""
        ranks, rank, ranked = self.habits.ranks, 0.0, list[tuple[float, tuple[str, str]]]()
        for pair in fields.items():
            rank = ranks.get(pair[0], rank)
            ranked.append((rank, pair))
        return [pair for _, pair in sorted(ranked, key=lambda item: item[0])]

    def additions(self, added: Iterable[NewEntry], gone: Collection[int], *, first: bool = False) -> list[Replacement]:
        """The replacements that add entries."""
        nodes, newline = self.file.nodes, self.file.newline
        blocks = (node for node in reversed(nodes) if isinstance(node, Entry | BrokenBlock))
        last = next((node for node in blocks if node.start not in gone), None)
        before: dict[int, list[str]] = {}
        for new in added:
            target = self._goes_before(new, first)
            place = -1 if target is None else self._line_start(target.start)
            before.setdefault(place, []).append(self._new_text(new))
        at_end = before.pop(-1, [])
        separator = self.habits.separator
        spans = [(at, at, "".join(text + separator for text in texts)) for at, texts in before.items()]
        if at_end:
            text = self.file.text
            place = len(text) if last is None else last.end
            rest = _end(_REST_OF_LINE, text, place)
            if not text.startswith("@", rest):
                place = rest
            lead = separator if last is not None else newline
            if not text[:place].strip("\ufeff"):
                lead = ""
            elif text[place - 1] in "\r\n":
                lead = lead.removeprefix(newline)
            tail = newline if place == len(text) or text[place] not in "\r\n" else ""
            spans.append((place, place, lead + separator.join(at_end) + tail))
        return spans

    @cached_property
    def _broken_block(self) -> Node | None:
        """The first block that cannot be read, else the first text outside of entries with an ``@`` in it."""
        broken = (node for node in self.file.nodes if isinstance(node, BrokenBlock))
        strays = (node for node in self.file.nodes if isinstance(node, FreeText) and "@" in node.text)
        return next(broken, None) or next(strays, None)

    @cached_property
    def _open_block(self) -> BrokenBlock | None:
        """The first block that is never closed: BibTeX reads nothing of what follows it."""
        broken = (node for node in self.file.nodes if isinstance(node, BrokenBlock))
        return next((node for node in broken if node.finding.code.startswith("unclosed")), None)

    def _goes_before(self, new: NewEntry, first: bool) -> Node | None:
        if new.before:
            entry = self.file.get(new.before)
            if entry is None:
                raise KeyError(new.before)
            return entry
        named = [*keys_in(new.fields.get("crossref", "")), *keys_in(new.fields.get("xdata", ""))]
        ends: list[Node] = [entry for entry in map(self.file.get, named) if entry is not None]
        block = self._broken_block if first else self._open_block
        if block is not None:
            ends.append(block)
        return min(ends, key=lambda node: node.start, default=None)

    def _line_start(self, offset: int) -> int:
        """The start of an offset's line when only blanks stand between, else the offset."""
        source = self.file.nodes[0].source
        start = source.line_start(offset)
        start += source.text.startswith("\ufeff", start)
        return offset if source.text[start:offset].strip(" \t") else start

    def removal(self, entry: Entry) -> list[Replacement]:
        """The replacements that take an entry out, with its line."""
        text = self.file.text
        start, end = self._line_start(entry.start), _end(_LINE_END, text, entry.end)
        alone = start == 0 or text[start - 1] in "\r\n\ufeff"
        if not alone or not (end == len(text) or text[end - 1] in "\r\n"):
            return [(entry.start, entry.end, "")]
        end = _end(_BLANK_LINES, text, end)
        if end == len(text):  # the last entry: the blank lines before it go
            kept = text[:start].rstrip(" \t\r\n")
            start = _end(_LINE_END, text, len(kept)) if kept else start
        return [(start, end, "")]

    def string_span(self, strings: Mapping[str, str]) -> Replacement:
        """The replacement that adds definitions of strings."""
        head, equals, closing, quotes = self.habits.string_form
        newline, known = self.file.newline, self.file.strings
        habits = Habits(quotes=quotes)
        lines = [f"{head}{name}{equals}{_delimited(value, habits)}{closing}" for name, value in strings.items()]
        if known:
            return known[-1].end, known[-1].end, "".join(newline + line for line in lines)
        first = next((node for node in self.file.nodes if not isinstance(node, FreeText)), None)
        text = "".join(line + newline for line in lines) + newline
        if first is not None:
            place = self._line_start(first.start)
            return place, place, text
        place = len(self.file.text)
        begun = self.file.text.strip("\ufeff") and self.file.text[-1] not in "\r\n"
        return place, place, (newline if begun else "") + text


def _end(pattern: re.Pattern[str], text: str, pos: int) -> int:
    found = pattern.match(text, pos)
    return found.end() if found is not None else pos


def _same(field: Field, value: str) -> bool:
    """Whether a field has the value already; then its source text is kept."""
    if isinstance(value, Bare):
        return squeeze(field.raw) == value
    return field.value == value and not field.source.lone


def _delimited(value: str, habits: Habits, old: str = "") -> str:
    if isinstance(value, Bare):
        return value
    number = value.isascii() and value.isdigit()
    if number and (old.isdigit() if old else habits.bare_numbers):
        return value
    quotes = old.startswith('"') if old[:1] in {'"', "{"} and "#" not in old else habits.quotes
    return f'"{value}"' if quotes and _quotable(value) else f"{{{value}}}"


def _quotable(value: str) -> bool:
    """Whether no quotation mark stands outside of braces."""
    depth = 0
    for mark in re.finditer(r'["{}]', value):
        if mark[0] == '"' and not depth:
            return False
        depth += (mark[0] == "{") - (mark[0] == "}")
    return True
