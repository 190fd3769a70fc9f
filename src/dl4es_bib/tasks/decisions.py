"""What the user decided about references: to which of them a decision belongs, and where it is written.

A decision stands in the lock, as fields of its entry, and holds while the text is the one for which it was made. It can
be made there by hand, such as in a pull request. One under ``decisions:`` of the configuration is a setting: it goes
before those of the lock, and holds whatever the text says.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.file import BibFile
from dl4es_bib.config.decisions import decided_identifiers, with_decisions
from dl4es_bib.disk.atomic import update
from dl4es_bib.library.keys.pattern import DEFAULT_PATTERN, KeyMaker, key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import Stored, load_lock
from dl4es_bib.library.store.lock import Lock, LockEntry
from dl4es_bib.model.errors import ConfigError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.cited import Cited, text_digest
from dl4es_bib.tasks.outputs import change_or_try
from dl4es_bib.tasks.project import Places, loaded_library
from dl4es_bib.tasks.wanted import without_completions

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

FILE: Final = "dl4es-bib.yaml"
#: Code of the finding that a decision was made for another text.
OUTDATED: Final = "decided-for-another-text"
_NO_IDENTIFIER: Final = "is no identifier. Write a DOI, an arXiv id, an ISBN, a PMID, or none."


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that holds.

    Attributes:
        identifiers: of the record that it is, the cited one first; ``()`` for no record.
        reason: where it stands, in words.
    """

    identifiers: tuple[Identifier, ...]
    reason: str


def decided(
    values: Mapping[str, str],
    cited: Sequence[Cited],
    places: Places,
    pattern: str = DEFAULT_PATTERN,
    *,
    file: str = FILE,
) -> tuple[dict[str, Decided], list[Finding]]:
    """What the user decided, by cited id.

    A decision names a citation key of the document or an entry key of the library. One of the configuration that names
    nothing is a finding, and so is one of the lock that was made for another text.

    Arguments:
        values: the decisions of the configuration.
        file: what the configuration is called in messages.

    Raises:
        ConfigError: a decision is no identifier.
    """
    found: dict[str, Decided] = {}
    findings: list[Finding] = []
    held = decisions_in_locks(places)
    if not (values or held):
        return found, findings
    stored = loaded_library(places)
    library = Library(stored.bibfile, stored.lock)
    named: dict[str, list[Cited]] = {}
    make_key = key_maker(pattern)
    for mention in cited:
        for name in _names(mention, library, make_key):
            named.setdefault(name, []).append(mention)
    if held:
        digests = {mention.id: text_digest(mention) for mention in without_completions(cited, places)}
        for key, entry in held.items():
            mentions = named.get(_key_now(key, library), [])
            identifiers = decided_identifiers(entry.decided)
            if identifiers is None:
                raise ConfigError(f"{_place(stored, key, entry)}: {key}: {entry.decided[:80]!r} {_NO_IDENTIFIER}")
            holds = [each for each in mentions if entry.decided_for in ("", digests.get(each.id, ""))]
            found.update((each.id, Decided(identifiers, f"decided in {places.lock.name}")) for each in holds)
            if mentions and not holds and key not in values:
                findings.append(_outdated(key, entry, mentions[0]))
    for key, value in values.items():
        mentions = named.get(_key_now(key, library), [])
        if not mentions:
            message = f"'decisions: {key}' names nothing that the document cites."
            cure = f"Write the key that {places.named} or the document uses."
            findings.append(Finding("decides-nothing", message, Span(file, 1), cure))
        identifiers = decided_identifiers(value)
        if identifiers is None:
            raise ConfigError(f"{file}: 'decisions: {key}: {value[:80]}' {_NO_IDENTIFIER}")
        found.update((mention.id, Decided(identifiers, f"decided in {FILE}")) for mention in mentions)
    return found, findings


def _outdated(key: str, entry: LockEntry, mention: Cited) -> Finding:
    message = f"{key}: it was decided to be {entry.decided[:80]!r}, but its text has changed since. The decision does "
    cure = f"Decide again with 'dl4es-bib review', or take it back with 'dl4es-bib review --undo {key}'."
    return Finding(OUTDATED, message + "not hold any more.", mention.span, cure)


def decisions_in_locks(places: Places) -> dict[str, LockEntry]:
    """The entries of the lock, or of several, about which a person decided, by key."""
    paths = dict.fromkeys((places.lock, *(file.lock for file in places.further)))
    entries = [(key, entry) for path in reversed(paths) for key, entry in load_lock(path).entries.items()]
    return {key: entry for key, entry in entries if entry.decided}


def standing_decisions(config: Config, base: Path) -> dict[str, str]:
    """Every decision that stands in the locks or in the configuration, by key, whether it holds or not."""
    held = {key: entry.decided for key, entry in decisions_in_locks(Places.of(config, base)).items()}
    return held | config.decisions


def keys_to_decide(cited: Sequence[Cited], places: Places, pattern: str = DEFAULT_PATTERN) -> tuple[str, ...]:
    """The key by which each reference can be decided; ``""`` where different texts would share one."""
    stored = loaded_library(places)
    library, make_key = Library(stored.bibfile, stored.lock), key_maker(pattern)
    keys = [mention.citation_key or _key(mention, library, make_key) for mention in cited]
    named: dict[str, set[tuple[str, ...]]] = {}
    for mention, key in zip(cited, keys, strict=True):
        named.setdefault(key, set()).add(mention.identity)
    return tuple(key if len(named[key]) == 1 else "" for key in keys)


def digests_to_decide(cited: Sequence[Cited], places: Places) -> tuple[str, ...]:
    """For each reference the digest of what is said of it, without what earlier runs completed."""
    numbered = [replace(mention, id=str(number)) for number, mention in enumerate(cited)]
    digests = {mention.id: text_digest(mention) for mention in without_completions(numbered, places)}
    return tuple(digests.get(mention.id, "") for mention in numbered)


def save_decisions(
    config: Config, base: Path, changes: Mapping[str, str | None], digests: Mapping[str, str]
) -> tuple[Path, ...]:
    """Write decisions into the lock; one that the configuration has is changed there. The files that were written.

    Arguments:
        changes: key → an identifier, several with commas, or ``none``; ``None`` takes a decision back.
        digests: key → digest of the text for which it was decided; without one it is for the text that the next build
            finds.

    Raises:
        ConfigError: a decision is no identifier, or the configuration cannot be changed by span; nothing was written.
        SaveError: a file cannot be written; it is as it was.
    """
    for key, value in changes.items():
        if value is not None and decided_identifiers(value) is None:
            raise ConfigError(f"{key}: {value[:80]!r} {_NO_IDENTIFIER} Nothing was written.")
    settings = {key: value for key, value in changes.items() if key in config.decisions}
    fields = {key: value for key, value in changes.items() if value is None or key not in settings}
    path = Path(config.file) if config.file else base / FILE

    def changed(data: bytes | None) -> bytes:
        try:
            text = (data or b"").decode("utf-8")
        except UnicodeDecodeError:
            raise ConfigError(f"{path}: not UTF-8, so nothing was written. Save the file as UTF-8.") from None
        return with_decisions(text, str(path), settings).encode("utf-8")

    def brought(stored: Stored) -> tuple[BibFile, Lock, None]:
        return stored.bibfile, _with_fields(Library(stored.bibfile, stored.lock), fields, digests), None

    written: list[Path] = []
    if settings and update(path, changed):
        written.append(path)
    if fields:
        places = Places.of(config, base)
        written += change_or_try(places, brought, dry_run=False)[0]
    return tuple(written)


def hold_for_new_text(config: Config, base: Path, keys: Collection[str]) -> None:
    """Let decisions of the lock hold for the text that the next build finds: what was decided upon was mended.

    Raises:
        SaveError: the lock cannot be written; it is as it was.
    """
    places = Places.of(config, base)
    if not keys or decisions_in_locks(places).keys().isdisjoint(keys):
        return

    def brought(stored: Stored) -> tuple[BibFile, Lock, None]:
        library = Library(stored.bibfile, stored.lock)
        known = {key: entry.decided for key, entry in stored.lock.entries.items() if entry.decided and key in keys}
        return stored.bibfile, _with_fields(library, known, {}), None

    change_or_try(places, brought, dry_run=False)


def _with_fields(library: Library, changes: Mapping[str, str | None], digests: Mapping[str, str]) -> Lock:
    entries = dict(library.lock.entries)
    now = {_key_now(key, library): key for key in entries}
    for name, value in changes.items():
        key = now.get(_key_now(name, library), _key_now(name, library))
        known = entries.get(key, LockEntry())
        if value is not None:
            entries[key] = replace(known, decided=value, decided_for=digests.get(name, ""))
        elif known.is_only_decided:
            del entries[key]
        elif known.decided:
            entries[key] = replace(known, decided="", decided_for="")
    return Lock(entries)


def _place(stored: Stored, key: str, entry: LockEntry) -> str:
    """Where a decision stands: the lock and its line."""
    for lock in stored.locks:
        if lock.content.entries.get(key) == entry:
            text = lock.data.decode("utf-8", "replace")
            start = text.find(f"\n  {json.dumps(key, ensure_ascii=False)}: {{")
            at = text.find('"decided"', max(start, 0))
            return f"{lock.path}:{text.count(chr(10), 0, max(at, 0)) + 1}"
    return str(stored.locks[0].path)


def _key_now(key: str, library: Library) -> str:
    """The key of the entry that a decision names: by an alias, or by the key that it had before."""
    entry = library.bibfile.find(key)
    return entry.key if entry is not None else library.renamed.get(key, key)


def _names(mention: Cited, library: Library, make_key: KeyMaker) -> Iterator[str]:
    """The keys by which a decision may name a reference."""
    keys = (mention.citation_key, _key(mention, library, make_key))
    return iter(dict.fromkeys(_key_now(key, library) for key in keys if key))


def _key(mention: Cited, library: Library, make_key: KeyMaker) -> str:
    # Before the first build a key that will be made is known by what makes it.
    return library.key_of(mention.identity) or make_key(mention.work)
