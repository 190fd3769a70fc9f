"""``publish`` and ``stats``: the page that readers see, and the numbers on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import Run, tree


@pytest.fixture
def built(command: Run, project: Path) -> Path:
    command("build", "--offline")
    return project


def test_a_page_and_the_files_beside_it_are_written(command: Run, built: Path) -> None:
    code, out, _ = command("publish")
    assert code == 0
    assert "build/page/index.html" in out
    page = (built / "build/page/index.html").read_text()
    assert "<title>A book of the sea</title>" in page
    assert "Tides of the northern shelf seas" in page
    assert "No references." in page  # the empty chapter is there
    for name in ("references.bib", "references.ris", "references.json", "feed.json", "figures/years.svg"):
        assert (built / "build/page" / name).is_file(), name
    assert '<a href="references.bib">' in page


def test_data_and_code_stand_with_their_work(command: Run, built: Path) -> None:
    command("publish")
    page = (built / "build/page/index.html").read_text()
    (line,) = [line for line in page.split("\n") if 'id="ref-dee2010"' in line]
    assert 'href="https://github.com/dee/floes"' in line
    assert ">code</a>" in line
    assert 'href="https://doi.org/10.5555/floes.data"' in line
    assert ">data</a>" in line


def test_what_no_record_confirmed_is_marked_in_words(command: Run, built: Path) -> None:
    command("publish")
    page = (built / "build/page/index.html").read_text()
    (line,) = [line for line in page.split("\n") if "<li" in line and "drifting buoy" in line]
    assert '<span class="mark">not checked</span>' in line


def test_publishing_again_writes_nothing(command: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    command("publish")
    before = tree(built / "build/page")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert command("publish")[0] == 0
    assert tree(built / "build/page") == before
    assert command("publish", "--dry-run")[0] == 0


def test_one_file_holds_everything(command: Run, built: Path) -> None:
    code, out, _ = command("publish", "-o", "sea.html")
    assert (code, [path.name for path in built.glob("*.html")]) == (0, ["sea.html"])
    assert "sea.html" in out
    page = (built / "sea.html").read_text()
    assert 'href="references.bib"' not in page
    assert 'id="download"' in page


def test_a_page_of_the_users_is_not_replaced(command: Run, built: Path) -> None:
    (built / "docs").mkdir()
    (built / "docs/index.html").write_text("mine")
    code, _, err = command("publish", "-o", "docs")
    assert code == 2
    assert "docs/index.html" in err
    assert (built / "docs/index.html").read_text() == "mine"
    (built / "mine.html").write_text("mine")
    assert command("publish", "-o", "mine.html")[0] == 2
    assert command("publish", "-o", "mine.html", "--force")[0] == 0


def test_a_dry_run_says_what_would_be_written(command: Run, built: Path) -> None:
    code, out, _ = command("publish", "--dry-run")
    assert code == 1
    assert "files would change" in out
    assert not (built / "build/page").exists()


def test_the_page_follows_its_section_of_the_configuration(command: Run, built: Path) -> None:
    with (built / "dl4es-bib.yaml").open("a") as settings:
        settings.write("page:\n  title: Sea and ice\n  output: site\n  style: ieee\n  address: https://a.example/sea\n")
    assert command("publish")[0] == 0
    page = (built / "site/index.html").read_text()
    assert "<h1>Sea and ice</h1>" in page
    feed = json.loads((built / "site/feed.json").read_text())
    assert feed["home_page_url"] == "https://a.example/sea/"
    assert feed["items"][0]["url"].startswith("https://a.example/sea/#ref-")


def test_a_page_does_not_leave_the_folder_of_its_project(command: Run, built: Path) -> None:
    with (built / "dl4es-bib.yaml").open("a") as settings:
        settings.write("page: {output: ../elsewhere}\n")
    code, _, err = command("publish")
    assert code == 2
    assert "leads out of the folder" in err
    assert not (built / "../elsewhere").exists()


def test_an_unknown_style_is_named_before_anything_is_written(command: Run, built: Path) -> None:
    code, _, err = command("publish", "--style", "apaa")
    assert code == 2
    assert "apa" in err
    assert not (built / "build/page").exists()


@pytest.mark.parametrize("verb", ["publish", "stats"])
def test_a_project_without_a_library_is_told_to_build(command: Run, project: Path, verb: str) -> None:
    code, out, err = command(verb)
    assert (code, out) == (1, "")
    assert "dl4es-bib build" in err


def test_a_bib_file_is_published_by_itself(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@string{sl = {Sea Letters}}\n"
        "@article{a, author = {Ode, Ann}, title = {Tides & <b>ice</b>}, journal = sl, year = 2004}\n"
        "@book{b, author = {Bell, Bo}, title = {Buoys}, publisher = {Reed}, year = 1850}\n"
    )
    assert command("publish", "own.bib", "-o", "page")[0] == 0
    page = (project / "page/index.html").read_text()
    assert page.count("<li id=") == 2
    assert "2 works." in page


def test_a_hostile_library_stays_inert_on_the_page(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@misc{a, title = {{</script><script>alert(1)</script> <img src=x onerror=alert(2)>}}, "
        'author = {{\u202eevil & "quoted" <i>}}, url = {javascript:alert(3)}, year = 2004}\n'
        '@misc{b"><svg/onload=alert(4)>, title = {x}, url = {https://a.example/"onmouseover=alert(5)}}\n'
    )
    assert command("publish", "own.bib", "-o", "page")[0] == 0
    page = (project / "page/index.html").read_text()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<svg/" not in page
    assert 'href="javascript' not in page
    assert '"onmouseover' not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page


def test_stats_print_bars_and_the_same_numbers_as_json(command: Run, built: Path) -> None:
    code, out, _ = command("stats")
    assert code == 0
    assert "Works per year" in out
    assert "3. Ice" in out
    code, out, _ = command("stats", "--json")
    figures = {figure["name"]: figure for figure in json.loads(out)["figures"]}
    years = {bar["label"]: bar["count"] for bar in figures["years"]["bars"]}
    assert years["2004"] == 1
    assert years["2019"] == 1
    outcomes = {bar["label"]: bar["count"] for bar in figures["outcomes"]["bars"]}
    assert sum(outcomes.values()) == json.loads(out)["works"]
