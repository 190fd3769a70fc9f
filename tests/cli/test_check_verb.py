"""``check``: what is wrong with .bib files."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import ENTRY, Run, bib


def test_what_is_wrong_is_listed_with_file_and_line(command: Run, project: Path) -> None:
    bib(project, ENTRY + "@misc{SEA, title = {Unseen}}\n@misc{bad, x\n")
    code, out, _ = command("check")
    assert code == 1
    assert "references.bib:5: error: The key 'SEA' is taken" in out
    assert "It is 'Unseen'." in out
    assert "references.bib:6: error:" in out
    bib(project, ENTRY)
    assert command("check", "references.bib") == (0, "1 entries, no findings.\n", "")
    assert json.loads(command("check", "--json")[1])["problems"] == []
    code, _, err = command("check", "missing.bib")
    assert code == 3
    assert "missing.bib does not exist" in err
