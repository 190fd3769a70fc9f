"""Changing a .bib file by replacing spans, so that a diff shows the change and nothing else.

An :class:`Edits` collects any number of changes and applies them in one pass:

>>> from dl4es_bib.bib.file import parse
>>> file = parse("@book{key,\\n  title = {A Title},\\n  year  = 1999\\n}\\n")
>>> print(file.edit().set_field("key", "year", "2001").apply().text, end="")
@book{key,
  title = {A Title},
  year  = 2001
}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.habits import FileHabits, Habits, entry_habits
from dl4es_bib.bib.nodes import (
    IDENTIFIER,
    BrokenBlock,
    Entry,
    Field,
    FreeText,
    Node,
    fold,
    keys_in,
    renamed_in,
    squeeze,
)

if TYPE_CHECKING:
    from dl4es_bib.bib.file import BibFile

__all__ = ["Bare", "Edits"]

_NAME = re.compile(IDENTIFIER)
_KEY = re.compile(r"""[^\x00-\x20\x7f"#%'(),={}~\\@]+""")
_UNSAFE = re.compile("[\0\ud800-\udfff]")
_TO_TYPE = re.compile(r"@[ \t\r\n]*")
_REST_OF_LINE = re.compile(r"[^@\r\n]*")
_LINE_END = re.compile(r"[ \t]*+(?:\r\n?|\n)?")
_BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))*+")
_COMMANDS: Final = frozenset({"comment", "preamble", "string"})


class Bare(str):
    """A value that is written without delimiters: a macro (``jan``), a number, or parts joined by ``#``."""

    __slots__ = ()


class _Changes:
    """What is to happen to one entry: ``None`` as a value removes the field."""

    __slots__ = ("entry", "fields", "key", "kind", "removed")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.fields: dict[str, str | None] = {}
        self.key = ""
        self.kind = ""
        self.removed = False


class _NewEntry:
    __slots__ = ("before", "fields", "key", "kind", "text")

    def __init__(self, kind: str, key: str, fields: dict[str, str], text: str, before: str) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.text = text
        self.before = before


class Edits:
    """Changes to one file. Every method returns the object itself; nothing happens before :meth:`apply`.

    Values are LaTeX source on one line *without* delimiters (the file's own are put around them), or
    :class:`Bare`. Entries are named by their key, in any letter case.

    Raises:
        KeyError: a key is not in the file.
        ValueError: a change cannot be made: unbalanced braces, a bad name or key, a key that is taken, an
            entry that is broken, or a character that the file's encoding does not have. The message is a
            sentence for the user.
    """

    def __init__(self, file: BibFile) -> None:
        self.file = file
        self._habits = FileHabits(file)
        self._changes: dict[int, _Changes] = {}
        self._new: dict[str, _NewEntry] = {}
        self._strings: dict[str, str] = {}
        self._renamed: dict[str, _Changes | None] = {}  # folded keys that changes give or take away

    # -- fields ------------------------------------------------------------------------------------------

    def set_field(self, key: str, name: str, value: str) -> Edits:
        """Give a field a value; a field that the entry has not is added where the file would have it."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be a field name.")
        name = fold(name)
        value = self._checked(value, f"The value of {name!r} in {key!r}")
        new = self._new.get(fold(key))
        if new is not None:
            if new.text:
                raise ValueError(f"{key!r} is added as text; change the text.")
            new.fields[name] = value
        else:
            self._of(key).fields[name] = value
        return self

    def remove_field(self, key: str, name: str) -> Edits:
        """Remove a field (all of them when it is repeated); one that is not there is no error."""
        new = self._new.get(fold(key))
        if new is not None:
            new.fields.pop(fold(name), None)
        else:
            self._of(key).fields[fold(name)] = None
        return self

    # -- entries -----------------------------------------------------------------------------------------

    def add_entry(
        self, kind: str, key: str, fields: Mapping[str, str] | Iterable[tuple[str, str]], before: str = ""
    ) -> Edits:
        """Add an entry after the last one, or before the entry ``before``.

        One that names its parent in ``crossref`` or ``xdata`` goes before that parent, as BibTeX demands.
        """
        self._check_new_key(key)
        if not _NAME.fullmatch(kind) or fold(kind) in _COMMANDS:
            raise ValueError(f"{kind!r} cannot be an entry type.")
        self._new[fold(key)] = _NewEntry(kind, key, {}, "", before)
        pairs = fields.items() if isinstance(fields, Mapping) else fields
        for name, value in pairs:
            self.set_field(key, name, value)
        return self

    def add_entry_text(self, text: str, before: str = "") -> Edits:
        """Add one entry as it is written, line ends aside."""
        from dl4es_bib.bib.file import parse

        text = text.strip(" \t\r\n")
        entries = parse(text + "\n").entries
        if len(entries) != 1 or entries[0].broken or entries[0].text != text:
            raise ValueError("The text is not exactly one sound BibTeX entry.")
        self._check_new_key(entries[0].key)
        self._encodable(text, f"The entry {entries[0].key!r}")
        text = re.sub(r"\r\n?|\n", self.file.newline, text)
        fields = {field.name: field.value for field in entries[0].fields if not field.repeated}
        self._new[fold(entries[0].key)] = _NewEntry(entries[0].type, entries[0].key, fields, text, before)
        return self

    def remove_entry(self, key: str) -> Edits:
        """Remove an entry and the blank lines that kept it apart."""
        if self._new.pop(fold(key), None) is None:
            changes = self._of(key)
            changes.removed = True
            self._renamed.setdefault(fold(key), None)
        return self

    def rename_entry(self, key: str, new: str) -> Edits:
        """Change a key, and the ``crossref``, ``xdata``, … of this file that name it."""
        if fold(key) != fold(new):
            self._check_new_key(new)
        elif not _KEY.fullmatch(new):
            raise ValueError(_bad_key(new))
        changes = self._of(key)
        old = fold(changes.entry.key)
        changes.key = new
        self._renamed[fold(key)] = None
        self._renamed[fold(new)] = changes
        for entry, field in self.file.links.get(old, ()):
            if entry.broken:
                continue
            # Another key of the same field may have been renamed just before.
            fields = self._of_entry(entry).fields
            value = fields.get(field.name, field.value)
            if value is not None:
                fields[field.name] = renamed_in(value, {old: new})
        return self

    def set_type(self, key: str, kind: str) -> Edits:
        """Change the type of an entry."""
        if not _NAME.fullmatch(kind) or fold(kind) in _COMMANDS:
            raise ValueError(f"{kind!r} cannot be an entry type.")
        self._of(key).kind = fold(kind)
        return self

    def add_string(self, name: str, value: str) -> Edits:
        """Define a string after the last ``@string``, or before the first entry."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot name a string.")
        if any(string.name == fold(name) for string in self.file.strings):
            raise ValueError(f"The string {name!r} is defined already.")
        self._strings[name] = self._checked(value, f"The string {name!r}")
        return self

    # -- applying ----------------------------------------------------------------------------------------

    def apply(self) -> BibFile:
        """The file with all changes made; the very same object when there are none."""
        from dl4es_bib.bib.file import BibFile

        spans: list[tuple[int, int, str]] = []
        for changes in self._changes.values():
            spans += self._removal(changes.entry) if changes.removed else self._entry_spans(changes)
        if self._strings:
            spans.append(self._string_span())
        spans += self._additions()
        text, pieces, done = self.file.text, list[str](), 0
        for start, end, new in sorted(spans, key=lambda span: span[:2]):
            pieces += (text[done : max(done, start)], new)
            done = max(done, end)
        changed = "".join(pieces) + text[done:]
        if changed == text:
            return self.file
        file = BibFile(changed, name=self.file.name, encoding=self.file.encoding, errors=self.file.errors)
        file.intended = self._intended()
        return file

    def _intended(self) -> dict[str, str]:
        """What is gone on purpose, from the earlier edits of the file and from these."""
        now: dict[str, str] = {}
        removed = [name for name, new in self.file.intended.items() if not new and "." in name]
        for changes in self._changes.values():
            key = fold(changes.entry.key)
            gone = {name for name, value in changes.fields.items() if value is None}
            if changes.key or changes.removed:
                now[key] = "" if changes.removed else changes.key
                gone |= {name[len(key) + 1 :] for name in removed if name.startswith(key + ".")}
            now |= {f"{fold(changes.key) or key}.{name}": "" for name in gone}
        return now | {old: now.get(fold(new), new) for old, new in self.file.intended.items()}

    # -- checks ------------------------------------------------------------------------------------------

    def _of(self, key: str) -> _Changes:
        folded = fold(key)
        if folded in self._renamed:
            changes = self._renamed[folded]
            if changes is None:
                raise KeyError(key)
            return changes
        entry = self.file.get(key)
        if entry is None:
            raise KeyError(key)
        if entry.broken:
            raise ValueError(f"The entry {entry.key!r} in line {entry.line} is broken; mend it first.")
        return self._of_entry(entry)

    def _of_entry(self, entry: Entry) -> _Changes:
        return self._changes.setdefault(entry.start, _Changes(entry))

    def _check_new_key(self, key: str) -> None:
        if not _KEY.fullmatch(key):
            raise ValueError(_bad_key(key))
        folded = fold(key)
        known: object = self.file.get(key)
        if self._renamed.get(folded, known) is not None or folded in self._new:
            raise ValueError(f"The key {key!r} is taken (letter case does not count).")
        self._encodable(key, f"The key {key!r}")

    def _checked(self, value: str, what: str) -> str:
        self._encodable(value, what)
        if isinstance(value, Bare):
            from dl4es_bib.bib.file import parse

            probe = parse(f"@a{{k, f = {value}\n}}\n\n")
            entry = probe.nodes[0]
            if len(probe.nodes) != 2 or not isinstance(entry, Entry) or len(entry.fields) != 1:
                raise ValueError(f"{what} is not a macro, a number or parts joined by '#': {value!r}.")
            return Bare(squeeze(value).strip(" "))
        depth = 0
        for brace in re.finditer(r"[{}]", value):
            depth += 1 if brace[0] == "{" else -1
            if depth < 0:
                break
        if depth:
            raise ValueError(f"{what} has unbalanced braces; to BibTeX a backslash does not hide one.")
        return squeeze(value).strip(" ")

    def _encodable(self, text: str, what: str) -> None:
        if _UNSAFE.search(text):
            raise ValueError(f"{what} holds a character that no text file can have.")
        try:
            text.encode(self.file.encoding)
        except UnicodeEncodeError as error:
            bad = text[error.start]
            raise ValueError(
                f"{what} has {bad!r}, which the file's encoding ({self.file.encoding}) lacks; save the file as UTF-8."
            ) from None

    # -- spans -------------------------------------------------------------------------------------------

    def _entry_spans(self, changes: _Changes) -> list[tuple[int, int, str]]:
        entry, spans = changes.entry, list[tuple[int, int, str]]()
        text = self.file.text
        if changes.key:
            spans.append((entry.key_start, entry.key_end, changes.key))
        if changes.kind and changes.kind != entry.type:
            start = _end(_TO_TYPE, text, entry.start)
            kind = Habits(case=self._habits.types).spell(changes.kind)
            spans.append((start, start + len(entry.type), kind))
        if not changes.fields:
            return spans
        habits = entry_habits(entry, self._habits.fields)
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
    ) -> list[tuple[int, int, str]]:
        ranks = self._habits.ranks
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
        head = habits.head(self._habits.spell(name, habits))
        return ("" if habits.leading_comma else comma) + head + _delimited(value, habits)

    def _new_text(self, new: _NewEntry) -> str:
        if new.text:
            return new.text
        habits = self._habits.fields
        kind = Habits(case=self._habits.types).spell(new.kind)
        fields = "".join(self._field_text(name, value, habits, ",") for name, value in self._in_order(new.fields))
        tail = ("," if habits.trailing_comma or not fields else "") + habits.tail
        return f"@{kind}{{{new.key}{fields}{tail}}}"

    def _in_order(self, fields: dict[str, str]) -> list[tuple[str, str]]:
        """Fields in the file's usual order; one it does not know stays behind the one before it."""
        ranks, rank, ranked = self._habits.ranks, 0.0, list[tuple[float, tuple[str, str]]]()
        for pair in fields.items():
            rank = ranks.get(pair[0], rank)
            ranked.append((rank, pair))
        return [pair for _, pair in sorted(ranked, key=lambda item: item[0])]

    def _additions(self) -> list[tuple[int, int, str]]:
        nodes, newline = self.file.nodes, self.file.newline
        gone = {start for start, changes in self._changes.items() if changes.removed}
        blocks = (node for node in reversed(nodes) if isinstance(node, Entry | BrokenBlock))
        last = next((node for node in blocks if node.start not in gone), None)
        before: dict[int, list[str]] = {}
        for new in self._new.values():
            target = self._goes_before(new)
            place = -1 if target is None else self._line_start(target.start)
            before.setdefault(place, []).append(self._new_text(new))
        at_end = before.pop(-1, [])
        separator = self._habits.separator
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
    def _open_block(self) -> BrokenBlock | None:
        """The first block that is never closed: BibTeX reads nothing of what follows it."""
        broken = (node for node in self.file.nodes if isinstance(node, BrokenBlock))
        return next((node for node in broken if node.finding.code.startswith("unclosed")), None)

    def _goes_before(self, new: _NewEntry) -> Node | None:
        if new.before:
            entry = self.file.get(new.before)
            if entry is None:
                raise KeyError(new.before)
            return entry
        named = [*keys_in(new.fields.get("crossref", "")), *keys_in(new.fields.get("xdata", ""))]
        ends: list[Node] = [entry for entry in map(self.file.get, named) if entry is not None]
        if self._open_block is not None:
            ends.append(self._open_block)
        return min(ends, key=lambda node: node.start, default=None)

    def _line_start(self, offset: int) -> int:
        """The start of an offset's line when only blanks stand between, else the offset."""
        source = self.file.nodes[0].source
        start = source.line_start(offset)
        start += source.text.startswith("\ufeff", start)
        return offset if source.text[start:offset].strip(" \t") else start

    def _removal(self, entry: Entry) -> list[tuple[int, int, str]]:
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

    def _string_span(self) -> tuple[int, int, str]:
        head, equals, closing, quotes = self._habits.string_form
        newline, known = self.file.newline, self.file.strings
        habits = Habits(quotes=quotes)
        lines = [f"{head}{name}{equals}{_delimited(value, habits)}{closing}" for name, value in self._strings.items()]
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


def _bad_key(key: str) -> str:
    return (
        f"{key!r} cannot be a citation key: "
        "it must not be empty, nor hold blanks or any of \" # % ' ( ) , = { } ~ \\ @."
    )


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
