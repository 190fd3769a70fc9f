"""Is the record the kind of thing that the text cites: a chapter or the book, the preprint or the paper?"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.numbers import ROMAN_NUMBER, Numbers
from dl4es_bib.works.same import is_preprint
from dl4es_bib.works.words import words

_PREPRINT: Final = re.compile(
    r"(?<!\w)(?:arxiv|e-?prints?|pre-?prints?|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn(?!\selectronic\sjournal)|techrxiv|earthar?xiv|essoar)(?!\w)"
)
# The title, where it stands, is a semicolon in Numbers.text.
_IN_BOOK: Final = re.compile(r"(?:^|[.,;:?!”\"’)]\s?)in:?[\s“\"]+;")
_PAGES_OF: Final = re.compile(r"(?<!\w)pp?\.?\s?\d{1,5}\s?-{1,2}\s?\d{1,5}(?!\w)")
_WHOLE: Final = frozenset({"book", "periodical"})
_PARTS: Final = frozenset({"chapter", "entry", "entry-encyclopedia", "entry-dictionary"})
_BOOK_DOI: Final = re.compile(r"/97[89](?:-?\d){10}$")
_CHAPTER_DOI: Final = re.compile(r"/97[89](?:-?\d){10}[^\d]")
_PROCEEDINGS: Final = re.compile(r"proceedings\b", re.I)
_PUBLISHED: Final = frozenset({"article-journal", "paper-conference", "chapter"})
_EDITION: Final = re.compile(r"(?<!\w)(\d{1,2})(?:st|nd|rd|th|\.)?\s(?:rev\w*\.?\s)?(?:ed|edn|edition|aufl\w*)(?!\w)")
#: Words before the number of a volume, which is part of a title.
_VOLUMES: Final = frozenset("vol volume part pt bd band teil tome tomo book".split())
_NEVER_CITED: Final = {"review": "a peer review", "periodical": "a whole journal or issue"}


def compare_type(citation: Citation, work: Work, numbers: Numbers, container: Evidence) -> Evidence:
    """The evidence of the type; only what speaks against the record is said.

    Arguments:
        citation: the text.
        work: the record.
        numbers: the numbers of the text outside the title.
        container: the evidence of the journal or book.
    """
    if is_book(work) and _names_a_part(citation, numbers):
        return Evidence("type", "contradicts", "the text cites a part of a book, the record is the whole")
    if numbers.names_a_place and (_is_whole(work) or (_is_unplaced(work) and container.verdict != "agrees")):
        return Evidence("type", "contradicts", "the text names pages, the record has neither pages nor a place")
    if _is_whole(work) and citation.authors and not _signed(work) and _PROCEEDINGS.match(work.title):
        return Evidence("type", "contradicts", "the text cites a paper in proceedings, the record is the whole")
    if _is_whole(work) and _goes_on_in_roman(citation, work):
        return Evidence("type", "contradicts", "the text names a Roman page or part, the record is the whole")
    placed = bool(numbers.page_numbers or numbers.volume_numbers)
    says_preprint = (
        citation.has_arxiv
        or bool(_PREPRINT.search(citation.text))
        or any(doi.startswith(("10.48550/arxiv.", "10.1101/", "10.21203/rs.")) for doi in citation.dois)
    )
    if is_preprint(work):
        if placed and not says_preprint:
            return Evidence("type", "contradicts", "the text names volume or pages, the record is a preprint")
        if placed:
            # "Nature 5, 12 (2019), arXiv:1904.00001" cites the paper and says where to read it.
            return Evidence("type", "differs", "the text names volume or pages too, the record is a preprint")
        if says_preprint:
            return Evidence("type", "agrees", "the text and the record are a preprint")
    elif says_preprint and not placed and work.type in _PUBLISHED:
        return Evidence("type", "contradicts", "the text cites the preprint, the record is the published version")
    name = _NEVER_CITED.get(work.type)
    if name and not (work.type == "review" and "review" in citation.text):
        return Evidence("type", "differs", f"the record is {name}")
    if work.text("status") == "retraction notice" and "retract" not in citation.text:
        return Evidence("type", "contradicts", "the record is the notice that retracts another work")
    return Evidence("type", "absent", f"the record is of type {work.type or 'unknown'}")


def is_book(work: Work) -> bool:
    """Whether a record is a whole book or journal: by its type, or because its DOI is an ISBN and nothing more."""
    return work.type in _WHOLE or bool(_BOOK_DOI.search(work.text("DOI")))


def in_book(work: Work) -> bool:
    """Whether a record is a part of a book: by its type, or because its DOI is an ISBN and more (``…-1_7``)."""
    return work.type in _PARTS or bool(_CHAPTER_DOI.search(work.text("DOI")))


def _is_whole(work: Work) -> bool:
    """A record that stands in nothing: a book, whatever its type says."""
    return not work.text("container-title") and _is_unplaced(work)


def _is_unplaced(work: Work) -> bool:
    return not is_preprint(work) and not any(work.text(name) for name in ("volume", "page", "article-number"))


def _goes_on_in_roman(citation: Citation, work: Work) -> bool:
    """Whether a Roman number that the record's title lacks was read as the end of the title (``Lamps at sea ix``)."""
    ours = words(citation.fields.title)
    if len(ours) < 2 or len(ours[-1]) < 2 or ours[-2] in _VOLUMES:
        return False
    return ROMAN_NUMBER.fullmatch(ours[-1]) is not None and ours[-1] not in words(work.title)


def _signed(work: Work) -> bool:
    return bool(work.names("author") or work.names("editor"))


def _names_a_part(citation: Citation, numbers: Numbers) -> bool:
    fields = citation.fields
    if fields.type in ("chapter", "paper-conference") and fields.text("container-title"):
        return True
    return bool(_PAGES_OF.search(numbers.text) or _IN_BOOK.search(numbers.text) or fields.text("page"))


def compare_edition(citation: Citation, work: Work) -> Evidence:
    """Editions of a book are different works with one title."""
    record = re.search(r"\d{1,2}", work.text("edition"))
    stated = re.search(r"\d{1,2}", citation.fields.text("edition")) or _EDITION.search(citation.text)
    if not record or not stated:
        return Evidence("edition", "absent", "an edition is not named by both")
    ours = stated.group(stated.lastindex or 0)
    if ours == record.group():
        return Evidence("edition", "agrees", f"edition {ours}")
    return Evidence("edition", "contradicts", f"edition {ours} in the text, {record.group()} in the record")


def compare_identifier(citation: Citation, work: Work) -> Evidence:
    """The DOI that the text spells out."""
    doi = work.text("DOI").lower()
    if not citation.dois:
        return Evidence("DOI", "absent", "the text gives no DOI")
    if doi in citation.dois:
        return Evidence("DOI", "agrees", f"the text gives the DOI {doi}")
    return Evidence("DOI", "differs", f"the text gives the DOI {min(citation.dois)}, the record has {doi}")
