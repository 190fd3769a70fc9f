"""Sphinx projects: ``conf.py``, which is read and never run, and the documents that its toctrees list.

Source of the rules: Sphinx's documentation, "Configuration" (``root_doc``) and "toctree"; that of
sphinxcontrib-bibtex, "Configuration" (``bibtex_bibfiles``).
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import is_file, read_bytes
from dl4es_bib.identify.books.book import Book, Contents, matching
from dl4es_bib.model.errors import UnreadableInput

_MAX_BYTES: Final = 2_000_000
_MAX_DEPTH: Final = 30
_DIRECTIVE: Final = re.compile(r"[ \t]{0,40}(?:\.\.[ \t]{1,9}toctree::|(?P<fence>`{3,9}|:{3,9})\{toctree\})[ \t]*$")
_TITLED: Final = re.compile(r"(?P<title>[^<>]{1,500}?)\s*<(?P<name>[^<>]{1,500})>$")
_SUFFIXES: Final = (".rst", ".md", ".ipynb", ".txt")


def read_sphinx(file: Path) -> Book:
    """Read ``conf.py`` and the table of contents of its project.

    Raises:
        UnreadableInput: ``conf.py`` cannot be read.
    """
    settings = _settings(file)
    contents = Contents(file, file.parent, file.parent)
    root = next((value for name in ("root_doc", "master_doc") if isinstance(value := settings.get(name), str)), "index")
    _follow(contents, root, "", 0)
    for name in ("bibtex_bibfiles",):
        contents.add_database(settings.get(name))
    return contents.book("sphinx", settings.get("project", ""))


def _settings(file: Path) -> dict[str, object]:
    """What ``conf.py`` sets to plain values; nothing in it is run."""
    try:
        tree = ast.parse(read_bytes(file, limit=_MAX_BYTES))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnreadableInput(
            f"{file} is no Python: {error}. Mend it, or name one document in place of the book."
        ) from None
    found: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name):
            try:
                found[target.id] = ast.literal_eval(value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue
    return found


def _follow(contents: Contents, name: str, title: str, depth: int) -> None:
    """Add a document, then those of its toctrees."""
    before = set(contents.chapters)
    found = _document(contents.root, name)
    contents.add(name if found is None else found.relative_to(contents.root).as_posix(), title)
    if found is None or depth > _MAX_DEPTH or set(contents.chapters) == before:
        return
    text = read_bytes(found, limit=_MAX_BYTES).decode("utf-8", "replace").replace("\r\n", "\n") + "\n"
    folder = posixpath.dirname(name)
    for entry, entry_title, is_pattern in _entries(text):
        # A leading slash is the folder of conf.py; other names start from the folder of the document.
        inner = entry.lstrip("/") if entry.startswith("/") else posixpath.normpath(posixpath.join(folder, entry))
        if is_pattern:
            for matched in sorted(_matching(contents, inner)):
                _follow(contents, matched, "", depth + 1)
        elif entry != "self" and "://" not in entry:
            _follow(contents, inner, entry_title, depth + 1)


def _document(root: Path, name: str) -> Path | None:
    """The file of a document that is named with or without its ending."""
    path = root / name.lstrip("/")
    if not path.name or path == root:
        return None
    has_suffix = any(path.name.endswith(suffix) for suffix in _SUFFIXES)
    names = [path] if has_suffix and is_file(path) else [path.with_name(path.name + suffix) for suffix in _SUFFIXES]
    return next((each for each in names if is_file(each)), None)


def _matching(contents: Contents, pattern: str) -> set[str]:
    """The documents that a pattern of ``:glob:`` matches, without their endings."""
    if ".." in pattern.split("/"):
        return set()
    paths = (path for suffix in _SUFFIXES for path in matching(contents.root, f"{pattern}{suffix}"))
    return {path.relative_to(contents.root).with_suffix("").as_posix() for path in paths}


def _entries(text: str) -> Iterator[tuple[str, str, bool]]:
    """The entries of a document's toctrees: name, title, and whether the name is a pattern."""
    for body in _bodies(text.split("\n")):
        has_patterns = ":glob:" in body
        for line in body:
            if not line or line.startswith(":"):
                continue
            titled = _TITLED.match(line)
            name, title = (titled["name"].strip(), titled["title"].strip()) if titled else (line, "")
            yield name, title, has_patterns and not titled and any(mark in name for mark in "*?[")


def _bodies(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each toctree, without the blanks around them."""
    place = 0
    while place < len(lines):
        directive = _DIRECTIVE.match(lines[place])
        place += 1
        if directive is None:
            continue
        body: list[str] = []
        indent = len(lines[place - 1]) - len(lines[place - 1].lstrip())
        fence = directive["fence"]
        while place < len(lines):
            line = lines[place].strip()
            if fence and line.startswith(fence):
                break
            # The body of a directive of reStructuredText is what is indented further.
            if not fence and line and len(lines[place]) - len(lines[place].lstrip()) <= indent:
                break
            body.append(line)
            place += 1
        yield body
