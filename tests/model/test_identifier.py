"""Identifiers: what is one, what it is worth, what it is equal to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identified, Identifier, trim


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/ABC.1",
        "doi:10.5555/abc.1",
        "DOI: 10.5555/Abc.1",
        "https://doi.org/10.5555/abc.1",
        "http://dx.doi.org/10.5555/abc.1",
        "doi.org/10.5555%2Fabc.1",
        "10.5555/abc.1.",
        "10.5555/abc.1).",
    ],
)
def test_a_doi_is_the_same_however_it_is_written(text: str) -> None:
    assert ids.doi(text) == Identifier("doi", "10.5555/abc.1")


@pytest.mark.parametrize(
    "text",
    [
        "10.1016/0020-7225(82)90035-3",
        "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T",
        "10.1890/0012-9658(2006)87[2832:TIOPMA]2.0.CO;2",
    ],
)
def test_brackets_and_semicolons_inside_a_doi_stay(text: str) -> None:
    found = ids.doi(text)
    assert found is not None
    assert found.written == text


@pytest.mark.parametrize("text", ["", "10.5555", "10.55/abc", "11.5555/abc", "10.5555/", "a 10.5555/x", "10.5555/a b"])
def test_what_is_no_doi_gives_nothing(text: str) -> None:
    assert ids.doi(text) is None


def test_a_percent_sign_is_decoded_in_a_link_and_kept_in_a_bare_doi() -> None:
    assert ids.doi("https://doi.org/10.5555/a%23b") == Identifier("doi", "10.5555/a#b")
    assert ids.doi("10.5555/a%23b") == Identifier("doi", "10.5555/a%23b")


def test_a_doi_of_unreasonable_length_is_none() -> None:
    assert ids.doi("10.5555/" + "a" * 3000) is None


def test_a_link_to_a_doi_is_percent_encoded() -> None:
    one = ids.doi("10.5555/a#b<c>?d")
    assert one is not None
    assert one.link == "https://doi.org/10.5555/a%23b%3Cc%3E%3Fd"


@pytest.mark.parametrize(
    ("text", "value", "version"),
    [
        ("2104.05107", "2104.05107", ""),
        ("arXiv:2104.05107v2", "2104.05107", "v2"),
        ("arxiv: 0704.0001", "0704.0001", ""),
        ("hep-th/9901001", "hep-th/9901001", ""),
        ("math.GT/0309136v1", "math.gt/0309136", "v1"),
    ],
)
def test_arxiv_ids_old_and_new(text: str, value: str, version: str) -> None:
    found = ids.arxiv(text)
    assert found is not None
    assert (found.value, found.version) == (value, version)


@pytest.mark.parametrize("text", ["2113.05107", "2104.051", "1234.567890", "volume 12", "2104.05107 and more"])
def test_numbers_that_are_no_arxiv_id(text: str) -> None:
    assert ids.arxiv(text) is None


def test_an_isbn_10_is_its_isbn_13() -> None:
    assert ids.isbn("0-306-40615-2") == ids.isbn("ISBN 978-0-306-40615-7")


def test_an_isbn_may_end_in_x() -> None:
    assert ids.isbn("0-8044-2957-X") == Identifier("isbn", "9780804429573")


@pytest.mark.parametrize("text", ["0-306-40615-3", "978-0-306-40615-8", "12345", "979-0-2600-0043-X"])
def test_an_isbn_with_a_wrong_check_digit_is_none(text: str) -> None:
    assert ids.isbn(text) is None


def test_an_issn_needs_its_check_digit() -> None:
    assert ids.issn("0378-5955") == Identifier("issn", "0378-5955")
    assert ids.issn("03785955") == Identifier("issn", "0378-5955")
    assert ids.issn("2434-561X") == Identifier("issn", "2434-561X")
    assert ids.issn("0378-5954") is None
    assert ids.issn("0000-0000") is None
    assert ids.issn("123") is None


def test_pubmed_ids() -> None:
    assert ids.pmid("PMID: 12345678") == Identifier("pmid", "12345678")
    assert ids.pmid("012") is None
    assert ids.pmcid("PMC1234567") == Identifier("pmcid", "PMC1234567")
    assert ids.pmcid("1234567") is None


def test_a_pii_is_read_with_and_without_punctuation() -> None:
    assert ids.pii("S0000-0000(19)30001-0") == Identifier("pii", "S0000000019300010")
    assert ids.pii("S0000000019300010") == Identifier("pii", "S0000000019300010")
    assert ids.pii("X0000000019300010") is None
    assert ids.pii("S00000000193000") is None


def test_an_address_is_folded_in_scheme_and_host_only() -> None:
    assert ids.url("HTTPS://Example.ORG/Path") == Identifier("url", "https://example.org/Path")
    assert ids.url("javascript:alert(1)") is None


@pytest.mark.parametrize(
    ("identifier", "link"),
    [
        (Identifier("arxiv", "2104.05107", version="v2"), "https://arxiv.org/abs/2104.05107v2"),
        (Identifier("pmid", "1"), "https://pubmed.ncbi.nlm.nih.gov/1/"),
        (Identifier("pmcid", "PMC1234"), "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234/"),
        (Identifier("github", "a/b", "A/b"), "https://github.com/A/b"),
        (Identifier("gitlab", "a/b"), "https://gitlab.com/a/b"),
        (Identifier("pii", "S1"), "https://www.sciencedirect.com/science/article/pii/S1"),
        (Identifier("isbn", "9780306406157"), "https://openlibrary.org/isbn/9780306406157"),
        (Identifier("issn", "0378-5955"), "https://portal.issn.org/resource/ISSN/0378-5955"),
        (Identifier("url", "https://a.example"), "https://a.example"),
    ],
)
def test_every_kind_has_an_address(identifier: Identifier, link: str) -> None:
    assert identifier.link == link


def test_identifiers_show_what_they_are() -> None:
    assert str(Identifier("doi", "10.5555/a", "10.5555/A")) == "doi:10.5555/A"
    assert Identified(Identifier("doi", "10.5555/a"), "rule", "x").is_guess
    assert not Identified(Identifier("doi", "10.5555/a"), "link").is_guess


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("http://a.example/x.", "http://a.example/x"),
        ("http://a.example/x).", "http://a.example/x"),
        ("http://a.example})", "http://a.example"),
        ("http://a.example/(x)", "http://a.example/(x)"),
        ("http://a.example/((", "http://a.example/"),
        ("http://a.example/x**", "http://a.example/x"),
        ("...", ""),
    ],
)
def test_what_belongs_to_the_sentence_is_cut(text: str, trimmed: str) -> None:
    assert trim(text) == trimmed


@given(st.text(alphabet="10./ab()[]<>{};:.,\\\"' -", max_size=60))
def test_trimming_twice_is_trimming_once(text: str) -> None:
    assert trim(trim(text)) == trim(text)


@given(st.integers(0, 10**9 - 1))
def test_the_check_digit_finds_every_single_digit_error(number: int) -> None:
    core = "978" + f"{number:09d}"
    valid = [core + str(d) for d in range(10) if ids.isbn(core + str(d))]
    assert len(valid) == 1
