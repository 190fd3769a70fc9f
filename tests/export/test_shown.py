"""What is made right in a record before a style formats it."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.csl import Style
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.sentence_case import sentence_case, words_written_small
from dl4es_bib.export.shown import Habits, clean_title, shown
from dl4es_bib.formats.csljson import from_csl
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.journal_lists import ShortNames, read_journal_list

PLAIN = Habits(repeats_number=False, shows_status=False)


def item_of(data: dict[str, Any], habits: Habits = PLAIN) -> dict[str, Any]:
    return shown(ExportEntry("key", from_csl(data, Source("test", "test"))), lambda: habits)


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("The $L_2$ norm of $\\alpha$", "The L₂ norm of α"),
        ("Ice &amp;amp; snow", "Ice & snow"),
        ("AT&T;s wires and R&D", "AT&T;s wires and R&D"),
        ("On <jats:italic>Quercus</jats:italic> and CO<inf>2</inf>", "On <i>Quercus</i> and CO<sub>2</sub>"),
        ("A <mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> term", "A x² term"),
        ("Open <mml:math><mml:mi>x</mml:mi>", "Open x"),
        ("p < 0.05 and List<T>", "p < 0.05 and List<T>"),
        ("A title that ends.", "A title that ends"),
        ("Proceedings of the Soc.", "Proceedings of the Soc."),
        ("A life of Frost Jr.", "A life of Frost Jr."),
        ("Ice in court: Snow v. Frost Inc.", "Ice in court: Snow v. Frost Inc."),
        ("Snow, ice, etc.", "Snow, ice, etc."),
        ("Winters of the U.S.A.", "Winters of the U.S.A."),
        ("A reply to “Ice.”", "A reply to “Ice”"),
        ("What is it...", "What is it..."),
        ("Two\n  lines", "Two lines"),
    ],
)
def test_titles_lose_markup_and_keep_their_words(title: str, clean: str) -> None:
    assert clean_title(title) == clean


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Phys. Rev. Lett.", "Phys. Rev. Lett."),
        ("Proc. Natl. Acad. Sci. U.S.A.", "Proc. Natl. Acad. Sci. U.S.A."),
        ("Computing Res.", "Computing Res."),
        ("Glaciol.", "Glaciol."),
        ("J. Environ. Management.", "J. Environ. Management."),
        ("Remote Sensing.", "Remote Sensing"),
        ("Lecture Notes in Computer Science.", "Lecture Notes in Computer Science"),
    ],
)
def test_the_stop_of_an_abbreviated_journal_stays(name: str, clean: str) -> None:
    assert clean_title(name, is_container=True) == clean


@pytest.mark.parametrize("title", ["<" * 100_000, "<math>" * 20_000, "$" * 50_000, "&amp;" * 50_000])
def test_hostile_titles_are_cleaned(title: str) -> None:
    assert len(clean_title(title)) <= 20_000


def test_an_article_number_is_printed_once() -> None:
    data = {"type": "article-journal", "title": "T", "custom": {"article-number": "e12"}}
    assert Habits.of(Style.load("modern-language-association")).repeats_number
    assert not Habits.of(Style.load("apa")).repeats_number
    assert "number" not in item_of(data, Habits(repeats_number=True, shows_status=False))
    assert item_of(data)["page"] == item_of(data)["number"] == "e12"


@pytest.mark.parametrize("page", ["Article 55", "Art. No. 55", "paper 55"])
def test_pages_that_are_an_article_number_are_one(page: str) -> None:
    item = item_of({"type": "article-journal", "title": "T", "page": page})
    assert (item["number"], item["page"]) == ("55", "55")


def test_an_article_number_goes_to_the_pages_where_a_style_knows_no_numbers() -> None:
    assert not Habits.of(Style.load("nature")).prints_number
    assert Habits.of(Style.load("apa")).prints_number
    silent = Habits(repeats_number=False, shows_status=False, prints_number=False)
    item = item_of({"type": "article-journal", "title": "T", "number": "17"}, silent)
    assert (item["page"], "number" in item) == ("17", False)
    assert item_of({"type": "report", "title": "T", "number": "17"}, silent)["number"] == "17"


@pytest.mark.parametrize(
    ("event", "container"),
    [
        ("Ice Days 2020", "Ice Days 2020"),
        ("The Ice Days", "Proceedings of the Ice Days"),
        ("International Conference on Ice", "Proc. 3rd International Conference on Ice (ICI 2020)"),
        ("ICI", "Proceedings of ICI 2020"),
    ],
)
def test_a_conference_is_named_once(event: str, container: str) -> None:
    data = {"type": "paper-conference", "title": "T", "event-title": event, "container-title": container}
    assert "event-title" not in item_of(data)
    assert item_of(data | {"container-title": "Lecture Notes"})["event-title"] == event


@pytest.mark.parametrize(
    ("given", "doi", "url"),
    [
        ({"DOI": "http://dx.doi.org/10.5555%2Ftwo"}, "10.5555/two", None),
        ({"DOI": "n/a", "URL": "URL: https://example.org/a"}, None, "https://example.org/a"),
        ({"DOI": "https://example.org/b"}, None, "https://example.org/b"),
        ({"URL": "<https://example.org/a b>"}, None, "https://example.org/a b"),
        ({"URL": "www.example.org"}, None, "www.example.org"),
    ],
)
def test_addresses_are_the_address_alone(given: dict[str, str], doi: str | None, url: str | None) -> None:
    item = item_of({"type": "webpage", "title": "T", **given})
    assert (item.get("DOI"), item.get("URL")) == (doi, url)


@pytest.mark.parametrize("words", ["Personal communication", "private communication."])
def test_a_personal_communication_is_one_also_when_only_words_say_so(words: str) -> None:
    item = item_of({"type": "document", "title": "T", "container-title": words})
    assert (item["type"], "container-title" in item) == ("personal_communication", False)
    assert item_of({"type": "article-journal", "title": "T", "container-title": words})["container-title"]


def test_a_preprint_without_an_address_has_that_of_arxiv() -> None:
    data = {"type": "article", "title": "T", "number": "arXiv:2301.01234v2", "publisher": "arXiv"}
    assert item_of(data)["URL"] == "https://arxiv.org/abs/2301.01234"
    assert "URL" not in item_of(data | {"DOI": "10.5555/a"})


def test_in_press_is_said_once_where_a_style_prints_it_only_without_a_volume() -> None:
    ieee = Habits.of(Style.load("ieee"))
    assert (ieee.shows_status, ieee.shows_status_alone) == (False, True)
    item = item_of({"type": "article-journal", "title": "T", "status": "in press", "issued": "in press"}, ieee)
    assert (item["status"], "issued" in item) == ("in press", False)


@pytest.mark.parametrize(
    "container", ["arXiv preprint arXiv:2301.01234", "arXiv:2301.01234", "ArXiv e-prints", "arXiv"]
)
def test_arxiv_is_named_once(container: str) -> None:
    item = item_of({"type": "article-journal", "title": "T", "container-title": container})
    assert (item["type"], item["publisher"]) == ("article", "arXiv")
    assert "container-title" not in item


def test_in_press_stands_where_the_style_looks_for_it() -> None:
    assert not Habits.of(Style.load("nature")).shows_status
    assert Habits.of(Style.load("apa")).shows_status
    assert item_of({"type": "article-journal", "title": "T", "status": "In press"})["issued"] == {"literal": "in press"}
    knows = Habits(repeats_number=False, shows_status=True)
    assert "issued" not in item_of({"type": "article-journal", "title": "T", "status": "in press"}, knows)


@pytest.mark.parametrize(
    ("title", "lowered"),
    [
        ("Deep Learning for Sea Ice in the Arctic", "Deep learning for sea ice in the Arctic"),
        (
            "Forecasting Global Weather With Graph Neural Networks",
            "Forecasting global weather with graph neural networks",
        ),
        ("U-Net and ERA5: A Benchmark for NASA Data", "U-Net and ERA5: A benchmark for NASA data"),
        ("Sea Surface Temperature in the North Atlantic Ocean", "Sea surface temperature in the North Atlantic Ocean"),
        ("Prediction of Drought in Quercus Robur Forests", "Prediction of drought in Quercus Robur forests"),
        ("Physics-Informed Networks for El Niño Prediction", "Physics-informed networks for El Niño prediction"),
        ("A title in sentence case about Paris", "A title in sentence case about Paris"),
        ("PyTorch Models", "PyTorch Models"),
    ],
)
def test_only_words_that_are_no_names_are_lowered(title: str, lowered: str) -> None:
    assert sentence_case(title) == lowered


def test_words_are_learned_from_the_other_titles() -> None:
    small = words_written_small(
        ["Observing phytoplankton near Madeira with satellites", "Blooms of Phytoplankton Species"]
    )
    assert "phytoplankton" in small
    assert "madeira" not in small
    assert sentence_case("Models for Phytoplankton Around Madeira", small) == "Models for phytoplankton around Madeira"


def test_an_incomplete_list_of_authors_ends_in_et_al_in_every_style() -> None:
    values: dict[str, Value] = {"title": "Tides", "author": (Name("Ode", "A."),), "issued": PartialDate(2004)}
    work = Work.of("article-journal", values, Source("user"), et_al=True)
    section = Section("S", entries=(ExportEntry("a", work),))
    for style in ("apa", "ieee", "nature", "vancouver", "chicago"):
        ((_, text),) = References(Style.load(style), "", [section]).of(section, "text")
        assert "et al." in text, style
        assert "others" not in text


def test_initials_without_stops_are_initials() -> None:
    values: dict[str, Value] = {"title": "Tides", "author": (Name("O'Neill", "BC"), Name("Li", "Wei"))}
    section = Section("S", entries=(ExportEntry("a", Work.of("book", values, Source("user"))),))
    ((_, text),) = References(Style.load("apa"), "", [section]).of(section, "text")
    assert text.startswith("O’Neill, B. C., & Li, W.")


def test_journals_get_a_short_name_where_that_is_asked_for_and_they_have_none() -> None:
    name = "Journal of the American Chemical Society"
    article = {"id": "a", "type": "article-journal", "title": "Ice", "container-title": name}
    works = [
        article,
        {**article, "id": "own", "container-title-short": "JACS"},
        {**article, "id": "chapter", "type": "chapter"},
    ]
    entries = [ExportEntry(str(data["id"]), from_csl(data, Source("record", "crossref"))) for data in works]
    made = [shown(entry, lambda: PLAIN, journals="iso4").get("container-title-short") for entry in entries]
    assert made == ["J. Am. Chem. Soc.", "JACS", None]
    assert shown(entries[0], lambda: PLAIN).get("container-title-short") is None


def test_a_list_of_journals_goes_before_iso_4_and_names_what_is_no_journal_too() -> None:
    listed = read_journal_list("The Ice & Snow Review;Ice Snow\nProceedings of Ice Days;Proc. ICED")
    names = ShortNames(listed, iso4=True)
    data = [
        {"id": "a", "type": "article-journal", "title": "Ice", "container-title": "Ice and Snow Review"},
        {"id": "b", "type": "paper-conference", "title": "Ice", "container-title": "Proceedings of Ice Days"},
        {"id": "c", "type": "article-journal", "title": "Ice", "container-title": "Monthly Weather Review"},
        {"id": "d", "type": "chapter", "title": "Ice", "container-title": "A Review of Ice"},
        {"id": "e", "type": "article-journal", "title": "Ice", "container-title": "Ice and Snow Review"}
        | {"container-title-short": "own"},
    ]
    entries = [ExportEntry(str(item["id"]), from_csl(item, Source("record", "crossref"))) for item in data]
    made = [shown(entry, lambda: PLAIN, journals=names).get("container-title-short") for entry in entries]
    assert made == ["Ice Snow", "Proc. ICED", "Mon. Weather Rev.", None, "own"]


def test_short_names_of_journals_are_printed_by_styles_that_want_them() -> None:
    work = from_csl(
        {"id": "a", "type": "article-journal", "title": "Ice", "container-title": "Monthly Weather Review"},
        Source("record", "crossref"),
    )
    section = Section("", entries=(ExportEntry("a", work),))
    for style, expected in (("nature", "Mon. Weather Rev."), ("apa", "Monthly Weather Review")):
        references = References(Style.load(style), "", [section], journals="iso4")
        assert expected in references.of(section, "text")[0][1]
