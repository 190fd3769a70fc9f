"""Which hosts are inside this machine or its network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dl4es_bib.resolver.http.hosts import is_local
from dl4es_bib.resolver.http.wire import NotFollowed, Wire


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.8.8.8", "127.1", "0", "0.0.0.0", "0177.0.0.1",
        "10.1.2.3", "172.16.0.1", "192.168.0.9", "169.254.169.254", "100.64.0.1", "::1", "[::1]", "fe80::1%eth0",
        "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "nas.local", "",
        "::127.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b:1::1", "192.0.0.8", "intranet", "router.",
        "\uff11\uff12\uff17.0.0.1", "10\u30020\u30020\u30021", "\u2460\u2461\u2466.0.0.1",
    ],
)  # fmt: skip
def test_local_hosts(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    [
        "api.crossref.org",
        "8.8.8.8",
        "2606:4700::1111",
        "localhost.example.org",
        "10.example.org",
        "1e100.net",
        "::8.8.8.8",
        "64:ff9b::808:808",
        "b\u00fccher.example",
    ],
)
def test_public_hosts(host: str) -> None:
    assert not is_local(host)


@pytest.fixture
def port() -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


asked: list[str] = []


def test_a_name_that_leads_into_this_network_is_seen_when_it_is_connected_to(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    wire = Wire({})
    with pytest.raises(NotFollowed):
        wire.get(f"http://localhost:{port}/secret", connect_timeout=5, timeout=5, max_body=100, public_only=True)
    assert asked == []
    assert wire.get(f"http://localhost:{port}/x", connect_timeout=5, timeout=5, max_body=100).status == 200
    wire.close()
