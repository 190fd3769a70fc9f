"""A provider is one file and one row, wherever the row comes from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dl4es_bib.resolver.http.settings import Interval
from dl4es_bib.resolver.http.transport import Transport
from dl4es_bib.resolver.index.engines import ENGINES, IndexEngine
from dl4es_bib.resolver.provider import Provider
from dl4es_bib.resolver.providers.rows import PROVIDERS, ProviderRow

PLUGIN = """
from dl4es_bib.resolver.http.settings import Interval
from dl4es_bib.resolver.provider import Absent
from dl4es_bib.resolver.providers.rows import ProviderRow


class Shelf:
    name, is_local = "shelf", False

    def __init__(self, transport):
        self.address = transport.settings.base_url

    def handles(self, identifier):
        return True

    def lookup(self, identifiers):
        return {identifier: Absent(f"no such record at {self.address}") for identifier in identifiers}

    def search(self, queries, limit=10):
        return {query.id: Absent(f"nothing like it at {self.address}") for query in queries}


ROW = ProviderRow(
    name="shelf", title="The Shelf", url="https://shelf.example", interval=Interval(single=1.0, query=1.0),
    opens=Shelf, knows="books",
)
"""
INDEX_PLUGIN = """
from dl4es_bib.resolver.index.engines import IndexEngine

ENGINE = IndexEngine(name="drawer", title="Drawer", about="few records", opens=lambda path: None,
                     builds=lambda path, sources: None)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine where a package with a provider and an index engine is installed."""
    site = tmp_path / "site"
    information = site / "shelf_provider-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "shelf_provider.py").write_text(PLUGIN)
    (site / "drawer_index.py").write_text(INDEX_PLUGIN)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf-provider\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text(
        "[dl4es_bib.providers]\nshelf = shelf_provider:ROW\n\n[dl4es_bib.indexes]\ndrawer = drawer_index:ENGINE\n"
    )
    paths = [str(site), str(Path(__file__).parents[3] / "src")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def run(environment: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dl4es_bib", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_a_provider_of_another_package_has_an_option_a_setting_a_variable_and_is_asked(
    environment: dict[str, str], tmp_path: Path
) -> None:
    assert "--shelf-url URL" in run(environment, tmp_path, "build", "--help").stdout
    (tmp_path / "dl4es-bib.yaml").write_text(
        "services:\n  crossref: {enabled: false}\n  datacite: {enabled: false}\n  arxiv: {enabled: false}\n"
        "  shelf: {url: 'https://file.example'}\n"
    )
    (tmp_path / "list.md").write_text("- Ode, A. (2004). On the tides. Sea Letters, 12, 345.\n")
    answer = run(environment, tmp_path, "resolve", "list.md")
    assert "nothing like it at https://file.example" in answer.stdout
    environment["DL4ES_BIB_SHELF_URL"] = "https://variable.example"
    assert "variable.example" in run(environment, tmp_path, "resolve", "list.md").stdout
    option = run(environment, tmp_path, "resolve", "list.md", "--shelf-url", "https://option.example")
    assert "option.example" in option.stdout


def test_an_engine_of_another_package_is_a_value_of_the_setting(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "dl4es-bib.yaml").write_text("index:\n  engine: drawer\n")
    assert "engine: drawer" in run(environment, tmp_path, "config").stdout
    (tmp_path / "dl4es-bib.yaml").write_text("index:\n  engine: cupboard\n")
    refused = run(environment, tmp_path, "config")
    assert refused.returncode == 2
    assert "opensearch, drawer" in refused.stderr


@pytest.mark.parametrize("row", tuple(PROVIDERS), ids=lambda row: row.name)
def test_each_row_opens_the_provider_of_its_name(row: ProviderRow) -> None:
    from dl4es_bib.resolver.http.settings import service_settings

    provider: Provider = row.opens(Transport(service_settings(row, environ={}), offline=True))
    assert provider.name == row.name
    assert not provider.is_local
    assert row.knows
    assert row.interval.single <= row.interval.query


def test_names_of_variables_and_options_derive_from_the_row() -> None:
    row = ProviderRow(
        name="open-library", title="Open Library", url="https://a.example", interval=Interval(1, 1),
        opens=lambda transport: pytest.fail("not asked"), knows="books",
    )  # fmt: skip
    assert row.url_variable == "DL4ES_BIB_OPEN_LIBRARY_URL"
    assert row.url_option == "--open-library-url"


def test_the_default_engine_is_a_row() -> None:
    assert isinstance(ENGINES.named("sqlite"), IndexEngine)
