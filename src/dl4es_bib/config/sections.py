"""The sections of ``dl4es-bib.yaml``: services, index, chapters, keys, page."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model, field_validator

from dl4es_bib.library.keys.pattern import DEFAULT_PATTERN, KeyPattern
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.resolver.index.engines import ENGINES
from dl4es_bib.resolver.providers.rows import PROVIDERS
from dl4es_bib.resolver.settings import DEFAULT_DEADLINE, ServiceChoice


def listed(value: Any) -> Any:
    """A single name as a list of one."""
    return [value] if isinstance(value, str) else value


def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of the user's.

    Raises:
        ValueError: it is none; the message says why.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as FutureWarning, "Possible nested set"
            return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"not a regular expression: {error}") from None


def _web_address(value: str) -> str:
    if value and not re.match(r"https?://[^/\s]+", value):
        raise ValueError("an address begins with https:// or http://")
    return value


class Section(BaseModel):
    """A part of the file: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Service(Section):
    """One service.

    Attributes:
        url: base address; a mirror or a local server.
        enabled: whether it is asked at all.
    """

    url: str = ""
    enabled: bool = True

    @field_validator("url")
    @classmethod
    def _http(cls, value: str) -> str:
        return _web_address(value)


class _Services(Section):
    """The services that are asked, and how politely.

    Attributes:
        mailto: your address; Crossref answers faster to those who leave one.
        deadline: seconds after which no service is asked or waited for any longer, all requests together.
        cache: folder of the answers' cache; default is the user's cache folder.
    """

    mailto: str = ""
    deadline: float = Field(default=DEFAULT_DEADLINE, gt=0, le=86_400)
    cache: str = ""

    @property
    def choices(self) -> dict[str, ServiceChoice]:
        """What was chosen for each service, by its name."""
        chosen: dict[str, Service] = {name: getattr(self, name) for name in PROVIDERS.names}
        return {name: ServiceChoice(service.url, service.enabled) for name, service in chosen.items()}

    @field_validator("mailto")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,255}", value):
            raise ValueError("an e-mail address looks like name@example.org")
        return value


if TYPE_CHECKING:
    Services = _Services
else:
    #: One field for each row of the list of providers.
    Services = create_model(
        "Services", __base__=_Services, __doc__=_Services.__doc__,
        **{row.name: (Service, Service(enabled=row.by_default)) for row in PROVIDERS},
    )  # fmt: skip


class Index(Section):
    """The local index.

    Attributes:
        path: its file or folder; the YAML file that names a cluster.
        engine: what keeps and searches it; ``auto`` takes what fits.
        records: JSON Lines files that are loaded into it before a build when they have changed.
    """

    path: str = ".dl4es-bib/index.sqlite"
    engine: str = "auto"
    records: Annotated[tuple[str, ...], BeforeValidator(listed)] = ()

    @field_validator("engine")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ENGINES.names:
            raise ValueError(f"there is no index engine of this name; known are: {', '.join(ENGINES.names)}")
        return value


class Chapters(Section):
    """How chapters are recognised: a regular expression with the groups ``title`` and ``number``."""

    pattern: str = CHAPTER_PATTERN

    @field_validator("pattern")
    @classmethod
    def _regular(cls, value: str) -> str:
        if "title" not in compiled(value).groupindex:
            raise ValueError("it needs a group (?P<title>…)")
        return value


class Keys(Section):
    """Citation keys.

    Attributes:
        pattern: what the keys of new entries look like, where the document has none of its own.
    """

    pattern: str = DEFAULT_PATTERN

    @field_validator("pattern")
    @classmethod
    def _readable(cls, value: str) -> str:
        KeyPattern.parse(value)
        return value


class Page(Section):
    """The page that ``publish`` writes.

    Attributes:
        title: its heading; empty for that of the document.
        output: the folder; or one file, when it ends in .html.
        style: CSL style of its references; empty for the first of ``styles``.
        address: where the page will be on the web, for its feed.
    """

    title: str = ""
    output: str = "build/page"
    style: str = ""
    address: str = ""

    @field_validator("address")
    @classmethod
    def _http(cls, value: str) -> str:
        return _web_address(value)
