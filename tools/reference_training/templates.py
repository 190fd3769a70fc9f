"""Layouts that no CSL style has: web pages, paper lists, search engines, BibTeX styles, lists of publications.

A layout is drawn from parts: how names are written, where the date stands, how the title ends, what follows by kind.
``{T}`` is a variable, ``[…]`` is left out when a variable in it is empty, ``*…*`` is italic, ``_…_`` bold.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from reference_training.rendered import Chunk, Rendered

#: Whole heads: authors, date and title in every order.
HEADS: Final = (
    "{A} ({D}). {T}. ", "{A} ({D}). {T}, ", "{A} ({D}): {T}. ", "{A}. ({D}). {T}. ", "{A}, {D}. {T}. ", "{A} {D}. {T}. ",
    "{A}. {D}. {T}. ", "{A}. {D}. “{T}.” ", "{A} ({D}) ‘{T}’, ", "{A} ({D}) {T}. ", "{A}. “{T}.” ", "{A}. \"{T}.\" ",
    "{A}, “{T},” ", "{A}, \"{T},\" ", "{A}, \"{T}\", ", "{A}, {T}, ", "{A}. {T}. ", "{A}. {T}, ", "{A}: {T}. ",
    "{A}: {T}, ", "{A}; {T}. ", "{A} – {T}. ", "{A} [{D}] {T}. ", "{A}, *{T}*, ", "{A}. *{T}*. ", "{A} *{T}*. ",
    "{A}, ‘{T}’, ", "{A}. «{T}». ", "{A}, « {T} », ", "{A}. „{T}“. ", "{A} (_{D}_). {T}. ", "{A}. _{T}_. ",
    "\"{T}\", {A}, ", "\"{T}\", {A}. ", "“{T}”, {A}, ", "“{T}”, {A}. ", "\"{T},\" {A}, ", "{T}; {A}; ", "'{T}', {A}, ", "“{T}” by {A}. ", "{T}. {A}. ", "{T}, {A}, ", "_{T}_. {A}. ", "_{T}_, {A}. ",
    "_{T}_ {A} ", "{T} - {A} - ", "{T} — {A}. ", "{T} ({D}) {A}. ", "{T}. {A} ({D}). ", "*{T}*. {A}. ", "_{T}_ *{A}* ",
    "_{T}_. *{A}*. ", "{T}: {A}. ", "{T} / {A}. ", "{A} {T} // ", "{A} {T}. – ", "{A}. {T}[J]. ", "{D}. {A}. {T}. ",
    "[{D}] {A}. {T}. ", "({D}) {A}. {T}. ", "{A}, {D}, {T}, ", "{A}, {D}, ‘{T}’, ", "{A}. {D} {T}. ", "{A} {D} {T} ",
)  # fmt: skip
#: Heads whose venue stands in brackets at the end: "Title - Authors (Venue Year)".
BRACKETED: Final = (
    "{T} - {A} ({J} {D})", "{T}, {A} ({J} {D})", "{T}. {A} ({J}, {D})", "{T} ({A}, {D})", "{T} – {A}, {J} ({D})",
    "{T} by {A} ({D})", "{A} ({J} {D}) {T}", "{A}, {T} ({J}, {D})", "{A}. {T} ({J}, {D})[. {W}]", "{T} [{J} {D}] {A}",
    "_{T}_, {A}, {J} {D}", "{J} {D}: {T}. {A}", "({J} {D}) {A}. {T}", "{T}, in {J} ({D}), {A}",
)  # fmt: skip
#: Physics and chemistry leave the title out.
UNTITLED: Final = (
    "{A}, *{J}* _{V}_, {P} ({Y}).", "{A}, {J} {V}, {P} ({Y}).", "{A}, {J} {V} ({Y}) {P}.", "{A}, {J}. {V}({I}), {P} ({Y})",
    "{A}, *{J}* {Y}, *{V}*, {P}.", "{A} {Y}, {J}, {V}, {P}", "{A} {Y} *{J}* _{V}_ {P}", "{A}: {J} {V}, {P} ({Y})",
    "{A}. {J} {Y}, {V}, {P}.", "{A}, {J} {V} ({Y}), no. {I} {P}", "{A}, {J}, {V}:{P}, {Y}.", "{A}. {J} {V}:{P}, {Y}.",
)  # fmt: skip
ARTICLE: Final = (
    "*{J}*[, {V}][({I})][, {P}].", "*{J}* {V}[({I})][:{P}].", "*{J}* {V}[.{I}] ({Y})[: {P}].", "{J}[ {V}][ ({I})][, {P}].",
    "{J}[, vol. {V}][, no. {I}][, pp. {P}].", "*{J}*[, vol. {V}][, no. {I}][, pp. {P}], {D}.", "{J}, {D}.", "{J} {D}.",
    "In: {J}[ {V}][.{I}], {D}[, S. {P}].", "In *{J}*[ {V}][, {D}].", "{J}[ _{V}_][, {P}] ({Y}).", "*{J}* {Y}[, *{V}*][, {P}].",
    "*{J}*. {D}[;{V}][({I})][:{P}].", "{J}. {D}[;{V}][({I})][:{P}].", "{J}[, Vol. {V}][, Issue {I}][, Pages {P}], {D}.",
    "{J}, {D}[, {V}][({I})][, c. {P}].", "{J}. {D}[. Т. {V}][. № {I}][. С. {P}].", "*{J}*, {V}[ ({I})][, {P}] ({D}).",
    "{J}[, Bd. {V}][, Nr. {I}][, S. {P}].", "{J}[ {V}][/{I}] ({D})[, {P}].", "{J}[, {V}][/{I}][, {D}][, {P}].",
    "*{J}*[, t. {V}][, n° {I}][, p. {P}], {D}.", "{J}[, v. {V}][, n. {I}][, p. {P}], {D}.", "{J}, {Y}[, {V}][({I})][: {P}].",
    "{J}. [{V}.][ {P}.] {D}.", "published in {J}[, volume {V}][, number {I}][, pages {P}], {D}.", "{J} [{V}][: {P}] [{D}]",
    "in *{J}*[, vol. {V}][, no. {I}][, pp. {P}], {D}.", "in {J}[, v. {V}][, {P}], {D}.", "In {J}[ {V}({I})][, {P}].",
    "{J} {V}[, {P}] ({Y}).", "{J} {V} ({Y})[ {P}].", "{J}, {V}[, {P}] ({Y}).", "{J} {Y}.", "{J}[ {V}], {Y}.",
    "{J}[, {V}][, {P}], {D}.", "{J}[, {V}({I})][:{P}], {D}.", "*{J}*, [{V}:][{P}, ]{D}.", "({D}) {J}[ {V}][ ({I})][ {P}].",
)  # fmt: skip
CHAPTER: Final = (
    "In {E} (Eds.), *{B}* (pp. {P}). [{L}: ]{U}.", "In: {E} (eds) {B}. {U}[, {L}][, pp {P}].", "In *{B}*, edited by {E}[, {P}]. [{L}: ]{U}.",
    "in {E} (ed.), *{B}*[, {L}]: {U}[, pp. {P}].", "In {B}[, pages {P}][, {L}], {D}. {U}.", "in *{B}*[, {L}][, {D}][, pp. {P}].",
    "In: *{B}*. {U}[, {L}], {D}[, S. {P}].", "In: {E} (Hrsg.): {B}. [{L}: ]{U} {Y}[, S. {P}].", "*{B}*, {U}[, {L}], {D}[, {P}].",
    "In {E}, editors, *{B}*[, pages {P}]. {U}[, {L}], {D}.", "{B}[, pp. {P}]. {U}, {D}.", "In {B}. {D}.", "in {B} (eds {E}) {P} ({U}[, {L}]).",
    "In {B}, {D}.", "{B}, {D}[, pp. {P}].", "In Proc. {B}[, {L}][, {D}][, pp. {P}].", "{B} {Y}[: {P}].",
)  # fmt: skip
BOOK: Final = (
    "[{L}: ]{U}.", "[{N}. ][{L}: ]{U}.", "[({N}). ]{U}.", "{U}[, {L}].", "{U}[, {L}], {D}.", "[{L}: ]{U}, {D}.", "[{L}, ]{U}, {D}.",
    "({L}: {U}, {D}).", "({U}, {D}).", "[{L} : ]{U}, {D}.", "[{C}. ][{L}: ]{U}.", "[{N}, ]{U}, {D}.", "{U} ({L}), {D}.",
    "[{L}. ]{U}, {D}.", "[{L}]: {U}, {D}.", "[{C}, ]{U}[, {L}].", "{U}, {Y}.",
)  # fmt: skip
OTHER: Final = (
    "{U}[, {L}], {D}.", "[{G}, ]{U}[, {L}].", "[{G}. ]{U}, {D}.", "{J}, {D}.", "{U}.", "{D}.", "({D}).", "[{J}. ]{D}.",
    "[{J}]. {U}.", "[{G}], {U}, {D}.", "Retrieved from {W}", "{J}. {D}.",
)  # fmt: skip
TAILS: Final = (
    "", "", "", " {W}", " doi:{O}", " https://doi.org/{O}", " DOI: {O}.", " doi: {O}", " {O}", " [link]({W})",
    " Available at: {W}", " [Online]. Available: {W}", " URL {W}", " <{W}>",
)  # fmt: skip
NUMBERS: Final = ("", "", "", "[{#}] ", "{#}. ", "{#} ", "({#}) ", "- ", "* ", "{#}) ")
_MONTHS: Final = "January February March April May June July August September October November December".split()
_FIELD: Final = re.compile(r"\{([A-Z#])\}|([*_])")
_KINDS: Final[Mapping[str, Sequence[str]]] = {
    "article-journal": ARTICLE,
    "article-magazine": ARTICLE,
    "article-newspaper": ARTICLE,
    "chapter": CHAPTER,
    "paper-conference": CHAPTER,
    "entry-encyclopedia": CHAPTER,
    "book": BOOK,
}
Names = Callable[[Mapping[str, str]], str]


def _initials(given: str, stop: str, joint: str) -> str:
    words = re.split(r"[\s.]+", given.strip())
    return joint.join("-".join(part[:1] + stop for part in word.split("-") if part) for word in words if word)


def _family(name: Mapping[str, str]) -> str:
    return " ".join(part for part in (name.get("non-dropping-particle", ""), name.get("family", "")) if part)


#: Ways of writing one name; the flag says that the family name comes first.
NAME_FORMS: Final[tuple[tuple[bool, Names], ...]] = (
    (False, lambda name: f"{name.get('given', '')} {_family(name)}".strip()),
    (False, lambda name: f"{_initials(name.get('given', ''), '.', ' ')} {_family(name)}".strip()),
    (False, lambda name: f"{_initials(name.get('given', ''), '.', '')} {_family(name)}".strip()),
    (False, lambda name: f"{_initials(name.get('given', ''), '', '')} {_family(name)}".strip()),
    (True, lambda name: f"{_family(name)}, {name.get('given', '')}".strip(", ")),
    (True, lambda name: f"{_family(name)}, {_initials(name.get('given', ''), '.', ' ')}".strip(", ")),
    (True, lambda name: f"{_family(name)}, {_initials(name.get('given', ''), '.', '')}".strip(", ")),
    (True, lambda name: f"{_family(name)} {_initials(name.get('given', ''), '', '')}".strip()),
    (True, lambda name: f"{_family(name)} {_initials(name.get('given', ''), '.', '')}".strip()),
    (True, lambda name: f"{_family(name)} {_initials(name.get('given', ''), '.', ' ')}".strip()),
    (True, lambda name: f"{_family(name).upper()}, {name.get('given', '')}".strip(", ")),
    (True, lambda name: f"{_family(name).upper()} {name.get('given', '')}".strip()),
    (True, lambda name: f"{_family(name)} {name.get('given', '')}".strip()),
)
_DELIMITERS: Final = (", ", ", ", ", ", "; ", " and ", " & ", " / ")
_LASTS: Final = (", ", " and ", ", and ", " & ", ", & ", "; ", " und ", " et ", " y ", " e ", " with ", "; and ")
_ET_ALS: Final = (" et al.", ", et al.", " et al", " and others", " ... ", " [et al.]", " u. a.", ", et al")


def names(people: Sequence[Mapping[str, str]], chance: random.Random, limit: int) -> tuple[list[Chunk], list[str]]:
    """A list of names in one of many ways, with the family names that it shows."""
    first_inverted, form = chance.choice(NAME_FORMS)
    mixed = first_inverted and chance.random() < 0.15
    delimiter = chance.choice(_DELIMITERS)
    last = chance.choice(_LASTS) if chance.random() < 0.7 else delimiter
    shown = list(people[:limit])
    texts = []
    for place, name in enumerate(shown):
        if name.get("literal"):
            texts.append(name["literal"])
        else:
            texts.append((NAME_FORMS[0][1] if mixed and place else form)(name))
    text = texts[0]
    for place, one_name in enumerate(texts[1:], 1):
        text += (last if place == len(texts) - 1 and len(people) <= limit else delimiter) + one_name
    families = [name.get("literal") or _family(name) or name.get("given", "") for name in shown]
    chunks = [Chunk(text, "A")]
    if len(people) > limit:
        chunks.append(Chunk(chance.choice(_ET_ALS)))
    return chunks, families


def _date(item: Mapping[str, Any], chance: random.Random) -> tuple[str, str]:
    parts = ((item.get("issued") or {}).get("date-parts") or [[""]])[0]
    year = str(parts[0]) if parts else ""
    if not year or len(parts) == 1 or chance.random() < 0.6:
        return year, year
    month = _MONTHS[int(parts[1]) - 1]
    month = chance.choice((month, month[:3], month[:3] + "."))
    day = str(parts[2]) if len(parts) > 2 else ""
    forms = [f"{month} {year}", f"{month}, {year}", f"{year} {month}"]
    if day:
        forms = [f"{month} {day}, {year}", f"{day} {month} {year}", f"{year}, {month} {day}", f"{year} {month} {day}"]
        forms.append(f"{int(day):02d}.{int(parts[1]):02d}.{year}")
        forms.append(f"{year}-{int(parts[1]):02d}-{int(day):02d}")
    return chance.choice(forms), year


def _values(item: Mapping[str, Any], chance: random.Random) -> dict[str, tuple[str, str]]:
    """Letter of the layout → text and label."""
    date, year = _date(item, chance)
    container = str(item.get("container-title", ""))
    short = item.get("container-title-short")
    if short and chance.random() < 0.4:
        container = str(short)
        container = container if chance.random() < 0.6 else container.replace(".", "")
    dash = chance.choice(("-", "–", "--", "-"))
    pages = str(item.get("page") or item.get("number") or "").replace("-", dash)
    edition = str(item.get("edition", ""))
    if edition:
        edition = chance.choice((f"{edition}nd ed", f"{edition}th ed", f"{edition}. Aufl", f"{edition} edition"))
    return {
        "T": (str(item.get("title", "")).rstrip("."), "T"),
        "D": (date, "D"),
        "Y": (year, "D"),
        "J": (container, "J"),
        "B": (container, "B"),
        "C": (str(item.get("collection-title", "")), "C"),
        "V": (str(item.get("volume", "")), "V"),
        "I": (str(item.get("issue", "")), "I"),
        "P": (pages, "P"),
        "U": (str(item.get("publisher", "")), "U"),
        "L": (str(item.get("publisher-place", "")), "L"),
        "G": (str(item.get("genre", "")), "G"),
        "N": (edition, "N"),
        "W": (str(item.get("URL", "")), "O"),
        "O": (str(item.get("DOI", "")), "O"),
        "#": (str(chance.randrange(1, 200)), "O"),
    }


def render(item: Mapping[str, Any], source: str, chance: random.Random) -> Rendered | None:
    """The item in a layout drawn by chance; ``None`` when it has too little for any."""
    people = [name for name in item.get("author", ()) if name.get("family") or name.get("literal")]
    values = _values(item, chance)
    if not people or not values["T"][0]:
        return None
    limit = chance.choice((99, 99, 99, 99, 1, 3, 6, 10))
    authors, families = names(people, chance, limit)
    editors = [name for name in item.get("editor", ()) if name.get("family")]
    lists = {"A": authors, "E": []}
    if editors:
        lists["E"] = [Chunk(chunk.text, "E" if chunk.label == "A" else "O") for chunk in names(editors, chance, 99)[0]]
    number = chance.choice(NUMBERS)
    kind = str(item.get("type", ""))
    if values["J"][0] and values["Y"][0] and chance.random() < 0.12:
        layout = chance.choice(BRACKETED)
    elif all(values[key][0] for key in "JVPY") and chance.random() < 0.1:
        layout = chance.choice(UNTITLED)
    else:
        head = chance.choice(HEADS)
        fitting = [tail for tail in _KINDS.get(kind, OTHER) if not (_dated(head) and _dated(tail))]
        fitting = [tail for tail in fitting if "{E}" not in tail or editors] or list(OTHER)
        layout = head + chance.choice(fitting)
    tail = chance.choice(TAILS)
    layout = number + layout + (tail if all(values[key][0] for key in re.findall(r"\{([WO])\}", tail)) else "")
    written = _written(layout, values, lists)
    if written is None:
        return None
    name = f"layout:{layout[:60]}"
    return Rendered(tuple(written), name, str(item.get("record", item["id"])), source, tuple(families))


def _dated(layout: str) -> bool:
    return "{D}" in layout or "{Y}" in layout


def _written(
    layout: str, values: Mapping[str, tuple[str, str]], lists: Mapping[str, list[Chunk]]
) -> list[Chunk] | None:
    def filled(key: str) -> bool:
        return bool(lists[key]) if key in lists else bool(values[key][0])

    def group(found: re.Match[str]) -> str:
        keys = re.findall(r"\{([A-Z#])\}", found.group())
        if not keys:
            return found.group()
        if any(key in "#DO" and found.group() in ("[{D}]", "[{#}]", "[{J} {D}]") for key in keys):
            return found.group()
        return found.group(1) if all(filled(key) for key in keys) else ""

    layout = re.sub(r"\[((?:[^\[\]{}]|\{[A-Z#]\})*)\](?!\()", group, layout)
    chunks: list[Chunk] = []
    italic = bold = False
    position = 0
    for found in _FIELD.finditer(layout):
        if found.start() > position:
            chunks.append(Chunk(layout[position : found.start()], "O", italic, bold))
        position = found.end()
        if mark := found.group(2):
            italic, bold = (not italic, bold) if mark == "*" else (italic, not bold)
            continue
        key = found.group(1)
        if not filled(key):
            if key in "TAJB":
                return None
            continue
        if key in lists:
            chunks += [Chunk(chunk.text, chunk.label, italic, bold) for chunk in lists[key]]
        else:
            chunks.append(Chunk(values[key][0], values[key][1], italic, bold))
    chunks.append(Chunk(layout[position:], "O", italic, bold))
    return _section_glued(chunks)


def _section_glued(chunks: list[Chunk]) -> list[Chunk]:
    """ "Phys. Rev. D 49" as "Phys. Rev. D49", as many write it: half of them, by their volume."""
    for place in range(len(chunks) - 2):
        journal, gap, volume = chunks[place : place + 3]
        if volume.label == "V" and gap.text == " " and re.search(r"[ .][A-H]$", journal.text) and len(volume.text) % 2:
            chunks[place + 1] = Chunk("")
    return chunks
