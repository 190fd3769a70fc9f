"""The repository's own example as a book of each kind: every list, as its reader sees it, is the CSL list."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from book_tools import myst, one_line, pandoc, programs_of_ours, sphinx, typst_pdf

from dl4es_bib.cli import run

ROOT = Path(__file__).parents[2]
FORMATS = "[text, csl-json, myst, pandoc, typst, hayagriva, rst, sphinx]"
STYLES = ("apa", "ieee")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example, built without network, with all lists."""
    folder = tmp_path_factory.mktemp("books")
    shutil.copytree(ROOT / "examples", folder / "examples")
    settings = (ROOT / "dl4es-bib.yaml").read_text()
    settings = re.sub(r"(?m)^(?:formats|styles):.*\n", "", settings)
    (folder / "dl4es-bib.yaml").write_text(f"{settings}\nformats: {FORMATS}\nstyles: [{', '.join(STYLES)}]\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        assert run(["build", "--offline"]) == 0
        yield folder


def chapters(project: Path) -> dict[str, Path]:
    """The folders of the chapters' lists by name, the whole left out."""
    found = {path.name: path for path in sorted((project / "build/bibliographies").iterdir()) if path.is_dir()}
    del found["all"]
    assert len(found) == 23
    return found


def csl_list(folder: Path, style: str) -> list[str]:
    """The references of the plain list, as the CSL processor made them."""
    return [one_line(text) for text in (folder / f"references.{style}.txt").read_text().split("\n\n")[1:]]


def keys(folder: Path) -> list[str]:
    return [str(item["id"]) for item in json.loads((folder / "references.json").read_text())]


def all_lists(project: Path, style: str) -> Mapping[str, list[str]]:
    return {name: csl_list(folder, style) for name, folder in chapters(project).items()}


@pytest.mark.parametrize("style", STYLES)
def test_one_typst_document_has_the_bibliographies_of_23_chapters(style: str, project: Path) -> None:
    source = ["#set page(width: 4000pt, height: 4000pt)\n"]
    for name, folder in chapters(project).items():
        cited = " ".join(f"@{key}" for key in keys(folder))
        source.append(
            f'#[\n#import "build/bibliographies/{name}/references.{style}.typ": cited, references\n#show ref: cited\n'
            f"= Chapter {name}\n\n{cited}\n\n#references\n]\n"
        )
    (project / "book.typ").write_text("".join(source))
    text = typst_pdf(project / "book.typ").replace("\ufffe", "-")
    parts = dict(zip(chapters(project), text.split("Chapter ")[1:], strict=True))
    for name, references in all_lists(project, style).items():
        # The reader of PDF files leaves out the blank between two paragraphs.
        assert "".join(parts[name].split()).endswith("".join("".join(references).split())), name


def test_typsts_own_bibliography_reads_the_hayagriva_file(project: Path) -> None:
    (project / "own.typ").write_text(
        "#set page(width: 4000pt)\n"
        '#bibliography("build/bibliographies/all/references.yaml", full: true, style: "apa")\n'
    )
    text = typst_pdf(project / "own.typ")
    assert "Deep Learning in Remote Sensing: A Comprehensive Review" in text


@pytest.mark.parametrize("style", STYLES)
def test_pandocs_lists_are_the_csl_lists(style: str, project: Path) -> None:
    filter_of_quarto = ROOT / "src/dl4es_bib/export/starts/quarto/_extensions/dl4es-bib/dl4es-bib.lua"
    document = [f"---\ndl4es-bib: {{style: {style}}}\n---\n"]
    for folder in chapters(project).values():
        tree = json.loads((folder / f"references.{style}.json").read_text())
        title = "".join(" " if part["t"] == "Space" else part["c"] for part in tree["meta"]["title"]["c"])
        document.append(f"# {title}\n\n::: {{.dl4es-bib}}\n:::\n\nEnd.\n")
    shown = pandoc(
        "-f", "markdown-smart", "-t", "plain", "--wrap=none", "--lua-filter", str(filter_of_quarto), folder=project,
        text="\n".join(document),
    )  # fmt: skip
    parts = [[one_line(text) for text in part.strip().split("\n\n")[1:]] for part in shown.split("\nEnd.\n")]
    assert [part for part in parts if part] == list(all_lists(project, style).values())


@pytest.mark.parametrize("style", STYLES)
def test_lists_in_restructuredtext_are_the_csl_lists(style: str, project: Path) -> None:
    from docutils import core, nodes

    for name, folder in chapters(project).items():
        options = {"report_level": 2, "halt_level": 2, "_disable_config": True}
        tree = core.publish_doctree((folder / f"references.{style}.rst").read_text(), settings_overrides=options)
        shown = [one_line(paragraph.astext()) for paragraph in tree.findall(nodes.paragraph)]
        assert shown == csl_list(folder, style), name


def test_sphinx_lists_each_chapter_as_the_csl_style_does(project: Path) -> None:
    from selectolax.lexbor import LexborHTMLParser

    source = project / "sphinx"
    source.mkdir()
    shutil.copy(project / "references.bib", source)
    (source / "conf.py").write_text(
        'extensions = ["sphinxcontrib.bibtex", "dl4es_bib.tasks.sphinx_extension"]\nsmartquotes = False\n'
        'bibtex_bibfiles = ["references.bib"]\nbibtex_default_style = "csl"\ncsl_style = "apa"\n'
    )
    cited = {name: keys(folder) for name, folder in chapters(project).items()}
    (source / "index.rst").write_text(
        f"Book\n====\n\n.. toctree::\n\n{''.join(f'   {name}{chr(10)}' for name in cited)}"
    )
    for name, folder in chapters(project).items():
        cites = " ".join(f":cite:p:`{name}:{key}`" for key in cited[name])
        directive = (folder / "references.rst").read_text()
        (source / f"{name}.rst").write_text(f"{name}\n{'=' * len(name)}\n\n{cites}\n\n{directive}")
    sphinx(source, project / "site")
    for name, folder in chapters(project).items():
        page = LexborHTMLParser((project / f"site/{name}.html").read_text())
        shown = [one_line(node.text()) for node in page.css(".citation > p")]
        # The marks of what no record confirmed are ours, not the style's.
        wanted = [re.sub(r" \[(?:needs review|not checked|not found)\]$", "", text) for text in csl_list(folder, "apa")]
        assert shown == [text for text in wanted if text != "No references."], name


def test_a_site_of_myst_has_the_csl_list_on_each_page(project: Path) -> None:
    programs = programs_of_ours(project / "bin")
    shutil.copy(programs / "dl4es-bib-myst", project / "dl4es-bib-myst")
    names = [*chapters(project)]
    (project / "myst.yml").write_text(
        "version: 1\nproject:\n  title: Book\n  bibliography: [references.bib]\n"
        "  plugins: [{type: executable, path: dl4es-bib-myst}]\n  toc:\n"
        f"{''.join(f'    - file: {name}.md{chr(10)}' for name in names)}site: {{template: book-theme}}\n"
    )
    for name, folder in chapters(project).items():
        cites = " ".join(f"{{cite:p}}`{key}`" for key in keys(folder))
        (project / f"{name}.md").write_text(
            f"# {name}\n\n{cites}\n\n## Made\n\n```{{chapter-bibliography}}\n:style: ieee\n```\n\n"
            f"## Included\n\n```{{include}} build/bibliographies/{name}/references.apa.myst\n```\n"
        )
    done = myst("build", "--site", folder=project, programs=programs)
    pages = [json.loads(path.read_text()) for path in (project / "_build/site/content").glob("*.json")]
    by_name = {Path(page["location"]).stem: page for page in pages}
    assert set(by_name) == set(names), done.stdout
    for name, folder in chapters(project).items():
        texts = [*paragraphs(by_name[name]["mdast"])]
        # MyST itself has read every entry of references.bib that the page cites.
        assert set(keys(folder)) <= set(by_name[name]["references"]["cite"]["data"])
        made, included = texts.index("Made"), texts.index("Included")
        assert texts[made + 1 : included] == csl_list(folder, "ieee"), name
        assert texts[included + 1 :] == csl_list(folder, "apa"), name


def paragraphs(node: dict[str, Any]) -> Iterator[str]:
    """The headings and paragraphs of a tree of MyST, without the places where MyST lets an address break."""
    if node.get("type") in ("paragraph", "heading"):
        yield one_line(words(node).replace("\u200b", ""))
    else:
        for child in node.get("children", ()):
            yield from paragraphs(child)


def words(node: dict[str, Any]) -> str:
    return str(node.get("value", "")) + "".join(map(words, node.get("children", ())))
