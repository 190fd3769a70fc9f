"""Which CSL item type a reference describes, from the fields it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference.rules.dates import DAY_AND_MONTH, MONTH
from dl4es_bib.read.reference.rules.memory import remembered
from dl4es_bib.read.reference.rules.words import MEETING, MEETING_JOURNAL, THESIS

#: A DOI whose suffix holds an ISBN and a part names a chapter (``10.1142/9789811218842_0007``).
_ISBN_PART: Final = re.compile(
    r"10\.\d{4,9}/(?:[bBmM]:?|ISBN)?97[89][\d-]{10,13}(?:[._/-](?:ch(?:apter)?|c|p)?-?\d{1,4})$",
    re.I,
)
_DATASET: Final = re.compile(r"\[?\bdata ?set\b|\bzenodo\b.{0,30}\[data|\bdryad\b|\bpangaea\b", re.I)
_SOFTWARE: Final = re.compile(r"\[?(?:computer )?software\b\]|\br package\b|\bpython package\b", re.I)
_PREPRINT: Final = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|socarxiv|preprints?|osf|eartharxiv|essoar)\b",
    re.I,
)

#: The number of a standard: "ISO 9001", "IEEE Std 802.3", "DIN EN 12345", "ГОСТ 7.1".
_STANDARD: Final = re.compile(
    r"\b(?:(?:ISO|IEC|DIN|EN|ASTM|ANSI|BS|NF|UNE|UNI|CEN|ETSI|JIS|ГОСТ|GOST)(?:[/\s-](?:IEC|IEEE|EN|ISO|TS|TR|Р|R)){0,4}"
    r"(?:\s(?:standard|norm)(?:\sno\.?)?)?\s?[A-Z]?\d|IEEE\sStd\.?\s\d|ITU-[TR]\s[A-Z]+\.\d)",
)
#: What was spoken and not printed.
_SPOKEN: Final = re.compile(
    r"\b(?:(?:paper|poster|talk|lecture|work)\s)?presented\s(?:at|to)\b"
    r"|\[(?:paper|conference|poster|oral)\s(?:presentation|session)\]"
    r"|\[poster\]|\b(?:invited|keynote|plenary|contributed)\s(?:talk|lecture|address|presentation)\b|\btalk\s(?:given\s)?at\b"
    r"|\blecture\s(?:given\s)?at\b|\bconference presentation\b|\bVortrag\b|\bponencia presentada\b"
    r"|\bcommunication présentée\b",
    re.I,
)
#: One of these stands in whatever the pattern before finds.
_SPOKEN_WORDS: Final = (
    "present",
    "session",
    "talk",
    "lecture",
    "poster",
    "address",
    "vortrag",
    "ponencia",
    "communication",
)
_NEWSPAPER: Final = re.compile(
    r"\b(?:times|post|herald|tribune|gazette|guardian|telegraph|chronicle|courier|daily|newspaper|sun|observer|zeitung"
    r"|monde|figaro|libération|mundo|país|stampa|repubblica|corriere|folha|estado|wyborcza|правда|известия)\b",
    re.I,
)
_DAY: Final = re.compile(
    rf"{DAY_AND_MONTH}|{MONTH}\s\d{{1,2}},?\s(?:19|20)\d\d|\b\d{{1,2}}\.?\s{MONTH}\s(?:19|20)\d\d", re.I
)


#: What GB/T 7714 marks behind a title: "[J]", "[D]", "[EB/OL]".
_MARK_OF_KIND: Final = re.compile(
    r"(?<=\S)\s{0,2}\[(J|M|C|D|R|N|S|P|A|G|EB|DB|CP)(?:/(?:OL|CD|DK|MT))?\](?=\s?[.,:/(\[]|$)"
)
_KINDS_OF_MARKS: Final = {
    "J": "article-journal", "M": "book", "C": "paper-conference", "D": "thesis",
    "R": "report",
    "N": "article-newspaper", "S": "standard", "P": "patent", "A": "chapter", "G": "chapter",
    "EB": "webpage", "DB": "dataset", "CP": "software",
}  # fmt: skip


def _marked(mark: str, fields: Mapping[str, str]) -> str:
    if mark == "J" and _is_meeting(fields.get("container-title", "")):
        return "paper-conference"
    if mark == "M" and fields.get("container-title"):
        return "chapter"
    if mark in ("C", "A", "G") and not fields.get("container-title"):
        return "book"
    return _KINDS_OF_MARKS[mark]


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
    said = text
    if title := fields.get("title", ""):
        text = text.replace(title, " ")  # its words say what the work is about, not what it is
    if "[" in text and (mark := _MARK_OF_KIND.search(text)) is not None:
        return _marked(mark[1], fields)
    container = fields.get("container-title", "")
    genre = fields.get("genre", "").lower()
    if genre and THESIS.search(genre):
        return "thesis"
    if "page" not in fields and "volume" not in fields and _is_spoken(text):
        return "speech"
    # What is the number of a standard itself ("IEEE Std 1234") is no journal.
    unnamed = not container or _STANDARD.match(container) is not None
    if unnamed and ("genre" not in fields or "standard" in genre or "norm" in genre) and _STANDARD.search(said):
        return "standard"
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
        journal = "volume" in fields or "issue" in fields
        return "article-newspaper" if not journal and _is_newspaper(container, text) else "article-journal"
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
    if "preprint" in lower and title:
        return "article"
    if "URL" in fields and "title" in fields:
        return "webpage"
    return ""


def _is_spoken(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _SPOKEN_WORDS) and _SPOKEN.search(text) is not None


def _is_newspaper(container: str, text: str) -> bool:
    return _NEWSPAPER.search(container) is not None and _DAY.search(text) is not None


def is_part_without_title(work: Work) -> bool:
    """Whether a work is cited by its book alone, as Nature has it: "Ode, A. et al. in Book (eds Roe, B.) Ch. 3"."""
    return work.type == "chapter" and not work.title and bool(work.names("author") and work.names("editor"))
