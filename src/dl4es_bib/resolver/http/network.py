"""What the services of one run know together."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(slots=True)
class Network:
    """What the services of one run know together.

    Attributes:
        reached: some host was reached.
        missed: some host was looked for in vain, and it took its time.
        deadline: seconds from the first question after which no service is asked or waited for.
    """

    reached: bool = False
    missed: bool = False
    deadline: float = math.inf
    _end: float | None = None

    def end(self, now: float) -> float:
        """When the time for all questions is over; it begins with the first."""
        if self._end is None:
            self._end = now + self.deadline
        return self._end
