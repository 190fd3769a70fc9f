"""Languages survive the way from babel's names to tags and back."""

from __future__ import annotations

import pytest

from dl4es_bib.formats.bibtex import from_entry, to_entry
from dl4es_bib.formats.bibtex.languages import babel_name, tag_of
from dl4es_bib.model.work import Source


@pytest.mark.parametrize(
    ("name", "tag"),
    [("british", "en-GB"), ("american", "en-US"), ("ngerman", "de"), ("naustrian", "de-AT"), ("mexican", "es-MX"),
     ("greek", "el"), ("nynorsk", "nn"), ("latin", "la"), ("hebrew", "he"), ("canadien", "fr-CA")],
)  # fmt: skip
def test_a_language_keeps_its_region_both_ways(name: str, tag: str) -> None:
    work = from_entry("book", {"title": "T", "langid": name}, Source("user", "a.bib"))
    assert work.text("language") == tag
    assert to_entry(work, "biblatex").get("langid") == name


@pytest.mark.parametrize(
    ("written", "tag"), [("UKenglish", "en-GB"), ("German", "de"), ("fre", "fr"), ("de-DE", "de-DE")]
)
def test_other_spellings_are_known(written: str, tag: str) -> None:
    assert tag_of(written) == tag


def test_what_babel_has_no_name_for_is_kept_as_a_language() -> None:
    work = from_entry("book", {"title": "T", "language": "German and English"}, Source("user", "a.bib"))
    assert to_entry(work, "biblatex").get("language") == "German and English"
    assert babel_name("sv-SE") == "swedish"
