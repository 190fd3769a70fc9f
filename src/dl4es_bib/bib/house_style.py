"""A .bib file in one style: for teams that would rather not discuss indentation.

The style is the one in which this library writes into an empty file: lower-case types and field names, two
blanks of indentation, one field a line, braces (joined values keep their quotation marks), a comma after each
field, one blank line between entries.
Order, comments, free text, macros and ``#`` stay, and so do blocks that cannot be read. Long texts (abstracts,
notes) keep their lines.

Two laws hold by construction: formatting a formatted file changes nothing, and what BibTeX reads is the same
before and after. What cannot be formatted within them stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dl4es_bib.bib.file import (
    BibFile,
    BrokenBlock,
    Comment,
    Entry,
    Field,
    FreeText,
    Node,
    Preamble,
    StringDefinition,
    parse,
)
from dl4es_bib.bib.grammar import squeeze

_ROUNDS: Final = 4
_WHITE: Final = " \t\r\n"
_LINE_END = re.compile(r"\r\n?|\n")
_STRING_NAME = re.compile(r"@[ \t\r\n]*[A-Za-z]+[ \t\r\n]*[{(][ \t\r\n]*([^ \t\r\n=]+)")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
#: Fields whose lines mean something to their readers, though not to BibTeX.
_LINES_KEPT: Final = frozenset("abstract annotation annote comment note review".split())

Reading = tuple[object, ...]


def house_style(file: BibFile) -> BibFile:
    """The file in house style; the very same object when it is already."""
    if "\0" in file.text:  # no text file: what looks like a line end may be half of a character
        return file
    current = file
    for _ in range(_ROUNDS):
        after = _round(current)
        if after.text == current.text:
            return current
        current = after
    return file


def _round(file: BibFile) -> BibFile:
    """One pass: everything, else the entries alone, else nothing, whichever first reads the same."""
    whole = _whole(file)
    if whole == file.text:
        return file
    for text in _styled(file, whole):
        after = BibFile(text, name=file.name, encoding=file.encoding, errors=file.errors, strings=file.given_strings)
        if _reads_the_same(file, after) and _survives(after):
            return after
    return file


def _styled(file: BibFile, whole: str) -> Iterator[str]:
    yield whole
    yield _entries_only(file)


def _survives(file: BibFile) -> bool:
    """Whether the bytes of the file read as this text again; sound UTF-8 always does."""
    if file.encoding == "utf-8" and file.errors == "strict" and "\0" not in file.text:
        return True
    try:
        return parse(file.to_bytes()).text == file.text
    except UnicodeEncodeError:
        return False


def _reads_the_same(before: BibFile, after: BibFile) -> bool:
    """Whether two files say the same, layout aside; entry by entry, so that a large file is never held twice."""
    if len(before.entries) != len(after.entries):
        return False
    entries = zip(before.entries, after.entries, strict=True)
    same = all(_entry_reading(before, entry) == _entry_reading(after, now) for entry, now in entries)
    return same and _reading_of_others(before) == _reading_of_others(after)


def _entry_reading(file: BibFile, entry: Entry) -> Reading:
    return (
        entry.type,
        entry.key,
        entry.broken,
        # An entry on the last line that gets a line of its own is seen by BibTeX from then on.
        entry.ignored if entry.ignored != "last-line" else "",
        [(field.name, _parts(file, field.value_start, field.end)) for field in entry.each_field()],
    )


def _reading_of_others(file: BibFile) -> Reading:
    """All that a file says besides its entries."""
    others = [
        (type(node).__name__, squeeze(node.text).strip(" ") if not isinstance(node, BrokenBlock) else node.text.strip())
        for node in file.nodes
        if isinstance(node, Comment | BrokenBlock | FreeText) and node.text.strip("\ufeff" + _WHITE)
    ]
    strings = [
        (string.name, string.value, _parts(file, string.value_start, string.value_end)) for string in file.strings
    ]
    preambles = [node.value for node in file.nodes if isinstance(node, Preamble)]
    # A broken block may define a string, too, whose value is then text that other entries seem to stand in.
    return others, strings, preambles, file.definitions


def _parts(file: BibFile, start: int, end: int) -> list[tuple[str, str]]:
    parts = [(kind, squeeze(text)) for kind, text, _ in file.parts(start, end)]
    return parts if len(parts) != 1 else [(parts[0][0], parts[0][1].strip(" "))]


@dataclass(frozen=True, slots=True)
class _Block:
    """A node without the white space around it; ``gap`` is what stands before it."""

    node: Node
    gap: str
    text: str
    verbatim: bool

    @property
    def is_command(self) -> bool:
        return isinstance(self.node, Entry | StringDefinition | Preamble)


def _whole(file: BibFile) -> str:
    newline = file.newline
    pieces: list[str] = []
    before: _Block | None = None
    for block in _blocks(file):
        pieces.append(_gap(before, block, newline))
        pieces.append(block.text if block.verbatim else _node_text(file, block.node))
        before = block
    mark = "\ufeff" if file.text.startswith("\ufeff") else ""
    if before is None:
        return file.text
    # The white space behind a broken block may be part of it.
    end = file.text[len(file.text.rstrip(_WHITE)) :] if isinstance(before.node, BrokenBlock) else newline
    return mark + "".join(pieces) + end


def _blocks(file: BibFile) -> Iterator[_Block]:
    """What a file holds besides white space, in order."""
    gap, same_line, inside = "", False, False
    for node in file.nodes:
        text = node.text.removeprefix("\ufeff") if node.start == 0 else node.text
        core = text.strip(_WHITE)
        lead = text[: len(text) - len(text.lstrip(_WHITE))] if core else text
        gap += lead
        if not core:
            continue
        alone = not same_line or _LINE_END.search(gap) is not None
        free = isinstance(node, FreeText | Comment)
        # An entry behind other text on its line, or inside of @comment{…}, is live to BibTeX and put aside
        # by its owner: it stays as it is.
        yield _Block(node, gap, core, free or isinstance(node, BrokenBlock) or inside or not alone)
        gap = text[len(lead) + len(core) :]
        same_line = free or isinstance(node, BrokenBlock)
        if isinstance(node, Comment):
            inside = core.count("{") > core.count("}")
        elif inside and isinstance(node, FreeText) and "}" in core:
            inside = False


def _gap(before: _Block | None, block: _Block, newline: str) -> str:
    indent = "" if block.is_command and not block.verbatim else _indent(block.gap)
    if before is None:
        return indent
    lines = len(_LINE_END.findall(block.gap))
    if not lines and not (before.is_command and block.is_command):
        return block.gap
    both = before.is_command and block.is_command
    entry = isinstance(before.node, Entry) or isinstance(block.node, Entry)
    return newline * (2 if both and entry else min(max(lines, 1), 2)) + indent


def _indent(gap: str) -> str:
    ends = list(_LINE_END.finditer(gap))
    return gap[ends[-1].end() :] if ends else gap


def _entries_only(file: BibFile) -> str:
    blocks = {block.node.start: block for block in _blocks(file)}
    return "".join(
        _node_text(file, node) if isinstance(node, Entry) and not blocks[node.start].verbatim else node.text
        for node in file.nodes
    )


def _node_text(file: BibFile, node: Node) -> str:
    newline = file.newline
    if isinstance(node, StringDefinition):
        name = _STRING_NAME.match(file.text, node.start)
        value = _value(file, node.value_start, node.value_end, trim=False)
        return f"@string{{{name[1] if name else node.name} = {value}}}"
    if isinstance(node, Preamble):
        return f"@preamble{{{_value(file, node.value_start, node.value_end, trim=False)}}}"
    assert isinstance(node, Entry)
    fields = "".join(f"  {field.name} = {_field(file, field)},{newline}" for field in node.each_field())
    text = f"@{node.type}{{{node.key},{newline}{fields}}}"
    # A key that a parenthesis allows may hold a brace; then the entry stays as it is.
    return text if "}" not in node.key else node.text


def _field(file: BibFile, field: Field) -> str:
    lines = field.name in _LINES_KEPT or _BLANK_LINE.search(field.raw) is not None
    return _value(file, field.value_start, field.end, lines=lines)


def _value(file: BibFile, start: int, end: int, *, lines: bool = False, trim: bool = True) -> str:
    """A value with its parts in braces; ``lines`` keeps line ends, ``trim`` takes blanks off its ends."""
    parts = list(file.parts(start, end))
    # A blank at the end of a part that others follow is a blank in the middle of the value.
    alone = len(parts) == 1 and trim
    written = []
    for kind, text, at in parts:
        if kind == "macro" or (file.text[at] in "0123456789" and len(parts) > 1):
            written.append(text)
            continue
        if lines and alone:
            text = file.newline.join(line.rstrip(" \t") for line in _LINE_END.split(text)).strip(_WHITE)
        else:
            text = squeeze(text).strip(" ") if alone else squeeze(text)
        # Quotation marks stay where they do something: in joined values, and around one that holds some itself.
        quoted = file.text[at] == '"' and (len(parts) > 1 or '"' in text)
        written.append(f'"{text}"' if quoted else f"{{{text}}}")
    return " # ".join(written)
