"""Names in two scripts are compared where their letters can be."""

from __future__ import annotations

import pytest

from dl4es_bib.works.romanised import is_comparable, is_other_script, sounds_alike


@pytest.mark.parametrize(
    ("own", "latin"),
    [
        ("Щукина", "Shchukina"), ("Щукина", "Schukina"), ("Чехов", "Chekhov"), ("Чехов", "Tschechow"),
        ("Толстой", "Tolstoy"), ("Толстой", "Tolstoi"), ("Юрьева", "Yuryeva"), ("Жуков", "Zhukov"),
        ("Παπαδόπουλος", "Papadopoulos"), ("Νικολάου", "Nikolaou"), ("Хачатурян", "Khachaturyan"),
        ("Иванов", "Ivanoff"), ("Григоренко", "Hryhorenko"),
    ],
)  # fmt: skip
def test_one_name_in_two_scripts_sounds_alike(own: str, latin: str) -> None:
    assert sounds_alike(own, latin)
    assert sounds_alike(latin, own)


@pytest.mark.parametrize(
    ("own", "latin"),
    [("Иванов", "Petrov"), ("Щукина", "Sidorova"), ("Παπαδόπουλος", "Nikolaidis"), ("Чехов", "Pavlov")],
)
def test_two_names_do_not(own: str, latin: str) -> None:
    assert not sounds_alike(own, latin)


@pytest.mark.parametrize("own", ["山田", "김철수", "أحمد", "たなか"])
def test_signs_that_are_read_in_several_ways_are_not_compared(own: str) -> None:
    assert is_other_script(own, "Yamada")
    assert not is_comparable(own, "Yamada")
    assert not sounds_alike(own, "Yamada")


def test_two_names_in_one_script_are_not_compared_here() -> None:
    assert not is_other_script("Müller", "Mueller")
    assert not sounds_alike("Mueller", "Mueller")
