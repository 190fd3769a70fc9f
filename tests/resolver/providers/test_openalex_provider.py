"""OpenAlex, asked by DOI and by title."""

from __future__ import annotations

import httpx2
import pytest
from service_fakes import Service, data, status

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.http.settings import service_settings
from dl4es_bib.resolver.http.transport import Transport
from dl4es_bib.resolver.provider import Absent, Found, Query, Unanswered
from dl4es_bib.resolver.providers.openalex import OpenAlexProvider
from dl4es_bib.resolver.providers.rows import PROVIDERS

TIDES = {
    "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/tides", "title": "Tidal <i>bedforms</i> in winter",
    "publication_year": 2004, "publication_date": "2004-03-01", "type": "article", "is_retracted": True,
    "authorships": [
        {"raw_author_name": "Ann de Ode", "author": {"display_name": "A. Ode"}},
        {"author": {"display_name": "Carl Bell"}},
    ],
    "primary_location": {"source": {"display_name": "Sea Letters", "type": "journal", "issn": ["1234-5679"]}},
    "biblio": {"volume": "12", "issue": "3", "first_page": "345", "last_page": "350"}, "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
}  # fmt: skip


def test_a_work_has_its_fields_and_its_retraction() -> None:
    wanted = ids.doi("10.5555/tides")
    assert wanted is not None
    service = Service(data({"results": [TIDES]}))
    reply = OpenAlexProvider(service.transport("openalex")).lookup([wanted])[wanted]
    assert isinstance(reply, Found)
    work = reply.works[0]
    assert (work.title, work.year) == ("Tidal bedforms in winter", 2004)
    assert (work.text("page"), work.text("volume")) == ("345-350", "12")
    assert [name.family for name in work.names("author")] == ["Ode", "Bell"]
    assert (work.text("container-title"), work.text("PMID"), work.text("status")) == ("Sea Letters", "123", "retracted")


def test_many_dois_are_one_question_and_what_is_missing_is_absent() -> None:
    wanted = [found for number in range(60) if (found := ids.doi(f"10.5555/{number}"))]
    service = Service(data({"results": []}))
    replies = OpenAlexProvider(service.transport("openalex")).lookup(wanted)
    assert len(service.requests) == 2
    assert all(isinstance(reply, Absent) and not reply.authoritative for reply in replies.values())


def test_a_search_asks_with_the_words_of_the_title() -> None:
    service = Service(data({"results": [TIDES]}), data({"results": []}), data({"no": 1}), status(503))
    provider = OpenAlexProvider(service.transport("openalex"))
    query = Query("1", "", Work().with_field("title", "Tidal, bedforms | in winter", Source("text")))
    assert isinstance(provider.search([query])["1"], Found)
    assert service.requests[0].url.params["filter"] == "title.search:tidal bedforms winter"
    assert isinstance(provider.search([Query("2", "Some text of Ode")])["2"], Absent)
    assert isinstance(provider.search([Query("3", "Some other text")])["3"], Unanswered)
    assert provider.search([Query("4", "")])["4"] == Absent("There is no text to search OpenAlex with.")


def test_the_key_goes_to_the_service_and_to_no_other_host(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        if len(asked) == 1:
            return httpx2.Response(302, headers={"Location": "https://elsewhere.example/works?api_key=s3cret&x=1"})
        return data({"results": []})

    settings = service_settings(PROVIDERS.named("openalex"), environ={"DL4ES_BIB_OPENALEX_KEY": "s3cret"})
    assert "s3cret" not in repr(settings)
    client = httpx2.Client(transport=httpx2.MockTransport(answer))
    provider = OpenAlexProvider(Transport(settings, client=client, sleep=lambda seconds: None))
    provider.search([Query("1", "Some text of Ode")])
    assert "api_key=s3cret" in asked[0]
    assert "s3cret" not in asked[1]
