"""verify: is every reference real, and is it right?"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest

from dl4es_bib.cli import run
from dl4es_bib.config.settings import Config, checked_config
from dl4es_bib.model.errors import NothingToDo
from dl4es_bib.model.verdict import VERDICTS
from dl4es_bib.tasks.verify import Verified, verify

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


# -- reports, policies, fixes -----------------------------------------------------------------------------------------


def test_each_difference_is_a_finding_with_a_code_of_its_own_at_the_line_of_the_entry(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "refs.bib", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("::")[1].split(" ")[0] for line in lines if "slip" in line] == ["warning", "warning"]
    assert any("file=refs.bib,line=2,col=1,title=differs/issued::slip" in line for line in lines)
    assert any(line.startswith("::error file=refs.bib,line=5") and "title=retracted" in line for line in lines)


def test_sarif_has_a_fingerprint_that_stays_when_lines_are_added_above(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def marks() -> dict[str, str]:
        run(["verify", "refs.bib", "--format", "sarif"])
        results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        return {f"{found['ruleId']} {found['message']['text']}": str(found["partialFingerprints"]) for found in results}

    before = marks()
    library = folder / "refs.bib"
    library.write_text("% a new line\n\n" + library.read_text())
    assert before == marks()
    assert any(name.startswith("differs/author") for name in before)


@pytest.mark.parametrize(
    ("policy", "entry", "code"),
    [
        ("lenient", "unknown", 0), ("normal", "unknown", 1), ("lenient", "gone", 1), ("normal", "page", 0),
        ("strict", "page", 1), ("strict", "right", 0),
    ],
)  # fmt: skip
def test_a_policy_says_what_is_a_fault(folder: Path, policy: str, entry: str, code: int) -> None:
    (folder / "one.bib").write_text(ENTRIES[entry])
    assert run(["verify", "one.bib", "--policy", policy]) == code


def test_a_slight_difference_is_a_fault_only_where_the_policy_is_strict(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "one.bib").write_text(ENTRIES["right"].replace("2004", "2005"))
    assert run(["verify", "one.bib", "--policy", "normal"]) == 0
    key = ENTRIES["right"].partition("{")[2].partition(",")[0]
    assert f"slightly from the record ({key}); --policy strict" in capsys.readouterr().out
    assert run(["verify", "one.bib", "--policy", "strict"]) == 1


def test_the_page_shows_both_sides_of_each_difference_and_runs_nothing(folder: Path) -> None:
    hostile = ENTRIES["slip"].replace("cold northern", "cold <script>alert(1)</script> northern")
    (folder / "one.bib").write_text(hostile)
    run(["verify", "one.bib", "--html", "report.html"])
    page = (folder / "report.html").read_text()
    assert "<td>1989</td><td>1999</td>" in page
    assert "https://doi.org/10.5555/corals.2" in page
    assert "<script" not in page


def test_a_page_replaces_no_file_of_the_user_unasked(folder: Path) -> None:
    (folder / "mine.html").write_text("mine")
    assert run(["verify", "refs.bib", "--html", "mine.html"]) == 2
    assert (folder / "mine.html").read_text() == "mine"


def test_fix_takes_the_values_of_the_record_and_changes_nothing_else(folder: Path) -> None:
    library = folder / "refs.bib"
    before = library.read_text()
    assert run(["verify", "refs.bib", "--fix", "author", "--diff"]) == 1
    assert library.read_text() == before
    run(["verify", "refs.bib", "--fix", "author"])
    assert library.read_text() == before.replace("cut, author={Ode, Ann}", "cut, author={Ode, Ann and Bell, Carl}")


def test_fix_leaves_an_entry_alone_whose_work_is_not_certain_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "refs.bib").read_text()
    run(["verify", "refs.bib", "--fix", "title,issued"])
    assert (folder / "refs.bib").read_text() == before
    assert "slip: nothing was changed" in capsys.readouterr().err


def test_fix_writes_the_fields_that_the_entry_has(folder: Path) -> None:
    biblatex = (
        "@article{own, author={Ode, Ann and Bell, Carl}, title={Tidal bedforms of the Wadden Sea in winter}, "
        "journaltitle={Lake Letters}, volume=12, pages={345--350}, date={1994-05}, doi={10.5555/tides.1}}"
    )
    (folder / "own.bib").write_text(biblatex)
    run(["verify", "own.bib", "--fix", "all"])
    wanted = biblatex.replace("Lake Letters", "Sea Letters").replace("1994-05", "2004")
    assert (folder / "own.bib").read_text() == wanted


def test_fix_of_an_unknown_field_is_a_usage_error(folder: Path) -> None:
    assert run(["verify", "refs.bib", "--fix", "jurnal"]) == 2
    assert run(["verify", "refs.bib", "--diff"]) == 2


# -- what was published since -----------------------------------------------------------------------------------------

EXPORT = """\
Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
1,Tidal bedforms,5/28/2019 0:00,10.5555/notice,10.5555/TIDES.1,0,{nature},+Error;
"""


@pytest.mark.parametrize(
    ("nature", "verdict", "said"),
    [
        ("Retraction", "retracted", "Retraction Watch: retraction of 2019-05-28 (10.5555/notice)"),
        ("Expression of concern", "differs", "an expression of concern was published about it"),
        ("Correction", "verified", "a correction of it was published"),
        ("Reinstatement", "verified", ""),
    ],
)
def test_the_export_of_retraction_watch_says_what_became_of_a_work(
    folder: Path, capsys: pytest.CaptureFixture[str], nature: str, verdict: str, said: str
) -> None:
    (folder / "rw.csv").write_text(EXPORT.format(nature=nature))
    (folder / "one.bib").write_text(ENTRIES["right"])
    run(["verify", "one.bib", "--retractions", "rw.csv", "--json"])
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert entry["verdict"] == verdict
    told = entry["reasons"] + [difference["what"] for difference in entry["differences"]]
    assert not said or said in told
    settings = (folder / "dl4es-bib.yaml").read_text()
    (folder / "dl4es-bib.yaml").write_text(settings + "retractions: rw.csv\n")
    run(["verify", "one.bib", "--json"])
    assert json.loads(capsys.readouterr().out)["entries"][0]["verdict"] == verdict


def test_a_retracted_doi_is_told_also_where_no_source_has_its_record(folder: Path) -> None:
    (folder / "rw.csv").write_text(EXPORT.format(nature="Retraction").replace("TIDES.1", "elsewhere"))
    (folder / "one.bib").write_text(ENTRIES["unknown"].replace("year=2015", "year=2015, doi={10.5555/elsewhere}"))
    assert run(["verify", "one.bib", "--retractions", "rw.csv", "--policy", "lenient"]) == 1


def test_another_file_than_the_export_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "refs.bib", "--retractions", "records.jsonl"]) == 3
    assert "Retraction Watch" in capsys.readouterr().err
    assert run(["verify", "refs.bib", "--retractions", "missing.csv"]) == 3


@pytest.mark.parametrize(
    ("update", "verdict"),
    [
        ("retraction", "retracted"), ("withdrawal", "retracted"), ("expression_of_concern", "differs"),
        ("partial_retraction", "differs"), ("erratum", "verified"), ("correction", "verified"),
        ("new_version", "verified"),
    ],
)  # fmt: skip
def test_what_the_record_says_of_updates_is_told(folder: Path, update: str, verdict: str) -> None:
    record = {**RECORDS[1], "updated-by": [{"type": update, "DOI": "10.5555/notice"}]}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    (folder / "one.bib").write_text(
        "@article{one, author={Baba, Kenji}, title={Growth of corals in cold northern water}, journal={Reef Studies}, "
        "volume=7, pages={12--40}, year=1999}"
    )
    (entry,) = verify(config(), folder, [str(folder / "one.bib")]).entries
    assert entry.verdict == verdict
    assert bool(entry.differences) == (update not in {"retraction", "withdrawal", "new_version"})


# -- hostile records, services ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_what_records_say_steers_no_terminal_and_breaks_no_report(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    nasty = "\x1b[31mred\x1b]0;title\x07 \u202egnp.exe ::error::mine%0A <script>"
    record = {**RECORDS[1], "title": [f"Growth of corals in cold northern water {nasty}"], "publisher": nasty}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    (folder / "one.bib").write_text(ENTRIES["slip"].replace("Reef Studies", "Reef Studies ^^[31m"))
    assert run(["verify", "one.bib", "--format", form]) == 1
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert not any(line.startswith("::error::mine") for line in shown.splitlines())
    if form in ("json", "sarif"):
        json.loads(shown)


NO_PREPRINTS = (
    b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:os="http://a9.com/-/spec/opensearch/1.1/">'
    b"<os:totalResults>0</os:totalResults></feed>"
)


class Agencies:
    """A Crossref, DataCite, arXiv and doi.org on this machine that know no record."""

    def __init__(self, known: dict[str, Any]) -> None:
        requests = self.requests = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                requests.append(self.path)
                path, _, query = self.path.partition("?")
                body: Any = None
                if path.startswith("/doi/doiRA/"):
                    asked = unquote(path.removeprefix("/doi/doiRA/")).split(",")
                    body = [{"DOI": doi, "status": "DOI does not exist"} for doi in asked]
                elif path == "/crossref/works":
                    wanted = parse_qs(query).get("filter", [""])[0].removeprefix("doi:").split(",doi:")
                    body = {"message": {"items": [known[doi] for doi in wanted if doi in known]}}
                elif path == "/datacite/dois":
                    body = {"data": []}
                data = NO_PREPRINTS if path.startswith("/arxiv") else json.dumps(body).encode()
                self.send_response(200 if body is not None or path.startswith("/arxiv") else 404)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def options(self) -> list[str]:
        base = f"http://127.0.0.1:{self.server.server_port}"
        return [
            part for name in ("crossref", "datacite", "arxiv", "doi") for part in (f"--{name}-url", f"{base}/{name}")
        ]


@pytest.fixture
def agencies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Any]], Agencies]]:
    (folder / "dl4es-bib.yaml").unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("dl4es_bib.resolver.http.pace.Pace.wait_needed", lambda self, kind: 0.0)
    opened: list[Agencies] = []

    def made(known: dict[str, Any]) -> Agencies:
        opened.append(Agencies(known))
        return opened[-1]

    yield made
    for one in opened:
        one.server.shutdown()
        one.server.server_close()


def test_a_doi_that_is_registered_nowhere_is_said_to_be(
    folder: Path, agencies: Callable[[dict[str, Any]], Agencies], capsys: pytest.CaptureFixture[str]
) -> None:
    served = agencies({})
    (folder / "one.bib").write_text(ENTRIES["unknown"].replace("year=2015", "year=2015, doi={10.5555/nowhere}"))
    code = run(["verify", "one.bib", "--json", *served.options()])
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (code, entry["verdict"]) == (1, "not-found"), entry["reasons"]
    assert entry["reasons"][0] == "doi: The DOI 10.5555/nowhere is registered nowhere (doi.org)."


@pytest.mark.parametrize(
    ("fields", "variable"),
    [
        ("title={Weather map of today}, url={htp:/weather}, year=2020", "URL"),
        ("title={Weather map of today}, url={https://weather}, year=2020", "URL"),
        ("title={Weather map of today}, url={https://weather.example/map}, year=2999", "issued"),
        ("title={Weather map of today}, isbn={978-0-306-40615-8}, year=2020", "ISBN"),
        ("title={Weather map of today}, isbn={978-0-306-40615-7}, url={https://weather.example}, year=2020", ""),
    ],
)
def test_what_no_record_describes_is_checked_for_what_can_be_checked(folder: Path, fields: str, variable: str) -> None:
    (folder / "one.bib").write_text(f"@misc{{one, {fields}}}")
    (entry,) = verify(config(), folder, [str(folder / "one.bib")]).entries
    assert entry.verdict in ("unverifiable", "not-found")
    assert [difference.variable for difference in entry.differences] == ([variable] if variable else [])


@pytest.mark.parametrize(
    "fields", ["", "title={}", "title={?!}", "note={to be added}", "year=2001", "author={Ode, Ann}", "keywords={a, b}"]
)
def test_an_entry_with_nothing_to_look_for_is_said_to_be_so(folder: Path, fields: str) -> None:
    (folder / "odd.bib").write_text(f"@misc{{odd, {fields}}}\n")
    (entry,) = verify(config(), folder, [str(folder / "odd.bib")]).entries
    assert entry.verdict == "unverifiable"
    assert entry.reasons == ("it gives no title and no identifier to look up",)


@pytest.mark.parametrize("title", ["Quiz case 2. Rusty lantern (RL)", "Editorial. On lanterns", "Reply. Seals at sea"])
def test_a_title_of_many_works_alone_does_not_make_a_record_the_nearest_work(folder: Path, title: str) -> None:
    short = title.partition(".")[0]
    record = {
        "DOI": "10.5555/quiz.9", "type": "journal-article", "title": [short],
        "author": [{"family": "Martin", "given": "James"}], "container-title": ["Throat Archives"], "volume": "138",
        "issue": "10", "page": "981", "issued": {"date-parts": [[2012]]},
    }  # fmt: skip
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    (folder / "list.txt").write_text(f"H. K. Steinman, “{title},” Lamp Letters, vol. 120, no. 11, pp. 158-159, 1984.\n")
    (entry,) = verify(config(), folder, [str(folder / "list.txt")]).entries
    assert entry.verdict == "not-found"


@pytest.mark.parametrize("entry", ["@misc{a,}", "@article{a, author={}, year={}}", "@misc{a, note={see there}}"])
def test_a_report_says_that_an_entry_has_nothing_to_look_up(
    folder: Path, capsys: pytest.CaptureFixture[str], entry: str
) -> None:
    (folder / "bare.bib").write_text(entry)
    for arguments in ([], ["--format", "github"]):
        run(["verify", "bare.bib", "--offline", *arguments])
        assert "gives no title and no identifier" in capsys.readouterr().out


def test_why_references_were_not_checked_is_said_once_for_all_of_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dl4es-bib.yaml").write_text("index: {path: i.sqlite, records: records.jsonl}\n")
    entries = [ENTRIES["unknown"].replace("unknown", key) for key in ("one", "two", "three")]
    (folder / "many.bib").write_text("\n".join(entries))
    assert run(["verify", "many.bib", "--offline"]) == 5
    shown = capsys.readouterr().out
    assert shown.count("Crossref was not asked") == 1
    assert "(3 of 3)" in shown


def test_a_decision_for_an_identifier_without_a_record_takes_nothing_from_another_record(folder: Path) -> None:
    text = ENTRIES["slip"].replace("sponges", "corals")
    (folder / "slip.bib").write_text(text)
    for decided, certain in (("10.9999/none", False), ("10.5555/corals.2", True)):
        off = {name: {"enabled": False} for name in ("crossref", "datacite", "arxiv")}
        known = checked_config(
            {
                "index": {"path": "i.sqlite", "records": "records.jsonl"},
                "services": off,
                "decisions": {"slip": decided},
            },
            "test",
        )
        (entry,) = verify(known, folder, [str(folder / "slip.bib")]).entries
        assert entry.verdict == "differs"
        assert entry.is_certain is certain
