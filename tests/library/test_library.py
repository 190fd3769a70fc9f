"""Bringing works into a library: keys, merges, marks, identity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.library.library import Library, entry_identity
from dl4es_bib.library.store.lockfile import Lock, LockEntry, RecordReference
from dl4es_bib.library.store.provenance import text_of
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.same import url_identity

RECORD = Source("record", "index", "10.5555/tides")
TIDES: dict[str, Value] = {
    "title": "On the tides of old",
    "author": (Name("Ode", "Ann"),),
    "issued": PartialDate(2004),
    "container-title": "Sea Letters",
    "volume": "12",
    "DOI": "10.5555/Tides",
}


def tides(decision: str = "confirmed", **changes: Value) -> Wanted:
    work = Work.of("article-journal", {**TIDES, **changes}, RECORD)
    return Wanted(
        work,
        ("text:1", "doi:10.5555/tides"),
        decision,
        sources=(Span("list.md", 3),),
        record=RecordReference("index", "x"),
    )


def bring(text: str, *wanted: Wanted, lock: Lock | None = None) -> Update:
    return update(Library(parse(text, "references.bib"), lock or Lock()), wanted)


def again(update: Update, *wanted: Wanted, text: str | None = None) -> Update:
    return bring(update.bibfile.text if text is None else text, *wanted, lock=update.lock)


def test_a_new_work_gets_an_entry_and_a_key() -> None:
    done = bring("", tides())
    assert done.keys == done.added == ("ode2004tides",)
    assert done.bibfile.text.startswith("@article{ode2004tides,\n  author = {Ode, Ann},\n")
    entry = done.lock.entries["ode2004tides"]
    assert text_of(entry.provenance["journaltitle"]) == "record index 10.5555/tides"
    assert entry.sources == ("list.md:3",)
    assert entry.written["volume"] == "12"


def test_a_second_update_changes_nothing() -> None:
    first = bring("% mine\n", tides())
    second = again(first, tides())
    assert second.bibfile.text == first.bibfile.text
    assert second.lock == first.lock
    assert second.keys == first.keys
    assert (second.added, dict(second.changed), second.findings) == ((), {}, ())


def test_the_documents_own_key_wins_and_an_odd_one_is_made_harmless() -> None:
    assert bring("", replace(tides(), preferred_key="Ode-Old")).keys == ("Ode-Old",)
    assert bring("", replace(tides(), preferred_key="a b{c}")).keys == ("a-b-c",)


def test_a_key_that_belongs_to_another_work_is_not_taken_over() -> None:
    done = bring("@book{ode, title = {Another}}\n", replace(tides(), preferred_key="ode"))
    assert done.keys == ("ode-a",)
    assert [finding.code for finding in done.findings] == ["key-taken"]
    assert "@book{ode, title = {Another}}" in done.bibfile.text


def test_a_work_that_is_there_is_found_by_its_doi_and_only_filled() -> None:
    text = "@article{mine,\n  title = {Tides of Old},\n  year = 2003,\n  doi = {10.5555/TIDES}\n}\n"
    done = bring(text, tides())
    assert done.keys == ("mine",)
    assert "title = {Tides of Old}" in done.bibfile.text
    assert "year = 2003" in done.bibfile.text
    assert "date" not in done.bibfile.text
    # Written as the file writes its numbers.
    assert "volume = 12" in done.bibfile.text
    assert [finding.code for finding in done.findings] == ["differs-from-record"]
    assert done.lock.entries["mine"].adopted
    # A second run knows that the user's fields are the user's.
    assert again(done, tides()).bibfile.text == done.bibfile.text


@pytest.mark.parametrize("year", [2003, 2004, 2005])
def test_a_work_that_is_there_is_found_by_title_author_and_year(year: int) -> None:
    text = f"@article{{mine, title = {{On the {{Tides}} of Old}}, author = {{Ode, A.}}, year = {year}}}\n"
    assert bring(text, tides()).keys == ("mine",)


def test_another_year_is_another_work() -> None:
    text = "@article{mine, title = {On the Tides of Old}, author = {Ode, A.}, year = 1990}\n"
    assert bring(text, tides()).keys == ("ode2004tides",)


def test_a_hand_edit_survives_and_is_reported_with_its_line() -> None:
    first = bring("", tides())
    edited = first.bibfile.text.replace("date = {2004}", "date = {2005}")
    second = again(first, tides(), text=edited)
    assert second.bibfile.text == edited
    (finding,) = second.findings
    assert finding.code == "edited-by-hand"
    assert finding.span is not None
    assert finding.span.line == edited[: edited.index("date")].count("\n") + 1
    assert "2005" in finding.message
    assert "2004" in finding.message


def test_a_removed_field_stays_out() -> None:
    first = bring("", tides())
    edited = first.bibfile.text.replace("  volume = {12},\n", "")
    assert again(first, tides(), text=edited).bibfile.text == edited


def test_a_removed_entry_stays_out_and_a_lost_file_is_written_anew() -> None:
    other = Wanted(Work.of("book", {"title": "Salt of the sea"}, RECORD), ("text:2",), "confirmed")
    first = bring("", tides(), other)
    kept = first.bibfile.text[first.bibfile.text.index("@book") :]
    second = again(first, tides(), other, text=kept)
    assert second.keys == ("", "saltsea")
    assert second.bibfile.text == kept
    assert [finding.code for finding in second.findings] == ["entry-removed"]
    assert again(first, tides(), other, text="").keys == first.keys


def test_a_renamed_key_is_kept() -> None:
    first = bring("", tides())
    renamed = first.bibfile.text.replace("ode2004tides", "old")
    second = again(first, tides(), text=renamed)
    assert second.keys == ("old",)
    assert second.bibfile.text == renamed
    assert list(second.lock.entries) == ["old"]


def test_our_own_value_follows_a_record_that_changed_in_one_line() -> None:
    first = bring("", tides())
    second = again(first, tides(volume="13"))
    assert second.bibfile.text == first.bibfile.text.replace("{12}", "{13}")
    assert dict(second.changed) == {"ode2004tides": ("volume",)}


def test_when_a_value_was_fetched_is_said_and_stays_while_the_value_does() -> None:
    def fetched(day: int, volume: str) -> Wanted:
        source = Source("record", "crossref", "10.5555/tides", retrieved=f"2026-01-{day:02d}T00:00:00+00:00")
        work = Work.of("article-journal", {**TIDES, "volume": volume}, source)
        return replace(tides(), work=work)

    first = bring("", fetched(1, "12"))
    second = again(first, fetched(2, "12"))
    assert second.lock == first.lock
    third = again(second, fetched(3, "13"))
    provenance = third.lock.entries["ode2004tides"].provenance
    assert provenance["volume"].retrieved == "2026-01-03T00:00:00+00:00"
    assert provenance["title"].retrieved == "2026-01-01T00:00:00+00:00"


def test_an_unresolved_work_is_marked_and_the_mark_goes_when_it_is_confirmed() -> None:
    bare = Wanted(Work.of("", {"title": "On the tides of old"}, RECORD), ("text:1",), "not-checked")
    first = bring("", bare)
    assert "keywords = {not-checked}" in first.bibfile.text
    assert first.bibfile.text.startswith("@misc{")
    second = again(first, tides())
    assert "keywords" not in second.bibfile.text
    assert second.bibfile.text.startswith("@article{")
    assert second.keys == first.keys


def test_an_outage_does_not_undo_what_was_confirmed() -> None:
    first = bring("", tides())
    second = again(first, tides("not-checked", title="on tides"))
    assert second.bibfile.text == first.bibfile.text
    assert second.lock.entries["ode2004tides"].decision == "confirmed"


def test_parts_of_a_work_are_tied_to_it_and_named_after_it() -> None:
    code = Work.of("software", {"title": "tides", "URL": "https://github.com/ode/tides"}, RECORD)
    part = Wanted(code, ("url:github.com/ode/tides",), "link", belongs_to=0, role="code+data")
    done = bring("", tides(), part)
    assert done.keys == ("ode2004tides", "ode2004tides-code")
    assert "related = {ode2004tides}" in done.bibfile.text


def test_classic_bibtex_has_no_online_entries() -> None:
    page = Wanted(Work.of("webpage", {"title": "Gauges", "URL": "https://a.example/x"}, RECORD), ("url:x",), "link")
    classic = update(Library(parse(""), Lock()), [page], "bibtex")
    assert classic.bibfile.text.startswith("@misc{gauges,")
    assert r"\url{https://a.example/x}" in classic.bibfile.text


def test_two_citations_of_one_entry_are_both_remembered() -> None:
    one = tides()
    two = replace(one, sources=(Span("list.md", 9),))
    done = bring("", one, two)
    assert done.keys == ("ode2004tides", "ode2004tides")
    assert done.lock.entries["ode2004tides"].sources == ("list.md:3", "list.md:9")


def test_what_is_no_longer_cited_stays_in_the_file_and_loses_its_place() -> None:
    first = bring("", tides())
    second = again(first)
    assert second.bibfile.text == first.bibfile.text
    assert second.lock.entries["ode2004tides"].sources == ()


def test_a_broken_entry_is_left_as_it_is() -> None:
    text = "@article{x, title = {Whole}}\n@article{ode2004tides, doi = {10.5555/tides}, title = {Cut\n"
    done = bring(text, tides(), lock=Lock({"ode2004tides": LockEntry(identity=("doi:10.5555/tides",))}))
    assert text in done.bibfile.text
    assert [finding.code for finding in done.findings] == ["broken-entry"]


def test_a_value_that_the_files_encoding_lacks_is_left_out_and_reported() -> None:
    text = "@book{x, title = {Größe und Länge}}\n".encode("latin-1")
    done = update(Library(parse(text, "references.bib"), Lock()), [tides(publisher="海")])
    assert [finding.code for finding in done.findings] == ["not-in-encoding"]
    assert done.keys == ("ode2004tides",)


def test_a_character_that_the_files_encoding_lacks_is_written_as_latex() -> None:
    file = parse("@book{x, title = {Größe}}\n".encode("cp1252"), "references.bib")
    assert file.encoding == "cp1252"
    wanted = tides(author=(Name("Łoś", "Ağa"),), publisher="Ω Press, Kraków")
    done = update(Library(file, Lock()), [wanted])
    entry = done.bibfile.get(done.keys[0])
    assert entry is not None
    assert entry.values()["author"] == r"{\L}o{\'s}, A{\u{g}}a"
    assert entry.values()["publisher"].endswith(" Press, Kraków")
    assert not done.findings
    assert parse(done.bibfile.to_bytes()).text == done.bibfile.text
    second = update(Library(done.bibfile, done.lock), [wanted])
    assert second.bibfile.text == done.bibfile.text
    assert (dict(second.changed), second.findings) == ({}, ())


def test_an_address_in_a_poorer_encoding_is_percent_encoded() -> None:
    file = parse("@book{x, title = {Größe}}\n".encode("cp1252"))
    done = update(Library(file, Lock()), [tides(URL="https://a.example/Łódź?é")])
    entry = done.bibfile.get(done.keys[0])
    assert entry is not None
    assert entry.values()["url"] == "https://a.example/%C5%81ód%C5%BA?é"


def test_identity_is_read_from_an_entry_of_either_dialect() -> None:
    text = r"""
@article{a, doi = {https://doi.org/10.5555/A\_b}}
@misc{b, eprint = {2104.05107v2}, archiveprefix = {arXiv}}
@misc{c, howpublished = {\url{https://www.a.example/x/}}}
@book{d, title = {None}}
@incollection{e, url = "http://dx.doi.org/10.5555/Moos.7"}
@misc{f, howpublished = {\url{https://doi.org/10.5555/wald}}}
"""
    found = [entry_identity(entry) for entry in parse(text).entries]
    assert found == [("doi:10.5555/a_b",), ("arxiv:2104.05107",), ("url:a.example/x",), (), ("doi:10.5555/moos.7",),
                     ("doi:10.5555/wald",)]  # fmt: skip
    assert url_identity("HTTP://www.A.example/x/") == "a.example/x"


def test_entries_are_looked_up_as_works_with_their_strings_expanded() -> None:
    text = '@string{sl = "Sea Letters"}\n@article{a, journal = sl, title = {T}}\n'
    library = Library(parse(text), Lock({"a": LockEntry(decision="confirmed")}))
    assert library.works(["a", "zzz"])["a"].text("container-title") == "Sea Letters"
    assert (library.decision("a"), library.decision("zzz")) == ("confirmed", "")


OWN = """@article{mine,
  author = {Ode, Ann},
  title = {On the tides of old},
  journal = {Sea Letters},
  year = 2004
}
"""


def test_an_own_entry_that_no_record_confirms_is_left_alone_run_after_run() -> None:
    bare = Wanted(Work.of("", {**TIDES, "volume": "99"}, Source("text", "list.md")), ("text:1",), "not-checked")
    first = bring(OWN, bare)
    second = again(first, bare)
    third = again(second, bare)
    assert (first.keys, first.findings) == (("mine",), ())
    assert first.bibfile.text == second.bibfile.text == third.bibfile.text == OWN
    assert second.lock == third.lock


def test_what_a_parent_lends_counts_as_there() -> None:
    text = (
        "@inproceedings{mine, author = {Ode, Ann}, title = {On the tides of old}, crossref = {proc}}\n"
        "@proceedings{proc, title = {Proceedings of the Sea}, year = 2004}\n"
    )
    done = bring(text, tides())
    assert done.keys == ("mine",)
    assert "journaltitle" not in done.bibfile.text
    assert "date" not in done.bibfile.text
    assert "volume = {12}" in done.bibfile.text


def test_a_renamed_key_is_kept_when_only_the_title_tells_the_entry() -> None:
    bare = Wanted(Work.of("", {"title": "Tides"}, Source("text")), ("text:1",), "not-checked")
    first = bring("", bare)
    renamed = first.bibfile.text.replace("{tides,", "{flood,")
    second = again(first, bare, text=renamed)
    assert second.keys == ("flood",)
    assert second.bibfile.text == renamed
    assert list(second.lock.entries) == ["flood"]


def test_the_key_that_the_text_cites_means_the_entry_that_has_it() -> None:
    text = "@article{ode, author = {Ode, A.}, title = {Tides, quite another way to say it}, year = 2004}\n"
    done = bring(text, replace(tides(), preferred_key="ode"))
    assert done.keys == ("ode",)
    other = text.replace("Ode, A.", "Bell, B.")
    assert bring(other, replace(tides(), preferred_key="ode")).keys == ("ode-a",)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ("journal = {Sea Letters}, year = 2004", "mine"),
        ("volume = 12, pages = {5--9}", "mine"),
        ("journal = {Other Letters}, year = 2004", "ode2004tides"),
        ("journal = {Sea Letters}, year = 2005", "ode2004tides"),
    ],
)
def test_a_short_title_needs_more_beside_it(fields: str, key: str) -> None:
    text = f"@article{{mine, author = {{Ode, A.}}, title = {{Tides}}, {fields}}}\n"
    short = tides(title="Tides", page="5-9")
    assert bring(text, replace(short, identity=("text:1",))).keys == (key,)


def test_entries_are_found_by_their_whole_title_with_its_subtitle() -> None:
    text = (
        "@book{a, author = {Ode, Ann}, title = {Tides of {Oslo}}, subtitle = {A Story}, year = 2004}\n"
        "@book{b, author = {Bell, Bo}, title = {Tides of Oslo: A Story}, year = 2004}\n"
        "@book{c, author = {Ode, Ann}, title = {Tides of Oslo and of its sounds}, year = 2004}\n"
    )
    library = Library(parse(text), Lock())
    for key in ("a", "b", "c", "a"):
        entry = library.bibfile.get(key)
        assert entry is not None
        assert [found.key for found in library.look_alikes(library.work(entry))] == [key]


@pytest.mark.parametrize(
    ("entry", "is_its_own"),
    [
        ("journaltitle = {Sea Letters}, volume = 12, date = 2004, doi = {10.5555/tieds}", True),
        ("date = 2004, doi = {10.5555/tide}", True),
        ("journaltitle = {Ice Reports}, volume = 7, date = 2004, doi = {10.5555/tieds}", False),
        ("date = 1999, doi = {10.5555/tieds}", False),
    ],
)
def test_an_entry_whose_doi_alone_differs_is_the_work_of_its_key(entry: str, is_its_own: bool) -> None:
    work = replace(tides(), preferred_key="ode")
    text = f"@article{{ode,\n  author = {{Ode, Ann}},\n  title = {{{work.work.title}}},\n  {entry},\n}}\n"
    done = bring(text, work)
    assert (done.keys == ("ode",)) == is_its_own
    assert len(done.bibfile.entries) == (1 if is_its_own else 2)
