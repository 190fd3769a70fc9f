"""What happens to references between a style and a reader: lost spaces, lost italics, scans, cut ends."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from reference_training.rendered import Chunk, Rendered

_LIGATURES = (("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
_SCANNED = (("rn", "m"), ("l", "1"), ("I", "l"), ("e", "c"), ("h", "b"), ("0", "O"), ("5", "S"), ("1", "l"))
_TAILS = (
    " [PubMed]", " [CrossRef]", " [Google Scholar]", " [CrossRef] [PubMed]", " Available online.", " Print.",
    " [Internet]", " (accessed 12 May 2019)", " Accessed 3 January 2021.", " PMID: 23456789", " [in Russian]",
    " In press.", " Epub ahead of print.", " 3, 7", " [paper] [code]", " [pdf]", " (in German)", " p. 12.", " ↩",
    " ISBN 978-3-16-148410-0.", " ISSN 1234-5678.", " Cited by 123.",
)  # fmt: skip


def with_noise(rendered: Rendered, chance: random.Random) -> Rendered:
    """The reference as it may be found: most stay as they are."""
    chunks = list(rendered.chunks)
    if chance.random() < 0.10:
        chunks = [replace(chunk, text=_no_space(chunk.text, chance)) for chunk in chunks]
    if chance.random() < 0.03:
        chunks = [replace(chunk, text=re.sub(r"([,.:;]) (?=\w)", r" \1", chunk.text)) for chunk in chunks]
    if chance.random() < 0.04:
        chunks = [replace(chunk, text=_scanned(chunk.text, chance)) for chunk in chunks]
    if chance.random() < 0.03:
        for plain, ligature in _LIGATURES:
            chunks = [replace(chunk, text=chunk.text.replace(plain, ligature)) for chunk in chunks]
    if chance.random() < 0.05:
        chunks = [replace(chunk, text=re.sub("[“”]", '"', chunk.text)) for chunk in chunks]
    if chance.random() < 0.04:
        chunks = [replace(chunk, text=re.sub('[“”‘’"]', "", chunk.text)) for chunk in chunks]
    if chance.random() < 0.03:
        chunks = [replace(chunk, text=re.sub("[–—]", "-", chunk.text)) for chunk in chunks]
    if chance.random() < 0.03:
        chunks = [replace(chunk, text=chunk.text.upper()) if chunk.label == "A" else chunk for chunk in chunks]
    if chance.random() < 0.02:
        chunks = [replace(chunk, text=chunk.text.upper()) if chunk.label == "T" else chunk for chunk in chunks]
    if chance.random() < 0.03:
        chunks = [replace(chunk, text=_broken(chunk.text, chance)) for chunk in chunks]
    if chance.random() < 0.06:
        chunks.append(Chunk(chance.choice(_TAILS)))
    if chance.random() < 0.04:
        chunks.append(Chunk(f" https://www.example.org/{chance.choice('abcdef')}/{chance.randrange(10**5)}"))
    if chance.random() < 0.03:
        chunks = _cut(chunks, chance)
    return replace(rendered, chunks=tuple(chunks))


def _no_space(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=[.,:;]) (?=\S)", lambda blank: "" if chance.random() < 0.5 else blank.group(), text)


def _scanned(text: str, chance: random.Random) -> str:
    out = text
    for right, wrong in _SCANNED:
        out = re.sub(re.escape(right), lambda found, w=wrong: w if chance.random() < 0.04 else found.group(), out)  # type: ignore[misc]
    return out


def _broken(text: str, chance: random.Random) -> str:
    """A word divided at the end of a line."""
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 7 and word.isalpha() and chance.random() < 0.12:
            cut = len(word) // 2
            words[place] = word[:cut] + chance.choice(("-", "- ", "\u00ad")) + word[cut:]
    return " ".join(words)


def _cut(chunks: list[Chunk], chance: random.Random) -> list[Chunk]:
    """The reference without its end."""
    total = sum(len(chunk.text) for chunk in chunks)
    keep = int(total * chance.uniform(0.5, 0.95))
    out = []
    for chunk in chunks:
        if keep <= 0:
            break
        out.append(replace(chunk, text=chunk.text[:keep]))
        keep -= len(chunk.text)
    return out
