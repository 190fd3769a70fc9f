"""Two descriptions of one work, and the nearest pairs that are two works."""

from __future__ import annotations

import pytest

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.same import alike
from dl4es_bib.works.versions import linked

LONG = "Tidal bedforms of the Wadden shelf"
SHORT = "Tidal bed"


def work(title: str = LONG, year: int | None = None, **values: str) -> Work:
    held: dict[str, Value] = {"title": title, "author": (Name("Ode", "Ann"),)}
    if year is not None:
        held["issued"] = PartialDate(year)
    held.update({name.replace("_", "-"): value for name, value in values.items()})
    return Work.of("article-journal", held, Source("text"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work(), work()),
        (work(year=2004), work(year=2005)),
        (work(DOI="10.5555/a"), work()),
        (work(SHORT, volume="3", page="7"), work(SHORT, volume="3", page="7")),
        (work(SHORT, 2004, container_title="Sea Letters"), work(SHORT, 2004, container_title="Sea letters")),
    ],
)
def test_these_are_one_work(one: Work, other: Work) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (work(year=2004), work(year=2006)),
        (work(DOI="10.5555/a"), work(DOI="10.5555/b")),
        (work(SHORT), work(SHORT)),
        (work(SHORT, volume="3", page="7"), work(SHORT, volume="3", page="9")),
        (work(SHORT, volume="3", page="7"), work(SHORT, volume="4", page="7")),
        (work(SHORT, container_title="Sea Letters"), work(SHORT, container_title="Sea Letters")),
        (work(SHORT, 2004, container_title="Sea Letters"), work(SHORT, 2005, container_title="Sea Letters")),
    ],
)
def test_these_are_two_works(one: Work, other: Work) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_a_preprint_and_a_paper_of_nearly_one_title_are_not_versions() -> None:
    preprint = Work.of("article", {"title": "Deep learning for sea ice in the Arctic"}, Source("record"))
    assert linked(preprint, work("Deep learning for sea ice in the Arctic"))
    assert not linked(preprint, work("Deep learning for sea fog in the Arctic"))
    assert not linked(preprint, work("Machine learning for sea ice in the Arctic"))
