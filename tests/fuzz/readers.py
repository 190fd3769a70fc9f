"""Random documents of the formats beside Markdown and plain text: HTML, LaTeX, notebooks, wikitext, Org, rST, Typst, Word, ODT, PDF.

    python tests/fuzz/readers.py [COUNT] [SEED]

No crash, no hang; what cannot be read is refused with a sentence. Each input has a seed of its own, ``SEED + number``.
"""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from documents import PIECES
from rounds import check, run

from dl4es_bib.disk.source import SourceText, decode
from dl4es_bib.identify.document import identified
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.read.readers import read

MARKS = {
    "html": (
        "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<ol start=9>", "<table>", "<tr>", "<td colspan=9>", "</table>", "<br>",
        "<h2>", "</h2>", "<a href='https://a.example/x'>", "</a>", "<a href=javascript:x>", "<i>", "</i>", "<b>", "<script>",
        "</script>", "<!--", "-->", "&amp;", "&#x0;", "&#99999999;", "<template>", "<svg>", "<cite>", "<sup>2</sup>",
        "<dl><dt>", "<dd>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<div hidden>", "</div>", "<pre>", "<math>",
    ),
    "tex": (
        "\\begin{thebibliography}{9}", "\\end{thebibliography}", "\\bibitem{a}", "\\bibitem[Ode(2004)]{b}", "\\newblock ",
        "\\section{", "\\chapter{", "}", "{", "\\begin{itemize}", "\\item ", "\\end{itemize}", "\\cite{a}", "\\emph{", "%", "$",
        "\\href{https://a.example}{", "\\url{", "\\verb|", "\\entry{a}{article}{}", "\\endentry", "\\field{title}{",
        "\\name{author}{1}{}{", "\\par", "\\def\\x#1{", "\\x", "\\input{x}", "\\\\", "&", "\\begin{tabular}{l}", "~",
    ),
    "wiki": (
        "{{cite journal|title=", "{{cite web|url=https://a.example|", "}}", "|", "author=", "=", "<ref>", "</ref>", "<ref name=a/>",
        "== ", " ==\n", "* ", "# ", "[[", "]]", "[https://a.example x]", "{|", "|-", "|}", "<nowiki>", "</nowiki>", "'''", "''",
        "{{{1|", "}}}", "<!--", "-->", "{{", "last1=", "|doi=10.5555/x", "{{sfn|Ode|2004}}", "<blockquote>", "----\n",
    ),
    "org": (
        "* ", "** ", "- ", "+ ", "1. ", "#+TITLE: ", "#+begin_src\n", "#+end_src\n", "[[https://a.example][", "]]", "[cite:@a]",
        "| a | b |\n", "|---+---|\n", ":PROPERTIES:\n", ":END:\n", "/", "*", "=", "~", "# ", "#+begin_quote\n", "<2004-01-01>",
        "\\cite{a}", "[fn:1] ", "TODO ", "  ",
    ),
    "rst": (
        "====\n", "----\n", "* ", "- ", "#. ", ".. [a] ", ".. [#] ", "`x <https://a.example>`_", ":cite:`a`", ".. include:: /etc/hosts\n",
        ".. raw:: html\n\n   ", ".. math::\n\n  ", "``", "`", "*", "**", "|x|", ".. |x| replace:: |x|\n", ".. _a: b_\n", "__ ",
        "::\n\n  ", "+--+\n|a |\n+--+\n", "=== ===\na b\n=== ===\n", "    ", ".. csv-table::\n   :file: /etc/hosts\n", "\\", ".. list-table::\n",
        ".. contents::\n", ".. [a]", "a_", ".. class:: x\n", ".. role:: x(raw)\n",
    ),
    "typ": (
        "= ", "== ", "@ode2004", "@fig-one", "#cite(<bee>)", "#cite(label(\"ode2004\"), supplement: [p. 3])", "#bibliography(\"", "\")",
        "#bibliography((\"a.bib\", \"b.bib\"))", "#include \"x.typ\"", "<own>", "//", "/*", "*/", "`", "```", "$", "#let x = ", "[", "]", "- ",
        "+ ", "_", "*", "\\", "#figure(", ")", "#link(\"https://a.example\")[", "@a[p. 3]", "\"",
    ),
    "docx": (
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "<w:tc>", "</w:tc></w:tr>", "<w:br/>",
        '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', '<w:hyperlink r:id="r1">', "</w:hyperlink>", "<w:rPr><w:i/></w:rPr>",
        '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="x"/></w:numPr>', "<w:instrText>ADDIN ZOTERO_ITEM {</w:instrText>",
        '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "<w:del>", "</w:del>", "&amp;", "&x;", "<w:sdt>",
    ),
    "odt": (
        "<text:p>", "</text:p>", "<text:h text:outline-level='1'>", "</text:h>", "<text:list>", "</text:list>", "<text:list-item>",
        "</text:list-item>", "<text:span>", "</text:span>", "<text:a xlink:href='https://a.example'>", "</text:a>", "<text:s text:c='999999999'/>",
        "<text:line-break/>", "<table:table>", "</table:table>", "<table:table-row>", "<table:table-cell>", "<text:note>", "</text:note>",
        "&amp;", "&x;", "<text:bibliography-mark text:identifier='a' text:title='b'>", "</text:bibliography-mark>", "<text:tab/>",
    ),
}  # fmt: skip
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>%s</w:body></w:document>'
)
ODT = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>%s</office:text></office:body>'
    "</office:document-content>"
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Target="https://doi.org/10.5555/a" TargetMode="External" Type="x"/></Relationships>'
)
PAGE = "BT /F1 12 Tf 72 720 Td (%s) Tj ET"


def written(chance: random.Random, kind: str) -> str:
    """Random marks and references."""
    parts = []
    for _ in range(chance.randint(1, 50)):
        parts.append(chance.choice(MARKS[kind]) if chance.random() < 0.5 else chance.choice(PIECES))
        parts.append(chance.choice(("", " ", "\n", "\n\n", " ")))
    if chance.random() < 0.04:
        parts = [chance.choice(parts) * chance.randint(1, 1500), *parts]
    return "".join(parts).encode("utf-8", "ignore").decode()


def markup(kind: str) -> Callable[[random.Random], bytes]:
    """A text format."""
    return lambda chance: written(chance, kind).encode()


def balanced(chance: random.Random, kind: str, depth: int = 0) -> str:
    """Well-formed XML of an office format, most of the time."""
    inner = "".join(
        balanced(chance, kind, depth + 1)
        if chance.random() < 0.5 and depth < 8
        else chance.choice(PIECES).translate({60: 32, 38: 32, 7: 32})
        for _ in range(chance.randrange(5))
    )
    names = [
        mark[1:-1]
        for mark in MARKS[kind]
        if mark.startswith("<") and not mark.startswith("</") and mark.count("<") == 1 and mark[-2] != "/"
    ]
    name = chance.choice(names)
    text = f"<w:r><w:t>{inner}</w:t></w:r>" if kind == "docx" and "<" not in inner else inner
    return f"<{name}>{text}</{name.split()[0]}>"


def office(kind: str) -> Callable[[random.Random], bytes]:
    """A zipped office document."""

    def make(chance: random.Random) -> bytes:
        body = (
            "".join(balanced(chance, kind) for _ in range(chance.randrange(9)))
            if chance.random() < 0.85
            else written(chance, kind)
        )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as file:
            file.writestr(
                "word/document.xml" if kind == "docx" else "content.xml", (WORD if kind == "docx" else ODT) % body
            )
            if chance.random() < 0.7:
                file.writestr("word/_rels/document.xml.rels", RELATIONS)
            if kind == "docx" and chance.random() < 0.3:
                file.writestr("word/footnotes.xml", (WORD % body).replace("w:document", "w:footnotes"))
        return damaged(stream.getvalue(), chance, 0.2)

    return make


def notebook(chance: random.Random) -> bytes:
    """A notebook, sometimes of the wrong shape."""
    cells: list[object] = [
        {
            "cell_type": chance.choice(("markdown", "markdown", "markdown", "code", None)),
            "source": chance.choice((given, given.splitlines(True), [given, 5], None)),
        }
        for given in (written(chance, "html"), written(chance, "org"))
    ]
    shape = chance.choice(
        (
            *[{"nbformat": 4, "cells": cells}] * 9,
            {"nbformat": 4, "cells": {}},
            {"nbformat": 3, "worksheets": [{"cells": cells}]},
            cells,
        )
    )
    return damaged(json.dumps(shape, indent=chance.choice((None, 1))).encode(), chance, 0.2)


def pdf(chance: random.Random) -> bytes:
    """A small PDF, often damaged."""
    lines = [
        piece.encode("latin-1", "ignore").decode("latin-1").translate({40: 32, 41: 32, 92: 32})
        for piece in chance.choices(PIECES, k=9)
    ]
    content = "\n".join(PAGE % line for line in lines)
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    body = "%PDF-1.4\n" + "".join(f"{number} 0 obj{text}endobj\n" for number, text in enumerate(objects, 1))
    return damaged((body + "trailer<</Root 1 0 R/Size 6>>\n%%EOF").encode("latin-1"), chance, 0.6)


def damaged(data: bytes, chance: random.Random, how_often: float) -> bytes:
    """Data with some bytes changed or cut, so often."""
    while data and chance.random() < how_often:
        at = chance.randrange(len(data))
        data = (
            data[:at]
            + bytes(chance.choices(range(256), k=chance.randrange(5)))
            + data[at + chance.choice((0, 1, 9, 900)) :]
        )
    return data


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "html": markup("html"), "typ": markup("typ"), "tex": markup("tex"), "bbl": markup("tex"), "wiki": markup("wiki"), "org": markup("org"),
    "rst": markup("rst"), "docx": office("docx"), "odt": office("odt"), "ipynb": notebook, "pdf": pdf,
}  # fmt: skip


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random document of one of the formats."""
    kind = chance.choice(tuple(KINDS))
    data = KINDS[kind](chance)
    name = f"fuzz.{kind}"
    try:
        is_text = kind not in {"docx", "odt", "pdf"}
        document = identified(read(decode(data, name) if is_text else SourceText(name, "", data, is_text=False)))
    except DL4ESBibError as error:
        figures[f"{kind} refused"] += 1
        check(bool(str(error)), "an error without a sentence")
        return
    figures[kind] += 1
    items = list(document.items)
    figures["items"] += len(items)
    for item in items:
        check(1 <= item.span.line <= item.span.last_line, f"an odd place {item.span}")
        check(bool(item.kind == "resource" or item.title or item.fields or item.text), f"an empty work at {item.span}")


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
