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
from dl4es_bib.export.words import Words
from dl4es_bib.works.people import credited

#: What a reader chooses by: works that a record confirmed, and what its author vouches for.
_CONFIRMED: Final = frozenset(("", "confirmed", "user"))
#: What the script says, by the names that it uses.
_SCRIPT_WORDS: Final = (
    "thousands", "count_one", "count_many", "count_shown", "copy_as", "copied", "not_copied", "copy_text", "copy_link",
)  # fmt: skip
_ORDERS: Final = ("list", "newest", "oldest", "author", "title")
_DOUBTS: Final = ("needs_review", "not_found", "not_checked")


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
        locale: language of the references and of the words around them; empty for English.
        downloads: files that lie beside it.
    """
    words = Words.of(locale)
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
        f"<html {words.html_attributes}>",
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="dl4es-bib">',
        f"<title>{escaped(title)}</title>",
        *_feed_link(downloads.feed, words),
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<header>",
        f'<h1>{escaped(title)}</h1>',
        *_head(parts, entries, downloads, words),
        "</header>",
        "<main>",
    ]  # fmt: skip
    seen: set[str] = set()
    for part in parts:
        lines += _part(part, seen, words)
    lines += [*_figures(figures, words), "</main>", *_foot(words), *_data_blocks(entries, records, words)]
    lines.append(f"<script>{script}</script>")
    return "\n".join([*lines, "</body>", "</html>", ""])


def _feed_link(address: str, words: Words) -> Iterator[str]:
    if address:
        title, href = escaped(words.text("new_references")), escaped(address)
        yield f'<link rel="alternate" type="application/feed+json" title="{title}" href="{href}">'


def _head(parts: Sequence[PagePart], entries: Sequence[PageEntry], downloads: Downloads, words: Words) -> Iterator[str]:
    keys = {key for entry in entries for key in (entry.entry.key, *entry.supplements)}
    chapters = [part for part in parts if part.heading]
    works = words.counted("works", len(keys))
    sentence = (
        words.text("works_in_chapters", works, words.counted("chapters", len(chapters)))
        if chapters
        else words.text("works", works)
    )
    if any(entry.supplements for entry in entries):
        sentence += f" {words.text('together')}"
    yield f"<p>{escaped(sentence)}</p>"
    if files := [*downloads.files, *([(downloads.feed, words.text("feed"))] if downloads.feed else [])]:
        links = " · ".join(f'<a href="{escaped(address)}">{escaped(word)}</a>' for address, word in files)
        yield f'<p class="downloads">{_word(words, "download")}: {links}</p>'
    else:
        button = f'<button type="button" id="download">{_word(words, "download_library")}</button>'
        yield f'<p class="downloads scripted">{button}</p>'
    if len(chapters) > 1:
        name = _word(words, "chapters")
        yield f'<nav aria-label="{name}"><details><summary>{name}</summary><ul>'
        for part in chapters:
            yield f'<li><a href="#{_part_id(part)}">{escaped(part.heading)}</a></li>'
        yield "</ul></details></nav>"
    yield from _controls(chapters, entries, words)
    yield f'<p class="count" id="count" role="status">{escaped(words.counted("count", len(entries)))}</p>'


def _controls(chapters: Sequence[PagePart], entries: Sequence[PageEntry], words: Words) -> Iterator[str]:
    every = ("", words.text("all"))
    years = [entry.entry.work.year for entry in entries if entry.entry.work.year]
    yield '<form class="controls scripted" id="controls" role="search">'
    yield f'<label class="search">{_word(words, "search")} <input type="search" id="search" autocomplete="off"></label>'
    filled = [(_part_id(part), part.heading) for part in chapters if part.entries]
    yield _choice("chapter", words.text("chapter"), [every, *filled])
    low, high = (min(years), max(years)) if years else (0, 0)
    for bound, year in (("from", low), ("to", high)):
        limits = f'min="{low}" max="{high}" placeholder="{year}"'
        yield f'<label>{_word(words, bound)} <input type="number" id="{bound}" {limits}></label>'
    types = sorted({entry.entry.work.type for entry in entries}, key=words.kind)
    yield _choice("type", words.text("kind"), [every, *((_type(kind), words.kind(kind)) for kind in types)])
    outcomes = sorted({_outcome(entry) for entry in entries})
    if len(outcomes) > 1:
        named = ((outcome, words.outcome(outcome)) for outcome in outcomes)
        yield _choice("outcome", words.text("outcome"), [every, *named])
    yield _choice("sort", words.text("order"), [(order, words.text(f"order_{order}")) for order in _ORDERS])
    yield f'<button type="reset">{_word(words, "show_all")}</button>'
    yield "</form>"


def _choice(id: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<option value="{escaped(value)}">{escaped(word)}</option>' for value, word in options)
    return f'<label>{escaped(label)} <select id="{id}">{rows}</select></label>'


def _part(part: PagePart, seen: set[str], words: Words) -> Iterator[str]:
    yield f'<section class="part" id="{_part_id(part)}">'
    if part.heading:
        yield f"<h2>{escaped(part.heading)}</h2>"
    if part.authors:
        yield f'<p class="authors">{escaped(part.authors)}</p>'
    if part.entries:
        yield '<ul class="references">'
        for entry in part.entries:
            yield _entry(entry, seen, words)
        yield "</ul>"
    else:
        yield f"<p>{_word(words, 'no_references')}</p>"
    yield "</section>"


def _entry(entry: PageEntry, seen: set[str], words: Words) -> str:
    work, key = entry.entry.work, entry.entry.key
    id = anchor(key)
    number = 2
    while id in seen:  # the work is in an earlier chapter too
        id = f"{anchor(key)}--{number}"
        number += 1
    seen.add(id)
    year = f' data-year="{work.year}"' if work.year is not None else ""
    mark = f'<span class="mark">{escaped(words.outcome(entry.entry.mark))}</span>' if entry.entry.mark else ""
    badges = "".join(_badge(badge, words) for badge in entry.badges)
    link, copy = _word(words, "link"), _word(words, "copy")
    note = f"<span>{escaped(entry.entry.note)}</span>" if entry.entry.note else ""
    return (
        f'<li id="{id}" data-key="{escaped(key)}"{year} data-type="{escaped(_type(work.type))}" '
        f'data-outcome="{_outcome(entry)}">'
        f'<div class="text" dir="auto">{entry.html}</div><div class="about">{badges}{mark}{note}'
        f'<a class="permalink" href="#{id}">{link}</a>'
        f'<details class="cite scripted"><summary>{copy}</summary></details>'
        f'<span class="Z3988" title="{escaped(context_object(work))}"></span></div></li>'
    )


def _badge(badge: Badge, words: Words) -> str:
    word = _word(words, f"badge_{badge.word}")
    return f'<a class="badge" href="{escaped(badge.address)}" title="{escaped(badge.title[:200])}">{word}</a>'


def _figures(figures: Sequence[Figure], words: Words) -> Iterator[str]:
    if not figures:
        return
    yield f'<section class="figures" id="figures"><h2>{_word(words, "figures")}</h2>'
    for figure in figures:
        title = escaped(figure.title)
        yield f"<figure>{svg(figure, words)}<figcaption>{title}</figcaption>{_table(figure, words)}</figure>"
    yield "</section>"


def _table(figure: Figure, words: Words) -> str:
    """The numbers as a table; a screen reader sees nothing within a picture."""
    if isinstance(figure, Bars):
        body = "".join(_row(label, [str(count)]) for label, count in figure.bars)
    else:
        heads = "".join(f'<th scope="col">{escaped(column)}</th>' for column in figure.columns)
        body = f"<tr><td></td>{heads}</tr>" + "".join(
            _row(label, [figure.shown(row, column) for column in range(len(figure.columns))])
            for row, label in enumerate(figure.rows)
        )
    return f"<details><summary>{_word(words, 'as_table')}</summary><table>{body}</table></details>"


def _row(label: str, cells: Sequence[str]) -> str:
    return f'<tr><th scope="row">{escaped(label)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _foot(words: Words) -> Iterator[str]:
    yield f'<footer class="legend"><p>{_word(words, "legend")}</p><ul>'
    for doubt in _DOUBTS:
        yield f"<li><em>{_word(words, f'outcome_{doubt}')}</em>: {_word(words, f'legend_{doubt}')}</li>"
    yield "</ul></footer>"


def _data_blocks(entries: Sequence[PageEntry], records: Records, words: Words) -> Iterator[str]:
    """What the script needs: sort keys as they are, records deflated."""
    keys = [[clean(_first_author(entry)), clean(entry.entry.work.title[:80])] for entry in entries]
    yield f'<script type="application/json" id="sort-keys">{_json(keys)}</script>'
    said = {name: words.text(name) for name in _SCRIPT_WORDS}
    yield f'<script type="application/json" id="words">{_json(said)}</script>'
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


def _word(words: Words, name: str) -> str:
    return escaped(words.text(name))


def _part_id(part: PagePart) -> str:
    return "part-" + (part.slug or "references")


@cache
def _data(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
