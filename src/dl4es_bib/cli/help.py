"""``help``: what ``--help`` says, asked the other way round."""

from __future__ import annotations

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import verbs


@click.command("help")
@click.argument("verbs", metavar="[VERB]...", nargs=-1, shell_complete=verbs)
@click.pass_context
def command(context: click.Context, verbs: tuple[str, ...]) -> int:
    """Show the help of a VERB, such as 'help build' or 'help index add'; without one, of all."""
    at = context.parent
    assert at is not None, "a verb has the whole command line above it"
    shown: click.Command = at.command
    for verb in verbs:
        if not isinstance(shown, click.Group):
            raise click.UsageError(
                f"'{at.info_name}' has no command '{verb}'; 'dl4es-bib help {at.info_name}' says more."
            )
        name, found, _ = shown.resolve_command(at, [verb])
        assert found is not None, "a verb that is not there has been refused"
        at = click.Context(found, info_name=name, parent=at)
        shown = found
    console.out(shown.get_help(at))
    return 0
