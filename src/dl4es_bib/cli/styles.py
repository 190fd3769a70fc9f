"""``styles``: the citation styles there are, by name and title."""

from __future__ import annotations

import click

from dl4es_bib.cli import console


@click.command("styles")
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line: name, title, alias_of.")
def command(words: tuple[str, ...], as_json: bool) -> int:
    """List the styles whose name or title holds every one of WORDS; without WORDS all of them.

    Give the name to --style, or write it in dl4es-bib.yaml. A style file (.csl) of your own works as well.
    """
    from dl4es_bib.csl.styles import search_styles

    found = search_styles(words)
    for style in found:
        if as_json:
            console.json_out({"name": style.name, "title": style.title, "alias_of": style.alias_of}, indent=None)
        else:
            stands_for = f"  (= {style.alias_of})" if style.alias_of else ""
            console.out(f"{style.name}  {style.title}{stands_for}")
    if not found:
        console.error(f"No style holds {' and '.join(words)!r} in its name or title. Try fewer or shorter words.")
        return 1
    return 0
