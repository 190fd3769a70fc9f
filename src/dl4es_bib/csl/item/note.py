"""Variables in the note of an item, as Zotero's "Extra" field holds them.

A line ``edition: 3`` or a piece ``{:edition: 3}`` of a note is the variable, not a remark. A note that holds such
lines is the reader's own file card: what else stands in it (``read twice``, a citation key) is private and is not
printed. A note without any of them stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dl4es_bib.csl.item.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, TEXT_VARIABLES

_MAX_NOTE: Final = 100_000
_MAX_LINES: Final = 500
#: Small letters → the variable.
_VARIABLES: Final = {
    name.lower(): name for name in (*NAME_VARIABLES, *DATE_VARIABLES, *NUMBER_VARIABLES, *TEXT_VARIABLES, "type")
} | {"citation-key": "citation-key", "original-publication-date": "original-date"} | {
    # The names of fields in Zotero's own form.
    "pages": "page", "place": "publisher-place", "date": "issued", "series": "collection-title",
    "series-number": "collection-number", "publication-title": "container-title", "book-title": "container-title",
    "proceedings-title": "container-title", "conference-name": "event-title", "meeting-name": "event-title",
    "short-title": "title-short", "num-pages": "number-of-pages", "#-of-pages": "number-of-pages",
    "institution": "publisher", "university": "publisher", "report-number": "number", "article-number": "number",
}  # fmt: skip
_PIECE = re.compile(r"\{:([A-Za-z_ -]{3,40}):([^{}\n]{1,2000})\}")
_LINE = re.compile(r"\s*([A-Za-z][A-Za-z_ -]{2,40}?)\s*:\s+(\S.*)|\s*([a-z][a-z-]{2,40}|[A-Z]{3,5}):(\S.*)")
#: Where a second variable may begin in a line; BibTeX makes one line of a note.
_NEXT = re.compile(r"[;,]? (?=([a-z]{3,12}(?:-[a-z]{2,12}){1,4}|[A-Z]{3,5}|edition|volume|issue|genre|version): ?\S)")
#: After a semicolon any variable may begin: "number: R-7; genre: Rapport".
_AFTER_SEMICOLON = re.compile(r"; (?=([A-Za-z][A-Za-z_ -]{2,24}): ?\S)")
#: What Zotero writes for a preprint: "arXiv:2201.01234 [cs]".
_ARXIV = re.compile(
    r"\s*arxiv:\s*((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\s*\[[\w., -]{1,60}\])?\s*", re.I
)
_PREPRINTS: Final = frozenset(("article", "manuscript", "report", "document"))
#: How DOIs are written beside the number itself.
DOI_PREFIX: Final = re.compile(r"\s*+(?:(?:https?://)?(?:dx\.|www\.)?doi(?:\.org/|:\s*+|\s++(?=10\.)))++", re.I)
#: Lines of Better BibTeX, which no list shows.
_OTHER = re.compile(r"\s*(?:bibtex\*?|tex\.[\w.]+|_eprint|citation key)\s*[:=].*", re.I)


def with_note_read(data: Mapping[str, object]) -> Mapping[str, object]:
    """An item of CSL-JSON with the variables of its note in their own places.

    What the item says itself wins, but for type and dates, which people write into a note because their program
    cannot hold them otherwise (as in citeproc-js).
    """
    note = data.get("note")
    if not isinstance(note, str) or (":" not in note and "=" not in note):
        return data
    found, rest = note_variables(note[:_MAX_NOTE])
    if found is None:
        return data
    merged = dict(data)
    arxiv = found.pop("arxiv", None)
    if arxiv and (found.get("type") or merged.get("type") or "document") in _PREPRINTS and not merged.get("number"):
        found.setdefault("number", f"arXiv:{arxiv}")
        found.setdefault("publisher", "arXiv")
    for variable, value in found.items():
        if variable == "type" or variable in DATE_VARIABLES or not merged.get(variable):
            merged[variable] = value
    if rest:
        merged["note"] = rest
    else:
        del merged["note"]
    return merged


def note_variables(note: str) -> tuple[dict[str, object] | None, str]:
    """The variables of a note as CSL-JSON, None when it is an ordinary one; and what is left to print."""
    found: dict[str, object] = {}
    is_card = False
    for match in _PIECE.finditer(note):
        is_card |= _add(found, match[1], match[2])
    for line in _lines(_PIECE.sub("\n", note)):
        if _OTHER.fullmatch(line):
            is_card = True
        elif (preprint := _ARXIV.fullmatch(line)) is not None:
            is_card = True
            found.setdefault("arxiv", preprint[1])
        elif (pair := _LINE.fullmatch(line)) is not None:
            is_card |= _add(found, pair[1] or pair[3], pair[2] or pair[4])
    return (found, "") if is_card else (None, note)


def _lines(note: str) -> list[str]:
    """The lines; one that begins with a variable is cut before each further one."""
    lines: list[str] = []
    for line in note.split("\n")[:_MAX_LINES]:
        pair = _LINE.fullmatch(line)
        if pair is not None and _variable(pair[1] or pair[3]):
            for pattern in (_NEXT, _AFTER_SEMICOLON):
                line = pattern.sub(lambda match: "\n" if _variable(match[1]) else match[0], line)
        lines += line.split("\n")
    return lines


def _variable(key: str) -> str | None:
    name = key.strip().lower()
    return _VARIABLES.get(name) or _VARIABLES.get(name.replace(" ", "-")) or _VARIABLES.get(name.replace(" ", "_"))


def private_lines(note: str) -> str:
    """What stands in a note beside its variables; nothing for an ordinary note, which is printed whole."""
    note = note[:_MAX_NOTE]
    if note_variables(note)[0] is None:
        return ""
    found: dict[str, object] = {}
    kept = []
    for line in _lines(_PIECE.sub("\n", note)):
        pair = _LINE.fullmatch(line)
        if line.strip() and not (pair is not None and _add(found, pair[1] or pair[3], pair[2] or pair[4])):
            kept.append(line.strip())
    return "\n".join(kept)


def _add(found: dict[str, object], key: str, value: str) -> bool:
    """Take a variable; whether it is one."""
    variable = _variable(key)
    if variable is None:
        return False
    value = value.strip()
    if variable in NAME_VARIABLES:
        family, parted, given = value.partition("||")
        name_of: dict[str, str] = {"family": family.strip(), "given": given.strip()} if parted else {"literal": value}
        names = found.setdefault(variable, [])
        if isinstance(names, list):
            names.append(name_of)
    elif variable in DATE_VARIABLES:
        found[variable] = {"raw": value}
    elif variable == "type":
        if re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*", value):
            found[variable] = value
    else:
        found.setdefault(variable, DOI_PREFIX.sub("", value, count=1) if variable == "DOI" else value)
    return True
