"""``styles``: finding a style by name or title."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dl4es_bib.cli import run


def test_styles_are_found_by_words_of_their_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "geophysical", "letters"]) == 0
    assert "geophysical-research-letters  Geophysical Research Letters\n" in capsys.readouterr().out


def test_an_alias_says_what_it_stands_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "--json", "vancouver"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["alias_of"] for one in found if one["name"] == "vancouver"] == ["nlm-citation-sequence"]


def test_words_that_no_style_holds_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "zzz"]) == 1
    assert "Try fewer or shorter words" in capsys.readouterr().err


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>T</title><id>x</id><updated>2024-01-01T00:00:00Z</updated></info>
<citation><layout><text variable="TITLE"/></layout></citation>
<bibliography><layout><text variable="title"/></layout></bibliography>
</style>"""


def test_a_style_file_is_checked_and_its_faults_have_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csl"
    path.write_text(STYLE.replace("TITLE", "titel"), encoding="utf-8")
    assert run(["styles", "check", str(path)]) == 1
    assert f"{path}:3: warning: 'titel' is no variable" in capsys.readouterr().out
    assert run(["styles", "check", "--json", str(path)]) == 1
    row = json.loads(capsys.readouterr().out)
    assert (row["line"], row["severity"]) == (3, "warning")


def test_a_sound_style_file_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csl"
    path.write_text(STYLE.replace("TITLE", "title"), encoding="utf-8")
    assert run(["styles", "check", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_is_no_style_is_an_error_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, faulty = tmp_path / "broken.csl", tmp_path / "faulty.csl"
    broken.write_text("<style", encoding="utf-8")
    faulty.write_text(STYLE.replace("TITLE", "titel"), encoding="utf-8")
    assert run(["styles", "check", str(broken), str(faulty)]) == 1
    captured = capsys.readouterr()
    assert "broken.csl, line 1: this is not XML" in captured.err
    assert "faulty.csl:3:" in captured.out


def test_a_preview_shows_citations_and_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "--preview", "apa", "--locale", "de-DE"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "(Lind & Moe, 2019)" in lines
    assert "Ode, M. A. (2004). A handbook of snow (2. Aufl.). Fjord Press." in lines


def test_a_preview_of_an_unknown_style_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "--preview", "aapa"]) == 2
    assert "Did you mean 'apa'?" in capsys.readouterr().err


def test_the_locales_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["styles", "--locales"]) == 0
    assert {"en-US", "de-DE", "zh-CN"} <= set(capsys.readouterr().out.split())
