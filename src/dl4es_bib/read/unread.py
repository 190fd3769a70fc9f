"""Kinds of files that are known and not read: what each is refused with.

A kind that gets a reader loses its row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.read.kinds import Evidence, Recognise, begins, holds, magic, never


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
    Unread("HTML", (".html", ".htm", ".xhtml"),
           begins(r"(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b"), _pandoc("html")),
    Unread("LaTeX", (".tex", ".ltx", ".latex"), begins(r"(?:%[^\n]*\n\s*){0,200}\\(?:documentclass|documentstyle)\b"),
           _pandoc("latex")),
    Unread("a LaTeX bibliography", (".bbl",),
           begins(r"(?:%[^\n]*\n\s*){0,200}(?:\\newcommand[^\n]*\n\s*){0,20}(?:\\begin\{thebibliography\}|\\refsection|"
                  r"\\providecommand|\\bibitem|% \$ biblatex)"),
           "Name the .bib file that it was made from, or put the text of the list into a text file."),
    Unread("RTF", (".rtf",), begins(r"\{\\rtf"), _pandoc("rtf")),
    Unread("reStructuredText", (".rst", ".rest"), never, _pandoc("rst")),
    Unread("Org", (".org",), begins(r"#\+(?:title|author|startup|options)\b"), _pandoc("org")),
    Unread("MediaWiki text", (".mediawiki", ".wiki", ".wikitext"),
           holds(r"\{\{\s*(?:cite|citation|reflist|short description|main|use [dm]\w+ dates|DISPLAYTITLE)\b"
                 r"|\[\[[^\]\n]{1,200}\]\]|^={2,4}[^=\n]{1,200}={2,4}\s*$", 4), _pandoc("mediawiki")),
    Unread("a Jupyter notebook", (".ipynb",), holds(r"\"nbformat(?:_minor)?\"\s*:"),
           "Turn it into Markdown first: jupyter nbconvert --to markdown FILE"),
    Unread("XML", (".xml",), begins(r"<\?xml\b"), "Export the references as RIS, BibTeX or CSL-JSON instead."),
    Unread("a Word document", (".docx", ".docm", ".doc"), never, _pandoc("docx")),
    Unread("an OpenDocument text", (".odt",), never, _pandoc("odt")),
    Unread("a PDF", (".pdf",), magic(b"%PDF"), "Take its text out first: pdftotext -layout FILE list.txt"),
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
