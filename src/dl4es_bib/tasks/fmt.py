"""A .bib file in the house style: what BibTeX reads stays the same, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.house_style import house_style
from dl4es_bib.disk.save import refuse_losses, update
from dl4es_bib.library.store.files import findings_of, read_bib
from dl4es_bib.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file, formatted.

    Attributes:
        before: as it was read.
        after: in house style; the same object when nothing changes.
    """

    before: BibFile
    after: BibFile

    @property
    def changed(self) -> bool:
        """Whether the file was not in house style."""
        return self.after is not self.before

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The blocks that could not be read; they stay as they are."""
        return tuple(finding for finding in findings_of(self.before) if finding.severity == "error")


def formatted(data: bytes, name: str) -> Formatted:
    """The bytes of a .bib file in house style; nothing is written."""
    before = parse(data, name)
    return Formatted(before, house_style(before))


def formatted_file(path: Path) -> Formatted:
    """A file in house style; nothing is written.

    Raises:
        UnreadableInput: it is not there or cannot be read.
    """
    before = read_bib(path)
    return Formatted(before, house_style(before))


def fmt(path: Path) -> Formatted:
    """Format a file; once more for each time that an editor saves it meanwhile.

    Raises:
        UnreadableInput: it is not there or cannot be read.
        SaveError: it cannot be written, or something would be lost.
    """
    made = formatted_file(path)
    if not made.changed:
        return made
    data = made.before.to_bytes()

    def change(current: bytes | None) -> bytes:
        nonlocal made, data
        if current is not None and current != data:
            made, data = formatted(current, str(path)), current
        return made.after.to_bytes()

    update(path, change, verify=lambda written: refuse_losses(path, made.before, parse(written)))
    return made
