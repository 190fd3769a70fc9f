"""A plain reference from an item's own fields, for when a style cannot format it."""

from __future__ import annotations

from collections.abc import Mapping

from dl4es_bib.csl.output import Mark, clean

_MAX_AUTHORS = 20


def assembled(item: Mapping[str, object]) -> str:
    """Authors (year). Title. Container, volume, pages. Publisher. DOI or address: what there is of it.

    The text carries the marks of :class:`~dl4es_bib.csl.output.Mark` for its links.
    """
    authors = _authors(item.get("author")) or _authors(item.get("editor"))
    year = _year(item.get("issued"))
    head = f"{authors} ({year})" if authors and year else authors or (f"({year})" if year else "")
    source = ", ".join(part for part in (_text(item, name) for name in ("container-title", "volume", "page")) if part)
    parts = [head, _text(item, "title"), source, _text(item, "publisher")]
    text = " ".join(part if part[-1] in ".?!" else part + "." for part in parts if part)
    address = ""
    if doi := _text(item, "DOI"):
        address = f"https://doi.org/{Mark.DOI}{doi}{Mark.DOI_END}"
    elif (url := _text(item, "URL")).lower().startswith(("http://", "https://", "ftp://")):
        address = f"{Mark.URL}{url}{Mark.URL_END}"
    return " ".join(part for part in (text, address) if part) or clean(str(item.get("id", ""))) + "."


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
