"""pandoc's document, as its filters get it → the same with formatted citations and the list of references.

The document is the JSON of pandoc-types: ``pandoc -t json``. What its metadata say counts as in pandoc's own processor
(manual, "Citations"): ``bibliography``, ``references``, ``csl``, ``lang``, ``nocite``, ``link-citations``,
``suppress-bibliography``, ``reference-section-title``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from dl4es_bib.export.pandoc_inlines import Element, Inlines
from dl4es_bib.identify.citations.mentions import Mention, mention_of
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.tasks.cite_metadata import Metadata
from dl4es_bib.tasks.citing import (
    EVERYTHING,
    CitedWorks,
    Database,
    Item,
    capitalized,
    locator_words,
    style_named,
    without_stop,
)

#: The largest document that is read, in bytes of JSON, and how deep its elements may be nested.
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 400
#: A new version of pandoc's document may mean other things.
_VERSION: Final = 1
#: What parts citations that were meant to stand in one pair of brackets with semicolons.
_BETWEEN: Final = ({"t": "Str", "c": ","}, {"t": "Space"}, {"t": "SoftBreak"}, {"t": "Str", "c": "and"})
_STOPS: Final = tuple(".,;:!?")


@dataclass(slots=True)
class _Cite:
    """A citation of the document: where it stands, and in which note."""

    parent: list[Element]
    index: int
    note: int
    is_in_note: bool
    mentions: tuple[Mention, ...] = ()
    is_in_text: bool = False


@dataclass(frozen=True, slots=True)
class CitedPandoc:
    """A document with its citations written.

    Attributes:
        text: the document as JSON.
        missing: keys that no bibliography has.
        messages: what formatting found, sentences.
    """

    text: str
    missing: tuple[str, ...]
    messages: tuple[str, ...] = field(default=())


def cite_pandoc(data: bytes, libraries: Sequence[Path] = (), default_style: str = "chicago-author-date") -> CitedPandoc:
    """Write the citations of a document of pandoc.

    Arguments:
        data: JSON, as pandoc gives it to a filter.
        libraries: the bibliography of a document that names none.
        default_style: the style of a document that names none.

    Raises:
        UnreadableInput: it is no document of pandoc, too large or too deep, or a bibliography cannot be read.
        UsageError: there is no such style or language.
    """
    document = _document(data)
    metadata = Metadata(document["meta"])
    style = style_named(metadata.text("csl") or metadata.text("citation-style") or default_style)
    language = metadata.text("lang")
    inlines = Inlines()
    found = list(_cites(document, is_note=style.is_note))
    labels = locator_words(style, language)
    for cite in found:
        _read(cite, inlines, labels)
    named = metadata.paths("bibliography")
    records = metadata.records("references")
    if found and not named and not records and not libraries:
        raise UsageError(
            "The document cites, and names no bibliography. Say where its references are: 'bibliography: refs.bib' in "
            "the metadata, or pandoc --metadata bibliography=refs.bib."
        )
    extra = metadata.cited("nocite")
    keys = [mention.key for cite in found for mention in cite.mentions]
    links = metadata.is_set("link-citations")
    database = Database(named or ([] if records else list(libraries)), records)
    works = CitedWorks(database, style, language, keys, extra, entry_links=links)
    _write(found, works, inlines)
    if not metadata.is_set("suppress-bibliography"):
        _list(document["blocks"], works, inlines, metadata.inlines("reference-section-title"))
    missing = tuple(key for key in works.missing if key != EVERYTHING)
    return CitedPandoc(
        json.dumps(document, ensure_ascii=False, separators=(",", ":")),
        missing,
        tuple(str(finding) for finding in works.findings),
    )


def _document(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise UnreadableInput(f"The document has more than {MAX_BYTES // 2**20} MB of JSON. Split it into several.")
    try:
        document = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else "it is no JSON"
        raise UnreadableInput(
            f"Standard input is no document of pandoc: {reason}. Run it as 'pandoc --filter dl4es-bib-citeproc'."
        ) from None
    is_document = isinstance(document, dict) and isinstance(document.get("blocks"), list)
    version = document.get("pandoc-api-version") if is_document else None
    if not isinstance(version, list) or not isinstance(document.get("meta"), dict):
        raise UnreadableInput(
            "Standard input is JSON, and no document of pandoc: it has no 'blocks', 'meta' and 'pandoc-api-version'. "
            "Run it as 'pandoc --filter dl4es-bib-citeproc'."
        )
    if version[:1] != [_VERSION]:
        shown = ".".join(str(part)[:10] for part in version[:4])
        raise UnreadableInput(f"The document has version {shown} of pandoc's format; known is {_VERSION}.")
    return dict(document)


def _cites(document: Mapping[str, Any], *, is_note: bool) -> Iterator[_Cite]:
    """The citations in the order in which a reader meets them.

    Notes of the document and, in a style of notes, citations outside of them are counted together.

    Raises:
        UnreadableInput: it is nested too deep.
    """
    notes = 0
    metadata = [value for name, value in document["meta"].items() if name not in ("nocite", "references")]
    # What is still to be looked at: the list that holds it, its place, the note it is in, how deep it is.
    stack: list[tuple[Any, int, int, int]] = [
        (part, place, 0, 0) for part in (document["blocks"], metadata) for place in range(len(part) - 1, -1, -1)
    ]
    while stack:
        holder, place, note, depth = stack.pop()
        element = holder[place]
        if depth > MAX_DEPTH:
            raise UnreadableInput(f"The document is nested more than {MAX_DEPTH} deep, so it was not read.")
        if isinstance(element, dict):
            kind, content = element.get("t"), element.get("c")
            if kind == "Cite" and isinstance(content, list) and len(content) == 2:
                number = note
                if is_note and not note:
                    notes += 1
                    number = notes
                yield _Cite(holder, place, number, bool(note))
                continue
            if kind == "Note":
                notes += 1
                note = notes
            element = list(content.values()) if isinstance(content, dict) else content
        if isinstance(element, list):
            stack += [(element, inner, note, depth + 1) for inner in range(len(element) - 1, -1, -1)]


def _read(cite: _Cite, inlines: Inlines, labels: Mapping[str, str]) -> None:
    """Take what pandoc found in a citation."""
    mentions: list[Mention] = []
    for part in _parts(cite.parent[cite.index]["c"][0]):
        mode = part.get("citationMode")
        name = mode.get("t") if isinstance(mode, dict) else ""
        prefix, suffix = part.get("citationPrefix"), part.get("citationSuffix")
        mentions.append(
            mention_of(
                inlines.csl(prefix) if isinstance(prefix, list) else "",
                str(part.get("citationId", "")),
                inlines.csl(suffix) if isinstance(suffix, list) else "",
                labels,
                no_author=name == "SuppressAuthor",
            )
        )
        cite.is_in_text = cite.is_in_text or (name == "AuthorInText" and len(mentions) == 1)
    cite.mentions = tuple(mentions)


def _parts(parts: object) -> Iterator[Element]:
    """The works of a citation; one that stands in the words behind another is one of them ("[@a, @b]")."""
    for part in parts if isinstance(parts, list) else ():
        if not isinstance(part, dict):
            continue
        suffix = part.get("citationSuffix")
        words: list[Element] = []
        inner: list[Element] = []
        for element in suffix if isinstance(suffix, list) else ():
            is_cite = isinstance(element, dict) and element.get("t") == "Cite"
            (inner if is_cite or inner else words).append(element)
        if not inner:
            yield part
            continue
        while words and words[-1] in _BETWEEN:
            words.pop()
        yield {**part, "citationSuffix": words}
        for element in inner:
            content = element.get("c")
            if element.get("t") == "Cite" and isinstance(content, list) and isinstance(content[0], list):
                yield from (
                    {**each, "citationMode": {"t": "NormalCitation"}} for each in content[0] if isinstance(each, dict)
                )


def _write(found: Sequence[_Cite], works: CitedWorks, inlines: Inlines) -> None:
    """Write every citation into the document."""
    written = works.citation_runs([_items(cite, works) for cite in found])
    seen: set[str] = set()
    # A list in which something is taken out or put in is changed from its end, so that places hold.
    moved: list[_Cite] = []
    for cite, runs in zip(found, written, strict=True):
        element = cite.parent[cite.index]
        if works.is_note and cite.is_in_note and cite.index + 1 < len(cite.parent):
            runs = without_stop(runs)
        content = inlines.of(runs)
        if works.is_note and not cite.is_in_note:
            note = {"t": "Note", "c": [{"t": "Para", "c": content}]}
            key = cite.mentions[0].key if cite.mentions else ""
            authors = inlines.of(works.authors(key, is_first=key not in seen)) if cite.is_in_text else []
            content = [*authors, note]
            moved.append(cite)
        seen.update(mention.key for mention in cite.mentions)
        element["c"] = [element["c"][0], content]
    for cite in reversed(moved):
        _move(cite)


def _items(cite: _Cite, works: CitedWorks) -> list[Item]:
    items: list[Item] = []
    for place, mention in enumerate(cite.mentions):
        more: dict[str, object] = {"note_number": cite.note} if cite.note else {}
        if works.is_note and not cite.is_in_note and not place:
            mention = replace(mention, prefix=capitalized(mention.prefix))
        if cite.is_in_text and not place and not (works.is_note and cite.is_in_note):
            more["suppress_author" if works.is_note else "narrative"] = True
        items.append(works.item(mention, **more))
    return items


def _move(cite: _Cite) -> None:
    """Put a note close to the word before it, and behind the punctuation that follows."""
    parent, index = cite.parent, cite.index
    content = parent[index]["c"][1]
    following = parent[index + 1] if index + 1 < len(parent) else {}
    text = following.get("c") if isinstance(following, dict) and following.get("t") == "Str" else None
    if isinstance(text, str) and text[:1] in _STOPS:
        content.insert(len(content) - 1, {"t": "Str", "c": text[0]})
        if text[1:]:
            parent[index + 1] = {"t": "Str", "c": text[1:]}
        else:
            del parent[index + 1]
    before = parent[index - 1] if index else None
    if not cite.is_in_text and isinstance(before, dict) and before.get("t") in ("Space", "SoftBreak"):
        del parent[index - 1]


def _list(blocks: list[Element], works: CitedWorks, inlines: Inlines, title: list[Element]) -> None:
    """Put the list of references into the element with the id ``refs``, or at the end."""
    from dl4es_bib.csl.output.runs import anchor

    entries: list[Element] = [
        {"t": "Div", "c": [[anchor(entry.key), ["csl-entry"], []], [{"t": "Para", "c": inlines.of(runs)}]]}
        for entry, runs in works.references.runs_of(works.section)
    ]
    if not entries:
        return
    listed = works.references.style.element.bibliography
    classes = ["references", "csl-bib-body"]
    if listed is not None and listed.hanging_indent:
        classes.append("hanging-indent")
    place = next(_divisions(blocks), None)
    if place is not None:
        place["c"] = [["refs", list(dict.fromkeys((*place["c"][0][1], *classes))), place["c"][0][2]],
                      [*place["c"][1], *entries]]  # fmt: skip
        return
    if title:
        blocks.append({"t": "Header", "c": [1, ["bibliography", ["unnumbered"], []], title]})
    blocks.append({"t": "Div", "c": [["refs", classes, []], entries]})


def _divisions(blocks: list[Element]) -> Iterator[Element]:
    """Elements with the id ``refs`` that can hold blocks."""
    stack = list(reversed(blocks))
    while stack:
        element = stack.pop()
        if not isinstance(element, dict) or element.get("t") != "Div":
            continue
        content = element.get("c")
        if not (isinstance(content, list) and len(content) == 2 and isinstance(content[0], list)):
            continue
        attributes, inner = content
        if len(attributes) == 3 and attributes[0] == "refs" and isinstance(inner, list):
            yield element
        stack += reversed(inner if isinstance(inner, list) else [])
