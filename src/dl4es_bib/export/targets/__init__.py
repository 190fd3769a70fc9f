"""The export targets: one file for each, and one row in :data:`TARGETS`.

Another package adds a target by an entry point that gives a :class:`Target`::

    [project.entry-points."dl4es_bib.export_targets"]
    keys = "my_package.keys:TARGET"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dl4es_bib.model.rows import Rows

if TYPE_CHECKING:
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import Section
    from dl4es_bib.formats.bibtex import Dialect


@dataclass(frozen=True, slots=True)
class Formatting:
    """What a target may use besides the section.

    Attributes:
        dialect: of entries that are made from works.
        references: the works as a style formats them; only for a target that is written per style.
    """

    dialect: Dialect = "biblatex"
    references: References | None = None

    @property
    def styled(self) -> References:
        """The formatted works.

        Raises:
            TypeError: the target is not written per style, so that there are none.
        """
        if self.references is None:
            raise TypeError("A target that uses a style must be a row with per_style=True.")
        return self.references


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of exported file.

    Attributes:
        name: what ``--format``, ``--to`` and ``formats:`` in the configuration call it.
        suffix: of its files, without the dot.
        per_style: whether a style formats it: one file for each style, ``references.apa.md``; else one file,
            ``references.bib``.
        render: the content of the file for one section, as text or as bytes.
        by_default: whether it is written when the configuration names no formats.
    """

    name: str
    suffix: str
    per_style: bool
    render: Callable[[Section, Formatting], str | bytes]
    by_default: bool = False


def _bib(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.bib import render

    return render(section, formatting.dialect)


def _csl_json(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.csljson import render

    return render(section)


def _markdown(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.markdown import render

    return render(section, formatting.styled)


def _html(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.html import render

    return render(section, formatting.styled)


def _text(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.text import render

    return render(section, formatting.styled)


def _latex(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.latex import render

    return render(section, formatting.styled)


def _docx(section: Section, formatting: Formatting) -> bytes:
    from dl4es_bib.export.targets.docx import render

    return render(section, formatting.styled)


def _rtf(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.rtf import render

    return render(section, formatting.styled)


def _typst(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.typst import render

    return render(section, formatting.styled)


def _rst(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.rst import render

    return render(section, formatting.styled)


def _myst(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.myst import render

    return render(section, formatting.styled)


def _pandoc(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.pandoc import render

    return render(section, formatting.styled)


def _hayagriva(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.hayagriva import render

    return render(section)


def _sphinx(section: Section, formatting: Formatting) -> str:
    from dl4es_bib.export.targets.sphinx import render

    return render(section)


TARGETS: Final = Rows(
    "export target",
    "dl4es_bib.export_targets",
    Target,
    (
        Target("bib", "bib", per_style=False, render=_bib, by_default=True),
        Target("csl-json", "json", per_style=False, render=_csl_json, by_default=True),
        Target("markdown", "md", per_style=True, render=_markdown, by_default=True),
        Target("html", "html", per_style=True, render=_html, by_default=True),
        Target("text", "txt", per_style=True, render=_text, by_default=True),
        Target("latex", "tex", per_style=True, render=_latex, by_default=True),
        Target("docx", "docx", per_style=True, render=_docx),
        Target("rtf", "rtf", per_style=True, render=_rtf),
        Target("myst", "myst", per_style=True, render=_myst),
        Target("pandoc", "json", per_style=True, render=_pandoc),
        Target("typst", "typ", per_style=True, render=_typst),
        Target("hayagriva", "yaml", per_style=False, render=_hayagriva),
        Target("rst", "rst", per_style=True, render=_rst),
        Target("sphinx", "rst", per_style=False, render=_sphinx),
    ),
)
