"""XML from untrusted files: no document type, no entities, bounded size and nesting."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 200
#: From this depth on elements that only surround others are taken away.
_DEEP: Final = 40


class XmlError(ValueError):
    """The text is no XML that this program accepts; the message is a sentence with file and line."""


def load_xml(
    data: bytes | str, name: str, *, left_out: list[int] | None = None, wrappers: Collection[str] = ()
) -> ElementTree.Element:
    """Read an XML document.

    Arguments:
        data: the document.
        name: what to call it in messages.
        left_out: for documents of which the rest is worth reading, the lines of elements that are nested too deep
            and were left out with what they hold.
        wrappers: elements that only surround others; where they are nested deep, what they hold stands in their place.

    Raises:
        XmlError: it is broken, too large, nested too deep, or has a document type.
    """
    encoded = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if len(encoded) > MAX_BYTES:
        raise XmlError(f"{name} is larger than {MAX_BYTES // 2**20} MiB.")
    builder = ElementTree.TreeBuilder()
    # Text is UTF-8 now, whatever its declaration says.
    parser = expat.ParserCreate("utf-8" if isinstance(data, str) else None)
    parser.buffer_text = True
    #: Whether each open element is kept, and how many are.
    kept: list[bool] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        local = tag.rpartition(":")[2]
        kept.append(depth < MAX_DEPTH and not (depth > _DEEP and local in wrappers))
        if kept[-1]:
            depth += 1
            builder.start(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif depth >= MAX_DEPTH and left_out is None:
            raise XmlError(f"{name}:{parser.CurrentLineNumber}: elements are nested more than {MAX_DEPTH} deep.")
        elif depth >= MAX_DEPTH and left_out is not None and kept[-2:-1] == [True]:
            left_out.append(parser.CurrentLineNumber)

    def end(tag: str) -> None:
        nonlocal depth
        if kept.pop():
            depth -= 1
            builder.end(tag.rpartition(":")[2])

    def words(text: str) -> None:
        if kept and (kept[-1] or depth < MAX_DEPTH):
            builder.data(text)

    def refuse(*_: object) -> None:
        raise XmlError(f"{name}:{parser.CurrentLineNumber}: a document type is not accepted. Remove <!DOCTYPE …>.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(encoded, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise XmlError(f"{name}:{error.lineno}: not XML ({reason}).") from None
    return builder.close()
