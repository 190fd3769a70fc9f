"""Author lists in all orders, from the beginning of a text to where the names end.

The orders, each a rule on the shape of the pieces between commas (:mod:`name_shapes`):

========= ==========================================================
natural   ``A. B. Smith, John Doe and C. van Ours``
trailing  ``Smith AB, van Ours C`` and ``Smith A.B., Doe J.``
inverted  ``Smith, A. B., & Doe, J.``, ``LIM, Gabrielle, DOE, Ann``
mixed     ``Smith, Ann B., John Doe, and C. Ours`` (first inverted)
literal   ``Open Geospatial Consortium``, ``Aristotle``
========= ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.cleaning import MARK
from dl4es_bib.read.reference.name_shapes import Piece, pieces
from dl4es_bib.read.reference.words import ORGANISATION

_NATURAL_INITIALS: Final = re.compile(r"(?:[ic]{1,4}|[wi]{0,2}i{1,4}[wi]?)p*[wc]{1,3}s?")
_NATURAL: Final = re.compile(r"w[wic]{0,3}p{0,3}[wc]{1,2}s?|wp{1,3}[wc]{1,3}s?|w[wic]{0,2}w(?:p{1,2}w)?s?")
_TRAILING: Final = re.compile(r"(p*w{1,4}|p*w{0,2}c)s?((?:i{1,5}|c{1,2})(?:p{1,2}(?!w))?)(s?)")
_FAMILY: Final = re.compile(r"p*[wc](?:p*[wc]){0,3}s?|i?w{1,2}")
_INITIALS: Final = re.compile(r"(?:i{1,5}|c{1,2}|i{1,3}w?i{0,2}|wi{1,3})p*s?")
_GIVEN: Final = re.compile(r"[wic]{1,4}p*s?")
_WORD_AFTER_INITIAL: Final = re.compile(r"w{1,2}i{1,2}w")
_ET_AL: Final = re.compile(
    r"[\s,;]*(?:(?:and|&)\s+(?:others|colleagues|co-?workers)\b|et\.?\s*al\b\.?|et\s+coll\b\.?|u\.\s?a\.|"
    r"\[?et al\.?\]?|…|\.\.\.)[\])]?",
    re.I,
)
_AND: Final = re.compile(r"[\s,]*(?:&|and)?\s*(?=[^\W\d_])")
_EDITORS: Final = re.compile(
    r"[\s,]*[(\[]?\s*(?:\beds?\b\.?|\beditors?\b\.?|\bhrsg\b\.?|\bhg\b\.?|\bdirs?\b\.|\bcoords?\b\.|\bcomps?\b\.|\bred\b\.)"
    r"\s*[)\]]?(?=[\s.,:;(\[\"“‘]|$)",
    re.I,
)
_YEAR_AHEAD: Final = re.compile(r"[\s.,]*[(\[]?(?:(?:1[5-9]|20)\d\d|n\.\s?d\b|forthcoming|in press|s\.\s?d\b)", re.I)
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


@dataclass(slots=True)
class _List:
    """The list while it grows."""

    names: list[Name] = field(default_factory=list)
    end: int = 0
    stop: str = ""
    final: bool = False

    def add(self, name: Name, end: int, stop: str) -> None:
        self.names.append(name)
        self.end, self.stop = end, stop


def read_names(text: str, *, literal: bool = True) -> NameList | None:
    """Read the names at the beginning of a text; ``None`` when it does not begin with names.

    Args:
        text: plain text that may go on with anything.
        literal: also take an organisation or a single name when the text shows that it is an author.
    """
    cut = list(pieces(text))
    grown = _List()
    order = _order(cut)
    if order == "natural":
        _read_natural(cut, grown)
    elif order == "trailing":
        _read_trailing(cut, grown)
    elif order == "inverted":
        _read_inverted(cut, grown)
    if grown.names and literal and _is_organisation(cut[0]) and len(grown.names) == 1:
        grown = _List()
    if not grown.names:
        return _read_literal(text) if literal else None
    return _finish(text, grown, order)


def _finish(text: str, grown: _List, order: str) -> NameList:
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
    editors = False
    if match := _EDITORS.match(text, end):
        editors, end = True, match.end()
        if more := _ET_AL.match(text, end):
            et_al, end = True, more.end()
    stop = text[end : end + 2].strip()[:1] if end < len(text) else ""
    if text[end - 1 : end] == "." and stop not in ("(", "[", ",", ":", ";", ".") and not stop.isdigit():
        stop = "."
    return NameList(tuple(grown.names), end, et_al, editors, stop, order)


def _order(cut: Sequence[Piece]) -> str:
    """Which order the list is in, from its first two or three pieces."""
    if not cut or not cut[0].words:
        return ""
    first = cut[0]
    second = cut[1] if len(cut) > 1 and first.stop == "," else None
    if second is not None and set(second.shape) <= {"i", "c"} and second.words and _is_pair(first, second, cut):
        return "inverted"
    if _TRAILING.fullmatch(first.shape):
        return "trailing"
    if _NATURAL_INITIALS.fullmatch(first.shape) and first.shape[0] in "ic" and "w" in first.shape:
        return "natural"
    if second is not None and _is_pair(first, second, cut):
        return "inverted"
    trailing = _TRAILING.match(first.shape)
    if trailing and _is_name_and_title(first, cut, trailing.end()):
        return "trailing"
    if _NATURAL_INITIALS.fullmatch(first.shape) or _NATURAL.fullmatch(first.shape):
        return "natural"
    return ""


def _is_name_and_title(first: Piece, cut: Sequence[Piece], end: int) -> bool:
    """Whether "Isaacson W. Steve Jobs" is a family name, an initial and a title.

    ``Waldo R. Tobler`` has the same shape with one word less; a title shows by more words, by a colon or
    by what follows "and".
    """
    if first.shape[end - 1] != "i" or end == len(first.shape):
        return False
    rest = first.shape[end:]
    if "x" in rest or first.stop == "x":
        return True
    if len(rest.lstrip("p")) > 1 and "p" not in rest:
        return first.stop not in (",", ";")
    if first.stop in ("and", ",") and len(cut) > 1 and not _ET_AL.match(" et " + " ".join(cut[1].words)):
        following = cut[1] if cut[1].words or len(cut) < 3 else cut[2]
        return following.shape != "s" and ("x" in following.shape or len(following.words) < 2)
    return first.stop in (":", "?", "!") and rest == "w"


def _is_pair(first: Piece, second: Piece, cut: Sequence[Piece]) -> bool:
    """Whether two pieces are a family name and given names."""
    if not _FAMILY.fullmatch(first.shape) or not second.words:
        return False
    leading = _INITIALS.match(second.shape)
    if leading and second.shape[0] in "ic":
        return leading.end() == len(second.shape) or second.shape[0] == "i" or second.stop not in ",;"
    if not _GIVEN.fullmatch(second.shape):
        return False
    if len(first.words) == 1 or first.shape[0] == "p" or "i" in second.shape or len(second.words) == 1:
        return True
    # "Martínez Carrizales, José Luis" or "Peter Burg, Klaus Kleefeld": a third piece decides.
    return second.stop not in (",", "and")


def _read_natural(cut: Sequence[Piece], grown: _List) -> None:
    after_joiner = False
    # "A. Smith, B. Jones, Boston Review": where the first has initials first, all have initials.
    initials = cut[0].shape[0] == "i"
    for index, piece in enumerate(cut):
        if not piece.words:
            after_joiner = after_joiner or piece.stop == "and"
            continue
        shape = piece.shape
        plain = not _NATURAL_INITIALS.fullmatch(shape)
        if plain and initials and not after_joiner and not any(_is_person(later) for later in cut[index + 1 :]):
            return
        if not plain or _NATURAL.fullmatch(shape):
            if index and after_joiner is False and piece.stop not in (",", ";", "and") and _is_title_like(piece):
                return
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
        elif shape in ("w", "c", "pw") and after_joiner:
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
        elif shape == "s" and grown.names:
            grown.names[-1] = replace(grown.names[-1], suffix=piece.words[0])
            grown.end, grown.stop = piece.ends[-1], piece.stop
        else:
            return
        if piece.stop not in (",", ";", "and") or (after_joiner and piece.stop != "and" and not _suffix_next(cut, index)):
            return
        after_joiner = piece.stop == "and"


def _is_person(piece: Piece) -> bool:
    return "i" in piece.shape and _NATURAL_INITIALS.fullmatch(piece.shape) is not None


def _suffix_next(cut: Sequence[Piece], index: int) -> bool:
    return index + 1 < len(cut) and cut[index + 1].shape == "s"


def _is_title_like(piece: Piece) -> bool:
    """Whether a piece without initials that ends at a colon is a title and not a name."""
    return piece.stop == ":" and "i" not in piece.shape


def _read_trailing(cut: Sequence[Piece], grown: _List) -> None:
    after_joiner = False
    for piece in cut:
        if not piece.words:
            after_joiner = after_joiner or piece.stop == "and"
            continue
        match = _TRAILING.match(piece.shape)
        if piece.shape == "s" and grown.names:
            grown.names[-1] = replace(grown.names[-1], suffix=piece.words[0])
            grown.end, grown.stop = piece.ends[-1], piece.stop
            continue
        if match is None:
            if after_joiner and _NATURAL_INITIALS.fullmatch(piece.shape):
                grown.add(_natural(piece.words, piece.shape), piece.ends[-1], piece.stop)
            return
        whole = match.end() == len(piece.shape)
        if not whole and not (match.group(2)[0] == "i" or grown.names):
            return
        if not whole and match.group(2)[0] == "c":
            return
        family, given = match.end(1), match.end(2)
        suffix = piece.words[given] if match.group(3) else ""
        initials = [word for word, kind in zip(piece.words[family:given], piece.shape[family:given], strict=True) if kind != "s"]
        name = _inverted(piece.words[:family], piece.shape[:family], " ".join(initials))
        grown.add(replace(name, suffix=suffix), piece.ends[match.end() - 1], piece.stop if whole else ".")
        if not whole or piece.stop not in (",", ";", "and") or (after_joiner and piece.stop != "and"):
            return
        after_joiner = piece.stop == "and"


def _read_inverted(cut: Sequence[Piece], grown: _List) -> None:
    index, after_joiner, natural = 0, False, False
    while index < len(cut):
        piece = cut[index]
        if not piece.words:
            after_joiner = after_joiner or piece.stop == "and"
            index += 1
            continue
        following = cut[index + 1] if index + 1 < len(cut) and piece.stop == "," else None
        shape = piece.shape
        if shape == "s" and grown.names:
            grown.names[-1] = replace(grown.names[-1], suffix=piece.words[0])
            grown.end, grown.stop = piece.ends[-1], piece.stop
            if piece.stop not in (",", ";", "and"):
                return
            after_joiner = piece.stop == "and"
            index += 1
            continue
        if (
            not natural
            and following is not None
            and _FAMILY.fullmatch(shape)
            and (taken := _given_part(following, shape, grown, cut, index))
        ):
            given = " ".join(following.words[:taken])
            grown.add(_inverted(piece.words, shape, given), following.ends[taken - 1], following.stop)
            if taken < len(following.words):
                grown.stop = "."
                return
            index, stop = index + 2, following.stop
        elif grown.names and (_NATURAL_INITIALS.fullmatch(shape) or (_NATURAL.fullmatch(shape) and len(shape) > 1)):
            if piece.stop not in (",", ";", "and", ".", "(") and not after_joiner and "i" not in shape:
                return
            if not after_joiner and piece.stop in (".", "(") and "i" not in shape:
                return
            natural = natural or len(grown.names) == 1
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
            index, stop = index + 1, piece.stop
        elif grown.names and (match := _TRAILING.fullmatch(shape)) and "w" in shape:
            split = match.end(1)
            grown.add(_inverted(piece.words[:split], shape[:split], " ".join(piece.words[split:])), piece.ends[-1], piece.stop)
            index, stop = index + 1, piece.stop
        elif grown.names and after_joiner and shape in ("w", "pw", "c") and piece.stop != ",":
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
            return
        else:
            return
        if stop not in (",", ";", "and") or (after_joiner and stop == "," and not _suffix_next(cut, index - 1)):
            return
        after_joiner = stop == "and"


def _given_part(piece: Piece, family: str, grown: _List, cut: Sequence[Piece], index: int) -> int:
    """How many words of the piece after a family name are given names; 0 when none."""
    shape = piece.shape
    leading = _INITIALS.match(shape)
    if grown.names and _GIVEN.fullmatch(shape) and all(_is_capital(word) for word in cut[index].words):
        previous = grown.names[-1].family
        if len(previous) > 2 and previous.isupper():
            return len(shape)  # LIM, Gabrielle, HARDESTY, R. Michael
    if leading and shape[0] in "ic":
        if leading.end() == len(shape) or (shape[0] == "i" and not _NATURAL_INITIALS.fullmatch(shape)):
            run = len(shape) - len(shape.lstrip("i")) if leading.end() < len(shape) else len(shape)
            return run
        if shape[0] == "i" and piece.stop not in (",", ";", "and"):
            return len(shape) - len(shape.lstrip("i"))
        return 0
    if not _GIVEN.fullmatch(shape):
        return 0
    if not grown.names:
        if (title := _WORD_AFTER_INITIAL.match(shape)) and piece.stop != "and":
            return title.end() - 1  # "Stein, Stanley J. Vassouras, a Brazilian …"
        return len(shape)
    # Later names: inverted again only where the first comma pair was (LIM, Gabrielle, DOE, Ann).
    if len(family) <= 2 and (len(shape) == 1 or "i" in shape or piece.stop != ","):
        previous = grown.names[-1]
        if previous.family.isupper() and len(previous.family) > 2:
            return len(shape) if all(word.isupper() for word in cut[index].words) else 0
        return len(shape) if grown.stop in (",", ";", "and") and len(family) == 1 else 0
    return 0


def _is_capital(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _natural(words: Sequence[str], shape: str) -> Name:
    suffix = ""
    if shape.endswith("s"):
        suffix, words, shape = words[-1], words[:-1], shape[:-1]
    split = shape.find("p")
    if split <= 0:
        split = len(words) - 1
        if shape.startswith("p"):
            split = 0
        elif "i" in shape:
            split = min(shape.rindex("i") + 1, len(words) - 1)
    parts = _inverted(words[split:], shape[split:], " ".join(words[:split]))
    return replace(parts, suffix=suffix)


def _inverted(family: Sequence[str], shape: str, given: str) -> Name:
    suffix = ""
    if shape.endswith("s") and len(family) > 1:
        suffix, family, shape = family[-1], family[:-1], shape[:-1]
    particles = len(shape) - len(shape.lstrip("p"))
    if particles == len(family):
        particles = 0
    if not given and len(family) == 1:
        return Name(literal=family[0])
    return Name(" ".join(family[particles:]), given, "", " ".join(family[:particles]), suffix)


def _is_organisation(piece: Piece) -> bool:
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
    elif match.lastgroup == "year" and not known and (capital * 2 < len(words) or len(words) > 9):
        return None
    grown = _List([Name(literal=name)], match.start() if not et_al else head.index(name) + len(name))
    return _finish(text, grown, "literal")


def _ends_in_abbreviation(text: str) -> bool:
    last = text.rsplit(None, 1)[-1] if text.split() else ""
    bare = last.strip("(").lower()
    return len(bare) == 1 or bare in ("inc", "st", "u.s", "u.k", "dept", "co", "ltd", "v", "dr", "gov") or "." in bare
