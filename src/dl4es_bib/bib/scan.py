"""Reading a .bib file: one pass, linear in its length, no recursion, nothing dropped.

A sound entry is one match of one pattern. What the pattern does not take (parentheses, deep braces,
commands, faults) is read step by step, as BibTeX reads it. After a fault BibTeX looks for the next ``@``
from where it stopped; when that skipped the start of another entry, or the end of the file came, we go
back to the next ``@`` that begins a line, keep the broken text as it is and report the line where it began.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from sys import intern
from typing import Final

from dl4es_bib.bib.nodes import (
    FIELD_SYNTAX,
    IDENTIFIER,
    QUOTED,
    WS,
    BibFinding,
    BrokenBlock,
    Comment,
    Entry,
    FreeText,
    Ignored,
    Node,
    Preamble,
    Severity,
    Source,
    StringDefinition,
    fold,
    group_end,
    nested,
)

# BibTeX takes an "@" into a type; "joe@x@article{key" is then an entry of an unknown type. We begin anew at
# the second "@": the same entry, with the type that was meant.
_TYPE_NAME: Final = r"""(?![0-9])(?:[^\x00-\x20"#%'(),={}@]|@(?![A-Za-z]))++"""
_ENTRY: Final = re.compile(
    rf"@{WS}(?!(?i:comment|preamble|string){WS}\{{)({_TYPE_NAME}){WS}\{{"
    rf"{WS}((?!@)[^ \t\r\n,}}]*+){WS}(?:{FIELD_SYNTAX})*+(?:,{WS})?\}}"
)
_TYPE = re.compile(rf"@{WS}{_TYPE_NAME}")
_OPENING = re.compile(rf"@{WS}{_TYPE_NAME}{WS}[{{(]")
_LINE_START = re.compile(rf"(?<=[\r\n])[ \t]*+(?=@{WS}{_TYPE_NAME})")
_WS = re.compile(WS)
_ID = re.compile(IDENTIFIER)
_NAME_OF_TYPE = re.compile(_TYPE_NAME)
_DIGITS = re.compile(r"[0-9]+")
_KEY_IN_BRACES = re.compile(r"[^ \t\r\n,}]*")
_KEY_IN_PARENTHESES = re.compile(r"[^ \t\r\n,]*")
_GROUP = re.compile(rf"\{{{nested(3)}\}}")
_QUOTED = re.compile(QUOTED)
_QUOTE_STOP = re.compile(r'["{}]')
_BRACE = re.compile(r"[{}]")
_END_OF_LINE = re.compile(r"[^\r\n]*")
_MAX_STRAY: Final = 100


class _Fault(Exception):
    """Reading of a command stopped at ``at``; ``entry`` is what BibTeX has of it by then."""

    def __init__(self, code: str, message: str, at: int, fix: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at
        self.fix = fix
        self.entry: Entry | None = None


def scan(source: Source, ignored: Ignored = "") -> tuple[list[Node], list[BibFinding]]:
    """The nodes of a file, without gaps, and what is wrong with its syntax.

    Arguments:
        source: the text; macros that it defines are entered into it.
        ignored: why BibTeX reads nothing of the file, when that is known beforehand.
    """
    return _Scanner(source, ignored).run()


class _Scanner:
    def __init__(self, source: Source, ignored: Ignored) -> None:
        self.source = source
        self.text = source.text
        self.size = len(self.text)
        self.nodes: list[Node] = []
        self.findings: list[BibFinding] = []
        self.never: Ignored = ignored
        self.last_line = _last_line_start(self.text)
        self.stopped = False  # BibTeX has read the file's last line and comes back for nothing
        self.swallowed_until = 0
        self.seen: set[str] = set()
        self.stray = 0
        self.opens: array[int] | None = None  # see _index_braces
        self.closes: array[int] = array("q")
        self.open_start = 0  # the text that no node has yet, and what it will be
        self.open_fault: tuple[BibFinding, Entry | None] | None = None
        self.comment_end = 0

    def run(self) -> tuple[list[Node], list[BibFinding]]:
        text, source, nodes, match = self.text, self.source, self.nodes, _ENTRY.match
        types: dict[str, str] = {}
        pos = 0
        while (at := text.find("@", pos)) >= 0:
            found = match(text, at)
            if found is not None:
                written, key = found[1], found[2]
                kind = types.get(written) or types.setdefault(written, intern(fold(written)))
                if at > self.open_start:
                    self._close_open(at)
                pos = self.open_start = found.end()
                entry = Entry(source, at, pos, kind, key, found.start(2))
                nodes.append(entry)
                self._admit(entry, pos)
            else:
                pos = self._step(at)
        self._close_open(self.size)
        return nodes, self.findings

    # -- what BibTeX would make of it -----------------------------------------------------------------

    def _admit(self, entry: Entry, stop: int) -> None:
        """Decide whether BibTeX reads the entry, and tell when it does not."""
        key, start = fold(entry.key), entry.start
        if self.never:
            entry.ignored = self.never
        elif start < self.swallowed_until:
            entry.ignored = "swallowed"
            self._report(
                "swallowed-entry",
                f"BibTeX does not see the entry {_short(entry.key)}: the broken block before it takes it in.",
                start,
                "Mend the block before it.",
            )
        elif self.stopped:
            entry.ignored = "last-line"
            self._report(
                "last-line",
                f"BibTeX ignores {_short(entry.key)}, for it follows something else on the file's last line.",
                start,
                "Begin the entry on a line of its own.",
            )
        elif key in self.seen:
            entry.ignored = "repeated-key"
            self._report(
                "repeated-key",
                f"The key {_short(entry.key)} is taken, letter case aside; BibTeX ignores this entry.",
                start,
                "Rename or merge one of the two.",
                "error",
            )
            stop = entry.key_end
        else:
            self.seen.add(key)
        if not key:
            self._report("empty-key", "An entry has no key.", start, "Give it one.", "error")
        elif not key.isprintable():
            self._report("odd-key", "The key holds invisible characters.", start, "Type the key anew.")
        if stop >= self.last_line:
            self.stopped = True

    def _report(self, code: str, message: str, at: int, fix: str = "", severity: Severity = "warning") -> BibFinding:
        finding = BibFinding(code, message, self.source.line(at), fix, severity)
        self.findings.append(finding)
        return finding

    # -- text that is no sound command -----------------------------------------------------------------

    def _close_open(self, at: int) -> None:
        """Make nodes of the text up to ``at`` that belongs to none yet."""
        start = self.open_start
        if start < self.comment_end:
            stop = min(at, self.comment_end)
            self.nodes.append(Comment(self.source, start, stop))
            self.comment_end = 0
            start = stop
        elif self.open_fault is not None:
            finding, entry = self.open_fault
            if entry is not None:
                entry.end = at
            self.nodes.append(BrokenBlock(self.source, start, at, finding, entry))
            self.open_fault = None
            start = at
        if start < at:
            self.nodes.append(FreeText(self.source, start, at))
        self.open_start = at

    def _step(self, at: int) -> int:
        """Read a command step by step; return the offset from where to look for the next ``@``."""
        try:
            node = self._command(at)
        except _Fault as fault:
            return self._recover(at, fault)
        if isinstance(node, Comment):
            return self._comment(at, node.end)
        self._close_open(at)
        self.nodes.append(node)
        self.open_start = node.end
        if isinstance(node, Entry):
            self._admit(node, node.end)
        elif node.end >= self.last_line:
            self.stopped = True
        return node.end

    def _comment(self, at: int, stop: int) -> int:
        """``@comment``: BibTeX skips the word alone, so an ``@`` in what follows is live."""
        if stop >= self.last_line:
            self.stopped = True
        if at < self.comment_end or self.open_fault is not None:
            return stop
        self._close_open(at)
        after = _end(_WS, self.text, stop)
        end = self._group_end(after) if self.text.startswith("{", after) else -1
        if end < 0:
            end = _end(_END_OF_LINE, self.text, stop)
        self.comment_end = end
        if self.text.find("@", stop, end) < 0:
            self._close_open(end)
            return end
        self._index_braces(at)  # comments within comments would each be measured anew
        return stop

    def _recover(self, at: int, fault: _Fault) -> int:
        text = self.text
        begins_line = text[self.source.line_start(at) : at].strip(" \t\ufeff") == ""
        entry = fault.entry
        real = entry is not None or (_OPENING if not begins_line else _TYPE).match(text, at) is not None
        if (
            real
            and (at >= self.comment_end or entry is not None)
            and not (self.open_fault is not None and entry is None and not begins_line)
        ):
            self._close_open(at)
            name = f"entry {_short(entry.key)}" if entry is not None else "block"
            where = self.source.line(min(fault.at, self.size - 1))
            finding = self._report(
                fault.code,
                f"The {name} that begins here cannot be read: {fault.message} (line {where}).",
                at,
                fault.fix,
                "error",
            )
            self.open_fault = (finding, entry)
            if entry is not None:
                entry.broken = True
                self._admit(entry, fault.at)
        elif not real and at >= self.comment_end and self.open_fault is None:
            self.stray += 1
            if self.stray <= _MAX_STRAY:
                more = " (Further ones are not listed.)" if self.stray == _MAX_STRAY else ""
                self._report("stray-at", f"An @ outside of entries confuses BibTeX.{more}", at, "Write (at).")
        # Of an entry whose key is taken BibTeX reads the key alone.
        reach = entry.key_end if entry is not None and entry.ignored == "repeated-key" else fault.at
        if reach >= self.last_line and fault.code not in {"inner-at", "no-key"}:
            self.stopped = True
        if not real:
            return max(fault.at, at + 1)
        self._index_braces(at)
        again = _LINE_START.search(text, at + 1, fault.at)
        if again is not None:
            self.swallowed_until = max(self.swallowed_until, reach)
            return again.end()
        return max(fault.at, at + 1)

    # -- one command, as BibTeX scans it ----------------------------------------------------------------

    def _command(self, at: int) -> Node:
        """The command at ``at``; a :class:`Comment` then ends after its name. Raises :class:`_Fault`."""
        text = self.text
        pos = self._white(at + 1)
        kind = _NAME_OF_TYPE.match(text, pos)
        if kind is None:
            code = "inner-at" if text[pos] == "@" else "no-type"
            raise _Fault(code, "an entry type is missing after @", pos)
        written = fold(kind[0])
        if text.startswith("@", kind.end()):
            raise _Fault("inner-at", "an @ is inside the entry type", kind.end(), "Remove it.")
        pos = self._after_identifier(kind.end(), "({")
        if written == "comment":
            return Comment(self.source, at, kind.end())
        pos = self._white(pos)
        opening = text[pos]
        if opening not in "({":
            raise _Fault("no-brace", "an opening brace is missing", pos, "Write { after the entry type.")
        closing = "}" if opening == "{" else ")"
        pos = self._white(pos + 1)
        if written == "preamble":
            start, end, pos = self._value(pos, closing)
            return Preamble(self.source, at, self._closed(pos, closing), start, end)
        if written == "string":
            return self._string(at, pos, closing)
        if text[pos] == "@" and self.source.line_start(pos) > at:
            raise _Fault("no-key", "the next entry begins before its key", pos, "Give it a key or remove it.")
        pattern = _KEY_IN_BRACES if opening == "{" else _KEY_IN_PARENTHESES
        key_start, pos = pos, _end(pattern, text, pos)
        key = text[key_start:pos]
        spans: list[tuple[int, int, int, int]] = []
        try:
            end = self._fields(pos, closing, spans)
        except _Fault as fault:
            fault.entry = Entry(self.source, at, fault.at, intern(written), key, key_start, spans=spans)
            raise
        return Entry(self.source, at, end, intern(written), key, key_start, spans=spans)

    def _fields(self, pos: int, closing: str, spans: list[tuple[int, int, int, int]]) -> int:
        text = self.text
        pos = self._white(pos)
        while text[pos] != closing:
            if text[pos] != ",":
                if not spans:
                    raise _Fault(
                        "bad-key",
                        "a comma is missing after the key",
                        pos,
                        "A key has no blanks; a comma ends it.",
                    )
                message = f"a comma or the closing {closing} is missing"
                raise _Fault("missing-comma", message, pos, "Put a comma between the fields.")
            pos = self._white(pos + 1)
            if text[pos] == closing:
                break
            name = _ID.match(text, pos)
            if name is None:
                raise _Fault("no-field-name", "a field name is missing", pos, "Write name = {value}.")
            pos = self._white(self._after_identifier(name.end(), "="))
            if text[pos] != "=":
                raise _Fault("no-equals-sign", f"the field {name[0]!r} has no equals sign", pos)
            start, end, pos = self._value(self._white(pos + 1), closing)
            spans.append((name.start(), name.end(), start, end))
        return pos + 1

    def _string(self, at: int, pos: int, closing: str) -> Node:
        text = self.text
        name = _ID.match(text, pos)
        if name is None:
            raise _Fault("no-string-name", "the string has no name", pos, "Write @string{name = {value}}.")
        folded = intern(fold(name[0]))
        value = folded  # what BibTeX keeps when the definition fails
        try:
            pos = self._white(self._after_identifier(name.end(), "="))
            if text[pos] != "=":
                raise _Fault("no-equals-sign", f"the string {name[0]!r} has no equals sign", pos)
            start, end, pos = self._value(self._white(pos + 1), closing)
            value = self.source.expand(start, end, but=folded)
            end_of_command = self._closed(pos, closing)
        finally:
            self.source.define(folded, value, at)
        return StringDefinition(self.source, at, end_of_command, folded, value, start, end)

    def _closed(self, pos: int, closing: str) -> int:
        if self.text[pos] != closing:
            raise _Fault("unclosed-command", f"the closing {closing} is missing", pos, f"Write {closing}.")
        return pos + 1

    def _value(self, pos: int, closing: str) -> tuple[int, int, int]:
        """Read ``part # part …``: its start and end, and where the text goes on after white space."""
        text, start = self.text, pos
        while True:
            first = text[pos]
            if first == "{":
                end = self._group_end(pos)
                if end < 0:
                    raise self._end_of_file("a brace is opened and never closed")
            elif first == '"':
                end = self._quoted_end(pos)
            elif first in "0123456789":
                end = _end(_DIGITS, text, pos)
            elif (word := _ID.match(text, pos)) is not None:
                end = word.end()
                self._after_identifier(end, ",#" + closing)
            else:
                raise _Fault("no-value", "a value is missing", pos, "Write it in braces.")
            pos = self._white(end)
            if text[pos] != "#":
                return start, end, pos
            pos = self._white(pos + 1)

    def _quoted_end(self, pos: int) -> int:
        found = _QUOTED.match(self.text, pos)
        if found is not None:
            return found.end()
        pos += 1
        while (mark := _QUOTE_STOP.search(self.text, pos)) is not None:
            if mark[0] == '"':
                return mark.end()
            if mark[0] == "}":
                raise _Fault(
                    "unbalanced-braces",
                    "a quoted value closes a brace that it never opened",
                    mark.start(),
                    "Balance the braces; a backslash does not hide one.",
                )
            pos = self._group_end(mark.start())
            if pos < 0:
                raise self._end_of_file("a brace is opened and never closed")
        raise self._end_of_file("a quotation mark is opened and never closed")

    def _white(self, pos: int) -> int:
        """Skip white space; the end of the file is a fault."""
        pos = _end(_WS, self.text, pos)
        if pos >= self.size:
            raise self._end_of_file("the file ends within it")
        return pos

    def _after_identifier(self, pos: int, allowed: str) -> int:
        if pos < self.size and self.text[pos] not in " \t\r\n" + allowed:
            raise _Fault("bad-identifier", f"{self.text[pos]!r} may not follow a name", pos)
        return pos

    def _end_of_file(self, message: str) -> _Fault:
        return _Fault("unclosed-entry", message, self.size, "Close it, then read the file again.")

    # -- braces -------------------------------------------------------------------------------------------

    def _group_end(self, pos: int) -> int:
        if self.opens is not None:
            return self.closes[bisect_left(self.opens, pos)]
        found = _GROUP.match(self.text, pos)
        end = found.end() if found is not None else group_end(self.text, pos)
        if end < 0:
            self._index_braces(pos)
        return end

    def _index_braces(self, start: int) -> None:
        """Pair all braces from ``start`` on, once.

        Text after a fault may be read more than once, each time from a later start. With the pairs known
        a group is passed in one step, so that even a flood of openings is read in linear time.
        """
        if self.opens is not None:
            return
        opens, closes, stack = array("q"), array("q"), array("q")
        for brace in _BRACE.finditer(self.text, start):
            if brace[0] == "{":
                stack.append(len(opens))
                opens.append(brace.start())
                closes.append(-1)
            elif stack:
                closes[stack.pop()] = brace.end()
        self.opens, self.closes = opens, closes


def _short(key: str) -> str:
    return repr(key if len(key) <= 60 else key[:59] + "…")


def _end(pattern: re.Pattern[str], text: str, pos: int) -> int:
    found = pattern.match(text, pos)
    return found.end() if found is not None else pos


def _last_line_start(text: str) -> int:
    end = len(text)
    if text.endswith("\r\n"):
        end -= 2
    elif text.endswith(("\n", "\r")):
        end -= 1
    return max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
