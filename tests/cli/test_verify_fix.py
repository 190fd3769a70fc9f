"""verify --fix: values are taken from records by span, and the lock of a project says where they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dl4es_bib.cli import run
from dl4es_bib.library.store.files import load_lock
from dl4es_bib.library.store.provenance import text_of

RECORDS = [
    {
        "DOI": "10.5555/glow.1", "type": "journal-article", "title": ["Glow worms along forest roads in spring"],
        "author": [{"family": "Marsh", "given": "Ida"}, {"family": "Olsen", "given": "Per"}], "volume": "12",
        "container-title": ["Night Letters"], "page": "345-350", "issued": {"date-parts": [[2004]]},
    },
    {
        "DOI": "10.5555/peat.2", "type": "journal-article", "title": ["Peat growth in cold northern valleys"],
        "author": [{"family": "Baba", "given": "Kenji"}], "container-title": ["Bog Studies"], "volume": "7",
        "page": "12-40", "issued": {"date-parts": [[1999]]},
    },
]  # fmt: skip
BIB = """\
% year = 1901 stays
@string{night = "Night Letters"}
@comment{glow, year = 1902}
@Article ( glow ,
\tAUTHOR  = "Marsh, Ida" # { and Olsen, Per},
\tTitle   = {{Glow} worms along forest roads in spring},
\tjournal = night,
\tYEAR    = 1988 , volume = "12",
\tpages = {345--350}, keywords = {year = 1988}
)
text that BibTeX skips, year = 1903
@article{peat, author={Baba, Kenji}, title={Peat growth in cold northern valleys}, journal=night, year=1999, volume=7,
  pages={12--40}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(row) + "\n" for row in RECORDS))
    (tmp_path / "refs.bib").write_text(BIB)
    services = "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"
    (tmp_path / "dl4es-bib.yaml").write_text(
        "source: refs.bib\nlibrary: refs.bib\nformats: bib\nindex: {path: i.sqlite, records: records.jsonl}\n"
        + services
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_only_the_chosen_value_changes_and_every_other_byte_stays(folder: Path) -> None:
    run(["verify", "refs.bib", "--fix", "issued"])
    assert (folder / "refs.bib").read_text() == BIB.replace("YEAR    = 1988", "YEAR    = 2004")


def test_a_macro_that_other_entries_use_stays_what_it_is(folder: Path) -> None:
    run(["verify", "refs.bib", "--fix", "container-title"])
    expected = BIB.replace("valleys}, journal=night", "valleys}, journal={Bog Studies}")
    assert (folder / "refs.bib").read_text() == expected


def test_the_lock_of_a_project_says_where_a_value_was_taken_from(folder: Path) -> None:
    run(["verify", "refs.bib", "--fix", "issued"])
    entry = load_lock(folder / "dl4es-bib.lock").entries["glow"]
    assert {name: text_of(source) for name, source in entry.provenance.items()} == {
        "year": "record index 10.5555/glow.1"
    }
    assert entry.adopted
    assert dict(entry.written) == {"year": "2004"}


def test_a_build_after_it_decides_as_before_and_keeps_the_users_own_values(folder: Path) -> None:
    run(["verify", "refs.bib", "--fix", "issued"])
    run(["build"])
    built = (folder / "refs.bib").read_text()
    assert "journal = night" in built
    assert "YEAR    = 2004" in built
    run(["build"])
    assert (folder / "refs.bib").read_text() == built


def test_a_file_by_itself_gets_no_lock(folder: Path) -> None:
    (folder / "own.bib").write_text(BIB)
    run(["verify", "own.bib", "--fix", "issued"])
    assert "2004" in (folder / "own.bib").read_text()
    assert not list(folder.glob("*.lock"))
