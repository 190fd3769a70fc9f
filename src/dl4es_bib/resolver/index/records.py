"""JSON Lines of Crossref and DataCite records, as files or streams, read line by line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final, cast

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.resolver.index.candidates import Agency, Record
from dl4es_bib.resolver.index.damage import is_text

#: The longest real Crossref record (with 10,000 references) has about 6 MB.
MAX_LINE: Final = 16_000_000
#: A longer line than this is no slip: what comes of it is a few compressed bytes blown up.
MAX_SKIPPED: Final = 256_000_000
#: Lines reported one by one before the rest is summed up.
MAX_PROBLEMS: Final = 100

_MAX_DOI: Final = 2048
_ENVELOPES: Final = ("message", "work", "record", "data")


def read_records(path: Path) -> Iterator[Record | Finding]:
    """Read the records of a ``.jsonl`` or ``.jsonl.gz`` file.

    A line holds a bare Crossref work, a DataCite resource (``id`` and ``attributes``), or one of them
    inside ``message``, ``work``, ``record`` or ``data``. A line that is none is a finding with its place.

    Raises:
        UnreadableInput: the file is missing or cannot be opened.
    """
    name = str(path)
    try:
        plain = path.open("rb")
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read ({error.strerror or error}).") from None
    with plain:
        zipped = plain.peek(2)[:2] == b"\x1f\x8b"
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=plain) if zipped else plain)
        reported = 0
        for record in _records(stream, name):
            if isinstance(record, Finding):
                reported += 1
                if reported > MAX_PROBLEMS:
                    continue
            yield record
        if reported > MAX_PROBLEMS:
            more = reported - MAX_PROBLEMS
            yield Finding("bad-record", f"{more} more lines are no records.", Span(name, 1))


def _records(stream: IO[bytes], name: str) -> Iterator[Record | Finding]:
    number = 0
    while True:
        number += 1
        span = Span(name, number)
        try:
            line = stream.readline(MAX_LINE + 1)
            if not line:
                return
            if len(line) > MAX_LINE:
                skipped = len(line)
                while line and not line.endswith(b"\n") and skipped <= MAX_SKIPPED:
                    line = stream.readline(MAX_LINE)
                    skipped += len(line)
                if skipped > MAX_SKIPPED:
                    message = f"The line is longer than {MAX_SKIPPED} bytes; the rest of the file is left out."
                    yield Finding("broken-file", message, span, severity="error")
                    return
                yield Finding("bad-record", f"The line is longer than {MAX_LINE} bytes.", span)
                continue
        except (OSError, EOFError, zlib.error) as error:
            yield Finding("broken-file", f"The file ends early ({error}).", span, severity="error")
            return
        if not line.strip():
            continue
        record = parse_record(line, span)
        yield record


def parse_record(line: bytes, span: Span) -> Record | Finding:
    """Read one line."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Finding("bad-record", "The line is not JSON.", span)
    for _ in range(3):
        if not isinstance(data, Mapping):
            break
        if isinstance(data.get("DOI"), str):
            return _record("crossref", data, str(data["DOI"]), span)
        attributes = data.get("attributes")
        if isinstance(attributes, Mapping):
            doi = attributes.get("doi") or data.get("id")
            return _record("datacite", data, doi if isinstance(doi, str) else "", span)
        data = next((data[key] for key in _ENVELOPES if isinstance(data.get(key), Mapping)), None)
    return Finding("bad-record", "The line is no Crossref or DataCite record (it has no DOI).", span)


def _record(agency: Agency, data: Mapping[str, object], text: str, span: Span) -> Record | Finding:
    found = ids.doi(text)
    # Some registered DOIs are no DOI by the rules (Crossref holds ``10.1086\\/305772``): kept as they are.
    doi = found.value if found else text.strip().lower()
    if not (doi.startswith("10.") and "/" in doi and len(doi) <= _MAX_DOI and is_text(doi)):
        return Finding("bad-record", f"{text[:80]!r} is no DOI.", span)
    return Record(agency, data, doi, span)
