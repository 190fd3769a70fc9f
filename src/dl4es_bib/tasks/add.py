"""Single works into the library: by identifier, address, reference text or file.

The same stages as a build, for what is named by hand: read, identify, resolve, library. What no source confirms
is added from its own text, marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.nodes import MONTHS
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.identify.url import identifiers_in_url
from dl4es_bib.library.keys.key import safe_key, usable
from dl4es_bib.library.keys.pattern import key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import Stored, change_library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.resolver.resolve import resolve
from dl4es_bib.tasks.build import open_providers
from dl4es_bib.tasks.cited import FRONT, Cited, cited_address, cited_in, wanted_of
from dl4es_bib.tasks.project import Places, scan
from dl4es_bib.tasks.resolve import query_of, unanswered

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

_HERE: Final = "command line"
_VARIABLES: Final = {"doi": "DOI", "arxiv": "arxiv", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}
_LABELLED_PMID = re.compile(r"\s*pmid\s*:?\s*\d{1,8}\s*", re.I)
_ISBN_LABEL = re.compile(r"^\s*ISBN(?:-?1[03])?:?\s*", re.I)
_FILE_NAME = re.compile(r"[^\s]+\.[A-Za-z][A-Za-z0-9]{0,7}")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did.

    Attributes:
        places: where the library is.
        update: what changed in it.
        keys: the keys of what was named, in order, each once.
        written: files that were written.
        findings: all findings.
        unanswered: why sources did not answer, each once.
    """

    places: Places
    update: Update
    keys: tuple[str, ...]
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]


def add(
    config: Config,
    base: Path,
    things: Sequence[str],
    *,
    key: str = "",
    offline: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> Added:
    """Add works to the library; one that is there already is completed.

    Arguments:
        things: each a DOI, an arXiv id, an ISBN, a PubMed id (``PMID 123``), an address, a file of references
            (``-`` is standard input) or the text of one reference.
        key: the key that the entry shall have; for one work only.
        offline: ask local sources only.

    Raises:
        UsageError: the key cannot be used, is taken, or more than one work was named with it.
        UnreadableInput: a file cannot be read, or holds no reference.
        SaveError: a file could not be written.
    """
    if key and not usable(key):
        raise UsageError(f"{key!r} cannot be a citation key. Use letters, digits and : . _ + / - in it.")
    cited: list[Cited] = []
    for number, thing in enumerate(things):
        cited += named(thing, f"add-{number}")
    if key and sum(not one.belongs_to for one in cited) != 1:
        raise UsageError(f"--key {key} names one entry, but {len(cited)} works were given. Add them one by one.")
    places = Places.of(config, base)
    progress(f"Resolving {len(cited)} references …")
    with open_providers(config, places, offline=offline) as (providers, findings):
        outcomes = resolve([query_of(one) for one in cited if one.to_resolve], providers)
    wanted, place = wanted_of(cited, outcomes, {})
    wanted = tuple(_with_key(one, key) for one in wanted)
    make_key = key_maker(config.keys.pattern)

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[Update, tuple[Finding, ...]]]:
        library = _with_removed(Library(stored.bibfile, stored.lock), wanted)
        if key:
            _check_free(library, key, wanted[0])
        done = update(library, wanted, config.dialect, make_key=make_key, whole=False)
        done = replace(done, bibfile=_with_own_fields(done, cited, place, things))
        return done.bibfile, done.lock, (done, stored.findings)

    progress("Writing …")
    written, (done, found) = change_library(places.library, places.lock, bring)
    keys = dict.fromkeys(done.keys[place[one.id]] for one in cited)
    return Added(
        places,
        done,
        tuple(one for one in keys if one),
        written,
        (*findings, *found, *done.findings),
        unanswered(outcomes),
    )


def named(thing: str, id: str) -> list[Cited]:
    """What one argument of ``add`` names.

    Raises:
        UnreadableInput: it is a file that cannot be read or holds no reference, or it is empty.
    """
    text = thing.strip()
    if thing == "-" or _is_file(thing):
        document = scan(thing)
        cited = cited_in(document)
        if not cited:
            raise UnreadableInput(
                f"{thing}: no reference was found. A list entry, a numbered line or a BibTeX entry is one."
            )
        return [
            replace(one, id=f"{id}.{one.id}", belongs_to=one.belongs_to and f"{id}.{one.belongs_to}") for one in cited
        ]
    if not text:
        raise UnreadableInput("Nothing was named. Give a DOI, an arXiv id, an ISBN, an address or a reference.")
    span = Span(_HERE, 1)
    if (identifier := _identifier(text)) is not None:
        return [_by_identifier(identifier, id, span)]
    if ids.url(text) is not None:
        # A guess from the form of an address counts only when a record's title confirms it; here is none.
        return [cited_address(text, identifiers_in_url(text, span), id, span)]
    if _FILE_NAME.fullmatch(text):
        raise UnreadableInput(
            f"{thing} is no file here, and no DOI, arXiv id, ISBN or address. Check the path or the number."
        )
    return [_by_text(text, id, span)]


def _is_file(thing: str) -> bool:
    try:
        return Path(thing).is_file()
    except (OSError, ValueError):
        return False


def _identifier(text: str) -> Identifier | None:
    labelled = ids.pmid(text) if _LABELLED_PMID.fullmatch(text) else None
    return ids.doi(text) or ids.arxiv(text) or ids.isbn(text) or labelled or ids.pmcid(text)


def _by_identifier(identifier: Identifier, id: str, span: Span) -> Cited:
    value = (identifier.written or identifier.value) + identifier.version
    if identifier.kind == "isbn":
        value = _ISBN_LABEL.sub("", value)
    work = Work.of("", {_VARIABLES[identifier.kind]: value}, Source("user", _HERE))
    return Cited(id, FRONT, "", span, work, (Identified(identifier, span=span),), is_work=False)


def _by_text(text: str, id: str, span: Span) -> Cited:
    text = " ".join(to_unicode(text).split())
    work = parse_reference(text, Source("user", _HERE))
    stated = [*identifiers_in_text(text, span), *(Identified(one, span=span) for one in work.identifiers)]
    identifiers = tuple({one.identifier: one for one in stated}.values())
    return Cited(id, FRONT, text, span, work, identifiers)


def _with_key(wanted: Wanted, key: str) -> Wanted:
    """The key asked for; what no record describes and has no title is called by its identifier."""
    sources = tuple(span for span in wanted.sources if span.file != _HERE)
    wanted = replace(wanted, sources=sources)
    if key and wanted.belongs_to is None:
        return replace(wanted, preferred_key=key)
    if not wanted.work.title and not wanted.preferred_key:
        kind, _, value = wanted.identity[0].partition(":")
        return replace(wanted, preferred_key=safe_key(f"{kind}-{value}"))
    return wanted


def _with_removed(library: Library, wanted: Sequence[Wanted]) -> Library:
    """The library without memory of what was removed from it and is now wanted again: a build respects a removal,
    whoever adds the work by name takes it back."""
    found = {library.find(one.identity, one.work) for one in wanted}
    gone = {key for key in found if key and library.bibfile.get(key) is None}
    entries = {key: entry for key, entry in library.lock.entries.items() if key not in gone}
    return Library(library.bibfile, Lock(entries)) if gone else library


def _check_free(library: Library, key: str, wanted: Wanted) -> None:
    taken = library.bibfile.find(key)
    if taken is not None and library.find(wanted.identity, wanted.work) != taken.key:
        raise UsageError(
            f"The key {key} is taken by another work ({library.bibfile.name}:{taken.line}). "
            "Choose another, or leave --key out."
        )


def _with_own_fields(done: Update, cited: Sequence[Cited], place: dict[str, int], things: Sequence[str]) -> BibFile:
    """What entries of added .bib files say beyond a record, such as ``file`` or ``abstract``."""
    from dl4es_bib.library.join import said_otherwise, value_of

    edits = done.bibfile.edit()
    for number, thing in enumerate(things):
        if not thing.lower().endswith((".bib", ".bibtex")) or not _is_file(thing):
            continue
        theirs = parse(Path(thing).read_bytes(), thing)
        for one in cited:
            key = done.keys[place[one.id]]
            entry = theirs.get(one.citation_key) if one.id.startswith(f"add-{number}.") else None
            if key not in done.added or entry is None:
                continue
            own = done.bibfile.get(key)
            current = own.values() if own is not None else {}
            for field in entry.fields:
                if not field.repeated and field.value and not said_otherwise(field.name, current):
                    # A month stays a macro; other macros may be unknown here, so their text is taken.
                    value = value_of(field)
                    edits.set_field(key, field.name, value if value.lower() in MONTHS else field.value)
    return edits.apply()
