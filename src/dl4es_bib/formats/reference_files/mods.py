"""MODS (Metadata Object Description Schema of the Library of Congress, version 3), read."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from dl4es_bib.disk.safe_xml import XmlError, load_xml
from dl4es_bib.formats.reference_files.record import Read, ReferenceRecord, made, pages, people, written_date
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value

_ROLES: Final = {
    "author": "author", "aut": "author", "creator": "author", "cre": "author", "editor": "editor", "edt": "editor",
    "translator": "translator", "trl": "translator", "": "author",
}  # fmt: skip
_GENRES: Final = (
    ("thes", "thesis"), ("dissertation", "thesis"), ("book chapter", "chapter"), ("chapter", "chapter"),
    ("conference", "paper-conference"), ("proceeding", "paper-conference"), ("report", "report"),
    ("web", "webpage"), ("dataset", "dataset"), ("data set", "dataset"), ("software", "software"),
    ("newspaper", "article-newspaper"), ("article", "article-journal"), ("journal", "article-journal"),
    ("book", "book"), ("map", "map"), ("patent", "patent"),
)  # fmt: skip


def load(text: str, *, file: str = "-") -> Read:
    """The records of a MODS file."""
    try:
        root = load_xml(text, file)
    except XmlError as error:
        return (), (Finding("mods/broken", str(error), Span(file, 1), "Export it again.", "error"),)
    found = [root] if root.tag == "mods" else list(root.iter("mods"))
    return tuple(_record(element, Span(file, 1)) for element in found), ()


def _text(element: ElementTree.Element | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _title(element: ElementTree.Element | None) -> str:
    info = element.find("titleInfo") if element is not None else None
    title, subtitle = _text(info, "title"), _text(info, "subTitle")
    article = _text(info, "nonSort")
    whole = f"{article} {title}".strip()
    return f"{whole}: {subtitle}" if subtitle else whole


def _record(record: ElementTree.Element, span: Span) -> ReferenceRecord:
    host = next((item for item in record.findall("relatedItem") if item.get("type") == "host"), None)
    series = next((item for item in record.findall("relatedItem") if item.get("type") == "series"), None)
    values: dict[str, Value] = dict(_people(record))
    if host is not None:
        values |= {role: names for role, names in _people(host).items() if role == "editor" and role not in values}
    part = (host.find("part") if host is not None else None) or record.find("part")
    origin = record.find("originInfo")
    if origin is None and host is not None:
        origin = host.find("originInfo")
    date = next(
        (
            _text(place, name)
            for place in (origin, part, host.find("originInfo") if host is not None else None)
            for name in ("dateIssued", "date", "copyrightDate", "dateCreated")
            if _text(place, name)
        ),
        "",
    )
    values |= {
        "title": _title(record),
        "container-title": _title(host),
        "container-title-short": _abbreviated(host),
        "number-of-pages": _number_of_pages(_text(record, "physicalDescription/extent")),
        "collection-title": _title(series),
        "volume": _detail(part, "volume"),
        "issue": _detail(part, "issue") or _detail(part, "number"),
        "page": _pages(part),
        "issued": written_date(date),
        "publisher": _text(origin, "publisher"),
        "publisher-place": _text(origin, "place/placeTerm"),
        "edition": _text(origin, "edition"),
        "abstract": _text(record, "abstract"),
        "URL": _text(record, "location/url"),
        "language": _text(record, "language/languageTerm"),
        "note": _text(record, "note"),
        "keyword": ", ".join(text for topic in record.iter("topic") if (text := "".join(topic.itertext()).strip())),
    }
    for place in (record, host):
        for identifier in place.findall("identifier") if place is not None else ():
            kind, text = (identifier.get("type") or "").lower(), "".join(identifier.itertext()).strip()
            variable = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "uri": "URL"}.get(kind)
            if variable and text and not values.get(variable) and not (variable == "DOI" and place is host):
                values[variable] = text
    citation_key = next(
        (_text(item, ".") for item in record.findall("identifier") if item.get("type") in {"citekey", "local"}), ""
    )
    return made(_kind(record, host), values, record.get("ID") or citation_key, span)


def _abbreviated(host: ElementTree.Element | None) -> str:
    for title in host.findall("titleInfo") if host is not None else ():
        if title.get("type") == "abbreviated":
            return _text(title, "title")
    return ""


def _number_of_pages(text: str) -> str:
    """The number of pages of ``xii, 200 p. : ill.``"""
    match = re.search(r"\b(\d{1,5})\s*(?:p|pp|pages|leaves|S|Seiten)\b", text)
    return match[1] if match is not None else ""


def _people(element: ElementTree.Element) -> dict[str, Value]:
    found: dict[str, list[Name]] = {}
    for name in element.findall("name"):
        roles = [" ".join("".join(role.itertext()).split()).lower() for role in name.iter("roleTerm")] or [""]
        variable = next((_ROLES[role] for role in roles if role in _ROLES), "")
        if variable:
            found.setdefault(variable, []).extend(_name(name))
    return {variable: tuple(names) for variable, names in found.items()}


def _name(element: ElementTree.Element) -> tuple[Name, ...]:
    parts: dict[str, list[str]] = {}
    for part in element.findall("namePart"):
        parts.setdefault(part.get("type") or "", []).append(" ".join("".join(part.itertext()).split()))
    if parts.get("family"):
        given, family = " ".join(parts.get("given", ())), " ".join(parts["family"])
        return (Name(family=family, given=given, suffix=" ".join(parts.get("termsOfAddress", ()))),)
    whole = " ".join(parts.get("", ()) or parts.get("given", ()))
    if not whole:
        return ()
    return (Name(literal=whole),) if element.get("type") == "corporate" else people([whole])


def _detail(part: ElementTree.Element | None, kind: str) -> str:
    if part is None:
        return ""
    found = next((detail for detail in part.findall("detail") if detail.get("type") == kind), None)
    return _text(found, "number") or _text(found, "caption")


def _pages(part: ElementTree.Element | None) -> str:
    if part is None:
        return ""
    for extent in part.findall("extent"):
        if extent.get("unit") in {"page", "pages", None}:
            return pages(_text(extent, "start"), _text(extent, "end")) or _text(extent, "list")
    return ""


def _kind(record: ElementTree.Element, host: ElementTree.Element | None) -> str:
    genres = " ".join("".join(genre.itertext()).lower() for genre in record.findall("genre"))
    for word, kind in _GENRES:
        if word in genres:
            return kind
    if host is not None:
        host_genres = " ".join("".join(genre.itertext()).lower() for genre in host.findall("genre"))
        periodical = "periodical" in host_genres or "journal" in host_genres or _text(host, "identifier") == "issn"
        return "article-journal" if periodical or host.find("part/detail") is not None else "chapter"
    return "book" if _text(record, "originInfo/publisher") else "document"
