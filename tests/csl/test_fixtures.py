"""The fixtures of ``tests/csl/fixtures``: one rule of the specification each, in a form that a person can read.

A fixture is a sentence and parts that begin with ``== name``: ``style`` (attributes of the style element),
``extra`` (locales and macros), ``citation`` and ``bibliography`` (attributes in the first line, then what the
element holds), ``items`` (one JSON object a line), ``clusters`` (what is cited, one JSON list a line); then what
is right: ``list`` and ``citations``, one entry a line. After ``list`` or ``citations`` may stand a format.

``tests/csl/specification`` holds the same for the chapters of the specification, many rules in a file, each after
``### name``; items without an id are called a, b, c … and are books.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import ascii_lowercase

import pytest

from dl4es_bib.csl import Processor, Style

FIXTURES = Path(__file__).parent / "fixtures"
#: What items without an id are called.
IDS = [*ascii_lowercase, *(f"a{letter}" for letter in ascii_lowercase)]
RULES = {
    f"{path.stem}: {rule.partition(chr(10))[0]}": rule.partition(chr(10))[2]
    for path in sorted((FIXTURES.parent / "specification").glob("*.txt"))
    for rule in path.read_text(encoding="utf-8").split("### ")[1:]
}
_PART = re.compile(r"^== ([a-z]+) ?(.*)\n", re.M)


def parts_of(text: str) -> dict[str, tuple[str, str]]:
    """Name of a part → what stands beside its name, and its lines."""
    pieces = _PART.split(text)[1:]
    return {name: (beside, body.strip("\n")) for name, beside, body in zip(*[iter(pieces)] * 3, strict=True)}


def style_of(parts: dict[str, tuple[str, str]]) -> Style:
    """The style of a fixture; without a citation it is that of the list."""
    attributes, _ = parts.get("style", ('class="in-text"', ""))
    bibliography = parts.get("bibliography")
    citation = parts.get("citation", bibliography)
    assert citation is not None
    listed = "" if bibliography is None else f"<bibliography {bibliography[0]}>{bibliography[1]}</bibliography>"
    return Style.load(
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" {attributes}><info><title>T</title></info>'
        f"{parts.get('extra', ('', ''))[1]}<citation {citation[0] if 'citation' in parts else ''}>{citation[1]}"
        f"</citation>{listed}</style>"
    )


def outcome(parts: dict[str, tuple[str, str]]) -> dict[str, str]:
    """What the processor makes of a fixture."""
    processor = Processor(style_of(parts))
    lines = parts["items"][1].split("\n")
    processor.register([{"id": id, "type": "book", **json.loads(line)} for id, line in zip(IDS, lines, strict=False)])
    found = {}
    if "list" in parts:
        found["list"] = "\n".join(entry.text for entry in processor.bibliography(parts["list"][0] or "text"))  # type: ignore[arg-type]
    if "citations" in parts:
        clusters = [json.loads(line) for line in parts["clusters"][1].split("\n")]
        found["citations"] = "\n".join(processor.citations(clusters, parts["citations"][0] or "text"))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("name", RULES)
def test_a_rule_of_the_specification_is_kept(name: str) -> None:
    parts = parts_of(RULES[name])
    expected = {name: parts[name][1] for name in ("list", "citations") if name in parts}
    assert expected
    assert outcome(parts) == expected


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_fixture_gives_what_it_says(path: Path) -> None:
    parts = parts_of(path.read_text(encoding="utf-8"))
    expected = {name: parts[name][1] for name in ("list", "citations") if name in parts}
    assert expected
    assert outcome(parts) == expected


def test_there_are_fixtures_for_all_areas() -> None:
    areas = {path.stem.split("_")[0] for path in FIXTURES.glob("*.txt")}
    assert areas >= set("affix cite collapse date disambiguate group label locale name number page sort text".split())
