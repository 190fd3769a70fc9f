"""Lists for Typst, MyST, pandoc and Sphinx, hostile ones built for real."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from book_tools import myst, one_line, pandoc, programs_of_ours, sphinx, typst_pdf

from dl4es_bib.export.bibliographies import render
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work

HOSTILE = (
    "Costs #1 of $x_1$ and @mail [or not] {{ braces }}",
    "Back\\slash, *stars*, `ticks` and __lines__",
    "<script>alert(1)</script> & <b>tags</b>",
    "Right \u202eto\u202c left and 😀 emoji",
    '"Quotes" -- and --- dashes ... // no comment /* here */',
    "#include \"x\" ![image](y) {cite}`k` :math:`z` |sub| name_",
    f"Very long {'words and words ' * 150}end",
)  # fmt: skip


def article(title: str, number: int = 1, **values: str) -> Work:
    fields = {"title": title, "container-title": "Sea Letters", "author": (Name(f"Ode{number:02d}", "Ann"),)}
    return Work.of("article-journal", {**fields, "issued": PartialDate(2004), **values}, Source("user"))


def section(*entries: ExportEntry, **values: Any) -> Section:
    return Section("Tides & floes", 1, entries=entries, slug="01-tides", **values)


def lists(part: Section, *formats: str, style: str = "apa") -> dict[str, str]:
    files = render([part], formats=[*formats, "text"], styles=[style]).files
    return {Path(name).suffix: data.decode() for name, data in files.items()}


def hostile() -> Section:
    return section(*(ExportEntry(f"k{number}", article(title, number)) for number, title in enumerate(HOSTILE)))


def references_of(text: str) -> list[str]:
    """The references of a plain list, one line each."""
    return [one_line(part) for part in text.split("\n\n")[1:]]


def test_a_typst_module_has_the_list_and_citations_with_a_place_for_a_page() -> None:
    made = lists(section(ExportEntry("ode", article("Tides"), "needs-review", "A note.")), "typst")[".typ"]
    assert '  "ode": ([#"(Ode01, 2004"], [#")"]),\n' in made
    assert '#emph("Sea Letters")#"." #strong("[needs review]") #"A note."] #label(prefix + "ode")]' in made
    assert '#let prefix = "01-tides:"' in made


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        ("apa", "See (Ode01, 2004) and (Ode01, 2004, p. 3)."),
        ("ieee", "See [1] and [1, p. 3]."),
        ("nature", "See 1 and 1, p. 3."),
    ],
)
def test_typst_cites_what_the_chapter_lists(style: str, cited: str, tmp_path: Path) -> None:
    part = section(ExportEntry("ode", article("Tides")))
    (tmp_path / "list.typ").write_text(lists(part, "typst", style=style)[".typ"])
    (tmp_path / "main.typ").write_text(
        '#import "list.typ": cited, references\n#show ref: cited\n= A <here>\nSee @ode and @ode[p. 3].\n\n#references\n'
    )
    assert cited in typst_pdf(tmp_path / "main.typ")


def test_a_style_of_notes_makes_footnotes_in_typst(tmp_path: Path) -> None:
    part = section(ExportEntry("ode", article("Tides")))
    (tmp_path / "list.typ").write_text(lists(part, "typst", style="chicago-notes-bibliography")[".typ"])
    (tmp_path / "main.typ").write_text('#import "list.typ": cited\n#show ref: cited\nTides.@ode[3]\n')
    assert typst_pdf(tmp_path / "main.typ").endswith("Ann Ode01, “Tides,” Sea Letters, 2004, 3.")


def test_two_chapters_of_one_typst_document_list_the_same_work(tmp_path: Path) -> None:
    entry = ExportEntry("ode", article("Tides"))
    parts = [Section("Tides", entries=(entry,), slug="tides"), Section("Ice", entries=(entry,), slug="ice")]
    for name, data in render(parts, formats=["typst"], styles=["apa"]).files.items():
        (tmp_path / f"{Path(name).parent}.typ").write_bytes(data)
    chapter = '#[#import "{0}.typ": cited, references\n#show ref: cited\n= {0}\n@ode\n\n#references]\n'
    (tmp_path / "main.typ").write_text(chapter.format("tides") + chapter.format("ice"))
    assert typst_pdf(tmp_path / "main.typ").count("Ode01, A. (2004). Tides. Sea Letters.") == 2


@pytest.mark.parametrize("key", ["a b", "schlüssel", 'quo"te', "back\\slash", "x" * 300, "../../up", "<k>", "a:b.c"])
def test_a_key_that_is_no_label_is_listed_and_compiles(key: str, tmp_path: Path) -> None:
    made = lists(section(ExportEntry(key, article("Tides"))), "typst", "rst", "myst", "pandoc", "hayagriva")
    (tmp_path / "list.typ").write_text(made[".typ"])
    (tmp_path / "main.typ").write_text('#import "list.typ": references\n#references\n')
    assert typst_pdf(tmp_path / "main.typ") == "Ode01, A. (2004). Tides. Sea Letters."
    assert restructuredtext(made[".rst"]) == ["Ode01, A. (2004). Tides. Sea Letters."]
    assert re.match(r"% 1\. [\w ]+, style apa\n\n\(ref-01-tides-[\w.:-]{1,87}\)=\nOde01, A", made[".myst"])
    assert pandoc("-f", "json", "-t", "plain", folder=tmp_path, text=made[".json"]).startswith("Ode01")


@pytest.mark.parametrize("suffix", [".typ", ".rst", ".myst", ".json", ".yaml"])
def test_a_chapter_without_references_says_so(suffix: str) -> None:
    made = lists(section(), "typst", "rst", "myst", "pandoc", "hayagriva")[suffix]
    words = json.dumps([{"t": "Str", "c": "No"}, {"t": "Space"}, {"t": "Str", "c": "references."}])
    assert {".yaml": "{}", ".json": words}.get(suffix, "No references.") in made


def test_an_empty_typst_list_compiles(tmp_path: Path) -> None:
    (tmp_path / "list.typ").write_text(lists(section(), "typst")[".typ"])
    (tmp_path / "main.typ").write_text('#import "list.typ": cited, references\n#show ref: cited\n#references\n')
    assert typst_pdf(tmp_path / "main.typ") == "No references."


def test_the_directive_of_sphinx_names_the_entries_of_its_chapter() -> None:
    files = render([section(ExportEntry('a"b', article("Tides")))], formats=["sphinx"], styles=[]).files
    assert files["01-tides/references.rst"].decode() == (
        '.. 1. Tides floes\n\n.. bibliography::\n   :filter: key in {"a\\"b"}\n   :keyprefix: 01-tides:\n'
    )
    assert b"no references" in render([section()], formats=["sphinx"], styles=[]).files["01-tides/references.rst"]


def test_hostile_titles_are_text_in_a_typst_pdf(tmp_path: Path) -> None:
    made = lists(hostile(), "typst")
    (tmp_path / "list.typ").write_text(made[".typ"])
    (tmp_path / "main.typ").write_text('#import "list.typ": references\n#set page(width: 3000pt)\n#references\n')
    text = typst_pdf(tmp_path / "main.typ")
    for reference in unescaped(made[".txt"]):
        if "😀" not in reference:  # no font of a bare machine has it
            assert reference in text


def test_hostile_titles_are_text_for_pandoc(tmp_path: Path) -> None:
    made = lists(hostile(), "pandoc")
    shown = pandoc("-f", "json", "-t", "plain", "--wrap=none", folder=tmp_path, text=made[".json"])
    assert [one_line(part) for part in shown.split("\n\n")] == unescaped(made[".txt"])
    page = pandoc("-f", "json", "-t", "html", folder=tmp_path, text=made[".json"])
    assert "<script" not in page
    assert "\u202e" not in page


def test_hostile_titles_are_text_in_restructuredtext(tmp_path: Path) -> None:
    made = lists(hostile(), "rst")
    assert restructuredtext(made[".rst"]) == unescaped(made[".txt"])
    source = tmp_path / "docs"
    source.mkdir()
    (source / "conf.py").write_text('extensions = []\nexclude_patterns = ["list.rst"]\nsmartquotes = False\n')
    (source / "list.rst").write_text(made[".rst"])
    (source / "index.rst").write_text("Tides\n=====\n\n.. include:: list.rst\n")
    sphinx(source, tmp_path / "site")
    page = (tmp_path / "site/index.html").read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_hostile_titles_are_text_in_a_page_of_myst(tmp_path: Path) -> None:
    made = lists(hostile(), "myst")
    (tmp_path / "myst.yml").write_text(
        "version: 1\nproject: {toc: [{file: index.md}]}\nsite: {template: article-theme}\n"
    )
    (tmp_path / "index.md").write_text("# Tides\n\n```{include} list.myst\n```\n")
    (tmp_path / "list.myst").write_text(made[".myst"])
    done = myst("build", "--site", folder=tmp_path)
    (page,) = (tmp_path / "_build/site/content").glob("*.json")
    assert paragraphs(json.loads(page.read_text())["mdast"]) == unescaped(made[".txt"]), done.stdout


def test_hostile_titles_are_text_in_the_lists_of_the_plugin(tmp_path: Path) -> None:
    from dl4es_bib.formats.record_formats import written_records

    works = [(entry.key, entry.work) for entry in hostile().entries]
    (tmp_path / "references.bib").write_text(written_records("biblatex", works))
    (tmp_path / "myst.yml").write_text(
        "version: 1\nproject:\n  toc: [{file: index.md}]\n  bibliography: []\n  plugins: [{type: executable, "
        "path: dl4es-bib-myst}]\nsite: {template: article-theme}\n"
    )
    cited = " ".join(f"{{cite:p}}`{key}`" for key, _ in works)
    (tmp_path / "index.md").write_text(f"# Tides\n\n{cited}\n\n```{{chapter-bibliography}}\n```\n")
    programs = programs_of_ours(tmp_path / "bin")
    (tmp_path / "dl4es-bib-myst").symlink_to(programs / "dl4es-bib-myst")
    done = myst("build", "--site", folder=tmp_path, programs=programs)
    (page,) = (tmp_path / "_build/site/content").glob("*.json")
    shown = paragraphs(json.loads(page.read_text())["mdast"])[1:]
    assert len(shown) == len(HOSTILE), done.stdout
    assert "Costs #1 of" in shown[0]
    assert "& tags" in shown[2]
    assert "\u202e" not in shown[3]
    assert "😀" in shown[3]


FILTER = Path(__file__).parents[2] / "src/dl4es_bib/export/starts/quarto/_extensions/dl4es-bib/dl4es-bib.lua"


def filtered(folder: Path, text: str, to: str = "plain", *, shared: bool = False) -> str:
    """A document of pandoc with the lists of three chapters in a folder beside."""
    parts = [
        Section(title, number, entries=(ExportEntry("ode" if shared else slug, article(works)),), slug=slug)
        for title, number, slug, works in (
            ("Tides", 1, "01-tides", "On tides"), ("Ice", 2, "02-ice", "On ice"),
            ("Don't \"stop\" -- at *all* ...", None, "dont", "On stopping"),
        )
    ]  # fmt: skip
    for style in ("apa", "ieee"):
        for name, data in render(parts, formats=["pandoc"], styles=[style]).files.items():
            path = folder / "build/bibliographies" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return pandoc("-f", "markdown", "-t", to, "--wrap=none", "--lua-filter", str(FILTER), folder=folder, text=text)


PLACE = "::: {.dl4es-bib}\n:::\n\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"# Tides {{#sec-tides}}\n\n## References\n\n{PLACE}", "On tides"),
        (f"---\ntitle: Ice\n---\n\n{PLACE}", "On ice"),
        (f"# 2. Ice\n\n{PLACE}", "On ice"),
        (f"# Chapter 2: Ice\n\n{PLACE}", "On ice"),
        (f"# Don't \"stop\" -- at \\*all\\* ...\n\n{PLACE}", "On stopping"),
        (f"# Ice\n\n> Words.\n\n:::: {{.column-margin}}\n{PLACE}::::\n", "On ice"),
        ("# Ice\n\n::: {.dl4es-bib chapter=01-tides}\n:::\n", "On tides"),
        ("# Ice\n\n::: {.dl4es-bib style=ieee}\n:::\n", "[1] A. Ode01, “On ice,”"),
    ],
)  # fmt: skip
def test_the_filter_gives_a_chapter_its_list(text: str, shown: str, tmp_path: Path) -> None:
    made = filtered(tmp_path, text)
    assert (shown in made, made.count("Ode01")) == (True, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"# The Ice\n\n{PLACE}",
        PLACE,
        '::: {.dl4es-bib chapter="../../secret"}\n:::\n',
        '::: {.dl4es-bib chapter="01-tides" style="../apa"}\n:::\n',
        "::: {.dl4es-bib chapter=..}\n:::\n",
        "::: {.dl4es-bib chapter=03-none}\n:::\n",
    ],
)
def test_the_filter_gives_no_list_that_is_not_the_chapters(text: str, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/references.apa.json").write_text('{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}')
    assert "Ode01" not in filtered(tmp_path, text)


def test_a_work_that_two_chapters_list_has_one_anchor(tmp_path: Path) -> None:
    page = filtered(tmp_path, f"# Tides\n\n{PLACE}\n# Ice\n\n{PLACE}", to="html", shared=True)
    assert (page.count("Ode01"), page.count('id="ref-ode"')) == (2, 1)


def unescaped(text: str) -> list[str]:
    """The references of a plain list, in which tags that act have lost their first bracket."""
    return [reference.replace("‹", "<") for reference in references_of(text)]


def restructuredtext(text: str) -> list[str]:
    from docutils import core, nodes

    tree = core.publish_doctree(text, settings_overrides={"report_level": 2, "halt_level": 2, "_disable_config": True})
    return [one_line(paragraph.astext()) for paragraph in tree.findall(nodes.paragraph)]


def paragraphs(node: dict[str, Any]) -> list[str]:
    """The paragraphs of a tree of MyST, without the places where MyST lets an address break."""
    if node.get("type") == "paragraph":
        return [one_line(words(node).replace("\u200b", ""))]
    return [text for child in node.get("children", ()) for text in paragraphs(child)]


def words(node: dict[str, Any]) -> str:
    return str(node.get("value", "")) + "".join(map(words, node.get("children", ())))
