"""A row of a table as an item: the header says what a cell is, its links what they are.

Cells of columns that no rule knows (keywords, resolution, size …) are no part of a work. A table without a header
that is known is read by what its cells hold: the longest words are the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dl4es_bib.model.document import Item, Resource
from dl4es_bib.model.span import Span
from dl4es_bib.read.evidence import item_of_layout
from dl4es_bib.read.inline import Line
from dl4es_bib.read.layouts import Laid, take_venue
from dl4es_bib.read.people import han_names, people_of
from dl4es_bib.read.reference.rules.names import read_names
from dl4es_bib.read.roles import is_call, role_in_words, role_of_host

#: What a column holds → the words of its header, in several languages.
_COLUMNS: Final = {
    "title": "title|titles|paper title|article title|work title|titel|título|titolo|titre|titulo|题目|标题|タイトル|"
    "название|nazwa|naslov|otsikko|tytuł",
    "year": "year|years|date|dates|pub year|publication year|jahr|datum|año|ano|anno|année|annee|年份|年|时间|год|år|"
    "rok|vuosi|jaar",
    "authors": "author|authors|first author|autor|autoren|autores|auteur|auteurs|autore|autori|作者|who|автор|авторы|"
    "författare|forfatter|team",
    "venue": "venue|venues|journal|journals|journal name|conference|conf|journal/conference|conference/journal|"
    "published|published in|where|pub|zeitschrift|revista|revue|rivista|会议|期刊|журнал|quelle|source title",
    "publication": "publication|publications|publikation|publicación|publicação|发表|来源|publisher",
    "paper": "paper|papers|article|articles|reference|references|artikel|artículo|论文|文章|статья|pdf|paper link|"
    "paper links|arxiv|doi|work",
    "code": "code|codes|github|implementation|implementations|repo|repository|source|source code|code link|code url|"
    "código|代码|код|official code",
    "dataset": "dataset|datasets|data set|data sets|dataset name|数据集|datensatz|datensätze|conjunto de datos|"
    "jeu de données|benchmark",
    "data": "data|data link|data links|download|downloads|daten|datos|données|下载",
    "project": "project|projects|project page|homepage|home page|website|web site|page|site|url",
    "name": "name|names|method|methods|model|models|abbreviation|abbr|acronym|short name|alias|名称|方法|模型|tool|"
    "tools|toolbox|package|library|software|projekt|nombre|nom|challenge|competition|contest|event",
    "pages": "pages|page numbers|pp|pp.|seiten|páginas|paginas|s.|页码|страницы",
    "reading": "reading|readings|required reading|required readings|suggested reading|suggested readings|literature|"
    "lektüre|literatur|lectures|lecturas|letture|bibliography|bibliographie",
    "links": "link|links|resources|other|urls|ressourcen|recursos|链接",
}
_HEADERS: Final = {word: column for column, words in _COLUMNS.items() for word in words.split("|")}
_NOTHING: Final = re.compile(r"(?:\W*|null|none|n/?a|nan|tbd|todo|no|not available|coming soon)", re.I)
_TITLE_WORDS: Final = 3
_PAGES: Final = re.compile(
    r"(?:pp?\.?\s?)?([A-Za-z]?\d{1,6}(?::\d{1,4})?)(?:\s?[-–—]{1,2}\s?([A-Za-z]?\d{1,6}(?::\d{1,4})?))?"
)


def columns_of(header: Sequence[str]) -> tuple[str, ...]:
    """What each column holds by its header: ``title``, ``venue``, … or ""."""
    found = []
    for text in header:
        bare = " ".join(re.sub(r"[*_`#:()\[\]↕▲▼]|:[a-z_]+:", " ", text).split())
        word = bare.lower().replace(" / ", "/").rstrip(".?")
        found.append(_HEADERS.get(word, "") or ("title" if word.endswith(" title") else "") or _first_of(word))
    return tuple(found)


def _first_of(word: str) -> str:
    """What the first known part of "paper/source" or "title and authors" is."""
    parts = re.split(r"\s?[/&+,]\s?|\s(?:and|und|et|y)\s", word)
    return next((_HEADERS[part] for part in parts if part in _HEADERS), "") if len(parts) > 1 else ""


def item_of_row(header: Sequence[str], cells: Sequence[Line], base: Item, topics: tuple[str, ...]) -> Item | None:
    """The item of a row, or ``None`` when no cell holds a title or name.

    Arguments:
        header: the texts of the header, empty when there is none.
        cells: the cells, empty ones too.
        base: an item with text, place and group.
        topics: the headings that the table stands under.
    """
    columns = columns_of(header)
    if not any(column in ("title", "paper", "dataset", "name", "publication") for column in columns):
        return None
    by_column: dict[str, Line] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and column not in by_column and not _is_empty(cell):
            by_column[column] = cell
    title_column = next(
        (name for name in ("title", "paper", "dataset", "publication", "name") if _is_title(by_column, name)), ""
    )
    if not title_column:
        return None
    cell = by_column[title_column]
    title_link = next((placed for placed in cell.links if placed.end > placed.start), None)
    title = cell.text[title_link.start : title_link.end] if title_link and title_column != "title" else cell.text
    laid = Laid(" ".join(title.split()).strip(' .,;:|*"“”'), "column")
    if "year" in by_column and (year := re.search(r"(?:19|20)\d\d", by_column["year"].text)):
        laid.year = int(year.group())
    if "authors" in by_column:
        text = by_column["authors"].text
        laid.authors = people_of(text) or han_names(text) or read_names(text + ".", literal=True)
    elif title_link is not None and (people := people_of(cell.text[title_link.end :])) is not None:
        laid.authors = people  # "[Title](…) <br> *Ann Ode, Bo Berg*" in one cell
    pages = by_column.get("pages")
    if pages is not None and (found := _PAGES.fullmatch(pages.text.strip())):
        laid.numbers["page"] = f"{found[1]}-{found[2]}" if found[2] else found[1]
    for name in ("venue", "publication"):
        if (
            name in by_column
            and name != title_column
            and not (by_column[name].links and role_in_words(by_column[name].text))
        ):
            take_venue(laid, by_column[name].text)
    _add_links(laid, columns, cells, cell, base.span)
    if title_column in ("dataset", "name") and not laid.authors:
        # A column called "Dataset" is what the rows are; what a column "Name" names is told by the headings.
        topics = (*topics, "Datasets") if title_column == "dataset" else topics
    elif title_column in ("title", "paper"):
        topics = (*topics, "Papers")
    return item_of_layout(laid, base, topics)


def _is_title(by_column: dict[str, Line], name: str) -> bool:
    cell = by_column.get(name)
    if cell is None or role_in_words(cell.text):
        return False
    words = len(cell.text.split())
    if name == "paper":
        # "Deep Tides" is a title too where nothing else is one; "Ode 2019" calls a work.
        alone = not {"title", "name", "dataset"} & by_column.keys() and len(by_column) > 1 and not is_call(cell.text)
        return words >= _TITLE_WORDS - (alone and not re.search(r"\d|et al", cell.text))
    if name == "publication":
        return words >= _TITLE_WORDS and not {"dataset", "name"} & by_column.keys()
    return any(char.isalnum() for char in cell.text)


def _is_empty(cell: Line) -> bool:
    return not cell.links and _NOTHING.fullmatch(cell.text) is not None


def _add_links(laid: Laid, columns: Sequence[str], cells: Sequence[Line], title_cell: Line, span: Span) -> None:
    told = {"code": "code", "data": "data", "dataset": "data", "project": "project", "paper": "paper", "title": ""}
    seen: set[str] = set()
    for index, cell in enumerate(cells):
        column = columns[index] if index < len(columns) else ""
        for placed in cell.links:
            if placed.link.url in seen:
                continue
            seen.add(placed.link.url)
            words = cell.text[placed.start : placed.end].strip() or placed.link.text
            if cell is title_cell and laid.title_link is None and placed.end > placed.start:
                laid.title_link = placed
                laid.links.insert(0, placed.link)
                continue
            role = told.get(column, "") or role_in_words(words) or role_of_host(placed.link.url)
            if column in ("venue", "publication"):
                role = "paper"
            if role in ("", "paper"):
                laid.links.append(placed.link)
            else:
                laid.resources.append(Resource(words.strip("[]() "), role, (placed.link,), span))
