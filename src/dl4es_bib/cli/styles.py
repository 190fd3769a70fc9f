"""``styles``: the citation styles there are, by name and title; what one makes, what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import style_names
from dl4es_bib.model.errors import UsageError


@click.command("styles")
@click.argument("words", nargs=-1)
@click.option(
    "--preview",
    metavar="STYLE",
    shell_complete=style_names,
    default="",
    help="Format a few made-up works in STYLE: citations and list.",
)
@click.option("--locale", metavar="LOCALE", default="", help="Language of the preview, such as de-DE.")
@click.option("--locales", is_flag=True, help="List the languages that --locale and locale: can be set to.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line: name, title, alias_of.")
def command(words: tuple[str, ...], preview: str, locale: str, locales: bool, as_json: bool) -> int:
    """List the styles whose name or title holds every one of WORDS; without WORDS all of them.

    \b
    styles check FILE.csl   say what the schema or common sense forbids in style files, with lines

    Give the name to --style, or write it in dl4es-bib.yaml. A style file (.csl) of your own works as well.
    """
    if words[:1] == ("check",):
        return _check(words[1:], as_json)
    if preview or locales:
        if words:
            raise UsageError(f"{' '.join(words)!r} is one too many: --preview and --locales take no words.")
        return _preview(preview, locale, as_json) if preview else _locales(as_json)
    return _list(words, as_json)


def _list(words: tuple[str, ...], as_json: bool) -> int:
    from dl4es_bib.csl.style.find import search_styles

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


def _locales(as_json: bool) -> int:
    from dl4es_bib.csl.style.locale import available_locales

    for tag in available_locales():
        if as_json:
            console.json_out({"locale": tag}, indent=None)
        else:
            console.out(tag)
    return 0


def _preview(name: str, locale: str, as_json: bool) -> int:
    from dl4es_bib.csl import Style
    from dl4es_bib.tasks.convert import style_errors_told
    from dl4es_bib.tasks.style_preview import preview

    with style_errors_told():
        style = Style.load(name)
        made = preview(style, locale)
    if as_json:
        console.json_out({"style": style.name, "citations": list(made.citations), "references": list(made.references)})
        return 0
    console.heading(style.title)
    for citation in made.citations:
        console.out(citation)
    console.out()
    for reference in made.references:
        console.out(reference)
    return 0


def _check(files: tuple[str, ...], as_json: bool) -> int:
    from dl4es_bib.csl.errors import StyleError
    from dl4es_bib.csl.style.examine import examined

    if not files:
        raise UsageError("Name a style file: 'styles check FILE.csl'.")
    failed = False
    for file in files:
        try:
            found = examined(Path(file))
        except StyleError as error:
            failed = True
            if as_json:
                console.json_out({"file": file, "line": 0, "severity": "error", "message": str(error)}, indent=None)
            else:
                console.error(str(error))
            continue
        failed = failed or any(finding.severity != "note" for finding in found)
        for finding in found:
            if as_json:
                row = {"file": file, "line": finding.line, "severity": finding.severity, "message": finding.message}
                console.json_out(row, indent=None)
            else:
                console.out(f"{file}:{finding.line}: {finding.severity}: {finding.message}")
        if not found and not as_json:
            console.say(f"{file}: no fault was found.")
    return 1 if failed else 0
