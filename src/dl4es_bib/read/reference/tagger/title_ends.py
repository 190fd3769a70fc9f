"""What stands at the end of a title and is no part of it: a volume of a series, a journal in quotes, a meeting."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from dl4es_bib.model.work import Value

#: "Tides of the North, volume 2 of Sea Lecture Notes", as BibTeX's styles write it.
_OF_SERIES: Final = re.compile(r"(.{3,300}?)[,.]\s(?:volume|vol\.)\s(\d{1,4}|[IVXLC]{1,7})\sof\s([^\W\d_a-z].{2,200})")
#: "Il sale, in «Studi storici»"
_IN_GUILLEMETS: Final = re.compile(r"(.{2,400}?),\s(?:in|en|dans)\s«\s?([^«»]{2,150}?)\s?»?")
#: "Bird song, paper presented at the Annual Meeting of the Lamp Society"
_PRESENTED: Final = re.compile(
    r"(.{2,400}?)[,.]\s\(?(?:(?:paper|poster|talk|work)\s)?presented\s(?:at|to)\s(?:the\s)?(.{2,300})", re.I
)
#: What no journal is called without "J." before it.
_AFTER_J: Final = re.compile(
    r"(?:Am\.? Chem\.? Soc|Am\.? Ceram\.? Soc|Am\.? Med\.? Assoc"
    r"|(?:Org|Biol|Med|Phys|Inorg|Nat|Heterocycl)\.? (?:Chem|Prod)"
    r"|Chem\.? (?:Soc|Educ)|Mol\.? (?:Biol|Struct)|Exp\.? (?:Bot|Med)|Clin\.? Invest|Appl\.? Phys|Bacteriol"
    r"|Immunol)\b.*"
)
_ROMAN: Final = re.compile(r"[IVXLC]{1,7}")


def settled_title(values: dict[str, Value]) -> None:
    """Cut from the title what is no part of it, and put that where it belongs; a field that is there stays."""
    title = values.get("title")
    if not isinstance(title, str):
        return
    if "container-title" not in values and (found := _OF_SERIES.fullmatch(title)) is not None:
        values["title"] = found[1]
        values.setdefault("volume", found[2])
        values.setdefault("collection-title", found[3])
    elif (found := _IN_GUILLEMETS.fullmatch(title)) is not None:
        values["title"] = found[1]
        container, volume = values.get("container-title"), values.get("volume")
        values["container-title"] = found[2]
        if isinstance(container, str) and _ROMAN.fullmatch(container):  # "XLII (2001), 3"
            values["volume"] = container
            if volume is not None:
                values.setdefault("issue", volume)
    elif "container-title" not in values and (found := _PRESENTED.fullmatch(title)) is not None:
        values["title"] = found[1]
        values.setdefault("event-title", found[2])


def settled_journal(values: dict[str, Value]) -> None:
    """Give "J." back to a journal where it was taken for an initial: "Ode, A. J. Am. Chem. Soc. 2001, 66, 12"."""
    container, authors = values.get("container-title"), values.get("author")
    if not isinstance(container, str) or not isinstance(authors, tuple) or not authors:
        return
    last = authors[-1]
    if last.given.endswith((". J.", " J")) and _AFTER_J.fullmatch(container) is not None:
        values["author"] = (*authors[:-1], replace(last, given=last.given.rstrip(".")[:-1].rstrip()))
        values["container-title"] = f"J. {container}"
