"""What a rule is, what it is given and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dl4es_bib.bib.file import BibFile, Entry, Field, fold
from dl4es_bib.formats.bibtex.controls import is_control_type
from dl4es_bib.model.finding import Severity

Dialect = Literal["bibtex", "biblatex"]

#: Field names and types that only biblatex knows; a file that uses them is written for it.
_BIBLATEX_FIELDS = frozenset("date journaltitle location eventdate origdate urldate subtitle xdata ids related".split())
_BIBLATEX_TYPES = frozenset("online report thesis collection mvbook mvcollection dataset software xdata set".split())


@dataclass(frozen=True, slots=True)
class Replacement:
    """A piece of the file's text, by offsets, and what takes its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found.

    Attributes:
        offset: where, as an offset into the file's text.
        message: one sentence that says what is wrong.
        cure: one sentence that says how to mend it, or ``""``.
        key: the key of the entry concerned, or ``""``.
        changes: what mends it; empty when only a person can.
        safe: whether the changes keep the meaning of the entry.
        severity: where it differs from the rule's.
    """

    offset: int
    message: str
    cure: str = ""
    key: str = ""
    changes: tuple[Replacement, ...] = ()
    safe: bool = True
    severity: Severity | None = None


@dataclass(frozen=True)
class Subject:
    """What is checked: one file among the files of a database.

    Attributes:
        file: the file.
        files: all files of the database, this one included.
        cited: the keys that documents cite, or ``None`` when no document was named.
        everything: whether the documents ask for all entries.
        engine: the TeX that will set the entries.
    """

    file: BibFile
    files: tuple[BibFile, ...]
    cited: tuple[str, ...] | None = None
    everything: bool = False
    engine: str = "pdflatex"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that BibTeX reads."""
        return tuple(entry for entry in self.file.entries if not entry.ignored)

    @cached_property
    def works(self) -> tuple[Entry, ...]:
        """The entries that are works and can be read: no control entries, no sets, no data to inherit."""
        return tuple(entry for entry in self.entries if not is_control(entry) and not entry.broken)

    @cached_property
    def dialect(self) -> Dialect:
        """For which program the file is written, by the types and fields that it uses."""
        for entry in self.entries:
            if entry.type in _BIBLATEX_TYPES:
                return "biblatex"
            if any(fold(name) in _BIBLATEX_FIELDS for name, _ in entry.pairs()):
                return "biblatex"
        return "bibtex"

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """All entries of the database by folded key."""
        found: dict[str, Entry] = {}
        for file in self.files:
            for key, entry in file.by_key.items():
                found.setdefault(key, entry)
        return found

    def fields(self) -> Iterator[tuple[Entry, Field]]:
        """Every field that counts, with its entry."""
        for entry in self.works:
            for own in entry.fields:
                if not own.repeated:
                    yield entry, own


def is_control(entry: Entry) -> bool:
    """Whether an entry is no work: a control entry of IEEEtran or REVTeX, xdata, a set."""
    return is_control_type(entry.type)


Check = Callable[[Subject], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        name: what findings, options and pages call it.
        family: ``syntax``, ``fields``, ``names``, ``dates``, ``identifiers``, ``duplicates``, ``keys``, ``citations``
            or ``latex``.
        severity: ``error`` when BibTeX, biber or LaTeX stops or loses something, ``warning`` or ``note``.
        summary: what it finds, in one sentence.
        why: what goes wrong otherwise, and in which program.
        check: finds it; ``None`` for what reading the file finds.
        fixable: ``safe``, ``unsafe`` or ``""``.
        default: whether it is used unless asked for.
    """

    name: str
    family: str
    severity: Severity
    summary: str
    why: str
    check: Check | None = field(default=None, repr=False)
    fixable: str = ""
    default: bool = True

    @property
    def page(self) -> str:
        """What ``--explain`` prints."""
        fix = {"safe": "Yes, with --fix.", "unsafe": "Yes, with --unsafe-fixes; look at the result."}
        lines = [
            f"{self.name} ({self.family}, {self.severity})",
            "",
            self.summary,
            "",
            self.why,
            "",
            f"Can be mended by the program: {fix.get(self.fixable, 'no.')}",
        ]
        if not self.default:
            lines += ["", f"Not used unless asked for with --select {self.name}."]
        return "\n".join(lines)
