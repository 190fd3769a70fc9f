"""``server``: the language server for editors."""

from __future__ import annotations

import click


@click.command("server")
def command() -> int:
    """Start the language server on standard input and output; an editor calls it.

    In .bib, .tex, .md, .qmd, .rst and .org files it shows what 'check' and 'verify' find, offers what mends it, formats
    the entry under the pointer, and completes keys where editors for LaTeX do not.
    """
    from dl4es_bib.model.errors import UsageError

    try:
        from dl4es_bib.server.language_server import make_server
    except ImportError as error:
        raise UsageError(
            f"The language server needs the package {error.name}. Install it with: pip install 'dl4es-bib[lsp]'"
        ) from None
    make_server().start_io()
    return 0
