"""An index in a folder, kept by tantivy (Rust): for millions of records. It needs the extra ``index``.

Words, coordinates and identifiers are terms without positions; the record itself is stored beside them. Ranks are those
of :mod:`~dl4es_bib.resolver.index.ranking`. A commit replaces one small file, so that a run that is cut off leaves the
index as its last commit was, and the next run finds by the DOI what is there already.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dl4es_bib.model.errors import SaveError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.candidates import Added, ClosedOnExit, DamagedIndex, Record
from dl4es_bib.resolver.index.damage import is_text
from dl4es_bib.resolver.index.quick import signs_of
from dl4es_bib.resolver.index.ranking import Sign, Weighted, weighted
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.index.stored import as_work, works_only
from dl4es_bib.resolver.index.tantivy_folder import CURE, MARK, check_mark, create, library, register
from dl4es_bib.resolver.provider import Query

__all__ = ["Hit", "Intake", "TantivyIndex"]

#: Records after which what was added is kept for good, should the run be cut off.
_COMMIT_EVERY: Final = 200_000
#: Memory of the writer, in bytes; less makes more and smaller parts, which are joined later.
_HEAP: Final = 300_000_000
#: The longest term that is indexed; tantivy's own limit is 65,530 bytes.
_MAX_TERM: Final = 1_000
#: Of more records that share as much, no order is made.
_MOST_EQUAL: Final = 640
#: Records that are listed at once where all are read.
_PAGE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found.

    Attributes:
        weight: what it shares with the query.
        name: its DOI, by which equal weights are ordered.
        work: the record, read when it is asked for.
    """

    weight: float
    name: str
    work: Callable[[], Work] = field(compare=False, repr=False)

    @property
    def order(self) -> tuple[float, str]:
        """Heavier first, then by name."""
        return -round(self.weight, 3), self.name


class TantivyIndex(ClosedOnExit):
    """The records of a folder.

    Arguments:
        path: the folder.
        writable: whether records may be added; no other run can write from the first one on.

    Raises:
        UnreadableInput: there is no such index.
        DamagedIndex: it is damaged, or another version made it.
        UsageError: tantivy is not installed.
    """

    def __init__(self, path: Path | str, *, writable: bool = False) -> None:
        self.path = Path(path)
        tantivy = library()
        check_mark(self.path)
        try:
            self._index = tantivy.Index.open(str(self.path))
            register(tantivy, self._index)
            self._schema = self._index.schema
        except (ValueError, OSError) as error:
            raise DamagedIndex(f"{path}: the index is damaged ({error}). {CURE}") from None
        self._searcher = self._index.searcher()
        self._tantivy = tantivy
        self._is_writable = writable
        self._writer: Any = None

    @classmethod
    def build(cls, path: Path | str, sources: Iterable[Path], *, tell: Callable[[int], None] | None = None) -> Added:
        """Add record files to an index, making it when it is not there.

        A run that is cut off keeps what it had taken in by then, but for the last records; run it again.

        Raises:
            UnreadableInput: a source cannot be opened, or ``path`` is something else than an index.
            DamagedIndex: the index is damaged, or another version made it.
            SaveError: the index cannot be written.
        """
        path = Path(path)
        records = (record for source in sources for record in read_records(source))
        try:
            if not (path / MARK).exists():
                create(path)
            with cls(path, writable=True) as index:
                return index.add(records, tell=tell)
        except OSError as error:
            raise SaveError(f"{path}: the index cannot be written ({error.strerror or error}).") from None

    def close(self) -> None:
        """Wait for parts that are being joined, and let go of the files."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    # -- adding -------------------------------------------------------------------------------------------------------

    def add(self, records: Iterable[Record | Finding], *, tell: Callable[[int], None] | None = None) -> Added:
        """Take records in; of two with one DOI the one stays that its agency changed last.

        Arguments:
            records: what to add.
            tell: called with the number of records read, each time that some are kept for good.
        """
        intake = Intake(self)
        for record in records:
            intake.take(record)
            if intake.waiting == _COMMIT_EVERY:
                intake.keep()
                if tell is not None:
                    tell(intake.read)
        return intake.added()

    def _put(self, record: Record, body: bytes, waiting: Mapping[str, tuple[int, int]]) -> str | Finding:
        """Take one record in, unless a newer one of its DOI, or the same, is there or waits to be kept."""
        writer = self._writable()
        held = waiting.get(record.doi)
        if held is None and len(self) and (kept := self._held(record.doi)) is not None:
            held = (kept[0], hash(kept[1]))
        if held is not None and (held[0] > record.stamp or held[1] == hash(body)):
            return "unchanged"
        try:
            document = self._document(record, body)
        except Exception as error:
            # The record is somebody else's: whatever is odd about it must not cost the rest of the file.
            return Finding("bad-record", f"The record {record.doi!r} cannot be read ({error!r}).", record.span)
        try:
            if held is not None:
                writer.delete_documents_by_term("doi", record.doi)
            writer.add_document(document)
        except ValueError as error:
            raise SaveError(f"{self.path}: the index cannot be written ({error}).") from None
        return "new" if held is None else "replaced"

    def _commit(self) -> None:
        try:
            self._writable().commit()
        except ValueError as error:
            raise SaveError(f"{self.path}: the index cannot be written ({error}).") from None
        self._index.reload()
        self._searcher = self._index.searcher()

    def _writable(self) -> Any:
        if not self._is_writable:
            raise SaveError(f"{self.path}: the index was opened for searching only.")
        if self._writer is None:
            try:
                self._writer = self._index.writer(_HEAP, 1)
            except (ValueError, OSError) as error:
                if "lock" in str(error).lower():
                    raise SaveError(f"{self.path}: another run is writing this index. Wait for its end.") from None
                raise SaveError(f"{self.path}: the index cannot be written ({error}).") from None
            # Another run may have written between the opening and now.
            self._index.reload()
            self._searcher = self._index.searcher()
        return self._writer

    def _document(self, record: Record, body: bytes) -> Any:
        signs = signs_of(record)
        if not is_text(signs.words, *signs.coordinates, *(value for _, value in signs.identifiers)):
            raise ValueError("it holds characters that are none")
        document = self._tantivy.Document()
        document.add_text("doi", record.doi)
        document.add_text("word", signs.words)
        document.add_text("coordinate", " ".join(signs.coordinates))
        for kind, value in signs.identifiers:
            document.add_text("identifier", f"{kind}:{value}"[:_MAX_TERM])
        document.add_text("agency", record.agency)
        document.add_unsigned("stamp", record.stamp)
        document.add_bytes("json", body)
        return document

    def _held(self, doi: str) -> tuple[int, bytes] | None:
        """When the record of a DOI was changed last, and what it says; ``None`` when there is none."""
        if not self._searcher.doc_freq("doi", doi):
            return None
        hits = self._searcher.search(self._term("doi", doi), 1).hits
        if not hits:
            return None
        document = self._searcher.doc(hits[0][1])
        return int(document.get_first("stamp") or 0), bytes(document.get_first("json"))

    def remove(self, dois: Sequence[str]) -> int:
        """Take the records of these DOIs out; how many there were."""
        writer = self._writable()
        there = [doi for doi in dict.fromkeys(dois) if self._held(doi) is not None]
        for doi in there:
            writer.delete_documents_by_term("doi", doi)
        self._commit()
        return len(there)

    # -- searching ----------------------------------------------------------------------------------------------------

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, tuple[Work, ...]]:
        """The works that an identifier names; identifiers without one are left out."""
        found: dict[Identifier, tuple[Work, ...]] = {}
        for identifier in dict.fromkeys(identifiers):
            term = f"{identifier.kind}:{identifier.value}"[:_MAX_TERM]
            hits = self._searcher.search(self._term("identifier", term), 50).hits
            works = sorted((self._work(address) for _, address in hits), key=lambda work: work.text("DOI"))
            if works := works_only(identifier, works):
                found[identifier] = tuple(works[:10])
        return found

    def search(self, query: Query, limit: int = 10) -> tuple[Work, ...]:
        """Works that may be the cited one, best first."""
        return tuple(hit.work() for hit in self.hits(weighted(query, self.counts, len(self)), limit))

    def counts(self, signs: Sequence[Sign]) -> list[int]:
        """How many records have each sign."""
        count = self._searcher.doc_freq
        return [count(name, text) for name, text in signs]

    def hits(self, signs: Sequence[Weighted], limit: int) -> list[Hit]:
        """The records that share most of these signs, ordered; the same whether or not others are in the index."""
        if not signs:
            return []
        query = self._tantivy.Query
        wanted = self._tantivy.Occur.Should
        parts = [(wanted, query.const_score_query(self._term(sign.field, sign.text), sign.weight)) for sign in signs]
        asked, most = query.boolean_query(parts), limit + 10
        hits = self._searcher.search(asked, most, count=False).hits
        # Of equal weights tantivy gives any: more are taken until all are there, so that the order is always one.
        while len(hits) == most < _MOST_EQUAL and hits[-1][0] > hits[limit - 1][0] - 0.001:
            most *= 2
            hits = self._searcher.search(asked, most, count=False).hits
        found = [self._hit(weight, address) for weight, address in hits]
        return sorted(found, key=lambda hit: hit.order)[:limit]

    def _hit(self, weight: float, address: Any) -> Hit:
        document = self._searcher.doc(address)
        return Hit(weight, str(document.get_first("doi")), lambda: _work(document))

    def _work(self, address: Any) -> Work:
        return _work(self._searcher.doc(address))

    def _term(self, name: str, text: str) -> Any:
        return self._tantivy.Query.term_query(self._schema, name, text, "basic")

    # -- upkeep -------------------------------------------------------------------------------------------------------

    def records(self) -> Iterator[tuple[str, Work]]:
        """Every record with its DOI, read from the disk.

        Raises:
            ValueError: one is damaged.
        """
        for document in self._documents():
            yield str(document.get_first("doi")), _work(document)

    def _documents(self) -> Iterator[Any]:
        everything = self._tantivy.Query.all_query()
        # Each page costs a look at all before it, so that pages are long.
        for offset in range(0, len(self), _PAGE):
            for _, address in self._searcher.search(everything, _PAGE, count=False, offset=offset).hits:
                yield self._searcher.doc(address)

    def compact(self) -> None:
        """Give back the space of records that are gone, by writing all others anew in one step.

        Raises:
            DamagedIndex: a record cannot be read; nothing was changed.
            SaveError: there is no room for a copy.
        """
        writer = self._writable()
        if _has_removed(self.path):
            try:
                # What is deleted here is what was there before: documents that are added after it stay.
                writer.delete_documents_by_query(self._tantivy.Query.all_query())
                for document in self._documents():
                    writer.add_document(self._document(_record(document), bytes(document.get_first("json"))))
            except (ValueError, OSError) as error:
                writer.rollback()
                raise DamagedIndex(f"{self.path}: the index could not be written anew ({error}). {CURE}") from None
            self._commit()
        writer.garbage_collect_files()


class Intake:
    """Records on their way into an index: taken in, and kept for good when :meth:`keep` or :meth:`added` is called.

    Arguments:
        index: the index, open for writing.
    """

    def __init__(self, index: TantivyIndex) -> None:
        index._writable()  # another run that is writing is told before anything is read
        self._index = index
        self._waiting: dict[str, tuple[int, int]] = {}
        self._counts = {"new": 0, "replaced": 0, "unchanged": 0}
        self._findings: list[Finding] = []

    @property
    def waiting(self) -> int:
        """How many records wait to be kept."""
        return len(self._waiting)

    @property
    def read(self) -> int:
        """How many were read."""
        return sum(self._counts.values())

    def take(self, record: Record | Finding) -> None:
        """Take one record in."""
        if isinstance(record, Finding):
            self._findings.append(record)
            return
        body = body_of(record)
        done = self._index._put(record, body, self._waiting)
        if isinstance(done, Finding):
            self._findings.append(done)
            return
        self._counts[done] += 1
        if done != "unchanged":
            self._waiting[record.doi] = (record.stamp, hash(body))

    def keep(self) -> None:
        """Keep for good what was taken in.

        Raises:
            SaveError: it cannot be written.
        """
        if self._waiting:
            self._index._commit()
            self._waiting.clear()

    def added(self) -> Added:
        """Keep everything, and say what was done."""
        self.keep()
        return Added(**self._counts, findings=tuple(self._findings))


def _record(document: Any) -> Record:
    """A kept document as the record that it was made from."""
    body = bytes(document.get_first("json"))
    agency, doi = document.get_first("agency"), str(document.get_first("doi"))
    return Record(agency, json.loads(body), doi, Span("index", 0), int(document.get_first("stamp") or 0), body)


def _has_removed(path: Path) -> bool:
    """Whether tantivy's list of its parts says that some hold records that are gone."""
    try:
        parts = json.loads((path / "meta.json").read_bytes())["segments"]
        return any(part.get("deletes") for part in parts)
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return True


def _work(document: Any) -> Work:
    data = json.loads(bytes(document.get_first("json")))
    return as_work(str(document.get_first("agency")), data, str(document.get_first("doi")))


def body_of(record: Record) -> bytes:
    """The bytes that are kept of a record."""
    if record.body:
        return record.body
    text = json.dumps(record.data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
