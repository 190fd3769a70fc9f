"""Dates and ``cs:locale`` as typed elements, of locale files and of styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style import sheet
from dl4es_bib.csl.style.attributes import formatting, look_of, printed, written
from dl4es_bib.csl.style.xml import XmlElement


def locale_element(element: XmlElement, *, clean_text: bool = False) -> sheet.LocaleElement:
    """``cs:locale`` of a locale file or a style.

    Arguments:
        element: the XML.
        clean_text: whether terms lose control and directional characters, as text of styles does; the marks
            in locale files are meant.
    """
    terms: dict[tuple[str, str], sheet.Term] = {}
    dates: dict[str, typed.Date] = {}
    options: dict[str, str] = {}
    for part in element.children:
        match part.name:
            case "style-options":
                options.update(part.attributes)
            case "date":
                dates[part.attributes.get("form", "text")] = date_element(part)
            case "terms":
                terms.update(_terms(part, clean_text))
    return sheet.LocaleElement(element.attributes.get("lang", "").lower(), terms, dates, options)


def _terms(element: XmlElement, clean_text: bool) -> Iterator[tuple[tuple[str, str], sheet.Term]]:
    for term in element.find_all("term"):
        attributes = term.attributes
        single, multiple = term.find("single"), term.find("multiple")
        if single is None and multiple is None:
            one = many = _term_text(term.text, clean_text)
        else:
            one = _term_text(single.text if single is not None else "", clean_text)
            many = _term_text(multiple.text if multiple is not None else "", clean_text)
        name, gender = attributes.get("name", ""), attributes.get("gender-form")
        key = (f"{name}/{gender}" if gender else name, attributes.get("form", "long"))
        yield key, sheet.Term(one, many, attributes.get("gender", ""), attributes.get("match", ""))


def _term_text(text: str, clean_text: bool) -> str:
    if "\n" in text:
        text = " ".join(line.strip() for line in text.split("\n")).strip()
    text = text.replace("'", "’")
    return written(text) if clean_text else text


def date_element(element: XmlElement) -> typed.Date:
    """``cs:date`` of a style or a locale."""
    attributes = element.attributes
    return typed.Date(
        attributes.get("variable", ""),
        attributes.get("form", ""),
        tuple(attributes.get("date-parts", "year-month-day").split("-")),
        written(attributes.get("delimiter", "")),
        tuple(_date_part(child.attributes) for child in element.find_all("date-part")),
        look_of(attributes),
    )


def _date_part(attributes: Mapping[str, str]) -> typed.DatePart:
    strip = attributes.get("strip-periods")
    return typed.DatePart(
        name=attributes.get("name", ""),
        form=attributes.get("form", ""),
        format=formatting(attributes),
        prefix=written(attributes.get("prefix", "")),
        suffix=written(attributes.get("suffix", "")),
        text_case=attributes.get("text-case", ""),
        strip_periods=None if strip is None else strip == "true",
        range_delimiter=printed(attributes, "range-delimiter"),
    )
