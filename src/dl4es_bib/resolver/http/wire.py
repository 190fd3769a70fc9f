"""One HTTP request within limits of time and size. With :mod:`.transport`, all of the package's network.

httpx2 bounds the time of each socket operation, not of a whole request: a server that sends one byte a
second keeps it for ever, and looking a host up is not bounded at all. So each request runs in a thread
of its own, which is left behind, its connection shut, when the time is over.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.request import getproxies

from dl4es_bib.resolver.http.hosts import is_local

if TYPE_CHECKING:
    import httpx2

#: Of an answer that is no record, so much is read, which lets the connection be used again.
_MAX_OTHER_BODY: Final = 65_536


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """Status, headers (names in lower case, repeated ones joined with ``, ``) and decompressed body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class WireError(Exception):
    """A request failed; the message is a clause such as ``the connection was closed``."""


class NoConnection(WireError):
    """The host was not found or did not accept the connection."""


class Garbled(WireError):
    """The answer came whole and cannot be decompressed."""


class NotFollowed(WireError):
    """The answer sends us where we do not go."""


class TooLarge(WireError):
    """The answer exceeds the largest size allowed."""


class Wire:
    """Sends requests to one service over one connection.

    Arguments:
        headers: sent with every request.
        client: an ``httpx2.Client`` to use instead of one made here, for tests.
    """

    def __init__(self, headers: Mapping[str, str], client: httpx2.Client | None = None) -> None:
        self._headers = dict(headers)
        self._client = client
        self._owns_client = client is None

    def prepare(self) -> None:
        """Load what sending needs, which takes a while, so that a paced request leaves when it should."""
        self._open_client()

    def get(
        self,
        url: str,
        *,
        connect_timeout: float,
        timeout: float,
        max_body: int,
        user_agent: str = "",
        public_only: bool = False,
    ) -> RawAnswer:
        """Send one GET request; redirects are not followed.

        Arguments:
            url: percent-encoded.
            connect_timeout: seconds for look-up and connection.
            timeout: seconds for everything.
            max_body: bytes after decompression.
            user_agent: in place of the usual one.
            public_only: send nothing to an address inside this network, whatever name leads there.

        Raises:
            NoConnection: nothing was reached.
            NotFollowed: the host turned out to be inside this network.
            TooLarge: the body is larger than ``max_body``.
            WireError: anything else went wrong on the way.
        """
        headers = {**self._headers, "User-Agent": user_agent} if user_agent else self._headers
        client = self._open_client()
        attempt = _Attempt(client, url, headers, connect_timeout, timeout, max_body, public_only=public_only)
        attempt.start()
        if not attempt.connected.wait(min(connect_timeout, timeout)):
            self._abandon(attempt)
            raise NoConnection(f"no connection within {connect_timeout:g} seconds")
        if not attempt.done.wait(timeout):
            self._abandon(attempt)
            raise WireError(f"it took longer than {timeout:.3g} seconds")
        if attempt.error is not None:
            raise attempt.error
        assert attempt.answer is not None
        return attempt.answer

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None and self._owns_client:
            self._client.close()
            self._client = None

    def _open_client(self) -> httpx2.Client:
        if self._client is None:
            import httpx2

            self._client = httpx2.Client(follow_redirects=False)
        return self._client

    def _abandon(self, attempt: _Attempt) -> None:
        attempt.hang_up()
        if self._owns_client:
            # Its thread may still hold a lock of the pool; the next request gets a pool of its own.
            self._client = None


class _Attempt(threading.Thread):
    """The thread of one request."""

    def __init__(
        self,
        client: httpx2.Client,
        url: str,
        headers: Mapping[str, str],
        connect_timeout: float,
        timeout: float,
        max_body: int,
        *,
        public_only: bool,
    ) -> None:
        super().__init__(name="dl4es-bib request", daemon=True)
        self.connected = threading.Event()
        self.done = threading.Event()
        self.answer: RawAnswer | None = None
        self.error: WireError | None = None
        self._client = client
        self._url = url
        self._headers = headers
        self._limits = (connect_timeout, timeout, max_body)
        # Behind a proxy the peer is the proxy, which may well be inside this network.
        self._public_only = public_only and not getproxies()
        self._stream: Any = None
        self._left_behind = False

    def run(self) -> None:
        """Send, read, and leave either an answer or an error."""
        try:
            self.answer = self._exchange()
        except WireError as error:
            self.error = error
        except Exception as error:  # httpx2 raises its own, those of ssl, idna, h11 and ValueError
            self.error = _explained(error)
        finally:
            self.connected.set()
            self.done.set()

    def hang_up(self) -> None:
        """Shut the connection under the thread, so that the server is not kept waiting either."""
        self._left_behind = True
        stream = self._stream
        if stream is not None:
            with suppress(Exception):
                # Not SSLSocket.shutdown, which would change the object the thread is reading from.
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)

    def _exchange(self) -> RawAnswer:
        import httpx2

        connect_timeout, timeout, max_body = self._limits
        limits = httpx2.Timeout(timeout, connect=connect_timeout, pool=connect_timeout)
        with self._client.stream(
            "GET", self._url, headers=self._headers, timeout=limits, extensions={"trace": self._trace}
        ) as response:
            self.connected.set()
            self._stream = response.extensions.get("network_stream", self._stream)
            headers = {name.lower(): value for name, value in response.headers.items()}
            wanted = response.status_code == 200
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if self._left_behind:
                    raise WireError("it was given up")
                if wanted and len(body) > max_body:
                    raise TooLarge(f"the answer is larger than {max_body // 1_000_000} MB")
                if not wanted and len(body) > _MAX_OTHER_BODY:
                    break
        return RawAnswer(response.status_code, headers, bytes(body) if wanted else b"")

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info.get("return_value")
            if self._public_only and self._stream is not None:
                peer = self._stream.get_extra_info("server_addr")
                if not peer or is_local(str(peer[0])):
                    self._stream.close()
                    raise NotFollowed("it sends us to an address inside this network, which is not followed")
            self.connected.set()
            if self._left_behind:
                self.hang_up()
        elif event.endswith("send_request_headers.started"):
            self.connected.set()


def _explained(error: Exception) -> WireError:
    import httpx2

    said = " ".join(str(error).split())[:120]
    match error:
        case httpx2.ConnectTimeout():
            return NoConnection("the host did not answer")
        case httpx2.ConnectError() | httpx2.ProxyError() | httpx2.UnsupportedProtocol():
            return NoConnection(_why_unconnected(said) or f"no connection ({said or type(error).__name__})")
        case httpx2.TimeoutException():
            return WireError("it was silent for too long")
        case httpx2.DecodingError():
            return Garbled("its answer cannot be decompressed")
        case httpx2.RemoteProtocolError():
            return WireError("the connection was closed before the answer was complete")
        case httpx2.NetworkError():
            return WireError("the connection was lost")
        case _:
            return WireError(f"{type(error).__name__} ({said})" if said else type(error).__name__)


def _why_unconnected(said: str) -> str:
    """The system's or TLS library's words for a failed connection in ours."""
    said = said.lower()
    reasons = (
        ("name or service|getaddrinfo|name resolution|nodename nor|no address", "its host was not found"),
        ("refused", "the connection was refused"),
        ("unreachable", "the network is unreachable"),
        ("certificate", "its certificate cannot be verified"),
    )
    for words, reason in reasons:
        if any(word in said for word in words.split("|")):
            return reason
    return ""
