"""Commands of a document that use each other without end cost no more than their document."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.rename import with_keys

DOUBLING = [
    r"\newcommand\loop{\loop\loop}\loop ",
    r"\newcommand\a[1]{\b{#1}\b{#1}}\newcommand\b[1]{\a{#1}\a{#1}}\a{x}",
    r"\def\x#1{\x{\x{#1}}}\x{y}",
    "".join(rf"\newcommand\m{chr(97 + n)}{{\m{chr(98 + n)}\m{chr(98 + n)}}}" for n in range(24)) + r"\ma ",
]


@pytest.mark.parametrize("hostile", DOUBLING)
def test_keys_beside_them_are_found_and_renamed(tmp_path: Path, hostile: str) -> None:
    text = rf"\cite{{ode2004}} {hostile} \cite{{bee2005}}"
    assert with_keys(text, "latex", {"ode2004": "new"}) == (text.replace("ode2004", "new"), 1)
    path = tmp_path / "main.tex"
    path.write_text(text)
    assert set(cited_keys(path).keys) >= {"ode2004"}


def test_a_name_that_expands_without_end_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "main.tex"
    path.write_text(r"\newcommand\a{" + r"\a" * 1500 + r"}\cite{\a}\cite{ode2004}")
    assert "ode2004" in cited_keys(path).keys
