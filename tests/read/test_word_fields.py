"""Fields of Word documents: the records of citation programs, and links."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Document
from dl4es_bib.read.docx import read_docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="urn:r"'
_CSL = {
    "citationItems": [
        {
            "id": "a",
            "itemData": {"id": "a", "type": "article-journal", "title": "On tides", "author": [{"family": "Ode"}]},
        }
    ]
}
_ENDNOTE = (
    "<EndNote><Cite><Author>Ode</Author><record><rec-number>7</rec-number>"
    '<ref-type name="Journal Article">17</ref-type><contributors><authors><author>Ode, Ann</author></authors>'
    "</contributors><titles><title>On tides</title></titles></record></Cite></EndNote>"
)
_REFERENCE = "Dee, A., &amp; Fay, B. (2016). On floes. Sea Notes, 1(2), 3-9."


def _read(body: str, **parts: str) -> Document:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("_DOT_", ".").replace("__", "/", 1).replace("_rels__", "_rels/"), content)
    return read_docx(SourceText("a.docx", "", written.getvalue(), is_text=False))


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(code: str, shown: str, data: str = "") -> str:
    half = len(code) // 2
    begin = f'<w:fldChar w:fldCharType="begin"><w:fldData>{data}</w:fldData></w:fldChar>'
    return (
        f"<w:r>{begin}</w:r><w:r><w:instrText>{escape(code[:half])}</w:instrText></w:r>"
        f"<w:r><w:instrText>{escape(code[half:])}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _titles(document: Document) -> list[str]:
    return [item.title for item in document.items]


def test_records_of_zotero_and_mendeley_are_read_from_complex_and_simple_fields() -> None:
    for start in ("ADDIN ZOTERO_ITEM CSL_CITATION ", " ADDIN CSL_CITATION "):
        code = start + json.dumps(_CSL)
        assert _titles(_read(f"<w:p>{_field(code, _run('(Ode)'))}</w:p>")) == ["On tides"]
        simple = f"<w:fldSimple w:instr={quoteattr(code)}>{_run('(Ode)')}</w:fldSimple>"
        assert _titles(_read(f"<w:p>{simple}</w:p>")) == ["On tides"]


def test_records_of_mendeley_cite_are_read_from_content_controls() -> None:
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(_CSL).encode()).decode()
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{_run("(Ode)")}</w:sdtContent></w:sdt>'
    assert _titles(_read(f"<w:p>{control}</w:p>")) == ["On tides"]


def test_records_of_endnote_are_read_from_the_code_and_from_the_data_beside_it() -> None:
    assert _titles(_read(f"<w:p>{_field('ADDIN EN.CITE ' + _ENDNOTE, _run('(Ode)'))}</w:p>")) == ["On tides"]
    data = base64.b64encode(_ENDNOTE.encode()).decode()
    inner = _field(" ADDIN EN.CITE.DATA ", "", data)
    outer = _field(" ADDIN EN.CITE ", inner + _run("(Ode)"), data)
    assert _titles(_read(f"<w:p>{outer}</w:p>")) == ["On tides"]


def test_a_field_inside_another_one_does_not_cut_its_code() -> None:
    code = "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps(_CSL)
    inner = _field(" PAGE ", _run("1"))
    body = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code[:50])}</w:instrText></w:r>{inner}"
        f"<w:r><w:instrText>{escape(code[50:])}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run("(Ode)")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _titles(_read(f"<w:p>{body}</w:p>")) == ["On tides"]


def test_an_address_in_a_field_is_a_link_of_its_reference() -> None:
    code = ' HYPERLINK "https://doi.org/10.1234/floes" '
    simple = f"<w:fldSimple w:instr={quoteattr(code)}>{_run('link')}</w:fldSimple>"
    for link in (_field(code, _run("link")), simple):
        document = _read(f"<w:p>{_run(_REFERENCE + ' ')}{link}</w:p>")
        assert [link.url for item in document.items for link in item.all_links] == ["https://doi.org/10.1234/floes"]


def test_the_links_of_a_footnote_are_those_of_the_footnotes_and_not_of_the_text() -> None:
    note = f'<w:p>{_run(_REFERENCE + " ")}<w:hyperlink r:id="rId1">{_run("link")}</w:hyperlink></w:p>'
    targets = '<Relationships><Relationship Id="rId1" Target="https://example.org/{}"/></Relationships>'
    document = _read(
        f"<w:p>{_run('Text about floes.')}</w:p>",
        word__footnotes_DOT_xml=f"<w:footnotes {_W}><w:footnote>{note}</w:footnote></w:footnotes>",
        word___rels__document_DOT_xml_DOT_rels=targets.format("wrong"),
        word___rels__footnotes_DOT_xml_DOT_rels=targets.format("floes"),
    )
    assert [link.url for item in document.items for link in item.all_links] == ["https://example.org/floes"]
