"""What can go wrong with styles and locales, and the sentences that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class StyleError(ValueError):
    """A style is unknown or cannot be read; the message names it, and the line where there is one."""


class LocaleError(ValueError):
    """There is no locale of that name."""


class RenderError(ValueError):
    """A style cannot format an item: it asks for too much, or for what there is not."""


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """A fault in a style.

    Attributes:
        line: the line of the file, from 1; 0 when it is not known.
        message: a sentence.
        severity: ``error`` (the style cannot be used), ``warning`` (it prints something else than its author means) or
            ``note`` (it is of no use).
    """

    line: int
    message: str
    severity: Literal["error", "warning", "note"] = "warning"
