"""What can happen in a LaTeX text: citations, inclusions, definitions; and what a document has defined so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from dl4es_bib.identify.citations.arguments import Span
from dl4es_bib.identify.citations.macros import Macro


@dataclass(frozen=True, slots=True)
class Citation:
    """Keys that a command names.

    Attributes:
        command: its name.
        keys: where each key stands.
        cites: whether it cites them.
        list: the name of the list of its own (multibib), or ``""``.
        short: the list of contents, figures or tables for which the text is a short form, or ``""``.
    """

    command: str
    keys: tuple[Span, ...]
    cites: bool = True
    list: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Inclusion:
    r"""A file that is read here.

    Attributes:
        command: the command that reads it.
        kind: how it is looked for.
        name: its name as written.
        folder: the folder that is written before it.
        position: where.
        then: what is read when the file is there (``\InputIfFileExists``).
        otherwise: what is read when it is not.
    """

    command: str
    kind: str
    name: str
    folder: str
    position: int
    then: Span | None = None
    otherwise: Span | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A command of the document that is used: its name and where its arguments stand; ``short`` as for a citation."""

    name: str
    macro: Macro
    arguments: tuple[Span | None, ...]
    position: int
    short: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a definition, which is not read where it stands.

    Attributes:
        span: where it stands.
        name: of the command that is defined.
        macro: what the command means.
        defaults: where the defaults of its optional parameters stand, by position.
    """

    span: Span
    name: str
    macro: Macro
    defaults: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Databases:
    """Names of .bib files, as written."""

    command: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntrySet:
    """A set that the document defines: its key and where the keys of its members stand."""

    name: str
    members: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    r"""``begin`` or ``end`` of a refsection, or ``document`` for where ``\end{document}`` or ``\endinput`` stands."""

    kind: str


Event = Citation | Inclusion | Use | Body | Databases | EntrySet | Section


@dataclass(slots=True)
class Vocabulary:
    """What a document has defined so far; it grows while its files are read in order.

    Attributes:
        macros: its commands; an environment is ``begin name``.
        conditionals: its switches and how they stand.
        verbatim: environments that are not read.
        lists: the lists of multibib.
        short: characters between which text is verbatim.
        key_commands: commands that stand for keys (``\\cite{\\mykey}``), as far as they were looked for.
        document_class: the class of the main file.
        not_shown: commands whose text is not typeset, as ``\\note`` of beamer.
        contents: the lists that are printed, of contents, figures and tables, by the ending of their files.
        include_only: what ``\\includeonly`` names, or ``None``.
    """

    macros: dict[str, Macro] = field(default_factory=dict)
    conditionals: dict[str, bool] = field(default_factory=dict)
    verbatim: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    short: str = ""
    key_commands: set[str] = field(default_factory=set)
    document_class: str = ""
    not_shown: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    include_only: frozenset[str] | None = None
