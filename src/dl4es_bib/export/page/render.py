"""The page as one HTML document: style, script and records within, nothing from elsewhere.

All that is on it can be read without a script. A content security policy that names the page's own style and script by
their digests keeps anything else from running, should a record ever slip through the escaping.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from dl4es_bib.csl.output import clean
from dl4es_bib.export.figures.figure import Bars, Figure
from dl4es_bib.export.figures.svg import svg
from dl4es_bib.export.page.content import Badge, PageEntry, PagePart
from dl4es_bib.export.page.context_object import context_object
from dl4es_bib.export.targets.html import anchor, escaped
from dl4es_bib.works.people import credited

_RIGHT_TO_LEFT: Final = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
#: CSL types in words, for the choice of kinds.
_WORDS: Final = {
    "article-journal": "journal article", "paper-conference": "conference paper", "article": "preprint",
    "webpage": "web page", "dataset": "data set", "": "other",
}  # fmt: skip
#: What a reader chooses by: works that a record confirmed, and what its author vouches for.
_CONFIRMED: Final = frozenset(("", "confirmed", "user"))


_FEED_LINK: Final = '<link rel="alternate" type="application/feed+json" title="New references" href="{address}">'


@dataclass(frozen=True, slots=True)
class Records:
    """What can be copied from the page: by key in each format, and the whole .bib file."""

    bibtex: Mapping[str, str]
    ris: Mapping[str, str]
    csl: Mapping[str, str]
    file: str


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files beside the page: (address, word) of each; empty for a page that is alone."""

    files: tuple[tuple[str, str], ...] = ()
    feed: str = ""


def render(
    title: str,
    parts: Sequence[PagePart],
    figures: Sequence[Figure],
    records: Records,
    *,
    locale: str = "",
    downloads: Downloads | None = None,
) -> str:
    """The page.

    Arguments:
        title: its heading.
        parts: the chapters.
        figures: drawn at its end.
        records: what can be copied.
        locale: language of the references; empty for English.
        downloads: files that lie beside it.
    """
    language = locale or "en"
    direction = ' dir="rtl"' if language.split("-")[0].lower() in _RIGHT_TO_LEFT else ""
    style, script = _data("page.css"), _data("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    downloads = downloads or Downloads()
    shown = [part for part in parts if part.entries]
    entries = [entry for part in shown for entry in part.entries]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escaped(language)}"{direction}>',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="dl4es-bib">',
        f"<title>{escaped(title)}</title>",
        *([_FEED_LINK.format(address=escaped(downloads.feed))] if downloads.feed else []),
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{escaped(title)}</h1>",
        *_head(parts, entries, downloads),
        "</header>",
        "<main>",
    ]  # fmt: skip
    seen: set[str] = set()
    for part in parts:
        lines += _part(part, seen)
    lines += [*_figures(figures), "</main>", *_foot(), *_data_blocks(entries, records), f"<script>{script}</script>"]
    return "\n".join([*lines, "</body>", "</html>", ""])


def _head(parts: Sequence[PagePart], entries: Sequence[PageEntry], downloads: Downloads) -> Iterator[str]:
    keys = {key for entry in entries for key in (entry.entry.key, *entry.supplements)}
    chapters = [part for part in parts if part.heading]
    yield (
        f"<p>{_counted(len(keys), 'work')}"
        + (f" in {_counted(len(chapters), 'chapter')}" if chapters else "")
        + ".</p>"
    )
    if files := [*downloads.files, *([(downloads.feed, "JSON feed of new works")] if downloads.feed else [])]:
        links = " · ".join(f'<a href="{escaped(address)}">{escaped(word)}</a>' for address, word in files)
        yield f'<p class="downloads">Download: {links}</p>'
    else:
        yield '<p class="downloads scripted"><button type="button" id="download">Download the .bib file</button></p>'
    if len(chapters) > 1:
        yield '<nav aria-label="Chapters"><details><summary>Chapters</summary><ul>'
        for part in chapters:
            yield f'<li><a href="#{_part_id(part)}">{escaped(part.heading)}</a></li>'
        yield "</ul></details></nav>"
    yield from _controls(chapters, entries)
    yield f'<p class="count" id="count" role="status">{_counted(len(entries), "reference")}.</p>'


def _controls(chapters: Sequence[PagePart], entries: Sequence[PageEntry]) -> Iterator[str]:
    years = [entry.entry.work.year for entry in entries if entry.entry.work.year]
    yield '<form class="controls scripted" id="controls" role="search">'
    yield '<label class="search">Search <input type="search" id="search" autocomplete="off"></label>'
    filled = [(_part_id(part), part.heading) for part in chapters if part.entries]
    yield _choice("chapter", "Chapter", [("", "all"), *filled])
    low, high = (min(years), max(years)) if years else (0, 0)
    yield f'<label>From <input type="number" id="from" min="{low}" max="{high}" placeholder="{low}"></label>'
    yield f'<label>To <input type="number" id="to" min="{low}" max="{high}" placeholder="{high}"></label>'
    types = sorted({entry.entry.work.type for entry in entries}, key=_word)
    yield _choice("type", "Kind", [("", "all"), *((_type(kind), _word(kind)) for kind in types)])
    outcomes = sorted({_outcome(entry) for entry in entries})
    if len(outcomes) > 1:
        yield _choice("outcome", "Outcome", [("", "all"), *((outcome, outcome) for outcome in outcomes)])
    orders = ("list", "in the list"), ("newest", "newest first"), ("oldest", "oldest first"), ("author", "by author"), (
        "title", "by title")  # fmt: skip
    yield _choice("sort", "Order", orders)
    yield '<button type="reset">Show all</button>'
    yield "</form>"


def _choice(id: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<option value="{escaped(value)}">{escaped(word)}</option>' for value, word in options)
    return f'<label>{label} <select id="{id}">{rows}</select></label>'


def _part(part: PagePart, seen: set[str]) -> Iterator[str]:
    yield f'<section class="part" id="{_part_id(part)}">'
    if part.heading:
        yield f"<h2>{escaped(part.heading)}</h2>"
    if part.authors:
        yield f'<p class="authors">{escaped(part.authors)}</p>'
    if part.entries:
        yield '<ul class="references">'
        for entry in part.entries:
            yield _entry(entry, seen)
        yield "</ul>"
    else:
        yield "<p>No references.</p>"
    yield "</section>"


def _entry(entry: PageEntry, seen: set[str]) -> str:
    work, key = entry.entry.work, entry.entry.key
    id = anchor(key)
    number = 2
    while id in seen:  # the work is in an earlier chapter too
        id = f"{anchor(key)}--{number}"
        number += 1
    seen.add(id)
    year = f' data-year="{work.year}"' if work.year is not None else ""
    mark = f'<span class="mark">{escaped(entry.entry.mark)}</span>' if entry.entry.mark else ""
    note = f"<span>{escaped(entry.entry.note)}</span>" if entry.entry.note else ""
    return (
        f'<li id="{id}" data-key="{escaped(key)}"{year} data-type="{escaped(_type(work.type))}" '
        f'data-outcome="{_outcome(entry)}">'
        f'<div class="text">{entry.html}</div><div class="about">{"".join(map(_badge, entry.badges))}{mark}{note}'
        f'<a class="permalink" href="#{id}">link</a><details class="cite scripted"><summary>copy</summary></details>'
        f'<span class="Z3988" title="{escaped(context_object(work))}"></span></div></li>'
    )


def _badge(badge: Badge) -> str:
    return f'<a class="badge" href="{escaped(badge.address)}" title="{escaped(badge.title[:200])}">{badge.word}</a>'


def _figures(figures: Sequence[Figure]) -> Iterator[str]:
    if not figures:
        return
    yield '<section class="figures" id="figures"><h2>Figures</h2>'
    for figure in figures:
        yield f"<figure>{svg(figure)}<figcaption>{escaped(figure.title)}</figcaption>{_table(figure)}</figure>"
    yield "</section>"


def _table(figure: Figure) -> str:
    """The numbers of a bar chart as a table; a grid has them in its cells."""
    if not isinstance(figure, Bars):
        return ""
    rows = "".join(f'<tr><th scope="row">{escaped(label)}</th><td>{count}</td></tr>' for label, count in figure.bars)
    return f"<details><summary>As a table</summary><table>{rows}</table></details>"


def _foot() -> Iterator[str]:
    yield '<footer><p class="legend">A reference that is marked was not confirmed by a record: '
    yield "<em>needs review</em>, a person must decide; <em>not found</em>, no source that was asked knows it, which "
    yield "does not mean that it does not exist; <em>not checked</em>, no source was asked or answered.</p></footer>"


def _data_blocks(entries: Sequence[PageEntry], records: Records) -> Iterator[str]:
    """What the script needs: sort keys as they are, records deflated."""
    keys = [[clean(_first_author(entry)), clean(entry.entry.work.title[:80])] for entry in entries]
    yield f'<script type="application/json" id="sort-keys">{_json(keys)}</script>'
    text = _json({"bibtex": records.bibtex, "ris": records.ris, "csl": records.csl, "file": records.file})
    packed = base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode("ascii")
    yield f'<script type="text/plain" id="records">{packed}</script>'


def _first_author(entry: PageEntry) -> str:
    names = credited(entry.entry.work)
    return (names[0].family or names[0].literal)[:40] if names else ""


def _json(value: object) -> str:
    """JSON that may stand in a script element: no ``<`` can begin a tag or a comment there."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _outcome(entry: PageEntry) -> str:
    outcome = entry.entry.outcome
    return "confirmed" if outcome in _CONFIRMED else outcome.replace("-", " ")


def _type(kind: str) -> str:
    return kind or "other"


def _word(kind: str) -> str:
    return _WORDS.get(kind, kind.replace("-", " "))


def _part_id(part: PagePart) -> str:
    return "part-" + (part.slug or "references")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@cache
def _data(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
