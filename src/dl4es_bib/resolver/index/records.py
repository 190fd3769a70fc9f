"""Records as their agencies give them away: files, archives and folders of them, read one record at a time.

============================================  =================================================================
Crossref, public data file and snapshots      ``.json.gz`` with ``items``, ``.jsonl.gz``, ``.tar`` of either
Crossref's API                                a work, or an answer with ``message``, one a line
DataCite, public data file                    ``.jsonl.gz`` with ``id`` and ``attributes``, ``.tar`` of them
OpenAlex, snapshot of works                   ``.gz`` with a work a line, in folders by date
arXiv, metadata                               a paper a line, with ``authors_parsed``
a bibliography                                ``.bib``
============================================  =================================================================
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.resolver.index.agencies import MESSAGE, record_of
from dl4es_bib.resolver.index.candidates import Record

#: The longest real Crossref record (with 10,000 references) has about 6 MB.
MAX_LINE: Final = 16_000_000
#: A longer line than this is no slip: what comes of it is a few compressed bytes blown up.
MAX_SKIPPED: Final = 256_000_000
#: A file of Crossref's data with all of its ``items`` has at most some 100 MB.
MAX_WHOLE: Final = 512_000_000
#: Lines reported one by one before the rest is summed up.
MAX_PROBLEMS: Final = 100

#: Records after which a run says how far it is.
_TOLD_EVERY: Final = 5_000
_ENVELOPES: Final = ("message", "work", "record", "data")
#: What the files of a folder or an archive end in, when they hold records.
_SUFFIXES: Final = (".jsonl", ".json", ".ndjson", ".bib", ".gz", ".tar", ".tgz")
#: How a file begins that is one JSON value over several lines, or one line with many records.
_WHOLE: Final = re.compile(rb'\s*(?:\[|\{\s*(?:\Z|"(?:items|data|results)"\s*:\s*\[))')
#: Where the answers of the agencies' interfaces hold their records.
_LISTS: Final = ("items", "data", "results", "records")


def read_records(path: Path) -> Iterator[Record | Finding]:
    """Read the records of a file, of an archive, of all files below a folder, or of standard input (``-``).

    A line holds a bare Crossref work, a DataCite resource (``id`` and ``attributes``), an OpenAlex work, arXiv's
    metadata, or one of them inside ``message``, ``work``, ``record`` or ``data``. A line that is none is a finding with
    its place.

    Raises:
        UnreadableInput: the file is missing or cannot be opened.
    """
    name = str(path)
    if name == "-":
        yield from _reported(_of_file(sys.stdin.buffer, "standard input"), name)
        return
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file() and file.name.endswith(_SUFFIXES))
        if not files:
            raise UnreadableInput(f"{name}: no file of records is in this folder ({', '.join(_SUFFIXES)}).")
        for file in files:
            yield from read_records(file)
        return
    try:
        plain = path.open("rb")
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read ({error.strerror or error}).") from None
    with plain:
        yield from _reported(_of_file(plain, name), name)


def told(records: Iterable[Record | Finding], tell: Callable[[int], None] | None) -> Iterator[Record | Finding]:
    """The records as they come; ``tell`` hears now and then how many there were."""
    for number, record in enumerate(records, start=1):
        if tell is not None and number % _TOLD_EVERY == 0:
            tell(number)
        yield record


def _reported(records: Iterator[Record | Finding], name: str) -> Iterator[Record | Finding]:
    """The first findings one by one, the rest summed up."""
    reported = 0
    for record in records:
        if isinstance(record, Finding):
            reported += 1
            if reported > MAX_PROBLEMS:
                continue
        yield record
    if reported > MAX_PROBLEMS:
        more = reported - MAX_PROBLEMS
        yield Finding("bad-record", f"{more} more lines are no records.", Span(name, 1))


def _of_file(plain: IO[bytes], name: str) -> Iterator[Record | Finding]:
    lower = name.lower()
    if lower.endswith((".tar", ".tar.gz", ".tgz")):
        yield from _of_archive(plain, name)
        return
    peeked = cast(Any, plain).peek(2)[:2] if hasattr(plain, "peek") else b""
    zipped = peeked == b"\x1f\x8b" or (not peeked and lower.endswith(".gz"))
    stream = cast(IO[bytes], gzip.GzipFile(fileobj=plain) if zipped else plain)
    if lower.removesuffix(".gz").endswith(".bib"):
        yield from _of_bibliography(stream, name)
    else:
        yield from _records(stream, name)


def _of_archive(plain: IO[bytes], name: str) -> Iterator[Record | Finding]:
    """The files of an archive, one after the other; nothing is unpacked to the disk."""
    try:
        with tarfile.open(fileobj=plain, mode="r|*") as archive:
            for member in archive:
                held = archive.extractfile(member) if member.isfile() and member.name.endswith(_SUFFIXES) else None
                if held is not None:
                    yield from _of_file(held, f"{name}:{member.name}")
    except (tarfile.TarError, OSError, EOFError, zlib.error, TypeError) as error:
        # TypeError is what tarfile says to a compressed archive that ends within its first bytes.
        yield Finding("broken-file", f"The archive ends early ({error}).", Span(name, 1), severity="error")


def _of_bibliography(stream: IO[bytes], name: str) -> Iterator[Record | Finding]:
    from dl4es_bib.resolver.index.agencies import bib_records

    try:
        data = stream.read(MAX_SKIPPED + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield Finding("broken-file", f"The file ends early ({error}).", Span(name, 1), severity="error")
        return
    if len(data) > MAX_SKIPPED:
        yield Finding("broken-file", f"The file is longer than {MAX_SKIPPED} bytes.", Span(name, 1), severity="error")
        return
    yield from bib_records(data, name)


def _records(stream: IO[bytes], name: str) -> Iterator[Record | Finding]:
    number = 0
    while True:
        number += 1
        span = Span(name, number)
        try:
            line = stream.readline(MAX_LINE + 1)
            if not line:
                return
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if number == 1 and _WHOLE.match(line) and not (line.endswith(b"\n") and _json_of(line) is not None):
                second = stream.readline(MAX_LINE) if line.strip() == b"{" else b""
                if not isinstance(_json_of(second), Mapping):
                    yield from _items(line + second + stream.read(MAX_WHOLE + 1), span)
                    return
                yield Finding("bad-record", "The line is not JSON.", span)
                line, number, span = second, 2, Span(name, 2)
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
        yield from _in_line(line, span)


def _in_line(line: bytes, span: Span) -> Iterator[Record | Finding]:
    """The record of a line; those of an answer that is one line."""
    data = _json_of(line)
    if data is None:
        yield Finding("bad-record", "The line is not JSON.", span)
        return
    items = _listed(data)
    if not items:
        yield _record_in(data, span, line.strip())
        return
    for item in items:
        yield _record_in(item, span)


def _listed(data: object) -> list[object] | None:
    """The records of a list, or of an answer to a search; ``None`` where the value is no such thing."""
    if isinstance(data, list):
        return data
    if not isinstance(data, Mapping) or "DOI" in data or "attributes" in data:
        return None
    message = data.get("message")
    for held in (data, message if isinstance(message, Mapping) and "DOI" not in message else {}):
        for name in _LISTS:
            if isinstance(found := held.get(name), list) and "title" not in held:
                return found
    return None


def _items(data: bytes, span: Span) -> Iterator[Record | Finding]:
    """The records of a file that is one JSON value, with all of them in a list."""
    if len(data) > MAX_WHOLE:
        yield Finding("broken-file", f"The file is longer than {MAX_WHOLE} bytes.", span, severity="error")
        return
    try:
        value = _read_json(data)
    except (ValueError, RecursionError) as error:
        yield Finding("broken-file", f"The file is no JSON ({error}).", span, severity="error")
        return
    items = _listed(value)
    for item in [value] if items is None else items:
        yield _record_in(item, span)


def parse_record(line: bytes, span: Span) -> Record | Finding:
    """Read one line."""
    data = _json_of(line)
    if data is None:
        return Finding("bad-record", "The line is not JSON.", span)
    return _record_in(data, span, line.strip())


def _json_of(line: bytes) -> object:
    """The value of a line; ``None`` for ``null`` and where it is no JSON."""
    try:
        return _read_json(line)
    except (ValueError, RecursionError):
        return None


def _standard_json(data: bytes) -> object:
    value: object = json.loads(data)
    return value


def _fast_json() -> Callable[[bytes], object]:
    """The reader of orjson where it is installed, a third of the time; what it refuses the standard one decides."""
    try:
        import orjson
    except ImportError:
        return _standard_json

    def read(data: bytes) -> object:
        try:
            value: object = orjson.loads(data)
        except ValueError:
            return _standard_json(data)
        return value

    return read


_read_json: Final = _fast_json()


def _record_in(data: object, span: Span, body: bytes = b"") -> Record | Finding:
    for _ in range(3):
        if not isinstance(data, Mapping):
            break
        if (found := record_of(data, span, body)) is not None:
            return found
        data, body = next((data[key] for key in _ENVELOPES if isinstance(data.get(key), Mapping)), None), b""
    return Finding("bad-record", MESSAGE, span)
