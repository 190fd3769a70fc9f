"""The block structure of a Markdown file, as far as reading references needs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Link
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.inline import Line, PlacedLink, Styled, bare_address, lines_of, one_line
from dl4es_bib.read.markdown.block import Block, BlockKind
from dl4es_bib.read.markdown.html import html_blocks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_QUOTE_MARK: Final = re.compile(r"^[ \t]{0,3}>[ \t]?")
_LINE_BREAK: Final = re.compile(r"<br\s{0,9}/?>[ \t]*$", re.I)
_TOO_DEEP: Final = "too_deep_line"
_TAG: Final = re.compile(r"<[^<>]{0,4000}>")
#: Deeper lists and quotes are read without their nesting; markdown-it drops what is below its own limit.
_DEEPEST: Final = 80
_PARSER_LIMIT: Final = _DEEPEST + 20
_MARKERS: Final = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,9}+|>[ \t]{0,9}+)++")
_CONTAINERS: Final[dict[str, BlockKind]] = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "entry",
    "blockquote_open": "quote",
    "table_open": "table",
    "tr_open": "row",
}


def blocks_of(source: SourceText) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Parse a file into blocks, and say what could not be read."""
    reader = _Reader(source)
    return reader.read(), tuple(reader.findings)


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _PARSER_LIMIT}).enable(["table", "strikethrough"])
    parser.inline.ruler.after("text", "bare_address", bare_address)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    # Addresses are kept as written; validateLink still refuses javascript:, file: and data:.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule for markdown-it: below the deepest level every line is a paragraph, and nothing nests any more."""
    if state.level < _DEEPEST or silent:
        return False
    text = state.getLines(start, start + 1, state.blkIndent, False).strip()
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    token = state.push("inline", "", 0)
    token.content = _MARKERS.sub("", text, count=1).strip() if _MARKERS.match(text) else text
    token.map, token.children = [start, start + 1], []
    state.push("paragraph_close", "p", -1)
    state.env.setdefault(_TOO_DEEP, start + 1)
    return True


class _Open:
    """A container whose children are still being collected."""

    def __init__(self, kind: BlockKind, token: Token) -> None:
        self.kind = kind
        self.token = token
        self.children: list[Block] = []
        self.lines: list[Line] = []
        self.cells: list[Line] = []
        self.header: tuple[str, ...] = ()
        self.is_header = False


class _Reader:
    def __init__(self, source: SourceText) -> None:
        self.file = source.name
        self.findings: list[Finding] = []
        self.source = source.text.split("\n")
        self.parser = _parser()
        self.text = self._without_yaml(source.text)

    def read(self) -> tuple[Block, ...]:
        top: list[Block] = []
        stack: list[_Open] = []
        heading: Token | None = None
        env: dict[str, int] = {}
        for token in self.parser.parse(self.text, env):
            into = stack[-1].children if stack else top
            kind = _CONTAINERS.get(token.type)
            if kind:
                stack.append(_Open(kind, token))
            elif token.type.replace("_close", "_open") in _CONTAINERS:
                done = stack.pop()
                # The row of column titles is no entry, unless it links somewhere.
                if done.is_header and stack and not stack[-1].header:
                    stack[-1].header = tuple(cell.text for cell in done.cells)
                if not done.is_header or any(line.links for line in done.lines):
                    (stack[-1].children if stack else top).append(self._closed(done))
            elif token.type == "th_open" and stack:
                stack[-1].is_header = True
            elif token.type == "heading_open":
                heading = token
            elif token.type == "heading_close":
                heading = None
            elif token.type == "inline":
                block = self._inline(token, heading)
                if stack and stack[-1].kind == "row":
                    stack[-1].lines.extend(block.lines)
                    stack[-1].cells.append(one_line(block.lines) if block.lines else Line(block.line))
                else:
                    into.append(block)
            elif token.type in {"fence", "code_block"}:
                # Four blanks make code of what an editor's tabs meant as a list entry or its resource.
                into.append(self._code(token))
            elif token.type == "html_block":
                into.extend(self._html(token))
        if line := env.get(_TOO_DEEP):
            message = (
                f"Lists or quotes are nested more than {_DEEPEST} deep here; what is inside is read without nesting."
            )
            self.findings.append(Finding("too-deep", message, Span(self.file, line), "Nest them less."))
        return tuple(top)

    def _closed(self, done: _Open) -> Block:
        line = (done.token.map or [0])[0] + 1
        raw = ""
        if done.kind == "quote" and done.token.map:
            quoted = self.source[done.token.map[0] : done.token.map[1]]
            raw = "\n".join(_LINE_BREAK.sub("", _QUOTE_MARK.sub("", one)) for one in quoted)
        lines = tuple(done.lines)
        if done.kind == "row" and len(lines) > 1:
            lines = (_row(lines),)
        return Block(done.kind, line, lines, tuple(done.children), raw=raw, cells=tuple(done.cells), header=done.header)

    def _inline(self, token: Token, heading: Token | None) -> Block:
        first = (token.map or [0])[0] + 1
        children = token.children or []
        lines = lines_of(children, self.file, first, self.source)
        images = tuple(
            Link(str(child.attrs.get("src", "")), Span(self.file, first), text=child.content)
            for child in children
            if child.type == "image"
        )
        if heading is not None:
            return Block("heading", first, lines, level=int(heading.tag[1:]), images=images)
        shown = [child for child in children if child.type != "text" or child.content.strip()]
        bold = len(shown) > 2 and shown[0].type == "strong_open" and shown[-1].type == "strong_close"
        return Block("paragraph", first, lines, bold=bold, images=images)

    def _code(self, token: Token) -> Block:
        line = (token.map or [0])[0] + 1 + (token.type == "fence")
        return Block("code", line, raw=token.content)

    def _html(self, token: Token) -> list[Block]:
        first, last = token.map or [0, 0]
        content = token.content
        if content.lstrip().startswith("<!--"):
            if "-->" not in content:
                self.findings.append(
                    Finding(
                        "unclosed-comment",
                        "An HTML comment begins here and is never closed: nothing after it was read.",
                        Span(self.file, first + 1, end_line=last),
                        "Close it with -->.",
                    )
                )
            return []
        return html_blocks(content, first + 1, self._inline_lines)

    def _inline_lines(self, text: str, number: int) -> tuple[Line, ...]:
        """Text between tags, read as Markdown is."""
        inline = self.parser.parseInline(text)
        return lines_of(inline[0].children or [] if inline else [], self.file, number, self.source)

    def _without_yaml(self, text: str) -> str:
        """The text with YAML front matter blanked out, so that line numbers hold."""
        if self.source[0].rstrip() != "---":
            return text
        for end, line in enumerate(self.source[1:], 1):
            if line.rstrip() in {"---", "..."}:
                return "\n" * (end + 1) + "\n".join(self.source[end + 1 :])
        return text


def _row(cells: Sequence[Line]) -> Line:
    """The cells of a table row as one line."""
    row = Line(cells[0].number)
    for cell in cells:
        start = len(row.text) + 3 if row.text else 0
        row.text = f"{row.text} | {cell.text}" if row.text else cell.text
        row.links.extend(PlacedLink(p.link, p.start + start, p.end + start) for p in cell.links)
        row.faces.extend(Styled(face.face, face.start + start, face.end + start) for face in cell.faces)
    return row
