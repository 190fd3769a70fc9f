"""Citations in Markdown, reStructuredText, Org, Typst and notebooks: where the keys stand.

Markdown is pandoc's, with what Quarto and MyST add: ``[@key, p. 3; @other]``, ``-@key``, ``@{key}``,
``{cite:t}`key,other```, and LaTeX commands. Quarto's and pandoc-crossref's ``@fig-one``, ``@tbl:two`` are references
to figures and tables, not citations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final, Literal

from dl4es_bib.identify.citations.arguments import Span
from dl4es_bib.identify.citations.indented import indented_code
from dl4es_bib.identify.citations.notebook import markdown_cells
from dl4es_bib.identify.citations.rename_latex import key_spans
from dl4es_bib.identify.citations.typst import typst_databases, typst_spans
from dl4es_bib.identify.front_matter import FRONT_MATTER

MarkupKind = Literal["markdown", "rst", "org", "notebook", "typst"]

_SUFFIXES: Final[dict[str, MarkupKind]] = {
    ".md": "markdown", ".markdown": "markdown", ".qmd": "markdown", ".rmd": "markdown", ".mdown": "markdown",
    ".rst": "rst", ".org": "org", ".ipynb": "notebook", ".typ": "typst",
}  # fmt: skip

#: pandoc's manual, "Citation syntax": a key begins with a letter, digit or _ and holds single punctuation inside.
_PANDOC = re.compile(
    r"(?<![\w@.\\/])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>[^\W](?:[\w]|[:.#$%&+?<>~/-](?=\w))*)|(?P<all>\*))"
)
#: What mdBook's preprocessor for bibliographies reads: ``{{#cite key}}`` and ``@@key``.
_MDBOOK = re.compile(
    r"\{\{\s{0,9}#cite[a-z]{0,9}\s{1,9}(?P<cite>[^\s{}]{1,200})\s{0,9}\}\}"
    r"|(?<![\w@.\\/])@@(?P<at>\w[\w:.-]{0,199}(?<![:.-]))"
)
#: Quarto's and pandoc-crossref's prefixes of references inside the document.
_CROSS_REFERENCE = re.compile(
    r"(?i:fig|tbl|lst|tip|nte|wrn|imp|cau|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|sec|eq|eqn)[-:]"
)
_ROLE = re.compile(
    r"\{(?:foot|full)?(?:full)?cite(?::[a-zA-Z*]+)*\}`(?P<myst>[^`\n]*)`"
    r"|:(?:foot)?cite(?::[a-zA-Z*]+)*:`(?P<rst>[^`]*)`"
)
_ROLE_KEY = re.compile(r"\{[^{}]*\}|[^\s,;{}]+")
_ORG = re.compile(r"\[cite(?:/[A-Za-z/_-]+)?:(?P<cite>[^\[\]]*)\]|(?<![\w@])[a-zA-Z]*cite[a-zA-Z]*:(?P<ref>[^\s\[\]]+)")
_ORG_KEY = re.compile(r"@(?P<key>[^\s;,\]]+)")
_REF_KEY = re.compile(r"&?(?P<key>[\w:.+/-]*\w)")

_MD_PASSED = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\r\n]*$|(?P<ticks>`+)|<!--|(?<!\\)\\begin\s*\{verbatim\}", re.M
)
#: MyST's directives whose content is text, not code (MyST's and Sphinx's reference of directives).
_TEXT_DIRECTIVE = re.compile(
    r"[ ]{0,3}[`~]{3,}[ \t]*\{(?:note|warning|tip|important|hint|caution|danger|error|attention|seealso|admonition|"
    r"dropdown|margin|sidebar|aside|topic|figure|table|list-table|epigraph|pull-quote|highlights|blockquote|details|"
    r"toggle|div|grid[a-z-]*|card[a-z-]*|tab-[a-z]+|tabbed|glossary|footnote|abstract|exercise[a-z-]*|solution[a-z-]*|"
    r"(?:proof|prf):[a-z]+)\}"
)
#: Where a link leads, an address, a tag of HTML with attributes.
_ADDRESS = re.compile(
    r"\]\((?:<[^<>\n]{0,2000}+>|[^()\s<>]{1,2000}+)|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]{0,2000}+>"
    r"|<[A-Za-z][^<>@=]{0,500}+=[^<>]{0,2000}+>|(?<!\w)https?://[^\s<>()\[\]{}\"]{1,2000}+"
)
_ORG_PASSED = re.compile(r"(?im)^[ \t]*#\+begin_(?P<block>src|example|comment)\b|^[ \t]*# [^\n]*|(?P<mark>[=~])(?=\S)")
#: sphinxcontrib-bibtex: what stands before the keys of a bibliography, so that two documents may list one work.
_KEY_PREFIX = re.compile(r"(?m)^[ \t]*:keyprefix:[ \t]*(\S{1,100})[ \t]*$")
_BIBLIOGRAPHY = re.compile(r"(?m)^bibliography:(?P<one>[^\n]*)(?P<more>(?:\n[ \t]*-[ \t][^\n]*)*)")
_DIRECTIVE = re.compile(r"(?m)^[ \t]*(?:\.\. bibliography::|```\{bibliography\}|#\+bibliography:)([^\n]*)", re.I)


def markup_kind(name: str) -> MarkupKind | None:
    """Which kind of markup a file holds, by its name."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def keys_in_markup(text: str, kind: MarkupKind) -> Iterator[str]:
    """The keys that a document cites, in order; ``*`` when it asks for all entries (``nocite: "@*"``)."""
    if kind == "notebook":
        for pieces in markdown_cells(text):
            yield from keys_in_markup("".join(piece.text for piece in pieces), "markdown")
        return
    for start, end in markup_spans(text, kind):
        yield text[start:end]


def databases_in_markup(text: str, kind: MarkupKind) -> tuple[str, ...]:
    """The .bib files that a document names: in its front matter, or where its bibliography stands."""
    names: list[str] = []
    front = FRONT_MATTER.match(text) if kind == "markdown" else None
    if front is not None:
        for match in _BIBLIOGRAPHY.finditer(front[1]):
            listed = re.findall(r"\n[ \t]*-([^\n]+)", match["more"])
            names += listed or match["one"].strip().strip("[]").split(",")
    if kind == "typst":
        names += typst_databases(text)
    for match in _DIRECTIVE.finditer(text) if kind != "typst" else ():
        names += match[1].split()
    cleaned = (name.strip().strip("\"'") for name in names)
    return tuple(dict.fromkeys(name for name in cleaned if name))


def plain_spans(text: str) -> Iterator[Span]:
    """Where keys of pandoc's citations stand in a text without markup; addresses are passed over."""
    if "@" in text:
        passed = [match.span() for match in _ADDRESS.finditer(text)]
        yield from _visible(text, sorted(_pandoc(text)), passed)


def code_spans(text: str) -> list[Span]:
    """Where code and comments of Markdown stand."""
    return list(_passed_in_markdown(text))


def markup_spans(text: str, kind: MarkupKind) -> Iterator[Span]:
    """Where keys stand that a text cites, in order."""
    match kind:
        case "rst":
            yield from _roles(text)
        case "typst":
            yield from typst_spans(text)
        case "org":
            yield from _visible(text, sorted(set(_org(text))), list(_passed_in_org(text)))
        case _:
            passed = _merged([*_passed_in_markdown(text), *_not_text(text)])
            roles = list(_roles(text))
            spans = {*_pandoc(text), *key_spans(text)}
            # A role of MyST has its keys in backticks.
            code = [span for span in passed if text[span[0]] != "`" or text.startswith("```", span[0])]
            yield from sorted({*_visible(text, sorted(spans), passed), *_visible(text, roles, code)})


def _visible(text: str, spans: list[Span], passed: list[Span]) -> Iterator[Span]:
    starts = [start for start, _ in passed]
    for start, end in spans:
        index = bisect_right(starts, start) - 1
        if index < 0 or passed[index][1] <= start:
            yield start, end


def _pandoc(text: str) -> Iterator[Span]:
    for match in _PANDOC.finditer(text):
        name = match.lastgroup or "bare"
        if _CROSS_REFERENCE.match(match[name]) is None:
            yield match.span(name)
    for match in _MDBOOK.finditer(text):
        yield match.span(match.lastgroup or "cite")


def _roles(text: str) -> Iterator[Span]:
    prefixes = sorted(set(_KEY_PREFIX.findall(text)), key=len, reverse=True)
    for match in _ROLE.finditer(text):
        name = "myst" if match["myst"] is not None else "rst"
        for key in _ROLE_KEY.finditer(text, *match.span(name)):
            if not key[0].startswith("{"):
                prefix = next((given for given in prefixes if key[0].startswith(given)), "")
                yield key.start() + len(prefix), key.end()


def _org(text: str) -> Iterator[Span]:
    for match in _ORG.finditer(text):
        name, pattern = ("cite", _ORG_KEY) if match["cite"] is not None else ("ref", _REF_KEY)
        for key in pattern.finditer(text, *match.span(name)):
            yield key.span("key")


def _passed_in_org(text: str) -> Iterator[Span]:
    position = 0
    while (found := _ORG_PASSED.search(text, position)) is not None:
        end = found.end()
        if found["block"]:
            closing = re.compile(rf"(?im)^[ \t]*#\+end_{found['block']}\b").search(text, end)
            end = closing.end() if closing else len(text)
        elif found["mark"]:
            line_end = text.find("\n", end)
            closing_at = text.find(found["mark"], end + 1, line_end if line_end >= 0 else len(text))
            end = closing_at + 1 if closing_at >= 0 else end
        yield found.start(), end
        position = max(end, found.start() + 1)


def _passed_in_markdown(text: str, position: int = 0, stop: int | None = None, depth: int = 0) -> Iterator[Span]:
    stop, unclosed = len(text) if stop is None else stop, set[str]()
    while (found := _MD_PASSED.search(text, position, stop)) is not None:
        end = found.end()
        if found["fence"]:
            closing = re.compile(rf"^[ ]{{0,3}}{re.escape(found['fence'])}[`~]*[ \t]*$", re.M).search(text, end, stop)
            if depth < 20 and _TEXT_DIRECTIVE.match(found[0]) is not None:
                yield from _passed_in_markdown(text, end, closing.start() if closing else stop, depth + 1)
                position = closing.end() if closing is not None else stop
                continue
            end = closing.end() if closing is not None else stop
        elif found["ticks"]:
            ticks = found["ticks"]
            closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, end, stop) if ticks not in unclosed else None
            if closing is None:
                unclosed.add(ticks)
            end = closing.end() if closing is not None else end
        elif found[0] == "<!--":
            end = _after(text, "-->", end)
        else:
            end = _after(text, "\\end{verbatim}", end)
        yield found.start(), end
        position = end


def _not_text(text: str) -> Iterator[Span]:
    """Addresses, attributes of HTML, and indented code: where an ``@`` begins no citation."""
    if "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        if "@" in match[0]:
            yield match.span()
    yield from indented_code(text)


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order; what lies within one or overlaps it is one with it."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _after(text: str, mark: str, position: int) -> int:
    end = text.find(mark, position)
    return end + len(mark) if end >= 0 else len(text)
