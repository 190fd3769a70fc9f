"""Blanks that a PDF put before a mark instead of behind it: "Roe ,Sea .Lett .90 ( 2013 )"."""

from __future__ import annotations

import re
from typing import Final

#: A mark that has its blank before it and a word behind it.
_DISPLACED: Final = re.compile(r"(?<=[\w)\]\"”’]) ([,;:](?=[\w(\[\"“])|\.(?=[^\W\d_]))(?!\.(?:NET|Net)\b)")
#: One that no text has by intent.
_CERTAIN: Final = re.compile(r"(?<=[\w)\]\"”’]) [,;](?=[^\W_])")
_MARK: Final = re.compile(r"(?<=[\w)\]\"”’.]) ([,.;:]{1,2})(?=[\w(\[\"“])")
_BEFORE: Final = re.compile(r" (?=[,;)\]](?:\W|$)|[.](?: |$))")
_OPENED: Final = re.compile(r"(?<=[(\[]) (?=\w)")
_CLOSED: Final = re.compile(r"(?<=\w) (?=[)\]])")
_BEHIND_BRACKET: Final = re.compile(r"(?<=[)\]])(?=[^\W\d_]{3})")
_RANGE: Final = re.compile(r"(?<=\d) ?([-–])(?: (?=\d)|(?<= [-–])(?=\d))")
_DECIMAL: Final = re.compile(r"(?<=\d) \. ?(?=\d)")
_NO_BLANK: Final = re.compile(
    r"(?<=[^\W\d_])([,;])(?=[^\W\d_])|(?<=[.)])([,;])(?=[&\w])|(?<=[a-z]{3})([.])(?=[A-Z][a-z])"
)
#: "StatesarXiv:1612.00739", "(2016)doi:10.1000/x": what identifies a work, run into the word before.
_GLUED: Final = re.compile(r"(?<=[^\W_])(?=arXiv ?: ?[\da-z])|(?<=[a-z\d)])(?=doi ?: ?10\.)")
_QUOTE: Final = re.compile(r' ?" ?')


#: "http://www. example.org", "<http://example.org /~ode/>", "https://example.org/papers/ tides.pdf"
_BROKEN_ADDRESS: Final = re.compile(
    r"(?<=://www\.) (?=[a-z])|(?<=\w\.org|\w\.com|\w\.edu|\w\.net) (?=/[\w~])"
    r"|(?<=/) (?=[\w.-]{2,60}\.(?:pdf|html?|shtml?|php|aspx?)\b)"
)


def respaced(text: str) -> str:
    """The text with the blank behind each mark, where several marks have it before them; else as it is."""
    if "arXiv" in text or "doi" in text:
        text = _GLUED.sub(" ", text)
    if "://" in text or "www." in text:
        text = _BROKEN_ADDRESS.sub("", text)
    if " ," not in text and " ." not in text and " ;" not in text and " :" not in text:
        return text
    displaced = len(_DISPLACED.findall(text))
    if displaced < 2 and not (displaced and _CERTAIN.search(text)):
        return text
    text = _DECIMAL.sub(".", text)
    text = _MARK.sub(r"\1 ", text)
    text = _BEFORE.sub("", text)
    text = _NO_BLANK.sub(lambda found: found.group() + " ", text)
    text = _CLOSED.sub("", _OPENED.sub("", text))
    text = _RANGE.sub(r"\1", text)
    text = _BEHIND_BRACKET.sub(" ", text)
    return _requoted(text) if text.count('"') in (2, 4) else text


def _requoted(text: str) -> str:
    """Straight quotation marks, which open and close in turn, with the blank outside."""
    opens = False

    def placed(found: re.Match[str]) -> str:
        nonlocal opens
        opens = not opens
        if opens:
            return ' "' if found.start() else '"'
        return '" ' if found.end() < len(text) and text[found.end()] not in ",.;:)]" else '"'

    return _QUOTE.sub(placed, text)
