"""Answers from a shelf with one paper. A provider of a service asks it by ``transport``, see ``arxiv.py``."""

from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.http.settings import Interval
from dl4es_bib.resolver.provider import Absent, Found
from dl4es_bib.resolver.providers.rows import ProviderRow

PAPER = parse_reference('Ode, Ann. "Tides of the Northern Shelf." Sea Letters 12.3 (2004): 15-29.')


class Shelf:
    name, is_local = "shelf", True

    def handles(self, identifier):
        return False

    def lookup(self, identifiers):
        return {identifier: Absent("The shelf knows no identifiers.") for identifier in identifiers}

    def search(self, queries, limit=10):
        known = [query.id for query in queries if PAPER.title.casefold() in query.text.casefold()]
        return {query.id: Found((PAPER,)) if query.id in known else Absent("Not here.") for query in queries}


ROW = {"name": "shelf", "title": "Shelf", "url": "https://shelf.example", "interval": Interval(0, 0)}
PROVIDER = ProviderRow(**ROW, knows="one paper", opens=lambda transport: Shelf())
