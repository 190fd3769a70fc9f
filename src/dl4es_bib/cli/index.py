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
    from dl4es_bib.resolver.index.candidates import Added, Upkeep
    from dl4es_bib.resolver.index.engines import IndexEngine

index_option = click.option(
    "--index", "index_path", metavar="PATH", help="The index: a file or a folder; default is the configuration's."
)
#: Damaged records that are named one by one.
_MOST_NAMED = 20


@click.group("index")
def command() -> None:
    """The local index: records that are asked before any service and without a network.

    \b
    auto        SQLite; tantivy for a new index of more than 200,000 records, where it is installed
    sqlite      one file
    tantivy     a folder, for millions of records                pip install 'dl4es-bib[index]'
    shards      folders on a file system that machines share     pip install 'dl4es-bib[index]'
    opensearch  a cluster that runs already                      pip install 'dl4es-bib[opensearch]'
    """


@command.command("add")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@index_option
@config_option
@click.option("--engine", "engine_name", metavar="NAME", help="What keeps a new index; see 'index --help'.")
@click.option("--shards", metavar="N", type=click.IntRange(1, 1000), help="Make a new index of so many shards.")
@dry_run_option
def add(
    files: tuple[str, ...],
    index_path: str | None,
    config_path: Path | None,
    engine_name: str | None,
    shards: int | None,
    dry_run: bool,
) -> int:
    """Add records from files, folders, archives or standard input (-), as their agencies give them away.

    JSON Lines and .json of Crossref, DataCite, OpenAlex and arXiv, also in .gz and .tar, and .bib files. Of two records
    with one DOI the one stays that its agency changed last; adding a file again changes nothing, so that a run that was
    cut off is simply run again.
    """
    path, engine = _index(index_path, config_path, engine_name)
    records = [Path(name) for name in files]
    if shards is not None:
        engine = _sharded(shards)
    progress = console.Progress()

    def tell(number: int) -> None:
        progress(f"Reading records … {number}")

    if dry_run:
        added = _tried(engine, path, records)
    else:
        added = engine.builds(path, records, tell)
        progress.done()
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
    if not path.exists():
        console.out(f"{path}: not made yet. 'dl4es-bib index add FILE...' makes it.")
        return 0
    with closing(engine.opens(path)) as index:
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
        console.out(f"{path}: {len(index)} records, {size} bytes.")
    return 0


@command.command("verify")
@index_option
@config_option
def verify(index_path: str | None, config_path: Path | None) -> int:
    """Read every record of the index from where it is kept. Exit code 1 when one is damaged."""
    from dl4es_bib.resolver.index.provider import DAMAGE

    path, engine = _index(index_path, config_path)
    read = 0
    with closing(_upkeep(engine, path)) as index:
        try:
            for _ in index.records():
                read += 1
        except DAMAGE as error:
            console.error(
                f"{path}: damaged after {console.counted(read, 'record')} ({error}). Remove it, and make it anew with "
                "'dl4es-bib index add FILE...'."
            )
            return 1
        if read != len(index):
            console.error(f"{path}: {len(index)} records are counted and {read} are there. Make the index anew.")
            return 1
    console.out(f"{path}: {console.counted(read, 'record')}, all can be read.")
    return 0


@command.command("remove")
@click.argument("dois", metavar="DOI...", nargs=-1, required=True)
@index_option
@config_option
def remove(dois: tuple[str, ...], index_path: str | None, config_path: Path | None) -> int:
    """Take the records of these DOIs out, such as those that an agency deleted. Exit code 1 when none was there."""
    from dl4es_bib.model import identifier

    path, engine = _index(index_path, config_path)
    named = [found.value if (found := identifier.doi(doi)) is not None else doi.lower() for doi in dois]
    with closing(_upkeep(engine, path)) as index:
        gone = index.remove(named)
    console.out(f"{path}: {console.counted(gone, 'record')} removed.")
    return 0 if gone else 1


@command.command("compact")
@index_option
@config_option
def compact(index_path: str | None, config_path: Path | None) -> int:
    """Give back the space of records that were replaced or removed."""
    path, engine = _index(index_path, config_path)
    with closing(_upkeep(engine, path)) as index:
        index.compact()
    console.done(f"{path}: compacted.")
    return 0


def _upkeep(engine: IndexEngine, path: Path) -> Upkeep:
    from dl4es_bib.model.errors import UnreadableInput, UsageError

    if engine.upkeep is None:
        raise UsageError(f"An index of {engine.title} is kept up by other means.")
    if not path.exists():
        raise UnreadableInput(f"{path}: there is no index. Make one with 'dl4es-bib index add FILE...'.")
    return engine.upkeep(path)


def _sharded(shards: int) -> IndexEngine:
    from dataclasses import replace

    from dl4es_bib.resolver.index.engines import ENGINES
    from dl4es_bib.resolver.index.shards import ShardedIndex

    return replace(
        ENGINES.named("shards"),
        builds=lambda path, sources, tell: ShardedIndex.build(path, sources, shards=shards, tell=tell),
    )


def _tried(engine: IndexEngine, path: Path, records: list[Path]) -> Added:
    """What adding would do, tried on a copy of the index."""
    with tempfile.TemporaryDirectory(prefix="dl4es-bib-") as folder:
        copy = Path(folder, path.name)
        # SQLite keeps the last changes in a file beside the index while it is in use.
        if path.is_dir():
            shutil.copytree(path, copy)
        for suffix in ("", "-wal"):
            beside = path.with_name(path.name + suffix)
            if beside.is_file():
                shutil.copyfile(beside, copy.with_name(copy.name + suffix))
        return engine.builds(copy, records, None)


def _index(
    index_path: str | None, config_path: Path | None, engine_name: str | None = None
) -> tuple[Path, IndexEngine]:
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.resolver.index.engines import ENGINES
    from dl4es_bib.tasks.project import Places

    config, base = configuration(config_path)
    path = Path(index_path) if index_path else Places.of(config, base).index
    name = engine_name or ("auto" if index_path else config.index.engine)
    if name not in ENGINES.names:
        raise UsageError(f"There is no index engine {name}; known are: {', '.join(ENGINES.names)}.")
    return path, ENGINES.named(name)
