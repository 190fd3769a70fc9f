"""A document and its library → the sections that are exported, and their files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib._version import __version__
from dl4es_bib.bib.file import parse
from dl4es_bib.bib.subset import subset
from dl4es_bib.export.manifest import Manifest
from dl4es_bib.export.settings import ExportSettings
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import SaveError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.tasks.cited import FRONT, Cited, cited_in, keyed_works
from dl4es_bib.tasks.convert import converted, style_errors_told
from dl4es_bib.tasks.project import Places, read_sources

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.export.bibliographies import Rendered
    from dl4es_bib.export.section import Section


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter and the keys it cites, in order and without repeats."""

    title: str
    number: int | None
    authors: tuple[Name, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citations:
    """Who cites what.

    Attributes:
        title: the document's title.
        front: keys cited before the first chapter.
        parts: the chapters.
    """

    title: str
    front: tuple[str, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, document: Document, cited: Sequence[Cited], keys: Mapping[str, str]) -> Citations:
        """The citations of a document, given the entry key of each cited id."""
        by_chapter: dict[int, dict[str, None]] = {}
        for one in cited:
            if key := keys.get(one.id, ""):
                by_chapter.setdefault(one.chapter, {})[key] = None
        parts = tuple(
            Part(chapter.title, chapter.number, chapter.authors, tuple(by_chapter.get(number, ())))
            for number, chapter in enumerate(document.chapters)
        )
        return cls(document.title, tuple(by_chapter.get(FRONT, ())), parts)


def sections_of(citations: Citations, library: Library, *, one_document: bool = False) -> tuple[Section, ...]:
    """One section per chapter, then the whole document, each entry as the library has it.

    With ``one_document`` the chapters' .bib files are for one LaTeX document: only the first has the library's
    ``@preamble``, which may define commands and must not do so twice.
    """
    from dl4es_bib.export.bibliographies import whole
    from dl4es_bib.export.layout import slugs
    from dl4es_bib.export.section import ExportEntry, Section

    wanted = dict.fromkeys((*citations.front, *(key for part in citations.parts for key in part.keys)))
    works = library.works(wanted)
    entries = {key: ExportEntry(key, work, library.decision(key)) for key, work in works.items()}
    names = slugs((part.title, part.number) for part in citations.parts)
    sections: list[Section] = []
    for part, name in zip(citations.parts, names, strict=True):
        found = tuple(entries[key] for key in part.keys if key in entries)
        first = not any(section.entries for section in sections)
        text = subset(library.bibfile, part.keys, preamble=first or not one_document)[0]
        title = part.title or citations.title or "References"
        sections.append(Section(title, part.number, part.authors, found, name, text if found else ""))
    front = [entries[key] for key in citations.front if key in entries]
    everything = whole(citations.title, sections, front)
    text = subset(library.bibfile, [entry.key for entry in everything.entries])[0]
    return (*sections, replace(everything, bib=text))


def export_settings(config: Config) -> ExportSettings:
    """The part of the configuration that an export follows."""
    return ExportSettings(config.formats, config.styles, config.locale, config.titles, config.dialect)


def export(
    settings: ExportSettings, citations: Citations, library: Library, output: Path
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Write the bibliographies; the files whose content changed, and what formatting found.

    Nothing is formatted when neither the library nor who cites what nor a setting has changed since the last
    export into the folder, and its files are as they were written (see :mod:`dl4es_bib.export.manifest`).

    Raises:
        UsageError: there is no such style or locale; the message names the nearest.
        SaveError: a file could not be written.
    """
    inputs = _inputs(settings, citations, library)
    before = Manifest.load(output)
    if before.inputs == inputs and before.holds(output):
        return (), before.findings
    rendered = _rendered(settings, citations, library)
    return Manifest.of(inputs, rendered).write(output, rendered, before), rendered.findings


def check_export(settings: ExportSettings, output: Path) -> None:
    """Find out whether an export can work, before anything is written.

    Raises:
        UsageError: there is no such style or locale.
        SaveError: the folder cannot be made.
    """
    from dl4es_bib import csl

    with style_errors_told():
        for style in settings.styles:
            csl.Style.load(style)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError(
            f"{output} cannot be used as the folder for bibliographies: {error.strerror}. Nothing was changed; "
            "name another with --output."
        ) from None


def _inputs(settings: ExportSettings, citations: Citations, library: Library) -> str:
    """A digest of everything that the exported files depend on."""
    styles = [
        hashlib.sha256(Path(style).read_bytes()).hexdigest() if Path(style).is_file() else style
        for style in settings.styles
    ]
    decided = sorted((key, entry.decision) for key, entry in library.lock.entries.items())
    facts = (__version__, settings, styles, citations, decided)
    digest = hashlib.sha256(repr(facts).encode("utf-8", "backslashreplace"))
    digest.update(library.bibfile.to_bytes())
    return digest.hexdigest()


def _rendered(settings: ExportSettings, citations: Citations, library: Library) -> Rendered:
    from dl4es_bib.export.bibliographies import render

    with style_errors_told():
        return render(
            sections_of(citations, library),
            formats=settings.formats,
            styles=settings.styles,
            locale=settings.locale,
            titles=settings.titles,
            dialect=settings.dialect,
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: how many entries and files there are, and which files were written."""

    source: str
    library: Path
    output: Path
    entries: int
    files: int
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]


def project_citations(config: Config, base: Path) -> tuple[Citations, Library, tuple[Finding, ...]]:
    """Who cites what in a project as it stands: its document, read, and its library and lock.

    A document that is a bibliography itself brings its own library.
    """
    from dl4es_bib.library.store.files import load_library

    places = Places.of(config, base)
    document = read_sources(config, base)
    cited = cited_in(document, links=config.links)
    suffix = Path(config.source[0]).suffix.lower()
    if suffix in {".bib", ".bibtex"}:
        stored = load_library(base / config.source[0], Path(os.devnull))
        library = Library(stored.bibfile, stored.lock)
        keys = {one.id: one.citation_key for one in cited}
    elif suffix in {".json", ".ris"}:
        library = Library(parse(converted(document, "biblatex")[0] or ""), Lock())
        works, changed = keyed_works(cited)
        keys = {one.id: key for one, (key, _) in zip(cited, works, strict=True)}
        document = replace(document, findings=(*document.findings, *changed))
    else:
        stored = load_library(places.library, places.lock)
        library = Library(stored.bibfile, stored.lock)
        keys = {one.id: library.key_of(one.identity) or one.citation_key for one in cited}
    return Citations.of(document, cited, keys), library, document.findings


def export_project(config: Config, base: Path) -> Exported:
    """Export a project's bibliographies without resolving anything."""
    citations, library, findings = project_citations(config, base)
    output = base / config.output
    written, found = export(export_settings(config), citations, library, output)
    keys = {key for part in citations.parts for key in part.keys} | set(citations.front)
    return Exported(
        config.source[0],
        base / config.library,
        output,
        len(library.works(keys)),
        len(Manifest.load(output).files),
        written,
        (*findings, *found),
    )
