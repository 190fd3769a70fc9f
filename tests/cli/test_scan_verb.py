"""``scan``: what a document holds."""

from __future__ import annotations

import json
from pathlib import Path

from small_project import Run


def test_scan_shows_the_tree_and_json_holds_it_whole(command: Run) -> None:
    code, out, _ = command("scan", "list.md")
    assert code == 0
    assert "3 chapters, 5 items" in out
    code, out, _ = command("scan", "--json", "list.md")
    data = json.loads(out)
    assert data["schema"] == "dl4es-bib/1"
    assert data["counts"] == {
        "chapters": 3, "items": 5, "reference": 3, "reference_stub": 1, "resource": 1, "citation_keys": 1,
        "links": 5, "distinct_links": 4, "dois": 3,
    }  # fmt: skip


def test_scan_of_nothing_says_so(command: Run, project: Path) -> None:
    (project / "empty.md").write_text("")
    code, _, err = command("scan", "empty.md")
    assert code == 1
    assert "no reference was found" in err


def test_scan_shows_what_was_read_of_each_item(command: Run, project: Path) -> None:
    (project / "two.md").write_text(
        "# Papers\n\n- Dee, A., & Fay, B. (2016). On floes. Sea Notes, 1(2), 3-9. "
        "[code](https://github.com/dee/floes)\n- [FloeSet](https://zenodo.org/record/12)\n"
    )
    _, out, _ = command("scan", "two.md")
    assert "A. Dee; B. Fay | 2016 | Sea Notes, 1(2), 3-9" in out
    assert "code: https://github.com/dee/floes" in out
    assert "https://zenodo.org/record/12" in out
    assert "kinds: 1 reference, 1 " in out
    assert "\x1b" not in out
