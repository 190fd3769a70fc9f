"""Citations of a document: named in the sentence, several in a note, linked, put in and taken out."""

from __future__ import annotations

from typing import Any

import pytest

from dl4es_bib.csl import CitedDocument, Processor, Style

ITEMS: list[dict[str, Any]] = [
    {"id": "lind", "type": "book", "title": "Ice", "author": [{"family": "Lind", "given": "Oskar"}],
     "publisher": "Fjord Press", "issued": {"date-parts": [[2001]]}},
    {"id": "moe", "type": "book", "title": "Snow", "author": [{"family": "Moe", "given": "Per"},
     {"family": "Vik", "given": "Jo", "non-dropping-particle": "van"}],
     "publisher": "Fjord Press", "issued": {"date-parts": [[1999]]}},
    {"id": "many", "type": "book", "title": "Frost", "author": [{"family": name} for name in ("Aas", "Bye", "Dahl")],
     "publisher": "Fjord Press", "issued": {"date-parts": [[2010]]}},
    {"id": "none", "type": "book", "title": "Hail", "issued": {"date-parts": [[2011]]}},
]  # fmt: skip


def processor_of(style: str, **options: Any) -> Processor:
    processor = Processor(Style.load(style), **options)
    processor.register(ITEMS)
    return processor


@pytest.mark.parametrize(
    ("style", "id", "expected"),
    [
        ("apa", "lind", "Lind (2001)"),
        ("apa", "many", "Aas et al. (2010)"),
        ("ieee", "lind", "Lind [1]"),
        ("ieee", "moe", "Moe and van Vik [2]"),
        ("ieee", "many", "Aas et al. [3]"),
        ("ieee", "none", "Hail [4]"),
        ("modern-language-association", "lind", "Lind"),
    ],
)
def test_a_narrative_citation_names_the_authors_before_it(style: str, id: str, expected: str) -> None:
    processor = processor_of(style)
    assert processor.cite([{"id": id, "narrative": True}]) == expected
    assert processor.citations([[{"id": id, "narrative": True}]]) == [expected]


def test_the_words_of_a_narrative_citation_are_those_of_the_locale() -> None:
    assert processor_of("ieee", locale="de-DE").cite([{"id": "moe", "narrative": True}]) == "Moe und van Vik [2]"


def test_a_narrative_citation_keeps_its_locator() -> None:
    assert processor_of("apa").cite([{"id": "lind", "narrative": True, "locator": "5"}]) == "Lind (2001, p. 5)"


def test_a_narrative_citation_in_a_note_is_the_whole_note() -> None:
    processor = processor_of("chicago-notes-bibliography")
    assert processor.cite([{"id": "lind", "narrative": True}]) == processor.cite(["lind"])


def test_authors_alone_are_given_in_numeric_styles_too() -> None:
    assert processor_of("nature").cite([{"id": "moe", "author-only": True}]) == "Moe and van Vik"


def test_several_citations_can_stand_in_one_note() -> None:
    found = processor_of("chicago-notes-bibliography").citations(
        [
            [{"id": "lind", "note-number": 1}],
            [{"id": "moe", "note-number": 1}],
            [{"id": "lind", "note-number": 2, "locator": "7"}],
        ]
    )
    assert found == ["Oskar Lind, Ice (Fjord Press, 2001).", "Per Moe and Jo van Vik, Snow (Fjord Press, 1999).",
                     "Lind, Ice, 7."]  # fmt: skip


def test_a_list_holds_what_is_cited_in_the_numbers_of_the_citations() -> None:
    document = CitedDocument(processor_of("ieee"))
    document.insert(0, ["moe"])
    document.insert(1, ["lind", "moe"])
    assert document.citations == ("[1]", "[1], [2]")
    assert [entry.text[:10] for entry in document.bibliography()] == ["[1] P. Moe", "[2] O. Lin"]


def test_a_citation_that_is_put_in_changes_the_numbers_after_it() -> None:
    document = CitedDocument(processor_of("ieee"))
    assert document.insert(0, ["moe"]) == {0: "[1]"}
    assert document.insert(1, ["moe"]) == {1: "[1]"}
    assert document.insert(0, ["lind"]) == {0: "[1]", 1: "[2]", 2: "[2]"}
    assert document.insert(99, ["lind"]) == {3: "[1]"}
    assert document.remove(0) == {0: "[1]", 1: "[1]", 2: "[2]"}
    assert document.replace(2, ["moe"]) == {2: "[1]"}
    assert len(document.bibliography()) == 1


def test_a_note_that_is_put_in_ends_ibid() -> None:
    document = CitedDocument(processor_of("mhra-notes"))
    document.insert(0, ["lind"])
    document.insert(1, ["lind"])
    whole, again = document.citations
    changed = document.insert(1, ["moe"])
    assert set(changed) >= {1}
    assert document.citations[0] == whole
    assert document.citations[2] == changed.get(2, again)
    back = document.remove(1)
    assert document.citations == (whole, again)
    assert set(back) <= {1}


def test_a_letter_of_a_year_appears_with_the_second_work() -> None:
    twin = {**ITEMS[0], "id": "twin", "title": "More ice"}
    processor = Processor(Style.load("apa"))
    processor.register([ITEMS[0]])
    document = CitedDocument(processor)
    assert document.insert(0, ["lind"]) == {0: "(Lind, 2001)"}
    processor.register([twin])
    assert document.insert(1, ["twin"]) == {0: "(Lind, 2001a)", 1: "(Lind, 2001b)"}


def test_an_unknown_id_stays_visible_in_a_document() -> None:
    document = CitedDocument(processor_of("ieee"))
    assert document.insert(0, ["lind", "nobody"]) == {0: "[1]; nobody?"}
    assert len(document.bibliography()) == 1


def test_cites_lead_to_their_entries() -> None:
    processor = processor_of("ieee", entry_links=True)
    assert processor.cite(["lind", "moe"], "html") == '<a href="#ref-lind">[1]</a>, <a href="#ref-moe">[2]</a>'
    assert '<div class="csl-entry" id="ref-lind">' in processor.html_list()
    assert processor.cite(["lind"], "text") == "[1]"
    assert processor.cite(["lind"], "latex") == r"\hyperlink{ref-lind}{[1]}"
    assert processor.cite(["lind"], "rtf") == r'{\field{\*\fldinst{HYPERLINK \\l "ref-lind"}}{\fldrslt{[1]}}}'


def test_the_anchor_of_an_odd_id_cannot_end_the_attribute() -> None:
    processor = Processor(Style.load("ieee"), entry_links=True)
    processor.register([{"id": '"><b>', "type": "book", "title": "Ice"}])
    assert 'href="#ref-.22.3e.3cb.3e"' in processor.cite(['"><b>'], "html")
    assert 'id="ref-.22.3e.3cb.3e"' in processor.html_list()


def test_an_address_in_a_linked_cite_keeps_its_own_link() -> None:
    processor = Processor(Style.load("chicago-notes-bibliography"), entry_links=True)
    processor.register([{**ITEMS[0], "URL": "https://example.org/ice"}])
    text = processor.cite(["lind"], "html")
    assert '<a href="https://example.org/ice">https://example.org/ice</a>' in text
    assert '<a href="#ref-lind">' in text


def test_years_that_are_collapsed_lead_to_their_own_entries() -> None:
    processor = Processor(Style.load("elsevier-harvard"), entry_links=True)
    processor.register([ITEMS[0], {**ITEMS[0], "id": "later", "issued": {"date-parts": [[2003]]}}])
    text = processor.cite(["lind", "later"], "html")
    assert text == '(<a href="#ref-later">Lind, 2003</a>, <a href="#ref-lind">2001</a>)'
