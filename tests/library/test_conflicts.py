"""The user's values that stand against a record, and taking the record's this once."""

from __future__ import annotations

from dl4es_bib.bib.file import parse
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.library.conflicts import Conflict, conflicts
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock, format_lock, parse_lock
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

TIDES = Wanted(
    Work.of(
        "article-journal",
        {
            "title": "On the tides of old",
            "author": (Name("Ode", "Ann"),),
            "issued": PartialDate(2004),
            "container-title": "Sea Letters",
            "volume": "12",
            "DOI": "10.5555/tides",
        },
        Source("record", "index", "10.5555/tides"),
    ),
    ("doi:10.5555/tides",),
    "confirmed",
)


def bring(text: str, lock: Lock | None = None, *take: str, dialect: Dialect = "biblatex") -> Update:
    return update(Library(parse(text, "references.bib"), lock or Lock()), [TIDES], dialect, take=take)


def standing(done: Update) -> list[tuple[str, str, str, str]]:
    found = conflicts(Library(done.bibfile, done.lock))
    return sorted((one.field, one.value, one.record, one.reason) for one in found)


def test_edited_removed_and_own_values_stand_and_are_known() -> None:
    first = bring("")
    edited = first.bibfile.text.replace("{2004}", "{2005}").replace("  volume = {12},\n", "")
    done = bring(edited, first.lock)
    assert standing(done) == [("date", "2005", "2004", "edited"), ("volume", "", "12", "removed")]
    mine = bring("@article{mine, title = {My Tides}, doi = {10.5555/tides}}\n\n")
    assert conflicts(Library(mine.bibfile, mine.lock)) == (
        Conflict("mine", "title", "My Tides", "On the tides of old", "own", 1, "references.bib"),
    )


def test_the_lock_remembers_what_the_record_says() -> None:
    first = bring("")
    done = bring(first.bibfile.text.replace("{2004}", "{2005}"), first.lock)
    assert parse_lock(format_lock(done.lock), "x") == done.lock
    assert done.lock.entries["ode2004tides"].differs == {"date": "2004"}


def test_what_agrees_by_now_is_no_conflict() -> None:
    first = bring("")
    done = bring(first.bibfile.text.replace("{2004}", "{2005}"), first.lock)
    back = Library(parse(first.bibfile.text), done.lock)
    assert conflicts(back) == ()


def test_taking_a_field_takes_it_alone_and_once() -> None:
    first = bring("")
    edited = first.bibfile.text.replace("{2004}", "{2005}").replace("{12}", "{13}")
    done = bring(edited, first.lock, "Date")
    assert done.bibfile.text == first.bibfile.text.replace("{12}", "{13}")
    assert standing(done) == [("volume", "13", "12", "edited")]
    again = bring(done.bibfile.text.replace("{2004}", "{2006}"), done.lock)
    assert ("date", "2006", "2004", "edited") in standing(again)


def test_taking_a_removed_field_brings_it_back() -> None:
    first = bring("")
    edited = first.bibfile.text.replace("  volume = {12},\n", "")
    values = bring(edited, first.lock, "volume").bibfile.entries[0].values()
    assert values["volume"] == "12"


def test_a_field_of_the_users_own_entry_is_taken_under_the_name_it_has_there() -> None:
    text = "@article{mine,\n  title = {My Tides},\n  year = {2003},\n  journal = {Sea},\n  doi = {10.5555/tides},\n}\n"
    done = bring(text, None, "year", "journal")
    assert "year = {2004}" in done.bibfile.text
    assert "journal = {Sea Letters}" in done.bibfile.text
    assert "title = {My Tides}" in done.bibfile.text
    assert "date =" not in done.bibfile.text
    classic = bring(text.replace("journal =", "journaltitle ="), None, "journaltitle", dialect="bibtex")
    assert "journaltitle = {Sea Letters}" in classic.bibfile.text


def test_works_that_are_added_leave_what_is_known_of_others() -> None:
    first = bring("")
    other = Wanted(Work.of("book", {"title": "Salt of the sea"}, Source("user")), ("text:1",), "not-found")
    library = Library(first.bibfile, first.lock)
    before = dict(first.lock.entries)
    assert before.items() <= dict(update(library, [other], whole=False).lock.entries).items()
