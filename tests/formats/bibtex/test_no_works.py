"""What of a .bib file is no work, and what of a work is not printed."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.bibtex import from_entry, to_entry
from dl4es_bib.formats.record_formats import RECORD_FORMATS
from dl4es_bib.model.work import Source, Work

SOURCE = Source("user", "a.bib")


def read(text: str) -> list[str]:
    row = RECORD_FORMATS.named("bibtex")
    assert row.read is not None
    return [keyed.id for keyed in row.read(text, "a.bib")[0]]


@pytest.mark.parametrize(
    "entry",
    ['@IEEEtranBSTCTL{c, CTLuse_url = "no"}', "@CONTROL{c, author = {08}}", "@xdata{c, publisher = {P}}",
     "@Set{c, entryset = {a,b}}", "@bibnote{c, note = {N}}", "@ELSARTBSTCTL{c, x = {y}}"],
)  # fmt: skip
def test_entries_that_are_no_works_are_not_read_as_works(entry: str) -> None:
    assert read(entry + "\n@book{a, title = {T}}\n") == ["a"]


@pytest.mark.parametrize("role", ["author", "editor", "translator"])
@pytest.mark.parametrize("ending", [" and others", " and et al.", " et al.", " and {et al.}"])
def test_et_al_is_known_in_every_role_and_written_again(role: str, ending: str) -> None:
    work = from_entry("book", {role: "Kim, A. and Roe, B." + ending, "title": "T"}, SOURCE)
    assert [name.family for name in work.names(role)] == ["Kim", "Roe"]
    assert work.is_incomplete(role)
    assert to_entry(work, "biblatex").get(role) == "Kim, A. and Roe, B. and others"


def container(kind: str, **fields: str) -> str:
    work: Work = from_entry(kind, {"title": "T", **fields}, SOURCE)
    return work.text("container-title") + work.text("medium")


def test_the_booktitle_that_a_book_lends_is_not_its_own_container() -> None:
    assert container("proceedings", booktitle="T") == ""
    assert container("collection", booktitle="Another") == ""
    assert container("incollection", booktitle="B") == "B"


def test_howpublished_is_printed_where_bibtex_prints_it() -> None:
    assert container("booklet", howpublished="by hand") == "by hand"
    assert container("inproceedings", booktitle="B", howpublished="CD") == "B"
    assert container("book", howpublished="CD") == ""
