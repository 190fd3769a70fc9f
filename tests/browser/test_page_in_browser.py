"""The page that ``publish`` writes, in a browser: search, filter, copy, links, and what axe-core says."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.look import look
from small_project import Run

SHOWN = "document.querySelectorAll('ul.references > li:not([hidden])').length"
COUNT = "new Promise((done) => setTimeout(() => done(document.getElementById('count').textContent), 200))"


@pytest.fixture
def page(command: Run, project: Path) -> Path:
    command("build", "--offline")
    assert command("publish")[0] == 0
    return project / "build/page/index.html"


def test_a_reader_searches_filters_and_sorts(page: Path) -> None:
    seen = look(
        page,
        {"evaluate": SHOWN},
        {"fill": ["#search", "TIDES shelf"]}, {"evaluate": COUNT}, {"evaluate": SHOWN},
        {"fill": ["#search", "zzz"]}, {"evaluate": COUNT},
        {"click": "button[type=reset]"}, {"evaluate": COUNT},
        {"select": ["#chapter", "part-03-ice"]}, {"evaluate": COUNT},
        {"select": ["#chapter", ""]}, {"fill": ["#from", "2010"]}, {"evaluate": COUNT},
        {"select": ["#sort", "newest"]},
        {"evaluate": "document.querySelector('#part-03-ice li').dataset.year"},
    )  # fmt: skip
    every = seen.results[0]
    assert seen.results[2] == 2  # the work is in two chapters
    assert seen.results[3] == f"0 of {every} references."
    assert seen.results[4] == f"{every} references."
    assert seen.results[5].endswith(f" of {every} references.")
    assert seen.results[6] == f"2 of {every} references."
    assert seen.results[7] == "2010"
    assert (seen.errors, seen.requests, seen.violations) == ([], [], [])


def test_a_reader_copies_an_entry_in_every_format(page: Path) -> None:
    keep = (
        "window.copied = []; "
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { copied.push(text); } } }); 0"
    )
    buttons = [{"click": f"#ref-dee2010 .copies button:nth-child({place})"} for place in range(1, 6)]
    seen = look(
        page,
        {"evaluate": keep},
        {"click": "#ref-dee2010 summary"},
        *buttons,
        {"evaluate": COUNT},
        {"evaluate": "copied"},
    )
    bibtex, ris, csl, text, link = seen.results[-1]
    assert "{dee2010," in bibtex
    assert ris.startswith("TY  - ")
    assert '"dee2010"' in csl
    assert text.startswith("Dee")
    assert link.endswith("#ref-dee2010")
    assert seen.errors == []


def test_a_permalink_opens_a_reference_that_a_filter_hides(page: Path) -> None:
    hidden = "document.getElementById('ref-dee2010').hidden"
    follow = {"evaluate": "location.hash = '#ref-dee2010'; 0"}
    wait = {"evaluate": COUNT}
    seen = look(page, {"fill": ["#search", "buoy"]}, wait, {"evaluate": hidden}, follow, wait, {"evaluate": hidden})
    assert (seen.results[1], seen.results[-1]) == (True, False)


def test_a_page_that_is_one_file_gives_its_library(command: Run, page: Path, project: Path) -> None:
    assert command("publish", "-o", "sea.html")[0] == 0
    seen = look(project / "sea.html", {"download": "#download"})
    assert "{dee2010," in seen.results[0]
    assert (seen.errors, seen.violations) == ([], [])


def test_a_hostile_library_runs_nothing(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@misc{a, title = {{</script><script>alert(1)</script><img src=x onerror=alert(2)>}}, "
        "author = {{<i onclick=x>}}, url = {javascript:alert(3)}, year = 2004}\n@misc{b, title = {😀 "
        + "long " * 2000
        + "}, year = 1850}\n"
    )
    assert command("publish", "own.bib", "-o", "page")[0] == 0
    seen = look(project / "page/index.html", {"evaluate": SHOWN}, {"click": "summary"}, {"evaluate": COUNT})
    assert seen.results[0] == 2
    assert (seen.errors, seen.requests, seen.violations) == ([], [], [])
