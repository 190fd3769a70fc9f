"""A Word manuscript with citations → the same with formatted citations and its list of references.

Citations are those of pandoc, typed as text, and the fields of Zotero and Mendeley, whose records are taken from the
file itself. A field stays a field: the program that made it still knows it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.csl import Run
from dl4es_bib.csl.output.runs import joined
from dl4es_bib.disk.source import load
from dl4es_bib.export.word_chapters import Chapters
from dl4es_bib.export.word_faces import run_at, with_faces
from dl4es_bib.export.word_notes import Notes
from dl4es_bib.export.word_text import OBJECT, Field, Paragraph, Story, cut, made, name, put_behind
from dl4es_bib.identify.citations.clusters import clusters_in_plain_text
from dl4es_bib.identify.citations.mentions import Cluster, Mention
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.cite_markdown import CitedText, Manner
from dl4es_bib.tasks.citing import CitedWorks, Database, Item, capitalized, without_stop

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

_CODE: Final = re.compile(r"\s*ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(?=\{)")
_LIST: Final = re.compile(r"\s*ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography CSL_BIBLIOGRAPHY|CSL_BIBLIOGRAPHY)\b")
_STOPS: Final = tuple(".,;:!?")
#: The largest size of all parts together, and how many times larger than packed one may be.
_LARGEST: Final = 1024 * 1024 * 1024
_MAX_RATIO: Final = 400
_MOST_ITEMS: Final = 1_000


@dataclass(slots=True)
class _Place:
    """A citation of the manuscript: in a paragraph, or as a field."""

    number: int
    chapter: int
    note: int
    is_in_note: bool
    cluster: Cluster
    paragraph: Paragraph | None = None
    field: Field | None = None


def cite_word(name_of_file: str, libraries: Sequence[Path], manner: Manner) -> CitedText:
    """Write the citations of a Word manuscript and its list of references.

    Arguments:
        name_of_file: the file.
        libraries: the works; not needed where all citations are fields.
        manner: the style, and how the list is written.

    Raises:
        UnreadableInput: it is no Word file that can be read.
        UsageError: python-docx is not installed, or there is no such locale.
    """
    return _Manuscript(name_of_file, libraries, manner).result()


def _opened(file: str) -> Document:
    try:
        import docx
    except ImportError:
        raise UsageError("Word files need python-docx. Install it: pip install 'dl4es-bib[docx]'") from None
    from dl4es_bib.read.office import Package

    source = load(file, binary=True)
    # The reader of packages knows how large parts may be; python-docx does not ask.
    if Package(source, "Word").part("word/document.xml") is None:
        raise UnreadableInput(f"{file} is no Word document: it has no text.")
    with zipfile.ZipFile(io.BytesIO(source.data)) as package:
        sizes = [(part.file_size, part.compress_size) for part in package.infolist()]
    if sum(size for size, _ in sizes) > _LARGEST or any(s > 2**20 and s > _MAX_RATIO * packed for s, packed in sizes):
        raise UnreadableInput(f"{file} unpacks to more than is reasonable, and was not read.")
    try:
        return docx.Document(io.BytesIO(source.data))
    except (ValueError, KeyError, LookupError, SyntaxError, OSError, AttributeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableInput(f"{file} cannot be read as a Word document: {reason}. Save it again in Word.") from None


class _Manuscript:
    """One manuscript being written."""

    def __init__(self, file: str, libraries: Sequence[Path], manner: Manner) -> None:
        self.file, self.manner = file, manner
        self.document = _opened(file)
        self.notes = Notes(self.document)
        self.records: dict[str, Mapping[str, object]] = {}
        #: Fields that hold a list, each with the chapter that it stands in.
        self.listed: list[tuple[int, Field]] = []
        self.told: list[Finding] = []
        self.counted = 0
        self.paragraphs = 0
        self.chapter = 0
        self.chapters = Chapters(self.document) if manner.per_chapter else None
        self.heads = self.chapters.numbers() if self.chapters is not None else {}
        story = Story(self.document.element.body)
        self.places = list(self._places(story, 0))
        self.database = Database(libraries, self.records.values())

    def result(self) -> CitedText:
        """The manuscript, written."""
        chapters = sorted({place.chapter for place in self.places})
        groups = [chapters] if self.manner.numbers_go_on else [[chapter] for chapter in chapters]
        missing: dict[str, None] = {}
        references: set[str] = set()
        for group in groups:
            held = [place for place in self.places if place.chapter in group]
            works = CitedWorks(self.database, self.manner.style, self.manner.locale, _keys(held))
            self._write(works, held)
            missing |= dict.fromkeys(works.missing)
            for chapter in group if self.manner.is_listed else ():
                part = works.part(_keys(place for place in held if place.chapter == chapter))
                entries = works.references.runs_of(part, own_numbers=len(group) == 1)
                references |= {entry.key for entry, _ in entries}
                if entries:
                    self._list([runs for _, runs in entries], chapter)
            self.told += works.findings
        self.notes.save()
        made_file = io.BytesIO()
        self.document.save(made_file)
        told = [
            Finding("cite/missing", f"cites {key}, which the library does not have.", Span(self.file, place.number))
            for place in self.places
            for key in dict.fromkeys(mention.key for mention in place.cluster.mentions)
            if key in missing
        ]
        return CitedText(
            made_file.getvalue(), len(self.places), len(references), tuple(missing),
            (*told, *dict.fromkeys(self.told)),
        )  # fmt: skip

    def _places(self, story: Story, note: int) -> Iterator[_Place]:
        """The citations in the order of the text; a note comes where the text refers to it."""
        fields: dict[Any, list[Field]] = {}
        for held in story.fields:
            fields.setdefault(held.paragraph, []).append(held)
            if _LIST.match(held.code):
                self.listed.append((_chapter_of(held, self.heads), held))
        for paragraph in story.paragraphs:
            if not note:
                self.paragraphs += 1
                self.chapter = self.heads.get(paragraph.element, self.chapter)
            number = self.paragraphs
            found: list[tuple[int, Cluster | Field | str]] = [
                (cluster.start, cluster)
                for cluster in clusters_in_plain_text(paragraph.text, self.manner.labels)
                if OBJECT not in paragraph.text[cluster.start : cluster.end]
            ]
            found += [(start, id) for start, id in paragraph.notes]
            found += [(_start(paragraph, held), held) for held in fields.get(paragraph.element, ())]
            for _, what in sorted(found, key=lambda pair: pair[0]):
                if isinstance(what, str):
                    self.counted += 1
                    inner = self.notes.note(what)
                    if inner is not None and not note:
                        yield from self._places(Story(inner), self.counted)
                elif isinstance(what, Cluster):
                    is_apart = self.manner.style.is_note and not note
                    what = _with_faces(what, paragraph, None if is_apart else run_at(paragraph, what.start))
                    yield _Place(number, self.chapter, self._number(note), bool(note), what, paragraph=paragraph)
                elif mentions := self._mentions(what.code):
                    cluster = Cluster(0, 0, mentions)
                    yield _Place(number, self.chapter, self._number(note), bool(note), cluster, field=what)

    def _number(self, note: int) -> int:
        if note or not self.manner.style.is_note:
            return note
        self.counted += 1
        return self.counted

    def _mentions(self, code: str) -> tuple[Mention, ...]:
        """The works of a field of Zotero or Mendeley; their records are kept."""
        match = _CODE.match(code)
        if match is None:
            return ()
        try:
            data, _ = json.JSONDecoder().raw_decode(code, match.end())
        except (ValueError, RecursionError):
            return ()
        items = data.get("citationItems") if isinstance(data, dict) else None
        mentions: list[Mention] = []
        for item in items[:_MOST_ITEMS] if isinstance(items, list) else ():
            record = item.get("itemData") if isinstance(item, dict) else None
            if not isinstance(record, dict):
                return ()  # a citation that would lose a work stays as it is
            uris = item.get("uris") or item.get("uri")
            key = str(uris[0]) if isinstance(uris, list) and uris else str(record.get("id", ""))
            self.records.setdefault(key, {**record, "id": key})
            parts = {part: str(item.get(part) or "") for part in ("prefix", "suffix", "locator", "label")}
            label = (parts["label"] or "page") if parts["locator"] else ""
            mentions.append(
                Mention(key, parts["prefix"].strip(), parts["suffix"], parts["locator"], label,
                        bool(item.get("suppress-author")))
            )  # fmt: skip
        return tuple(mentions)

    def _write(self, works: CitedWorks, places: Sequence[_Place]) -> None:
        written = works.citation_runs([self._items(place, works) for place in places])
        authors: list[tuple[Run, ...]] = []
        seen: set[str] = set()
        for place in places:
            key = place.cluster.mentions[0].key
            is_named = works.is_note and place.cluster.in_sentence and not place.is_in_note
            authors.append(works.authors(key, is_first=key not in seen) if is_named else ())
            seen.update(mention.key for mention in place.cluster.mentions)
        marks = [
            self.notes.add(runs) if works.is_note and not place.is_in_note and place.field is None else None
            for place, runs in zip(places, written, strict=True)
        ]
        # From the end of a paragraph, so that offsets hold.
        for place, runs, named, mark in reversed(list(zip(places, written, authors, marks, strict=True))):
            if place.field is not None:
                self._write_field(place, runs, works)
            elif place.paragraph is not None:
                self._write_text(place.paragraph, place, runs, named, mark)

    def _items(self, place: _Place, works: CitedWorks) -> list[Item]:
        items: list[Item] = []
        for index, mention in enumerate(place.cluster.mentions):
            more: dict[str, object] = {"note_number": place.note} if place.note else {}
            item = dict(works.item(mention, **more))
            if works.is_note and not place.is_in_note and not index and item.get("prefix"):
                item["prefix"] = capitalized(str(item["prefix"]))
            if place.cluster.in_sentence and not index and not (works.is_note and place.is_in_note):
                item["suppress-author" if works.is_note else "narrative"] = True
            items.append(item)
        return items

    def _write_text(
        self, paragraph: Paragraph, place: _Place, runs: tuple[Run, ...], named: tuple[Run, ...], mark: Any
    ) -> None:
        """Replace a citation that is typed as text."""
        text, start, end = paragraph.text, place.cluster.start, place.cluster.end
        stop = ""
        if mark is not None:
            if text[end : end + 1] in _STOPS and text[end : end + 1]:
                stop, end = text[end], end + 1
            if not named:
                start -= len(text[:start]) - len(text[:start].rstrip(" "))
            runs = (*named, *((Run(stop),) if stop else ()))
        elif self.manner.style.is_note and text[end:].strip():
            runs = without_stop(runs)
        run = cut(paragraph, start, end)
        if run is not None:
            put_behind(run, runs, last=mark)

    def _write_field(self, place: _Place, runs: tuple[Run, ...], works: CitedWorks) -> None:
        """Replace what a field shows; in a style of notes only where it stands in a note."""
        field = place.field
        if field is None or field.separator is None:
            return
        if works.is_note and not place.is_in_note:
            message = (
                "has a citation field in the text, and the style wants notes. It was left as it is; choose the style "
                "in Zotero or Mendeley, or one that cites in the text."
            )
            self.told.append(Finding("cite/field", message, Span(self.file, place.number)))
            return
        _show(field, [made(run, _properties(field)) for run in joined(runs)])

    def _list(self, entries: Sequence[tuple[Run, ...]], chapter: int) -> None:
        """Write a list of references: where a field of the document has it, below a last heading, or at the end."""
        from dl4es_bib.export.word_list import append_list, show_list

        held = next((field for number, field in self.listed if number == chapter and field.separator is not None), None)
        if held is not None:
            show_list(self.document, held, entries)
        elif self.chapters is not None:
            self.chapters.append_list(chapter, entries, self.manner.title)
        else:
            append_list(self.document, entries, self.manner.title)


def _keys(places: Iterable[_Place]) -> list[str]:
    return [mention.key for place in places for mention in place.cluster.mentions]


def _chapter_of(field: Field, heads: Mapping[Any, int]) -> int:
    """The chapter that a field stands in."""
    place = field.paragraph
    while place is not None and place not in heads:
        before = place.getprevious()
        place = before if before is not None else place.getparent()
    return heads[place] if place is not None else 0


def _with_faces(cluster: Cluster, paragraph: Paragraph, base: Any) -> Cluster:
    """A citation whose words around the keys keep their italics and bold."""
    mentions: list[Mention] = []
    position = cluster.start
    for mention in cluster.mentions:
        key = paragraph.text.find(mention.key, position, cluster.end)
        words = {"prefix": (position, key), "suffix": (key + len(mention.key), cluster.end)}
        for part, (start, end) in words.items():
            text = getattr(mention, part)
            place = paragraph.text.find(text, start, end) if text and key >= 0 else -1
            if place >= 0:
                faced = with_faces(paragraph, place, place + len(text), base)
                mention = replace(mention, prefix=faced) if part == "prefix" else replace(mention, suffix=faced)
                position = max(position, place + len(text))
        position = max(position, key + len(mention.key))
        mentions.append(mention)
    return replace(cluster, mentions=tuple(mentions))


def _start(paragraph: Paragraph, field: Field) -> int:
    """Where in the words of a paragraph a field stands."""
    order = {run: place for place, run in enumerate(paragraph.element.iter(name("r")))}
    begin = order.get(field.begin, 0)
    return max((piece.end for piece in paragraph.pieces if order.get(piece.run, 0) < begin), default=0)


def _properties(field: Field) -> Any:
    """The faces of what a field shows."""
    return next((run.find(name("rPr")) for run in field.result if run.find(name("t")) is not None), None)


def _show(field: Field, new: Sequence[Any]) -> None:
    for run in field.result:
        if run.getparent() is not None and run.find(name("fldChar")) is None:
            run.getparent().remove(run)
    for element in reversed(new):
        field.separator.addnext(element)
