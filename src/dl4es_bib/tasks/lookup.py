"""Look one thing up from Python, without a project: an identifier, or the text of a reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import SourceUnavailable, UsageError
from dl4es_bib.model.identifier import Identified
from dl4es_bib.model.outcome import Confirmed, NotChecked, Outcome
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.provider import Provider, Query
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.tasks.project import Places

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

_NAME = "reference"


@contextmanager
def providers(config: Config | None = None, *, base: Path | None = None, offline: bool = False) -> Iterator[
    Sequence[Provider]
]:  # fmt: skip
    """The sources that a configuration names, opened: the local index first, then the services.

    Give them to :func:`dl4es_bib.resolve`::

        with dl4es_bib.providers(offline=True) as sources:
            outcomes = dl4es_bib.resolve([dl4es_bib.Query("1", text="Ode, A. (2004). On tides. ...")], sources)

    Arguments:
        config: the settings; default are those of a project without a configuration file.
        base: the folder that relative paths of the configuration start from; default is the current one.
        offline: send nothing; services answer from the cache only.

    Raises:
        ConfigError: an address or a path cannot be used.
    """
    from dl4es_bib.config.settings import Config as Settings
    from dl4es_bib.tasks.build import open_providers

    settings = Settings() if config is None else config
    with open_providers(settings, Places.of(settings, base or Path()), offline=offline) as (opened, _):
        yield tuple(opened)


def lookup(identifier: str, *, config: Config | None = None, offline: bool = False) -> Work | None:
    """The record of a DOI, an arXiv id, an ISBN or a PubMed id; ``None`` when every source answered and none has it.

    No set-up is needed: the index ``.dl4es-bib/index.sqlite`` of the current folder is asked first when it is
    there, then the user's cache, then the services::

        work = dl4es_bib.lookup("10.5194/tc-14-565-2020")

    Arguments:
        identifier: alone, or as an address (``https://doi.org/…``).
        config: other settings, as :func:`dl4es_bib.load_config` gives them.
        offline: send nothing.

    Raises:
        UsageError: the text is no identifier.
        SourceUnavailable: no source has it, and one did not answer or was not asked.
    """
    found = ids.doi(identifier) or ids.arxiv(identifier) or ids.isbn(identifier) or ids.pmid(identifier)
    if found is None:
        raise UsageError(f"{identifier[:80]!r} is no DOI, arXiv id, ISBN or PubMed id. For a text use resolve_text.")
    outcome = _answer(Query("1", identifiers=(Identified(found),)), config, offline=offline)
    if isinstance(outcome, Confirmed):
        return outcome.candidate.work
    if isinstance(outcome, NotChecked):
        raise SourceUnavailable(f"{found} was not looked up: {'; '.join(outcome.reasons) or 'no source was asked'}.")
    return None


def resolve_text(text: str, *, config: Config | None = None, offline: bool = False) -> Outcome:
    """The record of one reference, checked against its text: one of the four outcomes.

    No set-up is needed, see :func:`lookup`::

        outcome = dl4es_bib.resolve_text('Ode, A. (2004). On tides. Sea Letters, 12(3), 5-9.')
        if outcome.name == "confirmed":
            print(outcome.candidate.work.to_bibtex())

    Arguments:
        text: one reference as a list prints it, or an identifier.
        config, offline: as for :func:`lookup`.

    Raises:
        UsageError: the text is empty.
    """
    if not text.strip():
        raise UsageError("The text is empty. Give one reference, or an identifier.")
    span = Span(_NAME, 1)
    text = " ".join(to_unicode(text).split())
    work = parse_reference(text, Source("text", _NAME, span=span))
    stated = [*identifiers_in_text(text, span), *(Identified(identifier, span=span) for identifier in work.identifiers)]
    distinct = tuple({identified.identifier: identified for identified in stated}.values())
    return _answer(Query("1", text, work, distinct), config, offline=offline)


def _answer(query: Query, config: Config | None, *, offline: bool) -> Outcome:
    with providers(config, offline=offline) as opened:
        return resolve([query], opened)[query.id]
