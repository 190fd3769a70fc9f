"""Jupyter Book: ``_toc.yml`` and ``_config.yml``.

Source of the rules: Jupyter Book's documentation, "Structure and organize content", of version 0.11 and later and of
the versions before, and sphinx-external-toc's for the names of the first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dl4es_bib.identify.books.book import Book, Contents, mapping, settings_in, walk

_BELOW: Final = ("parts", "subtrees", "chapters", "sections", "entries", "items")


def read_jupyter_book(file: Path) -> Book:
    """Read the table of contents, and the settings beside it."""
    toc = file.with_name("_toc.yml") if file.name.startswith("_config") else file
    contents = Contents(toc, toc.parent, toc.parent)
    settings = settings_in(toc)
    _add(contents, settings.get("", settings), 0)
    title: object = ""
    config = toc.with_name("_config.yml")
    if config.is_file():
        given = settings_in(config)
        sphinx = mapping(mapping(given.get("sphinx")).get("config"))
        title = given.get("title", "")
        for owner in (given, sphinx):
            contents.add_database(owner.get("bibtex_bibfiles"), config.parent)
    return contents.book("jupyter-book", title)


def _add(contents: Contents, node: object, depth: int) -> None:
    if depth > 30:
        return
    for chapter in walk(node):
        for key in ("root", "file", "doc"):
            contents.add(chapter.get(key), chapter.get("title", ""))
        url = chapter.get("url")
        if isinstance(url, str) and url.startswith("/"):
            contents.add(url, chapter.get("title", ""))  # before version 0.7
        contents.add_matching(chapter.get("glob"))
        for key in _BELOW:
            if key in chapter:
                _add(contents, chapter[key], depth + 1)
