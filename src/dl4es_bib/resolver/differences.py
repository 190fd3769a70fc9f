"""What a text says otherwise than the record of the work that it cites.

Which work is cited is one question (:mod:`.decide`), whether all that is said of it is right another. A value is held
against the text only when the record's own value stands nowhere in it: how well the text was divided into fields must
not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dl4es_bib.model.difference import Difference, Seriousness
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Evidence
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.author import is_named
from dl4es_bib.resolver.evidence.citation import Citation
from dl4es_bib.resolver.evidence.title import find_title, stretch
from dl4es_bib.resolver.evidence.title_words import TitleWords, compare_words
from dl4es_bib.resolver.evidence.translation import in_language_of
from dl4es_bib.works.numbers import record_years
from dl4es_bib.works.people import listed, listed_around
from dl4es_bib.works.romanised import is_comparable, is_other_script, sounds_alike
from dl4es_bib.works.same import is_preprint
from dl4es_bib.works.words import squash, without_footnote, words

_MAX_NAMES: Final = 60
#: A field that differs by no more than this was scanned badly, or counted otherwise.
_FIRM: Final = 0.5
#: After how many names styles cut a list of authors.
_CUT_AFTER: Final = (1, 3, 6)
_ROMANISED: Final = {"y": "j", "i": "j"}
_NOUNS: Final = {"volume": "volume", "page": "pages"}
_GAP: Final = re.compile(r"\.\s?\.\s?\.")
#: What entries write in place of a journal for a preprint.
_PREPRINTS: Final = re.compile(
    r"(?i)arxiv|corr\b|preprint|e-?print|rxiv|ssrn|zenodo|osf\b|repository|research square|authorea|open archive|"
    r"essoar|discussions?\b|working paper|hal\b"
)


def differences(citation: Citation, work: Work, evidence: Sequence[Evidence]) -> tuple[Difference, ...]:
    """All differences between a text and a record, in the order of a reference.

    Arguments:
        citation: the text.
        work: the record.
        evidence: how they compare.
    """
    work = in_language_of(citation, work)
    by_aspect = {piece.aspect: piece for piece in evidence}
    found = [
        *_authors(citation, work),
        *_title(citation, work, by_aspect.get("title")),
        *_year(citation, work, by_aspect.get("issued")),
        *_container(citation, work, by_aspect.get("container-title")),
    ]
    for variable in ("volume", "issue", "page"):
        found += _number(citation, work, by_aspect.get(variable), variable)
    found += _doi(citation, work, by_aspect.get("DOI"))
    return tuple(found)


def _title(citation: Citation, work: Work, evidence: Evidence | None) -> Iterator[Difference]:
    if not squash(work.title):
        return
    if not citation.is_entry and (evidence is None or evidence.verdict == "absent"):
        # The text has no title; what was read as one is a journal or a run of numbers.
        return
    match = find_title(citation, work)
    if match is not None and match.similarity == 1.0 and match.begins and match.ends:
        return
    readings = [citation.fields.title, citation.quoted]
    if citation.is_entry and squash(citation.fields.title):
        # The title of an entry is its field, from its first word to its last.
        readings = [citation.fields.title]
    elif match is not None and match.span is not None and not _goes_on(citation, work):
        readings.append(stretch(citation, match.span))
    compared = [
        (compare_words(without_footnote(reading, work.title), without_footnote(work.title, reading)), reading)
        for reading in readings
        if squash(reading)
    ]
    if not compared:
        return
    found, said = min(compared, key=lambda pair: pair[0].weight)
    if not found.same:
        yield Difference("title", said, work.title, _in_words(found))
    elif found.spelled:
        pairs = ", ".join(f"{ours!r} for {theirs!r}" for ours, theirs in found.spelled[:3])
        yield Difference("title", said, work.title, f"words are spelled otherwise: {pairs}", "slight")


def _goes_on(citation: Citation, work: Work) -> bool:
    """Whether the title in the text is the record's with more words in the same sentence: "… in adult zebrafish"."""
    title = citation.fields.title
    found = compare_words(title, work.title)
    if found.same or found.theirs or found.moved or not found.ours:
        return False
    key, run = squash(work.title), ""
    for place, word in enumerate(title.split()):
        run += squash(word)
        if run == key:
            following = title.split()[place + 1 :]
            # A new sentence, a bracket or a capital letter may begin what stands behind a title.
            is_sentence = word[-1].isalnum() and bool(following) and following[0][0].islower()
            return is_sentence and not set(found.ours) <= _words_elsewhere(work)
    return False


def _in_words(found: TitleWords) -> str:
    if found.moved:
        return "the words of the title stand in another order"
    parts = []
    if found.ours:
        parts.append("the text has " + ", ".join(map(repr, found.ours[:6])))
    if found.theirs:
        parts.append("the record has " + ", ".join(map(repr, found.theirs[:6])))
    return "; ".join(parts)


def _authors(citation: Citation, work: Work) -> Iterator[Difference]:
    variable = "author" if work.names("author") else "editor"
    theirs = work.names(variable)[:_MAX_NAMES]
    ours = citation.fields.names(variable)[:_MAX_NAMES]
    if not ours or not theirs or all(name.literal for name in ours) != all(name.literal for name in theirs):
        # An organisation may sign for persons, and the other way round.
        return
    places = _places(ours, theirs)
    known = [place for place in places if place is not None]
    elsewhere = _words_elsewhere(work)
    # Two people of one name that a record has once are noted at most.
    repeated = [
        name for index, (name, place) in enumerate(zip(ours, places, strict=True))
        if place is None and name in ours[:index]
    ]  # fmt: skip
    unknown = [
        name
        for name, place in zip(ours, places, strict=True)
        if place is None
        and name not in repeated
        and not (work.et_al or _is_merged(name, theirs) or set(words(name.surname)) <= elsewhere)
        and not any(_is_unreadable(name, other) for other in theirs)
    ]
    what = ""
    seriousness: Seriousness = "real"
    if unknown:
        what = f"the record does not name {listed(unknown)}"
        if len(theirs) == 1 and places[0] == 0:
            # Many records name the first author only.
            seriousness = "slight"
    elif lacking := [
        name for name in _lacking(citation, theirs, known) if not any(_is_unreadable(name, other) for other in ours)
    ]:
        what = f"the text does not name {listed(lacking)}"
        is_cut = _is_cut(ours, theirs, known, lacking)
        beside_people = all(name.literal for name in lacking) and not all(name.literal for name in theirs)
        if beside_people or (is_cut and not citation.is_entry):
            # Styles print so many names and "et al.", and not all lists say so. An organisation beside people may be
            # where they work.
            seriousness = "slight"
    elif known != sorted(known):
        what = "the names stand in another order"
    elif repeated:
        what = f"the text names {listed(repeated)} twice"
        seriousness = "slight"
    elif other := [name for name, place in zip(ours, places, strict=True) if _other_given(name, theirs, place)]:
        what = f"another given name: {listed(other)}"
    if what:
        said = listed_around(ours, _out_of_place(places))
        record = listed_around(theirs, [place for place in range(len(theirs)) if place not in _in_place(places)])
        yield Difference(variable, said, record, what, seriousness)


def _out_of_place(places: Sequence[int | None]) -> list[int]:
    """Which names of the text the record does not have at the same place of its list."""
    return [index for index, place in enumerate(places) if place != index]


def _in_place(places: Sequence[int | None]) -> set[int]:
    return {index for index, place in enumerate(places) if place == index}


def _is_cut(ours: Sequence[Name], theirs: Sequence[Name], known: Sequence[int], lacking: Sequence[Name]) -> bool:
    """Whether a list has the first names only, as many as styles print.

    Two people of one name are one in many records, and a name of the text may have been read as two or none.
    """
    named = len(theirs) - len(lacking)
    if list(theirs[named:]) == list(lacking):
        return named in _CUT_AFTER or len(ours) in _CUT_AFTER
    return len(known) in _CUT_AFTER and sorted(known) == list(range(len(known)))


def _is_unreadable(name: Name, other: Name) -> bool:
    """Whether two names are in scripts that cannot be compared letter by letter, such as Chinese and Latin."""
    return is_other_script(name.surname, other.surname) and not is_comparable(name.surname, other.surname)


def _is_merged(name: Name, theirs: Sequence[Name]) -> bool:
    """Whether the record names people by surname only: two of one name are one there."""
    return any(_same_surname(name, other) and not other.given for other in theirs)


def _lacking(citation: Citation, theirs: Sequence[Name], known: Sequence[int]) -> list[Name]:
    """The record's names that stand nowhere in the text.

    After "et al." only those before its last one count; APA's "…" before the last author stands for any number.
    """
    if _GAP.search(citation.text):
        return []
    present = {token.text for token in citation.tokens}
    cut = citation.fields.et_al or not present.isdisjoint(("al", "others", "coauthors", "colleagues"))
    last = max(known, default=-1) if cut else len(theirs)
    return [
        name
        for place, name in enumerate(theirs)
        if place not in known and place < last and not is_named(name, present, citation.squashed)
    ]


def _places(ours: Sequence[Name], theirs: Sequence[Name]) -> list[int | None]:
    """The place of each name in another list, every place taken once and the nearest name first.

    ``Sun, Yu`` and ``Sun, Yiran``, or ``Zhang`` and ``Zheng``, stand in one list and are not to be mixed up.
    """
    places: list[int | None] = [None] * len(ours)
    free = list(range(len(theirs)))
    for is_same in (_same_whole, _same_person, _same_surname):
        for number, name in enumerate(ours):
            if places[number] is None:
                places[number] = next((place for place in free if is_same(name, theirs[place])), None)
                if places[number] is not None:
                    free.remove(places[number])  # type: ignore[arg-type]
    return places


def _same_whole(one: Name, other: Name) -> bool:
    return squash(str(one)) == squash(str(other))


def _same_person(one: Name, other: Name) -> bool:
    return squash(one.surname) == squash(other.surname) and not _other_given(one, (other,), 0)


def _same_surname(one: Name, other: Name) -> bool:
    ours, theirs = set(words(one.family or one.surname)), set(words(other.family or other.surname))
    if squash(one.surname) == squash(other.surname) or (ours and (ours <= theirs or theirs <= ours)):
        return True
    if sounds_alike(one.family or one.surname, other.family or other.surname):
        return True
    whole = set(words(str(other)))
    # "Xiaoping Wang" and "Wang Xiaoping"; a literal holds the parts of a name in any order.
    if set(words(str(one))) == whole or (one.literal and ours & theirs):
        return True
    spelled = squash(one.family or one.surname), squash(other.family or other.surname)
    plain = [text.replace("ae", "a").replace("oe", "o").replace("ue", "u") for text in spelled]
    if plain[0] == plain[1]:
        return True
    if min(map(len, spelled)) < 5:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(*spelled, score_cutoff=1) <= 1


def _other_given(name: Name, others: Sequence[Name], place: int | None) -> bool:
    if place is None or name.literal or others[place].literal or is_other_script(name.given, others[place].given):
        return False
    ours, theirs = words(name.given), words(others[place].given)
    if not ours or not theirs or set(words(str(name))) == set(words(str(others[place]))):
        return False
    # "Juul Foss, Nicolai" may stand in a record as "Foss, Juul": a part of a family name may be a given name.
    our_family, their_family = words(name.family), words(others[place].family)
    our_initials = {word[0] for word in ours + (our_family if len(our_family) > 1 else [])}
    their_initials = {word[0] for word in theirs + (their_family if len(their_family) > 1 else [])}
    # "Yulia", "Julia" and "Iuliia" are one name, romanised in three ways.
    our_initials, their_initials = (
        {_ROMANISED.get(letter, letter) for letter in initials} for initials in (our_initials, their_initials)
    )
    first, second = (_ROMANISED.get(word, word) for word in (ours[0][0], theirs[0][0]))
    return first not in their_initials and second not in our_initials


def _words_elsewhere(work: Work) -> set[str]:
    """The words of the record that are no names: what is read as a name may be one of them."""
    variables = ("title", "container-title", "publisher", "collection-title", "event-title")
    return {word for variable in variables for word in words(work.text(variable)[:2000])}


def _year(citation: Citation, work: Work, evidence: Evidence | None) -> Iterator[Difference]:
    if evidence is None or evidence.verdict not in ("close", "differs"):
        return
    said = citation.fields.year
    shown = str(said) if said is not None else evidence.reason.partition(" in the text")[0].removeprefix("year ")
    record = "/".join(map(str, record_years(work)))
    seriousness: Seriousness = "slight" if evidence.verdict == "close" else "real"
    yield Difference("issued", shown, record, evidence.reason, seriousness)


def _container(citation: Citation, work: Work, evidence: Evidence | None) -> Iterator[Difference]:
    said = citation.fields.text("container-title")
    if not said or evidence is None:
        return
    if is_preprint(work) and not work.text("container-title"):
        # A text may name the server anywhere, and its publisher in the place of a journal.
        beside = said if citation.is_entry else citation.text
        publishes = squash(said) in squash(work.text("publisher"))
        if not (_PREPRINTS.search(said) or _PREPRINTS.search(beside) or publishes):
            what = "the record is a preprint and names no journal or conference"
            yield Difference("container-title", said, work.text("publisher"), what)
        return
    if evidence.verdict == "differs":
        yield Difference("container-title", said, work.text("container-title"), "another journal or book")


def _number(citation: Citation, work: Work, evidence: Evidence | None, variable: str) -> Iterator[Difference]:
    if evidence is None or evidence.verdict not in ("close", "differs", "contradicts"):
        yield from _unconfirmed(citation, work, variable)
        return
    firm = evidence.verdict == "contradicts" or (evidence.verdict == "differs" and evidence.strength >= _FIRM)
    seriousness: Seriousness = "real" if firm and variable != "issue" else "slight"
    record = work.text(variable) or (work.text("article-number") if variable == "page" else "")
    said = citation.fields.text(variable) or evidence.reason.partition(" in the text")[0].rpartition(" ")[2]
    yield Difference(variable, said, record, evidence.reason, seriousness)


def _unconfirmed(citation: Citation, work: Work, variable: str) -> Iterator[Difference]:
    """Pages or a volume that an entry gives of an article whose record has none at all: nobody confirms them."""
    said = citation.fields.text(variable)
    if variable == "issue" or not (said and citation.is_entry and work.text("container-title")):
        return
    if not any(work.text(name) for name in ("volume", "page", "article-number")):
        yield Difference(variable, said, "", f"the record has no {_NOUNS[variable]} that would confirm it", "slight")


def _doi(citation: Citation, work: Work, evidence: Evidence | None) -> Iterator[Difference]:
    if evidence is not None and evidence.verdict == "differs" and citation.dois:
        if not citation.is_entry and work.text("DOI").replace("-", "").lower() in {
            doi.replace("-", "").lower() for doi in citation.dois
        }:
            # A line of a page may end at the hyphen of a DOI, or cut a DOI with one.
            return
        yield Difference("DOI", min(citation.dois), work.text("DOI"), "another DOI")
