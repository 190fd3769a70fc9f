"""What a ``.bcf`` file, biblatex's request to biber, says is cited."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.parsers import expat

from dl4es_bib.identify.citations.project import CitedKeys, Collected, bytes_of
from dl4es_bib.model.errors import UnreadableInput

_BCF: Final = "https://sourceforge.net/projects/biblatex"


def read_bcf(path: Path) -> CitedKeys:
    """The keys of each refsection.

    Raises:
        UnreadableInput: the file is not XML, or has a document type.
    """
    found = Collected()
    section, kind, text, members = "0", "", "", ""
    sets: dict[str, str] = {}
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section, kind, text, members
        namespace, _, name = tag.rpartition(" ")
        if namespace != _BCF:
            return
        if name in ("section", "bibdata"):
            section = attributes.get("number", attributes.get("section", "0"))
            if name == "section":
                found.sections.setdefault(section, {})
        members = attributes.get("members", "") if name == "citekey" and attributes.get("type") == "set" else ""
        kind, text = name, ""

    def end(tag: str) -> None:
        nonlocal kind
        if kind == "citekey":
            if members:
                sets[text.strip()] = members
            else:
                found.cite(section, text)
        elif kind == "datasource" and text.strip():
            found.databases[text.strip()] = None
        kind = ""

    def data(characters: str) -> None:
        nonlocal text
        if kind in ("citekey", "datasource") and len(text) < 10_000:
            text += characters

    def refuse(*_: object) -> None:
        raise UnreadableInput(f"{path}:{parser.CurrentLineNumber}: a .bcf file has no document type.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(bytes_of(path), True)
    except expat.ExpatError as error:
        raise UnreadableInput(
            f"{path}:{error.lineno}: this .bcf is not whole ({expat.ErrorString(error.code)}). Run LaTeX again."
        ) from error
    # A set that the document defines is cited by its members.
    for name, keys in found.sections.items():
        for key in [key for key in keys if key in sets]:
            del keys[key]
            found.cite(name, sets[key])
    return found.result()
