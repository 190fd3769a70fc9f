"""RIS, to and from Work (Research Information Systems format, 2011 specification).

A record runs from ``TY`` to ``ER``; each line is a two-letter tag, two blanks, a hyphen, a blank and the
value. The reader also takes one blank, missing ``ER`` lines and values that run over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.reading_order import reading_order

#: RIS type → CSL type.
TYPES: Final = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "ABST": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "DATA": "dataset",
    "AGGR": "dataset",
    "DBASE": "dataset",
    "COMP": "software",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "PAT": "patent",
    "STAND": "standard",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "SOUND": "song",
    "MUSIC": "song",
    "MAP": "map",
    "FIGURE": "figure",
    "ART": "graphic",
    "SLIDE": "speech",
    "CASE": "legal_case",
    "STAT": "legislation",
    "BILL": "bill",
    "SER": "periodical",
    "PAMP": "pamphlet",
    "PCOMM": "personal_communication",
    "PREPRINT": "article",
    "GEN": "document",
}
_FROM_CSL: Final = {csl: ris for ris, csl in reversed(TYPES.items())} | {
    "article": "UNPB",
    "review": "JOUR",
    "review-book": "JOUR",
    "entry": "ENCYC",
    "post": "ELEC",
    "": "GEN",
}
_NAMES: Final = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor", "A3": "collection-editor",
                 "A4": "translator", "TA": "translator"}  # fmt: skip
#: Tag → variable for plain text; the first tag of a variable that is filled wins.
_TEXT: Final = {
    "TI": "title",
    "T1": "title",
    "CT": "title",
    "ST": "title-short",
    "T2": "container-title",
    "JF": "container-title",
    "JO": "container-title",
    "BT": "container-title",
    "JA": "container-title-short",
    "J2": "container-title-short",
    "J1": "container-title-short",
    "T3": "collection-title",
    "VL": "volume",
    "VO": "volume",
    "IS": "issue",
    "CP": "issue",
    "ET": "edition",
    "PB": "publisher",
    "CY": "publisher-place",
    "PP": "publisher-place",
    "AB": "abstract",
    "N2": "abstract",
    "N1": "note",
    "LA": "language",
    "M3": "genre",
    "C7": "article-number",
    "NV": "number-of-volumes",
    "DB": "archive",
    "CN": "call-number",
}
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LINE = re.compile(r"([A-Z][A-Z0-9]|DOI) {0,2}-(?: (.*)|)$")
#: Tags whose values are lists: each line under them is a value of its own.
_LISTS: Final = frozenset({"KW"})
#: What some exports write where a note or a kind of work belongs.
_IDENTIFIER_LINE = re.compile(r"\s*(?:doi|https?://(?:dx\.)?doi\.org/|arxiv|pmid|pmcid)\s*:?\s*\S+\s*$", re.I)
_HAS_DIGIT = re.compile(r"\d")
_BOOKS: Final = frozenset({"book", "thesis", "report", "pamphlet"})
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
        if value:
            tags.setdefault(tag, []).append(value)
    kind = TYPES.get(tags.get("TY", [""])[0].upper(), "document")
    values: dict[str, Value] = {}
    for tag, variable in _NAMES.items():
        held = values.get(variable)
        read = tuple(name for text in tags.get(tag, ()) if (name := _name(text)))
        values[variable] = (held if isinstance(held, tuple) else ()) + read
    _move_identifiers(tags)
    _sort_journal_names(tags)
    # BT is the title of a whole book, and the container of its parts.
    if kind == "book" and "TI" not in tags and "T1" not in tags and "BT" in tags:
        tags["TI"] = tags.pop("BT")
    for tag, variable in _TEXT.items():
        if tag in tags and not values.get(variable):
            values[variable] = tags[tag][0] if variable not in ("note", "abstract") else " ".join(tags[tag])
    if not values.get("container-title"):
        values["container-title"] = values.pop("container-title-short", "")
    values["keyword"] = ", ".join(tags.get("KW", ()))
    start, end = tags.get("SP", [""])[0], tags.get("EP", [""])[0]
    if kind in _BOOKS and start.isdigit() and not end:
        # The specification has the number of pages of a book here.
        values["number-of-pages"], start = start, ""
    if kind in ("report", "patent", "standard") and not tags.get("M1"):
        values["number"] = values.pop("issue", "")
    values["page"] = f"{start}-{end}" if start and end and start != end and "-" not in start else start or end
    dates = (_date(tags[tag][0]) for tag in ("DA", "PY", "Y1") if tag in tags)
    values["issued"] = max(dates, key=_precision, default=PartialDate())
    if "Y2" in tags:
        values["accessed"] = _date(tags["Y2"][0])
    values |= _identifiers(tags, kind)
    if values.get("arxiv") and kind == "manuscript":
        kind = "article"
    return Work.of(kind, values, source)


def _move_identifiers(tags: dict[str, list[str]]) -> None:
    """Put a DOI that stands as the note or the kind of work where it belongs."""
    for tag in ("M3", "N1"):
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


def _identifiers(tags: dict[str, list[str]], kind: str) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for text in tags.get("DO", []) + tags.get("UR", []) + tags.get("L3", []) + tags.get("LK", []):
        doi = ids.doi(text)
        if doi and "DOI" not in values:
            values["DOI"] = doi.written or doi.value
    urls = [text for tag in ("UR", "LK", "L1", "L2") for text in tags.get(tag, ())]
    addresses = [text for text in dict.fromkeys(urls) if ids.url(text) and not ids.doi(text)]
    values["URL"] = addresses[0] if addresses else ""
    rest = [text for text in dict.fromkeys(urls) if text != values["URL"] and not ids.doi(text)]
    if rest:
        # CSL has one address; the others (full text, attached files) are kept where nothing prints them.
        values["annote"] = "; ".join(rest)
    if "DOI" not in values and "DO" in tags:
        values["DOI"] = tags["DO"][0]
    isbns: list[str] = []
    issns: list[str] = []
    for text in tags.get("SN", ()):
        # "1234-5679 (Electronic) 0000-0000 (Linking)"; what has no digit is no number.
        for part in filter(_HAS_DIGIT.search, re.split(r"[;,]|\([^()]*\)|\s(?=97[89]|\d{4}-)", text)):
            if ids.isbn(part):
                isbns.append(part.strip())
            elif part.strip():
                (isbns if kind in ("book", "chapter") and not ids.issn(part) else issns).append(part.strip())
    values["ISBN"], values["ISSN"] = ", ".join(isbns), ", ".join(issns)
    for text in tags.get("AN", []) + tags.get("M1", []):
        if (pubmed := re.fullmatch(r"\s*PMID\s*:?\s*(\d+)\s*", text, re.I)) is not None:
            values["PMID"] = pubmed[1]
            continue
        arxiv = ids.arxiv(text) if "arxiv" in text.lower() else None
        if arxiv:
            values["arxiv"] = arxiv.value + arxiv.version
        elif text in tags.get("M1", ()) and kind in ("report", "patent", "standard"):
            values["number"] = text
    return values


def _name(text: str) -> Name | None:
    """``Family, Given, Suffix``; without a comma the name is in reading order."""
    parts = [part.strip() for part in _INVISIBLE.sub("", text).strip(", ").split(",", 2)]
    if len(parts) == 1:
        return (reading_order(parts[0]) or None) if parts[0] else None
    return Name(family=parts[0], given=parts[1], suffix=parts[2] if len(parts) > 2 else "")


def _date(text: str) -> PartialDate:
    """``YYYY/MM/DD/other``, each part after the year may be empty."""
    match = _DATE.match(text.strip())
    if not match:
        return PartialDate.parse(text)
    year, month, day, _ = match.groups()
    return PartialDate.from_parts([part for part in (year, month, day) if part] if month else [year])


def _precision(date: PartialDate) -> int:
    return sum(part is not None for part in (date.year, date.month, date.day))


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """A RIS file of (id, work) pairs; lines end in CR LF as the specification asks."""
    return "\r\n".join(line for id, work in works for line in (*_lines(id, work), "")) + ("\r\n" if works else "")


def _lines(id: str, work: Work) -> Iterator[str]:
    def line(tag: str, value: str) -> Iterator[str]:
        value = " ".join(_INVISIBLE.sub("", value).split())
        if value:
            yield f"{tag}  - {value}"

    yield f"TY  - {_ris_type(work)}"
    for tag, variable in (
        ("AU", "author"),
        ("ED", "editor"),
        ("A3", "collection-editor"),
        ("A4", "translator"),
    ):
        for name in work.names(variable):
            yield from line(tag, _written(name))
    seen = set()
    for tag, variable in _TEXT.items():
        if variable not in seen and tag not in ("CT", "N2"):
            seen.add(variable)
            yield from line(tag, work.text(variable))
    first, _, last = _INVISIBLE.sub("", work.text("page")).lstrip("- ").partition("-")
    yield from line("SP", first or (work.text("number-of-pages") if work.type in _BOOKS else ""))
    yield from line("EP", last)
    date = work.date()
    if date.year is not None:
        yield from line("PY", f"{date.year:04d}")
        if date.month:
            yield from line("DA", f"{date.year:04d}/{date.month:02d}/{f'{date.day:02d}' if date.day else ''}/")
    else:
        yield from line("PY", date.raw)
    yield from line("DO", work.text("DOI"))
    yield from line("UR", work.text("URL"))
    for variable in ("ISBN", "ISSN"):
        for number in work.text(variable).split(","):
            yield from line("SN", number)
    yield from line("M1", work.text("number"))
    yield from line("AN", f"arXiv:{work.text('arxiv')}" if work.text("arxiv") else "")
    for keyword in work.text("keyword").split(","):
        yield from line("KW", keyword)
    accessed = work.date("accessed")
    if accessed.year is not None:
        yield from line("Y2", str(accessed).replace("-", "/"))
    yield from line("ID", id)
    yield "ER  - "


def _ris_type(work: Work) -> str:
    if work.type == "book" and work.names("editor") and not work.names("author"):
        return "EDBOOK"
    return _FROM_CSL.get(work.type, "GEN")


def _written(name: Name) -> str:
    if name.literal:
        return name.literal.replace(",", " ")
    particles = f"{name.dropping_particle} {name.non_dropping_particle}".strip()
    family = f"{particles} {name.family}".strip()
    if not family:
        return name.given
    return ", ".join([family, name.given, name.suffix] if name.suffix else [family, name.given]).rstrip(", ")
