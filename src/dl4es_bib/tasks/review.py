"""``review``: the references about which a person must decide, and what they decide.

A decision names the record that a reference is, or says that there is none. It lives in the lock, so that it can be
made in a pull request, with the digest of the text for which it was made, and is written once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.config.decisions import NO_RECORD, decided_identifiers
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.outcome import Candidate
from dl4es_bib.model.work import Work
from dl4es_bib.tasks.cited import cited_in
from dl4es_bib.tasks.decisions import digests_to_decide, keys_to_decide
from dl4es_bib.tasks.project import Places, scan_all
from dl4es_bib.tasks.verify import Verification, Verified

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config

#: How many records are shown of one reference.
SHOWN: Final = 5
#: What a page calls the digests of the texts, beside ``decisions``.
TEXTS: Final = "texts"
_MAX_BYTES: Final = 1024 * 1024
#: What is compared side by side, in this order.
_COMPARED: Final = (
    "title",
    "author",
    "editor",
    "issued",
    "container-title",
    "publisher",
    "volume",
    "issue",
    "page",
    "DOI",
)
#: Verdicts about which there is nothing to decide.
_SETTLED: Final = frozenset({"unverifiable"})


@dataclass(frozen=True, slots=True)
class OpenReference:
    """A reference about which a person must decide.

    Attributes:
        key: by which it is decided; ``""`` when another reference would share it.
        entry: what ``verify`` says of it.
        digest: of what is said of it; a decision holds while it stays.
    """

    key: str
    entry: Verified
    digest: str = ""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The records to choose from, best first; those that can be named by an identifier."""
        return tuple(candidate for candidate in self.entry.candidates if identifier_of(candidate.work))[:SHOWN]

    def is_like(self, other: OpenReference) -> bool:
        """Whether the same stands between it and its nearest record as for another reference."""
        return self.entry.verdict == other.entry.verdict and _against(self) == _against(other)


def _against(reference: OpenReference) -> frozenset[str] | None:
    if not reference.candidates:
        return None
    return frozenset(difference.variable for difference in reference.candidates[0].differences)


def open_references(config: Config, base: Path, done: Verification) -> tuple[OpenReference, ...]:
    """What is open, each key once: what is not certain, and what the user has not decided."""
    cited = [entry.cited for entry in done.entries]
    places = Places.of(config, base)
    keys = keys_to_decide(cited, places, config.keys.pattern)
    found: dict[str, OpenReference] = {}
    for entry, key, digest in zip(done.entries, keys, digests_to_decide(cited, places), strict=True):
        if _is_open(entry):
            found.setdefault(key or str(entry.cited.span), OpenReference(key, entry, digest))
    return tuple(found.values())


def _is_open(entry: Verified) -> bool:
    if entry.is_certain or entry.is_decided or entry.verdict in _SETTLED or not entry.cited.is_work:
        return False
    return bool(entry.candidates) or entry.verdict == "not-found"


def identifier_of(work: Work) -> str:
    """What a decision calls a record; ``""`` when it has nothing of the kind."""
    return work.text("DOI") or work.text("arxiv") or work.text("ISBN") or work.text("PMID")


def side_by_side(reference: OpenReference, candidate: Candidate) -> Iterator[tuple[str, str, str, bool]]:
    """Variable, what the text says, what the record says, and whether they differ; what differs comes first."""
    differing = {difference.variable: difference for difference in candidate.differences}
    for variable, difference in differing.items():
        yield variable, difference.said, difference.record, True
    ours, theirs = reference.entry.cited.work, candidate.work
    for variable in _COMPARED:
        said, record = _said(ours, variable), _said(theirs, variable)
        if variable not in differing and (said or record):
            yield variable, said, record, False


def _said(work: Work, variable: str) -> str:
    if variable in ("author", "editor"):
        return "; ".join(str(name) for name in work.names(variable)[:8])
    if variable == "issued":
        return str(work.year or "")
    return work.text(variable)


@dataclass
class Session:
    """Decisions in the making; nothing is written before its owner does so.

    Attributes:
        references: what is open.
        place: index of the reference that is shown.
        decisions: key → what was decided.
    """

    references: Sequence[OpenReference]
    place: int = 0
    decisions: dict[str, str] = field(default_factory=dict)
    _before: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def current(self) -> OpenReference | None:
        """The reference to decide about; ``None`` at the end."""
        return self.references[self.place] if self.place < len(self.references) else None

    def take(self, *numbers: int) -> bool:
        """Take candidates by number from 1: the record that it is, and other forms of the same work after it."""
        reference = self.current
        if reference is None or not numbers or not all(1 <= number <= len(reference.candidates) for number in numbers):
            return False
        chosen = dict.fromkeys(identifier_of(reference.candidates[number - 1].work) for number in numbers)
        return self._decide({reference.key: ", ".join(chosen)})

    def refuse(self) -> bool:
        """Say that no record describes it."""
        return self.current is not None and self._decide({self.current.key: NO_RECORD})

    def enter(self, text: str) -> bool:
        """Name the record by an identifier that was typed; ``False`` when the text is none."""
        if self.current is None or not decided_identifiers(text):
            return False
        return self._decide({self.current.key: text.strip()})

    def alike(self) -> tuple[OpenReference, ...]:
        """This reference and all further ones for which the same stands against the nearest record."""
        reference = self.current
        if reference is None or not reference.candidates:
            return ()
        rest = self.references[self.place :]
        return tuple(other for other in rest if other.key and other.candidates and other.is_like(reference))

    def take_alike(self) -> int:
        """Take the nearest record of each reference of :meth:`alike`; how many those are."""
        found = self.alike()
        self._decide({other.key: identifier_of(other.candidates[0].work) for other in found})
        return len(found)

    def skip(self) -> None:
        """Leave it open."""
        self._before.append((self.place, dict(self.decisions)))
        self._go_on()

    def undo(self) -> bool:
        """Take the last step back; ``False`` when there is none."""
        if not self._before:
            return False
        self.place, self.decisions = self._before.pop()
        return True

    def _decide(self, decisions: Mapping[str, str]) -> bool:
        if not decisions or "" in decisions:
            return False
        self._before.append((self.place, dict(self.decisions)))
        self.decisions.update(decisions)
        self._go_on()
        return True

    def _go_on(self) -> None:
        self.place += 1
        while (reference := self.current) is not None and reference.key in self.decisions:
            self.place += 1


@dataclass(frozen=True, slots=True)
class ReadDecisions:
    """The decisions of a file.

    Attributes:
        values: key → what was decided.
        digests: key → digest of the text for which it was, as far as the file says so.
    """

    values: dict[str, str]
    digests: dict[str, str]


def read_decisions(path: Path) -> ReadDecisions:
    """The decisions of a file, as a page of ``review --html`` copies them or as a configuration holds them.

    Raises:
        UnreadableInput: it is not there, or holds no decisions.
    """
    try:
        text = read_bytes(path, limit=_MAX_BYTES, cure="A list of decisions is a page.").decode("utf-8-sig")
        data = load_yaml(text, str(path))
    except (UnicodeDecodeError, YamlError) as error:
        reason = str(error) if isinstance(error, YamlError) else f"{path}: not UTF-8."
        raise UnreadableInput(f"{reason} Write 'key: identifier' lines.") from None
    held = data.get("decisions", data) if isinstance(data, dict) else None
    if not isinstance(held, dict) or not held:
        raise UnreadableInput(f"{path}: no decisions are in it. Write 'key: identifier' lines below 'decisions:'.")
    for key, value in held.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise UnreadableInput(f"{path}: '{key}: {value}' is no decision. Write both as text, with quotes.")
    texts = data.get(TEXTS) if held is not data else None
    digests = texts.items() if isinstance(texts, dict) else ()
    return ReadDecisions(held, {key: text for key, text in digests if key in held and isinstance(text, str)})


def digests_of(config: Config, base: Path, names: Sequence[str], *, reader: str = "") -> dict[str, str]:
    """Digest of the text of each reference, by the key by which it is decided; nothing is looked up.

    Arguments:
        names: paths of the sources; one that is not there has none.

    Raises:
        UnreadableInput: a source cannot be read.
    """
    there = [name for name in dict.fromkeys(names) if Path(name).exists()]
    documents = scan_all({name: name for name in there}, chapter_pattern=config.chapters.pattern, reader=reader)
    cited = [mention for document in documents for mention in cited_in(document, links=False)]
    places = Places.of(config, base)
    keys = keys_to_decide(cited, places, config.keys.pattern) if cited else ()
    return {key: digest for key, digest in zip(keys, digests_to_decide(cited, places), strict=True) if key and digest}
