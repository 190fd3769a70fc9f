"""The .bib files that a project names, as files on disk."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dl4es_bib.identify.citations.cited import cited_keys


def databases_of(names: Iterable[str]) -> tuple[Path, ...]:
    r"""The .bib files that documents name (``\bibliography``, ``\addbibresource``, ``bibliography:``), each once.

    A name is looked up from the folder of the document, with ``.bib`` added where it has none, as BibTeX and biber do.
    What is not there, or is no local file, is left out.

    Raises:
        UnreadableInput: a document is missing or of a kind that is not known.
    """
    found: dict[Path, Path] = {}
    for name in names:
        folder = Path(name) if Path(name).is_dir() else Path(name).parent
        for database in _named(Path(name)):
            path = _file(folder, database)
            if path is not None:
                found.setdefault(path.resolve(), path)
    return tuple(found.values())


def _named(path: Path) -> tuple[str, ...]:
    """The databases as a document names them; biblatex's ``.aux`` does not, but the ``.bcf`` or ``.tex`` beside it."""
    found = cited_keys(path).databases
    if not found and path.suffix.lower() == ".aux":
        for beside in (path.with_suffix(".bcf"), path.with_suffix(".tex")):
            if beside.is_file() and (found := cited_keys(beside).databases):
                break
    return found


def _file(folder: Path, name: str) -> Path | None:
    if "://" in name:
        return None
    for candidate in (name,) if name.endswith(".bib") else (f"{name}.bib", name):
        with suppress(OSError, ValueError):
            if (folder / candidate).is_file():
                return folder / candidate
    return None
