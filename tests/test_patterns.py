"""No regular expression of the project can be made to run away."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from patterns import attacks, patterns, runaway

#: CPU seconds for all texts of one size; quadratic patterns take a tenth, what grows with the cube takes minutes.
BUDGET = 10.0


def test_every_pattern_of_the_project_is_found() -> None:
    found = patterns()
    assert len(found) > 300
    assert any(place.startswith("dl4es_bib.formats.latex.tokens._TOKEN") for place in found)


def test_no_pattern_has_a_repeat_in_a_repeat_that_can_take_the_same_text() -> None:
    assert {place: why for place, pattern in patterns().items() if (why := runaway(pattern))} == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(?:\w+\s?)*x",
        r"(?:[A-Za-z]|\\[A-Za-z]+)+$(?<=x)|(?:x|\\[A-Za-z]+|[A-Za-z]+)+!",
        r"(a|aa)+$",
        r"(?:arxiv\s*(?:preprint)?[:,\s]*)+!",
        r"(.*)*x",
        r"(?:-*|\s-*)*!",
        r"(?:a{1,3})+!",
        r"(?:aa?)*!",
    ],
)
def test_patterns_that_run_away_are_told(pattern: str) -> None:
    assert runaway(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\\.|[^\\])*",
        r"(?:[a-z]+,)*",
        r"(?>a+)*b",
        r"(?:a++)*b",
        r"(?:\s+and\s+\w+)*",
        r"(?:word(?:\s*next)?[,\s]*)+",
        r"a+b+",
        r"(?:a{1,3}b)*",
    ],
)
def test_patterns_that_divide_a_text_in_one_way_are_not(pattern: str) -> None:
    assert runaway(re.compile(pattern)) == ""


def test_hostile_texts_end_for_every_pattern() -> None:
    """In a process of its own that ends after two minutes of CPU time: one pattern that runs away takes years."""
    folder = Path(__file__).parent
    path = os.pathsep.join([str(folder), *sys.path])
    limited = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (120, 120)); " if os.name == "posix" else ""
    ran = subprocess.run(
        [sys.executable, "-c", limited + "import test_patterns; test_patterns.attack_all()"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-500:] + ran.stderr[-2000:]


def attack_all() -> None:
    """Try every pattern with sizes that double; what is printed last is the one that did not end or took too long."""
    for pattern, place in {pattern: place for place, pattern in patterns().items()}.items():
        print(place, flush=True)
        for size in (1_000, 2_000, 4_000):
            started = time.process_time()
            for text in attacks(pattern, size):
                pattern.match(text)
                pattern.fullmatch(text)
                pattern.search(text[-300:])
            assert time.process_time() - started < BUDGET, f"{place} takes too long for {size} characters"
