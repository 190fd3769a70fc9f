"""``dedupe``: works that are there twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import ENTRY, Run, bib

TWICE = """@article{a, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, note = {n}}

@article{b, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2020, volume = 3, doi = {10.5555/x}}

@misc{pre, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2018, eprint = {1804.00001}}

@book{one, title = {Salt}, doi = {10.5555/y}, edition = {2}}

@book{two, title = {Salt}, doi = {10.5555/y}, edition = {3}}
"""


def test_duplicates_are_shown_and_nothing_is_merged_by_itself(command: Run, project: Path) -> None:
    text = bib(project, TWICE)
    code, out, _ = command("dedupe")
    assert code == 1
    assert "b  a  the same work: same title, first author and year" in out
    assert "pre  belong together" in out
    assert "one  two  look alike; not merged unless named: same DOI 10.5555/y; the editions differ" in out
    assert bib(project) == text
    assert json.loads(command("dedupe", "--json")[1])["merged"] is False


def test_all_that_is_the_same_is_merged_and_preprints_are_tied(command: Run, project: Path) -> None:
    bib(project, TWICE)
    (project / "text.md").write_text("[@a; @b; @pre]\n")
    code, out, _ = command("dedupe", "--merge", "--in", "text.md")
    assert code == 0
    assert "b: year = {2019} went; {2020} stays" not in out
    assert "a: year = {2019} went; {2020} stays" in out
    text = bib(project)
    assert [line.split(",")[0] for line in text.splitlines() if line.startswith("@")] == [
        "@article{b", "@misc{pre", "@book{one", "@book{two",
    ]  # fmt: skip
    for part in ("note = {n}", "ids = {a}", "related = {pre}", "relatedstring = {Preprint}"):
        assert part in text
    assert (project / "text.md").read_text() == "[@b; @b; @pre]\n"
    assert "a\tb\n" in (project / "references.keys.tsv").read_text()
    again = bib(project)
    command("dedupe", "--merge")
    assert bib(project) == again


def test_a_pair_is_merged_as_the_user_says(command: Run, project: Path) -> None:
    bib(project, TWICE)
    code, _, err = command("dedupe", "--merge", "one", "two")
    assert code == 2
    assert "the editions differ" in err
    assert "--force" in err
    assert command("dedupe", "--merge", "a", "one")[0] == 2
    assert command("dedupe", "--merge", "--force", "one", "two")[0] == 0
    assert "{two" not in bib(project).replace("ids = {two}", "")
    data = json.loads(command("dedupe", "--merge", "a", "b", "--json")[1])
    assert data["renamed"] == {"b": "a"}
    assert data["filled"] == {"a": ["volume", "doi"]}
    assert data["differing"] == [{"key": "b", "field": "year", "stays": "2019", "went": "2020"}]


def test_a_merge_can_be_tried_first(command: Run, project: Path) -> None:
    text = bib(project, TWICE)
    code, out, _ = command("dedupe", "--merge", "--dry-run")
    assert code == 1
    assert "Nothing was written" in out
    assert bib(project) == text


def test_a_linked_pair_is_tied_also_when_named(command: Run, project: Path) -> None:
    bib(project, TWICE)
    command("dedupe", "--merge", "b", "pre")
    assert "@misc{pre" in bib(project)
    assert "related" in bib(project)


@pytest.mark.parametrize("arguments", [["a", "b"], ["--merge", "a"], ["--merge", "--force"]])
def test_a_pair_must_be_named_whole(command: Run, project: Path, arguments: list[str]) -> None:
    bib(project, TWICE)
    assert command("dedupe", *arguments)[0] == 2


def test_a_library_without_duplicates_says_so(command: Run, project: Path) -> None:
    bib(project, ENTRY)
    assert command("dedupe") == (0, "references.bib: no work is there twice.\n", "")


def test_a_key_that_stands_twice_is_told(command: Run, project: Path) -> None:
    bib(project, "@article{a, title = {Salt}, year = 2001}\n@article{A, title = {Salt}, year = 2001}\n")
    code, out, err = command("dedupe")
    assert (code, out) == (1, "")
    assert "references.bib:2" in err
    assert "'A'" in err


def test_groups_of_both_stay_and_what_goes_is_told_whole(command: Run, project: Path) -> None:
    bib(project, """@article{a, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, doi = {10.5555/x},
  journal = {Sea}, groups = {Ice, Sea}, mendeley-groups = {p/q}}
@misc{b, title = {Deep Currents of the Sea}, author = {Ode, Ann}, year = 2019, doi = {10.5555/x}, groups = {Sea, Salt},
  mendeley-groups = {r,p/q}, mendeley-tags = {t}, title = {Another title}}
""")  # fmt: skip
    code, out, _ = command("dedupe", "--merge", "a", "b")
    assert code == 0
    assert "groups = {Ice, Sea, Salt}" in bib(project)
    assert "mendeley-groups = {p/q,r}" in bib(project)
    assert "mendeley-tags = {t}" in bib(project)
    assert "b: type = {misc} went; {article} stays" in out
    assert "b: title = {Another title} went" in out
