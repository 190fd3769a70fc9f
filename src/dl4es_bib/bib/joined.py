"""Several .bib files that are read as one database, as BibTeX and biber read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dl4es_bib.bib.file import BibFile, parse

__all__ = ["joined", "origin", "parsed_together"]


def parsed_together(files: Iterable[tuple[bytes, str]]) -> tuple[BibFile, ...]:
    """Read the files of one database: a string that one defines holds in those after it.

    Arguments:
        files: bytes and name of each, in the order in which they are read.
    """
    found: list[BibFile] = []
    for data, name in files:
        found.append(parse(data, name, found[-1].defined if found else None))
    return tuple(found)


def joined(files: Sequence[BibFile]) -> BibFile:
    """The files of one database as one, for reading only; a key that is taken is ignored in later files."""
    if len(files) == 1:
        return files[0]
    text = "\n".join(file.text.removeprefix("\ufeff") for file in files)
    errors = "surrogateescape" if any(file.errors != "strict" for file in files) else "strict"
    return BibFile(text, name=", ".join(file.name for file in files), errors=errors)


def origin(files: Sequence[BibFile], offset: int) -> tuple[BibFile, int]:
    """The file of a database, and the offset in it, that an offset into :func:`joined` means."""
    if len(files) == 1:
        return files[0], offset
    for file in files:
        mark = len(file.text) - len(file.text.removeprefix("\ufeff"))
        length = len(file.text) - mark
        if offset <= length or file is files[-1]:
            return file, offset + mark
        offset -= length + 1
    raise ValueError("a database has at least one file")
