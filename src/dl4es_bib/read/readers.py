"""Which reader reads which source: one list of rows.

To add a reader, write a file with a function from a source to a :class:`~dl4es_bib.model.document.Document` and add
one row to :data:`READERS`; another package offers a row by an entry point in the group ``dl4es_bib.readers``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath
from typing import Final

from dl4es_bib.disk.source import STANDARD_INPUT, SourceText
from dl4es_bib.identify.citations.markup import MarkupKind
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.rows import Rows
from dl4es_bib.model.span import Span
from dl4es_bib.read import kinds
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.kinds import Evidence, Recognise
from dl4es_bib.read.unread import unread_by_content, unread_by_name

Read = Callable[[SourceText, str], Document]


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of source.

    Attributes:
        name: what ``--from`` calls it.
        suffixes: file name endings in lower case; ``""`` stands for a name without one, and for standard input.
        read: the reader; it is given the source and the chapter pattern.
        recognise: how the content of a source shows the kind.
        is_library: its records are works with fields, a bibliography of its own, not text that cites works.
        reads_bytes: it reads ``source.data``, which need not be text.
        cites: how it writes citations of a .bib file, when it does.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    recognise: Recognise = kinds.never
    is_library: bool = False
    reads_bytes: bool = False
    cites: MarkupKind | None = None


def _in(module: str, function: str) -> Read:
    """A reader in a module of this package, which is imported when it is first used."""

    def read(source: SourceText, chapter_pattern: str) -> Document:
        document = getattr(import_module(f"dl4es_bib.read.{module}"), function)(source, chapter_pattern)
        if not isinstance(document, Document):
            raise TypeError(f"{module}.{function} gave no Document")
        return document

    return read


def _reference_file(module: str) -> Read:
    """A reader of a format of :mod:`dl4es_bib.formats.reference_files`."""

    def read(source: SourceText, chapter_pattern: str) -> Document:
        from dl4es_bib.read.records import read_reference_file

        return read_reference_file(import_module(f"dl4es_bib.formats.reference_files.{module}").load, source)

    return read


_WORD: Final = kinds.zipped("word/document.xml")

#: The readers of the project, and those that other packages add. Of two that the content makes equally likely and
#: that no name tells apart, the first is taken.
READERS: Final = Rows(
    "reader",
    "dl4es_bib.readers",
    Reader,
    (
        Reader("bibtex", (".bib", ".bibtex", ".biblatex"), _in("bibtex", "read_bibtex"), kinds.bibtex, is_library=True),
        Reader("csl-json", (".json",), _in("records", "read_csl_json"), kinds.json_records, is_library=True),
        Reader("ris", (".ris",), _in("records", "read_ris"), kinds.begins(r"TY\s{1,2}-"), is_library=True),
        Reader("pubmed", (".nbib",), _reference_file("nbib"), kinds.begins(r"PMID {0,2}- ?\d"), is_library=True),
        Reader("endnote", (".enw",), _reference_file("endnote_tagged"), kinds.begins(r"%0 \w"), is_library=True),
        Reader(
            "endnote-xml",
            (),
            _reference_file("endnote_xml"),
            kinds.begins(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<xml>\s*<records>"),
            is_library=True,
        ),
        Reader(
            "mods",
            (".mods",),
            _reference_file("mods"),
            kinds.begins(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:\w+:)?mods(?:Collection)?\b"),
            is_library=True,
        ),
        Reader(
            "web-of-science",
            (".ciw",),
            _reference_file("web_of_science"),
            kinds.begins(r"FN (?:Clarivate|Thomson|ISI)\b"),
            is_library=True,
        ),
        Reader("cff", (".cff",), _reference_file("citation_cff"), kinds.holds(r"^cff-version\s*:"), is_library=True),
        Reader("csl-yaml", (), _reference_file("csl_yaml"), kinds.csl_yaml, is_library=True),
        Reader("hayagriva", (), _reference_file("hayagriva"), kinds.hayagriva, is_library=True),
        Reader("html", (".html", ".htm", ".xhtml"), _in("html", "read_html"), kinds.html),
        Reader("latex", (".tex", ".ltx", ".latex", ".bbl"), _in("latex", "read_latex"), kinds.latex),
        Reader(
            "docx", (".docx", ".docm"), _in("docx", "read_docx"), kinds.zipped("word/document.xml"), reads_bytes=True
        ),
        Reader("odt", (".odt", ".fodt"), _in("odt", "read_odt"), kinds.open_document, reads_bytes=True),
        Reader("pdf", (".pdf",), _in("pdf", "read_pdf"), kinds.magic(b"%PDF-"), reads_bytes=True),
        Reader(
            "notebook",
            (".ipynb",),
            _in("notebook", "read_notebook"),
            kinds.holds(r"\"nbformat(?:_minor)?\"\s*:"),
            cites="notebook",
        ),
        Reader("wikitext", (".mediawiki", ".wiki", ".wikitext"), _in("wikitext", "read_wikitext"), kinds.wikitext),
        Reader("rst", (".rst", ".rest"), _in("rst", "read_rst"), kinds.rst, cites="rst"),
        Reader("typst", (".typ",), _in("typst", "read_typst"), cites="typst"),
        Reader(
            "org",
            (".org",),
            _in("org", "read_org"),
            kinds.begins(r"#\+(?:title|author|startup|options)\b"),
            cites="org",
        ),
        Reader(
            "markdown",
            (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd"),
            _in("markdown.reader", "read_markdown"),
            kinds.markdown,
            cites="markdown",
        ),
        Reader("plain", (".txt", ".text", ".ref", ""), _in("plain", "read_plain"), kinds.always),
    ),
)


def suffix_of(name: str) -> str:
    """The ending of a file name in lower case; ``""`` for standard input."""
    return "" if name == STANDARD_INPUT else PurePath(name).suffix.lower()


def reader_by_name(name: str) -> Reader | None:
    """The reader that a file name tells, whatever the file holds."""
    suffix = suffix_of(name)
    return next((reader for reader in READERS if suffix in reader.suffixes), None)


def reader_for(source: SourceText, name: str = "") -> Reader:
    """The reader of that name, else the one that the content shows, else the one that the file name tells.

    Raises:
        UsageError: no reader has that name.
        UnreadableInput: no reader reads what the source is; the message says how to turn it into what is read.
    """
    if name:
        reader = READERS.named(name)
        if not source.is_text and not reader.reads_bytes:
            raise UnreadableInput(f"{source.name} is not text, so it cannot be read as {name}.")
        return reader
    suffix = suffix_of(source.name)
    by_name = reader_by_name(source.name)
    evidence = {reader.name: reader.recognise(source) for reader in READERS}
    certain = [reader for reader in READERS if evidence[reader.name] is Evidence.CERTAIN]
    if certain:
        return by_name if by_name in certain else certain[0]
    if kind := unread_by_content(source):
        raise _refused(source, f"is {kind.name}, which is not read.", kind.cure)
    if suffix and by_name is not None and (source.is_text or by_name.reads_bytes):
        return by_name
    if suffix and (named := unread_by_name(suffix)):
        raise _refused(source, f"is {named.name}, which is not read.", named.cure)
    possible = [reader for reader in READERS if evidence[reader.name] is Evidence.POSSIBLE]
    if not source.is_text or not possible:
        raise _refused(source, "is not text and of no kind that is read.", "")
    if suffix and possible[0].recognise is kinds.always and not _holds_references(source):
        raise _refused(source, f"ends in {suffix[:20]}, which no reader knows, and holds no reference.", "")
    return possible[0]


def read(source: SourceText, *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = "") -> Document:
    """Read any source into a document; one that cites a .bib file gives the cited entries.

    Raises:
        UsageError: no reader has that name.
        UnreadableInput: no reader reads what the source is.
    """
    chosen = reader_for(source, reader)
    if chosen.cites is None:
        return read_text(source, chapter_pattern=chapter_pattern, reader=reader)
    from dl4es_bib.read.citing import read_citing

    cited = read_citing(source, chosen.cites, chapter_pattern)
    if cited is not None and cited.chapters:
        return cited
    document = read_text(source, chapter_pattern=chapter_pattern, reader=reader)
    return replace(document, findings=(*document.findings, *cited.findings)) if cited is not None else document


def read_text(source: SourceText, *, chapter_pattern: str = CHAPTER_PATTERN, reader: str = "") -> Document:
    """Read the text of a source; what it cites of a .bib file by keys is not looked for.

    Raises:
        As :func:`read`.
    """
    chosen = reader_for(source, reader)
    document = chosen.read(source, chapter_pattern)
    told = reader_by_name(source.name)
    if reader or told is None or told == chosen or not suffix_of(source.name):
        return document
    finding = Finding(
        "kind-by-content",
        f"The name says {told.name}, but the file holds {chosen.name} and is read as such.",
        Span(source.name, 1),
        f"Use --from {told.name} if it is {told.name}.",
        "note",
    )
    return replace(document, findings=(finding, *document.findings))


def _holds_references(source: SourceText) -> bool:
    """Whether one of the first lines of a text looks like a reference."""
    from dl4es_bib.read.reference import looks_like_reference

    lines = [line for line in source.text[: kinds.LOOK_AT].split("\n") if line.strip()]
    return any(looks_like_reference(line) for line in lines[:200])


def _refused(source: SourceText, reason: str, cure: str) -> UnreadableInput:
    endings = " ".join(ending for reader in READERS for ending in reader.suffixes[:2] if ending)
    cure = cure.replace("FILE", source.name if source.name != STANDARD_INPUT else "FILE")
    known = f"Read are: {', '.join(READERS.names)} ({endings}); --from names the kind."
    return UnreadableInput(" ".join(part for part in (f"{source.name} {reason}", cure, known) if part))
