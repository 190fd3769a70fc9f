"""The formats that works can be written in without a style: one list of rows.

To add one, write a file with a function from (key, work) pairs to a text and add one row to :data:`RECORD_FORMATS`;
another package offers a row by an entry point::

    [project.entry-points."dl4es_bib.record_formats"]
    title-lines = "my_package.title_lines:RECORD_FORMAT"

A format that is read, too, has a row in the list of readers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from dl4es_bib.model.rows import Rows

if TYPE_CHECKING:
    from dl4es_bib.formats.bibtex import Dialect
    from dl4es_bib.model.work import Work

#: (key, work) pairs.
Works: TypeAlias = "Sequence[tuple[str, Work]]"


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """One format.

    Attributes:
        name: what ``--to`` calls it.
        write: the text of a file with these works. Nothing heavy is imported before it is called.
    """

    name: str
    write: Callable[[Works], str]


def _biblatex(works: Works) -> str:
    return _entries(works, "biblatex")


def _bibtex(works: Works) -> str:
    return _entries(works, "bibtex")


def _entries(works: Works, dialect: Dialect) -> str:
    from dl4es_bib.formats.bibtex import to_entry

    return "\n".join(to_entry(work, dialect).source(key) for key, work in works)


def _csl_json(works: Works) -> str:
    from dl4es_bib.formats import csljson

    return csljson.dump(works)


def _ris(works: Works) -> str:
    from dl4es_bib.formats import ris

    return ris.dump(works)


RECORD_FORMATS: Final = Rows(
    "record format",
    "dl4es_bib.record_formats",
    RecordFormat,
    (
        RecordFormat("biblatex", _biblatex),
        RecordFormat("bibtex", _bibtex),
        RecordFormat("csl-json", _csl_json),
        RecordFormat("ris", _ris),
    ),
)
