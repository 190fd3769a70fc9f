"""bookdown: ``_bookdown.yml``, and the front matter of ``index.Rmd``.

Source of the rules: "bookdown: Authoring Books and Technical Documents with R Markdown", sections "Usage" and
"Configuration".
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.identify.books.book import Book, Contents, mapping, matching, settings_in
from dl4es_bib.identify.front_matter import FRONT_MATTER

_FIRST: Final = ("index.Rmd", "index.rmd")
_MAX_BYTES: Final = 5_000_000


def read_bookdown(file: Path) -> Book:
    """Read ``_bookdown.yml``: the files that it lists, else those of its folder by name, ``index.Rmd`` first."""
    settings = settings_in(file)
    contents = Contents(file, file.parent, file.parent)
    listed = settings.get("rmd_files")
    if isinstance(listed, dict):
        listed = next((names for names in listed.values() if isinstance(names, list)), None)
    names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    for name in names or _by_name(file.parent, settings):
        contents.add(name)
    front = next((_front_matter(file.with_name(name)) for name in _FIRST if file.with_name(name).is_file()), {})
    contents.add_database(front.get("bibliography"))
    title = front.get("title")
    return contents.book("bookdown", title if isinstance(title, str) else "")


def _by_name(folder: Path, settings: dict[str, object]) -> list[str]:
    """The R Markdown files that are no drafts, which begin with ``_``; those of ``rmd_subdir`` too."""
    below = settings.get("rmd_subdir")
    folders = [name for name in below if isinstance(name, str)] if isinstance(below, list) else []
    found = sorted(path.name for path in folder.glob("*.[Rr]md") if not path.name.startswith("_"))
    for name in folders:
        found += sorted(path.relative_to(folder).as_posix() for path in matching(folder, f"{name}/*.[Rr]md"))
    return sorted(found, key=lambda name: name not in _FIRST)


def _front_matter(file: Path) -> dict[str, object]:
    front = FRONT_MATTER.match(read_bytes(file, limit=_MAX_BYTES).decode("utf-8", "replace").replace("\r\n", "\n"))
    if front is None:
        return {}
    try:
        return mapping(load_yaml(front[1], str(file)))
    except YamlError:
        return {}
