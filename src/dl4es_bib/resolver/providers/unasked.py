"""A service that is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dl4es_bib.model.identifier import RECORDED, Identifier
from dl4es_bib.resolver.provider import Query, Reply, Unanswered


class UnaskedProvider:
    """Stands for a service in an offline run without any kept answer: what it could know stays unanswered.

    It costs nothing, where opening the service's own provider would load its libraries.

    Arguments:
        name: the service.
        reason: why it is not asked.
    """

    is_local = False

    def __init__(self, name: str, reason: str = "not asked (offline)") -> None:
        self.name = name
        self._reason = reason

    def handles(self, identifier: Identifier) -> bool:
        """It could know any identifier that has a record somewhere."""
        return identifier.kind in RECORDED

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """No answer for any."""
        return {one: Unanswered(self._reason) for one in identifiers}

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """No answer for any."""
        return {query.id: Unanswered(self._reason) for query in queries}
