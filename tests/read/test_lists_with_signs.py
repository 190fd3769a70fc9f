"""Lists with stars, marks of equal contribution, tags of venues and years as headings."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Item
from dl4es_bib.read.inline import Line, PlacedLink, Styled
from dl4es_bib.read.noise import without_noise
from dl4es_bib.read.readers import read
from dl4es_bib.read.reference import parse_reference


def _items(text: str, name: str = "README.md") -> list[Item]:
    return list(read(SourceText(name, text)).items)


def _families(item: Item) -> list[str]:
    return [name.family for name in item.fields.names("author")] if item.fields else []


@pytest.mark.parametrize(
    ("entry", "title", "venue", "year"),
    [
        (
            "`[AAAI'22]` [Long Peat Models](https://ojs.aaai.org/x) | [code](https://github.com/p/f)",
            "Long Peat Models", "AAAI", 2022,
        ),
        (
            "(**NeurIPS 2021 Spotlight**) Tidal Diffusion Models. Ann Ode, Bo Berg. "
            "[arXiv:2106.09876](https://arxiv.org/abs/2106.09876)",
            "Tidal Diffusion Models", "NeurIPS", 2021,
        ),
        (
            "[ACL Findings 2023] **Contracts as Graphs** [[arXiv]](https://arxiv.org/abs/2304.01234)",
            "Contracts as Graphs", "ACL Findings", 2023,
        ),
        (
            "**[BeeTrack]** BeeTrack: Following Bees by Radar, `ICCV 2023`. "
            "[[Paper]](https://arxiv.org/abs/2308.04512)",
            "BeeTrack: Following Bees by Radar", "ICCV", 2023,
        ),
        (
            "Meadows as sinks of carbon (Limnology and Oceanography 2021) "
            "[[pdf]](https://example.org/m.pdf)",
            "Meadows as sinks of carbon", "Limnology and Oceanography", 2021,
        ),
    ],
)  # fmt: skip
def test_a_tag_before_a_title_and_brackets_behind_it_say_where_it_appeared(
    entry: str, title: str, venue: str, year: int
) -> None:
    (item,) = _items(f"# Papers\n\n- {entry}\n")
    assert item.fields is not None
    assert (item.title, item.fields.text("container-title"), item.fields.year) == (title, venue, year)


@pytest.mark.parametrize(
    "people",
    [r"**Ann Ode**\*, Bo Berg\*, and Cy Dee.", "A. Ode†, B. Berg†, and C. Dee.", r"Ode, A.\*, Berg, B., & Dee, C."],
)
def test_marks_of_equal_contribution_are_no_part_of_names(people: str) -> None:
    (item,) = _items(f'- {people} "Notes in Margins." *Sea Letters* 39(2): 411–430, 2024.\n')
    assert _families(item) == ["Ode", "Berg", "Dee"]
    assert item.title == "Notes in Margins"


def test_signs_go_and_what_stands_behind_them_moves_along() -> None:
    line = Line(1, "On ice ⭐ 214 A* search :fire: end", faces=[Styled("bold", 0, 6), Styled("italic", 30, 33)])
    left = without_noise(line)
    assert left.text == "On ice A* search end"
    assert [left.text[face.start : face.end] for face in left.faces] == ["On ice", "end"]


def test_a_sign_that_is_the_word_of_a_link_stays() -> None:
    link = _items("- [🔥](https://example.org/a)\n")[0].links[0]
    line = Line(1, "🔥", [PlacedLink(link, 0, 1)])
    assert without_noise(line) == line


def test_a_year_as_heading_dates_what_has_none_but_nothing_under_review() -> None:
    text = (
        '## 2024\n\n- Ode, A., Berg, B. "Notes in Margins." *Sea Letters* 39(2): 411–430.\n'
        "- Dee, C. (2019). Old tides. *Sea Letters*, 5(1), 1–9.\n"
        '- Fay, D. "Later tides." *Sea Letters* 40(1): 1–2. Under review.\n'
    )
    assert [item.fields.year for item in _items(text) if item.fields] == [2024, 2019, None]


def test_who_a_work_was_written_with_are_its_authors() -> None:
    work = parse_reference('"Knots and primes" (with J. Ode and H. Berg), Compositio Math. 148 (2012), no. 3, 767-801.')
    assert [name.family for name in work.names("author")] == ["Ode", "Berg"]
    assert work.text("container-title").startswith("Compositio Math")


def test_a_number_behind_the_name_of_a_journal_is_its_volume_after_in_too() -> None:
    work = parse_reference("Schäfer, Uwe: Die Hanse. In: Hansische Blätter 118 (2000), S. 1–38.")
    assert (work.text("container-title"), work.text("volume")) == ("Hansische Blätter", "118")


def test_the_number_of_a_biorxiv_preprint_is_the_end_of_its_doi() -> None:
    work = parse_reference("Ode, A., Berg, B. Replay without sleep. bioRxiv 2022.05.11.491234")
    assert (work.text("DOI"), work.year) == ("10.1101/2022.05.11.491234", 2022)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cv.txt", "GRANTS\n\n2016-2019\tCouncil Research Grant, £412,000 (PI)\n"),
        ("page.md", "See also my [profile](https://scholar.google.com/citations?user=a).\n"),
        ("page.md", "You can also find [articles](https://orcid.org/0000-0001-0000-0000).\n"),
    ],
)
def test_lines_of_a_life_and_sentences_that_lead_elsewhere_are_no_items(name: str, text: str) -> None:
    assert _items(text, name) == []


def test_an_abstract_below_a_work_in_lines_does_not_hide_it() -> None:
    text = (
        "# Papers\n\n## Maps Without Templates\n\n*Ann Ode, Bo Berg* <br>\n"
        "ICLR 2023 · [Project page](https://maps.example.org)\n\n"
        "<details>\n<summary>Abstract</summary>\nWe show how.\n</details>\n"
    )
    (item,) = [item for item in _items(text) if item.kind == "reference"]
    assert (item.title, _families(item)) == ("Maps Without Templates", ["Ode", "Berg"])


def test_authors_stand_below_the_linked_title_in_one_cell() -> None:
    text = "| Paper | Venue | Year |\n|--|--|--|\n"
    text += "| [Robust Hand Marks](https://arxiv.org/abs/2009.05555) <br> *N. Ode, D. Berg* | RA-L | 2020 |\n"
    assert _families(_items(text)[0]) == ["Ode", "Berg"]
