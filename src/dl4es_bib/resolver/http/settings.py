"""Which services are asked, where they are and how patiently; the one place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from dl4es_bib.model.errors import ConfigError

ServiceName = Literal["crossref", "datacite", "arxiv"]
#: All services, in the order of trust.
SERVICES: Final[tuple[ServiceName, ...]] = get_args(ServiceName)


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """One service and how it is asked.

    Attributes:
        name: ``crossref``, ``datacite`` or ``arxiv``; also the provider's name in provenance.
        title: how it is called in messages.
        base_url: http or https, without a slash at the end.
        mailto: the user's mail address, which Crossref and DataCite reward with a higher pace; may be empty.
        deadline: seconds that one question may take, with all its tries and waits.
        patience: seconds of waiting in vain after which the service is not asked again.
        max_body: largest answer, in bytes after decompression.
        max_tries: how often one question is sent at most.
        try_timeout: seconds for one try, from connection to the last byte.
        connect_timeout: seconds for finding the host and connecting to it.
        single_interval: least seconds between two questions for single records.
        list_interval: least seconds before a query.
    """

    name: ServiceName
    title: str
    base_url: str
    mailto: str = ""
    deadline: float = 20.0
    patience: float = 15.0
    max_body: int = 16_000_000
    max_tries: int = 4
    try_timeout: float = 10.0
    connect_timeout: float = 2.0
    single_interval: float = 0.4
    list_interval: float = 1.05


BASE_URLS: Final[Mapping[ServiceName, str]] = MappingProxyType(
    {
        "crossref": "https://api.crossref.org",
        "datacite": "https://api.datacite.org",
        "arxiv": "https://export.arxiv.org",
    }
)
TITLES: Final[Mapping[ServiceName, str]] = MappingProxyType(
    {"crossref": "Crossref", "datacite": "DataCite", "arxiv": "arXiv"}
)
#: Environment variables that set another address, for a mirror or a test server.
URL_VARIABLES: Final[Mapping[ServiceName, str]] = MappingProxyType(
    {
        "crossref": "DL4ES_BIB_CROSSREF_URL",
        "datacite": "DL4ES_BIB_DATACITE_URL",
        "arxiv": "DL4ES_BIB_ARXIV_URL",
    }
)
MAILTO_VARIABLE: Final = "DL4ES_BIB_MAILTO"

# Least seconds between requests, without and with a mail address: (single, list), (single, list).
# Crossref since December 2025: single records 5/s public and 10/s polite, queries 1/s and 3/s; we keep
# single ones below 3/s, as DOIs go in batches. DataCite: 500 and 1,000 requests in five minutes. arXiv: one
# request in three seconds (API User's Manual, 3.1.1.1; Terms of Use).
_INTERVALS: Final[Mapping[ServiceName, tuple[tuple[float, float], tuple[float, float]]]] = MappingProxyType(
    {
        "crossref": ((0.4, 1.05), (0.4, 0.4)),
        "datacite": ((0.62, 0.62), (0.4, 0.4)),
        "arxiv": ((3.0, 3.0), (3.0, 3.0)),
    }
)
_MAIL: Final = re.compile(r"[^\s@<>()\"',;:\\]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z0-9-]{2,63}")
_BASE: Final = re.compile(r"https?://[^\s/?#@]{1,253}(?:/[^\s?#]{0,500})?", re.IGNORECASE)


def service_settings(
    name: ServiceName,
    *,
    base_url: str = "",
    mailto: str = "",
    environ: Mapping[str, str] | None = None,
) -> ServiceSettings:
    """The settings of a service: what is given, else its environment variable, else the public address.

    Arguments:
        name: the service.
        base_url: another address, as a configuration file or option gives it.
        mailto: the user's mail address, else ``DL4ES_BIB_MAILTO``.
        environ: the environment, ``os.environ`` by default.

    Raises:
        ConfigError: the address is no http(s) address, or the mail address is none.
    """
    environ = os.environ if environ is None else environ
    variable = URL_VARIABLES[name]
    url = (base_url or environ.get(variable, "") or BASE_URLS[name]).strip().rstrip("/")
    if not _BASE.fullmatch(url):
        origin = "its setting" if base_url else variable
        raise ConfigError(
            f"The address of {TITLES[name]} must begin with http:// or https:// and name a host; "
            f"{origin} is {url[:80]!r}."
        )
    mail = (mailto or environ.get(MAILTO_VARIABLE, "")).strip().removeprefix("mailto:")
    if mail and not _MAIL.fullmatch(mail):
        raise ConfigError(f"{mail[:80]!r} is no mail address. Give one such as you@example.org, or none at all.")
    single, several = _INTERVALS[name][bool(mail)]
    return ServiceSettings(name, TITLES[name], url, mail, single_interval=single, list_interval=several)
