"""From a line as people write it to plain text: markup, numbering and stray characters taken away."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from dl4es_bib.read.reference.rules.languages import in_english
from dl4es_bib.read.reference.rules.memory import remembered
from dl4es_bib.read.reference.rules.spacing import respaced

#: A reference longer than this is read up to here; the caller keeps the text.
MAX_LENGTH: Final = 20_000
#: Stands where something was taken out of a reference (an address, a date, numbers): a hard boundary.
MARK: Final = "\n"

_BLANKS: Final = re.compile(r"\s{2,}")
_TAG: Final = re.compile(r"<(/?)(i|b|u|em|strong|italic|bold|sup|sub|span|cite|q)(?:\s[^<>]{0,80})?>", re.I)
_TAGGED: Final = re.compile(r"<(?:i|em|italic|cite)>([^<>]{1,600})</", re.I)
_LINK: Final = re.compile(r"!?\[([^\[\]]{0,500})\]\((https?://[^\s()]{1,500}(?:\([^\s()]{0,100}\)[^\s()]{0,200})?)\)")
_STARS: Final = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]{1,600})(?<![\s\\])\1(?![*\w])")
_UNDERLINES: Final = re.compile(r"(?<![\w_\\])(_{1,2})(?=[^\s_])([^_]{1,600})(?<![\s\\])\1(?![_\w])")
#: "_Bull. Sea Soc._90": no emphasis in CommonMark, but meant so.
_GLUED_UNDERLINES: Final = re.compile(r"(?<![\w_\\])_([^\s_][^_]{2,80}[^\s_])_(?=\d)")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!&%$~<>|\"'])")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_NUMBERING: Final = re.compile(
    r"\s*(?:[-*•·–]\s+)?"
    r"(?:\[\s?(?:[\w+.:-]{1,24}|[^\[\]\d]{1,30}\d{4}[a-z]?)\s?\][.:,]?\s*"
    r"|\([\da-hj-z]\)\s*(?=[^\W\d_])|\(\d{1,4}\)\s*|\d{1,4}[.)]{1,2}(?:\s+|(?=[^\W\d_]))|\d{1,3}\s*-\s*(?=[^\W\d_])|\d{1,3}\s+(?=[^\W\d_]))"
)


_BULLET: Final = re.compile(r"^(?:[•·‣▪◦●]\s*|[*-]\s+)(?=[^\W\d_])")
#: "12,702-12,712": pages with a comma between thousands.
_THOUSANDS: Final = re.compile(r"\d(?<![\d,]\d)\d{0,2},\d{3}\s?[-–—]\s?\d{1,3},\d{3}(?!\d|,\d)")
#: "J. Geophys. Res., 99, 22,537": one page with a comma, behind a volume.
_THOUSAND: Final = re.compile(r"(?<=[\d)],\s)(\d{2}),(\d{3})(?=\.?\s*(?:$|https?:|doi\b|\((?:19|20)\d\d\)))")
#: "33 Suppl 2:S12", "12 Suppl:44": a supplement without brackets behind the volume.
_SUPPLEMENT: Final = re.compile(r"(?<=\d)\s(Suppl?\.?(?:\s[A-Z\d]{1,3})?|Pt\.?\s\d{1,2})(?=:\s?[A-Za-z]?\d)")
#: "↑3, 12", "(cited on pages 1, 5)", "Cited on p. 3.": where a text cites the entry.
_BACK_REFERENCE: Final = re.compile(
    r"\s(?:[↑^]\s?\d{1,4}(?:,\s?\d{1,4}){0,40}|[(\[]?(?:cited|cit\.)\s(?:on|in|at)\s(?:pp?\.|pages?|chap\w{0,5}\.?|section|§)"
    r"\s?[\d,\s–-]{1,60}(?:and\s\d{1,4})?[)\]]?)\.?$",
    re.I,
)
#: "https ://", "doi :10.1000/", "arXiv :1403.5227": blanks that a PDF lets in.
_LOOSE: Final = re.compile(
    r"(?<=https)\s?:\s?//\s?|(?<=http)\s?:\s?//\s?|(?<=\bdoi)\s?:\s?(?=10\.)|(?<=\barxiv)\s?:\s?(?=\d{4}\s?\.\s?\d{4,5}|[a-z-]{2,10}\s?/\s?\d{7})",
    re.I,
)
_LOOSE_NUMBER: Final = re.compile(r"(?<=\barXiv:)(\d{4}|[a-z-]{2,10})\s?([./])\s?(?=\d{4})", re.I)
#: GB/T 7714 in characters of full width: "［Ｊ］", with commas and brackets of the same.
_WIDE_MARK: Final = re.compile(r"［[A-ZＡ-Ｚ]{1,2}(?:[/／][A-ZＡ-Ｚ]{2})?］")
#: UTF-8 that was read as Windows-1252.
_MOJIBAKE: Final = (("â€“", "–"), ("â€”", "—"), ("â€™", "’"), ("â€˜", "‘"), ("â€œ", "“"), ("â€\x9d", "”"), ("â€�", "”"))
#: IEEE's "Accessed 21/2/18. [Online]. Available:" before an address says nothing of the work.
_ONLINE: Final = re.compile(
    r"\s(?:Accessed:?\s[\w ,/.-]{4,24}?\.?\s)?\[Online\]\.?(?:\s?(?:Available|URL)(?:\sat)?:?)?(?=\s|$|<)", re.I
)
#: "CVPR, 2022. 2, 4, 6": the pages on which a list says that it is cited.
_CITED_ON: Final = re.compile(r"\s(?<=\b(?:19|20)\d\d\.\s)\d{1,3}(?:,\s\d{1,3}){0,20}\.?$")
#: "See Ode, …", "Vgl. …": how notes begin.
_SEE: Final = re.compile(
    r"^(?:(?:\d{1,3}\.?|\[\d{1,3}\])\s)?(?:See(?: also| further| generally)?|Cf\.|Compare|Vgl\.|Siehe(?: auch)?"
    r"|Voir(?: aussi)?|Véase|Cfr\.|Vedi|См\.)"
    r",?\s(?=(?:e\.g\.,? )?[^\W\d_a-z][\w.’'-]*,?\s(?:[^\W\d_a-z]|et al))"
)
#: "45–60, at 47", "pp. 12-34 (p. 15)": the page of a note, behind those of the work.
_PINPOINT: Final = re.compile(
    r"([-–]\d{1,4})(?:,\s(?:here\s|hier\s|esp\.\s)?(?:at|S\.|p\.)\s\d{1,4}|\s\((?:p\.|S\.|at)\s\d{1,4}\))\.?$"
)
#: A line that stands for the author of the entry before.
SAME_AUTHOR: Final = re.compile(
    r"^[\s*•-]*(?:(?:[_–—]{2,}|-{3,}|―+)[.,]?\s+|(?:Ders|Dies)\.(?:\s\(Hg\.\))?[:,]\s+|(?:Idem|Eadem)[:,]\s+)(?=\S)"
)
#: "Dee, A. (corresponding author)"
_AUTHOR_NOTE: Final = re.compile(
    r"\s?\((?:[^()\d]{0,20}\s)?(?:corresponding|presenting|first|senior|joint|lead|contact)\s(?:first\s)?authors?\)",
    re.I,
)
#: "Lund, J. (Producer), & Ode, A. (Director)."
_CREDIT: Final = re.compile(
    r"\s?\((?:Executive )?(?:Producer|Director|Writer|Host|Composer|Artist|Screenwriter|Narrator|Performer)s?"
    r"(?:\s(?:&|and)\s(?:Director|Writer|Producer|Host)s?)?\)(?=[.,;:&\s])"
)
#: "Christen- sen B": a surname broken at the end of a line.
_BROKEN_NAME: Final = re.compile(
    r"(?<!\w)([^\W\d_a-z][^\W\d_]{1,20})-\s([a-zß-ÿ]{2,20})(?=,\s[^\W\d_]\.|\s[A-Z]{1,3}\b[,.;]|,\s[^\W\d_a-z][^\W\d_]+[,;])"
)
#: "Ode (Ann), Roe (B. C.), « Lampes »": given names in brackets, as French lists have them.
#: "and Karl Stein- berger.", "K. Hal- vorsen and": the same in lists in reading order.
_BROKEN_FULL_NAME: Final = re.compile(
    r"(?<!\w)((?:[^\W\d_]\.|(?:and|und|&)\s[^\W\d_a-z][^\W\d_]+|^[^\W\d_a-z][^\W\d_]+)\s[^\W\d_a-z][^\W\d_]{1,20})-\s"
    r"(?!(?:und|and|or|oder|et|y|e)\b)([a-zß-ÿ]{2,20})(?=[,;.:]|\s(?:and|und|&)\s)"
)
#: "Sea History, 2nd ser., xxiv (1971)"
_OF_A_SERIES: Final = re.compile(
    r"(?<=,\s)(?:\d{1,2}(?:st|nd|rd|th)|new)\sser(?:\.|ies),?\s(?=\d{1,4}\s\(|[ivxlcIVXLC]{1,9}\s\()"
)
#: A colour or a move of the cursor, as terminals take it (ECMA-48).
_CONTROL: Final = re.compile(r"\x1b\[[\d;?]{0,20}[A-Za-z]")
_GIVEN: Final = r"[^\W\d_a-z][^\W\d_]+(?:[-’' ][^\W\d_a-z][^\W\d_]+)?\s\((?:[^\W\d_a-z][\w’-]{0,14}\.?[ -]?){1,3}\)"
_BRACKETED: Final = re.compile(
    rf"(?:\[?\d{{1,3}}[\].]\s)?(?P<list>{_GIVEN}(?:(?:,|;| et| and| &|, and)\s{_GIVEN}){{0,30}})"
    r"(?=,\s[“«\"„‘]|,\s[^\W\d_a-z])"
)
_NICKNAME: Final = re.compile(r"(?<=[^\W\d_]\s)[\"“‘]([^\W\d_]{2,15})[\"”’]\s(?=[^\W\d_a-z][^\W\d_]*[,;])")
#: Marks of GOST R 7.0.5 and 7.1: areas that ". –" parts, people behind a stroke, a blank before a colon.
_AREA: Final = re.compile(r"\.\s[–—-]\s")
_RESPONSIBLE: Final = re.compile(r"\s/\s[^/\n]{2,200}?(?:(?<=[^\W\d_]{3})\.(?=\s)|(?=\s//))")
_DISSERTATION: Final = re.compile(r"\s?:\s(?=(?:автореф\.\s)?дис\.)")
_CYRILLIC: Final = re.compile(r"[а-яёіїєґ]{3}", re.I)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A reference in plain text.

    Attributes:
        text: one line without markup and numbering.
        emphasised: what stood in italics, in order: a journal, a book, a title.
        strong: what was bold: a title, a volume.
    """

    text: str
    emphasised: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Take away HTML and Markdown markup, the number of the entry and invisible characters."""
    text = text[:MAX_LENGTH]
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    if "â€" in text:
        for wrong, right in _MOJIBAKE:
            text = text.replace(wrong, right)
    if not text.isprintable():
        text = _INVISIBLE.sub("", _CONTROL.sub("", text).replace("\u2028", " "))
    if "［" in text and _WIDE_MARK.search(text):
        text = unicodedata.normalize("NFKC", text)
    text = " ".join(text.split()).lstrip("> ")
    emphasised: list[str] = []
    strong: list[str] = []
    if "<" in text:
        emphasised += [match.group(1) for match in _TAGGED.finditer(text)]
        text = _TAG.sub("", text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1 <\2>", text)
    if "*" in text:
        strong = [m.group(2) for m in _STARS.finditer(text) if len(m.group(1)) > 1]
        emphasised += [m.group(2) for m in _STARS.finditer(text) if len(m.group(1)) != 2]
        text = _STARS.sub(r"\2", text)
    if "_" in text:
        text = _GLUED_UNDERLINES.sub(r"_\1_ ", text)
        emphasised += [m.group(2) for m in _UNDERLINES.finditer(text) if len(m.group(1)) != 2]
        text = _UNDERLINES.sub(r"\2", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    text = text.replace("``", "“").replace("''", "”") if "``" in text or "''" in text else text
    text = respaced(text)
    if dash := SAME_AUTHOR.match(text):
        text = text[dash.end() :]
    lower = text.lower()
    if "author" in lower:
        text = _AUTHOR_NOTE.sub("", text)
    if '"' in text or "“" in text or "‘" in text:
        text = _NICKNAME.sub("", text)
    if " (" in text[:60] and (found := _BRACKETED.match(text)) and _is_list_of_people(found["list"]):
        text = _unbracketed(found["list"]) + text[found.end() :]
    if "- " in text:
        text = _BROKEN_FULL_NAME.sub(r"\1\2", _BROKEN_NAME.sub(r"\1\2", text))
    if "r)" in text or "rs)" in text or "st)" in text or "ts)" in text:
        text = _CREDIT.sub("", text)
    cyrillic = not text.isascii() and _CYRILLIC.search(text) is not None
    if cyrillic:
        text = _DISSERTATION.sub(". ", text)
    if len(_AREA.findall(text)) > 1 or (cyrillic and (_AREA.search(text) or " / " in text)):
        text = _DISSERTATION.sub(". ", text)
        text = _AREA.sub(". ", _RESPONSIBLE.sub(". ", text)).replace(" : ", ": ").replace(". .", ".")
    if "ited by: " in text:
        text = text.replace("ited by: ", "ited by ")
    if "ser" in lower:
        text = _OF_A_SERIES.sub("", text)
    text = _PINPOINT.sub(r"\1", text)
    text = in_english(_SEE.sub("", text, count=1))
    if "," in text[-24:]:
        text = _THOUSAND.sub(r"\1\2", text)
    if "uppl" in text or " Pt" in text:
        text = _SUPPLEMENT.sub(r"(\1)", text)
    text = _BACK_REFERENCE.sub("", text)
    text = _THOUSANDS.sub(lambda found: found.group().replace(",", ""), text)
    if ": " in text or " :" in text:
        text = _LOOSE.sub(lambda found: "".join(found.group().split()), text)
        text = _LOOSE_NUMBER.sub(r"\1\2", text)
    if "[online]" in lower:
        text = _ONLINE.sub(" ", text)
    if (cited_on := _CITED_ON.search(text)) and _rises(cited_on.group()):
        text = text[: cited_on.start()]
    text = _BULLET.sub("", text, count=1)
    match = _NUMBERING.match(text)
    if match and match.end() < len(text):
        text = text[match.end() :]
    words = (" ".join(part.split()).strip(" .,;:") for part in emphasised)
    bold = tuple(part for phrase in strong if (part := " ".join(phrase.split()).strip(" .,;:")))
    return Cleaned(" ".join(text.split()), tuple(part for part in words if len(part) > 2), bold)


def _is_list_of_people(text: str) -> bool:
    """Whether brackets hold given names: more than one pair, or a short name that is no abbreviation before it."""
    family = text.split(" (")[0]
    return text.count("(") > 1 or (not family.isupper() and text.count(" ") < 4)


def _unbracketed(text: str) -> str:
    """ "Ode (Ann), Roe (Bob)" as "Ode, Ann; Roe, Bob"."""
    parts = re.findall(r"([^\W\d_a-z][^()]*?)\s\(([^()]*)\)", text)
    return "; ".join(f"{family}, {given.strip()}" for family, given in parts)


def _rises(numbers: str) -> bool:
    found = [int(number) for number in re.findall(r"\d+", numbers)]
    return found == sorted(set(found)) and found[-1] < 100


def squeeze(text: str) -> str:
    """Runs of blanks and MARKs as one, so that no pattern meets a long stretch of white space."""
    if text.isprintable() and "  " not in text:
        return text
    return _BLANKS.sub(lambda blanks: MARK if MARK in blanks.group() else " ", text)


@remembered
def tidy(text: str) -> str:
    """A value without the punctuation and unbalanced brackets of its surroundings."""
    text = " ".join(text.split()).strip(" ,;:\t–—")
    text = text.removesuffix(".").strip(" ,;:") if not text.endswith("...") else text
    for opener, closer in ("()", "[]", "“”"):
        opened, closed = text.count(opener), text.count(closer)
        if opened > closed and text.rfind(opener) > text.rfind(closer):
            if text.startswith(opener):
                text = text[1:]
            elif text.endswith(opener):
                text = text[:-1]
        elif closed > opened and text.endswith(closer):
            text = text[:-1]
        elif opened == closed == 1 and text.startswith(opener) and text.endswith(closer):
            text = text[1:-1]
    return text.strip(" ,;:")
