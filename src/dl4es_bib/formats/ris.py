"""RIS, to and from Work (Research Information Systems format, 2011 specification).

A record runs from ``TY`` to ``ER``; each line is a two-letter tag, two blanks, a hyphen, a blank and the
value. The reader also takes one blank, missing ``ER`` lines and values that run over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.reference_files.record import INVISIBLE, people, written_date
from dl4es_bib.formats.ris_tags import BOOKS, IN_SERIES, TEXT, TYPES, VERSIONED
from dl4es_bib.formats.ris_write import dump
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.richtext import RICH_VARIABLES
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.numbers import without_thousands

__all__ = ["TYPES", "RisItem", "dump", "load"]


_NAMES: Final = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A3": "collection-editor",
                 "A4": "translator", "TA": "translator"}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9]|DOI) {0,2}-(?: (.*)|)$")
#: Tags whose values are addresses or files: what nobody sees in one is no part of it.
_ADDRESSES: Final = frozenset({"DO", "UR", "LK", "L1", "L2", "L3", "L4"})
#: Tags whose values are lists: each line under them is a value of its own.
_LISTS: Final = frozenset({"KW"})
#: What some exports write where a note or a kind of work belongs.
_IDENTIFIER_LINE = re.compile(r"\s*(?:doi|https?://(?:dx\.)?doi\.org/|arxiv|pmid|pmcid)\s*:?\s*\S+\s*$", re.I)
#: What a database says of itself and its record, which is nobody's note: EBSCO, ProQuest, Scopus, Web of Science.
_OF_DATABASE: Final = re.compile(
    r"(?:Accession Number:|Copyright - |Last updated - |Cited By\s?:|Export Date:|Times Cited:|Cited References)", re.I
)
_PUBMED = re.compile(r"\s*+(PMID\s*+:?)?\s*+(\d+)\s*", re.I)
_HAS_NUMBER = re.compile(r"[1-9]")
_DATE = re.compile(r"(\d{1,4})(?:[/-](\d{0,2}))?(?:[/-](\d{0,2}))?(?:/(.*))?$")


@dataclass(frozen=True, slots=True)
class RisItem:
    """One record: the id (``ID`` tag, or empty) and what it describes."""

    id: str
    work: Work
    span: Span


@dataclass(slots=True)
class _Record:
    line: int
    end_line: int
    values: list[tuple[str, str]] = field(default_factory=list)


def load(text: str, *, file: str = "-") -> tuple[tuple[RisItem, ...], tuple[Finding, ...]]:
    """Read a RIS file; what is not RIS becomes a finding with its line, the records around it are kept."""
    findings: list[Finding] = []
    items: list[RisItem] = []
    for record in _records(text, file, findings):
        span = Span(file, record.line, 1, record.end_line)
        id = next((value for tag, value in record.values if tag == "ID"), "")
        items.append(RisItem(id, _work(record, Source("user", file, id, span)), span))
    if not items:
        findings.append(
            Finding("ris/empty", "No RIS record was found (a line that begins with 'TY  - ').",
                    Span(file, 1), severity="error")
        )  # fmt: skip
    return tuple(items), tuple(findings)


def _records(text: str, file: str, findings: list[Finding]) -> Iterator[_Record]:
    def report(code: str, message: str, line: int) -> None:
        findings.append(Finding(code, message, Span(file, line)))

    current: _Record | None = None
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = raw.rstrip()
        match = _LINE.match(line)
        if not match:
            if current and current.values and line:
                tag, value = current.values[-1]
                if tag in _LISTS:
                    current.values.append((tag, line.strip()))
                else:
                    current.values[-1] = (tag, f"{value} {line.strip()}")
                current.end_line = number
            elif line:
                report("ris/stray-line", "A line outside of any record was skipped.", number)
            continue
        tag, value = match.group(1).replace("DOI", "DO"), " ".join((match.group(2) or "").split())
        if tag == "TY":
            if current:
                report("ris/no-end", "A record begins before the one above it was closed by 'ER  - '.", number)
                yield current
            current = _Record(number, number, [(tag, value)])
        elif tag == "ER":
            if current:
                current.end_line = number
                yield current
            current = None
        elif current is None:
            report("ris/no-type", "A record does not begin with 'TY  - '; it is read as a document.", number)
            current = _Record(number, number, [("TY", "GEN"), (tag, value)])
        else:
            current.values.append((tag, value))
            current.end_line = number
    if current:
        report("ris/no-end", "The last record is not closed by 'ER  - '.", current.end_line)
        yield current


def _work(record: _Record, source: Source) -> Work:
    tags: dict[str, list[str]] = {}
    for tag, value in record.values:
        if tag in _ADDRESSES:
            value = INVISIBLE.sub("", value).strip()
        if value:
            tags.setdefault(tag, []).append(value)
    kind = TYPES.get(tags.get("TY", [""])[0].upper(), "document")
    values: dict[str, Value] = {}
    for tag, variable in _NAMES.items():
        held = values.get(variable)
        values[variable] = (held if isinstance(held, tuple) else ()) + people(tags.get(tag, ()))
    _move_identifiers(tags)
    if kind == "patent":
        # The number of a patent stands as its serial number, its owner as a second author.
        if "SN" in tags:
            tags.setdefault("M1", tags.pop("SN"))
        values["publisher"] = "; ".join(tags.pop("A2", []))
        values["editor"] = ()
    _sort_journal_names(tags)
    if kind == "paper-conference":
        values |= _conference(tags)
    # BT is the title of a whole book, and the container of its parts.
    if kind == "book" and "TI" not in tags and "T1" not in tags and "BT" in tags:
        tags["TI"] = tags.pop("BT")
    for tag, variable in TEXT.items():
        if tag in tags and not values.get(variable):
            texts = [text for text in tags[tag] if variable != "note" or not _OF_DATABASE.match(text)]
            text = " ".join(texts if variable in ("note", "abstract") else texts[:1])
            values[variable] = rich(text) if variable in RICH_VARIABLES else plain(text)
    if not values.get("container-title"):
        values["container-title"] = values.pop("container-title-short", "")
    values["keyword"] = ", ".join(tags.get("KW", ()))
    start, end = tags.get("SP", [""])[0], tags.get("EP", [""])[0]
    if kind in BOOKS and start.isdigit() and not end:
        # The specification has the number of pages of a book here.
        values["number-of-pages"], start = start, ""
    if kind in ("report", "patent", "standard") and not tags.get("M1"):
        values["number"] = values.pop("issue", "")
    if kind in VERSIONED and not values.get("version"):
        values["version"] = values.pop("edition", "")
    values["page"] = without_thousands(_pages(start, end))
    values["issued"] = _issued(tags)
    if "Y2" in tags:
        values["accessed"] = _date(tags["Y2"][0])
    values |= _identifiers(tags, kind) | _numbers(tags, kind, values)
    values["annote"] = _annotation(tags, str(values["URL"]))
    if values.get("arxiv") and kind == "manuscript":
        kind = "article"
    return Work.of(kind, values, source)


def _move_identifiers(tags: dict[str, list[str]]) -> None:
    """Put an identifier that stands as a note, a kind of work or a number where it belongs."""
    if "DO" not in tags and ids.doi(tags.get("ID", [""])[0]):
        tags["DO"] = [tags["ID"][0]]
    for tag in ("M3", "N1", "M1", "IS"):
        found = [text for text in tags.get(tag, ()) if _IDENTIFIER_LINE.match(text)]
        if not found:
            continue
        tags[tag] = [text for text in tags[tag] if text not in found]
        if not tags[tag]:
            del tags[tag]
        for text in found:
            target = "DO" if ids.doi(text) else "AN"
            if target == "AN" or not any(ids.doi(text) == ids.doi(known) for known in tags.get("DO", ())):
                tags.setdefault(target, []).append(text)


def _sort_journal_names(tags: dict[str, list[str]]) -> None:
    """Full and short name of a journal: where JO is beside JF or T2 and has another text, JO is the short one."""
    full = tags.get("JF") or tags.get("T2")
    if full and "JO" in tags and tags["JO"] != full:
        tags.setdefault("J2", []).extend(tags["JO"])
        del tags["JO"]
    if full and tags.get("JA") == full:
        del tags["JA"]


def _identifiers(tags: Mapping[str, list[str]], kind: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for text in tags.get("DO", []) + tags.get("UR", []) + tags.get("L3", []) + tags.get("LK", []):
        doi = ids.doi(text)
        if doi and "DOI" not in values:
            values["DOI"] = doi.written or doi.value
    urls = [text for tag in ("UR", "LK", "L1", "L2") for text in tags.get(tag, ())]
    addresses = [text for text in dict.fromkeys(urls) if ids.url(text) and not ids.doi(text)]
    values["URL"] = addresses[0] if addresses else ""
    if "DOI" not in values and "DO" in tags:
        values["DOI"] = tags["DO"][0]
    isbns: list[str] = []
    issns: list[str] = []
    for text in tags.get("SN", ()):
        # "1234-5679 (Electronic) 0000-0000 (Linking)"; what has no digit is no number.
        for part in filter(_HAS_NUMBER.search, re.split(r"[;,]|\([^()]*\)|\s(?=97[89]|\d{4}-)", text)):
            if ids.isbn(part):
                isbns.append(part.strip())
            elif part.strip():
                (isbns if _meant_for_isbn(part, kind) else issns).append(part.strip())
    values["ISBN"], values["ISSN"] = ", ".join(isbns), ", ".join(issns)
    for text in tags.get("AN", []) + tags.get("M1", []):
        arxiv = ids.arxiv(text) if "arxiv" in text.lower() else None
        if arxiv:
            values["arxiv"] = arxiv.value + arxiv.version
        elif (pubmed := _PUBMED.fullmatch(text)) is not None and (pubmed[1] or _is_pubmed(tags)):
            values["PMID"] = pubmed[2]
        elif text in tags.get("AN", ()) and "DB" in tags:
            values.setdefault("archive_location", text)
    # EndNote's field for the number in PubMed Central.
    central = next((text for text in tags.get("C2", ()) if re.fullmatch(r"PMC\d+", text.strip())), "")
    values["PMCID"] = central
    return values


def _meant_for_isbn(text: str, kind: str) -> bool:
    """Whether a number that is no ISBN by its check digit was meant for one."""
    if len(re.sub(r"\D", "", text)) == 13:
        return True
    return kind in BOOKS | {"chapter"} and not ids.issn(text)


def _is_pubmed(tags: Mapping[str, list[str]]) -> bool:
    return any(re.search(r"pubmed|medline|nlm", text, re.I) for text in tags.get("DB", []) + tags.get("DP", []))


def _conference(tags: dict[str, list[str]]) -> dict[str, Value]:
    """Beside ``C3`` (proceedings) ``T2`` is the conference; beside ``C1`` (publisher) ``CY`` is its place."""
    values: dict[str, Value] = {}
    if "C3" in tags:
        if "T2" in tags and tags["T2"] != tags["C3"]:
            values["event-title"] = tags["T2"][0]
        tags["T2"] = tags["C3"]
    if "C1" in tags:
        if "CY" in tags:
            values["event-place"] = tags["CY"][0]
        tags["CY"] = tags["C1"]
    return values


def _numbers(tags: Mapping[str, list[str]], kind: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """``M1``: the number of a report or patent, of a book in its series, else of an article."""
    text = next((text for text in tags.get("M1", ()) if text.strip("0 ") and not _IDENTIFIER_LINE.match(text)), "")
    if not text or "arxiv" in text.lower() or (_PUBMED.fullmatch(text) and not text.isdigit()):
        return {}
    if kind in IN_SERIES:
        return {"number" if kind == "report" else "collection-number": text}
    if kind in ("article-journal", "article-magazine", "article-newspaper"):
        if not values.get("page") and not values.get("article-number"):
            return {"article-number": text}
        return {} if values.get("issue") else {"issue": text}
    return {"number": text}


def _annotation(tags: Mapping[str, list[str]], address: str) -> str:
    """Further addresses, attached files and research notes: CSL has one address, and nothing prints ``annote``."""
    urls = [text for tag in ("UR", "LK", "L1", "L2", "L4") for text in tags.get(tag, ())]
    rest = [text for text in urls if text != address and not ids.doi(text)]
    own = [text for text in tags.get("N1", ()) if _OF_DATABASE.match(text)]
    return "; ".join(dict.fromkeys([*rest, *tags.get("RN", ()), *own]))


def _pages(start: str, end: str) -> str:
    """First and last page; where a hyphen is part of a page (``3-1``), a dash tells the range."""
    if not start or not end or start == end:
        return start or end
    if "-" not in start:
        return f"{start}-{end}"
    return start if start.endswith(end) else f"{start}–{end}"


def _issued(tags: Mapping[str, list[str]]) -> PartialDate:
    texts = [tags[tag][0] for tag in ("DA", "PY", "Y1") if tag in tags]
    if "DA" in tags and "PY" in tags and not re.search(r"\d{4}", tags["DA"][0]):
        # EndNote writes the day without its year: DA - Dec 14, PY - 2018.
        texts.insert(0, f"{tags['PY'][0]} {tags['DA'][0]}")
    return max(map(_date, texts), key=_precision, default=PartialDate())


def _date(text: str) -> PartialDate:
    """``YYYY/MM/DD/other``, each part after the year may be empty; other text may name a month or season."""
    match = _DATE.match(text.strip())
    if not match:
        named = written_date(text)
        return named if named.year is not None else PartialDate.parse(text)
    year, month, day, other = match.groups()
    if not month:
        named = written_date(f"{year} {other}") if other and len(year) == 4 else PartialDate()
        return named if named.month or named.season else PartialDate.from_parts([year])
    return PartialDate.from_parts([part for part in (year, month, day) if part])


def _precision(date: PartialDate) -> int:
    return sum(part is not None for part in (date.year, date.month or date.season, date.day))
