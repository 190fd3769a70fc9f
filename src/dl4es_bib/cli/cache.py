"""``cache``: the services' answers that are kept."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, configuration, dry_run_option

folder_option = click.option("--cache", "folder", metavar="DIR", help="Folder of the cache.")


@click.group("cache")
def command() -> None:
    """The cache of answers, which makes a second run send nothing."""


@command.command("info")
@folder_option
@config_option
def info(folder: str | None, config_path: Path | None) -> int:
    """Say where the cache is and how large."""
    path = _path(folder, config_path)
    if path.is_file():
        console.out(f"{path}: {path.stat().st_size} bytes.")
    else:
        console.out(f"{path}: empty.")
    return 0


@command.command("clear")
@folder_option
@config_option
@dry_run_option
def clear(folder: str | None, config_path: Path | None, dry_run: bool) -> int:
    """Forget all answers; the next run asks again."""
    path = _path(folder, config_path)
    if dry_run:
        console.out(f"{path}: {'would be cleared' if path.exists() else 'empty'}.")
        return 1 if path.exists() else 0
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        console.error(f"{path} cannot be removed: {error.strerror}.")
        return 2
    console.done(f"{path}: cleared.")
    return 0


def _path(folder: str | None, config_path: Path | None) -> Path:
    from dl4es_bib.resolver.http.cache import default_path

    if not folder:
        from dl4es_bib.tasks.project import Places

        config, base = configuration(config_path)
        Places.of(config, base)  # which refuses a folder outside the project
        folder = str(base / config.services.cache) if config.services.cache else None
    return Path(folder) / default_path().name if folder else default_path()
