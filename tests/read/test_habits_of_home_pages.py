"""Habits of home pages and of lists in other languages: what each of them means."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.people import han_names
from dl4es_bib.read.readers import read
from dl4es_bib.read.reference import parse_entry


def _read(text: str, *emphasised: str) -> Work:
    return parse_entry(text, Source("text", "list"), emphasised=emphasised)


@pytest.mark.parametrize(
    ("text", "title", "journal"),
    [
        (
            "L. Moreau and P. Haas. *Slip on wet granite*. Tectonophysics 812, 228901 (2021).",
            "Slip on wet granite",
            "Tectonophysics",
        ),
        (
            "Lena Moreau, Paul Haas: Slow slip in fast faults. Tectonophysics 96 (2021), 12-20.",
            "Slow slip in fast faults",
            "Tectonophysics",
        ),
        (
            "Lind E, Haas P. Rumours in sensor networks. Proc. 3rd Intl. Symp. on Wireless Systems, Tallinn, 2008.",
            "Rumours in sensor networks",
            "Proc. 3rd Intl. Symp. on Wireless Systems",
        ),
        ("Lind, E. 2020. Glass that heals. *Acta Materialia*. Accepted.", "Glass that heals", "Acta Materialia"),
        (
            "Lis E., Dwory na Mazowszu, „Kwartalnik Architektury” 1998, t. 43, z. 1, s. 5–20.",
            "Dwory na Mazowszu",
            "Kwartalnik Architektury",
        ),
    ],
)
def test_the_title_ends_where_journal_or_meeting_begins(text: str, title: str, journal: str) -> None:
    work = _read(text)
    assert work.title == title
    assert work.text("container-title") == journal
    assert len(work.names("author")) >= 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('Y. Tamura, "Strain gauge with self-test," US Patent 10,123,456, Nov. 2018.', "10,123,456"),
        ("Lind, E. and Haas, P. (2011). Valve for deep wells. European Patent EP 2 345 678 B1.", "EP 2 345 678 B1"),
        ("C. Day. Method for drying moss. U.S. Patent No. 7,654,321, issued March 3, 2010.", "7,654,321"),
    ],
)
def test_the_number_of_a_patent_is_no_volume(text: str, number: str) -> None:
    work = _read(text)
    assert (work.type, work.text("number")) == ("patent", number)
    assert not {"volume", "issue", "page", "container-title"} & set(work.fields)


def test_a_title_that_speaks_of_patents_is_an_article() -> None:
    work = _read("Haas, P. (2012). Patent 101 and other stories. Law Review 12, 3-9.")
    assert work.type == "article-journal"
    assert work.text("volume") == "12"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("鈴木一郎（2008）「方言の境界」『日本語研究』12(3), 1-15.", ["鈴木一郎"]),
        ("田中次郎・高橋三郎「森の音」『音響学会誌』第12巻第3号, pp. 1-15, 2008年.", ["田中次郎", "高橋三郎"]),
    ],
)
def test_brackets_show_title_and_journal_in_japanese(text: str, people: list[str]) -> None:
    work = _read(text)
    assert f"「{work.title}」" in text
    assert [name.literal for name in work.names("author")] == people
    assert (work.text("volume"), work.text("issue"), work.text("page")) == ("12", "3", "1-15")
    assert work.year == 2008


@pytest.mark.parametrize(
    ("text", "families"), [("张三, 李四", ["张", "李"]), ("欧阳修、王伟等", ["欧阳", "王"]), ("李四", ["李"])]
)
def test_chinese_names_are_divided_after_the_family_name(text: str, families: list[str]) -> None:
    found = han_names(text)
    assert found is not None
    assert [name.family for name in found.names] == families


def test_the_version_of_software_is_no_publisher() -> None:
    work = _read("Moreau, L., & Haas, P. (2019). *faultpy* (Version 2.1) [Computer software]. Zenodo.")
    assert (work.type, work.text("version"), work.text("publisher")) == ("software", "2.1", "Zenodo")


def test_those_with_whom_it_was_written_are_its_authors() -> None:
    work = _read("Tame curves over finite fields, with C. Day and E. Lind, Acta Arith. 137 (2009), 101-119.")
    assert work.title == "Tame curves over finite fields"
    assert [name.family for name in work.names("author")] == ["Day", "Lind"]


def test_templates_of_other_wikipedias_are_read() -> None:
    from dl4es_bib.read.wikitext import read_wikitext

    text = (
        "== Références ==\n"
        "* {{Ouvrage|prénom1=Jeanne|nom1=Le Goff|titre=Les ports|éditeur=Aune|année=1989}}\n"
        "* {{Article|auteur=Paul Haas|titre=Les vents|périodique=Revue du nord|volume=3|année=2001}}\n"
    )
    items = list(read_wikitext(SourceText("list.wiki", text)).items)
    assert [item.title for item in items] == ["Les ports", "Les vents"]
    assert [item.fields.year for item in items if item.fields is not None] == [1989, 2001]


@pytest.mark.parametrize(
    "line",
    [
        "- [Gaps in tame sets](https://arxiv.org/abs/1801.02222) (with T. Varga), *Mathematika* **65** (2019), 1-9.",
        "- Gaps in tame sets (with T. Varga), preprint, [arXiv:1801.02222](https://arxiv.org/abs/1801.02222)",
    ],
)
def test_a_note_in_brackets_names_those_with_whom_a_paper_was_written(line: str) -> None:
    (item,) = read(SourceText("list.md", f"# Papers\n\n{line}\n")).items
    assert item.title == "Gaps in tame sets"
    assert item.fields is not None
    assert [name.family for name in item.fields.names("author")] == ["Varga"]


def test_a_quote_of_names_below_a_heading_holds_the_authors() -> None:
    text = (
        "# Notes\n\n### Seeing Rivers (PLOS Climate 2022)\n> Lena Moreau, Paul Haas\n\n"
        "[Paper](https://arxiv.org/abs/2104.00001) / [Code](https://github.com/moreau/rivers)\n"
    )
    (item,) = read(SourceText("list.md", text)).items
    assert (item.kind, item.title) == ("reference", "Seeing Rivers")
    assert item.fields is not None
    assert item.fields.text("container-title") == "PLOS Climate"
    assert [resource.role for resource in item.resources] == ["code"]
