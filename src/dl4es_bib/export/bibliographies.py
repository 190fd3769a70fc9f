"""All files of an export: per section and for the whole document, in every format and style.

A format is one module and one line in :data:`RENDERERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dl4es_bib import csl
from dl4es_bib.export.layout import WHOLE, file_stem
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.export.shown import Titles
from dl4es_bib.export.targets import bib, csljson, html, latex, markdown, text
from dl4es_bib.formats.bibtex import Dialect
from dl4es_bib.model.finding import Finding

ExportFormat = Literal["bib", "csl-json", "markdown", "html", "text", "latex"]
FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)

#: Formats that a style formats: (suffix, renderer).
RENDERERS: Final[Mapping[str, tuple[str, Callable[[Section, References], str]]]] = {
    "markdown": ("md", markdown.render),
    "html": ("html", html.render),
    "text": ("txt", text.render),
    "latex": ("tex", latex.render),
}


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
    formats: Sequence[str] = FORMATS,
    styles: Sequence[str | csl.Style] = ("apa", "ieee"),
    locale: str = "",
    dialect: Dialect = "biblatex",
    titles: Titles = "keep",
) -> Rendered:
    """Write every section in every format: ``<slug>/references.bib``, ``<slug>/references.apa.md`` …

    Arguments:
        sections: what to write, usually the chapters and :func:`whole`; each with a slug of its own.
        formats: of :data:`FORMATS`.
        styles: for the formatted ones.
        locale: their language; empty for each style's own.
        dialect: of entries that are made from works.
        titles: ``sentence`` to show the titles of formatted lists in sentence case.

    Raises:
        StyleError, LocaleError: of :mod:`dl4es_bib.csl`.
    """
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for section in sections:
        if "bib" in formats:
            files[f"{section.slug}/references.bib"] = _bytes(bib.render(section, dialect))
        if "csl-json" in formats:
            files[f"{section.slug}/references.json"] = _bytes(csljson.render(section))
    chosen = [name for name in RENDERERS if name in formats]
    loaded = [style if isinstance(style, csl.Style) else csl.Style.load(style) for style in styles]
    for style in loaded if chosen else ():
        references = References(style, locale, sections, titles)
        for section in sections:
            for name in chosen:
                suffix, renderer = RENDERERS[name]
                path = f"{section.slug}/references.{file_stem(style.name)}.{suffix}"
                files[path] = _bytes(renderer(section, references))
        findings += references.findings
    if "html" in chosen and len(sections) > 1:
        files["index.html"] = _bytes(_contents(sections, loaded))
    return Rendered(files, tuple(findings))


def _bytes(text: str) -> bytes:
    # Bytes that were no UTF-8 when a library was read come back as they were; any other lone surrogate,
    # which only a JSON escape can bring, is written as that escape.
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def _contents(sections: Sequence[Section], styles: Sequence[csl.Style]) -> str:
    title = next((section.title for section in sections if section.slug == WHOLE), "References")
    return html.contents(
        title,
        [
            (
                section.heading if section.slug != WHOLE else "All references",
                [(style.name, f"{section.slug}/references.{file_stem(style.name)}.html") for style in styles],
            )
            for section in sections
        ],
    )
