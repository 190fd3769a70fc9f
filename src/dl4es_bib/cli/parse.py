"""``parse``: reference strings to CSL-JSON, BibTeX or a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.spans import show_spans

if TYPE_CHECKING:
    from dl4es_bib.model.work import Work

_COLUMNS = ("author", "issued", "title", "container-title", "volume", "page", "DOI")


@click.command("parse")
@click.argument("source", metavar="FILE|TEXT", default="-")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "bibtex", "table")),
    default="text",
    show_default=True,
    help="How the fields are printed; json is one CSL-JSON item per line.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--show", is_flag=True, help="Show in each string which part was read as what, and how sure that is.")
@click.option(
    "--split",
    is_flag=True,
    help="Join references that go over several lines, and part those that share one, as in a pasted bibliography.",
)
def command(source: str, format_: str, as_json: bool, show: bool, split: bool) -> int:
    """Read the fields of reference strings, one string per line of FILE ('-' is standard input), or of one TEXT.

    Every input line has its output line, unless --split finds the references itself. A line in which nothing is
    recognised is a title. The confidence says how likely everything that was read in a string is right.
    """
    from dl4es_bib.disk.source import SourceText, load
    from dl4es_bib.formats.latex import to_unicode
    from dl4es_bib.model.span import Span
    from dl4es_bib.model.work import Source
    from dl4es_bib.read.reference import parse_reference

    text = SourceText("TEXT", source) if _is_text(source) else load(source)
    source = text.name if _is_text(source) else source
    lines = text.text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    numbered = _references(lines) if split else enumerate(lines, 1)
    rows: list[list[str]] = []
    used: set[str] = set()
    format_ = "json" if as_json else format_
    for number, line in numbered:
        decoded = to_unicode(line)
        work = parse_reference(decoded, Source("text", source, span=Span(source, number)))
        if show:
            show_spans(f"{source}:{number}{_sure(work.confidence)}", decoded, work)
        elif format_ == "json":
            console.json_out(_item(work, f"line-{number}"), indent=None)
        elif format_ == "bibtex":
            console.out(_bibtex(work, used))
        elif format_ == "table":
            rows.append([str(number), _percent(work.confidence), *(_short(work, name) for name in _COLUMNS)])
        else:
            console.out(f"{source}:{number}  {work.type or 'unknown'}{_sure(work.confidence)}")
            for name in work:
                console.out(f"    {name}: {work.text(name)}")
    if rows:
        console.table([["line", "sure", "author", "date", "title", "in", "volume", "page", "DOI"], *rows])
    sys.stdout.flush()
    console.findings(text.findings)
    if not lines:
        console.error(f"{source} holds no line. Give one reference string per line.")
        return 1
    return 0


def _references(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The references of a pasted bibliography with the line where each begins; blank lines and headings are none."""
    from dl4es_bib.read.boundaries import grouped, is_heading, split_references
    from dl4es_bib.read.plain import numbered

    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        stretch = lines[start:end]
        if stretch and not (len(stretch) == 1 and is_heading(stretch[0])):
            for group in grouped(stretch, numbered(stretch)):
                joined = " ".join(stretch[index].strip() for index in group)
                for low, high in split_references(joined):
                    yield start + group[0] + 1, joined[low:high].strip()
        start = end + 1


def _is_text(argument: str) -> bool:
    """Whether an argument is a reference itself: several words that name no file."""
    return len(argument.split()) > 2 and not os.path.lexists(argument)


def _item(work: Work, id: str) -> dict[str, Any]:
    """The work as CSL-JSON; ``custom`` holds the confidence, of the whole and of each field."""
    from dl4es_bib.formats.csljson import to_csl

    item = to_csl(work, id)
    if work.confidence is not None:
        fields = {name: held.confidence for name, held in work.fields.items() if held.confidence is not None}
        item["custom"] = {**item.get("custom", {}), "confidence": work.confidence, "field-confidence": fields}
    return item


def _bibtex(work: Work, used: set[str]) -> str:
    """The work as an entry whose key no entry before has."""
    from dl4es_bib.library.keys.key import proposed_key, unique_key
    from dl4es_bib.tasks.present import WorkPresenter

    key = unique_key(proposed_key(work), used)
    used.add(key.lower())
    return WorkPresenter().to_bibtex(work, key, "biblatex")


def _short(work: Work, name: str) -> str:
    if names := work.names(name):
        return names[0].surname + (" et al." if len(names) > 1 or work.is_incomplete(name) else "")
    text = work.text(name) or (work.text("article-number") if name == "page" else "")
    return text if len(text) <= 48 else text[:47] + "…"


def _percent(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.0%}"


def _sure(confidence: float | None) -> str:
    return "" if confidence is None else f"  {confidence:.0%} sure"
