"""``scan``: what a document holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import chapter_pattern_option, from_option, source_argument
from dl4es_bib.cli.spans import show_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dl4es_bib.model.document import Document, Item, Link
    from dl4es_bib.model.name import Name

_SHOWN: Final = {"reference": "reference", "reference_stub": "title only", "resource": "link"}
_COLOURS: Final = {"reference": "green", "title only": "yellow", "link": "blue", "dataset": "cyan", "software": "cyan"}
#: As many characters of a line as a terminal of common width shows.
_WIDTH: Final = 100
_MOST_NAMES: Final = 6
#: A reference that is less sure than this is marked.
_DOUBTFUL: Final = 0.5
#: Findings about what is not taken, with why.
_LEFT_OUT: Final = {
    "left-out": "contents, prose and links about the page, which are no references",
}


@click.command("scan")
@source_argument
@from_option
@chapter_pattern_option
@click.option("--json", "as_json", is_flag=True, help="Print the document tree as JSON.")
@click.option("--show", is_flag=True, help="Print the text of each item with what was read in it marked.")
def command(source: str, reader: str, chapter_pattern: str, as_json: bool, show: bool) -> int:
    """Show what SOURCE holds: chapters, items, links, identifiers. '-' is standard input."""
    from dl4es_bib.cli.serialise import document_json
    from dl4es_bib.tasks.project import scan

    document = scan(source, chapter_pattern=chapter_pattern, reader=reader)
    if as_json:
        console.json_out(document_json(document))
    else:
        _show(document, marked=show)
    console.findings(document.findings)
    if not any(document.items) and not document.front.entries:
        console.error(
            f"{source}: no reference was found. A list entry, a numbered line or a BibTeX entry is one; "
            "'--from' names the kind of source."
        )
        return 1
    return 1 if any(finding.severity != "note" for finding in document.findings) else 0


def _show(document: Document, *, marked: bool) -> None:
    """Chapters and items, each with what was read from it, so that a wrong reading is seen; then how many of what.

    Arguments:
        marked: whether the text of each item is shown with its fields marked, instead of the fields alone.
    """
    from dl4es_bib.cli.serialise import counts, judges

    judged = judges(document)
    doubtful = 0
    console.heading(document.title or document.source)
    for chapter in document.chapters:
        number = f"{chapter.number_raw} " if chapter.number_raw else ""
        console.out()
        console.heading(f"{number}{chapter.title or '(no title)'}  [{chapter.span}]")
        for item in chapter.items:
            doubt = _doubt(item, judged=judged)
            doubtful += bool(doubt)
            if marked:
                _show_text(item, doubt)
            else:
                _show_item(item, doubt)
    totals = counts(document)
    nouns = {name: name.replace("_", " ").removesuffix("s") for name in totals}
    console.out("\n" + ", ".join(console.counted(number, nouns[name]) for name, number in totals.items()))
    kinds = Counter(_kind(item) for item in document.items)
    console.out("kinds: " + (", ".join(f"{number} {kind}" for kind, number in kinds.most_common()) or "none"))
    if doubtful:
        console.out(f"? marks {console.counted(doubtful, 'item')} that may be read wrong; look at them.")
    left_out = Counter(finding.code for finding in document.findings if finding.code in _LEFT_OUT)
    for code, notes in left_out.most_common():
        console.out(f"left out: {_LEFT_OUT[code]} ({console.counted(notes, 'note')} below)")


def _kind(item: Item) -> str:
    if item.kind == "resource" and item.fields is not None and item.fields.type in ("dataset", "software"):
        return item.fields.type
    return _SHOWN[item.kind]


def _doubt(item: Item, *, judged: bool) -> str:
    """Why what was read of a reference may be wrong, or ``""``.

    Arguments:
        judged: whether the confidence of a reference that was read from text is asked too.
    """
    from dl4es_bib.cli.serialise import confidence

    if item.kind != "reference" or item.fields is None:
        return ""
    identified = any(not identified.is_guess for identified in item.identifiers)
    missing = [
        name
        for name, there in (
            ("title", item.fields.title),
            ("authors", item.fields.names("author") or item.fields.names("editor") or identified),
            ("year", item.fields.year or identified),
        )
        if not there
    ]
    if missing:
        return f"no {' and no '.join(missing)}"
    sure = confidence(item.string) if judged and item.string else None
    return f"{sure:.0%} sure" if sure is not None and sure < _DOUBTFUL else ""


def _show_text(item: Item, doubt: str) -> None:
    """The text of an item with its fields marked, and below it what it identifies and links to."""
    title = f"{'?' if doubt else ' '} {_kind(item)}  {item.span}{f'  {doubt}' if doubt else ''}"
    if item.fields is not None:
        show_spans(title, item.string or item.text, item.fields)
    else:
        name = "title" if item.title else "label"
        text, part = item.text, item.title or item.label
        before, found, after = text.partition(part) if part else (text, "", "")
        console.marked(title, [(before, "", None), *([(found, name, None)] if found else []), (after, "", None)])
    for line in _below(item):
        console.out(f"    {line}")


def _below(item: Item) -> Iterator[str]:
    """A line for each identifier and address of an item and its resources."""
    if item.citation_key:
        yield f"key: {item.citation_key}"
    for identified in item.identifiers:
        yield f"{identified.identifier}{' (derived)' if identified.is_guess else ''}"
    yield from _addresses("link: ", item.links)
    for resource in item.resources:
        yield from _addresses(f"{resource.label or resource.role}: ", resource.links)


def _show_item(item: Item, doubt: str) -> None:
    kind = _kind(item)
    title = (item.fields.title if item.fields else "") or item.title or item.label or item.text
    mark = "?" if doubt else " "
    console.labelled(f"{mark} {kind:11}", _COLOURS[kind], f"{item.span.line:5}  {title[:_WIDTH]}")
    known = ", ".join(str(identified.identifier) for identified in item.identifiers)
    for line in (
        _people_and_place(item),
        f"key: {item.citation_key}" if item.citation_key else "",
        known,
        f"? {doubt}: {item.text[:_WIDTH]}" if doubt else "",
        *_addresses("", item.links),
    ):
        if line:
            console.out(f"{'':22}{line}")
    for resource in item.resources:
        for line in _addresses(f"{resource.label or resource.role}: ", resource.links):
            console.out(f"{'':22}{line}")


def _people_and_place(item: Item) -> str:
    if item.fields is None:
        return ""
    work = item.fields
    names = work.names("author") or work.names("editor")
    people = "; ".join(_name(name) for name in names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES or work.et_al:
        people += " et al." if work.et_al else f" … ({len(names)} in all)"
    venue = work.text("container-title") or work.text("publisher")
    volume = work.text("volume") + (f"({work.text('issue')})" if work.text("issue") else "")
    pages = work.text("page") or work.text("article-number")
    parts = (people, str(work.year or ""), ", ".join(part for part in (venue, volume, pages) if part))
    return " | ".join(part for part in parts if part)


def _name(name: Name) -> str:
    return name.literal or " ".join(part for part in (name.given, name.non_dropping_particle, name.family) if part)


def _addresses(label: str, links: tuple[Link, ...]) -> list[str]:
    return [f"{label}{link.url}" for link in links]
