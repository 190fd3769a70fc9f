"""Words as a printed page has them, and the lines of a printed list."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.read.plain import italics_of, numbered, read_plain
from dl4es_bib.read.printed import cleaned, from_cork, is_cork, rejoined, whole_words

HYPHEN = "\ufffe"


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        (f"the charac{HYPHEN}", "terization of", "the characterization"),
        (f"Ode, Kieber{HYPHEN}", "Emmons, A.", "Ode, Kieber-Emmons,"),
        (f"IEEE INFO{HYPHEN}", "COM, 2009", "IEEE INFOCOM,"),
        (f"a study by RT{HYPHEN}", "PCR of", "a study by RT-PCR"),
        (f"carbon{HYPHEN}", "13 in", "carbon-13"),
        (f"pages 1097a{HYPHEN}", "1097. End", "pages 1097a-1097."),
        (f"a knowledge{HYPHEN}", "based system", "a knowledge-based"),
        (f"the sea{HYPHEN}", "level rise", "the sea-level"),
        ("Sea Notes, 12, 992–", "1001. https://x.org", "Sea Notes, 12, 992–1001."),
        ("Risks of Use—", "Reply. JAMA", "Risks of Use—Reply."),
    ],
)
def test_what_a_line_end_cuts_is_put_together(line: str, following: str, whole: str) -> None:
    found = rejoined(line, following)
    assert found is not None
    assert found[0] == whole


def test_both_halves_being_words_of_the_document_keeps_the_hyphen() -> None:
    known = whole_words(["We ask how a host and virus infected by wind behave.", "The response to a dose is large."])
    assert rejoined(f"a dose{HYPHEN}", "response curve", known) == ("a dose-response", "curve")
    assert rejoined(f"a do{HYPHEN}", "main of", known) == ("a domain", "of")
    assert rejoined("no cut", "here") is None


@pytest.mark.parametrize(
    ("printed", "text"),
    [("biblioth`eque", "bibliothèque"), ("\u00a8Uber", "Über"), ("\u015e\u00a8urk", "Şürk"),
     ("c\u00b8a", "ça"), ("Mar\u00b4\u0131a", "María"), ("e\ufb03cient", "efficient")],
)  # fmt: skip
def test_letters_of_old_fonts_are_put_right(printed: str, text: str) -> None:
    assert cleaned(printed) == text


def test_a_last_page_or_year_at_the_beginning_of_a_line_is_no_number_of_an_entry() -> None:
    lines = [
        "1. Ode, A. (2001). On tides. Sea Notes, 12, 992–",
        "1001. https://doi.org/10.5555/tide.1",
        "2. Kim, B. (2010). On waves. Sea Notes, 13(4),",
        "2010. doi:10.5555/wave.2",
        "3. Dee, C. (2011). On salt.",
    ]
    assert numbered(lines) == [True, False, True, False, True]
    assert numbered(["[7] Ode, A.", "12. Sea", "[8] Kim"]) == [True, False, True]
    assert numbered(["45. Ode, A.", "44. Kim, B.", "43. Dee, C."]) == [True, True, True]


@pytest.mark.parametrize(
    "cut",
    [
        "Ode, A. (2001). On tides and\nstreams. Sea Notes, 12(3), 992–\n1001. https://doi.org/10.5555/tide.2001.17",
        "Ode, A. (2001). On tides and streams. Sea Notes, 12(3), 992–1001. https:\n//doi.org/10.5555/tide.\n2001.17",
        "Ode, A. (2001). On tides and streams. Sea Notes, 12(3), 992–1001. https://\ndoi.org/10.5555/\ntide.2001.17",
        "Ode, A. (2001). On tides and streams. Sea Notes, 12(3), 992–1001. https://doi.org/10.5555/tide.2001.\n17",
    ],
)
def test_a_reference_holds_together_wherever_its_lines_end(cut: str) -> None:
    (item,) = read_plain(decode(f"{cut}\n".encode(), "list.txt")).items
    assert item.fields is not None
    assert (item.fields.text("DOI"), item.fields.text("page")) == ("10.5555/tide.2001.17", "992–1001")


def test_italics_that_a_page_shows_part_title_and_journal() -> None:
    text = "Ode A. Proceedings: Tides X. Archives of Sea 118, 91 (1990)."
    assert [(face.start, face.end) for face in italics_of(text, ["Archives of", "Sea"])] == [(29, 44)]
    (item,) = read_plain(decode(text.encode(), "list.txt"), slanted={1: ["Archives of", "Sea"]}).items
    assert item.fields is not None
    assert (item.fields.title, item.fields.text("container-title")) == ("Proceedings: Tides X", "Archives of Sea")


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ("S. Gündo§du and A. R. Kö³ker, \x10Plastic,\x11 PeerJ", "S. Gündoğdu and A. R. Köşker, “Plastic,” PeerJ"),
        ("M. Kova£i¢, I. Horvati¢. \x12Lampe\x11", "M. Kovačić, I. Horvatić. „Lampe”"),
        ("Dvo°ák, Krej£í", "Dvořák, Krejčí"),
        ("5 m³ at § 4 and 20 °C, LEGO® bricks", "5 m³ at § 4 and 20 °C, LEGO® bricks"),
    ],
)
def test_a_font_in_the_cork_encoding_gives_its_letters_and_quotation_marks(given: str, whole: str) -> None:
    assert from_cork(given) == whole


def test_only_marks_of_that_font_show_it() -> None:
    assert is_cork("pages 3\x154")
    assert not is_cork("pages 3–4, “Lamps”, § 4")
