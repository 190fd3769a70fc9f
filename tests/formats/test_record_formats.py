"""The list of record formats: each reads what it writes, and content tells them apart."""

from __future__ import annotations

import json

import pytest

from dl4es_bib.formats.record_formats import RECORD_FORMATS, RecordFormat, format_of
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

_SOURCE = Source("user", "test")
_WORK = Work.of(
    "article-journal",
    {
        "title": "Waves on a lake",
        "author": (Name("Ode", "Ann"),),
        "container-title": "Lake Letters",
        "issued": PartialDate(2004),
        "volume": "12",
        "page": "1-9",
        "DOI": "10.5555/lake.1",
    },
    _SOURCE,
)
_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2104.05107v2</id>
<title>Ice on rivers</title><published>2021-04-11T20:00:00Z</published><author><name>Ann Ode</name></author>
</entry></feed>"""
_SAMPLES = {
    "bibtex": "% a library\n\n@article{a, title = {Waves}}",
    "csl-json": '[{"id": "a", "type": "book", "title": "Waves"}]',
    "ris": "TY  - JOUR\r\nTI  - Waves\r\nER  - \r\n",
    "crossref": '{"status": "ok", "message": {"DOI": "10.5555/a", "title": ["Waves"]}}',
    "datacite": '{"data": {"id": "10.5555/b", "attributes": {"doi": "10.5555/b", "titles": [{"title": "Waves"}]}}}',
    "arxiv": _ATOM,
}


@pytest.mark.parametrize("name", _SAMPLES)
def test_the_content_tells_the_format_whatever_the_file_is_called(name: str) -> None:
    found = format_of(_SAMPLES[name], "records.txt")
    assert found is not None
    assert found.name == name
    assert found.read is not None
    works, _ = found.read(_SAMPLES[name], "records.txt")
    assert [work.work.title for work in works] == ["Ice on rivers" if name == "arxiv" else "Waves"]


def test_prose_is_no_record() -> None:
    assert format_of("Ode, A. (2004). Waves.", "list.txt") is None
    assert format_of("", "empty.ris") is RECORD_FORMATS.named("ris")


@pytest.mark.parametrize("row", [row for row in RECORD_FORMATS if row.read and row.write], ids=lambda row: row.name)
def test_what_a_format_writes_it_reads(row: RecordFormat) -> None:
    assert row.read is not None
    assert row.write is not None
    ((read,), findings) = row.read(row.write([("ode2004", _WORK)]), "file")
    assert findings == ()
    # CITATION.cff has no place for a key.
    assert read.id == ("" if row.name == "cff" else "ode2004")
    assert {name: field.value for name, field in read.work.fields.items()} == {
        name: field.value for name, field in _WORK.fields.items()
    }


@pytest.mark.parametrize("row", [row for row in RECORD_FORMATS if row.write], ids=lambda row: row.name)
@pytest.mark.parametrize("title", ["", "/", "{", "///", "\u202e", "\ud800", " ", "}\u0301", "a\nb"])
@pytest.mark.parametrize("kind", ["software", "", "article-journal", "thesis"])
def test_a_title_that_says_nothing_can_be_written(row: RecordFormat, title: str, kind: str) -> None:
    assert row.write is not None
    text = row.write([("a", Work.of(kind, {"title": title, "version": "1"}, _SOURCE))])
    if row.read is not None:
        assert len(row.read(text, "file")[0]) == 1


@pytest.mark.parametrize("row", [row for row in RECORD_FORMATS if row.read], ids=lambda row: row.name)
@pytest.mark.parametrize(
    "text",
    ["", "\ufeff", "[[[[", "{}", "[" * 100_000, "<feed>", "@", "TY  - ", "null", '{"DOI": 5}', '[{"title": []}]'],
)
def test_what_is_none_of_it_is_no_exception(row: RecordFormat, text: str) -> None:
    assert row.read is not None
    works, findings = row.read(text, "file")
    assert isinstance(works, tuple)
    assert all(finding.message for finding in findings)


def test_records_on_lines_are_read_around_a_broken_one() -> None:
    lines = [json.dumps({"DOI": f"10.5555/{number}", "title": [f"T{number}"]}) for number in (1, 2)]
    row = RECORD_FORMATS.named("crossref")
    assert row.read is not None
    works, findings = row.read("\n".join([lines[0], "{broken", lines[1]]), "r.jsonl")
    assert [work.work.title for work in works] == ["T1", "T2"]
    assert [finding.span.line for finding in findings if finding.span] == [2]


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean bibtex"):
        RECORD_FORMATS.named("bibtx")
