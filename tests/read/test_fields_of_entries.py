"""The fields of an entry that was read, as they are written in the file."""

from __future__ import annotations

import pytest

from dl4es_bib.read.bibtex import entries_in


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("@book{a, Title = {Tides  of\n Oslo}, YEAR = 2004}", (("Title", "Tides of Oslo"), ("YEAR", "2004"))),
        ("@book{a, note = {one}, Note = {two}}", (("note", "one"), ("Note", "two"))),
        ('@string{s = "Sea"}@book{a, title = s # " {Of}", month = jun}', (("title", "Sea {Of}"), ("month", "jun"))),
        ("@article{a, journal = apj, title = {}}", (("journal", ""), ("title", ""))),
    ],
)  # fmt: skip
def test_every_field_is_kept_with_its_name_as_written(text: str, fields: tuple[tuple[str, str], ...]) -> None:
    (entry,), _ = entries_in(text, "own.bib")
    assert entry.fields == fields
