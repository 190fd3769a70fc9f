"""Reads checklists: a line that begins with ``[ ]`` or ``[x]`` is a reference."""

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.span import Span
from dl4es_bib.read.kinds import begins
from dl4es_bib.read.readers import Reader
from dl4es_bib.read.reference import parse_reference


def read_checklist(source: SourceText, chapter_pattern: str) -> Document:
    numbered = [(Span(source.name, number), line) for number, line in enumerate(source.text.splitlines(), 1)]
    texts = [(span, line[4:]) for span, line in numbered if line.startswith(("[ ] ", "[x] "))]
    items = tuple(Item("reference", text, span, fields=parse_reference(text)) for span, text in texts)
    return Document(source.name, chapters=(Chapter(None, "", Span(source.name, 1), items=items),))


READER = Reader("checklist", (".checklist",), read_checklist, begins(r"\[[ x]\] "))
