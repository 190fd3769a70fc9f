"""dl4es-bib: from a document full of references to a bibliography that can be trusted.

The public interface is what ``__all__`` names; everything else may change. A reference is read, looked up, and
written like this:

>>> import dl4es_bib
>>> work = dl4es_bib.parse_reference('Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.')
>>> work
<Work article-journal: Ode 2004 'On Tides'>
>>> work["container-title"]
'Sea Letters'
>>> work.format("apa")
'Ode, A. (2004). On Tides. Sea Letters, 12(3), 5–9.'
>>> print(work.to_bibtex("ode"))
@article{ode,
  author = {Ode, Ann},
  title = {On Tides},
  journaltitle = {Sea Letters},
  volume = {12},
  number = {3},
  pages = {5--9},
  date = {2004},
}
<BLANKLINE>

Records are looked up and checked against the text::

    dl4es_bib.lookup("10.5194/tc-14-565-2020")    # the record of a DOI, or None
    dl4es_bib.resolve_text("Ode, A. (2004). …")   # the record of a reference, checked against its text

A whole document::

    document = dl4es_bib.scan("README.md")
    built = dl4es_bib.build(dl4es_bib.load_config(Path("dl4es-bib.yaml")), Path())

Names are imported when they are used. The CSL processor is :mod:`dl4es_bib.csl`, the lossless .bib file
:mod:`dl4es_bib.bib.file`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from dl4es_bib._version import __version__

if TYPE_CHECKING:
    from dl4es_bib.bib.file import BibFile
    from dl4es_bib.bib.file import parse as parse_bib
    from dl4es_bib.config.settings import Config, load_config
    from dl4es_bib.library.library import Library
    from dl4es_bib.model.date import PartialDate
    from dl4es_bib.model.document import Chapter, Document, Item
    from dl4es_bib.model.errors import DL4ESBibError
    from dl4es_bib.model.finding import Finding
    from dl4es_bib.model.identifier import Identifier
    from dl4es_bib.model.name import Name
    from dl4es_bib.model.outcome import Confirmed, NeedsReview, NotChecked, NotFound, Outcome
    from dl4es_bib.model.work import Source, Work
    from dl4es_bib.read.reference import parse_reference
    from dl4es_bib.resolver.provider import Provider, Query
    from dl4es_bib.resolver.resolve import resolve
    from dl4es_bib.tasks.build import Built, build
    from dl4es_bib.tasks.lookup import lookup, providers, resolve_text
    from dl4es_bib.tasks.project import scan

_HOMES = {
    "BibFile": "bib.file:BibFile",
    "Built": "tasks.build:Built",
    "Chapter": "model.document:Chapter",
    "Config": "config.settings:Config",
    "Confirmed": "model.outcome:Confirmed",
    "DL4ESBibError": "model.errors:DL4ESBibError",
    "Document": "model.document:Document",
    "Identifier": "model.identifier:Identifier",
    "Item": "model.document:Item",
    "Name": "model.name:Name",
    "NeedsReview": "model.outcome:NeedsReview",
    "NotChecked": "model.outcome:NotChecked",
    "NotFound": "model.outcome:NotFound",
    "Outcome": "model.outcome:Outcome",
    "PartialDate": "model.date:PartialDate",
    "Finding": "model.finding:Finding",
    "Provider": "resolver.provider:Provider",
    "Query": "resolver.provider:Query",
    "Source": "model.work:Source",
    "Work": "model.work:Work",
    "Library": "library.library:Library",
    "build": "tasks.build:build",
    "lookup": "tasks.lookup:lookup",
    "providers": "tasks.lookup:providers",
    "resolve_text": "tasks.lookup:resolve_text",
    "load_config": "config.settings:load_config",
    "parse_bib": "bib.file:parse",
    "parse_reference": "read.reference:parse_reference",
    "resolve": "resolver.resolve:resolve",
    "scan": "tasks.project:scan",
}

__all__ = [
    "BibFile",
    "Built",
    "Chapter",
    "Config",
    "Confirmed",
    "DL4ESBibError",
    "Document",
    "Finding",
    "Identifier",
    "Item",
    "Library",
    "Name",
    "NeedsReview",
    "NotChecked",
    "NotFound",
    "Outcome",
    "PartialDate",
    "Provider",
    "Query",
    "Source",
    "Work",
    "__version__",
    "build",
    "load_config",
    "lookup",
    "parse_bib",
    "parse_reference",
    "providers",
    "resolve",
    "resolve_text",
    "scan",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dl4es_bib' has no attribute {name!r}")
    # Whoever may get a work by this name must be able to have it written (see dl4es_bib.model.work.Presenter).
    importlib.import_module("dl4es_bib.tasks.present")
    module, _, attribute = home.partition(":")
    value = getattr(importlib.import_module(f"dl4es_bib.{module}"), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
