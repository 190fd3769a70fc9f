"""References given as fields: CSL-JSON items, or the ``reference`` objects of Crossref's works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dl4es_bib.formats.csljson import from_csl
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work

#: Crossref's names (REST API, ``message.reference``) → CSL variables.
_CROSSREF: Final = {
    "article-title": "title",
    "volume-title": "container-title",
    "journal-title": "container-title",
    "series-title": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "first-page": "page",
    "edition": "edition",
    "ISSN": "ISSN",
    "ISBN": "ISBN",
    "DOI": "DOI",
}
_CSL_SIGNS: Final = frozenset({"issued", "page", "title", "container-title"})


def work_of_fields(fields: Mapping[str, object], source: Source) -> Work:
    """Read either shape; unknown members are ignored, an empty mapping is an empty work."""
    if not _CSL_SIGNS.isdisjoint(fields) or isinstance(fields.get("author"), list):
        return from_csl(fields, source)
    values: dict[str, Value] = {}
    for theirs, variable in _CROSSREF.items():
        value = fields.get(theirs)
        if isinstance(value, str | int) and str(value).strip():
            values.setdefault(variable, " ".join(str(value).split()))
    if "title" not in values and "volume-title" in fields and "journal-title" not in fields:
        # A whole book is given by its volume title alone.
        values["title"] = values.pop("container-title", "")
    author = fields.get("author")
    if isinstance(author, str) and author.strip():
        values["author"] = (Name(family=" ".join(author.split())),)
    year = fields.get("year")
    if isinstance(year, str | int):
        values["issued"] = PartialDate.parse(str(year)[:4])
    # Crossref's references name the first author only.
    return Work.of("", values, source, et_al=True)
