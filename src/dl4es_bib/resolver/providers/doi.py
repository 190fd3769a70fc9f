"""doi.org, the last resort: whether a DOI is registered anywhere, and the record of an agency that nobody else asks.

``/doiRA/`` ("Which RA?") names the registration agencies of some dozens of DOIs in one request, or says that a DOI
does not exist. What belongs to another agency than Crossref and DataCite (mEDRA, JaLC, KISTI …) is asked for by
content negotiation, which answers with CSL-JSON where the agency takes part in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from dl4es_bib.formats.csljson import from_csl
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Source
from dl4es_bib.resolver.http.transport import Answer, Transport, Unreadable
from dl4es_bib.resolver.provider import Absent, Found, Query, Reply, Unanswered
from dl4es_bib.resolver.providers.questions import batches, read_json

#: DOIs in one question; the address stays below 4,000 characters.
_BATCH: Final = 30
_MAX_PATH: Final = 2_500
#: Agencies whose own records were asked for before.
_ASKED: Final = frozenset({"crossref", "datacite"})
#: A comma parts the DOIs of a question.
_PLAIN: Final = re.compile(r"[^,\s]{1,300}")
_ABOUT: Final = "/doiRA/"


class DoiProvider:
    """Who registered a DOI (protocol :class:`~.provider.Provider`); it is never searched.

    A DOI that is registered nowhere is ``Absent`` with authority.

    Arguments:
        transport: how doi.org is asked, ``Transport(service_settings(PROVIDERS.named("doi")))``.
    """

    name = "doi"
    is_local = False

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def handles(self, identifier: Identifier) -> bool:
        """Any DOI."""
        return identifier.kind == "doi"

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Reply]:
        """Ask who registered each DOI, up to 30 in one request, and for the records that only their agency has."""
        replies: dict[Identifier, Reply] = {}
        wanted: list[Identifier] = []
        for identifier in dict.fromkeys(identifiers):
            if identifier.kind != "doi" or not _PLAIN.fullmatch(identifier.value):
                replies[identifier] = Absent("")
                continue
            kept = self._transport.recall(_path([identifier]), _agencies)
            if kept is not None:
                agencies = kept.value if isinstance(kept, Answer) else {identifier.value: ""}
                replies[identifier] = self._reply(identifier, agencies)
            else:
                wanted.append(identifier)
        for batch in batches(
            sorted(wanted, key=lambda identifier: identifier.value), _size, most=_BATCH, longest=_MAX_PATH
        ):
            replies |= self._ask(batch)
        return replies

    def search(self, queries: Sequence[Query], limit: int = 10) -> Mapping[str, Reply]:
        """Nothing: doi.org cannot be searched."""
        return {query.id: Absent("") for query in queries}

    def _ask(self, batch: Sequence[Identifier]) -> dict[Identifier, Reply]:
        answer = self._transport.ask(_path(batch), read=_agencies, keep=False)
        if isinstance(answer, Unanswered):
            return dict.fromkeys(batch, self._silent(answer))
        if isinstance(answer, Absent):
            return dict.fromkeys(batch, Absent("doi.org does not say who registered it."))
        replies: dict[Identifier, Reply] = {}
        for identifier in batch:
            agency = answer.value.get(identifier.value)
            if agency is not None:
                # That it does not exist is kept for a day only, as any "no such record": it may be registered then.
                own = json.dumps([{"DOI": identifier.value, "RA": agency}]).encode()
                self._transport.remember(_path([identifier]), own if agency else None)
            replies[identifier] = self._reply(identifier, answer.value)
        return replies

    def _silent(self, answer: Unanswered) -> Reply:
        """What its silence says. Where doi.org cannot be reached at all, those who know records have answered."""
        if self._transport.was_reached or self._transport.is_offline:
            return answer
        return Absent("doi.org cannot be reached, so it is not known whether another agency registered the DOI.")

    def _reply(self, identifier: Identifier, agencies: Mapping[str, str]) -> Reply:
        agency = agencies.get(identifier.value)
        if agency is None:
            return Absent("doi.org does not say who registered it.")
        if not agency:
            return Absent(f"The DOI {identifier.value} is registered nowhere (doi.org).", authoritative=True)
        if agency.lower() in _ASKED:
            return Absent(f"The DOI {identifier.value} is registered with {agency} (doi.org).")
        return self._record(identifier, agency)

    def _record(self, identifier: Identifier, agency: str) -> Reply:
        answer = self._transport.ask("/" + quote(identifier.value, safe="/"), read=_record)
        if isinstance(answer, Unanswered) and self._transport.is_offline:
            return answer
        if isinstance(answer, Answer) and answer.value:
            source = Source("record", self.name, identifier.value, retrieved=answer.fetched)
            work = from_csl(answer.value, source)
            if work.doi == identifier and work.title:
                return Found((work,))
        return Unanswered(f"The DOI {identifier.value} is registered with {agency}, which gives no record.")


def _size(value: str) -> int:
    """What a DOI and the comma behind it take in the path."""
    return len(quote(value, safe="/")) + 1


def _path(batch: Sequence[Identifier]) -> str:
    return _ABOUT + ",".join(quote(identifier.value, safe="/") for identifier in batch)


def _agencies(body: bytes) -> dict[str, str]:
    """DOI → its agency; ``""`` for one that does not exist. What it does not know is left out."""
    answer = read_json(body)
    if not isinstance(answer, list):
        raise Unreadable("its answer is no list of agencies")
    found: dict[str, str] = {}
    for row in answer:
        doi = ids.doi(str(row.get("DOI", ""))) if isinstance(row, dict) else None
        if doi is None:
            continue
        agency, status = str(row.get("RA") or ""), str(row.get("status") or "").lower()
        if agency or "does not exist" in status:
            found[doi.value] = agency
    return found


def _record(body: bytes) -> dict[str, Any]:
    """The record; empty when the agency sends its page instead."""
    try:
        answer = read_json(body)
    except Unreadable:
        return {}
    return answer if isinstance(answer, dict) else {}
