"""Items and outcomes → the works that the library should hold.

A confirmed item is its record, completed by the text; any other is what the text says, marked. What two items cite is
one work when they share an identity, were confirmed with one record, or are the same by what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from dl4es_bib.bib.edits import Bare
from dl4es_bib.bib.grammar import MONTHS
from dl4es_bib.formats.bibtex.fields import variable_of
from dl4es_bib.library.matching import contradicted_claim
from dl4es_bib.library.store.files import load_lock
from dl4es_bib.library.store.lock import LockEntry, RecordReference
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.document import Entry
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import RECORDED, Identifier
from dl4es_bib.model.outcome import Candidate, Confirmed, Decision, NeedsReview, NotChecked, NotFound, Outcome
from dl4es_bib.model.work import Work
from dl4es_bib.read.bibtex import text_of_entry
from dl4es_bib.tasks.cited import Cited, text_digest, text_identity
from dl4es_bib.tasks.project import Places
from dl4es_bib.works.same import compare, fits, likeness
from dl4es_bib.works.texts import texts_differ

#: Look-alikes with which a work is compared at most.
_MAX_LOOK_ALIKES: Final = 50


def without_completions(cited: Sequence[Cited], places: Places) -> tuple[Cited, ...]:
    """What a library itself cites, without what earlier runs completed in it.

    A library may be its own source. A DOI that a run filled in is no evidence for the record that it came from: what
    the user wrote is decided upon, so that a second run decides as the first.

    Arguments:
        places: where the library and its lock are; sources are named from their folder.
    """
    names = {item.span.file for item in cited if item.entry is not None}
    libraries = {path.resolve() for path in places.libraries}
    own = {name for name in names if libraries & {(places.base / name).resolve(), Path(name).resolve()}}
    if not own:
        return tuple(cited)
    locks = [load_lock(path).entries for path in dict.fromkeys((places.lock, *(file.lock for file in places.further)))]
    # An entry without a key cannot be found again; a copy of it would come with every run.
    cited = [item for item in cited if item.span.file not in own or item.entry is None or item.entry.key]
    known = {key: entry for lock in reversed(locks) for key, entry in lock.items()}
    return tuple(
        _as_written(item, entry)
        if item.span.file in own and (entry := known.get(item.citation_key)) is not None and entry.adopted
        else item
        for item in cited
    )


def _as_written(item: Cited, known: LockEntry) -> Cited:
    """An item without the fields that a run filled in and nobody has changed since."""
    assert item.entry is not None
    ours = {**known.written, **known.pending}
    kept = [pair for pair in item.entry.fields if ours.get(pair[0].lower()) != pair[1]]
    if len(kept) == len(item.entry.fields) or not any(name.lower() == "title" for name, _ in kept):
        return item
    still = {variable_of(name.lower(), item.work) for name, _ in kept}
    before = {variable_of(name.lower(), item.work) for name, _ in item.entry.fields}
    fields = {name: held for name, held in item.work.fields.items() if name not in before - still}
    work = replace(item.work, fields=fields)
    dropped = set(item.work.identifiers) - set(work.identifiers)
    return replace(
        item,
        work=work,
        entry=replace(item.entry, work=work, fields=tuple(kept)),
        identifiers=tuple(found for found in item.identifiers if found.identifier not in dropped),
        text=text_of_entry(work),
    )


def wanted_of(
    cited: Sequence[Cited], outcomes: Mapping[str, Outcome], decided: Mapping[str, str]
) -> tuple[tuple[Wanted, ...], dict[str, int]]:
    """The works to bring into the library, and for each cited id the index of its work.

    Arguments:
        cited: as :func:`cited_in` gives it.
        outcomes: by id; an id without outcome had nothing to look up.
        decided: id → the reason, for those the user decided.

    What two items cite is one work when they share an identity, or were confirmed with one record.
    """
    wanted: list[Wanted] = []
    place: dict[str, int] = {}
    said: list[Work] = []
    texts: list[str] = []
    known: dict[str, int] = {}
    likes: dict[tuple[str, str], list[int]] = {}
    for item in cited:
        made = _wanted(item, outcomes.get(item.id), decided.get(item.id, ""), place)
        own_key = f"key:{item.citation_key}"
        if item.citation_key and own_key in known and not _one_work(said[known[own_key]], item.work):
            # One key for two works: the second is known by its text, and gets another key.
            made = replace(made, identity=(text_identity(item), *(one for one in made.identity if one != own_key)))
        sign = likeness(made.work) if item.is_work and not item.citation_key else None
        index = _index_of(made, item, wanted, known)
        if index < 0 and sign:
            alike = (
                earlier
                for earlier in likes.get(sign, ())[:_MAX_LOOK_ALIKES]
                if _is_same(wanted[earlier], made) and not texts_differ(texts[earlier], item.text)
            )
            index = next(alike, -1)
        if index < 0:
            index = len(wanted)
            wanted.append(made)
            said.append(item.work)
            texts.append(item.text)
            if sign:
                likes.setdefault(sign, []).append(index)
        else:
            wanted[index] = _joined(wanted[index], made)
        place[item.id] = index
        for identity in made.identity:
            known.setdefault(identity, index)
    return tuple(wanted), place


def _index_of(made: Wanted, item: Cited, wanted: Sequence[Wanted], known: Mapping[str, int]) -> int:
    """The index of the work that shares an identity, or -1. Two keys of one work stay two: the library decides whether
    both have entries there."""
    for identity in made.identity:
        index = known.get(identity, -1)
        if index >= 0:
            theirs = wanted[index].preferred_key
            if not (item.citation_key and theirs and theirs != item.citation_key):
                return index
    return -1


def _is_same(first: Wanted, second: Wanted) -> bool:
    return compare(first.work, second.work).kind == "same"


def _one_work(first: Work, second: Work) -> bool:
    """Whether what stands twice under one key can be one work."""
    return compare(first, second).kind in {"same", "linked"} or fits(first, second)


def _wanted(item: Cited, outcome: Outcome | None, decided: str, place: Mapping[str, int]) -> Wanted:
    base = Wanted(
        item.work,
        item.identity,
        Decision.LINK,
        item.citation_key,
        (item.span,),
        belongs_to=place.get(item.belongs_to) if item.belongs_to else None,
        role=item.role,
        is_decided=bool(decided),
        digest_of=partial(text_digest, item),
        said=item.work if item.entry is not None else None,
        own_fields=_own_fields(item.entry),
    )
    if isinstance(outcome, Confirmed):
        record = outcome.candidate.work
        identity = (*item.identity, *(f"{one.kind}:{one.value}" for one in _main(record.identifiers)))
        return replace(
            base,
            work=completed(record, item.work),
            identity=identity,
            decision=outcome.name,
            record=record_reference(outcome.candidate),
            reasons=(decided,) if decided else _reasons(outcome),
        )
    if outcome is None or (not item.is_work and isinstance(outcome, NotChecked | NotFound) and _only_guesses(item)):
        return base
    candidates = outcome.candidates if isinstance(outcome, NeedsReview) else ()
    return replace(
        base,
        decision=outcome.name,
        # Who did not answer today is no fact about the work; it is said in the run and not kept.
        reasons=() if isinstance(outcome, NotChecked) else outcome.reasons,
        candidates=tuple(record_reference(candidate) for candidate in candidates),
        findings=tuple(_contradicted(item, candidates)),
    )


def _contradicted(item: Cited, candidates: Sequence[Candidate]) -> Iterator[Finding]:
    """An identifier that the user's entry gives and whose record is another work."""
    if item.entry is None:
        return
    for candidate in candidates:
        if candidate.asked_by == "identifier" and not fits(item.work, candidate.work):
            doi, arxiv = candidate.work.text("DOI").lower(), candidate.work.text("arxiv")
            claim = f"DOI {doi}" if doi else f"arXiv {arxiv}"
            key = item.citation_key or "The entry"
            yield contradicted_claim(key, claim, item.work, candidate.work, item.span)


def _own_fields(entry: Entry | None) -> dict[str, str]:
    """The fields of a .bib entry; a month stays a macro, other macros may be unknown where it goes."""
    fields = entry.fields if entry is not None else ()
    own: dict[str, str] = {}
    for name, value in fields:
        is_month = name.lower() == "month" and value.lower() in MONTHS
        own.setdefault(name.lower(), Bare(value) if is_month else value)
    return own


def completed(record: Work, text: Work) -> Work:
    """A record with what only the text says added.

    The text's address is left out where the record has a DOI, which says the same and lasts longer; its type,
    names and numbers never replace the record's.
    """
    skipped = {"URL", "DOI", "note"} if record.doi else {"note"}
    if record.text("article-number") or record.text("page"):
        # One of the two locates the work; the text's other spelling of it would contradict.
        skipped |= {"article-number", "page"}
    if record.names("editor") and not record.names("author"):
        # A list that calls an edited book's editors its authors is corrected, not doubled.
        skipped.add("author")
    fields = {name: held for name, held in text.fields.items() if name not in skipped}
    made = record.enriched(Work(text.type, fields))
    return replace(made, et_al=record.et_al or (text.et_al and not record.names("author")))


def _joined(first: Wanted, second: Wanted) -> Wanted:
    stronger = second if second.decision.strength > first.decision.strength == Decision.LINK.strength else first
    stronger = second if second.decision is Decision.CONFIRMED is not first.decision else stronger
    sources = dict.fromkeys((*first.sources, *second.sources))
    return replace(
        stronger,
        identity=tuple(dict.fromkeys((*first.identity, *second.identity))),
        preferred_key=first.preferred_key or second.preferred_key,
        sources=tuple(sources),
        belongs_to=first.belongs_to if first.belongs_to is not None else second.belongs_to,
        said=first.said or second.said,
        own_fields={**second.own_fields, **first.own_fields},
        findings=tuple(dict.fromkeys((*first.findings, *second.findings))),
    )


def _main(identifiers: Sequence[Identifier]) -> list[Identifier]:
    return [identifier for identifier in identifiers if identifier.kind in {"doi", "arxiv"}]


def _only_guesses(one: Cited) -> bool:
    return all(i.is_guess or i.identifier.kind not in RECORDED for i in one.identifiers)


def _reasons(outcome: Confirmed) -> tuple[str, ...]:
    return outcome.reasons or tuple(
        one.reason for one in outcome.candidate.evidence if one.verdict in {"agrees", "close"}
    )


def record_reference(candidate: Candidate) -> RecordReference:
    """A record as the lock names it."""
    work = candidate.work
    people = work.names("author") or work.names("editor")
    who = people[0].surname + (" et al." if len(people) > 1 else "") if people else ""
    identifier = work.text("DOI") or work.text("arxiv")
    return RecordReference(candidate.provider, identifier, work.title, who, work.year, candidate.score)
