"""What every engine of the index does alike: the same records are taken in, found, replaced and removed."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from small_project import Run

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import ConfigError, SaveError, UnreadableInput, UsageError
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import Identifier
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.index import auto, tantivy
from dl4es_bib.resolver.index.candidates import DamagedIndex
from dl4es_bib.resolver.index.engines import ENGINES
from dl4es_bib.resolver.index.opensearch import Cluster
from dl4es_bib.resolver.index.records import read_records
from dl4es_bib.resolver.index.shards import ShardedIndex
from dl4es_bib.resolver.index.tantivy import TantivyIndex
from dl4es_bib.resolver.provider import Query

TITLES = ("Fog over the harbour", "Tides of the inner sound", "Salt in the deep sea", "Ice on the upper river")


def record(number: int, **values: Any) -> dict[str, Any]:
    title = f"{TITLES[number % len(TITLES)]} {number}"
    return {
        "DOI": f"10.5555/engine.{number}",
        "type": "journal-article",
        "title": [title],
        "author": [{"family": f"Oderbrink{'abcdefghij'[number % 10]}", "given": "Ann"}],
        "container-title": ["Harbour Letters"],
        "issued": {"date-parts": [[1990 + number % 30]]},
        "volume": str(number % 20 + 1),
        "page": f"{number * 7 + 1}-{number * 7 + 5}",
        **values,
    }


def lines(records: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in records)


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    from osmem_server import OsmemServer

    with OsmemServer.start() as started:
        yield started
    started.process.stdout.close()


@pytest.fixture(params=["sqlite", "tantivy", "shards", "opensearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Any, Path]]:
    """An engine and the place of an index that is not there yet."""
    name = request.param
    if name != "opensearch":
        yield ENGINES.named(name), tmp_path / "records.index"
        return
    with request.getfixturevalue("server").clone() as clone:
        path = tmp_path / "cluster.yaml"
        path.write_text(json.dumps({"hosts": [clone.url], "index": "records"}))
        yield ENGINES.named(name), path


def built(engine: tuple[Any, Path], records: list[dict[str, Any]], folder: Path) -> Any:
    file = folder / "records.jsonl"
    file.write_bytes(lines(records))
    return engine[0].builds(engine[1], [file], None)


def titles(works: Any) -> list[str]:
    return [work.title for work in works]


def test_what_is_taken_in_is_found_by_its_words_numbers_and_names(engine: tuple[Any, Path], tmp_path: Path) -> None:
    assert built(engine, [record(number) for number in range(40)], tmp_path).new == 40
    with closing(engine[0].opens(engine[1])) as index:
        assert len(index) == 40
        text = "Oderbrinkh, A. (2007). Ice on the upper river 17. Harbour Letters 18, 120-124."
        assert titles(index.search(Query("1", text)))[0] == record(17)["title"][0]
        assert titles(index.search(Query("2", "Harbour Letters 18, 120, 2007")))[0] == record(17)["title"][0]
        doi = ids.doi("10.5555/engine.3")
        assert doi is not None
        missing = Identifier("doi", "10.5555/none")
        assert {key: titles(works) for key, works in index.lookup([doi, missing]).items()} == {
            doi: [record(3)["title"][0]]
        }
        assert index.search(Query("3", "zzz")) == ()


def test_a_record_is_replaced_by_a_newer_one_and_never_by_an_older_one(
    engine: tuple[Any, Path], tmp_path: Path
) -> None:
    def dated(title: str, stamp: int) -> dict[str, Any]:
        return record(1, title=[title], indexed={"timestamp": stamp})

    assert built(engine, [dated("Second", 2)], tmp_path).new == 1
    assert built(engine, [dated("Second", 2)], tmp_path).unchanged == 1
    assert built(engine, [dated("First", 1)], tmp_path).unchanged == 1
    assert built(engine, [dated("Third", 3)], tmp_path).replaced == 1
    with closing(engine[0].opens(engine[1])) as index:
        assert len(index) == 1
        assert titles(index.search(Query("1", "third harbour letters"))) == ["Third"]
        assert titles(index.search(Query("2", "second"))) == []


def test_of_two_states_in_one_file_the_newer_one_stays(engine: tuple[Any, Path], tmp_path: Path) -> None:
    states = [record(1, title=[title], indexed={"timestamp": stamp}) for title, stamp in (("New", 9), ("Old", 3))]
    built(engine, states, tmp_path)
    with closing(engine[0].opens(engine[1])) as index:
        assert titles(index.search(Query("1", "new old"))) == ["New"]


def test_a_removed_record_is_gone_and_all_others_can_be_read(engine: tuple[Any, Path], tmp_path: Path) -> None:
    built(engine, [record(number) for number in range(5)], tmp_path)
    with closing(engine[0].upkeep(engine[1])) as index:
        assert index.remove(["10.5555/engine.2", "10.5555/nobody"]) == 1
        index.compact()
        assert sorted(doi for doi, _ in index.records()) == [f"10.5555/engine.{number}" for number in (0, 1, 3, 4)]
    with closing(engine[0].opens(engine[1])) as index:
        assert len(index) == 4
        assert titles(index.search(Query("1", record(2)["title"][0])))[:1] != record(2)["title"]


def test_very_long_dois_and_large_records_are_kept(engine: tuple[Any, Path], tmp_path: Path) -> None:
    longest = "10.5555/" + "x" * 700
    records = [
        record(1, DOI=longest),
        record(2, DOI=longest + "y"),
        *(record(n, note="n" * 900_000) for n in range(3, 25)),
    ]
    assert built(engine, records, tmp_path).new == 24
    with closing(engine[0].opens(engine[1])) as index:
        assert titles(index.search(Query("1", "Tides of the inner sound 1, Oderbrinkb 1991"), 1)) == [TITLES[1] + " 1"]
    assert built(engine, records, tmp_path).unchanged == 24


def test_half_a_character_in_a_record_costs_nothing(engine: tuple[Any, Path], tmp_path: Path) -> None:
    spelt = lines([record(1), record(2, title=["Fog \ud800 deep"]), record(3)])
    (tmp_path / "records.jsonl").write_bytes(spelt)
    added = engine[0].builds(engine[1], [tmp_path / "records.jsonl"], None)
    assert (added.new, [finding.code for finding in added.findings]) == (3, [])


@pytest.mark.parametrize(
    ("package", "module", "extra"),
    [("tantivy", "tantivy", "index"), ("shards", "tantivy", "index"), ("opensearch", "opensearchpy", "opensearch")],
)
def test_an_engine_without_its_package_says_how_to_install_it(
    package: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "cluster.yaml").write_text("hosts: [http://127.0.0.1:9]")
    (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))
    place = tmp_path / ("cluster.yaml" if package == "opensearch" else "new.index")
    with pytest.raises(UsageError, match=rf"pip install 'dl4es-bib\[{extra}\]'"):
        ENGINES.named(package).builds(place, [tmp_path / "records.jsonl"], None)
    assert not (tmp_path / "new.index").exists()


def test_an_isbn_names_the_book_and_not_its_chapters(engine: tuple[Any, Path], tmp_path: Path) -> None:
    book = record(1, type="book", title=["A Book"], ISBN=["9783319246574"])
    built(engine, [book, record(2, type="book-chapter", ISBN=["9783319246574"])], tmp_path)
    with closing(engine[0].opens(engine[1])) as index:
        isbn = ids.isbn("9783319246574")
        assert isbn is not None
        assert titles(index.lookup([isbn])[isbn]) == ["A Book"]


def test_a_line_that_is_no_record_costs_only_itself(engine: tuple[Any, Path], tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(lines([record(1)]) + b"{broken\n[]\n" + lines([record(2), {"DOI": "10.1/\ud800"}]))
    added = engine[0].builds(engine[1], [file], None)
    assert (added.new, len(added.findings)) == (2, 3)


def test_an_index_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    for name in ("sqlite", "tantivy", "shards", "opensearch"):
        with pytest.raises(UnreadableInput, match=r"index add|does not exist"):
            ENGINES.named(name).opens(tmp_path / "none.yaml")


def test_shards_rank_as_one_index(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_bytes(lines([record(number) for number in range(300)]))
    TantivyIndex.build(tmp_path / "one", [file])
    ShardedIndex.build(tmp_path / "four", [file], shards=4)
    with TantivyIndex(tmp_path / "one") as one, ShardedIndex(tmp_path / "four") as four:
        for number in range(0, 300, 7):
            query = Query("1", f"Oderbrinka: {record(number)['title'][0]}, Harbour Letters {number % 20 + 1}")
            found = [work.text("DOI") for work in one.search(query)]
            assert [work.text("DOI") for work in four.search(query)] == found


class TestFeeds:
    """The forms in which agencies give their records away."""

    def read(self, path: Path, tmp_path: Path) -> list[str]:
        index = tmp_path / "feed.index"
        TantivyIndex.build(index, [path])
        with TantivyIndex(index) as opened:
            return sorted(doi for doi, _ in opened.records())

    def test_a_tar_of_zipped_files_with_items(self, tmp_path: Path) -> None:
        path = tmp_path / "all.tar"
        with tarfile.open(path, "w") as archive:
            for name, numbers in (("0.json.gz", (1, 2)), ("1.json.gz", (3,))):
                data = gzip.compress(json.dumps({"items": [record(number) for number in numbers]}).encode())
                member = tarfile.TarInfo(f"data/{name}")
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
            leading_out = tarfile.TarInfo("../../evil.jsonl")
            leading_out.size = 2
            archive.addfile(leading_out, io.BytesIO(b"{}"))
        assert self.read(path, tmp_path) == [f"10.5555/engine.{number}" for number in (1, 2, 3)]
        assert not (tmp_path.parent.parent / "evil.jsonl").exists()

    @pytest.mark.parametrize("indent", [None, 1, 2])
    @pytest.mark.parametrize(
        "form",
        [
            lambda records: records,
            lambda records: {"items": records},
            lambda records: {
                "status": "ok",
                "message-type": "work-list",
                "message": {"total-results": 2, "items": records},
            },
            lambda records: {"data": records, "meta": {"total": 2}},
            lambda records: {"meta": {"count": 2}, "results": records},
        ],
    )
    def test_answers_and_lists_as_they_are_saved(self, form: Any, indent: int | None, tmp_path: Path) -> None:
        path = tmp_path / "answer.json"
        text = json.dumps(form([record(1), record(2)]), indent=indent)
        for data in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n"):
            path.write_bytes(data)
            assert self.read(path, tmp_path) == ["10.5555/engine.1", "10.5555/engine.2"]

    def test_one_record_over_several_lines(self, tmp_path: Path) -> None:
        (tmp_path / "work.json").write_text(json.dumps(record(1), indent=2))
        assert self.read(tmp_path / "work.json", tmp_path) == ["10.5555/engine.1"]

    def test_pages_of_answers_one_a_line(self, tmp_path: Path) -> None:
        pages = [{"items": [record(1)]}, {"items": [record(2), record(3)]}]
        (tmp_path / "pages.jsonl").write_bytes(lines(pages))
        assert self.read(tmp_path / "pages.jsonl", tmp_path) == [f"10.5555/engine.{number}" for number in (1, 2, 3)]

    def test_an_odd_first_line_costs_only_itself(self, tmp_path: Path) -> None:
        for odd in (b"{\n", b"[1]\n", b"{]\n", b"null\n", b"x\n"):
            (tmp_path / "odd.jsonl").write_bytes(odd + lines([record(1), record(2)]))
            assert self.read(tmp_path / "odd.jsonl", tmp_path) == ["10.5555/engine.1", "10.5555/engine.2"], odd

    def test_zipped_records_from_standard_input(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Piped:
            buffer = io.BufferedReader(io.BytesIO(gzip.compress(lines([record(1)]))))

        monkeypatch.setattr(sys, "stdin", Piped)
        assert self.read(Path("-"), tmp_path) == ["10.5555/engine.1"]

    @pytest.mark.parametrize("kept", [0, 1, 2, 3, 5, 9, 10, 11, 40])
    def test_an_archive_that_ends_early_is_told(self, kept: int, tmp_path: Path) -> None:
        path = tmp_path / "all.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            member = tarfile.TarInfo("data/0.jsonl")
            member.size = len(lines([record(1)]))
            archive.addfile(member, io.BytesIO(lines([record(1)])))
        path.write_bytes(path.read_bytes()[:kept])
        (finding,) = read_records(path)
        assert isinstance(finding, Finding)
        assert finding.code == "broken-file"

    def test_a_folder_of_files(self, tmp_path: Path) -> None:
        folder = tmp_path / "data" / "updated_date=2026-01-01"
        folder.mkdir(parents=True)
        (folder / "part_000.gz").write_bytes(gzip.compress(lines([record(1)])))
        (folder / "manifest").write_text("x")
        (folder.parent / "more.jsonl").write_bytes(lines([record(2)]))
        assert self.read(tmp_path / "data", tmp_path) == ["10.5555/engine.1", "10.5555/engine.2"]

    def test_openalex_with_and_without_a_doi(self, tmp_path: Path) -> None:
        works = [
            {
                "id": "https://openalex.org/W11",
                "doi": "https://doi.org/10.5555/Alex",
                "title": "Fog",
                "type": "article",
            },
            {"id": "https://openalex.org/W12", "doi": None, "title": "Mist", "type": "article"},
        ]
        (tmp_path / "works.jsonl").write_bytes(lines(works))
        assert self.read(tmp_path / "works.jsonl", tmp_path) == ["10.5555/alex", "openalex:w12"]

    def test_the_metadata_of_arxiv(self, tmp_path: Path) -> None:
        paper = {"id": "2101.00001", "title": "On\n  Fog", "authors_parsed": [["Ode", "Ada", ""]],
                 "versions": [{"created": "Fri, 1 Jan 2021 00:00:00 GMT"}], "update_date": "2022-03-04"}  # fmt: skip
        (tmp_path / "arxiv.json").write_bytes(lines([paper]))
        assert self.read(tmp_path / "arxiv.json", tmp_path) == ["10.48550/arxiv.2101.00001"]
        with TantivyIndex(tmp_path / "feed.index") as index:
            (work,) = index.search(Query("1", "Ode (2021) On Fog"))
            assert (work.title, work.year, work.text("arxiv")) == ("On Fog", 2021, "2101.00001")

    def test_a_bibliography(self, tmp_path: Path) -> None:
        (tmp_path / "own.bib").write_text(
            "@book{ode,\n title={Tides},\n year={1999}}\n@misc{b, doi={10.5555/B}, title={Fog}}"
        )
        found = self.read(tmp_path / "own.bib", tmp_path)
        assert found == ["10.5555/b", f"bib:{tmp_path / 'own.bib'}:ode".lower()]

    def test_a_file_that_breaks_off_keeps_what_came_before(self, tmp_path: Path) -> None:
        data = gzip.compress(lines([record(number) for number in range(500)]))
        (tmp_path / "cut.jsonl.gz").write_bytes(data[: len(data) // 2])
        added = TantivyIndex.build(tmp_path / "cut.index", [tmp_path / "cut.jsonl.gz"])
        assert 0 < added.new < 500
        assert any(finding.severity == "error" for finding in added.findings)


class TestCutOff:
    """A run that is killed is run again."""

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
    @pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
    def test_a_killed_run_leaves_an_index_that_the_next_run_completes(self, share: float, tmp_path: Path) -> None:
        file, index = tmp_path / "records.jsonl", tmp_path / "killed.index"
        file.write_bytes(lines([record(number) for number in range(4000)]))
        code = (
            "import sys\nfrom pathlib import Path\nfrom dl4es_bib.resolver.index import tantivy\n"
            "tantivy._COMMIT_EVERY = 500\n"
            "tantivy.TantivyIndex.build(Path(sys.argv[1]), [Path(sys.argv[2])], tell=lambda n: print(n, flush=True))\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(index), str(file)], stdout=subprocess.PIPE, env=os.environ, text=True
        )
        assert process.stdout is not None
        for _ in range(round(share * 8)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        added = TantivyIndex.build(index, [file])
        assert added.new + added.unchanged == 4000
        assert added.unchanged >= round(share * 8) * 500
        with TantivyIndex(index) as opened:
            assert len({doi for doi, _ in opened.records()}) == len(opened) == 4000


class TestDamage:
    """What is no index, or none any more."""

    def test_a_folder_of_something_else_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "thesis.tex").write_text("x")
        (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))
        for engine in ("tantivy", "shards"):
            with pytest.raises(UnreadableInput, match="no index of this kind"):
                ENGINES.named(engine).builds(tmp_path / "mine", [tmp_path / "records.jsonl"], None)
        assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.tex"]

    def test_an_index_that_was_begun_and_not_made_is_not_in_the_way(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from dl4es_bib.resolver.index import shards

        (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(shards, "save", killed)
            with pytest.raises(KeyboardInterrupt):
                shards.ShardedIndex.build(tmp_path / "parts.index", [tmp_path / "records.jsonl"])
        assert not (tmp_path / "parts.index").exists()
        assert shards.ShardedIndex.build(tmp_path / "parts.index", [tmp_path / "records.jsonl"], shards=2).new == 1

    def test_compact_keeps_all_that_was_not_removed_and_gives_back_the_rest(self, tmp_path: Path) -> None:
        (tmp_path / "records.jsonl").write_bytes(lines([record(number, abstract="x" * 500) for number in range(400)]))
        index = tmp_path / "large.index"
        TantivyIndex.build(index, [tmp_path / "records.jsonl"])
        with TantivyIndex(index, writable=True) as held:
            before = dict(held.records())
            held.remove([doi for number, doi in enumerate(before) if number % 4])
            size = sum(file.stat().st_size for file in index.iterdir())
            held.compact()
        with TantivyIndex(index) as held:
            left = dict(held.records())
        assert left == {doi: work for number, (doi, work) in enumerate(before.items()) if number % 4 == 0}
        assert sum(file.stat().st_size for file in index.iterdir()) < size
        assert TantivyIndex.build(index, [tmp_path / "records.jsonl"]).unchanged == 100

    def test_another_version_and_a_lost_file_are_told_with_the_cure(self, tmp_path: Path) -> None:
        (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))
        index = tmp_path / "old.index"
        TantivyIndex.build(index, [tmp_path / "records.jsonl"])
        (index / "meta.json").write_text("{")
        with pytest.raises(DamagedIndex, match="make it anew"):
            TantivyIndex(index)
        (index / tantivy.MARK).write_text('{"schema": 0}')
        with pytest.raises(DamagedIndex, match="another version"):
            TantivyIndex(index)

    def test_shards_do_not_lead_out_of_their_folder(self, tmp_path: Path) -> None:
        (tmp_path / "evil").mkdir()
        (tmp_path / "evil" / "shards.json").write_text('{"schema": "dl4es-bib-shards/1", "shards": ["../x"]}')
        with pytest.raises(DamagedIndex, match="leads out"):
            ShardedIndex(tmp_path / "evil")

    def test_two_runs_do_not_write_one_index(self, tmp_path: Path) -> None:
        (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))
        index = tmp_path / "busy.index"
        TantivyIndex.build(index, [tmp_path / "records.jsonl"])
        with TantivyIndex(index, writable=True) as busy:
            busy.add([])
            with TantivyIndex(index, writable=True) as other:
                assert [doi for doi, _ in other.records()] == ["10.5555/engine.1"]  # reading goes on
                with pytest.raises(SaveError, match="another run"):
                    other.add([])


class TestCluster:
    """The file that names an index of OpenSearch."""

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("index: x", "has 'hosts'"),
            ("hosts: [ftp://x]", "addresses"),
            ("hosts: [http://search.example.org:9200]\nuser: ode", "unencrypted"),
            ("hosts: [https://x]\nsecret: y", "has 'hosts'"),
            ("hosts: [", "yaml:2"),
            ("hosts: [https://x:99999]", "addresses"),
            ("hosts: [https://]", "addresses"),
            ("hosts: [https://x]\nca_certs: /nowhere/cluster.pem", "ca_certs"),
            ("hosts: [https://x]\nindex: Two Words", "no name of an index"),
            ("hosts: [http://127.0.0.1:9@search.example.org]\nuser: ode", "have no user"),
        ],
    )
    def test_a_mistake_in_it_is_told(self, text: str, message: str, tmp_path: Path) -> None:
        (tmp_path / "cluster.yaml").write_text(text)
        with pytest.raises(ConfigError, match=message):
            Cluster.load(tmp_path / "cluster.yaml")

    @pytest.mark.parametrize("host", ["http://localhost", "http://127.0.0.1:9200/", "http://[::1]:9200"])
    def test_a_cluster_of_this_machine_may_be_asked_without_encryption(self, host: str, tmp_path: Path) -> None:
        (tmp_path / "cluster.yaml").write_text(f"hosts: ['{host}']\nuser: ode")
        assert Cluster.load(tmp_path / "cluster.yaml").hosts == (host,)

    def test_a_password_in_an_address_is_refused_and_not_repeated(self, tmp_path: Path) -> None:
        (tmp_path / "cluster.yaml").write_text("hosts: ['https://ode:secretword@search.example.org']")
        with pytest.raises(ConfigError, match="password_variable") as told:
            Cluster.load(tmp_path / "cluster.yaml")
        assert "secretword" not in str(told.value)

    def test_a_dry_run_never_writes_into_a_cluster(self, command: Run, project: Path, server: Any) -> None:
        with server.clone() as clone:
            (project / "cluster.yaml").write_text(json.dumps({"hosts": [clone.url], "index": "dry"}))
            code, _, err = command("index", "add", "records.jsonl", "--index", "cluster.yaml", "--dry-run")
            assert (code, "--dry-run" in err) == (2, True)
            code, _, err = command("index", "info", "--index", "cluster.yaml")
            assert "no index dry" in err

    def test_a_cluster_that_goes_away_is_a_source_that_did_not_answer(self, tmp_path: Path, server: Any) -> None:
        from dl4es_bib.model.identifier import doi
        from dl4es_bib.resolver.index.provider import IndexProvider
        from dl4es_bib.resolver.provider import Unanswered

        (tmp_path / "records.jsonl").write_bytes(lines([record(1)]))
        with server.clone() as clone:
            (tmp_path / "cluster.yaml").write_text(json.dumps({"hosts": [clone.url], "index": "away"}))
            ENGINES.named("opensearch").builds(tmp_path / "cluster.yaml", [tmp_path / "records.jsonl"], None)
            index = ENGINES.named("opensearch").opens(tmp_path / "cluster.yaml")
        provider = IndexProvider(index)
        wanted = doi("10.5555/engine.1")
        assert wanted is not None
        assert isinstance(provider.lookup([wanted])[wanted], Unanswered)
        assert isinstance(provider.search([Query("1", "Tides of the inner sound 1")])["1"], Unanswered)

    def test_a_password_comes_from_the_environment_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("OPENSEARCH_PASSWORD", raising=False)
        (tmp_path / "cluster.yaml").write_text("hosts: [https://127.0.0.1:9]\nuser: ode")
        with pytest.raises(ConfigError, match="OPENSEARCH_PASSWORD"):
            ENGINES.named("opensearch").opens(tmp_path / "cluster.yaml")

    def test_a_cluster_that_does_not_answer_is_said_with_its_address(self, tmp_path: Path) -> None:
        (tmp_path / "cluster.yaml").write_text("hosts: [http://127.0.0.1:9]")
        with pytest.raises(UnreadableInput, match=r"127\.0\.0\.1:9 cannot be used"):
            ENGINES.named("opensearch").opens(tmp_path / "cluster.yaml")


def test_a_large_new_index_is_one_of_tantivy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto, "SMALL", 20)
    (tmp_path / "few.jsonl").write_bytes(lines([record(number) for number in range(20)]))
    (tmp_path / "many.jsonl").write_bytes(lines([record(number) for number in range(21)]))
    assert auto.engine_name(tmp_path / "new", [tmp_path / "few.jsonl"]) == "sqlite"
    assert auto.engine_name(tmp_path / "new", [tmp_path / "many.jsonl"]) == "tantivy"
    ENGINES.named("auto").builds(tmp_path / "large", [tmp_path / "many.jsonl"], None)
    assert auto.engine_name(tmp_path / "large") == "tantivy"


def test_the_index_is_kept_up_at_the_command_line(command: Run, project: Path) -> None:
    (project / "more.jsonl").write_bytes(lines([record(number) for number in range(9)]))
    assert command("index", "add", "more.jsonl", "--index", "own", "--shards", "2")[0] == 0
    assert "9 records" in command("index", "info", "--index", "own")[1]
    assert (
        command("index", "remove", "https://doi.org/10.5555/ENGINE.3", "--index", "own")[1]
        == "own: 1 record removed.\n"
    )
    assert command("index", "compact", "--index", "own")[0] == 0
    assert command("index", "verify", "--index", "own")[1] == "own: 8 records, all can be read.\n"
    assert command("index", "add", "more.jsonl", "--index", "own", "--dry-run")[1].startswith(
        "own: 1 records would be new"
    )
    code, _, err = command("index", "add", "more.jsonl", "--index", "x", "--engine", "none")
    assert (code, "sqlite" in err) == (2, True)


def test_quick_reading_finds_what_the_work_says() -> None:
    from dl4es_bib.resolver.index import quick
    from dl4es_bib.resolver.index.keys import terms, work_coordinates, work_terms
    from dl4es_bib.resolver.index.stored import as_work

    variants: list[dict[str, Any]] = [
        record(1),
        record(2, **{"published-print": {"date-parts": [[2001, 2]]}, "published-online": {"date-parts": [[2000]]}}),
        record(3, author=[{"family": "Li", "given": "Bo"}, {"family": "Abdo Qomi", "given": "C."}]),
        record(4, author=[{"family": "Smith-Jones", "given": "B."}], **{"short-container-title": ["Harb. Lett."]}),
        record(5, title=["Salt & sea: what_is it? [part 2]"], page="017"),
        record(6, page=None, volume="007"),
        record(7, author=None),
    ]
    read = 0
    for data in variants:
        signs = quick._quick(data, data["DOI"])
        work: Work = as_work("crossref", data, data["DOI"])
        if signs is not None:
            read += 1
            assert terms([signs.words]) == work_terms(work)
            assert set(signs.coordinates) == work_coordinates(work)
            assert signs.identifiers == (("doi", data["DOI"]),)
    assert read >= 5


def test_a_run_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy, "_COMMIT_EVERY", 10)
    (tmp_path / "records.jsonl").write_bytes(lines([record(number) for number in range(25)]))
    told: list[int] = []
    TantivyIndex.build(tmp_path / "x", [tmp_path / "records.jsonl"], tell=told.append)
    assert told == [10, 20]
