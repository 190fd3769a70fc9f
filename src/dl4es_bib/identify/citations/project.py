"""The files of a project that cites, each read once and never outside its folder; and what is collected from them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: Larger files are refused, and no more files than this are followed.
MAX_BYTES: Final = 50_000_000
MAX_FILES: Final = 2_000
_MAX_FINDINGS: Final = 200


@dataclass(frozen=True, slots=True)
class CitedKeys:
    """What is cited.

    Attributes:
        sections: (name, keys in order of first citation); the refsections of a ``.bcf``, the included files
            of an ``.aux`` that have a bibliography of their own, else one section.
        everything: names of the sections that ask for all entries (``\\nocite{*}``).
        databases: names of the .bib files as the project gives them.
        chapters: (name of an included file, the keys that are cited in it and in what it includes).
        files: the files that were read, in order.
        findings: what could not be followed.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    everything: frozenset[str] = frozenset()
    databases: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    chapters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, each once, in order of first citation."""
        return tuple(dict.fromkeys(key for _, keys in self.sections for key in keys))


def joined(parts: Sequence[CitedKeys]) -> CitedKeys:
    """What several projects or documents cite, as one."""
    if len(parts) == 1:
        return parts[0]
    sections: dict[str, dict[str, None]] = {}
    for part in parts:
        for name, keys in part.sections:
            sections.setdefault(name, {}).update(dict.fromkeys(keys))
    return CitedKeys(
        tuple((name, tuple(keys)) for name, keys in sections.items()),
        frozenset(name for part in parts for name in part.everything),
        tuple(dict.fromkeys(name for part in parts for name in part.databases)),
        tuple(finding for part in parts for finding in part.findings),
        tuple(chapter for part in parts for chapter in part.chapters),
        tuple(dict.fromkeys(path for part in parts for path in part.files)),
    )


@dataclass(slots=True)
class Collected:
    """Sections under construction; a section keeps its keys in order, each once."""

    sections: dict[str, dict[str, None]] = field(default_factory=dict)
    everything: set[str] = field(default_factory=set)
    databases: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    chapters: dict[str, dict[str, None]] = field(default_factory=dict)
    files: dict[Path, None] = field(default_factory=dict)

    def cite(self, section: str, keys: str) -> None:
        """Add keys, parted by commas, to a section; ``*`` asks for all entries."""
        held = self.sections.setdefault(section, {})
        for key in keys.split(","):
            key = key.strip()
            if key == "*":
                self.everything.add(section)
            elif key:
                held[key] = None

    def result(self) -> CitedKeys:
        """What was collected."""
        return CitedKeys(
            tuple((name, tuple(keys)) for name, keys in self.sections.items()),
            frozenset(self.everything),
            tuple(self.databases),
            tuple(self.findings),
            tuple((name, tuple(keys)) for name, keys in self.chapters.items()),
            tuple(self.files),
        )


class Project:
    """Files below one folder, each read once."""

    def __init__(self, path: Path) -> None:
        self.main = path
        self.root = path.resolve().parent
        self.seen: set[Path] = set()
        self.asked: set[str] = set()
        self.found = Collected()
        self.opened: dict[Path, str] = {}

    def open(self, path: Path) -> str:
        """The text of a file; it counts as read."""
        self.seen.add(path.resolve())
        self.found.files[path] = None
        text = text_of(path)
        self.opened[path] = text
        return text

    def find(
        self,
        name: str,
        suffix: str,
        folders: Sequence[Path],
        path: Path,
        text: str,
        position: int,
        *,
        quiet: bool = False,
    ) -> Path | None:
        """The file that a command in the text of ``path`` names, if it is new; what is wrong becomes a finding.

        Arguments:
            name: as written; it is looked up with ``suffix`` first, then as it is.
            folders: where it is looked for, in order.
            quiet: the file need not be there, as for a package.
        """

        def report(code: str, message: str) -> None:
            asked = f"{code} {name}"
            if not quiet and asked not in self.asked and len(self.found.findings) < _MAX_FINDINGS:
                self.asked.add(asked)
                span = Span(str(path), text.count("\n", 0, position) + 1)
                self.found.findings.append(Finding(f"cited/{code}", message, span))

        name = name.strip().strip('"')
        if not name or "\\" in name or "#" in name:
            return None  # a macro argument and not a file name
        outside = False
        for folder in folders:
            for candidate in dict.fromkeys((name + suffix, name) if not name.endswith(suffix) else (name,)):
                try:
                    target = (folder / candidate).resolve()
                    if not target.is_file():
                        continue
                except (OSError, ValueError):
                    report("missing", f"{name[:80]} cannot be a file name.")
                    return None
                if not target.is_relative_to(self.root):
                    outside = True
                elif target in self.seen:
                    return None
                elif len(self.seen) >= MAX_FILES:
                    report("too-many", f"More than {MAX_FILES} files are included; the others were not read.")
                    return None
                else:
                    return target
        if outside or not self._is_inside(name, folders):
            report("outside", f"{name} lies outside of the project's folder and was not read.")
        else:
            report("missing", f"{name}{'' if name.endswith(suffix) else suffix} does not exist.")
        return None

    def is_there(self, name: str, suffix: str, folders: Sequence[Path]) -> bool:
        """Whether a file of the project has that name."""
        for folder in folders:
            for candidate in (name + suffix, name):
                with suppress(OSError, ValueError):
                    target = (folder / candidate).resolve()
                    if target.is_file() and target.is_relative_to(self.root):
                        return True
        return False

    def _is_inside(self, name: str, folders: Sequence[Path]) -> bool:
        return any((folder / name).resolve().is_relative_to(self.root) for folder in folders)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableInput: it is too large or cannot be read.
    """
    return read_bytes(path, limit=MAX_BYTES)


def text_of(path: Path) -> str:
    """The text of a file; bytes that are not UTF-8 become replacement characters."""
    return bytes_of(path).decode("utf-8", "replace")
