"""Which entry of a library a wanted work is.

An identifier that stands in an entry is a claim: the entry is taken for the work only when what it says fits the
record. Where it does not, that is a finding with both sides, and the work gets an entry of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dl4es_bib.bib.file import Entry
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.library.library import Library
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.works.difference import differences
from dl4es_bib.works.same import compare, fits

__all__ = ["Match", "contradicted_claim", "matches"]

State = Literal["entry", "new", "removed", "joins"]


@dataclass(frozen=True, slots=True)
class Match:
    """What a wanted work is in the library.

    Attributes:
        state: it has an entry, gets a new one, was removed by the user, or joins an earlier wanted work.
        key: the key of its entry, of the one that was removed, or the key that a lost entry had; else ``""``.
        joined: for *joins*, the index of the earlier work.
        findings: what was noticed.
    """

    state: State
    key: str = ""
    joined: int = -1
    findings: tuple[Finding, ...] = ()


def matches(library: Library, wanted: Sequence[Wanted], dialect: Dialect) -> tuple[Match, ...]:
    """One match for each work, in order."""
    found: list[Match] = []
    placed: dict[str, int] = {}
    holders: dict[str, int] = {}
    for index, work in enumerate(wanted):
        earlier = next((placed[one] for one in work.identity if one in placed), -1)
        if earlier >= 0:
            match = _joining(library, wanted, found, earlier, work, dialect)
        else:
            match = _match(library, work, holders, wanted)
        if match.state == "entry" and match.key in holders:
            match = Match("joins", match.key, holders[match.key], match.findings)
        elif match.state == "entry":
            holders[match.key] = index
        found.append(match)
        for identity in work.identity:
            placed.setdefault(identity, match.joined if match.state == "joins" else index)
    return tuple(found)


def contradicted_claim(key: str, claim: str, said: Work, record: Work, span: Span | None) -> Finding:
    """An identifier in an entry leads to a record that is another work: both sides, in words."""
    sides = [
        f"{difference.variable} {_shown(difference.said)!r}, the record {_shown(difference.record)!r}"
        for difference in differences(said, record)[:3]
    ]
    says = f"; the entry says {'; '.join(sides)}" if sides else ""
    return Finding(
        "identifier-of-another-work",
        f"{key}: {claim} is the identifier of another work{says}. The entry was left as it is.",
        Span(span.file, span.line) if span is not None else None,
        "Correct the identifier, or the fields.",
    )


def _joining(
    library: Library, wanted: Sequence[Wanted], found: Sequence[Match], earlier: int, work: Wanted, dialect: Dialect
) -> Match:
    """The match of what shares an identity with an earlier work.

    Two keys of one work become one entry with the second key in ``ids``. Where both are there already, and for classic
    BibTeX, which knows no ``ids``, both stay: whatever is cited must be found.
    """
    first = wanted[earlier]
    own_key = work.preferred_key
    if own_key and first.preferred_key and own_key.lower() != first.preferred_key.lower():
        held = library.bibfile.get(own_key)
        twice = Finding(
            "same-work-twice",
            f"{first.preferred_key} and {own_key} are one work; both entries stay.",
            work.sources[0] if work.sources else None,
            f"To have one, run 'dl4es-bib dedupe --merge {first.preferred_key} {own_key}'.",
            "note",
        )
        if held is not None and held.key.lower() != found[earlier].key.lower() and library.may_be(own_key, work.work):
            return Match("entry", held.key, findings=(twice,))
        if held is None and dialect == "bibtex" and library.bibfile.find(own_key) is None:
            known = library.key_in_lock(work.identity[:1], work.work)
            state: State = "removed" if known and library.bibfile.entries else "new"
            return Match(state, known, findings=(twice,))
    return Match("joins", found[earlier].key, earlier)


def _match(library: Library, work: Wanted, holders: Mapping[str, int], wanted: Sequence[Wanted]) -> Match:
    has_record = work.has_record and not work.is_decided
    fitting, findings = list[Entry](), list[Finding]()
    for claimant in library.claiming(work.identity):
        if not has_record or _is_ours(library, claimant, work) or fits(library.work(claimant), work.work):
            fitting.append(claimant)
        else:
            claim, said = _claim(library, claimant, work), library.work(claimant)
            span = Span(*library.bibfile.place_of(claimant))
            findings.append(contradicted_claim(claimant.key, claim, said, work.work, span))
    known = library.key_in_lock(work.identity, work.work, trusted=not has_record)
    entry = library.bibfile.get(known) if known else None
    preferred = library.bibfile.get(work.preferred_key) if work.preferred_key else None
    if entry is None:
        free = [one for one in fitting if _is_free(one, work, holders, wanted)]
        free = free or [
            look_alike for look_alike in library.look_alikes(work.work) if _is_free(look_alike, work, holders, wanted)
        ]
        entry = preferred if preferred in free else free[0] if free else None
    if entry is None and preferred is not None:
        # The text cites this key: it means this entry, unless the two cannot be one work. Where the user says which
        # record it is, the entry is known by what it says.
        meant = work.said if work.is_decided and work.said is not None else work.work
        if library.may_be(work.preferred_key, meant) and _is_free(preferred, work, holders, wanted):
            entry = preferred
        elif not known:
            findings.append(_key_taken(library, work))
    if entry is not None:
        return Match("entry", entry.key, findings=tuple(findings))
    # Known to the lock, gone from the file: the user removed it. A file without any entry is a lost one.
    removed = bool(known) and bool(library.bibfile.entries)
    return Match("removed" if removed else "new", known, findings=tuple(findings))


def _is_free(entry: Entry, work: Wanted, holders: Mapping[str, int], wanted: Sequence[Wanted]) -> bool:
    """Whether an entry is not that of another work already; an entry that says little is like many."""
    holder = holders.get(entry.key)
    return holder is None or compare(wanted[holder].work, work.work).kind == "same"


def _is_ours(library: Library, entry: Entry, work: Wanted) -> bool:
    known = library.lock_entry(entry.key)
    return known is not None and not known.adopted and not set(known.identity).isdisjoint(work.identity)


def _claim(library: Library, entry: Entry, work: Wanted) -> str:
    for identity in work.identity:
        if entry in library.claiming((identity,)):
            kind, _, value = identity.partition(":")
            return f"{ {'doi': 'DOI', 'arxiv': 'arXiv', 'url': 'the address'}.get(kind, kind) } {value}"
    return "its identifier"


def _shown(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _key_taken(library: Library, work: Wanted) -> Finding:
    return Finding(
        "key-taken",
        f"The key {work.preferred_key} that the text uses belongs to another work in "
        f"{library.bibfile.name}; the new entry gets another key.",
        work.sources[0] if work.sources else None,
        "Give one of the two another key.",
    )
