"""What the benchmarks of growth share: a time, and the exponent of several."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from typing import Final

LIMIT: Final = 1.2
#: Below so many seconds a measurement says nothing about growth.
TOO_SHORT: Final = 0.05
#: What takes longer is not run again for a better figure.
LONG: Final = 1.0


def seconds(make: Callable[[], Callable[[], object]]) -> float:
    """CPU seconds that a run takes, its preparation left out: the best of three, or of one long run."""
    best = math.inf
    for _ in range(3):
        run = make()
        gc.collect()
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
        if best > LONG:
            break
    return best


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float | None:
    """The slope between the smallest size that takes long enough to be measured and the largest; None: too short."""
    measured = [(size, taken) for size, taken in zip(sizes, times, strict=True) if taken >= TOO_SHORT]
    if len(measured) < 2:
        return None
    (small, fast), (large, slow) = measured[0], measured[-1]
    return math.log(slow / fast) / math.log(large / small)
