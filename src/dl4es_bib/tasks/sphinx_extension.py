"""A Sphinx extension: the lists of sphinxcontrib-bibtex as a CSL style formats them.

In ``conf.py``::

    extensions = ["sphinxcontrib.bibtex", "dl4es_bib.tasks.sphinx_extension"]
    bibtex_bibfiles = ["references.bib"]
    bibtex_default_style = "csl"
    csl_style = "apa"

Citations in the text stay those of sphinxcontrib-bibtex (``bibtex_reference_style``). A list is in the order of the CSL
style, and its labels are authors and year, or numbers where the style numbers its references.

Source of the rules: pybtex's documentation, "Writing plugins"; that of sphinxcontrib-bibtex, "Bibliography Style
Formatting".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style as UnsortedStyle

from dl4es_bib import csl
from dl4es_bib._version import __version__
from dl4es_bib.bib.file import fold
from dl4es_bib.bib.joined import joined as joined_bibs
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import read_bibs
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.tasks.convert import style_errors_told

STYLE: Final = "csl"
#: The number that a numeric style writes before a reference: sphinx has a label of its own there.
_NUMBER: Final = re.compile(r"^[\[(]?\d+[\])]?[.:]?\s*")


@dataclass(frozen=True, slots=True)
class _Formatted:
    """The .bib files, formatted once for all lists.

    Attributes:
        is_numeric, is_sorted: of the style.
        references: key of an entry → its text, in the order of the style.
        labels: key of an entry → authors and year.
        keys: key in any capitals → key of the entry.
    """

    is_numeric: bool
    is_sorted: bool
    references: Mapping[str, list[csl.Run]]
    labels: Mapping[str, str]
    keys: Mapping[str, str]

    @classmethod
    def of(cls, files: Sequence[Path], name: str, locale: str) -> _Formatted:
        """Format all entries: two works of one author and year differ by a letter, whatever list they stand in."""
        library = Library(joined_bibs(read_bibs(files)), Lock())
        keys = {fold(entry.key): entry.key for entry in reversed(library.bibfile.entries)}
        works = library.works(list(keys.values()))
        section = Section("", entries=tuple(ExportEntry(key, work) for key, work in works.items()))
        with style_errors_told():
            style = csl.Style.load(name)
            references = References(style, locale, [section])
        made = {entry.key: joined(runs) for entry, runs in references.runs_of(section)}
        if style.is_numeric:
            made = {key: _without_number(runs) for key, runs in made.items()}
        labels = {key: "" if style.is_numeric else references.author_and_year(key) for key in made}
        return cls(style.is_numeric, style.is_sorted, made, labels, keys)

    def key(self, key: str) -> str:
        """The key of an entry as its file has it."""
        return self.keys.get(fold(key), "")


class CslStyle(UnsortedStyle):  # type: ignore[misc]  # pybtex has no types
    """A style of pybtex that leaves the formatting to a CSL style; pybtex makes one for each list."""

    formatted: _Formatted

    def __init__(self, *options: Any, **named: Any) -> None:
        super().__init__(*options, **named)
        # pybtex asks the object for both, and puts those of its own plugins there.
        self.sort = self._sorted
        self.format_labels = self._labels

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """One reference; what our own reader does not find is left to pybtex."""
        runs = self.formatted.references.get(self.formatted.key(entry.key))
        if runs is None:
            return super().format_entry(label, entry, bib_data)
        return FormattedEntry(entry.key, Text(*map(_rich, runs)), label)

    def _sorted(self, entries: Iterable[Any]) -> list[Any]:
        """The entries in the order of the CSL style, else in that of their citation; unknown ones come last."""
        given = list(entries)
        if not self.formatted.is_sorted:
            return given
        order = {key: place for place, key in enumerate(self.formatted.references)}
        return sorted(given, key=lambda entry: order.get(self.formatted.key(entry.key), len(order)))

    def _labels(self, entries: Iterable[Any]) -> list[str]:
        """Numbers, or authors and year: the same work has the same label in each document then."""
        labels = (self.formatted.labels.get(self.formatted.key(entry.key), "") for entry in entries)
        return [label or str(number) for number, label in enumerate(labels, start=1)]


def setup(app: Any) -> dict[str, Any]:
    """What Sphinx calls: adds the settings ``csl_style`` and ``csl_locale``, and the bibliography style ``csl``."""
    app.add_config_value("csl_style", "apa", "env", [str])
    app.add_config_value("csl_locale", "", "env", [str])
    app.connect("config-inited", _registered)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _registered(app: Any, config: Any) -> None:
    from sphinx.errors import ConfigError

    named = getattr(config, "bibtex_bibfiles", [])
    files = tuple(Path(app.srcdir) / str(name) for name in named)
    try:
        formatted = _Formatted.of(files, config.csl_style, config.csl_locale)
    except DL4ESBibError as error:
        raise ConfigError(error.message) from None
    style = type("Style", (CslStyle,), {"formatted": formatted})
    register_plugin("pybtex.style.formatting", STYLE, style, force=True)


def _without_number(runs: list[csl.Run]) -> list[csl.Run]:
    rest = _NUMBER.sub("", runs[0].text, count=1) if runs else ""
    return [csl.Run(rest), *runs[1:]] if rest else runs[1:]


def _rich(run: csl.Run) -> Any:
    """A run as pybtex has it; small capitals and underlines it has not."""
    made: Any = Text(run.text)
    for on, tag in (
        (run.position == "sup", "sup"),
        (run.position == "sub", "sub"),
        (run.bold, "strong"),
        (run.italic, "em"),
    ):
        if on:
            made = Tag(tag, made)
    if run.link and not run.link.startswith("#"):
        made = HRef(run.link, made)
    return made
