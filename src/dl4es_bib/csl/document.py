"""A document with citations that are put in, taken out and moved: what has to be written anew, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dl4es_bib.csl.output.formats import Format
from dl4es_bib.csl.processor import Cite, Entry, Processor


class CitedDocument:
    """The citations of a document in their order, formatted; the list holds what they cite, in one numbering.

    A change of one citation can change others: numbers, "ibid.", the letters of years. Each method that changes
    the document gives back those that read differently now. Texts of citations that only moved are not among them.

    Arguments:
        processor: with the items that may be cited.
        format: how citations and references are written.
    """

    def __init__(self, processor: Processor, format: Format = "text") -> None:
        self._processor = processor
        self._format: Format = format
        self._clusters: list[tuple[Cite, ...]] = []
        self._texts: list[str] = []

    @property
    def citations(self) -> tuple[str, ...]:
        """The text of every citation."""
        return tuple(self._texts)

    def insert(self, place: int, cluster: Sequence[Cite]) -> dict[int, str]:
        """Put a citation before the one at that place, from 0; at the end where there is none.

        Returns:
            Place after the change → text, for the new citation and all that changed.
        """
        place = min(max(place, 0), len(self._clusters))
        self._clusters.insert(place, tuple(cluster))
        return self._changed([*self._texts[:place], None, *self._texts[place:]])

    def replace(self, place: int, cluster: Sequence[Cite]) -> dict[int, str]:
        """Put another citation at a place; gives back place → text of what changed.

        Raises:
            IndexError: there is no citation at that place.
        """
        self._clusters[place] = tuple(cluster)
        return self._changed(list(self._texts))

    def remove(self, place: int) -> dict[int, str]:
        """Take a citation out; gives back place after the change → text of what changed.

        Raises:
            IndexError: there is no citation at that place.
        """
        del self._clusters[place]
        texts = list(self._texts)
        del texts[place]
        return self._changed(list(texts))

    def bibliography(self) -> list[Entry]:
        """The references of what is cited, and nothing else, numbered as the citations number them."""
        return self._processor.bibliography(self._format, ids=self._cited())

    def _cited(self) -> list[str]:
        """The ids in the order of their first citation."""
        return list(dict.fromkeys(_id(cite) for cluster in self._clusters for cite in cluster))

    def _changed(self, before: Sequence[str | None]) -> dict[int, str]:
        self._texts = self._processor.citations(self._clusters, self._format, ids=self._cited())
        pairs = zip(before, self._texts, strict=True)
        return {place: now for place, (old, now) in enumerate(pairs) if old != now}


def _id(cite: Cite) -> str:
    return str(cite.get("id", "")) if isinstance(cite, Mapping) else cite
