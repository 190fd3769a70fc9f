"""Which TeX engine a LaTeX output needs, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dl4es_bib.model.finding import Finding

_CHARACTERS: Final = 60
_ENTRIES: Final = 8


def engine_needed(missing: Mapping[str, Sequence[str]], cure: str) -> tuple[Finding, ...]:
    """The finding that pdflatex cannot set an output; none when it can.

    Arguments:
        missing: key of an entry → the characters of it that pdflatex cannot set.
        cure: how to set them.
    """
    keys = [key for key, characters in missing.items() if characters]
    if not keys:
        return ()
    characters = list(dict.fromkeys(character for key in keys for character in missing[key]))
    counted = "1 character" if len(characters) == 1 else f"{len(characters)} characters"
    message = (
        f"pdflatex cannot set {counted} of {_some(keys, _ENTRIES, ', ')}: {_some(characters, _CHARACTERS, ' ')}; "
        "lualatex or xelatex is needed."
    )
    return (Finding("latex/characters", message, fix=cure),)


def _some(things: Sequence[str], most: int, between: str) -> str:
    left = len(things) - most
    return between.join(things[:most]) + (f" and {left} more" if left > 0 else "")
