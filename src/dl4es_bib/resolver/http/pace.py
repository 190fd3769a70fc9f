"""How fast a service may be asked, and how long it asks to be left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from dl4es_bib.resolver.http.turns import Turns

RequestKind = Literal["single", "list"]

#: No service is asked faster than this, whatever its headers allow.
_FASTEST: Final = 0.4
#: Nor is a header believed that would slow us below this.
_SLOWEST: Final = 60.0
_NUMBER: Final = re.compile(r"\s*(\d{1,9})(?:\.\d{1,9})?\s*")
_INTERVAL: Final = re.compile(r"\s*(\d{1,6})\s*(ms|s|m|h)?\s*", re.IGNORECASE)
_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


class Pace:
    """Keeps requests to one service apart. One request runs at a time, so concurrency is always one.

    Arguments:
        single: least seconds between two requests, before any header is seen.
        several: the same where one of them is a query for a list.
        clock: seconds that only grow.
        sleep: waits so many seconds.
        turns: shared with the other runs of the user.
    """

    def __init__(
        self,
        single: float,
        several: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        turns: Turns | None = None,
    ) -> None:
        self._stated: dict[RequestKind, float] = {"single": single, "list": several}
        self._interval = dict(self._stated)
        self._clock = clock
        self._sleep = sleep
        self._turns = turns
        self._last: float | None = None
        self._last_kind: RequestKind = "single"
        self._not_before = 0.0

    def wait_needed(self, kind: RequestKind) -> float:
        """Seconds until a request of this kind may be sent."""
        own = self._own_wait(kind)
        return max(own, self._turns.wait_needed(self._interval[kind])) if self._turns else own

    def _own_wait(self, kind: RequestKind) -> float:
        ready = self._not_before
        if self._last is not None:
            gap = max(self._interval[kind], self._interval[self._last_kind])
            ready = max(ready, self._last + gap)
        return max(0.0, ready - self._clock())

    def wait(self, kind: RequestKind) -> None:
        """Wait until a request of this kind may be sent, and count it as sent."""
        seconds = self._own_wait(kind)
        if self._turns is not None:
            seconds = self._turns.take(self._interval[kind], seconds)
        if seconds > 0:
            self._sleep(seconds)
        self._last = self._clock()
        self._last_kind = kind

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds: the service asked for it."""
        self._not_before = max(self._not_before, self._clock() + seconds)
        if self._turns is not None:
            self._turns.pause(seconds)

    def learn(self, kind: RequestKind, headers: Mapping[str, str]) -> None:
        """Take ``x-rate-limit-limit`` and ``x-rate-limit-interval`` (Crossref) into account.

        Headers make us slower than the stated pace, never faster; nonsense is ignored.
        """
        limit = _NUMBER.fullmatch(headers.get("x-rate-limit-limit", "").partition(",")[0])
        if limit is None or int(limit.group(1)) == 0:
            return
        interval = _INTERVAL.fullmatch(headers.get("x-rate-limit-interval", "1s").partition(",")[0])
        seconds = int(interval.group(1)) * _UNITS[(interval.group(2) or "s").lower()] if interval else 1.0
        # Two in a hundred more, so that no window of that length ever holds one request too many.
        gap = 1.02 * seconds / int(limit.group(1))
        self._interval[kind] = min(_SLOWEST, max(self._stated[kind], _FASTEST, gap))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """How many seconds the service asks to wait (RFC 9110, 10.2.3); ``None`` when it does not say.

    A date counts from the answer's own ``Date`` where that leaves a time to wait, so that a wrong clock
    on either side does no harm, and else from our clock. A date that has passed, a negative number or
    nonsense is as good as nothing.

    Arguments:
        headers: of the answer, names in lower case; of repeated ones, the longest wait is kept.
        now: seconds since the epoch.
    """
    stated = headers.get("retry-after", "").strip()
    if not stated or len(stated) > 200:
        return None
    numbers = [int(part) for part in stated.split(",") if part.strip().isdecimal() and len(part) < 12]
    if numbers:
        return float(max(numbers))
    due = _seconds(stated)
    if due is None:
        return None
    sent = _seconds(headers.get("date", ""))
    if sent is not None and due > sent:
        return due - sent
    return due - now if due > now else None


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date[:100]).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
