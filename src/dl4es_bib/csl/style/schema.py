"""What the CSL schema allows: the attributes of each element, and the values of those that have a fixed set.

From the schema of CSL 1.0.2 and the additions of styles in use (``cs:conditions``, ``locale`` of a layout).
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FORMATTING: Final = "font-style font-variant font-weight text-decoration vertical-align"
_LOOK: Final = f"{_FORMATTING} prefix suffix"
_NAMES: Final = (
    "and delimiter-precedes-et-al delimiter-precedes-last et-al-min et-al-use-first et-al-use-last "
    "et-al-subsequent-min et-al-subsequent-use-first initialize initialize-with name-as-sort-order sort-separator"
)
_INHERITED: Final = f"{_NAMES} name-form name-delimiter names-delimiter"
_CONDITION: Final = (
    "match disambiguate is-numeric is-uncertain-date locator position type variable context subjurisdictions "
    "is-plural is-multiple has-day has-year-only has-month-or-season genre jurisdiction page court-class"
)

#: Element → its attributes.
ATTRIBUTES: Final = {
    "style": _words(
        f"{_INHERITED} class version lang default-locale demote-non-dropping-particle initialize-with-hyphen "
        "page-range-format"
    ),
    "info": frozenset[str](),
    "locale": _words("lang"),
    "terms": frozenset[str](),
    "term": _words("name form gender gender-form match"),
    "single": frozenset[str](),
    "multiple": frozenset[str](),
    "style-options": _words("punctuation-in-quote limit-day-ordinals-to-day-1"),
    "macro": _words("name"),
    "citation": _words(
        f"{_INHERITED} disambiguate-add-names disambiguate-add-givenname givenname-disambiguation-rule "
        "disambiguate-add-year-suffix cite-group-delimiter collapse year-suffix-delimiter "
        "after-collapse-delimiter near-note-distance"
    ),
    "bibliography": _words(
        f"{_INHERITED} hanging-indent second-field-align line-spacing entry-spacing "
        "subsequent-author-substitute subsequent-author-substitute-rule"
    ),
    "layout": _words(f"{_LOOK} delimiter locale"),
    "sort": frozenset[str](),
    "key": _words("variable macro sort names-min names-use-first names-use-last"),
    "text": _words(f"{_LOOK} variable macro term value form plural quotes display text-case strip-periods"),
    "number": _words(f"{_LOOK} variable form display text-case"),
    "label": _words(f"{_LOOK} variable form plural text-case strip-periods"),
    "date": _words(f"{_LOOK} variable form date-parts delimiter display text-case"),
    "date-part": _words(f"{_LOOK} name form range-delimiter text-case strip-periods"),
    "names": _words(f"{_LOOK} variable delimiter display"),
    "name": _words(f"{_LOOK} {_NAMES} delimiter form"),
    "name-part": _words(f"{_LOOK} name text-case"),
    "et-al": _words(f"{_LOOK} term text-case strip-periods"),
    "substitute": frozenset[str](),
    "group": _words(f"{_LOOK} delimiter display"),
    "choose": frozenset[str](),
    "if": _words(_CONDITION),
    "else-if": _words(_CONDITION),
    "else": frozenset[str](),
    "conditions": _words("match"),
    "condition": _words(_CONDITION),
}

#: Element → the elements it may hold.
_RENDERING: Final = _words("text number label date names group choose")
CHILDREN: Final = {
    "style": _words("info locale macro citation bibliography"),
    "locale": _words("info terms date style-options"),
    "terms": _words("term"),
    "term": _words("single multiple"),
    "macro": _RENDERING,
    "citation": _words("sort layout"),
    "bibliography": _words("sort layout"),
    "layout": _RENDERING,
    "sort": _words("key"),
    "date": _words("date-part"),
    "names": _words("name et-al label substitute"),
    "name": _words("name-part"),
    "substitute": _RENDERING,
    "group": _RENDERING,
    "choose": _words("if else-if else"),
    "if": _RENDERING | {"conditions"},
    "else-if": _RENDERING | {"conditions"},
    "else": _RENDERING,
    "conditions": _words("condition"),
}

_BOOLEAN: Final = _words("true false")

#: Attribute → its values, where they are a fixed set for every element.
VALUES: Final = {
    "font-style": _words("normal italic oblique"),
    "font-variant": _words("normal small-caps"),
    "font-weight": _words("normal bold light"),
    "text-decoration": _words("none underline"),
    "vertical-align": _words("baseline sup sub"),
    "display": _words("block left-margin right-inline indent"),
    "text-case": _words("lowercase uppercase capitalize-first capitalize-all sentence title"),
    "quotes": _BOOLEAN,
    "strip-periods": _BOOLEAN,
    "and": _words("text symbol"),
    "delimiter-precedes-et-al": _words("contextual after-inverted-name always never"),
    "delimiter-precedes-last": _words("contextual after-inverted-name always never"),
    "et-al-use-last": _BOOLEAN,
    "initialize": _BOOLEAN,
    "name-as-sort-order": _words("first all"),
    "name-form": _words("long short count"),
    "match": _words("all any none nand"),
    "collapse": _words("citation-number year year-suffix year-suffix-ranged"),
    "givenname-disambiguation-rule": _words(
        "all-names all-names-with-initials primary-name primary-name-with-initials by-cite"
    ),
    "second-field-align": _words("flush margin"),
    "subsequent-author-substitute-rule": _words("complete-all complete-each partial-each partial-first"),
    "page-range-format": _words("chicago chicago-15 chicago-16 expanded minimal minimal-two"),
    "demote-non-dropping-particle": _words("never sort-only display-and-sort"),
    "sort": _words("ascending descending"),
    "disambiguate": _words("true"),
} | dict.fromkeys(
    _words(
        "disambiguate-add-givenname disambiguate-add-names disambiguate-add-year-suffix hanging-indent "
        "initialize-with-hyphen limit-day-ordinals-to-day-1 punctuation-in-quote"
    ),
    _BOOLEAN,
)

_FORMS: Final = _words("long short symbol verb verb-short")

#: Element → the values of its ``form``; those of ``cs:text`` depend on what it prints.
FORMS: Final = {
    "text": _FORMS,
    "term": _FORMS | {"static"},
    "label": _FORMS,
    "name": _words("long short count"),
    "number": _words("numeric ordinal long-ordinal roman"),
    "date": _words("text numeric"),
    "date-part": _words("numeric numeric-leading-zeros ordinal long short"),
}

#: Attributes with a whole number.
NUMBERS: Final = _words(
    "et-al-min et-al-use-first et-al-subsequent-min et-al-subsequent-use-first near-note-distance names-min "
    "names-use-first"
)

#: Attributes whose values are checked.
CHECKED: Final = NUMBERS | VALUES.keys() | {"form"}
