"""The page that ``publish`` writes, in a browser: search, filter, copy, links, and what axe-core says."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.look import look
from small_project import Run

SHOWN = "document.querySelectorAll('ul.references > li:not([hidden])').length"
COUNT = "new Promise((done) => setTimeout(() => done(document.getElementById('count').textContent), 200))"

KEEP = (
    "window.copied = []; "
    "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { copied.push(text); } } }); 0"
)


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
    buttons = [{"click": f"#ref-dee2010 .copies button:nth-child({place})"} for place in range(1, 6)]
    seen = look(
        page,
        {"evaluate": KEEP},
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


@pytest.mark.parametrize("locale", ["de-DE", "ja-JP", "ar"])
def test_a_page_speaks_the_language_of_its_readers(command: Run, page: Path, project: Path, locale: str) -> None:
    assert command("publish", "--locale", locale, "-o", "page")[0] == 0
    seen = look(
        project / "page/index.html",
        {"evaluate": COUNT}, {"fill": ["#search", "tides shelf"]}, {"evaluate": COUNT},
        {"evaluate": "document.body.innerText"},
    )  # fmt: skip
    assert seen.results[0] != seen.results[1]
    visible = seen.results[2]
    for english in ("Search", "Chapter", "needs review", "in the list", "Works per", "As a table", "works in"):
        assert english not in visible
    assert (seen.errors, seen.requests, seen.violations) == ([], [], [])


def test_references_keep_their_own_direction_on_a_page_that_runs_from_the_right(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@book{latin, title={Tides}, author={Ode, Ann}, year=2001}\n"
        "@book{hebrew, title={גאות ושפל}, author={כהן, דוד}, year=2002}\n"
    )
    assert command("publish", "own.bib", "--locale", "he-IL", "-o", "page")[0] == 0
    direction = "getComputedStyle(document.querySelector('#ref-{} .text')).direction"
    seen = look(
        project / "page/index.html",
        {"evaluate": direction.format("latin")}, {"evaluate": direction.format("hebrew")},
        {"evaluate": "getComputedStyle(document.body).direction"},
    )  # fmt: skip
    assert seen.results == ["ltr", "rtl", "rtl"]


def test_letters_without_their_marks_find_a_reference_and_words_of_the_page_do_not(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@book{a, title={Fjorde}, author={Sørensen, Łukasz}, year=2001, doi={10.5555/a}}\n"
        "@book{b, title={Straßen}, author={Müller, Ada}, year=2002, doi={10.5555/b}}\n"
    )
    assert command("publish", "own.bib", "-o", "page")[0] == 0
    steps = [step for sought in ("sorensen fjorde", "STRASSEN muller", "copy") for step in (
        {"fill": ["#search", sought]}, {"evaluate": COUNT})]  # fmt: skip
    seen = look(project / "page/index.html", *steps)
    assert seen.results == ["1 of 2 references.", "1 of 2 references.", "0 of 2 references."]


def test_all_can_be_read_without_a_script_and_nothing_is_offered_that_needs_one(page: Path) -> None:
    seen = look(
        page,
        {"scripts": False},
        {"evaluate": SHOWN},
        {"evaluate": "[...document.querySelectorAll('.scripted, button')].filter((part) => part.offsetParent).length"},
    )
    assert seen.results[0] > 3
    assert seen.results[1] == 0
    assert seen.errors == []


def test_a_page_is_dark_for_those_who_want_it_and_plain_on_paper(page: Path) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    hidden = "['.controls', '.count', '.permalink'].every((part) => !document.querySelector(part).offsetParent)"
    seen = look(
        page,
        {"media": {"colorScheme": "light"}}, {"evaluate": colour},
        {"media": {"media": "print"}}, {"evaluate": hidden},
        {"media": {"media": "screen", "colorScheme": "dark"}}, {"evaluate": colour},
    )  # fmt: skip
    assert seen.results == ["rgb(255, 255, 255)", True, "rgb(22, 22, 22)"]
    assert seen.violations == []


def test_a_page_can_be_used_with_the_keyboard_alone(page: Path) -> None:
    focused = "document.activeElement.id || document.activeElement.textContent.trim()"
    seen = look(
        page,
        {"evaluate": KEEP},
        {"evaluate": "document.getElementById('search').focus(); 0"},
        {"keys": [*"dee", "Tab"]}, {"evaluate": focused},
        {"evaluate": "document.querySelector('#ref-dee2010 summary').focus(); 0"},
        {"keys": ["Enter"]}, {"evaluate": COUNT},
        {"keys": ["Tab"]}, {"evaluate": focused},
        {"keys": ["Enter"]}, {"evaluate": COUNT}, {"evaluate": "copied[0]"},
    )  # fmt: skip
    assert seen.results[2] == "chapter"
    assert seen.results[-3] == "Copy BibTeX"
    assert seen.results[-2] == "Copied: BibTeX."
    assert "{dee2010," in seen.results[-1]


def test_a_library_of_five_thousand_works_is_searched_whole(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "".join(f"@article{{k{number}, title={{Tides of shelf {number}}}, author={{Ode, Ann}}, year=2001}}\n"
                for number in range(5000))
    )  # fmt: skip
    assert command("publish", "own.bib", "-o", "page")[0] == 0
    wait = {"evaluate": "new Promise((done) => setTimeout(() => done(0), 1500))"}
    seen = look(
        project / "page/index.html",
        {"fill": ["#search", "shelf 499"]}, wait, {"evaluate": SHOWN}, {"evaluate": COUNT},
        {"click": "button[type=reset]"}, wait, {"evaluate": SHOWN},
    )  # fmt: skip
    assert seen.results[1:3] == [15, "15 of 5,000 references."]
    assert seen.results[4] == 5000
    assert (seen.errors, seen.requests) == ([], [])
