"""What a line that was taken apart is: a work, a data set or software, with its addresses.

Evidence decides: persons, links to papers, identifiers, the hosts of links, the headings above. A word of the title
does not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.document import Item, ItemKind, Link, Resource
from dl4es_bib.model.work import Field, Source, Value, Work
from dl4es_bib.read.layouts import Laid
from dl4es_bib.read.reference.rules.kinds import kind
from dl4es_bib.read.roles import role_in_words, role_of_host, role_of_name

#: "Radar data" is what papers below it may be about; "Data", "Open data" and "Data sources" are what is listed.
_DATA_TOPIC: Final = re.compile(
    r"\b(?:data ?sets?|datasets?|benchmarks?|databases?)\b|数据集?|"
    r"^[\W\d_]*(?:(?:open|public|free|available|useful|our|sample|training)\s)*data[\W_]*$|"
    r"\b(?:open|public) data\b|"
    r"\bdata (?:for|on|sources?|products?|portals?|repositor(?:y|ies)|catalogues?|catalogs?|cent(?:er|re)s?)\b|"
    r"\bdata (?:and|&|/)|(?:and|&|/) data[\W_]*$"
)
_CODE_TOPIC: Final = re.compile(
    r"\b(?:software|codes?|tools?|toolbox(?:es)?|librar(?:y|ies)|packages?|frameworks?|repositories|implementations?)\b"
)
_OTHERS: Final = re.compile(r"[\W\d_]*(?:others?|misc(?:ellaneous|ellanea)?|sonstiges|autres|otros)[\W\d_]*")


_PAPER_TOPIC: Final = re.compile(
    r"\b(?:papers?|publications?|articles?|references|bibliography|surveys?|reviews?|methods?|theory)\b"
)
_LINK_TOPIC: Final = re.compile(r"\b(?:resources|links|blogs?|courses?|tutorials?|people)\b")


@lru_cache(maxsize=64)
def topic_of(topics: tuple[str, ...]) -> str:
    """What the innermost telling heading lists: ``data``, ``code``, ``data and code``, ``paper``, ``link`` or ""."""
    for topic in reversed(topics):
        lowered = topic.lower()
        if _PAPER_TOPIC.search(lowered):
            return "paper"
        if _LINK_TOPIC.search(lowered) or _OTHERS.fullmatch(lowered):
            return "link"
        data, code = _DATA_TOPIC.search(lowered), _CODE_TOPIC.search(lowered)
        if data and code:
            return "data and code"
        if data or code:
            return "data" if data else "code"
    return ""


def item_of_layout(laid: Laid, base: Item, topics: tuple[str, ...]) -> Item | None:
    """An item of what was read, or ``None`` when nothing shows that it is a work, data or code.

    A name of a person, a link to a paper or an identifier makes a work; a link to a repository of code or data
    without any makes software or a data set.
    """
    topic = topic_of(topics)
    host = role_of_host(laid.title_link.link.url) if laid.title_link else ""
    roles = {resource.role for resource in laid.resources}
    papers = [link for link in laid.links if not laid.title_link or link is not laid.title_link.link]
    if topic == "link":
        papers = [link for link in papers if role_in_words(link.text) == "paper" or role_of_host(link.url) == "paper"]
    has_people = bool(laid.people)
    short = len(laid.title.split()) < 4
    role = ""
    if topic == "link" and not has_people and (not papers or host == "code") and host in ("", "code"):
        return None
    if host == "paper" and topic != "data":
        role = ""
    elif (
        (topic == "data" and not (has_people and not (laid.authors and laid.authors.et_al)) and host != "code")
        or (host == "data")
    ) or (topic == "data" and host == "code" and not has_people):
        role = "data"
    elif (
        host == "code"
        and ((not has_people and (topic == "code" or short or not papers)) or (short and not papers and not laid.year))
    ) or (topic == "code" and host == "" and not has_people and not papers and not (laid.year and laid.venue)):
        role = "code"
    elif not has_people and not papers and host != "paper" and not (laid.year and laid.venue) and not roles & {"code"}:
        return None
    source = Source("text", base.span.file, span=base.span)
    values: dict[str, Value] = {"title": laid.title, "author": laid.people}
    if laid.year:
        values["issued"] = PartialDate(laid.year)
    et_al = bool(laid.authors and laid.authors.et_al)
    if role:
        if laid.publisher and not has_people:
            values["publisher"] = laid.publisher
        fields = Work.of("dataset" if role == "data" else "software", values, source, et_al=et_al)
        own, others = _sorted_links(laid, role)
        return _made(base, "resource", laid.title, role, own, others, fields)
    text: dict[str, str] = dict(laid.numbers)
    if laid.publisher and not laid.venue:
        text["publisher"] = laid.publisher
    if laid.venue and laid.venue.lower().strip(" .") not in ("arxiv", "preprint", "arxiv preprint"):
        text["container-title"] = laid.venue
    for name, value in (text | laid.identifiers).items():
        values[name] = value
    type_ = kind({**text, "title": laid.title}, part=False, editors=False, text="")
    fields = Work.of(type_, values, source, et_al=et_al)
    if not has_people and not laid.year and not text:
        return _made(base, "reference_stub", laid.title, "", tuple(laid.links), tuple(laid.resources), None)
    if host == "code" and laid.title_link:
        resource = Resource(laid.title, "code", (laid.title_link.link,), base.span)
        laid.resources.insert(0, resource)
        laid.links.remove(laid.title_link.link)
    return _made(base, "reference", laid.title, "", tuple(laid.links), tuple(laid.resources), fields)


#: Registrants of DOIs of data and software: Zenodo, figshare, Dryad, PANGAEA, ESGF, NASA, NOAA, Mendeley, ORNL …
_DEPOSITED: Final = re.compile(
    r"10\.(?:5281|6084|5061|1594|22033|25981|7910|17632|5067|3334|7289|24381|5065|17605|48670|5066|15468|7265|24416)/",
    re.I,
)
_ARCHIVES: Final = re.compile(
    r"\b(?:zenodo|figshare|dryad|pangaea|dataverse|earth system grid|github|gitlab|mendeley data|cran|pypi|bodc|"
    r"osf|data (?:cent(?:er|re)|repository|archive)|archive)\b",
    re.I,
)
_VERSION: Final = re.compile(r"\bv(?:ersion|er\.|\.)?\s?\d+(?:\.\d+)*|\(v?\d+\.\d+(?:\.\d+)*\)", re.I)
_OPEN_TYPES: Final = ("", "webpage", "article-journal", "book", "article", "report")


def kind_by_heading(work: Work, topics: tuple[str, ...], text: str) -> Work:
    """A reference below "Data" or "Software" that an archive or a version shows to be such a thing.

    One with a place in a journal stays the article that it is.
    """
    topic = topic_of(topics)
    located = any(name in work for name in ("volume", "issue", "page", "article-number"))
    if topic not in ("data", "code") or located or work.type not in _OPEN_TYPES:
        return work
    container = work.text("container-title")
    deposited = _DEPOSITED.match(work.text("DOI")) is not None or role_of_host(work.text("URL")) in ("data", "code")
    if not (deposited or _VERSION.search(text) or _ARCHIVES.search(container or work.text("publisher"))):
        return work
    fields = dict(work.fields)
    if "publisher" not in fields and "container-title" in fields:
        fields["publisher"] = fields.pop("container-title")
    return replace(work, type="dataset" if topic == "data" else "software", fields=fields)


_YEAR_HEADING: Final = re.compile(r"\W*((?:19|20)\d\d)\W*")
_UNPRINTED: Final = re.compile(r"\b(?:under review|in preparation|submitted|n\.\s?d\.)", re.I)


def dated_by_heading(item: Item, topics: tuple[str, ...]) -> Item:
    """A reference without a year below a heading that is a year takes it; one that is not printed yet does not."""
    year = _YEAR_HEADING.fullmatch(topics[-1]) if topics else None
    if year is None or item.kind != "reference" or item.fields is None or "issued" in item.fields:
        return item
    if _UNPRINTED.search(item.text):
        return item
    fields = dict(item.fields.fields)
    source = Source("text", item.span.file, span=item.span)
    fields["issued"] = Field(PartialDate(int(year[1])), source)
    return replace(item, fields=replace(item.fields, fields=fields))


def _sorted_links(laid: Laid, role: str) -> tuple[tuple[Link, ...], tuple[Resource, ...]]:
    """The addresses of a data set or of software itself, and those of what belongs to it, papers among them."""
    own: list[Link] = []
    others: list[Resource] = []
    for link in laid.links:
        if (laid.title_link and link is laid.title_link.link) or (not own and role_of_host(link.url) != "paper"):
            own.append(link)
        else:
            told = role_of_host(link.url) or role_of_name(link.text) or "link"
            others.append(Resource(link.text, told, (link,), link.span))
    main = {role} if any(resource.role == role for resource in laid.resources) else {"project"}
    for resource in laid.resources:
        if not own and resource.role in main:
            own.extend(resource.links)
        else:
            others.append(resource)
    return tuple(own), tuple(others)


def _made(
    base: Item,
    kind_: ItemKind,
    title: str,
    role: str,
    links: tuple[Link, ...],
    resources: tuple[Resource, ...],
    fields: Work | None,
) -> Item:
    known = set(resources)
    kept = tuple(resource for resource in base.resources if resource not in known)
    return replace(
        base, kind=kind_, title=title, label=title if kind_ == "resource" else "", role=role,
        links=links, resources=(*resources, *kept), fields=fields,
    )  # fmt: skip
