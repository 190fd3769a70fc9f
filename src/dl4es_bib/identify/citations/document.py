"""What one document in Markdown, reStructuredText or Org, or one notebook cites, with what it includes."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import is_file
from dl4es_bib.identify.books.book import Book
from dl4es_bib.identify.books.formats import book_above
from dl4es_bib.identify.citations.markup import MarkupKind, databases_in_markup, markup_kind, markup_spans
from dl4es_bib.identify.citations.notebook import markdown_cells
from dl4es_bib.identify.citations.project import MAX_FILES, CitedKeys, text_of
from dl4es_bib.identify.front_matter import FRONT_MATTER
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: Quarto's shortcode, MyST's directive, reStructuredText's, Typst's and Org's.
_INCLUDE: Final = re.compile(
    r"^[ \t]{0,9}(?:\{\{<[ \t]{1,9}include[ \t]{1,9}(?P<quarto>[^\s>]{1,500})[ \t]{0,9}>\}\}"
    r"|[`:]{3,9}[ \t]{0,9}\{include\}[ \t]{1,9}(?P<myst>[^\n]{1,500})"
    r"|\.\.[ \t]{1,9}include::[ \t]{1,9}(?P<rst>[^\n]{1,500})"
    r"|#include[ \t]{1,9}\"(?P<typst>[^\"\n]{1,500})\"[ \t]*;?[ \t]*$"
    r"|#\+include:[ \t]{0,9}\"?(?P<org>[^\"\n]{1,500}?)\"?[ \t]*$)",
    re.M | re.I,
)


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A citation: its key, and where it stands.

    Attributes:
        line: in the file; for a notebook, in the text of its cells.
        in_front: it stands in the front matter, where only keys of entries that are there count.
    """

    key: str
    file: Path
    line: int
    in_front: bool = False


@dataclass(slots=True)
class DocumentCitations:
    """What a document cites.

    Attributes:
        root: the folder that no include may lead out of, nor a bibliography when it is the folder of a book.
        is_in_book: whether it is.
        follows: whether what it includes is read with it; not when these files are chapters of their own.
        places: its citations in order, those of included files where these are included.
        everything: it asks for all entries.
        databases: the .bib files that it, or its book, names and that are there.
        names: what it calls them, and those that are not there.
        files: the document, and what it includes.
        findings: what could not be followed.
    """

    root: Path
    is_in_book: bool = False
    follows: bool = True
    places: list[CitedPlace] = field(default_factory=list)
    everything: bool = False
    databases: dict[Path, Path] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    files: dict[Path, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, each once, in order of first citation."""
        return tuple(dict.fromkeys(place.key for place in self.places))

    def cited(self, path: Path) -> CitedKeys:
        """The same as what a project cites; databases are named from the document's folder."""
        everything = frozenset({path.stem} if self.everything else ())
        names, files = tuple(self.names), tuple(self.files.values())
        return CitedKeys(((path.stem, self.keys),), everything, names, tuple(self.findings), files=files)


def citations_of(path: Path, kind: MarkupKind, text: str | None = None, book: Book | None = None) -> DocumentCitations:
    """Read what a document cites.

    Arguments:
        path: the document.
        kind: how citations are written there.
        text: its text, when it was read already.
        book: the book that it is a chapter of; when not given, it is looked for in the folders above.

    Raises:
        UnreadableInput: it cannot be read.
    """
    book = book if book is not None else book_above(path)
    found = DocumentCitations(book.root if book else path.parent, book is not None)
    found.follows = book is None or path.resolve() != book.file.resolve()
    _read(found, path, text_of(path) if text is None else text, kind, 0)
    if kind == "typst" and not found.databases and book is None:
        # Lists that this program makes need no bibliography() in the document, which then names no file.
        for database in sorted(path.parent.glob("*.bib"))[:MAX_FILES]:
            _add_database(found, path, database.name)
            found.names[database.name] = None
    for database in book.databases if book is not None else ():
        if database.resolve() not in found.databases:
            found.databases[database.resolve()] = database
            found.names[os.path.relpath(database, path.parent)] = None
    return found


def text_of_cells(notebook: str) -> str:
    """The Markdown cells of a notebook as one text."""
    cells = ["".join(piece.text for piece in cell) for cell in markdown_cells(notebook)]
    return "\n\n".join(cells).replace("\r\n", "\n").replace("\r", "\n")


def _read(found: DocumentCitations, path: Path, text: str, kind: MarkupKind, depth: int) -> None:
    found.files[path.resolve()] = path
    if kind == "notebook":
        text, kind = text_of_cells(text), "markdown"
    main = next(iter(found.files.values()))
    for name in databases_in_markup(text, kind):
        _add_database(found, path, name)
        found.names[name if path == main else os.path.relpath(path.parent / name, main.parent)] = None
    front = FRONT_MATTER.match(text) if kind == "markdown" else None
    front_end = front.end() if front else 0
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    events: list[tuple[int, str, Path | None]] = [
        (start, text[start:end], None) for start, end in markup_spans(text, kind)
    ]
    events += [(position, "", included) for position, included in _included(found, path, text, starts)]
    for position, key, included in sorted(events, key=lambda event: event[0]):
        if included is not None:
            if included.resolve() not in found.files and len(found.files) < MAX_FILES and depth < 20:
                _read(found, included, text_of(included), markup_kind(included.name) or kind, depth + 1)
        elif key == "*":
            found.everything = True
        else:
            found.places.append(CitedPlace(key, path, bisect_right(starts, position), position < front_end))


def _included(found: DocumentCitations, path: Path, text: str, starts: list[int]) -> Iterator[tuple[int, Path]]:
    for match in _INCLUDE.finditer(text) if found.follows else ():
        name = str(match[match.lastgroup or "quarto"]).strip().strip("\"'")
        if "://" in name:
            continue
        target = (found.root / name.lstrip("/")) if name.startswith("/") else (path.parent / name)
        line = bisect_right(starts, match.start())
        if not _is_below(target, found.root):
            _say(found, "outside", f"{name[:200]} lies outside of the project's folder and was not read.", path, line)
        elif not is_file(target):
            _say(found, "missing", f"{name[:200]}, which is included here, does not exist.", path, line)
        elif markup_kind(target.name) not in (None, "notebook"):
            yield match.start(), target


def _add_database(found: DocumentCitations, path: Path, name: str) -> None:
    if "://" in name:
        return
    for candidate in (name,) if name.endswith(".bib") else (f"{name}.bib", name):
        target = (found.root / candidate.lstrip("/")) if candidate.startswith("/") else (path.parent / candidate)
        if found.is_in_book and not _is_below(target, found.root):
            message = f"The bibliography {name[:200]} lies outside of the project's folder and was not read."
            _say(found, "outside", f"{message} Move it below, or name it with --bib.", path, 1)
            return
        if is_file(target):
            found.databases.setdefault(target.resolve(), Path(os.path.normpath(target)))
            return
    _say(found, "no-bib-file", f"The bibliography {name[:200]} does not exist. Check its name.", path, 1)


def _is_below(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _say(found: DocumentCitations, code: str, message: str, path: Path, line: int) -> None:
    finding = Finding(f"cited/{code}", message, Span(str(path), line))
    if finding not in found.findings and len(found.findings) < 200:
        found.findings.append(finding)
