"""The keyword that marks an entry no record confirmed; it follows the decision, beside keywords of the user's own."""

from __future__ import annotations

from typing import Final

from dl4es_bib.model.outcome import MARKS

__all__ = ["FIELD", "joined_keywords", "marked", "without_marks"]

FIELD: Final = "keywords"


def without_marks(value: str) -> list[str]:
    """The keywords of a field, marks left out."""
    return [word for word in _words(value) if word not in MARKS]


def joined_keywords(*values: str) -> str:
    """The keywords of several fields, each once."""
    return ", ".join(dict.fromkeys(word for value in values for word in _words(value)))


def marked(last: str | None, current: str | None, known: str, mark: str) -> str | None:
    """The keywords of an entry that a run writes.

    Arguments:
        last: the field as a run last wrote it; ``None`` when it never did.
        current: the field in the file; ``None`` when there is none.
        known: keywords that record or text give; marks among them are another library's.
        mark: the mark of the decision, or ``""``.

    Returns:
        The field as it shall be, ``""`` to take it out, ``None`` to leave it as it is.

    A mark that the user took out stays out until the decision changes; keywords of the user's own stay. Keywords are
    given once: one that the user took out does not come back.
    """
    before = set(_words(last or "")[-1:]) & MARKS  # a mark is written last
    if current is None and last is not None:
        return None if not mark or mark in before else joined_keywords(mark)
    here = _words(current or "")
    if mark in before and mark not in here:
        mark = ""
    own = [word for word in here if word not in before]
    if current is None:
        own = without_marks(known)
    elif last is None:
        own = list(dict.fromkeys((*own, *without_marks(known))))
    words = [word for word in own if word != mark] + ([mark] if mark else [])
    if current is not None and words == here:
        return None
    return ", ".join(words) if words or current is not None else None


def _words(value: str) -> list[str]:
    return list(dict.fromkeys(word for part in value.split(",") if (word := part.strip())))
