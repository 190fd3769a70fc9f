"""What every reader of a reference file gives, and what several of them share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.formats.records.names import inverted_or_group, natural
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.reading_order import with_generation, with_particle

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS: Final = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
#: Two days of a month: ``12-17 May``, ``June 3-5``.
_DAYS: Final = re.compile(r"(?<!\d)\d{1,2}\s?[-–]\s?\d{1,2}(?!\d)")
_WORDS: Final = re.compile(r"[A-Za-z]+|\d+")
#: Characters that nobody sees.
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
#: IEEE writes ``K. -H. Kim``.
_HYPHENATED: Final = re.compile(r"(?<=[^\W\d_]\.) -(?=[^\W\d_])")
_BRACED: Final = re.compile(r"\{([^{}]+)\},?")
_MAX_NAMES: Final = 10_000


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """One record: its id in the file, what it describes, where it begins."""

    id: str
    work: Work
    span: Span


Read = tuple[tuple[ReferenceRecord, ...], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A record of tags and values: the line where it begins, and the values of each tag in order."""

    line: int
    values: Mapping[str, tuple[str, ...]]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that is there."""
        return next((self.values[tag][0] for tag in tags if self.values.get(tag)), "")

    def all(self, *tags: str) -> tuple[str, ...]:
        """All values of these tags, tag by tag."""
        return tuple(value for tag in tags for value in self.values.get(tag, ()))


def tagged_records(
    text: str,
    line_pattern: re.Pattern[str],
    *,
    begins: frozenset[str],
    ends: frozenset[str] = frozenset(),
    lists: frozenset[str] = frozenset(),
) -> Iterator[Tagged]:
    """The records of a format with one tag on each line.

    Arguments:
        text: the file.
        line_pattern: a line with a tag: its groups are tag and value. Any other line goes on with the value before.
        begins: tags that begin a record.
        ends: tags that end one.
        lists: tags of which each further line is a value of its own.
    """
    values: dict[str, list[str]] = {}
    begin, tag = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        match = line_pattern.match(line)
        if match is None:
            if tag in lists and line.strip():
                values[tag].append(line.strip())
            elif tag and line.strip():
                values[tag][-1] = f"{values[tag][-1]} {line.strip()}".strip()
            continue
        new = match[1].strip()
        if (new in begins and values) or new in ends:
            if values:
                yield Tagged(begin, {name: tuple(held) for name, held in values.items()})
            values, tag = {}, ""
            if new in ends:
                continue
        if not values:
            begin = number
        tag = new
        values.setdefault(tag, []).append(match[2].strip())
    if values:
        yield Tagged(begin, {name: tuple(held) for name, held in values.items()})


def people(texts: Iterable[str]) -> tuple[Name, ...]:
    """Names, each written ``Family, Given`` or in reading order.

    A name that ends in a comma is an organisation (EndNote's rule), and so is one in braces.
    """
    names: list[Name] = []
    for text in list(texts)[:_MAX_NAMES]:
        cleaned = _HYPHENATED.sub("-", INVISIBLE.sub("", text)).strip().strip(";").strip()
        braced = _BRACED.fullmatch(cleaned)
        if braced or (cleaned.endswith(",") and "," not in cleaned[:-1]):
            whole = braced[1] if braced else cleaned[:-1]
            names += inverted_or_group(whole.strip(), personal=False)
        elif "," in cleaned.strip(","):
            names += [with_particle(with_generation(name)) for name in inverted_or_group(cleaned.strip(","))]
        else:
            names += natural(cleaned.strip(","))
    return tuple(names)


def written_date(text: str) -> PartialDate:
    """A date as databases write it: ``2018 Aug 10``, ``20180810``, ``2011 Jul-Aug``, ``Spring 2004``, ISO 8601."""
    text = text.strip()
    if re.fullmatch(r"\d{8}", text):
        return PartialDate.from_parts([text[:4], text[4:6], text[6:]])
    if re.search(r"\bB\.?\s?C\b", text, re.I) and (date := PartialDate.parse(text)).year is not None:
        return date
    if re.match(r"-?\d{1,4}(?:-\d|$)", text) and not re.search(r"[A-Za-z]{3}", text):
        return PartialDate.parse(text)
    words = _WORDS.findall(text.replace("/", " "))
    year = next((word for word in words if len(word) == 4 and word.isdecimal()), "")
    if not year:
        return PartialDate(raw=text)
    names = [word.lower() for word in words if word.isalpha()]
    months = [_MONTHS.index(name[:3]) + 1 for name in names if name[:3] in _MONTHS]
    season = next((_SEASONS[name] for name in names if name in _SEASONS), None)
    numbers = [int(word) for word in words if word.isdecimal() and word != year and len(word) <= 2]
    if not months and len(numbers) > 1:
        months, numbers = numbers[:1], numbers[1:]
    date = PartialDate.from_parts([int(year), *months[:1], *(numbers[:1] if months else [])])
    if len(numbers) == 2 and len(months) == 1 and numbers[0] < numbers[1] <= 31 and _DAYS.search(text):
        return replace(date, end=PartialDate.from_parts([int(year), months[0], numbers[1]]))
    if len(months) == 2 and not numbers and months[0] < months[1]:
        return replace(date, end=PartialDate.from_parts([int(year), months[1]]))
    if season is not None and not months:
        return PartialDate(date.year, season=season)
    return date


def pages(first: str, last: str) -> str:
    """A page range from its first and last page; ``123-9`` and ``123`` with ``9`` mean 123 to 129."""
    if not last or first == last or "-" in first:
        return first or last
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def full_range(text: str) -> str:
    """A page range with its last page in full: PubMed writes ``123-9`` for 123 to 129."""
    match = re.fullmatch(r"\s*(\d+)\s*[-–]+\s*(\d+)\s*", text)
    return pages(match[1], match[2]) if match else text.strip()


def serial_numbers(texts: Iterable[str]) -> dict[str, Value]:
    """ISBN and ISSN among texts that may hold either."""
    isbns, issns = dict[str, None](), dict[str, None]()
    for text in texts:
        for part in re.split(r"[;,]|\s+(?=97[89]|\d{4}-\d{3}[\dXx]\b)|\s{2,}|\([^()]*\)", text):
            part = part.strip()
            count = len(re.sub(r"[^\dXx]", "", part)) if re.fullmatch(r"[\dXx –-]+", part) else 0
            if ids.isbn(part) or count in (10, 13):  # a wrong check digit is for others to report
                isbns[part] = None
            elif ids.issn(part) or count == 8:
                issns[part] = None
    return {"ISBN": ", ".join(isbns), "ISSN": ", ".join(issns)}


def pages_of_whole(kind: str, page: str) -> dict[str, Value]:
    """One number where pages stand is, of a whole book, thesis or report, the number of its pages."""
    if kind in {"book", "thesis", "report"} and page.isdigit():
        return {"number-of-pages": page, "page": ""}
    return {}


def made(kind: str, values: dict[str, Value], id: str, span: Span) -> ReferenceRecord:
    """A record; a DOI is written without its address."""
    doi = values.get("DOI")
    if isinstance(doi, str) and (read := ids.doi(doi)):
        values["DOI"] = read.written or read.value
    return ReferenceRecord(id, Work.of(kind, values, Source("user", span.file, id, span)), span)


def kept_findings(kept: Iterable[tuple[int, str]], format: str, file: str) -> tuple[Finding, ...]:
    """What was read otherwise than it stands, so that one odd value does not cost the other records."""
    return tuple(Finding(f"{format}/odd-value", sentence, Span(file, line)) for line, sentence in kept)
