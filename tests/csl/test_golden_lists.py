"""The 28 items of ``items.json`` in seven styles, as they stand in ``golden/``.

The lists were read against the published rules. Where a list differs from its manual, the style does so:

- APA 7 alphabetises "A glossary of snow" under G; CSL sorts a title as it is written, so it comes first.
- APA 7 wants "[Preprint]"-like descriptions and the prefix "arXiv:"; the style prints the number as it is given.
- Chicago 17 and earlier named the city of a publisher; the style follows the 18th edition, which does not.
- MLA 9 sets three hyphens or dashes for the authors of the entry before; the style sets three em dashes.
- Nature leaves out editors of whole books and genres of theses; the style has no rule for them.
- Harvard (Cite Them Right) is British, the style has no language of its own: ask for ``en-GB`` to have single quotes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dl4es_bib.csl import Processor, Style

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted((HERE / "golden").glob("*.md")), ids=lambda path: path.stem)
def test_the_list_is_as_it_was_read_against_the_rules(path: Path) -> None:
    processor = Processor(Style.load(path.stem))
    processor.register(json.loads((HERE / "items.json").read_text(encoding="utf-8")))
    written = "\n\n".join(entry.text for entry in processor.bibliography("markdown")) + "\n"
    assert written == path.read_text(encoding="utf-8")
    assert processor.findings == []


def test_every_list_has_its_28_references() -> None:
    paths = list((HERE / "golden").glob("*.md"))
    assert len(paths) == 7
    assert {len(path.read_text(encoding="utf-8").strip().split("\n\n")) for path in paths} == {28}
