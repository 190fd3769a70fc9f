"""Items and outcomes → the works that the library should hold.

A confirmed item is its record, completed by the text; any other is what the text says, marked. Addresses are
entries too: a data set, software, a report or a page, tied to the work they belong to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.identify.agency import belongs_to_datacite
from dl4es_bib.identify.citekey import hint_of
from dl4es_bib.library.keys.key import key_changed, proposed_key, readable, safe_key, unique_key
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.document import Document, Entry, Item, Link, Resource
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.identifier import RECORDED, Identified, Identifier
from dl4es_bib.model.name import Name
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.works.contradictions import normalised, precise, url_identity

#: Chapter index of what stands before the first chapter.
FRONT: Final = -1
_TYPES: Final = (("data", "dataset"), ("code", "software"), ("report", "report"))
_TITLE_LIMIT: Final = 300
#: Identifier → the variable that holds it, for those that name a work by themselves.
VARIABLES: Final = {"doi": "DOI", "arxiv": "arxiv", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}
#: The DOI that every arXiv id has.
_ARXIV_DOI: Final = "10.48550/arxiv."
#: Words beside a bare identifier that are no label.
_NO_LABEL: Final = re.compile(
    r"\b(?:https?://\S*|(?:digital object identifier|doi|arxiv|isbn(?:-?1[03])?|pmid|pmcid|pmc)\b:?)", re.I
)
_SHORTEST_LABEL: Final = 3
#: What an entry says of its work beside its title and year.
_DESCRIBING: Final = (
    "author", "editor", "container-title", "publisher", "edition", "volume", "issue", "page", "article-number",
)  # fmt: skip
#: Look-alikes with which a work is compared at most.
_MAX_LOOK_ALIKES: Final = 50
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing that a document cites: an item itself, one of its addresses, or an entry in front.

    Attributes:
        id: names it within a run.
        chapter: index of its chapter, or :data:`FRONT`.
        text: what the text says of it, on one line.
        span: where.
        work: what the text itself gives.
        identifiers: what text and address identify.
        citation_key: the document's own key.
        is_work: whether it is a work to be found by its text; an address is looked up by identifier only.
        short_title: the title may be a short form of the real one.
        belongs_to: the id of the work it belongs to.
        role: what it is to that work.
        url: for an address, the address.
        entry: the .bib entry that it is, fields as written; ``None`` for other texts.
        is_precise: another text of the document has the same letters and digits (``1(11)``, ``11(1)``), so that it is
            known by its signs as well.
    """

    id: str
    chapter: int
    text: str
    span: Span
    work: Work
    identifiers: tuple[Identified, ...] = ()
    citation_key: str = ""
    is_work: bool = True
    short_title: bool = False
    belongs_to: str = ""
    role: str = ""
    url: str = ""
    entry: Entry | None = None
    is_precise: bool = False

    @property
    def to_resolve(self) -> bool:
        """Whether there is anything a provider could be asked."""
        return self.is_work or any(identifier.identifier.kind in RECORDED for identifier in self.identifiers)

    @property
    def identity(self) -> tuple[str, ...]:
        """How a later run knows it again."""
        if not self.is_work:
            stated = [identifier.identifier for identifier in self.identifiers if not identifier.is_guess]
            found = [f"{one.kind}:{one.value}" for one in stated if one.kind in {"doi", "arxiv"}]
            if not found and not self.url:
                found = [f"{one.kind}:{one.value}" for one in stated]
            return tuple(found) or (f"url:{url_identity(self.url)}",)
        if self.citation_key:
            return (f"key:{self.citation_key}",)
        return (text_identity(self),)


def text_identity(cited: Cited) -> str:
    """What a text is known by in later runs."""
    text = precise(cited.text) if cited.is_precise else normalised(cited.text)
    if not text.strip("| "):
        text = " ".join(cited.text.split())  # a title of signs alone, such as "???": the signs tell works apart
    return f"text:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def text_digest(cited: Cited) -> str:
    """Digest of all that is said of a work: what a person decided about it holds while this stays.

    Signs, letter case and line breaks do not count, nor do fields of an entry that say nothing of the work.
    """
    stated = {found.identifier for found in cited.identifiers if not found.is_guess}
    parts = [normalised(cited.text), *sorted(f"{one.kind}:{one.value}" for one in stated)]
    if cited.entry is not None:
        parts += [normalised(cited.work.text(variable)) for variable in _DESCRIBING] + [str(cited.work.year or "")]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def cited_in(document: Document, *, links: bool = True) -> tuple[Cited, ...]:
    """Everything a document cites, in order; works before the addresses that belong to them.

    Arguments:
        document: with identifiers.
        links: whether plain addresses (no data set, no code, no report) count too.
    """
    found: list[Cited] = []
    for number, entry in enumerate(document.front.entries):
        found.append(_of_entry(entry, f"front-{number}"))
    number = 0
    for index, chapter in enumerate(document.chapters):
        for item in chapter.items:
            found.extend(_of_item(item, f"item-{number}", index, links))
            number += 1
    return _told_apart(found)


def _told_apart(found: Sequence[Cited]) -> tuple[Cited, ...]:
    """Works cited by their text, each known by it alone, whatever order they come in."""
    alike: dict[str, list[int]] = {}
    for number, cited in enumerate(found):
        if cited.is_work:
            alike.setdefault(normalised(cited.text), []).append(number)
    told = list(found)
    for numbers in alike.values():
        if len(numbers) > 1 and len({precise(found[number].text) for number in numbers}) > 1:
            for number in numbers:
                told[number] = replace(found[number], is_precise=True)
    return tuple(told)


def cited_address(url: str, identified: Sequence[Identified], id: str, span: Span) -> Cited:
    """An address by itself as something that is cited.

    Arguments:
        identified: what it identifies, each with this span.
    """
    return _of_link(Link(url, span), identified, id, FRONT, "", "", "")


def _of_entry(entry: Entry, id: str) -> Cited:
    identifiers = tuple(Identified(identifier, "text", span=entry.span) for identifier in entry.work.identifiers)
    return Cited(id, FRONT, entry.work.title, entry.span, entry.work, identifiers, entry.key, entry=entry)


def _of_item(item: Item, id: str, chapter: int, links: bool) -> Iterator[Cited]:
    if item.kind == "reference_stub" and not item.title:
        return  # a key alone says nothing of a work
    parent = ""
    title = item.title or item.label
    own = frozenset[Identifier]()
    named = tuple(_of_identifiers(item, id, chapter))
    if item.kind == "reference_stub" and named and not item.citation_key and not named[0].work.title:
        yield from named  # the words beside the identifiers name their schemes only
    elif item.kind != "resource":
        parent = id
        work = _with_identifiers(item.fields if item.fields is not None else _stub(item), item)
        own = frozenset(identifier for identifier in work.identifiers if identifier.kind in RECORDED)
        yield Cited(
            id,
            chapter,
            # A stub is its title: the citation command beside it says nothing more.
            item.title if item.kind == "reference_stub" else item.text,
            item.span,
            work,
            item.identifiers,
            item.citation_key,
            short_title=item.kind == "reference_stub",
            entry=item.entry,
        )
    else:
        for number, link in enumerate(item.links):
            label = item.label if not number else link.text
            one = _of_link(link, item.identifiers, f"{id}.{number}", chapter, label, item.role, "")
            if links or one.work.type != "webpage":
                yield one
        yield from named
    for count, resource in enumerate(item.resources):
        for number, link in enumerate(resource.links):
            one = _of_resource(resource, link, f"{id}-{count}.{number}", chapter, title)
            if any(found.identifier in own for found in one.identifiers):
                continue  # the reference's own DOI as an address: no second work
            if links or one.work.type != "webpage":
                yield replace(one, belongs_to=parent, role=resource.role)


def _of_identifiers(item: Item, id: str, chapter: int) -> Iterator[Cited]:
    """What a line names by an identifier without an address, such as a bare DOI: one work, or one for each identifier
    where a scheme occurs twice."""
    addresses = {link.span for link in item.links}
    stated = [
        found
        for found in item.identifiers
        if found.identifier.kind in VARIABLES and not found.is_guess and found.span not in addresses
    ]
    named = [found for found in stated if not found.identifier.value.startswith(_ARXIV_DOI)] or stated
    if not named:
        return
    kinds = [found.identifier.kind for found in named]
    works = [tuple(named)] if len(set(kinds)) == len(kinds) else [(found,) for found in named]
    label = item.text
    for found in named:
        label = label.replace(found.identifier.written or found.identifier.value, " ")
    label = _NO_LABEL.sub(" ", label).strip(" -–—:;,.|()[]")
    source = Source("text", item.span.file, span=item.span)
    for number, identifiers in enumerate(works):
        values: dict[str, Value] = {}
        for found in identifiers:
            written = found.identifier.written or found.identifier.value
            values[VARIABLES[found.identifier.kind]] = written + found.identifier.version
        if len(works) == 1 and len(label) >= _SHORTEST_LABEL:
            values["title"] = label[:_TITLE_LIMIT]
        work = Work.of("", values, source)
        yield Cited(f"{id}:{number}", chapter, item.text, item.span, work, identifiers, is_work=False, role=item.role)


def _of_resource(resource: Resource, link: Link, id: str, chapter: int, title: str) -> Cited:
    label = f"{resource.label}: {title}" if resource.label and title else resource.label or title
    return _of_link(link, resource.identifiers, id, chapter, label, resource.role, title)


def _of_link(
    link: Link, identified: Sequence[Identified], id: str, chapter: int, label: str, role: str, context: str
) -> Cited:
    own = tuple(one for one in identified if one.span == link.span)
    repository = next((one.identifier for one in own if one.identifier.kind in {"github", "gitlab"}), None)
    doi = next((one.identifier for one in own if one.identifier.kind == "doi" and not one.is_guess), None)
    kind = next((csl for word, csl in _TYPES if word in role), "webpage")
    if repository:
        kind = "software"
    elif doi and kind == "webpage":
        # DataCite registers data sets in the main; elsewhere a DOI alone says nothing of the type.
        kind = "dataset" if belongs_to_datacite(doi) else ""
    values: dict[str, Value] = {"URL": link.url}
    if repository:
        # Software is cited by the account that publishes it, as the hosts' own "cite this" does.
        owner, _, name = repository.written.partition("/")
        values["author"] = (Name(literal=owner),)
        values["title"] = name
        values["publisher"] = "GitHub" if repository.kind == "github" else "GitLab"
    else:
        values["title"] = (label or re.sub(r"^[a-z]+://(?:www\.)?", "", link.url).rstrip("/"))[:_TITLE_LIMIT]
    if doi:
        values["DOI"] = doi.written
    work = Work.of(kind, values, Source("text", link.span.file, span=link.span))
    text = " ".join(part for part in (label, context) if part)
    return Cited(id, chapter, text, link.span, work, own, is_work=False, role=role, url=link.url)


def _with_identifiers(work: Work, item: Item) -> Work:
    """A work with what the item's links spell out and its text does not: DOI, arXiv id, else an address."""
    source = Source("text", item.span.file, span=item.span)
    for kind, variable in (("doi", "DOI"), ("arxiv", "arxiv")):
        stated = [
            identifier.identifier
            for identifier in item.identifiers
            if identifier.identifier.kind == kind and not identifier.is_guess
        ]
        if len(stated) == 1 and not work.text(variable):
            work = work.with_field(variable, stated[0].written or stated[0].value, source)
    if item.links and not any(work.text(variable) for variable in ("DOI", "arxiv", "URL")):
        work = work.with_field("URL", item.links[0].url, source)
    return work


def _without_resources(text: str, item: Item) -> str:
    """A text without the labels and addresses of data and code, which have entries of their own; they end it."""
    rest = text
    for resource in item.resources:
        for link in resource.links:
            rest = rest.replace(link.url, " ")
        for name in filter(None, (resource.label, resource.role)):
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    if not any(char.isalnum() for char in rest):
        return ""
    for resource in item.resources:
        text = text.replace(f"[{resource.label}]", " ").replace(f"({resource.label})", " ")
    return " ".join(text.split())


def _stub(item: Item) -> Work:
    """A title, what stands beside it, and what its citation key gives away; the key's part is marked as derived."""
    values: dict[str, Value] = {"title": item.title}
    _, found, beside = item.text.partition(item.title) if item.title else ("", "", "")
    if found and not item.citation_key and (note := _without_resources(beside, item).strip(" -–—:;,.|")):
        # "[Title](https://doi.org/…) - Ode et al., Sea Letters 2021": kept until a record says it properly.
        values["note"] = note
        if year := _YEAR.search(note):
            values["issued"] = PartialDate(int(year.group()))
    work = Work.of("", values, Source("text", item.span.file, span=item.span))
    hint = hint_of(item.citation_key) if item.citation_key else None
    if hint:
        derived = Source("rule", "citation key", item.citation_key, span=item.span, confirmed=False)
        surname = hint.surname if not hint.surname.islower() else hint.surname.title()
        work = work.with_field("author", (Name(family=surname),), derived)
        work = replace(work.with_field("issued", PartialDate(hint.year), derived), et_al=True)
    return work


def keyed_works(cited: Sequence[Cited]) -> tuple[tuple[tuple[str, Work], ...], tuple[Finding, ...]]:
    """What is cited as (key, work) pairs without a library: the document's keys, else made ones.

    A key that BibTeX could not read back is changed, and so is one that is there already; both are findings.
    """
    taken: set[str] = set()
    keyed: list[tuple[str, Work]] = []
    findings: list[Finding] = []
    for one in cited:
        wish = one.citation_key or proposed_key(one.work)
        key = unique_key(wish if readable(wish) else safe_key(wish), taken)
        if one.citation_key and key != one.citation_key:
            findings.append(key_changed(one.citation_key, key, one.span))
        taken.add(key.lower())
        keyed.append((key, one.work))
    return tuple(keyed), tuple(findings)
