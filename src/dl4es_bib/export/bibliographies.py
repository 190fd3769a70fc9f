"""All files of an export: per section and for the whole document, in every format and style.

What can be written is the list of rows :data:`dl4es_bib.export.targets.TARGETS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dl4es_bib import csl
from dl4es_bib.export.layout import WHOLE, file_stem
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.shown import Journals, Titles
from dl4es_bib.export.targets import TARGETS, Formatting, Target, html
from dl4es_bib.export.words import Words
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Rendered:
    """What an export gives.

    Attributes:
        files: path relative to the output folder, with ``/`` → content.
        findings: what formatting found.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


def whole(title: str, sections: Sequence[Section], front: Sequence[ExportEntry] = ()) -> Section:
    """The section of the whole document: every work once, in order of first citation."""
    entries: dict[str, ExportEntry] = {entry.key: entry for entry in front}
    for section in sections:
        for entry in section.entries:
            entries.setdefault(entry.key, entry)
    return Section(title or "References", entries=tuple(entries.values()), slug=WHOLE)


def render(
    sections: Sequence[Section],
    *,
    formats: Sequence[str] | None = None,
    styles: Sequence[str | csl.Style] = ("apa", "ieee"),
    locale: str = "",
    dialect: Dialect = "biblatex",
    titles: Titles = "keep",
    journals: Journals = "keep",
) -> Rendered:
    """Write every section in every format: ``<slug>/references.bib``, ``<slug>/references.apa.md`` …

    Arguments:
        sections: what to write, usually the chapters and :func:`whole`; each with a slug of its own.
        formats: names of :data:`TARGETS`; ``None`` for those that are written by default.
        styles: for the formatted ones.
        locale: their language; empty for each style's own.
        dialect: of entries that are made from works.
        titles: ``sentence`` to show the titles of formatted lists in sentence case.
        journals: ``iso4``, or names of your own, to shorten names of journals for styles that want the short form.

    Raises:
        UsageError: there is no such format.
        StyleError, LocaleError: of :mod:`dl4es_bib.csl`.
    """
    wanted = [target.name for target in TARGETS if target.by_default] if formats is None else formats
    for name in wanted:
        TARGETS.named(name)
    targets = [target for target in TARGETS if target.name in wanted]
    per_style = [target for target in targets if target.per_style]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for target in targets:
        if not target.per_style:
            _write(files, sections, target, "references", Formatting(dialect))
    loaded = [style if isinstance(style, csl.Style) else csl.Style.load(style) for style in styles]
    for style in loaded if per_style else ():
        references = References(style, locale, sections, titles, journals)
        for target in per_style:
            _write(files, sections, target, f"references.{file_stem(style.name)}", Formatting(dialect, references))
        findings += references.findings
    if any(target.name == "html" for target in targets) and len(sections) > 1:
        files["index.html"] = _bytes(_contents(sections, loaded, locale))
    return Rendered(files, tuple(findings))


def _write(
    files: dict[str, bytes], sections: Sequence[Section], target: Target, stem: str, formatting: Formatting
) -> None:
    """Add a target's file of each section; a name that another target has already gets the target's name too."""
    for section in sections:
        path = f"{section.slug}/{stem}.{target.suffix}"
        if path in files:
            path = f"{section.slug}/{stem}.{file_stem(target.name)}.{target.suffix}"
        files[path] = _bytes(target.render(section, formatting))


def _bytes(text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    # Bytes that were no UTF-8 when a library was read come back as they were; any other lone surrogate,
    # which only a JSON escape can bring, is written as that escape.
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def _contents(sections: Sequence[Section], styles: Sequence[csl.Style], locale: str) -> str:
    words = Words.of(locale)
    title = next((section.title for section in sections if section.slug == WHOLE), "") or words.text("references")
    return html.contents(
        title,
        [
            (
                section.heading if section.slug != WHOLE else words.text("all_references"),
                len(section.entries),
                [
                    (style.title or style.name, f"{section.slug}/references.{file_stem(style.name)}.html")
                    for style in styles
                ],
            )
            for section in sections
        ],
        words,
    )
