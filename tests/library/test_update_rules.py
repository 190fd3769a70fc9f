"""What an update remembers in the lock."""

from __future__ import annotations

from dl4es_bib.bib.file import parse
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock, RecordReference
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work


def wanted(title: str, line: int, source: Source, volume: str = "12") -> Wanted:
    work = Work.of("article-journal", {"title": title, "volume": volume}, source)
    decision = "confirmed" if source.kind == "record" else "not-found"
    return Wanted(work, (f"text:{title}",), decision, sources=(Span("list.md", line),))


TIDES = wanted("Tides of old", 3, Source("record", "index", "10.5555/tides"))
FLOES = wanted("Floes of new", 5, Source("record", "index", "10.5555/floes"))


def both() -> Update:
    return update(Library(parse(""), Lock()), [TIDES, FLOES])


def test_what_no_document_cites_any_more_has_no_place() -> None:
    before = both()
    after = update(Library(before.bibfile, before.lock), [FLOES])
    assert after.lock.entries[before.keys[0]].sources == ()
    assert after.lock.entries[before.keys[1]].sources == ("list.md:5",)


def test_adding_one_work_leaves_the_places_of_the_others() -> None:
    before = both()
    after = update(Library(before.bibfile, before.lock), [FLOES], whole=False)
    assert after.lock.entries[before.keys[0]].sources == ("list.md:3",)


def test_a_value_that_only_another_text_says_does_not_stand_against_an_edit() -> None:
    said = wanted("Tides of old", 3, Source("text"))
    before = update(Library(parse(""), Lock()), [said])
    edited = parse(before.bibfile.text.replace("{12}", "{13}"))
    by_text = update(Library(edited, before.lock), [said])
    assert by_text.lock.entries[before.keys[0]].differs == {}
    by_record = update(Library(edited, before.lock), [TIDES])
    assert by_record.lock.entries[before.keys[0]].differs == {"volume": "12"}


def test_an_edit_of_a_field_that_was_added_to_ones_own_entry_is_known_as_an_edit() -> None:
    own = parse("@article{mine,\n  title = {Tides of old},\n  doi = {10.5555/tides},\n}\n")
    record = RecordReference("index", "10.5555/tides")
    identity = ("doi:10.5555/tides",)
    known = Wanted(TIDES.work, identity, Decision.CONFIRMED, sources=TIDES.sources, record=record)
    filled = update(Library(own, Lock()), [known])
    assert "volume = {12}" in filled.bibfile.text
    edited = parse(filled.bibfile.text.replace("{12}", "{13}"))
    again = update(Library(edited, filled.lock), [known])
    assert "volume = {13}" in again.bibfile.text
    assert [finding.code for finding in again.findings] == ["edited-by-hand"]
    assert again.lock.entries["mine"].differs == {"volume": "12"}
