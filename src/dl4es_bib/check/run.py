"""Rules applied to files, and what they found mended."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dl4es_bib.bib.file import BibFile, fold, parse
from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.check.rule_list import RULES
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: ``@comment{dl4es-bib: ignore RULE …}`` before an entry, or at the top of the file for all of it.
_IGNORE = re.compile(r"(?im)(?:@comment\s*\{|%)\s*dl4es-bib:\s*(?P<what>ignore-file|ignore)\b(?P<names>[^}\n]*)")
_LINE_END = re.compile(r"\r\n?|\n")
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule found in a file."""

    rule: Rule
    found: Found
    file: BibFile

    @property
    def finding(self) -> Finding:
        """The same for people."""
        found = self.found
        start = max(self.file.text.rfind(end, 0, found.offset) for end in "\r\n") + 1
        span = Span(self.file.name, self.file.line(found.offset), found.offset - start + 1)
        return Finding(self.rule.name, found.message, span, found.cure, found.severity or self.rule.severity)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are used: names, families or ``all``; nothing selected means all that are on by default."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """The rules in their order.

        Raises:
            UsageError: a name is neither a rule nor a family.
        """
        families = {rule.family for rule in RULES}
        for name in (*self.select, *self.ignore):
            if name not in families and name != "all":
                RULES.named(name)
        return tuple(rule for rule in RULES if self._is_used(rule))

    def _is_used(self, rule: Rule) -> bool:
        if {rule.name, rule.family, "all"} & set(self.ignore) and rule.name not in self.select:
            return False
        if not self.select:
            return rule.default
        return rule.name in self.select or "all" in self.select or (rule.family in self.select and rule.default)


def check(
    files: Sequence[BibFile],
    selection: Selection | None = None,
    *,
    cited: Collection[str] | None = None,
    everything: bool = False,
    engine: str = "pdflatex",
) -> tuple[Violation, ...]:
    """Apply rules to the files of one database.

    Arguments:
        files: the files, in the order in which BibTeX reads them.
        selection: which rules are used.
        cited: the keys that documents cite, or ``None`` when none was named.
        everything: whether the documents ask for all entries.
        engine: the TeX that will set the entries: ``pdflatex``, ``lualatex`` or ``xelatex``.

    Returns:
        What was found, in the order of the files and of the places in them.
    """
    rules = (selection or Selection()).rules()
    keys = None if cited is None else tuple(cited)
    violations: list[Violation] = []
    for file in files:
        subject = Subject(file, tuple(files), keys, everything, engine)
        found = [*_read_findings(file, rules), *_applied(subject, rules)]
        ignored = _Ignored(file)
        found = [violation for violation in found if not ignored.covers(violation)]
        violations += sorted(found, key=lambda violation: violation.found.offset)
    return tuple(violations)


def _applied(subject: Subject, rules: Sequence[Rule]) -> Iterator[Violation]:
    for rule in rules:
        if rule.check is not None:
            for found in rule.check(subject):
                yield Violation(rule, found, subject.file)
    if any(rule.name == "repeated-key" for rule in rules):
        yield from _taken_elsewhere(subject)


def _taken_elsewhere(subject: Subject) -> Iterator[Violation]:
    """Keys that a file before this one has: BibTeX and biber read the first."""
    earlier = subject.files[: subject.files.index(subject.file)]
    for entry in subject.entries if earlier else ():
        holder, first = next(
            ((file, known) for file in earlier if (known := file.get(entry.key)) is not None), (None, None)
        )
        if holder is not None and first is not None and entry.key:
            message = f"The key {entry.key[:60]!r} is taken by {holder.name}:{first.line}; BibTeX ignores this entry."
            found = Found(entry.start, message, "Rename or merge one of the two.", entry.key)
            yield Violation(RULES.named("repeated-key"), found, subject.file)


def _read_findings(file: BibFile, rules: Sequence[Rule]) -> Iterator[Violation]:
    """What reading the file found, as findings of rules; one whose code has no rule is always shown."""
    used = {rule.name: rule for rule in rules}
    lines = [0, *(end.end() for end in _LINE_END.finditer(file.text))]
    for finding in file.findings:
        rule = used.get(finding.code)
        if rule is None and RULES.get(finding.code) is None:
            rule = Rule(finding.code, "syntax", finding.severity, finding.message, "")
        if rule is not None:
            message = finding.message
            if finding.code == "repeated-key":
                message = _with_title(file, finding.line, message)
            offset = lines[min(finding.line, len(lines)) - 1]
            yield Violation(rule, Found(offset, message, finding.fix, severity=finding.severity), file)


def _with_title(file: BibFile, line: int, message: str) -> str:
    """Of an entry that BibTeX ignores for its key, the title that nobody would see."""
    lines = (entry for entry in file.entries if entry.ignored and entry.line == line)
    title = next((entry.values().get("title", "") for entry in lines), "")
    return f"{message} It is {title[:200]!r}." if title else message


class _Ignored:
    """What comments in a file switch off."""

    def __init__(self, file: BibFile) -> None:
        self._all: set[str] = set()
        self._by_entry: dict[int, set[str]] = {}
        starts = [entry.start for entry in file.entries]
        for match in _IGNORE.finditer(file.text):
            names = set(re.findall(r"[a-z][a-z-]+", match["names"])) or {"all"}
            index = bisect_right(starts, match.start())
            if match["what"].lower() == "ignore-file":
                self._all |= names
            elif index < len(starts):
                self._by_entry.setdefault(starts[index], set()).update(names)
        self._starts = starts

    def covers(self, violation: Violation) -> bool:
        names = {violation.rule.name, violation.rule.family, "all"}
        index = bisect_right(self._starts, violation.found.offset) - 1
        own = self._by_entry.get(self._starts[index], set()) if index >= 0 else set()
        return bool(names & (self._all | own))


def mended(file: BibFile, selection: Selection | None = None, *, unsafe: bool = False) -> tuple[BibFile, int]:
    """The file with all that can be mended, and how many findings that were.

    Arguments:
        file: the file.
        selection: which rules are used.
        unsafe: also what may change the meaning of an entry.
    """
    count = 0
    renamed: dict[str, str] = {}
    for _ in range(_ROUNDS):
        violations = [
            violation
            for violation in check([file], selection)
            if violation.found.changes and (unsafe or violation.found.safe)
        ]
        text, done, taken = _replaced(file.text, [violation.found.changes for violation in violations])
        if not done or text == file.text:
            break
        after = parse(text.encode(file.encoding, file.errors), file.name, file.given_strings)
        if not _keeps_others(file, after, taken):
            break
        renamed |= _renamed_fields(file, taken)
        count += done
        file = after
    file.intended |= renamed
    return file, count


def _keeps_others(before: BibFile, after: BibFile, changes: Sequence[Replacement]) -> bool:
    """Whether every entry is still there, and those in which nothing was changed are read as before."""
    if len(before.entries) != len(after.entries):
        return False
    places = [change.start for change in changes]
    for old, new in zip(before.entries, after.entries, strict=True):
        touched = bisect_right(places, old.end) > bisect_left(places, old.start)
        if old.key != new.key or (new.broken and not old.broken):
            return False
        if not touched and (old.type, old.values()) != (new.type, new.values()):
            return False
    return True


def _renamed_fields(file: BibFile, changes: Sequence[Replacement]) -> dict[str, str]:
    """The fields whose name is replaced, as :attr:`BibFile.intended` has what may go."""
    names = {change.start for change in changes if change.text}
    return {
        fold(f"{entry.key}.{field.name}"): ""
        for entry in file.entries
        for field in entry.fields
        if field.start in names
    }


def _replaced(text: str, wishes: Sequence[tuple[Replacement, ...]]) -> tuple[str, int, tuple[Replacement, ...]]:
    """The text with replacements made; of those that overlap the first wins, and nothing is made in part."""
    taken: list[Replacement] = []
    done, end = 0, -1
    for changes in sorted(wishes, key=lambda changes: changes[0].start):
        if changes[0].start < end:
            continue
        taken += changes
        end = max(change.end for change in changes)
        done += 1
    pieces: list[str] = []
    position = 0
    taken.sort(key=lambda change: change.start)
    for change in taken:
        pieces += (text[position : change.start], change.text)
        position = change.end
    return "".join(pieces) + text[position:], done, tuple(taken)


def explained(name: str) -> str:
    """The page of a rule.

    Raises:
        UsageError: there is no such rule.
    """
    rule = RULES.get(name)
    if rule is None:
        raise UsageError(f"There is no rule named {name[:80]}. 'dl4es-bib check --rules' lists all.")
    return rule.page
