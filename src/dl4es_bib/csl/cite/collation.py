"""The order of texts by the Unicode Collation Algorithm, with the default table.

Texts in ASCII alone, most of what is sorted, need no table: their order is written down here, so that the
library and its table are loaded only for what goes beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: The printable characters of ASCII that are no letters, in the order of the default table.
_LIGHT: Final = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789"
_TABLE: Final = {
    **{ord(character): chr(1 + place) for place, character in enumerate(_LIGHT)},
    **{ord(letter): letter for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{ord(letter.upper()): letter for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_LEADING: Final = " '\"’‘“”«»([{-–—.,;:*"


def keys(texts: Sequence[str]) -> list[Any]:
    """For each text a key; texts are in order when their keys are.

    Letters count first, then accents, then case. Punctuation and blanks come before letters; at the start of
    a text they are passed over.
    """
    bare = [text.lstrip(_LEADING) or text for text in texts]
    if all(text.isascii() for text in bare):
        return [(text.translate(_TABLE), text.swapcase()) for text in bare]
    key = _collator()
    return [key(text) for text in bare]


@lru_cache(maxsize=1)
def _collator() -> Callable[[str], Any]:
    from pyuca import Collator

    return Collator().sort_key  # type: ignore[no-any-return]
