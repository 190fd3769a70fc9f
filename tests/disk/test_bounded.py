"""A file of somebody else is read up to a limit, and only when it is a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dl4es_bib.disk.bounded import read_bytes, read_bytes_if_there
from dl4es_bib.model.errors import UnreadableInput


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\0x\r\n")
    assert read_bytes(tmp_path / "a") == b"\0x\r\n"
    assert read_bytes(tmp_path / "a", limit=4) == b"\0x\r\n"


def test_a_missing_file_is_named_with_the_folder_it_was_looked_for_in(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"does not exist. Check the path; it is looked up from"):
        read_bytes(tmp_path / "a")
    assert read_bytes_if_there(tmp_path / "a") is None


def test_a_file_that_is_too_large_is_refused_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3000)
    with pytest.raises(UnreadableInput, match=r"larger than 2 KiB. Shorten it."):
        read_bytes(tmp_path / "a", limit=2048, cure="Shorten it.")


def test_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(UnreadableInput, match="NUL"):
        read_bytes("a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
def test_a_pipe_is_not_waited_for_and_a_device_is_read_up_to_the_limit(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableInput, match="not an ordinary file"):
        read_bytes(tmp_path / "pipe")
    assert read_bytes(os.devnull) == b""
    with pytest.raises(UnreadableInput, match="larger than"):
        read_bytes("/dev/zero", limit=10_000)
