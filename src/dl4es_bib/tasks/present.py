"""A single work as BibTeX or as a style formats it; nothing heavy is imported before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.work import present_with

if TYPE_CHECKING:
    from dl4es_bib.model.work import Work


class WorkPresenter:
    """Writes works with the formats and the styles of this project."""

    def to_bibtex(self, work: Work, key: str, dialect: str) -> str:
        """The work as an entry of a .bib file; without a key one is made from it."""
        from dl4es_bib.formats.bibtex import to_entry
        from dl4es_bib.library.keys.key import proposed_key, readable, unique_key

        if dialect not in ("biblatex", "bibtex"):
            raise UsageError(f"There is no dialect named {dialect[:40]!r}. Use biblatex or bibtex.")
        if key and not readable(key):
            raise UsageError(f"{key[:80]!r} cannot be a citation key. Use letters, digits and : . _ + / - in it.")
        made = key or unique_key(proposed_key(work), ())
        return to_entry(work, "biblatex" if dialect == "biblatex" else "bibtex").source(made)

    def format(self, work: Work, style: str, locale: str, target: str) -> str:
        """The work as one entry of a list in that style."""
        from typing import get_args

        from dl4es_bib import csl
        from dl4es_bib.export.references import References
        from dl4es_bib.export.section import ExportEntry, Section
        from dl4es_bib.tasks.convert import style_errors_told

        if target not in get_args(csl.Format):
            raise UsageError(f"There is no format named {target[:40]!r}. Known are: {', '.join(csl.FORMATS)}.")
        section = Section("", entries=(ExportEntry("work", work),))
        with style_errors_told():
            references = References(csl.Style.load(style), locale, [section])
        listed = references.of(section, target)  # type: ignore[arg-type]
        return listed[0][1].strip() if listed else ""


present_with(WorkPresenter())
