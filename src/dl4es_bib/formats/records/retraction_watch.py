"""The export of the Retraction Watch database: notices about works that were retracted, corrected or doubted.

One CSV file with a heading (Crossref documentation, "Retraction Watch"): ``OriginalPaperDOI`` and
``OriginalPaperPubMedID`` say about which work, ``RetractionNature`` what (``Retraction``,
``Expression of concern``, ``Correction``, ``Reinstatement``), ``RetractionDOI`` and ``RetractionDate`` by which notice
and when. Missing values are empty, ``0``, ``unavailable`` or ``Unavailable``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Identifier

Nature = Literal["retraction", "expression of concern", "correction", "reinstatement"]
_NATURES: Final[Mapping[str, Nature]] = {
    "retraction": "retraction", "expression of concern": "expression of concern", "correction": "correction",
    "reinstatement": "reinstatement",
}  # fmt: skip
_NEEDED: Final = frozenset({"OriginalPaperDOI", "RetractionNature"})
#: Month, day and year, as in ``5/28/2019 0:00`` or ``5/28/2019 12:00:00 AM``.
_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONGEST: Final = 10_000


class NotTheExport(ValueError):
    """The text is no export of Retraction Watch; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was published about a work.

    Attributes:
        nature: what kind of notice.
        doi: of the notice; may be empty.
        date: ISO 8601; may be empty.
    """

    nature: Nature
    doi: str = ""
    date: str = ""

    def __str__(self) -> str:
        """``retraction of 2019-05-28 (10.1234/notice)``."""
        day = f" of {self.date}" if self.date else ""
        notice = f" ({self.doi})" if self.doi else ""
        return f"{self.nature}{day}{notice}"


def read(text: str) -> dict[Identifier, tuple[Notice, ...]]:
    """The notices in force about each work, by DOI and by PubMed id, oldest first.

    What a reinstatement took back is left out, and so are rows that name no work.

    Raises:
        NotTheExport: the heading lacks the columns that are needed, or it is no CSV.
    """
    found: dict[Identifier, list[Notice]] = {}
    try:
        for identifiers, notice in _rows(text):
            for identifier in identifiers:
                found.setdefault(identifier, []).append(notice)
    except csv.Error as error:
        raise NotTheExport(f"it is no CSV ({error})") from None
    in_force = ((identifier, _in_force(notices)) for identifier, notices in found.items())
    return {identifier: notices for identifier, notices in in_force if notices}


def _rows(text: str) -> Iterator[tuple[list[Identifier], Notice]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if not set(rows.fieldnames or ()) >= _NEEDED:
        raise NotTheExport(f"its first line does not name the columns {' and '.join(sorted(_NEEDED))}")
    for row in rows:
        nature = _NATURES.get(_cell(row, "RetractionNature").lower())
        about = [ids.doi(_cell(row, "OriginalPaperDOI")), ids.pmid(_cell(row, "OriginalPaperPubMedID"))]
        identifiers = [identifier for identifier in about if identifier is not None and identifier.value.strip("0")]
        if nature and identifiers:
            notice = ids.doi(_cell(row, "RetractionDOI"))
            yield identifiers, Notice(nature, notice.value if notice else "", _day(_cell(row, "RetractionDate")))


def _cell(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value[:_LONGEST].strip() if isinstance(value, str) else ""


def _day(text: str) -> str:
    match = _DATE.match(text)
    return f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}" if match else ""


def _in_force(notices: list[Notice]) -> tuple[Notice, ...]:
    kept: list[Notice] = []
    for notice in sorted(dict.fromkeys(notices), key=lambda notice: notice.date):
        if notice.nature == "reinstatement":
            kept = [earlier for earlier in kept if earlier.nature != "retraction"]
        else:
            kept.append(notice)
    return tuple(kept)
