"""One list entry → an :class:`Item`: its kind, label, links, citation key and resources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.formats.latex import to_unicode
from dl4es_bib.model.document import Item, Link, Resource
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source
from dl4es_bib.read.boundaries import cuts_doi, grouped, split_references, works_of_one_number
from dl4es_bib.read.evidence import dated_by_heading, item_of_layout, kind_by_heading, topic_of
from dl4es_bib.read.inline import Line, one_line, row_line
from dl4es_bib.read.labels import without_label
from dl4es_bib.read.layouts import Laid, read_layout
from dl4es_bib.read.noise import without_noise
from dl4es_bib.read.reference import looks_like_reference, parse_entry
from dl4es_bib.read.roles import inline_resources, is_call, role_of_host
from dl4es_bib.read.stacked import stacked_item, without_venue
from dl4es_bib.read.tables import columns_of, item_of_row
from dl4es_bib.read.whole_markup import without_whole_markup

_CITATION: Final = re.compile(
    r"\\(?:[a-zA-Z]{0,20}cite[a-zA-Z]{0,20})\*?\s{0,9}(?:\[[^\]]{0,500}\]\s{0,9}){0,2}\{([^{}]{1,2000})\}"
    r"|\[@([\w:.#$%&+?<>~/-]{1,200})[^\]]{0,500}\]"
)
_LABEL: Final = re.compile(r"[^\W\d_][^.;:\"“”]{0,79}:?")
#: What introduces an address inside a reference.
_NOT_LABELS: Final = frozenset(
    (*"doi url http https available accessed online arxiv isbn issn pmid".split(),
     "available at", "available from", "retrieved from", "accessed on", "link to", "pdf at")
)  # fmt: skip
#: Words of a label that say what a resource is, in the order in which they are looked for.
_ROLE_WORDS: Final = (
    ("code", re.compile(r"\b(?:codes?|source code|software|scripts?|algorithms?|implementations?|computer programs?|"
                        r"toolbox(?:es)?|packages?|repository)\b", re.I)),
    ("data", re.compile(r"\b(?:data|datasets?|databases?|benchmarks?|archives?|bulletins?|"
                        r"(?:digital|elevation|bed|terrain|surface) (?:\w+ )?models?)\b", re.I)),
    ("experiments", re.compile(r"\bexperiments?\b", re.I)),
    ("report", re.compile(r"\breports?\b", re.I)),
    ("slides", re.compile(r"\b(?:slides|presentation)\b", re.I)),
    ("video", re.compile(r"\b(?:video|talk|recording)s?\b", re.I)),
)  # fmt: skip
_SHARED_HEAD: Final = re.compile(r"\b(training|test|validation|sample|example)\b", re.I)
_JOINED: Final = re.compile(r"\s*(?:,|/|&|\+|\band\b)\s*", re.I)
_TAIL: Final = re.compile(r"[\s:,;|(\[{<–—-]+$")
_TICK: Final = re.compile(r"^\[[ xX]\]\s+")
_HYPHENATED: Final = re.compile(r"[^\W\d_]{2}-$")
_CUT_ADDRESS: Final = re.compile(r"(?:https?|ftp)://(?:\S*[/_=&?-])?\s*$", re.I)
#: How the rest of an address begins: a word with a slash, digit or the like in it, that is no mere number.
_ADDRESS_REST: Final = re.compile(r"(?!\d+[.,;:)]*(?:\s|$))(?!https?:)[^\s/_=&-]*[/_=&\d-]\S*")
_NOTE_TO_SELF: Final = re.compile(r"(?:todo|fixme|note|nb)\b", re.I)
#: "2016–2019 Research Grant": a line of a life.
_PERIOD: Final = re.compile(
    r"(?:\w{3,9}\.?\s)?(?:19|20)\d\d\s?(?:[-–—]{1,2}|to|bis|à)\s?(?:(?:\w{3,9}\.?\s)?(?:19|20)?\d\d|present|now|today|heute)\b[\s:,;|]",
    re.I,
)
#: "Galaxy Project website, n.d. URL"
_UNDATED: Final = re.compile(
    r"(?:[,.;]?\s+\(?(?:n\.\s?d\.|undated)\)?)?[.,;]?\s*"
    r"(?:\b(?:URL|Available(?:\s(?:at|from|online))?|Retrieved from|Online|Link)|[,.;]\s+n\.\s?d\.)\s*:?$",
    re.I,
)
_CONNECTIVE: Final = re.compile(r"\s+(?:in|at|on|from|via|see|here)$", re.I)
#: A year or a number alone, which parts a list: "2023", "[j2]".
_MARK: Final = re.compile(r"\(?(?:19|20)\d\d\)?:?|\[[a-z]{0,2}\d{1,4}\]")
MIN_TITLE_WORDS: Final = 3
_LONGEST_ADDRESS: Final = 2100
#: A shorter linked text is a title, however much it looks like a reference.
_SHORT_CELL: Final = 5
_LONG_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item inherits from where it stands.

    Attributes:
        group: the groups that it is in, outermost first.
        parent_label: the label of the item that it is nested in.
        topics: the title of the document and the headings above the groups.
    """

    group: tuple[str, ...] = ()
    parent_label: str = ""
    topics: tuple[str, ...] = ()


def item_of(lines: Sequence[Line], file: str, where: Surroundings) -> Item | None:
    """Make an item of the lines of one list entry or paragraph, see :func:`_item_of`.

    One without a year that stands below a year is of that year.
    """
    item = _item_of(lines, file, where)
    return dated_by_heading(item, (*where.topics, *where.group)) if item is not None else None


def _item_of(lines: Sequence[Line], file: str, where: Surroundings) -> Item | None:
    """Make an item of the lines of one list entry or paragraph; ``None`` when they hold no text.

    The first line begins the item. A later line is a resource of the work when it is a label and an
    address ("Code: https://…"); any other continues the text.
    """
    if not lines:
        return None
    topics = (*where.topics, *where.group)
    if len(lines) > 1:
        base = Item("resource", "", Span(file, lines[0].number, end_line=lines[-1].number), group=where.group)
        made = stacked_item(lines, file, topics, replace(base, parent_label=where.parent_label))
        if made is not None:
            return made
    body, resources = _divided(lines, file)
    whole, is_linked = without_whole_markup(without_label(one_line(body, joint)))
    head = _TICK.sub("", whole.text)
    links = tuple(placed.link for line in body for placed in line.links)
    item = Item(
        "resource", head, Span(file, lines[0].number, end_line=lines[-1].number), group=where.group,
        parent_label=where.parent_label, links=links, resources=resources,
    )  # fmt: skip
    whole = without_noise(whole)
    head = _TICK.sub("", whole.text)
    citation = _CITATION.search(head)
    key = (citation.group(1) or citation.group(2)).split(",")[0].strip() if citation else ""
    if citation and not looks_like_reference(head):
        title = _clean(head[: citation.start()]) or _clean(head[citation.end() :])
        return replace(item, kind="reference_stub", title=title, citation_key=key)
    laid = (
        read_layout(whole, file, named=topic_of(topics) in ("data", "code", "data and code"))
        if not citation and not is_linked and (whole.faces or links)
        else None
    )
    if laid is not None and not (len(laid.title) > _LONG_TITLE and looks_like_reference(laid.title)):
        made = item_of_layout(laid, item, topics)
        if made is not None:
            return made
    own, beside, text = inline_resources(whole, file, spell=True)
    if citation or looks_like_reference(text):
        shown, place = to_unicode(_TICK.sub("", text)), Source("text", file, span=item.span)
        fields = parse_entry(shown, place, emphasised=_italics(whole))
        fields = kind_by_heading(fields, topics, head)
        return replace(
            item, kind="reference", title=fields.title, fields=fields, citation_key=key,
            links=tuple(own), resources=(*beside, *resources), string=shown,
        )  # fmt: skip
    is_title = len(head.split()) >= MIN_TITLE_WORDS and not _NOTE_TO_SELF.match(head) and not _PERIOD.match(head)
    if not links and not resources and is_title:
        # A bare title, as reading lists have them, is a work to look for.
        title, venue, year = without_venue(Line(item.span.line, head))
        if venue:
            made = item_of_layout(Laid(_clean(title), "plain", year=year, venue=venue), item, topics)
            if made is not None:
                return made
        return replace(item, kind="reference_stub", title=_clean(head))
    if not links and not resources and (_PERIOD.match(head) or _MARK.fullmatch(head)):
        return None
    label = _item_label(head, body[0], links)
    role = role_of(label, where) if links else ""
    if role == "link" and topic_of(topics) in ("data", "code"):
        role = topic_of(topics)
    return replace(item, label=label, role=role)


def item_of_table_row(
    header: Sequence[str], cells: Sequence[Line], lines: Sequence[Line], file: str, where: Surroundings
) -> Item | None:
    """Make an item of a table row, by its header where that tells, else of its cells as one line."""
    if not lines or not any(line.text or line.links for line in lines):
        return None
    if cells and header and not _CITATION.search(lines[0].text):
        base = Item("resource", lines[0].text, Span(file, lines[0].number), group=where.group)
        base = replace(base, parent_label=where.parent_label)
        if (made := item_of_row(header, cells, base, (*where.topics, *where.group))) is not None:
            return made
        columns = columns_of(header)
        if "reading" in columns[: len(cells)]:
            # "Week | Topic | Readings": a week without one has none.
            cell = cells[columns.index("reading")]
            others = [other for other in cells if other is not cell and other.links]
            return item_of([row_line([cell, *others])], file, where) if cell.text or cell.links else None
    whole = [cell for cell in cells if len(cell.text.split()) > _SHORT_CELL and looks_like_reference(cell.text)]
    if len(cells) > 1 and len(whole) == 1:
        # "Week | Topic | Reading": one cell is the reference, the links of the others are its.
        return item_of(
            [row_line([whole[0], *(cell for cell in cells if cell is not whole[0] and cell.links)])], file, where
        )
    return item_of(lines, file, where)


def _italics(line: Line) -> tuple[str, ...]:
    """What a line has in italics."""
    return tuple(line.text[face.start : face.end] for face in line.faces if face.face == "italic")


def role_of(label: str, where: Surroundings = Surroundings()) -> str:
    """What a label says a resource is: ``code``, ``code+sample data``, ``training data+test data``.

    The label's own words win; then the groups it stands in; ``link`` when nothing names a role.
    """
    role = _role(label)
    if role == "link" and where.group:
        role = _role(where.group[-1])
    return role


def is_resource_label(label: str) -> bool:
    """Whether the words before an address name a resource, as "Code and data:" does."""
    label = label.strip()
    if not _LABEL.fullmatch(label) or len(label.split()) > 8:
        return False
    if _role(label) == "link" and re.search(r"\d.*,|,.*\d", label):
        return False  # "Geoscience, 9, 871-874, doi:" is the rest of a reference
    return " ".join(label.rstrip(":").lower().split()) not in _NOT_LABELS


def _divided(lines: Sequence[Line], file: str) -> tuple[list[Line], tuple[Resource, ...]]:
    body: list[Line] = []
    resources: list[Resource] = []
    has_link = False
    for line in lines:
        resource = resource_of(line, file, has_link) if body else None
        if resource and resource.role == "link" and resource.label and not _may_end(body[-1].text):
            resource = None  # a reference that a line end cut: "Sea Letters,\nOslo: https://…"
        if resource:
            resources.append(resource)
        else:
            body.append(line)
            has_link = has_link or bool(line.links)
    return body, tuple(resources)


def _may_end(text: str) -> bool:
    """Whether a line may be the last of a reference or title: no comma, colon or small word stands at its end."""
    return not re.search(r"(?:[,:;(&–-]|\b(?:and|of|in|the|a|an|for|on|by|to|with|from))\s*$", text)


def goes_on(line: str, following: str) -> bool:
    """Whether an address that ends a line goes on in the next one."""
    return bool(_CUT_ADDRESS.search(line) and _ADDRESS_REST.match(following.lstrip())) or cuts_doi(line, following)


def joint(before: str, line: str) -> tuple[int, str]:
    """How a line is joined to the text before it: characters to cut from that text's end, and what stands between.

    A word or an address that was cut at the line's end is put together again.
    """
    before = before[-_LONGEST_ADDRESS:]
    if _HYPHENATED.search(before[-4:]) and line[:1].islower():
        return 1, ""
    return 0, "" if goes_on(before, line) else " "


def joined(lines: Sequence[str]) -> str:
    """Lines as one, see :func:`joint`."""
    return one_line([Line(0, line) for line in lines], joint).text if lines else ""


def parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The entries of the lines of a paragraph; several references on one line are parted too.

    They come one by one, so that what was found out about one is still known when it is read.
    """
    for group in grouped([line.text for line in lines]):
        if len(group) > 1:
            yield [lines[index] for index in group]
            continue
        line = lines[group[0]]
        if len(works := several(line)) > 1:
            yield from ([work] for work in works)
            continue
        for start, end in split_references(line.text):
            yield from ([work] for work in several(line.part(start, end)))


def several(line: Line) -> list[Line]:
    """The works of one number as a line each, see :func:`works_of_one_number`; the line itself when it is one."""
    found = works_of_one_number(line.text)
    if len(found) < 2:
        return [line]
    return [one_line([line.part(start, end) for start, end in stretches]) for stretches in found]


def resource_of(line: Line, file: str, head_has_link: bool = False) -> Resource | None:
    """The resource that a line below a work names ("Code: https://…"), or ``None``.

    A bare address is one only when the work's own line has an address already.
    """
    if not line.links:
        return None
    first = line.links[0]
    before = line.text[: first.start].strip()
    if not before and first.link.text:
        label = first.link.text
    elif before.endswith((":", "(", "–", "-")) or _role(before) != "link":
        label = _TAIL.sub("", before)
    elif not before and head_has_link:
        label = ""
    else:
        return None
    if label and not is_resource_label(label):
        return None
    links = tuple(placed.link for placed in line.links)
    role = role_of(label)
    if role == "link" and is_call(label):
        role = role_of_host(links[0].url) or role  # "[Ode et al., 2020](https://arxiv.org/…)"
    return Resource(label, role, links, Span(file, line.number, end_line=line.number))


def _item_label(head: str, first: Line, links: tuple[Link, ...]) -> str:
    if not links:
        return _clean(head)
    if not first.links:
        return _clean(head)
    placed = first.links[0]
    before = first.text[: placed.start].strip()
    if not before:
        return placed.link.text
    label = _UNDATED.sub("", _TAIL.sub("", before))
    # "EPLS algorithm in https://…": the word joins label and address; before a colon it is the label's own.
    return _clean(label if before.endswith(":") else _CONNECTIVE.sub("", label))


def _clean(text: str) -> str:
    return " ".join(to_unicode(text).split())


def _role(label: str) -> str:
    roles: list[str] = []
    parts = _JOINED.split(label)
    # "Training and test data", "Sample code and data": a qualifier without its noun shares the next one's.
    noun = ""
    for part in reversed(parts):
        named = next((role for role, words in _ROLE_WORDS if words.search(part)), "")
        qualifier = _SHARED_HEAD.search(part)
        if not named and qualifier and noun:
            named = noun
        if not named:
            continue
        noun = named
        words = f"{qualifier.group(1).lower()} {named}" if qualifier and named in {"data", "code"} else named
        if words not in roles:
            roles.insert(0, words)
    return "+".join(roles) or "link"
