"""A book whose chapters are files, and how its table of contents is followed: never out of its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import is_file, read_bytes
from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: As many files as a book may have, and as large as its table of contents may be, in bytes.
MAX_CHAPTERS: Final = 2_000
_MAX_BYTES: Final = 5_000_000
_MAX_DEPTH: Final = 30
_MAX_FINDINGS: Final = 100
_REPEATED: Final = re.compile(r"(?:\*\*/+)+")
#: Files that may be chapters where a table of contents leaves the ending out, in the order in which they are tried.
SUFFIXES: Final = (".md", ".qmd", ".ipynb", ".rst", ".Rmd", ".rmd", ".markdown", ".myst", ".tex")


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A file that is a chapter.

    Attributes:
        path: the file.
        name: the same below the book's folder, with ``/``.
        title: what the table of contents calls it; ``""`` when it says nothing.
        number: its number, where the book numbers its chapters.
    """

    path: Path
    name: str
    title: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A book as its table of contents gives it.

    Attributes:
        kind: the name of its format, ``quarto``.
        file: the file that says what the chapters are.
        root: the folder that nothing may lead out of.
        title: its title; ``""`` when it is not said there.
        chapters: its files, in order, each once.
        databases: the .bib files of all chapters.
        findings: what could not be followed.
    """

    kind: str
    file: Path
    root: Path
    title: str = ""
    chapters: tuple[ChapterFile, ...] = ()
    databases: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Contents:
    """A table of contents while it is read.

    Attributes:
        file: the file that holds it.
        root: the folder that nothing may lead out of.
        folder: the folder that its names start from.
    """

    file: Path
    root: Path
    folder: Path
    chapters: dict[Path, ChapterFile] = field(default_factory=dict)
    databases: dict[Path, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: object, title: object = "", number: int | None = None) -> None:
        """Add a chapter by the name of its file, with or without an ending; what cannot be added is a finding."""
        if not isinstance(name, str) or not name.strip() or "://" in name:
            return
        path = self._inside(self.folder, name.split("#")[0])
        if path is None:
            return
        found = next((each for each in _with_endings(path) if is_file(each)), None)
        if found is None:
            self.say("no-chapter", f"{name[:200]} does not exist.", "Correct its name in the table of contents.")
        else:
            self._keep(found, title if isinstance(title, str) else "", number)

    def add_matching(self, pattern: object) -> None:
        """Add the files that a pattern such as ``chapters/*.md`` matches, in the order of their names."""
        if not isinstance(pattern, str) or not pattern.strip():
            return
        if self._inside(self.folder, pattern.replace("*", "x").replace("?", "x")) is None:
            return
        for path in matching(self.folder, pattern):
            if path.suffix in SUFFIXES:
                self._keep(path, "", None)

    def add_all(self, suffixes: Sequence[str], excluded: Iterable[Path] = ()) -> None:
        """Add every document below the folder, the first page first."""
        left_out = set(excluded)
        for path in documents_below(self.folder, suffixes):
            if path not in left_out:
                self._keep(path, "", None)

    def add_database(self, name: object, folder: Path | None = None) -> None:
        """Add a .bib file, or each of a list; its name starts from the folder of the file that names it."""
        for each in name if isinstance(name, list) else [name]:
            if not isinstance(each, str) or not each.strip() or "://" in each:
                continue
            path = self._inside(folder or self.file.parent, each)
            if path is None:
                continue
            if not is_file(path) and path.name and is_file(path.with_name(f"{path.name}.bib")):
                path = path.with_name(f"{path.name}.bib")
            if is_file(path):
                self.databases.setdefault(path.resolve(), path)
            else:
                self.say("no-bib-file", f"The bibliography {each[:200]} does not exist.", "Check its name.")

    def say(self, code: str, message: str, fix: str = "") -> None:
        """Keep a finding."""
        finding = Finding(f"book/{code}", message, Span(str(self.file), 1), fix)
        if finding not in self.findings and len(self.findings) < _MAX_FINDINGS:
            self.findings.append(finding)

    def book(self, kind: str, title: object = "") -> Book:
        """What was read."""
        return Book(
            kind,
            self.file,
            self.root,
            title.strip() if isinstance(title, str) else "",
            tuple(self.chapters.values()),
            tuple(self.databases.values()),
            tuple(self.findings),
        )

    def _keep(self, path: Path, title: str, number: int | None) -> None:
        real = path.resolve()
        if not real.is_relative_to(self.root.resolve()):
            self._is_outside(path.name)
        elif real in self.chapters:
            pass  # a chapter that is listed twice, also by a circle of names, is one chapter
        elif len(self.chapters) >= MAX_CHAPTERS:
            self.say("too-many", f"It has more than {MAX_CHAPTERS} chapters; the others were not read.")
        else:
            name = Path(os.path.relpath(path, self.root)).as_posix()
            self.chapters[real] = ChapterFile(path, name, title.strip(), number)

    def _inside(self, folder: Path, name: str) -> Path | None:
        """The path that a name means; a leading slash is the book's folder, as Quarto has it."""
        name = name.strip()
        try:
            path = self.root / name.lstrip("/") if name.startswith("/") else folder / name
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):
            inside = False
        if not inside:
            self._is_outside(name)
            return None
        return Path(os.path.normpath(path))

    def _is_outside(self, name: str) -> None:
        self.say("outside", f"{name[:200]} lies outside of the book's folder and was not read.", "Move it below.")


def walk(node: object, depth: int = 0) -> Iterable[dict[str, object]]:
    """The mappings of a list of chapters in order; what nests too deep is left out."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for member in node:
            if isinstance(member, str):
                yield {"file": member}
            else:
                yield from walk(member, depth + 1)
    elif isinstance(node, dict):
        yield node


def settings_in(path: Path) -> dict[str, object]:
    """A YAML file of settings; a list is given under the name ``""``.

    Raises:
        UnreadableInput: it is not there, too large or no YAML.
    """
    try:
        data = load_yaml(read_bytes(path, limit=_MAX_BYTES).decode("utf-8", "replace"), str(path))
    except YamlError as error:
        raise UnreadableInput(f"{error} Mend the file, or name one document in place of the book.") from None
    if isinstance(data, dict):
        return {str(name): value for name, value in data.items()}
    return {"": data}


def mapping(value: object) -> dict[str, object]:
    """A value as a mapping; an empty one when it is none."""
    return {str(name): held for name, held in value.items()} if isinstance(value, dict) else {}


def documents_below(folder: Path, suffixes: Sequence[str]) -> list[Path]:
    """The documents below a folder, ``index`` and ``readme`` first, hidden and generated folders left out."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_", "node_modules")))
        paths = [Path(place) / name for name in names if not name.startswith((".", "_"))]
        found += [path for path in paths if path.suffix in suffixes]
        if len(found) > MAX_CHAPTERS * 2:
            break

    def order(path: Path) -> tuple[tuple[str, ...], bool, str]:
        return path.relative_to(folder).parts[:-1], path.stem.lower() not in ("index", "readme"), path.name.lower()

    return sorted(found, key=order)


def matching(folder: Path, pattern: str) -> list[Path]:
    """The files below a folder that a pattern matches; ``**`` stands for any folders."""
    # IndexError is what pathlib says to ``.`` and to ``/``. Of ``**/**`` each folder would be found in many ways.
    with suppress(OSError, ValueError, NotImplementedError, RecursionError, IndexError):
        found: list[Path] = []
        for path in folder.glob(_REPEATED.sub("**/", pattern.lstrip("/"))):
            if is_file(path):
                found.append(path)
            if len(found) > MAX_CHAPTERS * 2:
                break
        return sorted(found)
    return []


def _with_endings(path: Path) -> Iterable[Path]:
    if path.suffix:
        yield path
    for suffix in SUFFIXES if path.name else ():
        yield path.with_name(path.name + suffix)
