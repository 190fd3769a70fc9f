"""Types and tags of RIS, and the CSL types and variables that they hold: the one table of reader and writer."""

from __future__ import annotations

from typing import Final

#: RIS type → CSL type.
TYPES: Final = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "ABST": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "DATA": "dataset",
    "AGGR": "dataset",
    "DBASE": "dataset",
    "COMP": "software",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "PAT": "patent",
    "STAND": "standard",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "SOUND": "song",
    "MUSIC": "song",
    "MAP": "map",
    "FIGURE": "figure",
    "ART": "graphic",
    "SLIDE": "speech",
    "CASE": "legal_case",
    "STAT": "legislation",
    "BILL": "bill",
    "SER": "periodical",
    "PAMP": "pamphlet",
    "PCOMM": "personal_communication",
    "PREPRINT": "article",
    "GEN": "document",
}
#: Tag → variable for plain text; the first tag of a variable that is filled wins.
TEXT: Final = {
    "TI": "title",
    "T1": "title",
    "CT": "title",
    "ST": "title-short",
    "T2": "container-title",
    "JF": "container-title",
    "JO": "container-title",
    "BT": "container-title",
    "JA": "container-title-short",
    "J2": "container-title-short",
    "J1": "container-title-short",
    "T3": "collection-title",
    "VL": "volume",
    "VO": "volume",
    "IS": "issue",
    "CP": "issue",
    "ET": "edition",
    "PB": "publisher",
    "CY": "publisher-place",
    "PP": "publisher-place",
    "AB": "abstract",
    "N2": "abstract",
    "N1": "note",
    "LA": "language",
    "M3": "genre",
    "C7": "article-number",
    "NV": "number-of-volumes",
    "DB": "archive",
    "CN": "call-number",
}
#: Types whose first page is the number of pages, when there is no last page.
BOOKS: Final = frozenset({"book", "thesis", "report", "pamphlet"})
#: Types of which ``M1`` is the number in a series.
IN_SERIES: Final = frozenset({"book", "chapter", "paper-conference", "thesis", "pamphlet"})
#: Types of which ``ET`` is the version.
VERSIONED: Final = frozenset({"software", "dataset"})
