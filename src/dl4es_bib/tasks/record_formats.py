"""The formats that works can be converted to; nothing heavy is imported before one is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from dl4es_bib.export.targets import TARGETS

if TYPE_CHECKING:
    from dl4es_bib.formats.bibtex import Dialect
    from dl4es_bib.model.work import Work

#: (key, work) pairs.
Works: TypeAlias = "Sequence[tuple[str, Work]]"


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


#: Record formats that works can be written in, without a style.
RECORD_FORMATS: Final[Mapping[str, Callable[[Works], str]]] = {
    "biblatex": _biblatex,
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "ris": _ris,
}


def targets() -> tuple[str, ...]:
    """What a document can be converted to: record formats, and the export targets that a style formats."""
    styled = (target.name for target in TARGETS if target.per_style)
    return tuple(dict.fromkeys((*RECORD_FORMATS, *styled)))
