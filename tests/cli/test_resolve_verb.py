"""``resolve``: records of references."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import Run


def test_resolve_answers_every_line_with_its_id(command: Run, project: Path) -> None:
    rows = [
        {"id": "a", "text": 'Ode, Ann. "Tides of the northern shelf seas revisited." Sea Letters 12.3 (2004): 15-29.'},
        {"id": 7, "fields": {"author": "Dee", "journal-title": "Ice Notes", "volume": "3", "year": 2010,
                             "article-title": "Melting of floes and the sound it makes"}},
    ]  # fmt: skip
    lines = [*(json.dumps(row) for row in rows), "Nobody. Nothing at all. 1900."]
    (project / "rows.jsonl").write_text("\n".join(lines) + "\n")
    code, out, _ = command("resolve", "rows.jsonl", "--jsonl", "--offline")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "7", "3"]
    assert [answer["outcome"] for answer in answers] == ["confirmed", "confirmed", "not-checked"]
    assert [answer["doi"] for answer in answers] == ["10.5555/tides", "10.5555/floes", None]
    assert set(answers[0]) == {
        "id", "outcome", "doi", "score", "probability", "reasons", "differences", "candidates",
    }  # fmt: skip


def test_lines_that_say_nothing_are_not_checked_and_named(command: Run, project: Path) -> None:
    (project / "rows.txt").write_text('a line about nothing\n\n{"id":"z"}\n{"broken\n[1]\n')
    code, out, err = command("resolve", "rows.txt", "--jsonl", "--offline")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["outcome"] for answer in answers] == ["not-checked"] * 5
    assert answers[2]["id"] == "z"
    for place in ("rows.txt:2", "rows.txt:4", "rows.txt:5"):
        assert place in err


def test_what_a_confirmed_entry_says_otherwise_than_its_record_is_named(command: Run, project: Path) -> None:
    (project / "slip.bib").write_text(
        "@article{ode, author = {Ode, Ann and Bell, Bo}, title = {Tides of the northern shelf seas revisited},\n"
        "  journal = {Harbour Review}, year = {1996}, doi = {10.5555/tides}}\n"
    )
    _, out, _ = command("resolve", "--offline", "slip.bib")
    assert "confirmed" in out
    assert "differs in issued" in out
    assert "record: Sea Letters" in out
