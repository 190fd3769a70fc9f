"""The providers that a configuration asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dl4es_bib.model.finding import Finding
from dl4es_bib.resolver.provider import Provider
from dl4es_bib.resolver.settings import ResolverSettings

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.tasks.project import Places


def resolver_settings(config: Config, places: Places, *, offline: bool = False) -> ResolverSettings:
    """What the resolve stage is told of a configuration."""
    services = config.services
    return ResolverSettings(
        index=places.index,
        engine=config.index.engine,
        records=places.records,
        cache=places.base / services.cache if services.cache else None,
        mailto=services.mailto,
        deadline=services.deadline,
        services=services.choices,
        offline=offline,
    )


@contextmanager
def open_providers(config: Config, places: Places, *, offline: bool) -> Iterator[tuple[list[Provider], list[Finding]]]:
    """The sources to ask, the local index first, and a list of findings about them; see :func:`.opening.opened`."""
    from dl4es_bib.resolver.opening import opened

    with opened(resolver_settings(config, places, offline=offline)) as ready:
        yield list(ready.providers), ready.findings
