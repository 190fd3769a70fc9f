"""A work as an OpenURL context object in HTML (COinS), by which Zotero and its like find it on a page.

The keys are those of ANSI/NISO Z39.88-2004, in the formats ``journal``, ``book`` and ``dc``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from dl4es_bib.model.work import Work

_BOOKS: Final = {
    "book": "book",
    "chapter": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
    "collection": "book",
}
_JOURNALS: Final = frozenset(("article-journal", "article-magazine", "article-newspaper"))
#: Other types, as the values of ``dc:type`` that Zotero reads.
_TYPES: Final = {"software": "computerProgram", "webpage": "webpage", "thesis": "thesis", "article": "preprint"}
#: Names that are given at most.
_MOST: Final = 20


def context_object(work: Work) -> str:
    """The value of the ``title`` of a ``<span class="Z3988">``, not yet escaped for HTML."""
    pairs = [("ctx_ver", "Z39.88-2004"), *_pairs(work)]
    if work.doi is not None:
        pairs.append(("rft_id", f"info:doi/{work.doi.value}"))
    elif url := work.text("URL"):
        pairs.append(("rft_id", url))
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs if value)


def _pairs(work: Work) -> Iterator[tuple[str, str]]:
    if work.type in _JOURNALS:
        form, title = "journal", "rft.atitle"
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
        yield "rft.genre", "article"
        yield "rft.jtitle", work.text("container-title")
    elif work.type in _BOOKS:
        form = "book"
        title = "rft.atitle" if work.type in {"chapter", "paper-conference"} else "rft.btitle"
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
        yield "rft.genre", _BOOKS[work.type]
        if title == "rft.atitle":
            yield "rft.btitle", work.text("container-title")
        yield "rft.place", work.text("publisher-place")
        yield "rft.pub", work.text("publisher")
    else:
        form, title = "dc", "rft.title"
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", _TYPES.get(work.type, work.type)
        yield "rft.publisher", work.text("publisher")
    yield title, work.title
    names = work.names("author") or work.names("editor")
    if form != "dc" and names and names[0].family:
        yield "rft.aulast", " ".join(filter(None, (names[0].non_dropping_particle, names[0].family)))
        yield "rft.aufirst", names[0].given
    for name in names[:_MOST]:
        yield ("rft.creator" if form == "dc" else "rft.au"), str(name)
    yield "rft.date", _date(work)
    if form != "dc":
        for key, variable in (("volume", "volume"), ("issue", "issue"), ("pages", "page"), ("issn", "ISSN"),
                              ("isbn", "ISBN")):  # fmt: skip
            yield f"rft.{key}", work.text(variable)


def _date(work: Work) -> str:
    issued = work.date()
    if issued.year is None or issued.year < 1:
        return ""
    parts = [f"{issued.year:04d}", *(f"{part:02d}" for part in (issued.month, issued.day) if part)]
    return "-".join(parts if issued.month else parts[:1])
