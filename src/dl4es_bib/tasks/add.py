"""Single works into the library: by identifier, address, reference text or file.

The same stages as a build, for what is named by hand: read, identify, resolve, library. What no source confirms
is added from its own text, marked; an identifier without a text, of which nothing is known, is refused.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.grammar import MONTHS
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.identify.url import identifiers_in_url
from dl4es_bib.library.keys.key import safe_key, usable
from dl4es_bib.library.keys.pattern import key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import Stored
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.library.update import Update, Wanted, update
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.document import Document, Entry
from dl4es_bib.model.errors import NothingToDo, SourceUnavailable, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.outcome import Confirmed, NeedsReview, NotChecked, Outcome
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.reference import parse_reference
from dl4es_bib.tasks.cited import FRONT, VARIABLES, Cited, cited_address, cited_in
from dl4es_bib.tasks.outputs import Change, change_or_try
from dl4es_bib.tasks.project import Places, dialect_of, loaded_library, scan
from dl4es_bib.tasks.providers import open_providers
from dl4es_bib.tasks.resolve import Progress, query_of, resolve_in_parts, silent, unanswered
from dl4es_bib.tasks.wanted import wanted_of

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

_HERE: Final = "command line"
_LABELLED_PMID = re.compile(r"\s*pmid\s*:?\s*\d{1,8}\s*", re.I)
_ISBN_LABEL = re.compile(r"^\s*ISBN(?:-?1[03])?:?\s*", re.I)
#: Addresses that are an identifier and nothing else.
_ADDRESS_OF_IDENTIFIER = re.compile(r"https?://(?:dx\.|www\.)?(?:doi|arxiv)\.org/", re.I)
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
        changes: for a dry run, what would be written.
    """

    places: Places
    update: Update
    keys: tuple[str, ...]
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]
    changes: tuple[Change, ...] = ()


def add(
    config: Config,
    base: Path,
    things: Sequence[str],
    *,
    key: str = "",
    offline: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Added:
    """Add works to the library; one that is there already is completed.

    Arguments:
        things: each a DOI, an arXiv id, an ISBN, a PubMed id (``PMID 123``), an address, a file of references
            (``-`` is standard input) or the text of one reference.
        key: the key that the entry shall have; for one work only.
        offline: ask local sources only.
        dry_run: write nothing; the result says what would be written.

    Raises:
        NothingToDo: all that was named are identifiers of which nothing is known; nothing was written.
        SourceUnavailable: likewise, and a source did not answer.
        UsageError: the key cannot be used, is taken, or more than one work was named with it.
        UnreadableInput: a file cannot be read, or holds no reference.
        SaveError: a file could not be written.
    """
    if key and not usable(key):
        raise UsageError(f"{key!r} cannot be a citation key. Use letters, digits and : . _ + / - in it.")
    given = [named(thing, f"add-{number}") for number, thing in enumerate(things)]
    cited = [mention for work in given for mention in work.cited]
    if key and sum(not mention.belongs_to for mention in cited) != 1:
        raise UsageError(f"--key {key} names one entry, but {len(cited)} works were given. Add them one by one.")
    places = Places.of(config, base)
    with open_providers(config, places, offline=offline) as (providers, findings):
        outcomes = resolve_in_parts([query_of(mention) for mention in cited if mention.to_resolve], providers, progress)
    cited, unknown = _known(cited, outcomes, places)
    if unknown and not cited:
        silent = () if offline else unanswered(outcomes)
        failure = SourceUnavailable if silent else NothingToDo
        why = f" Not every source answered ({'; '.join(silent[:3])})." if silent else ""
        raise failure(" ".join(finding.message for finding in unknown) + f"{why} Nothing was written. {unknown[0].fix}")
    wanted, place = wanted_of(cited, outcomes, {})
    wanted = tuple(_with_key(wish, key) for wish in wanted)
    make_key = key_maker(config.keys.pattern)

    def bring(stored: Stored) -> tuple[BibFile, Lock, tuple[Update, tuple[Finding, ...]]]:
        library = _with_removed(Library(stored.bibfile, stored.lock), wanted)
        if key:
            _check_free(library, key, wanted[0])
        done = update(library, wanted, dialect_of(config, stored.bibfile), make_key=make_key, whole=False)
        done = replace(done, bibfile=_with_own_fields(done, given, place))
        return done.bibfile, done.lock, (done, stored.findings)

    progress("Writing …")
    written, changes, (done, found) = change_or_try(places, bring, dry_run=dry_run)
    keys = dict.fromkeys(done.keys[place[mention.id]] for mention in cited)
    return Added(
        places,
        done,
        tuple(key for key in keys if key),
        written,
        (*unknown, *findings, *found, *done.findings),
        unanswered(outcomes),
        changes,
    )


def _known(
    cited: Sequence[Cited], outcomes: Mapping[str, Outcome], places: Places
) -> tuple[list[Cited], list[Finding]]:
    """What can be added, and a finding for each identifier of which nothing is known, neither here nor by a source.

    An entry of nothing but such an identifier would be empty, and the identifier is most likely mistyped.
    """
    known: list[Cited] = []
    unknown: list[Finding] = []
    library: Library | None = None
    for mention in cited:
        outcome = outcomes.get(mention.id)
        if isinstance(outcome, Confirmed | NeedsReview) or not _says_nothing_else(mention):
            known.append(mention)
            continue
        if library is None:  # only such an identifier is worth reading the library before it is changed
            there = loaded_library(places)
            library = Library(there.bibfile, there.lock)
        if library.find(mention.identity, mention.work):
            known.append(mention)
            continue
        shown = " ".join(str(identified.identifier) for identified in mention.identifiers)
        unsure = isinstance(outcome, NotChecked)
        says = f"Nothing is known of {shown}: the local index has no record." if unsure else f"No source knows {shown}."
        fix = "Ask again with a network, check the number" if unsure else "Check the number"
        fix += ", or give the reference's text with it."
        unknown.append(Finding("unknown-identifier", says, None, fix, "error"))
    return known, unknown


def _says_nothing_else(mention: Cited) -> bool:
    """Whether what is cited is an identifier without any text or address that could be an entry."""
    if mention.entry is not None or mention.belongs_to or not mention.identifiers:
        return False
    if mention.url and _ADDRESS_OF_IDENTIFIER.match(mention.url) is None:
        return False
    said = mention.work.title or mention.work.names("author")
    return not said or bool(mention.url)


@dataclass(frozen=True, slots=True)
class Named:
    """What one argument of ``add`` names.

    Attributes:
        cited: the works, and the addresses that belong to them.
        entries: cited id → the BibTeX entry that it was read from.
    """

    cited: tuple[Cited, ...]
    entries: Mapping[str, Entry] = field(default_factory=dict)


def named(thing: str, id: str) -> Named:
    """What one argument of ``add`` names; a file is read once.

    Raises:
        UnreadableInput: it is a file that cannot be read or holds no reference, or it is empty.
    """
    text = thing.strip()
    if thing == "-" or _is_file(thing):
        return _in_document(scan(thing), thing, id)
    if not text:
        raise UnreadableInput("Nothing was named. Give a DOI, an arXiv id, an ISBN, an address or a reference.")
    span = Span(_HERE, 1)
    if (identifier := _identifier(text)) is not None:
        return Named((_by_identifier(identifier, id, span),))
    if ids.url(text) is not None:
        # A guess from the form of an address counts only when a record's title confirms it; here is none.
        return Named((cited_address(text, identifiers_in_url(text, span), id, span),))
    if _FILE_NAME.fullmatch(text):
        raise UnreadableInput(
            f"{thing} is no file here, and no DOI, arXiv id, ISBN or address. Check the path or the number."
        )
    if not any(character.isspace() for character in text) and text.isascii():
        raise UnreadableInput(
            f"{thing} is no file here, and no DOI, arXiv id, ISBN or address. One word is no reference: "
            "quote the whole."
        )
    return Named((_by_text(text, id, span),))


def _in_document(document: Document, thing: str, id: str) -> Named:
    cited = cited_in(document)
    if not cited:
        raise UnreadableInput(
            f"{thing}: no reference was found. A list entry, a numbered line or a BibTeX entry is one."
        )
    entries = {entry.span: entry for entry in document.front.entries}
    entries |= {item.span: item.entry for item in document.items if item.entry is not None}
    renumbered = tuple(
        replace(mention, id=f"{id}.{mention.id}", belongs_to=mention.belongs_to and f"{id}.{mention.belongs_to}")
        for mention in cited
    )
    return Named(
        renumbered,
        {mention.id: entries[mention.span] for mention in renumbered if mention.is_work and mention.span in entries},
    )


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
    work = Work.of("", {VARIABLES[identifier.kind]: value}, Source("user", _HERE))
    return Cited(id, FRONT, "", span, work, (Identified(identifier, span=span),), is_work=False)


def _by_text(text: str, id: str, span: Span) -> Cited:
    text = " ".join(to_unicode(text).split())
    work = parse_reference(text, Source("user", _HERE))
    stated = [*identifiers_in_text(text, span), *(Identified(identifier, span=span) for identifier in work.identifiers)]
    identifiers = tuple({identified.identifier: identified for identified in stated}.values())
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
    found = {library.find(wish.identity, wish.work) for wish in wanted}
    gone = {key for key in found if key and library.bibfile.get(key) is None}
    entries = {key: entry for key, entry in library.lock.entries.items() if key not in gone}
    return Library(library.bibfile, Lock(entries)) if gone else library


def _check_free(library: Library, key: str, wanted: Wanted) -> None:
    taken = library.bibfile.find(key)
    if taken is not None and library.find(wanted.identity, wanted.work) != taken.key:
        name, line = library.bibfile.place_of(taken)
        raise UsageError(f"The key {key} is taken by another work ({name}:{line}). Choose another, or leave --key out.")


def _with_own_fields(done: Update, named: Sequence[Named], place: dict[str, int]) -> BibFile:
    """What added entries say beyond a record, such as ``file`` or ``abstract``."""
    from dl4es_bib.library.join import said_otherwise

    edits = edit(done.bibfile)
    for argument in named:
        for id, entry in argument.entries.items():
            key = done.keys[place[id]]
            if key not in done.added:
                continue
            own = done.bibfile.get(key)
            current = own.values() if own is not None else {}
            said: set[str] = set()
            for written, value in entry.fields:
                name = written.lower()
                if value and name not in said and not said_otherwise(name, current):
                    # A month stays a macro; other macros may be unknown here, so their text is taken.
                    edits.set_field(key, name, _month(value) if name == "month" else value)
                said.add(name)
    return edits.apply()


def _month(value: str) -> str:
    macro = value.strip().lower()[:3]
    is_month = macro in MONTHS and value.strip().lower() in {macro, *(name.lower() for name in calendar.month_name)}
    return macro if is_month else value
