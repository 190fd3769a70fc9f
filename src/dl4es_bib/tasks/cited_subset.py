"""Exactly what documents cite of a library, as a .bib file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.bib.file import BibFile
from dl4es_bib.bib.joined import joined
from dl4es_bib.bib.subset import subset
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.library.store.files import findings_of, read_bibs
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding


@dataclass(frozen=True, slots=True)
class CitedEntries:
    """The cited part of a library.

    Attributes:
        whole: all cited entries as a .bib file.
        sections: file name → the entries of one section.
        entries: how many entries there are.
        missing: keys that are cited and not there.
        near: missing key → the key that looks most like it.
        findings: what could not be followed or read.
    """

    whole: bytes
    sections: tuple[tuple[str, bytes], ...]
    entries: int
    missing: tuple[str, ...]
    near: Mapping[str, str]
    findings: tuple[Finding, ...]


def cited_subset(paths: Sequence[str], libraries: Sequence[Path]) -> CitedEntries:
    """Exactly what documents cite of a database, together, with the strings and parents it needs.

    Arguments:
        paths: documents that cite, ``.aux`` or ``.bcf`` files; the sections of one follow those of the one before.
        libraries: the .bib files that are one database, in the order in which BibTeX reads them.

    Raises:
        UnreadableInput: a document or a library cannot be read.
    """
    cited = [cited_keys(path) for path in paths]
    files = _read(libraries)
    bibfile = joined(files)
    everything = tuple(entry.key for entry in bibfile.entries)
    sections: list[tuple[str, bytes]] = []
    for project in cited:
        for name, keys in project.sections:
            text, _ = subset(bibfile, everything if name in project.everything else keys)
            sections.append((f"section-{len(sections) + 1:02d}.bib", _encoded(bibfile, text)))
    asked = dict.fromkeys(key for project in cited for key in project.keys)
    wanted = everything if any(project.everything for project in cited) else tuple(asked)
    whole, missing = subset(bibfile, wanted)
    near = {key: match[0] for key in missing if (match := difflib.get_close_matches(key, everything, 1, 0.7))}
    return CitedEntries(
        _encoded(bibfile, whole),
        tuple(sections),
        sum(bibfile.find(key) is not None for key in wanted),
        missing,
        near,
        (
            *(finding for project in cited for finding in project.findings),
            *(finding for file in files for finding in findings_of(file)),
        ),
    )


def cited_by_chapter(main: str, libraries: Sequence[Path]) -> tuple[CitedEntries, tuple[tuple[str, bytes], ...]]:
    r"""What a LaTeX project cites, and for each file that its main file includes a .bib file of its own.

    Arguments:
        main: the project's main ``.tex`` file.
        libraries: the .bib files that are one database.

    Returns:
        All cited entries, and (name below the project's folder, with ``.bib``; content) for each included file that
        cites, in order. What the main file cites itself is in the first only.

    Raises:
        UnreadableInput: a document or a library cannot be read.
    """
    project = cited_keys(main)
    bibfile = joined(_read(libraries))
    chapters: list[tuple[str, bytes]] = []
    for name, keys in project.chapters:
        text, _ = subset(bibfile, keys)
        if text:
            chapters.append((f"{name}.bib", _encoded(bibfile, text)))
    return cited_subset([main], libraries), tuple(chapters)


def _read(libraries: Sequence[Path]) -> tuple[BibFile, ...]:
    for library in libraries:
        if not library.is_file():
            raise UnreadableInput(f"{library} does not exist. Name the library with --bib.")
    return read_bibs(libraries)


def _encoded(bibfile: BibFile, text: str) -> bytes:
    return text.encode(bibfile.encoding, bibfile.errors)
