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
        ("a.json", '[{"type":"software","title":"///"},{"type":"software","id":"b","version":"2"}]'),
        ("a.ris", "TY  - COMP\nTI  - / /\nER  - \nTY  - COMP\nPY  - 2001/2001/2001\nER  - \n"),
        ("a.bib", "@software{a, title={}, url={https://github.com//}}\n@software{b, date={2000/2000/2000}}\n"),
        ("a.md", "# References\n\n- <https://github.com//>\n- [/](https://gitlab.com/-/-)\n"),
        ("CITATION.cff", 'message: x\ntitle: "/"\nreferences:\n- {type: software, title: "", version: "2"}\n'),
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


@pytest.mark.parametrize("odd", ["wa\u200bve", "wave\u202e", "\u2066wave", "wave{}"])
def test_a_mended_key_never_takes_the_key_that_another_entry_has(command: Run, project: Path, odd: str) -> None:
    (project / "two.bib").write_text(
        f"@article{{{odd}, author={{Ode, Ann}}, title={{Sands of the shore}}, year=2001, journal={{Sea}}}}\n"
        "@article{wave, author={Fal, Bo}, title={Storms of the lake}, year=2005, journal={Lake}}\n"
    )
    command("build", "two.bib", "--offline")
    text = bib(project)
    assert "Storms of the lake" in text.partition("@article{wave,")[2].partition("\n}")[0]
    assert "ids = {wave}" not in text


def test_two_works_under_one_key_are_never_both_reached_by_it(command: Run, project: Path) -> None:
    (project / "two.bib").write_text(
        "@article{d, author={Ode, Ann}, title={Sands of the shore}, year=2001, journal={Sea}}\n"
        "@article{d, author={Fal, Bo}, title={Storms of the lake}, year=2005, journal={Lake}}\n"
    )
    _, _, err = command("build", "two.bib", "--offline")
    assert "repeated-key" in err
    assert "keys-joined" not in err
    assert bib(project).count("@article") == 2
    assert "ids" not in bib(project)
