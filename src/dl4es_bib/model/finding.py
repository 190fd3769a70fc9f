"""A finding: something in the input that a person should know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dl4es_bib.model.span import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        code: a short stable name such as ``broken-entry``; grouped by the part before the first ``/``
            when it has one.
        message: one sentence that says what is wrong.
        span: where; ``None`` when the finding concerns no place in a file.
        fix: one sentence that says how to mend it, or ``""``.
        severity: ``error`` (something could not be used), ``warning`` (used, but look at it) or
            ``note`` (worth knowing).
    """

    code: str
    message: str
    span: Span | None = None
    fix: str = ""
    severity: Severity = "warning"

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        cure = f" {self.fix}" if self.fix else ""
        return f"{place}{self.message}{cure} [{self.code}]"
