"""What was published about a work after it: retractions, expressions of concern, corrections.

Told by its record (Crossref's ``updated-by``, a title that begins with "RETRACTED") and by exports of the Retraction
Watch database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.formats.records.retraction_watch import Nature, Notice, NotTheExport, read
from dl4es_bib.model.difference import Difference, Seriousness
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work

Notices = Mapping[Identifier, tuple[Notice, ...]]

_RETRACTED: Final = frozenset({"retracted", "withdrawn"})
#: The database has some 65,000 rows and 60 MB (2025).
_MAX_BYTES: Final = 512 * 1024 * 1024
_DOUBT: Final = "an expression of concern was published about it"
_CORRECTION: Final = "a correction of it was published"
_TOLD: Final[Mapping[str, tuple[str, Seriousness]]] = {
    "is-doubted-by": (_DOUBT, "real"),
    "expression of concern": (_DOUBT, "real"),
    "is-corrected-by": (_CORRECTION, "slight"),
    "correction": (_CORRECTION, "slight"),
}
_NAMES: Final[Mapping[str, Nature]] = {"is-doubted-by": "expression of concern", "is-corrected-by": "correction"}


def read_notices(names: Sequence[str], base: Path) -> tuple[Notices, tuple[Finding, ...]]:
    """The notices of some exports of Retraction Watch; characters that are no UTF-8, which it has, are replaced.

    Raises:
        UnreadableInput: a file is missing, or no such export.
    """
    found: dict[Identifier, tuple[Notice, ...]] = {}
    findings: list[Finding] = []
    for name in names:
        data = read_bytes(base / name, limit=_MAX_BYTES, cure="The export of Retraction Watch is smaller.")
        try:
            notices = read(data.decode("utf-8", "replace"))
        except NotTheExport as error:
            raise UnreadableInput(
                f"{name}: this is no export of the Retraction Watch database: {error}. Download "
                "https://gitlab.com/crossref/retraction-watch-data anew."
            ) from None
        if not notices:
            findings.append(Finding("no-notices", f"{name}: no notice is in it.", Span(name, 1), severity="warning"))
        for identifier, some in notices.items():
            found[identifier] = (*found.get(identifier, ()), *some)
    return found, tuple(findings)


def retraction(work: Work, identifiers: Iterable[Identifier], notices: Notices) -> str:
    """Why a work counts as retracted, in words; ``""`` when it does not."""
    listed = [notice for notice in _about(identifiers, notices) if notice.nature == "retraction"]
    if listed:
        return f"Retraction Watch: {listed[-1]}"
    status = work.text("status")
    return f"its record says: {status}" if status in _RETRACTED else ""


def doubts(work: Work, identifiers: Iterable[Identifier], notices: Notices) -> tuple[Difference, ...]:
    """Expressions of concern (real differences) and corrections (slight ones), each once."""
    found: dict[str, Difference] = {}
    stated = [
        (relation.kind, Notice(_NAMES[relation.kind], relation.target.value))
        for relation in work.relations
        if relation.kind in _NAMES
    ]
    listed = [(notice.nature, notice) for notice in _about(identifiers, notices) if notice.nature != "retraction"]
    for kind, notice in (*listed, *stated):
        what, seriousness = _TOLD[kind]
        # The record and the database may tell of one notice, with and without its DOI.
        found.setdefault(notice.doi or what, Difference("status", "", str(notice), what, seriousness))
    return tuple(found.values())


def _about(identifiers: Iterable[Identifier], notices: Notices) -> Iterator[Notice]:
    seen: set[Notice] = set()
    for identifier in identifiers:
        for notice in notices.get(identifier, ()):
            if notice not in seen:
                seen.add(notice)
                yield notice
