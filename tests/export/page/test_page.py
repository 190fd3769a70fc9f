"""The page: parts, badges, records for other programs, the feed."""

from __future__ import annotations

import base64
import json
import re
import zlib

import pytest

from dl4es_bib.export.page.content import PageEntry, PagePart, badge_of, part_of
from dl4es_bib.export.page.context_object import context_object
from dl4es_bib.export.page.feed import feed, first_published
from dl4es_bib.export.page.render import Records, render
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

NO_SOURCE = Source("user")


def work(kind: str = "article-journal", title: str = "Tides", **values: str) -> Work:
    return Work.of(kind, {"title": title, **values}, NO_SOURCE)


def listed(key: str, made: Work, outcome: str = "") -> tuple[ExportEntry, str]:
    return ExportEntry(key, made, outcome), f"<i>{made.title}</i>"


def page(*parts: PagePart, locale: str = "", records: Records | None = None) -> str:
    return render("Sea", parts, (), records or Records({}, {}, {}, ""), locale=locale)


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (work(DOI="10.5555/a"), "paper"),
        (work("book", URL="https://a.example/b"), "book"),
        (work("dataset", URL="https://a.example/d"), "data"),
        (work("dataset", DOI="10.5281/zenodo.12"), "archive"),
        (work("software", URL="https://github.com/a/b"), "code"),
        (work("software", URL="https://zenodo.org/records/12"), "archive"),
        (work("webpage", URL="https://zenodo.org/about"), "page"),
    ],
)
def test_a_badge_says_what_it_leads_to(made: Work, word: str) -> None:
    badge = badge_of(made)
    assert badge is not None
    assert badge.word == word


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_nothing_but_a_web_address_becomes_a_badge(address: str) -> None:
    assert badge_of(work(URL=address)) is None


def test_what_belongs_to_a_work_of_another_chapter_is_an_entry_of_its_own() -> None:
    code = listed("code", work("software", "floes", URL="https://github.com/a/b"))
    part = part_of(Section("Ice", 3, slug="03-ice"), [code], {"code": "elsewhere"})
    assert [entry.entry.key for entry in part.entries] == ["code"]


def test_entries_that_name_each_other_are_both_shown() -> None:
    one, two = (listed(key, work("software", key, URL=f"https://a.example/{key}")) for key in "ab")
    part = part_of(Section("Ice"), [one, two], {"a": "b", "b": "a"})
    assert [entry.entry.key for entry in part.entries] == ["a", "b"]


def test_a_supplement_without_an_address_is_an_entry_of_its_own() -> None:
    part = part_of(Section("Ice"), [listed("a", work()), listed("b", work("dataset", "Grid"))], {"b": "a"})
    assert [entry.entry.key for entry in part.entries] == ["a", "b"]


def test_a_work_of_two_chapters_has_a_permalink_in_each() -> None:
    entries = (PageEntry(ExportEntry("a", work()), "Tides"),)
    text = page(PagePart("1. Sea", "", "01-sea", entries), PagePart("2. Ice", "", "02-ice", entries))
    ids = re.findall(r'<li id="([^"]+)"', text)
    assert ids == ["ref-a", "ref-a--2"]
    for id in ids:
        assert f'href="#{id}"' in text


def test_the_records_on_a_page_can_be_read_back() -> None:
    records = Records({"a": "@misc{a}"}, {"a": "TY  - GEN"}, {"a": "[]"}, "@misc{a}\n")
    text = page(PagePart("", "", "", (PageEntry(ExportEntry("a", work()), "Tides"),)), records=records)
    packed = re.search(r'id="records">([^<]*)<', text)
    assert packed is not None
    data = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    assert data == {"bibtex": records.bibtex, "ris": records.ris, "csl": records.csl, "file": records.file}


@pytest.mark.parametrize(
    ("locale", "start"),
    [
        ("de-DE", '<html lang="de-DE">'),
        ("he-IL", '<html lang="he-IL" dir="rtl">'),
        ("fa-IR", '<html lang="fa-IR" dir="rtl">'),
    ],
)
def test_a_page_says_its_language_and_direction(locale: str, start: str) -> None:
    assert start in page(locale=locale)


def test_a_page_of_nothing_is_a_page() -> None:
    text = page(PagePart("1. Sea", "", "01-sea", ()))
    assert "0 works in 1 chapter." in text
    assert "No references." in text


def test_a_journal_article_is_found_by_reference_managers() -> None:
    made = Work.of(
        "article-journal",
        {
            "title": "Tides & floes",
            "container-title": "Sea Letters",
            "author": (Name("Hoop", "Maarten", non_dropping_particle="de"), Name("Bell", "Bo")),
            "issued": PartialDate(2004, 3),
            "volume": "12",
            "page": "15-29",
            "DOI": "10.5555/tides",
        },
        NO_SOURCE,
    )
    assert context_object(made).split("&") == [
        "ctx_ver=Z39.88-2004",
        "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal",
        "rft.genre=article",
        "rft.jtitle=Sea%20Letters",
        "rft.atitle=Tides%20%26%20floes",
        "rft.aulast=de%20Hoop",
        "rft.aufirst=Maarten",
        "rft.au=Maarten%20de%20Hoop",
        "rft.au=Bo%20Bell",
        "rft.date=2004-03",
        "rft.volume=12",
        "rft.pages=15-29",
        "rft_id=info%3Adoi%2F10.5555%2Ftides",
    ]


@pytest.mark.parametrize(
    ("kind", "genre"),
    [
        ("book", "rft.genre=book"),
        ("chapter", "rft.genre=bookitem"),
        ("dataset", "rft.type=dataset"),
        ("", "rft.title=Tides"),
    ],
)
def test_other_kinds_are_found_too(kind: str, genre: str) -> None:
    assert genre in context_object(work(kind))


def test_a_feed_remembers_when_a_work_was_new() -> None:
    old = PageEntry(ExportEntry("a", work(title="Tides")), "Tides")
    new = PageEntry(ExportEntry("b", work(title="Ice")), "Ice")
    first = feed("Sea", [old], {}, "2026-01-05")
    second = feed("Sea", [old, new], first_published(first), "2026-02-06")
    items = json.loads(second)["items"]
    assert [(item["id"], item["date_published"]) for item in items] == [
        ("b", "2026-02-06T00:00:00Z"),
        ("a", "2026-01-05T00:00:00Z"),
    ]
    assert feed("Sea", [old, new], first_published(second), "2027-01-01") == second


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"_first_published": 3}', '{"_first_published": {"a": "soon"}}', "[" * 5000]
)
def test_a_feed_that_is_none_of_ours_says_nothing(text: str) -> None:
    assert first_published(text) == {}
