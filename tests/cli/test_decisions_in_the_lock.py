"""A decision stands in the lock, holds while the text is the same, and can be made there by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dl4es_bib.cli import run
from dl4es_bib.library.store.files import load_lock
from dl4es_bib.library.store.lock import LockEntry

REEF = {
    "DOI": "10.5555/reef.1", "type": "journal-article", "title": ["Growth of corals in cold northern water"],
    "author": [{"family": "Baba", "given": "Ann"}, {"family": "Quist", "given": "Bo"}],
    "container-title": ["Reef Studies"], "volume": "7", "page": "12-40", "issued": {"date-parts": [[1999]]},
    "publisher": "Reef Press", "ISSN": ["1234-5679"],
}  # fmt: skip
LAKE = {**REEF, "DOI": "10.5555/lake.2", "title": ["Thermal layers of alpine lakes after storms"]}
BIB = """\
% our references
@article{snow, author={Ray, Mo}, title={Soil moisture under snow cover}, journal={Snow}, year=2001,
  doi={10.5555/reef.1}, keywords={thesis}}
@article{bread, author={Vole, Ida}, title={Bread prices and lunar eclipses}, journal={Grain}, year=2015}
"""
SETTINGS = """\
source: refs.bib
library: {library}
index: {{path: i.sqlite, records: records.jsonl}}
formats: bib
services:
  crossref: {{enabled: false}}
  datacite: {{enabled: false}}
  arxiv: {{enabled: false}}
"""


@pytest.fixture(params=["refs.bib", "references.bib"])
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A project whose library is its source, or another file."""
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (REEF, LAKE)))
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "dl4es-bib.yaml").write_text(SETTINGS.format(library=request.param))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def apply(folder: Path, text: str) -> int:
    (folder / "d.yaml").write_text(text)
    return run(["review", "--apply", "d.yaml"])


def entry(folder: Path, key: str) -> LockEntry:
    return load_lock(folder / "dl4es-bib.lock").entries[key]


def verdicts(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    run(["verify", "refs.bib", "--json"])
    return {row["key"]: row for row in json.loads(capsys.readouterr().out)["entries"]}


def test_a_decision_is_two_fields_of_the_entry_in_the_lock(folder: Path) -> None:
    assert apply(folder, "snow: 10.5555/lake.2\n") == 0
    made = entry(folder, "snow")
    assert made.decided == "10.5555/lake.2"
    assert made.decided_for
    assert made.is_only_decided
    assert (folder / "refs.bib").read_text() == BIB


def test_a_decision_that_was_made_before_the_first_build_adds_no_second_entry(folder: Path) -> None:
    apply(folder, "snow: 10.5555/lake.2\nbread: none\n")
    run(["build"])
    library = next(path for path in (folder / "references.bib", folder / "refs.bib") if path.exists())
    assert library.read_text().count("@") == 2
    assert "snow-2" not in library.read_text()
    assert "{snow" in library.read_text()
    snow = entry(folder, "snow")
    assert (snow.decision, snow.record.identifier, snow.decided) == ("confirmed", "10.5555/lake.2", "10.5555/lake.2")
    assert "decided in dl4es-bib.lock" in snow.reasons
    assert entry(folder, "bread").decided == "none"


def test_a_second_build_decides_as_the_first_and_changes_no_byte(folder: Path) -> None:
    apply(folder, "snow: 10.5555/lake.2\n")
    run(["build"])
    files = {path: path.read_bytes() for path in folder.glob("*.*") if path.suffix in {".bib", ".lock"}}
    run(["build"])
    assert {path: path.read_bytes() for path in files} == files


@pytest.mark.parametrize(
    ("before", "after", "holds"),
    [
        ("Soil moisture under snow cover", "Soil moisture under deep snow cover", False),
        ("year=2001", "year=2002", False),
        ("journal={Snow}", "journal={Snow and Ice}", False),
        ("Ray, Mo", "Roy, Mo", False),
        ("10.5555/reef.1", "10.5555/reef.9", False),
        ("{Soil moisture under snow cover}", "{{Soil} {Moisture} under snow  cover}", True),
        ("keywords={thesis}", "keywords={thesis, winter}, file={a.pdf}", True),
        ("% our references", "% the references of our thesis", True),
    ],
)
def test_a_decision_holds_while_what_is_said_of_the_work_stays(
    folder: Path, before: str, after: str, holds: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(folder, "snow: none\n")
    assert before in BIB
    (folder / "refs.bib").write_text(BIB.replace(before, after))
    found = verdicts(capsys)["snow"]
    assert (found["verdict"] == "unverifiable") is holds
    run(["verify", "refs.bib"])
    told = capsys.readouterr().err
    assert ("does not hold any more" in told and "review --undo snow" in told) is not holds
    run(["review", "--list"])
    assert ("  snow  " in capsys.readouterr().out) is not holds
    run(["build"])
    assert ("does not hold any more" in capsys.readouterr().err) is not holds
    assert entry(folder, "snow").decided == "none"


def test_a_decision_holds_again_when_the_text_is_as_it_was(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apply(folder, "snow: none\n")
    (folder / "refs.bib").write_text(BIB.replace("year=2001", "year=2002"))
    assert verdicts(capsys)["snow"]["verdict"] != "unverifiable"
    (folder / "refs.bib").write_text(BIB)
    assert verdicts(capsys)["snow"]["verdict"] == "unverifiable"


def test_what_a_build_fills_in_does_not_end_a_decision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apply(folder, "bread: 10.5555/reef.1\n")
    run(["build"])
    assert verdicts(capsys)["bread"]["work"]["DOI"] == "10.5555/reef.1"


@pytest.mark.parametrize("is_built", [True, False])
def test_a_decision_can_be_made_in_the_lock_by_hand(
    folder: Path, is_built: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = folder / "dl4es-bib.lock"
    if is_built:
        run(["build"])
        lock.write_text(lock.read_text().replace('  "snow": {\n', '  "snow": {\n    "decided": "none",\n'))
    else:
        head = 'schema: "dl4es-bib-lock/2"\nentries:\n'
        lock.write_text(head + '\n  "snow": {\n    "decided": "none"\n  }\n')
    assert verdicts(capsys)["snow"]["verdict"] == "unverifiable"
    run(["build"])
    assert entry(folder, "snow").decided_for
    (folder / "refs.bib").write_text(BIB.replace("year=2001", "year=2012"))
    assert verdicts(capsys)["snow"]["verdict"] != "unverifiable"


def test_a_decision_in_the_lock_that_is_none_is_told_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = folder / "dl4es-bib.lock"
    lock.write_text('schema: "dl4es-bib-lock/2"\nentries:\n\n  "snow": {\n    "decided": "the second one"\n  }\n')
    assert run(["build"]) == 2
    assert "dl4es-bib.lock:5: snow: 'the second one' is no identifier" in capsys.readouterr().err


def test_a_decision_of_the_settings_goes_before_that_of_the_lock_and_always_holds(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(folder, "snow: none\n")
    settings = folder / "dl4es-bib.yaml"
    settings.write_text(settings.read_text() + "decisions:\n  snow: 10.5555/lake.2  # ours\n")
    (folder / "refs.bib").write_text(BIB.replace("year=2001", "year=2002"))
    found = verdicts(capsys)["snow"]
    assert found["work"]["DOI"] == "10.5555/lake.2"
    assert "decided in dl4es-bib.yaml" in found["reasons"]
    assert "does not hold" not in capsys.readouterr().err


def test_a_decision_of_the_settings_is_changed_and_taken_back_there(folder: Path) -> None:
    settings = folder / "dl4es-bib.yaml"
    before = settings.read_text()
    settings.write_text(before + "decisions:\n  snow: 10.5555/lake.2\n")
    assert apply(folder, "snow: none\nbread: none\n") == 0
    assert settings.read_text() == before + "decisions:\n  snow: none\n"
    assert entry(folder, "bread").decided == "none"
    assert run(["review", "--undo", "snow", "--undo", "bread"]) == 0
    assert "snow" not in settings.read_text()
    assert load_lock(folder / "dl4es-bib.lock").entries == {}


def test_a_decision_that_is_taken_back_leaves_what_builds_know(folder: Path) -> None:
    run(["build"])
    before = (folder / "dl4es-bib.lock").read_bytes()
    apply(folder, "snow: none\n")
    assert (folder / "dl4es-bib.lock").read_bytes() != before
    assert run(["review", "--undo", "snow"]) == 0
    assert (folder / "dl4es-bib.lock").read_bytes() == before


def test_a_page_says_for_which_text_each_decision_was_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["review", "--html", "open.html"])
    page = (folder / "open.html").read_text()
    digest = page.partition('data-key="snow" data-text="')[2].partition('"')[0]
    copied = f'decisions:\n  "snow": "none"\ntexts:\n  "snow": "{digest}"\n'
    assert apply(folder, copied) == 0
    assert verdicts(capsys)["snow"]["verdict"] == "unverifiable"
    run(["review", "--undo", "snow"])
    (folder / "refs.bib").write_text(BIB.replace("year=2001", "year=2002"))
    capsys.readouterr()
    assert apply(folder, copied) == 0
    assert "has changed since it was decided" in capsys.readouterr().err
    assert verdicts(capsys)["snow"]["verdict"] != "unverifiable"


def test_what_was_decided_is_shown_with_the_entry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build"])
    apply(folder, "snow: none\n")
    capsys.readouterr()
    run(["show", "snow"])
    assert "you decided: none" in capsys.readouterr().out
    run(["show", "snow", "--json"])
    assert '"decided": "none"' in capsys.readouterr().out


def test_a_key_that_is_renamed_keeps_its_decision(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apply(folder, "snow: 10.5555/lake.2\n")
    run(["build"])
    run(["keys", "rename", "snow", "ray2001"])
    assert entry(folder, "ray2001").decided == "10.5555/lake.2"


def test_values_that_fix_takes_from_the_record_do_not_end_the_decision(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(folder, "snow: 10.5555/lake.2\n")
    run(["build"])
    run(["verify", "refs.bib", "--fix", "title,author"])
    assert "Thermal layers" in (folder / "refs.bib").read_text()
    assert verdicts(capsys)["snow"]["work"]["DOI"] == "10.5555/lake.2"
