"""A document in another format, without library and look-ups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.work import Work
from dl4es_bib.tasks.cited import cited_in, keyed_works


def converted(
    document: Document, target: str, *, style: str = "apa", locale: str = ""
) -> tuple[str | None, tuple[Finding, ...]]:
    """The document's works as one text, and what formatting found; ``None`` when it has no works.

    Arguments:
        document: with identifiers.
        target: ``biblatex``, ``bibtex``, ``csl-json``, ``ris``, or a format that a style formats: ``text``,
            ``markdown``, ``html``, ``latex``.
        style: a CSL style, for the latter.
        locale: its language; empty for the style's own.

    Raises:
        UsageError: there is no such style or locale.
    """
    works, changed = keyed_works(cited_in(document))
    if not works:
        return None, ()
    match target:
        case "biblatex" | "bibtex":
            from dl4es_bib.formats.bibtex import Dialect, to_entry

            dialect: Dialect = "biblatex" if target == "biblatex" else "bibtex"
            return "\n".join(to_entry(work, dialect).source(key) for key, work in works), changed
        case "csl-json":
            from dl4es_bib.formats import csljson

            return csljson.dump(works), changed
        case "ris":
            from dl4es_bib.formats import ris

            return ris.dump(works), changed
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
) -> tuple[str, tuple[Finding, ...]]:
    """Works as a style formats them, and what formatting found.

    Arguments:
        title: what stands above the list.
        works: (key, work) pairs.
        target: ``text``, ``markdown``, ``html`` or ``latex``.

    Raises:
        UsageError: there is no such style or locale.
    """
    from dl4es_bib import csl
    from dl4es_bib.export.bibliographies import RENDERERS
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import ExportEntry, Section

    section = Section(title, entries=tuple(ExportEntry(*one) for one in works))
    with style_errors_told():
        references = References(csl.Style.load(style), locale, [section])
    return RENDERERS[target][1](section, references), references.findings
