"""Which reader reads a source: by content, then by name; what no reader reads is refused with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.disk.source import SourceText, decode, load
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.read.readers import READERS, read, reader_for
from dl4es_bib.read.unread import UNREAD

BIBTEX = "% made by hand\n@article{ode04,\n  title = {On Tides},\n  year = 2004\n}\n"
RIS = "TY  - JOUR\nTI  - On Tides\nER  - \n"
CSL = '[{"id": "ode04", "type": "book", "title": "On Tides"}]'
MARKDOWN = "# Tides\n\n* Ode, A. (2004). On tides. Sea Letters, 12(3), 5-9.\n"
PLAIN = "Ode, A. (2004). On tides. Sea Letters, 12(3), 5-9.\n"


def named(text: str, name: str) -> SourceText:
    return decode(text.encode(), name)


@pytest.mark.parametrize(
    ("text", "name", "reader"),
    [
        (BIBTEX, "list.txt", "bibtex"),
        (BIBTEX, "list.md", "bibtex"),
        (BIBTEX, "-", "bibtex"),
        (RIS, "list.txt", "ris"),
        (RIS, "references.bib", "ris"),
        (CSL, "list.txt", "csl-json"),
        (CSL, "records.data", "csl-json"),
        (MARKDOWN, "list.md", "markdown"),
        (MARKDOWN, "-", "markdown"),
        (MARKDOWN, "README", "markdown"),
        (PLAIN, "list.txt", "plain"),
        (PLAIN, "list.md", "markdown"),
        (PLAIN, "-", "plain"),
        (PLAIN, "list.2024", "plain"),
        ("", "empty.bib", "bibtex"),
        ("% only a comment\n", "empty.bib", "bibtex"),
    ],
)
def test_the_content_of_a_source_tells_its_kind_and_the_name_what_the_content_leaves_open(
    text: str, name: str, reader: str
) -> None:
    assert reader_for(named(text, name)).name == reader


@pytest.mark.parametrize("around", ["# Cite us\n\n{}", "Some words.\n\nMore words.\n\n{}\nAnd more.\n"])
def test_a_markdown_file_with_an_entry_in_it_stays_markdown(around: str) -> None:
    assert reader_for(named(around.format(BIBTEX), "list.md")).name == "markdown"


def test_a_name_that_the_content_contradicts_is_said() -> None:
    document = read(named(BIBTEX, "list.txt"))
    assert [item.title for item in document.items] == ["On Tides"]
    assert [finding.code for finding in document.findings] == ["kind-by-content"]
    assert not read(named(BIBTEX, "list.bib")).findings


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("<!DOCTYPE html>\n<html><body><p>Tides</p></body></html>", "page.txt", "HTML"),
        ("\\documentclass{article}\n\\begin{document}\nTides\\end{document}", "-", "LaTeX"),
        ("{\\rtf1 Tides}", "a.txt", "RTF"),
        ("%PDF-1.5 …", "a.pdf", "PDF"),
        ('{"cells": [], "nbformat": 4}', "a.json", "notebook"),
        ("id,title\n1,Tides\n", "a.csv", "table of values"),
        ("cff-version: 1.2.0\ntitle: Tides\n", "CITATION.cff", "CITATION.cff"),
        ("some words\nand more of them\n", "notes.xyz", "no reader knows"),
    ],
)  # fmt: skip
def test_what_no_reader_reads_is_refused_with_the_kinds_that_are_read(text: str, name: str, kind: str) -> None:
    if any(kind in row.name for row in UNREAD) or kind == "no reader knows":
        with pytest.raises(UnreadableInput, match=kind) as refused:
            reader_for(SourceText(name, text, text.encode()))
        assert all(reader in refused.value.message for reader in READERS.names)


def test_a_binary_file_is_refused_unless_a_reader_of_bytes_is_there(tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    source = load(path, binary=True)
    assert not source.is_text
    with pytest.raises(UnreadableInput, match="not text"):
        reader_for(source)
    with pytest.raises(UnreadableInput, match="not text"):
        reader_for(source, "plain")


def test_a_reader_that_there_is_not_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean markdown"):
        reader_for(named(PLAIN, "a.txt"), "markdwn")


def test_the_kind_can_be_named_against_the_content() -> None:
    assert reader_for(named(BIBTEX, "a.bib"), "plain").name == "plain"
