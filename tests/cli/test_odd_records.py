"""Records with odd values, with the debug switch on: each is kept as a work of its own, and nothing is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import Run, bib


@pytest.fixture(autouse=True)
def _debug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DL4ES_BIB_DEBUG", "1")


@pytest.mark.parametrize("titles", [("???", "!!!"), ("\u2665", "///"), ("\u221e", "\u2192", "...")])
def test_works_whose_titles_are_signs_alone_stay_different_works(
    command: Run, project: Path, titles: tuple[str, ...]
) -> None:
    lines = [f"TY  - BOOK\nTI  - {title}\nER  - \n" for title in titles]
    (project / "signs.ris").write_text("".join(lines))
    assert command("build", "signs.ris", "--offline")[0] == 0
    assert bib(project).count("@book") == len(titles)
    first = bib(project)
    assert command("build", "signs.ris", "--offline")[0] == 0
    assert bib(project) == first


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"type":"software","title":"///"},{"type":"software","id":"b"}]'),
        ("a.ris", "TY  - COMP\nTI  - / /\nER  - \nTY  - COMP\nPY  - 2001/2001/2001\nER  - \n"),
        ("a.bib", "@software{a, title={}, url={https://github.com//}}\n@software{b, date={2000/2000/2000}}\n"),
        ("a.md", "# References\n\n- <https://github.com//>\n- [/](https://gitlab.com/-/-)\n"),
        ("CITATION.cff", 'message: x\ntitle: "/"\nreferences:\n- {type: software, title: ""}\n'),
    ],
)
def test_software_without_a_title_passes_every_entry_point(command: Run, project: Path, name: str, text: str) -> None:
    (project / name).write_text(text)
    for call in (
        ("convert", name, "--to", "bibtex"),
        ("build", name, "--offline"),
        ("add", name, "--offline", "--bib", "other.bib"),
        ("keys", "--bib", "other.bib"),
        ("keys", "apply", "--bib", "other.bib"),
    ):
        code, out, err = command(*call)
        assert code in {0, 1}, (call, out, err)
    assert (project / "other.bib").read_text().count("@") == 2


@pytest.mark.parametrize(
    "entry",
    [
        "@article{d, author={}, title={}, doi={10.5555/abc}, year={2001}, volume={3}}",
        "@misc{d, url={https://example.org/}}",
        "@book{d, title={???}, year={2001}}",
        "@article{d,\n  title = {Waves {of the bay},\n  year = {2001}\n}",
        "@article{d, author={and others}, title={}}",
        "@misc{d, author={{{}}}, title={{}}, note={x}}",
    ],
)
def test_a_library_that_is_its_own_source_gets_no_second_entry(command: Run, project: Path, entry: str) -> None:
    bib(project, entry + "\n")
    for _ in range(3):
        command("build", "references.bib", "--offline")
        assert bib(project).count("@") == 1
