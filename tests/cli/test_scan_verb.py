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


def test_scan_show_marks_the_parts_in_the_text_of_each_item(command: Run, project: Path) -> None:
    (project / "two.md").write_text(
        "# Papers\n\n- Dee, A., & Fay, B. (2016). On floes. Sea Notes, 1(2), 3-9. https://doi.org/10.1234/floes\n"
        "- [Code of floes](https://github.com/dee/floes)\n"
    )
    code, out, _ = command("scan", "--show", "two.md")
    assert code == 0
    assert (
        "<author>Dee, A., & Fay, B.</author> (<issued>2016</issued>). <title>On floes</title>. "
        "<container-title>Sea Notes</container-title>, <volume>1</volume>(<issue>2</issue>), <page>3-9</page>."
    ) in out
    assert "doi:10.1234/floes" in out
    assert "link: https://github.com/dee/floes" in out
    assert "\x1b" not in out


def test_scan_marks_a_reference_that_is_read_with_little_confidence(command: Run, project: Path) -> None:
    (project / "odd.md").write_text("# Papers\n\n- Fred. (2009) Vol and other things 33 44 55, 2011, in a, 2012\n")
    _, out, _ = command("scan", "odd.md")
    marked = next(line for line in out.splitlines() if "sure" in line)
    assert marked.lstrip().startswith("? ")
    assert "? marks 1 item" in out


def test_scan_says_what_is_left_out_and_why(command: Run, project: Path) -> None:
    (project / "guide.md").write_text(
        "# Papers\n\n- [Papers](#papers)\n- [More](#more)\n\n## More\n\n"
        "- Dee, A. (2016). On floes. Sea Notes, 1(2), 3-9.\n"
    )
    _, out, err = command("scan", "guide.md")
    assert "left out: contents, prose" in out
    assert "left-out" in err
