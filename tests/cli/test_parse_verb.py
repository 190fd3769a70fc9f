"""``parse``: reference strings to CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import Run


def test_parse_answers_every_line(command: Run, project: Path) -> None:
    (project / "strings.txt").write_text(
        'Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n\nnothing to see\n', encoding="utf-8"
    )
    code, out, _ = command("parse", "--json", "strings.txt")
    items = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(items) == 3
    assert items[0]["title"] == "On tides"
    assert items[0]["author"] == [{"family": "Ode", "given": "Ann"}]
