"""Merging two copies of a lock: what each run found out stays, and only decisions can be in conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl4es_bib.library.store.lock_merge import merged_lock
from dl4es_bib.library.store.lockfile import Lock, LockEntry, RecordReference, format_lock, parse_lock
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source

BASE = LockEntry(
    identity=("doi:10.5555/fog",),
    sources=("list.md:3",),
    decision=Decision.CONFIRMED,
    record=RecordReference("crossref", "10.5555/fog", "Fog", "Kaya", 2011, 0.9),
    provenance={"title": Source("record", "crossref", "10.5555/fog", retrieved="2026-01-01")},
    written={"title": "Fog", "year": "2011"},
)


def lock(**entries: LockEntry) -> str:
    return format_lock(Lock(entries))


def test_entries_that_both_sides_add_side_by_side_are_both_there() -> None:
    made = merged_lock(lock(kaya=BASE), lock(kaya=BASE, kaya2=BASE), lock(kaya=BASE, kaya1=BASE))
    assert made.conflicts == ()
    assert made.text == lock(kaya=BASE, kaya1=BASE, kaya2=BASE)


def test_different_facts_of_one_entry_go_together() -> None:
    ours = replace(BASE, sources=("list.md:3", "list.md:9"), written={"title": "Fog", "year": "2012"})
    theirs = replace(
        BASE, sources=("other.md:1",), written={"title": "Mist", "year": "2011"}, reasons=("title agrees",)
    )
    made = merged_lock(lock(kaya=BASE), lock(kaya=ours), lock(kaya=theirs))
    entry = parse_lock(made.text, "x.lock").entries["kaya"]
    assert made.conflicts == ()
    assert entry.sources == ("list.md:9", "other.md:1")
    assert entry.written == {"title": "Mist", "year": "2012"}
    assert entry.reasons == ("title agrees",)


def test_a_record_that_both_asked_again_has_the_later_time() -> None:
    def asked(time: str) -> LockEntry:
        return replace(BASE, provenance={"title": Source("record", "crossref", "10.5555/fog", retrieved=time)})

    made = merged_lock(lock(kaya=BASE), lock(kaya=asked("2026-02-02")), lock(kaya=asked("2026-03-03")))
    assert (made.conflicts, made.text) == ((), lock(kaya=asked("2026-03-03")))


def test_two_decisions_are_a_conflict_around_that_entry_alone() -> None:
    ours = replace(BASE, decision=Decision.NEEDS_REVIEW)
    theirs = replace(BASE, decision=Decision.NOT_FOUND)
    made = merged_lock(lock(a=BASE, kaya=BASE), lock(a=BASE, kaya=ours), lock(a=BASE, kaya=theirs))
    assert made.conflicts == ("kaya: decision",)
    assert made.text.startswith(lock(a=BASE) + "\n<<<<<<< ours\n")
    with pytest.raises(UsageError, match="merge conflict"):
        parse_lock(made.text, "x.lock")


def test_an_entry_that_one_side_removed_and_the_other_changed_is_kept() -> None:
    changed = replace(BASE, sources=("list.md:7",))
    assert merged_lock(lock(kaya=BASE), lock(), lock(kaya=changed)).text == lock(kaya=changed)
    assert merged_lock(lock(kaya=BASE), lock(), lock(kaya=BASE)).text == lock()
