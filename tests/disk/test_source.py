"""How a source becomes text."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.disk import source
from dl4es_bib.disk.source import decode, load
from dl4es_bib.model.errors import UnreadableInput


def test_line_ends_and_byte_order_marks_are_taken_off() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc", "x").text == "a\nb\nc"
    assert decode("aß".encode("utf-16"), "x").text == "aß"
    assert decode("aß".encode("utf-32"), "x").text == "aß"


def test_bytes_that_are_no_utf8_are_read_as_windows_1252_and_reported_with_their_line() -> None:
    found = decode("ok ß\nGröße".encode() + b"\nGr\xf6\xdfe \x81\n", "x.md")
    assert found.text == "ok ß\nGröße\nGröße \ufffd\n"
    (finding,) = found.findings
    assert (finding.code, str(finding.span)) == ("not-utf8", "x.md:3")


def test_a_stray_nul_is_reported_and_many_are_no_text() -> None:
    found = decode(b"a\nb\0c", "x.md")
    assert found.text == "a\nb\ufffdc"
    assert str(found.findings[0].span) == "x.md:2"


@pytest.mark.parametrize(
    "data",
    [b"\0" * 100, b"\x89PNG\r\n", b"\x1f\x8b\x08rest", b"\xff\xfe\x00\xd8", bytes(range(1, 32)) * 20 + b"\xff"],
    ids=["nul", "png", "gzip", "broken-utf16", "controls"],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^x "):
        decode(data, "x")


def test_a_source_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableInput, match="does not exist"):
        load(tmp_path / "none.md")
    with pytest.raises(UnreadableInput, match="is a folder"):
        load(tmp_path)
    with pytest.raises(UnreadableInput, match="cannot be read"):
        load("a\0b")
    (tmp_path / "a.md").write_text("12345")
    monkeypatch.setattr(source, "MAX_BYTES", 4)
    with pytest.raises(UnreadableInput, match="larger"):
        load(tmp_path / "a.md")
