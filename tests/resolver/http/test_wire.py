"""One request ends in time, whatever the other side does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import httpx2
import pytest

from dl4es_bib.resolver.http.wire import NoConnection, TooLarge, Wire, WireError


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Set at the end, so that threads left behind by a test stop."""
    event = threading.Event()
    yield event
    event.set()


def get(wire: Wire, url: str = "http://service.example/", timeout: float = 5.0) -> bytes:
    return wire.get(url, connect_timeout=timeout, timeout=timeout, max_body=1_000).body


def client(answer: httpx2.Response) -> httpx2.Client:
    return httpx2.Client(transport=httpx2.MockTransport(lambda request: answer))


def test_headers_are_lower_case_and_repeated_ones_joined() -> None:
    answer = httpx2.Response(200, headers=[("X-Limit", "5"), ("X-Limit", "9")], content=b"yes")
    raw = Wire({}, client(answer)).get("http://service.example/", connect_timeout=5, timeout=5, max_body=10)
    assert (raw.status, raw.body, raw.headers["x-limit"]) == (200, b"yes", "5, 9")


def test_a_body_over_the_limit_is_an_error() -> None:
    with pytest.raises(TooLarge):
        get(Wire({}, client(httpx2.Response(200, content=b"x" * 2_000))))


def test_the_body_of_anything_but_success_is_not_kept() -> None:
    assert get(Wire({}, client(httpx2.Response(500, content=b"x" * 100_000)))) == b""


def test_a_compressed_body_counts_as_it_is_unpacked() -> None:
    import gzip

    packed = gzip.compress(b" " * 50_000)
    answer = httpx2.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx2.ByteStream(packed))
    assert len(packed) < 1_000
    with pytest.raises(TooLarge):
        get(Wire({}, client(answer)))


def test_a_request_that_never_gets_anywhere_is_given_up(released: threading.Event) -> None:
    def silent(request: httpx2.Request) -> httpx2.Response:
        released.wait(30)
        return httpx2.Response(200)

    wire = Wire({}, httpx2.Client(transport=httpx2.MockTransport(silent)))
    with pytest.raises(NoConnection, match="within"):
        get(wire, timeout=0.02)


def test_a_server_that_drips_its_head_is_hung_up_on(released: threading.Event) -> None:
    hung_up = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = listener.accept()
        with connection, listener:
            connection.recv(10_000)
            while not released.wait(0.005):
                try:
                    connection.sendall(b"H")
                except OSError:
                    hung_up.set()
                    return

    threading.Thread(target=drip, daemon=True).start()
    wire = Wire({})
    with pytest.raises(WireError, match="longer than"):
        get(wire, f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=0.15)
    assert hung_up.wait(5)
    wire.close()


def test_a_refused_connection_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    wire = Wire({})
    with pytest.raises(NoConnection, match="refused"):
        get(wire, f"http://127.0.0.1:{port}/")
    wire.close()
