"""Notes of CSL-JSON items that Zotero uses for variables: nothing of them is lost."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.csljson import from_csl
from dl4es_bib.model.work import Source


@pytest.mark.parametrize(
    ("note", "variable", "value"),
    [
        ("DOI:10.5555/b", "DOI", "10.5555/b"),
        ("PMID:123", "PMID", "123"),
        ("Pages: 4-5", "page", "4-5"),
        ("Proceedings Title: Proc. of Ice", "container-title", "Proc. of Ice"),
        ("Series Number: 7", "collection-number", "7"),
        ("edition: 3 original-date: 1912", "edition", "3"),
        ("volume: 3; issue: 4", "issue", "4"),
        ("number: R-7; genre: Rapport; publisher: Ice Office", "publisher", "Ice Office"),
        ("Number: 7; Genre: Note", "genre", "Note"),
        ("article-number: 104", "number", "104"),
        ("DOI: https://doi.org/10.5555/c", "DOI", "10.5555/c"),
    ],
)
def test_a_line_of_a_note_is_the_variable_however_it_is_written(note: str, variable: str, value: str) -> None:
    work = from_csl({"id": "k", "type": "book", "title": "T", "note": note}, Source("test"))
    assert work.text(variable) == value
    assert work.text("note") == ""


def test_private_lines_beside_variables_are_kept_and_not_printed() -> None:
    note = "edition: 2\nread twice\ntex.ids: k2"
    work = from_csl({"id": "k", "type": "book", "title": "T", "note": note}, Source("test"))
    assert work.text("edition") == "2"
    assert work.text("note") == ""
    assert "read twice" in work.text("annote")
    assert "tex.ids: k2" in work.text("annote")


@pytest.mark.parametrize(
    ("kind", "note", "number"),
    [
        ("article", "arXiv:2201.01234 [cs]", "arXiv:2201.01234"),
        ("report", "arXiv: hep-th/9901001", "arXiv:hep-th/9901001"),
        ("document", "arXiv:2201.01234 [physics.ao-ph]\nread twice", "arXiv:2201.01234"),
        ("article-journal", "arXiv:2201.01234", ""),
    ],
)
def test_the_line_of_a_preprint_is_its_number_and_is_not_printed(kind: str, note: str, number: str) -> None:
    work = from_csl({"id": "k", "type": kind, "title": "T", "note": note}, Source("test"))
    assert (work.text("number"), work.text("note")) == (number, "")


@pytest.mark.parametrize("note", ["Warning: it differs.", "A part of it: see volume: 3", "https://example.org/a"])
def test_a_remark_with_a_colon_stays_the_note(note: str) -> None:
    work = from_csl({"id": "k", "type": "book", "title": "T", "note": note}, Source("test"))
    assert work.text("note") == note
