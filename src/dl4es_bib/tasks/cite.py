"""A Markdown document with citation keys → the same document with formatted citations and its bibliography."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dl4es_bib.bib.joined import joined
from dl4es_bib.csl.output import escape_markdown
from dl4es_bib.disk.source import load
from dl4es_bib.identify.citations.clusters import Cluster, Mention, clusters, nocite
from dl4es_bib.identify.citations.markup import markup_kind
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.files import read_bibs
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.tasks.convert import style_errors_told
from dl4es_bib.works.people import credited

if TYPE_CHECKING:
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import Section

#: Where pandoc puts the list of references, too (manual, "Placement of the bibliography").
_PLACE: Final = re.compile(
    r"(?m)^(?P<open>:{3,}[ \t]*\{[^}\n]{0,200}#refs[^}\n]{0,200}\}[ \t]*\n)(?:(?!:{3}).*\n){0,200}(?=:{3})"
)
#: A heading for the list at the end of the document, with nothing below it.
_HEADING: Final = re.compile(r"#{1,6}[ \t]+[^\n]")
_FOOTNOTE: Final = re.compile(r"\[\^[^\]\n]{1,100}\]:")
_TITLE: Final = "References"
#: People that a sentence names; of more the first and "et al.".
_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class CitedText:
    """A document with its citations written.

    Attributes:
        text: the document.
        citations: how many it has.
        references: how many works are listed.
        missing: keys that the library does not have, which stand in the text with a question mark.
        findings: what formatting found, and where missing keys stand.
    """

    text: str
    citations: int
    references: int
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def cite_document(name: str, libraries: Sequence[Path], *, style: str, locale: str = "") -> CitedText:
    """Write the citations of a Markdown document and its bibliography.

    Arguments:
        name: the document.
        libraries: the .bib files, which are one database.
        style: a CSL style; one of notes makes footnotes.
        locale: the language of terms; empty for the style's own.

    Raises:
        UnreadableInput: the document or a library cannot be read, or is no Markdown.
        UsageError: there is no such style or locale.
    """
    if markup_kind(name) != "markdown":
        raise UnreadableInput(
            f"{name} is no Markdown. Citations are written in .md, .qmd and .Rmd; for LaTeX use biblatex with 'latex'."
        )
    text = load(name).text
    found = clusters(text)
    bibfile = joined(read_bibs(libraries))
    library = Library(bibfile, Lock())
    named = [mention.key for cluster in found for mention in cluster.mentions]
    extra = list(nocite(text))
    keys = {key: entry.key for key in (*named, *extra) if (entry := bibfile.find(key)) is not None}
    listed = list(dict.fromkeys(keys[key] for key in (*named, *extra) if key in keys))
    if "*" in extra:
        listed = list(dict.fromkeys((*listed, *(entry.key for entry in bibfile.entries))))
    references, section = _references(library, listed, style, locale)
    is_note = references.style.is_note
    items = [[_item(mention, cluster, keys, is_note=is_note) for mention in cluster.mentions] for cluster in found]
    written = references.citations(items, "markdown")
    pieces, notes, position = [], [], 0
    for cluster, citation in zip(found, written, strict=True):
        before = text[position : cluster.start]
        author = _author(cluster, keys, library) if is_note else ""
        position = cluster.end
        if is_note and not _is_in_note(text, cluster.start):
            notes.append(citation)
            mark = f"[^cite-{len(notes)}]"
            if not author:
                # A note stands close to the words before it, and behind the punctuation.
                before = before.rstrip(" \n") if not before.endswith("\n\n") else before
                stop = text[position : position + 1] if text[position : position + 1] in tuple(".,;:") else ""
                position += len(stop)
                mark = stop + mark
            pieces += [before, author, mark]
        else:
            pieces += [before, f"{author} {citation}".strip()]
    body = "".join([*pieces, text[position:]])
    bibliography = [entry for _, entry in references.of(section, "markdown")]
    missing = tuple(dict.fromkeys(key for key in (*named, *extra) if key not in keys and key != "*"))
    return CitedText(
        _with_list(body, bibliography, notes),
        len(found),
        len(bibliography),
        missing,
        (*_told(found, keys, text, name), *references.findings),
    )


def _references(library: Library, keys: Sequence[str], style: str, locale: str) -> tuple[References, Section]:
    from dl4es_bib import csl
    from dl4es_bib.export.references import References
    from dl4es_bib.export.section import ExportEntry, Section

    works = library.works(keys)
    section = Section(_TITLE, entries=tuple(ExportEntry(key, works[key]) for key in keys if key in works))
    with style_errors_told():
        return References(csl.Style.load(style), locale, [section]), section


def _item(mention: Mention, cluster: Cluster, keys: Mapping[str, str], *, is_note: bool) -> dict[str, object]:
    """A mention as citeproc has it."""
    item: dict[str, object] = {"id": keys.get(mention.key, mention.key)}
    if mention.locator:
        item |= {"locator": mention.locator, "label": mention.label}
    if mention.prefix:
        item["prefix"] = mention.prefix + " "
    if mention.suffix:
        item["suffix"] = mention.suffix if mention.suffix[0] in ",;:." else f" {mention.suffix}"
    if cluster.in_sentence and mention is cluster.mentions[0]:
        # In a style of notes the sentence names the author, and the note does not repeat them.
        item["suppress-author" if is_note else "narrative"] = True
    elif mention.no_author:
        item["suppress-author"] = True
    return item


def _author(cluster: Cluster, keys: Mapping[str, str], library: Library) -> str:
    """Whom the sentence names beside a note: by family names, as a note style has them in full in the note only."""
    if not cluster.in_sentence or cluster.mentions[0].key not in keys:
        return ""
    key = keys[cluster.mentions[0].key]
    work = library.works([key])[key]
    names = [name.literal or name.whole_family for name in credited(work)] or [work.title]
    shown = f"{names[0]} et al." if len(names) > _NAMED or work.et_al else " and ".join(names)
    return escape_markdown(shown)


def _is_in_note(text: str, position: int) -> bool:
    """Whether a place stands in a footnote already, in which there can be no other."""
    line = text.rfind("\n", 0, position) + 1
    return _FOOTNOTE.match(text, line) is not None or text.rfind("^[", line, position) > text.rfind("]", line, position)


def _with_list(text: str, bibliography: Sequence[str], notes: Sequence[str]) -> str:
    """The document with its list where it wants it, or at the end; notes come last."""
    listed = "\n\n".join(bibliography)
    if bibliography:
        place = _PLACE.search(text)
        if place is not None:
            text = f"{text[: place.end('open')]}{listed}\n{text[place.end() :]}"
        else:
            text = text.rstrip()
            heading = "" if _HEADING.match(text, text.rfind("\n") + 1) else f"## {_TITLE}\n\n"
            text = f"{text}\n\n{heading}{listed}\n"
    if notes:
        definitions = "\n\n".join(f"[^cite-{number}]: {note}" for number, note in enumerate(notes, start=1))
        text = f"{text.rstrip()}\n\n{definitions}\n"
    return text


def _told(found: Sequence[Cluster], keys: Mapping[str, str], text: str, name: str) -> list[Finding]:
    findings, line, position = [], 1, 0
    for cluster in found:
        line += text.count("\n", position, cluster.start)
        position = cluster.start
        findings += [
            Finding("cite/missing", f"cites {mention.key}, which the library does not have.", Span(name, line))
            for mention in cluster.mentions
            if mention.key not in keys
        ]
    return findings
