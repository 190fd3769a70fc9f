"""The steps from a reference string to a work, on one page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.reference.rules import form_emphasised, form_plain, form_quoted, form_title_first
from dl4es_bib.read.reference.rules.cleaning import MARK, Cleaned, clean, tidy
from dl4es_bib.read.reference.rules.dashed import read_dashed
from dl4es_bib.read.reference.rules.dates import read_date, read_head_date
from dl4es_bib.read.reference.rules.forms import Body, Form, Reading
from dl4es_bib.read.reference.rules.kinds import kind
from dl4es_bib.read.reference.rules.links import take_links
from dl4es_bib.read.reference.rules.names import NameList, read_names
from dl4es_bib.read.reference.rules.numbers import without_article_number
from dl4es_bib.read.reference.rules.people import take_people
from dl4es_bib.read.reference.rules.venue import read_venue

#: The forms, asked in this order; the first that knows the text reads it, and the last knows any.
FORMS: Final[tuple[Form, ...]] = (
    form_title_first.read,
    form_quoted.read,
    form_emphasised.read,
    form_plain.read,
)
_LEADING_YEAR: Final = re.compile(r"\s*[\[(]?((?:19|20)\d\d)[\])]?[.:,]?\s+(?=[^\W\d_a-z][\w'’-]*,?\s[^\W\d_a-z]\.)")
_TEXT: Final = Source("text")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reference ready to be read: cleaned, its identifiers cut out.

    Attributes:
        cleaned: the plain text, and what stood in italics.
        identifiers: DOI, URL, arXiv and other identifiers as CSL variables.
        rest: the text without them, a MARK in the place of each.
    """

    cleaned: Cleaned
    identifiers: Mapping[str, str]
    rest: str


def prepare(text: str, emphasised: Sequence[str] = ()) -> Prepared:
    """Clean a reference and take its identifiers out."""
    cleaned = clean(text)
    if emphasised:
        given = (" ".join(phrase.split()).strip(" .,;:") for phrase in emphasised)
        cleaned = replace(cleaned, emphasised=(*cleaned.emphasised, *(phrase for phrase in given if len(phrase) > 2)))
    phrases = tuple(phrase for phrase in cleaned.emphasised if phrase.lower().strip(".") not in ("et al", "et. al"))
    cleaned = replace(cleaned, emphasised=phrases)
    identifiers, rest = take_links(cleaned.text)
    return Prepared(cleaned, identifiers, rest)


def read_by_rules(prepared: Prepared, source: Source | None = None) -> Work:
    """Read a prepared reference by rules alone. When no rule understands it, it is the title."""
    cleaned, identifiers, rest = prepared.cleaned, prepared.identifiers, prepared.rest
    if not cleaned.text:
        return Work()
    if (dashed := read_dashed(rest)) is not None:
        return _dashed(dashed, prepared, source or _TEXT)
    lead = _LEADING_YEAR.match(rest)
    authors = read_names(rest[lead.end() :]) if lead else None
    date = PartialDate()
    if lead and authors is not None:
        # "2019 Ode, A., B. Berg. Title …": lists of publications by year
        rest = rest[lead.end() + authors.end :]
        date = PartialDate(int(lead.group(1)))
    elif (authors := read_names(rest)) is not None:
        rest = rest[authors.end :]
        if found := read_head_date(rest):
            date, end = found
            rest = rest[end:]
    body = Body(
        rest.lstrip(" .,:;–—"),
        cleaned.emphasised,
        authors,
        date.year,
        "container-title" in identifiers,
    )
    reading = _read_body(body)
    people, venue = (reading.people, reading.venue) if reading.people else take_people(reading.venue)
    numbers = reading.numbers
    fields: dict[str, str] = dict(reading.fields)
    title = _title(reading.title)
    for name, value in read_venue(venue, "publisher" if reading.container else reading.expects).items():
        fields.setdefault(name, value)
    if reading.container:
        fields["container-title"] = reading.container
    if "container-title" in identifiers and "container-title" in fields:
        fields.setdefault("publisher", "")
    fields |= numbers.fields
    fields |= identifiers
    fields["title"] = title
    container = fields.get("container-title", "")
    if container and f"{container}." in cleaned.text and any(word.endswith(".") for word in container.split()[:-1]):
        fields["container-title"] = container + "."  # "J. Coast. Phys." ends in an abbreviation too
    fields = {name: value for name, value in fields.items() if value}
    type_ = kind(fields, part=reading.part, editors=bool(people.editors), text=cleaned.text)
    if type_ in ("book", "chapter", "paper-conference", "report", "thesis") and "article-number" in fields:
        fields |= without_article_number(numbers).fields
        fields.pop("article-number", None)
    authors = reading.authors or authors
    values: dict[str, Value] = dict(fields)
    names: tuple[Name, ...] = authors.names if authors else ()
    if authors is not None and authors.editors and not people.editors:
        values["editor"] = names
    else:
        values["author"] = names
        values["editor"] = people.editors
    values["translator"] = people.translators
    values["issued"] = date or numbers.date
    if not any(values.get(name) for name in ("title", "container-title", "author", "DOI", "URL", "editor")):
        values["title"] = cleaned.text
    return Work.of(type_, values, source or _TEXT, et_al=bool(authors and authors.et_al))


def _dashed(dashed: tuple[dict[str, str], NameList], prepared: Prepared, source: Source) -> Work:
    fields, people = dashed
    values: dict[str, Value] = {**fields, **prepared.identifiers, "author": people.names}
    values["issued"] = read_date(fields["issued"])
    type_ = kind(fields, part=False, editors=False, text=prepared.cleaned.text)
    return Work.of(type_, values, source, et_al=people.et_al)


def _read_body(body: Body) -> Reading:
    for form in FORMS:
        if reading := form(body):
            return reading
    return Reading(body.text, "", "")


def _title(text: str) -> str:
    text = " ".join(text.split(MARK)).strip(' .,;:"“”') if MARK in text else text
    title = tidy(text)
    if title[:1] in '“"‘«' and title[-1:] in '”"’»':
        title = title[1:-1]
    return re.sub(r"\s+", " ", title).strip(" ,")
