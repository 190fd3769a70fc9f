"""Whatever a record holds, it is written as one value of one field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl4es_bib.bib.file import parse
from dl4es_bib.bib.grammar import nests, squeeze
from dl4es_bib.formats.bibtex import Dialect, in_encoding, to_entry
from dl4es_bib.formats.bibtex.entry import mended, writable_url, writable_verbatim
from dl4es_bib.formats.bibtex.written_names import format_names
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

RECORD = Source("record", "index", "10.5555/x")
INJECTED = "https://a.example/{a}},title={Evil},note={{b}"
PIECES = (*"ab {}\\$%&#_~^\"',=@\n\t\0", "\\{", "\\}", "}}", "{{", "\u0301", "\u202e", "Ł", "\ud800")
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)


def work(**values: Value) -> Work:
    return Work.of("article-journal", values, RECORD)


def read_back(made_from: Work, dialect: Dialect) -> dict[str, str]:
    made = to_entry(made_from, dialect)
    file = parse(made.source("k"))
    (entry,) = file.entries
    assert not file.findings
    assert entry.values() == dict(made.fields)
    return entry.values()


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "value", [INJECTED, "https://a.example/}@misc{x,", "https://a.example/{a}", "https://a.example/\\{"]
)
def test_an_address_never_becomes_fields_and_has_no_braces(dialect: Dialect, value: str) -> None:
    values = read_back(work(title="Tides", URL=value), dialect)
    assert "note" not in values
    assert values["title"] == "Tides"
    assert not {"{", "}"} & set(values["url"])


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", ["DOI", "title", "note", "publisher", "container-title", "volume", "keyword", "ISBN"])
def test_no_variable_of_a_record_becomes_fields(dialect: Dialect, name: str) -> None:
    values = read_back(work(**{"title": "Tides", name: "10.5555/{a}},howpublished={Evil},x={{b}"}), dialect)
    assert "x" not in values
    assert values.get("howpublished") != "Evil"


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"Bounds on {$x_n=\left\{ a_n$}", r"Bounds on {$x_n=\left\lbrace a_n$}"),
        (r"$\}x$ and \} text", r"$\rbrace x$ and \textbraceright{} text"),
        ("a}b{c", r"a\textbraceright{}b\textbraceleft{}c"),
        (r"\\{ a", r"\\\textbraceleft{} a"),
        (r"{\'e} {A}", r"{\'e} {A}"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
    ],
)
def test_braces_that_match_no_other_are_written_as_commands(source: str, written: str) -> None:
    assert mended(source) == written


def test_a_doi_keeps_braces_that_match_and_controls_are_percent_encoded() -> None:
    assert writable_verbatim("10.5555/a{b}c") == "10.5555/a{b}c"
    assert writable_verbatim("10.5555/}{") == "10.5555/%7D%7B"
    assert writable_url("https://a.example/x\u202ey z") == "https://a.example/x%E2%80%AEy%20z"


def test_a_key_of_an_entry_has_nothing_invisible_and_is_never_empty() -> None:
    made = to_entry(work(title="Tides"))
    assert parse(made.source("a\u202eb,{c")).entries[0].key == "abc"
    assert parse(made.source("\u202e")).entries[0].key == "work"


def test_what_an_encoding_lacks_is_latex_or_nothing() -> None:
    assert in_encoding("author", "Łoś, é", "cp1252") == r"{\L}o{\'s}, é"
    assert in_encoding("author", "Ło\u0301", "latin-1") == r"{\L}ó"
    assert in_encoding("title", "海", "cp1252") is None
    assert in_encoding("doi", "10.5555/Ł", "cp1252") is None
    assert in_encoding("title", "海", "utf-8") == "海"


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["bibtex", "biblatex"]))
def test_every_value_reads_back_as_it_was_written(
    title: str, address: str, family: str, doi: str, dialect: Dialect
) -> None:
    values = {"title": title, "URL": address, "author": (Name(family, "A"), Name("Bee", "B")), "DOI": doi}
    read_back(work(**{name: value for name, value in values.items() if value}), dialect)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_mending_gives_braces_that_nest_and_keeps_what_nests(source: str) -> None:
    written = mended(source)
    assert nests(written)
    assert mended(written) == written
    if nests(source) and source.isprintable():
        assert written == source
    entry = parse(f"@misc{{k,\n  f = {{{written}}}\n}}\n").entries[0]
    assert entry.values() == {"f": squeeze(written).strip(" ")}


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS.filter(lambda text: bool(text.strip())), min_size=1, max_size=3))
def test_each_name_has_braces_that_nest_of_its_own(families: list[str]) -> None:
    written = [format_names([Name(family, "A")]) for family in families]
    assert all(nests(name) for name in written)
    assert format_names([Name(family, "A") for family in families]) == " and ".join(written)


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        (PartialDate(2003, season=3), {"year": "2003", "month": "Autumn"}),
        (PartialDate(1750, circa=True), {"year": "ca. 1750"}),
        (PartialDate(2001, 6, end=PartialDate(2001, 8)), {"year": "2001", "month": 'jun # "--" # aug'}),
        (PartialDate(2001, 2, 3), {"year": "2001", "month": "feb", "day": "3"}),
    ],
)
def test_a_classic_entry_says_all_that_a_date_says(date: PartialDate, fields: dict[str, str]) -> None:
    entry = to_entry(Work.of("book", {"title": "T", "issued": date}, Source("user")), "bibtex")
    assert {name: value for name, value in entry.fields if name in ("year", "month", "day")} == fields


def test_a_talk_keeps_what_it_is() -> None:
    talk = Work.of("speech", {"title": "T", "genre": "Keynote", "event-title": "Salt days"}, Source("user"))
    entry = to_entry(talk)
    assert (entry.type, entry.get("type"), entry.get("eventtitle")) == ("unpublished", "Keynote", "Salt days")


@pytest.mark.parametrize("particle", ["d'", "d’", "dell'"])
def test_no_blank_follows_a_particle_with_an_apostrophe(particle: str) -> None:
    name = Name("Alba", "Ida", non_dropping_particle=particle)
    entry = to_entry(Work.of("book", {"title": "T", "author": (name,)}, Source("user")))
    assert entry.get("author") == f"{particle}Alba, Ida"
    assert str(name) == f"Ida {particle}Alba"
