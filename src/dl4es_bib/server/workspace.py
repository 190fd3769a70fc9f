"""What an editor has open, and the library that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dl4es_bib.bib.file import BibFile, Entry, parse
from dl4es_bib.bib.grammar import fold
from dl4es_bib.config.settings import FILE_NAME, Config, load_config
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.identify.citations.databases import databases_of
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock, lock_beside, parse_lock
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.tasks.project import Places

__all__ = ["OpenLibrary", "Workspace"]


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """The .bib files of a document, as the editor has them, with what their lock knows.

    Attributes:
        files: the files, in the order in which BibTeX reads them.
        lock: what earlier runs found.
        style: in which a hover formats an entry.
        locale: its language.
    """

    files: tuple[BibFile, ...] = ()
    lock: Lock = field(default_factory=Lock)
    style: str = "apa"
    locale: str = ""

    def find(self, key: str) -> tuple[BibFile, Entry] | None:
        """The entry of a key, in any letter case, with its file."""
        for file in self.files:
            entry = file.find(key)
            if entry is not None:
                return file, entry
        return None

    def library(self, file: BibFile) -> Library:
        """One of the files with the lock."""
        return Library(file, self.lock)

    @property
    def keys(self) -> dict[str, str]:
        """Folded key → key as it is written."""
        return {fold(entry.key): entry.key for file in self.files for entry in file.entries if not entry.broken}


class Workspace:
    """The files of an editor: those that are open as they stand there, all others from the disk.

    Arguments:
        opened: the text of a file that is open, by its path; ``None`` for one that is not.
    """

    def __init__(self, opened: Callable[[Path], str | None]) -> None:
        self._opened = opened
        self._parsed: dict[Path, tuple[str | bytes, BibFile]] = {}
        self._locks: dict[Path, tuple[bytes, Lock]] = {}

    def configuration(self, path: Path) -> tuple[Config, Path]:
        """The configuration that a file belongs to; that of no file when there is none that can be used."""
        for folder in path.resolve().parents:
            found = folder / FILE_NAME
            if found.is_file():
                try:
                    return load_config(found), folder
                except DL4ESBibError:
                    break
        return Config(), path.parent

    def bibliography(self, path: Path) -> BibFile:
        """A .bib file as the editor has it."""
        text: str | bytes | None = self._opened(path)
        if text is None:
            try:
                text = read_bytes_if_there(path) or b""
            except DL4ESBibError:
                text = b""
        held = self._parsed.get(path)
        if held is not None and held[0] == text:
            return held[1]
        file = parse(text, str(path))
        self._parsed[path] = (text, file)
        return file

    def library_of(self, path: Path) -> OpenLibrary:
        """The library of a document: the .bib files that it names, else that of the configuration; of a .bib file
        itself."""
        config, base = self.configuration(path)
        places: Places | None = None
        try:
            places = Places.of(config, base)
        except DL4ESBibError:
            return OpenLibrary()
        if path.suffix.lower() in {".bib", ".bibtex"}:
            paths: tuple[Path, ...] = (path,)
        else:
            paths = _named_by(path) or tuple(library for library in places.libraries if library.is_file())
        lock = Lock()
        for file in paths:
            known = (
                places.lock if file.resolve() in {each.resolve() for each in places.libraries} else lock_beside(file)
            )
            lock = Lock({**lock.entries, **self._lock(known).entries})
        files = tuple(self.bibliography(file) for file in paths)
        return OpenLibrary(files, lock, config.styles[0], config.locale)

    def _lock(self, path: Path) -> Lock:
        try:
            data = read_bytes_if_there(path) or b""
            held = self._locks.get(path)
            if held is None or held[0] != data:
                self._locks[path] = held = (data, parse_lock(data.decode("utf-8", "replace"), str(path)))
        except DL4ESBibError:
            return Lock()
        return held[1]


def _named_by(path: Path) -> tuple[Path, ...]:
    try:
        return databases_of((str(path),)) or ()
    except DL4ESBibError:
        return ()
