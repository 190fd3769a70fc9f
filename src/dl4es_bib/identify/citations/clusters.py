"""Citations of Markdown with all that stands beside their keys: what a CSL processor needs to write them.

pandoc's manual, "Citation syntax": ``[see @ode2004, pp. 33-35 and elsewhere; -@bell2006]`` in brackets,
``@ode2004 [p. 33]`` in the sentence; and MyST's roles ``{cite:p}`a,b```, ``{cite:t}`a```.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dl4es_bib.identify.citations.markup import markup_spans
from dl4es_bib.identify.front_matter import FRONT_MATTER

#: Words and signs before a locator → CSL's labels (specification, "Locators").
_LABELS: Final = {
    "p": "page", "pp": "page", "page": "page", "pages": "page", "s": "page", "ch": "chapter", "chap": "chapter",
    "chaps": "chapter", "chapter": "chapter", "chapters": "chapter", "sec": "section", "secs": "section",
    "section": "section", "sections": "section", "§": "section", "§§": "section", "fig": "figure", "figs": "figure",
    "figure": "figure", "figures": "figure", "vol": "volume", "vols": "volume", "volume": "volume", "no": "issue",
    "nos": "issue", "number": "issue", "n": "note", "nn": "note", "note": "note", "notes": "note", "para": "paragraph",
    "paras": "paragraph", "paragraph": "paragraph", "¶": "paragraph", "¶¶": "paragraph", "l": "line", "ll": "line",
    "line": "line", "lines": "line", "v": "verse", "vv": "verse", "verse": "verse", "pt": "part", "pts": "part",
    "part": "part", "parts": "part", "col": "column", "cols": "column", "column": "column", "bk": "book",
    "bks": "book", "book": "book", "fol": "folio", "fols": "folio", "folio": "folio", "op": "opus", "opus": "opus",
    "s.v": "sub-verbo", "tbl": "table", "table": "table", "eq": "equation", "app": "appendix", "appendix": "appendix",
}  # fmt: skip
_LOCATOR: Final = re.compile(
    r"(?P<comma>,?)\s*(?:(?P<label>[^\W\d_]{1,12}(?:\.[^\W\d_])?|[§¶]{1,2})(?:\.\s?|\s|(?<=[§¶])))?"
    r"(?P<number>[A-Za-z]?\d[\w:./]{0,20}(?:\s?[-–—]\s?\w{1,12})?(?:,\s?\d[\w]{0,10}(?:\s?[-–—]\s?\w{1,12})?){0,20}"
    r"|[ivxlcdm]{1,10}(?:\s?[-–—]\s?[ivxlcdm]{1,10})?\b)"
)
_BRACED: Final = re.compile(r",?\s*\{(?P<inside>[^{}]{0,200})\}")
_ROLE: Final = re.compile(r"\{cite(?::(?P<form>[a-z]{1,9}))?\}`(?P<keys>[^`\n]*)`")
#: What may stand between a citation in the sentence and its locator.
_BEHIND: Final = re.compile(r"\s?\[(?P<inside>[^\[\]@\n]{1,200})\](?![(\[])")
_NOCITE: Final = re.compile(r"(?m)^nocite:(?P<value>[^\n]*(?:\n[ \t][^\n]*)*)")
#: A bracket holds citations within this many characters.
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Mention:
    """One work of a citation.

    Attributes:
        key: its key.
        prefix, suffix: the words around it.
        locator, label: the place in the work, and what kind of place it is, as CSL names it.
        no_author: the author is not repeated (``-@key``).
    """

    key: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    label: str = ""
    no_author: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Works that are cited together.

    Attributes:
        start, end: where in the text.
        mentions: the works.
        in_sentence: the author is part of the sentence: ``@ode2004 shows``.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    in_sentence: bool = False


def clusters(text: str) -> tuple[Cluster, ...]:
    """The citations of a Markdown text, in order; code and comments are passed over."""
    found: list[Cluster] = []
    spans = list(markup_spans(text, "markdown"))
    front = _front_matter_end(text)
    done = front
    for place, (start, end) in enumerate(spans):
        if start < done:
            continue
        cluster = _role(text, start, done) or _bracketed(text, spans[place:], done) or _in_sentence(text, start, end)
        if cluster is not None:
            found.append(cluster)
            done = cluster.end
    return tuple(found)


def _front_matter_end(text: str) -> int:
    match = FRONT_MATTER.match(text)
    return match.end() if match else 0


def _role(text: str, start: int, done: int) -> Cluster | None:
    line = text.rfind("\n", 0, start) + 1
    for match in _ROLE.finditer(text, max(line, start - _LONGEST, done)):
        if match.start() > start:
            return None
        if match.end() > start:
            keys = [key.strip() for key in match["keys"].split(",") if key.strip()]
            return Cluster(*match.span(), tuple(map(Mention, keys)), in_sentence=match["form"] in ("t", "ts"))
    return None


def _bracketed(text: str, spans: Sequence[tuple[int, int]], done: int) -> Cluster | None:
    """The bracket around the first key, when there is one that holds nothing but citations."""
    start = spans[0][0]
    opening = _opening(text, start, max(done, start - _LONGEST))
    if opening < 0:
        return None
    closing = _closing(text, spans[0][1])
    if closing < 0 or text[closing + 1 : closing + 2] in ("(", "["):
        return None
    mentions: list[Mention] = []
    inside = [span for span in spans if span[0] < closing]
    position = opening + 1
    for place, (key_start, key_end) in enumerate(inside):
        limit = inside[place + 1][0] if place + 1 < len(inside) else closing
        end = text.find(";", key_end, limit)
        end = limit if end < 0 and place + 1 == len(inside) else end
        if end < 0:
            return None  # two keys without a semicolon between them are no citation of pandoc's
        mentions.append(_mention(text, position, key_start, key_end, end))
        position = end + 1
    if text[position:closing].strip():
        return None
    return Cluster(opening, closing + 1, tuple(mentions))


def _opening(text: str, start: int, first: int) -> int:
    depth = 0
    for position in range(start - 1, first - 1, -1):
        character = text[position]
        if character == "]":
            depth += 1
        elif character == "[":
            if not depth:
                return position if text[position - 1 : position] not in ("\\", "!") else -1
            depth -= 1
        elif character == "\n" and text[position - 1 : position] == "\n":
            return -1
    return -1


def _closing(text: str, end: int) -> int:
    depth = 0
    for position in range(end, min(len(text), end + _LONGEST)):
        character = text[position]
        if character == "[":
            depth += 1
        elif character == "]":
            if not depth:
                return position
            depth -= 1
        elif character == "\n" and text[position + 1 : position + 2] == "\n":
            return -1
    return -1


def _mention(text: str, start: int, key_start: int, key_end: int, end: int) -> Mention:
    before = text[start:key_start].rstrip("{").removesuffix("@")
    no_author = before.endswith("-")
    prefix = " ".join(before.removesuffix("-").split())
    behind = text[key_end:end].removeprefix("}")
    locator, label, suffix = _located(behind)
    return Mention(text[key_start:key_end], prefix, suffix, locator, label, no_author)


def _located(text: str) -> tuple[str, str, str]:
    """Locator, its label, and what follows them."""
    if braced := _BRACED.match(text):
        inside = braced["inside"].strip()
        locator, label, rest = _located(f", {inside}")
        suffix = " ".join(text[braced.end() :].split())
        return (locator, label, suffix) if locator and not rest else (inside, "page", suffix)
    match = _LOCATOR.match(text)
    if match is None or not text.strip():
        return "", "", " ".join(text.split())
    written = (match["label"] or "").lower()
    label = _LABELS.get(written, "" if written else "page")
    is_roman = not any(character.isdigit() for character in match["number"])
    if not label or (is_roman and not written) or not (match["comma"] or written):
        return "", "", " ".join(text.split())
    return match["number"], label, " ".join(text[match.end() :].split())


def _in_sentence(text: str, start: int, end: int) -> Cluster | None:
    """``@key``, ``-@key`` and ``@key [p. 33]``."""
    at, key = text.rfind("@", max(0, start - 2), start), text[start:end]
    if at < 0:
        return None
    if text[end : end + 1] == "}":
        end += 1
    no_author = text[at - 1 : at] == "-" and not text[at - 2 : at - 1].strip("([ \n\t")
    locator, label, suffix = "", "", ""
    if behind := _BEHIND.match(text, end):
        locator, label, suffix = _located(f", {behind['inside']}")
        end = behind.end()
    mention = Mention(key, "", suffix, locator, label, no_author)
    return Cluster(at - no_author, end, (mention,), in_sentence=not no_author)


def nocite(text: str) -> Iterator[str]:
    """The keys of ``nocite`` in the front matter; ``*`` stands for all."""
    front = text[: _front_matter_end(text)]
    for match in _NOCITE.finditer(front):
        for start, end in markup_spans(match["value"], "markdown"):
            yield match["value"][start:end]
