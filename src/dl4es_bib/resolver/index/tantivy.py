"""An index in a folder, kept by tantivy (Rust): for millions of records. It needs the extra ``index``.

Words, coordinates and identifiers are terms without positions; the record itself is stored beside them. Ranks are those
of :mod:`~dl4es_bib.resolver.index.ranking`. A commit replaces one small file, so that a run that is cut off leaves the
index as its last commit was, and the next run finds by the DOI what is there already.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Self

from dl4es_bib.disk.atomic import save
from dl4es_bib.model.errors import SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.candidates import Added, DamagedIndex, Record
from dl4es_bib.resolver.index.damage import is_text
from dl4es_bib.resolver.index.quick import signs_of
from dl4es_bib.resolver.index.ranking import Sign, Weighted, weighted
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.index.stored import as_work, works_only
from dl4es_bib.resolver.provider import Query

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Hit", "TantivyIndex"]

#: Changes whenever words or coordinates are made differently: an older folder must be built again.
SCHEMA: Final = 1
#: The file that says that a folder is such an index.
MARK: Final = "dl4es-bib-index.json"
#: Records after which what was added is kept for good, should the run be cut off.
_COMMIT_EVERY: Final = 200_000
#: Memory of the writer, in bytes; less makes more and smaller parts, which are joined later.
_HEAP: Final = 300_000_000
#: The longest term that is indexed; tantivy's own limit is 65,530 bytes.
_MAX_TERM: Final = 1_000
#: Of more records that share as much, no order is made.
_MOST_EQUAL: Final = 640
_CURE: Final = "Remove it, and make it anew with 'dl4es-bib index add FILE...'."


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


class TantivyIndex:
    """The records of a folder.

    Arguments:
        path: the folder.
        writable: whether records will be added.

    Raises:
        UnreadableInput: there is no such index.
        DamagedIndex: it is damaged, or another version made it.
        UsageError: tantivy is not installed.
    """

    def __init__(self, path: Path | str, *, writable: bool = False) -> None:
        self.path = Path(path)
        tantivy = library()
        _check_mark(self.path)
        try:
            self._index = tantivy.Index.open(str(self.path))
            _register(tantivy, self._index)
            self._schema = self._index.schema
            self._writer = self._index.writer(_HEAP, 1) if writable else None
        except (ValueError, OSError) as error:
            if writable and "lock" in str(error).lower():
                raise SaveError(f"{path}: another run is writing this index. Wait for its end.") from None
            raise DamagedIndex(f"{path}: the index is damaged ({error}). {_CURE}") from None
        self._searcher = self._index.searcher()
        self._tantivy = tantivy

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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
        writer = self._writable()
        counts = {"new": 0, "replaced": 0, "unchanged": 0}
        findings: list[Finding] = []
        waiting: dict[str, tuple[int, int]] = {}
        for record in records:
            if isinstance(record, Finding):
                findings.append(record)
                continue
            body = body_of(record)
            done = self._put(writer, record, body, waiting)
            if isinstance(done, Finding):
                findings.append(done)
                continue
            counts[done] += 1
            if done != "unchanged":
                waiting[record.doi] = (record.stamp, hash(body))
            if len(waiting) == _COMMIT_EVERY:
                self._commit(writer)
                waiting.clear()
                if tell is not None:
                    tell(sum(counts.values()))
        self._commit(writer)
        return Added(**counts, findings=tuple(findings))

    def _put(self, writer: Any, record: Record, body: bytes, waiting: Mapping[str, tuple[int, int]]) -> str | Finding:
        """Take one record in, unless a newer one of its DOI, or the same, is there or waits to be kept."""
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
        if held is not None:
            writer.delete_documents_by_term("doi", record.doi)
        writer.add_document(document)
        return "new" if held is None else "replaced"

    def _commit(self, writer: Any) -> None:
        try:
            writer.commit()
        except ValueError as error:
            raise SaveError(f"{self.path}: the index cannot be written ({error}).") from None
        self._index.reload()
        self._searcher = self._index.searcher()

    def _writable(self) -> Any:
        if self._writer is None:
            raise SaveError(f"{self.path}: the index was opened for searching only.")
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
        self._commit(writer)
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
        everything = self._tantivy.Query.all_query()
        for offset in range(0, len(self), 1000):
            for _, address in self._searcher.search(everything, 1000, count=False, offset=offset).hits:
                document = self._searcher.doc(address)
                yield str(document.get_first("doi")), _work(document)

    def compact(self) -> None:
        """Give back the space of records that are gone; tantivy joins its parts by itself while records are added."""
        writer = self._writable()
        writer.garbage_collect_files()


def _work(document: Any) -> Work:
    data = json.loads(bytes(document.get_first("json")))
    return as_work(str(document.get_first("agency")), data, str(document.get_first("doi")))


def body_of(record: Record) -> bytes:
    """The bytes that are kept of a record."""
    if record.body:
        return record.body
    text = json.dumps(record.data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def library() -> ModuleType:
    """The module ``tantivy``.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import tantivy
    except ImportError:
        raise UsageError(
            "This index needs the package tantivy. Install it with: pip install 'dl4es-bib[index]'"
        ) from None
    return tantivy


def create(path: Path) -> None:
    """Make an empty index.

    Raises:
        UnreadableInput: something else is there.
        SaveError: it cannot be written.
    """
    tantivy = library()
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder, or remove this one.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    builder = tantivy.SchemaBuilder()
    for name in ("doi", "identifier"):
        builder.add_text_field(name, stored=name == "doi", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="words", index_option="basic")
    builder.add_text_field("coordinate", tokenizer_name="blanks", index_option="basic")
    builder.add_text_field("agency", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("stamp", stored=True)
    builder.add_bytes_field("json", stored=True)
    tantivy.Index(builder.build(), path=str(part))
    save(part / MARK, json.dumps({"schema": SCHEMA}).encode())
    part.replace(path)  # a folder that is named by the user and empty is replaced


def _register(tantivy: ModuleType, index: Any) -> None:
    lower = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()
    index.register_tokenizer("words", lower)
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def _check_mark(path: Path) -> None:
    if not path.exists():
        raise UnreadableInput(f"{path}: there is no index. Make one with 'dl4es-bib index add FILE...'.")
    try:
        held = json.loads((path / MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder.") from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise DamagedIndex(f"{path}: another version of dl4es-bib made this index. {_CURE}")


def size_of(path: Path) -> int:
    """Bytes of all files of an index."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
