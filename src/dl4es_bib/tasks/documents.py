"""The documents whose citations follow a change of keys: those that are named, with all that they include."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dl4es_bib.disk import atomic
from dl4es_bib.identify.books.formats import open_book
from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.latex import Vocabulary
from dl4es_bib.identify.citations.rename import Kind, citations, kind_of, with_keys
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Citing:
    """A document that cites.

    Attributes:
        path: the file.
        kind: how citations are written there.
        root: the folder that it must not lead out of: that of the document that includes it.
        named: whether the user named it.
        vocabulary: the commands that its project defines; for LaTeX.
    """

    path: Path
    kind: Kind
    root: Path
    named: bool
    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        """The path as people know it: from the current folder, where it lies below."""
        with suppress(ValueError, OSError):
            return str(self.path.relative_to(Path.cwd())) if self.path.is_absolute() else str(self.path)
        return str(self.path)


@dataclass(frozen=True, slots=True)
class CitingDocuments:
    """Documents, and what of their projects could not be followed."""

    documents: tuple[Citing, ...] = ()
    findings: tuple[Finding, ...] = ()

    def with_keys(self, keys: Mapping[str, str]) -> tuple[dict[str, int], dict[Path, bytes]]:
        """How many citations would change in each document, and its new content; nothing is written."""
        counts: dict[str, int] = {}
        files: dict[Path, bytes] = {}
        for document in self.documents:
            text, count = with_keys(_text_of(document.path), document.kind, keys, document.vocabulary)
            if count or document.named:
                counts[document.name] = count
            if count:
                files[document.path] = text.encode("utf-8", "surrogateescape")
        return counts, files

    def change_keys(
        self, keys: Mapping[str, str], done_already: Collection[str] = ()
    ) -> tuple[dict[str, int], tuple[Path, ...]]:
        """Change the citations; how many in each document, and the files that were written.

        Arguments:
            keys: old key → new key.
            done_already: fingerprints of documents that are as they shall be: where keys change places, a second
                change would undo the first.

        Raises:
            SaveError: a file cannot be written, or a link leads it out of its project's folder.
        """
        counts: dict[str, int] = {}
        written: list[Path] = []
        for document in self.documents:
            done = 0

            def change(current: bytes | None, document: Citing = document) -> bytes:
                nonlocal done
                if current is not None and atomic.fingerprint(current) in done_already:
                    return current
                text = (current or b"").decode("utf-8", "surrogateescape")
                text, done = with_keys(text, document.kind, keys, document.vocabulary)
                return text.encode("utf-8", "surrogateescape")

            if atomic.update(document.path, change, within=None if document.named else document.root):
                written.append(Path(document.name))
            if done or document.named:
                counts[document.name] = done
        return counts, tuple(written)


def citing_documents(names: Sequence[str]) -> CitingDocuments:
    r"""The documents that are named, and what they ``\input``, ``\include``, ``\import`` … below their folder.

    Raises:
        UsageError: it is not known how citations are written in a document.
        UnreadableInput: a file is not there or cannot be read.
    """
    found: dict[Path, Citing] = {}
    findings: list[Finding] = []
    for name in names:
        path = Path(name)
        if kind_of(name) is None and not path.is_dir() and open_book(path) is None:
            raise UsageError(
                f"{name}: citations are changed in .tex, .ltx, .md, .qmd, .rmd, .rst, .org and .ipynb files only. "
                "Leave it out."
            )
        if not path.exists():
            raise UnreadableInput(f"{name} does not exist. Check the path.")
        files: tuple[Path, ...] = (path,)
        if path.suffix.lower() not in {".sty", ".cls"}:
            cited = cited_keys(path)
            files = cited.files
            findings += cited.findings
        vocabulary = Vocabulary()
        for file in files:
            kind = kind_of(file.name) or "latex"
            document = Citing(file, kind, path if path.is_dir() else path.parent, file == path, vocabulary)
            if kind == "latex":
                for _ in citations(_text_of(file), kind, vocabulary):
                    pass  # what a file defines counts in all of the project
            real = Path(os.path.realpath(file))
            if real not in found or document.named:
                found[real] = document
    return CitingDocuments(tuple(found.values()), tuple(dict.fromkeys(findings)))


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror}.") from None
