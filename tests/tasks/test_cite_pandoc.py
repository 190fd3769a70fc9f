"""The filter of pandoc: its document in, the same with formatted citations out."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dl4es_bib.cli import citeproc
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.tasks.cite_pandoc import cite_pandoc

BIB = """@article{ode2004, author = {Ode, Ann and Bell, Bo}, title = {Tides}, journal = {Sea Letters}, year = 2004}
@book{bell2006, author = {Bell, Bo}, title = {Buoys}, publisher = {Reed}, year = 2006}
@book{dee2010, author = {Dee, Cy}, title = {Floes}, publisher = {Reed}, year = 2010}
"""
NOTES = "chicago-notes-bibliography"
SCRIPT = """#!/bin/sh
exec "{python}" -c "from dl4es_bib.cli.citeproc import main; main()" "$@"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "own.bib").write_text(BIB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pandoc() -> str:
    """A real pandoc; the group dev installs it, so that in CI it is there."""
    if sys.platform == "win32":
        pytest.skip("the filter of the test is a shell script")
    pypandoc = importlib.import_module("pypandoc") if os.environ.get("CI") else pytest.importorskip("pypandoc")
    return str(pypandoc.get_pandoc_path())


def words(text: str) -> list[dict[str, Any]]:
    parts = [{"t": "Str", "c": word} for word in text.split()]
    return [part for word in parts for part in ({"t": "Space"}, word)][1:]


def cite(key: str, mode: str = "NormalCitation", prefix: str = "", suffix: str = "") -> dict[str, Any]:
    part = {
        "citationId": key,
        "citationPrefix": words(prefix),
        "citationSuffix": words(suffix),
        "citationMode": {"t": mode},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[part], words(f"[@{key}]")]}


def document(*inlines: dict[str, Any], **meta: str) -> bytes:
    values = {name.replace("_", "-"): {"t": "MetaString", "c": value} for name, value in meta.items()}
    whole = {"pandoc-api-version": [1, 23, 1], "meta": values, "blocks": [{"t": "Para", "c": list(inlines)}]}
    return json.dumps(whole).encode()


def text_of(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Str", "Space"):
        return node.get("c", " ")
    content = node.get("c")
    if node["t"] == "Note":
        return f"^{text_of(content)}^"
    return text_of(content[1] if node["t"] in ("Cite", "Link", "Div") else content)


def cited(*inlines: dict[str, Any], style: str = "apa", **meta: str) -> str:
    done = json.loads(cite_pandoc(document(*inlines, bibliography="own.bib", csl=style, **meta)).text)
    return text_of(done["blocks"][0])


NOTHING = {"t": "Cite", "c": [None, None]}
START = b'{"pandoc-api-version":[1],"meta":{},"blocks":['
STOP = {"t": "Str", "c": "."}


def test_a_citation_is_written_with_its_words(folder: Path) -> None:
    written = cited(*words("Tides"), {"t": "Space"}, cite("ode2004", prefix="see", suffix=", pp. 3-4 there"), STOP)
    assert written == "Tides (see Ode & Bell, 2004, pp. 3–4 there)."


def test_the_author_may_stand_in_the_sentence_or_be_left_out(folder: Path) -> None:
    assert cited(cite("ode2004", "AuthorInText", suffix="p. 3")) == "Ode & Bell (2004, p. 3)"
    assert cited(cite("ode2004", "SuppressAuthor")) == "(2004)"


def test_a_note_stands_close_to_its_word_and_behind_the_full_stop(folder: Path) -> None:
    written = cited(*words("Tides"), {"t": "Space"}, cite("bell2006", prefix="see"), STOP, style=NOTES)
    assert written == "Tides.^See Bo Bell, Buoys (Reed, 2006).^"


def test_a_citation_in_a_note_makes_no_note_in_it(folder: Path) -> None:
    note = {"t": "Note", "c": [{"t": "Para", "c": [*words("Here"), {"t": "Space"}, cite("bell2006"), *words("too")]}]}
    assert cited(note, style=NOTES) == "^Here Bo Bell, Buoys (Reed, 2006)too^"


def test_elements_that_csl_does_not_know_stay(folder: Path) -> None:
    given = cite("ode2004")
    formula = {"t": "Math", "c": [{"t": "InlineMath"}, "x"]}
    given["c"][0][0]["citationSuffix"] = [STOP | {"c": ","}, {"t": "Space"}, formula]
    done = json.loads(cite_pandoc(document(given, bibliography="own.bib", csl="apa")).text)
    assert formula in done["blocks"][0]["c"][0]["c"][1]


def test_a_citation_inside_the_words_of_another_is_not_lost(folder: Path) -> None:
    given = cite("ode2004")
    given["c"][0][0]["citationSuffix"] = [{"t": "Str", "c": ","}, {"t": "Space"}, cite("bell2006", "AuthorInText")]
    assert cited(given) == "(Bell, 2006; Ode & Bell, 2004)"


def test_the_list_has_what_is_cited_and_what_nocite_names(folder: Path) -> None:
    whole = json.loads(document(cite("bell2006"), bibliography="own.bib", csl="apa", reference_section_title="Works"))
    whole["meta"]["nocite"] = {"t": "MetaInlines", "c": [cite("dee2010")]}
    blocks = json.loads(cite_pandoc(json.dumps(whole).encode()).text)["blocks"]
    assert [text_of(block["c"][2]) for block in blocks if block["t"] == "Header"] == ["Works"]
    assert [entry["c"][0][0] for entry in blocks[-1]["c"][1]] == ["ref-bell2006", "ref-dee2010"]
    whole["meta"]["suppress-bibliography"] = {"t": "MetaBool", "c": True}
    assert len(json.loads(cite_pandoc(json.dumps(whole).encode()).text)["blocks"]) == 1


def test_links_lead_to_the_entries(folder: Path) -> None:
    done = cite_pandoc(document(cite("bell2006"), bibliography="own.bib", csl="apa", link_citations="true")).text
    assert '"#ref-bell2006"' in done


def test_records_of_the_metadata_are_cited(folder: Path) -> None:
    whole = json.loads(document(cite("own", suffix=", 3"), csl="apa"))
    text = {name: {"t": "MetaInlines", "c": words(value)} for name, value in
            {"id": "own", "type": "book", "title": "Mine", "issued": "2001-03"}.items()}  # fmt: skip
    whole["meta"]["references"] = {"t": "MetaList", "c": [{"t": "MetaMap", "c": text}]}
    done = json.loads(cite_pandoc(json.dumps(whole).encode()).text)
    assert text_of(done["blocks"][0]) == "(Mine, 2001, p. 3)"


def test_a_document_without_citations_is_as_it_was(folder: Path) -> None:
    given = document(*words("No citation"))
    assert json.loads(cite_pandoc(given).text) == json.loads(given)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"[]",
        b"{}",
        b'{"blocks": [], "meta": {}}',
        b'{"pandoc-api-version": [9], "meta": {}, "blocks": []}',
        b"[" * 100_000,
        START + b'{"t":"Div","c":[["",[],[]],[' * 300 + b"]]}" * 300 + b"]}",
        START + b'{"t":"Div","c":[["",[],[]],[' * 3000 + b"]]}" * 3000 + b"]}",
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(
    folder: Path, data: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableInput):
        cite_pandoc(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert citeproc.run(["html"]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("dl4es-bib-citeproc: error: ")


@pytest.mark.parametrize("part", [{"t": "Cite"}, {"t": "Cite", "c": []}, NOTHING, None, 3, {"t": "Note", "c": 5}])
def test_odd_elements_do_no_harm(folder: Path, part: Any) -> None:
    done = json.loads(cite_pandoc(document(part, cite("bell2006"), bibliography="own.bib", csl="apa")).text)
    assert text_of(done["blocks"][0]["c"][1]) == "(Bell, 2006)"


def test_what_is_missing_is_said_with_its_cure(folder: Path) -> None:
    with pytest.raises(UsageError, match="names no bibliography"):
        cite_pandoc(document(cite("bell2006")))
    with pytest.raises(UsageError, match="no style"):
        cite_pandoc(document(cite("bell2006"), bibliography="own.bib", csl="nonsuch"))
    with pytest.raises(UnreadableInput, match="does not exist"):
        cite_pandoc(document(cite("bell2006"), bibliography="other.bib", csl="apa"))
    with pytest.raises(UnreadableInput, match="address"):
        cite_pandoc(document(cite("bell2006"), bibliography="https://a.example/x.bib", csl="apa"))
    assert cite_pandoc(document(cite("nobody"), bibliography="own.bib", csl="apa")).missing == ("nobody",)


@pytest.mark.parametrize(
    "text",
    [
        "Tides [see *also* @ode2004, pp. 3-4; @bell2006, chap. 2].",
        "@ode2004 [p. 3] say. Again [-@ode2004].",
        "Tides.^[See @ode2004 there.] Ice [@bell2006].",
        "Tides [@ode2004{}, 99 years]. Ice [@bell2006, {pp. 5-7}].",
        "# One\n\n[@dee2010]\n\n::: {#refs}\n:::\n\n# Two\n\nMore [@dee2010, {§ 3}].\n",
    ],
)
@pytest.mark.parametrize("style", ["apa", NOTES])
def test_a_real_pandoc_gets_what_its_own_processor_gives(folder: Path, pandoc: str, text: str, style: str) -> None:
    from dl4es_bib.csl.style.find import _published

    script = folder / "dl4es-bib-citeproc"
    script.write_text(SCRIPT.format(python=sys.executable))
    script.chmod(0o755)
    common = [pandoc, "-f", "markdown", "-t", "plain", "--wrap=none", "-M", f"csl={_published(style)}"]
    common += ["-M", "bibliography=own.bib"]

    def run(*options: str) -> str:
        done = subprocess.run([*common, *options], input=text, capture_output=True, text=True, check=True)
        return done.stdout.replace("\u00a0", " ")

    assert run("--filter", str(script)) == run("--citeproc")
