"""Whether a query holds words to search for is found without reading all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.model.work import Source, Work
from dl4es_bib.resolver.evidence import Citation
from dl4es_bib.resolver.evidence.citation import says_anything
from dl4es_bib.resolver.provider import Query

PARTS = st.sampled_from(
    ["Tides of old", "[1]", "12.", "https://a.example/b", "10.5555/a.1", "arXiv:2101.00001", "PMID 1234567", "  ", "…"]
)


@given(parts=st.lists(PARTS, max_size=4), title=st.sampled_from(["", "Tides", "?"]))
def test_it_is_what_the_citation_says(parts: list[str], title: str) -> None:
    query = Query("1", " ".join(parts), Work.of("book", {"title": title}, Source("user")))
    assert says_anything(query) == bool(Citation.of(query).text.strip())
