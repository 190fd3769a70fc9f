r"""An entry of one dialect as an entry of the other: classic BibTeX and biblatex.

What the dialects say differently is mapped (types, field names, dates, extended names, what a crossref parent lends);
every other field stays as it is written, also those that nobody knows. Sources: *BibTeXing* (btxdoc) for the classic
types and fields, the biblatex manual §2.1, §2.2 and the driver source map of ``blx-dm.def`` for biblatex's.

Both directions undo each other: BibTeX → biblatex → BibTeX loses no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dl4es_bib.bib.grammar import nests
from dl4es_bib.formats.bibtex.classic_dates import classic_date, edtf_date
from dl4es_bib.formats.bibtex.entry import Dialect, verbatim
from dl4es_bib.formats.bibtex.names import classic_names
from dl4es_bib.formats.bibtex.read import NAME_VARIABLES

#: Classic field → biblatex field (driver source map of biblatex).
_FIELDS: Final = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "hyphenation": "langid",
}
_TO_CLASSIC: Final = {theirs: ours for ours, theirs in _FIELDS.items() if ours not in {"school", "hyphenation"}}
_NAME_FIELDS: Final = frozenset(NAME_VARIABLES) | frozenset(
    "editora editorb editorc annotator commentator introduction foreword afterword shortauthor shorteditor".split()
)
#: biblatex type → classic type, where the name differs.
_CLASSIC_TYPES: Final = {
    "collection": "book",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "proceedings",
    "mvreference": "book",
    "reference": "book",
    "bookinbook": "inbook",
    "suppbook": "inbook",
    "suppcollection": "incollection",
    "inreference": "incollection",
    "suppperiodical": "article",
    "report": "techreport",
    **dict.fromkeys(
        """online electronic www dataset software image audio video movie music artwork performance letter patent
        standard jurisdiction legislation legal commentary review periodical""".split(),
        "misc",
    ),
}
#: How a classic entry says what a type without a classic counterpart is.
_NOTES: Final = {"dataset": "Data set", "software": "Computer software"}
#: Types whose parent's title is the title of the book that they are in.
PARTS: Final = frozenset(
    "inbook incollection inproceedings conference bookinbook suppbook inreference suppcollection".split()
)
#: Types that classic styles beyond BibTeX's own four know (IEEEtran, REVTeX): in a classic file they stay.
_STYLE_TYPES: Final = frozenset({"electronic", "www", "patent", "standard", "periodical"})
_BIBLATEX_TYPES: Final = frozenset(_CLASSIC_TYPES) - _STYLE_TYPES | {"thesis"}
_BIBLATEX_FIELDS: Final = frozenset(
    """date journaltitle location eventdate origdate eprinttype eprintclass annotation eventtitle maintitle
    journalsubtitle booksubtitle titleaddon""".split()
)
_CLASSIC_FIELDS: Final = frozenset("journal address school archiveprefix primaryclass month annote".split())
_THESIS_KINDS: Final = {
    "phdthesis": ("phdthesis", ""),
    "mathesis": ("mastersthesis", ""),
    "bathesis": ("mastersthesis", "Bachelor's thesis"),
    "candthesis": ("mastersthesis", "Candidate thesis"),
}
_MASTER: Final = re.compile(r"master|magister|diplom|licen|bachelor|candidate", re.I)
_LINK: Final = re.compile(r"\s*\\url\s*\{([^{}]*)\}\s*\Z")


@dataclass(frozen=True, slots=True)
class DialectField:
    """A field of an entry in source form.

    Attributes:
        name: in lower case.
        value: as BibTeX reads it, macros expanded, without delimiters.
        raw: as it stands in the file, with delimiters; made of the value when empty.
        origin: the place of the field that it comes from.
    """

    name: str
    value: str
    raw: str = ""
    origin: int = 0

    @property
    def source(self) -> str:
        """The value with its delimiters."""
        return self.raw or "{" + self.value + "}"


def speaks_biblatex(entries: Iterable[tuple[str, Iterable[str]]]) -> bool:
    """Whether entries, each (type, names of its fields), are written for biblatex rather than for classic BibTeX."""
    balance = 0
    for entry_type, names in entries:
        known = set(names)
        balance += bool(known & _BIBLATEX_FIELDS) or entry_type in _BIBLATEX_TYPES
        balance -= bool(known & _CLASSIC_FIELDS)
    return balance > 0


def speaks_classic(entries: Iterable[tuple[str, Iterable[str]]]) -> bool:
    """Whether entries are plainly written for classic BibTeX: they have fields of its own, and none is biblatex's."""
    classic = False
    for entry_type, names in entries:
        known = set(names)
        if known & _BIBLATEX_FIELDS or entry_type in _BIBLATEX_TYPES:
            return False
        classic = classic or bool(known & (_CLASSIC_FIELDS - {"month"}))
    return classic


def in_dialect(
    entry_type: str, fields: Sequence[DialectField], dialect: Dialect, *, from_biblatex: bool = False
) -> tuple[str, tuple[DialectField, ...]]:
    """An entry in a dialect; one that is in it already stays as it is.

    Arguments:
        entry_type: in lower case.
        fields: in file order, repeated ones left out.
        dialect: the one that is wanted.
        from_biblatex: the entry is written for biblatex, where a subtitle stands beside its title.

    Returns:
        The type and the fields; a new field has the ``origin`` of the one after which it goes.
    """
    made = _Fields(fields)
    if dialect == "biblatex":
        return _to_biblatex(entry_type, made), tuple(made)
    return _to_classic(entry_type, made, from_biblatex), tuple(made)


class _Fields:
    """The fields of one entry while they are mapped."""

    def __init__(self, fields: Iterable[DialectField]) -> None:
        self._fields = {field.name: field for field in fields}

    def __iter__(self) -> Iterator[DialectField]:
        return iter(sorted(self._fields.values(), key=lambda field: field.origin))

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def value(self, name: str) -> str:
        field = self._fields.get(name)
        return field.value if field else ""

    def source(self, name: str) -> str:
        field = self._fields.get(name)
        return field.source if field else ""

    def rename(self, name: str, new: str) -> None:
        """Rename a field, unless the entry has one of the new name."""
        if name in self._fields and new not in self._fields:
            field = self._fields.pop(name)
            self._fields[new] = DialectField(new, field.value, field.raw, field.origin)

    def set(self, name: str, value: str, raw: str = "", after: str = "") -> None:
        """Give a field a value; a new one goes after another."""
        here = self._fields.get(name) or self._fields.get(after)
        origin = here.origin if here else max((field.origin for field in self._fields.values()), default=0)
        self._fields[name] = DialectField(name, value, raw or "{" + value + "}", origin)

    def drop(self, *names: str) -> None:
        for name in names:
            self._fields.pop(name, None)


# -- to biblatex ---------------------------------------------------------------------------------------------


def _to_biblatex(entry_type: str, fields: _Fields) -> str:
    for ours, theirs in _FIELDS.items():
        if ours != "school" or entry_type in ("phdthesis", "mastersthesis", "thesis"):
            fields.rename(ours, theirs)
    _join_date(fields)
    for main, sub in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("journaltitle", "journalsubtitle")):
        # Written together for a classic style by the way back, below.
        if sub in fields and main in fields and (alone := _without(fields.value(main), fields.value(sub))):
            fields.set(main, alone)
    if "eid" in fields and fields.value("pages") == fields.value("eid"):
        fields.drop("pages")
    match entry_type:
        case "phdthesis" | "mastersthesis":
            return _biblatex_thesis(entry_type, fields)
        case "techreport":
            if "type" not in fields:
                fields.set("type", "techreport", after="title")
            return "report"
        case "misc":
            return _biblatex_misc(fields)
    return entry_type


def _biblatex_thesis(entry_type: str, fields: _Fields) -> str:
    said = fields.value("type")
    kind = next((kind for kind, names in _THESIS_KINDS.items() if names == (entry_type, said)), "")
    if not kind and bool(_MASTER.search(said)) != (entry_type == "mastersthesis"):
        return entry_type  # biblatex knows the classic type as well; the text alone would not say which it was
    if kind:
        fields.set("type", kind, after="title")
    return "thesis"


def _biblatex_misc(fields: _Fields) -> str:
    link = _LINK.match(fields.value("howpublished"))
    repeated = link is not None and "url" in fields and verbatim(link[1]) == verbatim(fields.value("url"))
    kind = next((kind for kind, note in _NOTES.items() if fields.value("note") == note), "")
    if kind:
        fields.drop("note")
    if link is not None and kind and "url" not in fields:
        # These types have no field howpublished (biblatex manual 2.1.1); an address stands in url.
        fields.set("url", link[1], after="howpublished")
        repeated = True
    if repeated:
        fields.drop("howpublished")
    return kind or ("online" if repeated else "misc")


def _join_date(fields: _Fields) -> None:
    classic = ("year", "month", "day")
    if "date" in fields:
        said = classic_date(fields.value("date"))
        here = {field.name: field.source for field in fields if field.name in classic}
        if said is not None and here and _same(here, said.fields):
            fields.drop(*classic)
        return
    said_here = [_said(fields, name) for name in classic]
    if any(not said and fields.source(name).strip('{}" \t\n') for name, said in zip(classic, said_here, strict=True)):
        return  # macros that say nothing would be lost
    date, original = edtf_date(*said_here)
    if not date or (original and "origdate" in fields):
        return
    fields.set("date", date, after="year")
    fields.drop(*classic)
    if original:
        fields.set("origdate", original, after="date")


def _said(fields: _Fields, name: str) -> str:
    """The value of a field; a macro that nothing defines stands for its name, as in ``month = March``."""
    source = fields.source(name)
    return fields.value(name) or (source if source.isalpha() else "")


def _same(here: dict[str, str], said: object) -> bool:
    return isinstance(said, dict) and {name: source.strip("{}") for name, source in here.items()} == {
        name: source.strip("{}") for name, source in said.items()
    }


def _joint(title: str) -> str:
    """What joins a title and its subtitle: a title that ends its own sentence needs no colon."""
    return " " if title.rstrip("}")[-1:] in {".", "?", "!", ":", ";"} else ": "


def _without(title: str, subtitle: str) -> str:
    """The title without the subtitle that stands at its end; ``""`` when none does."""
    alone = title.removesuffix(subtitle)
    for joint in (": ", " "):
        if alone != title and alone.endswith(joint):
            main = alone.removesuffix(joint)
            return main if main and nests(main) and _joint(main) == joint else ""
    return ""


# -- to classic BibTeX ---------------------------------------------------------------------------------------


def _to_classic(entry_type: str, fields: _Fields, from_biblatex: bool) -> str:
    for theirs, ours in _TO_CLASSIC.items():
        fields.rename(theirs, ours)
    if "langid" in fields and "hyphenation" in fields:
        fields.drop("hyphenation")
    _part_date(fields)
    for name in _NAME_FIELDS:
        if name in fields and (written := classic_names(fields.value(name))) != fields.value(name):
            fields.set(name, written)
    if from_biblatex:
        for main, sub in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("journal", "journalsubtitle")):
            title, subtitle = fields.value(main), fields.value(sub)
            if title and subtitle and not _without(title, subtitle):
                fields.set(main, title + _joint(title) + subtitle)
        if entry_type == "article" and "eid" in fields and "pages" not in fields:
            fields.set("pages", fields.value("eid"), after="eid")  # classic styles print no eid
    return _classic_type(entry_type, fields, from_biblatex)


def _classic_type(entry_type: str, fields: _Fields, from_biblatex: bool) -> str:
    if entry_type in ("thesis", "phdthesis", "mastersthesis"):
        fields.rename("institution", "school")
    match entry_type:
        case "thesis":
            said = fields.value("type")
            if said in _THESIS_KINDS:
                kind, text = _THESIS_KINDS[said]
                if text:
                    fields.set("type", text)
                else:
                    fields.drop("type")
                return kind
            return "mastersthesis" if _MASTER.search(said) else "phdthesis"
        case "report":
            if fields.value("type") == "techreport":
                fields.drop("type")
            elif fields.value("type") == "resreport":
                fields.set("type", "Research Report")
            if from_biblatex and "institution" not in fields:
                giver = next((name for name in ("publisher", "organization") if name in fields), "")
                if giver:  # classic styles warn of a report without one
                    fields.set("institution", fields.value(giver), fields.source(giver), after=giver)
        case "inbook" if (
            from_biblatex
            and all(name in fields for name in ("author", "title", "booktitle"))
            and "chapter" not in fields
        ):
            # A part with a title of its own is @incollection in BibTeX; @inbook has the book's title, and an editor
            # will do for it.
            return "incollection"
        case "online" | "dataset" | "software" | "electronic" | "www" if (
            from_biblatex or entry_type not in _STYLE_TYPES
        ):
            _say_on_misc(entry_type, fields)
    if entry_type in _STYLE_TYPES and not from_biblatex:
        return entry_type
    return _CLASSIC_TYPES.get(entry_type, entry_type)


def _say_on_misc(entry_type: str, fields: _Fields) -> None:
    """What tells a classic style what ``@misc`` is, and where: it prints neither type nor url."""
    address = verbatim(fields.value("url"))
    if address and "howpublished" not in fields and nests(address) and "\\" not in address:
        fields.set("howpublished", "\\url{" + address + "}", after="url")
    if entry_type in _NOTES and "note" not in fields:
        fields.set("note", _NOTES[entry_type], after="title")


def _part_date(fields: _Fields) -> None:
    said = classic_date(fields.value("date")) if "date" in fields else None
    if said is None:
        return
    after = "date"
    for name, source in said.fields.items():
        if name not in fields:
            fields.set(name, source.strip("{}"), raw=source, after=after)
    if said.whole and _same(
        {field.name: field.source for field in fields if field.name in ("year", "month", "day")}, said.fields
    ):
        fields.drop("date")
