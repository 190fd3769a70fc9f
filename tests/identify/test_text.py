"""Identifiers in running text."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.text import identifiers_in_text


def found(text: str) -> list[str]:
    return [f"{one.identifier.kind}:{one.identifier.value}" for one in identifiers_in_text(text)]


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("See doi: 10.5555/abc.1. And more.", ["doi:10.5555/abc.1"]),
        ("(https://doi.org/10.5555/abc)", ["doi:10.5555/abc"]),
        ("10.5555/abc, 10.5555/def; 10.5555/ghi.", ["doi:10.5555/abc", "doi:10.5555/def", "doi:10.5555/ghi"]),
        ("10.5555/a;10.5555/b", ["doi:10.5555/a", "doi:10.5555/b"]),
        ("in 10.1016/0020-7225(82)90035-3.", ["doi:10.1016/0020-7225(82)90035-3"]),
        (
            "10.1002/(SICI)1097-461X(1998)66:4<261::AID-QUA1>3.0.CO;2-T.",
            ["doi:10.1002/(sici)1097-461x(1998)66:4<261::aid-qua1>3.0.co;2-t"],
        ),
        ("<10.5555/abc>", ["doi:10.5555/abc"]),
        ("<p>10.5555/abcdefgh</p>", ["doi:10.5555/abcdefgh"]),
        ("“10.5555/abc”", ["doi:10.5555/abc"]),
        ("version 110.5555/abc", []),
        ("arXiv preprint arXiv:2104.05107 (2021)", ["arxiv:2104.05107"]),
        ("arXiv: hep-th/9901001", ["arxiv:hep-th/9901001"]),
        ("pages 2104.05107", []),
        ("ISBN 978-0-306-40615-7.", ["isbn:9780306406157"]),
        ("ISBN 978-0-306-40615-8.", []),
        ("PMID: 12345; PMC123456", ["pmid:12345", "pmcid:PMC123456"]),
        ("PII: S0000-0000(19)30001-0", ["pii:S0000000019300010"]),
        ("10.5555/x and again 10.5555/X", ["doi:10.5555/x"]),
        ("", []),
    ],
)
def test_identifiers_are_found_with_clean_ends(text: str, identifiers: list[str]) -> None:
    assert found(text) == identifiers


def test_a_flood_of_dots_or_brackets_is_read_in_time() -> None:
    assert len(found("doi:10.5555/" + "a." * 50_000)) == 1
    assert found("10.5555/" + "(" * 50_000) == []
