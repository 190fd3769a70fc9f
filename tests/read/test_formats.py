"""The same references in every format give the same works."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from dl4es_bib.disk.source import SourceText, decode, load
from dl4es_bib.model.document import Document
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.read.readers import read, reader_for

#: (author, year, title, journal, volume and pages, DOI)
WORKS = [
    (
        "Okafor, C., & Li, W.",
        "2016",
        "Soil moisture under old forests",
        "Journal of Soils",
        "12(3), 101-119",
        "10.5555/js.1",
    ),
    ("Nakamura, Y.", "2011", "Currents seen by drifters", "Ocean Letters", "4(2), 11-19", "10.5555/ol.2"),
    ("Silva, A., & Roux, P.", "2019", "The rain of the highlands", "Weather and Climate", "7, 33-48", "10.5555/wc.3"),
]


def plain(work: tuple[str, ...], before: str = "", after: str = "") -> str:
    author, year, title, journal, numbers, doi = work
    return f"{author} ({year}). {title}. {before}{journal}{after}, {numbers}. https://doi.org/{doi}"


def latex(work: tuple[str, ...]) -> str:
    return plain(work, "\\emph{", "}").replace("&", "\\&")


TEXTS = {
    "list.md": "# Water\n\n" + "\n".join(f"- {plain(work, '*', '*')}" for work in WORKS),
    "list.html": "<!DOCTYPE html><html><head><title>T</title></head><body><nav><a href='https://x.org'>Home</a></nav>"
    "<h1>Water</h1><ul>" + "".join(f"<li>{plain(work, '<i>', '</i>')}" for work in WORKS) + "</ul><footer>© 2020 Me</footer>",
    "divs.html": "<html><body><h2>Water</h2>"
    + "".join(f"<div class=p><p>{plain(work, '<em>', '</em>')}</p></div>" for work in WORKS),
    "list.tex": "\\documentclass{article}\n\\begin{document}\n\\section{Water}\n\\begin{thebibliography}{9}\n"
    + "\n".join(f"\\bibitem{{k{number}}} {latex(work)}" for number, work in enumerate(WORKS))
    + "\n\\end{thebibliography}\n\\end{document}\n",
    "list.bbl": "\\begin{thebibliography}{3}\n\n"
    + "\n\n".join(
        f"\\bibitem[{{{work[0][:6]}}}({work[1]})]{{k{number}}}\n" + latex(work).replace(". ", ".\n\\newblock ")
        for number, work in enumerate(WORKS)
    )
    + "\n\n\\end{thebibliography}\n",
    "items.tex": "\\documentclass{article}\\begin{document}\n\\section{Water}\n\\begin{enumerate}\n"
    + "\n".join(f"\\item {latex(work)}" for work in WORKS)
    + "\n\\end{enumerate}\n\\end{document}\n",
    "list.org": "* Water\n" + "\n".join(f"- {plain(work, '/', '/')}" for work in WORKS),
    "list.rst": "Water\n=====\n\n" + "\n".join(f".. [k{n}] {plain(work, '*', '*')}" for n, work in enumerate(WORKS)),
    "list.wiki": "== Water ==\n" + "\n".join(f"* {plain(work, chr(39) * 2, chr(39) * 2)}" for work in WORKS) + "\n[[A]] [[B]]",
    "list.mediawiki": "== Water ==\n"
    + "\n".join(
        "* {{cite journal |last1=%s |first1=%s |year=%s |title=%s |journal=[[%s]] |volume=%s |pages=%s |doi=%s}}"
        % (work[0].split(",")[0], work[0].split(",")[1].strip(), work[1], work[2], work[3],
           work[4].split(",")[0], work[4].split(", ")[1], work[5])
        for work in WORKS
    ),
    "list.ipynb": json.dumps(
        {"cells": [{"cell_type": "markdown", "source": ["# Water\n", "\n"] + [f"- {plain(w, '*', '*')}\n" for w in WORKS]},
                   {"cell_type": "code", "source": ["x = 'no (2001). reference.'"], "outputs": [{"data": "A" * 100}]}],
         "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    ),
    "list.txt": "\n".join(plain(work) for work in WORKS),
}  # fmt: skip


def check(document: Document) -> None:
    works = [item.fields for item in document.items if item.fields is not None]
    assert [work.title for work in works] == [work[2] for work in WORKS]
    assert [work.year for work in works] == [int(work[1]) for work in WORKS]
    assert [work.text("container-title") for work in works] == [work[3] for work in WORKS]
    assert [work.names("author")[0].family for work in works] == [work[0].split(",")[0] for work in WORKS]
    assert [work.text("page").replace("–", "-") for work in works] == [work[4].split(", ")[1] for work in WORKS]
    for item, work in zip(document.items, WORKS, strict=True):
        said = " ".join([item.text, item.fields.text("DOI") if item.fields else "", *(link.url for link in item.links)])
        assert work[5] in said


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_format_gives_the_works(name: str) -> None:
    check(read(decode(TEXTS[name].encode(), name)))


@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith((".tex", ".bbl")) and "items" not in name])
def test_the_keys_of_a_latex_list_are_kept(name: str) -> None:
    assert [item.citation_key for item in read(decode(TEXTS[name].encode(), name)).items] == ["k0", "k1", "k2"]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return stream.getvalue()


def word(body: str) -> bytes:
    return zipped(word__document_DOT_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def run(text: str, face: str = "") -> str:
    escaped = text.replace("&", "&amp;")
    return f'<w:r><w:rPr>{face}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def word_list() -> bytes:
    paragraphs = [f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="0"/></w:pPr>{run("Water")}</w:p>']
    for work in WORKS:
        before, after = plain(work, "\0", "\0").split("\0")[0], plain(work, "\0", "\0").split("\0")[2]
        inside = run(before) + run(work[3], "<w:i/>") + run(after)
        paragraphs.append(f"<w:p><w:pPr><w:numPr/></w:pPr>{inside}</w:p>")
    return word("".join(paragraphs))


def test_a_word_document_gives_the_works() -> None:
    source = decode_bytes(word_list(), "list.docx")
    check(read(source))


def test_an_open_document_text_gives_the_works() -> None:
    names = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"'
    entries = "".join(
        "<text:list-item><text:p>"
        + plain(work, "\0", "\0").split("\0")[0].replace("&", "&amp;")
        + f'<text:span text:style-name="E">{work[3]}</text:span>'
        + plain(work, "\0", "\0").split("\0")[2]
        + "</text:p></text:list-item>"
        for work in WORKS
    )
    content = (
        f'<office:document-content {names}><office:automatic-styles><style:style style:name="E">'
        '<style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles><office:body>'
        f'<office:text><text:h text:outline-level="1">Water</text:h><text:list>{entries}</text:list>'
        "</office:text></office:body></office:document-content>"
    )
    check(read(decode_bytes(zipped(content_DOT_xml=content), "list.odt")))


def decode_bytes(data: bytes, name: str) -> SourceText:
    return SourceText(name, "", data, is_text=False)


def test_the_records_of_zotero_are_taken_as_they_are() -> None:
    record = {
        "id": 5,
        "type": "article-journal",
        "title": "Hidden in a field",
        "author": [{"family": "Ba", "given": "O."}],
    }
    code = "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"uris": ["u/5"], "itemData": record}]})
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escaped[:40]}</w:instrText></w:r><w:r><w:instrText>{escaped[40:]}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("(Ba)")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read(decode_bytes(word(f"<w:p>{run('As ')}{field}</w:p><w:p>{field}</w:p>"), "a.docx"))
    assert [item.title for item in document.items] == ["Hidden in a field"]
    assert next(document.items).fields.names("author")[0].family == "Ba"  # type: ignore[union-attr]


def test_a_document_that_cites_gives_the_cited_entries_by_chapter(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        "\\documentclass{book}\\begin{document}\\include{one}\\include{two}\\bibliography{refs}\\end{document}"
    )
    (tmp_path / "one.tex").write_text("\\chapter{First}\n\\cite{b}")
    (tmp_path / "two.tex").write_text("\\chapter{Second}\n\\cite{a,gone}")
    (tmp_path / "refs.bib").write_text("@misc{a, title={A}}\n@misc{b, title={B}}\n@misc{c, title={C}}\n")
    document = read(load(str(tmp_path / "main.tex")))
    assert [(chapter.title, [item.citation_key for item in chapter.items]) for chapter in document.chapters] == [
        ("First", ["b"]),
        ("Second", ["a"]),
    ]
    (finding,) = document.findings
    assert (finding.code, str(finding.span).endswith("two.tex:1")) == ("cited/no-entry", True)


BIBLATEX = r"""% $ biblatex auxiliary file $
\refsection{0}
  \entry{ode2001}{article}{}{}
    \name{author}{2}{}{%
      {{hash=abc}{%
         family={Ode},
         familyi={O\bibinitperiod},
         given={Ann},
         giveni={A\bibinitperiod}}}%
      {{hash=abd}{%
         family={Beethoven},
         given={Ludwig},
         prefix={van}}}%
    }
    \strng{namehash}{abc}
    \field{title}{On tides}
    \field{journaltitle}{Sea Letters}
    \field{year}{2001}
    \field{pages}{3\bibrangedash 9}
    \verb{doi}
    \verb 10.5555/sl.3
    \endverb
  \endentry
\endrefsection
"""


def test_the_list_that_biber_wrote_is_read() -> None:
    (item,) = read(decode(BIBLATEX.encode(), "main.bbl")).items
    assert item.citation_key == "ode2001"
    assert item.fields is not None
    assert item.fields.title == "On tides"
    assert [name.surname for name in item.fields.names("author")] == ["Ode", "van Beethoven"]
    assert (item.fields.text("page"), item.fields.text("DOI"), item.fields.year) == ("3-9", "10.5555/sl.3", 2001)


def test_the_initial_of_an_author_in_rst_is_no_number_of_a_list() -> None:
    text = "Water\n=====\n\n" + "".join(
        f'* {name}, "{title}," *Sea Notes*, vol. 3, no. 2, pp. 1-9, 2001.\n'
        for name, title in (("A. Ode and B. Bell", "On tides"), ("I. M. Kim", "On waves"), ("Z. Dee", "On salt"))
    )
    works = [item.fields for item in read(decode(text.encode(), "list.rst")).items]
    assert [[str(name.given) for name in work.names("author")] for work in works if work] == [
        ["A.", "B."],
        ["I. M."],
        ["Z."],
    ]
    assert [work.title for work in works if work] == ["On tides", "On waves", "On salt"]


def test_a_footnote_and_a_template_in_wikitext_are_references() -> None:
    text = (
        "A claim.<ref>Ode, A. (2001). On tides. ''Sea Letters'', 3, 5-9.</ref>\n"
        "Another.<ref name=b>{{cite book |last=Roux |first=P. |title=Heat |publisher=Press |date=2004}}</ref>\n"
        "{{reflist}}\n"
    )
    titles = [item.fields.title for item in read(decode(text.encode(), "page.wiki")).items if item.fields]
    assert titles == ["On tides", "Heat"]


def test_a_heading_with_properties_in_org_is_a_work() -> None:
    text = "* Reading\n** On tides\n:PROPERTIES:\n:AUTHOR: Ode, A. and Berg, B.\n:YEAR: 2016\n:DOI: 10.5555/sl.3\n:JOURNAL: Sea\n:END:\n"
    (item,) = read(decode(text.encode(), "notes.org")).items
    assert item.fields is not None
    assert item.fields.title == "On tides"


@pytest.mark.tex
@pytest.mark.parametrize("options", ["", "twocolumn"])
def test_a_pdf_gives_the_works(options: str, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    text = TEXTS["list.tex"].replace("{article}", f"[{options}]{{article}}")
    prose = "Words about water and soil that fill the page before the list begins. " * 60
    (tmp_path / "list.tex").write_text(text.replace("\\section{Water}", f"\\section{{Water}} {prose}"))
    subprocess.run(["pdflatex", "-interaction=batchmode", "list"], cwd=tmp_path, capture_output=True, check=True)
    check(read(decode_bytes((tmp_path / "list.pdf").read_bytes(), "list.pdf")))


@pytest.mark.parametrize(
    ("data", "name", "cure"),
    [
        (b"PK\x03\x04 not a zip", "a.docx", "save it again"),
        (zipped(other_DOT_txt="x"), "a.docx", "no Word document"),
        (word("<w:p/>" * 50)[:-60], "a.docx", "save it again"),
        (zipped(content_DOT_xml="<a>"), "a.odt", "save it again"),
        (zipped(content_DOT_xml="<a/>"), "a.odt", "no OpenDocument text"),
        (b"%PDF-1.4 broken", "a.pdf", "save it again"),
        (
            zipped(word__document_DOT_xml="<w:document " + W + ">" + "<w:p/>" * 2_000_000 + "</w:document>"),
            "a.docx",
            "unpacks",
        ),
        (b'{"nbformat": 4, "cells": []}', "a.ipynb", "no Markdown cell"),
    ],
    ids=["no zip", "another zip", "cut zip", "broken xml", "no text", "broken pdf", "bomb", "empty notebook"],
)
def test_what_is_broken_is_refused_with_its_cure(data: bytes, name: str, cure: str) -> None:
    source = decode(data, name) if name.endswith("ipynb") else decode_bytes(data, name)
    with pytest.raises(UnreadableInput, match=cure):
        reader_for(source, {"docx": "docx", "odt": "odt", "pdf": "pdf", "ipynb": "notebook"}[name[2:]]).read(
            source, "x"
        )


@pytest.mark.parametrize("name", ["a.html", "a.tex", "a.org", "a.rst", "a.wiki"])
@pytest.mark.parametrize(
    "text", ["", "<div>" * 5_000, "\\item {" * 3_000, "* [[" * 3_000, "'''''" * 3_000, "{{cite x|" * 2_000]
)
def test_odd_text_is_read_or_refused_and_nothing_else(name: str, text: str) -> None:
    reader = {"html": "html", "tex": "latex", "wiki": "wikitext"}.get(name[2:], name[2:])
    with contextlib.suppress(UnreadableInput):
        read(decode(text.encode(), name), reader=reader)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("* " * 1_500 + "tides\n", "nested too deep"),
        ("".join(f"{' ' * depth}* a\n\n" for depth in range(900)), "nested too deep"),
        ("Sea\n\n.. |a| replace:: |a|\n  .. |a| replace:: |a|\n\n|a|\n", "docutils fails on it"),
    ],
)
def test_a_document_on_which_docutils_fails_is_refused_and_does_not_end_the_process(
    text: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableInput, match=rf"sea.rst cannot be read .*{problem}.*pandoc"):
        read(decode(text.encode(), "sea.rst"))
    assert capsys.readouterr().err == ""
