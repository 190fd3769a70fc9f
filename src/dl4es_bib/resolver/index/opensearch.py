"""An index in an OpenSearch cluster that somebody already runs. It needs the extra ``opensearch``.

The index is named by a small YAML file, which holds no secret::

    hosts: [https://search.example.org:9200]
    index: dl4es-bib
    user: reader
    password_variable: OPENSEARCH_PASSWORD
    ca_certs: /etc/ssl/cluster.pem

Records are found by exact words and coordinates, weighed as in :mod:`~dl4es_bib.resolver.index.ranking`: the cluster is
asked once how many records have each of them (``_msearch``), and once for the records that share most.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.model.errors import ConfigError, SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index.candidates import Added, ClosedOnExit, Record
from dl4es_bib.resolver.index.damage import is_text
from dl4es_bib.resolver.index.quick import signs_of
from dl4es_bib.resolver.index.ranking import Sign, weighted
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.index.stored import as_work, works_only
from dl4es_bib.resolver.index.tantivy import body_of
from dl4es_bib.resolver.provider import Query
from dl4es_bib.works.words import words

__all__ = ["Cluster", "OpenSearchIndex"]

_SCHEMA: Final = 1
_MAX_FILE: Final = 64 * 1024
#: Records of one bulk request, and of one page of a scan.
_BULK: Final = 500
_TIMEOUT: Final = 30
#: Bytes of one bulk request; a cluster takes 100 MB at most by its default.
_BULK_BYTES: Final = 8_000_000
#: Longer names of documents are refused.
_MAX_ID: Final = 512
_NAME: Final = re.compile(r"[^\W_.-][\w.-]{0,99}", re.ASCII)
_SETTINGS: Final = ("index", "user", "password_variable", "ca_certs")
_MAPPING: Final[Mapping[str, Any]] = {
    "settings": {"analysis": {"analyzer": {"blanks": {"type": "custom", "tokenizer": "whitespace"}}}},
    "mappings": {
        "dynamic": False,
        "_meta": {"dl4es-bib": _SCHEMA},
        "properties": {
            "doi": {"type": "keyword"},
            "word": {"type": "text", "analyzer": "blanks", "index_options": "docs", "norms": False},
            "coordinate": {"type": "keyword"},
            "identifier": {"type": "keyword"},
            "agency": {"type": "keyword", "index": False},
            "stamp": {"type": "long", "index": False},
            "json": {"type": "keyword", "index": False, "doc_values": False},
        },
    },
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where an index is.

    Attributes:
        hosts: addresses of the cluster's nodes.
        index: its name there.
        user: who asks; empty for a cluster without authentication.
        password_variable: the environment variable that holds the password.
        ca_certs: a file of certificates to trust; empty for those of the system.
    """

    hosts: tuple[str, ...]
    index: str = "dl4es-bib"
    user: str = ""
    password_variable: str = "OPENSEARCH_PASSWORD"
    ca_certs: str = ""

    @classmethod
    def load(cls, path: Path) -> Cluster:
        """Read the file that names an index.

        Raises:
            UnreadableInput: there is none.
            ConfigError: it cannot be used.
        """
        text = read_bytes(path, limit=_MAX_FILE).decode("utf-8", "replace")
        try:
            data = load_yaml(text, str(path))
        except YamlError as error:
            raise ConfigError(str(error)) from None
        if not isinstance(data, dict) or not data.get("hosts") or set(data) - {"hosts", *_SETTINGS}:
            more = ", ".join(_SETTINGS)
            raise ConfigError(f"{path}: the file of an OpenSearch index has 'hosts', and may have {more}.")
        hosts = data["hosts"] if isinstance(data["hosts"], list) else [data["hosts"]]
        values = {name: str(value) for name, value in data.items() if name != "hosts"}
        for host in hosts:
            problem = _problem_of(host, bool(values.get("user")))
            if problem:
                raise ConfigError(f"{path}: {problem}")
        if (file := values.get("ca_certs")) and not Path(file).exists():
            raise ConfigError(f"{path}: 'ca_certs' names {file}, which does not exist.")
        if (name := values.get("index", "dl4es-bib")) != name.lower() or not _NAME.fullmatch(name):
            raise ConfigError(f"{path}: {name!r} is no name of an index: lower-case letters, digits, '-', '_' and '.'.")
        return cls(tuple(hosts), **values)


def _problem_of(host: object, has_user: bool) -> str:
    """What is wrong with an address; ``""`` for a good one. A password in it is not repeated."""
    example = "'hosts' are addresses, such as https://search.example.org:9200."
    if not isinstance(host, str):
        return example
    try:
        parts = urlsplit(host)
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.port == 0:
            return example
    except ValueError:
        return example
    if parts.username is not None or parts.password is not None:
        return "'hosts' have no user and password. Name the user as 'user'; the password is in 'password_variable'."
    if has_user and parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        return f"the password would be sent to {host} unencrypted. Use https."
    return ""


class OpenSearchIndex(ClosedOnExit):
    """The records of an index of a cluster.

    Arguments:
        path: the file that names it.

    Raises:
        UnreadableInput: there is no such file, the cluster does not answer, or it has no such index.
        UsageError: opensearch-py is not installed.
    """

    def __init__(self, path: Path | str, *, make: bool = False) -> None:
        self.path = Path(path)
        self._cluster = Cluster.load(self.path)
        self._client = _client(self._cluster)
        self._name = self._cluster.index
        if self._ask(lambda: self._client.indices.exists(index=self._name)):
            return
        if not make:
            raise UnreadableInput(
                f"{self.path}: the cluster has no index {self._name}. Make it with 'dl4es-bib index add'."
            )
        self._ask(lambda: self._client.indices.create(index=self._name, body=_MAPPING))

    @classmethod
    def build(cls, path: Path | str, sources: Iterable[Path], *, tell: Callable[[int], None] | None = None) -> Added:
        """Add record files to the index, making it when it is not there.

        Raises:
            UnreadableInput: a source cannot be opened, or the cluster does not answer.
            SaveError: the cluster refuses records.
        """
        records = (record for source in sources for record in read_records(source))
        with cls(path, make=True) as index:
            return index.add(records, tell=tell)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __len__(self) -> int:
        return int(self._ask(lambda: self._client.count(index=self._name))["count"])

    # -- adding -------------------------------------------------------------------------------------------------------

    def add(self, records: Iterable[Record | Finding], *, tell: Callable[[int], None] | None = None) -> Added:
        """Take records in; of two with one DOI the one stays that its agency changed last."""
        counts = {"new": 0, "replaced": 0, "unchanged": 0}
        findings: list[Finding] = []
        waiting: dict[str, Record] = {}
        size = 0
        for record in records:
            if isinstance(record, Finding):
                findings.append(record)
                continue
            held = waiting.get(record.doi)
            if held is not None:
                counts["unchanged"] += 1
            if held is None or held.stamp <= record.stamp:
                waiting[record.doi] = record
            size += len(body_of(record))
            if len(waiting) == _BULK or size >= _BULK_BYTES:
                self._take(waiting, counts, findings)
                size = 0
                if tell is not None:
                    tell(sum(counts.values()))
        self._take(waiting, counts, findings)
        self._ask(lambda: self._client.indices.refresh(index=self._name))
        return Added(**counts, findings=tuple(findings))

    def _take(self, waiting: dict[str, Record], counts: dict[str, int], findings: list[Finding]) -> None:
        if not waiting:
            return
        body = {"ids": [_id(doi) for doi in waiting]}
        rows = self._ask(lambda: self._client.mget(index=self._name, body=body, _source=["doi", "stamp", "json"]))[
            "docs"
        ]
        there = {row["_source"]["doi"]: row["_source"] for row in rows if row.get("found")}
        actions: list[object] = []
        kinds: list[str] = []
        for record in waiting.values():
            text = body_of(record).decode("utf-8", "replace")
            held = there.get(record.doi)
            if held is not None and (held["json"] == text or held["stamp"] > record.stamp):
                counts["unchanged"] += 1
                continue
            try:
                document = _document(record, text)
            except Exception as error:
                message = f"The record {record.doi!r} cannot be read ({error!r})."
                findings.append(Finding("bad-record", message, record.span))
                continue
            actions += [{"index": {"_id": _id(record.doi)}}, document]
            kinds.append("new" if held is None else "replaced")
        waiting.clear()
        if not actions:
            return
        answer = self._ask(lambda: self._client.bulk(index=self._name, body=actions))
        for kind, item in zip(kinds, answer["items"], strict=True):
            refused = item["index"].get("error")
            if refused:
                raise SaveError(f"{self.path}: the cluster refuses a record ({str(refused)[:200]}).")
            counts[kind] += 1

    def remove(self, dois: Sequence[str]) -> int:
        """Take the records of these DOIs out; how many there were."""
        actions = [{"delete": {"_id": _id(doi)}} for doi in dict.fromkeys(dois)]
        if not actions:
            return 0
        answer = self._ask(lambda: self._client.bulk(index=self._name, body=actions, refresh=True))
        return sum(item["delete"].get("result") == "deleted" for item in answer["items"])

    # -- searching ----------------------------------------------------------------------------------------------------

    def lookup(self, identifiers: Sequence[Identifier]) -> Mapping[Identifier, tuple[Work, ...]]:
        """The works that an identifier names; identifiers without one are left out."""
        wanted = list(dict.fromkeys(identifiers))
        queries = [
            {"size": 50, "sort": [{"doi": "asc"}], "query": {"term": {"identifier": f"{each.kind}:{each.value}"}}}
            for each in wanted
        ]
        found: dict[Identifier, tuple[Work, ...]] = {}
        for identifier, hits in zip(wanted, self._searches(queries), strict=True):
            if works := works_only(identifier, [_work(hit["_source"]) for hit in hits["hits"]]):
                found[identifier] = tuple(works[:10])
        return found

    def search(self, query: Query, limit: int = 10) -> tuple[Work, ...]:
        """Works that may be the cited one, best first."""
        signs = weighted(query, self._counts, len(self))
        if not signs:
            return ()
        parts = [
            {"constant_score": {"filter": {"term": {sign.field: sign.text}}, "boost": sign.weight}} for sign in signs
        ]
        asked = {"size": limit, "query": {"bool": {"should": parts}}, "sort": ["_score", {"doi": "asc"}]}
        (hits,) = self._searches([asked])
        return tuple(_work(hit["_source"]) for hit in hits["hits"])

    def _counts(self, signs: Sequence[Sign]) -> list[int]:
        queries = [{"size": 0, "track_total_hits": True, "query": {"term": {name: text}}} for name, text in signs]
        return [int(hits["total"]["value"]) for hits in self._searches(queries)]

    def _searches(self, queries: Sequence[Mapping[str, Any]]) -> list[Any]:
        if not queries:
            return []
        body = [line for query in queries for line in ({}, query)]
        answers = self._ask(lambda: self._client.msearch(index=self._name, body=body))["responses"]
        for answer in answers:
            if "error" in answer:
                raise ValueError(f"the cluster refuses a search ({str(answer['error'])[:200]})")
        return [answer["hits"] for answer in answers]

    def records(self) -> Iterator[tuple[str, Work]]:
        """Every record with its DOI."""
        after: list[str] | None = None
        while True:
            asked: dict[str, Any] = {"size": _BULK, "sort": [{"doi": "asc"}], "query": {"match_all": {}}}
            if after is not None:
                asked["search_after"] = after
            (hits,) = self._searches([asked])
            for hit in hits["hits"]:
                yield hit["_source"]["doi"], _work(hit["_source"])
            if len(hits["hits"]) < _BULK:
                return
            after = hits["hits"][-1]["sort"]

    def compact(self) -> None:
        """Give back the space of records that are gone."""
        self._ask(lambda: self._client.indices.forcemerge(index=self._name, only_expunge_deletes=True))

    def _ask(self, question: Callable[[], Any]) -> Any:
        """Ask the cluster; the client tries again, at another node, when it does not answer."""
        from opensearchpy.exceptions import OpenSearchException

        try:
            return question()
        except OpenSearchException as error:
            hosts = ", ".join(self._cluster.hosts)
            raise UnreadableInput(f"{self.path}: the cluster {hosts} cannot be used ({str(error)[:200]}).") from None


def _id(doi: str) -> str:
    """The name of a record's document."""
    data = doi.encode()
    return doi if len(data) <= _MAX_ID else "blake2b:" + blake2b(data, digest_size=32).hexdigest()


def _document(record: Record, text: str) -> dict[str, object]:
    signs = signs_of(record)
    if not is_text(signs.words, *signs.coordinates, *(value for _, value in signs.identifiers)):
        raise ValueError("it holds characters that are none")
    return {
        "doi": record.doi,
        "word": " ".join(dict.fromkeys(words(signs.words))),
        "coordinate": list(signs.coordinates),
        "identifier": [f"{kind}:{value}" for kind, value in signs.identifiers],
        "agency": record.agency,
        "stamp": record.stamp,
        "json": text,
    }


def _work(source: Mapping[str, Any]) -> Work:
    return as_work(str(source["agency"]), json.loads(source["json"]), str(source["doi"]))


def _client(cluster: Cluster) -> Any:
    try:
        from opensearchpy import OpenSearch
    except ImportError:
        raise UsageError(
            "This index needs the package opensearch-py. Install it with: pip install 'dl4es-bib[opensearch]'"
        ) from None
    password = os.environ.get(cluster.password_variable, "") if cluster.user else ""
    if cluster.user and not password:
        raise ConfigError(
            f"The environment variable {cluster.password_variable} with the password of {cluster.user} is not set."
        )
    return OpenSearch(
        hosts=list(cluster.hosts),
        http_auth=(cluster.user, password) if cluster.user else None,
        ca_certs=cluster.ca_certs or None,
        verify_certs=True,
        timeout=_TIMEOUT,
        max_retries=3,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
    )
