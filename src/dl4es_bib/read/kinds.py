"""How the content of a source shows what kind it is.

Every function takes a source and says how sure its content makes us: see :class:`Evidence`. Only the start of a
source is looked at, so that the answer costs the same for a large file as for a small one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from typing import Final

from dl4es_bib.disk.source import SourceText

#: As many characters of a source as are looked at.
LOOK_AT: Final = 20_000
_ENTRY: Final = re.compile(r"@[ \t]{0,9}[A-Za-z]{2,40}[ \t]{0,9}[{(]")
_RECORD_FIELD: Final = re.compile(r"[\"'](?:type|id|title|DOI|issued|author|citation-key)[\"']\s{0,9}:")
_NO_RECORDS: Final = re.compile(r"[\"'](?:nbformat|cells|\$schema|dependencies|openapi)[\"']\s{0,9}:")
_MARKUP: Final = re.compile(r"^(?:#{1,6} |[*+-] |\d{1,4}[.)] |>|```|~~~|\|)|\]\((?:https?:|#)|\*\*[^*\n]", re.M)

_MARKDOWN_NAMES: Final = (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd")


class Evidence(IntEnum):
    """How sure the content of a source makes us of its kind."""

    #: Nothing speaks for it.
    NONE = 0
    #: It may be. The name of the file decides, and without a telling name the first row that is possible.
    POSSIBLE = 1
    #: No other kind looks so. It wins over the name of the file.
    CERTAIN = 2


Recognise = Callable[[SourceText], Evidence]


def never(source: SourceText) -> Evidence:
    """The content does not tell; only a name does."""
    return Evidence.NONE


def always(source: SourceText) -> Evidence:
    """Any text may be of this kind."""
    return Evidence.POSSIBLE if source.is_text else Evidence.NONE


def begins(pattern: str, evidence: Evidence = Evidence.CERTAIN) -> Recognise:
    """The evidence that a text gives when it begins with a pattern, blank space aside; letter case does not count."""
    compiled = re.compile(pattern, re.I)

    def recognise(source: SourceText) -> Evidence:
        return evidence if compiled.match(source.text[:LOOK_AT].lstrip()) else Evidence.NONE

    return recognise


def holds(pattern: str, times: int = 1, evidence: Evidence = Evidence.CERTAIN) -> Recognise:
    """The evidence that a text gives when its start holds a pattern some times; ``^`` begins a line."""
    compiled = re.compile(pattern, re.I | re.M)

    def recognise(source: SourceText) -> Evidence:
        found = compiled.finditer(source.text[:LOOK_AT])
        return evidence if all(next(found, None) for _ in range(times)) else Evidence.NONE

    return recognise


def magic(*starts: bytes) -> Recognise:
    """The evidence that the first bytes of a file give."""

    def recognise(source: SourceText) -> Evidence:
        return Evidence.CERTAIN if source.data.startswith(starts) else Evidence.NONE

    return recognise


def bibtex(source: SourceText) -> Evidence:
    """Entries, and hardly a line outside them: BibTeX takes text between entries for a comment.

    In a file that is called Markdown by its name no line may stand outside.
    """
    depth = entries = outside = 0
    for line in source.text[:LOOK_AT].split("\n"):
        stripped = line.strip()
        if depth <= 0:
            depth = 0
            if _ENTRY.match(stripped):
                entries += 1
            elif stripped and not stripped.startswith("%"):
                outside += 1
                continue
            else:
                continue
        depth += line.count("{") - line.count("}") + line.count("(") - line.count(")")
    if not entries:
        return Evidence.NONE
    allowed = 0 if source.name.lower().endswith(_MARKDOWN_NAMES) else entries
    return Evidence.CERTAIN if outside <= allowed else Evidence.NONE


def json_records(source: SourceText) -> Evidence:
    """A JSON list or object with the fields of records."""
    text = source.text[:LOOK_AT].lstrip()
    if not text.startswith(("[", "{")) or _NO_RECORDS.search(text):
        return Evidence.NONE
    if not re.match(r"[\[{]\s{0,99}[\"{\]\[}]", text):
        return Evidence.NONE
    return Evidence.CERTAIN if _RECORD_FIELD.search(text) else Evidence.POSSIBLE


_CSL_YAML: Final = re.compile(
    r"(?:---[^\n]*+\n|#[^\n]*+\n|[ \t]*+\n)*+(?:(?:nocite:[^\n]*\n)?references:[ \t]*\n[ \t]*)?- "
)


def csl_yaml(source: SourceText) -> Evidence:
    """A YAML list of items with CSL's ids and types, alone or under ``references``."""
    text = source.text[:LOOK_AT]
    begins = _CSL_YAML.match(text)
    if begins is None:
        return Evidence.NONE
    typed = re.search(r"^[ \t]*(?:- )?type:[ \t]*[\"']?[a-z_-]+[\"']?[ \t]*$", text, re.M)
    named = re.search(r"^[ \t]*(?:- )?id:[ \t]*\S", text, re.M)
    return Evidence.CERTAIN if typed and named else Evidence.NONE


def hayagriva(source: SourceText) -> Evidence:
    """A YAML mapping of keys to entries with a type: nothing but keys at the beginning of lines."""
    text = source.text[:LOOK_AT]
    top = [line for line in text.split("\n") if line[:1].strip() and not line.startswith(("#", "---"))]
    if not top or not all(re.match(r"[^\s:]+:[ \t]*$", line) for line in top[:-1] or top):
        return Evidence.NONE
    typed = re.findall(r"^[ \t]+type:[ \t]*[\"']?[A-Za-z]+[\"']?[ \t]*$", text, re.M)
    titled = re.search(r"^[ \t]+title:", text, re.M)
    return Evidence.CERTAIN if typed and titled and len(typed) * 4 >= len(top) else Evidence.NONE


def zipped(member: str) -> Recognise:
    """The evidence that a zip file gives by having a member near its beginning, as Word and OpenDocument files do."""

    def recognise(source: SourceText) -> Evidence:
        if not source.data.startswith(b"PK\x03\x04"):
            return Evidence.NONE
        # The directory of a zip file is at its end.
        named = member.encode() in source.data[-65_536:] or member.encode() in source.data[:LOOK_AT]
        return Evidence.CERTAIN if named else Evidence.NONE

    return recognise


_FLAT: Final = re.compile(
    r"<office:document\b[^>]{0,20000}\boffice:mimetype=\"application/vnd\.oasis\.opendocument\.text\""
)


def open_document(source: SourceText) -> Evidence:
    """An OpenDocument text, zipped or as one XML file."""
    if source.is_text and _FLAT.search(source.text[:LOOK_AT]):
        return Evidence.CERTAIN
    return zipped("content.xml")(source)


_LATEX: Final = re.compile(
    r"(?:\s|%[^\n]*+\n|\\(?:newcommand|providecommand|def|let|makeat\w+)\b[^\n]*+\n){0,400}+"
    r"\\(?:documentclass|documentstyle|begin\s*\{(?:thebibliography|document)\}|bibitem|refsection|datalist|sortlist|"
    r"(?:chapter|section)\*?\s*\{)"
)


def latex(source: SourceText) -> Evidence:
    """A LaTeX document, a chapter of one, or a list of references that BibTeX or biber wrote."""
    text = source.text[:LOOK_AT]
    return Evidence.CERTAIN if _LATEX.match(text) or text.startswith("% $ biblatex") else Evidence.NONE


#: What Markdown writes and MediaWiki does not: a link with its address in parentheses, a fence.
_MARKDOWN_LINK: Final = re.compile(r"\]\((?:https?:|[#./\w])|^(?:```|~~~)", re.M)
#: What Markdown writes and reStructuredText does not; there a heading is underlined.
_MARKDOWN_TEXT: Final = re.compile(r"\]\((?:https?:|[#./\w])|^```|^#{1,6} \S", re.M)


def _called_markdown(source: SourceText) -> bool:
    return source.name.lower().endswith(_MARKDOWN_NAMES)


_WIKITEXT: Final = re.compile(
    r"\{\{\s*(?:cite [a-z][^|{}\n]{0,40}\||(?:citation|literatur|ouvrage|article|lien web|cita libro|cita pubblicazione"
    r"|citar livro|книга|cytuj książkę)\s*\||reflist|refbegin)",
    re.I,
)


def wikitext(source: SourceText) -> Evidence:
    """MediaWiki text: templates, inner links and headings between equals signs.

    Markdown writes ``[[code]](address)`` for a link in brackets, and in notes ``[[page]]``: neither is MediaWiki.
    """
    text = source.text[:LOOK_AT]
    if _WIKITEXT.search(text):
        return Evidence.CERTAIN
    headings = len(re.findall(r"^={2,4}[^=\n]{1,200}={2,4}[ \t]*$", text, re.M))
    marks = headings + len(re.findall(r"\[\[[^\]\n]{1,200}\]\](?!\()", text))
    if marks < 4 or _MARKDOWN_LINK.search(text) or (_called_markdown(source) and not headings):
        return Evidence.NONE
    return Evidence.CERTAIN


def rst(source: SourceText) -> Evidence:
    """reStructuredText: directives, or citations between dots and brackets.

    MyST, which is Markdown, may hold both in a fence.
    """
    text = source.text[:LOOK_AT]
    marks = re.findall(r"^\.\. (?:\[[^\]\n]{1,80}\] |[a-z-]{3,40}:: )|^:[a-z]+:`", text, re.M)
    if len(marks) < 2 or (_called_markdown(source) and _MARKDOWN_TEXT.search(text)):
        return Evidence.NONE
    return Evidence.CERTAIN


_HTML: Final = re.compile(
    r"(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)


def html(source: SourceText) -> Evidence:
    """A page of HTML, not a piece of it."""
    return Evidence.CERTAIN if _HTML.match(source.text[:LOOK_AT].lstrip()) else Evidence.NONE


def markdown(source: SourceText) -> Evidence:
    """A heading, list, table, quote, link or bold text as Markdown writes them."""
    return Evidence.POSSIBLE if _MARKUP.search(source.text[:LOOK_AT]) else Evidence.NONE
