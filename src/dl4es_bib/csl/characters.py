"""Characters that no text may bring into a formatted list: controls, directional overrides, private use."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\ue000-\ue0ff]")
# Controls, directional overrides, zero-width space and joiners that hide text, interlinear marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"[\t\r\n]+")


def clean(text: str) -> str:
    """Input text without control, directional and private-use characters, on one line."""
    if text.isprintable():
        return text  # nothing of what is looked for is printable
    text = visible(text)
    return " ".join(line.strip() for line in _LINE_ENDS.split(text)) if _LINE_ENDS.search(text) else text


def visible(text: str) -> str:
    """Text without control, directional and private-use characters; blanks and line ends stay."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _PRIVATE.sub("", text))
