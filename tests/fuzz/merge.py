"""Random three-way merges of .bib files and locks: nothing is lost, an unchanged side gives the other, markers are whole.

    python tests/fuzz/merge.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rounds import WORDS, check, run, text

from dl4es_bib.bib.file import parse
from dl4es_bib.bib.three_way import MergedText, merged
from dl4es_bib.library.store.lock import Lock, LockEntry, RecordReference
from dl4es_bib.library.store.lock_merge import merged_lock
from dl4es_bib.library.store.lockfile import format_lock, parse_lock
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source
from dl4es_bib.tasks.merge_driver import merge_files

KEYS = ("ode2004", "Bee:2005", "kaya", "é2001", "A", "a", "x y", "")
FIELDS = ("title", "Title", "author", "year", "note", "ids", "file", "abstract", "crossref")
ODD = (
    "@string{s = {Sea}}\n", "@comment{x}\n", "@preamble{\"x\"}\n", "% a remark\n", "\n\n", "@misc{open, title = {x\n", "}", "{",
    "@misc{k, a = 1, a = 2}\n", "@misc{k}@misc{k}", "\"", ",", "@", "#", "<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n", "\r\n",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_CONFLICT = re.compile(
    r"^<{7} ours\n(?P<ours>(?:(?!\|{7} base\n).*\n)*)\|{7} base\n(?P<base>(?:(?!={7}\n).*\n)*)={7}\n"
    r"(?P<theirs>(?:(?!>{7} theirs).*\n)*)>{7} theirs(?:\n|\Z)",
    re.MULTILINE,
)


def entry(chance: random.Random) -> str:
    """An entry, in one of the ways in which people lay it out."""
    lay = chance.choice(("\n  ", "\n  ", "\n  ", "\n\t", " ", "", "\n\n"))
    fields = [
        f"{chance.choice(FIELDS)}{chance.choice((' = ', '='))}{value(chance)}" for _ in range(chance.randrange(5))
    ]
    kind = chance.choice(("article", "book", "Misc", "online"))
    end = chance.choice((",\n}", "\n}", "}", ",}", " }", ")"))
    return f"@{kind}{{{chance.choice(KEYS)},{lay}{(',' + lay).join(fields)}{end}"


def value(chance: random.Random) -> str:
    """A value with words that no other has."""
    inner = chance.choice(("{w%d}", "{w%d and\n    w%d}", '"w%d"', "%d", "{{w%d}}", "s # {w%d}", "{\\'e w%d}"))
    return inner.replace("%d", str(chance.randrange(100_000, 999_999)))


def bib(chance: random.Random) -> str:
    """A file."""
    pieces = [
        entry(chance) if chance.random() < 0.85 else chance.choice((*ODD, f"a remark w{chance.randrange(999_999)}\n\n"))
        for _ in range(chance.randrange(6))
    ]
    return chance.choice(("\n", "\n\n", "\n\n", "")).join(pieces) + chance.choice(("\n", "\n", ""))


def changed(chance: random.Random, given: str) -> str:
    """The same file, edited by a person or a program."""
    for _ in range(chance.randrange(1, 4)):
        lines = given.split("\n")
        at = chance.randrange(len(given) + 1)
        match chance.randrange(9):
            case 0:
                given = re.sub(r"\bw\d+", lambda _: f"w{chance.randrange(999_999)}", given, count=1)
            case 1:
                entries = [found.text for found in parse(given).entries]
                given = given.replace(chance.choice(entries), "", 1) if entries else given
            case 2:
                given += chance.choice(("", "\n", "\n\n")) + entry(chance) + "\n"
            case 3:
                given = entry(chance) + "\n\n" + given
            case 4:
                del lines[chance.randrange(len(lines))]
                given = "\n".join(lines)
            case 5:
                row = chance.randrange(len(lines))
                lines.insert(row, f"  {chance.choice(FIELDS)} = {value(chance)},")
                given = "\n".join(lines)
            case 6:
                given = given.replace(chance.choice(KEYS[:5]) + ",", f"new{chance.randrange(9)},", 1)
            case 7:
                given = chance.choice((given.replace("\n", "\r\n"), given.replace("  ", "\t"), given.upper(), given))
            case _:
                given = given[:at] + chance.choice(ODD) + given[at + chance.choice((0, 0, 1, 9)) :]
    return given


def words(given: str) -> set[str]:
    """The words of a file, whatever their case."""
    return set(_WORD.findall(given.casefold()))


def nothing_lost(base: str, ours: str, theirs: str, made: MergedText) -> None:
    """What a side wrote stands in the merged text."""
    there = words(made.text)
    for name, side in (("we", ours), ("they", theirs)):
        lost = words(side) - words(base) - there
        check(
            not lost, f"what {name} wrote is lost: {sorted(lost)[:9]} of {base!r}, {ours!r}, {theirs!r}: {made.text!r}"
        )


def broken(given: str) -> int:
    """How many entries cannot be read whole."""
    return sum(found.broken for found in parse(given).entries)


def resolved(given: str, side: str) -> str:
    """A merged file after a person took one side everywhere."""
    return _CONFLICT.sub(lambda match: match[side], given)


def one_bib(chance: random.Random, figures: Counter[str]) -> None:
    """A file, and two changed copies of it."""
    base = bib(chance) if chance.random() < 0.9 else ""
    ours, theirs = (changed(chance, base) for _ in range(2))
    check(merged(base, ours, base).text == ours, f"they changed nothing: {base!r}, {ours!r}")
    check(merged(base, base, theirs).text == theirs, f"we changed nothing: {base!r}, {theirs!r}")
    check(merged(base, ours, ours).text == ours, f"both did the same: {base!r}, {ours!r}")
    made = merged(base, ours, theirs)
    figures["conflicts" if made.conflicts else "merged"] += 1
    nothing_lost(base, ours, theirs, made)
    had = any(mark in side for side in (base, ours, theirs) for mark in ("<<<<<<<", "=======", ">>>>>>>"))
    if not had:
        there = len(_CONFLICT.findall(made.text.replace("\r\n", "\n").replace("\r", "\n")))
        check(bool(there) == bool(made.conflicts), f"{there} markers, {made.conflicts}: {made.text!r}")
    check(
        bool(merged(base, theirs, ours).conflicts) == bool(made.conflicts),
        f"a conflict from one side only: {base!r}, {ours!r}, {theirs!r}",
    )
    most = broken(ours) + broken(theirs)
    for side, source in (("ours", ours), ("theirs", theirs)):
        taken = made.text if not made.conflicts else resolved(made.text.replace("\r\n", "\n"), side)
        what = f"{base!r}, {ours!r}, {theirs!r}: {made.text!r}"
        check(had or broken(taken) <= most, f"an entry is broken by the merge: {what}")
        check(had or not words(source) - words(base) - words(taken), f"taking {side} loses words: {what}")


def lock_entry(chance: random.Random) -> LockEntry:
    """What is known of an entry."""
    return LockEntry(
        decision=chance.choice(tuple(Decision)),
        identity=tuple(f"doi:10.5555/{chance.randrange(9)}" for _ in range(chance.randrange(3))),
        record=RecordReference("crossref", f"10.5555/{chance.randrange(9)}") if chance.random() < 0.5 else RecordReference(),
        reasons=(text(chance, 3),) if chance.random() < 0.3 else (),
        sources=tuple(f"list.md:{chance.randrange(9)}" for _ in range(chance.randrange(3))),
        written={chance.choice(FIELDS): text(chance, 4) for _ in range(chance.randrange(3))},
        provenance={
            name: Source("record", chance.choice(("crossref", "datacite")), "10.5555/a", retrieved=f"2026-01-0{chance.randrange(1, 9)}T00:00:00+00:00")
            for name in chance.sample(FIELDS, chance.randrange(3))
        },
        adopted=chance.random() < 0.2,
        decided=chance.choice(("", "", "10.5555/a", "none")),
    )  # fmt: skip


def changed_entries(chance: random.Random, given: dict[str, LockEntry]) -> dict[str, LockEntry]:
    """The same entries, some with other facts, some gone, some new."""
    made = dict(given)
    for _ in range(chance.randrange(1, 4)):
        key = chance.choice([*given, *KEYS[:3], text(chance, 3).encode("utf-8", "ignore").decode() or "k"])
        fresh = lock_entry(chance)
        match chance.randrange(5):
            case 0:
                made.pop(key, None)
            case 1:
                made[key] = fresh
            case _:
                fact = chance.choice(("decision", "identity", "record", "sources", "written", "provenance", "decided"))
                made[key] = replace(made.get(key, LockEntry()), **{fact: getattr(fresh, fact)})
    return made


def one_lock(chance: random.Random, figures: Counter[str]) -> None:
    """A lock, and two changed copies of it."""
    start = {chance.choice(KEYS[:4]): lock_entry(chance) for _ in range(chance.randrange(4))}
    sides = [start, changed_entries(chance, start), changed_entries(chance, start)]
    base, ours, theirs = (format_lock(Lock(entries)) for entries in sides)
    check(merged_lock(base, ours, base).text == ours, f"they changed nothing: {base!r}, {ours!r}")
    check(merged_lock(base, base, theirs).text == theirs, f"we changed nothing: {base!r}, {theirs!r}")
    check(merged_lock(base, ours, ours).text == ours, f"both did the same: {base!r}, {ours!r}")
    made = merged_lock(base, ours, theirs)
    figures["lock conflicts" if made.conflicts else "locks merged"] += 1
    check(
        bool(merged_lock(base, theirs, ours).conflicts) == bool(made.conflicts), f"one side only: {ours!r}, {theirs!r}"
    )
    first, own, other = (parse_lock(given, "x.lock").entries for given in (base, ours, theirs))
    for side in ("ours", "theirs"):
        taken = parse_lock(resolved(made.text, side), "x.lock").entries
        for key in {*own, *other}:
            is_gone = (key not in own and other[key] == first.get(key)) or (
                key not in other and own[key] == first.get(key)
            )
            check((key in taken) != is_gone, f"{key!r} is lost, or back: {base!r}, {ours!r}, {theirs!r}: {made.text!r}")
        if not made.conflicts:
            for key in own.keys() & other.keys():
                for fact in ("decision", "record", "decided"):
                    old, mine, yours = (getattr(each.get(key, LockEntry()), fact) for each in (first, own, other))
                    check(getattr(taken[key], fact) == (yours if mine == old else mine), f"{fact} of {key!r}: {made.text!r}")  # fmt: skip


def one_file(chance: random.Random, figures: Counter[str]) -> None:
    """Files of any bytes, as git hands them over."""
    base = bib(chance) if chance.random() < 0.7 else format_lock(Lock({"a": lock_entry(chance)}))
    texts = [base, changed(chance, base), changed(chance, base) + chance.choice(WORDS)]
    encodings = [chance.choice(("utf-8", "utf-8", "utf-8", "cp1252", "utf-16", "utf-8-sig"))] * 3
    if chance.random() < 0.2:
        encodings = [chance.choice(("utf-8", "cp1252", "utf-16")) for _ in texts]
    data = [given.encode(encoding, "replace") for given, encoding in zip(texts, encodings, strict=True)]
    if chance.random() < 0.3:
        hurt = chance.randrange(3)
        at = chance.randrange(len(data[hurt]) + 1)
        data[hurt] = data[hurt][:at] + bytes(chance.choices(range(256), k=chance.randrange(4))) + data[hurt][at + 1 :]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for path, each in zip(paths, data, strict=True):
            path.write_bytes(each)
        made = merge_files(*paths)
        figures["files"] += 1
        written = paths[1].read_bytes()
        check(bool(written) or not (data[1] and data[2]) or not made.text, "an empty file is written")


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One merge."""
    try:
        chance.choice((one_bib, one_bib, one_bib, one_lock, one_lock, one_file))(chance, figures)
    except UsageError as error:
        check(False, f"what was written cannot be read: {error}")


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
