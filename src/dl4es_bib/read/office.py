"""What Word and OpenDocument files share: a zip file with XML in it, opened with limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final
from xml.etree import ElementTree

from dl4es_bib.disk.safe_xml import MAX_DEPTH, XmlError, load_xml
from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: The largest part that is unpacked, in bytes, and how many times larger than packed it may be.
MAX_PART: Final = 256 * 1024 * 1024
_MAX_RATIO: Final = 400
#: Elements of Word and OpenDocument that only surround others: controls, changes, sections.
WRAPPERS: Final = frozenset("sdt sdtContent ins smartTag customXml section".split())


def too_deep(file: str, what: str) -> Finding:
    """The finding for elements that are nested too deep."""
    message = f"Elements are nested more than {MAX_DEPTH} deep; what is inside ({what}) is left out."
    return Finding("too-deep", message, Span(file, 1), "Copy the text into a new document, without its controls.")


class Package:
    """The parts of a zipped document.

    Raises:
        UnreadableInput: it is no zip file that can be read.
    """

    def __init__(self, source: SourceText, program: str) -> None:
        self.name = source.name
        self.program = program
        self.findings: list[Finding] = []
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
            self._members = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise self._broken(str(error)) from None

    def part(self, name: str) -> ElementTree.Element | None:
        """A part as XML; ``None`` when there is no such part.

        Raises:
            UnreadableInput: it is encrypted, too large or broken.
        """
        info = self._members.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise UnreadableInput(f"{self.name} is encrypted. Save it without a password.")
        if info.file_size > MAX_PART or (info.file_size > 2**20 and info.file_size > _MAX_RATIO * info.compress_size):
            raise UnreadableInput(f"{self.name} unpacks to more than is reasonable, and was not read.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            zlib.error,
            EOFError,
            RuntimeError,
            OSError,
            ValueError,
        ) as error:
            raise self._broken(str(error)) from None
        try:
            left_out: list[int] = []
            root = load_xml(data, f"{self.name} ({name})", left_out=left_out, wrappers=WRAPPERS)
        except XmlError as error:
            raise self._broken(str(error)) from None
        if left_out:
            self.findings.append(too_deep(self.name, f"{len(left_out)} of {name}"))
        return root

    def _broken(self, reason: str) -> UnreadableInput:
        return UnreadableInput(
            f"{self.name} cannot be read as a document of {self.program}: {reason.rstrip('.')[:200]}. "
            "Open it there and save it again."
        )
