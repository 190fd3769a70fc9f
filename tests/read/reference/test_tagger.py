"""The tagger: words, labels, fields, and the model with and without its library."""

from __future__ import annotations

import gzip

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.reading import prepare, read_by_rules
from dl4es_bib.read.reference.tagger.decode import decode, people
from dl4es_bib.read.reference.tagger.features import attributes
from dl4es_bib.read.reference.tagger.labels import rule_labels
from dl4es_bib.read.reference.tagger.model import FILE, model, read_model
from dl4es_bib.read.reference.tagger.tagging import tag
from dl4es_bib.read.reference.tagger.tokens import MOST_TOKENS, tokenize
from dl4es_bib.read.reference.tagger.viterbi import PlainModel

REFERENCES = (
    'Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.',
    "Lund K, Halden R. Lamps in fog. Harb Lett. 2011;4(2):11-19.",
    "M. Nordin and T. Vik, Charts of Small Coasts (Fjord Press, Bergen, 1987).",
    "欧德, 王伟. 海岸灯塔研究[J]. 海洋学报, 2016, 34(5): 12-15.",
)


def _labels(text: str, *marks: tuple[str, str]) -> list[str]:
    """A label for each word of a text: that of the first phrase that holds it."""
    tokens = tokenize(text)
    out = ["O"] * len(tokens)
    for phrase, label in marks:
        start = text.index(phrase)
        for index, place in enumerate(tokens.starts):
            if start <= place < start + len(phrase):
                out[index] = label
    return out


def test_words_carry_quotes_brackets_and_markup() -> None:
    tokens = tokenize("Ode A. “On Tides” (ed.) Sea Letters", ("Sea Letters",), ("Tides",))
    assert tokens.words == ("Ode", "A", "On", "Tides", "ed", "Sea", "Letters")
    assert tokens.quoted == (False, False, True, True, False, False, False)
    assert tokens.depth == (0, 0, 0, 0, 1, 0, 0)
    assert tokens.italic == (False, False, False, False, False, True, True)
    assert tokens.bold == (False, False, False, True, False, False, False)


def test_labels_of_numbers_and_east_asian_counters_are_words_of_their_own() -> None:
    assert tokenize("vol12, pp45-67").words == ("vol", "12", "pp", "45", "67")
    assert tokenize("第16卷, 第4期").words == ("第", "16", "卷", "第", "4", "期")


def test_names_with_hyphens_and_apostrophes_are_one_word() -> None:
    assert tokenize("Smith-Jones, O'Hara & d’Arc").words == ("Smith-Jones", "O'Hara", "d’Arc")


def test_a_long_text_is_labelled_up_to_a_bound() -> None:
    assert len(tokenize("word " * 5000)) == MOST_TOKENS


def test_labels_become_fields_with_their_brackets_and_signs() -> None:
    text = "Ode, A. (2004). Why C++? Sea Letters (B), 12(3), 5–9."
    labels = _labels(
        text,
        ("Ode, A", "A"),
        ("2004", "D"),
        ("Why C", "T"),
        ("Sea Letters (B", "J"),
        ("12", "V"),
        ("3", "I"),
        ("5–9", "P"),
    )
    values, et_al, _ = decode(tokenize(text), labels)
    assert values["title"] == "Why C++?"
    assert values["container-title"] == "Sea Letters (B)"
    assert values["page"] == "5-9"
    assert values["author"] == (Name(family="Ode", given="A."),)
    assert not et_al


def test_et_al_after_the_authors_is_kept_as_such() -> None:
    text = "Ode, A. et al. Tides. Sea Letters, 2004."
    _, et_al, _ = decode(tokenize(text), _labels(text, ("Ode, A", "A"), ("Tides", "T"), ("Sea Letters", "J")))
    assert et_al


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Ode, A., Roe, B. & Vik, T.", ["Ode", "Roe", "Vik"]),
        ("A. Ode; B. Roe; T. Vik", ["Ode", "Roe", "Vik"]),
        ("Ode A, Roe B, Vik T (eds.)", ["Ode", "Roe", "Vik"]),
        ("Ann Ode, Bob Roe and Tove Vik", ["Ode", "Roe", "Vik"]),
    ],
)
def test_a_text_of_names_alone_is_divided(text: str, families: list[str]) -> None:
    assert [name.surname for name in people(text)[0]] == families


def test_the_rules_values_are_found_again_in_the_text() -> None:
    prepared = prepare(REFERENCES[0])
    tokens = tokenize(prepared.rest)
    labels = rule_labels(tokens, read_by_rules(prepared))
    assert labels == ["A", "A", "T", "T", "J", "J", "V", "I", "D", "P", "P"]


@pytest.mark.parametrize("text", REFERENCES)
def test_the_plain_model_answers_as_the_library_does(text: str) -> None:
    pytest.importorskip("pycrfsuite")
    from importlib import resources

    data = gzip.decompress(resources.files("dl4es_bib.read.reference.tagger").joinpath(FILE).read_bytes())
    prepared = prepare(text)
    work = read_by_rules(prepared)
    tokens = tokenize(prepared.rest)
    rows = attributes(tokens, rule_labels(tokens, work), work.type)
    labels, likely = read_model(data).label(rows)
    plain_labels, plain_likely = read_model(data, plain=True).label(rows)
    assert plain_labels == labels
    assert plain_likely == pytest.approx(likely, abs=1e-6)


def test_a_file_that_is_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="not a model of CRFsuite"):
        PlainModel.read(b"something else")


def test_a_text_without_words_is_not_labelled() -> None:
    labeller = model()
    assert labeller is not None
    prepared = prepare("… — !!")
    assert tag(prepared, read_by_rules(prepared), labeller) is None


@pytest.mark.parametrize("text", ["with J. Ode and H. Berg", "(with Ann Ode and Hal Berg", "by Kim Ode; Lee Berg"])
def test_the_word_before_the_names_is_no_part_of_the_first(text: str) -> None:
    assert [name.family for name in people(text)[0]] == ["Ode", "Berg"]
