"""XML from untrusted files: no document type, no entities, bounded size and nesting."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 200


class XmlError(ValueError):
    """The text is no XML that this program accepts; the message is a sentence with file and line."""


def load_xml(data: bytes | str, name: str) -> ElementTree.Element:
    """Read an XML document.

    Arguments:
        data: the document.
        name: what to call it in messages.

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
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise XmlError(f"{name}:{parser.CurrentLineNumber}: elements are nested more than {MAX_DEPTH} deep.")
        builder.start(tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise XmlError(f"{name}:{parser.CurrentLineNumber}: a document type is not accepted. Remove <!DOCTYPE …>.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(encoded, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise XmlError(f"{name}:{error.lineno}: not XML ({reason}).") from None
    return builder.close()
