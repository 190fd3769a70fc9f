"""``show``: entries, formatted, with their origin."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import Run, bib


def test_an_entry_is_shown_with_its_form_its_origin_and_what_stands_against_it(command: Run, project: Path) -> None:
    command("add", "--offline", "10.5555/tides")
    bib(project, bib(project).replace("{2004}", "{2005}"))
    command("add", "--offline", "10.5555/tides")
    code, out, _ = command("show", "ode2004tides")
    assert code == 0
    assert out.startswith("references.bib:1\n@article{ode2004tides,")
    assert "Ode, A., & Bell, B. (2005). Tides of the northern shelf seas revisited." in out
    assert "confirmed: index 10.5555/tides" in out
    assert "from record index 10.5555/tides" in out
    assert "yours: date = 2005; the record: 2004" in out
    data = json.loads(command("show", "--json", "--style", "ieee", "ode2004tides")[1])
    (entry,) = data["entries"]
    assert entry["formatted"].startswith("[1] A. Ode and B. Bell")
    assert entry["conflicts"] == [
        {"key": "ode2004tides", "field": "date", "yours": "2005", "record": "2004", "reason": "edited", "line": 9}
    ]


def test_an_entry_of_ones_own_and_a_missing_one_are_told_apart(command: Run, project: Path) -> None:
    bib(project, "@book{sea, title = {Sea}, ids = {old}}\n\n@misc{bare}\n")
    code, out, err = command("show", "old", "bare", "seaa")
    assert code == 1
    assert "@book{sea," in out
    assert "Your own entry" in out
    assert "has no entry seaa. Did you mean sea?" in err
