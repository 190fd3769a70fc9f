"""What providers ask services with: the words of an item, identifiers in batches, JSON answers read with care."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from dl4es_bib.model.identifier import Identifier
from dl4es_bib.resolver.http.transport import Unreadable
from dl4es_bib.resolver.provider import Query

_LINK: Final = re.compile(r"(?:https?://|www\.|doi:\s?|10\.\d{4,9}/)\S{1,2048}", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]{2,40}")
_MAX_TEXT: Final = 600
#: Words that say nothing, in the languages titles come in; the search services drop them as well.
_STOP_WORDS: Final = frozenset(
    """a about after an and are as at between by de der des die do does du el en et for from how in into is it
    its la le les of on or over the their this to toward towards und under un une using via von we what when
    with within without you your not ti au all andnot""".split()
)


def batches(
    identifiers: Iterable[Identifier], size: Callable[[str], int], *, most: int, longest: int
) -> Iterator[list[Identifier]]:
    """Identifiers in groups that one request can ask for, in their order.

    Arguments:
        size: how many characters of the address the value of an identifier takes.
        most: how many a group has at most.
        longest: how many characters a group takes at most; one that is longer is alone.
    """
    batch: list[Identifier] = []
    length = 0
    for identifier in identifiers:
        needed = size(identifier.value)
        if batch and (len(batch) == most or length + needed > longest):
            yield batch
            batch, length = [], 0
        batch.append(identifier)
        length += needed
    if batch:
        yield batch


def bibliographic(query: Query) -> str:
    """The text for a search over whole references: the reference string, or title, surname and year.

    Addresses are taken out and the text is cut at 600 characters; more words find nothing better.
    """
    text = _LINK.sub(" ", query.text[:10_000])
    title = query.fields.title
    if title and title.casefold() not in text.casefold():
        text = title
        if names := query.fields.names("author"):
            text += f" {names[0].surname}"
        if query.fields.year:
            text += f" {query.fields.year}"
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_MAX_TEXT].strip()


def title_words(query: Query, most: int) -> tuple[str, ...]:
    """The longest words of the title, in its order; ``()`` when no title is known."""
    return _telling_words(query.fields.title, most)


def text_words(query: Query, most: int) -> tuple[str, ...]:
    """The longest words of the citing text without its addresses, in their order."""
    return _telling_words(_LINK.sub(" ", query.text[:10_000]), most)


def _telling_words(text: str, most: int) -> tuple[str, ...]:
    words = [word for word in _WORD.findall(text[:5_000]) if word.lower() not in _STOP_WORDS]
    words = list(dict.fromkeys(words))
    longest = set(sorted(words, key=len, reverse=True)[:most])
    return tuple(word for word in words if word in longest)


def read_json(body: bytes) -> Any:
    """Parse a JSON body.

    Raises:
        Unreadable: it is no JSON (a maintenance page, a cut answer), or nested too deeply.
    """
    if body[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Unreadable("it sent a web page in place of data")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("its answer is no complete JSON") from None
