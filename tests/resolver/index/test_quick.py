"""Quick reading of records: what it finds is what the work says, whatever the record holds."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dl4es_bib.model.span import Span
from dl4es_bib.resolver.index import quick
from dl4es_bib.resolver.index.candidates import Record
from dl4es_bib.resolver.index.keys import work_coordinates, work_terms
from dl4es_bib.resolver.index.stored import as_work, work_identifiers

TEXTS = st.one_of(
    st.sampled_from(
        [
            "Salt in the deep sea", "Tide &amp; fog", "Salt & sea", "<i>Mytilus edulis</i> in CO<sub>2</sub>", "",
            "RETRACTED: Fog", "Retracted article: Tides", "Withdrawn - Salt", "Über das Öresund 🌊", "海の塩と潮", " ",
            "10.1000/a.1", "a b c d e f " * 30, "x" * 90, "Fog. A review.", "Removal of salt", "naïve β-waves", "ß",
            "don't_stop", "It’s", "1-2-3 go", "Sea, 2nd ed. [in German]", "&", "A&B", "&lt;b&gt;", "ＦＯＧ", "Null",
        ]
    ),
    st.text(max_size=40),
)  # fmt: skip
ODD = st.one_of(st.none(), st.integers(-5, 3000), st.booleans(), st.just({}), st.just([]), st.just([None]), TEXTS)
LISTS = st.one_of(TEXTS.map(lambda text: [text]), st.lists(TEXTS, max_size=3), ODD)
FAMILIES = st.sampled_from(
    ["Ode", "Li", "de Hoop", "Smith-Jones", "Abdo Qomi", "O'Neil", "Ødegård", "Null", "McX", "van der Berg", "ODE",
     "Jr", "Anonymous", "Ode, A.", "The Group", "X", "", "Ode 3", "III", "王"]
)  # fmt: skip
PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "family": st.one_of(FAMILIES, ODD),
        "given": st.one_of(st.sampled_from(["Ada", "A.", "A. B.", "Null", "ada", "Ada Jr", "de", "J.-P.", "Ode"]), ODD),
        "suffix": TEXTS,
        "name": TEXTS,
        "literal": TEXTS,
        "sequence": st.just("first"),
        "ORCID": st.just("https://orcid.org/0000-0002-1825-0097"),
    },
)
DATES = st.one_of(
    st.lists(st.one_of(st.integers(-1, 2105), st.none(), st.just("2001")), max_size=3).map(
        lambda parts: {"date-parts": [parts]}
    ),
    st.just({"date-parts": [[2001], [2002]]}),
    st.just({"date-parts": [[2001, 5]], "date-time": "2001-05-01"}),
    ODD,
)
NUMBERS = st.one_of(
    st.sampled_from(
        ["3", "003", "12", "Vol. 5", "83 (1999)", "49B", "e0151817", "L341-L350", "iv-vi", "n/a-n/a", "31-1310-31-1310",
         "017", "1-9", "5-5", "pp. 7-9", "123–8", "1,234–1,250", "٣", "0", "S12", "Publish Ahead of Print", "-", "²"]
    ),
    ODD,
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["journal-article"] * 9 + ["book-chapter"]),
        "title": LISTS,
        "author": st.lists(PEOPLE, max_size=4),
    },
    optional={
        "container-title": LISTS,
        "short-container-title": LISTS,
        "subtitle": LISTS,
        "editor": st.lists(PEOPLE, max_size=2),
        "issued": DATES,
        "published-print": DATES,
        "published-online": DATES,
        "published": DATES,
        "journal-issue": st.one_of(st.fixed_dictionaries({}, optional={"published-print": DATES}), ODD),
        "volume": NUMBERS,
        "page": NUMBERS,
        "article-number": NUMBERS,
        "alternative-id": st.one_of(st.just(["S0012821X20301234"]), LISTS),
        "updated-by": st.one_of(st.just([{"type": "retraction", "DOI": "10.1000/r"}]), ODD),
        "ISBN": st.one_of(st.just(["9780306406157"]), ODD),
        "event": st.one_of(st.just({"name": "Fog Days", "start": {"date-parts": [[2003]]}}), ODD),
        "unconfirmed": st.just(["title"]),
    },
)  # fmt: skip


@given(data=RECORDS)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_read_quickly_is_what_the_work_says(data: dict[str, Any]) -> None:
    doi = "10.1000/a.1"
    record = Record("crossref", {**data, "DOI": doi}, doi, Span("records.jsonl", 1))
    signs = quick.signs_of(record)
    work = as_work("crossref", record.data, doi)
    assert signs.terms == work_terms(work)
    assert set(signs.coordinates) == work_coordinates(work)
    assert set(signs.identifiers) == {(found.kind, found.value) for found in work_identifiers(work, record)}
