"""What can be checked of a reference without any record: its year, the form of its address, the digits of its ISBN."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.difference import Difference
from dl4es_bib.tasks.cited import Cited

#: Works are dated ahead by a year at most: the printed issue of the next one.
_AHEAD: Final = 1
_HOST: Final = re.compile(r"(?:[^\s.]{1,63}\.){1,10}[^\s.]{2,63}|\[[0-9a-f:]+\]|localhost", re.IGNORECASE)
_PARTS: Final = re.compile(r"[,;\s]+")


def implausible(cited: Cited) -> Iterator[Difference]:
    """What cannot be right, whatever the work is; the side of the record is empty."""
    year = cited.work.year
    if year is not None and year > datetime.datetime.now(tz=datetime.UTC).year + _AHEAD:
        yield Difference("issued", str(year), "", "the year is in the future")
    url = cited.work.text("URL")
    if url and not _is_address(url):
        yield Difference("URL", url[:200], "", "this is no web address")
    fields = cited.entry.fields if cited.entry is not None else ()
    for name, value in fields:
        if name.lower() == "isbn":
            wrong = [part for part in _PARTS.split(value.strip()) if len(part) >= 10 and ids.isbn(part) is None]
            if wrong:
                yield Difference("ISBN", ", ".join(wrong)[:200], "", "the check digit of the ISBN is wrong")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https", "ftp"} and bool(_HOST.fullmatch(parts.hostname or ""))
