"""What ``verify`` says of the references of a file, at their places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.encodings import decoded
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Severity
from dl4es_bib.server.analysis import Problem
from dl4es_bib.server.positions import Positions
from dl4es_bib.tasks.verify import Verified, verify

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

__all__ = ["problems_of"]

_SEVERITIES: Final[dict[str, Severity]] = {
    "retracted": "error",
    "other-work": "warning",
    "differs": "warning",
    "not-found": "note",
}


def problems_of(path: Path, text: str, config: Config, base: Path) -> tuple[Problem, ...]:
    """Verify the references of a file, and say what is not right where they stand.

    Arguments:
        path: the file; what is on the disk is verified.
        text: what the editor has, which has to be the same.

    Raises:
        DL4ESBibError: the file cannot be read, holds no reference, or was not saved.
    """
    found = []
    if text.removeprefix("\ufeff") != decoded(read_bytes(path))[0].removeprefix("\ufeff"):
        raise UnreadableInput(f"{path.name}: save the file first; what is on the disk is verified.")
    positions = Positions(text)
    for entry in verify(config, base, [str(path)]).entries:
        if entry.verdict in _SEVERITIES:
            number = entry.cited.span.line if entry.cited.span is not None else 1
            start, end = positions.line_of(number)
            message = _message(entry)
            found.append(Problem(start, end, _SEVERITIES[entry.verdict], entry.verdict, message))
    return tuple(found)


def _message(entry: Verified) -> str:
    said = [
        f"{difference.variable}: here {difference.said[:100]!r}, in the record {difference.record[:100]!r}"
        for difference in (*entry.implausible, *(entry.candidates[0].differences if entry.candidates else ()))
        if difference.seriousness == "real"
    ]
    return "; ".join([entry.verdict.replace("-", " "), *said, *(entry.reasons[:2] if not said else ())])
