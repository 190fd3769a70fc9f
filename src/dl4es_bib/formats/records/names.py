"""Names as records give them → :class:`Name`.

What depositors do (shares of 14,333 Crossref records): whole names in the family field without a given
name (0.7 %), organisations there too, family names in capitals (1.3 %), generations and degrees as
suffix (0.6 %) or after a comma in the family name, ``NA`` as an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from dl4es_bib.formats.markup import plain, text_of
from dl4es_bib.model.name import Name
from dl4es_bib.works.reading_order import (
    PARTICLES,
    is_capitals,
    is_organisation,
    reading_order,
    recased,
    recased_given,
)
from dl4es_bib.works.reading_order import (
    generation as generation_of,
)

#: Most names kept of one list; the longest known author list has some 5,000 (ATLAS and CMS, 2015).
MAX_NAMES: Final = 10_000
_MAX_NAME: Final = 500

_DEGREES: Final = frozenset(
    """phd md msc ma ba bsc dr drsc prof mph mba dphil dsc frcp facs mbbs rn dvm edd jd pharmd scd esq frs
    mrcp do dds llm ms meng mphil""".split()
)
_TITLES: Final = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir)\.? )+(?=\S)")
#: What libraries and depositors write for nobody.
_NOBODY: Final = frozenset(
    """na n/a none null nn n.n. unknown [unknown] unbekannt [s.n.] s.n. s.n anonymous [anonymous] anon. anon
    nodata noauthor""".split()
)
#: DataCite's codes (schema appendix 3, "Standard values for unknown information"): ``(:unav)``.
_CODE: Final = re.compile(r"[(:]{1,3}(?:un[a-z]{2}|none|null|tba|at)\)?(?:unknown)?")
_ET_AL: Final = frozenset("et al,et al.,et. al.,et.al.,others,and others,(:etal),u.a.".split(","))
_MARKS: Final = "*†‡§¶,;: \t"


def person_or_group(entry: object) -> tuple[Name, ...]:
    """Read one contributor of Crossref: an object with ``given``, ``family``, ``suffix`` or ``name``.

    Gives no name for an empty or placeholder entry and several where one field holds several persons
    (``10.1306/2f918644-16ce-11d7-8645000102c1865d``: "Michael E. Hohn, Donald W. Neal"). Text in place
    of an object is read as an undivided name. ``prefix`` (a title such as Dr.) is left out, as CSL has
    no place for it. A particle stays in the family name, since the record does not mark it.
    """
    if isinstance(entry, str):
        return _one(Name(literal=_clean(entry)))
    if not isinstance(entry, Mapping):
        return ()
    parts = [entry.get(part) for part in ("family", "given", "suffix", "name")]
    family, given, suffix, whole = (text_of(part) for part in parts)
    # Only what is short is remembered; no real name is long.
    divide = _divided if len(family) + len(given) + len(suffix) + len(whole) < _MAX_NAME else _divided.__wrapped__
    return divide(family, given, suffix, whole)


@lru_cache(maxsize=4096)
def _divided(family: str, given: str, suffix: str, whole: str) -> tuple[Name, ...]:
    family, given, suffix, whole = _clean(family), _clean(given), _clean(suffix), _clean(whole)
    if family and is_nobody(family) and (not given or is_nobody(given)) and family != "Na":
        # "Na" is a Korean and Chinese family name; beside a given name, Null and Unknown are names too.
        family = given = ""
    if not family and not given:
        return _one(Name(literal=whole))
    if not family:
        return _one(Name(literal=recased(given)))
    if not given:
        return _from_family_alone(family, suffix)
    family, generation = _split_generation(family)
    given, given_generation = _split_generation(given)
    in_capitals = is_capitals(family)
    return _one(
        Name(
            family=recased(family),
            given=recased_given(given, in_capitals),
            suffix=_suffix(suffix) or generation or given_generation,
        )
    )


def people(entries: object) -> tuple[Name, ...]:
    """Read a list of Crossref contributors; anything that is no list gives no names."""
    if isinstance(entries, Mapping | str):
        entries = [entries]
    if not isinstance(entries, list | tuple):
        return ()
    return _distinct(name for entry in entries[:MAX_NAMES] for name in person_or_group(entry))


def inverted_or_group(text: object, *, personal: bool | None = None) -> tuple[Name, ...]:
    """Read a name written as one text, ``Family, Given`` for a person (DataCite 4.6, 2.1 creatorName).

    Arguments:
        text: the name.
        personal: ``True`` where the record says that it is a person, ``False`` for an organisation.
    """
    whole = _clean(text)
    if is_nobody(plain(text, _MAX_NAME)):
        return ()
    if personal is False or not whole:
        return _one(Name(literal=whole))
    head, comma, tail = whole.partition(",")
    if comma and tail.strip() and (personal or not is_organisation(whole)):
        parts = [part.strip() for part in tail.split(",") if part.strip()]
        generation = next((generation_of(part) for part in parts if generation_of(part)), "")
        given = [part for part in parts if not generation_of(part) and not _is_degree(part)]
        if given and len(given) <= 2:
            return person_or_group({"family": head, "given": " ".join(given), "suffix": generation})
    if personal and " " in whole:
        return natural(whole)
    return _one(Name(literal=whole))


def natural(text: object) -> tuple[Name, ...]:
    """Read a name in reading order (``Peter H. N. de With``), as arXiv gives it.

    The rules are those of :func:`~dl4es_bib.works.reading_order.reading_order`; a collaboration or other organisation
    stays whole.
    """
    whole = _TITLES.sub("", _clean(text))
    if is_nobody(whole) or is_organisation(whole):
        return _one(Name(literal=whole))
    whole, generation = _split_generation(whole)
    name = reading_order(whole)
    if name.literal:
        return _one(Name(literal=whole))
    return _one(
        Name(
            family=recased(name.family),
            given=recased_given(name.given, is_capitals(name.family)),
            non_dropping_particle=name.non_dropping_particle,
            suffix=generation or name.suffix,
        )
    )


def is_et_al(text: object) -> bool:
    """Whether an entry of an author list says "and others"."""
    return " ".join(plain(text, _MAX_NAME).lower().split()) in _ET_AL


def is_nobody(text: str) -> bool:
    """Whether a name is a placeholder for a missing one."""
    compact = text.lower().replace(" ", "")
    return compact in _NOBODY or bool(_CODE.fullmatch(compact)) or not any(c.isalpha() for c in text)


def _clean(value: object) -> str:
    return plain(value, _MAX_NAME).strip(_MARKS)


def _one(name: Name) -> tuple[Name, ...]:
    if not name or (name.literal and (is_nobody(name.literal) or is_et_al(name.literal))):
        return ()
    return (name,)


def _distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    """Without immediate repetitions, which two depositors of one author cause."""
    kept: list[Name] = []
    for name in names:
        if not kept or kept[-1] != name:
            kept.append(name)
    return tuple(kept[:MAX_NAMES])


def _from_family_alone(family: str, suffix: str) -> tuple[Name, ...]:
    """Read a family field that holds a whole name, several, an organisation, or a lone family name."""
    if is_nobody(family) or is_et_al(family):
        return ()
    if is_organisation(family) or len(family) > 120:
        return _one(Name(literal=family))
    parts = [part.strip() for part in family.split(",") if part.strip()]
    parts = [part for part in parts if not _is_degree(part) and part.lower().strip(".") not in ("ed", "eds")]
    generations = [generation_of(part) for part in parts]
    kept = [part for part, generation in zip(parts, generations, strict=True) if not generation]
    generation = _suffix(suffix) or next((one for one in generations if one), "")
    if len(kept) >= 2 and all(" " in part for part in kept):
        return tuple(name for part in kept for name in natural(part))
    if len(kept) == 2:
        return person_or_group({"family": kept[0], "given": kept[1], "suffix": generation})
    whole = kept[0] if len(kept) == 1 else family
    words = whole.split()
    looks_personal = words[0][0].isupper() and words[-1][0].isupper() and words[0].lower() not in PARTICLES
    if 2 <= len(words) <= 4 and looks_personal:
        return natural(f"{whole}, {generation}" if generation else whole)
    if len(words) == 1:
        return _one(Name(family=recased(whole), suffix=generation))
    return _one(Name(literal=whole))


def _split_generation(text: str) -> tuple[str, str]:
    """Take ``, III`` or ``, Jr.`` and degrees off the end (``10.1021/ja…``: "McAdams, III")."""
    head, comma, tail = text.rpartition(",")
    if comma and head and (generation := generation_of(tail.strip())):
        return head.strip(_MARKS), generation
    if comma and head and _is_degree(tail):
        return _split_generation_once(head.strip(_MARKS))
    return text, ""


def _split_generation_once(text: str) -> tuple[str, str]:
    head, comma, tail = text.rpartition(",")
    generation = generation_of(tail.strip()) if comma else ""
    return (head.strip(_MARKS), generation) if generation and head else (text, "")


def _suffix(text: str) -> str:
    return "V" if text.strip(" .") == "V" else generation_of(text)


def _is_degree(text: str) -> bool:
    return re.sub(r"[\s.]", "", text).lower() in _DEGREES
