"""The works that a document cites, from a library and in a style: what every kind of document is cited with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.joined import joined
from dl4es_bib.disk.source import load
from dl4es_bib.identify.citations.mentions import Mention
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import read_bibs
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.work import Source, Work
from dl4es_bib.tasks.convert import style_errors_told

if TYPE_CHECKING:
    from dl4es_bib import csl
    from dl4es_bib.export.section import Section

#: A cite as the CSL data model has it.
Item = Mapping[str, object]

_BIBTEX: Final = ("", ".bib", ".bibtex", ".biblatex")
_OPENS: Final = {"(": ")", "[": "]"}
EVERYTHING: Final = "*"
#: Parts of a cite that make its place among the others matter.
_KEEPS_ORDER: Final = frozenset(("prefix", "suffix", "narrative", "suppress-author"))
_FIRST_LETTER = re.compile(r"^((?:<[a-z]{1,4}>)*)([^\W\d_])")


class Database:
    """Works that can be cited, by their keys: of .bib files, of other lists of references, and as CSL-JSON.

    Arguments:
        libraries: files; those of BibTeX are one database.
        records: CSL-JSON that a document holds itself; it comes first.

    Raises:
        UnreadableInput: a file cannot be read, or holds no references.
    """

    def __init__(self, libraries: Sequence[Path], records: Iterable[Item] = ()) -> None:
        from dl4es_bib.formats.csljson import from_csl

        self._bibfile = joined(read_bibs([path for path in libraries if path.suffix.lower() in _BIBTEX]))
        self._library = Library(self._bibfile, Lock())
        self._records: dict[str, Work] = {}
        for record in records:
            if key := str(record.get("id") or ""):
                self._records.setdefault(key, from_csl(dict(record), Source("user", "references", key)))
        for path in libraries:
            if path.suffix.lower() not in _BIBTEX:
                for key, work in _works_of(path):
                    self._records.setdefault(key, work)

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {key.casefold(): key for key in reversed(self._records)}

    def key_of(self, key: str) -> str | None:
        """The key as the database has it; ``None`` when it has no such work."""
        if key in self._records:
            return key
        entry = self._bibfile.find(key)
        return entry.key if entry is not None else self._folded.get(key.casefold())

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys."""
        return tuple(dict.fromkeys((*self._records, *(entry.key for entry in self._bibfile.entries))))

    def works(self, keys: Iterable[str]) -> dict[str, Work]:
        """Works by key, in that order."""
        keys = list(keys)
        found = self._library.works([key for key in keys if key not in self._records])
        return {key: self._records.get(key) or found[key] for key in keys if key in self._records or key in found}


def _works_of(path: Path) -> list[tuple[str, Work]]:
    from dl4es_bib.formats.record_formats import format_of

    text = load(path).text
    record_format = format_of(text, path.name)
    if record_format is None or record_format.read is None:
        raise UnreadableInput(f"{path} holds no references. Name a .bib, CSL-JSON, RIS or other file of references.")
    return [(record.id or f"{path.stem}{number}", record.work) for number, record in
            enumerate(record_format.read(text, str(path))[0], start=1)]  # fmt: skip


def style_named(name: str) -> csl.Style:
    """A CSL style by its name or path.

    Raises:
        UsageError: there is no such style, or it cannot be read.
    """
    from dl4es_bib import csl

    with style_errors_told():
        return csl.Style.load(name)


def locator_words(style: csl.Style, locale: str) -> Mapping[str, str]:
    """Words for places in a work, in English and in the language of the document."""
    from dl4es_bib.csl.style.locator_words import locator_words as of_language
    from dl4es_bib.identify.citations.locators import ENGLISH

    language = locale or style.default_locale or "en"
    if language.lower().startswith("en"):
        return ENGLISH
    with style_errors_told():
        try:
            return {**ENGLISH, **of_language(language)}
        except UsageError:
            if locale:
                raise
            return ENGLISH


class CitedWorks:
    """The works of a document, or of one chapter of it, in a style.

    Arguments:
        database: where they are looked up.
        style, locale: how they are written; an empty locale is the style's own.
        keys: as the document has them, in the order of their first citation.
        listed: keys that are listed without being cited; ``*`` for all that the database has.
        entry_links: whether citations lead to their entries.

    Raises:
        UsageError: there is no such locale.
    """

    def __init__(
        self,
        database: Database,
        style: csl.Style,
        locale: str,
        keys: Sequence[str],
        listed: Sequence[str] = (),
        *,
        entry_links: bool = False,
    ) -> None:
        from dl4es_bib.export.references import References
        from dl4es_bib.export.section import ExportEntry, Section

        wanted = [key for key in dict.fromkeys((*keys, *listed)) if key != EVERYTHING]
        self.keys = {key: found for key in wanted if (found := database.key_of(key)) is not None}
        self.missing = tuple(key for key in wanted if key not in self.keys)
        order = list(dict.fromkeys(self.keys[key] for key in wanted if key in self.keys))
        if EVERYTHING in listed:
            order = list(dict.fromkeys((*order, *database.keys)))
        works = database.works(order)
        self.section: Section = Section("", entries=tuple(ExportEntry(key, work) for key, work in works.items()))
        with style_errors_told():
            self.references = References(style, locale, [self.section], entry_links=entry_links)
        self.is_note = style.is_note

    def citation_runs(self, clusters: Sequence[Sequence[Item]]) -> list[tuple[csl.Run, ...]]:
        """The citations of the document in their order.

        Words around a work hold for it and for what follows ("see Ode 2004; Bell 2006"), so that works with such words,
        and after one that the sentence names, stay in the order in which they were written.
        """
        known = set(self.keys.values())
        parted = [[item for item in cluster if item["id"] in known] for cluster in clusters]
        written = self.references.citation_runs(
            [_in_order(held) or cluster for held, cluster in zip(parted, clusters, strict=True)]
        )
        return [
            _with_unknown(runs, [str(item["id"]) for item in cluster if item["id"] not in known]) if held else runs
            for runs, held, cluster in zip(written, parted, clusters, strict=True)
        ]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What formatting found."""
        return self.references.findings

    def part(self, keys: Iterable[str]) -> Section:
        """The works of a part of the document."""
        known = {self.keys[key] for key in keys if key in self.keys}
        return replace(self.section, entries=tuple(entry for entry in self.section.entries if entry.key in known))

    def authors(self, key: str, *, is_first: bool) -> tuple[csl.Run, ...]:
        """The authors of a work as a sentence names them beside a note; empty for a key that is not known."""
        return self.references.authors(self.keys[key], is_first=is_first) if key in self.keys else ()

    def years(self, keys: Iterable[str]) -> str:
        """The years of works; keys that are not known have a question mark."""
        return ", ".join(self.references.year(self.keys[key]) if key in self.keys else f"{key}?" for key in keys)

    def item(self, mention: Mention, **more: object) -> Item:
        """A mention as a cite of the CSL data model.

        Arguments:
            mention: with prefix and suffix as CSL has them.
            more: further parts of the cite, ``_`` for ``-`` in their names.
        """
        item: dict[str, object] = {"id": self.keys.get(mention.key, mention.key)}
        if mention.locator:
            item |= {"locator": mention.locator, "label": mention.label}
        if mention.prefix:
            item["prefix"] = mention.prefix + " "
        if mention.suffix:
            item["suffix"] = mention.suffix if mention.suffix[0] in ",;:." else f" {mention.suffix}"
        if mention.no_author:
            item["suppress-author"] = True
        return item | {name.replace("_", "-"): value for name, value in more.items()}


def _in_order(cluster: Sequence[Item]) -> Sequence[Item]:
    if len(cluster) < 2 or not any(item.keys() & _KEEPS_ORDER for item in cluster):
        return cluster
    return [{**item, "keep-order": True} for item in cluster]


def _with_unknown(runs: tuple[csl.Run, ...], keys: Sequence[str]) -> tuple[csl.Run, ...]:
    """A citation with the keys that are not known inside its brackets, and before the full stop of a note."""
    if not runs or not keys:
        return runs
    last = runs[-1]
    kept = last.text.rstrip(".)]")
    names = "; ".join(f"{key}?" for key in dict.fromkeys(keys))
    added = replace(last, text=f"; {names}{last.text[len(kept) :]}", link="")
    return tuple(run for run in (*runs[:-1], replace(last, text=kept), added) if run.text)


def capitalized(words: str) -> str:
    """Words of CSL with a capital where they begin: a note is a sentence."""
    return _FIRST_LETTER.sub(lambda match: match[1] + match[2].upper(), words, count=1)


def without_stop(runs: tuple[csl.Run, ...]) -> tuple[csl.Run, ...]:
    """A citation without the full stop that ends it."""
    if not runs or not runs[-1].text.endswith("."):
        return runs
    return (*runs[:-1], replace(runs[-1], text=runs[-1].text[:-1]))


def without_brackets(runs: tuple[csl.Run, ...]) -> tuple[csl.Run, ...]:
    """A citation without the brackets that the style puts around it."""
    if not runs:
        return runs
    first, last = runs[0].text, runs[-1].text
    if sum(len(run.text) for run in runs) < 3 or _OPENS.get(first[:1]) != last[-1:]:
        return runs
    cut = [replace(runs[0], text=first[1:]), *runs[1:]]
    cut[-1] = replace(cut[-1], text=cut[-1].text[:-1])
    return tuple(run for run in cut if run.text)
