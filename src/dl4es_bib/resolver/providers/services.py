"""The three services of one run, made ready together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.http.settings import ServiceName, service_settings
from dl4es_bib.resolver.http.transport import Network, Transport
from dl4es_bib.resolver.providers.arxiv import ArxivProvider, arxiv_provider
from dl4es_bib.resolver.providers.crossref import CrossrefProvider, crossref_provider
from dl4es_bib.resolver.providers.datacite import DataCiteProvider, datacite_provider

_NONE: Final[Mapping[ServiceName, str]] = MappingProxyType({})


def open_services(
    *,
    mailto: str = "",
    base_urls: Mapping[ServiceName, str] = _NONE,
    cache: Cache | None = None,
    offline: bool = False,
    refresh: bool = False,
    environ: Mapping[str, str] | None = None,
) -> tuple[CrossrefProvider, DataCiteProvider, ArxivProvider]:
    """Providers for Crossref, DataCite and arXiv, in this order. Nothing is sent yet.

    Arguments:
        mailto: the user's mail address, else ``DL4ES_BIB_MAILTO``.
        base_urls: addresses that replace a service's own or its environment variable.
        cache: where answers are kept; its ``findings`` say afterwards whether that failed.
        offline: send nothing; what the cache holds is given, however old.
        refresh: ask for everything again.
        environ: the environment, ``os.environ`` by default.

    Raises:
        ConfigError: an address cannot be used.
    """
    network = Network()

    def transport(name: ServiceName) -> Transport:
        settings = service_settings(name, base_url=base_urls.get(name, ""), mailto=mailto, environ=environ)
        return Transport(settings, cache=cache, offline=offline, refresh=refresh, network=network)

    return (
        crossref_provider(transport("crossref")),
        datacite_provider(transport("datacite")),
        arxiv_provider(transport("arxiv")),
    )
