"""What paragraphs and list entries that are no references say: an address, the name of a group, a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.document import Item
from dl4es_bib.read.boundaries import is_prose
from dl4es_bib.read.evidence import topic_of
from dl4es_bib.read.inline import Line
from dl4es_bib.read.roles import role_of_host

_INTRO_LEAD: Final = re.compile(
    r"(?:(?:here|these|below|following|this|we|list|lists|listed|is|are|some|the|a|an|our|major|main|"
    r"important|useful|selected|popular|recommended|further|additional)\b\s*)+",
    re.I,
)
_INTRO_END: Final = re.compile(r",|\b(?:of|for|that|which|in|on|from|used|published|related|and)\b", re.I)
_MAX_GROUP_WORDS: Final = 4
#: "[**Python**, **GPU**] ": what kind of thing follows.
_TAG: Final = re.compile(r"\W{0,4}(?:[\[(][^\[\]()]{1,40}[\])]\W{0,3})?")
_DESCRIBES: Final = re.compile(r"[\s\\*_]{0,4}(?:[:：–—.]|-\s|$)")


#: "See also my [profile](…)", "You can also find my articles on [ORCID](…)".
_SENDS_AWAY: Final = re.compile(
    r"(?:see(?:\salso)?\s(?:my|our|the|also)|you can(?:\salso)?\s(?:find|see|download)|find (?:me|my|us|our)|"
    r"for (?:a|an|the|my|our) (?:full|complete|up-to-date|updated|more)|a (?:full|complete) list|"
    r"(?:full|complete) list|"
    r"visit|follow|check out|back to|go (?:back )?to|more (?:on|at|information)|siehe auch|voir aussi|véase también)\b",
    re.I,
)


def is_only_prose(item: Item) -> bool:
    """Whether a list entry is a sentence or a definition rather than a work or an address."""
    if item.kind == "reference" or item.all_links or item.citation_key:
        return False
    return is_prose(item.text) and len(item.text.split()) > 1


def names_an_address(lines: Sequence[Line]) -> bool:
    """Whether a paragraph is there for its address: "What it is: https://…", not words with links among them."""
    links = [placed for line in lines for placed in line.links]
    if not links:
        return False
    first, last = next(line for line in lines if line.links), lines[-1]
    before = " ".join(
        [*(line.text for line in lines[: lines.index(first)]), first.text[: first.links[0].start]]
    ).strip()
    if (is_prose(before) and len(before.split()) > 8) or _SENDS_AWAY.match(before):
        return False
    after = last.text[last.links[-1].end :].strip(" .)]}") if last.links else last.text
    return not after and (before.endswith((":", "(")) or len(before.split()) < _MAX_GROUP_WORDS)


def leads_with_link(lines: Sequence[Line], topics: tuple[str, ...]) -> bool:
    """Whether a paragraph names what its first link leads to and describes it: "[**R**] [tidetools](…): reads gauges".

    The link leads to code, data or a paper, or the headings say that such things are listed.
    """
    first = lines[0] if lines else None
    if first is None or not first.links or first.links[0].end <= first.links[0].start:
        return False
    link = first.links[0]
    if not _TAG.fullmatch(first.text[: link.start]) or not _DESCRIBES.match(first.text[link.end :]):
        return False
    return bool(role_of_host(link.link.url)) or topic_of(topics) in ("data", "code", "paper")


def introduced(text: str) -> str:
    """The things an intro line announces: "Here are the major data centers, …:" → "data centers"."""
    if not text.rstrip().endswith(":") or len(text) > 500:
        return ""
    rest = _INTRO_LEAD.sub("", text.rstrip().rstrip(":"), count=1)
    end = _INTRO_END.search(rest)
    phrase = (rest[: end.start()] if end else rest).strip()
    return phrase if phrase and len(phrase.split()) <= _MAX_GROUP_WORDS else ""
