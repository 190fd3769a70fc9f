"""What a shell offers for citation keys, styles, verbs and names of files."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.shell_completion import CompletionItem

#: More are not offered: nobody reads them, and the shell asks before it shows so many.
_MOST = 400
#: How help shows a parameter that names files or folders.
_FILES = re.compile(r"\[?(?:FILE|SOURCE|DIR|PATH|MAIN)\b.*")


class _FileNames(click.types.StringParamType):
    """A text that names a file or folder; a shell offers those that are there."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(incomplete, type="file")]


_FILE_NAMES = _FileNames()


def complete_files(command: click.Command) -> None:
    """Let a shell offer files wherever a parameter names some, as help shows it; other completions stay."""
    for parameter in command.params:
        if parameter.type is click.STRING and _FILES.fullmatch(parameter.metavar or ""):
            parameter.type = _FILE_NAMES


def verbs(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Verbs that begin so, and behind a verb those below it."""
    shown: click.Command | None = context.find_root().command
    for verb in context.params.get("verbs") or ():
        shown = shown.get_command(context, verb) if isinstance(shown, click.Group) else None
    if not isinstance(shown, click.Group):
        return []
    return [CompletionItem(verb) for verb in shown.list_commands(context) if verb.startswith(begun)]


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
    """Styles that begin so, and files of the folder.

    Files come first: the function of bash forgets what came before them.
    """
    from dl4es_bib.csl.style.find import style_names as names_begun

    return [CompletionItem(begun, type="file"), *(CompletionItem(name) for name in names_begun(begun)[:_MOST])]


styles_option = click.option(
    "-s", "--style", "styles", multiple=True, metavar="STYLE", shell_complete=style_names,
    help="CSL style; may be repeated.",
)  # fmt: skip
"""The styles of lists, for the verbs that write several."""
