"""Which keys a project or a document cites."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.identify.citations.aux_file import AuxFile
from dl4es_bib.identify.citations.bcf import read_bcf
from dl4es_bib.identify.citations.latex_project import LatexProject
from dl4es_bib.identify.citations.markup import MarkupKind, databases_in_markup, keys_in_markup, markup_kind
from dl4es_bib.identify.citations.project import MAX_FILES, CitedKeys, joined, text_of
from dl4es_bib.model.errors import UnreadableInput

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
        text = text_of(path)
        keys = dict.fromkeys(keys_in_markup(text, kind))
        everything = frozenset({path.stem} if keys.pop("*", 0) is None else ())
        return CitedKeys(((path.stem, tuple(keys)),), everything, databases_in_markup(text, kind), files=(path,))

    return read


_KINDS: Final = (
    _Kind("LaTeX", _LATEX, lambda path: LatexProject(path).read()),
    _Kind("LaTeX's .aux", (".aux",), lambda path: AuxFile(path).read()),
    _Kind("biblatex's .bcf", (".bcf",), read_bcf),
    _Kind("Markdown", (".md", ".markdown", ".mdown", ".qmd", ".rmd"), _read_markup("markdown")),
    _Kind("reStructuredText", (".rst",), _read_markup("rst")),
    _Kind("Org", (".org",), _read_markup("org")),
    _Kind("a Jupyter notebook", (".ipynb",), _read_markup("notebook")),
)


def cited_keys(path: str | Path, *more: str | Path) -> CitedKeys:
    """Read which keys are cited.

    Arguments:
        path: a ``.tex``, ``.aux`` (BibTeX or biblatex) or ``.bcf`` file (biblatex with biber), a Markdown, Quarto,
            MyST, reStructuredText or Org document, a notebook, or a folder of them.
        more: others, whose citations follow.

    Raises:
        UnreadableInput: a file is missing, too large, or of another kind, a folder has none of them, or a ``.bcf``
            is not XML.
    """
    return joined([_read(Path(name)) for name in (path, *more)])


def _read(path: Path) -> CitedKeys:
    if path.is_dir():
        return _read_folder(path)
    for kind in _KINDS:
        if path.suffix.lower() in kind.suffixes:
            return kind.read(path)
    names = ", ".join(kind.name for kind in _KINDS)
    raise UnreadableInput(f"{path}: cited keys are read from {names}, or a folder with such files.")


def _read_folder(folder: Path) -> CitedKeys:
    """The documents of a folder: the main files of LaTeX with what they include, else every file."""
    files = list(_documents(folder))
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
        raise UnreadableInput(f"{folder} holds no document that cites: no .tex, .md, .qmd, .rst, .org or .ipynb file.")
    return joined(parts)


def _documents(folder: Path) -> Iterator[Path]:
    suffixes = {suffix for kind in _KINDS for suffix in kind.suffixes} - {".aux", ".bcf"}
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_build", "_site", "node_modules")))
        for name in sorted(names):
            if Path(name).suffix.lower() in suffixes and count < MAX_FILES:
                count += 1
                yield Path(place) / name


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
