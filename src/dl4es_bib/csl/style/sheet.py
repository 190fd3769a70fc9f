"""A whole style and its parts as types: citation, bibliography, layouts, sorting, locales."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dl4es_bib.csl.style.elements import Date, Element, Formatting, NameAttributes


@dataclass(frozen=True, slots=True)
class SortNames:
    """Overrides of et-al abbreviation on a sort key; -1 where there is none."""

    minimum: int = -1
    use_first: int = -1
    use_last: bool | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """``cs:key``: a variable or a macro to sort by."""

    variable: str = ""
    macro: str = ""
    descending: bool = False
    names: SortNames = SortNames()


@dataclass(frozen=True, slots=True)
class Layout:
    """``cs:layout``; ``locales`` are the languages of items that it is for (CSL-M), none for all."""

    children: tuple[Element, ...]
    delimiter: str = ""
    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""
    locales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What ``cs:citation`` and ``cs:bibliography`` have in common.

    Attributes:
        layout: the layout for all items.
        localized: layouts for items of some languages, which come before the general one.
        sort: the keys of ``cs:sort``.
        names: inheritable name attributes, those of the style filled in.
        names_delimiter: the inherited delimiter of ``cs:names``.
    """

    layout: Layout
    localized: tuple[Layout, ...] = ()
    sort: tuple[Key, ...] = ()
    names: NameAttributes = field(default_factory=NameAttributes)
    names_delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Citation(Section):
    """``cs:citation``."""

    collapse: str = ""
    cite_group_delimiter: str | None = None
    after_collapse_delimiter: str | None = None
    year_suffix_delimiter: str | None = None
    disambiguate_add_names: bool = False
    disambiguate_add_givenname: bool = False
    disambiguate_add_year_suffix: bool = False
    givenname_disambiguation_rule: str = "by-cite"
    near_note_distance: int = 5


@dataclass(frozen=True, slots=True)
class Bibliography(Section):
    """``cs:bibliography``."""

    hanging_indent: bool = False
    second_field_align: str = ""
    subsequent_author_substitute: str | None = None
    subsequent_author_substitute_rule: str = "complete-all"


@dataclass(frozen=True, slots=True)
class Term:
    """One form of a term: singular, plural, the gender of the noun, and of an ordinal what it matches."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class LocaleElement:
    """``cs:locale`` of a file or a style.

    Attributes:
        language: its ``xml:lang``, in small letters; empty for all languages.
        terms: (name, form) → term; ordinals with a gender have the name ``ordinal-01/feminine``.
        dates: form (``text``, ``numeric``) → the date format.
        options: the localized options.
    """

    language: str = ""
    terms: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StyleElement:
    """``cs:style``: an independent style.

    Attributes:
        title: the style's own title.
        is_note: whether its class is "note".
        is_numeric: whether its citations are numbers, by the category it gives itself.
        default_locale: the language it asks for, or "".
        demote_non_dropping_particle, initialize_with_hyphen, page_range_format: global options.
    """

    title: str
    citation: Citation
    bibliography: Bibliography | None = None
    macros: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    locales: tuple[LocaleElement, ...] = ()
    is_note: bool = False
    is_numeric: bool = False
    default_locale: str = ""
    demote_non_dropping_particle: str = "display-and-sort"
    initialize_with_hyphen: bool = True
    page_range_format: str = ""
