r"""LaTeX: lists of ``\bibitem``, the .bbl files of BibTeX and biblatex, and documents that cite a .bib file.

A document with a list of its own gives the items of the list. One that cites a .bib file gives the cited entries, a
chapter for each file that it includes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from dl4es_bib.disk.bounded import is_file
from dl4es_bib.disk.source import STANDARD_INPUT, SourceText
from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.identify.citations.arguments import after_options, group
from dl4es_bib.identify.citations.document import CitedPlace, DocumentCitations
from dl4es_bib.identify.citations.latex_project import LatexProject
from dl4es_bib.identify.preamble import without_comments
from dl4es_bib.model.document import Chapter, Document, Item
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.read.bibtex import entries_in, item_of_entry
from dl4es_bib.read.chapters import CHAPTER_PATTERN
from dl4es_bib.read.citing import Databases
from dl4es_bib.read.inline import Face, Line
from dl4es_bib.read.markdown.block import Block
from dl4es_bib.read.markdown.reader import document_of
from dl4es_bib.read.words import Words

_LIST: Final = re.compile(r"\\begin\s*\{thebibliography\}")
_LIST_END: Final = "\\end{thebibliography}"
_ITEM: Final = re.compile(r"\\bibitem\b\s*")
_HEADING: Final = re.compile(r"\\(chapter|section|subsection)\*?\s*(?=[\[{])")
_LEVELS: Final = {"chapter": 1, "section": 2, "subsection": 3}
_FACES: Final[dict[str, Face]] = {
    "emph": "italic", "textit": "italic", "textsl": "italic", "it": "italic", "em": "italic", "itshape": "italic",
    "sl": "italic", "textbf": "bold", "bf": "bold", "bfseries": "bold", "texttt": "code", "tt": "code",
    "APACrefbtitle": "italic", "Bem": "italic",
}  # fmt: skip
_MARK: Final = re.compile(r"\\([A-Za-z@]+)\*?|\\.|[{}]", re.S)
#: What TeX reads behind \\penalty (a number) and \\hskip (a length).
_AMOUNT: Final = re.compile(
    r"\s*-?\d{0,6}(?:\.\d{1,6})?\s?(?:(?:e[mx]|p[tc]|[cm]m|in|sp)\b)?"
    r"(?:\s?+(?:plus|minus)\s?+-?\d{0,6}+(?:\.\d{1,6})?+\s?+(?:e[mx]|p[tc]|[cm]m|in|sp|fill?)\b)*\s?"
)
#: Commands of which the first group is no text.
_NAMED_PARTS: Final = frozenset("bibinfo bibfield BibitemShut".split())
_BLANKS: Final = re.compile(r"\s{1,99}(?=\{)")
_DOI_BASE: Final = re.compile(r"\\doibase\s*(?:https?://(?:dx\.)?doi\.org/)?")
_CITES: Final = re.compile(r"\\(?:addbibresource|bibliography|nocite|[a-zA-Z]*cite[a-zA-Z]*)\b\*?\s*[\[{]")
_INCLUDES: Final = re.compile(r"\\(?:include|subfile|import)\b\s*\{")
#: What parts the body of a document: headings, entries of lists, the ends of environments, empty lines.
_PARTS: Final = re.compile(
    r"\\(?P<heading>chapter|section|subsection)\*?\s*(?=[\[{])|\\(?P<entry>item|cvitem|cvline|cventry|cvlistitem|cvpub)\b\s*(?:\[[^\[\]]{0,200}\])?"
    r"|\\(?P<edge>begin|end)\s*\{(?P<name>[A-Za-z*]+)\}(?:\[[^\[\]]{0,200}\])?|\\(?P<par>par)\b|(?P<blank>\n[ \t]*\n)"
)
_LISTS: Final = frozenset("itemize enumerate description compactitem compactenum etaremune list".split())
_ENTRY: Final = re.compile(r"\\entry\{([^{}]*)\}\{([^{}]*)\}")
_MAX_LIST: Final = 20_000_000


def read_latex(source: SourceText, chapter_pattern: str = CHAPTER_PATTERN) -> Document:
    """Read a .tex or .bbl file."""
    text = without_comments(source.text)
    if "\\entry{" in text and "\\endentry" in text:
        return _read_biblatex(source, text)
    if _ITEM.search(text):
        return _read_items(source, text, chapter_pattern)
    if _CITES.search(text) or _INCLUDES.search(text):
        return _read_citing(source, text)
    return document_of(source, list(_body(source.name, text)), (), chapter_pattern)


def _read_items(source: SourceText, text: str, chapter_pattern: str) -> Document:
    keys: dict[int, str] = {}
    blocks = list(_blocks(source.name, text, keys))
    document = document_of(source, blocks, (), chapter_pattern)
    chapters = tuple(
        replace(chapter, items=tuple(_with_key(item, keys) for item in chapter.items)) for chapter in document.chapters
    )
    return replace(document, chapters=chapters)


def _with_key(item: Item, keys: dict[int, str]) -> Item:
    key = keys.get(item.span.line, "")
    return replace(item, citation_key=key) if key and not item.citation_key else item


def _blocks(file: str, text: str, keys: dict[int, str]) -> Iterator[Block]:
    """Headings and lists, in order; the key of each item by its line."""
    position = 0
    while True:
        start = _LIST.search(text, position)
        begin = start.end() if start else position
        if start is None and position:
            return
        for heading in _HEADING.finditer(text, position, start.start() if start else len(text)):
            title = group(text, after_options(text, heading.end()))
            if title is not None:
                number = text.count("\n", 0, heading.start()) + 1
                line = words_of(text[title[0] : title[1]], file, number)
                yield Block("heading", number, (line,), level=_LEVELS[heading[1]])
        end = text.find(_LIST_END, begin)
        end = end if end >= 0 else len(text)
        entries = list(_entries(file, text, begin, end, keys))
        if entries:
            yield Block("list", entries[0].line, children=tuple(entries))
        if start is None:
            return
        position = end


def _body(file: str, text: str) -> Iterator[Block]:
    """The headings, lists and paragraphs of a document that has no list of references of its own."""
    start = text.find("\\begin{document}")
    begin = start + len("\\begin{document}") if start >= 0 else 0
    end = text.find("\\end{document}", begin)
    end = end if end >= 0 else len(text)
    number, counted = text.count("\n", 0, begin) + 1, begin
    entries: list[Block] = []
    depth, is_entry, position = 0, False, begin
    for part in [*_PARTS.finditer(text, begin, end), None]:
        piece = text[position : part.start() if part is not None else end]
        number += text.count("\n", counted, position + len(piece) - len(piece.lstrip()))
        counted = position + len(piece) - len(piece.lstrip())
        line = words_of(piece, file, number) if piece.strip() else None
        if line is not None and (line.text or line.links):
            block = Block("paragraph", number, (line,))
            if is_entry:
                entries.append(Block("entry", number, children=(block,)))
            else:
                yield block
        if part is None:
            break
        position = part.end()
        is_entry = part["entry"] is not None or (is_entry and part["edge"] is None and part["heading"] is None)
        if part["name"] in _LISTS:
            depth += 1 if part["edge"] == "begin" else -1
        if entries and (part["heading"] or (part["edge"] == "end" and depth <= 0)):
            yield Block("list", entries[0].line, children=tuple(entries))
            entries = []
        if part["heading"] and (title := group(text, after_options(text, position))) is not None:
            heading = text.count("\n", 0, part.start()) + 1
            made = words_of(text[title[0] : title[1]], file, heading)
            yield Block("heading", heading, (made,), level=_LEVELS[part["heading"]])
            position = title[1] + 1
    if entries:
        yield Block("list", entries[0].line, children=tuple(entries))


def _entries(file: str, text: str, begin: int, end: int, keys: dict[int, str]) -> Iterator[Block]:
    places = list(_ITEM.finditer(text, begin, min(end, begin + _MAX_LIST)))
    line, counted = text.count("\n", 0, begin) + 1, begin
    for index, place in enumerate(places):
        stop = places[index + 1].start() if index + 1 < len(places) else end
        after = place.end()
        key = group(text, after_options(text, after))
        if key is None or key[1] > stop:
            continue
        body = key[1] + 1
        line += text.count("\n", counted, place.start())
        counted = place.start()
        made = words_of(text[body:stop], file, line)
        if not made.text:
            continue
        name = text[key[0] : key[1]].strip()
        if name:
            keys[line] = name
        yield Block("entry", line, children=(Block("paragraph", line, (made,)),))


def words_of(text: str, file: str, number: int) -> Line:
    """A stretch of LaTeX as a line of words: faces and addresses kept, other commands decoded."""
    words = Words(file, number)
    _feed(words, text, 0)
    return words.line()


def _feed(words: Words, text: str, depth: int) -> None:
    pending: list[str] = []
    position = 0
    groups: list[Face | None] = []

    def flush() -> None:
        if pending:
            decoded = to_unicode("".join(pending))
            words.add(_quoted(decoded))
            pending.clear()

    while (mark := _MARK.search(text, position)) is not None:
        pending.append(text[position : mark.start()])
        position = mark.end()
        name = mark[1]
        if mark[0] == "{":
            groups.append(None)
            pending.append("{")
        elif mark[0] == "}":
            face = groups.pop() if groups else None
            if face is not None:
                flush()
                words.close(face)
            pending.append("}")
        elif name in _FACES and (inner := group(text, position)) is not None and not _is_switch(name):
            flush()
            words.open(_FACES[name])
            if depth < 20:
                _feed(words, text[inner[0] : inner[1]], depth + 1)
            words.close(_FACES[name])
            position = inner[1] + 1
        elif name in _FACES and _is_switch(name) and groups:
            flush()
            words.open(_FACES[name])
            groups[-1] = _FACES[name]
            position += text[position : position + 1] == " "
        elif name in ("url", "path", "nolinkurl") and (inner := group(text, position)) is not None:
            flush()
            start = len(words.text)
            address = text[inner[0] : inner[1]].strip()
            words.add(address)
            words.link(address, start)
            position = inner[1] + 1
        elif name in _NAMED_PARTS and (inner := group(text, position)) is not None:
            # REVTeX's \\bibinfo {volume} {20}: the first group is the name of the part.
            position = inner[1] + 1
            if (blanks := _BLANKS.match(text, position)) is not None:
                position = blanks.end()
        elif name == "href" and (inner := group(text, position)) is not None:
            flush()
            start, shown = len(words.text), group(text, inner[1] + 1)
            if shown is not None and depth < 20:
                _feed(words, text[shown[0] : shown[1]], depth + 1)
            words.link(_DOI_BASE.sub("https://doi.org/", text[inner[0] : inner[1]].strip()), start)
            position = (shown or inner)[1] + 1
        elif (
            name == "newblock"
            or name in ("par", "relax", "unskip", "hfill", "bibrangedash", "BibitemOpen")
            or (name is not None and name.startswith("BIBentry"))
        ):
            pending.append("--" if name == "bibrangedash" else " ")
        elif name in ("penalty", "hskip", "kern") and (amount := _AMOUNT.match(text, position)) is not None:
            position = amount.end()
        else:
            pending.append(mark[0])
    pending.append(text[position:])
    flush()


def _is_switch(name: str) -> bool:
    return name in {"it", "em", "itshape", "sl", "bf", "bfseries", "tt"}


def _quoted(text: str) -> str:
    return text.replace("``", "“").replace("''", "”")


def _read_biblatex(source: SourceText, text: str) -> Document:
    """A .bbl file of biblatex: its entries as BibTeX, read as such."""
    pieces, lines = [], []
    for match in _ENTRY.finditer(text):
        end = text.find("\\endentry", match.end())
        body = text[match.end() : end if end >= 0 else len(text)]
        pieces.append(_as_bibtex(match[1], match[2], body))
        lines.append(text.count("\n", 0, match.start()) + 1)
    items: dict[str, Item] = {}
    findings: list[Finding] = []
    for piece, line in zip(pieces, lines, strict=True):
        entries, found = entries_in(piece, source.name, line)
        findings += found
        for entry in entries:
            items.setdefault(entry.key, item_of_entry(entry, ()))
    chapter = Chapter(None, "", Span(source.name, 1), items=tuple(items.values()))
    return Document(source.name, "", (chapter,) if items else (), findings=(*source.findings, *findings))


def _as_bibtex(key: str, kind: str, body: str) -> str:
    fields: dict[str, str] = {}
    for match in re.finditer(r"\\(field|list|name|strng|verb)\{([A-Za-z]+)\}", body):
        command, name = match[1], match[2].lower()
        if command == "field" and (value := group(body, match.end())) is not None:
            fields[name] = body[value[0] : value[1]].replace("\\bibrangedash", "--").replace("-- ", "--")
        elif command == "verb" and name not in fields:
            verbatim = re.compile(r"\s*\\verb ([^\n]*)").match(body, match.end())
            if verbatim is not None:
                fields[name] = verbatim[1].strip()
        elif command == "list" and (value := _second_group(body, match.end())) is not None:
            fields[name] = " and ".join(_groups(body[value[0] : value[1]]))
        elif command == "name" and (value := _last_group(body, match.end())) is not None:
            people = [_person(person) for person in _groups(body[value[0] : value[1]])]
            if any(people):
                fields[name] = " and ".join(person for person in people if person)
    for name in [name for name in fields if name in ("labelalpha", "sortinit", "sortinithash", "extradate")]:
        del fields[name]
    known = {"location": "location", "institution": "institution", "publisher": "publisher", "language": "language"}
    written = "".join(f"  {known.get(name, name)} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{written}}}\n"


def _second_group(text: str, position: int) -> tuple[int, int] | None:
    count = group(text, position)
    return group(text, count[1] + 1) if count is not None else None


def _last_group(text: str, position: int) -> tuple[int, int] | None:
    found = None
    for _ in range(3):
        following = group(text, position, 200_000)
        if following is None:
            break
        found, position = following, following[1] + 1
    return found


def _groups(text: str) -> list[str]:
    found, position = [], 0
    while (inner := group(text, position, 200_000)) is not None:
        found.append(text[inner[0] : inner[1]])
        position = inner[1] + 1
    return found


def _person(text: str) -> str:
    """``{hash=…}{family={Ode}, given={Ann}}`` → ``Ode, Ann``."""
    parts: dict[str, str] = {}
    for match in re.finditer(r"\b(family|given|prefix|suffix)\s*=\s*", text):
        value = group(text, match.end())
        if value is not None:
            parts[match[1]] = text[value[0] : value[1]].replace("\\bibnamedelima", " ").replace("\\bibnamedelimb", " ")
    family = " ".join(part for part in (parts.get("prefix"), parts.get("family")) if part)
    if not parts.get("given"):
        return f"{{{family}}}" if family else ""
    return ", ".join(part for part in (family, parts.get("suffix"), parts["given"]) if part)


def _read_citing(source: SourceText, text: str) -> Document:
    """A document that cites: the entries of its .bib files, those that are cited, by included file."""
    if source.name == STANDARD_INPUT or not Path(source.place).is_file():
        message = "The document has no list of references, and its .bib file cannot be found from here."
        finding = Finding("no-list", message, Span(source.name, 1), "Name the file, or its .bib file.", "error")
        return Document(source.name, "", findings=(*source.findings, finding))
    path = Path(source.place)
    cited = LatexProject(path).read()
    folder = path.parent
    databases = Databases(folder, str(PurePosixPath(source.name).parent))
    findings = [*source.findings, *databases.placed(cited.findings)]
    libraries: dict[Path, Path] = {}
    for name in cited.databases:
        file = folder / (name if name.endswith(".bib") else f"{name}.bib")
        if is_file(file):
            libraries.setdefault(file.resolve(), file)
        else:
            message = f"{databases.name(file)} does not exist."
            findings.append(Finding("no-bib-file", message, Span(source.name, 1), "Check the name."))
    known = {key for _, keys in cited.chapters for key in keys}
    groups = [*cited.chapters, ("", tuple(key for key in cited.keys if key not in known))]
    chapters = []
    for number, (name, keys) in enumerate(groups):
        own = folder / f"{name}.tex" if name else path
        title, line = _title_of(own, text)
        asked = DocumentCitations(folder, databases=libraries, files={path: path})
        asked.places = [CitedPlace(key, own, line) for key in keys]
        asked.everything = cited.everything != frozenset() and not name
        items, missing = databases.items_of(asked)
        findings += missing
        if asked.everything:
            items = [(item, place) for item, place in items if item.citation_key not in known]
        if items:
            span = Span(databases.name(own) if name else source.name, line)
            chapters.append(Chapter(number + 1 if name else None, title, span, items=tuple(item for item, _ in items)))
    return Document(source.name, chapters[0].title if chapters else "", tuple(chapters), findings=tuple(findings))


def _title_of(path: Path, text: str) -> tuple[str, int]:
    content = path.read_text("utf-8", "replace") if path.is_file() else text
    match = re.search(r"\\(?:chapter|section|title)\*?\s*(?=[\[{])", content)
    title = group(content, after_options(content, match.end())) if match else None
    if match is None or title is None:
        return path.stem, 1
    return to_unicode(content[title[0] : title[1]]), content.count("\n", 0, match.start()) + 1
