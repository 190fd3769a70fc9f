"""The blocks of a reference: what ``display`` and ``second-field-align`` of a style part, for HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dl4es_bib.csl.output.tree import Mark, Token


def divided(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """The tokens of a reference block by block: ``left-margin``, ``right-inline``, ``indent``, ``block`` or nothing."""
    found: list[tuple[str, list[Token]]] = []
    current: list[Token] = []
    depth = 0
    for token in tokens:
        if isinstance(token, Mark):
            if token.kind == "display" and not depth:
                found.append((str(token.value) if token.ends else "", current))
                current = []
                continue
            if token.kind == "format":
                depth += -1 if token.ends else 1
        current.append(token)
    found.append(("", current))
    return [(kind, part) for kind, part in found if any(isinstance(token, str) and token.strip() for token in part)]


def entry(tokens: Sequence[Token], write: Callable[[list[Token]], str], anchor: str = "") -> str:
    """A reference as a block of HTML with the classes that CSL processors share.

    Arguments:
        tokens: the stream of the reference.
        write: writes a stream as a fragment of HTML.
        anchor: the id of the block, to which citations can lead; empty for none.
    """
    parts = divided(tokens)
    inner = "".join(f'<div class="csl-{kind}">{write(part)}</div>' if kind else write(part) for kind, part in parts)
    named = f' id="{anchor}"' if anchor else ""
    return f'<div class="csl-entry"{named}>{inner}</div>'
