"""The text of a Word file's paragraphs with the runs it stands in, so that a stretch of it can be replaced.

ECMA-376, part 1: a paragraph (``w:p``) holds runs (``w:r``) with text (``w:t``); a field begins, is parted and ends at
``w:fldChar``. Runs that no replaced stretch touches stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output.runs import joined

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What stands in the text for a part of a run that is no text, such as a note or a picture.
OBJECT: Final = "\ufffc"
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def name(local: str) -> str:
    """The name of an element or attribute of WordprocessingML."""
    return f"{_W}{local}"


@dataclass(slots=True)
class Piece:
    """A part of a run that is text: where it stands in the text of the paragraph."""

    run: Any
    part: Any
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph and its text outside of fields.

    Attributes:
        element: the ``w:p``.
        text: its words; other parts of runs are :data:`OBJECT`.
        pieces: where the words stand.
        notes: the footnotes that it refers to: offset in the text and id.
    """

    element: Any
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Field:
    """A field: its code, and the runs of its result.

    Attributes:
        code: what stands between begin and separator.
        begin, separator, end: the runs with the marks; ``None`` for what is missing.
        result: runs between separator and end.
        paragraph: the paragraph in which it begins.
    """

    paragraph: Any
    begin: Any
    code: str = ""
    separator: Any = None
    end: Any = None
    result: list[Any] = field(default_factory=list)


class Story:
    """The paragraphs and fields of a body or of notes, in the order of the document."""

    def __init__(self, root: Any) -> None:
        self.paragraphs: list[Paragraph] = []
        self.fields: list[Field] = []
        opened: list[Field] = []
        for element in root.iter(name("p")):
            self._read(element, opened)

    def _read(self, element: Any, opened: list[Field]) -> None:
        paragraph = Paragraph(element)
        words: list[str] = []
        length = 0
        for run in _runs(element):
            for part in run:
                if part.tag == name("fldChar"):
                    self._mark(part, run, element, opened)
                elif part.tag == name("instrText") and opened and opened[-1].separator is None:
                    opened[-1].code += part.text or ""
                if opened:
                    continue
                written = (part.text or "") if part.tag == name("t") else _SIGNS.get(part.tag, "")
                if part.tag == name("footnoteReference"):
                    paragraph.notes.append((length, part.get(name("id")) or ""))
                    written = OBJECT
                elif part.tag in (name("drawing"), name("object"), name("pict"), name("endnoteReference")):
                    written = OBJECT
                if written:
                    paragraph.pieces.append(Piece(run, part, length, length + len(written)))
                    words.append(written)
                    length += len(written)
            if opened and opened[-1].separator is not None and run is not opened[-1].separator:
                opened[-1].result.append(run)
        paragraph.text = "".join(words)
        self.paragraphs.append(paragraph)

    def _mark(self, part: Any, run: Any, paragraph: Any, opened: list[Field]) -> None:
        kind = part.get(name("fldCharType"))
        if kind == "begin":
            opened.append(Field(paragraph, run))
        elif kind == "separate" and opened:
            opened[-1].separator = run
        elif kind == "end" and opened:
            done = opened.pop()
            done.end = run
            if not opened:
                self.fields.append(done)


def _runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph in order, without those of paragraphs inside it (text boxes) and of deleted text."""
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        if element.tag == name("r"):
            yield element
        elif element.tag not in (name("p"), name("del"), name("moveFrom"), name("pPr")):
            stack += reversed(list(element))


def cut(paragraph: Paragraph, start: int, end: int) -> Any:
    """Take a stretch of text out of a paragraph.

    Arguments:
        paragraph: it is read anew after this.
        start, end: the stretch.

    Returns:
        The run behind which the stretch stood, with all that stood before it in its run; it may be without text.
    """
    touched = [piece for piece in paragraph.pieces if piece.start < end and piece.end > start]
    before: Any = None
    for piece in touched:
        head = piece.part.text[: max(0, start - piece.start)] if piece.part.tag == name("t") else ""
        tail = piece.part.text[max(0, end - piece.start) :] if piece.part.tag == name("t") else ""
        if before is None:
            before = piece.run
            _divide(piece.run, piece.part, head, tail)
        elif tail:
            _set(piece.part, tail)
        else:
            holder = piece.part.getparent()  # the run may have been divided
            holder.remove(piece.part)
            drop_if_empty(holder)
    return before


def _divide(run: Any, part: Any, head: str, tail: str) -> None:
    """Keep the text before a stretch in its run, and put all behind it into a new run."""
    behind = list(run[list(run).index(part) + 1 :])
    if tail or behind:
        following = deepcopy(run)
        for child in list(following):
            if child.tag != name("rPr"):
                following.remove(child)
        if tail:
            text = deepcopy(part)
            _set(text, tail)
            following.append(text)
        for sibling in behind:
            following.append(sibling)
        run.addnext(following)
    if head:
        _set(part, head)
    else:
        run.remove(part)


def _set(part: Any, text: str) -> None:
    part.text = text
    if text.strip() != text:
        part.set(_SPACE, "preserve")


def drop_if_empty(run: Any) -> None:
    """Take a run out of its paragraph when nothing is left in it."""
    if all(child.tag == name("rPr") for child in run) and run.getparent() is not None:
        run.getparent().remove(run)


def put_behind(run: Any, runs: Sequence[Run], *, last: Any = None) -> None:
    """Put formatted text behind a run, with the run's own faces under those of the text.

    Arguments:
        run: it is dropped when it has no text itself.
        runs: the text.
        last: a further element that ends the text, such as the mark of a note.
    """
    properties = run.find(name("rPr"))
    new = [made(written, properties) for written in joined(runs)]
    if last is not None:
        new.append(last)
    for element in reversed(new):
        run.addnext(element)
    drop_if_empty(run)


def made(written: Run, properties: Any = None) -> Any:
    """A run of a Word file.

    Arguments:
        written: text with its faces.
        properties: faces that it has besides (``w:rPr``).
    """
    from docx.oxml import OxmlElement
    from docx.text.run import Run as WordRun

    element: Any = OxmlElement("w:r")
    if properties is not None:
        element.append(deepcopy(properties))
    run = WordRun(element, None)  # type: ignore[arg-type]
    run.text = in_xml(written.text)
    if written.italic:
        # Italics within italics are set upright.
        run.italic = not run.italic
    for face, is_on in (("bold", written.bold), ("underline", written.underline)):
        if is_on:
            setattr(run, face, True)
    if written.small_caps:
        run.font.small_caps = True
    if written.position:
        run.font.superscript = written.position == "sup" or None
        run.font.subscript = written.position == "sub" or None
    return element


def in_xml(text: str) -> str:
    """Text without what XML 1.0 cannot hold (section 2.2)."""
    return _NOT_IN_XML.sub("", text)
