"""The orders of names inside an author list, each a rule on the shapes of its pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.given_names import are_given_names, is_given_name
from dl4es_bib.read.reference.rules.name_shapes import Piece, initials_before_title, is_capital
from dl4es_bib.read.reference.rules.words import PARTICLES, PLACES

_NATURAL_INITIALS: Final = re.compile(r"(?:[ic]{1,4}|[wi]{0,2}i{1,4}[wi]?)p*[wc]{1,3}s?")
_NATURAL: Final = re.compile(r"w[wic]{0,3}p{0,3}[wc]{1,2}s?|wp{1,3}[wc]{1,3}s?|w[wic]{0,2}w(?:p{1,2}w)?s?")
_TRAILING: Final = re.compile(r"(p*w(?:p*w){0,3}|p*w{0,2}c)s?((?:i{1,5}|c{1,2})(?:p{1,2}(?!w))?)(s?)")
_FAMILY: Final = re.compile(r"p*[wc](?:p*[wc]){0,3}s?|i?w{1,2}")
_INITIALS: Final = re.compile(r"(?:i{1,3}c|i{1,5}|c{1,2}|i{1,3}w?i{0,2}|wi{1,3})p*s?")
_GIVEN: Final = re.compile(r"[wic]{1,4}p*s?")
_FULL_NAME: Final = re.compile(r"w{0,2}i{1,3}p{0,3}w{1,2}")
_GIVEN_BEFORE_TITLE: Final = re.compile(r"w{1,2}i{1,2}(?=[wcxp])")
#: What begins a title, and no name.
_ARTICLES: Final = frozenset("the a an on die der das ein eine über zur zum les une un los las el gli il on".split())
_OTHERS: Final = re.compile(r"(?:al|others|coll)\b", re.I)


@dataclass(slots=True)
class Growing:
    """The list while it grows: the names, where they end and what stopped the last piece."""

    names: list[Name] = field(default_factory=list)
    end: int = 0
    stop: str = ""

    def add(self, name: Name, end: int, stop: str) -> None:
        """Append a name that ends at ``end``."""
        self.names.append(name)
        self.end, self.stop = end, stop


def order_of(cut: Sequence[Piece]) -> str:
    """Which order the list is in, from its first two or three pieces."""
    if not cut or not cut[0].words:
        return ""
    first = cut[0]
    second = cut[1] if len(cut) > 1 and first.stop == "," else None
    if second is not None and set(second.shape) <= {"i", "c"} and second.words and _is_pair(first, second, cut):
        return "inverted"
    if _TRAILING.fullmatch(first.shape):
        capitals = set(first.shape) == {"c"} and second is not None
        return "inverted" if capitals and second is not None and second.shape in ("w", "ww") else "trailing"
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
    """Whether "Halden W. Open Roads" is a family name, an initial and a title.

    ``Halden R. Mund`` has the same shape with one word less; a title shows by more words, by a colon or
    by what follows "and".
    """
    if first.shape[end - 1] != "i" or end == len(first.shape):
        return False
    rest = first.shape[end:]
    if "x" in rest or first.stop == "x" or (first.words[end].lower() in _ARTICLES and len(rest) > 1):
        return True
    if len(rest.lstrip("p")) > 1 and "p" not in rest:
        return first.stop not in (",", ";")
    if first.stop in ("and", ",") and len(cut) > 1 and not _OTHERS.match(" ".join(cut[1].words)):
        following = cut[1] if cut[1].words or len(cut) < 3 else cut[2]
        return following.shape != "s" and ("x" in following.shape or len(following.words) < 2)
    return first.stop in (":", "?", "!", "[") and rest == "w"


def _is_pair(first: Piece, second: Piece, cut: Sequence[Piece]) -> bool:
    """Whether two pieces are a family name and given names."""
    if not _FAMILY.fullmatch(first.shape) or not second.words:
        return False
    if (
        len(first.words) > 1
        and is_capital(first.words[-1])
        and not first.words[0].isupper()
        and "i" not in second.shape
    ):
        return False  # "Anne-Marie LEGRAND, Sables"
    if len(first.words) > 1 and "p" not in first.shape and _FULL_NAME.fullmatch(second.shape):
        return False
    leading = _INITIALS.match(second.shape)
    if leading and second.shape[0] in "ic":
        return leading.end() == len(second.shape) or second.shape[0] == "i" or second.stop not in ",;"
    given = _GIVEN_BEFORE_TITLE.match(second.shape)
    if given and _shows_title(second, given.end()):
        return len(first.words) == 1 or (len(first.words) == 2 and "x" in second.shape)
    if not _GIVEN.fullmatch(second.shape):
        return False
    if len(first.words) == 1 or first.shape[0] == "p" or "i" in second.shape or len(second.words) == 1:
        return True
    # "Ruiz Olmedo, Ana Luz" or "Peter Lund, Klaus Halden": a third piece decides.
    if is_given_name(first.words[0]):
        return False
    if are_given_names(second.words):
        return not any(is_given_name(word) for word in first.words)  # "Lozano Ardila, Martha Cecilia"
    if first.shape == second.shape == "ww" and second.stop in (".", ":") and len(cut) == 2:
        return False  # lists on the web: "Peter Lund, Klaus Halden. Open Roads."
    return second.stop not in (",", "and")


def _shows_title(piece: Piece, end: int) -> bool:
    """Whether the words of a piece from ``end`` on are the beginning of a title."""
    rest = piece.shape[end:]
    return "x" in rest or len(rest.lstrip("p")) > 1 or piece.stop in (",", ":", "?", "!", "x")


def read_natural(cut: Sequence[Piece], grown: Growing) -> None:
    """Read "A. B. Smith, John Doe and C. van Ours" into ``grown``."""
    after_joiner = False
    # "A. Smith, B. Jones, Harbour Review": where the first has initials first, all have initials.
    initials = cut[0].shape[0] == "i"
    taken = -1
    for index, piece in enumerate(cut):
        if index <= taken:
            continue
        if not piece.words:
            after_joiner = after_joiner or piece.stop == "and"
            continue
        shape = piece.shape
        following = cut[index + 1] if index + 1 < len(cut) and piece.stop == "," else None
        if grown.names and following is not None and _is_turned_pair(piece, following):
            # "J. E. Dee, Fay, P. G., and Bell, C.": only the first is in reading order.
            grown.add(_inverted(piece.words, shape, " ".join(following.words)), following.ends[-1], following.stop)
            if following.stop not in (",", ";", "and"):
                return
            taken, after_joiner = index + 1, following.stop == "and"
            continue
        plain = not _NATURAL_INITIALS.fullmatch(shape)
        if plain and initials and not after_joiner and not any(_is_person(later) for later in cut[index + 1 :]):
            return
        if not plain or _NATURAL.fullmatch(shape):
            if index and after_joiner is False and piece.stop not in (",", ";", "and") and _is_title_like(piece, grown):
                return
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
        elif (shape in ("w", "c", "pw") and after_joiner) or _is_mononym(cut, index):
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
        elif shape == "s" and grown.names:
            grown.names[-1] = replace(grown.names[-1], suffix=piece.words[0])
            grown.end, grown.stop = piece.ends[-1], piece.stop
        else:
            return
        if piece.stop not in (",", ";", "and") or (
            after_joiner and piece.stop != "and" and not _suffix_next(cut, index)
        ):
            return
        after_joiner = piece.stop == "and"


def _is_mononym(cut: Sequence[Piece], index: int) -> bool:
    """Whether a single word stands for a person among others: "M. Lund, Prabhat, and K. Berg"."""
    piece = cut[index]
    if not index or piece.shape != "w" or piece.stop not in (",", ";") or index + 1 >= len(cut):
        return False
    following = cut[index + 1]
    if not following.words:  # ", and K. Berg"
        return following.stop == "and" and index + 2 < len(cut) and _is_whole_name(cut[index + 2], full=True)
    return _is_whole_name(following, full=is_given_name(following.words[0]))


def _is_whole_name(piece: Piece, *, full: bool) -> bool:
    return _is_person(piece) or (full and len(piece.shape) > 1 and _NATURAL.fullmatch(piece.shape) is not None)


def _is_turned_pair(piece: Piece, following: Piece) -> bool:
    return piece.shape in ("w", "pw", "ww") and bool(following.shape) and set(following.shape) == {"i"}


def _is_person(piece: Piece) -> bool:
    return "i" in piece.shape and _NATURAL_INITIALS.fullmatch(piece.shape) is not None


def _suffix_next(cut: Sequence[Piece], index: int) -> bool:
    return index + 1 < len(cut) and cut[index + 1].shape == "s"


#: How a word of a title ends, and hardly a name.
_TITLE_WORD: Final = re.compile(
    r".*(?:ing|ics|tions?|ments?|ology|ologies|ness|ity|ities|ism|ance|ence|ences|models?|networks?|systems?|data|learning"
    r"|science|theory|methods?|analysis|ical|ional|ative|ive|ous|ful|able|ible|ed|ic|al)"
)


def _is_title_like(piece: Piece, grown: Growing) -> bool:
    """Whether a piece without initials that ends at a colon is a title and not a name.

    "Karolina Zając, Piotr Wójcik: Why wasps matter": two words in the form of the names before them are a name.
    """
    if piece.stop != ":" or "i" in piece.shape:
        return False
    full = all(name.given and "." not in name.given for name in grown.names)
    return not full or piece.shape != "ww" or any(_TITLE_WORD.fullmatch(word.lower()) for word in piece.words)


def read_trailing(cut: Sequence[Piece], grown: Growing) -> None:
    """Read "Smith AB, van Ours C" and "Smith A.B., Doe J." into ``grown``."""
    after_joiner = dotted = False
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
            if not _NATURAL_INITIALS.fullmatch(piece.shape) or not (after_joiner or _first_was_turned(piece, grown)):
                return
            turned_first = not after_joiner
            grown.add(_natural(piece.words, piece.shape), piece.ends[-1], piece.stop)
            if not turned_first or piece.stop not in (",", ";", "and"):
                return
            after_joiner = piece.stop == "and"
            continue
        whole = match.end() == len(piece.shape)
        if not whole and not (match.group(2)[0] == "i" or grown.names):
            return
        if not whole and match.group(2)[0] == "c":
            return
        family, given = match.end(1), match.end(2)
        suffix = piece.words[given] if match.group(3) else ""
        initials = [
            word for word, kind in zip(piece.words[family:given], piece.shape[family:given], strict=True) if kind != "s"
        ]
        if len(initials) == 1 and len(initials[0]) == 2 and (not whole or piece.stop == ".") and not dotted:
            initials = [initials[0].rstrip(".")]  # "Abe T, Moe K. Title": the full stop ends the list
        dotted = any("." in initial for initial in initials)
        name = _inverted(piece.words[:family], piece.shape[:family], " ".join(initials))
        grown.add(replace(name, suffix=suffix), piece.ends[match.end() - 1], piece.stop if whole else ".")
        if not whole or piece.stop not in (",", ";", "and") or (after_joiner and piece.stop != "and"):
            return
        after_joiner = piece.stop == "and"


def _first_was_turned(piece: Piece, grown: Growing) -> bool:
    """Whether a list goes on in reading order behind its first name: "Dee K., B. Fay, and C. Bell, 2017"."""
    return bool(grown.names) and piece.shape[0] == "i" and piece.stop in (",", ";", "and")


def read_inverted(cut: Sequence[Piece], grown: Growing) -> None:
    """Read "Smith, A. B., Doe, J." and "Smith, Ann, John Doe, and C. Ours" into ``grown``."""
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
            and not (grown.names and _both_natural(shape, following.shape))
            and (
                taken := initials_before_title(following, grown.names if after_joiner else ())
                or _given_part(following, shape, grown, cut, index)
            )
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
            grown.add(
                _inverted(piece.words[:split], shape[:split], " ".join(piece.words[split:])),
                piece.ends[-1],
                piece.stop,
            )
            index, stop = index + 1, piece.stop
        elif grown.names and not natural and shape == "w" and _joins_pair(cut, index):
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
            index, stop = index + 1, piece.stop
        elif grown.names and after_joiner and shape in ("w", "pw", "c") and piece.stop != ",":
            grown.add(_natural(piece.words, shape), piece.ends[-1], piece.stop)
            return
        else:
            return
        if stop not in (",", ";", "and") or (after_joiner and stop == "," and not _suffix_next(cut, index - 1)):
            return
        after_joiner = stop == "and"


def _joins_pair(cut: Sequence[Piece], index: int) -> bool:
    """Whether a single word is a person: the next one follows behind "and" or a semicolon."""
    if cut[index].stop == ";":
        return index + 1 < len(cut)
    return index + 2 < len(cut) and cut[index].stop == "," and not cut[index + 1].words and cut[index + 1].stop == "and"


def _both_natural(shape: str, following: str) -> bool:
    """Whether two pieces are two names in reading order: "Dee, C. A., F. Fay, B. Bell. Title"."""
    return shape[0] == "i" == following[:1] and bool(
        _NATURAL_INITIALS.fullmatch(shape) and _NATURAL_INITIALS.fullmatch(following)
    )


def _given_part(piece: Piece, family: str, grown: Growing, cut: Sequence[Piece], index: int) -> int:
    """How many words of the piece after a family name are given names; 0 when none."""
    shape = piece.shape
    leading = _INITIALS.match(shape)
    if grown.names and _GIVEN.fullmatch(shape) and all(is_capital(word) for word in cut[index].words):
        before = grown.names[-1].family
        if len(before) > 2 and before.isupper():
            return len(shape)  # LUND, Mona, HALDEN, R. Peter
    if not grown.names and shape in ("iw", "iiw") and piece.stop == ".":
        return len(shape)  # "Halden, M. Jane. Title"
    if leading and shape[0] in "ic":
        if leading.end() == len(shape) or (shape[0] == "i" and not _NATURAL_INITIALS.fullmatch(shape)):
            return len(shape) if leading.end() == len(shape) else len(shape) - len(shape.lstrip("i"))
        if shape[0] == "i" and piece.stop not in (",", ";", "and"):
            return len(shape) - len(shape.lstrip("i"))
        return 0
    if not grown.names and (title := _GIVEN_BEFORE_TITLE.match(shape)) and _shows_title(piece, title.end()):
        return title.end()  # "Halden, Mona J. Torvik, a mining town …"
    if not _GIVEN.fullmatch(shape):
        return 0
    if not grown.names:
        return len(shape)
    if piece.stop == ":" and " ".join(piece.words).lower() in PLACES:
        return 0  # "Bakker, Jan, Vuurtorens, Amsterdam: Querido"
    # Later names: inverted again only where the first comma pair was (LUND, Mona, DOE, Ann).
    if len(family) <= 2 and (len(shape) == 1 or "i" in shape or piece.stop != ","):
        previous = grown.names[-1]
        if previous.family.isupper() and len(previous.family) > 2:
            return len(shape) if all(word.isupper() for word in cut[index].words) else 0
        return len(shape) if grown.stop in (",", ";", "and") and len(family) == 1 else 0
    return 0


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
    suffix = behind = ""
    if given[-1:].islower() and " " in given:  # "Meer, J. van der": the particles stand behind
        parts = given.split()
        end = len(parts)
        while end > 1 and parts[end - 1] in PARTICLES:
            end -= 1
        given, behind = " ".join(parts[:end]), " ".join(parts[end:])
    if shape.endswith("s") and len(family) > 1:
        suffix, family, shape = family[-1], family[:-1], shape[:-1]
    particles = len(shape) - len(shape.lstrip("p"))
    if particles == len(family):
        particles = 0
    if not given and len(family) == 1:
        return Name(literal=family[0])
    before = " ".join(family[:particles])
    return Name(" ".join(family[particles:]), given, behind, before, suffix)
