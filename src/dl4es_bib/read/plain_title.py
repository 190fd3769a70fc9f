"""What stands before a title, and where a title that no markup shows ends."""

from __future__ import annotations

import re
from typing import Final, Protocol

from dl4es_bib.read.inline import Line
from dl4es_bib.read.reference import looks_like_reference
from dl4es_bib.read.roles import role_beside, role_in_words

_MOST_TITLE_WORDS: Final = 60
#: "[ICML 2019] ", "(RA-L 2022) ", "ICRA 2021": where it appeared, before the title.
_TAG: Final = re.compile(
    r"[\[(]\s?(?P<venue>[A-Z][\w&'’./-]{0,20}(?:\s[A-Z&][\w&'’./-]{0,20}){0,4}?)?[\s,'’-]{0,3}"
    r"(?P<year>(?:19|20)\d\d|(?<=['’])\d\d)?\s?[\])][\s:,.*|–—-]{0,4}"
)
_CODE_TAG: Final = re.compile(
    r"(?P<venue>[A-Z][\w&'’./-]{0,20}(?:\s[A-Z&][\w&'’./-]{0,20}){0,4}?)[\s,'’-]{0,3}(?P<year>(?:19|20)\d\d)[\s:,.*|–—-]{0,4}"
)
#: "(NeurIPS 2021 Spotlight) ", "[ACL'22, oral] ": with how it was shown.
_SHOWN_TAG: Final = re.compile(
    r"[\[(]\s?(?P<venue>[A-Z][\w&./-]{0,20}(?:\s[A-Z&][\w&./-]{0,20}){0,4}?)\s?[,'’-]{0,2}\s?"
    r"(?P<year>(?:19|20)\d\d|(?<=['’])\d\d)[\s,;–—-]{0,3}(?:\(?(?:spotlight|oral|poster|highlight|talk|"
    r"workshops?|findings|short paper|long paper|best (?:\w+ )?paper(?: award)?|"
    r"notable top \d+%|top \d+%|demo|main|tutorial|accepted)\)?)?\s?[\])]"
    r"[\s:,.*|–—-]{0,4}",
    re.I,
)
_WORD_TAG: Final = re.compile(r"[\[(](?P<venue>)(?P<year>)[^\[\]()\d]{1,40}[\])][\s:,.*|–—-]{0,4}")
#: Conferences and journals that lists name by their letters alone: "(ICCV) **Title**" below the heading of a year.
LETTERED_VENUES: Final = frozenset(
    """
    AAAI ACCV ACL AISTATS ASE BMVC CCS CHI CIKM COLING COLT CVPR CoNLL CoRL EACL ECCV ECIR EMNLP FSE
    ICASSP ICCV ICDM ICIP ICLR ICME ICML ICRA ICSE IJCAI IJCV INTERSPEECH IROS ISBI Interspeech JMLR KDD MICCAI
    MIDL MM MedIA NAACL NDSS NIPS NSDI NeurIPS OSDI PAMI RA-L RSS RecSys SDM SIGGRAPH SIGIR SIGMOD
    SOSP TACL TGRS TIP TKDE TMI TMLR TNNLS TPAMI UAI UIST VLDB WACV WSDM WWW
    """.split()
)
#: "BeeTrack: " before a title in quotes.
_NAME_BEFORE: Final = re.compile(r"[^\s:]{2,40}:\s(?=[\"“])")
#: "BeeTrack: …", "U2Bee: …": a coined name that begins a title, no body.
_COINED: Final = re.compile(r"(?=[^\s:]{0,30}[a-z][^\s:]{0,30}[A-Z\d])[A-Za-z][^\s:,.]{2,40}:\s")
#: Where a title without markup may end.
_TITLE_ENDS: Final = re.compile(r"[.?!]?\s?[\"”][,.]?\s|[.?!]\s|,\s|\s[|–—-]\s|\s\((?=[A-Z])|$")
#: "A title (with M. Okoye), preprint"
_WITH: Final = re.compile(r",?\s[(\[]?(?:joint(?:ly)?\s)?(?:work\s)?with\s[^\W\d_a-z]\.")
_WHERE: Final = re.compile(
    r"(?:In\s)?[A-Z][\w&'’./-]{1,30}(?:[ -](?:(?:and|of|the|in|on|for)\s)?[A-Z&][\w&'’./-]{0,30}){0,6}"
    r"[\s,(]{0,3}(?:['’]?\d\d|(?:19|20)\d\d)\W*"
)


class IsPeople(Protocol):
    """Whether a text begins with people."""

    def __call__(self, text: str, *, several: bool = False) -> bool:
        """With ``several``: with more than one, or with "et al."."""


def tag_at(line: Line, start: int) -> re.Match[str] | None:
    """The venue and year in brackets before a title, no link, and a title behind it."""
    tag = _SHOWN_TAG.match(line.text, start) or _TAG.match(line.text, start) or _WORD_TAG.match(line.text, start)
    if tag is None and any(face.face == "code" and face.start == start for face in line.faces):
        tag = _CODE_TAG.match(line.text, start)
    if tag is None or any(placed.start < tag.end() - 1 and placed.end > tag.start() for placed in line.links):
        return None
    if tag.end() >= len(line.text) or not tag["year"]:
        # "[Python] [name](…)": what kind of thing it is
        followed = any(placed.start == tag.end() for placed in line.links)
        # "(ICCV) **Tracking bees**": where it appeared
        followed = followed or any(face.face == "bold" and face.start == tag.end() for face in line.faces)
        # "**[BeeTrack]** Tracking bees": its name, set apart
        inside = tag.start() + 1
        followed = followed or any(face.start <= inside < face.end <= tag.end() for face in line.faces)
        return tag if followed else None
    return tag


def title_start(line: Line, start: int) -> int:
    """Where a title in quotes begins that the name of what it describes stands before: "BeeTrack: “Tracking bees”"."""
    name = _NAME_BEFORE.match(line.text, start)
    return name.end() if name else start


def plain_title_end(line: Line, start: int, is_people: IsPeople, *, tagged: bool = False) -> int:
    """Where a title without markup before "[[paper](…)]" ends: "A title, AAAI 2021, [paper](…)"; -1 when there is none.

    Arguments:
        line: the whole entry on one line.
        start: where the title would begin.
        is_people: whether a text begins with people.
        tagged: where it appeared, or its name, stands before it: people follow titles then.
    """
    begins = next((role_beside(line, placed)[1] for placed in line.links if role_beside(line, placed)[0]), -1)
    leads = any(role_in_words(line.text[placed.start : placed.end]) == "paper" for placed in line.links)
    text = line.text[start:begins].rstrip(" [({<|:–—-") if begins > start else ""
    words = text.split()
    if not leads or not 3 <= len(words) <= _MOST_TITLE_WORDS or not (words[0][:1].isupper() or words[0][:1] in '"“'):
        return -1
    if is_people(text, several=tagged) or (
        looks_like_reference(text) and not tagged and not _COINED.match(text.lstrip('"“'))
    ):
        return -1
    if (beside := _WITH.search(text)) is not None and len(text[: beside.start()].split()) > 2:
        return start + beside.start()
    for match in _TITLE_ENDS.finditer(text):
        end = match.start() + (match.group()[:1] in '.?!"”')
        rest = text[match.end() :].strip(" \t.,;:|*_·•–—-/&+")
        quoted = match.group().strip()[:2].strip(".?!,")[:1] in ('"', "”") and text[:1] in '"“'
        if len(text[:end].split()) < 3:
            continue
        if not rest or quoted or _WHERE.fullmatch(rest) or is_people(rest, several=True):
            return start + end
    return -1
