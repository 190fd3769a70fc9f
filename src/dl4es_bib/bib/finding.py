"""What a .bib file's owner should know: the kinds of findings, all of them in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "bad-identifier",
    "bad-key",
    "conflict-marker",
    "empty-key",
    "inner-at",
    "last-line",
    "long-expansion",
    "missing-comma",
    "no-brace",
    "no-entries",
    "no-equals-sign",
    "no-field-name",
    "no-key",
    "no-string-name",
    "no-type",
    "no-value",
    "not-one-entry",
    "not-utf8",
    "nul",
    "odd-key",
    "own-string",
    "repeated-field",
    "repeated-key",
    "stray-at",
    "swallowed-entry",
    "unbalanced-braces",
    "unclosed-command",
    "unclosed-entry",
    "undefined-string",
    "utf-16",
    "utf-32",
    "wrong-encoding-line",
]
"""What can be wrong with a .bib file; stable names that programs may rely on."""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class BibFinding:
    """Something in a .bib file that its owner should know.

    Attributes:
        code: what kind of finding it is.
        message: one sentence that says what is wrong.
        line: the line, counted from 1, where the block concerned *begins*.
        fix: one sentence that says how to mend it, or ``""``.
        severity: ``error`` (something cannot be read), ``warning`` or ``note``.
    """

    code: Code
    message: str
    line: int
    fix: str = ""
    severity: Severity = "warning"
