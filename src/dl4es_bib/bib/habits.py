"""How a .bib file is written: indent, ``=`` column, delimiters, commas, letter case, blank lines.

What we add to a file should look as if its owner had typed it. :func:`entry_habits` reads the habits of
one entry, :class:`FileHabits` those of a file (from a sample of its entries).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.nodes import Entry, Field, StringDefinition

SAMPLE: Final = 500
"""Entries that are looked at to learn the habits of a file."""

_EQUALS = re.compile(r"[ \t\r\n]*=[ \t\r\n]*")
_STRING_HEAD = re.compile(r"@[ \t\r\n]*([A-Za-z]+)[ \t\r\n]*([{(][ \t]*)")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the fields of an entry are laid out.

    Attributes:
        lead: what stands between two fields before the name: ``"\\n  "`` for one field a line,
            ``" "`` for several; with ``leading_comma`` the comma is part of it.
        before, after: blanks around ``=``.
        equals_column: the column (from the name's line start) at which all ``=`` stand, or -1.
        value_column: the column at which all values begin, or -1.
        right_aligned: the indent varies so that the names end together.
        quotes: values stand in quotation marks, not in braces.
        bare_numbers: values that are numbers have no delimiters.
        trailing_comma: a comma follows the last field.
        tail: what stands between the last field and the closing brace.
        case: ``lower``, ``upper`` or ``title``: the letter case of field names.
    """

    lead: str = "\n  "
    before: str = " "
    after: str = " "
    equals_column: int = -1
    value_column: int = -1
    right_aligned: bool = False
    quotes: bool = False
    bare_numbers: bool = False
    trailing_comma: bool = True
    tail: str = "\n"
    case: str = "lower"
    leading_comma: bool = False

    @property
    def on_lines(self) -> bool:
        """Whether each field stands on a line of its own."""
        return "\n" in self.lead or "\r" in self.lead

    def head(self, name: str) -> str:
        """A field from the text that leads to it up to its ``=`` and the blanks after that."""
        lead, before, after = self.lead, self.before, self.after
        indent = len(lead) - max(lead.rfind("\n"), lead.rfind("\r")) - 1
        if self.right_aligned and self.equals_column >= 0:
            line_end = len(lead) - indent
            lead = lead[:line_end] + " " * max(0, self.equals_column - len(before) - len(name))
        elif self.equals_column >= 0:
            before = " " * max(len(before) and 1, self.equals_column - indent - len(name))
        if self.value_column >= 0 and not self.right_aligned:
            after = " " * max(len(after) and 1, self.value_column - indent - len(name) - len(before) - 1)
        return f"{lead}{name}{before}={after}"

    def spell(self, name: str) -> str:
        """A field or type name in the letter case that is usual here."""
        return {"upper": name.upper, "title": name.capitalize}.get(self.case, name.lower)()


def letter_case(names: Iterable[str]) -> str:
    """``lower``, ``upper`` or ``title``, whichever most of the names have."""
    kinds: Counter[str] = Counter(
        "upper" if len(name) > 1 and name.isupper() else "title" if name[:1].isupper() else "lower" for name in names
    )
    return kinds.most_common(1)[0][0] if kinds else "lower"


def entry_habits(entry: Entry, otherwise: Habits) -> Habits:
    """The habits of one entry; what it does not show is taken from ``otherwise``."""
    text, fields = entry.source.text, entry.fields
    if not fields:
        return otherwise
    leads, columns, values, indents, heads = [], [], [], [], []
    end = entry.key_end
    for field in fields:
        gap = text[end : field.start]
        head = text[field.start : field.value_start]
        at = head.index("=")
        name = head[:at].rstrip()
        leads.append(gap)
        heads.append((head[len(name) : at], head[at + 1 :]))
        break_at = max(gap.rfind("\n"), gap.rfind("\r"))
        if break_at >= 0 and "\n" not in head and "\r" not in head:
            indent = len(gap) - break_at - 1
            indents.append(indent)
            columns.append(indent + at)
            values.append(indent + len(head))
        end = field.end
    # The first gap often differs ("@article{key, author = …" on one line): prefer the others.
    lead, leading_comma = _lead(Counter(leads[1:] or leads).most_common(1)[0][0])
    before, after = Counter(heads).most_common(1)[0][0]
    before, after = (" " if "\n" in side or "\r" in side else side for side in (before, after))
    names = {len(field.name) for field in fields}
    habits = replace(
        otherwise,
        lead=lead,
        leading_comma=leading_comma,
        before=before,
        after=after,
        equals_column=-1,
        value_column=-1,
        right_aligned=False,
        case=letter_case(text[field.start : field.start + len(field.name)] for field in fields),
    )
    if len(columns) > 1 and len(names) > 1 and habits.on_lines:
        varied = len({side[0] for side in heads}) > 1 or len(set(indents)) > 1
        if len(set(columns)) == 1 and varied:
            right = len(set(indents)) > 1
            habits = replace(habits, equals_column=columns[0], before=" ", right_aligned=right)
        elif len(set(values)) == 1 and len({side[1] for side in heads}) > 1:
            habits = replace(habits, value_column=values[0])
    elif habits.on_lines and otherwise.on_lines and len(names) == 1:
        # one field, or names of one length, show no column; the file's may agree with it
        if columns and otherwise.equals_column == columns[0]:
            habits = replace(habits, equals_column=columns[0], right_aligned=otherwise.right_aligned)
        elif values and otherwise.value_column == values[0]:
            habits = replace(habits, value_column=values[0])
    tail = text[fields[-1].end : entry.end - 1]
    trailing = "," in tail
    tail = tail.replace(",", "", 1)
    quotes, bare_numbers = _delimiters(fields, otherwise)
    return replace(
        habits,
        trailing_comma=trailing,
        tail=tail.lstrip(" \t") if "\n" in tail or "\r" in tail else tail,
        quotes=quotes,
        bare_numbers=bare_numbers,
    )


def _lead(gap: str) -> tuple[str, bool]:
    """What leads to a field's name, from the text between two fields; and whether a comma begins the line."""
    comma = gap.index(",")
    break_at = max(gap.rfind("\n"), gap.rfind("\r"))
    if break_at > comma:
        return gap[comma + 1 :].lstrip(" \t"), False
    return (gap.lstrip(" \t"), True) if break_at >= 0 else (gap[comma + 1 :], False)


def _delimiters(fields: Iterable[Field], otherwise: Habits) -> tuple[bool, bool]:
    quotes = braces = bare = wrapped = 0
    for field in fields:
        raw = field.raw
        quotes += raw[0] == '"'
        braces += raw[0] == "{"
        if raw.isdigit():
            bare += 1
        elif raw[1:-1].isdigit():
            wrapped += 1
    return (
        quotes > braces if quotes or braces else otherwise.quotes,
        bare > wrapped if bare or wrapped else otherwise.bare_numbers,
    )


class FileHabits:
    """The habits of a file, learnt from up to :data:`SAMPLE` of its entries."""

    def __init__(self, file: BibFile) -> None:
        self.file = file
        sound = (entry for entry in file.entries if not entry.broken)
        self.sample = list(islice(sound, SAMPLE))

    @cached_property
    def fields(self) -> Habits:
        """What most entries do."""
        default = Habits(lead=self.file.newline + "  ", tail=self.file.newline)
        seen = Counter(entry_habits(entry, default) for entry in self.sample if entry.fields)
        if not seen:
            return default
        return max(seen, key=lambda habits: seen[habits])

    @cached_property
    def types(self) -> str:
        """The letter case of entry types."""
        text = self.file.text
        return letter_case(text[entry.start + 1 : entry.start + 1 + len(entry.type)] for entry in self.sample)

    @cached_property
    def separator(self) -> str:
        """What stands between one entry and the next, line ends only."""
        text, newline = self.file.text, self.file.newline
        gaps: Counter[int] = Counter()
        for entry, following in zip(self.sample, self.sample[1:], strict=False):
            gap = text[entry.end : following.start]
            if gap and not gap.strip(" \t\r\n"):
                gaps[gap.count("\r" if newline == "\r" else "\n")] += 1
        return newline * max(1, gaps.most_common(1)[0][0] if gaps else 2)

    @cached_property
    def names(self) -> dict[str, str]:
        """How the file spells each field name, by the name in lower case."""
        text = self.file.text
        seen: dict[str, Counter[str]] = {}
        for entry in self.sample:
            for field in entry.fields:
                written = text[field.start : field.start + len(field.name)]
                seen.setdefault(field.name, Counter())[written] += 1
        return {name: written.most_common(1)[0][0] for name, written in seen.items()}

    @cached_property
    def ranks(self) -> dict[str, float]:
        """Where in an entry each field usually stands: 0 is first, 1 is last."""
        places: dict[str, list[float]] = {}
        for entry in self.sample:
            last = max(1, len(entry.fields) - 1)
            for index, field in enumerate(entry.fields):
                places.setdefault(field.name, []).append(index / last)
        return {name: sum(place) / len(place) for name, place in places.items()}

    def spell(self, name: str, habits: Habits) -> str:
        """A field name as this file would spell it."""
        if habits.case != self.fields.case:
            return habits.spell(name)
        return self.names.get(name) or habits.spell(name)

    @cached_property
    def string_form(self) -> tuple[str, str, str, bool]:
        """How ``@string`` is written: head, blanks around ``=``, closing, and whether in quotes."""
        known = self.file.strings
        if not known:
            return f"@{_cased('string', self.types)}{{", " = ", "}", self.fields.quotes
        text, last = self.file.text, known[-1]
        head = _STRING_HEAD.match(text, last.start)
        equals = _equals(text, last)
        lead = f"@{head[1]}{head[2]}" if head is not None else "@string{"
        return lead, equals, text[last.value_end : last.end], text[last.value_start] == '"'


def _equals(text: str, string: StringDefinition) -> str:
    name_end = string.value_start
    found = _EQUALS.search(text, string.start, name_end)
    return found[0] if found is not None and "\n" not in found[0] else " = "


def _cased(word: str, case: str) -> str:
    return Habits(case=case).spell(word)
