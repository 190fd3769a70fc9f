"""Clauses that stand between title and venue: edition, kind of thesis or report, notes on the medium."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.cleaning import MARK, squeeze, tidy

#: A clause begins after punctuation, after a MARK or in a bracket; the same words inside a title do not.
_BEGIN: Final = r"(?:(?<=[.,;?!”\"’\n]\s)|(?<=[(\[\n])|^\s*|(?=[(\[]))[(\[]{0,2}"
_ORDINAL: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th|e|a|ª|\.ª|-е|-ге|\.)?|first|second|third|fourth|fifth|sixth|seventh|revised|rev\.|new|updated"
    r"|expanded|enlarged|illustrated|international|student|kindle|reprint|ny|zweite|dritte|\d{1,2}\.,?\s[^\W\d_]+)"
)
_EDITION: Final = re.compile(
    rf"{_BEGIN}\b({_ORDINAL}\s+(?:(?:and|&|rev\.|revised|expanded|updated|enlarged)\s+){{0,3}}"
    r"(?:ed(?:ition|n|s)?|aufl(?:age)?|éd(?:ition)?|utg|izd|изд|вид|wyd|vyd)\b\.?"
    r"|第?\d{1,2}\s?版"
    r"|(?-i:Second|Third|Fourth|Fifth|Sixth|Revised)(?=\s?[.;,\n]|$))\s*[)\]]?",
    re.I,
)
_EDITION_WORD: Final = re.compile(
    r"\s+(?:ed(?:ition|n|s)?|aufl(?:age)?|éd(?:ition)?|utg|izd|изд|вид|wyd|vyd)\b\.?$", re.I
)
_DEGREE: Final = (
    r"(?:unpublished|doctoral|master[’']?s?|ph\.?\s?d\.?|m\.?\s?sc?\.?|m\.\s?a\.|bachelor[’']?s?|honou?rs|hons?\.?|diploma"
    r"|graduate|undergraduate)"
)
_THESIS: Final = re.compile(
    rf"{_BEGIN}\b(?:{_DEGREE}\s+)?"
    r"(?:ph\.?\s?d\.?\s+(?:thesis|dissertation|diss(?=\.))"
    r"|(?:doctoral|master[’']?s?|bachelor[’']?s?)\s+(?:thesis|dissertation)"
    r"|thesis|dissertation|diss(?=\.)|diplomarbeit|masterarbeit|habilitationsschrift"
    r"|(?:автореф\.\s)?дис\.{1,4}\s?(?:\.\.\.|…)?\s?(?:канд|д-ра|докт)\.?\s[^\n–—]{2,30}?наук"
    r"|tesis\s(?:doctoral(?:es)?|de\s(?:maestría|doctorado|grado|licenciatura|máster))|tesi\sdi\s(?:dottorato|laurea)"
    r"|(?:tese|dissertação)(?:\sde\s(?:doutorado|doutoramento|mestrado)|\s\((?:doutorado|mestrado)[^()]{0,60}\))"
    r"|proefschrift|rozprawa\sdoktorska|praca\smagisterska|doktorsavhandling|inauguraldissertation|magisterarbeit"
    r"|bachelorarbeit|диссертация"
    r"|(?:thèse|these(?=\s+de\s+(?:doctorat|master)))(?:\s+de\s+(?:doctorat|master)(?:\s+en\s+[^,.()\n]{3,40})?)?|doctorat|phd)"
    r"(?!\s+(?:abstracts|on|of|about|submitted))(?:\b|(?<=\)))\.?\s?[)\]]?",
    re.I,
)
_PURPOSE: Final = r"technical|research|scientific|working|discussion|policy|staff|white|final|internal|preliminary"
_REPORT: Final = re.compile(
    rf"{_BEGIN}\b(?!scientific\s+reports\b)((?:{_PURPOSE})\s+"
    r"(?:report|paper|memorandum|note)s?(?:\s+series)?"
    r"|report|tech\.\s+rep\.|request for comments|rfc(?=\s\d{1,5}(?:[.;)\n]|,\s(?!RFC|and)|\s?$))"
    r"|rapport(?:\s(?:technique|de\srecherche))?|informe(?:\stécnico)?"
    r"|relatório(?:\stécnico)?|rapporto\stecnico|(?:forschungs|arbeits|projekt)bericht|(?:arbeits|diskussions)papier"
    r"|documento?s?\sde\s(?:travail|trabajo|trabalho)|clinical trial registration)\b,?"
    r"(?:\s*(?:(?:no|nr|number|num|núm)\b\.?|n[°º]\.?|n\.(?=\s?\d)):?\s*:?\s*([\w./-]{1,40}[\w)])|\s*:\s*([\w./-]{2,40})"
    r"|\s+([A-Z]{0,8}[-/ ]?\d[\w./-]{0,30}))?\s*[)\]]?",
    re.I,
)
#: "Bank of Coast Working Paper No. 23-14"
_SERIES: Final = re.compile(
    r"(?:(?<=[.,;?!”\"’]\s)|(?<=\n)|^)(?P<body>(?:(?:[A-Z][\w&'’-]*|of|for|the|and|de|&)\s){1,8}?)"
    r"(?P<genre>(?:Open-File|Working|Discussion|Policy|Staff|Occasional|Technical|Research)(?:\sResearch|\sPolicy)?\s"
    r"(?:Paper|Report|Memorandum|Note)(?:\sSeries)?|Report(?=,?\s(?:No|Nr)\b)),?\s"
    r"(?:(?:(?:No|Nr|Number|n°)\b|#)\.?\s?(?P<number>[\w./-]*\d[\w/-]*)|(?P<bare>(?:[A-Z]{1,6}-?)?\d[\d/-]{0,12}\d(?=[.,;)\s]|$)))"
)
_MEDIUM: Final = (
    r"Online|Print|Web|Printed|Paperback|Hardcover|Internet|E-?book|Kindle|PDF|CD-ROM|Videorecording"
    r"|Manuscript"
)
_DESCRIPTION: Final = (
    r"motion picture|dvd|cd|television (?:series|program(?:me)?|broadcast)|audio ?(?:book|recording)|podcast"
    r"|sound recording"
    r"|blog post|video ?(?:game|recording|file)?|mobile app(?:lication)?|photograph|painting|brochure|press release"
    r"|letter to the editor|editorial|electronic version|special issue|preprint|e-?book|data ?set|data file"
    r"|(?:computer )?(?:software|program)|poster|(?:paper|conference|poster|oral) (?:presentation|session)"
    r"|conference paper|(?:master.s )?thesis|map|film|video|sic|WWW document"
    r"|R package[^\[\]]{0,40}|version [^\[\]]{1,20}|unpublished[^\[\]]{0,40}|review of [^\[\]]{3,80}"
)
_STATE: Final = r"in press|forthcoming|to appear|in review|under review|submitted|[ns]\.d\.|s\.l\.|s\.n\."
_NOTE: Final = re.compile(
    rf"(?:(?<=[.\n\])] )|(?<=[.\n\])])|^)(?:{_MEDIUM})\b\.?(?=\s*(?:[.,;\n)\]]|$))"
    rf"|\[(?:{_DESCRIPTION})\]"
    r"|(?-i:\[(?:[JMCDRPSNGAZ]|DB|CP|EB)(?:/OL|/CD|/DK|/MT)?\])"  # kinds of documents as GB/T 7714 marks them
    r"|(?<=[.\n] )Data ?set\.(?=\s*(?:\n|$|https?:|doi\b))"
    rf"|\(?\b(?:{_STATE})(?!\w)\)?"
    r"|[(\[](?:invited|contributed|oral|poster|spotlight|best)"
    r"(?:\s(?:oral|paper|paper award|talk|presentation))?[)\]](?=\W*$)"
    r"|(?:(?<=[.,;\])] )|(?<=[(\n])|^)accepted(?: for (?:publication|presentation))?(?=\s*(?:[.,;)\n]|$))",
    re.I,
)

#: Words of which one stands in whatever a pattern finds: to look for them costs a tenth.
_THESIS_WORDS: Final = ("thes", "thès", "diss", "arbeit", "habilitation", "дис", "doctorat", "phd",
    "tes", "proefschrift",
    "rozprawa", "praca", "avhandling",
)  # fmt: skip
_EDITION_WORDS: Final = (
    "ed", "éd", "aufl", "utg", "izd", "изд", "вид", "wyd", "vyd", "版", "second", "third", "fourth", "fifth", "sixth",
    "revised",
)  # fmt: skip
_REPORT_WORDS: Final = ("report", "paper", "memorandum", "note", "rep.", "request for", "clinical trial", "rfc",
    "rapport", "informe", "relatório", "bericht", "papier", "document",
)  # fmt: skip
_NOTE_WORDS: Final = (
    "online", "print", "web", "paperback", "hardcover", "internet", "book", "kindle", "pdf", "cd-rom", "recording",
    "manuscript", "set.", "in press", "forthcoming", "appear", "review", "submitted", ".d.", "s.l.", "s.n.", "accepted",
    "invited", "contributed", "oral", "poster", "spotlight", "best",
)  # fmt: skip


#: What a work is, in brackets behind its title: "[Motion picture]".
DESCRIBED: Final = re.compile(rf"[\s.]*\[(?:{_DESCRIPTION})\]$", re.I)


#: Words that end a title: "trans. Ann Ode", "Übersetzt von", "3 vols", "[DVD]", "2nd ed.", "PhD thesis".
_TAIL: Final = re.compile(
    r"[.,;]?\s\(?(?:translated (?:and edited )?by|trans\.|transl\.|edited by|übers(?:etzt|\.) von|hrsg\. von"
    r"|traduit par|trad\.|пер\.)\s(?=(?-i:[^\W\d_a-z])).*$"
    r"|[.,;]\s\(?\d{1,2}\s(?:vols?|volumes|Bde|Bände|tomes|voll)\b\.?\)?$"
    r"|[.,;]\s(?:\d{1,2}(?:st|nd|rd|th|\.|ª|e|ème|-е|-ге)|second|third|rev\.|revised)"
    r"\s(?:ed|edn|edition|aufl|auflage|vyd|wyd|izd|изд|utg|éd)\b\.?$"
    r"|[.,;]\s(?:(?:unpublished )?(?:ph\.?\s?d\.?|doctoral|master.?s)\s(?:thesis|dissertation|diss)|diss|dissertation)"
    r"\b\.?$"
    r"|[.,]?\s\[(?:motion picture|film|dvd|cd|video\w*|audio\w*|computer software|software|data ?set"
    r"|television [a-z]+|online|internet)\]$",
    re.I,
)
#: Characters that a title keeps.
_SHORTEST: Final = 5


def without_tail(title: str) -> str:
    """A title without what stands behind it: translators, the number of volumes, what kind of work it is."""
    tail = _TAIL.search(title)
    return title[: tail.start()] if tail and tail.start() > _SHORTEST else title


def take_clauses(text: str, found: dict[str, str]) -> str:
    """Cut the clauses out of a text and put ``edition``, ``genre`` and ``number`` into ``found``."""
    lower = text.lower()
    if any(word in lower for word in _THESIS_WORDS) and (match := _THESIS.search(text)):
        found["genre"] = tidy(match.group())
        text = _cut(text, match)
    else:
        text = take_report(text, found)
    if any(word in lower for word in _EDITION_WORDS) and (match := _EDITION.search(text)):
        found["edition"] = tidy(_EDITION_WORD.sub("", match.group(1)))
        text = _cut(text, match)
    return cut_notes(text)


def cut_notes(text: str) -> str:
    """Cut notes such as ``Online.``, ``[Data set]`` and ``in press`` out of a text."""
    lower = text.lower()
    noted = "[" in text or any(word in lower for word in _NOTE_WORDS)
    return squeeze(_NOTE.sub(MARK, text) if noted else text)


def take_report(text: str, found: dict[str, str]) -> str:
    """Cut "Technical Report No. 17" out of a text and put ``genre`` and ``number`` into ``found``."""
    lower = text.lower()
    if not any(word in lower for word in _REPORT_WORDS):
        return text
    if series := _SERIES.search(text):
        if "genre" not in found:
            found["genre"], found["number"] = tidy(series["genre"]), tidy(series["number"] or series["bare"])
            if body := tidy(series["body"] or ""):
                found["publisher"] = body
        text = _cut(text, series)
        # Of a paper in two series the first is named.
        second = _SERIES.search(text)
        return _cut(text, second) if second else text
    match = _REPORT.search(text)
    if match is None or not (number := match.group(2) or match.group(3) or match.group(4)):
        return text
    found["genre"] = tidy(match.group(1))
    found["number"] = tidy(number)
    return _cut(text, match)


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + MARK + text[match.end() :]
