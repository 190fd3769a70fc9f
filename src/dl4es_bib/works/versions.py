"""Which records are one work under several DOIs, and which are versions of each other."""

from __future__ import annotations

from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.works.numbers import first_page, volume_number
from dl4es_bib.works.words import squash

_ALIKE: Final = 95
_VERSIONS: Final = frozenset({"has-preprint", "is-preprint-of", "is-version-of"})


def is_preprint(work: Work) -> bool:
    """Whether a record is a preprint: posted content of Crossref, arXiv at DataCite."""
    return work.type == "article" or bool(work.text("arxiv"))


def same_work(one: Work, other: Work) -> bool:
    """Whether two records describe one publication under two DOIs.

    JSTOR and the publisher register the same article (``10.2307/1130207`` and
    ``10.1111/j.1467-8624.1987.tb01410.x``): title, first author, journal, volume, first page agree.
    """
    if is_preprint(one) != is_preprint(other) or not _alike(one, other):
        return False
    for variable, read in (("volume", volume_number), ("page", first_page), ("article-number", first_page)):
        ours, theirs = read(one.text(variable)), read(other.text(variable))
        if ours and theirs and ours != theirs:
            return False
    if one.year is not None and other.year is not None and abs(one.year - other.year) > 1:
        return False
    return squash(one.text("container-title")) == squash(other.text("container-title"))


def linked(one: Work, other: Work) -> bool:
    """Whether one record is a preprint, another version or the published form of the other.

    Either a record says so, or a preprint and a publication share title and first author. They stay
    two works: a text that cites one is never answered with the other.
    """
    doi, other_doi = one.text("DOI").lower(), other.text("DOI").lower()
    for work, target in ((one, other_doi), (other, doi)):
        if any(each.kind in _VERSIONS and each.target.value == target for each in work.relations):
            return True
    return is_preprint(one) != is_preprint(other) and _alike(one, other)


def _alike(one: Work, other: Work) -> bool:
    """Same title, and same first author where both name one."""
    from rapidfuzz import fuzz

    if fuzz.ratio(squash(one.title), squash(other.title)) < _ALIKE:
        return False
    ours = [squash(name.surname) for name in one.names("author")[:1]]
    theirs = [squash(name.surname) for name in other.names("author")[:1]]
    return not ours or not theirs or ours == theirs
