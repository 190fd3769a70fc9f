"""A document of references as it was read: chapters, groups, items, links, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work

ItemKind = Literal["reference", "reference_stub", "resource"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address in the text.

    Attributes:
        url: the clean address: no sentence punctuation, no stray brackets, ``\\_`` unescaped.
        span: where it stands.
        raw: the address as written, when that differs.
        text: the words of a Markdown link that carry it, when they are not the address.
    """

    url: str
    span: Span
    raw: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Data, code or a page that belongs to the work above it ("Code: https://…").

    Attributes:
        label: what the text calls it, ``Code and data``.
        role: what the label says it is, ``code+data``; ``link`` when it says nothing.
        links: its addresses.
        span: the line or lines it stands on.
        identifiers: what its links and text identify (filled by the identify stage).
    """

    label: str
    role: str
    links: tuple[Link, ...]
    span: Span
    identifiers: tuple[Identified, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list.

    Attributes:
        kind: ``reference`` (a formatted reference string), ``reference_stub`` (a title with a citation
            key) or ``resource`` (data, code or a link).
        text: the item's own text on one line, without list marker and continuation lines.
        span: where.
        label: the words before an address; for a stub, empty.
        title: the title of a stub, LaTeX decoded.
        citation_key: the key of ``\\citep{key}`` or of a .bib entry.
        group: the headings of the lists it stands in, outermost first.
        parent_label: the label of the item it is nested in.
        role: for a resource, what its label says it is.
        links: the addresses of the item itself.
        resources: continuation lines that belong to it.
        fields: what reading its reference string gave (``reference`` only).
        identifiers: what text and links identify (filled by the identify stage).
        entry: the BibTeX entry that the item is, with all fields as they are written there.
        string: the reference string that ``fields`` were read from; ``""`` where a record or a layout gave them.
    """

    kind: ItemKind
    text: str
    span: Span
    label: str = ""
    title: str = ""
    citation_key: str = ""
    group: tuple[str, ...] = ()
    parent_label: str = ""
    role: str = ""
    links: tuple[Link, ...] = ()
    resources: tuple[Resource, ...] = ()
    fields: Work | None = None
    identifiers: tuple[Identified, ...] = ()
    entry: Entry | None = None
    string: str = ""

    @property
    def all_links(self) -> tuple[Link, ...]:
        """Its own addresses, then those of its resources."""
        return self.links + tuple(link for resource in self.resources for link in resource.links)

    def stated(self, kind: str) -> tuple[Identifier, ...]:
        """The identifiers of a kind that text or links spell out, its own and its resources'."""
        found = list(self.identifiers) + [i for resource in self.resources for i in resource.identifiers]
        stated = (one.identifier for one in found if not one.is_guess)
        return tuple(dict.fromkeys(one for one in stated if one.kind == kind))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose of a chapter that is no item, such as the line that introduces a list."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the document with its own references.

    Attributes:
        number: the chapter number, or ``None``.
        number_raw: as written, ``01``.
        title: the title, without number and markup.
        span: the heading; for a document without chapters, its first line.
        authors: who wrote the chapter.
        authors_span: the line that names them.
        has_by: whether that line begins with "by".
        paragraphs: prose that is no item.
        items: the entries, in order.
    """

    number: int | None
    title: str
    span: Span
    number_raw: str = ""
    authors: tuple[Name, ...] = ()
    authors_span: Span | None = None
    has_by: bool = False
    paragraphs: tuple[Paragraph, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A BibTeX entry found in the document.

    Attributes:
        work: its fields as a work.
        key: its citation key.
        type: its entry type in lower case.
        fields: field name as written → value as written.
        span: where.
    """

    key: str
    type: str
    work: Work
    fields: tuple[tuple[str, str], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the first chapter: the book itself, addresses, pictures.

    Attributes:
        book: the book as the prose describes it (title, editors, publisher, year).
        book_span: where that is.
        entries: BibTeX entries, such as the one under "Cite it".
        links: addresses with the heading they stand under as ``text``.
        images: addresses of pictures, with the alternative text as ``text``.
    """

    book: Work | None = None
    book_span: Span | None = None
    entries: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source, read.

    Attributes:
        source: the name it was opened by.
        title: its first heading, or the title of its front matter.
        chapters: its chapters; a document without any has one without number.
        front: what precedes them.
        findings: what reading found.
    """

    source: str
    title: str = ""
    chapters: tuple[Chapter, ...] = ()
    front: FrontMatter = field(default_factory=FrontMatter)
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return f"<Document {self.source}: {len(self.chapters)} chapters, {sum(1 for _ in self.items)} items>"

    @property
    def items(self) -> Iterator[Item]:
        """Every item of every chapter, in order."""
        return (item for chapter in self.chapters for item in chapter.items)
