"""Author lists in all orders, from the beginning of a text to where the names end.

The orders, each a rule on the shape of the pieces between commas (:mod:`name_orders`, :mod:`name_shapes`):

========= ==========================================================
natural   ``A. B. Smith, John Doe and C. van Ours``
trailing  ``Smith AB, van Ours C`` and ``Smith A.B., Doe J.``
inverted  ``Smith, A. B., & Doe, J.``, ``LUND, Mona, DOE, Ann``
mixed     ``Smith, Ann B., John Doe, and C. Ours`` (first inverted)
literal   ``Open Geospatial Consortium``, ``Aristotle``
========= ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.cleaning import MARK
from dl4es_bib.read.reference.rules.given_names import EITHER, is_given_name
from dl4es_bib.read.reference.rules.name_orders import (
    Growing,
    order_of,
    read_inverted,
    read_natural,
    read_trailing,
)
from dl4es_bib.read.reference.rules.name_shapes import Piece, pieces
from dl4es_bib.read.reference.rules.words import ABBREVIATED, ORGANISATION

_NUMERAL: Final = re.compile(r"((?:[^\W\d_]\.\s?){1,4}),?\s(II|III|IV)")
_ET_AL: Final = re.compile(
    r"[\s,;]*(?:[–—-]\s)?(?:(?:and|&|with)\s+(?:\d+\s+)?(?:others|contributing\s+authors|colleagues|co-?workers|co-?authors)\b"
    r"(?:,?\s+(?:including|incl\.)\s[^:;()\d]{3,300}?(?=,?\s+\(?(?:19|20)\d\d))?"
    r"|\(?et\.?\s*al\b\.?(?:,?\s+\(?(?:including|incl\.)\s[^:;()\d]{3,300}?\)?(?=,?\s+\(?(?:19|20)\d\d))?"
    r"|et\s+coll\b\.?|u\.\s?a\.|и\s+соавт\.|y\s+(?:otros|cols\.)|e\s+outros|ed\s+altri|e\s+altri|"
    r"\[?et al\.?\]?|\[?и\s+др\b\.?\]?|та\s+ін\.|…|\.\.\.)[\])]?",
    re.I,
)
#: "Halden, Margaret (Meg)." and "Lund, J. (Producer)."
_BYNAME: Final = re.compile(r"\s\((?!eds?\b|hrsg|trans)[^\W\d_][^()\d]{1,40}\)(?=[.,\s])", re.I)
#: A body that heads a list of people.
_BODY: Final = re.compile(
    r"([^,.;:(]{3,80}\b(?:Consortium|Collaboration|Group|Team|Network|Committee)),\s+(?=[^\W\d_])"
    r"|((?:The\s)?[^\W\d_a-z][^,.;:(]{0,40}?\b(?:Office|Agency|Ministry|Institute|Council|Department|Bureau|Service|Survey"
    r"|Commission|Organi[sz]ation|Association|Society|Cent(?:re|er))(?:\s(?:of|for|on)\s[^,.;:(]{3,50})?),\s+(?=[^\W\d_a-z][^\W\d_]+,\s[^\W\d_]\.)"
)
_HAN: Final = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:\s?[,，、;；]\s?[\u4e00-\u9fff]{2,4}){0,40})(?P<others>\s?[,，、]?\s?等)?"
    r"\s?(?:[.．。:：](?=\s?\S)|(?=[,，]?\s?[(（]?(?:19|20)\d\d))"
)
_KANA: Final = re.compile("[\u3040-\u30ff]")
#: A body in Han characters before a title that GB/T 7714 marks: "国家水文局. 水文年报[EB/OL]".
_HAN_BODY: Final = re.compile(r"([\u4e00-\u9fff]{4,20})[.．。]\s?(?=[^.\n]{2,80}\[[A-Z/]{1,5}\])")
#: A body behind the people of a list.
_BODY_BEHIND: Final = re.compile(
    r"[\s,;]*(?:(?:and|&|for|on behalf of)\s+(?:(?:the|all)\s+)*)?"
    r"([^\W\d_a-z][^,.;:()]{3,80}\b(?:Consortium|Collaboration|Group|Team|Network|Committee|Community|Investigators"
    r"|Collaborators|Initiative|Association|Society|Alliance))"
    r"(?=[,.;:]|\s\()"
)
#: "Hippocrates Of Cos", "Human Rights Watch": names of more words that stand for one person or body.
_OF_A_PLACE: Final = re.compile(
    r"([^\W\d_a-z][^\W\d_]+\sOf\s[^\W\d_a-z][^\W\d_]+|(?:Human Rights|Global Forest|Election|Ocean|Corporate) Watch"
    r"|Redacción\s[^\W\d_]+(?:\s[^\W\d_a-z][^\W\d_]+)?)(?=[.,:]\s|\s\()"
)
_BODIES: Final = frozenset("consortium collaboration group team network committee community".split())
#: Chinese family names of two characters.
_COMPOUND: Final = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 司徒 端木 东方 南宫 西门".split()
)
#: A name written out, of one word.
_FULL: Final = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)?")
#: The name of a journal and its volume behind a title, or "2011;4:12".
_JOURNAL_ONLY: Final = re.compile(
    r"\.?\s+((?:[A-Z][\w&-]{0,20}\.?\s(?:(?:of|and|the|for|in|on|&)\s){0,2}){1,7})(?=(?:vol\.?\s?)?\d{1,4}(?:\s?\(|,|:|;|\.))"
)
_AND: Final = re.compile(r"[\s,]*(?:(?:&|and)\s*)?(?=[^\W\d_])")
_EDITORS: Final = re.compile(
    r"[\s,]*(?:[(\[]\s*)?(?:\beds?\b\.?|\beditors?\b\.?|\bhrsg\b\.?|\bhg\b\.?|\bdirs?\b\.|\bcoords?\b\.|\bcomps?\b\.|\bred\b\.)"
    r"\s*[)\]]?(?=[\s.,:;(\[\"“‘]|$)",
    re.I,
)
_LITERAL_END: Final = re.compile(
    r"(?P<year>[.,]?\s*[(\[]\s?(?:(?:c\.?\s?)?(?:1[5-9]|20)\d\d|n\.\s?d\.)|[.,]?\s+(?:1[5-9]|20)\d\d[a-z]?[.,:)])"
    r"|(?P<quote>[.,:]?\s+[\"“‘«„])|(?P<editor>\s*\((?:eds?|hrsg)\b)|(?P<stop>[.:]\s|\n)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NameList:
    """The people a text begins with.

    Attributes:
        names: who.
        end: where in the text the list, with its "et al." and "(eds.)", ends.
        et_al: more people are meant than are named.
        editors: they are called editors.
        stop: the character after the list: ``.`` ``,`` ``:`` ``(`` or another.
        order: ``natural``, ``trailing``, ``inverted`` or ``literal``.
    """

    names: tuple[Name, ...]
    end: int
    et_al: bool = False
    editors: bool = False
    stop: str = ""
    order: str = ""


#: A longer text is read anew each time.
_REMEMBERED: Final = 1000


def read_names(text: str, *, literal: bool = True) -> NameList | None:
    """Read the names at the beginning of a text; ``None`` when it does not begin with names.

    Args:
        text: plain text that may go on with anything.
        literal: also take an organisation or a single name when the text shows that it is an author.
    """
    return _read_names(text, literal) if len(text) <= _REMEMBERED else _read_names.__wrapped__(text, literal)


@lru_cache(maxsize=512)
def _read_names(text: str, literal: bool) -> NameList | None:
    # The layouts of lists, the test for references and the reading itself all begin with the names.
    body = _BODY.match(text) if literal else None
    if body and (listed := read_names(text[body.end() :], literal=False)):
        names = (Name(literal=body.group(1) or body.group(2)), *listed.names)
        return replace(listed, names=names, end=body.end() + listed.end)
    if found := _HAN.match(text):
        return _read_han(found, text)
    if literal and (found := _OF_A_PLACE.match(text)):
        return _finish(text, Growing([Name(literal=found[1])], found.end()), "literal")
    if literal and (found := _HAN_BODY.match(text)):
        return NameList((Name(literal=found[1]),), found.end(), stop=".", order="literal")
    cut = list(pieces(text))
    grown = Growing()
    order = order_of(cut)
    if order in ("natural", "inverted") and (alone := _before_one_word(text, cut, order)) is not None:
        return _finish(text, alone, "trailing" if order == "natural" else order)
    if order == "natural":
        read_natural(cut, grown)
    elif order == "trailing":
        read_trailing(cut, grown)
    elif order == "inverted":
        read_inverted(cut, grown)
    if grown.names and literal and _is_organisation(cut[0]) and len(grown.names) == 1:
        grown = Growing()
    if literal and order in ("natural", "trailing") and _is_joined_body(cut, grown):
        return _read_literal(text) or _finish(text, grown, order)
    if not grown.names:
        return _read_literal(text) if literal else None
    return _finish(text, grown, order)


def _before_one_word(text: str, cut: Sequence[Piece], order: str) -> Growing | None:
    """One person before a title of one word: "Ode A. Fog. Harb Med. 2011;4:12", "Ode, A. Fog. Harbour Letters 4, 12".

    The word looks like a family name behind its initial, or like a second given name; that what follows it is a
    journal with its numbers, and no title, shows that it is the title.
    """
    piece = cut[0] if order == "natural" else cut[1]
    gost = bool(piece.words) and text[piece.ends[-1] :].lstrip().startswith("//")
    if (piece.stop != "." and not gost) or piece.shape not in (
        ("wiw", "wiiw", "wcw") if order == "natural" else ("iw", "iiw")
    ):
        return None
    follows = _JOURNAL_ONLY.match(text, piece.after)
    if not gost and (follows is None or not all(is_short_or_plain(word) for word in follows[1].split()[:-1])):
        return None
    person = cut[0].words[:-1] if order == "natural" else (*cut[0].words, *piece.words[:-1])
    if order != "natural" and len(cut[0].words) > 1:
        return None
    given = " ".join(person[1:])
    name = Name(person[0], given if gost or order != "natural" else given.rstrip("."))
    return Growing([name], piece.ends[-2], ".")


def is_short_or_plain(word: str) -> bool:
    """Whether a word may stand inside the name of a journal: no full stop, or that of an abbreviation."""
    return not word.endswith((".", "?", "!")) or word[:-1].lower() in ABBREVIATED or len(word) < 6


def _is_joined_body(cut: Sequence[Piece], grown: Growing) -> bool:
    """Whether two "names" are one body with "and" in it: "World Lamp and Lens Council", no initial and no comma."""
    if len(grown.names) != 2 or cut[0].stop != "and" or any(set(piece.shape) & {"i", "c"} for piece in cut[:2]):
        return False
    if len(cut[0].words) > 2 and cut[0].words[0].lower() in ORGANISATION:
        return True  # "Ministerio de Pesca y Puertos"
    last = grown.names[-1]
    return any(word.lower().strip(".") in ORGANISATION for word in f"{last.given} {last.family}".split()[-2:])


def _read_han(found: re.Match[str], text: str) -> NameList:
    """Names of two to four Han characters, the family name first: "欧德, 王伟.".

    Chinese family names have one character, with few exceptions; most Japanese ones have two.
    """
    names = re.findall(r"[\u4e00-\u9fff]{2,4}", found.group("names"))
    japanese = _KANA.search(text) is not None
    people = tuple(divide_han(name, japanese) for name in names)
    return NameList(people, found.end(), et_al=bool(found.group("others")), stop=".", order="inverted")


def divide_han(name: str, japanese: bool) -> Name:
    """The family name and the given name of a name in Han characters; a long one is not divided."""
    if len(name) > 5:
        return Name(literal=name)
    end = 2 if (name[:2] in _COMPOUND or japanese) and len(name) > 2 else 1
    return Name(family=name[:end], given=name[end:])


def _finish(text: str, grown: Growing, order: str) -> NameList:
    end = grown.end
    et_al = False
    if match := _ET_AL.match(text, end):
        et_al, end = True, match.end()
        if match.group().strip(" ,;") in ("...", "…") and (lead := _AND.match(text, end)):
            # APA: the first nineteen, an ellipsis and the last author.
            last = read_names(text[lead.end() : lead.end() + 80], literal=False)
            if last is not None:
                grown.names += last.names[:1]
                end = lead.end() + last.end
    if match := _BYNAME.match(text, end):
        end = match.end()
    if order != "literal" and (match := _BODY_BEHIND.match(text, end)):
        grown.names.append(Name(literal=" ".join(match[1].split())))
        end = match.end()
    if order == "natural":
        grown.names = _family_first(grown.names)
    grown.names = [_with_suffix(name) for name in grown.names]
    grown.names[1:] = [_as_body(name) for name in grown.names[1:]]
    editors = False
    if match := _EDITORS.match(text, end):
        editors, end = True, match.end()
        if more := _ET_AL.match(text, end):
            et_al, end = True, more.end()
    stop = text[end : end + 2].strip()[:1] if end < len(text) else ""
    if text[end - 1 : end] == "." and stop not in ("(", "[", ",", ":", ";", ".") and not stop.isdigit():
        stop = "."
    return NameList(tuple(grown.names), end, et_al, editors, stop, order)


def _family_first(names: list[Name]) -> list[Name]:
    """Names in which the family name stands first turned: "FOURNIER Michel", "Nowak Anna, Lis Ewa"."""
    if any(map(_begins_in_capitals, names)):
        return [_turned(name) if _begins_in_capitals(name) else name for name in names]
    if all(is_given_name(name.family) and _FULL.fullmatch(name.given) for name in names) and not any(
        is_given_name(name.given) or name.given.lower() in EITHER for name in names
    ):
        return [_turned(name) for name in names]
    return names


def _begins_in_capitals(name: Name) -> bool:
    family = name.family[1:].replace("-", "").lower() == name.family[1:].replace("-", "") or "-" in name.family
    return len(name.given) > 4 and name.given.isupper() and family and _FULL.fullmatch(name.given) is not None


def _with_suffix(name: Name) -> Name:
    """A name whose initials end in a numeral with that as its suffix: "Roe, P. W. III"."""
    if not name.given.endswith(("II", "IV")) or name.suffix or (found := _NUMERAL.fullmatch(name.given)) is None:
        return name
    return replace(name, given=found[1], suffix=found[2])


def _turned(name: Name) -> Name:
    return replace(name, family=name.given, given=name.family)


def _as_body(name: Name) -> Name:
    """A name that ends in a word such as "Group" as that of a body."""
    if name.given and name.family.lower() in _BODIES and "." not in name.given:
        return Name(literal=f"{name.given} {name.family}")
    return name


def _is_organisation(piece: Piece) -> bool:
    if len(piece.words) > 2 and piece.words[0] in ("U.S.", "U.K.", "U.N.", "E.U."):
        return True  # "U.S. Geological Survey"
    return "i" not in piece.shape and sum(word.lower().strip(".") in ORGANISATION for word in piece.words) > 0


def _read_literal(text: str) -> NameList | None:
    """An organisation or a single name: everything up to the year, the title's quote or a full stop."""
    head = text[:240]
    match = _LITERAL_END.search(head)
    while match and match.lastgroup == "stop" and _ends_in_abbreviation(head[: match.start()]):
        match = _LITERAL_END.search(head, match.end())
    if not match or not match.start():
        return None
    name = head[: match.start()].strip(" ,;")
    if "\n" in name or not name or not (name[0].isupper() or name[0].isdigit()):
        return None
    et_al = False
    if found := re.search(r"[\s,]*\b(?:et\s+al|and others)\.?$", name):
        et_al, name = True, name[: found.start()]
    words = name.replace(",", " ").split()
    capital = sum(word[0].isupper() or word[0] in "(&" for word in words)
    known = any(word.lower().strip("().,") in ORGANISATION for word in words)
    if len(words) > 16 or '"' in name or "“" in name:
        return None
    if match.lastgroup == "stop":
        plain = len(words) <= 2 and capital == len(words) and not any(c.isdigit() for c in name)
        if not (known and capital * 3 >= len(words) * 2 and len(words) <= 12) and not plain:
            return None
        if MARK in match.group() or len(text) - match.end() < 12:
            return None
    elif match.lastgroup in ("year", "quote") and not known and (capital * 2 < len(words) or len(words) > 9):
        return None
    grown = Growing([Name(literal=name)], match.start() if not et_al else head.index(name) + len(name))
    return _finish(text, grown, "literal")


def _ends_in_abbreviation(text: str) -> bool:
    last = text.rsplit(None, 1)[-1] if text.split() else ""
    bare = last.strip("(").lower()
    return len(bare) == 1 or bare in ("inc", "st", "u.s", "u.k", "dept", "co", "ltd", "v", "dr", "gov") or "." in bare
