"""The extension of Sphinx: lists as a CSL style has them, and what it says of bad settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from book_tools import one_line, sphinx

BIB = """@article{Ode2001, author={Ode, Ann}, title={On {T}ides of *stars* \\_ and $x_1$}, journal={Sea Notes},
  year=2001}
@online{kim2010, author={Kim, Bo}, title={The Page of Waves}, url={https://example.org/a_b}, date={2010-02}}
@software{dee2020, author={Dee, Cy}, title={Salt}, date={2020}}
@article{dee2020b, author={Dee, Cy}, title={Brine}, journaltitle={Sea Notes}, date={2020}}
"""


def site(folder: Path, settings: str = "", cited: str = ":cite:p:`Ode2001,kim2010,dee2020,dee2020b`") -> str:
    """Build one page and give it."""
    (folder / "docs").mkdir()
    (folder / "docs/conf.py").write_text(
        'extensions = ["sphinxcontrib.bibtex", "dl4es_bib.tasks.sphinx_extension"]\nsmartquotes = False\n'
        f'bibtex_bibfiles = ["own.bib"]\nbibtex_default_style = "csl"\n{settings}\n'
    )
    (folder / "docs/own.bib").write_text(BIB)
    (folder / "docs/index.rst").write_text(f"Seas\n====\n\n{cited}\n\n.. bibliography::\n")
    sphinx(folder / "docs", folder / "site")
    return (folder / "site/index.html").read_text()


def listed(page: str) -> list[tuple[str, str]]:
    """Label and text of each reference."""
    from selectolax.lexbor import LexborHTMLParser

    nodes = LexborHTMLParser(page).css(".citation")
    return [
        (one_line(node.css(".label")[0].text()), one_line("".join(child.text() for child in node.css("p"))))
        for node in nodes
    ]


def test_lists_have_the_order_labels_and_text_of_an_author_date_style(tmp_path: Path) -> None:
    assert listed(site(tmp_path)) == [
        ("[Dee, 2020a]", "Dee, C. (2020a). Brine. Sea Notes."),
        ("[Dee, 2020b]", "Dee, C. (2020b). Salt [Computer software]."),
        ("[Kim, 2010]", "Kim, B. (2010, February). The Page of Waves. https://example.org/a_b"),
        ("[Ode, 2001]", "Ode, A. (2001). On Tides of *stars* _ and x₁. Sea Notes."),
    ]


def test_lists_of_a_numeric_style_are_numbered_once(tmp_path: Path) -> None:
    (first, text), *_ = listed(site(tmp_path, 'csl_style = "ieee"'))
    assert (first, text) == ("[1]", "A. Ode, “On Tides of *stars* _ and x₁,” Sea Notes, 2001.")


def test_the_language_is_that_of_csl_locale(tmp_path: Path) -> None:
    assert "2010, Februar" in site(tmp_path, 'csl_locale = "de-DE"')


def test_a_page_that_cites_nothing_has_an_empty_list(tmp_path: Path) -> None:
    assert listed(site(tmp_path, cited="Nothing.")) == []


@pytest.mark.parametrize("settings", ['csl_style = "nosuch"', 'csl_locale = "xx-no-such"'])
def test_a_style_or_language_that_is_not_there_is_named(settings: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"There is no (?:style 'nosuch'|locale)"):
        site(tmp_path, settings)


def test_the_extension_can_be_imported_where_sphinx_is_not() -> None:
    code = "import dl4es_bib.tasks.sphinx_extension, sys; sys.exit('sphinx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
