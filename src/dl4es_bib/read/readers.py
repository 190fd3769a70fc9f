"""Which reader reads which source: one list, tried in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UsageError
from dl4es_bib.read.markdown.reader import CHAPTER_PATTERN


def _markdown(source: SourceText, pattern: str) -> Document:
    from dl4es_bib.read.markdown.reader import read_markdown

    return read_markdown(source, pattern)


def _bibtex(source: SourceText, pattern: str) -> Document:
    from dl4es_bib.read.bibtex import read_bibtex

    return read_bibtex(source)


def _csl_json(source: SourceText, pattern: str) -> Document:
    from dl4es_bib.read.records import read_csl_json

    return read_csl_json(source)


def _ris(source: SourceText, pattern: str) -> Document:
    from dl4es_bib.read.records import read_ris

    return read_ris(source)


def _plain(source: SourceText, pattern: str) -> Document:
    from dl4es_bib.read.plain import read_plain

    return read_plain(source, pattern)


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of source.

    Attributes:
        name: what ``--from`` calls it.
        suffixes: file name endings.
        looks_like: matched at the start of a source without telling name, such as standard input.
        read: the reader; it is given the chapter pattern too.
    """

    name: str
    suffixes: tuple[str, ...]
    looks_like: re.Pattern[str] | None
    read: Callable[[SourceText, str], Document]


READERS: Final = (
    Reader("bibtex", (".bib", ".bibtex"), re.compile(r"(?:\s*%[^\n]*\n)*\s*@\s*[A-Za-z]+\s*[{(]"), _bibtex),
    Reader("csl-json", (".json",), re.compile(r"\s*[\[{]\s*[\"{\]\[]"), _csl_json),
    Reader("ris", (".ris",), re.compile(r"\s*TY\s\s?-"), _ris),
    Reader("markdown", (".md", ".markdown", ".mkd", ".qmd", ".rmd"),
           re.compile(r"(?s).{0,20000}?(?:^|\n)(?:#{1,6} |[*+-] )"), _markdown),
    Reader("plain", (".txt", ".text", ".ref", ""), None, _plain),
)  # fmt: skip


def reader_for(source: SourceText, name: str = "") -> Reader:
    """The reader of that name, else the one for the file's ending, else the one for its content.

    Raises:
        UsageError: no reader has that name.
    """
    if name:
        for reader in READERS:
            if reader.name == name:
                return reader
        known = ", ".join(reader.name for reader in READERS)
        raise UsageError(f"There is no reader named {name}. Known are: {known}.")
    suffix = PurePath(source.name).suffix.lower()
    for reader in READERS:
        if suffix and suffix in reader.suffixes:
            return reader
    for reader in READERS:
        if reader.looks_like is None or reader.looks_like.match(source.text):
            return reader
    return READERS[-1]


def read(source: SourceText, *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = "") -> Document:
    """Read any source into a document."""
    return reader_for(source, reader).read(source, chapter_pattern)
