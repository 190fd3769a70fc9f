"""Seats at a service: how many questions all runs of a user ask it at once.

Services count the connections of a user, not of a process. A seat is an empty file that a run locks while it asks;
the system frees the lock of a run that dies, so no seat is lost by a crash.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dl4es_bib.resolver.http.turns import try_lock

_POLL: Final = 0.05
_HELD: Final = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}


class Seats:
    """The seats at one service.

    Where the files cannot be used, the run goes on without one.

    Arguments:
        path: what the names of the files begin with.
        number: how many there are.
    """

    def __init__(self, path: Path, number: int) -> None:
        self._files = [path.with_name(f"{path.name}.{seat}.seat") for seat in range(1, number + 1)]

    @contextmanager
    def seat(self, clock: Callable[[], float], sleep: Callable[[float], None], last: float) -> Iterator[None]:
        """Hold a seat; without one, when none got free by ``last`` on the clock or this disk knows no locks."""
        descriptor = None
        with suppress(OSError):
            while (descriptor := self._taken()) is None and clock() < last:
                sleep(_POLL)
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _taken(self) -> int | None:
        """The descriptor of a file that is ours now; ``None`` while others hold all of them.

        Raises:
            OSError: the files cannot be used.
        """
        for path in self._files:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                try_lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                if error.errno not in _HELD:
                    raise
            else:
                return descriptor
        return None
