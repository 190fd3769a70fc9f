"""The pages of verify and review in a browser: no console error, nothing for axe-core to complain of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser.look import look

from dl4es_bib.cli import run

RECORDS = [
    {
        "DOI": "10.5555/a", "type": "journal-article", "title": ["Growth <img src=x onerror=alert(1)> of corals"],
        "author": [{"family": "Baba</td><script>alert(2)</script>", "given": "K"}], "volume": "7", "page": "12-40",
        "container-title": ["Reef \"Studies\" & 'Co'"], "issued": {"date-parts": [[1999]]},
    },
    {
        "DOI": "10.5555/b", "type": "journal-article", "title": ["Tidal bedforms of the Wadden Sea in winter"],
        "author": [{"family": "Ode", "given": "A"}], "container-title": ["Sea Letters"], "volume": "12",
        "issued": {"date-parts": [[2004]]}, "updated-by": [{"type": "retraction", "DOI": "10.5555/n"}],
    },
]  # fmt: skip
ENTRIES = """\
@article{a, author={Ray, Mo}, title={Soil </script><script>alert(3)</script> moisture}, year=2001, doi={10.5555/a}}
@article{b, author={Ode, A}, title={Tidal bedforms of the Wadden Sea in winter}, year=2004, journal={Sea Letters}}
@article{c, author={Ode, A}, title={Tidal bedforms of the Wadden Sea in summer}, year=2005, journal={Sea Letters}}
@article{d, author={Vole, I}, title={Bread prices and lunar eclipses}, year=2015}
"""


@pytest.mark.parametrize("verb", ["verify", "review"])
def test_a_page_with_hostile_records_has_no_error_and_is_accessible(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (tmp_path / "refs.bib").write_text(ENTRIES)
    (tmp_path / "dl4es-bib.yaml").write_text(
        "index: {path: i.sqlite, records: records.jsonl}\n"
        "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"
    )
    assert run([verb, "refs.bib", "--html", "page.html"]) == 1
    capsys.readouterr()
    seen = look(tmp_path / "page.html")
    assert (seen.errors, seen.requests, seen.violations) == ([], [], [])


def test_decisions_that_are_copied_from_the_page_are_applied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (tmp_path / "refs.bib").write_text(ENTRIES)
    (tmp_path / "dl4es-bib.yaml").write_text(
        "source: refs.bib\nindex: {path: i.sqlite, records: records.jsonl}\n"
        "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"
    )
    run(["review", "--html", "page.html"])
    seen = look(
        tmp_path / "page.html",
        {"click": 'fieldset[data-key="a"] input[data-record="10.5555/a"]'},
        {"click": 'fieldset[data-key="d"] input[data-record="none"]'},
        {"click": "#copy", "evaluate": 'document.getElementById("decisions").value'},
    )
    assert (seen.errors, seen.requests, seen.violations) == ([], [], [])
    (tmp_path / "decisions.yaml").write_text(seen.results[0])
    assert run(["review", "--apply", "decisions.yaml"]) == 0
    capsys.readouterr()
    run(["verify", "refs.bib", "--json"])
    entries = {entry["key"]: entry for entry in json.loads(capsys.readouterr().out)["entries"]}
    assert entries["a"]["work"]["DOI"] == "10.5555/a"
    assert entries["d"]["verdict"] == "unverifiable"
    (tmp_path / "refs.bib").write_text(ENTRIES.replace("Bread prices", "Prices of bread"))
    run(["verify", "refs.bib", "--json"])
    entries = {entry["key"]: entry for entry in json.loads(capsys.readouterr().out)["entries"]}
    assert entries["d"]["verdict"] == "not-found"
