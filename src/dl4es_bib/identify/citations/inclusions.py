r"""Commands that read a file or name .bib files: ``\\input``, ``\\import``, ``\\usepackage``, ``\\bibliography``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dl4es_bib.identify.citations.arguments import MAX_BODY, after_blank, after_options, group
from dl4es_bib.identify.citations.commands import INCLUDES
from dl4es_bib.identify.citations.events import Databases, Inclusion

_BARE_NAME = re.compile(r"[ \t]*\"?([^\s{}\\%\"]+)\"?")


def inclusion(command: str, text: str, position: int) -> Iterator[tuple[Inclusion, int]]:
    """The files that a command reads, and the offset after it; ``position`` is after its name."""
    kind = INCLUDES[command]
    begin = position
    folder = ""
    if text[position : position + 1] == "*":
        position += 1
    if kind in ("package", "class", "subfile"):
        position = after_options(text, position)
    if kind in ("folder", "subfolder"):
        span = group(text, position, 1_000)
        if span is None:
            return
        folder, position = text[span[0] : span[1]], span[1] + 1
    span = group(text, position, 5_000)
    if span is not None:
        names = text[span[0] : span[1]]
        position = span[1] + 1
    elif kind == "file" and (bare := _BARE_NAME.match(text, position)) is not None and bare[1][0] not in "|[":
        names, position = bare[1], bare.end()
    else:
        return
    then = group(text, position, MAX_BODY) if kind in ("optional", "test") else None
    otherwise = group(text, then[1] + 1, MAX_BODY) if then is not None else None
    position = max(position, *(span[1] + 1 for span in (then, otherwise) if span is not None), position)
    for name in names.split(",") if kind == "package" else [names]:
        cleaned = name.strip().strip('"')
        yield Inclusion(command, kind, cleaned, folder.strip(), begin, then, otherwise), position


def databases(command: str, text: str, position: int) -> Iterator[tuple[Databases, int]]:
    """The .bib files that a command names, and the offset after it."""
    position = after_blank(text, position)
    position += text[position : position + 1] == "*"
    if command == "putbib":
        match = re.compile(r"\s*\[([^\]]*)\]").match(text, position)
        names, end = (match[1], match.end()) if match else ("", position)
    else:
        span = group(text, after_options(text, position), 5_000)
        if span is None:
            return
        names, end = text[span[0] : span[1]], span[1] + 1
    found = tuple(name.strip() for name in names.split(",") if name.strip())
    if found:
        yield Databases(command, found), end
