"""CITATION.cff (Citation File Format 1.2.0), to and from works.

The file describes software and may name what to cite in its place (``preferred-citation``) and what it builds on
(``references``): all of them are records.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, dump_yaml, load_yaml
from dl4es_bib.formats.reference_files.record import Read, ReferenceRecord, kept_findings, made, pages, written_date
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value, Work

TYPES: Final = {
    "article": "article-journal", "book": "book", "conference-paper": "paper-conference", "conference": "book",
    "proceedings": "book", "software": "software", "software-code": "software", "software-executable": "software",
    "software-container": "software", "software-virtual-machine": "software", "data": "dataset",
    "database": "dataset", "dataset": "dataset", "thesis": "thesis", "report": "report", "website": "webpage",
    "blog": "post-weblog", "magazine-article": "article-magazine", "newspaper-article": "article-newspaper",
    "manual": "book", "pamphlet": "pamphlet", "patent": "patent", "standard": "standard", "map": "map",
    "unpublished": "manuscript", "serial": "periodical", "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary", "video": "motion_picture", "slides": "speech", "generic": "document",
    "edited-work": "chapter", "grant": "document", "legal-case": "legal_case", "bill": "bill",
}  # fmt: skip
_FROM_CSL: Final = {
    "article-journal": "article", "book": "book", "paper-conference": "conference-paper", "software": "software",
    "dataset": "data", "thesis": "thesis", "report": "report", "webpage": "website", "post-weblog": "blog",
    "article-magazine": "magazine-article", "article-newspaper": "newspaper-article", "patent": "patent",
    "standard": "standard", "map": "map", "manuscript": "unpublished", "article": "unpublished",
    "speech": "slides", "chapter": "edited-work",
}  # fmt: skip

_MESSAGE: Final = "These references were collected by dl4es-bib."
_UNKNOWN: Final = "Unknown"
_UNTITLED: Final = "Untitled"
#: What the schema takes for a number in PubMed Central and for a language (ISO 639).
_CENTRAL: Final = re.compile(r"PMC\d{7}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def load(text: str, *, file: str = "-") -> Read:
    """The software of a CITATION.cff file, what it wants to be cited by, and its references."""
    kept: list[tuple[int, str]] = []
    try:
        data = load_yaml(text, file, kept=kept)
    except YamlError as error:
        return (), (Finding("cff/broken", str(error), Span(file, 1), "Mend the line.", "error"),)
    if not isinstance(data, Mapping):
        return (), (Finding("cff/no-mapping", "The file is no mapping.", Span(file, 1), severity="error"),)
    # A list that was written here describes no software: its title and author are there for the schema.
    is_list = str(data.get("message", "")) == _MESSAGE
    records = [] if is_list else [_record(data, str(data.get("type") or "software"), "", Span(file, 1))]
    preferred = data.get("preferred-citation")
    if isinstance(preferred, Mapping):
        line = _line(text, "preferred-citation:")
        records.append(_record(preferred, str(preferred.get("type")), "", Span(file, line)))
    references = data.get("references")
    position = 0
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, Mapping):
            title = _text(reference.get("title"))
            position = max(text.find(title[:40], position), 0)
            span = Span(file, text.count("\n", 0, position) + 1)
            records.append(_record(reference, str(reference.get("type")), "", span))
    return tuple(records), kept_findings(kept, "cff", file)


def _line(text: str, mark: str) -> int:
    return text.count("\n", 0, max(text.find(mark), 0)) + 1


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name")
    return (
        str(value).strip()
        if isinstance(value, str | int | float | datetime.date) and not isinstance(value, bool)
        else ""
    )


def _city(entity: object) -> str:
    return _text(entity.get("city")) if isinstance(entity, Mapping) else ""


def _people(value: object) -> tuple[Name, ...]:
    names: list[Name] = []
    for person in value if isinstance(value, list) else []:
        if not isinstance(person, Mapping):
            continue
        family, given = _text(person.get("family-names")), _text(person.get("given-names"))
        if family or given:
            particle, suffix = _text(person.get("name-particle")), _text(person.get("name-suffix"))
            names.append(Name(family=family or given, given=given if family else "", suffix=suffix,
                              non_dropping_particle=particle))  # fmt: skip
        elif (literal := _text(person.get("name")) or _text(person.get("alias"))) and literal != _UNKNOWN:
            names.append(Name(literal=literal))
    return tuple(names)


def _record(data: Mapping[Any, Any], kind: str, id: str, span: Span) -> ReferenceRecord:
    text = {str(name): _text(value) for name, value in data.items()}
    csl = TYPES.get(kind.lower(), "document")
    date = text.get("date-released") or text.get("date-published") or text.get("issue-date") or ""
    if not date and text.get("year"):
        date = "-".join(part.zfill(2) for part in (text["year"], text.get("month", ""), text.get("day", "")) if part)
    conference = text.get("conference", "")
    container = text.get("journal") or text.get("collection-title") or (conference if csl == "paper-conference" else "")
    languages = data.get("languages")
    keywords = data.get("keywords")
    values: dict[str, Value] = {
        "title": "" if text.get("title") == _UNTITLED else text.get("title", ""),
        "author": _people(data.get("authors")),
        "editor": _people(data.get("editors")),
        "translator": _people(data.get("translators")),
        "container-title": container,
        "event-title": conference,
        "container-title-short": text.get("abbreviation", ""),
        "volume": text.get("volume", ""),
        "issue": text.get("issue", ""),
        "page": pages(text.get("start", ""), text.get("end", "")),
        "number-of-pages": text.get("pages", ""),
        "issued": written_date(date),
        "accessed": written_date(text.get("date-accessed", "")),
        "publisher": text.get("publisher")
        or text.get("institution")
        or text.get("database-provider")
        or text.get("database", ""),
        "publisher-place": _city(data.get("publisher")),
        "event-place": text.get("location", "") or _city(data.get("conference")),
        "number-of-volumes": text.get("number-volumes", ""),
        "chapter-number": text.get("section", ""),
        "original-date": written_date(text.get("year-original", "")),
        "edition": text.get("edition", ""),
        "version": text.get("version", ""),
        "number": text.get("number", ""),
        "genre": text.get("thesis-type", ""),
        "DOI": text.get("doi") or _identified(data, "doi"),
        "ISBN": text.get("isbn", ""),
        "ISSN": text.get("issn", ""),
        "PMCID": text.get("pmcid", ""),
        "URL": text.get("url") or text.get("repository-code") or text.get("repository") or _identified(data, "url"),
        "abstract": text.get("abstract", ""),
        "note": text.get("notes", ""),
        "language": _text(languages[0]) if isinstance(languages, list) and languages else "",
        "keyword": ", ".join(_text(word) for word in keywords) if isinstance(keywords, list) else "",
    }
    if not values["DOI"] and (doi := ids.doi(str(values["URL"]))):
        values["DOI"] = doi.written or doi.value
    return made(csl, values, id, span)


def _identified(data: Mapping[Any, Any], kind: str) -> str:
    identifiers = data.get("identifiers")
    for identifier in identifiers if isinstance(identifiers, list) else ():
        if isinstance(identifier, Mapping) and identifier.get("type") == kind:
            return _text(identifier.get("value"))
    return ""


def dump(works: Iterable[tuple[str, Work]], title: str = "References") -> str:
    """A CITATION.cff file whose references are these (key, work) pairs."""
    pairs = list(works)
    data: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "title": title,
        "authors": [{"name": "The authors"}],
        "references": [_written(work) for _, work in pairs],
    }
    return dump_yaml(data)


def _written(work: Work) -> dict[str, Any]:
    date, page = work.date(), work.text("page")
    first, _, last = page.partition("–" if "–" in page else "-")
    language = work.text("language").lower().partition("-")[0]
    entry: dict[str, Any] = {
        "type": _FROM_CSL.get(work.type, "generic"),
        "title": work.title or work.text("URL") or _UNTITLED,
        # The schema asks for authors.
        "authors": [_person(name) for name in work.names("author") or work.names("editor")] or [{"name": _UNKNOWN}],
        "editors": [_person(name) for name in work.names("editor")] if work.names("author") else [],
        "translators": [_person(name) for name in work.names("translator")],
        "journal": work.text("container-title") if work.type.startswith("article") else "",
        "abbreviation": work.text("container-title-short"),
        "collection-title": "" if work.type.startswith("article") else work.text("container-title"),
        "conference": {"name": work.text("event-title")} if work.text("event-title") else {},
        "volume": work.text("volume"),
        "issue": work.text("issue"),
        "number": work.text("number") or work.text("article-number"),
        "number-volumes": work.text("number-of-volumes"),
        "section": work.text("chapter-number"),
        "start": first,
        "end": last,
        "pages": work.text("number-of-pages"),
        "year": date.year,
        "month": date.month,
        "date-published": _day(date),
        "year-original": work.date("original-date").year,
        "date-accessed": _day(work.date("accessed")),
        "publisher": _filled({"name": work.text("publisher"), "city": work.text("publisher-place")}),
        "location": {"name": work.text("event-place")} if work.text("event-place") else {},
        "edition": work.text("edition"),
        "version": work.text("version"),
        "doi": work.text("DOI"),
        "isbn": work.text("ISBN").partition(",")[0],
        "issn": work.text("ISSN").partition(",")[0],
        "url": work.text("URL"),
        "pmcid": work.text("PMCID") if _CENTRAL.fullmatch(work.text("PMCID")) else "",
        "thesis-type": work.text("genre") if work.type == "thesis" else "",
        "languages": [language] if _LANGUAGE.fullmatch(language) else [],
        "keywords": list(dict.fromkeys(word.strip() for word in work.text("keyword").split(",") if word.strip())),
        "abstract": work.text("abstract"),
        "notes": work.text("note"),
    }
    return {name: value for name, value in entry.items() if value}


def _filled(entity: dict[str, str]) -> dict[str, str]:
    """An entity with its filled parts; none without a name, which the schema asks for."""
    return {part: value for part, value in entity.items() if value} if entity["name"] else {}


def _day(date: PartialDate) -> str:
    return f"{date.year:04d}-{date.month:02d}-{date.day:02d}" if date.year and date.month and date.day else ""


def _person(name: Name) -> dict[str, str]:
    if name.literal or not name.family:
        return {"name": name.literal or name.given}
    person = {
        "family-names": name.family,
        "given-names": name.given,
        "name-particle": name.non_dropping_particle or name.dropping_particle,
        "name-suffix": name.suffix,
    }
    return {part: value for part, value in person.items() if value}
