"""Two changed copies of a .bib file and what both began as, made one: by entries, and within an entry by fields.

This is what a merge driver of git does (``gitattributes``, "Defining a custom merge driver"). A change that only one
side made is taken; a change that both made is taken once. What both changed in different ways is a conflict: both
readings stand in the text between git's markers, around the field or, where that is not possible, around the entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import fold
from dl4es_bib.bib.nodes import Entry, Field, FreeText, StringDefinition

__all__ = ["Markers", "MergedText", "merged"]

_REST_OF_LINE: Final = re.compile(r"[ \t]*,?[ \t]*(?:\n|\Z)")
#: What a file has once, so that two changed copies of it contradict: the preamble; groups and settings of JabRef.
_ONE_OF_A_KIND: Final = re.compile(r"@preamble\b|@comment\s*\{\s*jabref-(?:meta|entrytype)\s*:\s*[\w-]+", re.IGNORECASE)
_BLANKS: Final = re.compile(r"\s*\Z")

Identity = tuple[str, str, int]
"""What a part is: its sort, its key or text, and the how-manieth of these it is."""


@dataclass(frozen=True, slots=True)
class Markers:
    """How a conflict is written.

    Attributes:
        size: characters of a marker; git says it as ``%L``.
    """

    size: int = 7

    def around(self, base: str, ours: str, theirs: str) -> str:
        """A conflict of whole lines."""
        texts = (("<", " ours", ours), ("|", " base", base), ("=", "", theirs))
        parts = [f"{mark * self.size}{label}\n{_ended(text)}" for mark, label, text in texts]
        return "".join(parts) + self.last + "\n"

    @property
    def first(self) -> str:
        """The line that begins a conflict."""
        return "<" * self.size + " ours"

    @property
    def last(self) -> str:
        """The line that ends a conflict."""
        return ">" * self.size + " theirs"


@dataclass(frozen=True, slots=True)
class MergedText:
    """What a merge gave.

    Attributes:
        text: the merged file, with markers where there are conflicts.
        conflicts: what is in conflict, such as ``ode2004: year``; empty when everything could be merged.
    """

    text: str
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a file that is merged as one, and the blanks after it."""

    identity: Identity
    text: str
    after: str


def merged(base: str, ours: str, theirs: str, markers: Markers | None = None) -> MergedText:
    """Merge two copies of a .bib file.

    Arguments:
        base: what both began as; empty when both added the file.
        ours: the copy whose line ends and, unless only the other side changed it, whose order is kept.
        theirs: the other copy.
        markers: how conflicts are written.
    """
    if theirs in (base, ours):
        return MergedText(ours)
    if ours == base:
        return MergedText(theirs)
    newline = parse(ours or theirs).newline
    mark = "\ufeff" if ours.startswith("\ufeff") else ""
    files = [parse(re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))) for text in (base, ours, theirs)]
    made = _Merge(files[0], files[1], files[2], markers or Markers()).text()
    text = made.text if newline == "\n" else made.text.replace("\n", newline)
    return MergedText(mark + text, made.conflicts)


class _Merge:
    """One merge; the files have ``\\n`` as line end."""

    def __init__(self, base: BibFile, ours: BibFile, theirs: BibFile, markers: Markers) -> None:
        self.markers = markers
        self.base = {part.identity: part for part in _parts(base)}
        own, other = ({part.identity: part for part in _parts(side)} for side in (ours, theirs))
        self.renamed = (_renamed(base, ours, own), _renamed(base, theirs, other))
        self.ours, self.theirs = _renamed_back(self.renamed[0], own), _renamed_back(self.renamed[1], other)
        self.conflicts: list[str] = []

    def text(self) -> MergedText:
        first, second = self._by_order()
        taken = [made for identity in _order(first, second) if (made := self._part(identity)) is not None]
        return MergedText("".join(self._joined(self._with_clashes(taken), first, second)), tuple(self.conflicts))

    def _with_clashes(self, taken: Sequence[_Part]) -> list[_Part]:
        """The parts; two entries that got one key, one on each side, are a conflict."""
        parts = {part.identity: part for part in taken}
        for key in {**self.renamed[0], **self.renamed[1]}:
            wanted = dict.fromkeys([key, *(names[key] for names in self.renamed if key in names)])
            found = [parts[identity] for name in wanted if (identity := ("entry", name, 1)) in parts]
            found = [part for part in found if (entry := _sound_entry(part.text)) and fold(entry.key) == key]
            if len(found) < 2:
                continue
            ours = [part for part in found if _has_key(self.ours.get(part.identity), key)]
            texts = ["\n".join(part.text for part in found if (part in ours) is is_ours) for is_ours in (True, False)]
            text = self.markers.around("", texts[0], texts[1]).removesuffix("\n")
            parts[found[0].identity] = _Part(found[0].identity, text, found[0].after)
            for part in found[1:]:
                del parts[part.identity]
            self.conflicts.append(f"{key}: two entries have this key")
        return list(parts.values())

    def _by_order(self) -> tuple[dict[Identity, _Part], dict[Identity, _Part]]:
        """The side whose order stands, and the other: the one that changed it, ours when both did."""
        shared = self.base.keys() & self.ours.keys() & self.theirs.keys()
        if [identity for identity in self.ours if identity in shared] == [
            identity for identity in self.base if identity in shared
        ]:
            return self.theirs, self.ours
        return self.ours, self.theirs

    def _part(self, identity: Identity) -> _Part | None:
        """What one part becomes; ``None`` when it goes."""
        base, ours, theirs = self.base.get(identity), self.ours.get(identity), self.theirs.get(identity)
        if _same(ours, theirs) or _same(theirs, base):
            return ours
        if _same(ours, base):
            return theirs
        texts = [part.text if part is not None else "" for part in (base, ours, theirs)]
        kept = ours or theirs
        assert kept is not None, "what no side has is the same on both"
        if ours is not None and theirs is not None and identity[0] == "entry":
            made = _merged_entry(texts[0], texts[1], texts[2], self.markers)
        else:
            made = MergedText(self.markers.around(texts[0], texts[1], texts[2]).removesuffix("\n"), ("",))
        self.conflicts += [f"{identity[1]}: {what}" if what else identity[1] for what in made.conflicts]
        return _Part(identity, made.text, kept.after)

    def _joined(
        self, taken: Sequence[_Part], first: Mapping[Identity, _Part], second: Mapping[Identity, _Part]
    ) -> Iterator[str]:
        """The parts with what stands between them; what was the last of a file and is no more gets a separator."""
        usual = Counter(part.after for side in (first, second) for part in list(side.values())[:-1])
        separator = next((after for after, _ in usual.most_common() if "\n" in after), "\n\n")
        ends = {part.identity: part.after for side in (second, first) for part in list(side.values())[-1:]}
        before = ""
        for number, part in enumerate(taken, start=1):
            after = (first.get(part.identity) or second.get(part.identity) or part).after
            ended = ends.get(part.identity)
            if number == len(taken):
                after = next(iter(ends.values())) if ended is None else ended
            elif ended is not None and len(after) < len(separator):
                after = separator
            if part.text.endswith("\n" + self.markers.last) and "\n" not in after:
                after = "\n" + after
            # A marker that does not begin its line is none to git, nor to an editor.
            follows_on = number > 1 and not before.endswith("\n") and part.text.startswith(self.markers.first + "\n")
            yield "\n" * follows_on + part.text + after
            before = after


def _order(first: Mapping[Identity, _Part], second: Mapping[Identity, _Part]) -> Iterator[Identity]:
    """The order of the first side; what only the second has stands behind what it stood behind there."""
    place: Identity | None = None
    behind: dict[Identity | None, list[Identity]] = {}
    for identity in second:
        if identity in first:
            place = identity
        else:
            behind.setdefault(place, []).append(identity)
    yield from behind.get(None, ())
    for identity in first:
        yield identity
        yield from behind.get(identity, ())


def _same(one: _Part | None, other: _Part | None) -> bool:
    return (one.text if one is not None else None) == (other.text if other is not None else None)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


# -- parts ---------------------------------------------------------------------------------------------------------


def _parts(file: BibFile) -> list[_Part]:
    """Everything in a file, each part with the blanks behind it."""
    texts: list[tuple[str, str, str]] = []
    for node in file.nodes:
        text = node.text
        if isinstance(node, FreeText):
            lead = text[: len(text) - len(text.lstrip())]
            if texts and lead:
                texts[-1] = (*texts[-1][:2], texts[-1][2] + lead)
                text = text[len(lead) :]
            texts += [("text", " ".join(piece.split()), piece) for piece in _paragraphs(text)]
        elif isinstance(node, Entry):
            texts.append(("entry", fold(node.key), text))
        elif isinstance(node, StringDefinition):
            texts.append(("string", node.name, text))
        elif (match := _ONE_OF_A_KIND.match(text)) is not None:
            texts.append(("text", " ".join(re.findall(r"[\w@-]+", match[0].lower())), text))
        else:
            texts.append(("text", " ".join(text.split()), text))
    seen: Counter[tuple[str, str]] = Counter()
    parts = []
    for sort, name, text in texts:
        seen[sort, name] += 1
        kept = _BLANKS.sub("", text)
        parts.append(_Part((sort, name, seen[sort, name]), kept, text[len(kept) :]))
    return parts


def _paragraphs(text: str) -> list[str]:
    """Free text cut behind its empty lines, so that a changed remark does not touch the one before it."""
    return [piece for piece in re.split(r"(?<=\n)(?=\n*[^\n])(?<=\n\n)", text) if piece]


def _renamed(base: BibFile, side: BibFile, parts: Mapping[Identity, _Part]) -> dict[str, str]:
    """New key → old key of the entries of a side that only got another key."""
    gone = [entry for entry in base.entries if ("entry", fold(entry.key), 1) not in parts and not entry.broken]
    old: dict[object, str] = {}
    for entry in gone:
        said = _said(entry)
        if not entry.pairs():
            continue
        old[said] = "" if said in old else fold(entry.key)
    if not gone:
        return {}
    known = {fold(entry.key) for entry in base.entries}
    before: dict[str, str] = {}
    for entry in side.entries:
        if fold(entry.key) not in known and not entry.broken and (key := old.pop(_said(entry), "")):
            before[fold(entry.key)] = key
    return before


def _renamed_back(before: Mapping[str, str], parts: Mapping[Identity, _Part]) -> dict[Identity, _Part]:
    """The parts of a side; an entry that only got another key keeps the identity that it had."""
    named: dict[Identity, _Part] = {}
    for (sort, name, number), part in parts.items():
        identity = (sort, before.get(name, name) if sort == "entry" and number == 1 else name, number)
        named[identity] = _Part(identity, part.text, part.after)
    return named


def _has_key(part: _Part | None, key: str) -> bool:
    entry = _sound_entry(part.text) if part is not None else None
    return entry is not None and fold(entry.key) == key


def _said(entry: Entry) -> object:
    """All that an entry says but its key; ``ids`` is where a renaming keeps the old one."""
    return entry.type, tuple((name, raw) for name, raw in entry.pairs() if fold(name) != "ids")


# -- one entry -----------------------------------------------------------------------------------------------------


def _merged_entry(base: str, ours: str, theirs: str, markers: Markers) -> MergedText:
    """An entry that both sides changed, or both added."""
    first, own, other = (_sound_entry(text) for text in (base, ours, theirs))
    if own is not None and other is not None and (first is not None or not base):
        key = _either(first.key if first is not None else None, own.key, other.key)
        kind = _either(first.type if first is not None else None, own.type, other.type)
        own = _sound_entry(_with_head(own, kind, key)) if key and kind else None
        made = _merged_fields(first, own, other, markers) if own is not None else None
        if made is not None:
            return made
    return MergedText(markers.around(base, ours, theirs).removesuffix("\n"), ("",))


def _sound_entry(text: str) -> Entry | None:
    """The one entry that a text is, if it can be read whole and no field is there twice."""
    nodes = parse(text).nodes
    entry = nodes[0] if len(nodes) == 1 else None
    if isinstance(entry, Entry) and not entry.broken and not any(field.repeated for field in entry.fields):
        return entry
    return None


def _either(base: str | None, ours: str, theirs: str) -> str | None:
    """What stands when one side at most changed it; ``None`` in a conflict."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else None


def _with_head(entry: Entry, kind: str, key: str) -> str:
    """The text of an entry (the only one in its file) with another type and key."""
    text = entry.text
    at = entry.text.lower().index(entry.type)
    head = (
        text[:at]
        + (text[at : at + len(kind)] if kind == entry.type else kind)
        + text[at + len(entry.type) : entry.key_start]
    )
    return head + key + text[entry.key_end :]


def _merged_fields(first: Entry | None, own: Entry, other: Entry, markers: Markers) -> MergedText | None:
    """The fields of our entry with what the other side did to them; ``None`` where no line can be put into markers."""
    before = {field.name: field for field in first.fields} if first is not None else {}
    theirs = {field.name: field for field in other.fields}
    text, spans, conflicts = own.text, list[tuple[int, int, str]](), list[str]()
    ours: dict[str, Field] = {}
    end = own.key_end
    for field in own.fields:
        ours[field.name] = field
        old, new = _raw(before.get(field.name)), _raw(theirs.get(field.name))
        said = _raw(field)
        if said == new or new == old:
            pass
        elif said == old:
            # As it stands there: a value of several lines keeps them.
            spans.append((field.value_start, field.end, theirs[field.name].raw) if new else (end, field.end, ""))
        else:
            line = _line_of(text, field)
            if line is None:
                return None
            start, stop = line
            put = [_put(text, line, field, value) for value in (before.get(field.name), theirs.get(field.name))]
            spans.append((start, stop, markers.around(put[0], text[start:stop], put[1])))
            conflicts.append(field.name)
        end = field.end
    place = own.key_end
    for field in other.fields:
        if field.name in ours:
            place = ours[field.name].end
        elif field.name not in before:
            spans.append((place, place, "," + _lead(field) + field.text))
        elif _raw(before[field.name]) != _raw(field):  # we removed what they changed
            return None
    return MergedText(_replaced(text, spans), tuple(conflicts)) if _apart(spans) else None


def _raw(field: Field | None) -> str:
    return " ".join(field.raw.split()) if field is not None else ""


def _lead(field: Field) -> str:
    """The blanks before a field: a line of its own where it has one."""
    text = field.source.text
    before = text[: field.start].rstrip(" \t\n")
    lead = text[len(before) : field.start]
    return lead[lead.rfind("\n") :] if "\n" in lead else " "


def _line_of(text: str, field: Field) -> tuple[int, int] | None:
    """Where the lines of a field begin and end, if nothing else stands on them."""
    start = text.rfind("\n", 0, field.start) + 1
    rest = _REST_OF_LINE.match(text, field.end)
    return (start, rest.end()) if start and not text[start : field.start].strip() and rest is not None else None


def _put(text: str, line: tuple[int, int], ours: Field, value: Field | None) -> str:
    """The lines of our field with the value of another side."""
    return text[line[0] : ours.value_start] + value.raw + text[ours.end : line[1]] if value is not None else ""


def _apart(spans: Sequence[tuple[int, int, str]]) -> bool:
    ordered = sorted(spans)
    return all(one[1] <= other[0] for one, other in pairwise(ordered))


def _replaced(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    pieces, end = list[str](), 0
    for start, stop, new in sorted(spans, key=lambda span: span[:2]):
        pieces += [text[end:start], new]
        end = stop
    return "".join((*pieces, text[end:]))
