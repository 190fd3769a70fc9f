"""The title of an entry by itself is the title of its work."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.formats.bibtex.read import title_of
from dl4es_bib.model.work import Source

PARTS = st.sampled_from(["Tides", "{DNA}", "\\emph{Mare}", "x$^2$", "Büro", "<b", "&", "", " ", "of", "?", "{A {B}}"])
TITLES = st.lists(PARTS, max_size=6).map(" ".join)


@given(title=TITLES, subtitle=TITLES, addon=TITLES, name=st.sampled_from(["title", "Title", "TITLE"]))
def test_a_title_read_alone_is_that_of_the_whole_entry(title: str, subtitle: str, addon: str, name: str) -> None:
    fields = {name: title, "subtitle": subtitle, "titleaddon": addon, "year": "2004", "author": "Ode, Ann"}
    assert title_of(fields) == from_entry("article", fields, Source("user")).title
