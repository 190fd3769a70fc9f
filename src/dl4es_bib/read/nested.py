"""Lists inside list entries: what the outer entry says of the works below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.document import Item, Resource
from dl4es_bib.model.work import Source, Value, Work
from dl4es_bib.read.people import looks_like_names, names_in_prose
from dl4es_bib.read.reference.rules.cleaning import SAME_AUTHOR
from dl4es_bib.read.roles import role_in_words, role_of_host

_WHO_AND_WHEN: Final = re.compile(r"([^()\d]{4,200}?),?\s\(?((?:19|20)\d\d)\)?:?")

_ABOUT_THE_DOCUMENT: Final = re.compile(
    r"(?:\W{0,4})(?:(?:the )?licen[cs](?:es?|ing)|lizenz|licencia|copyright|(?:how to )?contribut(?:e|ing|ions?|ors?)|"
    r"contribution guidelines|code of conduct|acknowledge?ments?|credits|sponsors?|star history|stargazers|changelog|"
    r"(?:table of )?contents|toc|support us|contact(?: us)?|许可证|贡献)",
    re.I,
)


def is_about_the_document(title: str) -> bool:
    """Whether a heading is one of "License", "Contributing" and the like."""
    return _ABOUT_THE_DOCUMENT.fullmatch(title.strip(" \t:.!*_#")) is not None


def headed(label: str, items: Sequence[Item], file: str) -> list[Item]:
    """The works below "Ann Dee (2008)": people and year are theirs where they name none."""
    match = _WHO_AND_WHEN.fullmatch(label.strip())
    if match is None or not looks_like_names(match[1]):
        return list(items)
    people, year = names_in_prose(match[1]), PartialDate(int(match[2]))
    return [_with(item, people, year, file) for item in items]


def _with(item: Item, people: Value, year: PartialDate, file: str) -> Item:
    known = item.fields
    if item.kind == "resource" or item.citation_key or (known is not None and known.names("author")):
        return item
    source = Source("text", file, span=item.span)
    values: dict[str, Value] = {"title": item.title, "author": people, "issued": year}
    if known is not None:
        values = {name: held.value for name, held in known.fields.items()} | {"author": people}
        values.setdefault("issued", year)
    return replace(item, kind="reference", fields=Work.of(known.type if known else "", values, source))


def with_author_before(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items in which a dash stands for the author of the entry before with that author."""
    found: list[Item] = []
    for item in items:
        before = found[-1].fields if found else None
        if item.fields is not None and before is not None and SAME_AUTHOR.match(item.text) and "author" in before:
            fields = {**item.fields.fields, "author": before.fields["author"]}
            item = replace(item, fields=replace(item.fields, fields=fields, et_al=before.et_al))
        found.append(item)
    return tuple(found)


def below(outer: Item, inner: Item) -> list[Item]:
    """An entry that is only a name with links, and the one reference below it, which they belong to.

    ``Pointer nets [[paper](…)] [[code](…)]`` with ``Ann Dee, *On Tides*, Sea Notes 2015`` below.
    """
    if outer.kind == "reference" or inner.kind == "resource" or inner.links or inner.resources:
        return [outer, inner]
    roles = [role_in_words(link.text) or role_of_host(link.url) or "link" for link in outer.links]
    if "paper" not in roles or outer.citation_key:
        return [outer, inner]
    own = tuple(link for link, role in zip(outer.links, roles, strict=True) if role == "paper")
    others = tuple(
        Resource(link.text, role, (link,), link.span or outer.span)
        for link, role in zip(outer.links, roles, strict=True)
        if role != "paper"
    )
    return [replace(inner, links=own, resources=(*others, *outer.resources), parent_label="")]
