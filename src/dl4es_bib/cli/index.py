"""``index``: the local index of records."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, configuration, dry_run_option

if TYPE_CHECKING:
    from dl4es_bib.resolver.index.candidates import Added
    from dl4es_bib.resolver.index.engines import IndexEngine

index_option = click.option(
    "--index", "index_path", metavar="FILE", help="The index file; default is the configuration's."
)


@click.group("index")
def command() -> None:
    """The local index: records of Crossref and DataCite, asked before any service and without a network."""


@command.command("add")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@index_option
@config_option
@dry_run_option
def add(files: tuple[str, ...], index_path: str | None, config_path: Path | None, dry_run: bool) -> int:
    """Add records from JSON Lines files (.jsonl, .jsonl.gz), as the services' APIs send them.

    A record replaces the one with the same DOI; adding a file again changes nothing.
    """
    path, engine = _index(index_path, config_path)
    records = [Path(name) for name in files]
    added = _tried(engine, path, records) if dry_run else engine.builds(path, records)
    console.findings(added.findings)
    would = "would be " if dry_run else ""
    console.out(f"{path}: {added.new} records {would}new, {added.replaced} replaced, {added.unchanged} unchanged.")
    if not (added.new or added.replaced or added.unchanged):
        console.error("No record was found in these files. A line holds one work as JSON.")
        return 1
    return 1 if added.findings or (dry_run and (added.new or added.replaced)) else 0


@command.command("find")
@click.argument("words", nargs=-1, required=True)
@index_option
@config_option
@click.option("-n", "limit", default=5, show_default=True, type=click.IntRange(1, 100), help="How many.")
def find(words: tuple[str, ...], index_path: str | None, config_path: Path | None, limit: int) -> int:
    """Show the records that share most with a text or have this identifier; nothing is verified."""
    from dl4es_bib.identify.text import identifiers_in_text
    from dl4es_bib.resolver.provider import Query

    text = " ".join(words)
    path, engine = _index(index_path, config_path)
    with closing(engine.opens(path)) as index:
        identifiers = [identified.identifier for identified in identifiers_in_text(text)]
        found = [work for works in index.lookup(identifiers).values() for work in works]
        found = found or list(index.search(Query("1", text), limit))
    for work in found[:limit]:
        people = work.names("author") or work.names("editor")
        console.out(f"{work.text('DOI')}  {people[0].surname if people else ''}  {work.year or ''}  {work.title}")
    if not found:
        console.error("The index has nothing like it.")
        return 1
    return 0


@command.command("info")
@index_option
@config_option
def info(index_path: str | None, config_path: Path | None) -> int:
    """Say where the index is and how many records it holds."""
    path, engine = _index(index_path, config_path)
    if not path.is_file():
        console.out(f"{path}: not made yet. 'dl4es-bib index add FILE...' makes it.")
        return 0
    with closing(engine.opens(path)) as index:
        console.out(f"{path}: {len(index)} records, {path.stat().st_size} bytes.")
    return 0


def _tried(engine: IndexEngine, path: Path, records: list[Path]) -> Added:
    """What adding would do, tried on a copy of the index."""
    with tempfile.TemporaryDirectory(prefix="dl4es-bib-") as folder:
        copy = Path(folder, path.name)
        # SQLite keeps the last changes in a file beside the index while it is in use.
        for suffix in ("", "-wal"):
            beside = path.with_name(path.name + suffix)
            if beside.is_file():
                shutil.copyfile(beside, copy.with_name(copy.name + suffix))
        return engine.builds(copy, records)


def _index(index_path: str | None, config_path: Path | None) -> tuple[Path, IndexEngine]:
    from dl4es_bib.resolver.index.engines import ENGINES
    from dl4es_bib.tasks.project import Places

    config, base = configuration(config_path)
    path = Path(index_path) if index_path else Places.of(config, base).index
    return path, ENGINES.named(config.index.engine)
