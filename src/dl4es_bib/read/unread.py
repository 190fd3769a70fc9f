"""Kinds of files that are known and not read: what each is refused with.

A kind that gets a reader loses its row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.read.kinds import Evidence, Recognise, begins, magic, never


@dataclass(frozen=True, slots=True)
class Unread:
    """A kind that is not read.

    Attributes:
        name: what it is called in a sentence.
        suffixes: file name endings, in lower case.
        recognise: how the content shows it.
        cure: a sentence that says how to turn it into something that is read.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Recognise
    cure: str


def _pandoc(kind: str) -> str:
    return f"Turn it into Markdown first: pandoc -f {kind} -t gfm -o list.md FILE"


_TO_TEXT: Final = "Save it as text, Markdown or a .bib file first."

UNREAD: Final = (
    Unread("RTF", (".rtf",), begins(r"\{\\rtf"), _pandoc("rtf")),
    Unread("XML", (".xml",), begins(r"<\?xml\b"), "Export the references as RIS, BibTeX or CSL-JSON instead."),
    Unread("a Word, Excel or PowerPoint file of the old kind", (".doc", ".ppt"), magic(b"\xd0\xcf\x11\xe0"),
           "Save it as .docx or text; a Word file: libreoffice --headless --convert-to docx FILE"),
    Unread("a spreadsheet", (".xlsx", ".xls", ".ods"), never, _TO_TEXT),
    Unread("a table of values", (".csv", ".tsv"), never, _TO_TEXT),
    Unread("YAML", (".yaml", ".yml"), never, "Export the references as CSL-JSON or BibTeX instead."),
    Unread("program code", (".py", ".js", ".c", ".cpp", ".h", ".java", ".rs", ".go", ".sh", ".r", ".jl", ".css"),
           begins(r"#!\s?/"), _TO_TEXT),
)  # fmt: skip


def unread_by_content(source: SourceText) -> Unread | None:
    """The kind that the content of a source shows and that is not read, if any."""
    return next((kind for kind in UNREAD if kind.recognise(source) is Evidence.CERTAIN), None)


def unread_by_name(suffix: str) -> Unread | None:
    """The kind that a file name ending tells and that is not read, if any."""
    return next((kind for kind in UNREAD if suffix in kind.suffixes), None)
