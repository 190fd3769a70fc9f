"""Parts of books that are cited by their book alone, and years that are volumes."""

from __future__ import annotations

import pytest

from dl4es_bib.model.work import Source
from dl4es_bib.read.reference import looks_like_reference, parse_reference
from dl4es_bib.read.reference.parse import parse_entry


@pytest.mark.parametrize(
    ("text", "book", "publisher", "year"),
    [
        (
            "Nordin, A. et al. in Handbook of Shores (eds Berg, L. & Lie, K.) Ch. 3 (Fjord Press, 2004).",
            "Handbook of Shores",
            "Fjord Press",
            2004,
        ),
        (
            "Bo, O. et al. in A Book of Fog (ed. Vik, U.) Ch. 7 (Springer, 2011).",
            "A Book of Fog",
            "Springer",
            2011,
        ),
        ("Lund, M. & Roe, B. in Lamps and Fog (ed. Vik, T.) 12–19 (Wiley, 1998).", "Lamps and Fog", "Wiley", 1998),
        (
            "Halden, D. L. et al. in Coasts 2013: The Basis (eds Ode, T. F. et al.) 159–254 (Univ. Press, 2013).",
            "Coasts 2013: The Basis",
            "Univ. Press",
            2013,
        ),
    ],
)
def test_a_part_cited_by_its_book_alone_has_no_title_and_is_a_reference(
    text: str, book: str, publisher: str, year: int
) -> None:
    work = parse_reference(text)
    assert looks_like_reference(text)
    assert (work.type, work.title, work.text("container-title")) == ("chapter", "", book)
    assert (work.text("publisher"), work.year, work.text("issue")) == (publisher, year, "")


@pytest.mark.parametrize(
    "text",
    [
        'Ode, Ann. "On tides." Sea Letters 2007 (2009): 1-13.',
        'Vik, T., B. Lund. "Buoys in Narrow Sounds after Severe Storms." Harbour Notes 2007 (2009): 21-30.',
        "Roe, Bea. “Lamps in Fog on a Cold Coast.” Advances in Coastal Lamps 2007 (2009): 1–8.",
    ],
)
def test_of_two_years_the_one_in_brackets_is_the_date_and_the_other_the_volume(text: str) -> None:
    work = parse_reference(text)
    assert (work.year, work.text("volume")) == (2009, "2007")
    assert work.date("issued").end is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "Lund, Mona and Roe, Bo, Buoys and Markets (May 2, 2018). Fjord Law School Working Paper No. 18-12; Oslo "
            "Discussion Paper No. 77. Available at SSRN: https://ssrn.com/abstract=34 or https://doi.org/10.5555/ssrn.34",
            "18-12",
        ),
        (
            "Vik, Tor and Ode, Ann, Lamps at Work: What They Cost (June 14, 2016). Harbour School Working Paper No. "
            "14-093; Coast Research Paper No. SPE-2016. Available at SSRN: https://ssrn.com/abstract=24 or "
            "http://dx.doi.org/10.5555/ssrn.24",
            "14-093",
        ),
    ],
)
def test_of_a_paper_in_two_series_the_first_is_its_number_and_or_between_addresses_is_no_place(
    text: str, number: str
) -> None:
    work = parse_entry(text, Source("text"))
    assert (work.type, work.text("number")) == ("report", number)
    assert (work.text("publisher-place"), work.text("container-title")) == ("", "")
    assert work.text("DOI").startswith("10.5555/ssrn.")


def test_a_second_address_behind_or_changes_nothing_else() -> None:
    work = parse_reference(
        "Vik, T. (2020). Fog. Sea Letters, 4, 3-9. https://example.org/fog or https://doi.org/10.5555/f.1"
    )
    assert (work.text("container-title"), work.text("page"), work.text("DOI")) == ("Sea Letters", "3-9", "10.5555/f.1")
