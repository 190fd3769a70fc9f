"""Forty made-up works as one list, in three styles and in every format; nothing here is a real publication."""

from __future__ import annotations

import io
import json
import re
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_PEOPLE: Final = [
    ("Okafor", "Chidi"), ("Li", "Wei"), ("Nakamura", "Yuki"), ("Silva", "Ana"), ("Roux", "Pauline"),
    ("Müller", "Jörg"), ("O’Brien", "Maeve"), ("Kovač", "Ivan"), ("van der Berg", "Jan"), ("Ångström", "Lena"),
    ("García-López", "Inés"), ("Haddad", "Samir"), ("Petrov", "Oleg"), ("Nguyen", "Thi Lan"), ("Çelik", "Ayşe"),
    ("Fjeld", "Kari"), ("Mbeki", "Thandi"), ("Rossi", "Marco Antonio"), ("Schmidt", "Eva"), ("Tanaka", "Ken"),
]  # fmt: skip
_TITLES: Final = [
    "Soil moisture under old forests", "Currents seen by drifters", "The rain of the highlands: A long record",
    "Why do rivers bend?", "Counting birds from space", "A history of wells in dry lands",
    "Noise in small sensors", "Learning to read maps", "Glaciers and their lakes, 1950–2000",
    "On the strength of sea ice", "Trust in shared ledgers", "Bread prices before the railway",
    "Sleep and memory in older adults", "Fast sorting of short strings", "Pollen, dust and the spring season",
    "Reading habits of young teachers", "How cities cool at night", "Carbon in mangrove roots",
    "Waves over a muddy bottom", "The grammar of road signs", "Salt marshes: Growth and decline",
    "Voting by mail and turnout", "Heat waves in port towns", "A simple model of crowds",
    "Water rights and village councils", "Methods of field ecology", "The book of tides",
    "Mapping the unseen coast", "Statistics for gardeners", "An atlas of small islands", "Letters from the harbour",
    "The craft of surveying", "Rain gauges and their errors", "Teaching with old charts", "Nets, boats and families",
    "Peat as an archive", "Roads of salt", "Parsing noisy text with small models", "Routing under uncertain demand",
    "Compact indexes for long documents",
]  # fmt: skip
_JOURNALS: Final = [
    "Journal of Soils", "Ocean Letters", "Weather and Climate", "Annals of River Science", "Remote Sensing Notes",
    "Revista de Hidrología", "Sensors & Circuits", "Education Today", "Cold Regions Science", "Economic Record",
]  # fmt: skip
_PUBLISHERS: Final = [("London", "Harbour Press"), ("New York", "Northfield Academic"), ("Berlin", "Verlag Nordlicht"),
                      ("Oxford", "Oxford University Press")]  # fmt: skip
_BOOKS: Final = ["Essays on water", "The coast in history", "Handbook of peat research"]


@dataclass(frozen=True, slots=True)
class Work:
    """One work; ``kind`` is article, book, chapter or paper."""

    kind: str
    people: tuple[tuple[str, str], ...]
    year: int
    title: str
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    place: str = ""
    publisher: str = ""
    editors: tuple[tuple[str, str], ...] = ()


def _people(number: int) -> tuple[tuple[str, str], ...]:
    count = (1, 2, 3, 2, 4)[number % 5]
    return tuple(_PEOPLE[(number * 3 + index * 7) % len(_PEOPLE)] for index in range(count))


def _work(number: int) -> Work:
    title, people, year = _TITLES[number], _people(number), 1961 + (number * 17) % 60
    first = 3 + number * 37
    pages = f"{first}–{first + 7 + number % 9}"
    if number < 25:
        issue = str(1 + number % 6) if number % 3 else ""
        doi = f"10.5555/forty.{number + 1}" if number % 4 else ""
        return Work("article", people, year, title, _JOURNALS[number % 10], str(2 + number), issue, pages, doi)
    place, publisher = _PUBLISHERS[number % 4]
    if number < 33:
        return Work("book", people, year, title, place=place, publisher=publisher)
    if number < 37:
        editors = _people(number + 2)[:2]
        return Work("chapter", people, year, title, _BOOKS[number % 3], pages=pages, place=place, publisher=publisher,
                    editors=editors)  # fmt: skip
    return Work("paper", people, year, title, "Proceedings of the Workshop on Text and Tables", pages=pages,
                doi=f"10.5555/forty.{number + 1}")  # fmt: skip


WORKS: Final = [_work(number) for number in range(40)]


def _initials(given: str) -> str:
    return " ".join(f"{part[0]}." for part in given.split())


def _list(names: Sequence[str], last: str, comma_of_two: str = "") -> str:
    if len(names) < 3:
        return f"{comma_of_two} {last} ".join(names)
    return ", ".join(names[:-1]) + f", {last} {names[-1]}"


def apa(work: Work) -> str:
    """A work in the style of the American Psychological Association; what is in italics stands between ``*``."""
    people = _list([f"{family}, {_initials(given)}" for family, given in work.people], "&", ",")
    doi = f" https://doi.org/{work.doi}" if work.doi else ""
    title = work.title if work.title.endswith("?") else f"{work.title}."
    match work.kind:
        case "article":
            numbers = f"*{work.volume}*({work.issue})" if work.issue else f"*{work.volume}*"
            return f"{people} ({work.year}). {title} *{work.container}*, {numbers}, {work.pages}.{doi}"
        case "book":
            return f"{people} ({work.year}). *{work.title}*. {work.publisher}."
        case "chapter":
            editors = _list([f"{_initials(given)} {family}" for family, given in work.editors], "&")
            mark = "Eds." if len(work.editors) > 1 else "Ed."
            return (
                f"{people} ({work.year}). {title} In {editors} ({mark}), *{work.container}* (pp. {work.pages}). "
                f"{work.publisher}."
            )
    return f"{people} ({work.year}). {title} In *{work.container}* (pp. {work.pages}).{doi}"


def chicago(work: Work) -> str:
    """A work in the author-date style of the Chicago Manual of Style; what is in italics stands between ``*``."""
    first, *others = work.people
    people = _list([f"{first[0]}, {first[1]}", *(f"{given} {family}" for family, given in others)], "and", ",")
    people += "" if people.endswith(".") else "."
    doi = f" https://doi.org/{work.doi}." if work.doi else ""
    quoted = f"“{work.title}”" if work.title.endswith("?") else f"“{work.title}.”"
    match work.kind:
        case "article":
            numbers = f"{work.volume} ({work.issue})" if work.issue else work.volume
            return f"{people} {work.year}. {quoted} *{work.container}* {numbers}: {work.pages}.{doi}"
        case "book":
            return f"{people} {work.year}. *{work.title}*. {work.place}: {work.publisher}."
        case "chapter":
            editors = _list([f"{given} {family}" for family, given in work.editors], "and")
            return (
                f"{people} {work.year}. {quoted} In *{work.container}*, edited by {editors}, {work.pages}. "
                f"{work.place}: {work.publisher}."
            )
    return f"{people} {work.year}. {quoted} In *{work.container}*, {work.pages}.{doi}"


def ieee(work: Work) -> str:
    """A work in the style of the IEEE; what is in italics stands between ``*``."""
    people = _list([f"{_initials(given)} {family}" for family, given in work.people], "and")
    doi = f", doi: {work.doi}." if work.doi else "."
    quoted = f"“{work.title}”" if work.title.endswith("?") else f"“{work.title},”"
    match work.kind:
        case "article":
            issue = f" no. {work.issue}," if work.issue else ""
            return (
                f"{people}, {quoted} *{work.container}*, vol. {work.volume},{issue} pp. {work.pages}, {work.year}{doi}"
            )
        case "book":
            return f"{people}, *{work.title}*. {work.place}: {work.publisher}, {work.year}."
        case "chapter":
            editors = _list([f"{_initials(given)} {family}" for family, given in work.editors], "and")
            mark = "Eds." if len(work.editors) > 1 else "Ed."
            return (
                f"{people}, {quoted} in *{work.container}*, {editors}, {mark} {work.place}: {work.publisher}, "
                f"{work.year}, pp. {work.pages}."
            )
    return f"{people}, {quoted} in *{work.container}*, {work.year}, pp. {work.pages}{doi}"


STYLES: Final[dict[str, Callable[[Work], str]]] = {"apa": apa, "chicago": chicago, "ieee": ieee}


def _faces(text: str, before: str, after: str) -> str:
    return re.sub(r"\*([^*]+)\*", lambda match: f"{before}{match[1]}{after}", text)


def _latex(text: str) -> str:
    for char, command in (("&", "\\&"), ("–", "--"), ("“", "``"), ("”", "''"), ("’", "'")):
        text = text.replace(char, command)
    return _faces(re.sub(r"https://\S+?(?=\.?$)", lambda match: f"\\url{{{match[0]}}}", text), "\\emph{", "}")


def _runs(text: str) -> list[tuple[str, bool]]:
    return [(piece, index % 2 == 1) for index, piece in enumerate(text.split("*")) if piece]


def markdown(lines: Sequence[str]) -> bytes:
    """A Markdown list."""
    return ("# References\n\n" + "".join(f"- {line}\n" for line in lines)).encode()


def html(lines: Sequence[str]) -> bytes:
    """An HTML page with an ordered list."""
    entries = "".join(f"<li>{_faces(escape(line, quote=False), '<i>', '</i>')}</li>\n" for line in lines)
    return f"<!DOCTYPE html><html><body><h1>References</h1><ol>\n{entries}</ol></body></html>".encode()


#: The fonts of most documents are those that TeX begins with; with these, letters with accents are one letter.
_FONTS: Final = "\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}"


def latex(lines: Sequence[str], columns: str = "") -> bytes:
    """A LaTeX document with a ``thebibliography``."""
    entries = "\n\n".join(f"\\bibitem{{k{number}}} {_latex(line)}" for number, line in enumerate(lines))
    fonts = _FONTS if columns == "twocolumn" else ""
    return (
        f"\\documentclass[{columns}]{{article}}\n\\usepackage[utf8]{{inputenc}}\n{fonts}\n"
        "\\usepackage{url}\n\\begin{document}\nSome words stand before the list.\n"
        f"\\begin{{thebibliography}}{{99}}\n{entries}\n\\end{{thebibliography}}\n\\end{{document}}\n"
    ).encode()


def bbl(lines: Sequence[str]) -> bytes:
    """A file as BibTeX writes it."""
    entries = "\n\n".join(
        f"\\bibitem{{k{number}}}\n" + _latex(line).replace(". \\emph", ".\n\\newblock \\emph")
        for number, line in enumerate(lines)
    )
    return f"\\begin{{thebibliography}}{{10}}\n\n{entries}\n\n\\end{{thebibliography}}\n".encode()


def rst(lines: Sequence[str]) -> bytes:
    """A reStructuredText list."""
    # A face ends before a blank or a mark; before a bracket an empty escape stands.
    entries = "".join(f"* {line}\n".replace("*(", "*\\ (") for line in lines)
    return f"References\n==========\n\n{entries}".encode()


def org(lines: Sequence[str]) -> bytes:
    """An Org list."""
    return ("* References\n" + "".join(f"- {_faces(line, '/', '/')}\n" for line in lines)).encode()


def notebook(lines: Sequence[str]) -> bytes:
    """A Jupyter notebook with a Markdown cell."""
    source = ["# References\n", "\n", *(f"- {line}\n" for line in lines)]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": source}]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


def wikitext(lines: Sequence[str]) -> bytes:
    """A MediaWiki page."""
    entries = "".join("* " + _faces(line, "''", "''") + "\n" for line in lines)
    return f"== References ==\n{entries}\n[[Category:Water]]\n".encode()


def text(lines: Sequence[str]) -> bytes:
    """Plain text, a line each."""
    return "".join(line.replace("*", "") + "\n" for line in lines).encode()


def wrapped(lines: Sequence[str]) -> bytes:
    """Plain text of 80 columns, entries parted by blank lines."""
    folded = (textwrap.fill(line.replace("*", ""), 80, break_on_hyphens=False) for line in lines)
    return "\n\n".join(folded).encode()


def hanging(lines: Sequence[str]) -> bytes:
    """Plain text of 70 columns with hanging indents, as a program takes it out of a PDF."""
    folded = (textwrap.fill(line.replace("*", ""), 70, subsequent_indent="    ", break_long_words=False,
                            break_on_hyphens=False) for line in lines)  # fmt: skip
    return "\n".join(folded).encode()


def _zipped(name: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return stream.getvalue()


def docx(lines: Sequence[str]) -> bytes:
    """A Word document."""
    body = ""
    for line in lines:
        runs = "".join(
            f'<w:r><w:rPr>{"<w:i/>" if slanted else ""}</w:rPr><w:t xml:space="preserve">'
            f"{escape(piece, quote=False)}</w:t></w:r>"
            for piece, slanted in _runs(line)
        )
        body += f"<w:p>{runs}</w:p>"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return _zipped("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")


def odt(lines: Sequence[str]) -> bytes:
    """An OpenDocument text."""
    body = ""
    for line in lines:
        spans = "".join(
            f'<text:span text:style-name="E">{escape(piece)}</text:span>' if slanted else escape(piece, quote=False)
            for piece, slanted in _runs(line)
        )
        body += f"<text:p>{spans}</text:p>"
    base = "urn:oasis:names:tc:opendocument:xmlns"
    names = (
        f'xmlns:office="{base}:office:1.0" xmlns:text="{base}:text:1.0" xmlns:style="{base}:style:1.0" '
        f'xmlns:fo="{base}:xsl-fo-compatible:1.0"'
    )
    slanted = '<style:style style:name="E"><style:text-properties fo:font-style="italic"/></style:style>'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{slanted}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return _zipped("content.xml", content)


FORMATS: Final[dict[str, Callable[[Sequence[str]], bytes]]] = {
    "list.md": markdown, "list.html": html, "list.tex": latex, "list.bbl": bbl, "list.rst": rst, "list.org": org,
    "list.ipynb": notebook, "list.wiki": wikitext, "list.docx": docx, "list.odt": odt, "list.txt": text,
    "wrapped.txt": wrapped, "hanging.txt": hanging,
}  # fmt: skip
