"""An answer of the arXiv API (Atom 1.0) → :class:`Work`.

Source of the format: "arXiv API User's Manual", section 3.3 and 5.2. The XML is read with expat. A
document type declaration is refused, so that no entity can be declared, expanded or fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from xml.parsers import expat

from dl4es_bib.formats.markup import plain, rich
from dl4es_bib.formats.records.names import MAX_NAMES, is_et_al, natural
from dl4es_bib.formats.records.values import without_final_stop
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Relation, Source, Value, Work

#: Largest answer read, in bytes. 100 entries with long abstracts and author lists take about 1 MB.
MAX_BYTES: Final = 20_000_000
_MAX_ENTRIES: Final = 2_000
_MAX_DEPTH: Final = 64
_MAX_TEXT: Final = 40_000

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ARXIV: Final = "http://arxiv.org/schemas/atom"
_OPENSEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
_ID: Final = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(\S{1,64})")


class FeedError(ValueError):
    """The bytes are no Atom feed of works; the message says why in a sentence."""


def parse_feed(data: bytes, source: Source) -> tuple[Work, ...]:
    """Read the entries of an answer as preprints (CSL ``article``), in their order.

    Each has ``arxiv`` (without version), the DOI that arXiv registers for it
    (``10.48550/arXiv.2104.05107``), the date of its first version as ``issued``, ``arxiv-class``, the
    publisher ``arXiv``; a DOI that the authors stated is a relation ``is-preprint-of``.

    Arguments:
        data: the body of the answer.
        source: where it came from; without a ``record``, each work's arXiv id is filled in.

    Raises:
        FeedError: the XML is broken, too large, too deep, has a document type declaration, is no Atom
            feed, is the API's report of an error, or is empty without saying that it found nothing
            (which arXiv sends now and then for a query that has results).
    """
    if len(data) > MAX_BYTES:
        raise FeedError(f"The answer is larger than {MAX_BYTES // 1_000_000} MB.")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.EntityDeclHandler = reader.refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise FeedError(f"The answer is no well-formed XML ({expat.ErrorString(error.code)}).") from None
    except (ValueError, LookupError) as error:  # an unknown or wrong encoding
        raise (error if isinstance(error, FeedError) else FeedError("The answer's encoding is unknown.")) from None
    if not reader.is_feed:
        raise FeedError("The answer is no Atom feed.")
    if not reader.entries and reader.total != "0":
        raise FeedError("The answer is empty and does not say that there is nothing.")
    return tuple(_work(entry, source) for entry in reader.entries if entry.arxiv)


class _Entry:
    """What was read of one ``entry`` so far."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.authors: list[str] = []
        self.category = ""

    @property
    def arxiv(self) -> Identifier | None:
        match = _ID.match(self.values.get("id", "").strip())
        return ids.arxiv(match.group(1)) if match else None


class _Reader:
    """Handlers of expat: follows the path of open elements, keeps the texts that are wanted."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.is_feed = False
        self.total = ""
        self._path: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._entry: _Entry | None = None

    def refuse_doctype(self, *_: object) -> None:
        raise FeedError("The answer has a document type declaration.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self.is_feed = name == f"{_ATOM} feed"
            if not self.is_feed:
                raise FeedError("The answer is no Atom feed.")
        self._path.append(name)
        if len(self._path) > _MAX_DEPTH:
            raise FeedError("The answer is nested too deeply.")
        self._parts, self._length = [], 0
        if name == f"{_ATOM} entry" and len(self._path) == 2:
            if len(self.entries) >= _MAX_ENTRIES:
                raise FeedError(f"The answer has more than {_MAX_ENTRIES} entries.")
            self._entry = _Entry()
            self.entries.append(self._entry)
        elif self._entry and name == f"{_ARXIV} primary_category":
            self._entry.category = attributes.get("term", "")[:40]

    def text(self, data: str) -> None:
        if self._length < _MAX_TEXT:
            self._parts.append(data)
            self._length += len(data)

    def end(self, name: str) -> None:
        self._path.pop()
        if not self._entry:
            if name == f"{_OPENSEARCH} totalResults":
                self.total = "".join(self._parts).strip()
            return
        namespace, _, local = name.rpartition(" ")
        if len(self._path) == 1:
            if self._entry.values.get("id", "").find("/api/errors") >= 0:
                said = plain(self._entry.values.get("summary", ""), 300)
                raise FeedError(f"arXiv reports an error: {said or 'without saying which'}.")
            self._entry = None
        elif len(self._path) == 2 and namespace in (_ATOM, _ARXIV):
            self._entry.values.setdefault(local, "".join(self._parts))
        elif local == "name" and self._path[-1] == f"{_ATOM} author" and len(self._entry.authors) < MAX_NAMES:
            self._entry.authors.append("".join(self._parts))
        self._parts, self._length = [], 0


def _work(entry: _Entry, source: Source) -> Work:
    arxiv = entry.arxiv
    assert arxiv is not None
    if not source.record:
        source = replace(source, record=f"arXiv:{arxiv.value}")
    names: list[Name] = []
    et_al = False
    for author in entry.authors:
        et_al = et_al or is_et_al(author)
        names.extend(natural(author))
    values: dict[str, Value] = {
        "title": without_final_stop(rich(entry.values.get("title", ""))),
        "author": tuple(names),
        "issued": PartialDate.parse(entry.values.get("published", "").strip().partition("T")[0][:20]),
        "publisher": "arXiv",
        "genre": "Preprint",
        "arxiv": arxiv.value,
        "arxiv-class": plain(entry.category, 40),
        "DOI": f"10.48550/arXiv.{arxiv.written or arxiv.value}",
    }
    published = ids.doi(entry.values.get("doi", ""))
    relations = (Relation("is-preprint-of", published),) if published else ()
    return Work.of("article", values, source, relations=relations, et_al=et_al)
