"""What a rule said of a text, remembered: references of one list share their journals, places and people."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Final, TypeVar

Answer = TypeVar("Answer")

#: About a longer text a rule is asked anew each time: what is remembered shall not fill the memory.
LONGEST: Final = 300
_MOST: Final = 4096


def remembered(rule: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """A rule that answers from memory what it was asked before; its answers must not be changed by anyone."""
    known = lru_cache(maxsize=_MOST)(rule)

    def answer(text: str) -> Answer:
        return known(text) if len(text) <= LONGEST else rule(text)

    return update_wrapper(answer, rule)
