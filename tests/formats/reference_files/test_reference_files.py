"""Files of other reference managers and databases: read by content, and written so that they read back."""

from __future__ import annotations

from types import ModuleType

import pytest

from dl4es_bib.disk.safe_xml import XmlError, load_xml
from dl4es_bib.disk.source import decode
from dl4es_bib.formats.reference_files import (
    citation_cff,
    csl_yaml,
    endnote_tagged,
    endnote_xml,
    hayagriva,
    mods,
    nbib,
    web_of_science,
)
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Source, Work
from dl4es_bib.read.readers import reader_for

PUBMED = """
PMID- 11111
IS  - 0028-0836 (Print)
VI  - 12
IP  - 3
DP  - 2011 Jul-Aug
TI  - Sleep of seals: a study of
      three winters.
PG  - 123-9
LID - S0000-1111(11)00001-2 [pii]
LID - 10.5555/seal.11 [doi]
FAU - Ñandu, María José
AU  - Ñandu MJ
CN  - Polar Sleep Group
PT  - Journal Article
JT  - Journal of seals
TA  - J Seals
PMC - PMC22222

PMID- 33333
AU  - Smith J Jr
TI  - A book of snow.
PT  - Book Chapter
BTI - The winter book
DP  - Winter 2004
"""
ENDNOTE = """%0 Book Section
%A Ferrari, Luca
%A World Meteorological Organization
%E Yusuf Kaya
%T Wind on Mars
%B Winds of the planets
%I Kiepenheuer
%C Bonn
%D 1999
%P 11-31
%@ 978-3-16-148410-0
%F ferrari99

%0 Thesis
%A Ng, Li
%T On ice
%I University of Oslo
%9 Ph.D.
%D 2004
"""
WEB_OF_SCIENCE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Okafor, C
   van Dijk, JM
AF Okafor, Chidi
   van Dijk, Jan M.
TI Soil moisture in the
   delta
SO WATER RESEARCH
PD MAY
PY 2015
VL 7
BP 100
EP 112
DI 10.5555/wr.7
SN 1476-4687
ER

PT S
AU Lee, C
TI Part
SO WHOLE
PY 2001
ER

EF
"""
MODS = """<?xml version="1.0"?>
<mods:mods xmlns:mods="http://www.loc.gov/mods/v3" ID="silva2010">
 <mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>rain</mods:title>
  <mods:subTitle>a history</mods:subTitle></mods:titleInfo>
 <mods:name type="personal"><mods:namePart type="given">Ana</mods:namePart>
  <mods:namePart type="family">Silva</mods:namePart>
  <mods:role><mods:roleTerm type="code">aut</mods:roleTerm></mods:role></mods:name>
 <mods:name type="corporate"><mods:namePart>Rain Office</mods:namePart><mods:role><mods:roleTerm>author</mods:roleTerm>
 </mods:role></mods:name>
 <mods:genre>journal article</mods:genre>
 <mods:relatedItem type="host"><mods:titleInfo><mods:title>Weather</mods:title></mods:titleInfo>
  <mods:part><mods:detail type="volume"><mods:number>5</mods:number></mods:detail>
   <mods:detail type="issue"><mods:number>2</mods:number></mods:detail>
   <mods:extent unit="pages"><mods:start>10</mods:start><mods:end>19</mods:end></mods:extent>
   <mods:date>2010</mods:date></mods:part></mods:relatedItem>
 <mods:identifier type="doi">10.5555/rain.5</mods:identifier>
</mods:mods>
"""
ENDNOTE_XML = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><ref-type name="Conference Paper">47</ref-type><contributors><authors><author>
<style face="normal">Roux, Anne</style>
</author></authors></contributors><titles><title><style>Heat</style><style> of towns</style></title>
<secondary-title>Proc. Heat</secondary-title></titles><pages>1-8</pages><dates><year>2012</year></dates>
<electronic-resource-num>https://doi.org/10.5555/heat.1</electronic-resource-num></record>
<record><ref-type name="Book">6</ref-type><titles><title>Second</title></titles></record></records></xml>
"""
CSL_YAML = """---
references:
- id: roux2012
  type: article-journal
  title: Heat of towns
  author:
  - family: Roux
    given: Anne
  issued:
  - year: 2012
    month: 5
- id: plain
  type: book
  title: Second
  issued: 2001
...
"""
HAYAGRIVA = """kinetics:
  type: Article
  title: Kinetics of foam
  author: ["Dixit, A. D.", "van der Berg, Jan"]
  date: 2019-05
  page-range: 3-9
  serial-number:
    doi: 10.5555/foam.9
  parent:
    type: Periodical
    title: Journal of Foam
    volume: 9
    issue: 2
site:
  type: Web
  title: Foam today
  author: {name: Foam Society}
  url: {value: "https://example.org/foam", date: 2020-01-02}
"""
CFF = """cff-version: 1.2.0
message: Cite it
title: Rain tools
version: 2.1.0
date-released: 2021-03-04
authors:
  - family-names: Beethoven
    given-names: Ludwig
    name-particle: van
preferred-citation:
  type: conference-paper
  title: Rain in code
  authors: [{name: Rain Team}]
  conference: {name: Rain Days}
  collection-title: Proceedings of Rain Days
  year: 2020
  start: 3
  end: 8
references:
  - type: article
    title: Older rain
    authors: [{family-names: Silva, given-names: Ana}]
    journal: Weather
    year: 2010
    doi: 10.5555/rain.5
"""


def works(module: object, text: str) -> list[Work]:
    records, findings = module.load(text, file="x")  # type: ignore[attr-defined]
    assert findings == ()
    return [record.work for record in records]


@pytest.mark.parametrize(
    ("text", "name", "reader"),
    [
        (PUBMED, "a.txt", "pubmed"),
        (PUBMED, "a.ris", "pubmed"),
        (ENDNOTE, "a", "endnote"),
        (WEB_OF_SCIENCE, "savedrecs.txt", "web-of-science"),
        (MODS, "a.xml", "mods"),
        (ENDNOTE_XML, "a.xml", "endnote-xml"),
        (CSL_YAML, "a.yaml", "csl-yaml"),
        (HAYAGRIVA, "a.yml", "hayagriva"),
        (CFF, "CITATION.cff", "cff"),
        (CFF, "a.yml", "cff"),
    ],
)
def test_the_kind_is_told_by_the_content(text: str, name: str, reader: str) -> None:
    assert reader_for(decode(text.encode(), name)).name == reader


def test_pubmed() -> None:
    article, chapter = works(nbib, PUBMED)
    assert article.title == "Sleep of seals: a study of three winters"
    assert article.names("author") == (Name("Ñandu", "María José"), Name(literal="Polar Sleep Group"))
    assert article.text("page") == "123-129"
    assert article.date() == PartialDate(2011, 7, end=PartialDate(2011, 8))
    assert (article.text("DOI"), article.text("pii")) == ("10.5555/seal.11", "S0000-1111(11)00001-2")
    assert (article.text("PMID"), article.text("PMCID"), article.text("ISSN")) == ("11111", "PMC22222", "0028-0836")
    assert (article.text("container-title"), article.text("container-title-short")) == ("Journal of seals", "J Seals")
    assert (chapter.type, chapter.text("container-title")) == ("chapter", "The winter book")
    assert chapter.names("author") == (Name("Smith", "J.", suffix="Jr"),)
    assert chapter.date() == PartialDate(2004, season=4)


def test_endnote_tagged() -> None:
    chapter, thesis = works(endnote_tagged, ENDNOTE)
    assert chapter.type == "chapter"
    assert chapter.names("author") == (Name("Ferrari", "Luca"), Name(literal="World Meteorological Organization"))
    assert chapter.names("editor") == (Name("Kaya", "Yusuf"),)
    assert (chapter.text("container-title"), chapter.text("page")) == ("Winds of the planets", "11-31")
    assert (chapter.text("publisher"), chapter.text("publisher-place")) == ("Kiepenheuer", "Bonn")
    assert chapter.text("ISBN") == "978-3-16-148410-0"
    assert (thesis.type, thesis.text("genre"), thesis.year) == ("thesis", "Ph.D.", 2004)


def test_web_of_science() -> None:
    article, chapter = works(web_of_science, WEB_OF_SCIENCE)
    assert article.names("author") == (Name("Okafor", "Chidi"), Name("Dijk", "Jan M.", non_dropping_particle="van"))
    assert (article.title, article.text("page")) == ("Soil moisture in the delta", "100-112")
    assert article.date() == PartialDate(2015, 5)
    assert (chapter.type, chapter.text("container-title")) == ("chapter", "WHOLE")


def test_mods() -> None:
    (article,) = works(mods, MODS)
    assert (article.type, article.title, article.text("container-title")) == (
        "article-journal", "The rain: a history", "Weather",
    )  # fmt: skip
    assert article.names("author") == (Name("Silva", "Ana"), Name(literal="Rain Office"))
    assert (article.text("volume"), article.text("issue"), article.text("page")) == ("5", "2", "10-19")
    assert (article.year, article.text("DOI")) == (2010, "10.5555/rain.5")


def test_endnote_xml() -> None:
    paper, book = works(endnote_xml, ENDNOTE_XML)
    assert (paper.type, paper.title, paper.text("container-title")) == (
        "paper-conference",
        "Heat of towns",
        "Proc. Heat",
    )
    assert paper.names("author") == (Name("Roux", "Anne"),)
    assert paper.text("DOI") == "10.5555/heat.1"
    assert (book.type, book.title) == ("book", "Second")


def test_csl_yaml() -> None:
    article, book = works(csl_yaml, CSL_YAML)
    assert (article.type, article.date()) == ("article-journal", PartialDate(2012, 5))
    assert (book.type, book.year) == ("book", 2001)


def test_hayagriva() -> None:
    article, site = works(hayagriva, HAYAGRIVA)
    assert (article.type, article.text("container-title")) == ("article-journal", "Journal of Foam")
    assert article.names("author") == (Name("Dixit", "A. D."), Name("Berg", "Jan", non_dropping_particle="van der"))
    assert (article.text("volume"), article.text("issue"), article.text("page")) == ("9", "2", "3-9")
    assert (article.date(), article.text("DOI")) == (PartialDate(2019, 5), "10.5555/foam.9")
    assert (site.type, site.text("URL"), site.date("accessed")) == (
        "webpage", "https://example.org/foam", PartialDate(2020, 1, 2),
    )  # fmt: skip
    assert site.names("author") == (Name(literal="Foam Society"),)


def test_citation_cff() -> None:
    software, preferred, reference = works(citation_cff, CFF)
    assert (software.type, software.text("version"), software.date()) == ("software", "2.1.0", PartialDate(2021, 3, 4))
    assert software.names("author") == (Name("Beethoven", "Ludwig", non_dropping_particle="van"),)
    assert (preferred.type, preferred.text("page"), preferred.year) == ("paper-conference", "3-8", 2020)
    assert (reference.type, reference.text("container-title")) == ("article-journal", "Weather")


ARTICLE = Work.of(
    "article-journal",
    {
        "title": "Salt & <sea>: 50% “more”",
        "author": (
            Name("Ode", "Ann"),
            Name("Beethoven", "Ludwig", non_dropping_particle="van"),
            Name(literal="Sea Group"),
        ),
        "container-title": "Sea Letters",
        "volume": "12",
        "issue": "3",
        "page": "5-9",
        "issued": PartialDate(2004, 5, 6),
        "DOI": "10.5555/sl.12",
        "URL": "https://example.org/?a=b&c",
    },
    Source("user", "x"),
)


@pytest.mark.parametrize("module", [csl_yaml, hayagriva, endnote_xml, citation_cff], ids=lambda module: module.__name__)
def test_what_is_written_reads_back(module: object) -> None:
    text = module.dump([("ode2004", ARTICLE)])  # type: ignore[attr-defined]
    read = works(module, text)[-1]
    for variable in ("title", "container-title", "volume", "issue", "page", "DOI", "URL"):
        assert read.text(variable) == ARTICLE.text(variable), variable
    assert [name.surname for name in read.names("author")] == ["Ode", "van Beethoven", "Sea Group"]
    assert read.year == 2004
    assert read.type == "article-journal"
    again = module.dump([("ode2004", read)])  # type: ignore[attr-defined]
    assert works(module, again)[-1] == read or again == module.dump([("ode2004", works(module, again)[-1])])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<a>", "not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        ("<a>" * 300 + "</a>" * 300, "nested"),
        ("", "not XML"),
    ],
)
def test_xml_that_is_broken_or_hostile_is_refused_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(XmlError, match=f"x:1: .*{reason}"):
        load_xml(text, "x")


@pytest.mark.parametrize(
    "module", [csl_yaml, hayagriva, endnote_xml, citation_cff, mods], ids=lambda module: module.__name__
)
@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "a: [", "<a/>", "- 1\n- [x]", "k: {type: 3, parent: [1]}"])
def test_what_is_broken_gives_findings_and_no_exception(module: object, text: str) -> None:
    records, _ = module.load(text, file="x")  # type: ignore[attr-defined]
    assert all(record.work is not None for record in records)


@pytest.mark.parametrize("module", [endnote_xml, hayagriva, citation_cff])
def test_what_a_format_has_a_place_for_is_written_and_read(module: ModuleType) -> None:
    work = Work.of(
        "article-journal",
        {
            "title": "On salt",
            "author": (Name("Ode", "Ann"),),
            "translator": (Name("Berg", "Kim", non_dropping_particle="van"),),
            "container-title": "Journal of Salt",
            "container-title-short": "J. Salt",
            "volume": "3",
            "number-of-volumes": "9",
            "URL": "https://a.example/1",
            "issued": PartialDate(2001, 2, 3),
            "accessed": PartialDate(2020, 1, 2),
            "language": "en",
        },
        Source("user"),
    )
    text = module.dump([("k", work)])
    (record,) = [item for item in module.load(text)[0] if item.work.title == "On salt"]
    for variable in ("translator", "issued", "accessed"):
        assert record.work.fields[variable].value == work.fields[variable].value
    for variable in ("container-title-short", "number-of-volumes", "language"):
        assert record.work.text(variable) == work.text(variable)


@pytest.mark.parametrize(
    ("reader", "text", "titles"),
    [
        (
            csl_yaml,
            '- {id: a, title: "Tides \\udc00"}\n- {id: b, title: Waves, issued: !!timestamp x}\n',
            ["Tides \ufffd", "Waves"],
        ),
        (hayagriva, 'a:\n  type: book\n  title: "Tides \\ud9ff"\nb:\n  type: book\n  title: !!int Waves\n',
         ["Tides \ufffd", "Waves"]),
        (
            citation_cff,
            'message: x\ntitle: "Tides \\uDBFF"\nreferences:\n- {type: book, title: Waves, year: !!float y}\n',
            ["Tides \ufffd", "Waves"],
        ),
    ],
)  # fmt: skip
def test_one_odd_value_does_not_cost_the_other_records(reader: ModuleType, text: str, titles: list[str]) -> None:
    records, findings = reader.load(text, file="x")
    assert [record.work.title for record in records] == titles
    assert {finding.code.partition("/")[2] for finding in findings} == {"odd-value"}


def test_a_title_that_pubmed_translated_follows_the_original() -> None:
    text = "PMID- 1\nTI  - [Tides of the sea].\nTT  - Les marees.\nDP  - 2010\n"
    (record,), _ = nbib.load(text)
    assert record.work.title == "Les marees [Tides of the sea]"


def test_endnote_says_pages_of_a_whole_number_of_a_patent_and_keywords_line_by_line() -> None:
    text = (
        "%0 Thesis\n%A Ng, Li\n%T On ice\n%P 210\n%K ice\nsnow\n\n"
        "%0 Patent\n%A Ng, Li\n%T Pump\n%@ US123\n%D 2001\n\n"
        "%0 Conference Proceedings\n%A Ng, Li\n%T Talk\n%D 2015\n%8 June 3-5\n%M 10.5555/abc.1\n"
    )
    thesis, patent, talk = (record.work for record in endnote_tagged.load(text)[0])
    assert (thesis.text("number-of-pages"), thesis.text("page"), thesis.text("keyword")) == ("210", "", "ice, snow")
    assert patent.text("number") == "US123"
    assert (talk.text("DOI"), str(talk.date("issued"))) == ("10.5555/abc.1", "2015-06-03/2015-06-05")


def test_endnote_xml_keeps_two_numbers_further_addresses_and_the_day_of_a_visit() -> None:
    text = (
        '<xml><records><record><ref-type name="Book Section">5</ref-type><titles><title>W</title></titles>'
        "<isbn>978-3-16-148410-0&#xD;1234-5679</isbn><urls><related-urls><url>https://a.example/1</url>"
        "<url>https://a.example/2</url></related-urls></urls></record>"
        '<record><ref-type name="Web Page">12</ref-type><titles><title>P</title></titles><number>5 May 2021</number>'
        '</record><record><ref-type name="Patent">25</ref-type><titles><title>Q</title></titles><isbn>US1</isbn>'
        "</record>"
        '<record><ref-type name="Thesis">32</ref-type><titles><title>R</title></titles><pages>200</pages></record>'
        "</records></xml>"
    )
    part, page, patent, thesis = (record.work for record in endnote_xml.load(text)[0])
    assert (part.text("ISBN"), part.text("ISSN")) == ("978-3-16-148410-0", "1234-5679")
    assert (part.text("URL"), part.text("annote")) == ("https://a.example/1", "https://a.example/2")
    assert (str(page.date("accessed")), page.text("number")) == ("2021-05-05", "")
    assert patent.text("number") == "US1"
    assert thesis.text("number-of-pages") == "200"


def test_web_of_science_gives_the_meeting_the_pages_of_a_book_and_the_number_of_a_patent() -> None:
    text = (
        "PT S\nAU Doe, J\nTI Talk\nSO Proc\nDT Proceedings Paper\nCT Ice Days\nCL Oslo\nPY 2005\nER\n\n"
        "PT B\nAU Roe, R\nTI Whole\nPG 300\nPY 1999\nER\n\n"
        "PT P\nAU SMITH A\n   VAN DYKE BC\nTI Pump\nPN US7-B2\nAE ACME INC\nPD 12 Feb 2001\nER\n\nEF\n"
    )
    talk, book, patent = (record.work for record in web_of_science.load(text)[0])
    assert (talk.text("event-title"), talk.text("event-place")) == ("Ice Days", "Oslo")
    assert book.text("number-of-pages") == "300"
    assert [name.family.lower() for name in patent.names("author")] == ["smith", "dyke"]
    assert (patent.text("number"), patent.text("publisher")) == ("US7-B2", "ACME INC")


def test_the_volume_of_a_series_in_hayagriva_is_no_volume_of_the_book() -> None:
    text = (
        "chap:\n  type: Chapter\n  title: W\n  parent:\n    type: Anthology\n    title: H\n"
        "    parent: {type: Anthology, title: S, volume: 9}\n"
    )
    (record,), _ = hayagriva.load(text)
    assert (record.work.text("volume"), record.work.text("collection-number")) == ("", "9")


def test_citation_cff_gives_the_doi_of_an_address_and_the_database_of_data() -> None:
    text = (
        "cff-version: 1.2.0\nmessage: m\ntitle: t\nauthors: [{name: N}]\nreferences:\n  - type: data\n    title: D\n"
        "    authors: [{name: N}]\n    database: Sea Base\n    url: https://doi.org/10.5555/d.1\n"
    )
    work = citation_cff.load(text)[0][-1].work
    assert (work.text("DOI"), work.text("publisher")) == ("10.5555/d.1", "Sea Base")


def test_mods_gives_pages_of_a_whole_and_the_short_name_of_a_journal() -> None:
    text = (
        '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>T</title></titleInfo>'
        "<genre>thesis</genre><physicalDescription><extent>xii, 200 p. : ill.</extent></physicalDescription></mods>"
        '<mods><titleInfo><title>U</title></titleInfo><relatedItem type="host"><titleInfo><title>Nature</title>'
        '</titleInfo><titleInfo type="abbreviated"><title>Nat.</title></titleInfo></relatedItem></mods>'
        "</modsCollection>"
    )
    whole, part = (record.work for record in mods.load(text)[0])
    assert whole.text("number-of-pages") == "200"
    assert (part.text("container-title"), part.text("container-title-short")) == ("Nature", "Nat.")


@pytest.mark.parametrize(
    ("full", "family", "given", "suffix"),
    [
        ("Müller, Jürg H 2nd", "Müller", "Jürg H", "2nd"),
        ("de Souza, Ana Jr", "de Souza", "Ana", "Jr"),
        ("Ode, Ann B", "Ode", "Ann B", ""),
    ],
)
def test_pubmed_writes_the_generation_behind_the_given_names(full: str, family: str, given: str, suffix: str) -> None:
    records, _ = nbib.load(f"PMID- 1\nOWN - NLM\nTI  - T\nFAU - {full}\nDP  - 2019 Nov-Dec\n")
    (name,) = records[0].work.names("author")
    assert (name.whole_family, name.given, name.suffix) == (family, given, suffix)
    assert records[0].work.date("issued") == PartialDate(2019, 11, end=PartialDate(2019, 12))
