"""What ``verify`` says of the references of a file, at their places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.model.finding import Severity
from dl4es_bib.server.analysis import Problem
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
        text: what the editor has, to find places in it.

    Raises:
        DL4ESBibError: the file cannot be read, or holds no reference.
    """
    found = []
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for entry in verify(config, base, [str(path)]).entries:
        if entry.verdict in _SEVERITIES:
            number = entry.cited.span.line if entry.cited.span is not None else 1
            start = starts[min(number, len(starts)) - 1]
            end = text.find("\n", start)
            message = _message(entry)
            found.append(
                Problem(start, end if end >= 0 else len(text), _SEVERITIES[entry.verdict], entry.verdict, message)
            )
    return tuple(found)


def _message(entry: Verified) -> str:
    said = [
        f"{difference.variable}: here {difference.said[:100]!r}, in the record {difference.record[:100]!r}"
        for difference in (*entry.implausible, *(entry.candidates[0].differences if entry.candidates else ()))
        if difference.seriousness == "real"
    ]
    return "; ".join([entry.verdict.replace("-", " "), *said, *(entry.reasons[:2] if not said else ())])
