"""Entry types and fields: known, needed, empty, and what links entries."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator
from functools import cache

from dl4es_bib.bib.file import Entry, fold
from dl4es_bib.bib.grammar import keys_in
from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.check.vocabulary import (
    BIBLATEX_REQUIRED,
    BIBTEX_REQUIRED,
    FIELDS,
    OWN_PREFIXES,
    SAME_NEED,
    TYPES,
    VERBATIM,
)

_TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|p|br|span|scp|sc|jats:\w+|mml:\w+)(?:\s[^<>]*)?/?>", re.I)
_ENTITY = re.compile(r"\\?&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ACCESSED = re.compile(
    r"(?i)^\W*(?:online\W+|web\W+|letzter\s+|zuletzt\s+|last\s+|dernier\s+)?"
    r"(?:accessed|access|retrieved|visited|viewed|checked|abgerufen|aufgerufen|besucht|zugriff|consulté|accès|"
    r"consultado|acceso|consultato|accesso|acessado|acesso|geraadpleegd|dostęp)"
    r"(?:\s+(?:on|at|am|le|el|il|em|op))?\W+(?=[\w., /-]{0,26}(?:\d{4}|\d[./-]\d))[\w., /-]{4,30}\W*$"
)
#: So many entries above one are looked at for what it inherits; biber's and BibTeX's users need two.
_LONGEST_CHAIN = 50
_NEAR = 0.8
#: Abbreviations and slips that are too short to be told by their likeness.
_SHORT_FORMS = {
    "vol": "volume", "num": "number", "nr": "number", "ulr": "url", "dio": "doi", "yr": "year", "pub": "publisher",
    "pp": "pages",
}  # fmt: skip
_PAGES = re.compile(r"(?<=[0-9ivxlcIVXLC])(?: ?[–—] ?| - | ?(?:-{3}|-(?!-)) ?)(?=[0-9ivxlcIVXLC]+(?:\s*[,;]|\s*[}\"]))")
#: Pages of a supplement or with a letter on both sides: ``S12-S19``.
_LETTERED_PAGES = re.compile(
    r"(?<![A-Za-z0-9-])(?P<letter>[A-Za-z])\d{1,9}(?P<dash> ?[-–—] ?)(?=(?P=letter)\d{1,9}\s*[,;}\"])"
)
_DOUBLE = re.compile(r"(?s)[{\"]\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*[}\"]\Z")


@cache
def _near(word: str, known: frozenset[str]) -> str:
    if word in _SHORT_FORMS and _SHORT_FORMS[word] in known:
        return _SHORT_FORMS[word]
    if len(word) < 4:
        return ""
    near = difflib.get_close_matches(word, sorted(known), 1, _NEAR)
    return near[0] if near else ""


def unknown_type(subject: Subject) -> Iterator[Found]:
    """An entry type that no program knows."""
    for entry in subject.entries:
        if entry.type in TYPES:
            continue
        near = _near(entry.type, TYPES)
        start = entry.start + 1
        changes: tuple[Replacement, ...] = ()
        if near and subject.file.text[start : start + len(entry.type)].lower() == entry.type:
            changes = (Replacement(start, start + len(entry.type), near),)
        yield Found(
            entry.start,
            f"@{entry.type[:40]} is no entry type that BibTeX or biblatex knows.",
            f"Did you mean @{near}?" if near else "Choose a known type, such as @misc.",
            entry.key,
            changes,
            safe=False,
        )


def misspelt_field(subject: Subject) -> Iterator[Found]:
    """A field name that is nearly a known one."""
    for entry, field in subject.fields():
        near = "" if _known(field.name) else _near(field.name, FIELDS)
        if near and not any(own.name == near for own in entry.fields):
            yield Found(
                field.start,
                f"The field {field.name[:40]} is not known.",
                f"Did you mean {near}?",
                entry.key,
                (Replacement(field.start, field.start + len(field.name), near),),
                safe=False,
            )


def unknown_field(subject: Subject) -> Iterator[Found]:
    """A field name that no program knows."""
    for entry, field in subject.fields():
        if not _known(field.name) and not _near(field.name, FIELDS):
            yield Found(field.start, f"The field {field.name[:40]} is not known; styles leave it out.", "", entry.key)


def _known(name: str) -> bool:
    return name in FIELDS or name.startswith(OWN_PREFIXES) or "+an" in name


def missing_field(subject: Subject) -> Iterator[Found]:
    """A field that the type needs."""
    required = BIBLATEX_REQUIRED if subject.dialect == "biblatex" else BIBTEX_REQUIRED
    for entry in subject.works:
        needs = required.get(entry.type, "").split()
        there = _with_inherited(subject, entry)
        if not there:
            continue
        missing = [need for need in needs if not _met(need, there)]
        if missing:
            words = ", ".join(need.replace("/", " or ") for need in missing)
            yield Found(entry.start, f"@{entry.type} {entry.key[:60]} lacks {words}.", "", entry.key)


def _met(need: str, there: set[str]) -> bool:
    return any(name in there for choice in need.split("/") for name in SAME_NEED.get(choice, (choice,)))


def _with_inherited(subject: Subject, entry: Entry) -> set[str]:
    found = set[str]()
    queue, seen = [(entry, False)], set[str]()
    while queue and len(seen) < _LONGEST_CHAIN:
        own, parent = queue.pop()
        if fold(own.key) in seen:
            continue
        seen.add(fold(own.key))
        values = own.values()
        names = {name for name, value in values.items() if value.strip()}
        found |= names | ({"booktitle", "journal"} if parent and "title" in names else set())
        for link in ("crossref", "xdata"):
            for key in keys_in(values.get(link, "")):
                if (linked := subject.by_key.get(fold(key))) is not None:
                    queue.append((linked, link == "crossref"))
    return found


def empty_field(subject: Subject) -> Iterator[Found]:
    """A field without a value."""
    for entry, field in subject.fields():
        if field.raw in {"{}", '""'} or (field.raw[:1] in '{"' and not field.value.strip("{} ")):
            yield Found(field.start, f"The field {field.name} of {entry.key[:60]} is empty.", "Remove it.", entry.key)


def linked_entry_missing(subject: Subject) -> Iterator[Found]:
    """An entry that is named in crossref, xdata, a set or related, and is not there."""
    for entry in subject.entries:
        for field in entry.fields:
            if field.name in {"crossref", "xref", "xdata", "entryset", "related"} and not field.repeated:
                for key in keys_in(field.value):
                    if fold(key) not in subject.by_key:
                        yield Found(
                            field.start,
                            f"{entry.key[:60]} names {key[:60]} in {field.name}, but there is no such entry.",
                            "Correct the key, or add the entry.",
                            entry.key,
                        )


def parent_too_early(subject: Subject) -> Iterator[Found]:
    """A crossref parent that stands before its child."""
    if subject.dialect == "biblatex":
        return
    for entry in subject.works:
        parent = subject.file.get(entry.values().get("crossref", "")) if entry.get("crossref") else None
        if parent is not None and parent.start < entry.start:
            yield Found(
                entry.start,
                f"{entry.key[:60]} stands behind its crossref parent {parent.key[:60]}.",
                "Move the parent behind all its children ('dl4es-bib fmt' can sort them).",
                entry.key,
            )


def circular_link(subject: Subject) -> Iterator[Found]:
    """Entries that inherit from each other in a circle."""
    for entry in subject.entries:
        seen, current = [fold(entry.key)], entry
        while True:
            values = current.values()
            parents = keys_in(values.get("crossref", "")) + keys_in(values.get("xdata", ""))
            following = next((subject.by_key[fold(key)] for key in parents if fold(key) in subject.by_key), None)
            if following is None:
                break
            key = fold(following.key)
            if key == seen[0]:
                yield Found(entry.start, f"{entry.key[:60]} inherits from itself.", "Break the circle.", entry.key)
            if key in seen or len(seen) > _LONGEST_CHAIN:
                break
            seen.append(key)
            current = following


def markup(subject: Subject) -> Iterator[Found]:
    """HTML or XML in a value."""
    for entry, field in subject.fields():
        if field.name in VERBATIM or field.raw[:1] not in '{"':
            continue
        entities = list(_ENTITY.finditer(field.raw))
        named = [match for match in entities if html.unescape(match[0].lstrip("\\")) != match[0].lstrip("\\")]
        if named:
            changes = tuple(
                Replacement(field.value_start + match.start(), field.value_start + match.end(), _latex(match[0]))
                for match in named
            )
            message = f"There is HTML ({named[0][0]}) in {field.name} of {entry.key[:60]}."
            yield Found(field.start, message, "Write the character.", entry.key, changes)
        elif (tag := _TAG.search(field.raw)) is not None:
            message = f"There is markup ({tag[0][:20]}) in {field.name} of {entry.key[:60]}."
            yield Found(field.start, message, "Write it as LaTeX, such as \\emph{…}.", entry.key)


def _latex(entity: str) -> str:
    character = html.unescape(entity.lstrip("\\"))
    return {"&": "\\&", "<": "{$<$}", ">": "{$>$}", "\u00a0": "~"}.get(character, character)


def all_capitals(subject: Subject) -> Iterator[Found]:
    """A title in capital letters."""
    for entry, field in subject.fields():
        if field.name in {"title", "booktitle", "journal", "journaltitle"}:
            words = _WORD.findall(re.sub(r"\\[A-Za-z]+", " ", field.value))
            if len(words) >= 4 and all(word.isupper() for word in words):
                yield Found(
                    field.start, f"The {field.name} of {entry.key[:60]} is in capital letters.",
                    "Write it as a sentence; styles make capitals where they want them.", entry.key,
                )  # fmt: skip


def double_braces(subject: Subject) -> Iterator[Found]:
    """A title in double braces."""
    for entry, field in subject.fields():
        if field.name in {"title", "booktitle"} and _DOUBLE.match(field.raw):
            inner = field.raw[1:-1]
            start = field.value_start + 1 + inner.index("{")
            end = field.value_start + 1 + inner.rindex("}")
            yield Found(
                field.start,
                f"The {field.name} of {entry.key[:60]} is in double braces, so no style can change its case.",
                "Put braces around single words only.",
                entry.key,
                (Replacement(start, start + 1, ""), Replacement(end, end + 1, "")),
                safe=False,
            )


def accessed_note(subject: Subject) -> Iterator[Found]:
    """The day of a visit in a note."""
    for entry, field in subject.fields():
        if field.name in {"note", "howpublished", "annote"} and entry.get("urldate") is None:
            match = _ACCESSED.match(field.value)
            if match is not None:
                message = f"The {field.name} of {entry.key[:60]} tells when a page was visited."
                yield Found(field.start, message, "Write urldate = {YYYY-MM-DD}.", entry.key)


def page_dash(subject: Subject) -> Iterator[Found]:
    """A range of pages with one hyphen or a dash."""
    for entry, field in subject.fields():
        if field.name != "pages" or re.search(r"(?<!-)--(?!-)", field.raw):
            continue
        ranges = [match.span() for match in _PAGES.finditer(field.raw)]
        ranges += [match.span("dash") for match in _LETTERED_PAGES.finditer(field.raw)]
        # More than one hyphen in a piece is an article number such as 3-1 or a legal citation.
        if ranges and len(re.findall(r"-{3}|[-–—]", field.raw)) == len(ranges):
            changes = tuple(
                Replacement(field.value_start + start, field.value_start + end, "--") for start, end in sorted(ranges)
            )
            yield Found(
                field.start, f"The page range of {entry.key[:60]} has one hyphen.",
                "Write -- between pages.", entry.key, changes,
            )  # fmt: skip


RULES = (
    Rule(
        "unknown-type", "fields", "warning", "An entry type is not known or misspelt.",
        "BibTeX warns and prints it like @misc, without what the style knows of the type; biber does the same.",
        unknown_type, "unsafe",
    ),
    Rule(
        "misspelt-field", "fields", "warning", "A field name is nearly a known one.",
        "BibTeX and biber leave the field out without a word.", misspelt_field, "unsafe",
    ),
    Rule(
        "unknown-field", "fields", "note", "A field name is not known.",
        "Styles leave it out. Fields of one's own are fine.", unknown_field, default=False,
    ),
    Rule(
        "missing-field", "fields", "warning", "A field is missing that the type needs.",
        "BibTeX warns ('empty journal in …') and prints what is left; biber --tool --validate-datamodel reports it.",
        missing_field,
    ),
    Rule("empty-field", "fields", "note", "A field is empty.", "It says nothing.", empty_field),
    Rule(
        "linked-entry-missing", "fields", "error", "An entry that another names is not there.",
        "BibTeX says 'A bad cross reference'; biber warns and prints the entry without what it should inherit.",
        linked_entry_missing,
    ),
    Rule(
        "parent-too-early", "fields", "error", "A crossref parent stands before its child.",
        "BibTeX says 'A bad cross reference' and the child inherits nothing; biber does not mind.", parent_too_early,
    ),
    Rule(
        "circular-link", "fields", "error", "Entries inherit from each other in a circle.",
        "biber stops with 'Circular inheritance'; BibTeX prints 'forward nested cross references'.", circular_link,
    ),
    Rule(
        "markup-in-field", "fields", "warning", "There is HTML or XML in a field.",
        "LaTeX stops at '&' and prints tags as text.", markup, "safe",
    ),
    Rule("all-capitals", "fields", "note", "A title is in capital letters.", "Every style prints it so.", all_capitals),
    Rule(
        "double-braces", "fields", "note", "A title is in double braces.",
        "No style can change its case.", double_braces, "unsafe", default=False,
    ),
    Rule(
        "accessed-note", "fields", "note", "A note tells when a page was visited.",
        "Styles print the note as it is and cannot translate or place it.", accessed_note,
    ),
    Rule(
        "page-dash", "fields", "note", "A page range has one hyphen.",
        "BibTeX prints a hyphen where an en dash belongs; some styles find no second page.", page_dash, "safe",
    ),
)  # fmt: skip
