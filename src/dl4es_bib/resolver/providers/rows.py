"""The list of providers: the services that can be asked, in the order in which they are asked.

A provider is one file in this folder and one row here. Its name in the configuration, the environment variable
and the option that set its address, and ``--help`` derive from the row. Another package adds a row by an entry
point of the group ``dl4es_bib.providers``; such rows are asked after those of the project.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dl4es_bib.model.rows import Rows
from dl4es_bib.resolver.http.settings import Interval, Service

if TYPE_CHECKING:
    from dl4es_bib.resolver.http.transport import Transport
    from dl4es_bib.resolver.provider import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow(Service):
    """One provider.

    Attributes:
        opens: makes the provider of the transport that asks its service. Nothing heavy is imported before it is
            called, and it sends nothing.
        knows: what it has records of, in a few words.
        by_default: whether it is asked unless the user says otherwise; an address for it says so too.
        follows: services without which it is not asked either, since it only adds to what they say.
    """

    opens: Callable[[Transport], Provider]
    knows: str
    by_default: bool = True
    follows: tuple[str, ...] = ()


def _crossref(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.crossref import CrossrefProvider

    return CrossrefProvider(transport)


def _datacite(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.datacite import DataCiteProvider

    return DataCiteProvider(transport)


def _arxiv(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.arxiv import ArxivProvider

    return ArxivProvider(transport)


def _openalex(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.openalex import OpenAlexProvider

    return OpenAlexProvider(transport)


def _open_library(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.openlibrary import OpenLibraryProvider

    return OpenLibraryProvider(transport)


def _doi(transport: Transport) -> Provider:
    from dl4es_bib.resolver.providers.doi import DoiProvider

    return DoiProvider(transport)


PROVIDERS: Final = Rows(
    "provider",
    "dl4es_bib.providers",
    ProviderRow,
    (
        # Since December 2025: single records 5 a second (10 with a mail address), queries 1 a second (3), one at a
        # time (3). Single ones are kept below 3 a second, as DOIs go in batches.
        ProviderRow(
            name="crossref",
            title="Crossref",
            url="https://api.crossref.org",
            interval=Interval(single=0.4, query=1.05),
            polite_interval=Interval(single=0.4, query=0.4),
            takes_mailto=True,
            polite_at_once=3,
            opens=_crossref,
            knows="articles, books, chapters, conference papers, preprints",
        ),
        # 500 requests in five minutes, 1,000 with a mail address.
        ProviderRow(
            name="datacite",
            title="DataCite",
            url="https://api.datacite.org",
            interval=Interval(single=0.62, query=0.62),
            polite_interval=Interval(single=0.4, query=0.4),
            takes_mailto=True,
            at_once=3,
            polite_at_once=3,
            opens=_datacite,
            knows="data, software, theses, reports, preprints",
        ),
        # One request in three seconds, over one connection (API User's Manual, 3.1.1.1; Terms of Use).
        ProviderRow(
            name="arxiv",
            title="arXiv",
            url="https://export.arxiv.org",
            interval=Interval(single=3.0, query=3.0),
            opens=_arxiv,
            knows="preprints",
        ),
        # 100 requests a second; without a key next to nothing a day since February 2026.
        ProviderRow(
            name="openalex",
            title="OpenAlex",
            url="https://api.openalex.org",
            interval=Interval(single=0.4, query=0.4),
            takes_mailto=True,
            key_parameter="api_key",
            opens=_openalex,
            knows="works of all kinds, also without DOI",
            by_default=False,
        ),
        # 1 request a second, 3 for those who name themselves in the User-Agent.
        ProviderRow(
            name="openlibrary",
            title="Open Library",
            url="https://openlibrary.org",
            interval=Interval(single=1.05, query=1.05),
            polite_interval=Interval(single=0.4, query=0.4),
            opens=_open_library,
            knows="books by ISBN",
            by_default=False,
        ),
        # No limits are published.
        ProviderRow(
            name="doi",
            title="doi.org",
            url="https://doi.org",
            interval=Interval(single=0.4, query=0.4),
            accept="application/vnd.citationstyles.csl+json, application/json;q=0.8",
            opens=_doi,
            knows="whether a DOI is registered at all",
            follows=("crossref", "datacite"),
        ),
    ),
)
