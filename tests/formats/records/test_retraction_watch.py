"""Exports of the Retraction Watch database."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.records.retraction_watch import Notice, NotTheExport, read
from dl4es_bib.model import identifier as ids

HEAD = "Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"


def test_each_work_has_its_notices_oldest_first() -> None:
    text = HEAD + (
        '1,"A, b",5/28/2019 0:00,10.1234/n2,10.5555/A,0,Retraction,+Error;\n'
        "2,A,3/2/2018 12:00:00 AM,10.1234/n1,10.5555/a,0,Expression of concern,\n"
        "3,B,1/1/2020 0:00,unavailable,unavailable,1234,Correction,\n"
    )
    found = read(text)
    doi, pmid = ids.doi("10.5555/a"), ids.pmid("1234")
    assert doi is not None
    assert pmid is not None
    assert [notice.nature for notice in found[doi]] == ["expression of concern", "retraction"]
    assert found[pmid] == (Notice("correction", "", "2020-01-01"),)
    assert str(found[doi][1]) == "retraction of 2019-05-28 (10.1234/n2)"


def test_a_reinstatement_takes_the_retraction_back() -> None:
    text = HEAD + "1,A,1/1/2019,,10.5555/a,0,Retraction,\n2,A,1/1/2020,,10.5555/a,0,Reinstatement,\n"
    assert read(text) == {}
    assert next(iter(read(text.replace("1/1/2020", "1/1/2018")).values()))[0].nature == "retraction"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "<html>", HEAD.replace("OriginalPaperDOI", "DOI")])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(NotTheExport):
        read(text)


@given(st.text())
def test_no_row_makes_it_fail(row: str) -> None:
    with suppress(NotTheExport):
        assert all(notices for notices in read(HEAD + row).values())
