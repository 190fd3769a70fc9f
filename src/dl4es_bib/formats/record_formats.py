"""The record formats: what a file of records may be written in, one row for each.

Another package adds a row by the entry point group ``dl4es_bib.record_formats``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.rows import Rows
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Work

_MAX_RECORDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KeyedWork:
    """One record of a file.

    Attributes:
        id: what the file calls it, or empty.
        work: what it describes.
        span: where it stands.
    """

    id: str
    work: Work
    span: Span


Read = Callable[[str, str], tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]]
Write = Callable[[Iterable[tuple[str, Work]]], str]


@dataclass(frozen=True, slots=True)
class RecordFormat:
    """One way to write records down.

    Attributes:
        name: what options call it.
        suffixes: endings of file names, with the dot, in lower case.
        looks_like: matched at the start of a text whose name says nothing, or ``None``: it is never guessed.
        read: text and file name → the records and what is wrong with them; nothing is raised. ``None``: it is only
            written.
        write: (id, work) pairs → text. ``None``: it is only read.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    looks_like: re.Pattern[str] | None = None
    read: Read | None = None
    write: Write | None = None

    def __repr__(self) -> str:
        return f"<record format {self.name}>"


def _read_csl_json(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.formats import csljson

    items, findings = csljson.load(text, file=file)
    return tuple(KeyedWork(item.id, item.work, item.span) for item in items), findings


def _write_csl_json(works: Iterable[tuple[str, Work]]) -> str:
    from dl4es_bib.formats import csljson

    return csljson.dump(works)


def _read_ris(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.formats import ris

    items, findings = ris.load(text, file=file)
    return tuple(KeyedWork(item.id, item.work, item.span) for item in items), findings


def _write_ris(works: Iterable[tuple[str, Work]]) -> str:
    from dl4es_bib.formats import ris

    return ris.dump(tuple(works))


def _read_entries(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.bib.file import parse
    from dl4es_bib.formats.bibtex import from_entry
    from dl4es_bib.formats.bibtex.controls import is_control_type
    from dl4es_bib.formats.bibtex.inherit import inherited
    from dl4es_bib.formats.bibtex.macros import values_of

    parsed = parse(text, file)

    def lookup(key: str) -> tuple[str, Mapping[str, str]] | None:
        parent = parsed.get(key)
        return (parent.type, parent.values()) if parent is not None else None

    found = []
    for entry in parsed.entries:
        if is_control_type(entry.type):
            continue
        span = Span(file, entry.line, end_line=parsed.line(max(entry.start, entry.end - 1)))
        values = inherited(entry.type, values_of(entry), lookup)
        found.append(KeyedWork(entry.key, from_entry(entry.type, values, Source("user", file, entry.key, span)), span))
    findings = tuple(
        Finding(finding.code, finding.message, Span(file, finding.line), finding.fix, finding.severity)
        for finding in parsed.findings
    )
    return tuple(found), findings


def _write_biblatex(works: Iterable[tuple[str, Work]]) -> str:
    from dl4es_bib.formats.bibtex import to_entry

    return "\n".join(to_entry(work, "biblatex").source(id) for id, work in works)


def _write_bibtex(works: Iterable[tuple[str, Work]]) -> str:
    from dl4es_bib.formats.bibtex import to_entry

    return "\n".join(to_entry(work, "bibtex").source(id) for id, work in works)


def _read_crossref(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.formats.records.crossref import to_work

    return _read_service(text, file, "crossref", to_work)


def _read_datacite(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.formats.records.datacite import to_work

    return _read_service(text, file, "datacite", to_work)


def _read_service(
    text: str, file: str, name: str, to_work: Callable[[object, Source], Work]
) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    """One JSON text (a record, an answer around records, a list) or one record on each line."""
    found: list[KeyedWork] = []
    findings: list[Finding] = []
    for span, data in _json_values(text, file, findings, name):
        for record in _records_within(data):
            work = to_work(record, Source("record", name, span=span))
            if work.fields:
                found.append(KeyedWork(work.text("DOI"), work, span))
    if not found:
        message = f"No record of {'Crossref' if name == 'crossref' else 'DataCite'} was found."
        findings.append(Finding(f"{name}/empty", message, Span(file, 1), severity="error"))
    return tuple(found), tuple(findings)


def _json_values(text: str, file: str, findings: list[Finding], name: str) -> Iterator[tuple[Span, object]]:
    try:
        yield Span(file, 1), json.loads(text)
        return
    except (ValueError, RecursionError):
        pass
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield Span(file, number), json.loads(line)
        except (ValueError, RecursionError):
            if len(findings) < 20:
                findings.append(Finding(f"{name}/broken", "The line is not JSON.", Span(file, number)))


def _records_within(data: object) -> Sequence[object]:
    """The records in an answer of Crossref (``message``, ``items``) or DataCite (``data``)."""
    for _ in range(3):
        if not isinstance(data, Mapping):
            break
        if "attributes" in data or "DOI" in data:
            return [data]
        data = next((data[key] for key in ("message", "data", "items", "work", "record") if key in data), data)
    return data[:_MAX_RECORDS] if isinstance(data, list) else [data]


def _read_arxiv(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
    from dl4es_bib.formats.records.arxiv import FeedError, parse_feed

    span = Span(file, 1)
    try:
        # A declaration of another encoding no longer holds for text that was decoded.
        body = re.sub(r"\A\s{0,99}<\?xml[^>]{0,200}\?>", "", text)
        works = parse_feed(body.encode("utf-8", "replace"), Source("record", "arxiv", span=span))
    except FeedError as error:
        return (), (Finding("arxiv/broken", str(error), span, severity="error"),)
    return tuple(KeyedWork(work.text("arxiv"), work, span) for work in works), ()


def _reference_file(module: str, *, writes: bool = False) -> tuple[Read, Write | None]:
    """The functions of a format of :mod:`dl4es_bib.formats.reference_files`, imported when they are used."""

    def read(text: str, file: str) -> tuple[tuple[KeyedWork, ...], tuple[Finding, ...]]:
        records, findings = import_module(f"dl4es_bib.formats.reference_files.{module}").load(text, file=file)
        return tuple(KeyedWork(record.id, record.work, record.span) for record in records), findings

    def write(works: Iterable[tuple[str, Work]]) -> str:
        return str(import_module(f"dl4es_bib.formats.reference_files.{module}").dump(works))

    return read, write if writes else None


def written_records(name: str, works: Iterable[tuple[str, Work]]) -> str:
    """Works in a format.

    Raises:
        UsageError: there is no such format, or it is only read.
    """
    row = RECORD_FORMATS.named(name)
    if row.write is None:
        raise UsageError(f"{name} is read and not written. Written are: {', '.join(writable())}.")
    return row.write(works)


def writable() -> tuple[str, ...]:
    """The names of the formats that can be written."""
    return tuple(row.name for row in RECORD_FORMATS if row.write is not None)


_BUILT_IN: Final = (
    RecordFormat(
        "bibtex",
        (".bib", ".bibtex"),
        re.compile(r"(?:[ \t]*%[^\n]*\n|\s)*+@\s*[A-Za-z]+\s*[{(]"),
        _read_entries,
        _write_bibtex,
    ),
    RecordFormat("biblatex", (), None, _read_entries, _write_biblatex),
    RecordFormat(
        "datacite",
        (),
        re.compile(r"\s*+\{(?:.{0,200}?\"data\"\s*:\s*)?.{0,200}?\"attributes\"\s*:", re.S),
        _read_datacite,
        None,
    ),
    RecordFormat(
        "crossref",
        (),
        re.compile(r"\s*+\{\s*\"(?:status|message(?:-type)?|indexed|reference-count|publisher|institution|DOI)\"\s*:"),
        _read_crossref,
        None,
    ),
    RecordFormat("csl-json", (".json",), re.compile(r"\s*+[\[{]\s*[\"{\]\[]"), _read_csl_json, _write_csl_json),
    RecordFormat("ris", (".ris",), re.compile(r"\s*+(?:\ufeff)?TY {0,2}-"), _read_ris, _write_ris),
    RecordFormat(
        "arxiv",
        (".atom",),
        re.compile(r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?<feed\b[^>]{0,500}Atom"),
        _read_arxiv,
        None,
    ),
    RecordFormat("pubmed", (".nbib",), re.compile(r"\s*+PMID {0,2}- ?\d"), *_reference_file("nbib")),
    RecordFormat("endnote", (".enw",), re.compile(r"\s*+%0 \w"), *_reference_file("endnote_tagged")),
    RecordFormat("web-of-science", (".ciw",), re.compile(r"\s*+FN (?:Clarivate|Thomson|ISI)\b"),
                 *_reference_file("web_of_science")),
    RecordFormat("endnote-xml", (), re.compile(r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?<xml>\s*+<records>"),
                 *_reference_file("endnote_xml", writes=True)),
    RecordFormat("mods", (".mods",), re.compile(r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?<(?:\w+:)?mods(?:Collection)?\b"),
                 *_reference_file("mods")),
    RecordFormat("csl-yaml", (), None, *_reference_file("csl_yaml", writes=True)),
    RecordFormat("hayagriva", (), None, *_reference_file("hayagriva", writes=True)),
    RecordFormat("cff", (".cff",), re.compile(r"\s*+cff-version\s*:"), *_reference_file("citation_cff", writes=True)),
)  # fmt: skip

#: All record formats, in the order in which content is tried.
RECORD_FORMATS: Final = Rows("record format", "dl4es_bib.record_formats", RecordFormat, _BUILT_IN)


def format_of(text: str, file: str = "") -> RecordFormat | None:
    """The format of a text: by what it begins with, else by the ending of its file's name; ``None`` when neither says.

    Content comes first: many a ``.txt`` is RIS, and a ``.json`` may be an answer of Crossref.
    """
    readable = [record_format for record_format in RECORD_FORMATS if record_format.read is not None]
    for row in readable:
        if row.looks_like is not None and row.looks_like.match(text):
            return row
    lower = file.lower()
    return next((row for row in readable if lower.endswith(row.suffixes or ("\0",))), None)
