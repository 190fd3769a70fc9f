"""What is wrong with .bib files, each finding with file and line; and what of it can be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.check import run
from dl4es_bib.check.run import Selection, Violation
from dl4es_bib.disk.bounded import read_bytes_if_there
from dl4es_bib.disk.locks import exclusive
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.library.store.files import read_bibs
from dl4es_bib.library.store.save_bib import refuse_losses, save_bib
from dl4es_bib.model.errors import ChangedMeanwhile, SaveError, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.tasks.outputs import Change, changes_of

_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and in how many entries.

    Attributes:
        violations: what the rules found; after mending, what is left.
        entries: how many entries there are.
        mended: file → how many findings were mended there, or for a dry run would be.
        changes: for a dry run, what mending would write.
        unread: what could not be followed in the documents that cite.
    """

    violations: tuple[Violation, ...]
    entries: int
    mended: Mapping[str, int]
    changes: tuple[Change, ...] = ()
    unread: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The violations for people."""
        return tuple(violation.finding for violation in self.violations)


def check(
    paths: Sequence[Path],
    selection: Selection | None = None,
    *,
    cited_in: Sequence[str] = (),
    engine: str = "pdflatex",
    fix: bool = False,
    unsafe: bool = False,
    dry_run: bool = False,
) -> Checked:
    """Apply rules to .bib files that are one database; ``fix`` first mends what can be mended.

    Arguments:
        paths: the files, in the order in which BibTeX reads them.
        selection: which rules are used.
        cited_in: documents or folders whose citations are compared with the entries.
        engine: the TeX that will set the entries.
        fix: mend what keeps the meaning of an entry.
        unsafe: mend also what may change it.
        dry_run: with ``fix``, write nothing.

    Raises:
        UnreadableInput: a file is not there or cannot be read.
        SaveError: a file could not be written, or something would be lost; it is as it was.
        UsageError: a rule is not known.
    """
    chosen = selection or Selection()
    chosen.rules()
    paths = _distinct(paths)
    cited = cited_keys(*cited_in) if cited_in else None
    files = read_bibs(paths)
    mended: dict[str, int] = {}
    changes: tuple[Change, ...] = ()
    if fix or unsafe:
        if dry_run:
            done = [run.mended(file, chosen, unsafe=unsafe) for file in files]
            for before, (after, _) in zip(files, done, strict=True):
                refuse_losses(before.name, before, after, after.intended)
            changes = changes_of({path: after.to_bytes() for path, (after, _) in zip(paths, done, strict=True)})
            mended = {after.name: count for after, count in done if count}
        else:
            for path, file in zip(paths, files, strict=True):
                if count := _mend(path, file, chosen, unsafe=unsafe):
                    mended[file.name] = count
            files = read_bibs(paths)
    violations = run.check(
        files,
        chosen,
        cited=None if cited is None else cited.keys,
        everything=cited is not None and bool(cited.everything),
        engine=engine,
    )
    unread = () if cited is None else cited.findings
    return Checked(violations, sum(len(file.entries) for file in files), mended, changes, unread)


def _mend(path: Path, read: BibFile, selection: Selection, *, unsafe: bool) -> int:
    """Mend one file; once more for each time that an editor saves it meanwhile."""
    if run.mended(read, selection, unsafe=unsafe)[0].text == read.text:
        return 0
    if not path.is_file():
        raise UsageError(f"{path} is no file that can be written. Copy it to a file and mend that.")
    with exclusive(path):
        for _ in range(_ATTEMPTS):
            before = parse(read_bytes_if_there(path) or b"", str(path), read.given_strings)
            if before.encoding.startswith(("utf-16", "utf-32")):
                raise SaveError(f"{path} was not mended: it is {before.encoding[:6].upper()}. Save it as UTF-8 first.")
            after, count = run.mended(before, selection, unsafe=unsafe)
            if after.text == before.text:
                return 0
            try:
                save_bib(path, after, before)
            except ChangedMeanwhile:
                continue
            return count
    raise ChangedMeanwhile(f"{path} is written by another program all the time. Close it there and run again.")


def _distinct(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The paths, each file once: one that is named twice would be its own duplicate."""
    found: dict[Path, Path] = {}
    for path in paths:
        found.setdefault(path.resolve(), path)
    return tuple(found.values())
