"""A book of Open Library's Books API (``jscmd=data``) → :class:`Work`."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.markup import plain
from dl4es_bib.formats.records.names import MAX_NAMES, natural
from dl4es_bib.formats.records.values import as_list, as_mapping, first_text, isbns, titled, without_final_stop
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.work import Source, Value, Work

_YEAR: Final = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")


def to_work(record: object, source: Source) -> Work:
    """Read a book; what is no JSON object gives an empty work. Of its date the year is kept, as forms vary."""
    record = as_mapping(record)
    title = plain(first_text(record.get("title")))
    if not title:
        return Work()
    known = as_mapping(record.get("identifiers"))
    year = _YEAR.search(plain(first_text(record.get("publish_date")), 100))
    values: dict[str, Value] = {
        "title": without_final_stop(titled(title, plain(first_text(record.get("subtitle"))))),
        "author": tuple(
            name
            for author in as_list(record.get("authors"))[:MAX_NAMES]
            for name in natural(first_text(as_mapping(author).get("name")))
        ),
        "issued": PartialDate(int(year[1])) if year else PartialDate(),
        "publisher": _first_name(record.get("publishers")),
        "publisher-place": _first_name(record.get("publish_places")),
        "edition": plain(first_text(record.get("edition_name")), 100),
        "ISBN": isbns([*as_list(known.get("isbn_13")), *as_list(known.get("isbn_10"))]),
        "URL": first_text(record.get("url")),
    }
    return Work.of("book", values, source)


def _first_name(value: object) -> str:
    named = (plain(first_text(as_mapping(row).get("name")), 500) for row in as_list(value)[:5])
    return next((name for name in named if name), "")
