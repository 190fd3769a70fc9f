"""What the resolve stage is told: its part of the configuration, and nothing else of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

#: Seconds that all questions of a run may take together. A first run over thousands of references takes long,
#: as services allow about one search a second.
DEFAULT_DEADLINE: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """What the user chose for one service.

    Attributes:
        url: an address in place of the public one; ``""`` for that of the environment, else the public one.
        enabled: whether it is asked at all.
    """

    url: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ResolverSettings:
    """Whom to ask and how.

    Attributes:
        index: the file of the local index; ``None`` to ask none.
        engine: the name of its engine.
        records: record files that belong into it.
        cache: the folder of the cache of answers; ``None`` for the user's cache folder.
        mailto: the user's mail address; ``""`` for that of the environment.
        deadline: seconds after which no service is asked or waited for any longer, all requests together.
        services: choices by the name of the service; one that is not named is asked at its public address.
        offline: send nothing; what the cache holds is given, however old.
        refresh: ask for everything again.
    """

    index: Path | None = None
    engine: str = "auto"
    records: tuple[Path, ...] = ()
    cache: Path | None = None
    mailto: str = ""
    deadline: float = DEFAULT_DEADLINE
    services: Mapping[str, ServiceChoice] = field(default_factory=lambda: MappingProxyType({}))
    offline: bool = False
    refresh: bool = False

    def choice(self, name: str) -> ServiceChoice:
        """What the user chose for a service."""
        return self.services.get(name, ServiceChoice())
