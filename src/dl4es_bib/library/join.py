"""Two entries into one, field by field, and a preprint tied to its published form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from dl4es_bib.bib.edits import Bare, Edits, edit
from dl4es_bib.bib.file import BibFile, Entry, Field
from dl4es_bib.bib.grammar import fold, keys_in, squeeze
from dl4es_bib.formats.bibtex.fields import other_spelling, said_otherwise
from dl4es_bib.library.keys.rename import entry_to_change, renamed_lock
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import MARKS

__all__ = ["Joined", "Unreadable", "join", "link", "said_otherwise", "value_of"]

#: Fields of which both values are kept, and what goes between them.
_BOTH_KEPT: Final = {
    "keywords": ", ", "file": ";", "note": ". ", "annote": " ", "annotation": " ", "comment": " ", "groups": ", ",
    "mendeley-groups": ",", "mendeley-tags": ",",
}  # fmt: skip
#: Those of them that are lists.
_LISTS: Final = frozenset(("keywords", "groups", "mendeley-groups", "mendeley-tags"))

Kept = TypeVar("Kept")


class Unreadable(UsageError):
    """An entry with bytes that are no text in the encoding of its file: what is made of it would lose them."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of two entries.

    Attributes:
        bibfile, lock: the library afterwards.
        filled: fields that the entry which stays got from the other.
        differing: field, the value that stays, the value that went.
    """

    bibfile: BibFile
    lock: Lock
    filled: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...]


def join(library: Library, keep: str, other: str, *, keep_old: bool) -> Joined:
    """One entry of two: ``keep`` with all that only ``other`` says; ``other`` goes.

    Where both speak, ``keep`` stands, and the difference is told. Keywords, files and notes of both stay. What
    names ``other`` in fields names ``keep`` from then on.

    Arguments:
        keep_old: write the old key into biblatex's ``ids``, so that documents may go on citing it.

    Raises:
        UsageError: there is no such entry, it is broken, or both are one.
        Unreadable: one of them has bytes that cannot be read.
    """
    bibfile = library.bibfile
    staying, going = entry_to_change(bibfile, keep), entry_to_change(bibfile, other)
    if staying is going:
        raise UsageError(f"{keep} and {other} are one entry already.")
    for entry in (staying, going):
        if not entry.readable:
            raise Unreadable(
                "{}:{}: the entry ".format(*bibfile.place_of(entry))
                + f"{entry.key} has bytes that are not UTF-8, which "
                "a merge would lose. Type them anew, then merge."
            )
    edits = edit(bibfile)
    current = staying.values()
    filled, differing = list[str](), list[tuple[str, str, str]]()
    if staying.type != going.type:
        differing.append(("type", staying.type, going.type))
    for field in going.fields:
        name = field.name
        if name == "ids" or not field.value:
            continue
        if field.repeated:
            # BibTeX uses the first only; what the others say is told, for it goes.
            if _plain(field.value) not in (_plain(current.get(name, "")), _plain(going.values().get(name, ""))):
                differing.append((name, current.get(name, ""), field.value))
        elif name in _BOTH_KEPT and current.get(name):
            whole = _together(name, current[name], field.value)
            if whole != current[name]:
                edits.set_field(staying.key, name, whole)
                filled.append(name)
        elif current.get(name):
            if _plain(current[name]) != _plain(field.value):
                differing.append((name, current[name], field.value))
        elif not said_otherwise(name, current):
            edits.set_field(staying.key, name, _moved(field, staying))
            filled.append(name)
        else:
            said = current[other_spelling(name, current)]
            if _plain(said) != _plain(field.value):
                differing.append((name, said, field.value))
    _redirect(bibfile, edits, staying, going)
    if keep_old:
        ids = {fold(one): one for one in (*_ids(staying), *_ids(going), going.key) if fold(one) != fold(staying.key)}
        edits.set_field(staying.key, "ids", ", ".join(ids.values()))
    edits.remove_entry(going.key)
    after = edits.apply()
    return Joined(after, _joined_lock(library.lock, staying.key, going.key, filled), tuple(filled), tuple(differing))


def link(bibfile: BibFile, published: str, preprint: str, *, biblatex: bool) -> BibFile:
    """The library with the published form pointing to its preprint; nothing else changes."""
    entry, target = entry_to_change(bibfile, published), entry_to_change(bibfile, preprint)
    related = keys_in(entry.values().get("related", ""))
    if target.key in related:
        return bibfile
    edits = edit(bibfile).set_field(entry.key, "related", ", ".join((*related, target.key)))
    if biblatex and not related and entry.get("relatedstring") is None:
        edits.set_field(entry.key, "relatedstring", "Preprint")
    return edits.apply()


def value_of(field: Field) -> str:
    """A field's value as an edit takes it: macros and ``#`` stay what they are."""
    raw = field.raw
    if raw[0] in '{"' and "#" not in raw:
        return field.value
    if raw.isdecimal():
        return raw
    parts = list(field.source.parts(field.value_start, field.end))
    if len(parts) == 1 and parts[0][0] == "text":
        return field.value
    return Bare(squeeze(raw))


def _moved(field: Field, entry: Entry) -> str:
    """A field's value for another entry: a macro that is not known there, or means something else, as its text."""
    value, source = value_of(field), field.source
    macros = [(fold(word), at) for kind, word, at in source.parts(field.value_start, field.end) if kind == "macro"]
    known = all(source.macro(name, at) == entry.source.macro(name, entry.start) for name, at in macros)
    return value if known or not isinstance(value, Bare) else field.value


def _ids(entry: Entry) -> list[str]:
    return keys_in(entry.values().get("ids", ""))


def _plain(value: str) -> str:
    return "".join(char for char in value.casefold() if char.isalnum())


def _together(name: str, ours: str, theirs: str) -> str:
    if name in _LISTS:
        own = [part.strip() for part in ours.split(",")]
        new = [part.strip() for part in theirs.split(",")]
        more = [one for one in new if one and one not in own and one not in MARKS]
        return _BOTH_KEPT[name].join((*own, *more)) if more else ours
    return ours if _plain(theirs) in _plain(ours) else ours + _BOTH_KEPT[name] + theirs


def _redirect(bibfile: BibFile, edits: Edits, staying: Entry, going: Entry) -> None:
    """Let what names the entry that goes name the one that stays; an entry does not name itself."""
    for entry, field in bibfile.links.get(fold(going.key), ()):
        if entry.broken or entry is going:
            continue
        keys = {fold(key): key for key in keys_in(field.value)}
        keys = {fold(staying.key if key == fold(going.key) else key): one for key, one in keys.items()}
        names = [staying.key if fold(one) == fold(going.key) else one for one in keys.values()]
        names = [name for name in names if entry is not staying or fold(name) != fold(staying.key)]
        if names:
            edits.set_field(entry.key, field.name, ", ".join(names))
        else:
            edits.remove_field(entry.key, field.name)


def _joined_lock(lock: Lock, keep: str, other: str, filled: list[str]) -> Lock:
    ours, theirs = lock.entries.get(keep), lock.entries.get(other)
    entries = {key: entry for key, entry in lock.entries.items() if key not in {keep, other}}
    if theirs is None:
        made = ours
    elif ours is None:
        # The entry that stays is the user's own: a run has written none of its fields.
        made = replace(theirs, type="", written=_only(theirs.written, filled), differs={}, adopted=True)
    else:
        stronger = theirs if theirs.decision.strength > ours.decision.strength else ours
        made = LockEntry(
            identity=tuple(dict.fromkeys((*ours.identity, *theirs.identity))),
            sources=tuple(dict.fromkeys((*ours.sources, *theirs.sources))),
            decision=stronger.decision,
            record=stronger.record,
            reasons=stronger.reasons,
            candidates=stronger.candidates,
            # Both are one work: what was decided of either holds for what they are together.
            decided=ours.decided or theirs.decided,
            provenance={**_only(theirs.provenance, filled), **ours.provenance},
            type=ours.type,
            written={**_only(theirs.written, filled), **ours.written},
            differs=ours.differs,
            adopted=ours.adopted,
        )
    if made is not None:
        entries[keep] = made
    return renamed_lock(Lock(entries), {other: keep})


def _only(values: Mapping[str, Kept], names: list[str]) -> dict[str, Kept]:
    return {name: value for name, value in values.items() if name in names and name not in _BOTH_KEPT}
