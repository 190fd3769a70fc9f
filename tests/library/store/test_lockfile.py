"""The lock file: its form, what it survives, and the form of earlier versions."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.library.store.lockfile import Lock, LockEntry, RecordReference, format_lock, parse_lock
from dl4es_bib.model.errors import UsageError
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source

INDEX = Source("record", "index", "10.5555/a")
ENTRY = LockEntry(
    identity=("doi:10.5555/a", "key:ode2004"),
    sources=("list.md:3", "list.md:9"),
    decision=Decision.CONFIRMED,
    record=RecordReference("index", "10.5555/a", "On Tides", "Ode", 2004, 0.97),
    reasons=('title agrees: "On Tides"',),
    provenance={"title": INDEX, "pages": Source("text", "list.md", span=Span("list.md", 3))},
    type="article",
    written={"title": "On {NASA} Tides", "date": "2004-05-01", "volume": "08"},
)
CANDIDATE = RecordReference("crossref", "10.5555/b", "On the tides | of old", "Bell et al.", 1999, 0.5)


def test_a_lock_survives_writing_and_reading() -> None:
    review = LockEntry(adopted=True, decision=Decision.NEEDS_REVIEW, candidates=(CANDIDATE,), pending={"year": "1"})
    lock = Lock({"ode2004": ENTRY, "Bell": review, "a b\n": LockEntry(differs={"title": "\u2028\u202e\ud800"})})
    text = format_lock(lock)
    assert parse_lock(text, "x.lock") == lock
    assert format_lock(parse_lock(text, "x.lock")) == text
    assert text.encode()
    assert "\u202e" not in text


def test_other_programs_can_read_it_as_yaml() -> None:
    entry = yaml.safe_load(format_lock(Lock({"ode2004": ENTRY})))["entries"]["ode2004"]
    assert (entry["record"]["identifier"], entry["record"]["year"]) == ("10.5555/a", 2004)
    assert entry["provenance"] == {"pages": "text list.md:3", "title": "record index 10.5555/a"}


def test_every_fact_is_one_line_and_keys_are_sorted() -> None:
    long = "word " * 300
    text = format_lock(Lock({"b": LockEntry(reasons=(long,)), "a": LockEntry(record=RecordReference("r"))}))
    assert long.strip() in text
    assert text.index('\n  "a":') < text.index('\n  "b":')


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_merges_changes_to_neighbouring_entries(tmp_path: Path) -> None:
    base = Lock({key: replace(ENTRY, reasons=()) for key in "abc"})
    ours = Lock({**base.entries, "a": replace(ENTRY, written={"volume": "9"}), "aa": LockEntry(type="book")})
    theirs = Lock({**base.entries, "b": replace(ENTRY, identity=("text:1",)), "c": LockEntry(adopted=True)})
    for name, lock in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(format_lock(lock))
    done = subprocess.run(["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 0
    assert parse_lock(done.stdout.decode(), "x.lock") == Lock(
        {"a": ours.entries["a"], "aa": ours.entries["aa"], "b": theirs.entries["b"], "c": theirs.entries["c"]}
    )


def test_an_empty_file_is_an_empty_lock() -> None:
    assert parse_lock("", "x.lock") == Lock()
    assert parse_lock(format_lock(Lock()), "x.lock") == Lock()


@pytest.mark.parametrize("text", ["- a", "schema: other/9\n", "a: [", "schema: dl4es-bib-lock/1\nentries: 3\n"])
def test_what_is_no_lock_of_ours_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(UsageError, match=r"x\.lock.*(version control|delete)"):
        parse_lock(text, "x.lock")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"link"', '"link', "x.lock:7: this is no JSON"),
        ('    "decision"', '<<<<<<< ours\n    "decision"', "x.lock:7: this is a merge conflict"),
        ("\n  }\n\n", "\n  \n", "x.lock:.* JSON"),
        ('"b": {', '"a": {', "x.lock:10: the entry a stands here a second time"),
        ('"link"', "[" * 100_000, "x.lock:.* JSON"),
    ],
)
def test_a_damaged_block_is_named_with_its_line(old: str, new: str, message: str) -> None:
    text = format_lock(Lock({"a": LockEntry(decision=Decision.LINK), "b": LockEntry(decision=Decision.NOT_FOUND)}))
    assert old in text
    with pytest.raises(UsageError, match=message):
        parse_lock(text.replace(old, new, 1), "x.lock")


OLD = """schema: dl4es-bib-lock/1
entries:
  a: {identity: x, written: [1], decision: 3, record: null}
  b: 7
  c:
    adopted: true
    candidates: ['10.5555/b | Bell et al. | 1999 | On the tides | of old', Salt]
    decision: needs-review
    provenance: {title: record index 10.5555/a at 2026-01-03T00:00:00+00:00 (unconfirmed), year: text list.md:3}
    record: index 10.5555/a
"""


def test_the_form_of_earlier_versions_is_read() -> None:
    entries = parse_lock(OLD, "x.lock").entries
    assert entries["a"] == LockEntry()
    assert set(entries) == {"a", "c"}
    entry = entries["c"]
    assert (entry.adopted, entry.decision) == (True, Decision.NEEDS_REVIEW)
    assert entry.record == RecordReference("index", "10.5555/a")
    assert [candidate.identifier for candidate in entry.candidates] == ["10.5555/b", ""]
    assert entry.candidates[1].title == "Salt"
    at = "2026-01-03T00:00:00+00:00"
    assert entry.provenance["title"] == Source("record", "index", "10.5555/a", retrieved=at, confirmed=False)
    assert entry.provenance["year"] == Source("text", "list.md", span=Span("list.md", 3))


@given(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=30), max_size=4))
def test_any_value_survives(values: dict[str, str]) -> None:
    lock = Lock({key: LockEntry(written=values, decision=Decision.LINK, reasons=(key,)) for key in values})
    assert parse_lock(format_lock(lock), "x") == lock
