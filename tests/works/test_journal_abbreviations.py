"""Names of journals shortened after ISO 4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.works.journal_abbreviations import abbreviated


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Journal of the American Chemical Society", "J. Am. Chem. Soc."),
        ("Quarterly Journal of the Royal Meteorological Society", "Q. J. R. Meteorol. Soc."),
        ("New England Journal of Medicine", "N. Engl. J. Med."),
        ("New Zealand Journal of Geology", "N. Z. J. Geol."),
        ("Angewandte Chemie International Edition", "Angew. Chem. Int. Ed."),
        ("Annales de Chimie et de Physique", "Ann. Chim. Phys."),
        ("Environmental Science & Technology", "Environ. Sci. Technol."),
        ("Palaeogeography, Palaeoclimatology, Palaeoecology", "Palaeogeogr. Palaeoclimatol. Palaeoecol."),
        ("Monthly Weather Review", "Mon. Weather Rev."),
        ("IEEE Transactions on Geoscience and Remote Sensing", "IEEE Trans. Geosci. Remote Sens."),
        ("Zeitschrift für Physik", "Z. Phys."),
        ("Annales de l'Institut Fourier", "Ann. Inst. Fourier"),
        ("Économie et Statistique", "Écon. Stat."),
        ("Proceedings of the National Academy of Sciences of the United States of America",
         "Proc. Natl. Acad. Sci. U. S. A."),
    ],
)  # fmt: skip
def test_words_are_shortened_and_small_words_go(name: str, expected: str) -> None:
    assert abbreviated(name) == expected


@pytest.mark.parametrize(
    "name", ["Nature", "The Cryosphere", "Tectonophysics", "Physica A", "PLOS ONE", "Phys. Rev. D"]
)
def test_a_name_of_one_word_and_one_that_is_short_already_stay(name: str) -> None:
    assert abbreviated(name) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Journal of the Optical Society of America B", "J. Opt. Soc. Am. B"),
        ("Acta Crystallographica Section A", "Acta Crystallogr. Sect. A"),
        ("Proceedings of the Royal Society A: Mathematical and Physical Sciences", "Proc. R. Soc. A"),
        ("Journal of Physics: Condensed Matter", "J. Phys.: Condens. Matter"),
    ],
)
def test_sections_stay(name: str, expected: str) -> None:
    assert abbreviated(name) == expected


@given(st.text(max_size=80))
def test_any_text_stays_a_text_and_what_is_short_is_not_shortened_again(name: str) -> None:
    once = abbreviated(name)
    assert bool(once.strip()) == bool(name.strip())
    if "." in once and "." not in name:
        assert abbreviated(once) == once
