"""reStructuredText, parsed by docutils with everything switched off that reads files or passes raw text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Face, Line, one_line
from dl4es_bib.read.markdown.block import Block, row_of, table_of
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.words import Words

#: Without ``traceback`` docutils ends the whole process when it fails on a document.
_SETTINGS: Final = {
    "file_insertion_enabled": False, "raw_enabled": False, "report_level": 5, "halt_level": 5, "_disable_config": True,
    "line_length_limit": 1_000_000, "traceback": True, "warning_stream": False,
}  # fmt: skip
_FACES: Final[dict[str, Face]] = {
    "emphasis": "italic",
    "title_reference": "italic",
    "strong": "bold",
    "literal": "code",
}
_PASSED: Final = frozenset(
    "comment system_message substitution_definition target pending image raw problematic".split()
)
#: A role that docutils does not know: ":doi:`10.5555/1`", ":doi:`the paper <10.5555/1>`".
_ROLE: Final = re.compile(r":([A-Za-z][\w+:.-]{0,40}):`([^`]{1,2000})`")
_LABELLED: Final = re.compile(r"([^<>]{1,1000}?)\s*<([^<>\s]{1,1000})>")
#: Where the identifiers of such roles lead; names as Sphinx's extlinks and sphinx-doi give them.
_RESOLVERS: Final = {
    "doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/", "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/", "hal": "https://hal.science/",
}  # fmt: skip
_LISTS: Final = frozenset("bullet_list enumerated_list definition_list option_list field_list".split())
_ROMAN: Final = {1: "I", 5: "V", 10: "X", 50: "L", 100: "C", 500: "D", 1000: "M"}


def read_rst(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a reStructuredText document.

    Raises:
        UnreadableInput: docutils is not installed, or it cannot read the document.
    """
    try:
        from docutils import core
    except ImportError:
        raise UnreadableInput(
            f"{source.name} is reStructuredText, which needs docutils. Install it: pip install 'dl4es-bib[rst]'"
        ) from None
    try:
        tree = core.publish_doctree(source.text, source_path=source.name, settings_overrides=dict(_SETTINGS))
        blocks = list(_Tree(source.name).blocks(tree, 1))
    except Exception as error:  # docutils fails in many ways on odd documents
        deep = isinstance(error, RecursionError)
        problem = "it is nested too deep" if deep else f"docutils fails on it ({type(error).__name__}: {error})"[:200]
        raise UnreadableInput(
            f"{source.name} cannot be read as reStructuredText: {problem}. "
            "Mend what is odd in it, or turn it into Markdown first: pandoc -f rst -t gfm -o list.md FILE"
        ) from None
    return document_of(source, blocks, (), chapter_pattern)


class _Tree:
    def __init__(self, file: str) -> None:
        self.file = file
        self.number = 1

    def blocks(self, parent: Any, level: int) -> Iterator[Block]:
        """The blocks inside a node; citations and footnotes that follow each other are one list."""
        notes: list[Block] = []
        for node in parent.children:
            name = node.tagname
            if name in ("citation", "footnote"):
                notes += self._entry(node, level)
                continue
            if notes:
                yield Block("list", notes[0].line, children=tuple(notes))
                notes = []
            yield from self._block(node, name, level)
        if notes:
            yield Block("list", notes[0].line, children=tuple(notes))

    def _block(self, node: Any, name: str, level: int) -> Iterator[Block]:
        if name in _PASSED:
            return
        if name in ("title", "subtitle"):
            lines = self._lines(node)
            if lines:
                yield Block("heading", lines[0].number, lines, level=min(max(level, 1), 6))
        elif name == "section":
            yield from self.blocks(node, level + 1)
        elif name == "paragraph":
            lines = self._lines(node)
            if lines:
                yield Block("paragraph", lines[0].number, lines)
        elif (begun := _begun_with_initials(node)) is not None:
            initials, item = begun
            item.children[0].insert(0, item.children[0].children[0].__class__(initials))
            yield from self.blocks(item, level)
        elif name in _LISTS:
            entries = [entry for item in node.children for entry in self._entry(item, level)]
            if entries:
                yield Block("list", entries[0].line, children=tuple(entries))
        elif name == "table":
            yield from self._table(node)
        elif name == "literal_block":
            yield Block("code", self._line_of(node), raw=node.astext())
        elif node.children and name != "#text":
            yield from self.blocks(node, level)

    def _entry(self, node: Any, level: int) -> list[Block]:
        inner = [block for child in node.children if child.tagname != "label" for block in self._inner(child, level)]
        return [Block("entry", inner[0].line, children=tuple(inner))] if inner else []

    def _inner(self, node: Any, level: int) -> Iterator[Block]:
        if node.tagname in ("term", "field_name"):
            lines = self._lines(node)
            if lines:
                yield Block("paragraph", lines[0].number, lines)
        else:
            yield from self._block(node, node.tagname, level)

    def _table(self, node: Any) -> Iterator[Block]:
        header: tuple[str, ...] = ()
        rows: list[Block] = []
        for row in node.findall(lambda found: found.tagname == "row"):
            cells = []
            for entry in row.children:
                lines = [line for part in entry.children if part.tagname not in _PASSED
                         for line in self._lines(part)]  # fmt: skip
                cells.append(one_line(lines) if lines else Line(self.number))
            if row.parent.tagname == "thead" and not header:
                header = tuple(cell.text for cell in cells)
                continue
            rows += row_of(cells)
        yield from table_of(rows, header)

    def _line_of(self, node: Any) -> int:
        number = node.line if node.line is not None else self.number
        self.number = max(int(number), 1)
        return self.number

    def _lines(self, node: Any) -> tuple[Line, ...]:
        words = Words(self.file, self._line_of(node))
        self._inline(node, words)
        line = words.line()
        return (line,) if line.text or line.links else ()

    def _inline(self, node: Any, words: Words) -> None:
        for child in node.children:
            name = child.tagname
            if name == "#text":
                words.add(child.astext())
            elif name in _FACES:
                words.open(_FACES[name])
                self._inline(child, words)
                words.close(_FACES[name])
            elif name == "reference":
                start = len(words.text)
                self._inline(child, words)
                words.link(str(child.get("refuri", "")), start)
            elif name == "problematic" and (role := _ROLE.fullmatch(child.astext())) is not None:
                self._role(role[1].lower(), role[2], words)
            elif name not in _PASSED and name not in ("footnote_reference", "label"):
                self._inline(child, words)

    def _role(self, role: str, text: str, words: Words) -> None:
        """Add the text of a role that Sphinx or an extension of it gives, an identifier as a link."""
        start = len(words.text)
        labelled = _LABELLED.fullmatch(text)
        words.add(labelled[1] if labelled else f"arXiv:{text}" if role == "arxiv" else text)
        if role in _RESOLVERS:
            words.link(_RESOLVERS[role] + (labelled[2] if labelled else text).strip(), start)


def _begun_with_initials(node: Any) -> tuple[str, Any] | None:
    """The initials of an author, "A. B. ", which reStructuredText takes for the number of a list with one entry.

    Returns:
        The initials, and the entry that goes on with the name; ``None`` when it is a list.
    """
    initials = ""
    while node.tagname == "enumerated_list" and len(node.children) == 1 and node.children[0].children:
        letter = _letter_of(node)
        if not letter or node.get("prefix", "") or node.get("suffix") != ".":
            return None
        initials += f"{letter}. "
        item = node.children[0]
        node = item.children[0]
        if node.tagname == "paragraph":
            return (initials, item) if node.children[0].tagname == "#text" else None
    return None


def _letter_of(node: Any) -> str:
    """The one capital letter that numbers a list, or ``""``."""
    number = int(node.get("start", 1))
    if node.get("enumtype") == "upperroman":
        return _ROMAN.get(number, "")
    return chr(ord("A") + number - 1) if node.get("enumtype") == "upperalpha" and number <= 26 else ""
