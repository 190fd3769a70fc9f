"""The reader says how sure it is."""

from __future__ import annotations

import pytest

from dl4es_bib.read.reference import parse_reference

CLEAN = (
    'Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.',
    "Halden, R., & Lund, K. (2011). Lamps in fog. Harbour Letters, 4(2), 11–19.",
    "Nordin M, Vik T. Drift of buoys in narrow sounds. J Coast Res. 2015;31(4):801-9.",
)
UNCLEAR = (
    "We thank the members of the group for the long evenings at the harbour and for their patience.",
    "Lamps lenses 12 fog 7 Ode 3 harbour and 2 then",
    "))) 12 ((( – – : ; 7",
)


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_reference_is_read_with_confidence(text: str) -> None:
    work = parse_reference(text)
    assert work.confidence is not None
    assert work.confidence > 0.8
    title = work.fields["title"].confidence
    assert title is not None
    assert title > 0.8


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_no_reference_has_little_confidence(text: str) -> None:
    confidence = parse_reference(text).confidence
    assert confidence is None or confidence < 0.6


def test_identifiers_are_not_guessed_and_have_no_confidence() -> None:
    work = parse_reference("Ode, A. (2018). Fog. Harbour Letters, 45(2), 1–9. https://doi.org/10.5555/fog.1")
    assert work.fields["DOI"].confidence is None
    assert work.fields["volume"].confidence is not None


def test_confidence_does_not_make_two_works_different() -> None:
    from dataclasses import replace

    work = parse_reference(CLEAN[0])
    assert replace(work, confidence=0.1) == work


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t ",
        "\x00\x01\x02\x7f",
        "!!! --- ???",
        "א ב ג. דברים על הים. 2004.",
        "a" * 1_000_000,
        "1, 2; " * 100_000,
        "(" * 50_000 + ")" * 50_000,
        "“" * 20_000 + "x" + "”" * 20_000,
    ],
)
def test_bad_input_is_read_in_bounded_time_and_keeps_its_text(text: str) -> None:
    work = parse_reference(text)
    assert work.confidence is None or work.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "We then cleaned the lamps in 2018.",
        "The harbour was closed in 1998 because Lund and Berg had left, and nobody came back until 2003.",
        "As Ode et al. (2015) argue, lamps fail in winter.",
        "Mona Lund is a professor at the University of Bergen. She works on fog.",
        "Dear Ann, thank you for the letter of 3 May 2018. Best wishes, Bob",
        "Last updated: 3 May 2019",
        "Copyright 2018 Harbour Office. All rights reserved.",
    ],
)
def test_prose_with_years_and_names_is_believed_little(text: str) -> None:
    confidence = parse_reference(text).confidence
    assert confidence is not None
    assert confidence <= 0.5


def test_a_text_without_a_word_has_no_confidence_at_all() -> None:
    assert parse_reference("!!! ... --- ???").confidence == 0
