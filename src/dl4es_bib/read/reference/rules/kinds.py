"""Which CSL item type a reference describes, from the fields it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference.rules.memory import remembered
from dl4es_bib.read.reference.rules.words import MEETING, MEETING_JOURNAL

#: A DOI whose suffix holds an ISBN and a part names a chapter (``10.1142/9789811218842_0007``).
_ISBN_PART: Final = re.compile(
    r"10\.\d{4,9}/(?:[bBmM]:?|ISBN)?97[89][\d-]{10,13}(?:[._/-](?:ch(?:apter)?|c|p)?-?\d{1,4})$",
    re.I,
)
_DATASET: Final = re.compile(r"\[?\bdata ?set\b|\bzenodo\b.{0,30}\[data|\bdryad\b|\bpangaea\b", re.I)
_SOFTWARE: Final = re.compile(r"\[?(?:computer )?software\b\]|\br package\b|\bpython package\b", re.I)
_PREPRINT: Final = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|socarxiv|preprint|eartharxiv|essoar)\b",
    re.I,
)

_THESIS: Final = re.compile(r"thesis|dissertation|diss\.|doctorat|phd|arbeit|habilitation|дис\.")


@remembered
def _is_meeting(container: str) -> bool:
    return MEETING.search(container) is not None and MEETING_JOURNAL.search(container) is None


def kind(fields: Mapping[str, str], *, part: bool, editors: bool, text: str) -> str:
    """The type; ``""`` when nothing in the string tells.

    Args:
        fields: CSL variables as text.
        part: the string says "In" before the container.
        editors: editors of the container are named.
        text: the whole reference.
    """
    if title := fields.get("title", ""):
        text = text.replace(title, " ")  # its words say what the work is about, not what it is
    container = fields.get("container-title", "")
    genre = fields.get("genre", "").lower()
    if genre and _THESIS.search(genre):
        return "thesis"
    if container == "arXiv" or ("arxiv" in fields and not container):
        return "article"
    if genre:
        return "report"
    if container and _is_meeting(container):
        numbered = "volume" in fields and "issue" in fields
        return "article-journal" if numbered and not part else "paper-conference"
    if _ISBN_PART.search(fields.get("DOI", "")) and container:
        return "chapter"
    journal = "volume" in fields or "issue" in fields or "article-number" in fields
    if container and (part or editors) and not ("issue" in fields and not editors):
        return "chapter"
    if container and _PREPRINT.search(container):
        return "article"
    if container:
        return "article-journal"
    lower = text.lower()
    if ("data" in lower or "dryad" in lower or "pangaea" in lower) and _DATASET.search(text):
        return "dataset"
    if ("software" in lower or "package" in lower) and _SOFTWARE.search(text):
        return "software"
    publisher = fields.get("publisher", "")
    if _PREPRINT.search(publisher):
        return "article"
    if publisher or "ISBN" in fields or "edition" in fields:
        return "book"
    if journal:
        return "article-journal"
    if "URL" in fields and "title" in fields:
        return "webpage"
    return ""


def is_part_without_title(work: Work) -> bool:
    """Whether a work is cited by its book alone, as Nature has it: "Ode, A. et al. in Book (eds Roe, B.) Ch. 3"."""
    return work.type == "chapter" and not work.title and bool(work.names("author") and work.names("editor"))
