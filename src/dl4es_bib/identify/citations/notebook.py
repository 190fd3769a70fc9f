"""The Markdown text of a Jupyter notebook, with the places of its pieces in the file.

A notebook is JSON; each line of a cell is a string. Where the strings stand is kept, so that a key can be changed
and every other byte stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[-+.0-9A-Za-z]+")
_MAX_DEPTH = 60
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Piece:
    """One string of a cell: where it stands in the file, quotes included, and what it says."""

    start: int
    end: int
    text: str


def markdown_cells(source: str) -> Iterator[tuple[Piece, ...]]:
    """The strings of each Markdown cell, in order. A file that is no notebook has none."""
    try:
        root, _ = _value(source, _skip(source, 0), 0)
    except (ValueError, IndexError):
        return
    cells = root.get("cells") if isinstance(root, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if isinstance(kind, Piece) and kind.text == "markdown":
            content = cell.get("source")
            pieces = content if isinstance(content, list) else [content]
            yield tuple(piece for piece in pieces if isinstance(piece, Piece))


def quoted(text: str, like: str) -> str:
    """A JSON string; characters beyond ASCII are escaped where the file escapes them."""
    return json.dumps(text, ensure_ascii="\\u" in like or like.isascii())


def _skip(source: str, position: int) -> int:
    match = _BLANK.match(source, position)
    return match.end() if match else position


def _value(source: str, position: int, depth: int) -> tuple[object, int]:
    if depth > _MAX_DEPTH:
        raise ValueError("nested too deep")
    opener = source[position]
    if opener == '"':
        text, end = _DECODER.raw_decode(source, position)
        return Piece(position, end, text), end
    if opener not in "{[":
        match = _SCALAR.match(source, position)
        if match is None:
            raise ValueError("no JSON")
        return None, match.end()
    closer = "}" if opener == "{" else "]"
    members: dict[str, object] = {}
    items: list[object] = []
    position = _skip(source, position + 1)
    while source[position] != closer:
        if opener == "{":
            name, position = _value(source, position, depth + 1)
            position = _skip(source, position)
            if source[position] != ":" or not isinstance(name, Piece):
                raise ValueError("no JSON")
            members[name.text], position = _value(source, _skip(source, position + 1), depth + 1)
        else:
            item, position = _value(source, position, depth + 1)
            items.append(item)
        position = _skip(source, position)
        if source[position] == ",":
            position = _skip(source, position + 1)
        elif source[position] != closer:
            raise ValueError("no JSON")
    return (members if opener == "{" else items), position + 1
