"""Citations in Markdown, Quarto, MyST, reStructuredText, Org, notebooks and folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.rename import with_keys
from dl4es_bib.model.errors import UnreadableInput

QUARTO = """---
title: "Waves"
bibliography: [waves.bib, more.bib]
nocite: |
  @quiet2001
---

As @ode2001 [p. 3] and [see @bell2002, pp. 1-2; -@sea2003] show in @fig-waves and @sec-two; see @tbl:one.
Write to ode@example.org. `@code2004` and <!-- @comment2005 -->

```{r}
x@slot
```
"""
MYST = """See {cite:p}`ode2001,bell2002` and {cite:t}`sea2003`, {footcite}`lake2004`; `{cite}` alone is code.

```python
{cite}`never`
```

```{bibliography} refs.bib
```
"""
RST = """Tides :cite:p:`{see}ode2001,bell2002{p. 3}` and :footcite:t:`sea2003`; ``code`` is not cited.

.. bibliography:: tides.bib
"""
ORG = """Wind [cite/t:see @ode2001 p. 3; @bell2002] and citep:sea2003,lake2004.
#+begin_src python
a = "cite:never"
#+end_src
#+bibliography: wind.bib
"""


@pytest.mark.parametrize(
    ("name", "text", "keys", "databases"),
    [
        ("a.qmd", QUARTO, ("quiet2001", "ode2001", "bell2002", "sea2003"), ("waves.bib", "more.bib")),
        ("a.md", MYST, ("ode2001", "bell2002", "sea2003", "lake2004"), ("refs.bib",)),
        ("a.rst", RST, ("ode2001", "bell2002", "sea2003"), ("tides.bib",)),
        ("a.org", ORG, ("ode2001", "bell2002", "sea2003", "lake2004"), ("wind.bib",)),
        ("a.md", "Raw \\citep[3]{ode2001} and *@bell2002*, not \\@ref(fig:x).", ("ode2001", "bell2002"), ()),
    ],
)
def test_each_markup_is_read_as_its_tools_read_it(
    name: str, text: str, keys: tuple[str, ...], databases: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    found = cited_keys(tmp_path / name)
    assert found.keys == keys
    assert found.databases == databases


def test_a_wild_card_in_the_front_matter_asks_for_everything(tmp_path: Path) -> None:
    (tmp_path / "all.md").write_text("---\nnocite: '@*'\n---\n\nText.\n")
    found = cited_keys(tmp_path / "all.md")
    assert found.everything == {"all"}
    assert found.keys == ()


def notebook(*cells: tuple[str, object]) -> str:
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def test_the_markdown_cells_of_a_notebook_cite_and_the_code_does_not(tmp_path: Path) -> None:
    text = notebook(
        ("markdown", ["See [@ode2001;\n", "@bell2002].\n"]), ("code", ["a@never\n"]), ("markdown", "@sea2003")
    )
    (tmp_path / "a.ipynb").write_text(text)
    assert cited_keys(tmp_path / "a.ipynb").keys == ("ode2001", "bell2002", "sea2003")


def test_renaming_in_a_notebook_changes_the_key_and_nothing_else() -> None:
    text = notebook(("markdown", ["Über [@ode2001;\n", "@bell2002] “quoted”.\n"]), ("code", ["'@bell2002'\n"]))
    changed, count = with_keys(text, "notebook", {"bell2002": "bell2002waves"})
    assert count == 1
    assert changed == text.replace("@bell2002]", "@bell2002waves]")


@pytest.mark.parametrize("text", ["", "{", "[" * 500, '{"cells": [{"cell_type": "markdown", "source": [1, null]}]}'])
def test_what_is_no_notebook_cites_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(text)
    assert cited_keys(tmp_path / "a.ipynb").keys == ()
    assert with_keys(text, "notebook", {"a": "b"}) == (text, 0)


def test_a_folder_cites_what_its_main_files_and_documents_cite(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("\\documentclass{article}\\begin{document}\\input{part}\\cite{b}\\end{document}")
    (tmp_path / "part.tex").write_text("\\cite{a}")
    (tmp_path / "old.tex").write_text("\\cite{unused}")
    (tmp_path / "notes.md").write_text("@c")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.md").write_text("@never")
    assert cited_keys(tmp_path).keys == ("a", "b", "c")


def test_several_documents_are_read_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("\\cite{one}")
    (tmp_path / "b.md").write_text("[@two]")
    assert cited_keys(tmp_path / "a.tex", tmp_path / "b.md").keys == ("one", "two")


def test_a_folder_without_documents_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(UnreadableInput, match="no document that cites"):
        cited_keys(tmp_path)
    with pytest.raises(UnreadableInput, match=r"a\.csv: cited keys are read from LaTeX"):
        cited_keys(tmp_path / "a.csv")


def test_renaming_follows_every_markup() -> None:
    renamed = {"ode2001": "ode2001tides"}
    for kind, text in (("markdown", QUARTO), ("markdown", MYST), ("rst", RST), ("org", ORG)):
        changed, count = with_keys(text, kind, renamed)  # type: ignore[arg-type]
        assert count == 1
        assert changed == text.replace("ode2001", "ode2001tides")
