"""Are the record's authors those of the text?

A missing author is never held against a record: citing texts shorten and forget. Nobody in common is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Evidence, Verdict
from dl4es_bib.model.work import Work
from dl4es_bib.resolver.evidence.citation import Citation, Token
from dl4es_bib.works.romanised import is_comparable, is_other_script, script_of, sounds_alike
from dl4es_bib.works.words import squash, words

_MAX_AUTHORS: Final = 40
_ALIKE: Final = 84
_SCANNED: Final = 75
#: What one, two, three and more names of the record in the text prove.
_STRENGTHS: Final = (0.6, 0.85, 0.95, 1.0)
_NOT_NAMES: Final = frozenset(
    """the and for with from anonymous jan feb mar apr may jun jul aug sep oct nov dec january february march
    april june july august september october november december editor editors eds von van der den del
    press vol annual international proceedings journal conference report http https www""".split()
)

#: Words of the names under which groups of people sign.
_GROUPS: Final = frozenset(
    """group groups consortium collaboration collaborative collaborators initiative team network committee investigators
    council task force panel association society organization organisation institute agency commission participants
    trialists workshop project federation centre center ministry department arbeitsgruppe groupe grupo""".split()
)


def compare_author(citation: Citation, work: Work, span: tuple[int, int] | None) -> Evidence:
    """The evidence of the names; ``span`` is where the title stands, whose words are no names."""
    names = work.names("author") or work.names("editor")
    names = names[:_MAX_AUTHORS]
    outside = citation.outside(span)
    leading = leading_name(citation, outside, span)
    if leading in words(work.text("container-title")):
        leading = ""
    if not names:
        if leading:
            return Evidence("author", "differs", f"the text begins with {leading!r}, the record names nobody", 0.1)
        return Evidence("author", "absent", "the record names no authors")
    present, run = citation.words_outside(span)
    # Greek letters of the text became their names; its surnames are as they were written.
    foreign = [author.surname for author in citation.authors[:_MAX_AUTHORS] if script_of(author.surname) != "LATIN"]
    found = [
        name
        for name in names
        if is_named(name, present, run) or any(sounds_alike(name.surname, surname) for surname in foreign)
    ]
    if found:
        moved = found[0] is names[0] and len(found) > 1 and _comes_later(found, run)
        shown = ", ".join(name.surname for name in found[:3]) + (" …" if len(found) > 3 else "")
        if moved:
            return Evidence("author", "agrees", f"the text names {shown}, in another order", 0.65)
        if found[0] is names[0]:
            others = len(found) - 1
            return Evidence("author", "agrees", f"the text names {shown}", _STRENGTHS[min(others, 3)])
        if len(found) > 1:
            return Evidence("author", "agrees", f"the text names {shown}, not the first author", 0.8)
        return Evidence("author", "close", f"the text names {shown}, who is not the first author", 0.5)
    first = names[0].surname
    stated = citation.authors[0].surname if citation.authors else ""
    theirs = squash(stated) or leading
    if not theirs:
        return Evidence("author", "absent", "the text names no authors")
    if any(_ratio(theirs, squash(name.family)) >= _SCANNED for name in names):
        return Evidence("author", "close", f"the text's {stated or theirs!r} may be {first}", 0.4)
    if stated and is_other_script(stated, first) and not is_comparable(stated, first):
        return Evidence("author", "absent", f"the text names {stated!r}, in another script than the record's {first}")
    # An organisation may sign for persons and the other way round.
    is_group = all(name.literal for name in names) or bool(citation.authors and _is_group(citation.authors[0]))
    verdict: Verdict = "differs" if is_group else "contradicts"
    reason = f"no author of the record ({first} …) is in the text, which names {stated or theirs!r}"
    return Evidence("author", verdict, reason)


def _is_group(name: Name) -> bool:
    """Whether a name of the text is that of a group of people (``The ATLAS Collaboration``)."""
    return bool(name.literal) and not _GROUPS.isdisjoint(words(name.literal))


def is_named(name: Name, present: Collection[str], run: str) -> bool:
    """Whether a text names somebody.

    Arguments:
        name: a name of the record.
        present: the words of the text.
        run: the same, run together.
    """
    key = squash(name.family or name.surname)
    parts = words(name.family or name.surname)
    if key in present:
        return True
    if (len(key) >= 5 and key in run) or (len(key) <= 3 and len(parts) > 1 and run.startswith(key)):
        return True
    if len(parts) > 1:
        # "Ferreira de Almeida" is filed under any of its parts; an organisation needs most of its words.
        telling = [part for part in parts if len(part) > 3]
        held = [part for part in telling if part in present]
        if len(held) >= (1 if not name.literal else max(1, (len(telling) + 1) // 2)):
            return True
    plain = key.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if plain != key and plain in present:
        return True
    if not (run.isascii() and key.isascii()) and any(
        sounds_alike(name.family or name.surname, word) for word in present
    ):
        return True
    if len(key) < 6 or len(run) < len(key):
        return False
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(key, run, score_cutoff=_ALIKE) > 0


def _comes_later(found: list[Name], run: str) -> bool:
    """Whether another author of the record stands before its first one in the text."""
    places = [run.find(squash(name.family or name.surname)) for name in found[:4]]
    return places[0] > 0 and any(0 <= place < places[0] for place in places[1:])


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) if len(one) > 3 and len(other) > 3 else 0.0


def leading_name(citation: Citation, outside: tuple[Token, ...], span: tuple[int, int] | None) -> str:
    """The first word that can be a surname before the title, or at the start of a text without one."""
    if span is None and not any(token.text.isdigit() and len(token.text) == 4 for token in outside):
        # A label such as "Training and test data" is no reference and names nobody.
        return ""
    end = span[0] if span else 40
    for token in outside:
        if token.start >= end:
            break
        if len(token.text) > 2 and token.text.isalpha() and token.text not in _NOT_NAMES:
            return token.text
    return ""
