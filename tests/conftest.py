"""What all tests share: no network, and TeX only where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings
from small_project import PROJECT, SETTINGS, Run

from dl4es_bib.cli import run
from dl4es_bib.resolver.providers.rows import PROVIDERS

# How long an example takes is no property of the code under test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_TEX_PROGRAMS = ("pdflatex", "bibtex", "biber")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that opens a connection to anywhere but this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"127.0.0.1", "localhost", "::1", ""}:
            _refuse(host)
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for row in PROVIDERS:
        monkeypatch.delenv(row.url_variable, raising=False)
    # Asked about every DOI that nobody knows: nothing listens there.
    monkeypatch.setenv(PROVIDERS.named("doi").url_variable, "http://127.0.0.1:9")


def _refuse(host: str) -> NoReturn:
    raise AssertionError(f"a test tried to reach {host}")


@pytest.fixture
def tex() -> None:
    """TeX is installed; without it the test is skipped, and in CI it fails."""
    missing = [one for one in _TEX_PROGRAMS if shutil.which(one) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI has no {', '.join(missing)}: this test must run there")
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("tex") and isinstance(item, pytest.Function):
            item.fixturenames.insert(0, "tex")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small project, as the current folder, with a cache of its own."""
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder)
    (folder / "dl4es-bib.yaml").write_text(SETTINGS)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def command(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs command lines in the small project."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return call
