"""Typst books: a main file that includes its chapters.

Source of the rules: Typst's reference, "Modules" (``#include "chapter.typ"``) and "Bibliography".
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.identify.books.book import Book, Contents, matching

_INCLUDE: Final = re.compile(r"(?m)^[ \t]{0,40}#include[ \t]{1,9}\"(?P<name>[^\"\n]{1,500})\"")
_DATABASE: Final = re.compile(r"\"([^\"\n]{1,500}\.bib)\"")
_TITLE: Final = re.compile(r"\btitle\s{0,9}:\s{0,9}(?:\"(?P<text>[^\"\n]{1,300})\"|\[(?P<content>[^\[\]\n#]{1,300})\])")
_COMMENT: Final = re.compile(r"(?m)^[ \t]{0,40}//[^\n]*")
_MAX_BYTES: Final = 5_000_000


def read_typst_book(file: Path) -> Book:
    """Read the main file; its own text, when it cites, is read with it as the first chapter."""
    text = _COMMENT.sub("", read_bytes(file, limit=_MAX_BYTES).decode("utf-8", "replace"))
    contents = Contents(file, file.parent, file.parent)
    names = [match["name"] for match in _INCLUDE.finditer(text)]
    if names and re.search(r"(?<![\w@\\.])@\w|\bcite\s{0,9}\(", text):
        contents.add(file.name)
    for name in names:
        contents.add(name)
    for name in _DATABASE.findall(text):
        contents.add_database(name)
    if not contents.databases:
        for path in matching(file.parent, "*.bib"):
            contents.add_database(path.name)
    title = _TITLE.search(text)
    return contents.book("typst", (title["text"] or title["content"]) if title else "")
