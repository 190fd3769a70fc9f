"""Personal and other names: initials, order of the parts, lists with "and" and "et al."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from dl4es_bib.csl.item.name import Name
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output, plain
from dl4es_bib.csl.render import text_case
from dl4es_bib.csl.style.elements import Formatting, NameAttributes, NamePart
from dl4es_bib.csl.style.sheet import StyleElement

T = TypeVar("T")

#: Parts a family name from a given one, and names from each other, where names are sorted: before a blank.
SORT_SEPARATOR: Final = "\t"


_PLAIN: Final = NamePart()


@dataclass(frozen=True, slots=True)
class NameOptions:
    """How names are written, everything inherited filled in.

    Attributes are those of ``cs:name`` in the specification; ``demote`` is
    ``demote-non-dropping-particle`` and ``hyphen`` is ``initialize-with-hyphen`` of the style.
    """

    form: str = "long"
    and_: str = ""
    delimiter: str = ", "
    precedes_last: str = "contextual"
    precedes_et_al: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = 1
    et_al_use_last: bool = False
    et_al_subsequent_min: int = 0
    et_al_subsequent_use_first: int = 0
    initialize: bool = True
    initialize_with: str | None = None
    as_sort_order: str = ""
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    hyphen: bool = True
    family: NamePart = _PLAIN
    given: NamePart = _PLAIN
    format: Formatting = ()
    prefix: str = ""
    suffix: str = ""


def options_of(attributes: NameAttributes, style: StyleElement) -> NameOptions:
    """Options from the attributes that are in force and the global options of the style."""

    def given(value: T | None, default: T) -> T:
        return default if value is None else value

    minimum, first = given(attributes.et_al_min, 0), given(attributes.et_al_use_first, 1)
    if attributes.et_al_use_first is None:
        minimum = 0  # names are cut only where both attributes say how
    return NameOptions(
        form=given(attributes.form, "long"),
        and_=given(attributes.and_, ""),
        delimiter=given(attributes.delimiter, ", "),
        precedes_last=given(attributes.delimiter_precedes_last, "contextual"),
        precedes_et_al=given(attributes.delimiter_precedes_et_al, "contextual"),
        et_al_min=minimum,
        et_al_use_first=first,
        et_al_use_last=given(attributes.et_al_use_last, False),
        et_al_subsequent_min=given(attributes.et_al_subsequent_min, minimum),
        et_al_subsequent_use_first=given(attributes.et_al_subsequent_use_first, first),
        initialize=given(attributes.initialize, True),
        initialize_with=attributes.initialize_with,
        as_sort_order=given(attributes.name_as_sort_order, ""),
        sort_separator=given(attributes.sort_separator, ", "),
        demote=style.demote_non_dropping_particle,
        hyphen=style.initialize_with_hyphen,
    )


_CJK = re.compile("[\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def is_east_asian(name: Name) -> bool:
    """Whether a name is written family first without a space."""
    return bool(_CJK.search(name.family))


def sort_name(name: Name, options: NameOptions, form: str) -> Node:
    """A name as it is sorted ("Name-part Order"): particles demoted unless the style never does."""
    if name.literal:
        return Node([_ARTICLE.sub("", plain(parse(name.literal)))], kind="name")
    never = options.demote == "never"
    family = plain(_family(name.non_dropping if never else "", name.family, NamePart(), True))
    particles = " ".join(part.strip() for part in (name.dropping, "" if never else name.non_dropping) if part)
    parts = [family, particles]
    if form != "short":
        given = name.given
        if given and options.initialize_with is not None and options.initialize:
            given = initials(given, options.initialize_with, options.hyphen, True)
        parts += [given, name.suffix]
    return Node([SORT_SEPARATOR.join(part for part in parts if part)], kind="name")


_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)


def write_name(
    name: Name, options: NameOptions, *, inverted: bool, form: str, initialize: bool, english: bool = True
) -> Node:
    """One name as output.

    Arguments:
        name: the name.
        options: how names are written.
        inverted: whether the family name comes first.
        form: ``long`` or ``short``.
        initialize: whether given names are cut to initials where the options say how.
    """
    if name.literal:
        text = _part(parse(name.literal), options.family, english)
        return Node([text], options.format, options.prefix, options.suffix, kind="name")
    given = name.given
    if given and options.initialize_with is not None and not _CJK.search(given):
        given = initials(given, options.initialize_with, options.hyphen, initialize and options.initialize)
    if form == "short" and not is_east_asian(name):
        pieces: list[Output] = [_family(name.non_dropping, name.family, options.family, english)]
    elif is_east_asian(name):
        pieces = [_family(name.non_dropping, name.family, options.family, english)]
        if given and form != "short":
            pieces += ["" if is_east_asian(name) and _CJK.search(given) else " ", _part(given, options.given, english)]
    elif name.static:
        pieces = [_family(name.non_dropping, name.family, options.family, english)]
        if given:
            pieces += [" ", _part(parse(given), options.given, english)]
    elif inverted:
        pieces = _inverted(name, given, options, english)
    else:
        pieces = _straight(name, given, options, english)
    return Node(pieces, options.format, options.prefix, options.suffix, kind="name", data=name.given)


def _family(particle: str, family: str, part: NamePart, english: bool, affixes: bool = True) -> Output:
    """Particle and family name, each in the formatting of the family part, its affixes around both."""
    pieces: list[Output] = []
    if particle:
        pieces.append(_styled(particle.rstrip() if particle[-1:] == " " else particle, part, english))
        if family and particle[-1] not in "’'-`":
            pieces.append(" ")
    if family:
        pieces.append(_styled(family, part, english))
    if affixes and (part.prefix or part.suffix):
        return Node(pieces, (), part.prefix, part.suffix)
    return pieces[0] if len(pieces) == 1 else Node(pieces)


def _styled(text: str, part: NamePart, english: bool) -> Output:
    output = parse(text)
    if part.text_case:
        output = text_case.apply(output, part.text_case, english=english)
    return Node([output], part.format) if part.format else output


def _inverted(name: Name, given: str, options: NameOptions, english: bool) -> list[Output]:
    demoted = options.demote == "display-and-sort"
    pieces: list[Output] = [_family("" if demoted else name.non_dropping, name.family, options.family, english)]
    after: list[Output] = []
    for text, part in (
        (given, options.given),
        (name.dropping, options.given),
        (name.non_dropping.rstrip() if demoted else "", options.family),
    ):
        if text:
            if after:
                after.append(" ")
            after.append(_styled(text, part, english))
    if after:
        part = options.given
        pieces += [options.sort_separator, Node(after, (), part.prefix, part.suffix)]
    if name.suffix:
        pieces += [options.sort_separator, parse(_suffix(name, options))]
    return pieces


def _suffix(name: Name, options: NameOptions) -> str:
    """The suffix, without a stop ("Jr") in a style whose initials have none."""
    initial = options.initialize_with
    no_stops = initial is not None and options.initialize and "." not in initial
    return name.suffix.replace(".", "") if no_stops else name.suffix


def _straight(name: Name, given: str, options: NameOptions, english: bool) -> list[Output]:
    part = options.family
    family: list[Output] = []
    if name.dropping:
        family.append(_styled(name.dropping, options.given, english))
        if name.dropping[-1] not in "’'-`":
            family.append(" ")
    family.append(_family(name.non_dropping, name.family, part, english, affixes=False))
    if name.suffix:
        family += [", " if name.comma_suffix else " ", parse(_suffix(name, options))]
    pieces: list[Output] = []
    if given:
        pieces.append(_part(parse(given), options.given, english))
        if not options.given.suffix[-1:].isspace():
            pieces.append(" ")
    pieces.append(Node(family, (), part.prefix, part.suffix))
    return pieces


def _part(output: Output, part: NamePart, english: bool, affixes: bool = True) -> Output:
    if part.text_case:
        output = text_case.apply(output, part.text_case, english=english)
    if part.format or (affixes and (part.prefix or part.suffix)):
        prefix, suffix = (part.prefix, part.suffix) if affixes else ("", "")
        return Node([output], part.format, prefix, suffix)
    return output


#: "Yu-feng" is shortened to "Y.": what follows the hyphen in small letters has no initial of its own.
_LOWER_PART = re.compile(r"(\b[A-ZÀ-ÖØ-Þ]\w*)[-‐‑][a-zß-öø-ÿ]\w+")
_TAG = re.compile(r"</?[a-z][^<>]{0,60}>")
#: Signs of transcriptions that stand before a letter.
_MODIFIERS: Final = "ʿʾʻʼʽˈ‘’'"


@lru_cache(maxsize=8192)
def initials(given: str, with_: str, hyphen: bool, initialize: bool) -> str:
    """Given names cut to initials, or with ``initialize`` off only those initials tidied that are there."""
    out = ""
    if initialize:
        given = _LOWER_PART.sub(r"\1", given)
    # Years of life ("1872-1952") are no names.
    for chunk in re.split(r"(\s+|(?<!\d)[-‐‑])", given.replace("\u00a0", " ")):
        if not chunk or chunk.isspace():
            continue
        if chunk.lstrip("<([")[:1].isdigit():
            out = f"{out}{' ' if out and not out.endswith((' ', '-')) else ''}{chunk} "
            continue
        if chunk in "-‐‑":
            if initialize:
                out = out.rstrip() + ("-" if hyphen else ("" if with_.rstrip() == with_ else " "))
            else:
                out = out.rstrip() + "-"
            continue
        for piece in re.findall(r"[^.]+\.?|\.", chunk):
            out = _with_initial(out, piece, with_, initialize)
    return out.strip()


def _with_initial(out: str, piece: str, with_: str, initialize: bool) -> str:
    tags = _TAG.findall(piece)
    word = _TAG.sub("", piece)
    letters = word.rstrip(".").strip('“”"()')
    if not letters:
        return out
    if not any(character.isalnum() for character in letters):
        return f"{out}{' ' if out and not out.endswith(' ') else ''}{piece} "  # "A & B": a sign has no initial
    # "ʿAlī" is shortened to "ʿA.": a modifier belongs to the letter after it.
    modifiers = letters[: len(letters) - len(letters.lstrip(_MODIFIERS))]
    if modifiers and len(modifiers) < len(letters):
        letters = letters[len(modifiers) :]
    else:
        modifiers = ""
    opening = "".join(tag for tag in tags if tag[1] != "/") + modifiers
    closing = "".join(tag for tag in tags if tag[1] == "/")
    gap = " " if out and not out.endswith((" ", "-")) else ""
    if letters[0].islower() and len(letters) > 1:
        return f"{out}{gap}{piece} "
    short = len(letters) == 1 or (word.endswith(".") and len(letters) < 4)
    if not initialize and not short:
        return f"{out}{gap}{piece} "
    if short:
        initial = letters
        if len(letters) > 1 and word.endswith(".") and not initialize:
            return f"{out}{opening}{letters}{with_}{closing}"
    else:
        initial = letters[0]
        if len(letters) > 2 and letters[1].isupper() and letters[2].islower():
            initial += letters[1].lower()
    if closing and with_.endswith(" "):
        return f"{out}{opening}{initial}{with_.rstrip()}{closing} "
    return f"{out}{opening}{initial}{with_}{closing}"


def write_list(
    names: Sequence[Node],
    total: int,
    options: NameOptions,
    *,
    last: Node | None,
    and_term: str,
    et_al: Output | None,
    inverted: Sequence[bool],
) -> Node:
    """A list of names.

    Arguments:
        names: the names that are shown from the start.
        total: how many there are; more than shown means "et al." or, with ``last``, an ellipsis.
        options: the delimiters.
        last: the last name after an ellipsis.
        and_term: "and", "&" or nothing.
        et_al: what stands for the names left out.
        inverted: for each shown name whether the family name comes first.
    """
    delimiter = options.delimiter
    children: list[Output] = []
    whole = len(names) == total
    for index, name in enumerate(names):
        if index:
            if whole and index == len(names) - 1 and and_term:
                if _precedes(options.precedes_last, len(names) > 2, inverted[index - 1]):
                    children.append(delimiter if delimiter[-1:].isspace() or not delimiter else delimiter + " ")
                elif not _is_joined(and_term[0]):
                    children.append(" ")
                children.append(and_term if _is_joined(and_term[-1]) or and_term[-1].isspace() else f"{and_term} ")
            else:
                children.append(delimiter)
        children.append(name)
    if not whole and names:
        if last is not None:
            children += [delimiter, "… ", last]
        elif et_al is not None:
            if _precedes(options.precedes_et_al, len(names) > 1, inverted[len(names) - 1]):
                children.append(f"{delimiter} " if delimiter.endswith((",", ";")) else delimiter)
            elif not _is_joined(plain(et_al)[:1]):
                children.append(" ")
            children.append(et_al)
    return Node(children, kind="list")


_JOINED = re.compile("[\u05d5\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def _is_joined(character: str) -> bool:
    """Whether a conjunction stands without a blank: the Hebrew vav, Chinese, Japanese."""
    return character >= "\u05d5" and _JOINED.match(character) is not None


def _precedes(rule: str, contextual: bool, inverted: bool) -> bool:
    match rule:
        case "always":
            return True
        case "never":
            return False
        case "after-inverted-name":
            return inverted
        case _:
            return contextual
