"""``completion``: the lines that let a shell complete verbs, options, keys and styles."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from dl4es_bib.cli import console

_VARIABLE = "_DL4ES_BIB_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the completion of a SHELL: verbs, options, files, citation keys and styles.

    \b
      bash  echo 'eval "$(dl4es-bib completion bash)"' >> ~/.bashrc
      zsh   echo 'eval "$(dl4es-bib completion zsh)"' >> ~/.zshrc
      fish  dl4es-bib completion fish > ~/.config/fish/completions/dl4es-bib.fish
    """
    made = get_completion_class(shell)
    assert made is not None, "click knows these three shells"
    console.out(made(context.find_root().command, {}, "dl4es-bib", _VARIABLE).source())
    return 0
