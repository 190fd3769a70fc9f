"""Format CSL-JSON items with a style: the interface of the CSL processor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dl4es_bib.csl import output
from dl4es_bib.csl.output import Format, Run
from dl4es_bib.csl.styles import Style

Cite = str | Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One formatted reference: the id of its item, and the text in the format asked for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an item that a person should know; the id, and a sentence."""

    id: str
    message: str


class Processor:
    """Formats the items of one document with one style.

    Every reference is formatted once, however many formats and excerpts (``ids``) are asked for.

    Arguments:
        style: how to format.
        locale: a language such as ``de-DE``; empty for the style's own, or ``en-US`` when it has none.
        latex_escape: how text is escaped in the ``latex`` format; by default the special characters only.

    Raises:
        LocaleError: there is no such locale.
    """

    def __init__(self, style: Style, locale: str = "", *, latex_escape: Callable[[str], str] | None = None) -> None:
        from dl4es_bib.csl.interim import Engine

        self.style = style
        self._engine = Engine(style, locale)
        self._latex_escape = latex_escape
        self._marked: dict[str, str] = {}
        self.findings: list[Finding] = []

    def register(self, items: Sequence[Mapping[str, object]]) -> None:
        """Take items, in the order in which they are cited; an id that is known already is skipped."""
        self.findings += [Finding(id, message) for id, message in self._engine.register(items)]

    def bibliography(self, format: Format = "text", ids: Sequence[str] | None = None) -> list[Entry]:
        """The list of references in the order of the style.

        Arguments:
            format: how the texts are written.
            ids: only these items, such as those of one chapter; numbers then count from 1. An id that was
                not registered is left out.
        """
        order = self._order(ids)
        numbers = {self._engine.index(id): place for place, id in enumerate(order, start=1)}
        return [Entry(id, self._write(self._reference(id), numbers, format)) for id in order]

    def cite(self, cluster: Sequence[Cite], format: Format = "text", ids: Sequence[str] | None = None) -> str:
        """A citation in the text.

        Arguments:
            cluster: what is cited together: ids, or objects with ``id`` and perhaps ``locator``, ``label``,
                ``prefix`` and ``suffix``.
            format: how it is written.
            ids: the items whose list the numbers refer to, as for :meth:`bibliography`.
        """
        cites = [{"id": one} if isinstance(one, str) else dict(one) for one in cluster]
        numbers = {self._engine.index(id): place for place, id in enumerate(self._order(ids), start=1)}
        return self._write(self._engine.cite(cites), numbers, format)

    def _order(self, ids: Sequence[str] | None) -> list[str]:
        sorted_ids = self._engine.order()
        if ids is None:
            return sorted_ids
        wanted = [id for id in dict.fromkeys(ids) if self._engine.has(id)]
        if not self.style.is_sorted:
            return wanted
        place = {id: index for index, id in enumerate(sorted_ids)}
        return sorted(wanted, key=place.__getitem__)

    def _reference(self, id: str) -> str:
        if id not in self._marked:
            self._marked[id], message = self._engine.reference(id)
            if message:
                self.findings.append(Finding(id, message))
        return self._marked[id]

    def _write(self, marked: str, numbers: dict[int, int], format: Format) -> str:
        parts: tuple[Run, ...] = output.runs(marked, numbers, punctuation_in_quote=self._engine.punctuation_in_quote)
        return output.write(parts, format, self._latex_escape)
