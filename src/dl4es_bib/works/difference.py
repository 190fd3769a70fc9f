"""Where two descriptions of one work differ, field by field; and what is a matter of notation only.

Not reported: letter case, accents, punctuation, braces, abbreviated journals, initials, the order of the parts of a
name, lists that are marked as incomplete ("and others"), a DOI's prefix, one page form for another, and years that a
record itself gives (print and online).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dl4es_bib.model.difference import Difference, Seriousness
from dl4es_bib.model.name import Name
from dl4es_bib.model.work import Work
from dl4es_bib.works.containers import containers_agree
from dl4es_bib.works.numbers import first_page, record_years, volume_number
from dl4es_bib.works.people import listed, same_person
from dl4es_bib.works.words import squash, without_footnote, words

__all__ = ["differences"]


def differences(said: Work, record: Work) -> tuple[Difference, ...]:
    """All differences in what both sides give; a field that one side lacks is none.

    Arguments:
        said: what an entry or a text says.
        record: what a record says.
    """
    return tuple(
        found for look in (_title, _people, _year, _container, _numbers, _identifier) for found in look(said, record)
    )


_MANY_WORDS: Final = 6
_FEWER: Final = "the entry lacks "


def _title(said: Work, record: Work) -> Iterator[Difference]:
    ours = words(without_footnote(said.title, record.title))
    theirs = words(without_footnote(record.title, said.title))
    if not ours or not theirs or ours == theirs or squash(said.title) == squash(record.title):
        return
    if ours == theirs[: len(ours)] or theirs == ours[: len(theirs)]:
        longer = "the record" if len(theirs) > len(ours) else "the entry"
        yield Difference("title", said.title, record.title, f"{longer} has a longer title", incomplete=True)
        return
    missing = [word for word in ours if word not in theirs]
    added = [word for word in theirs if word not in ours]
    if not missing and not added:
        what = "the words of the title stand in another order"
    elif len(missing) + len(added) <= _MANY_WORDS:
        parts = [_quoted("the entry has", missing), _quoted("the record has", added)]
        what = "the titles differ: " + ", ".join(part for part in parts if part)
    else:
        what = "the titles differ"
    # Where one title has all words of the other, it may only be shortened.
    yield Difference("title", said.title, record.title, what, incomplete=bool(missing) != bool(added))


def _quoted(lead: str, some: Sequence[str]) -> str:
    return f"{lead} {', '.join(repr(word) for word in some)}" if some else ""


def _people(said: Work, record: Work) -> Iterator[Difference]:
    for variable in ("author", "editor"):
        ours, theirs = said.names(variable), record.names(variable)
        if not ours or not theirs:
            continue
        # A list that is marked as cut ends where it ends.
        cut = said.et_al and variable == "author"
        what = _of_people(ours, theirs, cut=cut, record_cut=record.et_al and variable == "author")
        if what:
            yield Difference(variable, listed(ours), listed(theirs), what, incomplete=what.startswith(_FEWER))


def _of_people(ours: Sequence[Name], theirs: Sequence[Name], *, cut: bool, record_cut: bool) -> str:
    paired = [_place(name, theirs) for name in ours]
    # Two people of one name that a record has once are no contradiction.
    unknown = [
        name
        for index, (name, place) in enumerate(zip(ours, paired, strict=True))
        if place is None and name not in ours[:index]
    ]
    known = [place for place in paired if place is not None]
    lacking = [name for place, name in enumerate(theirs) if place not in known]
    if not known:
        return "all names differ"
    if cut:
        lacking = [name for place, name in enumerate(theirs) if place not in known and place < max(known)]
    if record_cut:
        unknown = []
    if unknown and lacking:
        return f"the entry names {listed(unknown)}, the record {listed(lacking)}"
    if unknown:
        return f"the record does not name {listed(unknown)}"
    if lacking:
        return f"{_FEWER}{listed(lacking)}"
    return "the names stand in another order" if known != sorted(known) else ""


def _place(name: Name, some: Sequence[Name]) -> int | None:
    return next((place for place, other in enumerate(some) if same_person(name, other)), None)


def _year(said: Work, record: Work) -> Iterator[Difference]:
    if said.year is None or record.year is None or said.year in record_years(record):
        return
    apart = min(abs(said.year - year) for year in record_years(record))
    seriousness: Seriousness = "slight" if apart <= 1 else "real"
    yield Difference("issued", str(said.year), str(record.year), f"the years are {apart} apart", seriousness)


def _container(said: Work, record: Work) -> Iterator[Difference]:
    if containers_agree(said, record) is False:
        ours, theirs = said.text("container-title"), record.text("container-title")
        yield Difference("container-title", ours, theirs, "another journal or book")


def _numbers(said: Work, record: Work) -> Iterator[Difference]:
    for variable, read, name in (("volume", volume_number, "volume"), ("page", first_page, "first page")):
        ours, theirs = read(said.text(variable)), read(record.text(variable))
        if ours and theirs and ours != theirs:
            other = first_page(record.text("article-number")) if variable == "page" else ""
            if ours != other:
                yield Difference(variable, said.text(variable), record.text(variable), f"another {name}")
    ours, theirs = squash(said.text("issue")), squash(record.text("issue"))
    if ours and theirs and ours.lstrip("0") != theirs.lstrip("0"):
        yield Difference("issue", said.text("issue"), record.text("issue"), "another issue", "slight")
    ours, theirs = first_page(said.text("article-number")), first_page(record.text("article-number"))
    if ours and theirs and ours != theirs:
        yield Difference(
            "article-number", said.text("article-number"), record.text("article-number"), "another article number"
        )


def _identifier(said: Work, record: Work) -> Iterator[Difference]:
    if said.doi and record.doi and said.doi != record.doi:
        yield Difference("DOI", said.text("DOI"), record.text("DOI"), "another DOI")
