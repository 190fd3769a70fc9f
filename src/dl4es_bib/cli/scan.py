"""``scan``: what a document holds."""

from __future__ import annotations

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import chapter_pattern_option, from_option, source_argument


@click.command("scan")
@source_argument
@from_option
@chapter_pattern_option
@click.option("--json", "as_json", is_flag=True, help="Print the document tree as JSON.")
def command(source: str, reader: str, chapter_pattern: str, as_json: bool) -> int:
    """Show what SOURCE holds: chapters, items, links, identifiers. '-' is standard input."""
    from dl4es_bib.cli.serialise import counts, document_json
    from dl4es_bib.tasks.project import scan

    document = scan(source, chapter_pattern=chapter_pattern, reader=reader)
    if as_json:
        console.json_out(document_json(document))
    else:
        console.out(f"{document.title or document.source}")
        for chapter in document.chapters:
            number = f"{chapter.number_raw} " if chapter.number_raw else ""
            console.out(f"\n{number}{chapter.title or '(no title)'}  [{chapter.span}]")
            for item in chapter.items:
                known = ", ".join(str(identified.identifier) for identified in item.identifiers)
                text = item.title or item.label or item.text
                console.out(f"  {item.kind:14} {item.span.line:5}  {text[:90]}" + (f"  ({known})" if known else ""))
                for resource in item.resources:
                    console.out(
                        f"  {'':14} {resource.span.line:5}    {resource.label}: "
                        + " ".join(x.url for x in resource.links)
                    )
        totals = counts(document)
        nouns = {name: name.replace("_", " ").removesuffix("s") for name in totals}
        console.out("\n" + ", ".join(console.counted(number, nouns[name]) for name, number in totals.items()))
    console.findings(document.findings)
    if not any(document.items) and not document.front.entries:
        console.error(
            f"{source}: no reference was found. A list entry, a numbered line or a BibTeX entry is one; "
            "'--from' names the kind of source."
        )
        return 1
    return 1 if any(finding.severity != "note" for finding in document.findings) else 0
