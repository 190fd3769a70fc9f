"""Entries of BibTeX and biblatex → Work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.bibtex.classic_dates import edtf_date
from dl4es_bib.formats.bibtex.entry import MONTHS, verbatim
from dl4es_bib.formats.bibtex.languages import tag_of
from dl4es_bib.formats.bibtex.names import has_others, parse_names
from dl4es_bib.formats.bibtex.pages import page_range
from dl4es_bib.formats.latex import to_markup, to_unicode
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.richtext import RICH_VARIABLES, plain
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.reading_order import without_capitals

#: Entry type → CSL type (biblatex manual §2.1; BibTeX's own types are among them).
TYPES: Final = {
    "article": "article-journal",
    "suppperiodical": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "bookinbook": "chapter",
    "suppbook": "chapter",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "dataset": "dataset",
    "software": "software",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "manual": "report",
    "unpublished": "manuscript",
    "patent": "patent",
    "periodical": "periodical",
    "standard": "standard",
    "letter": "personal_communication",
    "image": "graphic",
    "artwork": "graphic",
    "audio": "song",
    "music": "song",
    "movie": "motion_picture",
    "video": "motion_picture",
    "performance": "performance",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "treaty",
    "review": "review",
    "misc": "document",
}
_NOTE_TYPES: Final = {
    "data set": "dataset",
    "dataset": "dataset",
    "computer software": "software",
    "software": "software",
    "preprint": "article",
}
_GENRES: Final = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
}
#: biblatex's keys of a state of publication (manual §4.9.2.11), as they are printed.
PUBLICATION_STATES: Final = {
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "pre-published",
}
_PREPRINT_TYPES: Final = frozenset(("", "article-journal", "document", "webpage", "manuscript"))

#: Field → CSL variable, where the value is plain text. The first field that is filled wins.
TEXT_VARIABLES: Final = {
    "journaltitle": "container-title",
    "journal": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "edition": "edition",
    "chapter": "chapter-number",
    "part": "part-number",
    "pagetotal": "number-of-pages",
    "numpages": "number-of-pages",
    "eid": "article-number",
    "articleno": "article-number",
    "article-number": "article-number",
    "art_number": "article-number",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "address": "publisher-place",
    "eventtitle": "event-title",
    "venue": "event-place",
    "version": "version",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "pii": "pii",
    "abstract": "abstract",
    "keywords": "keyword",
    "note": "note",
    "annotation": "annote",
    "annote": "annote",
    "library": "call-number",
    "langid": "language",
    "language": "language",
    "pubstate": "status",
    "shorttitle": "title-short",
    "scale": "scale",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
    "issuetitle": "volume-title",
}
NAME_VARIABLES: Final = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "holder": "author",
    "director": "director",
    "origauthor": "original-author",
}
_EDITOR_TYPES: Final = {
    "editor": "editor",
    "compiler": "compiler",
    "director": "director",
    "organizer": "organizer",
    "producer": "producer",
    "founder": "editor",
    "reviser": "editor",
    "collaborator": "contributor",
}
#: Types of which styles print ``howpublished`` (btxdoc, biblatex manual §2.1.1), and types that nobody knows.
_HOW_PUBLISHED: Final = frozenset("booklet misc online electronic www software dataset manual unpublished".split())
_TITLE_FIELDS = ("title", "subtitle", "titleaddon")
_URL_IN_TEXT = re.compile(r"\\(?:url|path|nolinkurl)\s*\{\s*([^{}\s]+)\s*\}|((?:https?|ftp)://[^\s{}]+)")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_MONTH = re.compile("|".join(MONTHS), re.I)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)-?\d{1,4}(?!\d)")


def from_entry(entry_type: str, fields: Mapping[str, str], source: Source) -> Work:
    """Read an entry of either dialect.

    Arguments:
        entry_type: the type without ``@``; unknown types read as ``document``.
        fields: field name → value as LaTeX source, macros expanded, delimiters taken off. Names are
            compared without regard to case. An inherited field (crossref) must be filled in before.
        source: the source all values get.
    """
    given = {name.lower(): value for name, value in fields.items() if value.strip()}
    entry_type = entry_type.lower()
    csl_type = TYPES.get(entry_type, "document")
    values: dict[str, Value] = {}
    incomplete: set[str] = set()
    for field, variable in NAME_VARIABLES.items():
        role = _EDITOR_TYPES.get(given.get("editortype", "").lower(), variable) if field == "editor" else variable
        if field in given and role not in values:
            values[role] = tuple(map(without_capitals, parse_names(given[field])))
            if has_others(given[field]):
                incomplete.add(role)
    values["title"] = _titles(given, *_TITLE_FIELDS)
    for field, variable in TEXT_VARIABLES.items():
        if field in given and not values.get(variable):
            read = _marked if variable in RICH_VARIABLES else _text
            values[variable] = read(given[field])
    for main, sub in (("journaltitle", "journalsubtitle"), ("booktitle", "booksubtitle")):
        if main in given and sub in given:
            values["container-title"] = _titles(given, main, sub)
    if "addendum" in given:
        # biblatex prints it at the end, behind the note.
        values["note"] = ". ".join(filter(None, (str(values.get("note", "")).rstrip("."), _text(given["addendum"]))))
    if "status" in values:
        values["status"] = PUBLICATION_STATES.get(str(values["status"]).lower(), values["status"])
    if "language" in values:
        values["language"] = tag_of(str(values["language"]))
    values |= _numbers(csl_type, given) | _dates(given) | _addresses(entry_type, given)
    if "pages" in given and (pages := page_range(given["pages"])):
        values["page"] = pages
    if "type" in given:
        text = _text(given["type"])
        values["genre"] = _GENRES.get(text.lower(), text)
    elif entry_type in ("phdthesis", "mastersthesis"):
        values["genre"] = _GENRES[entry_type]
    if csl_type == "book" and "journal" not in given and "journaltitle" not in given:
        # The booktitle of a book is there for those that name it in crossref; neither BibTeX nor biber prints it.
        values.pop("container-title", None)
        if "maintitle" in given and "title" in given:
            values["container-title"] = _titles(given, "maintitle", "mainsubtitle")
    csl_type = _refined(csl_type, given, values)
    return Work.of(csl_type, values, source, et_al="author" in incomplete, others=incomplete - {"author"})


def title_of(fields: Mapping[str, str]) -> str:
    """The title of the work that :func:`from_entry` reads, as plain text, without the rest of the entry."""
    given = {name.lower(): value for name, value in fields.items() if value.strip()}
    return plain(_titles(given, *_TITLE_FIELDS))


def _refined(csl_type: str, given: Mapping[str, str], values: Mapping[str, Value]) -> str:
    """The CSL type after a look at the fields: magazines, preprints, data set as ``@misc`` with a note."""
    subtype = given.get("entrysubtype", "").lower()
    if subtype == "preprint":
        return "article"
    if csl_type == "article-journal" and subtype in ("magazine", "newspaper"):
        return f"article-{subtype}"
    if csl_type == "document":
        note_type = _NOTE_TYPES.get(_text(given.get("note", "")).lower().rstrip("."))
        if note_type:
            return note_type
    has_eprint = bool(values.get("arxiv")) or "eprint" in given
    if has_eprint and csl_type in _PREPRINT_TYPES and not values.get("container-title"):
        return "article"
    if csl_type == "document" and values.get("URL") and not ({"DOI", "publisher"} & set(values)):
        return "webpage"
    return csl_type


def _text(source: str) -> str:
    # No-break and thin spaces are part of the text; line ends and runs of blanks are not.
    return _BLANKS.sub(" ", to_unicode(source)).strip(" ") if source else ""


def _marked(source: str, *, protect: bool = False) -> str:
    """Text with CSL's markup, for variables that may hold it."""
    return _BLANKS.sub(" ", to_markup(source, protect=protect)).strip(" ") if source else ""


def _titles(given: Mapping[str, str], *names: str) -> str:
    """Title and subtitle as one, joined by a colon unless the title ends its own sentence."""
    whole = ""
    for name in names:
        part = _marked(given.get(name, ""), protect=True)
        # A classic entry may say title and subtitle in one and the subtitle once more.
        if part and not whole.endswith(part):
            joint = " " if whole[-1:] in tuple(".?!:;—–") else ". " if name.endswith("addon") else ": "
            whole = whole + joint + part if whole else part
    return whole


def _numbers(csl_type: str, given: Mapping[str, str]) -> dict[str, Value]:
    """``number`` is an issue, the number in a series, or the number of a report or patent."""
    number, issue = (_text(given.get(name, "")) for name in ("number", "issue"))
    number = "" if number.lower() == "n/a" else number
    if csl_type in ("report", "patent", "standard", "legislation", "document", "dataset", "software"):
        return {"number": number, "issue": issue}
    if csl_type in ("book", "chapter", "paper-conference", "thesis", "pamphlet"):
        return {"collection-number": number, "issue": issue}
    return {"issue": number or issue}


def _dates(given: Mapping[str, str]) -> dict[str, Value]:
    dates: dict[str, Value] = {}
    if "date" in given:
        dates["issued"] = _edtf(given["date"])
    else:
        year, month, day = (_text(given.get(name, "")).replace("\u00a0", "~") for name in ("year", "month", "day"))
        whole, original = _classic_dates(year, month, day)
        dates["issued"] = whole if whole is not None else _year_month_day(given)
        if original is not None:
            dates["original-date"] = original
    pairs = (("urldate", "accessed"), ("eventdate", "event-date"), ("origdate", "original-date"))
    for field, variable in pairs:
        if field in given:
            dates[variable] = _edtf(given[field])
    return dates


@lru_cache(maxsize=4096)  # a library has a few hundred years and months
def _classic_dates(year: str, month: str, day: str) -> tuple[PartialDate | None, PartialDate | None]:
    """The date that the fields of classic BibTeX say, and the original one; ``None`` for what they do not say."""
    whole, original = edtf_date(year, month, day)
    if not whole and re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?(?:/\d{4}(?:-\d\d){0,2})?", year):
        whole = year
    return PartialDate.parse(whole) if whole else None, PartialDate.parse(original) if original else None


def _edtf(value: str) -> PartialDate:
    """A biblatex date (EDTF level 1): ``2019-06``, ``2019/2020``, ``2019~``, ``2019-21`` is spring."""
    text = _text(value).replace("\u00a0", "~")
    return PartialDate.parse(re.sub(r"T[\d:.]+(?:Z|[+-]\d\d:\d\d)?", "", text))


def _year_month_day(given: Mapping[str, str]) -> PartialDate:
    year_text = _text(given.get("year", ""))
    year = _YEAR.search(year_text)
    if not year:
        return PartialDate(raw=year_text)
    circa = bool(re.search(r"circa|\bca?\.|\?|~", year_text, re.I))
    month_text = _text(given.get("month", ""))
    named = _MONTH.search(month_text)
    # BibTeX users also write "10~jul", "July 10" or a plain number.
    numbers = [int(number) for number in _DAY.findall(month_text)]
    day = _number(_text(given.get("day", "")), 31)
    month = None
    if named:
        month = MONTHS.index(named.group().lower()) + 1
        day = day or (_number(str(numbers[0]), 31) if numbers else None)
    elif numbers:
        month = _number(str(numbers[0]), 12)
    day = day if month else None
    exact = year_text.strip("[]() ").lstrip("-").isdigit()
    if (before_christ := PartialDate.parse(year_text)).year is not None and before_christ.year < 0:
        return replace(before_christ, month=month, day=day) if month and not before_christ.end else before_christ
    if decade := re.fullmatch(r"(\d{3})0s", year_text):
        return PartialDate.parse(f"{decade[1]}X")
    span = re.fullmatch(r"(\d{4})\s*[-–/]+\s*(\d{4}|\d\d)", year_text)
    if span and len(span[2]) == 2:
        # "2001/02" and "1998-99": only a later year of the same century.
        later = year_text[:2] + span[2]
        span = re.fullmatch(r"(\d{4})/(\d{4})", f"{span[1]}/{later}") if later > span[1] else None
    if span:
        return PartialDate(int(span[1]), month, day, end=PartialDate(int(span[2])))
    until = _MONTH.findall(month_text)[1:]
    if month and until and not day and (last := MONTHS.index(until[0].lower()) + 1) < month:
        return PartialDate(int(year.group()), month, end=PartialDate(int(year.group()) + 1, last), circa=circa)
    return PartialDate(int(year.group()), month, day, circa=circa, raw="" if exact or circa else year_text)


def _number(text: str, largest: int) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= largest else None


def _addresses(entry_type: str, given: Mapping[str, str]) -> dict[str, Value]:
    """DOI, URL and eprint, all verbatim."""
    values: dict[str, Value] = {}
    url = verbatim(given["url"]) if "url" in given else ""
    how = given.get("howpublished", "")
    found = _URL_IN_TEXT.search(how) if how else None
    if found and not url:
        url = verbatim(found.group(1) or found.group(2))
        before = _text(how[: found.start()])
        if before.endswith(",") and not re.match(r"available|online|retrieved|accessed|url", before, re.I):
            values["container-title"] = before.rstrip(", ")
    elif how and not found and entry_type in _HOW_PUBLISHED:
        # The site or series of what has no journal: "Blog of …", "EarthArXiv".
        taken = any(name in given for name in ("journaltitle", "journal", "booktitle"))
        values["medium" if taken else "container-title"] = _text(how)
    doi_text = verbatim(given["doi"]) if "doi" in given else ""
    doi = ids.doi(doi_text) if doi_text else None
    if not doi and not doi_text and re.match(r"https?://(?:dx\.)?doi\.org/", url):
        doi = ids.doi(url)
    if found and doi and ids.doi(url) == doi:
        url = ""  # the address of a data set in a classic entry is its DOI once more
    if doi or doi_text:
        values["DOI"] = doi.written or doi.value if doi else doi_text
    kind = _text(given.get("eprinttype", given.get("archiveprefix", ""))).lower()
    eprint = verbatim(given["eprint"]) if "eprint" in given else ""
    arxiv = ids.arxiv(eprint) if eprint and kind in ("", "arxiv") else None
    if arxiv:
        values["arxiv"] = arxiv.value + arxiv.version
        values["arxiv-class"] = _text(given.get("eprintclass", given.get("primaryclass", "")))
    elif eprint and kind in ("pubmed", "pmid"):
        values["PMID"] = eprint
    elif eprint and kind:
        values["archive"] = _text(given.get("eprinttype", given.get("archiveprefix", "")))
        values["archive_location"] = eprint
    if url:
        values["URL"] = url
    return values
