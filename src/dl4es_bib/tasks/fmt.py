"""A .bib file in the house style: what BibTeX reads stays the same, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.bib.arrange import Arrangement, arranged
from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.house_style import house_style
from dl4es_bib.bib.nodes import FreeText
from dl4es_bib.disk.atomic import update
from dl4es_bib.disk.locks import tidy
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.library.store.files import findings_of, read_bib
from dl4es_bib.library.store.save_bib import refuse_losses
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding

_AS_IT_IS: Final = Arrangement()
#: Files that may be without entries.
_SUFFIXES: Final = (".bib", ".bibtex")


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


def cited_order(documents: Sequence[str]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Keys in the order in which documents cite them first, and what of the documents could not be followed.

    Raises:
        UnreadableInput: a document cannot be read.
    """
    projects = [cited_keys(document) for document in documents]
    keys = dict.fromkeys(key for project in projects for key in project.keys)
    return tuple(keys), tuple(finding for project in projects for finding in project.findings)


def formatted(data: bytes, name: str, arrangement: Arrangement = _AS_IT_IS) -> Formatted:
    """The bytes of a .bib file in house style; nothing is written."""
    return _formatted(parse(data, name), arrangement)


def _formatted(before: BibFile, arrangement: Arrangement) -> Formatted:
    styled = house_style(before)
    after = arranged(styled, arrangement) if arrangement != _AS_IT_IS else styled
    # The style of a styled file is that file: only another order has to be styled again.
    after = house_style(after) if after is not styled else styled
    return Formatted(before, before if after.text == before.text else after)


def formatted_file(path: Path, arrangement: Arrangement = _AS_IT_IS) -> Formatted:
    """A file in house style; nothing is written.

    Raises:
        UnreadableInput: it is not there or cannot be read, or it is no .bib file and holds none of its blocks.
    """
    file = read_bib(path)
    is_other = path.suffix.lower() not in _SUFFIXES and all(isinstance(node, FreeText) for node in file.nodes)
    if is_other and file.text.strip():
        raise UnreadableInput(
            f"{path} holds no BibTeX entries, so there is nothing to format. "
            f"'dl4es-bib convert {path.name} --to biblatex' makes entries of the references in a document."
        )
    return _formatted(file, arrangement)


def fmt(path: Path, arrangement: Arrangement = _AS_IT_IS) -> Formatted:
    """Format a file; once more for each time that an editor saves it meanwhile.

    Arguments:
        path: the file.
        arrangement: the order of entries and fields, and the fields to leave out.

    Raises:
        UnreadableInput: it is not there or cannot be read.
        SaveError: it cannot be written, or something would be lost.
    """
    made = formatted_file(path, arrangement)
    if not made.changed:
        tidy(path)
        return made
    data = made.before.to_bytes()

    def change(current: bytes | None) -> bytes:
        nonlocal made, data
        if current is not None and current != data:
            made, data = formatted(current, str(path), arrangement), current
        return made.after.to_bytes()

    update(path, change, verify=lambda written: refuse_losses(path, _expected(made, arrangement), parse(written)))
    return made


def _expected(made: Formatted, arrangement: Arrangement) -> BibFile:
    """What must be found again in what is written: all that was read but the fields that are left out on purpose."""
    return arranged(made.before, Arrangement(omit=arrangement.omit)) if arrangement.omit else made.before
