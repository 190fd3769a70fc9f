"""``styles``: finding a style by name or title."""

from __future__ import annotations

import json

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
