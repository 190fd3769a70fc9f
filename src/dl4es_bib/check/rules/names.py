"""Names of people: how they are parted and written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dl4es_bib.bib.file import Entry, Field
from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.check.vocabulary import NAME_FIELDS
from dl4es_bib.formats.bibtex.names import is_one_group
from dl4es_bib.formats.bibtex.written_names import too_many_commas_for_biber

_ET_AL = re.compile(r"(?i)(?:\band\s+)?,?[\s~]*\{?\bet\.?[\s~]+al(?:ii|ia)?\b\.?\}?,?\s*$")
#: biblatex's extended name format (manual §3.4): ``family=Este, prefix=d', given=Beatrice``.
_EXTENDED = re.compile(r"\b(?:family|given|prefix|suffix)\s*=")
_INITIAL_BEFORE_SURNAME = re.compile(r"(?:^|[\s.])[A-ZÀ-Þ]\.?[\s~-]*[A-ZÀ-Þ][\w'’-]+$")
_SURNAME_INITIALS = re.compile(r"[^\W\d_][\w'’-]+\s*,?\s+(?:[A-Z]\.?[- ]?){1,4}$")


def name_fields(subject: Subject) -> Iterator[tuple[Entry, Field]]:
    """The fields that hold names; a value in braces of its own is one name of an organisation."""
    for entry, field in subject.fields():
        if field.name in NAME_FIELDS and field.raw[:1] in '{"' and not _EXTENDED.search(field.value):
            yield entry, field


def people(value: str) -> list[str]:
    """The single names of a value: parted at *and* outside of braces, as BibTeX does."""
    names, depth, begin = [], 0, 0
    for match in re.finditer(r"[{}]|[ \t\r\n]+and(?=[ \t\r\n])", value, re.I):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif not depth:
            names.append(value[begin : match.start()].strip())
            begin = match.end()
    return [*names, value[begin:].strip()]


def parts(name: str) -> list[str]:
    """The parts of a name between commas outside of braces."""
    found, depth, begin = [], 0, 0
    for index, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if character == "," and not depth:
            found.append(name[begin:index].strip())
            begin = index + 1
    return [*found, name[begin:].strip()]


def too_many_commas(subject: Subject) -> Iterator[Found]:
    """A name with more than two commas."""
    for entry, field in name_fields(subject):
        for name in people(field.value):
            found = parts(name)
            if len(found) > 3 and not _is_list(found):
                yield Found(
                    field.start,
                    f"The name {name[:80]!r} has {len(found) - 1} commas; two are the most that a name can have.",
                    "Part the names with ' and '.",
                    entry.key,
                )


def commas_in_braces(subject: Subject) -> Iterator[Found]:
    """A name that has more than two commas when those in braces are counted, as biber does."""
    for entry, field in name_fields(subject):
        for name in people(field.value):
            found = parts(name)
            if len(found) > 3 or not too_many_commas_for_biber(name):
                continue
            at = field.raw.find(name)
            start = field.value_start + at
            braced = ", ".join(piece if is_one_group(piece) else f"{{{piece}}}" for piece in found)
            changes = (Replacement(start, start + len(name), braced),) if at >= 0 else ()
            yield Found(
                field.start,
                f"The name {name[:80]!r} has {name.count(',')} commas; biber counts those in braces and allows two.",
                "Put each part of the name in braces.",
                entry.key,
                changes,
            )


def ends_in_comma(subject: Subject) -> Iterator[Found]:
    """A name that ends in a comma."""
    for entry, field in name_fields(subject):
        for name in people(field.value):
            if name.endswith(",") and name.strip(", "):
                raw = field.raw
                at = raw.find(name)
                changes: tuple[Replacement, ...] = ()
                # A list of people is parted first, for which its last comma is evidence.
                apart = parts(name.rstrip(", "))
                if at >= 0 and not (len(apart) > 1 and all(_full(part) for part in apart)):
                    end = field.value_start + at + len(name)
                    changes = (Replacement(end - (len(name) - len(name.rstrip(", "))), end, ""),)
                yield Found(field.start, f"The name {name[:80]!r} ends in a comma.", "Remove it.", entry.key, changes)


def empty_name(subject: Subject) -> Iterator[Found]:
    """Two *and* without a name between them, or one at an end."""
    for entry, field in name_fields(subject):
        names = people(f" {field.value} ")
        if len(names) > 1 and not all(names):
            yield Found(
                field.start, f"In {field.name} of {entry.key[:60]} a name is missing beside 'and'.", "", entry.key
            )


def separated_by_commas(subject: Subject) -> Iterator[Found]:
    """Several names in a row with commas or semicolons between them."""
    for entry, field in name_fields(subject):
        for name in people(field.value):
            found = parts(name.rstrip(", "))
            if ";" in _outside_braces(name):
                pieces = [piece.strip() for piece in name.split(";") if piece.strip()]
                what = "semicolons"
            elif len(found) > 3 and _is_list(found):
                pieces, what = _listed(found), "commas"
            elif (
                len(found) > 1
                and all(_full(part) for part in found)
                and (len(found) > 2 or name.endswith(",") or _two_people(found))
            ):
                pieces, what = found, "commas"
            else:
                continue
            at = field.raw.find(name)
            start = field.value_start + at
            people_apart = " and ".join(piece for piece in pieces if piece.strip(" ,"))
            changes = (Replacement(start, start + len(name), people_apart),) if at >= 0 else ()
            yield Found(
                field.start,
                f"The names {name[:80]!r} are parted by {what}; BibTeX takes them for one person.",
                "Part them with ' and '.",
                entry.key,
                changes,
                safe=False,
            )


def _outside_braces(name: str) -> str:
    depth, kept = 0, []
    for character in name:
        depth += (character == "{") - (character == "}")
        kept.append(character if not depth else " ")
    return "".join(kept)


def _full(part: str) -> bool:
    """Whether a part is a whole name: given names and a surname."""
    words = part.split()
    return (
        len(words) >= 2
        and not part.lower().startswith(("jr", "von ", "de ", "van "))
        and all(word[:1].isupper() for word in (words[0], words[-1]))
    )


def _two_people(found: list[str]) -> bool:
    """Whether two parts, each of several words, are two people: "García Márquez, Gabriel José" is one.

    In a whole name in reading order an initial stands before a surname; among given names it stands last.
    """
    return all(_INITIAL_BEFORE_SURNAME.search(part) for part in found) or (
        _INITIAL_BEFORE_SURNAME.search(found[1]) is not None and len(found[0].split()) == 2
    )


def _is_list(found: list[str]) -> bool:
    """Whether parts between commas are surname, initials, surname, initials …"""
    pairs = found if len(found) % 2 == 0 else [*found, ""]
    initials = [part for part in pairs[1::2] if part]
    short = re.compile(r"(?:[A-ZÀ-Þ]\.?[- ]?){1,4}$")
    alternate = len(found) >= 4 and all(short.match(part) for part in initials)
    return alternate or (len(found) >= 3 and all(_SURNAME_INITIALS.match(part) for part in found))


def _listed(found: list[str]) -> list[str]:
    if all(_SURNAME_INITIALS.match(part) for part in found):
        return [part for part in found if part]
    pairs = zip(found[::2], [*found[1::2], ""], strict=False)
    return [", ".join(part for part in pair if part) for pair in pairs]


def et_al(subject: Subject) -> Iterator[Found]:
    """*et al.* in a list of names."""
    for entry, field in name_fields(subject):
        match = _ET_AL.search(field.value)
        if match is None:
            continue
        raw = _ET_AL.search(field.raw[1:-1])
        changes: tuple[Replacement, ...] = ()
        if raw is not None and field.raw[1:-1][: raw.start()].strip():
            start = field.value_start + 1
            changes = (Replacement(start + raw.start(), start + raw.end(), " and others"),)
        yield Found(
            field.start,
            f"The {field.name} of {entry.key[:60]} ends in 'et al.', which BibTeX takes for a part of a name.",
            "Write 'and others', or all names.",
            entry.key,
            changes,
        )


def ampersand(subject: Subject) -> Iterator[Found]:
    """Names joined by an ampersand."""
    for entry, field in name_fields(subject):
        if re.search(r"\s\\?&\s", _outside_braces(field.value)):
            places = [match.span() for match in re.finditer(r"(?<=\s)\\?&(?=\s)", field.raw)]
            changes = tuple(Replacement(field.value_start + a, field.value_start + b, "and") for a, b in places)
            yield Found(
                field.start, f"The names in {field.name} of {entry.key[:60]} are joined by '&'.",
                "Part them with ' and ', or put the name of an organisation in braces.", entry.key, changes, safe=False,
            )  # fmt: skip


RULES = (
    Rule(
        "name-too-many-commas", "names", "error", "A name has more than two commas.",
        "BibTeX says 'Too many commas' and drops parts; biber stops with an error for the entry.", too_many_commas,
    ),
    Rule(
        "name-commas-in-braces", "names", "error", "A name has more than two commas, those in braces included.",
        "biber stops with 'too many commas, skipping entry'; BibTeX reads the name.", commas_in_braces, "safe",
    ),
    Rule(
        "name-ends-in-comma", "names", "error", "A name ends in a comma.",
        "BibTeX says 'Name has a comma at the end'; biber takes the entry's name as empty.", ends_in_comma, "safe",
    ),
    Rule(
        "name-missing", "names", "error", "A name is missing beside 'and'.",
        "biber stops with 'empty name'; BibTeX prints an empty name.", empty_name,
    ),
    Rule(
        "names-parted-wrongly", "names", "warning", "Names are parted by commas or semicolons.",
        "BibTeX and biber part names at 'and' only: several people become one.", separated_by_commas, "unsafe",
    ),
    Rule(
        "et-al-in-names", "names", "warning", "A list of names ends in 'et al.'.",
        "BibTeX and biber print 'al.' as a surname; 'and others' is what they know.", et_al, "safe",
    ),
    Rule(
        "ampersand-in-names", "names", "warning", "Names are joined by '&'.",
        "BibTeX takes both for one name, and LaTeX stops at an '&' that is not escaped.", ampersand, "unsafe",
    ),
)  # fmt: skip
