"""Rendering elements as types: what ``parse`` makes of the XML, and all that the processor sees of it.

Every class is an element of the specification (section "Rendering Elements" and those around it); attributes
have the names of the specification, with ``_`` for ``-``. ``None`` means "not given" where an attribute is
inherited or has a default that depends on others.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

#: Formatting attributes in the order in which they are nested, the innermost first.
FORMATTING: Final = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")

#: (attribute, value) pairs in the order of :data:`FORMATTING`.
Formatting = tuple[tuple[str, str], ...]


def merged_format(outer: Formatting, inner: Formatting) -> Formatting:
    """Formatting with the attributes of an inner element over those of an outer one."""
    if not inner or not outer:
        return inner or outer
    both = {**dict(outer), **dict(inner)}
    return tuple((name, both[name]) for name in FORMATTING if name in both)


@dataclass(frozen=True, slots=True)
class Look:
    """Formatting, affixes, quotes, display, text case and stripped periods of an element."""

    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""
    quotes: bool = False
    display: str = ""
    text_case: str = ""
    strip_periods: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it changes nothing."""
        return self == _BARE


_BARE: Final = Look()


@dataclass(frozen=True, slots=True)
class TextVariable:
    """``<text variable="…"/>``."""

    variable: str
    form: str = "long"
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class TextMacro:
    """``<text macro="…"/>``."""

    name: str
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class TextTerm:
    """``<text term="…"/>``."""

    term: str
    form: str = "long"
    plural: bool = False
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class TextValue:
    """``<text value="…"/>``."""

    value: str
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class Number:
    """``cs:number``; ``form`` is numeric, ordinal, long-ordinal or roman."""

    variable: str
    form: str = "numeric"
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class Label:
    """``cs:label``; the variable is empty inside ``cs:names``."""

    variable: str
    form: str = "long"
    plural: str = "contextual"
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class DatePart:
    """``cs:date-part``: which part, its form, its look and the delimiter of ranges; "" and None where not given."""

    name: str
    form: str = ""
    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""
    text_case: str = ""
    strip_periods: bool | None = None
    range_delimiter: str | None = None

    def over(self, outer: DatePart) -> DatePart:
        """A part of a date format with what an element that uses the format changes; affixes stay its own."""
        return DatePart(
            outer.name,
            self.form or outer.form,
            merged_format(outer.format, self.format),
            outer.prefix,
            outer.suffix,
            self.text_case or outer.text_case,
            outer.strip_periods if self.strip_periods is None else self.strip_periods,
            outer.range_delimiter if self.range_delimiter is None else self.range_delimiter,
        )


@dataclass(frozen=True, slots=True)
class Date:
    """``cs:date``: in a form of the locale (``form``) or with parts of its own.

    Attributes:
        shown: the parts that a localized date shows (``date-parts``).
    """

    variable: str
    form: str = ""
    shown: tuple[str, ...] = ("year", "month", "day")
    delimiter: str = ""
    parts: tuple[DatePart, ...] = ()
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class NamePart:
    """``cs:name-part``: formatting of the given or family part."""

    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""
    text_case: str = ""


@dataclass(frozen=True, slots=True)
class NameAttributes:
    """The attributes of ``cs:name`` that may be inherited from citation, bibliography and style."""

    and_: str | None = None
    delimiter: str | None = None
    delimiter_precedes_et_al: str | None = None
    delimiter_precedes_last: str | None = None
    et_al_min: int | None = None
    et_al_use_first: int | None = None
    et_al_use_last: bool | None = None
    et_al_subsequent_min: int | None = None
    et_al_subsequent_use_first: int | None = None
    form: str | None = None
    initialize: bool | None = None
    initialize_with: str | None = None
    name_as_sort_order: str | None = None
    sort_separator: str | None = None

    def over(self, outer: NameAttributes) -> NameAttributes:
        """These attributes, and those of an outer element where these say nothing."""
        return replace(
            outer, **{own.name: value for own in fields(self) if (value := getattr(self, own.name)) is not None}
        )


@dataclass(frozen=True, slots=True)
class Name:
    """``cs:name``."""

    attributes: NameAttributes = NameAttributes()
    family: NamePart = NamePart()
    given: NamePart = NamePart()
    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class EtAl:
    """``cs:et-al``."""

    term: str = "et-al"
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class Names:
    """``cs:names``.

    Attributes:
        is_shorthand: whether it has no children, so that inside ``cs:substitute`` it takes those of the
            element around it.
    """

    variables: tuple[str, ...]
    delimiter: str | None = None
    name: Name | None = None
    et_al: EtAl | None = None
    label: Label | None = None
    label_first: bool = False
    substitute: tuple[Element, ...] = ()
    is_shorthand: bool = False
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class Group:
    """``cs:group``."""

    children: tuple[Element, ...]
    delimiter: str = ""
    look: Look = _BARE


@dataclass(frozen=True, slots=True)
class Test:
    """One attribute of a condition: its name and the words of its value."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """The tests of ``cs:if`` or ``cs:else-if``; ``nested`` are those of the extension with ``cs:conditions``."""

    tests: tuple[Test, ...]
    match: str = "all"
    nested: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """``cs:if``, ``cs:else-if``, or ``cs:else``, which has no condition."""

    condition: Condition | None
    children: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """``cs:choose``."""

    branches: tuple[Branch, ...]


Text = TextVariable | TextMacro | TextTerm | TextValue
Element = Text | Number | Label | Date | Names | Group | Choose


def children_of(element: Element) -> tuple[Element, ...]:
    """The elements directly inside an element, alternatives included."""
    match element:
        case Group(children=children):
            return children
        case Choose(branches=branches):
            return tuple(child for branch in branches for child in branch.children)
        case Names(substitute=substitute):
            return substitute
    return ()


def conditions_of(element: Element) -> tuple[Condition, ...]:
    """The conditions of an element's own branches, nested ones after those that hold them."""
    if not isinstance(element, Choose):
        return ()
    found: list[Condition] = []
    work = [branch.condition for branch in reversed(element.branches) if branch.condition is not None]
    while work:
        condition = work.pop()
        found.append(condition)
        work += condition.nested
    return tuple(found)
