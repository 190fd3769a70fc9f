"""What is wrong with .bib files, each finding with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dl4es_bib.bib.file import BibFile
from dl4es_bib.library.store.files import findings_of, read_bib
from dl4es_bib.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and in how many entries."""

    findings: tuple[Finding, ...]
    entries: int


def check(paths: Sequence[Path]) -> Checked:
    """List what BibTeX or biber would stumble over.

    Raises:
        UnreadableInput: a file is not there or cannot be read.
    """
    files = [read_bib(path) for path in paths]
    findings = tuple(_with_title(finding, file) for file in files for finding in findings_of(file))
    return Checked(findings, sum(len(file.entries) for file in files))


def _with_title(finding: Finding, bibfile: BibFile) -> Finding:
    """The finding; of an entry that BibTeX ignores for its key, with the title that nobody would see."""
    if finding.code != "repeated-key" or finding.span is None:
        return finding
    entries = (entry for entry in bibfile.entries if entry.ignored and entry.line == finding.span.line)
    title = next((entry.values().get("title", "") for entry in entries), "")
    return replace(finding, message=f"{finding.message} It is {title[:200]!r}.") if title else finding
