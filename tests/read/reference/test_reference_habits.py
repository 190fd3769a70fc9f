"""Habits of lists that no style prescribes: abbreviated journals, mixed name orders, marks behind the title."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import parse_reference


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        ("Dee, A. (2021). Drift of floes. Front. Ice, 9, 12-15.", "Drift of floes", "Front. Ice"),
        ("Dee, A. (2005). A jet off the coast: structure, Mon. Tide Rev., 133(12), 2-6.",
         "A jet off the coast: structure", "Mon. Tide Rev."),
        ("Dee, A. (2013). Trends in the bay. Global Planet. Change 100, 172-182.",
         "Trends in the bay", "Global Planet. Change"),
        ("Dee, A., 2021: Learning to correct. J. Adv. Model. Earth Sys., 13, 1-9.",
         "Learning to correct", "J. Adv. Model. Earth Sys."),
        ("Dee, A. (2020). A coupled model, Geosci. Model Dev. Discuss., in review.",
         "A coupled model", "Geosci. Model Dev. Discuss."),
        ("Dee, A. (2011). Sand Under Rivers and Soil. Nature, 25, 100-110.", "Sand Under Rivers and Soil", "Nature"),
        ("Dee, A. (2010). A visit to St. Louis. Travel Letters, 1, 2-3.", "A visit to St. Louis", "Travel Letters"),
    ],
)  # fmt: skip
def test_an_abbreviated_journal_is_no_part_of_the_title(text: str, title: str, journal: str) -> None:
    work = parse_reference(text)
    assert (work.title, work.text("container-title")) == (title, journal)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Marsh K., B. Fay, and C. Bell, 2017: Salt at sea, J. Clim., 30, 4-9.", ["Marsh", "Fay", "Bell"]),
        ("J. E. Dee, Fay, P.G., Hill, D.R., and Bell, C.E., 2021. Floes. Sea Notes, 2, 1-3.",
         ["Dee", "Fay", "Hill", "Bell"]),
        ("L. Stone, Hill, A. B. & Reef, C. 2019. Kelp on rocks. Marine Notes, 3, 5-9.", ["Stone", "Hill", "Reef"]),
        ("Fay, R. D (2007) Rain at sea. J. Clim., 20(18), 47-97.", ["Fay"]),
        ("王伟, 李明, 等. 冰川变化[J]. 冰川冻土, 2015, 37(2): 301-308.", ["王", "李"]),
    ],
)  # fmt: skip
def test_a_list_that_mixes_the_orders_of_names_is_read_whole(text: str, families: list[str]) -> None:
    work = parse_reference(text)
    assert [name.family for name in work.names("author")] == families
    assert work.year in (2017, 2021, 2019, 2007, 2015)


@pytest.mark.parametrize(
    ("text", "title", "journal", "page"),
    [
        ("Dee A.B., Fay C.D. Ice in the north // Sea Notes. 2012. V. 52. No. 3. P. 310-320.",
         "Ice in the north", "Sea Notes", "310-320"),
        ("Петров В. Г. Лед и море // Вестник льда. 2015. Т. 12, вып. 3. С. 5–19.",
         "Лед и море", "Вестник льда", "5–19"),
        ("DEE A, FAY R. Small floes[J]. Sea Notes, 2019, 12(3): 45-52.", "Small floes", "Sea Notes", "45-52"),
        ("王伟. 冰川变化[J]. 冰川冻土, 2015, 37(2): 301-308.", "冰川变化", "冰川冻土", "301-308"),
    ],
)  # fmt: skip
def test_a_mark_behind_the_title_ends_it(text: str, title: str, journal: str, page: str) -> None:
    work = parse_reference(text)
    assert (work.title, work.text("container-title"), work.text("page")) == (title, journal, page)


def test_the_pages_on_which_a_list_says_it_is_cited_are_no_volume() -> None:
    work = parse_reference("[7] Ann Dee and Bo Fay. Floe margins. In CVPR, 2022. 2, 4, 16")
    assert work.year == 2022
    assert not work.text("volume")
    assert not work.text("page")


def test_a_blank_inside_a_range_is_no_part_of_it() -> None:
    assert (
        parse_reference("Dee, L., Ode, D., Flat shores: An overview, Sea Notes Journal 12 (2013) ABCD75– ABCD81.").text(
            "page"
        )
        == "ABCD75–ABCD81"
    )


def test_a_paper_number_is_no_volume() -> None:
    work = parse_reference("Dee, Y. (2021). Flow of ice. Journal of Ice Research, 2021JG006711.")
    assert (work.text("volume"), work.text("article-number")) == ("", "2021JG006711")


def test_an_ordinal_behind_the_year_is_the_venues() -> None:
    work = parse_reference("Bell, C. Waves as objects (2023). 64th World Sea Congress - Oslo, Norway.")
    assert (work.title, work.year) == ("Waves as objects", 2023)
