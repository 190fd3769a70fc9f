"""verify: is every reference real, and is it right?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dl4es_bib.cli import run
from dl4es_bib.config.settings import Config, checked_config
from dl4es_bib.model.errors import NothingToDo
from dl4es_bib.tasks.verify import VERDICTS, Verified, verify

RECORDS: list[dict[str, Any]] = [
    {
        "DOI": "10.5555/tides.1", "type": "journal-article", "title": ["Tidal bedforms of the Wadden Sea in winter"],
        "author": [{"family": "Ode", "given": "Ann"}, {"family": "Bell", "given": "Carl"}],
        "container-title": ["Sea Letters"], "volume": "12", "page": "345-350", "issued": {"date-parts": [[2004]]},
    },
    {
        "DOI": "10.5555/corals.2", "type": "journal-article", "title": ["Growth of corals in cold northern water"],
        "author": [{"family": "Baba", "given": "Kenji"}], "container-title": ["Reef Studies"], "volume": "7",
        "page": "12-40", "issued": {"date-parts": [[1999]]},
    },
    {
        "DOI": "10.5555/gone.3", "type": "journal-article",
        "title": ["RETRACTED: Rivers that run uphill under moonlight"],
        "author": [{"family": "Quist", "given": "Per"}], "container-title": ["Water Notes"], "volume": "3",
        "page": "1-9", "issued": {"date-parts": [[2010]]},
    },
]  # fmt: skip
ENTRIES = {
    "right": "@article{right, author={Ode, Ann and Bell, Carl}, title={Tidal bedforms of the {Wadden} Sea in winter}, "
    "journal={Sea Lett.}, volume=12, pages={345--350}, year=2004, doi={10.5555/tides.1}}",
    "slip": "@article{slip, author={Baba, Kenji}, title={Growth of sponges in cold northern water}, "
    "journal={Reef Studies}, volume=7, pages={12--40}, year=1989}",
    "cut": "@article{cut, author={Ode, Ann}, title={Tidal bedforms of the Wadden Sea in winter}, "
    "journal={Sea Letters}, volume=12, pages={345--350}, year=2004}",
    "other": "@article{other, author={Ray, Mo}, title={Soil moisture under alpine snow cover}, journal={Snow}, "
    "year=2001, doi={10.5555/corals.2}}",
    "gone": "@article{gone, author={Quist, Per}, title={Rivers that run uphill under moonlight}, "
    "journal={Water Notes}, volume=3, pages={1--9}, year=2010, doi={10.5555/gone.3}}",
    "unknown": "@article{unknown, author={Vole, Ida}, title={Bread prices and lunar eclipses}, journal={Grain}, "
    "year=2015}",
    "page": "@misc{page, title={Weather map of today}, howpublished={\\url{https://weather.example/map}}}",
}
WANTED = {
    "right": "verified", "slip": "differs", "cut": "differs", "other": "other-work", "gone": "retracted",
    "unknown": "not-found",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records, a library and no service to ask."""
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (tmp_path / "refs.bib").write_text("\n".join(ENTRIES.values()))
    names = ("crossref", "datacite", "arxiv")
    services = "".join(f"  {name}: {{enabled: false}}\n" for name in names)
    (tmp_path / "dl4es-bib.yaml").write_text(
        f"index: {{path: i.sqlite, records: records.jsonl}}\nservices:\n{services}"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def config(*, services: bool = False) -> Config:
    off = {name: {"enabled": services} for name in ("crossref", "datacite", "arxiv")}
    return checked_config({"index": {"path": "i.sqlite", "records": "records.jsonl"}, "services": off}, "test")


def verdicts(folder: Path, name: str = "refs.bib") -> dict[str, Verified]:
    return {entry.cited.citation_key: entry for entry in verify(config(), folder, [str(folder / name)]).entries}


def test_each_entry_has_the_verdict_that_its_record_gives(folder: Path) -> None:
    found = verdicts(folder)
    assert {key: found[key].verdict for key in WANTED} == WANTED


def test_every_entry_is_counted_once(folder: Path) -> None:
    done = verify(config(), folder, [str(folder / "refs.bib")])
    assert len(done.entries) == len(ENTRIES)
    assert sum(done.summary.values()) == len(ENTRIES)
    assert tuple(done.summary) == VERDICTS


def test_what_differs_is_named_with_both_sides(folder: Path) -> None:
    slip = {one.variable: one for one in verdicts(folder)["slip"].differences}
    assert (slip["issued"].said, slip["issued"].record) == ("1989", "1999")
    assert "'sponges'" in slip["title"].what
    assert "'corals'" in slip["title"].what
    assert [one.what for one in verdicts(folder)["cut"].differences] == ["the text does not name Bell, Carl"]


def test_the_same_references_as_a_printed_list_have_the_same_verdicts(folder: Path) -> None:
    (folder / "list.md").write_text(
        "- Ode, A., & Bell, C. (2004). Tidal bedforms of the Wadden Sea in winter. Sea Letters, 12, 345-350.\n"
        "- Baba, K. (1989). Growth of sponges in cold northern water. Reef Studies, 7, 12-40.\n"
        "- Vole, I. (2015). Bread prices and lunar eclipses. Grain, 4, 5-9.\n"
    )
    done = verify(config(), folder, [str(folder / "list.md")])
    assert [entry.verdict for entry in done.entries] == ["verified", "differs", "not-found"]


def test_a_service_that_was_not_asked_makes_not_checked_and_never_not_found(folder: Path) -> None:
    done = verify(config(services=True), folder, [str(folder / "refs.bib")], offline=True)
    by_key = {entry.cited.citation_key: entry.verdict for entry in done.entries}
    assert by_key["unknown"] == "not-checked"
    assert by_key["right"] == "verified"


def test_a_source_without_references_is_nothing_to_verify(folder: Path) -> None:
    (folder / "empty.bib").write_text("% nothing here\n")
    with pytest.raises(NothingToDo, match=r"empty\.bib"):
        verify(config(), folder, [str(folder / "empty.bib")])


def test_the_command_names_each_difference_and_accuses_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "refs.bib"]) == 1
    out = capsys.readouterr().out
    assert "refs.bib:2  slip" in out
    assert "here:   1989" in out
    assert "record: 1999" in out
    assert "this does not mean that it does not exist" in out
    for word in ("fake", "hallucinat", "fraud", "invented"):
        assert word not in out.lower()


def test_the_command_prints_json_and_exits_with_zero_when_all_is_right(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.bib").write_text(ENTRIES["right"])
    assert run(["verify", "good.bib", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "dl4es-bib/1"
    (entry,) = data["entries"]
    assert (entry["key"], entry["verdict"], entry["work"]["DOI"]) == ("right", "verified", "10.5555/tides.1")
    assert entry["span"]["line"] == 1
    run(["verify", "refs.bib", "--json"])
    entries = {one["key"]: one for one in json.loads(capsys.readouterr().out)["entries"]}
    assert {"field", "said", "record", "severity"} <= set(entries["slip"]["differences"][0])
    assert entries["other"]["candidates"][0]["doi"] == "10.5555/corals.2"


def test_offline_the_command_exits_with_five_when_a_service_might_know_more(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dl4es-bib.yaml").write_text("index: {path: i.sqlite, records: records.jsonl}\n")
    assert run(["verify", "refs.bib", "--offline"]) == 5
    capsys.readouterr()
