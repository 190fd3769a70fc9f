"""A document and its library → the sections that are exported, and their files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dl4es_bib._version import __version__
from dl4es_bib.bib.edits import Bare, edit
from dl4es_bib.bib.file import BibFile, fold, parse
from dl4es_bib.bib.subset import subset
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.locks import tidy_folder
from dl4es_bib.export.manifest import Manifest
from dl4es_bib.export.settings import ExportSettings
from dl4es_bib.formats.record_formats import written_records
from dl4es_bib.library.keys.key import key_changed, unique_key
from dl4es_bib.library.keys.rename import renamed
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import load_library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import SaveError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.cited import FRONT, Cited, cited_in, keyed_works
from dl4es_bib.tasks.convert import style_errors_told
from dl4es_bib.tasks.journal_names import journal_names
from dl4es_bib.tasks.outputs import Change, changes_of, check_folder
from dl4es_bib.tasks.project import Places, loaded_library, placed, read_sources, reader_of

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
        for mention in cited:
            if key := keys.get(mention.id, ""):
                by_chapter.setdefault(mention.chapter, {})[key] = None
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
    """The part of the configuration that an export follows.

    Raises:
        UnreadableInput: a list of journals cannot be read.
    """
    names = journal_names(config)
    return ExportSettings(
        config.formats, config.styles, config.locale, config.titles, config.dialect, names, config.marks
    )


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an export will write.

    Attributes:
        output: the folder.
        files: path below it → content; empty when nothing has changed since the last export.
        manifest: the record of this export.
        before: the record of the last one.
        replaced: files of the user's that are replaced, because they said so.
        findings: what formatting found.
    """

    output: Path
    files: Mapping[str, bytes]
    manifest: Manifest
    before: Manifest
    replaced: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The files whose content would change."""
        return changes_of({self.output / name: data for name, data in self.files.items()})

    def write(self) -> tuple[Path, ...]:
        """Write the files; those whose content changed.

        Raises:
            SaveError: a file could not be written.
        """
        if not self.files:
            for folder in {self.output, *((self.output / name).parent for name in self.before.files)}:
                tidy_folder(folder)
            return ()
        return self.manifest.write(self.output, self.files, self.before)


def plan_export(
    settings: ExportSettings, citations: Citations, library: Library, output: Path, *, force: bool = False
) -> ExportPlan:
    """Make the bibliographies; nothing is written yet.

    Nothing is formatted when neither the library nor who cites what nor a setting has changed since the last
    export into the folder, and its files are as they were written (see :mod:`dl4es_bib.export.manifest`).

    Arguments:
        force: replace files in the folder that no export of ours has written.

    Raises:
        UsageError: there is no such style or locale, or a file of the user's would be replaced.
        SaveError: a file would be written through a symbolic link.
    """
    inputs = _inputs(settings, citations, library)
    before = Manifest.load(output)
    if before.inputs == inputs and before.holds(output):
        return ExportPlan(output, {}, before, before, (), before.findings)
    rendered = _rendered(settings, citations, library)
    replaced = check_folder(output, rendered.files, force=force, option="--output")
    manifest = Manifest.of(inputs, rendered.files, rendered.findings)
    return ExportPlan(output, rendered.files, manifest, before, tuple(replaced), rendered.findings)


def check_export(settings: ExportSettings, output: Path, *, dry_run: bool = False) -> None:
    """Find out whether an export can work, before anything is written.

    Raises:
        UsageError: there is no such style or locale.
        SaveError: the folder cannot be made.
    """
    from dl4es_bib import csl

    with style_errors_told():
        for style in settings.styles:
            csl.Style.load(style)
    if dry_run:
        return
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
        hashlib.sha256(read_bytes(style)).hexdigest() if Path(style).is_file() else style for style in settings.styles
    ]
    decided = sorted((key, entry.decision) for key, entry in library.lock.entries.items())
    facts = (__version__, settings, styles, citations, decided)
    digest = hashlib.sha256(repr(facts).encode("utf-8", "backslashreplace"))
    digest.update(library.bibfile.to_bytes())
    return digest.hexdigest()


def _rendered(settings: ExportSettings, citations: Citations, library: Library) -> Rendered:
    from dl4es_bib.export.bibliographies import render

    sections = sections_of(citations, library)
    if not settings.marks:
        sections = tuple(section.without_marks() for section in sections)
    with style_errors_told():
        return render(
            sections,
            formats=settings.formats,
            styles=settings.styles,
            locale=settings.locale,
            titles=settings.titles,
            journals=settings.journals,
            dialect=settings.dialect,
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did.

    Attributes:
        source, library: what was read; of the library all files.
        output: where the files are.
        entries, files: how many there are.
        written: the files whose content changed.
        findings: what reading and formatting found.
        replaced: files of the user's that were replaced, because they said so.
        changes: for a dry run, what would be written.
    """

    source: str
    library: str
    output: Path
    entries: int
    files: int
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    replaced: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()


def project_citations(config: Config, base: Path) -> tuple[Citations, Library, tuple[Finding, ...]]:
    """Who cites what in a project as it stands: its documents, read, and its library and lock.

    A document that is a bibliography itself brings its own library; several sources bring all that they have.
    """
    places = Places.of(config, base)
    document = read_sources(config, base)
    cited = cited_in(document, links=config.links)
    kinds = {name: _bibliography_kind(placed(base, name)) for name in config.source}
    libraries: list[Library] = []
    findings = list(document.findings)
    if not all(kinds.values()):
        stored = loaded_library(places)
        libraries.append(Library(stored.bibfile, stored.lock))
    keys: dict[str, str] = {}
    for name, kind in kinds.items():
        # Places of a document carry the name that the configuration has for it.
        own = [mention for mention in cited if mention.span.file == name]
        if kind == "bib":
            stored = load_library(base / name, Path(os.devnull))
            library, found = _beside(Library(stored.bibfile, stored.lock), libraries)
            keys |= {mention.id: found.get(mention.citation_key, mention.citation_key) for mention in own}
            findings += [key_changed(old, new, Span(name, 1)) for old, new in found.items()]
            libraries.append(library)
        elif kind == "records":
            works, changed = keyed_works(own)
            text = written_records("biblatex", works)
            library, found = _beside(Library(parse(text), Lock()), libraries)
            keys |= {mention.id: found.get(key, key) for mention, (key, _) in zip(own, works, strict=True)}
            findings += changed
            libraries.append(library)
        else:
            keys |= {mention.id: libraries[0].key_of(mention.identity) or mention.citation_key for mention in own}
    named = [mention for mention in cited if mention.span.file not in kinds]
    for file in dict.fromkeys(mention.span.file for mention in named):
        own = [mention for mention in named if mention.span.file == file]
        keys |= _keys_of_cited(own, base / file, places, libraries)
    return Citations.of(document, cited, keys), _together(libraries), tuple(findings)


def _keys_of_cited(own: Sequence[Cited], file: Path, places: Places, libraries: list[Library]) -> dict[str, str]:
    """The keys of what a document cites of a .bib file, or a chapter lists: those of the project's library, which the
    file's entries join that it lacks."""
    keys = {mention.id: libraries[0].key_of(mention.identity) or mention.citation_key for mention in own}
    lacking = [mention.id for mention in own if mention.entry and libraries[0].bibfile.find(keys[mention.id]) is None]
    if lacking and file.is_file() and file.resolve() not in {path.resolve() for path in places.libraries}:
        library = Library(load_library(file, Path(os.devnull)).bibfile, Lock())
        text, _ = subset(library.bibfile, [keys[id] for id in lacking])
        library, found = _beside(Library(parse(text, str(file)), Lock()), libraries)
        keys |= {id: found.get(keys[id], keys[id]) for id in lacking}
        libraries.append(library)
    return keys


def _bibliography_kind(name: str) -> Literal["", "bib", "records"]:
    reader = reader_of(name)
    if reader is None or not reader.is_library:
        return ""
    return "bib" if reader.name == "bibtex" else "records"


def _beside(library: Library, others: Sequence[Library]) -> tuple[Library, dict[str, str]]:
    """A library with keys that none of the others has for another entry, and the keys that were changed for it."""
    there: dict[str, str] = {}
    for other in others:
        there |= {fold(entry.key): entry.text.strip() for entry in other.bibfile.entries}
    taken = set(there) | {fold(entry.key) for entry in library.bibfile.entries}
    changed: dict[str, str] = {}
    for entry in library.bibfile.by_key.values():
        if there.get(fold(entry.key), entry.text.strip()) != entry.text.strip() and not entry.broken:
            changed[entry.key] = unique_key(entry.key, taken)
            taken.add(fold(changed[entry.key]))
    if not changed:
        return library, {}
    bibfile, lock = renamed(library.bibfile, library.lock, changed, keep_old=False)
    return Library(bibfile, lock), changed


def _spelled_out(file: BibFile, names: set[str]) -> BibFile:
    """A file in which no entry uses these ``@string`` names, as another file means something else by them."""
    edits = edit(file)
    for entry in file.by_key.values() if names else ():
        for field in entry.fields:
            parts = list(file.parts(field.value_start, field.end))
            if not field.repeated and any(kind == "macro" and fold(word) in names for kind, word, _ in parts):
                edits.set_field(entry.key, field.name, Bare(f"{{{field.value}}}"))
    return edits.apply()


def _together(libraries: Sequence[Library]) -> Library:
    """Several libraries as one, in order."""
    if len(libraries) == 1:
        return libraries[0]
    values: dict[str, set[str]] = {}
    for library in libraries:
        for string in library.bibfile.strings:
            values.setdefault(string.name, set()).add(string.text)
    ambiguous = {name for name, texts in values.items() if len(texts) > 1}
    files = [_spelled_out(library.bibfile, ambiguous) for library in libraries]
    text = "\n".join(file.text.removeprefix("\ufeff") for file in files)
    lock = Lock({key: entry for library in libraries for key, entry in library.lock.entries.items()})
    return Library(parse(text, libraries[0].bibfile.name), lock)


def export_project(config: Config, base: Path, *, force: bool = False, dry_run: bool = False) -> Exported:
    """Export a project's bibliographies without resolving anything.

    Arguments:
        force: replace files in the output folder that no export of ours has written.
        dry_run: write nothing; the result says what would be written.
    """
    citations, library, findings = project_citations(config, base)
    output, named = base / config.output, Places.of(config, base).named
    keys = {key for part in citations.parts for key in part.keys} | set(citations.front)
    entries = len(library.works(keys))
    if not entries:
        return Exported(config.source[0], named, output, 0, 0, (), findings)
    plan = plan_export(export_settings(config), citations, library, output, force=force)
    written = () if dry_run else plan.write()
    return Exported(
        config.source[0],
        named,
        output,
        entries,
        len(plan.manifest.files),
        written,
        (*findings, *plan.findings),
        plan.replaced,
        plan.changes if dry_run else (),
    )
