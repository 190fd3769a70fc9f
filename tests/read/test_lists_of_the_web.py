"""Lists as people keep them: in Markdown with double brackets, with a name above, broken by line ends."""

from __future__ import annotations

from dl4es_bib.disk.source import SourceText
from dl4es_bib.model.document import Item
from dl4es_bib.read.readers import read, reader_for


def _items(name: str, text: str) -> list[Item]:
    return list(read(SourceText(name, text)).items)


CURATED = """# Awesome floes

## Papers

* **On small floes**, *Ann Dee et al.*, arXiv 2022. [[paper]](https://arxiv.org/abs/2202.01) [[code]](https://github.com/d/a)
* **On large floes**, *Bo Fay et al.*, arXiv 2023. [[paper]](https://arxiv.org/abs/2302.01) [[code]](https://github.com/f/b)

## License

[CC0](https://creativecommons.org/publicdomain/zero/1.0/)

- [Guide](https://example.org/guide)
"""


def test_links_in_double_brackets_do_not_make_markdown_wikitext() -> None:
    assert reader_for(SourceText("README.md", CURATED)).name == "markdown"
    assert reader_for(SourceText("notes.md", "# Notes\n\n[[a]] [[b]] [[c]] [[d]]\n")).name == "markdown"
    wiki = "== Refs ==\n* [[Ode]] {{cite journal |title=On tides |year=2001}}\n"
    assert reader_for(SourceText("page.txt", wiki)).name == "wikitext"


def test_a_licence_is_no_reference() -> None:
    items = _items("README.md", CURATED)
    assert [item.title for item in items] == ["On small floes", "On large floes"]
    assert [resource.role for item in items for resource in item.resources] == ["code", "code"]


def test_people_between_a_linked_title_and_its_venue_are_no_part_of_the_venue() -> None:
    text = (
        "# A\n\n- [Tides and how to measure them](https://doi.org/10.5555/a) - Dee et al., *Sea Notes*, 2009.\n"
        "- [Models in coastal work: an introduction](https://doi.org/10.5555/b) - Fay, *Trends in Ice*, 1987.\n"
        "- [Floes and their measures](https://doi.org/10.5555/c) - Dam and Ode, *Sea Notes*, 1987.\n"
    )
    found = [item.fields for item in _items("list.md", text)]
    people = [[name.family for name in work.names("author")] for work in found if work]
    assert people == [["Dee"], ["Fay"], ["Dam", "Ode"]]
    assert [work.text("container-title") for work in found if work] == ["Sea Notes", "Trends in Ice", "Sea Notes"]


def test_the_one_reference_below_a_name_with_links_gets_them() -> None:
    text = (
        "# Models\n\n* Floe nets [[Paper](https://arxiv.org/pdf/1506.00001)] [[Demo](https://example.org/d)]\n"
        "  * Ann Dee, Bo Fay, and Cy Bell, *On Floe Nets*, ICANN 2015\n"
    )
    (item,) = _items("list.md", text)
    assert item.fields is not None
    assert (item.title, item.fields.text("container-title"), item.fields.year) == ("On Floe Nets", "ICANN", 2015)
    assert [link.url for link in item.links] == ["https://arxiv.org/pdf/1506.00001"]


def test_people_and_year_above_a_list_are_those_of_its_works() -> None:
    text = "# Theses\n\n* Ann Dee (2008)\n  * [Labelling floes with nets](https://example.org/dee.pdf)\n"
    (item,) = _items("list.md", text)
    assert item.fields is not None
    assert ([name.family for name in item.fields.names("author")], item.fields.year) == (["Dee"], 2008)


def test_a_line_that_is_no_reference_is_not_glued_to_the_next() -> None:
    text = (
        "# References\n\nDee, A. (2022). Clouds seen by eye. Sea Notes, 12, 1-9. https://doi.org/10.5555/a\n"
        "Norsk Institute, Tide tables for the north\n"
        "Fay, B., & Bell, C. (2021). Rain on snow. Sea Notes, 13, 4-8. https://doi.org/10.5555/b\n"
    )
    found = [item.fields for item in _items("list.md", text)]
    assert [[name.family for name in work.names("author")] for work in found if work] == [["Dee"], ["Fay", "Bell"]]


def test_an_identifier_that_a_line_end_cuts_is_put_together() -> None:
    text = (
        "Dee, A. (1986). Melting at night. Sea Notes, 122(10), 97-99. https://doi.org/10.5555/sea.\n122.10.97\n"
        "Fay, B. (2001). Freezing by day. Sea Notes, 12(1), 3-9. doi: 10.5555/b978-0-\n99515-3.00008-0\n"
    )
    found = [item.fields.text("DOI") for item in _items("list.txt", text) if item.fields]
    assert found == ["10.5555/sea.122.10.97", "10.5555/b978-0-99515-3.00008-0"]


def test_a_year_at_the_beginning_of_a_line_is_no_number_of_an_entry() -> None:
    text = (
        "1. Dee A. Riding floes. In: Ice Dynamics. Elsevier;\n2023. p. 45-53.\n"
        "2. Fay B. Tides at sea. Sea Notes. 2001;3:4-5.\n"
    )
    assert [item.span.line for item in _items("list.txt", text)] == [1, 3]


def test_org_italics_may_cross_a_line_end() -> None:
    (item,) = _items("list.org", "* Refs\n1. Dee, A., 2017: Salt at the surface, /Sea\n   Notes/, 30, 49-95.\n")
    assert item.fields is not None
    assert item.fields.text("container-title") == "Sea Notes"


def test_penalties_of_tex_are_no_numbers() -> None:
    text = (
        "\\begin{thebibliography}{9}\n\\bibitem{a} A.~Dee.\n\\newblock Ice by eye.\n"
        "\\newblock {\\em Sea Notes}, 4\\penalty0 (2):\\penalty0 33--39, 2020.\n\\end{thebibliography}\n"
    )
    (item,) = _items("list.tex", text)
    assert item.fields is not None
    assert (item.fields.text("volume"), item.fields.text("issue")) == ("4", "2")


def test_the_authors_of_a_wiki_template_in_vancouver_form_are_read() -> None:
    text = "* {{cite journal |vauthors=West GM ''et al'' |year=2010 |title=Rates of melt |journal=Sea Notes}}\n"
    (item,) = _items("page.wiki", text)
    assert item.fields is not None
    assert [(name.family, name.given) for name in item.fields.names("author")] == [("West", "G M")]
    assert item.fields.et_al
