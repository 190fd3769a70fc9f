"""The program that MyST runs: what it offers, what it makes of a page, and what it says of bad input."""

from __future__ import annotations

import io
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dl4es_bib.cli.myst_plugin import main

BIB = """@article{Ode2001, author={Ode, Ann}, title={On Tides}, journal={Sea Notes}, year=2001}
@book{kim2010, author={Kim, Bo}, title={The Book of Waves}, publisher={Waves Press}, year=2010}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "references.bib").write_text(BIB)
    return tmp_path


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str, given: str = ""
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return int(str(ended.value.code)), out, err


def page(*keys: str, **options: str) -> str:
    cites = [{"type": "cite", "label": key, "children": []} for key in keys]
    place = {"type": "div", "class": "dl4es-bib-list", "data": options, "children": []}
    return json.dumps({"type": "root", "children": [{"type": "block", "children": [*cites, place]}]})


def listed(out: str) -> list[str]:
    block: dict[str, Any] = json.loads(out)["children"][0]
    place = block["children"][-1]
    assert place["class"] == "references"
    return ["".join(map(words, paragraph["children"])) for paragraph in place["children"]]


def words(node: dict[str, Any]) -> str:
    return str(node.get("value", "")) + "".join(map(words, node.get("children", ())))


def test_without_arguments_it_says_what_it_offers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(monkeypatch, capsys)
    offered = json.loads(out)
    assert (code, offered["directives"][0]["name"]) == (0, "chapter-bibliography")
    assert offered["transforms"][0]["stage"] == "project"


def test_the_directive_marks_its_place_with_what_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = json.dumps({"name": "chapter-bibliography", "options": {"style": "ieee"}, "node": {}})
    code, out, _ = run(monkeypatch, capsys, "--directive", "chapter-bibliography", given=given)
    assert (code, json.loads(out)[0]["data"]) == (0, {"style": "ieee"})


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["Kim, B. (2010). The Book of Waves. Waves Press.", "Ode, A. (2001). On Tides. Sea Notes."]),
        ({"style": "ieee"}, ["[1] A. Ode, “On Tides,” Sea Notes, 2001.",
                             "[2] B. Kim, The Book of Waves. Waves Press, 2010."]),
    ],
)  # fmt: skip
def test_the_list_has_what_the_page_cites_in_the_style_asked_for(
    options: dict[str, str],
    expected: list[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = page("ode2001", "kim2010", "ode2001", "unknown", **options)
    code, out, _ = run(monkeypatch, capsys, "--transform", "dl4es-bib-lists", given=given)
    assert (code, listed(out)) == (0, expected)


def test_a_page_that_cites_nothing_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(monkeypatch, capsys, "--transform", "dl4es-bib-lists", given=page())
    assert (code, listed(out)) == (0, ["No references."])


def test_a_page_without_a_list_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"type": "root", "children": [{"type": "text", "value": "Ω \u202e"}]}
    code, out, _ = run(monkeypatch, capsys, "--transform", "dl4es-bib-lists", given=json.dumps(given))
    assert (code, json.loads(out)) == (0, given)


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["--transform", "dl4es-bib-lists"], page("kim2010", style="nosuch"), "There is no style 'nosuch'"),
        (["--transform", "dl4es-bib-lists"], "{", "What MyST gave is no JSON"),
        (["--transform", "dl4es-bib-lists"], "[" * 100_000, "What MyST gave is no JSON"),
        (["--directive", "chapter-bibliography"], "[]", "no directive of MyST"),
        (["--directive", "other"], "{}", "MyST runs this program"),
        (["--help"], "", "MyST runs this program"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str],
    given: str,
    said: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(monkeypatch, capsys, *arguments, given=given)
    assert (code != 0, out, said in err, "Traceback" in err) == (True, "", True, False)


def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(monkeypatch, capsys, "--transform", "dl4es-bib-lists", given=page("kim2010"))
    assert (code, listed(out)) == (0, ["No references."])


def test_an_installation_brings_the_program_that_the_start_names() -> None:
    root = Path(__file__).parents[2]
    scripts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert scripts["dl4es-bib-myst"] == "dl4es_bib.cli.myst_plugin:main"
    start = root / "src/dl4es_bib/export/starts/myst"
    assert "path: dl4es-bib-plugin.sh" in (start / "myst.yml").read_text("utf-8")
    assert 'exec dl4es-bib-myst "$@"' in (start / "dl4es-bib-plugin.sh").read_text("utf-8")
