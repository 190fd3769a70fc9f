"""Work → biblatex entry (biblatex manual §2: types and fields)."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.bibtex.entry import EntryFields
from dl4es_bib.formats.bibtex.read import PUBLICATION_STATES
from dl4es_bib.formats.bibtex.write import FieldWriter
from dl4es_bib.formats.latex import Target
from dl4es_bib.model.date import PartialDate, edtf_year
from dl4es_bib.model.work import Work

#: CSL type → entry type; what is missing here is ``misc``.
_TYPES: Final = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "chapter": "incollection",
    "entry": "inreference",
    "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference",
    "paper-conference": "inproceedings",
    "dataset": "dataset",
    "software": "software",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "article": "online",
    "thesis": "thesis",
    "report": "report",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "patent": "patent",
    "periodical": "periodical",
    "graphic": "image",
    "song": "audio",
    "motion_picture": "video",
    "broadcast": "video",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "standard": "standard",
    "performance": "performance",
    "speech": "unpublished",
    "personal_communication": "letter",
}


_STATES: Final = {words: key for key, words in PUBLICATION_STATES.items()}


def to_entry(work: Work, *, target: Target = "pdflatex") -> EntryFields:
    """Write a work with biblatex's types and fields; dates are ISO 8601, identifiers verbatim."""
    entry_type = _entry_type(work)
    writer = FieldWriter(work, target)
    writer.names("author").names("editor").names("translator")
    writer.names("bookauthor", "container-author")
    writer.title().text("shorttitle", "title-short")
    if entry_type in ("article", "periodical"):
        writer.text("journaltitle", "container-title").text("shortjournal", "container-title-short")
        writer.text("series", "collection-title").text("volume").text("number", "issue")
        if work.type in ("article-magazine", "article-newspaper"):
            writer.add("entrysubtype", work.type.removeprefix("article-"))
    else:
        if work.type == "article" and not work.text("arxiv"):
            writer.add("entrysubtype", "preprint")
        whole = "maintitle" if entry_type in ("book", "collection") else "howpublished"
        writer.text("booktitle" if _is_part(entry_type) else whole, "container-title")
        writer.text("eventtitle", "event-title").text("venue", "event-place")
        writer.text("series", "collection-title").text("volume")
        writer.text("number", "collection-number" if work.text("collection-number") else "number")
    writer.text("edition").text("version").text("chapter", "chapter-number")
    writer.pages().text("eid", "article-number").text("pagetotal", "number-of-pages")
    if entry_type in ("thesis", "report", "patent", "unpublished"):
        writer.add("type", _type_field(work, writer, entry_type))
    writer.text(_publisher_field(entry_type), "publisher").text("location", "publisher-place")
    writer.add("date", iso_date(work.date()))
    if work.date().year is None and not work.date().edtf:
        writer.add("year", writer.encode(work.date().raw))
    state = work.text("status").lower()
    writer.add("pubstate", _STATES[state]) if state in _STATES else writer.text("pubstate", "status")
    writer.text("origtitle", "original-title")
    writer.text("isbn", "ISBN").text("issn", "ISSN")
    writer.doi().eprint("eprint", "eprinttype", "eprintclass").url().accessed()
    writer.text("howpublished", "medium").text("note").language()
    writer.text("keywords", "keyword").text("abstract").text("annotation", "annote")
    return writer.entry(entry_type)


def iso_date(date: PartialDate) -> str:
    """The date as biblatex reads it (EDTF): ``2019-06/2019-07``, seasons 21 to 24, ``~`` for circa."""
    if date.edtf:
        return date.edtf + ("~" if date.circa and "/" not in date.edtf else "")
    if date.year is None:
        return ""
    year = edtf_year(date.year)
    if date.season:
        return f"{year}-{20 + date.season}"
    text = year
    if date.month:
        text += f"-{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    if date.circa:
        text += "~"
    return f"{text}/{iso_date(date.end)}" if date.end and date.end.year is not None else text


def _entry_type(work: Work) -> str:
    entry_type = _TYPES.get(work.type, "misc")
    if entry_type == "book" and work.names("editor") and not work.names("author"):
        return "collection"
    if entry_type in ("article", "incollection", "inproceedings") and not work.text("container-title"):
        return "online" if work.text("URL") and not work.doi else "misc"
    if entry_type == "online" and not (work.text("URL") or work.doi or work.text("arxiv")):
        return "misc"
    return entry_type


def _is_part(entry_type: str) -> bool:
    return entry_type in ("incollection", "inproceedings", "inreference", "inbook")


def _publisher_field(entry_type: str) -> str:
    if entry_type in ("thesis", "report"):
        return "institution"
    return "organization" if entry_type in ("online", "software", "misc") else "publisher"


def _type_field(work: Work, writer: FieldWriter, entry_type: str) -> str:
    genre = work.text("genre")
    if entry_type != "thesis":
        return writer.encoded("genre")
    if not genre or re.search(r"ph\.?\s?d|doctor|dissertation", genre, re.I):
        return "phdthesis"
    if re.search(r"master|magister", genre, re.I):
        return "mathesis"
    return "bathesis" if re.search(r"bachelor", genre, re.I) else writer.encoded("genre")
