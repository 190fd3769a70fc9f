"""MyST projects, and Jupyter Book 2: ``myst.yml``.

Source of the rules: MyST's guides "Table of Contents", "Project frontmatter" and "Citations": without a table of
contents every document below the folder is a page, and without a bibliography every .bib file there is one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dl4es_bib.identify.books.book import Book, Contents, mapping, matching, settings_in, walk
from dl4es_bib.identify.books.jupyter_book import read_jupyter_book

_PAGES: Final = (".md", ".ipynb", ".myst", ".tex")


def read_myst(file: Path) -> Book:
    """Read ``myst.yml``."""
    project = mapping(settings_in(file).get("project"))
    contents = Contents(file, file.parent, file.parent)
    if "toc" in project:
        _add(contents, project["toc"], 0)
    elif file.with_name("_toc.yml").is_file():
        legacy = read_jupyter_book(file.with_name("_toc.yml"))
        contents.chapters.update({chapter.path.resolve(): chapter for chapter in legacy.chapters})
        contents.findings += legacy.findings
    else:
        excluded = project.get("exclude")
        patterns = excluded if isinstance(excluded, list) else [excluded]
        left_out = [path for name in patterns if isinstance(name, str) for path in matching(file.parent, name)]
        contents.add_all(_PAGES, left_out)
    contents.add_database(project.get("bibliography"))
    if "bibliography" not in project:
        for path in matching(file.parent, "**/*.bib"):
            if "_build" not in path.parts:
                contents.add_database(path.relative_to(file.parent).as_posix())
    return contents.book("myst", project.get("title", ""))


def _add(contents: Contents, node: object, depth: int) -> None:
    if depth > 30:
        return
    for page in walk(node):
        contents.add(page.get("file"), page.get("title", ""))
        for key in ("pattern", "glob"):
            contents.add_matching(page.get(key))
        if "children" in page:
            _add(contents, page["children"], depth + 1)
