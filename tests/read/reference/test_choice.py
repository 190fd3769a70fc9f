"""What two readings look like, where they differ."""

from __future__ import annotations

from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Value
from dl4es_bib.read.reference.choice import LOOKS, looks
from dl4es_bib.read.reference.comparison import Comparison

TEXT = '"Tides of the North", Ann Ode, Sea Letters, 2018.'
ANN = (Name(family="Ode", given="Ann"),)


def _column(name: str, *fields: tuple[str, Value | None, Value | None]) -> float:
    compared = [Comparison(variable, rules, tagger, rules == tagger, 0.9) for variable, rules, tagger in fields]
    return dict(zip(LOOKS, looks(compared, TEXT, True, True), strict=True))[name]


def test_every_column_has_a_name() -> None:
    assert len(looks([], TEXT, False, False)) == len(LOOKS)
    assert len(set(LOOKS)) == len(LOOKS)


def test_a_persons_name_inside_the_others_container_is_seen() -> None:
    fields = (("author", ANN, None), ("container-title", "Sea Letters", "Ann Ode, Sea Letters"))
    assert _column("authors in the other's container, rules", *fields) == 1.0
    assert _column("authors in the other's container, tagger", *fields) == 0.0


def test_a_title_that_is_what_is_quoted_is_seen() -> None:
    fields = (("title", "Tides of the North", "Tides of the North, Ann Ode"),)
    assert _column("title is what is quoted, rules", *fields) == 1.0
    assert _column("title is what is quoted, tagger", *fields) == 0.0


def test_an_author_with_words_that_no_name_has_is_seen() -> None:
    fields = (("author", (Name(literal="Tides of the north"),), ANN),)
    assert _column("words among the names, rules", *fields) == 1.0
    assert _column("words among the names, tagger", *fields) == 0.0
