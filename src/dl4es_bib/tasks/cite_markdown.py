"""A Markdown document with citation keys → the same document with formatted citations and its bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dl4es_bib.csl.output import Run, write
from dl4es_bib.identify.citations.clusters import clusters, front_matter_end, nocite
from dl4es_bib.identify.citations.footnotes import Footnotes
from dl4es_bib.identify.citations.mentions import Cluster
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.cite_markup import Pieces
from dl4es_bib.tasks.cite_sections import Part, list_place, parts_of
from dl4es_bib.tasks.citing import CitedWorks, Database, Item, capitalized, without_brackets, without_stop

if TYPE_CHECKING:
    from dl4es_bib import csl

#: What may end a sentence or a part of it: a note stands behind it.
_STOPS: Final = tuple(".,;:!?")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is cited.

    Attributes:
        style, locale: the CSL style and the language; an empty one is the style's own.
        title: the heading of the list of references.
        per_chapter: whether each chapter has a list of its own.
        numbers_go_on: whether numbers (and letters of years) go through all chapters.
        is_listed: whether the list of references is written.
        entry_links: whether citations lead to their entries.
        labels: words for places in a work.
    """

    style: csl.Style
    labels: Mapping[str, str]
    locale: str = ""
    title: str = "References"
    per_chapter: bool = False
    numbers_go_on: bool = False
    is_listed: bool = True
    entry_links: bool = False


@dataclass(frozen=True, slots=True)
class CitedText:
    """A document with its citations written.

    Attributes:
        text: the document; bytes of a Word file.
        citations: how many it has.
        references: how many works are listed.
        missing: keys that the library does not have, which stand in the text with a question mark.
        findings: what formatting found, and where missing keys stand.
    """

    text: str | bytes
    citations: int
    references: int
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def cite_markdown(name: str, text: str, database: Database, manner: Manner) -> CitedText:
    """Write the citations of a Markdown document and its bibliography.

    Arguments:
        name: the document, for messages.
        text: what it holds.
        database: the works.
        manner: the style, and how the list is written.

    Raises:
        UsageError: there is no such locale.
    """
    writer = _Writer(name, text, database, manner)
    return writer.result()


class _Writer:
    """One document being written."""

    def __init__(self, name: str, text: str, database: Database, manner: Manner) -> None:
        self.name, self.text, self.database, self.manner = name, text, database, manner
        self.footnotes = Footnotes.of(text)
        self.found = clusters(text, manner.labels, self.footnotes)
        self.places = [self._place(cluster) for cluster in self.found]
        self.parts = parts_of(text, front_matter_end(text)) if manner.per_chapter else (Part(0, len(text), 2),)
        self.label = _free_label(text)
        self.pieces = Pieces()
        self.notes: list[str] = []
        #: Start of a citation → for each of its parts the authors in the sentence, the citation, whether it is a note.
        self.written: dict[int, list[tuple[str, str, bool]]] = {}
        self.lists: list[tuple[Part, list[str]]] = []
        self.works: list[CitedWorks] = []
        self.listed: set[str] = set()

    def _place(self, cluster: Cluster) -> int:
        """Where the reader meets a citation: that of a footnote where the text refers to it."""
        return self.footnotes.places.get(cluster.note, cluster.start) if cluster.note else cluster.start

    def result(self) -> CitedText:
        numbers = self._note_numbers()
        order = sorted(range(len(self.found)), key=lambda index: (self.places[index], self.found[index].start))
        parted = [
            (part, [self.found[index] for index in order if part.start <= self.places[index] < part.end])
            for part in self.parts
        ]
        extra = tuple(nocite(self.text))
        groups = [(self.parts[0], [self.found[index] for index in order])] if self._is_one else parted
        for place, (_, held) in enumerate(groups):
            if held or (extra and not place):
                self._format(held, numbers, extra if not place else ())
        self._make_lists(parted, extra)
        text = self._with_lists()
        missing = tuple(dict.fromkeys(key for works in self.works for key in works.missing))
        findings = tuple(dict.fromkeys(finding for works in self.works for finding in works.findings))
        return CitedText(text, len(self.found), len(self.listed), missing, (*self._told(missing), *findings))

    @property
    def _is_one(self) -> bool:
        """Whether citations are formatted as those of one document."""
        return self.manner.numbers_go_on or len(self.parts) == 1

    def _note_numbers(self) -> dict[int, int]:
        """Start of a citation → the number of its note, where the reader counts the notes of the document, too."""
        known = {label for _, _, label in self.footnotes.spans}
        events: dict[tuple[int, str], list[int]] = {
            (place, label): [] for label, place in self.footnotes.places.items() if label in known
        }
        for cluster, place in zip(self.found, self.places, strict=True):
            if cluster.note in self.footnotes.places:
                events.setdefault((place, cluster.note), []).append(cluster.start)
            else:
                events[place, ""] = [cluster.start]
        return {start: number for number, key in enumerate(sorted(events), start=1) for start in events[key]}

    def _format(self, held: Sequence[Cluster], numbers: Mapping[int, int], extra: Sequence[str]) -> None:
        """Format the citations of one numbering."""
        manner = self.manner
        keys = [mention.key for cluster in held for mention in cluster.mentions]
        works = CitedWorks(
            self.database, manner.style, manner.locale, keys, extra, entry_links=manner.entry_links and self._is_one
        )
        self.works.append(works)
        writable = [single for cluster in held for single in _singles(cluster)]
        runs = works.citation_runs([self._items(single, works, numbers.get(single.start, 0)) for single in writable])
        seen: set[str] = set()
        for single, citation in zip(writable, runs, strict=True):
            keys = [mention.key for mention in single.mentions]
            is_note = works.is_note and not single.note and single.form not in ("authors", "year")
            if single.form == "year":
                citation = (Run(works.years(keys)),)
            elif single.form == "plain":
                citation = without_brackets(citation)
            elif works.is_note and single.note:
                citation = self._within_note(single, citation)
            before = ""
            if is_note and single.in_sentence:
                before = write(works.authors(keys[0], is_first=keys[0] not in seen), "markdown")
            seen.update(keys)
            written = self.pieces.put_back(write(list(citation), "markdown"))
            self.written.setdefault(single.start, []).append((before, written, is_note))
        for cluster in held:
            self.written.setdefault(cluster.start, [("", "", False)])

    def _items(self, cluster: Cluster, works: CitedWorks, note: int) -> list[Item]:
        """The works of a citation as cites of the CSL data model."""
        items: list[Item] = []
        for place, mention in enumerate(cluster.mentions):
            words = replace(mention, prefix=self.pieces.csl(mention.prefix), suffix=self.pieces.csl(mention.suffix))
            more: dict[str, object] = {"note_number": note} if note else {}
            if works.is_note and not cluster.note and not place:
                words = replace(words, prefix=capitalized(words.prefix))
            if cluster.in_sentence and not place and not (works.is_note and cluster.note):
                # In a style of notes the sentence names the author, and the note does not repeat them.
                more["suppress_author" if works.is_note else "narrative"] = True
            elif cluster.form == "authors":
                more["author_only"] = True
            items.append(works.item(words, **more))
        return items

    def _within_note(self, cluster: Cluster, citation: tuple[Run, ...]) -> tuple[Run, ...]:
        """A citation in a note of the document: only at the end of the note it has a full stop of its own."""
        end = self.footnotes.end_of(cluster.start)
        if not self.text[cluster.end : end].strip():
            return citation
        return without_stop(citation)

    def _make_lists(self, parted: Iterable[tuple[Part, Sequence[Cluster]]], extra: Sequence[str]) -> None:
        """The lists of references, each with its part."""
        if not self.manner.is_listed:
            return
        if len(self.parts) == 1:
            works = self.works[0] if self.works else None
            entries = self._entries(works, None, own_numbers=True) if works is not None else []
            self.lists = [(self.parts[0], entries)] if entries else []
            return
        of_part = iter(self.works)
        works = None if not self._is_one else next(of_part, None)
        for place, (part, held) in enumerate(parted):
            if not held and (place or not extra):
                continue
            keys = [mention.key for cluster in held for mention in cluster.mentions]
            own = works if self._is_one else next(of_part)
            if own is not None and (entries := self._entries(own, keys if works else None, own_numbers=not works)):
                self.lists.append((part, entries))

    def _entries(self, works: CitedWorks, keys: Sequence[str] | None, *, own_numbers: bool) -> list[str]:
        from dl4es_bib.csl.output.runs import anchor

        section = works.section if keys is None else works.part(keys)
        entries = works.references.of(section, "markdown", own_numbers=own_numbers)
        self.listed.update(entry.key for entry, _ in entries)
        is_linked = self.manner.entry_links and len(self.parts) == 1
        return [f'<a id="{anchor(entry.key)}"></a>{text}' if is_linked else text for entry, text in entries]

    def _with_lists(self) -> str:
        """The document with its citations, its lists of references where it wants them, and its notes."""
        edits = list(self._citation_edits())
        for part, entries in self.lists:
            edits.append(list_place(self.text, part, "\n\n".join(entries), self.manner.title))
        pieces: list[str] = []
        position = 0
        for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
            if start < position:
                continue
            pieces += [self.text[position:start], new]
            position = end
        text = "".join([*pieces, self.text[position:]])
        if self.notes:
            definitions = "\n\n".join(f"[^{self.label}{number}]: {note}" for number, note in enumerate(self.notes, 1))
            text = f"{text.rstrip()}\n\n{definitions}\n"
        return text

    def _citation_edits(self) -> Iterator[tuple[int, int, str]]:
        """Start, end and new text of each citation."""
        text = self.text
        for cluster in sorted(self.found, key=lambda cluster: (self._place(cluster), cluster.start)):
            if cluster.start not in self.written:
                continue
            start, end = cluster.start, cluster.end
            parts = self.written[start]
            written = [self._noted(*part) for part in parts]
            if written[-1].endswith(".") and text[end : end + 1] == ".":
                end += 1  # "et al." ends the sentence, too
            _, _, is_note = parts[-1]
            if is_note:
                if not parts[0][0]:
                    # A note stands close to the words before it.
                    line = text.rfind("\n", 0, start) + 1
                    before = text[line:start]
                    if before.strip():
                        start -= len(before) - len(before.rstrip(" "))
                    elif line > 1 and text[line - 2] != "\n" and not before:
                        start = line - 1
                if text[end : end + 1] in _STOPS:
                    # … and behind the punctuation.
                    mark = written[-1].rfind("[^")
                    written[-1] = written[-1][:mark] + text[end] + written[-1][mark:]
                    end += 1
            yield start, end, ", ".join(written)

    def _noted(self, authors: str, citation: str, is_note: bool) -> str:
        """A citation as it stands in the text; of a note its mark."""
        if not is_note:
            return f"{authors} {citation}".strip()
        self.notes.append(citation)
        return f"{authors}[^{self.label}{len(self.notes)}]"

    def _told(self, missing: Sequence[str]) -> list[Finding]:
        findings, line, position = [], 1, 0
        lacking = set(missing)
        for cluster in self.found:
            line += self.text.count("\n", position, cluster.start)
            position = cluster.start
            findings += [
                Finding("cite/missing", f"cites {mention.key}, which the library does not have.", Span(self.name, line))
                for mention in cluster.mentions
                if mention.key in lacking
            ]
            if len(cluster.mentions) > 1 and cluster.form == "brackets" and self._has_comma(cluster):
                findings.append(
                    Finding(
                        "cite/comma",
                        "parts works by a comma, where pandoc wants a semicolon: [@a; @b].",
                        Span(self.name, line),
                        severity="note",
                    )
                )
        cited = {mention.key for cluster in self.found for mention in cluster.mentions}
        for key in missing:
            if key not in cited:  # it stands in 'nocite'
                line = self.text.count("\n", 0, max(self.text.find(f"@{key}"), 0)) + 1
                message = f"lists {key}, which the library does not have."
                findings.append(Finding("cite/missing", message, Span(self.name, line)))
        return findings

    def _has_comma(self, cluster: Cluster) -> bool:
        """Whether works of a citation of pandoc are parted by commas."""
        written = self.text[cluster.start : cluster.end]
        return "@" in written and written.count(";") < len(cluster.mentions) - 1


def _singles(cluster: Cluster) -> list[Cluster]:
    """A citation as those that are formatted one by one."""
    if cluster.form == "list":
        return []
    if cluster.form != "sentences":
        return [cluster]
    return [replace(cluster, mentions=(mention,)) for mention in cluster.mentions]


def _free_label(text: str) -> str:
    """How the labels of new notes begin: so that no note of the document has one of them."""
    label = "cite-"
    while f"[^{label}" in text:
        label = f"c{label}"
    return label
