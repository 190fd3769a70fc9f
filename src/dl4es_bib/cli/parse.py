"""``parse``: reference strings to CSL-JSON, BibTeX or a table."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.spans import show_spans

if TYPE_CHECKING:
    from dl4es_bib.model.finding import Finding
    from dl4es_bib.model.span import Span
    from dl4es_bib.model.work import Work

#: Lines in which it is looked for lines that go on with the one before.
_LOOKED_AT = 400
#: Characters of a line that are read.
_LONGEST = 20_000

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

    Lines that are no reference, such as prose, are named on standard error; json keeps their text, bibtex has it as a
    comment. Where no line is a reference, the exit code is 1.
    """
    from dl4es_bib.disk.source import SourceText, load
    from dl4es_bib.formats.latex import to_unicode
    from dl4es_bib.model.span import Span
    from dl4es_bib.model.work import Source, Work
    from dl4es_bib.read.pasted import pasted_references, with_author_of
    from dl4es_bib.read.reference import parse_reference
    from dl4es_bib.read.reference.recognise import holds_reference

    text = SourceText("TEXT", source) if _is_text(source) else load(source)
    source = text.name if _is_text(source) else source
    lines = text.text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if not any(line.strip() for line in lines):
        console.findings(text.findings)
        console.error(f"{source} holds no line with text. Give one reference string per line.")
        return 1
    numbered = pasted_references(lines) if split else enumerate(lines, 1)
    rows: list[list[str]] = []
    used: set[str] = set()
    format_ = "json" if as_json else format_
    found: list[Finding] = list(text.findings)
    references, before = 0, Work()
    for number, line in numbered:
        decoded = to_unicode(line)
        work = parse_reference(decoded, Source("text", source, span=Span(source, number)))
        work = before = with_author_of(work, before, decoded)
        place = Span(source, number)
        is_reference = holds_reference(decoded, work)
        references += is_reference
        if len(line) > _LONGEST:
            found.append(_too_long(line, place))
        elif not is_reference and line.strip():
            found.append(_no_reference(line, place))
        if show:
            show_spans(f"{source}:{number}{_sure(work.confidence)}", decoded, work)
        elif format_ == "json":
            kept = "" if is_reference and len(line) <= _LONGEST else line
            console.json_out(_item(work, f"line-{number}", kept), indent=None)
        elif format_ == "bibtex":
            console.out(_bibtex(work, used) if is_reference else _comment(line))
        elif format_ == "table":
            rows.append([str(number), _percent(work.confidence), *(_short(work, name) for name in _COLUMNS)])
        else:
            console.out(f"{source}:{number}  {work.type or 'unknown'}{_sure(work.confidence)}")
            for name in work:
                console.out(f"    {name}: {work.text(name)}")
    if rows:
        console.table([["line", "sure", "author", "date", "title", "in", "volume", "page", "DOI"], *rows])
    sys.stdout.flush()
    console.findings(found)
    if not references:
        console.error(f"No line of {source} is a reference. Give one reference string per line.")
        return 1
    if not split and (joined := _going_on(lines)):
        console.say(
            f"{console.counted(joined, 'line goes', 'lines go')} on with the line before. Use --split to join them."
        )
    return 0


def _no_reference(line: str, place: Span) -> Finding:
    from dl4es_bib.model.finding import Finding

    shown = line.strip() if len(line.strip()) <= 60 else line.strip()[:57] + "…"
    return Finding("no-reference", f"This does not look like a reference: {shown}", place)


def _too_long(line: str, place: Span) -> Finding:
    from dl4es_bib.model.finding import Finding

    return Finding(
        "long-line",
        f"The line has {len(line):,} characters; what is beyond {_LONGEST:,} is not read.",
        place,
        "Put each reference on a line of its own, or use --split.",
    )


def _comment(line: str) -> str:
    """A line as BibTeX ignores it: text outside of entries, without the sign that begins one."""
    return "% " + line.strip().replace("@", "(at)") if line.strip() else ""


def _going_on(lines: list[str]) -> int:
    """How many lines are the rest of the reference on the line before: indented, or begun in lower case."""
    from dl4es_bib.read.reference import looks_like_reference

    count = 0
    for before, line in pairwise(lines[:_LOOKED_AT]):
        rest = line.lstrip()
        if before.strip() and rest and (line[:2].isspace() or rest[0].islower()) and not looks_like_reference(line):
            count += 1
    return count


def _is_text(argument: str) -> bool:
    """Whether an argument is a reference itself: several words that name no file."""
    return len(argument.split()) > 2 and not os.path.lexists(argument)


def _item(work: Work, id: str, text: str = "") -> dict[str, Any]:
    """The work as CSL-JSON; ``custom`` holds the confidence, of the whole and of each field, and a text to be kept."""
    from dl4es_bib.formats.csljson import to_csl

    item = to_csl(work, id)
    if work.confidence is not None:
        fields = {name: held.confidence for name, held in work.fields.items() if held.confidence is not None}
        item["custom"] = {**item.get("custom", {}), "confidence": work.confidence, "field-confidence": fields}
    if text.strip():
        item["custom"] = {**item.get("custom", {}), "text": text}
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
