"""CSL-JSON (csl-data.json of CSL 1.0.2), to and from Work.

Variables of ours that CSL lacks (article number, arXiv id and class, PII) go into the item's ``custom``
object, so that nothing is lost on the way back. So that styles print an article number or arXiv id as well:
an article number is also ``number`` (where APA and IEEE look for it) and, without pages, ``page`` (where all
other styles look); a preprint's arXiv id is also ``number``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dl4es_bib.csl.item.date import read_date
from dl4es_bib.csl.item.note import private_lines, with_note_read
from dl4es_bib.formats.latex.symbols import SUBSCRIPT, SUPERSCRIPT
from dl4es_bib.formats.markup import html_to_markup
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.finding import Finding, Severity
from dl4es_bib.model.name import Name
from dl4es_bib.model.richtext import RICH_VARIABLES
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    OWN_VARIABLES,
    Source,
    Value,
    Work,
)
from dl4es_bib.works.numbers import without_thousands

#: Larger inputs are refused with a finding.
MAX_LENGTH: Final = 200_000_000
_MAX_VALUE: Final = 2_000_000
_MAX_NAMES: Final = 20_000

#: The last year that model dates hold; a later one stays text.
_LAST_YEAR: Final = 9999
_TAG = re.compile(r"<(/?)(i|b|sub|sup|sc|span)(?:\s+[^<>]{0,200})?>", re.I)
_SCRIPT = re.compile(r"<(su[bp])>([^<>]{1,200})</\1>", re.I)
_ESCAPED = re.compile("[<\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_ADDRESS: Final = re.compile(r"https?://", re.I)
_SKIPPED: Final = frozenset("id type custom categories note-links citation-key citation-label".split())


@dataclass(frozen=True, slots=True)
class CslItem:
    """One item of a CSL-JSON file: its id and what it describes."""

    id: str
    work: Work
    span: Span


def to_csl(work: Work, id: str) -> dict[str, Any]:
    """Write a work as a CSL-JSON item."""
    item: dict[str, Any] = {"id": id, "type": work.type or "document"}
    custom: dict[str, Any] = {}
    for variable, field in work.fields.items():
        value = field.value
        if isinstance(value, PartialDate):
            item[variable] = value.to_csl()
        elif isinstance(value, tuple):
            item[variable] = [name.to_csl() for name in value]
        elif variable in OWN_VARIABLES:
            custom[variable] = value
        else:
            item[variable] = value
    if article_number := work.text("article-number"):
        item.setdefault("number", article_number)
        item.setdefault("page", article_number)
    elif work.text("arxiv") and work.type in ("article", "manuscript", ""):
        item.setdefault("number", f"arXiv:{work.text('arxiv')}")
    if work.et_al:
        custom["et-al"] = True
    if work.others:
        custom["incomplete-names"] = sorted(work.others)
    if custom:
        item["custom"] = custom
    return item


def from_csl(data: Mapping[str, object], source: Source) -> Work:
    """Read a CSL-JSON item; values of a wrong type are left out, rich text becomes plain."""
    values: dict[str, Value] = {}
    data = _with_note_read(data)
    custom = data.get("custom")
    own = custom if isinstance(custom, Mapping) else {}
    for variable in sorted(OWN_VARIABLES):
        held = own.get(variable, data.get(variable))
        if text := _text(held):
            values[variable] = text
    for variable, value in data.items():
        if not isinstance(variable, str) or variable in _SKIPPED or variable in OWN_VARIABLES:
            continue
        if variable in DATE_VARIABLES:
            values[variable] = PartialDate.from_csl(_date_parts(value))
        elif variable in NAME_VARIABLES:
            values[variable] = _names(value)
        elif text := (_marked(value) if variable in RICH_VARIABLES else _text(value)):
            values[variable] = text
    if isinstance(page := values.get("page"), str):
        values["page"] = without_thousands(page)
    article_number = values.get("article-number")
    for variable in ("number", "page"):
        if article_number and values.get(variable) == article_number:
            del values[variable]
    if values.get("arxiv") and values.get("number") == f"arXiv:{values['arxiv']}":
        del values["number"]
    kind = data.get("type")
    incomplete = own.get("incomplete-names")
    others = [name for name in incomplete if name in NAME_VARIABLES] if isinstance(incomplete, list) else []
    return Work.of(kind if isinstance(kind, str) else "", values, source, et_al=own.get("et-al") is True, others=others)


def load(text: str, *, file: str = "-") -> tuple[tuple[CslItem, ...], tuple[Finding, ...]]:
    """Read a CSL-JSON file: an array of items, one item, or an object with ``items``.

    Nothing is raised: what cannot be read becomes a finding with its line, and the items before and after
    it are kept. Ids may be numbers (the schema allows it); a missing id becomes ``item-N``, and of repeated
    ids each later one gets a suffix.
    """
    reader = _Reader(file, text)
    if len(text) > MAX_LENGTH:
        reader.report("csljson/too-large", f"The file has more than {MAX_LENGTH:,} characters.", 0, "error")
        return (), tuple(reader.findings)
    for position, data in reader.elements():
        reader.add(position, data)
    return tuple(reader.items), tuple(reader.findings)


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """A CSL-JSON file of (id, work) pairs.

    ``<`` is written as an escape, so that the text can stand in a web page, and so are invisible and
    directional characters, so that it shows what it is.
    """
    return "".join(_dumped(works))


def _dumped(works: Iterable[tuple[str, Work]]) -> Iterator[str]:
    """Item by item: the encoder of a whole list holds every bracket and word of it until the end."""
    opening = "[\n  "
    for id, work in works:
        item = json.dumps(to_csl(work, id), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield opening + _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", item)
        opening = ",\n  "
    yield "[]\n" if opening[0] == "[" else "\n]\n"


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._line, self._counted = 1, 0
        self._ids: set[str] = set()
        self._suffixes: dict[str, int] = {}  # the next suffix of an id that was given more than once
        self.items: list[CslItem] = []
        self.findings: list[Finding] = []

    def _span(self, position: int) -> Span:
        # Positions only grow, so counting continues where it stopped.
        if position >= self._counted:
            self._line += self._text.count("\n", self._counted, position)
            self._counted = position
        return Span(self._file, self._line)

    def report(self, code: str, message: str, position: int, severity: Severity = "warning", fix: str = "") -> None:
        self.findings.append(Finding(code, message, self._span(position), fix, severity))

    def elements(self) -> Iterable[tuple[int, object]]:
        """The elements of the top-level array with their positions; a broken one ends the reading."""
        text = self._text
        position = self._blank(1 if text.startswith("\ufeff") else 0)
        if position >= len(text):
            self.report("csljson/empty", "The file holds no JSON.", 0, "error")
            return
        if text[position] != "[":
            whole = self._decode(position)
            if whole is None:
                return
            data, end = whole
            self._trailing(end)
            inner = data.get("items") if isinstance(data, dict) else None
            if isinstance(inner, list):
                yield from ((position, element) for element in inner)
            elif isinstance(data, dict) and ("type" in data or "title" in data):
                self.report("csljson/not-a-list", "The file is one item, not a list.", position, fix="Put it in [ ].")
                yield position, data
            else:
                self.report("csljson/not-a-list", "The file is not a list of items.", position, "error")
            return
        position = self._blank(position + 1)
        while position < len(text) and text[position] != "]":
            element = self._decode(position)
            if element is None:
                return
            yield position, element[0]
            position = self._blank(element[1])
            if position < len(text) and text[position] == ",":
                position = self._blank(position + 1)
            elif position < len(text) and text[position] != "]":
                self.report("csljson/broken", "A comma is missing between two items.", position, "error")
        if position >= len(text):
            self.report("csljson/broken", "The list is not closed.", len(text), "error", "Add ] at the end.")
        else:
            self._trailing(position + 1)

    def _trailing(self, end: int) -> None:
        position = self._blank(end)
        if position < len(self._text):
            self.report("csljson/trailing", "Text after the end of the list is ignored.", position)

    def _blank(self, position: int) -> int:
        while position < len(self._text) and self._text[position] in " \t\r\n":
            position += 1
        return position

    def _decode(self, position: int) -> tuple[Any, int] | None:
        try:
            return json.JSONDecoder().raw_decode(self._text, position)
        except json.JSONDecodeError as error:
            self.report("csljson/broken", f"Not JSON: {error.msg}.", error.pos, "error")
        except RecursionError:
            self.report("csljson/too-deep", "Brackets are nested too deeply to read.", position, "error")
        except ValueError:
            self.report("csljson/broken", "A number has too many digits.", position, "error")
        return None

    def add(self, position: int, data: object) -> None:
        if not isinstance(data, dict):
            self.report("csljson/not-an-item", "An element of the list is not an object.", position, "error")
            return
        span = self._span(position)
        id, key = _one_line(data.get("id")), _one_line(data.get("citation-key"))
        # Zotero gives its own address as the id; what a text cites is the variable that CSL 1.0.2 has for it.
        if key and (not id or _ADDRESS.match(id)):
            id = key
        if not id:
            id = f"item-{len(self.items) + 1}"
            self.report("csljson/no-id", f"An item has no id; it is called {id!r}.", position)
        if id in self._ids:
            number = self._suffixes.get(id, 2)
            while f"{id}-{number}" in self._ids:
                number += 1
            self._suffixes[id] = number + 1
            self.report(
                "csljson/duplicate-id",
                f"The id {id!r} occurs twice; the later item is called {f'{id}-{number}'!r}.",
                position,
            )
            id = f"{id}-{number}"
        self._ids.add(id)
        work = from_csl(data, Source("user", self._file, id, span))
        if not work.fields:
            self.report("csljson/no-fields", f"The item {id!r} says nothing.", position)
        self.items.append(CslItem(id, work, span))


def _with_note_read(data: Mapping[str, object]) -> Mapping[str, object]:
    """The variables of the note in their places; private lines beside them, which no list prints, are annotations."""
    read = with_note_read(data)
    note = data.get("note")
    if read is data or not isinstance(note, str) or read.get("annote") or not (private := private_lines(note)):
        return read
    return {**read, "annote": private}


def _date_parts(value: object) -> object:
    """A date that is written out ("5 March 2004") as its parts; what has parts, or none, stays what it is.

    Parts that are no plain numbers (``[["2004-03-05"]]``, ``[[2004, "March"]]``), an end that is empty, the name of a
    season and years of five digits are read as the processor reads them.
    """
    if isinstance(value, Mapping) and value.get("date-parts") and _is_plain(value):
        return value
    written = (
        value
        if isinstance(value, str)
        else value.get("raw") or value.get("literal")
        if isinstance(value, Mapping)
        else ""
    )
    if isinstance(written, str) and PartialDate.parse(written).edtf:
        return value
    date = read_date(value)
    if date is None or date.start is None:
        return value
    rows = [
        [part for part in (parts.year, parts.month, parts.day) if part]
        for parts in (date.start, date.end)
        if parts is not None
    ]
    if abs(date.start.year) > _LAST_YEAR:
        return {"raw": str(date.start.year)}
    if date.open_ended and date.start.year > 0 and date.start.month <= 12:
        begin = f"{rows[0][0]:04d}" + "".join(f"-{part:02d}" for part in rows[0][1:])
        return {"raw": f"{begin}/..", "circa": date.circa}
    return {"date-parts": rows, "circa": date.circa}


def _is_plain(value: Mapping[str, object]) -> bool:
    """Whether the parts of a date are one or two rows of whole numbers, with a season that is a number."""
    rows = value.get("date-parts")
    if not isinstance(rows, list | tuple) or not str(value.get("season") or "1").isdecimal():
        return False
    return all(
        isinstance(row, list | tuple)
        and row
        and all(re.fullmatch(r"[-+]?\d{1,4}", str(part).strip()) for part in row)
        and (place == 0 or str(row[0]) != "0")
        for place, row in enumerate(rows)
    )


def _text(value: object) -> str:
    """Strings and numbers as plain text on one line; everything else is no text."""
    text = _one_line(value)
    if "<" in text:
        text = _one_line(_TAG.sub("", _SCRIPT.sub(_script, text)))
    return text


def _one_line(value: object) -> str:
    """Strings and numbers on one line, as they are: an id is no rich text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:_MAX_VALUE].encode("utf-8", "replace").decode("utf-8")
    return " ".join(re.split(r"[ \t\r\n\f\v]+", text)).strip(" ")


def _marked(value: object) -> str:
    """Rich text (CSL 1.0.2, and what Zotero and publishers write beside it) with its markup in CSL's form."""
    if not isinstance(value, str) or len(value) > _MAX_VALUE:
        return _text(value)
    text = value.encode("utf-8", "replace").decode("utf-8")
    text = html_to_markup(text)
    return " ".join(re.split(r"[ \t\r\n\f\v]+", text)).strip(" ")


def _script(match: re.Match[str]) -> str:
    table = SUBSCRIPT if match.group(1).lower() == "sub" else SUPERSCRIPT
    content = match.group(2)
    if all(character in table for character in content):
        return "".join(table[character] for character in content)
    return content


def _names(value: object) -> tuple[Name, ...]:
    if not isinstance(value, list):
        return ()
    names: list[Name] = []
    for one in value[:_MAX_NAMES]:
        if isinstance(one, Mapping):
            names.append(Name.from_csl(one))
        elif text := _text(one):
            names.append(Name(literal=text))
    return tuple(name for name in names if name)
