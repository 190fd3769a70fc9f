"""One command of a .bib file (an entry, ``@string``, ``@preamble``, ``@comment``), read step by step as BibTeX does."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from sys import intern
from typing import Final

from dl4es_bib.bib.finding import Code
from dl4es_bib.bib.grammar import BRACE, IDENTIFIER, QUOTE_STOP, QUOTED, WS, fold, group_end, nested
from dl4es_bib.bib.nodes import Comment, Entry, Ignored, Node, Preamble, Source, StringDefinition

# BibTeX takes an "@" into a type; "joe@x@article{key" is then an entry of an unknown type. We begin anew at
# the second "@": the same entry, with the type that was meant.
TYPE_NAME: Final = r"""(?![0-9])(?:[^\x00-\x20"#%'(),={}@]|@(?![A-Za-z]))++"""
_WS = re.compile(WS)
_ID = re.compile(IDENTIFIER)
_NAME_OF_TYPE = re.compile(TYPE_NAME)
_DIGITS = re.compile(r"[0-9]+")
_KEY_IN_BRACES = re.compile(r"[^ \t\r\n,}]*")
_KEY_IN_PARENTHESES = re.compile(r"[^ \t\r\n,]*")
_MAX_KEY: Final = 1000
_KEY_WITH_BLANKS: Final = {
    closing: re.compile(
        rf"([^=,{{}}@\r\n]++(?:,[^=,{{}}@\r\n]++)*?)(?={WS},{WS}(?:{IDENTIFIER}{WS}=|\{closing})|{WS}\{closing})"
    )
    for closing in "})"
}
_GROUP = re.compile(rf"\{{{nested(3)}\}}")
_QUOTED = re.compile(QUOTED)


class Fault(Exception):
    """Reading of a command stopped at ``at``; ``entry`` is what BibTeX has of it by then."""

    def __init__(self, code: Code, message: str, at: int, fix: str = "") -> None:
        super().__init__(message)
        self.code: Code = code
        self.message = message
        self.at = at
        self.fix = fix
        self.entry: Entry | None = None


def matched_end(pattern: re.Pattern[str], text: str, pos: int) -> int:
    """The offset after a pattern that stands at ``pos``, else ``pos``."""
    found = pattern.match(text, pos)
    return found.end() if found is not None else pos


class CommandReader:
    """Reads the commands of one text, each from its ``@``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.size = len(self.text)
        self.opens: array[int] | None = None  # see index_braces
        self.closes: array[int] = array("q")

    def read(self, at: int) -> Node:
        """The command at ``at``; a :class:`Comment` then ends after its name. Raises :class:`Fault`."""
        text = self.text
        pos = self._white(at + 1)
        kind = _NAME_OF_TYPE.match(text, pos)
        if kind is None:
            code: Code = "inner-at" if text[pos] == "@" else "no-type"
            raise Fault(code, "an entry type is missing after @", pos)
        written = fold(kind[0])
        if text.startswith("@", kind.end()):
            raise Fault("inner-at", "an @ is inside the entry type", kind.end(), "Remove it.")
        pos = self._after_identifier(kind.end(), "({")
        if written == "comment":
            return Comment(self.source, at, kind.end())
        pos = self._white(pos)
        opening = text[pos]
        if opening not in "({":
            raise Fault("no-brace", "an opening brace is missing", pos, "Write { after the entry type.")
        closing = "}" if opening == "{" else ")"
        pos = self._white(pos + 1)
        if written == "preamble":
            start, end, pos = self._value(pos, closing)
            return Preamble(self.source, at, self._closed(pos, closing), start, end)
        if written == "string":
            return self._string(at, pos, closing)
        if text[pos] == "@" and self.source.line_start(pos) > at:
            raise Fault("no-key", "the next entry begins before its key", pos, "Give it a key or remove it.")
        pattern = _KEY_IN_BRACES if opening == "{" else _KEY_IN_PARENTHESES
        key_start, pos = pos, matched_end(pattern, text, pos)
        key = text[key_start:pos]
        spans: list[tuple[int, int, int, int]] = []
        try:
            end = self._fields(pos, closing, spans)
        except Fault as fault:
            ignored: Ignored = ""
            longer = self._key_with_blanks(key_start, closing) if not spans else ""
            if longer and (end := self._end_of_fields(key_start + len(longer), closing, spans)) > 0:
                return Entry(self.source, at, end, intern(written), longer, key_start, "bad-key", spans)
            if not spans and fault.code == "bad-key":
                # Only the comma is missing: BibTeX reads no field, but what they are is plain.
                self._end_of_fields(pos, closing, spans, comma=False)
                ignored = "bad-key" if spans else ""
            fault.entry = Entry(self.source, at, fault.at, intern(written), key, key_start, ignored, spans)
            raise
        return Entry(self.source, at, end, intern(written), key, key_start, spans=spans)

    def _key_with_blanks(self, start: int, closing: str) -> str:
        """The key that was meant when blanks or commas stand in it (``Smith 2001``), else ``""``."""
        found = _KEY_WITH_BLANKS[closing].match(self.text, start, start + _MAX_KEY)
        key = found[1].rstrip(" \t") if found is not None else ""
        return key if key.strip(",") == key else ""

    def _end_of_fields(
        self, pos: int, closing: str, spans: list[tuple[int, int, int, int]], *, comma: bool = True
    ) -> int:
        """Read the fields once more after a fault in the key: where the entry ends, -1 when it is broken."""
        try:
            return self._fields(pos, closing, spans, comma=comma)
        except Fault:
            return -1

    def _fields(self, pos: int, closing: str, spans: list[tuple[int, int, int, int]], *, comma: bool = True) -> int:
        text = self.text
        pos = self._white(pos)
        while text[pos] != closing:
            if not comma and not spans:
                pos -= 1  # the first field follows the key without a comma
            elif text[pos] != ",":
                if not spans:
                    raise Fault(
                        "bad-key",
                        "a comma is missing after the key",
                        pos,
                        "A key has no blanks; a comma ends it.",
                    )
                message = f"a comma or the closing {closing} is missing"
                raise Fault("missing-comma", message, pos, "Put a comma between the fields.")
            pos = self._white(pos + 1)
            if text[pos] == closing:
                break
            name = _ID.match(text, pos)
            if name is None:
                raise Fault("no-field-name", "a field name is missing", pos, "Write name = {value}.")
            pos = self._white(self._after_identifier(name.end(), "="))
            if text[pos] != "=":
                raise Fault("no-equals-sign", f"the field {name[0]!r} has no equals sign", pos)
            start, end, pos = self._value(self._white(pos + 1), closing)
            spans.append((name.start(), name.end(), start, end))
        return pos + 1

    def _string(self, at: int, pos: int, closing: str) -> Node:
        text = self.text
        name = _ID.match(text, pos)
        if name is None:
            raise Fault("no-string-name", "the string has no name", pos, "Write @string{name = {value}}.")
        folded = intern(fold(name[0]))
        value = folded  # what BibTeX keeps when the definition fails
        try:
            pos = self._white(self._after_identifier(name.end(), "="))
            if text[pos] != "=":
                raise Fault("no-equals-sign", f"the string {name[0]!r} has no equals sign", pos)
            start, end, pos = self._value(self._white(pos + 1), closing)
            value = self.source.expand(start, end, but=folded)
            end_of_command = self._closed(pos, closing)
        finally:
            self.source.define(folded, value, at)
        return StringDefinition(self.source, at, end_of_command, folded, value, start, end)

    def _closed(self, pos: int, closing: str) -> int:
        if self.text[pos] != closing:
            raise Fault("unclosed-command", f"the closing {closing} is missing", pos, f"Write {closing}.")
        return pos + 1

    def _value(self, pos: int, closing: str) -> tuple[int, int, int]:
        """Read ``part # part …``: its start and end, and where the text goes on after white space."""
        text, start = self.text, pos
        while True:
            first = text[pos]
            if first == "{":
                end = self.group_end(pos)
                if end < 0:
                    raise self._end_of_file("a brace is opened and never closed")
            elif first == '"':
                end = self._quoted_end(pos)
            elif first in "0123456789":
                end = matched_end(_DIGITS, text, pos)
            elif (word := _ID.match(text, pos)) is not None:
                end = word.end()
                self._after_identifier(end, ",#" + closing)
            else:
                raise Fault("no-value", "a value is missing", pos, "Write it in braces.")
            pos = self._white(end)
            if text[pos] != "#":
                return start, end, pos
            pos = self._white(pos + 1)

    def _quoted_end(self, pos: int) -> int:
        found = _QUOTED.match(self.text, pos)
        if found is not None:
            return found.end()
        pos += 1
        while (mark := QUOTE_STOP.search(self.text, pos)) is not None:
            if mark[0] == '"':
                return mark.end()
            if mark[0] == "}":
                raise Fault(
                    "unbalanced-braces",
                    "a quoted value closes a brace that it never opened",
                    mark.start(),
                    "Balance the braces; a backslash does not hide one.",
                )
            pos = self.group_end(mark.start())
            if pos < 0:
                raise self._end_of_file("a brace is opened and never closed")
        raise self._end_of_file("a quotation mark is opened and never closed")

    def _white(self, pos: int) -> int:
        """Skip white space; the end of the file is a fault."""
        pos = matched_end(_WS, self.text, pos)
        if pos >= self.size:
            raise self._end_of_file("the file ends within it")
        return pos

    def _after_identifier(self, pos: int, allowed: str) -> int:
        if pos < self.size and self.text[pos] not in " \t\r\n" + allowed:
            raise Fault("bad-identifier", f"{self.text[pos]!r} may not follow a name", pos)
        return pos

    def _end_of_file(self, message: str) -> Fault:
        return Fault("unclosed-entry", message, self.size, "Close it, then read the file again.")

    # -- braces -------------------------------------------------------------------------------------------

    def group_end(self, pos: int) -> int:
        """The offset after the brace that closes the group at an offset, or -1."""
        if self.opens is not None:
            return self.closes[bisect_left(self.opens, pos)]
        found = _GROUP.match(self.text, pos)
        end = found.end() if found is not None else group_end(self.text, pos)
        if end < 0:
            self.index_braces(pos)
        return end

    def index_braces(self, start: int) -> None:
        """Pair all braces from ``start`` on, once.

        Text after a fault may be read more than once, each time from a later start. With the pairs known
        a group is passed in one step, so that even a flood of openings is read in linear time.
        """
        if self.opens is not None:
            return
        opens, closes, stack = array("q"), array("q"), array("q")
        for brace in BRACE.finditer(self.text, start):
            if brace[0] == "{":
                stack.append(len(opens))
                opens.append(brace.start())
                closes.append(-1)
            elif stack:
                closes[stack.pop()] = brace.end()
        self.opens, self.closes = opens, closes
