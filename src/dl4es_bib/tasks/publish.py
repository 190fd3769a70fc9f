"""A project → the page that its readers see, and what lies beside it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.grammar import keys_in
from dl4es_bib.bib.subset import subset
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.export.manifest import PAGE_NAME, Manifest
from dl4es_bib.formats.record_formats import written_records
from dl4es_bib.library.library import Library
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.tasks.convert import style_errors_told
from dl4es_bib.tasks.export import Exported, project_citations, sections_of
from dl4es_bib.tasks.journal_names import journal_names
from dl4es_bib.tasks.outputs import changes_of, check_folder, save_files
from dl4es_bib.tasks.project import Places, page_place

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.export.figures.figure import Figure
    from dl4es_bib.export.page.content import PagePart
    from dl4es_bib.export.page.render import Records
    from dl4es_bib.export.section import ExportEntry, Section
    from dl4es_bib.export.words import Words
    from dl4es_bib.model.finding import Finding

_FEED: Final = "feed.json"
#: Files beside the page, and what they are called there.
_BESIDE: Final = (("references.bib", ".bib"), ("references.ris", "RIS"), ("references.json", "CSL-JSON"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a project shows to its readers.

    Attributes:
        title: of the document.
        chapters: its parts; what is cited before the first one is a part without heading.
        everything: each work once.
        library: where the entries are.
        findings: what reading found.
    """

    title: str
    chapters: tuple[Section, ...]
    everything: Section
    library: Library
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, config: Config, base: Path) -> Shown:
        """What the configuration's documents cite of its library."""
        citations, library, findings = project_citations(config, base)
        from dl4es_bib.export.section import Section

        *chapters, everything = sections_of(citations, library)
        placed = {entry.key for chapter in chapters for entry in chapter.entries}
        front = tuple(entry for entry in everything.entries if entry.key not in placed)
        if front:
            chapters.insert(0, Section("", entries=front, slug="front"))
        return cls(citations.title, tuple(chapters), everything, library, tuple(findings))

    def figures(self, words: Words | None = None) -> tuple[Figure, ...]:
        """The figures about it, with English labels unless words of another language are given."""
        from dl4es_bib.export.figures.counts import figures

        lock = self.library.lock.entries
        origins = {
            entry.key: lock[entry.key].provenance.values() for entry in self.everything.entries if entry.key in lock
        }
        return figures(self.chapters, self.everything, origins, words)


def publish_project(config: Config, base: Path, *, force: bool = False, dry_run: bool = False) -> Exported:
    """Write the page: a folder with what belongs to it, or one file, when its name ends in ``.html``.

    Arguments:
        force: replace files that are not ours.
        dry_run: write nothing; the result says what would be written.

    Raises:
        ConfigError: the configuration names a place out of its folder.
        UsageError: there is no such style or locale, or a file of the user's would be replaced.
        SaveError: a file cannot be written, or would be written through a symbolic link.
    """
    output = page_place(config, base)
    shown = Shown.of(config, base)
    library = Places.of(config, base).named
    if not shown.everything.entries:
        return Exported(config.source[0], library, output, 0, 0, (), shown.findings)
    parts, formatting = _parts(shown, config)
    is_alone = output.suffix.lower() in {".html", ".htm"}
    files = _files(shown, parts, config, output, is_alone=is_alone)
    number = len(shown.everything.entries)
    findings = (*shown.findings, *formatting)
    if is_alone:
        changes = save_files({output: files["index.html"]}, force=force, dry_run=dry_run)
        written = () if dry_run else tuple(change.path for change in changes)
        return Exported(
            config.source[0], library, output, number, 1, written, findings, changes=changes if dry_run else ()
        )
    replaced = check_folder(output, files, force=force)
    before = Manifest.load(output, PAGE_NAME)
    written = () if dry_run else Manifest.of("", files).write(output, files, before, PAGE_NAME)
    changed = changes_of({output / name: data for name, data in files.items()}) if dry_run else ()
    return Exported(config.source[0], library, output, number, len(files), written, findings, tuple(replaced), changed)


def _parts(shown: Shown, config: Config) -> tuple[tuple[PagePart, ...], tuple[Finding, ...]]:
    from dl4es_bib import csl
    from dl4es_bib.export.page.content import part_of
    from dl4es_bib.export.references import References

    with style_errors_told():
        style = csl.Style.load(config.page.style or config.styles[0])
        references = References(style, config.locale, shown.chapters, config.titles, journal_names(config))
        parents = _parents(shown.library, shown.everything.entries)
        parts = tuple(part_of(chapter, references.of(chapter, "html"), parents) for chapter in shown.chapters)
    return parts, references.findings


def _parents(library: Library, entries: Iterable[ExportEntry]) -> dict[str, str]:
    """Key of data or code → key of the work that its entry names in biblatex's field ``related``."""
    parents: dict[str, str] = {}
    for shown in entries:
        entry = library.bibfile.find(shown.key)
        related = entry.get("related") if entry is not None else None
        if related is not None and (named := keys_in(related.value)):
            parent = library.bibfile.find(named[0])
            parents[shown.key] = parent.key if parent is not None else named[0]
    return parents


def _files(
    shown: Shown, parts: Sequence[PagePart], config: Config, output: Path, *, is_alone: bool
) -> dict[str, bytes]:
    """The page and, unless it is alone, the files beside it."""
    from dl4es_bib.export.figures.svg import svg
    from dl4es_bib.export.page.feed import feed, first_published
    from dl4es_bib.export.page.render import Downloads, render
    from dl4es_bib.export.words import Words

    words = Words.of(config.locale)
    title = config.page.title or shown.title or words.text("references")
    records, figures = _records(shown), shown.figures(words)
    downloads = Downloads() if is_alone else Downloads(_BESIDE, _FEED)
    page = render(title, parts, figures, records, locale=config.locale, downloads=downloads)
    files = {"index.html": page}
    if not is_alone:
        pairs = [(entry.key, entry.work) for entry in shown.everything.entries]
        entries = [entry for part in parts for entry in part.entries]
        known = first_published(_text(output / _FEED))
        files |= {
            "references.bib": records.file,
            "references.ris": written_records("ris", pairs),
            "references.json": written_records("csl-json", pairs),
            _FEED: feed(title, entries, known, _today(), config.page.address),
        }
        files |= {f"figures/{figure.name}.svg": svg(figure, words) + "\n" for figure in figures}
    return {name: text.encode("utf-8", "replace") for name, text in files.items()}


def _records(shown: Shown) -> Records:
    from dl4es_bib.export.page.render import Records

    works: Mapping[str, ExportEntry] = {entry.key: entry for entry in shown.everything.entries}
    bibfile = shown.library.bibfile
    return Records(
        {key: subset(bibfile, [key], preamble=False)[0] for key in works},
        {key: written_records("ris", [(key, entry.work)]) for key, entry in works.items()},
        {key: written_records("csl-json", [(key, entry.work)]) for key, entry in works.items()},
        shown.everything.bib,
    )


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8", "replace")
    except UnreadableInput:
        return ""


def _today() -> str:
    """The day of this run; the one that ``SOURCE_DATE_EPOCH`` names for builds that must be repeatable.

    Raises:
        UsageError: the variable holds no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds, and is '{epoch[:40]}'.") from None
    return moment.date().isoformat()
