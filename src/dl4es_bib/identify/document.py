"""Every item of a document, with what its text and addresses identify."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dl4es_bib.identify.text import identifiers_in_text
from dl4es_bib.identify.url import identifiers_in_url
from dl4es_bib.model.document import Document, Item, Link
from dl4es_bib.model.identifier import Identified, Identifier
from dl4es_bib.model.span import Span


def identified(document: Document) -> Document:
    """A copy whose items and resources carry their identifiers, facts before guesses."""
    chapters = tuple(
        replace(chapter, items=tuple(identified_item(item) for item in chapter.items)) for chapter in document.chapters
    )
    return replace(document, chapters=chapters)


def identified_item(item: Item) -> Item:
    """A copy of one item with identifiers, its own and those of its resources."""
    resources = tuple(
        replace(resource, identifiers=identifiers_of("", resource.links, resource.span)) for resource in item.resources
    )
    own = list(identifiers_of(item.text, item.links, item.span))
    if item.fields is not None:
        own += [Identified(identifier, "text", span=item.span) for identifier in item.fields.identifiers]
    return replace(item, resources=resources, identifiers=_distinct(own))


def identifiers_of(text: str, links: Iterable[Link], span: Span) -> tuple[Identified, ...]:
    """The identifiers of a text and its addresses.

    Addresses are read by their rules; what an address spells is not read from the text a second time.
    """
    found: list[Identified] = []
    pieces: list[str] = []
    position = 0
    for link in links:
        found.extend(identifiers_in_url(link.url, link.span))
        # A link with words does not have its address in the text; the others stand in it in their order.
        written = link.raw or link.url
        start = -1 if link.text else text.find(written, position)
        if start >= 0:
            pieces += [text[position:start], " "]
            position = start + len(written)
    found[:0] = identifiers_in_text("".join(pieces) + text[position:], span)
    return _distinct(found)


def _arxiv_doi(one: Identified) -> Identified | None:
    # arXiv registers 10.48550/arXiv.<id> for every paper, old ones included (arXiv help, "DOIs").
    if one.identifier.kind != "arxiv":
        return None
    doi = Identifier("doi", f"10.48550/arxiv.{one.identifier.value}", f"10.48550/arXiv.{one.identifier.value}")
    return Identified(doi, "rule", "arXiv DOI", one.span)


def _distinct(found: Iterable[Identified]) -> tuple[Identified, ...]:
    kept: dict[Identifier, Identified] = {}
    found = list(found)
    found += [derived for one in found if (derived := _arxiv_doi(one))]
    for one in sorted(found, key=lambda one: one.is_guess):
        kept.setdefault(one.identifier, one)
    return tuple(kept.values())
