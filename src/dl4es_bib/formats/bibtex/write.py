"""The fields of an entry, written one by one in order; what both dialects share."""

from __future__ import annotations

import re

from dl4es_bib.bib.grammar import squeeze
from dl4es_bib.formats.bibtex.entry import EntryFields, mended, title_source, writable_url, writable_verbatim
from dl4es_bib.formats.bibtex.languages import babel_name
from dl4es_bib.formats.bibtex.written_names import format_names
from dl4es_bib.formats.latex import Target, markup_to_latex
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.work import Work

_DOI_HOST = re.compile(r"https?://(?:dx\.)?doi\.org/", re.I)


class FieldWriter:
    """Collects fields; a field that is empty or already there is left out."""

    def __init__(self, work: Work, target: Target) -> None:
        self._work = work
        self._target = target
        self._fields: dict[str, str] = {}
        self._macros: set[str] = set()

    def entry(self, entry_type: str) -> EntryFields:
        """What was collected."""
        return EntryFields(entry_type, tuple(self._fields.items()), frozenset(self._macros))

    def add(self, name: str, source: str) -> FieldWriter:
        """A value that is LaTeX source already."""
        if source:
            self._fields.setdefault(name, squeeze(mended(source)).strip(" "))
        return self

    def macro(self, name: str, macro: str) -> FieldWriter:
        """A value that is a bare macro."""
        self.add(name, macro)
        self._macros.add(name)
        return self

    def encode(self, text: str) -> str:
        """Text, with CSL's markup or without, as LaTeX on one line."""
        return markup_to_latex(re.sub(r"[\t\r\n\f\v ]+", " ", text).strip(), target=self._target)

    def encoded(self, variable: str) -> str:
        """The value of a variable as LaTeX."""
        return self.encode(self._work.markup(variable) or self._work.text(variable))

    def text(self, name: str, variable: str = "") -> FieldWriter:
        """A variable that is plain text; the variable defaults to the field's name."""
        return self.add(name, self.encoded(variable or name))

    def names(self, name: str, variable: str = "") -> FieldWriter:
        """A list of names; one known to be incomplete ends in ``and others``."""
        names = self._work.names(variable or name)
        et_al = self._work.is_incomplete(variable or name)
        return self.add(name, format_names(names, et_al=et_al, target=self._target) if names else "")

    def title(self) -> FieldWriter:
        """The title with its capitals protected."""
        text = re.sub(r"[\t\r\n\f\v ]+", " ", self._work.markup("title")).strip()
        return self.add("title", title_source(text, self._target))

    def pages(self) -> FieldWriter:
        """Page ranges with ``--``."""
        text = self._work.text("page")
        if "–" in text:  # the hyphens belong to the pages
            return self.add("pages", self.encode(re.sub(r"\s?–\s?", "--", text)))
        return self.add("pages", self.encode(re.sub(r"(?<=\w)\s?[-‐‑‒–—]+\s?(?=\w)", "--", text)))

    def doi(self) -> FieldWriter:
        """The DOI as registered, without resolver."""
        doi = self._work.doi
        return self.add("doi", writable_verbatim(doi.written or doi.value if doi else self._work.text("DOI")))

    def url(self) -> FieldWriter:
        """The address, unless it only repeats the DOI."""
        text = self._work.text("URL")
        if text and self._work.doi and _DOI_HOST.match(text) and ids.doi(text) == self._work.doi:
            return self
        return self.add("url", writable_url(text))

    def eprint(self, number: str, kind: str, subject: str) -> FieldWriter:
        """The arXiv id, else PubMed's, else what ``archive`` says."""
        work = self._work
        if work.text("arxiv"):
            self.add(number, writable_verbatim(work.text("arxiv"))).add(kind, "arXiv")
            return self.text(subject, "arxiv-class")
        if work.text("PMID"):
            return self.add(number, writable_verbatim(work.text("PMID"))).add(kind, "pubmed")
        if work.text("archive") and work.text("archive_location"):
            self.add(number, writable_verbatim(work.text("archive_location")))
            return self.text(kind, "archive")
        return self

    def accessed(self) -> FieldWriter:
        """When the address was looked at; only whole or partial ISO dates."""
        date = self._work.date("accessed")
        return self.add("urldate", str(date) if date.year is not None and not date.end else "")

    def language(self) -> FieldWriter:
        """``langid`` where babel has a name for the language, else ``language`` as it is."""
        tag = self._work.text("language")
        if not tag:
            return self
        name = babel_name(tag)
        return self.add("langid", name) if name else self.add("language", self.encode(tag))
