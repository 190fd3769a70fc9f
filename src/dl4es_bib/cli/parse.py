"""``parse``: reference strings to CSL-JSON."""

from __future__ import annotations

import sys

import click

from dl4es_bib.cli import console


@click.command("parse")
@click.argument("source", metavar="FILE", default="-")
@click.option("--json", "as_json", is_flag=True, help="One CSL-JSON item per line, in the order of the input.")
def command(source: str, as_json: bool) -> int:
    """Read the fields of reference strings, one string per line of FILE ('-' is standard input).

    Every input line has its output line; a line in which nothing is recognised is a title.
    """
    from dl4es_bib.disk.source import load
    from dl4es_bib.formats.csljson import to_csl
    from dl4es_bib.formats.latex import to_unicode
    from dl4es_bib.model.span import Span
    from dl4es_bib.model.work import Source
    from dl4es_bib.read.reference import parse_reference

    text = load(source)
    lines = text.text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        work = parse_reference(to_unicode(line), Source("text", source, span=Span(source, number)))
        if as_json:
            console.json_out(to_csl(work, f"line-{number}"), indent=None)
        else:
            console.out(f"{source}:{number}  {work.type or 'unknown'}")
            for name in work:
                console.out(f"    {name}: {work.text(name)}")
    sys.stdout.flush()
    console.findings(text.findings)
    if not lines:
        console.error(f"{source} holds no line. Give one reference string per line.")
        return 1
    return 0
