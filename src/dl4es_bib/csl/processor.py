"""Format CSL-JSON items with a style: the interface of the CSL processor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.cite import bibliography, citations, fallback, positions
from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.errors import RenderError
from dl4es_bib.csl.output import blocks, formats
from dl4es_bib.csl.output.formats import Format
from dl4es_bib.csl.output.punctuation import mend
from dl4es_bib.csl.output.quotes import Quotes
from dl4es_bib.csl.output.runs import Run, anchor, is_safe
from dl4es_bib.csl.output.runs import runs as divided
from dl4es_bib.csl.output.tree import Node, Output, Token, flatten, plain
from dl4es_bib.csl.style.find import Style

Cite = str | Mapping[str, object]

_DOI_PREFIX = re.compile(r"\s*+(?:(?:https?://)?(?:dx\.|www\.)?doi(?:\.org/|:\s*+))++", re.I)
#: A reference or citation may have this many characters.
MAX_LENGTH: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One formatted reference: the id of its item, and the text in the format asked for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatFinding:
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
        links: whether DOIs and addresses are links (specification, appendix VI).
        entry_links: whether cites lead to their entries: to ``#ref-ID``, the anchor of ``html_list``.

    Raises:
        LocaleError: there is no such locale.
    """

    def __init__(
        self,
        style: Style,
        locale: str = "",
        *,
        latex_escape: Callable[[str], str] | None = None,
        links: bool = True,
        entry_links: bool = False,
    ) -> None:
        self.style = style
        self._locale = locale
        self._latex_escape = latex_escape
        self._links = links
        self._engine = Engine(style.element, locale or style.default_locale)
        self._engine.entry_links = entry_links
        self._quotes = Quotes(self._engine.locale)
        listed = style.element.bibliography
        self._repeats = listed is not None and listed.subsequent_author_substitute is not None
        self._data: dict[str, Mapping[str, object]] = {}
        self._tokens: dict[str, list[Token]] = {}
        self.findings: list[FormatFinding] = []

    def register(self, items: Sequence[Mapping[str, object]]) -> None:
        """Take items, in the order in which they are cited; an id that is known already is skipped."""
        for item in items:
            id = str(item.get("id", ""))
            if not id or id in self._data:
                continue
            self._data[id] = item
            address = item.get("URL")
            if isinstance(address, str) and address and not is_safe(address):
                self.findings.append(FormatFinding(id, "Its URL is not the address of a page and is not shown."))
            doi = item.get("DOI")
            if isinstance(doi, str) and (prefix := _DOI_PREFIX.match(doi)):
                # Programs keep DOIs as addresses, too; styles write the address themselves.
                item = {**item, "DOI": doi[prefix.end() :]}
            self._engine.register([item])
        self._tokens.clear()

    def bibliography(self, format: Format = "text", ids: Sequence[str] | None = None) -> list[Entry]:
        """The list of references in the order of the style.

        Arguments:
            format: how the texts are written.
            ids: only these items, such as those of one chapter; numbers then count from 1. An id that was
                not registered is left out.
        """
        order = self._order(ids)
        numbers = None if ids is None else self._numbers(order)
        return [Entry(id, self._write(tokens, numbers, format)) for id, tokens in self._references(order) if tokens]

    def cite(self, cluster: Sequence[Cite], format: Format = "text", ids: Sequence[str] | None = None) -> str:
        """A citation in the text.

        Arguments:
            cluster: what is cited together: ids, or objects with ``id`` and perhaps ``locator``, ``label``,
                ``prefix``, ``suffix``, ``position``, ``suppress-author``, ``author-only`` and ``narrative``
                ("Lind [1]", "Lind (2019)": the authors stand before the citation, not in it). With ``keep-order`` in
                one of them the cites are not sorted.
            format: how it is written.
            ids: the items whose list the numbers refer to, as for :meth:`bibliography`.
        """
        return self._formatted(self.cite_runs(cluster, ids), format)

    def cite_runs(self, cluster: Sequence[Cite], ids: Sequence[str] | None = None) -> tuple[Run, ...]:
        """A citation in the text as runs; as :meth:`cite`."""
        cites = _cites(cluster)
        known = [cite for cite in cites if str(cite.get("id", "")) in self._data]
        text: tuple[Run, ...] = ()
        if known:
            text = self._citation(known, None if ids is None else self._order(ids))
        return self._with_unknown(self._narrated(text, known), cites)

    def _narrated(self, text: tuple[Run, ...], cites: Sequence[Mapping[str, object]]) -> tuple[Run, ...]:
        """A citation after the authors that the sentence names; a note stays a note."""
        named = [] if self.style.element.is_note else [cite for cite in cites if cite.get("narrative")]
        authors = [self._citation([{"id": cite["id"], "author-only": True}], None) for cite in named]
        return _joined((_joined(dict.fromkeys(authors), ", "), text), " ")

    def citations(
        self, clusters: Sequence[Sequence[Cite]], format: Format = "text", ids: Sequence[str] | None = None
    ) -> list[str]:
        """All citations of a document in their order, with "ibid." and short forms where the style has them.

        Arguments:
            clusters: the citations, each as for :meth:`cite`; in a style of notes each is a note. An object
                with a ``note-number`` stands in that note.
            format: how they are written.
            ids: the items whose list the numbers refer to, as for :meth:`bibliography`.
        """
        return [self._formatted(runs, format) for runs in self.citation_runs(clusters, ids)]

    def citation_runs(
        self, clusters: Sequence[Sequence[Cite]], ids: Sequence[str] | None = None
    ) -> list[tuple[Run, ...]]:
        """All citations of a document as runs of formatted text, for word processors; as :meth:`citations`."""
        engine = self._engine
        order = self._order(ids)
        sequence = []
        for number, cluster in enumerate(clusters, start=1):
            cites = _cites(cluster)
            given = next((one["note-number"] for one in cites if isinstance(one.get("note-number"), int)), number)
            note = given if engine.style.is_note and isinstance(given, int) else 0
            sequence.append(positions.Citation(str(number), cites, note))
        positions.place(engine, sequence)
        if ids is not None:
            places = {id: place for place, id in enumerate(order, start=1)}
            for citation in sequence:
                for cite in citation.cites:
                    cite.number = places.get(cite.item.id, 0)
        written = []
        for citation in sequence:
            try:
                tokens = self._mended(positions.written(engine, citation))
                # Alphanumeric labels need an author: a citation must not vanish. Without its author one of MLA may.
                has_text = any(isinstance(token, str) and token.strip() for token in tokens)
                if citation.cites and not has_text and not any(map(_is_partial, citation.items)):
                    tokens = [self._labels(citation.items)]
            except RenderError:
                tokens = [self._labels(citation.items)]
            known = [item for item in citation.items if str(item.get("id", "")) in self._data]
            text = self._narrated(self._runs(tokens, None), known)
            written.append(self._with_unknown(text, citation.items))
        return written

    def _with_unknown(self, text: tuple[Run, ...], cites: Sequence[Mapping[str, object]]) -> tuple[Run, ...]:
        """A citation with the ids that are no items, each with a question mark: nothing cited vanishes."""
        ids = [str(cite.get("id", "")) for cite in cites]
        unknown = [(Run(f"{clean(id)}?"),) for id in dict.fromkeys(ids) if id not in self._data]
        return _joined((text, *unknown), "; ")

    def _labels(self, cites: Sequence[Mapping[str, object]]) -> str:
        """What stands for a citation that the style cannot make."""
        known = [(self._data[id], cite) for cite in cites if (id := str(cite.get("id", ""))) in self._data]
        labels = [fallback.label(item, names=not cite.get("suppress-author")) for item, cite in known]
        return "(" + "; ".join(labels) + ")"

    def runs(self, ids: Sequence[str] | None = None) -> list[tuple[str, tuple[Run, ...]]]:
        """The list of references as runs of formatted text, for word processors and other formats.

        Arguments:
            ids: as for :meth:`bibliography`.
        """
        order = self._order(ids)
        numbers = None if ids is None else self._numbers(order)
        return [(id, self._runs(tokens, numbers)) for id, tokens in self._references(order) if tokens]

    def html_list(self, ids: Sequence[str] | None = None) -> str:
        """The list of references as a block of HTML with the classes that CSL processors share.

        It is a ``csl-bib-body`` of one ``csl-entry`` a reference; in these stand ``csl-left-margin``,
        ``csl-right-inline``, ``csl-indent`` and ``csl-block`` where the style parts a reference. With
        ``csl-hanging-indent`` the style wants hanging lines.

        Arguments:
            ids: as for :meth:`bibliography`.
        """
        order = self._order(ids)
        numbers = None if ids is None else self._numbers(order)

        def written(tokens: list[Token]) -> str:
            return self._write(tokens, numbers, "html")

        listed = self.style.element.bibliography
        hanging = " csl-hanging-indent" if listed is not None and listed.hanging_indent else ""
        entries = [
            blocks.entry(tokens, written, anchor(id) if self._engine.entry_links else "")
            for id, tokens in self._references(order)
            if tokens
        ]
        return "\n".join([f'<div class="csl-bib-body{hanging}">', *entries, "</div>"])

    def author_and_year(self, id: str, format: Format = "text") -> tuple[str, str]:
        """What a citation of an item says, in two: the authors as the style shortens them, and the year.

        The year has the letter that tells works of one year apart. LaTeX's natbib wants them so.
        """
        engine = self._engine
        known = id in self._data
        authors = self._formatted(self._citation([{"id": id, "author-only": True}], None), format) if known else ""
        issued = engine.items[id].dates.get("issued") if known else None
        year = str(issued.start.year) if issued is not None and issued.start else ""
        return authors, (year or engine.locale.term("no date", "short") or "n.d.") + engine.suffix_of(id)

    def _citation(self, cites: Sequence[Mapping[str, object]], order: Sequence[str] | None) -> tuple[Run, ...]:
        engine = self._engine
        try:
            engine.order  # noqa: B018 - settles the numbers
            made = [citations.cite_of(engine.items[str(one["id"])], one) for one in cites]
            if order is not None:
                places = {id: place for place, id in enumerate(order, start=1)}
                for cite in made:
                    cite.number = places.get(cite.item.id, 0)
            output: Output | None = citations.write(engine, made)
            self._mended(output)
        except RenderError:
            output = None
        if not plain(output).strip():
            # MLA cites by the author alone: after a name in the sentence nothing is left to say.
            output = "" if any(cite.get("narrative") for cite in cites) else self._labels(cites)
        return self._runs(self._mended(output), None)

    def _order(self, ids: Sequence[str] | None) -> list[str]:
        order = self._engine.order
        if ids is None:
            return order
        wanted = [id for id in dict.fromkeys(ids) if id in self._data]
        if not self.style.is_sorted:
            return wanted
        place = {id: index for index, id in enumerate(order)}
        return sorted(wanted, key=place.__getitem__)

    def _numbers(self, order: Sequence[str]) -> dict[str, int]:
        """The number in the whole document, as text → the number in an excerpt."""
        return {str(self._engine.items[id].number): place for place, id in enumerate(order, start=1)}

    def _references(self, order: Sequence[str]) -> Iterator[tuple[str, list[Token]]]:
        previous: list[str] = []
        for id in order:
            tokens = None if self._repeats else self._tokens.get(id)
            if tokens is None:
                tokens, previous = self._reference(id, previous)
                self._tokens[id] = tokens
            yield id, tokens

    def _reference(self, id: str, previous: list[str]) -> tuple[list[Token], list[str]]:
        """A reference, and the names that may not be repeated after it."""
        try:
            output, names = bibliography.entry(self._engine, id, previous)
            tokens = self._mended(output)
            if any(isinstance(token, str) and token.strip() for token in tokens):
                return tokens, names
            if self._engine.items[id].type == "personal_communication":
                # Most styles cite personal communications in the text only, and leave them out on purpose.
                self._report(id, "The style does not list personal communications; it is left out.")
                return [], names
            message = "The style prints nothing for it."
        except RenderError as error:
            message = f"The style cannot format it: {error}."
        self._report(id, f"{message} It is assembled from its own fields.")
        output = fallback.assembled(self._data[id])
        if self.style.is_numeric:
            number = Node([str(self._engine.items[id].number)], kind="citation-number")
            output = Node([number, ". ", output])
        return mend(flatten(output), punctuation_in_quote=self._engine.punctuation_in_quote), []

    def _report(self, id: str, message: str) -> None:
        finding = FormatFinding(id, message)
        if finding not in self.findings:
            self.findings.append(finding)

    def _mended(self, output: Output | None) -> list[Token]:
        """The stream of tokens of a reference or citation.

        Raises:
            RenderError: it is longer than any reference can be.
        """
        tokens = flatten(output)
        if sum([len(token) for token in tokens if isinstance(token, str)]) > MAX_LENGTH:
            raise RenderError(f"it would have more than {MAX_LENGTH:,} characters")
        return mend(tokens, punctuation_in_quote=self._engine.punctuation_in_quote)

    def _write(self, tokens: list[Token], numbers: dict[str, int] | None, format: Format) -> str:
        return self._formatted(self._runs(tokens, numbers), format)

    def _formatted(self, runs: Sequence[Run], format: Format) -> str:
        return formats.write(runs, format, self._latex_escape)

    def _runs(self, tokens: list[Token], numbers: dict[str, int] | None) -> tuple[Run, ...]:
        self._quotes.restart()
        parts = divided(tokens, self._quotes, numbers)
        return (
            parts if self._links else tuple(run if run.link.startswith("#") else replace(run, link="") for run in parts)
        )


def _cites(cluster: Sequence[Cite]) -> list[Mapping[str, object]]:
    return [{"id": one} if isinstance(one, str) else dict(one) for one in cluster]


def _is_partial(cite: Mapping[str, object]) -> bool:
    """Whether a part of a cite is left out on purpose."""
    return bool(cite.get("suppress-author") or cite.get("narrative") or cite.get("author-only"))


def _joined(parts: Iterable[tuple[Run, ...]], delimiter: str) -> tuple[Run, ...]:
    """Runs one after the other with a delimiter between them; what is empty is left out."""
    out: list[Run] = []
    for part in parts:
        if part:
            out += [Run(delimiter), *part] if out else part
    return tuple(out)
