"""Reading a .bib file: one pass, linear in its length, no recursion, nothing dropped.

A sound entry is one match of one pattern. What the pattern does not take (parentheses, deep braces,
commands, faults) is read step by step, as BibTeX reads it. After a fault BibTeX looks for the next ``@``
from where it stopped; when that skipped the start of another entry, or the end of the file came, we go
back to the next ``@`` that begins a line, keep the broken text as it is and report the line where it began.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Final

from dl4es_bib.bib.commands import TYPE_NAME, CommandReader, Fault, matched_end
from dl4es_bib.bib.finding import BibFinding, Code, Severity
from dl4es_bib.bib.grammar import FIELD_SYNTAX, WS, fold
from dl4es_bib.bib.nodes import BrokenBlock, Comment, Entry, FreeText, Ignored, Node, Source

_ENTRY: Final = re.compile(
    rf"@{WS}(?!(?i:comment|preamble|string){WS}\{{)({TYPE_NAME}){WS}\{{"
    rf"{WS}((?!@)[^ \t\r\n,}}]*+){WS}(?:{FIELD_SYNTAX})*+(?:,{WS})?\}}"
)
_TYPE = re.compile(rf"@{WS}{TYPE_NAME}")
_OPENING = re.compile(rf"@{WS}{TYPE_NAME}{WS}[{{(]")
_LINE_START = re.compile(rf"(?<=[\r\n])[ \t]*+(?=@{WS}{TYPE_NAME})")
_WS = re.compile(WS)
_END_OF_LINE = re.compile(r"[^\r\n]*")
_MAX_STRAY: Final = 100


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
        self.commands = CommandReader(source)
        self.nodes: list[Node] = []
        self.findings: list[BibFinding] = []
        self.never: Ignored = ignored
        self.last_line = _last_line_start(self.text)
        self.stopped = False  # BibTeX has read the file's last line and comes back for nothing
        self.swallowed_until = 0
        self.seen: set[str] = set()
        self.stray = 0
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
        if entry.ignored == "bad-key" and not entry.broken:
            self._report(
                "bad-key",
                f"The key {_short(entry.key)} holds a blank or a comma: BibTeX reads no field of the entry, and biber "
                "refuses the file.",
                start,
                "Give it a key without blanks.",
                "error",
            )
            stop = entry.key_end
        if not key:
            self._report("empty-key", "An entry has no key.", start, "Give it one.", "error")
        elif not key.isprintable():
            self._report("odd-key", "The key holds invisible characters.", start, "Type the key anew.")
        if stop >= self.last_line:
            self.stopped = True

    def _report(self, code: Code, message: str, at: int, fix: str = "", severity: Severity = "warning") -> BibFinding:
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
            node = self.commands.read(at)
        except Fault as fault:
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
        after = matched_end(_WS, self.text, stop)
        end = self.commands.group_end(after) if self.text.startswith("{", after) else -1
        if end < 0:
            end = matched_end(_END_OF_LINE, self.text, stop)
        self.comment_end = end
        if self.text.find("@", stop, end) < 0:
            self._close_open(end)
            return end
        self.commands.index_braces(at)  # comments within comments would each be measured anew
        return stop

    def _recover(self, at: int, fault: Fault) -> int:
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
        self.commands.index_braces(at)
        again = _LINE_START.search(text, at + 1, fault.at)
        if again is not None:
            self.swallowed_until = max(self.swallowed_until, reach)
            return again.end()
        return max(fault.at, at + 1)


def _short(key: str) -> str:
    return repr(key if len(key) <= 60 else key[:59] + "…")


def _last_line_start(text: str) -> int:
    end = len(text)
    if text.endswith("\r\n"):
        end -= 2
    elif text.endswith(("\n", "\r")):
        end -= 1
    return max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
