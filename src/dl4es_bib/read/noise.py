"""Signs in an entry that are no part of the reference: counts of stars, pictures, marks of equal contribution."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.inline import Line, PlacedLink, Styled

_PICTURE: Final = "[\U0001f300-\U0001faff\u2b50\u2605\u2606\u2728\u2705\u26a1\u2b06\u2757]\ufe0f?"
#: "⭐ 214", "🔥", ":star: 1.2k", ":fire:".
_COUNTED: Final = re.compile(
    rf"\s?(?:{_PICTURE}|:(?:star2?|fire|sparkles|new|tada|trophy|boom|rocket|bulb|1st_place_medal|medal_\w{{1,10}}|"
    r"heavy_check_mark|white_check_mark):){1,5}(?:\s?\d[\d.,]{0,9}k?\+?(?![\w./-]))?"
)
_CALLED_PICTURE: Final = re.compile(r":\w{3,22}:")
#: "Ann Ode*, Bo Berg†, and Cy Dee‡ (2019)", no "A* search" and no "*emphasis*" that plain text writes.
_MARKED: Final = re.compile(
    r"(?<=[^\W\d_])\s?[*†‡§¶∗⋆✉]{1,3}(?=\s?[,;:.(]|\s(?:and|und|et|y|e|en|&)\s|\s?$)|(?<=\.)[*†‡§¶∗⋆✉]{1,3}(?=\s?[,;:])"
)
_EMPHASIS: Final = re.compile(r"(?<![^\s(\[\"“])\*{1,3}[^\s*)]")
#: "(* equal contribution)", "*: corresponding author".
_MARK_EXPLAINED: Final = re.compile(
    r"\s?[(\[]\s?[*†‡§¶∗⋆✉]{0,3}[\s:=]{0,3}(?:denotes\s|indicates\s)?(?:equal(?:ly)?\scontribut\w{2,6}|co-?first\sauthors?|"
    r"corresponding\sauthors?|joint\sfirst\sauthors?|contributed\sequally)\.?\s?[)\]]",
    re.I,
)


#: "(Oral)", "(Spotlight presentation)" at the end: how it was shown.
_SHOWN: Final = re.compile(r"\s?\((?:oral|spotlight|poster|highlight)(?:\s(?:presentation|talk|paper))?\)\s?$", re.I)


def without_noise(line: Line) -> Line:
    """A line without such signs; addresses and faces are moved along. Words of a link stay."""
    # Most lines have none of these signs; a look for what stands in each of them costs little.
    text, lower = line.text, line.text.lower()
    signed = not text.isascii()
    cuts: list[tuple[int, int]] = []
    if signed or _CALLED_PICTURE.search(text):
        cuts += [found.span() for found in _COUNTED.finditer(text)]
    if "author" in lower or "equal" in lower:
        cuts += [found.span() for found in _MARK_EXPLAINED.finditer(text)]
    if text.rstrip().endswith(")"):
        cuts += [found.span() for found in _SHOWN.finditer(text)]
    if (signed or "*" in text) and not _EMPHASIS.search(text):
        cuts += [found.span() for found in _MARKED.finditer(text)]
    if not cuts:
        return line
    linked = [(placed.start, placed.end) for placed in line.links]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        beside = all(end <= first or last <= start for first, last in linked)
        if beside and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return _without(line, kept) if kept else line


def _without(line: Line, cuts: list[tuple[int, int]]) -> Line:
    """A line without stretches of its text, which stand in order."""
    pieces: list[str] = []
    moved: list[int] = []
    position = gone = 0
    for start, end in cuts:
        pieces.append(line.text[position:start])
        moved += range(position - gone, start - gone)
        moved += [start - gone] * (end - start)
        gone += end - start
        position = end
    pieces.append(line.text[position:])
    moved += range(position - gone, len(line.text) - gone + 1)
    faces = [Styled(face.face, moved[face.start], moved[face.end]) for face in line.faces]
    return Line(
        line.number,
        "".join(pieces),
        [PlacedLink(placed.link, moved[placed.start], moved[placed.end]) for placed in line.links],
        [face for face in faces if face.end > face.start],
        [(moved[start], moved[end]) for start, end in line.inner],
    )
