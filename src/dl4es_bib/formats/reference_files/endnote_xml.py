"""EndNote's XML, to and from works."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from dl4es_bib.disk.safe_xml import XmlError, load_xml
from dl4es_bib.formats.reference_files.endnote_tagged import TYPES
from dl4es_bib.formats.reference_files.record import (
    Read,
    ReferenceRecord,
    full_range,
    made,
    pages_of_whole,
    people,
    serial_numbers,
    written_date,
)
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value, Work

#: EndNote's numbers of reference types, as its XML wants them beside the names.
_NUMBERS: Final = {
    "Journal Article": 17, "Book": 6, "Book Section": 5, "Conference Paper": 47, "Thesis": 32, "Report": 27,
    "Web Page": 12, "Dataset": 59, "Computer Program": 9, "Patent": 25, "Standard": 58, "Magazine Article": 19,
    "Newspaper Article": 23, "Unpublished Work": 34, "Manuscript": 36, "Edited Book": 28, "Generic": 13,
}  # fmt: skip
_NAME_OF: Final = {
    "article-journal": "Journal Article", "article-magazine": "Magazine Article", "book": "Book",
    "article-newspaper": "Newspaper Article", "chapter": "Book Section", "paper-conference": "Conference Paper",
    "thesis": "Thesis", "report": "Report", "webpage": "Web Page", "dataset": "Dataset",
    "software": "Computer Program", "patent": "Patent", "standard": "Standard", "article": "Unpublished Work",
    "manuscript": "Manuscript",
}  # fmt: skip


def load(text: str, *, file: str = "-") -> Read:
    """The records of an EndNote XML file."""
    try:
        root = load_xml(text, file)
    except XmlError as error:
        return (), (Finding("endnote/broken", str(error), Span(file, 1), "Export it again.", "error"),)
    records = [element for element in root.iter("record") if len(element)]
    # The element tree keeps no lines: a record is found again by its order in the text.
    lines, position = [], 0
    for _ in records:
        position = text.find("<record", position) + 1
        while position and text[position + 6 : position + 7] not in " >\n\t/":
            position = text.find("<record", position) + 1
        lines.append(text.count("\n", 0, max(position, 0)) + 1 if len(records) < 2_000 else 1)
    return tuple(_record(record, Span(file, line)) for record, line in zip(records, lines, strict=True)), ()


def _text(record: ElementTree.Element, path: str) -> str:
    element = record.find(path)
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _texts(record: ElementTree.Element, path: str) -> list[str]:
    return [text for element in record.findall(path) if (text := " ".join("".join(element.itertext()).split()))]


def _record(record: ElementTree.Element, span: Span) -> ReferenceRecord:
    reference_type = record.find("ref-type")
    name = (reference_type.get("name") or "") if reference_type is not None else ""
    kind = TYPES.get(name.lower(), "document")
    number = _text(record, "number")
    journal = kind.startswith("article")
    values: dict[str, Value] = {
        "author": people(_texts(record, "contributors/authors/author")),
        "editor": people(_texts(record, "contributors/secondary-authors/author")) if not journal else (),
        "collection-editor": people(_texts(record, "contributors/tertiary-authors/author")),
        "translator": people(_texts(record, "contributors/translated-authors/author")),
        "title": _text(record, "titles/title"),
        "title-short": _text(record, "titles/short-title"),
        "container-title": _text(record, "periodical/full-title") or _text(record, "titles/secondary-title"),
        "container-title-short": _text(record, "periodical/abbr-1") or _text(record, "titles/alt-title"),
        "collection-title": _text(record, "titles/tertiary-title"),
        "volume": _text(record, "volume"),
        "issue": number if journal or kind in {"paper-conference", "chapter"} else "",
        "number": "" if journal or kind in {"paper-conference", "chapter"} else number,
        "page": full_range(_text(record, "pages")),
        "edition": _text(record, "edition"),
        "issued": _date(record),
        "publisher": _text(record, "publisher"),
        "publisher-place": _text(record, "pub-location"),
        "genre": _text(record, "work-type") if kind in {"thesis", "report"} else "",
        "DOI": _text(record, "electronic-resource-num"),
        "URL": _text(record, "urls/related-urls/url") or _text(record, "urls/web-urls/url"),
        "abstract": _text(record, "abstract"),
        "keyword": ", ".join(_texts(record, "keywords/keyword")),
        "language": _text(record, "language"),
        "note": _text(record, "notes"),
        "annote": _text(record, "research-notes"),
        "number-of-volumes": _text(record, "num-vols"),
        "call-number": _text(record, "call-num"),
        "article-number": _text(record, "custom7") if journal else "",
        "PMCID": _pattern(r"PMC\d+", _text(record, "custom2")),
        "PMID": _pattern(r"\d{1,9}", _text(record, "accession-num")) if _is_pubmed(record) else "",
        "accessed": written_date(_text(record, "access-date")),
    }
    values |= pages_of_whole(kind, _text(record, "pages"))
    if kind in {"patent", "report", "standard"} and not number and not ids.isbn(_text(record, "isbn")):
        values["number"] = _text(record, "isbn")
    if kind == "webpage" and re.search(r"\b\d{4}\b", number) and not values["accessed"]:
        # EndNote keeps the day of a visit in the field for the number.
        values |= {"number": "", "accessed": written_date(number)}
    addresses = dict.fromkeys(_texts(record, "urls/related-urls/url") + _texts(record, "urls/web-urls/url"))
    further = [address for address in addresses if address != values["URL"]]
    values["annote"] = "; ".join([text for text in (str(values["annote"]), *further) if text])
    values |= serial_numbers(_texts(record, "isbn"))
    return made(kind, values, _text(record, "label"), span)


def _pattern(pattern: str, text: str) -> str:
    return text if re.fullmatch(pattern, text) else ""


def _is_pubmed(record: ElementTree.Element) -> bool:
    """Whether the accession number is PubMed's: other databases have numbers of their own."""
    source = _text(record, "remote-database-name") + _text(record, "remote-database-provider")
    return not source or re.search(r"pubmed|medline|nlm", source, re.I) is not None


def _date(record: ElementTree.Element) -> Value:
    year, day = _text(record, "dates/year"), _text(record, "dates/pub-dates/date")
    return written_date(day if year and year in day else f"{day} {year}".strip())


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """An EndNote XML file of (key, work) pairs."""
    records = "".join(_written(number, key, work) for number, (key, work) in enumerate(works, 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n{records}</records>\n</xml>\n'


def _written(number: int, key: str, work: Work) -> str:
    name = _NAME_OF.get(work.type, "Generic")
    date = work.date()
    day = f"{date.year:04d}-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "") if date.month else ""
    parts = [
        _element("rec-number", str(number)),
        f'<ref-type name="{name}">{_NUMBERS[name]}</ref-type>',
        _group("contributors", [
            _group("authors", [_element("author", _inverted(person)) for person in work.names("author")]),
            _group("secondary-authors", [_element("author", _inverted(person)) for person in work.names("editor")]),
            _group("tertiary-authors", [
                _element("author", _inverted(person)) for person in work.names("collection-editor")
            ]),
            _group("translated-authors", [_element("author", _inverted(who)) for who in work.names("translator")]),
        ]),
        _group("titles", [
            _element("title", work.title),
            _element("secondary-title", work.text("container-title")),
            _element("alt-title", work.text("container-title-short")),
            _element("tertiary-title", work.text("collection-title")),
            _element("short-title", work.text("title-short")),
        ]),
        _element("pages", work.text("page") or work.text("article-number")),
        _element("volume", work.text("volume")),
        _element("number", work.text("issue") or work.text("number")),
        _element("num-vols", work.text("number-of-volumes")),
        _element("edition", work.text("edition")),
        _group("keywords", [_element("keyword", word.strip()) for word in work.text("keyword").split(",")]),
        _group("dates", [
            _element("year", str(date.year) if date.year is not None else date.raw),
            _group("pub-dates", [_element("date", day)]),
        ]),
        _element("pub-location", work.text("publisher-place")),
        _element("publisher", work.text("publisher")),
        _element("isbn", work.text("ISBN") or work.text("ISSN")),
        _element("label", key),
        _element("work-type", work.text("genre")),
        _element("abstract", work.text("abstract")),
        _element("notes", work.text("note")),
        _element("research-notes", work.text("annote")),
        _element("custom2", work.text("PMCID")),
        _element("custom7", work.text("article-number")),
        _element("accession-num", work.text("PMID")),
        _element("call-num", work.text("call-number")),
        _element("access-date", str(work.date("accessed")) if work.date("accessed").year is not None else ""),
        _group("urls", [_group("related-urls", [_element("url", work.text("URL"))])]),
        _element("electronic-resource-num", work.text("DOI")),
        _element("language", work.text("language")),
    ]  # fmt: skip
    return f"<record>{''.join(parts)}</record>\n"


def _element(name: str, text: str) -> str:
    printable = "".join(char for char in text if char.isprintable() or char in "\n\t")
    return f"<{name}>{escape(printable)}</{name}>" if printable.strip() else ""


def _group(name: str, parts: list[str]) -> str:
    inner = "".join(parts)
    return f"<{name}>{inner}</{name}>" if inner else ""


def _inverted(name: Name) -> str:
    """``Family, Given``; an organisation ends in a comma, as EndNote wants it."""
    if name.literal:
        return f"{name.literal},"
    parts = [name.whole_family, name.given, name.suffix]
    return ", ".join(part for part in parts if part)
