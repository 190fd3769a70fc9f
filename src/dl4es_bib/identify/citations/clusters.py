"""Citations of Markdown with all that stands beside their keys: what a CSL processor needs to write them.

pandoc's manual, "Citation syntax": ``[see @ode2004, pp. 33-35 and elsewhere; -@bell2006]`` in brackets,
``@ode2004 [p. 33; see also @bell2006]`` in the sentence; MyST's roles ``{cite:p}`a,b```, ``{cite:t}`{see}a{p. 3}```;
LaTeX's ``\\citep[see][3]{a}`` and ``{{#cite a}}`` of mdBook.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.identify.citations.arguments import Span
from dl4es_bib.identify.citations.brackets import LONGEST, closing_bracket
from dl4es_bib.identify.citations.footnotes import Footnotes
from dl4es_bib.identify.citations.locators import ENGLISH
from dl4es_bib.identify.citations.markup import markup_spans, plain_spans
from dl4es_bib.identify.citations.mentions import Cluster, Form, Mention, mention_of
from dl4es_bib.identify.citations.roles import NOCITE, role_at
from dl4es_bib.identify.front_matter import FRONT_MATTER

#: What stands between keys that were meant to be parted by a semicolon.
_COMMA: Final = re.compile(r"(?P<brace>\}?)(?:\s?,\s{0,5}|\s(?:and|&)\s)(?P<mark>-?@\{?)")
#: What follows the bracket of a link or of a span with attributes.
_NO_CITATION: Final = ("(", "[", "{")


def clusters(text: str, labels: Mapping[str, str] = ENGLISH, footnotes: Footnotes | None = None) -> tuple[Cluster, ...]:
    """The citations of a Markdown text, in the order of the text; code and comments are passed over.

    Arguments:
        text: the document.
        labels: words for places in a work, as :func:`~dl4es_bib.identify.citations.locators.located` has them.
        footnotes: those of the text, to say which citations stand in one.
    """
    found = _clusters(text, list(markup_spans(text, "markdown")), front_matter_end(text), labels, is_markdown=True)
    if footnotes is not None and footnotes.are_there:
        return tuple(replace(cluster, note=footnotes.label_at(cluster.start)) for cluster in found)
    return tuple(found)


def clusters_in_plain_text(text: str, labels: Mapping[str, str] = ENGLISH) -> tuple[Cluster, ...]:
    """The citations in a text that is no Markdown, such as a paragraph of a Word file: only those of pandoc."""
    return tuple(_clusters(text, list(plain_spans(text)), 0, labels, is_markdown=False))


def _clusters(
    text: str, spans: Sequence[Span], done: int, labels: Mapping[str, str], *, is_markdown: bool
) -> list[Cluster]:
    """The citations whose keys stand at ``spans``, from the offset ``done`` on."""
    found: list[Cluster] = []
    starts = [start for start, _ in spans]
    for place, (start, _) in enumerate(spans):
        if start < done:
            continue
        cluster = role_at(text, start, done, labels) if is_markdown else None
        if cluster is None and text[max(0, start - 2) : start].rstrip("{").endswith("@"):
            ends = _NO_CITATION if is_markdown else ()
            cluster = _bracketed(text, spans, starts, place, done, labels, ends) or _in_sentence(
                text, spans, starts, place, labels
            )
        if cluster is not None:
            found.append(cluster)
            done = cluster.end
    return found


def front_matter_end(text: str) -> int:
    """Where the text begins behind its front matter."""
    match = FRONT_MATTER.match(text)
    return match.end() if match else 0


def _bracketed(
    text: str,
    spans: Sequence[Span],
    starts: Sequence[int],
    place: int,
    done: int,
    labels: Mapping[str, str],
    ends: tuple[str, ...],
) -> Cluster | None:
    """The bracket around a key, when there is one that holds nothing but citations."""
    start, end = spans[place]
    opening = _opening(text, start, max(done, start - LONGEST))
    if opening < 0:
        return None
    closing = closing_bracket(text, end)
    if closing < 0 or text[closing + 1 : closing + 2] in ends:
        return None
    mentions = _mentions(text, opening + 1, closing, spans[place : bisect_right(starts, closing)], labels)
    return Cluster(opening, closing + 1, mentions) if mentions else None


def _mentions(
    text: str, start: int, closing: int, spans: Sequence[Span], labels: Mapping[str, str]
) -> tuple[Mention, ...]:
    """The works between two offsets, parted by semicolons; none when something else stands there, too."""
    mentions: list[Mention] = []
    position = start
    for place, (key_start, key_end) in enumerate(spans):
        is_last = place + 1 == len(spans)
        limit = closing if is_last else spans[place + 1][0]
        end = _semicolon(text, key_end, limit)
        following = end + 1
        if end < 0 and not is_last:
            comma = _COMMA.fullmatch(text, key_end, limit)
            if comma is None:
                return ()  # two keys with other words between them are no citation of pandoc's
            end, following = comma.end("brace"), comma.start("mark")
        if is_last:
            end = following = closing
        before = text[position:key_start].removesuffix("{").removesuffix("@")
        no_author = before.endswith("-") and not before[-2:-1].strip()
        behind = text[key_end:end]
        behind = behind.removeprefix("}") if text[key_start - 1] == "{" else behind
        prefix = before.removesuffix("-") if no_author else before
        mentions.append(mention_of(prefix, text[key_start:key_end], behind, labels, no_author=no_author))
        position = following
    return tuple(mentions)


def _semicolon(text: str, start: int, end: int) -> int:
    """The first semicolon that stands in no braces and is no end of an entity."""
    depth = 0
    for place in range(start, end):
        character = text[place]
        if character == ";" and depth <= 0 and text[place - 1] != "\\":
            return place
        depth += (character == "{") - (character == "}")
    return -1


def _opening(text: str, start: int, first: int) -> int:
    depth = 0
    for position in range(start - 1, first - 1, -1):
        character = text[position]
        if character in "[]" and text[position - 1 : position] == "\\":
            continue
        if character == "]":
            depth += 1
        elif character == "[":
            if not depth:
                # ![…] is an image and ^[…] a note.
                return position if text[position - 1 : position] not in ("!", "^") else -1
            depth -= 1
        elif character == "\n" and text[position - 1 : position] == "\n":
            return -1
    return -1


def _in_sentence(
    text: str, spans: Sequence[Span], starts: Sequence[int], place: int, labels: Mapping[str, str]
) -> Cluster | None:
    """``@key``, ``-@key``, ``@key [p. 33]`` and ``@key [p. 33; see also @other]``."""
    start, end = spans[place]
    key = text[start:end]
    at = text.rfind("@", max(0, start - 2), start)
    if text[start - 1] == "{" and text[end : end + 1] == "}":
        end += 1
    no_author = text[at - 1 : at] == "-" and not text[at - 2 : at - 1].strip("([ \n\t")
    first = Mention(key, no_author=no_author)
    others: tuple[Mention, ...] = ()
    opening = end + 1 if text[end : end + 1] in (" ", "\n") else end
    if text.startswith("[", opening) and not text.startswith("[^", opening):
        closing = closing_bracket(text, opening + 1)
        if closing > 0 and text[closing + 1 : closing + 2] not in ("(", "[", "{", ":"):
            inner = spans[place + 1 : bisect_right(starts, closing)]
            stop = _semicolon(text, opening + 1, inner[0][0]) if inner else closing
            others = _mentions(text, stop + 1, closing, inner, labels) if inner and stop > 0 else ()
            if stop > 0 and bool(inner) == bool(others):
                # Here a place needs no comma before it.
                first = mention_of("", key, f", {text[opening + 1 : stop]}", labels, no_author=no_author)
                if not first.locator:
                    first = Mention(key, suffix=", " + first.suffix.lstrip(", "), no_author=no_author)
                end = closing + 1
    form: Form = "brackets" if no_author else "sentence"
    return Cluster(at - no_author, end, (first, *others), form)


def nocite(text: str) -> Iterator[str]:
    """The keys of ``nocite`` in the front matter; ``*`` stands for all."""
    front = text[: front_matter_end(text)]
    for match in NOCITE.finditer(front):
        for start, end in markup_spans(match["value"], "markdown"):
            yield match["value"][start:end]
