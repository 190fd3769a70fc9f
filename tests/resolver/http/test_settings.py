"""Addresses of services come from arguments, then the environment, then the public ones."""

from __future__ import annotations

import pytest

from dl4es_bib.model.errors import ConfigError
from dl4es_bib.resolver.http.settings import service_settings
from dl4es_bib.resolver.providers.rows import PROVIDERS

CROSSREF, DATACITE, ARXIV = (PROVIDERS.named(name) for name in ("crossref", "datacite", "arxiv"))


def test_the_public_address_is_the_default() -> None:
    assert service_settings(CROSSREF, environ={}).base_url == "https://api.crossref.org"


def test_the_environment_sets_another_address() -> None:
    environ = {"DL4ES_BIB_DATACITE_URL": "http://127.0.0.1:8000/datacite/"}
    assert service_settings(DATACITE, environ=environ).base_url == "http://127.0.0.1:8000/datacite"
    assert service_settings(ARXIV, environ=environ).base_url == "https://export.arxiv.org"


def test_an_argument_wins_over_the_environment() -> None:
    environ = {"DL4ES_BIB_ARXIV_URL": "http://one.example"}
    assert service_settings(ARXIV, base_url="http://two.example", environ=environ).base_url == "http://two.example"


def test_a_mail_address_makes_crossref_faster() -> None:
    polite = service_settings(CROSSREF, mailto="ada@example.org", environ={})
    public = service_settings(CROSSREF, environ={})
    assert polite.list_interval < public.list_interval
    assert service_settings(CROSSREF, environ={"DL4ES_BIB_MAILTO": "ada@example.org"}).mailto == polite.mailto


def test_arxiv_is_asked_once_in_three_seconds_whoever_asks() -> None:
    assert service_settings(ARXIV, mailto="ada@example.org", environ={}).single_interval == 3.0


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://host", "api.crossref.org", "http://", "http://a b"])
def test_an_address_that_is_none_is_an_error_that_names_its_variable(url: str) -> None:
    with pytest.raises(ConfigError, match="DL4ES_BIB_CROSSREF_URL"):
        service_settings(CROSSREF, environ={"DL4ES_BIB_CROSSREF_URL": url})


@pytest.mark.parametrize("mailto", ["ada", "ada@host", "a@b.org) evil", "a@b.org\r\nX: y"])
def test_a_mail_address_that_is_none_is_an_error(mailto: str) -> None:
    with pytest.raises(ConfigError, match="no mail address"):
        service_settings(CROSSREF, mailto=mailto, environ={})
