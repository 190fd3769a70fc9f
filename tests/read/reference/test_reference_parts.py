"""The readers of single parts: author lists, dates, numbers, links."""

from __future__ import annotations

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.dates import read_head_date
from dl4es_bib.read.reference.rules.links import take_links
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.reference.rules.numbers import take_numbers


@pytest.mark.parametrize(
    ("text", "families", "stop"),
    [
        ("Ode, A., & de Wit, B. (2001)", ["Ode", "Wit"], "("),
        ("Ode A, de Wit BC. Title", ["Ode", "Wit"], "."),
        ("A. Ode, B. de Wit, and C. Moe, “T”", ["Ode", "Wit", "Moe"], ","),
        ("Ode, Ann, Ben Q. Marsh, and Carl Moe. T", ["Ode", "Marsh", "Moe"], "."),
        ("ODE, Ann, MARSH, Ben and MOE, R. Carl, 2015.", ["ODE", "MARSH", "MOE"], ","),
        ("Ode, A.; Marsh, B. Title", ["Ode", "Marsh"], "."),
        ("Ann Ode and Ben Marsh. Title", ["Ode", "Marsh"], "."),
        ("Ode, A., Moe, K.: Title", ["Ode", "Moe"], ":"),
        ("J.-P. Ardent, A.B. Quist, Title of it", ["Ardent", "Quist"], ","),
        ("Öst, Å., & Ñuño, É. (2001)", ["Öst", "Ñuño"], "("),
    ],
)
def test_an_author_list_is_read_in_its_order(text: str, families: list[str], stop: str) -> None:
    listed = read_names(text)
    assert listed is not None
    assert [name.family for name in listed.names] == families
    assert listed.stop == stop


def test_particles_and_suffixes_are_parts_of_their_own() -> None:
    listed = read_names("van der Berg, A., King, B., Jr., & Moe, C. (2001)")
    assert listed is not None
    assert listed.names == (
        Name("Berg", "A.", non_dropping_particle="van der"),
        Name("King", "B.", suffix="Jr."),
        Name("Moe", "C."),
    )


@pytest.mark.parametrize(
    "text", ["Ode A, et al. T", "A. Ode et al., “T”", "Ode, Ann, and others. T", "Ode, A., … (2001)"]
)
def test_more_authors_than_named(text: str) -> None:
    listed = read_names(text)
    assert listed is not None
    assert listed.et_al
    assert [name.family for name in listed.names] == ["Ode"]


def test_editors_are_told_from_authors() -> None:
    listed = read_names("Ode, A., & Moe, K. (Eds.). (2001). T")
    assert listed is not None
    assert listed.editors


def test_prose_is_no_author_list() -> None:
    assert read_names("deep learning works well, and so does rain", literal=False) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (" (2019). T", "2019"),
        (" 2019. T", "2019"),
        (", 2019a. T", "2019"),
        (" (2012, October 19). T", "2012-10-19"),
        (" (5 January 2012) T", "2012-01-05"),
        (" [2003] T", "2003"),
        (" (n.d.). T", ""),
    ],
)
def test_the_date_after_the_authors(text: str, iso: str) -> None:
    found = read_head_date(text)
    assert found is not None
    assert str(found[0]) == iso
    assert text[found[1] :] == "T"


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("Sea 41.7 (2016): 3-9.", {"volume": "41", "issue": "7", "page": "3-9"}, "Sea \n."),
        ("Sea, 41(7), 3–9.", {"volume": "41", "issue": "7", "page": "3–9"}, "Sea, \n."),
        ("Sea 2016;41(7):3-9.", {"volume": "41", "issue": "7", "page": "3-9"}, "Sea \n."),
        ("Sea 2016, 41 (7), 3–9.", {"volume": "41", "issue": "7", "page": "3–9"}, "Sea \n."),
        ("Sea 41, 7 (May 2016), 3–9.", {"volume": "41", "issue": "7", "page": "3–9"}, "Sea \n."),
        ("Sea, vol. 41, no. 7, pp. 3-9, 2016", {"volume": "41", "issue": "7", "page": "3-9"}, "Sea, \n"),
        ("Sea, Bd. 41, Nr. 7, S. 3-9", {"volume": "41", "issue": "7", "page": "3-9"}, "Sea, \n"),
        ("Sea 41, 104417 (2016).", {"volume": "41", "article-number": "104417"}, "Sea \n."),
        ("Sea 41(Suppl 1): S3-S9", {"volume": "41", "issue": "Suppl 1", "page": "S3-S9"}, "Sea \n"),
        ("Sea vol. XII, pp. 3-9", {"volume": "XII", "page": "3-9"}, "Sea \n"),
    ],
)
def test_volume_issue_and_pages_in_any_order(text: str, fields: dict[str, str], rest: str) -> None:
    numbers, left = take_numbers(text)
    assert numbers.fields == fields
    assert left == rest


def test_numbers_inside_a_title_stay() -> None:
    numbers, left = take_numbers("Floods of 1997 and 2013 in 3 basins. Sea 4, 5-9")
    assert numbers.fields == {"volume": "4", "page": "5-9"}
    assert left == "Floods of 1997 and 2013 in 3 basins. Sea \n"


@pytest.mark.parametrize(
    ("text", "variable", "value"),
    [
        ("doi: 10.5555/a.b.", "DOI", "10.5555/a.b"),
        ("https://doi.org/10.5555/S0020-7225(82)90035-3.", "DOI", "10.5555/S0020-7225(82)90035-3"),
        ("https://doi.org/https://doi.org/10.5555/x", "DOI", "10.5555/x"),
        ("https://example.org/doi/full/10.5555/x.1", "DOI", "10.5555/x.1"),
        ("(https://example.org/a_(b)).", "URL", "https://example.org/a_(b)"),
        ("<https://example.org/a>", "URL", "https://example.org/a"),
        ("arXiv:1905.12345v2 [cs.LG]", "arxiv", "1905.12345v2"),
        ("arXiv preprint arXiv:hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("ISBN 978-1-119-64614-3.", "ISBN", "978-1-119-64614-3"),
        ("PMID: 21234567", "PMID", "21234567"),
        ("PMC1234567", "PMCID", "PMC1234567"),
    ],
)
def test_links_are_clean(text: str, variable: str, value: str) -> None:
    found, rest = take_links("Title. " + text)
    assert found[variable] == value
    assert value not in rest
