"""The program ``dl4es-bib-myst``: what MyST runs for the directive of :mod:`dl4es_bib.tasks.myst_plugin`."""

from __future__ import annotations

import json
import sys
from typing import Final

#: A page may be as large, in bytes.
_LARGEST: Final = 100_000_000


def main(arguments: list[str] | None = None) -> None:
    """Do what MyST asks for, and exit; a message on standard error becomes MyST's own."""
    from dl4es_bib.model.errors import DL4ESBibError

    given = sys.argv[1:] if arguments is None else arguments
    try:
        answer = _answer(given)
    except DL4ESBibError as error:
        print(error.message, file=sys.stderr)
        sys.exit(error.exit_code)
    except (ValueError, RecursionError):
        print("What MyST gave is no JSON. MyST runs this program itself: name it under 'plugins:'.", file=sys.stderr)
        sys.exit(3)
    # ASCII only: the encoding of the other side does not matter.
    print(json.dumps(answer))
    sys.exit(0)


def _answer(arguments: list[str]) -> object:
    from dl4es_bib.model.errors import UnreadableInput, UsageError
    from dl4es_bib.tasks.myst_plugin import DIRECTIVE, SPECIFICATION, TRANSFORM, place_of_list, with_lists

    if not arguments:
        return SPECIFICATION
    if arguments not in (["--directive", DIRECTIVE], ["--transform", TRANSFORM]):
        raise UsageError(
            "MyST runs this program: name it in myst.yml, 'plugins: [{type: executable, path: dl4es-bib-myst}]'."
        )
    data = sys.stdin.buffer.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UnreadableInput(f"The page is larger than {_LARGEST // 1_000_000} MB. Divide it.")
    node = json.loads(data)
    if arguments[0] == "--directive":
        return place_of_list(node)
    if b"dl4es-bib-list" not in data:
        return node
    from dl4es_bib.cli.options import configuration

    config, base = configuration(None)
    return with_lists(node, config, base)


if __name__ == "__main__":
    main()
