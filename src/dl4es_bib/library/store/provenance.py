"""Where a value came from, as text and back: the one codec.

``record crossref 10.5555/a at 2026-01-03T00:00:00+00:00 (unconfirmed)``, ``text list.md:3``, ``user references.bib``.
In names blanks and ``%`` are percent-encoded, so that every text has one reading.
"""

from __future__ import annotations

import re
from typing import Final, get_args
from urllib.parse import unquote

from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, SourceKind

__all__ = ["same_origin", "source_of", "text_of"]

_UNCONFIRMED: Final = " (unconfirmed)"
_TIME: Final = re.compile(r" at ([0-9][0-9T:.+Z-]{3,39})\Z")
_PLACE: Final = re.compile(r"(.*):(\d{1,9})\Z", re.S)
_ODD: Final = re.compile(r"[\s%]")
_KINDS: Final = frozenset(get_args(SourceKind))


def text_of(source: Source) -> str:
    """A source as text; columns are left out, since lines are what a person looks up."""
    if source.span is not None and source.kind == "text":
        text = f"text {_quoted(source.span.file)}:{source.span.line}"
    else:
        name = _quoted(source.name)
        if source.kind == "text" and _PLACE.match(name):
            name = name.replace(":", "%3A")
        parts = [source.kind, name or ("-" if source.record else ""), _quoted(source.record)]
        text = " ".join(part for part in parts if part)
    if source.retrieved:
        text += f" at {_quoted(source.retrieved)}"
    return text if source.confirmed else text + _UNCONFIRMED


def source_of(text: str) -> Source:
    """The source that a text names; what is no such text becomes the name of a derived value."""
    rest = text.removesuffix(_UNCONFIRMED)
    confirmed = rest == text
    retrieved = ""
    if found := _TIME.search(rest):
        retrieved, rest = found[1], rest[: found.start()]
    kind, _, rest = rest.partition(" ")
    if kind not in _KINDS:
        return Source("rule", text)
    if kind == "text":
        place = _PLACE.fullmatch(rest)
        if place:
            file = unquote(place[1])
            return Source("text", file, span=Span(file, int(place[2])), retrieved=retrieved, confirmed=confirmed)
    name, _, record = rest.partition(" ")
    name = "" if name == "-" else unquote(name)
    return Source(kind, name, unquote(record), retrieved=retrieved, confirmed=confirmed)  # type: ignore[arg-type]


def placed(source: Source) -> Source:
    """A source as it comes back from its text."""
    return source_of(text_of(source))


def same_origin(one: Source, other: Source) -> bool:
    """Whether two sources are one but for when it was asked."""
    return (one.kind, one.name, one.record, one.span, one.confirmed) == (
        other.kind,
        other.name,
        other.record,
        other.span,
        other.confirmed,
    )


def _quoted(text: str) -> str:
    return _ODD.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)
