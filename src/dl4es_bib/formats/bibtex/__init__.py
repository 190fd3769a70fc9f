"""BibTeX and biblatex entries, to and from Work.

:func:`to_entry` writes either dialect, :func:`from_entry` reads both. What classic BibTeX styles do not
know (``@online``, ``@dataset``, ``@software``, dates, eprints) is written as they can print it.
"""

from __future__ import annotations

import re

from dl4es_bib.formats.bibtex import biblatex
from dl4es_bib.formats.bibtex.classic_dates import classic_date
from dl4es_bib.formats.bibtex.entry import Dialect, EntryFields, in_encoding, writable_url
from dl4es_bib.formats.bibtex.read import TYPES, from_entry
from dl4es_bib.formats.bibtex.write import FieldWriter
from dl4es_bib.formats.latex import Target
from dl4es_bib.model.work import Work

__all__ = ["TYPES", "Dialect", "EntryFields", "from_entry", "in_encoding", "to_entry"]


def to_entry(work: Work, dialect: Dialect = "biblatex", *, target: Target = "pdflatex") -> EntryFields:
    """Write a work as an entry.

    Arguments:
        work: the record; variables without a BibTeX field are left out.
        dialect: ``biblatex`` uses its types and fields, ``bibtex`` those of the classic styles.
        target: which TeX will set it, see :func:`~dl4es_bib.formats.latex.to_latex`.
    """
    if dialect == "biblatex":
        return biblatex.to_entry(work, target=target)
    return _classic(work, target)


def _classic_type(work: Work) -> str:
    has_container = bool(work.text("container-title"))
    match work.type:
        case "article-journal" | "article-magazine" | "article-newspaper" | "review" | "review-book":
            return "article" if has_container else "misc"
        case "book":
            return "book"
        case "chapter" | "entry-encyclopedia" | "entry-dictionary" | "entry":
            return "incollection" if has_container else "misc"
        case "paper-conference":
            return "inproceedings" if has_container else "misc"
        case "thesis":
            is_master = re.search(r"master|magister|diplom", work.text("genre"), re.I)
            return "mastersthesis" if is_master else "phdthesis"
        case "report" | "standard":
            return "techreport"
        case "pamphlet":
            return "booklet"
        case "manuscript":
            return "unpublished"
    return "misc"


def _classic(work: Work, target: Target) -> EntryFields:
    entry_type = _classic_type(work)
    writer = FieldWriter(work, target)
    writer.names("author").names("editor").names("translator")
    writer.title()
    if entry_type == "article":
        writer.text("journal", "container-title").text("volume")
        writer.text("number", "issue").pages().text("eid", "article-number")
        if not work.text("page") and work.text("article-number"):
            # Classic styles know no eid; without pages they would not print the number at all.
            writer.add("pages", writer.encoded("article-number"))
        writer.text("publisher")
    elif entry_type in ("incollection", "inproceedings"):
        writer.text("booktitle", "container-title").text("series", "collection-title").text("volume")
        if not work.text("volume"):
            writer.text("number", "collection-number")
        writer.text("edition").text("chapter", "chapter-number").pages().text("eid", "article-number")
        writer.text("publisher").text("address", "publisher-place").text("address", "event-place")
    elif entry_type in ("phdthesis", "mastersthesis"):
        writer.text("type", "genre").text("school", "publisher").text("address", "publisher-place")
    elif entry_type == "techreport":
        writer.text("type", "genre").text("number").text("institution", "publisher")
        writer.text("address", "publisher-place").text("version").pages()
    elif entry_type == "book":
        writer.text("series", "collection-title").text("volume")
        if not work.text("volume"):
            writer.text("number", "collection-number")
        writer.text("edition").text("publisher").text("address", "publisher-place").pages()
    else:
        writer.text("volume").text("version").pages()
        writer.text("publisher").text("number").text("address", "publisher-place")
    if not (work.names("author") or work.names("editor")):
        # What the classic styles sort and label by when there is no name.
        writer.add("key", writer.encode(" ".join(work.title.split()[:4])))
    _classic_date(work, writer)
    writer.text("isbn", "ISBN").text("issn", "ISSN")
    if entry_type == "misc":
        _how_published(work, writer)
    writer.doi().eprint("eprint", "archiveprefix", "primaryclass").url()
    _classic_note(work, writer)
    writer.accessed().language().text("keywords", "keyword").text("abstract").text("annote")
    return writer.entry(entry_type)


def _classic_date(work: Work, writer: FieldWriter) -> None:
    date = work.date()
    said = classic_date(biblatex.iso_date(date))
    if said is None:
        writer.add("year", writer.encode(date.raw) if date.year is None else str(date.year))
        return
    for name, source in said.fields.items():
        if source.startswith("{"):
            writer.add(name, source[1:-1])
        else:
            writer.macro(name, source)


def _how_published(work: Work, writer: FieldWriter) -> None:
    address = work.text("URL") or (work.doi.link if work.doi else "")
    # \url is verbatim in the document, but in a .bib file % and # stand in an argument: both are allowed
    # there by the url package; a backslash or an unmatched brace is not.
    container = writer.encoded("container-title")
    if address and "\\" not in address:
        link = "\\url{" + writable_url(address) + "}"
        writer.add("howpublished", f"{container}, {link}" if container else link)
    else:
        writer.add("howpublished", container).text("howpublished", "medium")


def _classic_note(work: Work, writer: FieldWriter) -> None:
    if work.type == "dataset":
        writer.add("note", "Data set")
    elif work.type == "software":
        writer.add("note", "Computer software")
    elif work.text("arxiv") and not work.text("container-title"):
        writer.add("note", f"arXiv:{writer.encoded('arxiv')}")
    elif work.type == "article":
        writer.add("note", "Preprint")
    writer.text("note")
    if work.type == "manuscript":
        writer.add("note", "Unpublished manuscript")
