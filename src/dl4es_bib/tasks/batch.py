"""Millions of references, one a line: resolved in parts, by several processes or machines, and resumed after any end.

The unit is a part: so many lines in, one file of answers out, which appears under its name only when it is whole. The
parts lie in a folder beside the output, with a note of what they were made from. A run takes the parts that are not
there yet; the run that finds all of them puts them together. So it does not matter which process, which machine or
which of several runs made a part: the output is the same, byte for byte.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from dl4es_bib.disk.atomic import save
from dl4es_bib.model.errors import SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.outcome import Outcome
from dl4es_bib.tasks.project import Places
from dl4es_bib.tasks.resolve import Progress, answered_lines, silent

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.resolver.provider import Provider

__all__ = ["Batch", "BatchDone", "Shard", "Workers", "resolve_batch"]

Line = Callable[[str, Outcome], bytes]
"""Writes one answer as a line; a function of a module, so that other processes find it."""
#: Lines of a part: some seconds of work, so that a part that is lost costs little.
PART: Final = 500
#: The longest line that is read; the longest real reference has some 20,000 characters.
_MAX_LINE: Final = 1_000_000
_NOTE: Final = "batch.json"
_SCHEMA: Final = "dl4es-bib-batch/1"


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of a run among several: every ``of``-th part, beginning with the ``number``-th (from 1)."""

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> Shard:
        """``3/8``.

        Raises:
            UsageError: it is none.
        """
        number, slash, of = text.partition("/")
        if not (slash and number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of) <= 100_000):
            raise UsageError(f"--shard {text}: name a share as K/N, such as 3/8 for the third of eight.")
        return cls(int(number), int(of))

    def has(self, part: int) -> bool:
        """Whether a part (from 0) is its own."""
        return part % self.of == self.number - 1


@dataclass(frozen=True, slots=True)
class Batch:
    """What every part of a run is made with; it goes to other processes.

    Attributes:
        source: the file of lines.
        folder: where parts are written.
        config, base: the configuration; paths are absolute.
        offline: ask local sources only.
        line: writes one answer.
    """

    source: Path
    folder: Path
    config: Config
    base: Path
    offline: bool
    line: Line


@dataclass(frozen=True, slots=True)
class PartDone:
    """A part that was made: its number, its answers by outcome, and what its lines had wrong."""

    number: int
    outcomes: Counter[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What a run did.

    Attributes:
        output: the file of all answers; ``None`` while other runs still work on their parts.
        parts: how many there are in all.
        made: how many of them this run made.
        outcomes: answers by outcome, of the parts that this run made.
        findings: what was wrong with lines, of the same.
    """

    output: Path | None
    parts: int
    made: int
    outcomes: Counter[str]
    findings: tuple[Finding, ...]


class Workers(Protocol):
    """Who makes parts: this process, several, or machines."""

    def make(self, batch: Batch, parts: Iterable[tuple[int, int, tuple[str, ...]]]) -> Iterator[PartDone]:
        """Make parts; each is its number, the number of its first line, and its lines. In any order."""
        ...


class Here:
    """The process itself."""

    def make(self, batch: Batch, parts: Iterable[tuple[int, int, tuple[str, ...]]]) -> Iterator[PartDone]:
        """Make one part after the other."""
        for number, first, lines in parts:
            yield make_part(batch, number, first, lines)


def resolve_batch(
    batch: Batch,
    output: Path,
    workers: Workers | None = None,
    *,
    shard: Shard | None = None,
    size: int = PART,
    progress: Progress = silent,
) -> BatchDone:
    """Resolve every line of a file into a file of answers, in the same order.

    Arguments:
        batch: what is resolved, and how; its folder is made.
        output: the file of answers.
        workers: who makes the parts; the process itself when it is ``None``.
        shard: the share of this run; the whole when it is ``None``.
        size: lines of a part; all runs of one batch use the same.

    Raises:
        UnreadableInput: the source is missing, or the parts that are there were made from something else.
        SaveError: a part cannot be written.
    """
    shard = shard or Shard()
    total = _note(batch, size)
    there = {number for number in range(total) if _part(batch.folder, number).exists()}
    wanted = [number for number in range(total) if shard.has(number) and number not in there]
    outcomes: Counter[str] = Counter()
    findings: list[Finding] = []
    text = f"Resolving {len(wanted)} of {total} parts …"
    progress(text, 0, len(wanted))
    parts = _parts(batch.source, size, frozenset(wanted))
    for made, done in enumerate((workers or Here()).make(batch, parts), start=1):
        outcomes += done.outcomes
        findings += done.findings
        progress(text, made, len(wanted))
    is_whole = all(_part(batch.folder, number).exists() for number in range(total))
    if is_whole:
        _join(batch.folder, total, output)
    return BatchDone(output if is_whole else None, total, len(wanted), outcomes, tuple(findings))


def make_part(batch: Batch, number: int, first: int, lines: tuple[str, ...]) -> PartDone:
    """Make one part and write it under its name.

    Raises:
        SaveError: it cannot be written.
    """
    answers, findings = answered_lines(lines, batch.source.name, _OPENED.of(batch), first=first)
    data = b"".join(batch.line(answer.id, answer.outcome) for answer in answers)
    save(_part(batch.folder, number), data, follow_links=False)
    return PartDone(number, Counter(answer.outcome.name for answer in answers), tuple(findings))


class _Opened:
    """The sources of this process: opened for its first part, and used for all that follow."""

    def __init__(self) -> None:
        self._named = ""
        self._stack = ExitStack()
        self._providers: list[Provider] = []
        atexit.register(self._stack.close)

    def of(self, batch: Batch) -> list[Provider]:
        """The sources that a batch asks."""
        named = f"{batch.config!r} {batch.base} {batch.offline}"
        if named != self._named:
            from dl4es_bib.tasks.providers import open_providers

            self._stack.close()
            places = Places.of(batch.config, batch.base)
            opened = open_providers(batch.config, places, offline=batch.offline)
            self._providers, _ = self._stack.enter_context(opened)
            self._named = named
        return self._providers


_OPENED: Final = _Opened()


# -- parts -----------------------------------------------------------------------------------------------------------


def _note(batch: Batch, size: int) -> int:
    """Note what the parts are made from, or compare it with the note that is there; the number of parts."""
    digest, lines = _digest_of(batch.source)
    total = -(-lines // size)
    note = {"schema": _SCHEMA, "source": digest, "lines": lines, "size": size, "offline": batch.offline}
    path = batch.folder / _NOTE
    data = (json.dumps(note) + "\n").encode()
    try:
        held = path.read_bytes()
    except OSError:
        held = b""
    if held and held != data:
        raise UnreadableInput(
            f"{batch.folder} holds answers that were made from another file, or in parts of another size. Remove the "
            "folder to begin anew."
        )
    if not held:
        if batch.folder.exists() and any(batch.folder.iterdir()):
            raise SaveError(
                f"{batch.folder} holds files of others, so nothing was written. Name another output with -o."
            )
        save(path, data, follow_links=False)
    return total


def _digest_of(source: Path) -> tuple[str, int]:
    """The digest of a file and its number of lines."""
    digest, lines, last = hashlib.sha256(), 0, b"\n"
    try:
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                lines += block.count(b"\n")
                last = block[-1:]
    except OSError as error:
        raise UnreadableInput(f"{source} cannot be read ({(error.strerror or str(error)).lower()}).") from None
    return digest.hexdigest(), lines + (last != b"\n")


def _parts(source: Path, size: int, wanted: frozenset[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The wanted parts, each with the number of its first line; the file is never in memory as a whole."""
    with source.open("rb") as file:
        lines = _lines(file, source)
        number = 0
        while some := list(islice(lines, size)):
            if number in wanted:
                yield number, number * size + 1, tuple(line.decode("utf-8", "replace").rstrip("\r\n") for line in some)
            number += 1


def _lines(file: Any, source: Path) -> Iterator[bytes]:
    while line := file.readline(_MAX_LINE):
        if len(line) == _MAX_LINE and not line.endswith(b"\n"):
            raise UnreadableInput(f"{source}: a line is longer than {_MAX_LINE} bytes. One line is one reference.")
        yield line


def _part(folder: Path, number: int) -> Path:
    return folder / f"{number:08d}.jsonl"


def _join(folder: Path, total: int, output: Path) -> None:
    """Put the parts together; two runs that do it at once write the same bytes."""
    output.parent.mkdir(parents=True, exist_ok=True)
    waiting = folder / "all.jsonl.part"
    try:
        with waiting.open("wb") as out:
            for number in range(total):
                with _part(folder, number).open("rb") as part:
                    shutil.copyfileobj(part, out)
        waiting.replace(output)
    except OSError as error:
        if output.exists() and not folder.exists():
            return  # another run put them together meanwhile
        raise SaveError(f"{output} cannot be written ({(error.strerror or str(error)).lower()}).") from None
    with suppress(OSError):
        shutil.rmtree(folder)
