"""What identifies a work inside its reference: DOI, arXiv, PMID, ISBN and addresses, taken out of the text.

Each leaves a :data:`~dl4es_bib.read.reference.rules.cleaning.MARK`, so that what stood before and after it
does not run together.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model import identifier as ids
from dl4es_bib.read.reference.rules.cleaning import MARK, squeeze

_SHORT_DOI: Final = re.compile(r"(?:\bdoi\s*:?\s*)(10/[a-z0-9]{3,10})\b", re.I)
_SHORT: Final = re.compile(r"10/[a-z0-9]{3,10}", re.I)
_DOI_HOST: Final = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/+(?=\S)", re.I)
_ADDRESS: Final = re.compile(r"(?:https?://|ftp://|www\.(?=\w))(?:[^\s<>\n\"“”]|<\d+:[^\s<>]{1,40}>){1,2048}", re.I)
_DOI: Final = re.compile(
    r"(?:\bdoi(?:\s+number)?\s*[:.=]?\s*){0,2}\b(10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\n\"“”]{1,1024})",
    re.I,
)
#: What is no part of a DOI, and stands behind one without a blank.
_GLUED: Final = re.compile(r"\[arXiv|\.?\bURL\b|[;,]\s?https?:", re.I)
#: A publisher's page that carries the DOI at the end of its path.
_DOI_IN_PATH: Final = re.compile(
    r"/doi/(?:abs/|full/|pdf/|epdf/|epub/|book/|pdfplus/|pdfdirect/|reader/|ref/)?(10\.\d{4,9}/[^/?#\s]+)$",
    re.I,
)
_ARXIV_ID: Final = r"(\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7}(?:v\d)?)"
_ARXIV_PAGE: Final = re.compile(r"arxiv\.org/(?:abs|pdf|html)/" + _ARXIV_ID, re.I)
_ARXIV: Final = re.compile(
    r"(?:\b(?:In\s+)?(?:arXiv(?:\.org)?\s*(?:e-?prints?|preprints?)?\s*,?\s*\(?)|\bCoRR,?\s*(?=abs/|arXiv))?"
    r"(?:\barXiv\s*:\s*|\babs/)" + _ARXIV_ID + r"(?:\s*\[[\w. ,-]{2,30}\])?",
    re.I,
)
_ARXIV_NAME: Final = re.compile(r"\barXiv(?:\.org)?(?:\s+(?:e-?prints?|preprints?))?\b", re.I)
#: "bioRxiv 2022.05.11.491234": the number is the end of the DOI, and begins with the date (bioRxiv, *How to cite*).
_BIORXIV: Final = re.compile(
    r"\b((?:bio|med)Rxiv)[\s,:]{1,3}((?:19|20)\d\d\.\d\d\.\d\d\.\d{6,8})(?:v\d{1,2})?(?!\d)", re.I
)
_PMID: Final = re.compile(r"\b(?:PMID|PubMed(?:\s+PMID)?)\s*:?\s*(\d{4,8})\b", re.I)
_PMCID: Final = re.compile(r"\b(?:PMCID\s*:?\s*|PubMed Central\s*(?:PMCID)?\s*:?\s*)?(PMC\d{4,9})\b", re.I)
_ISBN: Final = re.compile(r"\bISBN(?:-?1[03])?\s*:?\s*((?:97[89][-\s‐–]?)?\d[\d\s‐–-]{7,14}[\dXx])", re.I)
_ISSN: Final = re.compile(r"\be?-?ISSN\s*:?\s*\d{4}[-–‐]?\d{3}[\dXx]\b", re.I)
_ACCESSED: Final = re.compile(
    r"[\[(]?\b(?:last\s+|date\s+)?(?:accessed|retrieved|viewed|consulted|visited|checked|cited|abgerufen|zugriff|"
    r"consulté|acesso em|consultado|consultato"
    r"|geraadpleegd|besucht|eingesehen|hämtad|dostęp|дата обращения)\b"
    r"(?:\s+(?:on|am|le|el|em|il|op|den|dnia))?\s*:?\s*"
    r"(?:\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?(?:19|20)\d\d|(?:[^\W\d_]{3,10}\.?\s+)?\d{1,4}[\w\s,./:-]{0,24}?)(?:[\])]|(?=[.;](?!\d)|$|\n|\s+from\b))"
    r"(?:\s*,?\s*from\b)?:?",
    re.I,
)
#: One of these stands in whatever the pattern before takes.
_ACCESS_WORDS: Final = (
    "accessed", "retrieved", "viewed", "consult", "visited", "checked", "cited", "abgerufen", "zugriff", "acesso em",
    "geraadpleegd", "besucht", "eingesehen", "hämtad", "dostęp", "дата обращения",
)  # fmt: skip
_LEADS: Final = re.compile(
    r"(?:\[(?:Online|Internet|Electronic resource|en ligne|en línea|em linha|in linea|Электронный ресурс)\]\.?\s*)?"
    r"(?:\b(?:Retrieved|Available|Accessible|Accessed|Obtained|Downloaded)"
    r"(?:\s+(?:online|from|at|in|via|on)){0,2}\s*:?\s*(?=\n)"
    r"|\b(?:doi|URL|URI|Link|Online|Web|Disponible\s+(?:en|sur)|Disponível em|Disponibile (?:su|a)|Verfügbar unter"
    r"|Режим доступа)\s*:?\s*<?(?=\n)"
    r"|\[(?:Online|Internet|Electronic resource|en ligne|en línea|em linha|in linea|Электронный ресурс"
    r"|Web|cited[^\[\]]{0,30})\]"
    r"|\b[Pp]ublished online:?\s+(?=[A-Z\d]))",
    re.I,
)

#: "https://ssrn.com/… or https://doi.org/…"
_BETWEEN: Final = re.compile(r"\n[ .,;]{0,3}(?:or|and|oder|und|ou|et|o|y)[ :]{0,3}(?=\n)")


def take_links(text: str) -> tuple[dict[str, str], str]:
    """Find identifiers and addresses; return them as CSL variables, and the text without them.

    The first address, the first DOI and so on are kept. A doi.org address is the DOI, also a short one
    (``10/abcd``, see shortdoi.org).
    """
    found: dict[str, str] = {}

    def address(match: re.Match[str]) -> str:
        written = match.group()
        url = ids.trim(written)
        host = _DOI_HOST.match(url)
        rest = url[host.end() :] if host else ""
        if rest.lower().startswith(("http://", "https://")) and (inner := _DOI_HOST.match(rest)):
            rest = rest[inner.end() :]
        if host and (doi := ids.doi("https://doi.org/" + rest.removeprefix("doi:"))) is not None:
            found.setdefault("DOI", doi.written or doi.value)
        elif host and _SHORT.fullmatch(rest):
            found.setdefault("DOI", rest)
        else:
            if page := _ARXIV_PAGE.search(url):
                found.setdefault("arxiv", page.group(1))
            if (path := _DOI_IN_PATH.search(url)) and (doi := ids.doi(path.group(1))) is not None:
                found.setdefault("DOI", doi.written or doi.value)
            found.setdefault("URL", url if "://" in url else "http://" + url)
        return MARK + written[len(url) :]

    def bare_doi(match: re.Match[str]) -> str:
        written = _GLUED.split(match.group(1), maxsplit=1)[0]
        doi = ids.doi(written)
        if doi is None:
            return match.group()
        value = doi.written or doi.value
        found.setdefault("DOI", value)
        return MARK + match.group(1)[len(value) :]

    if "://" in text or "www." in text:
        text = _ADDRESS.sub(address, text)
    if "10." in text:
        text = _DOI.sub(bare_doi, text)
    if "10/" in text:
        text = _SHORT_DOI.sub(lambda m: _keep(found, "DOI", m.group(1)), text)
    lower = text.lower()
    if "arxiv" in lower or "abs/" in lower:
        text, count = _ARXIV.subn(lambda m: _keep(found, "arxiv", m.group(1)), text)
        if count or "arxiv" in found:
            found["container-title"] = "arXiv"
            text = _ARXIV_NAME.sub(MARK, text)
    if "rxiv" in lower and "DOI" not in found:
        text = _BIORXIV.sub(lambda m: _deposited(found, m), text)
    if "pmid" in lower or "pubmed" in lower:
        text = _PMID.sub(lambda m: _keep(found, "PMID", m.group(1)), text)
    if "pmc" in lower:
        text = _PMCID.sub(lambda m: _keep(found, "PMCID", m.group(1)), text)
    if "isbn" in lower:
        text = _ISBN.sub(lambda m: _keep(found, "ISBN", m.group(1).strip()), text)
    if "issn" in lower:
        text = _ISSN.sub(MARK, text)
    if any(word in lower for word in _ACCESS_WORDS):
        text = _ACCESSED.sub(MARK, text)
    if MARK in text or "[" in text or "published online" in lower:
        text = _LEADS.sub(MARK, text)
        text = _BETWEEN.sub(MARK, text)
    return found, squeeze(text)


def _deposited(found: dict[str, str], match: re.Match[str]) -> str:
    found.setdefault("DOI", f"10.1101/{match[2]}")
    return f"{match[1]} ({match[2][:4]})"


def _keep(found: dict[str, str], variable: str, value: str) -> str:
    found.setdefault(variable, value)
    return MARK
