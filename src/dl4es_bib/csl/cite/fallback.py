"""A plain reference from an item's own fields, for when a style cannot format it."""

from __future__ import annotations

from collections.abc import Mapping

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.output.tree import Node, Output, plain

_MAX_AUTHORS = 20


def assembled(item: Mapping[str, object]) -> Output:
    """Authors (year). Title. Container, volume, pages. Publisher. DOI or address: what there is of it."""
    authors = _authors(item.get("author")) or _authors(item.get("editor"))
    year = _year(item.get("issued"))
    head = f"{authors} ({year})" if authors and year else authors or (f"({year})" if year else "")
    source = ", ".join(part for part in (_text(item, name) for name in ("container-title", "volume", "page")) if part)
    parts = [head, _text(item, "title"), source, _text(item, "publisher")]
    text = " ".join(part if part[-1] in ".?!" else part + "." for part in parts if part)
    pieces: list[Output] = [text] if text else []
    if doi := _text(item, "DOI"):
        pieces += [" https://doi.org/", Node([doi], kind="doi", data=doi)]
    elif (url := _text(item, "URL")).lower().startswith(("http://", "https://", "ftp://")):
        pieces += [" ", Node([url], kind="url", data=url)]
    return Node(pieces or [clean(str(item.get("id", ""))) + "."])


def label(item: Mapping[str, object], *, names: bool = True) -> str:
    """A few words that stand for an item in a citation a style cannot make; without ``names`` its title."""
    if not names and (title := _text(item, "title")):
        return title[:80]
    return plain(assembled(item)).split(". ")[0][:80]


def _text(item: Mapping[str, object], variable: str) -> str:
    value = item.get(variable)
    return clean(str(value)).strip() if isinstance(value, str | int | float) else ""


def _authors(value: object) -> str:
    names = []
    for one in value if isinstance(value, list | tuple) else ():
        if isinstance(one, Mapping):
            parts = (one.get("literal"), one.get("family"), one.get("given"))
            literal, family, given = (clean(str(part)).strip() if part else "" for part in parts)
            names.append(literal or ", ".join(part for part in (family, given) if part))
    names = [name for name in names if name]
    return "; ".join(names[:_MAX_AUTHORS]) + ("; et al." if len(names) > _MAX_AUTHORS else "")


def _year(value: object) -> str:
    if isinstance(value, Mapping):
        rows = value.get("date-parts")
        if isinstance(rows, list | tuple) and rows and isinstance(rows[0], list | tuple) and rows[0]:
            return clean(str(rows[0][0])) if rows[0][0] else ""
        return clean(str(value.get("literal") or value.get("raw") or ""))
    return clean(str(value)) if isinstance(value, str | int) else ""
