"""Whether two names are of one journal, series or conference."""

from __future__ import annotations

import pytest

from dl4es_bib.works.containers import names_agree


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("Geophys. Res. Lett.", "Geophysical Research Letters"),
        ("J Geophys Res", "Journal of Geophysical Research: Solid Earth"),
        ("Proc. Natl. Acad. Sci.", "Proceedings of the National Academy of Sciences"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Physics & Chemistry of the Earth", "Physics and Chemistry of the Earth"),
        ("The Cryosphere", "Cryosphere"),
        ("Proceedings of the 31st International Conference on Machine Learning", "Int. Conf. on Machine Learning"),
        ("Revista de Geología", "REVISTA DE GEOLOGIA"),
    ],
)
def test_these_are_one(short: str, whole: str) -> None:
    assert names_agree(short, whole)
    assert names_agree(whole, short)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sea Letters", "Lake Letters"),
        ("Nature", "Nature Geoscience"),
        ("Nature", "Nature Reviews Earth & Environment"),
        ("Journal of Climate", "Journal of Hydrology"),
        ("Journal of Physics A", "Journal of Physics B"),
        ("Conference on Machine Learning", "Conference on Computer Vision"),
    ],
)
def test_these_are_two(one: str, other: str) -> None:
    assert not names_agree(one, other)
    assert not names_agree(other, one)
