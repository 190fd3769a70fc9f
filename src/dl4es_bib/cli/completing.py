"""What a shell offers for citation keys and styles."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

#: More are not offered: nobody reads them, and the shell asks before it shows so many.
_MOST = 400


def library_keys(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Keys of the library that begin so; of its title in the shells that show one."""
    from dl4es_bib.bib.file import parse
    from dl4es_bib.cli.console import safe
    from dl4es_bib.cli.options import library_of
    from dl4es_bib.disk.bounded import read_bytes_if_there
    from dl4es_bib.model.errors import DL4ESBibError

    try:
        named = context.params.get("libraries") or ()
        config_path = context.params.get("config_path")
        _, places = library_of(Path(config_path) if config_path else None, named)
        files = [parse(read_bytes_if_there(path) or b"") for path in places.libraries]
    except (DL4ESBibError, OSError):
        return []  # a completion never stands in the way
    entries = [entry for file in files for entry in file.entries if entry.key.lower().startswith(begun.lower())]
    return [
        CompletionItem(entry.key, help=safe(" ".join(entry.values().get("title", "").split())[:60]))
        for entry in entries[:_MOST]
    ]


def style_names(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Styles that begin so, and files of the folder."""
    from dl4es_bib.csl.style.find import style_names as names_begun

    return [*(CompletionItem(name) for name in names_begun(begun)[:_MOST]), CompletionItem(begun, type="file")]


styles_option = click.option(
    "-s", "--style", "styles", multiple=True, metavar="STYLE", shell_complete=style_names,
    help="CSL style; may be repeated.",
)  # fmt: skip
"""The styles of lists, for the verbs that write several."""
