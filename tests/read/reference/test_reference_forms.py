"""Reference strings and what they say: one document per family of forms.

A case is a heading, the string, a line with a dot, one line per field, and a line with a dot. A new case
needs no Python.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work
from dl4es_bib.read.reference import looks_like_reference, parse_reference

FIXTURES = Path(__file__).parent / "fixtures"


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(FIXTURES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n# ")[1:]:
            heading, _, body = block.partition("\n")
            text, _, rest = body.partition("\n.\n")
            expected = rest.partition("\n.\n")[0]
            found.append(pytest.param(text.strip(), expected.splitlines(), id=f"{path.stem}: {heading}"))
    return found


def written(work: Work) -> list[str]:
    """A work as lines ``variable: value``, in the order of the variables."""
    lines = [f"type: {work.type}"]
    for variable in sorted(work):
        names = work.names(variable)
        lines.append(f"{variable}: {'; '.join(map(spelled, names)) if names else work.text(variable)}")
    return lines + (["et al"] if work.et_al else [])


def spelled(name: Name) -> str:
    family = f"{name.non_dropping_particle} {name.family}".strip()
    return name.literal or ", ".join(part for part in (family, name.given, name.suffix) if part)


@pytest.mark.parametrize(("text", "expected"), cases())
def test_a_reference_string_gives_its_fields(text: str, expected: list[str]) -> None:
    assert written(parse_reference(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases())
def test_every_reference_of_the_fixtures_is_recognised(text: str, expected: list[str]) -> None:
    assert looks_like_reference(text)
