"""Identifiers of works: parse, normalise, compare, link.

Two identifiers are equal when they name the same thing: a DOI is compared without regard to case (DOI
Handbook §2.4), an ISBN-10 equals its ISBN-13, an arXiv id equals itself with and without ``arXiv:``.
How the source spelled it is kept in ``written``.

Finding identifiers inside running text and publisher links is the work of :mod:`dl4es_bib.identify`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import quote, unquote

from dl4es_bib.model.span import Span

Kind = Literal["doi", "arxiv", "isbn", "issn", "pmid", "pmcid", "pii", "github", "gitlab", "url"]
#: The kinds that name a work which has a record somewhere; a repository or a page has none.
RECORDED: Final[frozenset[Kind]] = frozenset({"doi", "arxiv", "isbn", "pmid", "pmcid", "pii"})

_DOI_LINK: Final = re.compile(r"(?:https?://)?(?:www\.|dx\.)?doi\.org/+|doi:\s*|urn:doi:", re.I)
# Crossref's own recommendation covers 99.3 % of DOIs; the suffix may hold any printable character.
_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/[^\s\x00-\x1f\x7f]+")
_ARXIV: Final = re.compile(r"(?:arxiv:\s*)?((?:\d{4}\.\d{4,5})|(?:[a-z-]{2,20}(?:\.[a-z]{2})?/\d{7}))(v\d{1,3})?", re.I)
_PII: Final = re.compile(r"[SB][0-9X()-]{16,24}", re.I)
_CLOSERS: Final = {")": "(", "]": "[", "}": "{", ">": "<", "⟩": "⟨", "〉": "〈", "》": "《", "」": "「"}
_MAX_DOI: Final = 2048


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier in its normal form.

    Attributes:
        kind: which scheme it belongs to.
        value: the normal form that is compared and sent: DOI in lower case, ISBN as 13 digits, arXiv
            without prefix and version, PMID as digits, repository as ``owner/name``.
        written: how the source spelled it (no part in comparison); empty when as ``value``.
        version: an arXiv version such as ``v2`` (no part in comparison).
    """

    kind: Kind
    value: str
    written: str = field(default="", compare=False)
    version: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.written or self.value}"

    @property
    def link(self) -> str:
        """The address a person can follow, percent-encoded where a DOI asks for it."""
        text = self.written or self.value
        match self.kind:
            case "doi":
                return "https://doi.org/" + quote(text, safe="/:().;_-")
            case "arxiv":
                return f"https://arxiv.org/abs/{self.value}{self.version}"
            case "pmid":
                return f"https://pubmed.ncbi.nlm.nih.gov/{self.value}/"
            case "pmcid":
                return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{self.value}/"
            case "github":
                return f"https://github.com/{text}"
            case "gitlab":
                return f"https://gitlab.com/{text}"
            case "pii":
                return f"https://www.sciencedirect.com/science/article/pii/{self.value}"
            case "isbn":
                return f"https://openlibrary.org/isbn/{self.value}"
            case "issn":
                return f"https://portal.issn.org/resource/ISSN/{self.value}"
            case "url":
                return text


Basis = Literal["text", "link", "rule"]


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier together with how it was found.

    Attributes:
        identifier: what was found.
        basis: ``text`` (spelled out in the text), ``link`` (spelled out inside an address) or ``rule``
            (derived from an address or key: a guess until a record's title confirms it).
        rule: the name of the rule, such as ``nature.com/articles``; empty for ``text``.
        span: where.
    """

    identifier: Identifier
    basis: Basis = "text"
    rule: str = ""
    span: Span | None = None

    @property
    def is_guess(self) -> bool:
        """Whether a rule derived it, so that it counts for nothing until a record confirms it."""
        return self.basis == "rule"


def trim(text: str) -> str:
    """Cut from the end what belongs to the sentence and not to an address or identifier.

    Punctuation goes, and closing brackets and quotes that nothing opened: ``10.1/a).`` → ``10.1/a``,
    while ``10.1016/0020-7225(82)90035-3`` and ``…3.0.CO;2-T`` stay whole.
    """
    counts = {mark: text.count(mark) for pair in _CLOSERS.items() for mark in pair}
    end = len(text)
    while end:
        last = text[end - 1]
        if last in _CLOSERS:
            if counts[_CLOSERS[last]] >= counts[last]:
                break
        elif last not in ".,;:!?\"'`*_’”»…\\" and last not in "([{<":
            break
        if last in counts:
            counts[last] -= 1
        end -= 1
    return text[:end]


def doi(text: str) -> Identifier | None:
    """Read a DOI, bare, with ``doi:``, or as a doi.org link; ``None`` when it is none.

    The whole text must be the DOI (trailing sentence punctuation is trimmed). A percent-encoded link
    is decoded; a bare DOI is not, since ``%`` is a legal character of a suffix.
    """
    text = text.strip()
    if len(text) > _MAX_DOI:
        return None
    prefix = _DOI_LINK.match(text)
    if prefix:
        text = text[prefix.end() :]
        if "/" in prefix.group() and "%" in text:
            text = unquote(text)
    match = _DOI.fullmatch(trim(text).rstrip("/"))
    return Identifier("doi", match.group().lower(), match.group()) if match else None


def arxiv(text: str) -> Identifier | None:
    """Read an arXiv id, new (``2104.05107v2``) or old (``hep-th/9901001``), with or without prefix."""
    match = _ARXIV.fullmatch(text.strip())
    if not match:
        return None
    number = match.group(1)
    if number[0].isdecimal() and not 1 <= int(number[2:4]) <= 12:
        return None
    return Identifier("arxiv", number.lower(), number, (match.group(2) or "").lower())


def isbn(text: str) -> Identifier | None:
    """Read an ISBN-10 or ISBN-13 whose check digit is right (ISO 2108); the value has 13 digits."""
    digits = re.sub(r"[\s\-‐‑–]", "", text.strip())
    digits = re.sub(r"^isbn(?:-?1[03])?:?", "", digits, flags=re.I).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
        if total % 11:
            return None
        core = "978" + digits[:9]
        return Identifier("isbn", core + _isbn13_check(core), text.strip())
    if re.fullmatch(r"97[89]\d{10}", digits) and _isbn13_check(digits[:12]) == digits[12]:
        return Identifier("isbn", digits, text.strip())
    return None


def issn(text: str) -> Identifier | None:
    """Read an ISSN whose check digit is right (ISO 3297)."""
    digits = re.sub(r"[\s\-‐–]", "", text.strip()).upper()
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        return None
    total = sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    if total % 11 or digits == "00000000":
        return None
    return Identifier("issn", f"{digits[:4]}-{digits[4:]}", text.strip())


def pmid(text: str) -> Identifier | None:
    """Read a PubMed id (1 to 8 digits), with or without ``PMID:``."""
    digits = re.sub(r"^pmid:?\s*", "", text.strip(), flags=re.I)
    if not re.fullmatch(r"[1-9]\d{0,7}", digits):
        return None
    return Identifier("pmid", digits)


def pmcid(text: str) -> Identifier | None:
    """Read a PubMed Central id, ``PMC`` and digits."""
    match = re.fullmatch(r"(?:pmcid:?\s*)?(PMC\d{3,9})", text.strip(), flags=re.I)
    return Identifier("pmcid", match.group(1).upper()) if match else None


def pii(text: str) -> Identifier | None:
    """Read a Publisher Item Identifier: ``S`` or ``B`` and 16 digits once punctuation is taken out."""
    text = text.strip()
    if not _PII.fullmatch(text):
        return None
    value = re.sub(r"[-()]", "", text).upper()
    return Identifier("pii", value, text) if len(value) == 17 else None


def url(text: str) -> Identifier | None:
    """Read an http, https or ftp address; scheme and host are folded to lower case."""
    match = re.fullmatch(r"((?:https?|ftp)://[^/?#\s]+)([^\s\x00-\x1f]*)", text.strip(), flags=re.I)
    if not match:
        return None
    return Identifier("url", match.group(1).lower() + match.group(2), text.strip())


def _isbn13_check(first12: str) -> str:
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(first12))
    return str(-total % 10)
