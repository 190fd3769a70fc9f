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
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style as UnsortedStyle

from dl4es_bib import csl
from dl4es_bib._version import __version__
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


class CslStyle(UnsortedStyle):  # type: ignore[misc]  # pybtex has no types
    """A style of pybtex that leaves the formatting to a CSL style; made anew by pybtex for each list."""

    files: tuple[Path, ...] = ()
    name: str = "apa"
    locale: str = ""

    def __init__(self, *options: Any, **named: Any) -> None:
        super().__init__(*options, **named)
        # pybtex asks the object for both, and puts those of its own plugins there.
        self.sort = self._sorted
        self.format_labels = self._labels

    def _sorted(self, entries: Iterable[Any]) -> list[Any]:
        """The entries in the order of the CSL style; those that it does not list come last."""
        given = list(entries)
        order = {key: place for place, key in enumerate(self._formatted([entry.key for entry in given]))}
        return sorted(given, key=lambda entry: order.get(entry.key, len(order)))

    def _labels(self, entries: Iterable[Any]) -> list[str]:
        """Numbers, or authors and year: the same work has the same label in each document then."""
        given = list(entries)
        if self._references.style.is_numeric:
            return [str(number) for number in range(1, len(given) + 1)]
        labels = []
        for number, entry in enumerate(given, start=1):
            found = self._library.bibfile.find(entry.key)
            label = self._references.author_and_year(found.key) if found is not None else ""
            labels.append(label or str(number))
        return labels

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """One reference; what our own reader does not find is left to pybtex."""
        runs = self._formatted([entry.key]).get(entry.key)
        if runs is None:
            return super().format_entry(label, entry, bib_data)
        return FormattedEntry(entry.key, Text(*map(_rich, runs)), label)

    def _formatted(self, keys: Sequence[str]) -> dict[str, list[csl.Run]]:
        """Key as the document has it → reference."""
        known = {found.key: key for key in keys if (found := self._library.bibfile.find(key)) is not None}
        works = self._library.works(list(known))
        section = Section("", entries=tuple(ExportEntry(key, work) for key, work in works.items()))
        made = {}
        for entry, runs in self._references.runs_of(section):
            made[known[entry.key]] = self._without_number(joined(runs))
        return made

    def _without_number(self, runs: list[csl.Run]) -> list[csl.Run]:
        if not self._references.style.is_numeric or not runs:
            return runs
        rest = _NUMBER.sub("", runs[0].text, count=1)
        return [csl.Run(rest), *runs[1:]] if rest else runs[1:]

    @cached_property
    def _library(self) -> Library:
        return Library(joined_bibs(read_bibs(self.files)), Lock())

    @cached_property
    def _references(self) -> References:
        # All entries at once: two works of one author and year differ by a letter, whatever list they stand in.
        works = self._library.works([entry.key for entry in self._library.bibfile.entries])
        everything = Section("", entries=tuple(ExportEntry(key, work) for key, work in works.items()))
        with style_errors_told():
            return References(csl.Style.load(self.name), self.locale, [everything])


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
    style = type("Style", (CslStyle,), {"files": files, "name": config.csl_style, "locale": config.csl_locale})
    try:
        style()._formatted([])
    except DL4ESBibError as error:
        raise ConfigError(error.message) from None
    register_plugin("pybtex.style.formatting", STYLE, style, force=True)


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
