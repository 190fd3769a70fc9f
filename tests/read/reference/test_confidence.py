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


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2. Map of the coast of Norway. Source: Statistics Norway, 2018.",
        "for number in range(10): print(number, words[number:number+2])  # see Ode (2004)",
        "2026-11-28 11:02:29,123 ERROR [main] org.example.App - Failed to open /var/log/x.log (12): 5-9",
        "海洋的潮汐在2004年发生了很大的变化，作者认为第34卷第5期的研究是重要的。",
        '{"author": "Ode", "year": 2004, "pages": [12, 19]}',
    ],
)
def test_a_caption_code_a_log_and_prose_are_not_trusted(text: str) -> None:
    assert (parse_reference(text).confidence or 0) <= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "欧德, 王伟. 海岸灯塔研究[J]. 海洋学报, 2016, 34(5): 12-15.",
        "李明. 灯塔导论[M]. 北京: 海洋出版社, 2018.",
        "[3] 张三.近岸波浪[J].光学学报,2001,3(2):4-9.",
    ],
)
def test_chinese_marked_as_its_standard_has_it_is_sure_and_not_certain(text: str) -> None:
    confidence = parse_reference(text).confidence
    assert confidence is not None
    assert 0.7 < confidence < 0.9


def test_korean_without_marks_is_never_certain() -> None:
    confidence = parse_reference("김철수, 이영희. 바다의 조석. 해양학회지, 12(3), 45-67, 2004.").confidence
    assert confidence is not None
    assert confidence <= 0.7
