"""mdBook and GitBook: ``SUMMARY.md``, a list of links to the chapters, and mdBook's ``book.toml``.

Source of the rules: mdBook's guide, "SUMMARY.md" and "Configuration"; GitBook's "Content configuration".
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.identify.books.book import Book, Contents, mapping
from dl4es_bib.model.errors import UnreadableInput

_LINK: Final = re.compile(
    r"^(?P<indent>[ \t]{0,80})(?P<bullet>[-*+][ \t]{1,9})?\[(?P<title>[^\[\]\n]{0,500})\]\(<?(?P<to>[^()<>\n]{0,1000})",
    re.M,
)
_MAX_BYTES: Final = 5_000_000


def read_summary(file: Path) -> Book:
    """Read ``SUMMARY.md``, or the ``book.toml`` that says where it is."""
    root, settings = file.parent, dict[str, object]()
    if file.name == "book.toml":
        settings = _toml(file)
        source = mapping(settings.get("book")).get("src", "src")
        file = root / (source if isinstance(source, str) else "src") / "SUMMARY.md"
        if not file.resolve().is_relative_to(root.resolve()):
            raise UnreadableInput(f"{root / 'book.toml'}: 'src' leads out of the book's folder. Choose one below it.")
    contents = Contents(file, root, file.parent)
    count = 0
    for link in _LINK.finditer(read_bytes(file, limit=_MAX_BYTES).decode("utf-8", "replace")):
        to = unquote(link["to"]).split(' "')[0].split("#")[0].strip()
        # mdBook numbers what stands in a list; what stands outside comes before or after the numbered chapters.
        numbered = link["bullet"] is not None and not link["indent"]
        before = len(contents.chapters)
        contents.add(to, link["title"].replace("\\", ""), count + 1 if numbered else None)
        count += numbered and len(contents.chapters) > before
    name = mapping(mapping(settings.get("preprocessor")).get("bib")).get("bibliography")
    contents.add_database(name, file.parent)
    return contents.book("summary", mapping(settings.get("book")).get("title", ""))


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(read_bytes(file, limit=_MAX_BYTES).decode("utf-8", "replace"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableInput(f"{file} is no TOML: {error}. Mend it, or name SUMMARY.md.") from None
