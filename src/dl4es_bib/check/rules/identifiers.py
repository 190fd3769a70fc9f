"""DOI, ISBN, ISSN, ORCID and addresses: their form and check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.model import identifier as ids

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_ADDRESS = re.compile(r"(?i)^\s*(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/(10\.\S+)\s*$")
_DOI_BEFORE = re.compile(
    r"(?i)^\s*(?:(?:https?:(?://|\\/\\/))?(?:dx\.)?doi\.org/|doi:?\s*|https?://[^/\s]*doi\.org/)(?=10\.)"
)
_ORCID = re.compile(r"\b(\d{4})-(\d{4})-(\d{4})-(\d{3}[\dXx])\b")
_ISBN_BETWEEN = re.compile(r"[,;/]|\s{2,}|\band\b")
_ISBN_BESIDE = re.compile(r"\([^()]*\)|(?i:isbn(?:-1[03])?:?)")
_ISSN = re.compile(r"[0-9Xx]+(?:[-–—\s]?[0-9Xx]+)?")
_ISSN_BESIDE = re.compile(r"\([^()]*\)|(?i:e?issn:?)")


def doi_form(subject: Subject) -> Iterator[Found]:
    """A DOI field that holds an address, a label or no DOI."""
    for entry, field in subject.fields():
        if field.name != "doi" or not field.value:
            continue
        before = _DOI_BEFORE.match(field.raw[1:]) if field.raw[:1] in '{"' else None
        value = field.value.replace("\\_", "_").replace("{\\_}", "_")
        if before is not None:
            start = field.value_start + 1
            yield Found(
                field.start, f"The doi of {entry.key[:60]} begins with {before[0].strip()[:30]!r}.",
                "Write the DOI alone; styles add the address.", entry.key,
                (Replacement(start, start + before.end(), ""),),
            )  # fmt: skip
        elif not _DOI.fullmatch(value.strip()) or value.strip()[-1] in ".,;":
            yield Found(
                field.start, f"The doi of {entry.key[:60]} is no DOI ({_quoted(field.value)}).",
                "A DOI looks like 10.1000/xyz.", entry.key, severity="warning",
            )  # fmt: skip


def doi_in_url(subject: Subject) -> Iterator[Found]:
    """The DOI's address as the URL."""
    for entry, field in subject.fields():
        if field.name != "url" or (address := _DOI_ADDRESS.match(field.value)) is None:
            continue
        doi = entry.get("doi")
        same = doi is not None and ids.doi(doi.value) == ids.doi(address[1])
        cure = "Remove the url." if same else "Write it as doi = {…}."
        yield Found(field.start, f"The url of {entry.key[:60]} is the address of its DOI.", cure, entry.key)


def url_form(subject: Subject) -> Iterator[Found]:
    """An address with blanks."""
    for entry, field in subject.fields():
        if field.name == "url" and re.search(r"\s", field.value.strip()) and "://" in field.value:
            yield Found(
                field.start, f"The url of {entry.key[:60]} has blanks in it.",
                "Remove them, or write %20 for each.", entry.key,
            )  # fmt: skip


def isbn(subject: Subject) -> Iterator[Found]:
    """An ISBN whose check digit is wrong."""
    for entry, field in subject.fields():
        if field.name == "isbn" and field.value:
            for written in _isbns(field.value):
                digits = re.sub(r"[^0-9Xx]", "", written)
                if digits and not _isbn_is_right(digits.upper()):
                    what = "has a wrong check digit" if len(digits) in (10, 13) else f"has {len(digits)} digits"
                    yield Found(
                        field.start, f"The ISBN {written.strip()[:30]} of {entry.key[:60]} {what}.", "", entry.key
                    )


def _isbns(value: str) -> list[str]:
    """The ISBNs of a field; one blank parts two when both sides are whole."""
    pieces: list[str] = []
    for written in _ISBN_BETWEEN.split(_ISBN_BESIDE.sub(" ", value)):
        apart = written.split()
        whole = len(apart) > 1 and all(len(re.sub(r"[^0-9Xx]", "", part)) in (10, 13) for part in apart)
        pieces += apart if whole else [written]
    return pieces


def _isbn_is_right(digits: str) -> bool:
    if len(digits) == 10:
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return "X" not in digits[:-1] and sum((10 - i) * value for i, value in enumerate(values)) % 11 == 0
    if len(digits) == 13 and digits.isdigit():
        return sum(int(digit) * (1, 3)[i % 2] for i, digit in enumerate(digits)) % 10 == 0
    return False


def issn(subject: Subject) -> Iterator[Found]:
    """An ISSN whose check digit is wrong."""
    for entry, field in subject.fields():
        if field.name in {"issn", "eissn"} and field.value:
            for written in _ISSN.findall(_ISSN_BESIDE.sub(" ", field.value)):
                digits = re.sub(r"[^0-9Xx]", "", written).upper()
                if len(digits) >= 6 and not _issn_is_right(digits):
                    what = "has a wrong check digit" if len(digits) == 8 else f"has {len(digits)} digits"
                    yield Found(field.start, f"The ISSN {written[:30]} of {entry.key[:60]} {what}.", "", entry.key)


def _issn_is_right(digits: str) -> bool:
    if len(digits) != 8 or "X" in digits[:-1]:
        return False
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum((8 - i) * value for i, value in enumerate(values)) % 11 == 0


def orcid(subject: Subject) -> Iterator[Found]:
    """An ORCID whose check digit is wrong (ISO 7064 MOD 11-2)."""
    for entry, field in subject.fields():
        if "orcid" not in field.name and "orcid" not in field.value.lower():
            continue
        for match in _ORCID.finditer(field.value):
            digits = "".join(match.groups()).upper()
            total = 0
            for digit in digits[:-1]:
                total = (total + int(digit)) * 2
            expected = (12 - total % 11) % 11
            if digits[-1] != ("X" if expected == 10 else str(expected)):
                yield Found(
                    field.start, f"The ORCID {match[0]} of {entry.key[:60]} has a wrong check digit.", "", entry.key
                )


RULES = (
    Rule(
        "doi-form", "identifiers", "note", "A doi field holds more, or less, than a DOI.",
        "Styles put https://doi.org/ before it: the link breaks or is doubled.", doi_form, "safe",
    ),
    Rule(
        "doi-in-url", "identifiers", "note", "The url is the address of the DOI.",
        "Most styles print both.", doi_in_url,
    ),
    Rule("url-with-blank", "identifiers", "warning", "An address has blanks.", "The link breaks.", url_form),
    Rule(
        "isbn-digits", "identifiers", "warning", "An ISBN is not right.",
        "It leads to no book, or to another; biber --validate-datamodel reports it.", isbn,
    ),
    Rule(
        "issn-digits", "identifiers", "warning", "An ISSN is not right.",
        "It leads to no journal; biber --validate-datamodel reports it.", issn,
    ),
    Rule(
        "orcid-digits", "identifiers", "warning", "An ORCID is not right.",
        "It leads to nobody, or to another.", orcid,
    ),
)  # fmt: skip


def _quoted(value: str) -> str:
    """The beginning of a value, up to any markup: a message may be shown on a web page."""
    shown = re.split(r"[<>]", value[:40])[0]
    return repr(shown if shown == value else f"{shown}…")
