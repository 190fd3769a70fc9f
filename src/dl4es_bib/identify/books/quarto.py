"""Quarto projects: ``_quarto.yml``.

Source of the rules: Quarto's guides "Book Structure", "Project Basics" and "Citations".
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from dl4es_bib.identify.books.book import Book, Contents, documents_below, mapping, settings_in, walk

#: What Quarto renders when a project says nothing else.
_RENDERED: Final = (".qmd", ".md", ".ipynb", ".Rmd", ".rmd")


def read_quarto(file: Path) -> Book:
    """Read ``_quarto.yml``: the chapters of a book, else the pages that the project renders."""
    settings = settings_in(file)
    contents = Contents(file, file.parent, file.parent)
    book = mapping(settings.get("book"))
    if "chapters" in book:
        _add(contents, book["chapters"], numbered=True)
        _add(contents, book.get("appendices"), numbered=False)
    else:
        _add_pages(contents, settings)
    for owner in (settings, book, mapping(settings.get("website")), mapping(settings.get("manuscript"))):
        contents.add_database(owner.get("bibliography"))
    _add_folders(contents)
    for owner in (book, mapping(settings.get("website")), settings):
        if isinstance(owner.get("title"), str):
            return contents.book("quarto", owner["title"])
    return contents.book("quarto")


def _add(contents: Contents, chapters: object, *, numbered: bool, depth: int = 0) -> None:
    for chapter in walk(chapters):
        name = next((chapter[key] for key in ("file", "href") if key in chapter), None)
        part = chapter.get("part")
        if isinstance(part, str) and Path(part).suffix in _RENDERED:
            contents.add(part)
        elif isinstance(name, str) and any(char in name for char in "*?"):
            contents.add_matching(name)
        elif name is not None:
            # Quarto numbers the chapters of a book through its parts; the first page has no number.
            count = sum(known.number is not None for known in contents.chapters.values()) + 1
            is_first = isinstance(name, str) and Path(name).stem == "index"
            contents.add(name, chapter.get("text", ""), count if numbered and not is_first else None)
        if "chapters" in chapter and depth < 10:
            _add(contents, chapter["chapters"], numbered=numbered, depth=depth + 1)


def _add_pages(contents: Contents, settings: dict[str, object]) -> None:
    rendered = mapping(settings.get("project")).get("render")
    patterns = [name for name in rendered if isinstance(name, str)] if isinstance(rendered, list) else []
    if not any(not pattern.startswith("!") for pattern in patterns):
        patterns.insert(0, "**")
    pages = documents_below(contents.folder, _RENDERED)
    chosen: dict[Path, None] = {}
    for pattern in patterns:
        wanted = pattern.lstrip("!/").removeprefix("./")
        found = [page for page in pages if _matches(page.relative_to(contents.folder).as_posix(), wanted)]
        for page in found:
            if pattern.startswith("!"):
                chosen.pop(page, None)
            else:
                chosen[page] = None
    for page in chosen:
        # Quarto does not render a README.
        if page.stem.lower() != "readme":
            contents.add(page.relative_to(contents.folder).as_posix())


def _matches(name: str, pattern: str) -> bool:
    if pattern.endswith("/"):
        pattern += "**"
    return fnmatch(name, pattern) or fnmatch(name, pattern.replace("**/", "")) or name.startswith(f"{pattern}/")


def _add_folders(contents: Contents) -> None:
    """The bibliographies that ``_metadata.yml`` names for a folder of chapters."""
    root = contents.root.resolve()
    folders = {parent for path in contents.chapters for parent in path.parents if parent.is_relative_to(root)}
    for folder in sorted(folders):
        for name in ("_metadata.yml", "_metadata.yaml"):
            if (folder / name).is_file():
                contents.add_database(settings_in(folder / name).get("bibliography"), folder)
