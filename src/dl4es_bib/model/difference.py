"""Where a text and the record of the work that it cites say different things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Seriousness = Literal["slight", "real"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a description and a record say different things.

    Attributes:
        variable: the CSL variable: ``title``, ``author``, ``issued``, ``container-title``, ``volume`` …
        said: what the description says, as text.
        record: what the record says, as text.
        what: the difference in words, a whole clause.
        seriousness: ``real``, or ``slight`` where real records vary (a year more or less, a last page, the issue).
        incomplete: one side only says less (a title without its end, fewer authors); nothing of it is contradicted.
    """

    variable: str
    said: str
    record: str
    what: str
    seriousness: Seriousness = "real"
    incomplete: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether both sides cannot be right."""
        return self.seriousness == "real" and not self.incomplete
