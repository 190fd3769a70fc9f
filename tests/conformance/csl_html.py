"""HTML as the CSL test-suite writes it, with blocks for display attributes and second-field-align."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dl4es_bib.csl.output.quotes import Quotes
from dl4es_bib.csl.output.tree import INVERTED, Token

_NORMAL = {"font-style": "normal", "font-variant": "normal", "font-weight": "normal", "text-decoration": "none"}


def escape(text: str) -> str:
    """Text in HTML, with the entities of the suite."""
    text = text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    return _RAISED.sub(lambda match: f"<sup>{_BASES[match.group()]}</sup>", text) if _RAISED.search(text) else text


#: Raised letters and digits of terms.
_BASES = dict(zip("ªºʰʲʳʷʸˡˢᵃᵇᵈᵉᵍᵏᵐⁿᵒᵖᵗᵘᵛⁱ⁰¹²³⁴⁵⁶⁷⁸⁹", "aohjrwylsabdegkmnoptuvi0123456789", strict=True))
_RAISED = re.compile(f"[{''.join(_BASES)}]")


_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font-variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-weight", "light"): ('<span style="font-weight:light;">', "</span>"),
    ("font-weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("text-decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("text-decoration", "none"): ('<span style="text-decoration:none;">', "</span>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): ('<span style="baseline">', "</span>"),
}


def html(tokens: list[Token], quotes: Quotes) -> str:
    """A stream of tokens as HTML."""
    out: list[str] = []
    current: dict[str, list[str]] = {}
    closers: list[list[tuple[str, str, str]]] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(escape(token))
        elif token.kind == "quotes":
            out.append(quotes.mark(token))
        elif token.kind == "format":
            if token.ends:
                for name, _, closing in reversed(closers.pop()):
                    current[name].pop()
                    out.append(closing)
            else:
                applied: list[tuple[str, str, str]] = []
                assert isinstance(token.value, tuple)
                for name, given in reversed(token.value):
                    value = given.removeprefix(INVERTED)
                    stack = current.setdefault(name, [])
                    inherited = stack[-1] if stack else _NORMAL.get(name, "baseline")
                    if value == inherited and value != given and value != _NORMAL[name]:
                        value = _NORMAL[name]  # flip-flop: italics within italics are upright
                    elif value == inherited:
                        continue
                    opening, closing = _TAGS.get((name, value), ("", ""))
                    stack.append(value)
                    applied.append((name, value, closing))
                    out.append(opening)
                closers.append(applied)
        elif token.kind == "display":
            opening, closing = _BLOCKS[str(token.value)]
            out.append(closing if token.ends else opening)
    return "".join(out)


#: Blocks of an entry, with the line ends of the suite.
_BLOCKS = {
    "block": ('\n\n    <div class="csl-block">', "</div>\n"),
    "left-margin": ('\n    <div class="csl-left-margin">', "</div>"),
    "right-inline": ('<div class="csl-right-inline">', "</div>\n  "),
    "indent": ('<div class="csl-indent">', "</div>\n  "),
}

#: What stands for a citation or numbered reference that a style prints nothing for, as the test-suite has it.
NO_FORM = "[CSL STYLE ERROR: reference with no printed form.]"


def block(written: Sequence[str], numbered: bool = False) -> str:
    """Entries as the block of HTML that the test-suite expects.

    Arguments:
        written: the entries.
        numbered: whether the style writes citation numbers, and so for an entry without a form, too; in
            other styles such an entry is left out.
    """
    out = ['<div class="csl-bib-body">\n']
    for number, text in enumerate(written, start=1):
        if not text and not numbered:
            continue
        text = text or f"{number}. {NO_FORM}"
        out.append(f'  <div class="csl-entry">{_parted(text)}</div>\n')
    return "".join([*out, "</div>"])


def _parted(text: str) -> str:
    """An entry with the blanks at its ends outside its blocks."""
    opening, _ = _BLOCKS["left-margin"]
    if text.startswith(f"{opening} "):
        text = f" {opening}{text.removeprefix(opening).lstrip(' ')}"
    _, closing = _BLOCKS["right-inline"]
    return f"{text.removesuffix(' ' + closing)}{closing} " if text.endswith(" " + closing) else text
