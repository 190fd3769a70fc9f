"""MediaWiki text: citation templates, footnotes, lists and links.

A template such as ``{{cite journal |last=Ode |first=Ann |title=…}}`` is a record: its parameters (Wikipedia's Citation
Style 1, the German ``{{Literatur}}``, the French ``{{Article}}`` and ``{{Ouvrage}}``) are variables. A list entry or
footnote without a template is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dl4es_bib.disk.source import SourceText
from dl4es_bib.formats.reference_files.record import people, serial_numbers, written_date
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.inline import Face, Line
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.words import Words

_TYPES: Final = {
    "journal": "article-journal", "book": "book", "web": "webpage", "news": "article-newspaper",
    "conference": "paper-conference", "thesis": "thesis", "arxiv": "article", "biorxiv": "article", "ssrn": "article",
    "report": "report", "tech report": "report", "techreport": "report", "encyclopedia": "entry-encyclopedia",
    "magazine": "article-magazine", "podcast": "broadcast", "av media": "motion_picture", "press release": "webpage",
    "citeseerx": "article", "dataset": "dataset", "map": "map", "document": "document", "patent": "patent",
}  # fmt: skip
#: Templates of other languages' Wikipedias, and the type of what each describes.
_OTHER_TEMPLATES: Final = {
    "citation": "", "literatur": "", "internetquelle": "webpage", "ouvrage": "book", "article": "article-journal",
    "chapitre": "chapter", "lien web": "webpage", "cita libro": "book", "cita pubblicazione": "article-journal",
    "cita web": "webpage",
    "cita publicación": "article-journal", "citar libro": "book", "citar livro": "book", "citar web": "webpage",
    "citar periódico": "article-journal", "книга": "book", "статья": "article-journal", "citeer boek": "book",
    "citeer journal": "article-journal", "citeer web": "webpage", "bokref": "book", "tidskriftsref": "article-journal",
    "cytuj książkę": "book", "cytuj pismo": "article-journal", "cytuj stronę": "webpage", "cytuj": "",
}  # fmt: skip
_TEMPLATE: Final = re.compile(
    r"\{\{\s*(?:cite\s+(?P<kind>[a-z ]+?)|(?P<other>" + "|".join(_OTHER_TEMPLATES) + r"))\s*(?=\||\}\})", re.I
)
_HEADING: Final = re.compile(r"(={1,6})\s*(.+?)\s*\1\s*$")
_ENTRY: Final = re.compile(r"[*#:;]+\s*(.*)")
_REF: Final = re.compile(r"<ref\b[^<>/]{0,200}>(.*?)</ref\s*>", re.I | re.S)
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_LIST_TAG: Final = re.compile(r"</?(?:ol|ul)\b[^<>\n]{0,200}>|</li\s*>", re.I)
_ITEM_TAG: Final = re.compile(r"^[ \t]*<li\b[^<>\n]{0,200}>", re.I | re.M)
_TAG: Final = re.compile(r"</?(?:small|span|div|br|nowiki|references|sup|sub|i|b|u|references)\b[^<>]{0,200}>", re.I)
_LINK: Final = re.compile(
    r"\[\[(?:[^\[\]|\n]{0,300}\|)?([^\[\]|\n]{1,300})\]\]|\[((?:https?:)?//[^\s\]]+)(?:\s+([^\]\n]{1,500}))?\]"
)
_MARK: Final = re.compile(r"'{2,5}")
_QUOTES: Final[dict[int, tuple[Face, ...]]] = {2: ("italic",), 3: ("bold",)}
_OTHERS: Final = re.compile(r"[,;\s]*\bet\.?\s?al\b\.?", re.I)
_VANCOUVER: Final = re.compile(r"[^\W\d_][^\d,;.]{0,40}\s[^\W\d_a-z]{1,3}")
#: Names of months in German and French that do not begin like the English ones.
_MONTHS: Final = {
    "januar": "January", "jänner": "January", "februar": "February", "märz": "March", "mai": "May", "juni": "June",
    "juli": "July", "oktober": "October", "dezember": "December", "janvier": "January", "février": "February",
    "mars": "March", "avril": "April", "juin": "June", "juillet": "July", "août": "August", "septembre": "September",
    "octobre": "October", "novembre": "November", "décembre": "December",
}  # fmt: skip
#: What templates call the title of a chapter, and the title.
_CHAPTERS: Final = ("chapter", "contribution", "titre chapitre", "titolo capitolo", "rozdział")
_TITLES: Final = ("title", "titel", "titre", "titre ouvrage", "titolo", "título", "titulo", "заглавие", "tytuł")
_MAX_TEMPLATE: Final = 20_000


def read_wikitext(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read MediaWiki text."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source.text)
    text = _ITEM_TAG.sub("# ", _LIST_TAG.sub(" ", text))
    works = dict(_templates(source.name, text))
    plain, markers, notes = _marked(text, works)
    document = document_of(source, list(_blocks(source.name, plain, notes)), (), chapter_pattern)
    chapters = tuple(
        replace(chapter, items=tuple(_filled(item, markers) for item in chapter.items if _is_work(item, markers)))
        for chapter in document.chapters
    )
    left = [item for marker, item in markers.items() if not any(marker in found.text for found in document.items)]
    if left:
        rest = Chapter(None, chapters[0].title if chapters else "", Span(source.name, 1), items=tuple(left))
        chapters = (replace(chapters[0], items=(*chapters[0].items, *left)), *chapters[1:]) if chapters else (rest,)
    return replace(document, chapters=chapters)


def _templates(file: str, text: str) -> Iterator[tuple[int, tuple[int, Work, Span]]]:
    for match in _TEMPLATE.finditer(text):
        end = _template_end(text, match.start())
        if end < 0:
            continue
        span = Span(file, text.count("\n", 0, match.start()) + 1)
        parameters = dict(_parameters(text[match.end() : end - 2]))
        other = " ".join((match["other"] or "").lower().split())
        if other and other != "citation" and not any(parameters.get(name) for name in (*_CHAPTERS, *_TITLES)):
            continue  # {{Article|stub}} is about the page
        kind = _TYPES.get((match["kind"] or "").lower().strip(), "") or _OTHER_TEMPLATES.get(other, "")
        yield match.start(), (end, _work(kind, parameters, Source("text", file, span=span)), span)


def _template_end(text: str, start: int) -> int:
    depth = 0
    for mark in re.compile(r"\{\{|\}\}").finditer(text, start, start + _MAX_TEMPLATE):
        depth += 1 if mark[0] == "{{" else -1
        if not depth:
            return mark.end()
    return -1


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    pieces, begin, depth = [], 0, 0
    for mark in re.finditer(r"\{\{|\}\}|\[\[|\]\]|\|", text):
        if mark[0] in ("{{", "[["):
            depth += 1
        elif mark[0] in ("}}", "]]"):
            depth -= 1
        elif not depth:
            pieces.append(text[begin : mark.start()])
            begin = mark.end()
    for piece in [*pieces, text[begin:]]:
        name, equals, value = piece.partition("=")
        if equals and value.strip():
            yield name.strip().lower(), _plain(value)


def _plain(text: str) -> str:
    text = _LINK.sub(lambda match: match[1] or match[3] or match[2], text)
    return " ".join(_MARK.sub("", _TAG.sub("", re.sub(r"\{\{[^{}]*\}\}", "", text))).split())


def _work(kind: str, given: dict[str, str], source: Source) -> Work:
    def first(*names: str) -> str:
        return next((given[name] for name in names if given.get(name)), "")

    container = first(
        "journal", "work", "magazine", "newspaper", "website", "encyclopedia", "sammelwerk", "werk", "périodique",
        "revue", "rivista", "revista", "publicación", "periódico", "издание", "czasopismo", "tijdschrift", "tidskrift",
        "sito", "site",
    )  # fmt: skip
    chapter, title = first(*_CHAPTERS), first(*_TITLES)
    book_title = first("book-title", "booktitle")
    kind = kind or ("article-journal" if container else "chapter" if chapter else "book")
    if chapter:
        title, container, kind = chapter, title, "chapter"
    values: dict[str, Value] = {
        "title": title,
        "author": _people(given, _FAMILY_NAMES, _GIVEN_NAMES) or people(_list(first("autor", "автор"))),
        "editor": _people(given, ("editor-last", "editor", "directeur"), ("editor-first",))
        or people(_list(first("hrsg"))),
        "container-title": container or (book_title or first("conference") if kind == "paper-conference" else ""),
        "issued": written_date(
            _date(
                first("date", "year", "datum", "jahr", "anno", "año", "ano", "год", "rok", "jaar", "år")
                or " ".join(first(name) for name in ("jour", "mois", "année"))
            )
        ),
        "volume": first("volume", "band", "volumen", "том", "wolumin", "tom", "tome"),
        "issue": first("issue", "number", "nummer", "heft", "numéro", "no", "n°", "numero", "número", "номер", "numer"),
        "page": first("pages", "page", "at", "seiten", "passage", "pp", "p", "pagine", "páginas", "страницы", "strony")
        .replace("–", "-")
        .replace("--", "-"),
        "publisher": first(
            "publisher",
            "verlag",
            "institution",
            "éditeur",
            "editore",
            "editorial",
            "editora",
            "издательство",
            "wydawca",
            "uitgever",
            "förlag",
        ),
        "publisher-place": first(
            "location", "place", "ort", "lieu", "città", "ubicación", "local", "место", "miejsce", "plaats"
        ),
        "edition": first("edition", "auflage", "numéro d'édition", "edizione", "edición"),
        "collection-title": first("series", "reihe", "collection", "collana", "serie"),
        "genre": first("type", "degree"),
        "DOI": first("doi"),
        "PMID": first("pmid"),
        "PMCID": first("pmc"),
        "arxiv": first("arxiv", "eprint"),
        "URL": first("url", "online", "lire en ligne", "url texte", "ссылка"),
        "accessed": written_date(
            _date(
                first(
                    "access-date",
                    "accessdate",
                    "abruf",
                    "zugriff",
                    "consulté le",
                    "accesso",
                    "fechaacceso",
                    "acessodata",
                )
            )
        ),
        "language": first("language", "sprache", "langue", "lingua", "idioma"),
    }
    values |= serial_numbers([first("isbn"), first("issn")])
    if values["title"] and (subtitle := first("sous-titre", "subtitle")):
        values["title"] = f"{values['title']}: {subtitle}"
    said = " ".join(
        given.get(name, "") for name in ("author", "authors", "author1", "last", "vauthors", "auteur", "auteur1")
    )
    et_al = (
        _OTHERS.search(said) is not None
        or "et al" in first("display-authors", "author-others").lower()
        or "etal" in first("display-authors")
        or first("et al.", "et alii").lower() in ("oui", "1", "o")
    )
    return Work.of(kind, values, source, et_al=et_al)


def _date(text: str) -> str:
    """A date with the names of months in English."""
    return re.sub(r"[^\W\d_]{3,9}", lambda word: _MONTHS.get(word[0].lower(), word[0]), text.strip())


_FAMILY_NAMES: Final = (
    "last", "surname", "nom", "cognome", "apellidos", "apellido", "sobrenome", "último", "nazwisko", "achternaam",
    "efternamn",
    "author", "authors", "auteur", "auteurs", "autore",
)  # fmt: skip
_GIVEN_NAMES: Final = ("first", "given", "prénom", "nome", "nombre", "primeiro", "imię", "voornaam", "förnamn")


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"\s*;\s*|\s+(?:und|et)\s+|\s*,\s+(?=\S+ \S)", text) if part]


def _people(given: dict[str, str], family_names: tuple[str, ...], given_names: tuple[str, ...]) -> tuple[Name, ...]:
    names: list[Name] = []
    for number in range(1, 201):
        suffixes = (str(number), "") if number == 1 else (str(number),)
        keys = [f"{stem}{suffix}" for suffix in suffixes for stem in family_names]
        keys += [f"{stem.partition('-')[0]}{number}-{stem.partition('-')[2]}" for stem in family_names if "-" in stem]
        family = next((given[key] for key in keys if given.get(key)), "")
        if not family:
            break
        others = [f"{stem}{suffix}" for suffix in suffixes for stem in given_names]
        others += [f"{stem.partition('-')[0]}{number}-{stem.partition('-')[2]}" for stem in given_names if "-" in stem]
        first = next((given[key] for key in others if given.get(key)), "")
        if first:
            names.append(Name(family=family, given=first))
        else:
            names += _written(family)
    if not names and given.get("vauthors"):
        names += _written(given["vauthors"])
    return tuple(names)


def _written(text: str) -> tuple[Name, ...]:
    """The names of one parameter, "Dee GM, Fay A ''et al''" among them."""
    bare = _OTHERS.sub("", text.replace("((", "").replace("))", "")).strip(" ,;")
    parts = bare.split(", ")
    if all(_VANCOUVER.fullmatch(part) for part in parts):
        names = [part.rpartition(" ") for part in parts]
        return tuple(Name(family=family, given=" ".join(initials)) for family, _, initials in names)
    return people(_list(bare)) if re.search(r",|;|\s(?:et|und)\s", bare) else people([bare])


def _marked(text: str, works: dict[int, tuple[int, Work, Span]]) -> tuple[str, dict[str, Item], dict[int, list[str]]]:
    """The text with a marker in place of each template and without footnotes, the markers, the footnotes by line."""
    pieces = list[str]()
    position, markers = 0, dict[str, Item]()
    for start in sorted(works):
        end, work, span = works[start]
        if start < position:
            continue
        marker = f"citationtemplate{len(markers)}x"
        markers[marker] = Item("reference", work.title, span, title=work.title, fields=work)
        pieces += (text[position:start], marker, "\n" * text.count("\n", start, end))
        position = end
    marked = "".join(pieces) + text[position:]
    notes: dict[int, list[str]] = {}
    number, counted = 1, 0
    pieces = []
    for note in _REF.finditer(marked):
        number += marked.count("\n", counted, note.start())
        pieces.append(marked[counted : note.start()])
        if words := " ".join(note[1].split()):
            notes.setdefault(number, []).append(words)
        pieces.append("\n" * note[0].count("\n"))
        number += note[0].count("\n")
        counted = note.end()
    return "".join(pieces) + marked[counted:], markers, notes


def _is_work(item: Item, markers: dict[str, Item]) -> bool:
    """Whether an entry is more than the name of another article, or of a journal, and words about it."""
    if item.kind != "reference_stub" or re.search(r"citationtemplate\d+x", item.text):
        return True
    return bool(item.all_links or item.identifiers) or not re.search(r"\s[–—-]\s", item.text)


def _filled(item: Item, markers: dict[str, Item]) -> Item:
    found = re.search(r"citationtemplate\d+x", item.text)
    return replace(markers[found[0]], group=item.group) if found and found[0] in markers else item


def _blocks(file: str, text: str, notes: dict[int, list[str]]) -> Iterator[Block]:
    entries: list[Block] = []
    paragraph: list[Line] = []
    waiting: list[Block] = []

    def flush() -> Iterator[Block]:
        if entries:
            yield Block("list", entries[0].line, children=tuple(entries))
            entries.clear()
        if paragraph:
            yield Block("paragraph", paragraph[0].number, tuple(paragraph))
            paragraph.clear()
        if waiting:
            yield Block("list", waiting[0].line, children=tuple(waiting))
            waiting.clear()

    for number, line in enumerate(text.split("\n"), 1):
        heading = _HEADING.match(line.strip())
        entry = _ENTRY.match(line.strip())
        if heading is not None:
            yield from flush()
            yield Block("heading", number, (_line(heading[2], file, number),), level=len(heading[1]))
        elif entry is not None:
            made = _line(entry[1], file, number)
            if made.text:
                if paragraph:
                    yield from flush()
                entries.append(Block("entry", number, children=(Block("paragraph", number, (made,)),)))
        elif not line.strip():
            yield from flush()
        elif not line.lstrip().startswith(("{|", "|", "!", "{{", "}}", "__", "[[Category", "[[Kategorie")):
            if entries:
                yield from flush()
            made = _line(line, file, number)
            if made.text:
                paragraph.append(made)
        for note in notes.get(number, ()):
            made = _line(note, file, number)
            if made.text or made.links:
                waiting.append(Block("entry", number, children=(Block("paragraph", number, (made,)),)))
    yield from flush()


def _line(text: str, file: str, number: int) -> Line:
    words = Words(file, number)
    text = re.sub(r"\{\{[^{}\n]*\}\}", "", _TAG.sub(" ", text))
    position, opened = 0, list[Face]()
    for token in re.finditer(rf"{_MARK.pattern}|{_LINK.pattern}", text):
        words.add(text[position : token.start()])
        position = token.end()
        if token[0].startswith("''"):
            faces: list[Face] = (
                ["bold"] if len(token[0]) == 3 else ["italic"] if len(token[0]) == 2 else ["bold", "italic"]
            )
            for face in faces:
                if face in opened:
                    opened.remove(face)
                    words.close(face)
                else:
                    opened.append(face)
                    words.open(face)
        elif token[1] is not None:
            start = len(words.text)
            words.add(token[1])
            words.inner.append((start, len(words.text)))
        else:
            start = len(words.text)
            words.add(token[3] or token[2])
            words.link(token[2] if token[2].startswith("http") else f"https:{token[2]}", start)
    words.add(text[position:])
    return words.line()
