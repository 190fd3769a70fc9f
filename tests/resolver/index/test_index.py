"""The offline index: what goes in, what is found, what a damaged or foreign file does."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.errors import SaveError, UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.index import records as reading
from dl4es_bib.resolver.index import sqlite as engine
from dl4es_bib.resolver.index.candidates import Added, DamagedIndex, Record
from dl4es_bib.resolver.index.keys import first_page, record_years, terms, volume_number
from dl4es_bib.resolver.index.provider import IndexProvider
from dl4es_bib.resolver.index.records import parse_record
from dl4es_bib.resolver.index.sqlite import SQLiteIndex
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered

TIDES: dict[str, Any] = {
    "DOI": "10.5555/tides.1",
    "type": "journal-article",
    "title": ["Tidal bedforms of the Wadden shelf"],
    "author": [{"given": "Ann", "family": "Oderbrink"}, {"given": "Bo", "family": "Lindqvist"}],
    "container-title": ["Journal of Shelf Studies"],
    "volume": "12",
    "page": "345-360",
    "issued": {"date-parts": [[2004]]},
    "alternative-id": ["S0034425720300857"],
}
CORALS: dict[str, Any] = {
    "DOI": "10.5555/corals.2",
    "type": "journal-article",
    "title": ["Growth of cold-water corals"],
    "author": [{"family": "Haraldsen"}],
    "container-title": ["Reef Letters"],
    "volume": "7",
    "page": "L12-L19",
    "issued": {"date-parts": [[1999]]},
}
PREPRINT: dict[str, Any] = {
    "id": "10.48550/arxiv.2104.05107",
    "attributes": {
        "doi": "10.48550/arxiv.2104.05107",
        "titles": [{"title": "Learning from satellites"}],
        "creators": [{"familyName": "Ito", "givenName": "Rei", "name": "Ito, Rei"}],
        "publicationYear": 2021,
        "types": {"resourceTypeGeneral": "Preprint"},
    },
}
BOOK: dict[str, Any] = {
    "DOI": "10.5555/book",
    "type": "book",
    "title": ["A Handbook of Estuaries"],
    "ISBN": ["9781119646143"],
    "issued": {"date-parts": [[2010]]},
}
CHAPTER: dict[str, Any] = {**BOOK, "DOI": "10.5555/book.3", "type": "book-chapter", "title": ["Mixing"]}
CHAPTER["container-title"] = ["A Handbook of Estuaries"]


def write(path: Path, *records: object) -> Path:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in records) + "\n"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return path


def built(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "records.index"
    SQLiteIndex.build(path, [write(tmp_path / "records.jsonl", *records)])
    return path


def dois(works: tuple[Work, ...]) -> list[str]:
    return [work.text("DOI") for work in works]


def doi(text: str) -> Identifier:
    found = ids.doi(text)
    assert found
    return found


# --- what goes in


def test_bare_works_and_every_envelope_are_read(tmp_path: Path) -> None:
    lines = [
        TIDES,
        {"status": "ok", "message": CORALS},
        {"work": {**TIDES, "DOI": "10.5555/a"}},
        {"record": {**TIDES, "DOI": "10.5555/b"}},
        {"data": PREPRINT},
        {**PREPRINT, "id": "10.5555/c", "attributes": {"titles": []}},
    ]
    added = SQLiteIndex.build(tmp_path / "i", [write(tmp_path / "r.jsonl", *lines)])
    assert added == Added(new=6)
    assert added.total == 6


def test_a_gzipped_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl.gz", TIDES)
    renamed = path.rename(tmp_path / "records.data")
    assert SQLiteIndex.build(tmp_path / "i", [renamed]).new == 1


def test_a_bad_line_is_a_finding_with_file_and_line_and_costs_nothing_else(tmp_path: Path) -> None:
    deep = "[" * 100_000
    source = write(tmp_path / "r.jsonl", TIDES, "{no json", "[1]", '{"DOI": "x"}', deep, "", CORALS)
    added = SQLiteIndex.build(tmp_path / "i", [source])
    assert added.new == 2
    assert [str(one.span) for one in added.findings] == [f"{source}:{n}" for n in (2, 3, 4, 5)]


def test_a_doi_that_breaks_the_rules_but_is_registered_is_kept(tmp_path: Path) -> None:
    odd = parse_record(json.dumps({**TIDES, "DOI": "10.1086\\/305772"}).encode(), Span("r", 1))
    assert isinstance(odd, Record)
    assert odd.doi == "10.1086\\/305772"


def test_an_overlong_line_is_skipped_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE", 2000)
    source = write(tmp_path / "r.jsonl", {**TIDES, "abstract": "x" * 9000}, CORALS)
    added = SQLiteIndex.build(tmp_path / "i", [source])
    assert (added.new, len(added.findings)) == (1, 1)


def test_many_bad_lines_are_summed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PROBLEMS", 2)
    added = SQLiteIndex.build(tmp_path / "i", [write(tmp_path / "r.jsonl", *["x"] * 5, TIDES)])
    assert added.new == 1
    assert [one.message for one in added.findings][-1].startswith("3 more")


def test_a_truncated_gzip_file_gives_what_it_holds_and_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl.gz"
    many = [{**TIDES, "DOI": f"10.5555/{n}", "title": [f"{n * 7919} {n}"]} for n in range(3000)]
    path.write_bytes(write(tmp_path / "all.jsonl.gz", *many).read_bytes()[:-2000])
    added = SQLiteIndex.build(tmp_path / "i", [path])
    assert 0 < added.new < 3000
    assert [one.code for one in added.findings] == ["broken-file"]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"gone\.jsonl"):
        SQLiteIndex.build(tmp_path / "i", [tmp_path / "gone.jsonl"])
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_cannot_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.signs_of

    def fails_for_corals(record: Record) -> Any:
        if "corals" in record.doi:
            raise TypeError("odd")
        return whole(record)

    monkeypatch.setattr(engine, "signs_of", fails_for_corals)
    added = SQLiteIndex.build(tmp_path / "i", [write(tmp_path / "r.jsonl", CORALS, TIDES)])
    assert added.new == 1
    assert "10.5555/corals.2" in added.findings[0].message


@pytest.mark.parametrize(
    "line",
    [
        '{"DOI": "10.5555/\\ud800x", "type": "book", "title": ["Odd"]}',
        '{"id": "10.5555/\\udfff", "attributes": {"doi": "10.5555/\\udfff", "titles": [{"title": "Odd"}]}}',
        '{"DOI": "10.5555/odd", "type": "journal-article", "title": ["Odd"], "alternative-id": ["S\\ud800"]}',
        '{"DOI": "10.5555/odd", "title": ["\\ud800 \\udc00"], "author": [{"family": "\\ud800"}], "volume": "\\ud8001"}',
    ],
)
def test_half_a_character_costs_its_own_record_at_most(tmp_path: Path, line: str) -> None:
    added = SQLiteIndex.build(tmp_path / "i", [write(tmp_path / "r.jsonl", CORALS, line, TIDES)])
    assert added.new + len(added.findings) == 3
    assert len(added.findings) <= 1
    with SQLiteIndex(tmp_path / "i") as index:
        assert [work.title for work in index.search(Query("q", "tidal bedforms"))] != []


def test_a_line_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_LINE", 2_000)
    monkeypatch.setattr(reading, "MAX_SKIPPED", 50_000)
    source = tmp_path / "r.jsonl.gz"
    source.write_bytes(gzip.compress(json.dumps(TIDES).encode() + b"\n" + b" " * 10_000_000))
    added = SQLiteIndex.build(tmp_path / "i", [source])
    assert added.new == 1
    assert [(one.code, one.severity) for one in added.findings] == [("broken-file", "error")]


# --- adding again


def test_adding_a_file_again_changes_no_byte(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES, CORALS)
    before = path.read_bytes()
    again = SQLiteIndex.build(path, [tmp_path / "records.jsonl"])
    assert again == Added(unchanged=2)
    assert path.read_bytes() == before


def test_a_newer_record_replaces_the_one_with_its_doi(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES, CORALS)
    changed = {**TIDES, "DOI": "10.5555/TIDES.1", "title": ["Ripples"], "volume": "13"}
    added = SQLiteIndex.build(path, [write(tmp_path / "new.jsonl", changed)])
    assert added == Added(replaced=1)
    with SQLiteIndex(path) as index:
        assert len(index) == 2
        assert [work.title for work in index.search(Query("q", "ripples"))] == ["Ripples"]
        assert index.search(Query("q", "bedforms wadden")) == ()
        assert index.search(Query("q", "12, 345")) == ()


def test_an_open_index_gives_the_newer_record_once_it_is_added(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    newer = Record("crossref", {**TIDES, "title": ["Sandbanks in motion"]}, "10.5555/tides.1", Span("r", 1))
    with SQLiteIndex(path, writable=True) as index:
        assert index.search(Query("q", "Oderbrink 2004"))[0].title == TIDES["title"][0]
        index.add([newer])
        assert index.search(Query("q", "Oderbrink 2004"))[0].title == "Sandbanks in motion"
        assert index.search(Query("q", "sandbanks"))[0].title == "Sandbanks in motion"
        assert index.search(Query("q", "bedforms")) == ()
        assert index.lookup([doi("10.5555/tides.1")])[doi("10.5555/tides.1")][0].title == "Sandbanks in motion"


def test_more_records_than_are_remembered_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_REMEMBERED", 2)
    with SQLiteIndex(built(tmp_path, TIDES, CORALS, BOOK, CHAPTER)) as index:
        for _ in range(2):
            titles = [index.search(Query("q", text))[0].title for text in ("bedforms", "corals", "estuaries", "mixing")]
            assert titles == [TIDES["title"][0], CORALS["title"][0], BOOK["title"][0], "Mixing"]


def test_a_failure_while_adding_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)

    def failing() -> Any:
        yield Record("crossref", CORALS, "10.5555/corals.2", Span("r", 1))
        raise OSError("the disk is gone")

    with SQLiteIndex(path, writable=True) as index, pytest.raises(OSError, match="disk"):
        index.add(failing())
    with SQLiteIndex(path) as index:
        assert len(index) == 1
        assert index.search(Query("q", "corals")) == ()


def test_a_new_index_appears_only_when_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: SQLiteIndex, records: object) -> Added:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(SQLiteIndex, "add", fails)
    source = write(tmp_path / "r.jsonl", TIDES)
    with pytest.raises(SaveError, match="full"):
        SQLiteIndex.build(tmp_path / "i", [source])
    assert list(tmp_path.iterdir()) == [source]


def test_findings_in_a_stream_are_handed_on(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    finding = Finding("bad-record", "no record")
    with SQLiteIndex(path, writable=True) as index:
        assert index.add([finding]).findings == (finding,)


# --- opening


def test_an_absent_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="there is no index"):
        SQLiteIndex(tmp_path / "none")


def test_a_file_that_is_no_index_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("just text " * 200)
    with pytest.raises(UnreadableInput, match="no index"):
        SQLiteIndex.build(path, [write(tmp_path / "r.jsonl", TIDES)])
    assert path.read_text() == "just text " * 200


def test_an_index_of_another_version_must_be_built_again(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 0 WHERE name = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(UnreadableInput, match="another version"):
        SQLiteIndex(path)


def test_an_index_opened_for_reading_cannot_be_changed(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    with SQLiteIndex(path) as index, pytest.raises(sqlite3.OperationalError):
        index.add([Record("crossref", CORALS, "10.5555/corals.2", Span("r", 1))])


# --- finding


def test_a_doi_finds_its_record_in_any_case(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        found = index.lookup([doi("10.5555/TIDES.1"), doi("10.5555/none")])
    assert [dois(works) for works in found.values()] == [["10.5555/tides.1"]]


def test_values_say_that_they_come_from_the_index(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        (work,) = index.lookup([doi("10.5555/tides.1")])[doi("10.5555/tides.1")]
    assert work.fields["title"].source == Source("record", "index", "10.5555/tides.1")


def test_an_arxiv_id_finds_the_record_of_its_datacite_doi(tmp_path: Path) -> None:
    arxiv = ids.arxiv("arXiv:2104.05107v2")
    assert arxiv
    with SQLiteIndex(built(tmp_path, PREPRINT)) as index:
        assert [work.title for work in index.lookup([arxiv])[arxiv]] == ["Learning from satellites"]


def test_a_pii_finds_the_record_that_lists_it(tmp_path: Path) -> None:
    pii = ids.pii("S0034-4257(20)30085-7")
    assert pii
    with SQLiteIndex(built(tmp_path, TIDES, {**CORALS, "alternative-id": [3, "x"]})) as index:
        assert dois(index.lookup([pii])[pii]) == ["10.5555/tides.1"]


def test_an_isbn_finds_the_book_and_not_its_chapters(tmp_path: Path) -> None:
    isbn = ids.isbn("1-119-64614-6")
    assert isbn
    with SQLiteIndex(built(tmp_path, CHAPTER, BOOK)) as index:
        assert dois(index.lookup([isbn])[isbn]) == ["10.5555/book"]
    (tmp_path / "chapters").mkdir()
    with SQLiteIndex(built(tmp_path / "chapters", CHAPTER)) as index:
        assert index.lookup([isbn]) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Tidal bedforms of the Wadden shelf",
        "A. Oderbrink and B. Lindqvist, J. Shelf Stud. 12, 345 (2004).",
        "(1) Journal of Shelf Studies 2004, 345.",
        "Oderbrink 2004",
        "ODERBRINK, Tidäl bèdforms",
    ],
)
def test_a_work_is_found_by_title_by_place_or_by_name_and_year(tmp_path: Path, text: str) -> None:
    others = [{**CORALS, "DOI": f"10.5555/{n}", "page": str(n), "volume": str(n)} for n in range(40)]
    with SQLiteIndex(built(tmp_path, *others, TIDES)) as index:
        assert dois(index.search(Query("q", text)))[0] == "10.5555/tides.1"


def test_a_work_is_found_by_fields_without_a_title(tmp_path: Path) -> None:
    fields = Work.of(
        "",
        {
            "author": (Name(literal="Haraldsen P"),),
            "volume": "7",
            "page": "L12",
            "issued": PartialDate(1999),
            "container-title": "Reef Lett.",
        },
        Source("text"),
    )
    with SQLiteIndex(built(tmp_path, TIDES, CORALS)) as index:
        assert dois(index.search(Query("q", fields=fields))) == ["10.5555/corals.2"]


def test_the_digits_of_a_link_are_no_volume_and_no_page(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        assert index.search(Query("q", "see https://a.org/12/345 and doi:10.9999/12.345")) == ()


def test_an_empty_query_finds_nothing(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        assert index.search(Query("q")) == ()


def test_the_rarest_words_decide_when_every_record_shares_the_rest(tmp_path: Path) -> None:
    many = [
        {**CORALS, "DOI": f"10.5555/{n}", "title": [f"Growth of corals near station{n}"], "page": str(n)}
        for n in range(200)
    ]
    with SQLiteIndex(built(tmp_path, *many)) as index:
        assert dois(index.search(Query("q", "Growth of corals near station117"), 3))[0] == "10.5555/117"


def test_chinese_titles_are_found_by_part(tmp_path: Path) -> None:
    record = {**CORALS, "title": ["深层学习在遥感中的应用"]}
    with SQLiteIndex(built(tmp_path, TIDES, record)) as index:
        assert dois(index.search(Query("q", "遥感"))) == ["10.5555/corals.2"]


def test_a_common_word_stops_the_search_from_visiting_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUDGET", 50)
    many = [{**CORALS, "DOI": f"10.5555/{n}", "title": [f"Coral reef growth item{n}"]} for n in range(120)]
    with SQLiteIndex(built(tmp_path, *many)) as index:
        assert dois(index.search(Query("q", "coral reef growth item7"), 1)) == ["10.5555/7"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_breaks_a_search(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.index"
    if not path.exists():
        SQLiteIndex.build(path, [write(tmp_path_factory.mktemp("any") / "r.jsonl", TIDES, CORALS)])
    with SQLiteIndex(path) as index:
        index.search(Query("q", text))


# --- as a provider


def test_a_doi_the_index_lacks_may_exist_elsewhere(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        provider = IndexProvider(index)
        replies = provider.lookup([doi("10.5555/none"), doi("10.5555/tides.1")])
    assert isinstance(replies[doi("10.5555/none")], Absent)
    assert not replies[doi("10.5555/none")].authoritative  # type: ignore[union-attr]
    assert isinstance(replies[doi("10.5555/tides.1")], Found)


def test_every_query_has_a_reply(tmp_path: Path) -> None:
    with SQLiteIndex(built(tmp_path, TIDES)) as index:
        replies = IndexProvider(index).search([Query("a", "tidal bedforms"), Query("b", "quarks")])
    assert isinstance(replies["a"], Found)
    assert isinstance(replies["b"], Absent)


def test_a_damaged_index_is_a_provider_that_does_not_answer(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE record SET json = x'00'")
    connection.commit()
    connection.close()
    with SQLiteIndex(path) as index:
        provider = IndexProvider(index)
        assert isinstance(provider.search([Query("q", "tidal bedforms")])["q"], Unanswered)
        assert isinstance(provider.lookup([doi("10.5555/tides.1")])[doi("10.5555/tides.1")], Unanswered)


def test_a_stored_record_that_is_no_object_is_an_empty_work(tmp_path: Path) -> None:
    path = built(tmp_path, TIDES)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE record SET json = ?", (engine._packed(b"[1]"),))
    connection.commit()
    connection.close()
    with SQLiteIndex(path) as index:
        assert [work.title for work in index.search(Query("q", "tidal bedforms"))] == [""]


def test_the_index_handles_what_names_works_and_not_journals() -> None:
    provider = IndexProvider(None)  # type: ignore[arg-type]
    assert provider.handles(doi("10.5555/x"))
    assert not provider.handles(Identifier("issn", "0924-2716"))
    assert provider.is_local


# --- what a work is found by


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("123–8", "123"),
        ("L341-L350", "l341"),
        ("e0151817", "e0151817"),
        ("0074", "74"),
        ("iv–vi", "iv"),
        ("31-1310-31-1310", "31-1310"),
        ("n/a", ""),
        ("invited", ""),
    ],
)
def test_first_pages_in_all_their_forms(written: str, first: str) -> None:
    assert first_page(written) == first


@pytest.mark.parametrize(("written", "number"), [("83 (1999)", "83"), ("49B", "49b"), ("XII", ""), ("007", "7")])
def test_volume_numbers_without_their_trimmings(written: str, number: str) -> None:
    assert volume_number(written) == number


def test_print_and_online_years_are_both_years_of_a_record() -> None:
    work = Work.of("", {"issued": PartialDate(2019), "available-date": PartialDate(2018)}, Source("record"))
    assert record_years(work) == (2019, 2018)


def test_terms_leave_out_articles_and_single_letters() -> None:
    assert terms(["The role of a CO2 flux, P. 7"]) == {"role", "co2", "flux", "7"}


def test_an_empty_file_is_called_empty_and_may_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.touch()
    with pytest.raises(DamagedIndex, match=r"it is empty.*Remove it"):
        SQLiteIndex(path)


def test_a_database_of_another_program_is_never_advised_to_be_removed_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE note (text)")
    connection.close()
    with pytest.raises(UnreadableInput, match=r"this is no index .it is a database of another program") as caught:
        SQLiteIndex(path)
    assert not isinstance(caught.value, DamagedIndex)
