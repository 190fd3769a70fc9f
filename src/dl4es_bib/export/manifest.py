"""What the last export into a folder wrote: so that an unchanged one is not made again, and what a renamed
chapter leaves behind goes.

The file lies in the folder itself. A file of the folder that no manifest lists is the user's and is never
replaced unasked. One that was listed and changed since is overwritten when its chapter is exported, but never
removed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, get_args

from dl4es_bib.disk.atomic import save
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.links import writable_target
from dl4es_bib.model.errors import SaveError, UnreadableInput
from dl4es_bib.model.finding import Finding, Severity

FILE_NAME: Final = ".dl4es-bib-export.json"
#: The same for a LaTeX book, which may lie in the same folder.
LATEX_NAME: Final = ".dl4es-bib-latex.json"
#: The same for a page.
PAGE_NAME: Final = ".dl4es-bib-page.json"
_SCHEMA: Final = "dl4es-bib-export/1"
_MAX_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """One export.

    Attributes:
        inputs: digest of what the files depend on; ``""`` when there was no export.
        files: path below the folder, with ``/`` → digest of the content.
        findings: what formatting found.
    """

    inputs: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, inputs: str, files: Mapping[str, bytes], findings: tuple[Finding, ...] = ()) -> Manifest:
        """The manifest of files that were just made."""
        return cls(inputs, {name: _digest(data) for name, data in files.items()}, findings)

    @classmethod
    def load(cls, folder: Path, name: str = FILE_NAME) -> Manifest:
        """The manifest in a folder; an empty one when there is none or it cannot be read."""
        try:
            data = json.loads(read_bytes(folder / name))
        except (UnreadableInput, ValueError, RecursionError):
            return cls()
        if not isinstance(data, dict) or data.get("schema") != _SCHEMA or not isinstance(data.get("files"), dict):
            return cls()
        files = {str(path): str(digest) for path, digest in data["files"].items() if _is_below(str(path))}
        problems = data.get("problems")
        findings = (
            tuple(_finding(row) for row in problems if isinstance(row, list)) if isinstance(problems, list) else ()
        )
        return cls(str(data.get("inputs", "")), files, findings)

    def holds(self, folder: Path) -> bool:
        """Whether every file is there as it was written."""
        return all(_is_as(folder / name, digest) for name, digest in self.files.items())

    def write(
        self, folder: Path, files: Mapping[str, bytes], before: Manifest, name: str = FILE_NAME
    ) -> tuple[Path, ...]:
        """Write what changed, remove what ``before`` wrote and this export has not; the files written.

        Raises:
            SaveError: a file could not be written, or a symbolic link below the folder stands in the way.
        """
        written = [
            folder / path
            for path, data in files.items()
            if save(folder / path, data, within=folder, follow_links=False)
        ]
        for path, digest in before.files.items():
            if path not in self.files and _is_as(folder / path, digest):
                # Just before it goes: what was looked at earlier may have become a link since.
                with suppress(OSError, SaveError):
                    writable_target(folder / path, within=folder, follow_links=False)
                    (folder / path).unlink()
                    (folder / path).parent.rmdir()
        data: dict[str, Any] = {
            "schema": _SCHEMA,
            "inputs": self.inputs,
            "files": dict(sorted(self.files.items())),
            "problems": [[finding.code, finding.message, finding.fix, finding.severity] for finding in self.findings],
        }
        save(folder / name, json.dumps(data, indent=1).encode(), within=folder, follow_links=False)
        return tuple(written)


def link_below(folder: Path, name: str) -> Path | None:
    """The symbolic link that a path below a folder leads through, if any; the folder itself may be one."""
    path = folder
    for part in PurePosixPath(name).parts:
        path /= part
        if path.is_symlink():
            return path
    return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_as(path: Path, digest: str) -> bool:
    try:
        return _digest(read_bytes(path)) == digest
    except UnreadableInput:
        return False


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return name.isprintable() and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _finding(row: list[Any]) -> Finding:
    code, message, fix, severity = ([str(part) for part in row[:4]] + [""] * 4)[:4]
    known: Severity = severity if severity in get_args(Severity) else "warning"  # type: ignore[assignment]
    return Finding(code, message, fix=fix, severity=known)
