"""What makes two works of what looks alike: details that a title, an author and a year do not tell."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.model.work import Source, Work
from dl4es_bib.works.containers import names_agree
from dl4es_bib.works.contradictions import precise, url_identity
from dl4es_bib.works.same import compare

WHOLE = {"title": "On the tides of the northern seas", "author": "Gee, Gwen", "year": "2005"}


def work(kind: str, **fields: str) -> Work:
    return from_entry(kind, fields, Source("user", "x.bib"))


def is_same(kind: str, first: dict[str, str], second: dict[str, str], other_kind: str = "") -> bool:
    one, other = work(kind, **first), work(other_kind or kind, **second)
    assert compare(one, other).kind == compare(other, one).kind
    return compare(one, other).kind == "same"


@pytest.mark.parametrize(
    ("kind", "other_kind"),
    [
        ("phdthesis", "techreport"),
        ("phdthesis", "mastersthesis"),
        ("techreport", "article"),
        ("inproceedings", "article"),
        ("book", "article"),
    ],
)
def test_works_of_two_kinds_under_one_title_are_two(kind: str, other_kind: str) -> None:
    assert not is_same(kind, WHOLE, WHOLE, other_kind)
    assert is_same(kind, WHOLE, WHOLE)


@pytest.mark.parametrize(
    ("kind", "field", "first", "second"),
    [
        ("software", "version", "1.0", "2.0"),
        ("dataset", "version", "1", "2"),
        ("book", "translator", "Bee, B.", "Cee, C."),
        ("article", "number", "1", "4"),
        ("online", "url", "https://example.org/a", "https://example.org/b"),
        ("online", "date", "2005-03-01", "2005-03-08"),
        ("article", "author", "Gee, G. and Bee, B.", "Gee, G. and Dee, D."),
        ("book", "author", "Gee, Jr., G.", "Gee, Sr., G."),
        ("article", "title", "Decays of B+ mesons", "Decays of B- mesons"),
        ("book", "title", "Programming in C", "Programming in C++"),
        ("book", "title", "Programming in C", "Programming in C#"),
        ("article", "title", "Bounds on $x^2$ in lakes", "Bounds on $x_2$ in lakes"),
    ],
)
def test_a_detail_that_contradicts_makes_two_works(kind: str, field: str, first: str, second: str) -> None:
    assert not is_same(kind, WHOLE | {field: first}, WHOLE | {field: second})
    assert is_same(kind, WHOLE | {field: first}, WHOLE | {field: first})


@pytest.mark.parametrize(
    ("kind", "field", "first", "second"),
    [
        ("software", "version", "v1.0", "1"),
        ("article", "author", "Gee, G. and Bee, B.", "Gee, G."),
        ("article", "author", "Gee, G. and Østergård, B.", "Gee, G. and Ostergaard, B."),
        ("article", "author", "Gee, G. and others", "Gee, G. and Dee, D."),
        ("book", "author", "Gee, Jr., G.", "Gee, G."),
        ("online", "url", "https://www.example.org/a/", "http://example.org/a"),
        ("article", "title", "Pre- and post-glacial lakes", "Pre and post glacial lakes"),
    ],
)
def test_notation_of_a_detail_contradicts_nothing(kind: str, field: str, first: str, second: str) -> None:
    assert is_same(kind, WHOLE | {field: first}, WHOLE | {field: second})


@pytest.mark.parametrize(
    ("kind", "title", "author"),
    [
        ("techreport", "Harbour report", "{Harbour Board}"),
        ("book", "World harbour survey", "{Harbour Board}"),
        ("book", "Proceedings of the tide conference", "Gee, G."),
        ("book", "Jahrbuch der Gezeiten", "Gee, G."),
        ("techreport", "Rapport annuel du port", "Gee, G."),
    ],
)
def test_what_comes_out_each_year_is_a_work_each_year(kind: str, title: str, author: str) -> None:
    said = {"title": title, "author": author}
    assert not is_same(kind, said | {"year": "2005"}, said | {"year": "2006"})
    assert is_same(kind, said | {"year": "2005"}, said | {"year": "2005"})


def test_a_column_on_one_page_of_two_issues_is_two_works_and_a_slip_in_the_issue_is_none() -> None:
    said = WHOLE | {"journal": "Sea Letters", "volume": "13"}
    one_page = said | {"pages": "5"}
    whole = said | {"pages": "45--67"}
    assert not is_same("article", one_page | {"number": "1"}, one_page | {"number": "2"})
    assert is_same("article", whole | {"number": "1"}, whole | {"number": "2"})


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Physical Review A", "Phys. Rev. D"),
        ("Part I. Physical Review D", "Part I. Physical Review B"),
        ("Deep-Sea Research Part I", "Deep-Sea Research Part II"),
        ("Philosophical Transactions of the Royal Society A", "Philosophical Transactions of the Royal Society B"),
        ("Proc. 31st Conf. on Tides", "Proc. 32nd Conf. on Tides"),
        ("Proceedings of the Tide Conference 2005", "Proceedings of the Tide Conference 2006"),
        ("J. Mar. Sci.", "Journal of Material Science"),
        ("Am. J. Phys.", "American Journal of Physiology"),
        ("Science", "Science Advances"),
    ],
)
def test_sections_counts_and_short_forms_tell_journals_apart(name: str, other: str) -> None:
    assert not names_agree(name, other)
    assert not names_agree(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("J. Phys. A", "Journal of Physics A: Mathematical and General"),
        ("Deep-Sea Res. I", "Deep-Sea Research Part I: Oceanographic Research Papers"),
        ("Acta Cryst. A", "Acta Crystallographica Section A"),
        ("Proc. Natl. Acad. Sci. USA", "Proceedings of the National Academy of Sciences"),
        ("Z. Phys.", "Zeitschrift für Physik"),
        ("J. Mar. Sci.", "Journal of Marine Science"),
        ("Int. Conf. on Tides", "Proceedings of the 31st International Conference on Tides"),
    ],
)
def test_a_journal_with_and_without_section_words_is_one(name: str, other: str) -> None:
    assert names_agree(name, other)
    assert names_agree(other, name)


def test_texts_with_the_same_letters_and_digits_are_told_apart_by_their_signs() -> None:
    assert precise("Editorial. Sea Letters, 1(11), 1-2") != precise("Editorial. Sea Letters, 11(1), 1-2")
    assert precise("Sea Letters, 1 (11), 1–2.") == precise("Sea Letters 1(11), 1-2")


def test_the_path_of_an_address_tells_capitals_from_small_letters() -> None:
    assert url_identity("https://WWW.Example.org/AbC/") == url_identity("http://example.org/AbC")
    assert url_identity("https://example.org/AbC") != url_identity("https://example.org/abc")
