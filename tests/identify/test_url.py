"""The table of rules for addresses."""

from __future__ import annotations

import pytest

from dl4es_bib.identify.url import identifiers_in_url


@pytest.mark.parametrize(
    ("url", "kind", "value"),
    [
        ("https://doi.org/10.5555/a%2Fb", "doi", "10.5555/a/b"),
        ("http://dx.doi.org/10.5555/AbC", "doi", "10.5555/abc"),
        ("https://www.doi.org/10.5555/abc", "doi", "10.5555/abc"),
        ("https://doi.pangaea.de/10.1594/PANGAEA.1", "doi", "10.1594/pangaea.1"),
        ("https://arxiv.org/abs/2104.05107v2", "arxiv", "2104.05107"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "arxiv", "hep-th/9901001"),
        ("https://export.arxiv.org/abs/2104.05107", "arxiv", "2104.05107"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", "pmid", "12345"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345", "pmid", "12345"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/", "pmcid", "PMC12345"),
        (
            "https://www.sciencedirect.com/science/article/abs/pii/S0000000019300010",
            "pii",
            "S0000000019300010",
        ),
        ("https://www.amazon.co.uk/Some-Book/dp/0306406152/ref=x", "isbn", "9780306406157"),
        ("https://github.com/Owner/Name.git", "github", "owner/name"),
        ("https://github.com/Owner/Name/tree/main/src", "github", "owner/name"),
        ("https://gitlab.com/owner/name", "gitlab", "owner/name"),
        ("https://onlinelibrary.wiley.com/doi/abs/10.5555/abc.123", "doi", "10.5555/abc.123"),
        ("https://onlinelibrary.wiley.com/doi/10.5555/abc.123/full", "doi", "10.5555/abc.123"),
        ("https://link.springer.com/article/10.5555/s1-2", "doi", "10.5555/s1-2"),
        ("https://link.springer.com/content/pdf/10.5555/s1-2.pdf", "doi", "10.5555/s1-2"),
        ("https://www.science.org/doi/10.5555/science.1", "doi", "10.5555/science.1"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.1",
            "doi",
            "10.1371/journal.pone.1",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full",
            "doi",
            "10.1101/2020.01.01.123456v1",
        ),
        ("https://www.frontiersin.org/articles/10.5555/f.2020.1/full", "doi", "10.5555/f.2020.1"),
    ],
)
def test_what_an_address_spells_out_is_a_fact(url: str, kind: str, value: str) -> None:
    (one,) = identifiers_in_url(url)
    assert (one.identifier.kind, one.identifier.value) == (kind, value)
    assert not one.is_guess


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://www.nature.com/articles/s41586-000-0001-1", "10.1038/s41586-000-0001-1"),
        ("https://www.nature.com/articles/123456a.pdf", "10.1038/123456a"),
        ("https://gmd.copernicus.org/articles/1/2/2008/", "10.5194/gmd-1-2-2008"),
        ("https://tc.copernicus.org/preprints/tc-2020-1/", "10.5194/tc-2020-1"),
        ("https://www.mdpi.com/2072-4292/1/2/3/htm", "10.3390/rs1020003"),
        ("https://science.sciencemag.org/content/1/2/eabc0123.full", "10.1126/science.abc0123"),
        ("https://elifesciences.org/articles/01234", "10.7554/elife.01234"),
        ("https://zenodo.org/record/12345", "10.5281/zenodo.12345"),
        ("https://figshare.com/articles/dataset/Some_name/12345", "10.6084/m9.figshare.12345"),
        ("https://data.dtu.dk/articles/dataset/Some_name/12345", "10.11583/dtu.12345"),
        ("https://osf.io/ab1cd/", "10.17605/osf.io/ab1cd"),
        ("https://peerj.com/articles/cs-12/", "10.7717/peerj.cs-12"),
    ],
)
def test_what_a_rule_derives_is_a_guess_with_the_rules_name(url: str, doi: str) -> None:
    (one,) = identifiers_in_url(url)
    assert one.identifier.value == doi
    assert one.is_guess
    assert one.rule


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/owner",
        "https://github.com/features/actions",
        "https://example.org/10.5555",
        "https://www.mdpi.com/0000-0000/1/2/3",
        "https://a-b.copernicus.org/articles/1/2/2008/",
        "https://www.amazon.com/dp/0306406153/",
        "https://evildoi.org.example/x",
        "https://notgithub.com/a/b",
        "http://[::1",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_other_addresses_identify_nothing(url: str) -> None:
    assert identifiers_in_url(url) == ()
