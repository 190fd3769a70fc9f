"""Keys of works in other scripts."""

from __future__ import annotations

import pytest

from dl4es_bib.library.keys.key import proposed_key
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Колмогоров", "Основные понятия", "kolmogorov1936osnovnye"),
        ("Παπαδόπουλος", "Θάλασσα", "papadopoylos1936thalassa"),
        ("山田", "海の本", "shantian1936hainoben"),
        ("Nguyễn", "Sông", "nguyen1936song"),
        ("Łuczak", "Fjord", "luczak1936fjord"),
    ],
)
def test_a_name_in_another_script_is_transliterated(family: str, title: str, key: str) -> None:
    values = {"author": (Name(family, "A."),), "title": title, "issued": PartialDate(1936)}
    assert proposed_key(Work.of("book", values, Source("user"))) == key
