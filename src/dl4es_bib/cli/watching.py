"""``build --watch``: a build after each change of what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Final

from dl4es_bib.cli import console
from dl4es_bib.model.errors import DL4ESBibError

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.tasks.build import Built

#: Seconds between two looks, and how long files must stand still: an editor writes in several steps.
_PAUSE: Final = 0.5

State = dict[Path, tuple[int, int]]


def watch_builds(
    configured: Callable[[], tuple[Config, Path]],
    build: Callable[[Config, Path], Built],
    report: Callable[[Built], None],
) -> int:
    """Build, and build again after each change, until the user interrupts; an error is told, and watching goes on.

    Arguments:
        configured: reads the configuration anew.
        build: one build.
        report: prints what it did.
    """
    seen: State | None = None
    watched: tuple[Path, ...] = ()
    try:
        while True:
            now = state_of(watched)
            if seen is None or now != seen:
                if seen is not None:
                    sleep(_PAUSE)
                watched = _build_once(configured, build, report) or watched
                seen = state_of(watched)
                console.say("Waiting for changes; Ctrl-C ends.")
            sleep(_PAUSE)
    except KeyboardInterrupt:
        return 0


def _build_once(
    configured: Callable[[], tuple[Config, Path]],
    build: Callable[[Config, Path], Built],
    report: Callable[[Built], None],
) -> tuple[Path, ...]:
    """One build; the files to watch, none when the configuration could not be read."""
    from dl4es_bib.tasks.project import Places, placed

    watched: tuple[Path, ...] = ()
    try:
        config, base = configured()
        places = Places.of(config, base)
        own = (Path(config.file),) if config.file else ()
        watched = (*own, *(Path(placed(base, name)) for name in config.source), *places.libraries)
        built = build(config, base)
    except DL4ESBibError as error:
        console.error(error.message)
        return watched
    if console.verbosity >= 0:
        report(built)
    console.findings(built.findings)
    return watched


def state_of(paths: Iterable[Path]) -> State:
    """When files changed last and how large they are; of a folder, all documents in it."""
    found: State = {}
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            try:
                stat = file.stat()
            except OSError:
                found[file] = (0, 0)
                continue
            found[file] = (stat.st_mtime_ns, stat.st_size)
    return found
