"""``dl4es-bib-citeproc``: a filter of pandoc that formats citations and the list of references."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final

from dl4es_bib._version import __version__

_HELP: Final = """Usage: pandoc --filter dl4es-bib-citeproc --metadata bibliography=FILE INPUT -o OUTPUT

Formats the citations of pandoc's document with dl4es-bib's CSL processor. It reads the metadata 'bibliography',
'references', 'csl', 'lang', 'nocite', 'link-citations', 'suppress-bibliography' and 'reference-section-title'.
Leave out pandoc's own --citeproc.
"""


def main() -> None:
    """Run the filter and exit with its code; no traceback reaches a user."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Read a document on standard input and write it on standard output; the exit code."""
    from dl4es_bib.model.errors import DL4ESBibError

    if arguments[:1] in (["-h"], ["--help"]) or (not arguments and sys.stdin.isatty()):
        sys.stdout.write(_HELP)
        return 0
    if arguments[:1] == ["--version"]:
        sys.stdout.write(f"dl4es-bib-citeproc, version {__version__}\n")
        return 0
    try:
        return _filter()
    except DL4ESBibError as error:
        _say("error", error.message)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:
        if os.environ.get("DL4ES_BIB_DEBUG"):
            raise
        _say("error", f"This is a fault in dl4es-bib, not in your input ({type(error).__name__}: {error}).")
        return 1


def _filter() -> int:
    from dl4es_bib.cli.options import configuration
    from dl4es_bib.tasks.cite_pandoc import MAX_BYTES, cite_pandoc
    from dl4es_bib.tasks.project import Places

    config, base = configuration(None)
    libraries = [path for path in Places.of(config, base).libraries if path.is_file()]
    style = config.styles[0] if "styles" in config.given else "chicago-author-date"
    done = cite_pandoc(sys.stdin.buffer.read(MAX_BYTES + 1), libraries, style)
    for key in done.missing:
        _say("warning", f"the document cites {key}, which the bibliography does not have.")
    for message in done.messages:
        _say("warning", message)
    sys.stdout.buffer.write(done.text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
    return 0


def _say(severity: str, message: str) -> None:
    from dl4es_bib.cli.console import safe

    sys.stderr.write(f"dl4es-bib-citeproc: {severity}: {safe(message)}\n")
