"""Addresses that look like those of a rule, and are not."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.url import identifiers_in_url
from dl4es_bib.model import identifier as ids


@pytest.mark.parametrize(
    "url",
    [
        "https://signature.com/articles/s41586-019-0912-1",
        "https://www.notarxiv.org/abs/2104.05107",
        "https://mynature.com/articles/s41586-019-0912-1",
        "https://github.com/owner/name?" + "a" * 5000,
        "https://github.com/topics/bibtex",
    ],
)
def test_an_address_of_another_host_or_of_no_end_identifies_nothing(url: str) -> None:
    assert identifiers_in_url(url) == ()


@pytest.mark.parametrize("start", ["https://", "https://www.", "http://WWW."])
def test_www_makes_no_difference(start: str) -> None:
    (found,) = identifiers_in_url(f"{start}github.com/owner/name")
    assert str(found.identifier) == "github:owner/name"


@pytest.mark.parametrize("pii", ["S00000000193000101", "S0000-0000(19)30001-01", "B012345678901234567"])
def test_a_publisher_item_identifier_has_sixteen_digits(pii: str) -> None:
    assert ids.pii(pii) is None


def test_a_percent_sign_is_part_of_a_doi_and_decoded_in_a_link_only() -> None:
    bare, link = ids.doi("doi:10.5555/a%2Fb"), ids.doi("https://doi.org/10.5555/a%2Fb")
    assert bare is not None
    assert link is not None
    assert (bare.value, link.value) == ("10.5555/a%2fb", "10.5555/a/b")


def test_a_doi_without_end_is_none() -> None:
    assert ids.doi("10.5555/" + "a" * 2000) is not None
    assert ids.doi("10.5555/" + "a" * 2100) is None
