"""The XML of a style or locale as typed elements (:mod:`dl4es_bib.csl.style.elements`), once.

What the specification does not know is left out and reported with its line; what a style cannot do without,
and what could not be rendered (macros that are missing, that call themselves, that multiply), is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.errors import StyleError, StyleFinding
from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style import sheet
from dl4es_bib.csl.style.attributes import formatting, look_of, number, printed, written
from dl4es_bib.csl.style.check import faults
from dl4es_bib.csl.style.parse_locale import date_element, locale_element
from dl4es_bib.csl.style.xml import XmlElement

_CONDITIONS: Final = frozenset("disambiguate is-numeric is-uncertain-date locator position type variable".split())


class StyleReader:
    """Turns the XML of one style into typed elements, and gathers what is wrong with it.

    Arguments:
        shown: the name of the file in errors.
    """

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self.findings: list[StyleFinding] = []

    def style(self, root: XmlElement) -> sheet.StyleElement:
        """The style element.

        Raises:
            StyleError: there is no citation or no layout.
        """
        self.findings += faults(root)
        info = root.find("info") or XmlElement("info", {}, 0)
        title = info.find("title")
        category = [found.attributes.get("citation-format", "") for found in info.find_all("category")]
        inherited = name_attributes(root.attributes, "name-")
        names_delimiter = written(root.attributes.get("names-delimiter", ""))
        citation = root.find("citation")
        if citation is None:
            raise StyleError(f"{self._shown} is not a usable style: it has no <citation>.")
        bibliography = root.find("bibliography")
        attributes = root.attributes
        return sheet.StyleElement(
            title=" ".join(clean(title.text).split()) if title is not None else "",
            citation=self._citation(citation, inherited, names_delimiter),
            bibliography=None if bibliography is None else self._bibliography(bibliography, inherited, names_delimiter),
            macros={macro.attributes.get("name", ""): self.children(macro) for macro in root.find_all("macro")},
            locales=tuple(locale_element(found, clean_text=True) for found in root.find_all("locale")),
            is_note=attributes.get("class") == "note",
            is_numeric=next((found for found in category if found), "") == "numeric",
            default_locale=attributes.get("default-locale", ""),
            demote_non_dropping_particle=attributes.get("demote-non-dropping-particle", "display-and-sort"),
            initialize_with_hyphen=attributes.get("initialize-with-hyphen", "true") != "false",
            page_range_format=attributes.get("page-range-format", ""),
        )

    # Citation and bibliography ---------------------------------------------------------------------

    def _citation(self, element: XmlElement, inherited: typed.NameAttributes, names_delimiter: str) -> sheet.Citation:
        attributes = element.attributes
        layout, localized = self._layouts(element)
        return sheet.Citation(
            layout=layout,
            localized=localized,
            sort=self._sort(element.find("sort")),
            names=name_attributes(attributes, "name-").over(inherited),
            names_delimiter=written(attributes.get("names-delimiter", names_delimiter)),
            collapse=attributes.get("collapse", ""),
            cite_group_delimiter=printed(attributes, "cite-group-delimiter"),
            after_collapse_delimiter=printed(attributes, "after-collapse-delimiter"),
            year_suffix_delimiter=printed(attributes, "year-suffix-delimiter"),
            disambiguate_add_names=attributes.get("disambiguate-add-names") == "true",
            disambiguate_add_givenname=attributes.get("disambiguate-add-givenname") == "true",
            disambiguate_add_year_suffix=attributes.get("disambiguate-add-year-suffix") == "true",
            givenname_disambiguation_rule=attributes.get("givenname-disambiguation-rule", "by-cite"),
            near_note_distance=number(attributes, "near-note-distance", 5),
        )

    def _bibliography(
        self, element: XmlElement, inherited: typed.NameAttributes, names_delimiter: str
    ) -> sheet.Bibliography:
        attributes = element.attributes
        layout, localized = self._layouts(element)
        return sheet.Bibliography(
            layout=layout,
            localized=localized,
            sort=self._sort(element.find("sort")),
            names=name_attributes(attributes, "name-").over(inherited),
            names_delimiter=written(attributes.get("names-delimiter", names_delimiter)),
            hanging_indent=attributes.get("hanging-indent") == "true",
            second_field_align=attributes.get("second-field-align", ""),
            subsequent_author_substitute=printed(attributes, "subsequent-author-substitute"),
            subsequent_author_substitute_rule=attributes.get("subsequent-author-substitute-rule", "complete-all"),
        )

    def _layouts(self, element: XmlElement) -> tuple[sheet.Layout, tuple[sheet.Layout, ...]]:
        found = list(element.find_all("layout"))
        if not found:
            raise StyleError(f"{self._shown}, line {element.line}: <{element.name}> has no <layout>.")
        layouts = [self._layout(layout) for layout in found]
        localized = tuple(layout for layout in layouts if layout.locales)
        general = [layout for layout in layouts if not layout.locales]
        for extra in [layout for layout in found if not layout.attributes.get("locale")][1:]:
            self._report(extra, f"<{element.name}> has a second <layout> for all items; it is not used.")
        return (general or layouts)[0], localized

    def _layout(self, element: XmlElement) -> sheet.Layout:
        look = look_of(element.attributes)
        return sheet.Layout(
            self.children(element),
            written(element.attributes.get("delimiter", "")),
            look.format,
            look.prefix,
            look.suffix,
            tuple(element.attributes.get("locale", "").lower().split()),
        )

    def _sort(self, element: XmlElement | None) -> tuple[sheet.Key, ...]:
        if element is None:
            return ()
        return tuple(self._key(child) for child in element.find_all("key"))

    def _key(self, element: XmlElement) -> sheet.Key:
        attributes = element.attributes
        last = attributes.get("names-use-last")
        minimum, first = number(attributes, "names-min", -1), number(attributes, "names-use-first", -1)
        return sheet.Key(
            attributes.get("variable", ""),
            attributes.get("macro", ""),
            attributes.get("sort") == "descending",
            sheet.SortNames(minimum, first, None if last is None else last == "true"),
        )

    # Rendering elements ----------------------------------------------------------------------------

    def children(self, element: XmlElement) -> tuple[typed.Element, ...]:
        """The rendering elements directly inside an element."""
        return tuple(found for child in element.children if (found := self.element(child)) is not None)

    def element(self, element: XmlElement) -> typed.Element | None:
        """A rendering element; None for what renders nothing."""
        attributes = element.attributes
        match element.name:
            case "text":
                return self._text(element)
            case "number":
                return typed.Number(
                    attributes.get("variable", ""), attributes.get("form", "numeric"), look_of(attributes)
                )
            case "label":
                return _label(element)
            case "date":
                return date_element(element)
            case "names":
                return self._names(element)
            case "group":
                return typed.Group(
                    self.children(element), written(attributes.get("delimiter", "")), look_of(attributes)
                )
            case "choose":
                return self._choose(element)
        return None

    def _text(self, element: XmlElement) -> typed.Text | None:
        attributes = element.attributes
        look = look_of(attributes)
        form = attributes.get("form", "long")
        if "macro" in attributes:
            return typed.TextMacro(attributes["macro"], look)
        if "variable" in attributes:
            return typed.TextVariable(attributes["variable"], form, look)
        if "term" in attributes:
            return typed.TextTerm(attributes["term"], form, attributes.get("plural") == "true", look)
        if "value" in attributes:
            return typed.TextValue(written(attributes["value"]), look)
        self._report(element, "<text> has none of variable, macro, term and value; it prints nothing.")
        return None

    def _names(self, element: XmlElement) -> typed.Names:
        attributes = element.attributes
        name, et_al = element.find("name"), element.find("et-al")
        label, substitute = element.find("label"), element.find("substitute")
        order = [child.name for child in element.children]
        label_first = label is not None and "name" in order and order.index("label") < order.index("name")
        return typed.Names(
            variables=tuple(attributes.get("variable", "").split()),
            delimiter=printed(attributes, "delimiter"),
            name=None if name is None else _name(name),
            et_al=None if et_al is None else _et_al(et_al.attributes),
            label=None if label is None else _label(label),
            label_first=label_first,
            substitute=() if substitute is None else self.children(substitute),
            is_shorthand=not element.children,
            look=look_of(attributes),
        )

    def _report(self, element: XmlElement, message: str) -> None:
        self.findings.append(StyleFinding(element.line, message))

    def _choose(self, element: XmlElement) -> typed.Choose:
        branches = []
        for child in element.children:
            if child.name in ("if", "else-if"):
                branches.append(typed.Branch(_condition(child), self.children(child)))
            elif child.name == "else":
                branches.append(typed.Branch(None, self.children(child)))
        return typed.Choose(tuple(branches))


def _et_al(attributes: Mapping[str, str]) -> typed.EtAl:
    return typed.EtAl(attributes.get("term", "et-al"), look_of(attributes))


def _label(element: XmlElement) -> typed.Label:
    attributes = element.attributes
    return typed.Label(
        attributes.get("variable", ""),
        attributes.get("form", "long"),
        attributes.get("plural", "contextual"),
        look_of(attributes),
    )


def _name(element: XmlElement) -> typed.Name:
    attributes = element.attributes
    parts = {part.attributes.get("name", ""): part.attributes for part in element.find_all("name-part")}
    return typed.Name(
        name_attributes(attributes),
        _name_part(parts.get("family", {})),
        _name_part(parts.get("given", {})),
        formatting(attributes),
        written(attributes.get("prefix", "")),
        written(attributes.get("suffix", "")),
    )


def _name_part(attributes: Mapping[str, str]) -> typed.NamePart:
    return typed.NamePart(
        formatting(attributes),
        written(attributes.get("prefix", "")),
        written(attributes.get("suffix", "")),
        attributes.get("text-case", ""),
    )


def name_attributes(attributes: Mapping[str, str], own: str = "") -> typed.NameAttributes:
    """The name attributes of an element; on style, citation and bibliography ``form`` is ``name-form``."""

    def truth(name: str) -> bool | None:
        value = attributes.get(name)
        return None if value is None else value == "true"

    initialize = attributes.get("initialize")
    return typed.NameAttributes(
        and_=attributes.get("and"),
        delimiter=printed(attributes, f"{own}delimiter"),
        delimiter_precedes_et_al=attributes.get("delimiter-precedes-et-al"),
        delimiter_precedes_last=attributes.get("delimiter-precedes-last"),
        et_al_min=number(attributes, "et-al-min", None),
        et_al_use_first=number(attributes, "et-al-use-first", None),
        et_al_use_last=truth("et-al-use-last"),
        et_al_subsequent_min=number(attributes, "et-al-subsequent-min", None),
        et_al_subsequent_use_first=number(attributes, "et-al-subsequent-use-first", None),
        form=attributes.get(f"{own}form"),
        initialize=None if initialize is None else initialize != "false",
        initialize_with=printed(attributes, "initialize-with"),
        name_as_sort_order=attributes.get("name-as-sort-order"),
        sort_separator=printed(attributes, "sort-separator"),
    )


def _condition(element: XmlElement) -> typed.Condition:
    tests = tuple(
        typed.Test(name, tuple(value.split())) for name, value in element.attributes.items() if name in _CONDITIONS
    )
    nested = tuple(_conditions(child) for child in element.find_all("conditions"))
    return typed.Condition(tests, element.attributes.get("match", "all"), nested)


def _conditions(element: XmlElement) -> typed.Condition:
    nested = tuple(_condition(child) for child in element.find_all("condition"))
    return typed.Condition((), element.attributes.get("match", "all"), nested)
