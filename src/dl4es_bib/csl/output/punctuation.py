"""Punctuation where pieces of output meet: doubled marks, full stops after question marks, closing quotes.

Only the places where two pieces meet are touched; what stands inside a piece of input stays as it is.
"""

from __future__ import annotations

from typing import Final

from dl4es_bib.csl.output.tree import Fixed, Mark, Token

#: first mark → marks that vanish after it.
_SWALLOWS: Final = {":": ":.", ".": ".", ";": ":.;", "!": ":.!", "?": ":.?", ",": ","}
#: first mark → marks that take its place.
_YIELDS_TO: Final = {":": "!?", ";": "!?"}
_MARKS: Final = ":.;!?,"
#: What is mended begins with one of these.
_MET: Final = frozenset(" )]" + _MARKS)
#: Marks that American usage puts before a closing quote.
_MOVE_INTO_QUOTES: Final = ".,!?"


def _closes(text: str) -> bool:
    """Whether no blank can stand before a text: a full stop, a comma, a closing bracket."""
    return text[0] in ")]" or (text[0] in ".," and (len(text) == 1 or (not text[1].isalnum() and text[1] != ".")))


def _before_blank(out: list[Token], texts: list[int]) -> str:
    """The character before the blank that ends what was written; a mark when there is none."""
    for place in reversed(texts[-3:]):
        text = out[place]
        if isinstance(text, str) and (rest := text.rstrip(" ")):
            return rest[-1]
    return "."


def mend(tokens: list[Token], *, punctuation_in_quote: bool) -> list[Token]:
    """Mend the places where texts meet.

    Arguments:
        tokens: a stream, see :func:`dl4es_bib.csl.output.tree.flatten`.
        punctuation_in_quote: whether a period or comma after a closing quote goes before it.
    """
    out: list[Token] = []
    texts: list[int] = []  # places in `out` that hold text, the last of which is met next
    quotes: list[int] = []  # places of closing quotes since the start of the block
    ended = ""  # the mark that ended the block before
    for token in tokens:
        if isinstance(token, Mark):
            if token.kind == "display":
                if texts:
                    ended = _before_blank(out, texts[-1:])
                texts.clear()
                quotes.clear()
            elif token.kind == "quotes" and token.ends:
                quotes.append(len(out))
            out.append(token)
            continue
        text: str = token
        if ended and text.strip():
            # A full stop that begins a block, or follows it, is not said twice.
            if ended in ".!?" and text[0] == "." and not isinstance(text, Fixed) and not text.startswith(".."):
                text = text[1:]
            ended = ""
        # Most texts begin with a letter: nothing is to be mended where they meet the text before.
        meets = text[:1] in _MET or (texts and not out[texts[-1]])
        while meets and text and texts and not isinstance(text, Fixed):
            place = texts[-1]
            before = out[place]
            assert isinstance(before, str)
            if not before:
                texts.pop()
                continue
            last, first = before[-1], text[0]
            if first == " ":
                if last in " ([":
                    text = text[1:]
                    continue
                break
            if last == " " and _closes(text) and _before_blank(out, texts) not in _MARKS:
                out[place] = before[:-1]
                continue
            if first not in _MARKS:
                break
            closed = bool(quotes) and quotes[-1] > place
            if first in _SWALLOWS.get(last, ""):
                if first == "." and text.startswith(".."):
                    break
                text = text[1:]
                continue
            if first in _YIELDS_TO.get(last, "") and (not closed or punctuation_in_quote):
                out[place] = before[:-1]
                continue
            if closed and punctuation_in_quote and first in _MOVE_INTO_QUOTES:
                out[place] = before + first
                text = text[1:]
                continue
            break
        if text:
            texts.append(len(out))
            out.append(text)
    return out
