"""Where a value came from, as text and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.store.provenance import placed, same_origin, source_of, text_of
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source


def test_a_source_reads_as_a_person_would_say_it() -> None:
    record = Source("record", "crossref", "10.5555/a", retrieved="2026-01-03T00:00:00+00:00", confirmed=False)
    assert text_of(record) == "record crossref 10.5555/a at 2026-01-03T00:00:00+00:00 (unconfirmed)"
    assert text_of(Source("text", "my list.md", span=Span("my list.md", 3, 7))) == "text my%20list.md:3"
    assert text_of(Source("user", "references.bib")) == "user references.bib"


def test_the_time_does_not_make_another_origin() -> None:
    first = Source("record", "crossref", "10.5555/a", retrieved="2026-01-03")
    assert same_origin(first, Source("record", "crossref", "10.5555/a", retrieved="2026-02-04"))
    assert not same_origin(first, Source("record", "datacite", "10.5555/a", retrieved="2026-01-03"))


NAMES = st.text(min_size=1, max_size=9) | st.sampled_from(["a at 2026", "x:3", "-", "50 %", " (unconfirmed)", "a b"])
TIMES = st.sampled_from(["", "2026-01-03T00:00:00+00:00", "2026-01-03"])


@given(st.sampled_from(["record", "user", "rule"]), NAMES | st.just(""), NAMES | st.just(""), TIMES, st.booleans())
def test_every_source_comes_back_from_its_text(kind: str, name: str, record: str, time: str, confirmed: bool) -> None:
    source = Source(kind, name, record, retrieved=time, confirmed=confirmed)  # type: ignore[arg-type]
    if name != "-":
        assert source_of(text_of(source)) == source
    assert placed(placed(source)) == placed(source)


@given(NAMES, st.integers(1, 99_999), st.integers(1, 80))
def test_a_place_in_a_text_comes_back_as_file_and_line(file: str, line: int, column: int) -> None:
    source = Source("text", file, span=Span(file, line, column))
    assert source_of(text_of(source)) == Source("text", file, span=Span(file, line))


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(source_of(text), Source)
