"""How a service is asked: paced, patiently but not for ever, from the cache first.

Every question has an answer or a sentence that says why there is none; nothing is raised. What holds:

* a question with all its tries and waits ends within ``deadline`` seconds from its turn, and all questions of a
  run within :attr:`Network.deadline` seconds;
* a service that cannot be reached at the first try, that fails two questions in a row, that has let us
  wait for ``patience`` seconds in vain, or that asks for a longer wait than there is time, is not asked
  again in this run;
* nothing is sent before a ``Retry-After`` has run out, nor faster than :class:`.pace.Pace` allows;
* only answers that could be read are kept, and what cannot be read is asked for once more;
* a redirect is followed to the same host or by https, never into this network from outside of it, and another host
  does not learn the mail address.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar
from urllib.parse import urlencode, urlsplit

from dl4es_bib._version import __version__
from dl4es_bib.resolver.http.cache import Cache, Kept
from dl4es_bib.resolver.http.hosts import is_local
from dl4es_bib.resolver.http.network import Network
from dl4es_bib.resolver.http.pace import Pace, RequestKind, retry_after
from dl4es_bib.resolver.http.redirects import redirected, same_host
from dl4es_bib.resolver.http.seats import Seats
from dl4es_bib.resolver.http.settings import ServiceSettings
from dl4es_bib.resolver.http.times import duration, iso
from dl4es_bib.resolver.http.turns import Turns
from dl4es_bib.resolver.http.wire import Garbled, NoConnection, NotFollowed, RawAnswer, TooLarge, Wire, WireError
from dl4es_bib.resolver.provider import Absent, Unanswered, Unusable

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

_USER_AGENT: Final = f"dl4es-bib/{__version__}"

_RETRIED: Final = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
#: These say something of the question, not of the service.
_OUR_FAULT: Final = frozenset((400, 405, 406, 413, 414, 422, 431))
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_MAX_REDIRECTS: Final = 3
_FIRST_BACKOFF: Final = 1.0
_FAILURES_ALLOWED: Final = 2
#: Once a host was looked for in vain for so many seconds, and none has been reached, the next gets less.
_SLOW_MISS: Final = 1.0
_IMPATIENT: Final = 0.4


class Unreadable(ValueError):
    """Raised by a reader: the body is not what the service sends; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a reader made of an answer, and when it was fetched (ISO 8601, seconds, UTC)."""

    value: T
    fetched: str


@dataclass(frozen=True, slots=True)
class Refused(Unanswered):
    """The service lives, but does not take this question."""


class Transport:
    """Asks one service. May be shared by threads; requests go one after the other.

    Arguments:
        settings: where and how.
        cache: answers of earlier runs; none are kept without it.
        offline: send nothing; what the cache holds is given, however old.
        refresh: send every question, and keep the answers.
        network: shared by the transports of one run.
        turns, seats: shared by all runs of the user.
        clock: seconds that only grow.
        sleep: waits so many seconds.
        wall: seconds since the epoch.
        client: an ``httpx2.Client`` to use, for tests.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        cache: Cache | None = None,
        offline: bool = False,
        refresh: bool = False,
        network: Network | None = None,
        turns: Turns | None = None,
        seats: Seats | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        wall: Callable[[], float] = time.time,
        client: httpx2.Client | None = None,
    ) -> None:
        self.settings = settings
        self.requests_sent = 0
        self._cache = cache
        self._offline = offline
        self._refresh = refresh
        self._network = network or Network()
        self._clock = clock
        self._sleep = sleep
        self._wall = wall
        self._seats = seats
        self._pace = Pace(settings.single_interval, settings.list_interval, clock, sleep, turns)
        self._is_local = is_local(urlsplit(settings.base_url).hostname or "")
        contact = f" (mailto:{settings.mailto})" if settings.mailto else ""
        headers = {"User-Agent": f"{_USER_AGENT}{contact}", "Accept-Encoding": "gzip, deflate"}
        if settings.accept:
            headers["Accept"] = settings.accept
        self._wire = Wire(headers, client)
        self._lock = threading.RLock()
        self._down = ""
        self._failures = 0
        self._lost = 0.0
        self._reached = False

    def url(self, path: str, parameters: Mapping[str, str] | None = None) -> str:
        """The address of a question, without the mail address: also the key of its answer.

        ``path`` is percent-encoded and begins with a slash.
        """
        query = urlencode(sorted((parameters or {}).items()))
        return f"{self.settings.base_url}{path}" + (f"?{query}" if query else "")

    def ask(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        *,
        read: Callable[[bytes], T],
        kind: RequestKind = "single",
        keep: bool = True,
    ) -> Answer[T] | Absent | Unanswered:
        """Ask one question: from the cache, else from the service.

        Arguments:
            path: percent-encoded, begins with a slash.
            parameters: of the query.
            read: makes a value of the body or raises :class:`Unreadable`.
            kind: ``list`` for a query, whose pace is slower.
            keep: whether the answer is kept under this address.

        Returns:
            What was read; ``Absent`` for 404 and 410; ``Unanswered`` with a sentence otherwise.
        """
        url = self.url(path, parameters)
        with self._lock:
            kept = self._kept(url, kind) if keep else None
            if kept is not None and (kept.fresh or self._offline) and not self._refresh:
                if (answer := self._reply(kept, read, url)) is not None:
                    return answer
                kept = None
            reply = self._ask_service(url, read, kind, keep)
            if isinstance(reply, Unanswered) and kept is not None:
                # Stale, but it was true; the time it was fetched is part of every value's source.
                return self._reply(kept, read, url) or reply
            return reply

    def recall(self, path: str, read: Callable[[bytes], T]) -> Answer[T] | Absent | None:
        """What is kept under the address of a single record, if it may be used without asking."""
        with self._lock:
            url = self.url(path)
            kept = self._kept(url, "single")
            if kept is None or self._refresh or not (kept.fresh or self._offline):
                return None
            return self._reply(kept, read, url)

    def remember(self, path: str, body: bytes | None) -> None:
        """Keep a record that came in a batch under its own address; ``None`` for "no such record"."""
        if self._cache is not None:
            status = 404 if body is None else 200
            self._cache.put(self.settings.name, self.url(path), status, body or b"", self._wall())

    @property
    def is_mute(self) -> bool:
        """Whether it can answer nothing: offline, and no answer of an earlier run is kept."""
        return self._offline and (self._cache is None or not self._cache.exists())

    @property
    def is_offline(self) -> bool:
        """Whether nothing is sent."""
        return self._offline

    @property
    def was_reached(self) -> bool:
        """Whether the service has answered anything in this run, be it an error."""
        return self._reached

    def unasked(self) -> Unanswered:
        """The reply to any question when the service is not asked."""
        return Unanswered(f"{self.settings.title} was not asked: --offline.")

    def now(self) -> str:
        """The time, as :class:`Answer` gives it."""
        return iso(self._wall())

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()

    def _kept(self, url: str, kind: RequestKind) -> Kept | None:
        return self._cache.get(self.settings.name, url, kind) if self._cache is not None else None

    def _reply(self, kept: Kept, read: Callable[[bytes], T], url: str) -> Answer[T] | Absent | None:
        if kept.status != 200:
            return self._absent()
        try:
            return Answer(_read(read, kept.body), iso(kept.fetched))
        except Unreadable:
            if self._cache is not None:
                self._cache.drop(self.settings.name, url)
            return None

    def _absent(self) -> Absent:
        return Absent(f"{self.settings.title} has no such record.")

    def _ask_service(
        self, url: str, read: Callable[[bytes], T], kind: RequestKind, keep: bool
    ) -> Answer[T] | Absent | Unanswered:
        if self._offline:
            return self.unasked()
        if self._down:
            return Unanswered(self._down)
        last = self._network.end(self._clock())
        # Waiting for a seat or a turn is nobody's fault and does not count.
        with self._seats.seat(self._clock, self._sleep, last) if self._seats else nullcontext():
            turn = self._clock() + self._pace.wait_needed(kind)
            if turn >= last:
                return Unanswered(
                    f"{self.settings.title} was not asked: the {duration(self._network.deadline)} for all questions "
                    "are over ('services: deadline')."
                )
            reply = self._try(url, read, kind, keep, min(turn + self.settings.deadline, last))
        silent = self._lost >= self.settings.patience
        if not isinstance(reply, Unanswered):
            self._failures = 0
            if silent:
                self._down = f"{self.settings.title} was too slow, and was not asked again."
        elif not isinstance(reply, Refused):
            self._failures += 1
            if not self._down and (silent or self._failures >= _FAILURES_ALLOWED):
                self._down = f"{reply.reason} It was not asked again."
        return reply

    def _try(
        self, url: str, read: Callable[[bytes], T], kind: RequestKind, keep: bool, end: float
    ) -> Answer[T] | Absent | Unanswered:
        title, reason, tries, unreadable, told = self.settings.title, "", 0, 0, False
        while tries < self.settings.max_tries:
            wait = self._pace.wait_needed(kind)
            if tries and not told:
                wait = max(wait, _FIRST_BACKOFF * 2 ** (tries - 1))
            if self._clock() + wait >= end:
                break
            if wait:
                self._sleep(wait)
            tries += 1
            told = False
            sent = self._clock()
            try:
                raw = self._follow(url, kind, end)
            except NoConnection as error:
                reason = str(error)
                self._lost += self._clock() - sent
                if not self._reached:
                    self._down = f"{title} cannot be reached: {reason}."
                    self._network.missed |= self._clock() - sent > _SLOW_MISS
                    return Unanswered(self._down)
                continue
            except TooLarge as error:
                return Unusable(f"{title} sent nothing usable: {error}.")
            except NotFollowed as error:
                return Unanswered(f"{title} did not answer: {error}.")
            except Garbled as error:
                reason = str(error)
                unreadable += 1
                if unreadable >= self.settings.max_unreadable:
                    break
                continue
            except WireError as error:
                reason = str(error)
                self._lost += self._clock() - sent
                continue
            self._reached = self._network.reached = True
            self._pace.learn(kind, raw.headers)
            if raw.status in _RETRIED:
                reason = str(raw.status)
                told = self._told_to_wait(raw, end)
                if self._down:
                    return Unanswered(self._down)
                continue
            if raw.status in (404, 410):
                self._store(url, 404, b"", keep)
                return self._absent()
            if raw.status != 200:
                self._told_to_wait(raw, end)
                refusal = Refused if raw.status in _OUR_FAULT else Unanswered
                return refusal(f"{title} refused the question: {raw.status}.")
            try:
                value = _read(read, raw.body)
            except Unreadable as error:
                reason = str(error)
                unreadable += 1
                if unreadable >= self.settings.max_unreadable:
                    break
                continue
            self._store(url, 200, raw.body, keep)
            return Answer(value, self.now())
        after = f" after {tries} tries" if tries > 1 else ""
        if unreadable and unreadable >= self.settings.max_unreadable:
            return Unusable(f"{title} sent nothing usable: {reason}{after}.")
        return Unanswered(f"{title} did not answer: {reason or 'no time was left'}{after}.")

    def _told_to_wait(self, raw: RawAnswer, end: float) -> bool:
        """Obey ``Retry-After``; when it is longer than there is time, the service is left alone.

        Returns whether there was one.
        """
        seconds = retry_after(raw.headers, self._wall())
        if seconds is None:
            return False
        self._pace.pause(seconds)
        if self._clock() + seconds >= end:
            self._down = (
                f"{self.settings.title} did not answer: {raw.status}, and it asks to be left alone "
                f"for {duration(seconds)}."
            )
        return True

    def _follow(self, url: str, kind: RequestKind, end: float) -> RawAnswer:
        """Send a request and follow up to three redirects."""
        target = url
        if self.settings.mailto and self.settings.takes_mailto:
            # Crossref's and DataCite's manner of identifying oneself; the User-Agent says it too.
            target += ("&" if "?" in url else "?") + urlencode({"mailto": self.settings.mailto})
        if all(self.settings.secret):
            target += ("&" if "?" in target else "?") + urlencode([self.settings.secret])
        for _ in range(_MAX_REDIRECTS + 1):
            raw = self._send(target, kind, end, is_elsewhere=not same_host(target, url))
            location = raw.headers.get("location", "")
            if raw.status not in _REDIRECTS or not location:
                return raw
            target = redirected(
                target,
                location,
                from_local=self._is_local,
                mailto=self.settings.mailto,
                secret=self.settings.secret[1],
            )
        raise NotFollowed("it sends us in circles")

    def _send(self, url: str, kind: RequestKind, end: float, *, is_elsewhere: bool) -> RawAnswer:
        self._wire.prepare()
        self._pace.wait(kind)
        left = min(self.settings.try_timeout, end - self._clock())
        if left <= 0:
            raise WireError("no time was left")
        hopeless = self._network.missed and not self._network.reached
        connect = _IMPATIENT if hopeless else self.settings.connect_timeout
        self.requests_sent += 1
        try:
            return self._wire.get(
                url,
                connect_timeout=min(connect, left),
                timeout=left,
                max_body=self.settings.max_body,
                user_agent=_USER_AGENT if is_elsewhere else "",
                public_only=is_elsewhere and not self._is_local,
            )
        except (NoConnection, NotFollowed):
            raise
        except WireError:
            self._reached = self._network.reached = True
            raise

    def _store(self, url: str, status: int, body: bytes, keep: bool) -> None:
        if keep and self._cache is not None:
            self._cache.put(self.settings.name, url, status, body, self._wall())


def _read(read: Callable[[bytes], T], body: bytes) -> T:
    try:
        return read(body)
    except Unreadable:
        raise
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(f"its answer cannot be read ({type(error).__name__})") from error
