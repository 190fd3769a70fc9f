"""Which keys a project or a document cites."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dl4es_bib.identify.books.book import Book
from dl4es_bib.identify.books.formats import open_book
from dl4es_bib.identify.citations.aux_file import AuxFile
from dl4es_bib.identify.citations.bcf import read_bcf
from dl4es_bib.identify.citations.document import citations_of
from dl4es_bib.identify.citations.latex_project import LatexProject
from dl4es_bib.identify.citations.markup import MarkupKind, markup_kind
from dl4es_bib.identify.citations.project import MAX_FILES, CitedKeys, joined, text_of
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

__all__ = ["CitedKeys", "cited_keys"]

_ROOT = re.compile(r"(?m)^[^%\n]*\\documentclass(?!\s*(?:\[[^\]]*\])?\s*\{subfiles\})")
_LATEX: Final = (".tex", ".ltx", ".latex")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file that cites."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], CitedKeys]


def _read_markup(kind: MarkupKind) -> Callable[[Path], CitedKeys]:
    def read(path: Path) -> CitedKeys:
        return citations_of(path, kind).cited(path)

    return read


_KINDS: Final = (
    _Kind("LaTeX", _LATEX, lambda path: LatexProject(path).read()),
    _Kind("LaTeX's .aux", (".aux",), lambda path: AuxFile(path).read()),
    _Kind("biblatex's .bcf", (".bcf",), read_bcf),
    _Kind("Markdown", (".md", ".markdown", ".mdown", ".qmd", ".rmd"), _read_markup("markdown")),
    _Kind("reStructuredText", (".rst",), _read_markup("rst")),
    _Kind("Org", (".org",), _read_markup("org")),
    _Kind("Typst", (".typ",), _read_markup("typst")),
    _Kind("a Jupyter notebook", (".ipynb",), _read_markup("notebook")),
)


def cited_keys(path: str | Path, *more: str | Path) -> CitedKeys:
    """Read which keys are cited.

    Arguments:
        path: a ``.tex``, ``.aux`` (BibTeX or biblatex) or ``.bcf`` file (biblatex with biber), a Markdown, Quarto,
            MyST, reStructuredText, Org or Typst document, a notebook, a book of Quarto, Jupyter Book, MyST, mdBook,
            Sphinx or Typst (its folder, or the file that lists its chapters), or a folder of documents.
        more: others, whose citations follow.

    Raises:
        UnreadableInput: a file is missing, too large, or of another kind, a folder has none of them, or a ``.bcf``
            is not XML.
    """
    return joined([_read(Path(name)) for name in (path, *more)])


def _read(path: Path) -> CitedKeys:
    if (book := open_book(path)) is not None:
        return _read_book(book, path)
    if path.is_dir():
        return _read_folder(path)
    for kind in _KINDS:
        if path.suffix.lower() in kind.suffixes:
            return kind.read(path)
    names = ", ".join(kind.name for kind in _KINDS)
    raise UnreadableInput(f"{path}: cited keys are read from {names}, or a folder with such files.")


def _read_book(book: Book, path: Path) -> CitedKeys:
    """The chapters of a book, a section for each."""
    chapters: list[tuple[str, tuple[str, ...]]] = []
    everything: set[str] = set()
    databases, files = {database.resolve(): database for database in book.databases}, dict[Path, None]()
    findings = list(book.findings)
    for chapter in book.chapters:
        name = chapter.name.removesuffix(chapter.path.suffix)
        kind = markup_kind(chapter.path.name)
        if kind is None:
            cited = LatexProject(chapter.path).read() if chapter.path.suffix in _LATEX else CitedKeys(())
            keys = cited.keys
            files |= dict.fromkeys(cited.files)
        else:
            found = citations_of(chapter.path, kind, book=book)
            keys = found.keys
            everything |= {name} if found.everything else set()
            databases |= found.databases
            files |= dict.fromkeys(found.files.values())
            findings += found.findings
        chapters.append((name, keys))
    folder = path if path.is_dir() else path.parent
    names = tuple(os.path.relpath(database, folder) for database in databases.values())
    if path.is_dir():
        # A page that the book leaves out cites, too, and follows a change of keys.
        files |= dict.fromkeys(_documents(path))
    return CitedKeys(
        tuple(chapters), frozenset(everything), names, tuple(dict.fromkeys(findings)), tuple(chapters), tuple(files)
    )


def _read_folder(folder: Path) -> CitedKeys:
    """The documents of a folder: the main files of LaTeX with what they include, else every file."""
    outside: list[Finding] = []
    files = list(_documents(folder, outside))
    latex = [path for path in files if path.suffix.lower() in _LATEX]
    main = [path for path in latex if _ROOT.search(text_of(path))]
    parts: list[CitedKeys] = []
    read: set[Path] = set()
    for path in [*main, *(path for path in files if path not in latex), *([] if main else latex)]:
        if path.resolve() in read:
            continue
        part = _read(path)
        read |= {name.resolve() for name in part.files}
        parts.append(part)
    if not parts:
        raise UnreadableInput(
            f"{folder} holds no document that cites: no .tex, .md, .qmd, .rst, .org, .typ or .ipynb file."
        )
    whole = joined(parts)
    return replace(whole, findings=(*whole.findings, *outside)) if outside else whole


def _documents(folder: Path, outside: list[Finding] | None = None) -> Iterator[Path]:
    """The documents below a folder; a link that leads out of it is none, and becomes a finding."""
    suffixes = {suffix for kind in _KINDS for suffix in kind.suffixes} - {".aux", ".bcf"}
    root = folder.resolve()
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_build", "_site", "node_modules")))
        for name in sorted(names):
            if Path(name).suffix.lower() in suffixes and count < MAX_FILES:
                path = Path(place) / name
                if path.is_symlink() and not path.resolve().is_relative_to(root):
                    message = f"{name} is a link that leads out of the folder, and was not read."
                    finding = Finding("cited/outside", message, Span(str(path), 1), "Name the file itself.")
                    if outside is not None:
                        outside.append(finding)
                    continue
                count += 1
                yield path


def documents_of(names: Sequence[str]) -> tuple[Path, ...]:
    """The files that citations are changed in when these are named: LaTeX files with all that they include.

    Raises:
        UnreadableInput: a name is no file or folder, or its kind is not known.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if not path.exists():
            raise UnreadableInput(f"{name} does not exist. Check the path.")
        if path.suffix.lower() in (".aux", ".bcf"):
            raise UnreadableInput(f"{name} is written by LaTeX. Name the .tex file instead.")
        found.update(dict.fromkeys(_read(path).files))
        if markup_kind(name) is None and path.is_file() and path.suffix.lower() not in _LATEX:
            raise UnreadableInput(f"{name}: it is not known how citations are written there.")
    return tuple(found)
