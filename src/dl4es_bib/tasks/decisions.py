"""What the user decided about references: to which of them a decision belongs, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.config.decisions import decided_identifiers, with_decisions
from dl4es_bib.disk.atomic import update
from dl4es_bib.library.keys.pattern import DEFAULT_PATTERN, KeyMaker, key_maker
from dl4es_bib.library.library import Library
from dl4es_bib.model.errors import ConfigError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.cited import Cited
from dl4es_bib.tasks.project import Places, loaded_library

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

FILE: Final = "dl4es-bib.yaml"
DECIDED: Final = f"decided in {FILE}"


def decided(
    values: Mapping[str, str],
    cited: Sequence[Cited],
    places: Places,
    pattern: str = DEFAULT_PATTERN,
    *,
    file: str = FILE,
) -> tuple[dict[str, tuple[Identifier, ...]], list[Finding]]:
    """What the user decided, by cited id: the identifiers of the record, the cited one first; ``()`` for no record.

    A decision names a citation key of the document or an entry key of the library; one that names nothing is
    a finding.

    Raises:
        ConfigError: a decision is no identifier.
    """
    found: dict[str, tuple[Identifier, ...]] = {}
    findings: list[Finding] = []
    if not values:
        return found, findings
    stored = loaded_library(places)
    keys = _keys(cited, Library(stored.bibfile, stored.lock), pattern)
    for key, value in values.items():
        entry = stored.bibfile.find(key)
        names = {key, entry.key} if entry is not None else {key}
        matching = [mention for mention in cited if names & {mention.citation_key, keys[mention.id]}]
        if not matching:
            message = f"'decisions: {key}' names nothing that the document cites."
            cure = f"Write the key that {places.named} or the document uses."
            findings.append(Finding("decides-nothing", message, Span(file, 1), cure))
        identifiers = decided_identifiers(value)
        if identifiers is None:
            raise ConfigError(
                f"{file}: 'decisions: {key}: {value[:80]}' is no identifier. "
                "Write a DOI, an arXiv id, an ISBN, a PMID, or none."
            )
        found.update((mention.id, identifiers) for mention in matching)
    return found, findings


def keys_to_decide(cited: Sequence[Cited], places: Places, pattern: str = DEFAULT_PATTERN) -> tuple[str, ...]:
    """The key by which each reference can be decided; ``""`` where different texts would share one."""
    stored = loaded_library(places)
    library, make_key = Library(stored.bibfile, stored.lock), key_maker(pattern)
    keys = [mention.citation_key or _key(mention, library, make_key) for mention in cited]
    named: dict[str, set[tuple[str, ...]]] = {}
    for mention, key in zip(cited, keys, strict=True):
        named.setdefault(key, set()).add(mention.identity)
    return tuple(key if len(named[key]) == 1 else "" for key in keys)


def save_decisions(config: Config, base: Path, changes: Mapping[str, str | None]) -> Path:
    """Write decisions into the configuration file, all of them or none; the file.

    Arguments:
        changes: key → an identifier, several with commas, or ``none``; ``None`` takes a decision back.

    Raises:
        ConfigError: a decision is no identifier, or the file cannot be changed by span.
        SaveError: the file cannot be written; it is as it was.
    """
    for key, value in changes.items():
        if value is not None and decided_identifiers(value) is None:
            raise ConfigError(
                f"{key}: {value[:80]!r} is no identifier, so nothing was written. Write a DOI, an arXiv id, an ISBN, "
                "a PMID, or none."
            )
    path = Path(config.file) if config.file else base / FILE

    def changed(data: bytes | None) -> bytes:
        try:
            text = (data or b"").decode("utf-8")
        except UnicodeDecodeError:
            raise ConfigError(f"{path}: not UTF-8, so nothing was written. Save the file as UTF-8.") from None
        return with_decisions(text, str(path), changes).encode("utf-8")

    update(path, changed)
    return path


def _keys(cited: Sequence[Cited], library: Library, pattern: str) -> dict[str, str]:
    make_key = key_maker(pattern)
    return {mention.id: _key(mention, library, make_key) for mention in cited}


def _key(mention: Cited, library: Library, make_key: KeyMaker) -> str:
    # Before the first build a key that will be made is known by what makes it.
    return library.key_of(mention.identity) or make_key(mention.work)
