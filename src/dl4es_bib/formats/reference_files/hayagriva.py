"""Hayagriva's YAML, the bibliography format of Typst, to and from works (file format of version 0.9)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, dump_yaml, load_yaml
from dl4es_bib.formats.reference_files.record import Read, ReferenceRecord, kept_findings, made, people, written_date
from dl4es_bib.model.date import PartialDate, edtf_year
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Value, Work

TYPES: Final = {
    "article": "article", "chapter": "chapter", "entry": "entry", "anthos": "chapter", "report": "report",
    "thesis": "thesis", "web": "webpage", "scene": "motion_picture", "artwork": "graphic", "patent": "patent",
    "case": "legal_case", "newspaper": "article-newspaper", "legislation": "legislation", "manuscript": "manuscript",
    "original": "document", "post": "post", "misc": "document", "performance": "performance",
    "periodical": "periodical", "proceedings": "book", "book": "book", "blog": "webpage", "reference": "book",
    "conference": "event", "anthology": "book", "repository": "software", "thread": "post", "video": "motion_picture",
    "audio": "song", "exhibition": "event",
}  # fmt: skip
_FROM_CSL: Final = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "article": "article",
    "paper-conference": "article", "chapter": "chapter", "book": "book", "thesis": "thesis", "report": "report",
    "webpage": "web", "post-weblog": "post", "post": "post", "software": "repository", "dataset": "misc",
    "patent": "patent", "legislation": "legislation", "legal_case": "case", "motion_picture": "video", "song": "audio",
    "entry-encyclopedia": "entry", "entry-dictionary": "entry", "entry": "entry", "manuscript": "manuscript",
    "speech": "misc", "graphic": "artwork", "periodical": "periodical",
}  # fmt: skip
_PARENTS: Final = {
    "article-journal": "periodical", "article-magazine": "periodical", "article-newspaper": "newspaper",
    "paper-conference": "proceedings", "chapter": "book", "post-weblog": "blog", "entry-encyclopedia": "reference",
    "entry-dictionary": "reference", "entry": "reference",
}  # fmt: skip
_SERIAL: Final = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID", "arxiv": "arxiv"}


def load(text: str, *, file: str = "-") -> Read:
    """The records of a hayagriva file."""
    kept: list[tuple[int, str]] = []
    try:
        data = load_yaml(text, file, kept=kept)
    except YamlError as error:
        return (), (Finding("hayagriva/broken", str(error), Span(file, 1), "Mend the line.", "error"),)
    if not isinstance(data, Mapping):
        return (), (Finding("hayagriva/no-entries", "There are no entries.", Span(file, 1), severity="error"),)
    lines = {line.split(":", 1)[0].strip("\"' "): i for i, line in enumerate(text.split("\n"), 1) if line[:1].strip()}
    records, findings = [], []
    for key, entry in data.items():
        span = Span(file, lines.get(str(key), 1))
        if isinstance(entry, Mapping):
            records.append(_record(str(key), entry, span))
        else:
            findings.append(Finding("hayagriva/not-an-entry", f"{str(key)[:60]} is no mapping.", span))
    return tuple(records), (*kept_findings(kept, "hayagriva", file), *findings)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("value", value.get("name"))
    return str(value) if isinstance(value, str | int | float | datetime.date) and not isinstance(value, bool) else ""


def _people(value: object) -> tuple[Name, ...]:
    names: list[Name] = []
    for person in value if isinstance(value, list) else [value]:
        if isinstance(person, Mapping):
            family, given = _text(person.get("name")), _text(person.get("given-name"))
            if family and not given:
                names.append(Name(literal=family))
            elif family:
                prefix, suffix = _text(person.get("prefix")), _text(person.get("suffix"))
                names.append(Name(family=family, given=given, non_dropping_particle=prefix, suffix=suffix))
        elif text := _text(person):
            names += people([text]) if "," in text else [Name(literal=text)]
    return tuple(names)


def _short(title: object) -> str:
    return _text(title.get("short")) if isinstance(title, Mapping) else ""


def _affiliated(value: object, role: str) -> tuple[Name, ...]:
    groups = [group for group in value if isinstance(group, Mapping)] if isinstance(value, list) else []
    return tuple(name for group in groups if group.get("role") == role for name in _people(group.get("names")))


def _record(key: str, entry: Mapping[Any, Any], span: Span) -> ReferenceRecord:
    parents = entry.get("parent")
    parent = parents[0] if isinstance(parents, list) and parents else parents
    host: Mapping[Any, Any] = parent if isinstance(parent, Mapping) else {}
    outer = host.get("parent")
    series: Mapping[Any, Any] = outer if isinstance(outer, Mapping) else {}

    def found(name: str) -> object:
        return next((place[name] for place in (entry, host, series) if place.get(name) is not None), None)

    publisher = found("publisher")
    url = entry.get("url")
    values: dict[str, Value] = {
        "title": _text(entry.get("title")),
        "author": _people(entry.get("author")),
        "editor": _people(found("editor")),
        "translator": _affiliated(found("affiliated"), "translator"),
        "container-title": _text(host.get("title")),
        "container-title-short": _short(host.get("title")),
        "title-short": _short(entry.get("title")),
        "call-number": _text(entry.get("call-number")),
        "collection-title": _text(series.get("title")),
        "issued": written_date(_text(found("date"))),
        "volume": _text(entry.get("volume")) or _text(host.get("volume")),
        "collection-number": _text(series.get("volume")),
        "issue": _text(found("issue")),
        "page": _text(entry.get("page-range")).replace("--", "-"),
        "edition": _text(found("edition")),
        "publisher": _text(publisher) or _text(found("organization")),
        "publisher-place": _text(publisher.get("location"))
        if isinstance(publisher, Mapping)
        else _text(found("location")),
        "URL": _text(url),
        "accessed": written_date(_text(url.get("date"))) if isinstance(url, Mapping) else PartialDate(),
        "abstract": _text(entry.get("abstract")),
        "note": _text(entry.get("note")),
        "genre": _text(entry.get("genre")),
        "language": _text(entry.get("language")),
        "archive": _text(entry.get("archive")),
        "archive_location": _text(entry.get("archive-location")),
        "number-of-pages": _text(entry.get("page-total")),
        "number-of-volumes": _text(found("volume-total")),
    }
    for place in (entry, host):
        serial = place.get("serial-number")
        if isinstance(serial, Mapping):
            for name, variable in _SERIAL.items():
                if (text := _text(serial.get(name))) and not values.get(variable):
                    values[variable] = text
        elif text := _text(serial):
            values.setdefault("number", text)
        for name in ("doi", "isbn", "issn"):
            if (text := _text(place.get(name))) and not values.get(_SERIAL[name]):
                values[_SERIAL[name]] = text
    return made(_kind(entry, host), values, key, span)


def _kind(entry: Mapping[Any, Any], host: Mapping[Any, Any]) -> str:
    kind, parent = _text(entry.get("type")).lower(), _text(host.get("type")).lower()
    if kind == "article":
        by_parent = {
            "proceedings": "paper-conference",
            "conference": "paper-conference",
            "newspaper": "article-newspaper",
        }
        return by_parent.get(parent, "article-journal")
    if kind in {"web", "post"} and parent == "blog":
        return "post-weblog"
    if kind == "entry" and parent == "reference":
        return "entry-encyclopedia"
    return TYPES.get(kind, "document")


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """A hayagriva file of (key, work) pairs."""
    return dump_yaml({key: _written(work) for key, work in works})


def _written(work: Work) -> dict[str, Any]:
    date = work.date()
    serial = {name: work.text(variable) for name, variable in _SERIAL.items() if work.text(variable)}
    translators = [_person(name) for name in work.names("translator")]
    inside = work.type in _PARENTS
    container = work.text("container-title")
    publisher: Any = work.text("publisher")
    if publisher and work.text("publisher-place"):
        publisher = {"name": publisher, "location": work.text("publisher-place")}
    own = {
        "type": _FROM_CSL.get(work.type, "misc"),
        "title": _title(work.title, work.text("title-short")),
        "author": [_person(name) for name in work.names("author")],
        "date": _iso(date),
        "affiliated": [{"role": "translator", "names": translators}] if translators else [],
        "page-total": _number(work.text("number-of-pages")),
        "archive": work.text("archive"),
        "archive-location": work.text("archive_location"),
        "call-number": work.text("call-number"),
        "page-range": work.text("page") or work.text("article-number"),
        "url": _address(work),
        "serial-number": serial,
        "genre": work.text("genre"),
        "note": work.text("note"),
        "language": work.text("language"),
        "abstract": work.text("abstract"),
    }
    outer = {
        "type": _PARENTS.get(work.type, "misc"),
        "title": _title(container, work.text("container-title-short")),
        "volume-total": _number(work.text("number-of-volumes")),
        "volume": _number(work.text("volume")),
        "issue": _number(work.text("issue")),
        "editor": [_person(name) for name in work.names("editor")],
        "edition": _number(work.text("edition")),
        "publisher": publisher,
        "parent": _filled({"type": "anthology", "title": work.text("collection-title")}, "title"),
    }
    if container or (inside and any(outer[name] for name in ("volume", "issue", "publisher"))):
        own["parent"] = {name: value for name, value in outer.items() if value}
    else:
        own |= {name: value for name, value in outer.items() if name not in ("type", "title")}
    return {name: value for name, value in own.items() if value}


def _title(whole: str, short: str) -> Any:
    """A title, beside its short form when there is one."""
    return {"value": whole, "short": short} if whole and short and short != whole else whole


def _filled(data: dict[str, Any], name: str) -> dict[str, Any]:
    return data if data[name] else {}


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and not text.startswith("0") else text


def _iso(date: PartialDate) -> Any:
    if date.year is None or not -9999 < date.year <= 9999:
        return date.raw
    text = edtf_year(date.year)
    if date.month:
        text += f"-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 1000 and not text.startswith("0") else text


def _address(work: Work) -> Any:
    accessed = work.date("accessed")
    if work.text("URL") and accessed.year is not None:
        return {"value": work.text("URL"), "date": _iso(accessed)}
    return work.text("URL")


def _person(name: Name) -> Any:
    if name.literal or not name.given:
        return {"name": name.literal or name.surname}
    particle = name.non_dropping_particle or name.dropping_particle
    if not particle and not name.suffix:
        return f"{name.family}, {name.given}"
    person = {"name": name.family, "given-name": name.given, "prefix": particle, "suffix": name.suffix}
    return {part: value for part, value in person.items() if value}
