"""A bibliographic record: CSL variables, and for every value where it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import ClassVar, Final, Literal, Protocol

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.richtext import RICH_VARIABLES, plain
from dl4es_bib.model.span import Span

Value = str | tuple[Name, ...] | PartialDate

#: CSL 1.0.2 appendix IV, "Name Variables" (those that records hold).
NAME_VARIABLES: Final = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director
    editor editorial-director editor-translator executive-producer guest host illustrator interviewer
    narrator organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator""".split()
)
#: CSL 1.0.2 appendix IV, "Date Variables".
DATE_VARIABLES: Final = frozenset("accessed available-date event-date issued original-date submitted".split())
#: Variables of ours that CSL lacks: the number of an article that has no pages (Crossref's
#: ``article-number``), the arXiv id and class, and the Publisher Item Identifier.
OWN_VARIABLES: Final = frozenset("article-number arxiv arxiv-class pii".split())

SourceKind = Literal["text", "record", "user", "rule"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from.

    Attributes:
        kind: ``text`` (the citing document), ``record`` (a provider's answer), ``user`` (their .bib) or
            ``rule`` (derived).
        name: the provider (``crossref``, ``datacite``, ``arxiv``, ``index``), the file or the rule.
        record: the identifier of the record, such as a DOI.
        span: the place in the document, for ``text``.
        retrieved: when the record was fetched (ISO 8601), or empty.
        confirmed: ``False`` when the record itself marks the value as not verified.
    """

    kind: SourceKind
    name: str = ""
    record: str = ""
    span: Span | None = None
    retrieved: str = ""
    confirmed: bool = True

    def __str__(self) -> str:
        if self.kind == "text" and self.span:
            return f"text {self.span}"
        text = " ".join(part for part in (self.kind, self.name, self.record) if part)
        text += f" at {self.retrieved}" if self.retrieved else ""
        return text if self.confirmed else text + " (unconfirmed)"


@dataclass(frozen=True, slots=True)
class Field:
    """A value and its source.

    Attributes:
        value: the value.
        source: where it came from.
        confidence: how likely it is that a value read from free text is right, 0 to 1; ``None`` where nothing was
            guessed.
    """

    value: Value
    source: Source
    confidence: float | None = field(default=None, compare=False)


RelationKind = Literal[
    "has-preprint", "is-preprint-of", "is-supplement-to", "is-supplemented-by", "is-version-of", "is-corrected-by",
    "is-doubted-by", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated link from one work to another."""

    kind: RelationKind
    target: Identifier


_NO_FIELDS: Final[Mapping[str, Field]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Work:
    """One bibliographic record.

    Attributes:
        type: a CSL item type (``article-journal``, ``chapter``, ``dataset`` …), ``""`` when unknown.
        fields: CSL variable (or one of :data:`OWN_VARIABLES`) → value with source. Names are tuples of
            :class:`Name`, dates are :class:`PartialDate`, everything else is text.
        relations: links to other works that a record states.
        et_al: the author list is known to be incomplete ("et al.", "and others").
        others: the other name variables whose list is known to be incomplete, such as ``editor``.
        confidence: how likely it is that a work read from free text is right in every field, 0 to 1; ``None``
            where it was not read from free text.
    """

    _presenter: ClassVar[Presenter | None] = None

    type: str = ""
    fields: Mapping[str, Field] = field(default_factory=lambda: _NO_FIELDS)
    relations: tuple[Relation, ...] = ()
    et_al: bool = False
    others: frozenset[str] = frozenset()
    confidence: float | None = field(default=None, compare=False)

    @classmethod
    def of(
        cls,
        type: str,
        values: Mapping[str, Value],
        source: Source,
        *,
        relations: tuple[Relation, ...] = (),
        et_al: bool = False,
        others: Collection[str] = (),
    ) -> Work:
        """Make a work whose values all have one source; empty values are left out."""
        fields = {name: Field(value, source) for name, value in values.items() if value}
        return cls(type, MappingProxyType(fields), relations, et_al, frozenset(others))

    def __repr__(self) -> str:
        people = self.names("author") or self.names("editor")
        who = people[0].surname + (" et al." if len(people) > 1 or self.et_al else "") if people else ""
        title = self.title if len(self.title) <= 60 else self.title[:59] + "…"
        said = " ".join(part for part in (who, str(self.year or ""), repr(title) if title else "") if part)
        return f"<Work {self.type or 'of unknown type'}{': ' + said if said else ''}>"

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __getitem__(self, variable: str) -> Value:
        """The value of a CSL variable: text, a tuple of names, or a date.

        Raises:
            KeyError: the work does not have it; :meth:`text` gives ``""`` instead.
        """
        return self.fields[variable].value

    @classmethod
    def _presented_by(cls) -> Presenter:
        if cls._presenter is None:
            raise RuntimeError("Nothing can write works yet. Use the names of dl4es_bib, such as dl4es_bib.Work.")
        return cls._presenter

    def to_bibtex(self, key: str = "", dialect: Literal["biblatex", "bibtex"] = "biblatex") -> str:
        """The work as an entry of a .bib file.

        Arguments:
            key: the citation key; without one it is made of author, year and title.
            dialect: ``biblatex``, or ``bibtex`` for the classic styles.

        Raises:
            UsageError: the key or the dialect cannot be used.
        """
        return self._presented_by().to_bibtex(self, key, dialect)

    def format(self, style: str = "apa", *, locale: str = "", target: str = "text") -> str:
        """The work as one entry of a bibliography.

        Arguments:
            style: the name of a CSL style, or the path of a ``.csl`` file.
            locale: the language, such as ``de-DE``; empty for the style's own.
            target: ``text``, ``markdown``, ``html`` or ``latex``.

        Raises:
            UsageError: there is no such style, locale or target.
        """
        return self._presented_by().format(self, style, locale, target)

    def _repr_html_(self) -> str:
        """How a notebook shows the work: in APA style."""
        return f"<p>{self._presented_by().format(self, 'apa', '', 'html')}</p>"

    def text(self, variable: str) -> str:
        """The value as plain text; ``""`` when absent. A date gives ISO 8601, names join with ``; ``."""
        held = self.fields.get(variable)
        if held is None:
            return ""
        value = held.value
        if isinstance(value, str):
            return plain(value) if "</" in value and variable in RICH_VARIABLES else value
        return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def markup(self, variable: str) -> str:
        """The value with its markup (see :mod:`~dl4es_bib.model.richtext`); ``""`` when absent or no text."""
        held = self.fields.get(variable)
        return held.value if held is not None and isinstance(held.value, str) else ""

    def names(self, variable: str) -> tuple[Name, ...]:
        """The names, or ``()``."""
        held = self.fields.get(variable)
        return held.value if held is not None and isinstance(held.value, tuple) else ()

    def date(self, variable: str = "issued") -> PartialDate:
        """The date; an empty one when absent."""
        held = self.fields.get(variable)
        return held.value if held is not None and isinstance(held.value, PartialDate) else PartialDate()

    @property
    def title(self) -> str:
        """The title as text, or ``""``."""
        return self.text("title")

    @property
    def year(self) -> int | None:
        """The year of ``issued``, if known."""
        return self.date("issued").year

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """What names this work: DOI, arXiv, ISBN (several allowed), PMID, PMCID, PII."""
        readers = (
            ("DOI", ids.doi),
            ("arxiv", ids.arxiv),
            ("PMID", ids.pmid),
            ("PMCID", ids.pmcid),
            ("pii", ids.pii),
        )
        found = [read(text) for name, read in readers if (text := self.text(name))]
        found += [ids.isbn(part) for part in self.text("ISBN").replace(";", " ").replace(",", " ").split()]
        return tuple(one for one in found if one is not None)

    @property
    def doi(self) -> Identifier | None:
        """The DOI, if there is a valid one."""
        text = self.text("DOI")
        return ids.doi(text) if text else None

    def with_field(self, variable: str, value: Value, source: Source) -> Work:
        """A copy that holds this value too (or without the variable when the value is empty)."""
        fields = dict(self.fields)
        if value:
            fields[variable] = Field(value, source)
        else:
            fields.pop(variable, None)
        return replace(self, fields=MappingProxyType(fields))

    def enriched(self, other: Work) -> Work:
        """A copy with what this work lacks taken from another, sources kept."""
        missing = {name: held for name, held in other.fields.items() if name not in self.fields}
        relations = self.relations + tuple(r for r in other.relations if r not in self.relations)
        fields = MappingProxyType({**self.fields, **missing})
        others = self.others | (other.others & missing.keys())
        return replace(self, type=self.type or other.type, fields=fields, relations=relations, others=others)

    def is_incomplete(self, variable: str) -> bool:
        """Whether a list of names is known to lack some: it ended in "et al." or "and others"."""
        return self.et_al if variable == "author" else variable in self.others


class Presenter(Protocol):
    """What can write a work.

    The model knows neither BibTeX nor CSL. A floor that does hands in a presenter, and the public package sees to
    it before it gives anybody a work; so no lower floor imports a higher one.
    """

    def to_bibtex(self, work: Work, key: str, dialect: str) -> str:
        """The work as an entry of a .bib file."""
        ...

    def format(self, work: Work, style: str, locale: str, target: str) -> str:
        """The work as a style formats it."""
        ...


def present_with(presenter: Presenter) -> None:
    """Let works be written by this presenter from now on."""
    Work._presenter = presenter
