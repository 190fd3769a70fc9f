"""Reading XML from files nobody vouches for: no document type, no entities, bounded size and depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from dl4es_bib.csl.errors import StyleError

#: A style file may have this many bytes; the largest published one has 400 kB.
MAX_BYTES: Final = 4_000_000
_MAX_DEPTH: Final = 100
_NAMESPACE: Final = "http://purl.org/net/xbiblio/csl"
_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class XmlElement:
    """An element of XML.

    Attributes:
        name: its local name; those of another namespace than CSL's have the namespace before it.
        attributes: by name, ``xml:lang`` as ``lang``.
        line: where it starts, from 1.
        text: the character data directly inside.
        children: the elements inside.
    """

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def find(self, name: str) -> XmlElement | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def find_all(self, name: str) -> Iterator[XmlElement]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)


def parse_xml(data: bytes, shown: str) -> XmlElement:
    """Parse the XML of a style or locale.

    Arguments:
        data: the file.
        shown: its name in errors.

    Raises:
        StyleError: with the line, when the text is not such XML.
    """
    if len(data) > MAX_BYTES:
        raise StyleError(f"{shown} is larger than a style can be ({MAX_BYTES:,} bytes).")
    top = XmlElement("", {}, 0)
    stack = [top]
    parser = expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > _MAX_DEPTH:
            raise StyleError(f"{shown}, line {parser.CurrentLineNumber}: elements are nested too deeply.")
        element = XmlElement(_local(tag), attributes, parser.CurrentLineNumber)
        if _LANG in attributes:
            attributes["lang"] = attributes.pop(_LANG)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def characters(text: str) -> None:
        stack[-1].text += text

    def refuse(*_: object) -> None:
        raise StyleError(f"{shown}, line {parser.CurrentLineNumber}: a style may not have a document type or entities.")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise StyleError(f"{shown}, line {error.lineno}: this is not XML ({expat.ErrorString(error.code)}).") from error
    except (LookupError, ValueError) as error:
        if isinstance(error, StyleError):
            raise
        raise StyleError(
            f"{shown}, line 1: the encoding that the XML declaration names is not known. Save the file as UTF-8."
        ) from error
    return top.children[0]


def _local(tag: str) -> str:
    namespace, found, name = tag.rpartition("}")
    return name if not found or namespace == _NAMESPACE else tag
