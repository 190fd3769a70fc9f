"""A rendered reference: chunks of text, each with the field that it is, so that spans are exact by construction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of text; ``label`` is the model's label (see ``tagger.labels``), ``O`` outside of fields."""

    text: str
    label: str = "O"
    italic: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """One reference.

    Attributes:
        chunks: its text in order.
        template: what rendered it: a style with its locale, or a template.
        record: the id of the record behind it.
        source: where the record came from.
        families: the family names of the authors in order, as far as they are shown.
    """

    chunks: tuple[Chunk, ...]
    template: str
    record: str
    source: str
    families: tuple[str, ...] = field(default=())

    def text(self, *, markup: bool = False) -> tuple[str, list[tuple[str, int, int]]]:
        """The text, with Markdown emphasis where asked for, and its segments: label, start, end."""
        parts: list[str] = []
        segments: list[tuple[str, int, int]] = []
        position = 0
        for chunk in self.merged().chunks:
            mark = ("**" if chunk.bold else "*" if chunk.italic else "") if markup and chunk.text.strip() else ""
            core = chunk.text.strip() if mark else chunk.text
            lead = chunk.text[: len(chunk.text) - len(chunk.text.lstrip())] if mark else ""
            trail = chunk.text[len(chunk.text.rstrip()) :] if mark else ""
            start = position + len(lead) + len(mark)
            if chunk.label != "O":
                segments.append((chunk.label, start, start + len(core)))
            written = f"{lead}{mark}{core}{mark}{trail}"
            parts.append(written)
            position += len(written)
        return "".join(parts), segments

    def merged(self) -> Rendered:
        """Neighbours with the same label and face as one chunk, runs of blanks as one."""
        out: list[Chunk] = []
        for chunk in self.chunks:
            text = re.sub(r"\s+", " ", chunk.text)
            if out and out[-1].text.endswith(" "):
                text = text.lstrip(" ")
            if not text:
                continue
            last = out[-1] if out else None
            if last and (last.label, last.italic, last.bold) == (chunk.label, chunk.italic, chunk.bold):
                out[-1] = replace(last, text=last.text + text)
            else:
                out.append(replace(chunk, text=text))
        return replace(self, chunks=tuple(out))
