"""What a style makes of a few works: citations and the list of references. The works are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dl4es_bib.csl import Processor, Style


@dataclass(frozen=True, slots=True)
class Preview:
    """Citations and references as plain text."""

    citations: tuple[str, ...]
    references: tuple[str, ...]


def _item(id: str, kind: str, title: str, year: int, authors: str, **more: object) -> dict[str, object]:
    names = [dict(zip(("family", "given"), name.split(", "), strict=True)) for name in authors.split("; ")]
    item: dict[str, object] = {"id": id, "type": kind, "title": title, "author": names}
    return {**item, "issued": {"date-parts": [[year]]}, **{name.replace("_", "-"): text for name, text in more.items()}}


#: Works that do not exist; their DOIs are of the prefix that is kept for examples.
ITEMS: Final[tuple[Mapping[str, object], ...]] = (
    _item("journal", "article-journal", "Sea-ice motion from a convolutional network", 2019, "Lind, Oskar; Moe, Per",
          container_title="Journal of Polar Measurement", volume="12", issue="3", page="321-328",
          DOI="10.5555/example.2019"),
    _item("many", "article-journal", "Tides of small lakes", 2021,
          "Aas, Ida; Bye, Ole; Dahl, Kari; Egge, Nils; Foss, Siri; Gran, Tor; Holm, Eva; Iversen, Leif",
          container_title="Journal of Polar Measurement", volume="14", page="15-29"),
    _item("book", "book", "A handbook of snow", 2004, "Ode, Mary Ann", publisher="Fjord Press",
          publisher_place="Bergen", edition="2"),
    _item("chapter", "chapter", "Reading ice cores", 2010, "Ode, Mary Ann; Vik, Jo", container_title="Methods of ice",
          editor=[{"family": "Rand", "given": "Hugo"}], publisher="Fjord Press", publisher_place="Bergen",
          page="45-67"),
    _item("paper", "paper-conference", "Buoys that talk", 2016, "Berg, Anna", container_title="Proceedings of Ice Days",
          event_title="Ice Days", page="1-8"),
    _item("thesis", "thesis", "Albedo of wet snow", 2012, "Dahl, Kari", publisher="University of the Fjords",
          genre="PhD thesis"),
    _item("data", "dataset", "Drift of 40 buoys", 2020, "Lind, Oskar", publisher="Example Archive", version="1.1",
          DOI="10.5555/example.data"),
    {"id": "page", "type": "webpage", "title": "Ice today", "author": [{"literal": "Ice Office"}],
     "URL": "https://example.org/ice", "accessed": {"date-parts": [[2024, 5, 6]]}},
)  # fmt: skip


def preview(style: Style, locale: str = "") -> Preview:
    """A style at work: a citation of one work, of a page, of several works, of many authors; then the list.

    Raises:
        LocaleError: there is no such locale.
    """
    processor = Processor(style, locale)
    processor.register(ITEMS)
    clusters: list[list[str | Mapping[str, object]]] = [
        ["journal"],
        [{"id": "book", "locator": "22"}],
        ["many"],
        ["journal", "chapter", "data"],
    ]
    return Preview(
        tuple(processor.citations(clusters)),
        tuple(entry.text for entry in processor.bibliography()),
    )
