"""Whether two names are of one journal, series or conference."""

from __future__ import annotations

import pytest

from dl4es_bib.works.containers import is_conference_acronym, names_agree


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


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("CSF", "2022 IEEE 35th Computer Security Foundations Symposium (CSF)"),
        ("Proc. DAS 2012", "2012 10th IAPR International Workshop on Document Analysis Systems"),
        ("ICLR", "International Conference on Learning Representations"),
        ("NeurIPS", "Advances in Neural Information Processing Systems"),
        ("CVPR'16", "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"),
        ("Proceedings of IEEE AFRICON", "AFRICON 2009"),
        ("MobiCom", "Proceedings of the 9th annual international conference on Mobile computing"),
    ],
)
def test_a_conference_is_known_by_its_acronym(short: str, name: str) -> None:
    assert is_conference_acronym(short, name)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("ICML", "International Conference on Machine Learning and Applications"),
        ("CVPR 2015", "2016 IEEE Conference on Computer Vision and Pattern Recognition"),
        ("ACL", "International Conference on Learning Representations"),
        ("Nature", "Nature Geoscience"),
        ("IEEE Access", "IEEE Transactions on Access Systems"),
        ("Proceedings", "Proceedings of the tide conference"),
        ("SIGMOD", "Data management"),
    ],
)
def test_another_acronym_is_another_conference(short: str, name: str) -> None:
    assert not is_conference_acronym(short, name)
