"""Records that say nothing: no item is made of them, and the reader of the file is told."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import SourceText
from dl4es_bib.read.readers import read

FULL_RIS = "TY  - JOUR\nAU  - Ode, Ann\nTI  - On tides\nER  - \n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.ris", f"TY  - JOUR\nER  - \n\n{FULL_RIS}", 1),
        ("b.ris", f"{FULL_RIS}\nTY  - BOOK\nID  - x7\nLA  - en\nKW  - sea\nER  - \n", 6),
        ("c.ris", f"{FULL_RIS}TY  - GEN\nTI  - \nAU  -\nER  -\n", 5),
        ("d.enw", "%0 Journal Article\n%A Ode, Ann\n%T On tides\n\n%0 Book\n%G en\n", 5),
        ("e.json", '[{"id": "a", "title": "On tides"},\n {"id": "b", "type": "book"}]', 2),
        ("f.nbib", "PMID- 12\nTI  - On tides\nFAU - Ode, Ann\n\nOWN - NLM\nLA  - eng\n\n", 0),
    ],
)
def test_an_empty_record_is_left_out_and_said(name: str, text: str, line: int) -> None:
    document = read(SourceText(name, text, text.encode()))
    assert [item.title for item in document.items] == ["On tides"]
    said = [finding for finding in document.findings if finding.code == "empty-record"]
    assert [finding.span.line for finding in said if finding.span] == ([line] if line else [])


@pytest.mark.parametrize(
    "text", ["TY  - JOUR\nDO  - 10.5555/a\nER  - \n", "TY  - JOUR\nUR  - https://example.org/a\nER  - \n"]
)
def test_an_identifier_or_an_address_is_something(text: str) -> None:
    document = read(SourceText("a.ris", text, text.encode()))
    assert len(list(document.items)) == 1
    assert not [finding for finding in document.findings if finding.code == "empty-record"]
