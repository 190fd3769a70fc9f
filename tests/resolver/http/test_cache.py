"""Answers are kept on disk, and a bad file never stops a run."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from dl4es_bib.resolver.http.cache import FRESH, Cache, default_path

DAY = 86_400.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "answers.sqlite3"


class Wall:
    now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


def test_what_is_kept_is_found_again_by_another_run(path: Path) -> None:
    Cache(path, Wall()).put("crossref", "key", 200, b"body", Wall.now)
    kept = Cache(path, Wall()).get("crossref", "key")
    assert kept is not None
    assert (kept.status, kept.body, kept.fetched, kept.fresh) == (200, b"body", Wall.now, True)


def test_services_do_not_mix(path: Path) -> None:
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    assert cache.get("datacite", "key") is None


def test_reading_makes_no_file(path: Path) -> None:
    assert Cache(path).get("crossref", "key") is None
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("status", "kind", "lifetime"),
    [(200, "single", "single"), (200, "list", "list"), (404, "single", "absent")],
)
def test_answers_age_and_no_such_record_ages_fastest(path: Path, status: int, kind: str, lifetime: str) -> None:
    wall = Wall()
    cache = Cache(path, wall)
    cache.put("crossref", "key", status, b"body", wall.now)
    wall.now += FRESH[lifetime] - 1
    young = cache.get("crossref", "key", kind)
    wall.now += 2
    old = cache.get("crossref", "key", kind)
    assert young is not None
    assert old is not None
    assert (young.fresh, old.fresh) == (True, False)
    assert FRESH["absent"] < FRESH["list"] < FRESH["single"]


def test_an_answer_from_the_future_is_not_fresh(path: Path) -> None:
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now + 2 * DAY)
    kept = cache.get("crossref", "key")
    assert kept is not None
    assert not kept.fresh


def test_a_dropped_answer_is_gone(path: Path) -> None:
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    cache.drop("crossref", "key")
    assert cache.get("crossref", "key") is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5_000, b"\x00" * 10_000])
def test_a_damaged_file_is_moved_aside_and_begun_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    cache = Cache(path, Wall())
    assert cache.get("crossref", "key") is None
    cache.put("crossref", "key", 200, b"body", Wall.now)
    kept = cache.get("crossref", "key")
    assert kept is not None
    assert kept.body == b"body"
    if content:
        assert path.with_name("answers.sqlite3.damaged").read_bytes() == content
        assert [finding.code for finding in cache.findings] == ["cache-damaged"]


def test_a_database_of_something_else_is_moved_aside(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE answer (x)")
    other.execute("PRAGMA user_version = 1")
    other.commit()
    other.close()
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    assert cache.get("crossref", "key") is not None
    assert path.with_name("answers.sqlite3.damaged").exists()


def test_a_damaged_answer_is_forgotten(path: Path) -> None:
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    cache.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE answer SET body = x'00ff'")
    raw.commit()
    raw.close()
    assert cache.get("crossref", "key") is None
    assert cache.findings == []


def test_a_folder_in_its_place_means_going_on_without(path: Path) -> None:
    path.mkdir(parents=True)
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    assert cache.get("crossref", "key") is None
    assert [finding.code for finding in cache.findings] == ["cache-unusable"]


def test_a_file_where_its_folder_should_be_means_going_on_without(path: Path) -> None:
    path.parent.write_text("no folder")
    cache = Cache(path, Wall())
    cache.put("crossref", "key", 200, b"body", Wall.now)
    assert [finding.code for finding in cache.findings] == ["cache-unusable"]


def test_threads_and_two_runs_share_it(path: Path) -> None:
    caches = [Cache(path, Wall()), Cache(path, Wall())]

    def write(cache: Cache, name: str) -> None:
        for number in range(10):
            cache.put("crossref", f"{name}-{number}", 200, b"body", Wall.now)

    threads = [threading.Thread(target=write, args=(caches[i % 2], str(i))) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [caches[0].get("crossref", f"{i}-{number}") for i in range(4) for number in range(10)]
    assert all(found)
    assert caches[0].findings == caches[1].findings == []


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (
            {"XDG_CACHE_HOME": "/var/cache/ada", "HOME": "/home/ada"},
            "/var/cache/ada/dl4es-bib/answers.sqlite3",
        ),
        ({"HOME": "/home/ada"}, "/home/ada/.cache/dl4es-bib/answers.sqlite3"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/ada"}, "/home/ada/.cache/dl4es-bib/answers.sqlite3"),
    ],
)
def test_it_lies_where_the_xdg_specification_says(environ: dict[str, str], expected: str) -> None:
    assert default_path(environ) == Path(expected)
