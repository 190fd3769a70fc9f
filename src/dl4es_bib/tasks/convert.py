"""A document in another format, without library and look-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dl4es_bib.disk.source import load
from dl4es_bib.formats.bibtex.dialect_files import text_in_dialect
from dl4es_bib.formats.bibtex.entry import Dialect
from dl4es_bib.formats.record_formats import writable, written_records
from dl4es_bib.identify.document import identified
from dl4es_bib.library.store.files import findings_of
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.work import Work
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.readers import read, reader_for
from dl4es_bib.tasks.cited import Cited, cited_in, keyed_works
from dl4es_bib.tasks.project import scan_book


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a source became.

    Attributes:
        text: the result, as bytes for a Word file, or ``None`` when the source holds no work.
        findings: what is wrong with the source, and what formatting found.
    """

    text: str | bytes | None
    findings: tuple[Finding, ...]


def converted_source(
    name: str,
    target: str,
    *,
    chapter_pattern: str = CHAPTER_PATTERN,
    reader: str = "",
    style: str = "apa",
    locale: str = "",
) -> Conversion:
    """A source in another format; between BibTeX and biblatex each entry is mapped and nothing is left out.

    Arguments:
        name: path of the source, ``-`` for standard input.
        target: a name of :func:`~dl4es_bib.tasks.record_formats.targets`.
        chapter_pattern: what a chapter heading looks like.
        reader: the kind of source, when its name does not tell.
        style: a CSL style, for the targets that a style formats.
        locale: its language; empty for the style's own.

    Raises:
        UsageError: there is no such target, style or locale.
        UnreadableInput: the source cannot be read.
    """
    if not reader and (book := scan_book(name, chapter_pattern)) is not None:
        made, findings = converted(book, target, style=style, locale=locale)
        return Conversion(made, (*book.findings, *findings))
    source = load(name, binary=True)
    if target in ("biblatex", "bibtex") and reader_for(source, reader).name == "bibtex":
        dialect: Dialect = "biblatex" if target == "biblatex" else "bibtex"
        file, text = text_in_dialect(source.data or source.text, source.name, dialect)
        return Conversion(text if file.entries else None, findings_of(file))
    document = identified(read(source, chapter_pattern=chapter_pattern, reader=reader))
    made, findings = converted(document, target, style=style, locale=locale)
    return Conversion(made, (*document.findings, *findings))


def _each_once(cited: Sequence[Cited]) -> list[Cited]:
    """What is cited, without the entries of a .bib file that another chapter cites before."""
    found: dict[object, Cited] = {}
    for mention in cited:
        found.setdefault((mention.entry.key, mention.entry.span) if mention.entry else mention.id, mention)
    return list(found.values())


def converted(
    document: Document, target: str, *, style: str = "apa", locale: str = ""
) -> tuple[str | bytes | None, tuple[Finding, ...]]:
    """The document's works as one text, or the bytes of a Word file, and what formatting found.

    Without any works it is ``None``.

    Arguments:
        document: with identifiers.
        target: a name of :func:`~dl4es_bib.tasks.record_formats.targets`: ``biblatex``, ``csl-json`` or ``markdown``.
        style: a CSL style, for the targets that a style formats.
        locale: its language; empty for the style's own.

    Raises:
        UsageError: there is no such target, style or locale.
    """
    works, changed = keyed_works(_each_once(cited_in(document)))
    if not works:
        return None, ()
    if target in writable():
        return written_records(target, works), changed
    text, findings = formatted_list(document.title or "References", works, target, style=style, locale=locale)
    return text, (*changed, *findings)


@contextmanager
def style_errors_told() -> Iterator[None]:
    """Turn what the CSL processor says of an unknown style or locale into a :class:`UsageError`."""
    from dl4es_bib import csl

    try:
        yield
    except (csl.StyleError, csl.LocaleError) as error:
        raise UsageError(str(error)) from None


def formatted_list(
    title: str, works: Sequence[tuple[str, Work]], target: str, *, style: str, locale: str = ""
) -> tuple[str | bytes, tuple[Finding, ...]]:
    """Works as a style formats them, and what formatting found.

    Arguments:
        title: what stands above the list.
        works: (key, work) pairs.
        target: ``text``, ``markdown``, ``html``, ``latex``, ``rtf``, or ``docx``, which gives bytes.

    Raises:
        UsageError: there is no such style or locale.
    """
    from dl4es_bib import csl
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import ExportEntry, Section
    from dl4es_bib.export.targets import TARGETS, Formatting

    section = Section(title, entries=tuple(ExportEntry(key, work) for key, work in works))
    with style_errors_told():
        references = References(csl.Style.load(style), locale, [section])
    return TARGETS.named(target).render(section, Formatting(references=references)), references.findings
