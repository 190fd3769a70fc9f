"""What a page shows: parts of a document, their references, and beside each the data and code that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dl4es_bib.csl.output.runs import link_target
from dl4es_bib.export.section import ExportEntry, Section
from dl4es_bib.model.work import Work

#: CSL type → the word on its badge; any other work is a "paper".
_WORDS: Final = {"dataset": "data", "software": "code", "webpage": "page", "post-weblog": "page", "book": "book"}
#: Hosts that keep data and code for good.
_ARCHIVES: Final = frozenset(
    """zenodo.org figshare.com datadryad.org osf.io dataverse.harvard.edu archive.softwareheritage.org pangaea.de
    doi.pangaea.de""".split()
)
_ARCHIVE_DOIS: Final = ("10.5281/", "10.6084/", "10.5061/", "10.17605/", "10.7910/", "10.1594/")


@dataclass(frozen=True, slots=True)
class Badge:
    """A link to something, with the word that says what it is.

    Attributes:
        word: ``paper``, ``book``, ``data``, ``code``, ``archive`` or ``page``.
        address: a safe web address.
        title: what is there.
    """

    word: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A reference as the page shows it.

    Attributes:
        entry: the work with its key and outcome.
        html: the formatted reference.
        badges: the work itself, then what belongs to it.
        supplements: keys of the entries that its badges stand for.
    """

    entry: ExportEntry
    html: str
    badges: tuple[Badge, ...] = ()
    supplements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePart:
    """A chapter, or what is cited outside of all chapters.

    Attributes:
        heading: its heading; empty for a document without chapters.
        authors: who wrote it, as one line.
        slug: its name in the page's address.
        entries: its references in the order of the style.
    """

    heading: str
    authors: str
    slug: str
    entries: tuple[PageEntry, ...]


def part_of(section: Section, formatted: Sequence[tuple[ExportEntry, str]], parents: Mapping[str, str]) -> PagePart:
    """A part of the page.

    Arguments:
        section: the chapter.
        formatted: its entries in the order of the style, each with its HTML.
        parents: key of data or code → key of the work that it belongs to. What belongs to a work of the same chapter is
            a badge of that work and no entry of its own.
    """
    here = {entry.key for entry, _ in formatted}
    below: dict[str, list[ExportEntry]] = {}
    for entry, _ in formatted:
        parent = parents.get(entry.key, "")
        if parent in here and parent != entry.key and parents.get(parent, "") not in here and badge_of(entry.work):
            below.setdefault(parent, []).append(entry)
    placed = {entry.key for entries in below.values() for entry in entries}
    shown = tuple(_shown(entry, html, below.get(entry.key, ())) for entry, html in formatted if entry.key not in placed)
    return PagePart(section.heading, ", ".join(str(name) for name in section.authors), section.slug, shown)


def _shown(entry: ExportEntry, html: str, supplements: Sequence[ExportEntry]) -> PageEntry:
    badges = [badge_of(entry.work), *(badge_of(one.work) for one in supplements)]
    return PageEntry(
        entry, html, tuple(badge for badge in badges if badge), tuple(supplement.key for supplement in supplements)
    )


def badge_of(work: Work) -> Badge | None:
    """The badge of a work; ``None`` when it has no web address."""
    address = link_target(work.doi.link if work.doi is not None else work.text("URL"))
    if not address:
        address = next((link_target(found.link) for found in work.identifiers if found.link), "")
    if not address:
        return None
    word = _WORDS.get(work.type, "paper")
    if word in {"data", "code"} and _is_archived(work, address):
        word = "archive"
    return Badge(word, address, work.title)


def _is_archived(work: Work, address: str) -> bool:
    if work.doi is not None and work.doi.value.lower().startswith(_ARCHIVE_DOIS):
        return True
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return host in _ARCHIVES
