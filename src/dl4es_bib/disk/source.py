"""From bytes to text: the one way a source is opened.

Sources are untrusted: their size is capped, bytes that are no text are refused, and bytes that are no
UTF-8 are read as Windows-1252, byte by byte, and reported with their line.
"""

from __future__ import annotations

import codecs
import os
import sys
from dataclasses import dataclass

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: The largest source that is read, in bytes.
MAX_BYTES = 64 * 1024 * 1024
STANDARD_INPUT = "-"

_FEW_NULS = 8
#: How files begin that are no text whatever they hold: PNG, gzip, zip, PDF.
_MAGIC = (b"\x89PNG", b"\x1f\x8b", b"PK\x03\x04", b"%PDF")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as text.

    Attributes:
        name: what it was opened by, shown in messages; ``-`` for standard input.
        text: its content with ``\\n`` line ends and without byte order mark.
        data: the bytes it was read from.
        findings: what decoding found.
        is_text: whether the bytes are text; when not, ``text`` is empty.
        path: the file that it was read from, when it is shown by another name; files beside it are found by it.
    """

    name: str
    text: str
    data: bytes = b""
    findings: tuple[Finding, ...] = ()
    is_text: bool = True
    path: str = ""

    @property
    def place(self) -> str:
        """The path of the file."""
        return self.path or self.name


def load(name: str | os.PathLike[str], *, binary: bool = False) -> SourceText:
    """Read a file, or standard input for ``-``.

    With ``binary`` a file that is not text is no error: its bytes are in ``data``, and ``is_text`` is false.

    Raises:
        UnreadableInput: it is missing, a folder, not permitted, too large or not text.
    """
    name = os.fspath(name)
    if name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        data = read_bytes(name, limit=MAX_BYTES, pipes=True)
    if binary and len(data) <= MAX_BYTES and _is_binary(data):
        return SourceText(name, "", data, is_text=False)
    return decode(data, name)


def _is_binary(data: bytes) -> bool:
    if data.startswith(tuple(bom for bom, _ in _BOMS)):
        return False
    head = data[:65536]
    # Text holds no NUL. A few are a slip; many are a picture, an archive or the like.
    return head.count(0) > max(_FEW_NULS, len(head) // 1000) or head.startswith(_MAGIC)


def decode(data: bytes, name: str) -> SourceText:
    """Turn bytes into text.

    Raises:
        UnreadableInput: too large, or not text at all.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput(f"{name} is larger than {MAX_BYTES // 2**20} MiB. Split it into several files.")
    findings: list[Finding] = []
    text = _decoded(data, name, findings)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(name, text, data, tuple(findings))


def _decoded(data: bytes, name: str, findings: list[Finding]) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom) and encoding != "utf-8":
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise UnreadableInput(
                    f"{name} starts like {encoding.upper()} text but is not. Save it as UTF-8."
                ) from None
    data = data.removeprefix(codecs.BOM_UTF8)
    if _is_binary(data):
        raise UnreadableInput(f"{name} is not text. Name a Markdown, text, .bib, .ris or JSON file.")
    if (nul := data.find(0)) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        message = "There is a NUL character here; it is read as a replacement character."
        findings.append(Finding("nul", message, Span(name, line), "Remove it."))
        data = data.replace(b"\0", "\ufffd".encode())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    text = data.decode("utf-8", "surrogateescape")
    odd = sum("\udc80" <= char <= "\udcff" for char in text)
    control = sum(char < " " and char not in "\t\n\r\f\v\x1b" for char in text)
    if control > 16 and control * 50 > len(text):
        raise UnreadableInput(
            f"{name} is not text (it holds control bytes). Name a Markdown, text, .bib, .ris or JSON file."
        )
    line = data.count(b"\n", 0, first) + 1
    findings.append(
        Finding(
            "not-utf8",
            f"{odd} byte{'s are' if odd != 1 else ' is'} not UTF-8; read as Windows-1252 from here on.",
            Span(name, line),
            "Save the file as UTF-8.",
        )
    )
    return "".join(_windows_1252(char) if "\udc80" <= char <= "\udcff" else char for char in text)


def _windows_1252(escaped: str) -> str:
    return bytes([ord(escaped) - 0xDC00]).decode("cp1252", "replace")
