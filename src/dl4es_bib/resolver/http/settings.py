"""What a service is, where it is and how patiently it is asked; the one place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.model.errors import ConfigError

MAILTO_VARIABLE: Final = "DL4ES_BIB_MAILTO"
_MAIL: Final = re.compile(r"[^\s@<>()\"',;:\\]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z0-9-]{2,63}")
_BASE: Final = re.compile(r"https?://[^\s/?#@]{1,253}(?:/[^\s?#]{0,500})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interval:
    """Least seconds between two requests to a service.

    Attributes:
        single: between two questions for single records.
        query: before a query for a list.
    """

    single: float
    query: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as it is known before a run.

    Attributes:
        name: what options, configuration and provenance call it: letters, digits and hyphens.
        title: how messages call it.
        url: its public address, without a slash at the end.
        interval: the pace that it allows everybody. A run sends one request at a time.
        polite_interval: the pace for those who leave a mail address; ``None`` when that changes nothing.
        takes_mailto: whether it reads a parameter ``mailto``.
        at_once: how many runs of a user may be asking it at the same time.
        polite_at_once: the same for those who leave a mail address.
        accept: the kinds of answers that it is asked for, as in the header ``Accept``; ``""`` for any.
        key_parameter: the parameter that takes the user's key; ``""`` when it has none.
    """

    name: str
    title: str
    url: str
    interval: Interval
    polite_interval: Interval | None = None
    takes_mailto: bool = False
    at_once: int = 1
    polite_at_once: int = 1
    accept: str = ""
    key_parameter: str = ""

    @property
    def key_variable(self) -> str:
        """The environment variable that holds the user's key: ``DL4ES_BIB_OPENALEX_KEY``."""
        return f"DL4ES_BIB_{self.name.upper().replace('-', '_')}_KEY"

    @property
    def url_variable(self) -> str:
        """The environment variable that sets another address: ``DL4ES_BIB_CROSSREF_URL``."""
        return f"DL4ES_BIB_{self.name.upper().replace('-', '_')}_URL"

    @property
    def url_option(self) -> str:
        """The option that does so: ``--crossref-url``."""
        return f"--{self.name.replace('_', '-')}-url"


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """One service and how it is asked in a run.

    Attributes:
        name: as in :class:`Service`; also the provider's name in provenance.
        title: how messages call it.
        base_url: http or https, without a slash at the end.
        mailto: the user's mail address, which some services reward with a higher pace; may be empty.
        takes_mailto: whether it is sent as a parameter, too.
        deadline: seconds that one question may take, with all its tries and waits.
        patience: seconds of waiting in vain after which the service is not asked again.
        max_body: largest answer, in bytes after decompression.
        max_tries: how often one question is sent at most.
        max_unreadable: how often it is sent when what comes back cannot be read.
        try_timeout: seconds for one try, from connection to the last byte.
        connect_timeout: seconds for finding the host and connecting to it.
        single_interval: least seconds between two questions for single records.
        list_interval: least seconds before a query.
        at_once: how many runs of the user may be asking at the same time.
        accept: the header ``Accept``; ``""`` for none.
        secret: a parameter with the user's key, sent to the service's own host only and never kept.
    """

    name: str
    title: str
    base_url: str
    mailto: str = ""
    takes_mailto: bool = False
    deadline: float = 20.0
    patience: float = 15.0
    max_body: int = 16_000_000
    max_tries: int = 4
    max_unreadable: int = 2
    try_timeout: float = 10.0
    connect_timeout: float = 2.0
    single_interval: float = 0.4
    list_interval: float = 1.05
    at_once: int = 1
    accept: str = ""
    secret: tuple[str, str] = field(default=("", ""), repr=False)


def service_settings(
    service: Service, *, base_url: str = "", mailto: str = "", environ: Mapping[str, str] | None = None
) -> ServiceSettings:
    """The settings of a service: what is given, else its environment variable, else the public address.

    Arguments:
        service: the service.
        base_url: another address, as an option or the configuration gives it.
        mailto: the user's mail address, else ``DL4ES_BIB_MAILTO``.
        environ: the environment, ``os.environ`` by default.

    Raises:
        ConfigError: the address is no http(s) address, or the mail address is none.
    """
    environ = os.environ if environ is None else environ
    url = base_url or environ.get(service.url_variable, "") or service.url
    origin = "its setting" if base_url else service.url_variable
    url = checked_url(url, service.title, origin)
    mail = checked_mailto(mailto or environ.get(MAILTO_VARIABLE, ""))
    interval = service.polite_interval if mail and service.polite_interval else service.interval
    return ServiceSettings(
        service.name,
        service.title,
        url,
        mail,
        service.takes_mailto,
        single_interval=interval.single,
        list_interval=interval.query,
        at_once=service.polite_at_once if mail else service.at_once,
        accept=service.accept,
        secret=(service.key_parameter, environ.get(service.key_variable, "")) if service.key_parameter else ("", ""),
    )


def checked_url(url: str, title: str, origin: str) -> str:
    """The address of a service without blanks and final slash.

    Arguments:
        url: the address.
        title: the service, for the message.
        origin: what set the address, for the message.

    Raises:
        ConfigError: it does not begin with http:// or https://, or names no host.
    """
    stripped = url.strip().rstrip("/")
    if not _BASE.fullmatch(stripped):
        raise ConfigError(
            f"The address of {title} must begin with http:// or https:// and name a host; "
            f"{origin} is {stripped[:80]!r}."
        )
    return stripped


def checked_mailto(mailto: str) -> str:
    """A mail address without ``mailto:``; ``""`` stays ``""``.

    Raises:
        ConfigError: it is none.
    """
    mail = mailto.strip().removeprefix("mailto:")
    if mail and not _MAIL.fullmatch(mail):
        raise ConfigError(f"{mail[:80]!r} is no mail address. Give one such as you@example.org, or none at all.")
    return mail
