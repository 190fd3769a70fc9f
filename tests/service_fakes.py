"""What tests of services share: a clock that nobody waits for, and scripted answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2

from dl4es_bib.resolver.http.cache import Cache
from dl4es_bib.resolver.http.network import Network
from dl4es_bib.resolver.http.seats import Seats
from dl4es_bib.resolver.http.settings import service_settings
from dl4es_bib.resolver.http.transport import Transport
from dl4es_bib.resolver.http.turns import Turns
from dl4es_bib.resolver.providers.rows import PROVIDERS

#: 2 January 2026, 03:04:05 UTC.
EPOCH = 1_767_323_045.0


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wall(self) -> float:
        return EPOCH + self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


Script = Callable[[httpx2.Request], httpx2.Response]


class Service:
    """A service that answers by a script and remembers what it was asked.

    ``answers`` are given in turn, the last one again and again; a callable makes one of the request, an
    exception is raised.
    """

    def __init__(self, *answers: httpx2.Response | Exception | Script) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []
        self.times: list[float] = []
        self.clock = Clock()

    def transport(
        self,
        name: str = "crossref",
        *,
        mailto: str = "",
        cache: Cache | None = None,
        offline: bool = False,
        refresh: bool = False,
        network: Network | None = None,
        turns: Turns | None = None,
        seats: Seats | None = None,
        base_url: str = "https://service.example/api",
    ) -> Transport:
        settings = service_settings(PROVIDERS.named(name), base_url=base_url, mailto=mailto, environ={})
        return Transport(
            settings,
            cache=cache,
            offline=offline,
            refresh=refresh,
            network=network,
            turns=turns,
            seats=seats,
            clock=self.clock,
            sleep=self.clock.sleep,
            wall=self.clock.wall,
            client=httpx2.Client(transport=httpx2.MockTransport(self._answer)),
        )

    def urls(self) -> list[str]:
        return [str(request.url) for request in self.requests]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        self.times.append(self.clock.now)
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx2.Response):
            # A response is used up by reading it.
            return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request)


def data(value: Any, **headers: str) -> httpx2.Response:
    """An answer with JSON."""
    return httpx2.Response(200, headers=_named(headers), content=json.dumps(value).encode())


def status(code: int, **headers: str) -> httpx2.Response:
    """An answer with a status and no data; ``retry_after="2"`` is the header ``Retry-After: 2``."""
    return httpx2.Response(code, headers=_named(headers), content=b"no")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
