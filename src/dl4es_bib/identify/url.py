"""Identifiers in addresses: one table of rules, a host and a path to an identifier.

A rule whose identifier stands in the address as such (``doi.org/10.…``, ``arxiv.org/abs/…``,
``worldscientific.com/doi/abs/10.…``) gives a fact; one that builds it from a publisher's numbering
(``nature.com/articles/X`` → ``10.1038/X``) gives a guess, which a record must confirm.

Adding a rule is one line in :data:`RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from dl4es_bib.model import identifier as ids
from dl4es_bib.model.identifier import Basis, Identified, Identifier, Kind
from dl4es_bib.model.span import Span

_MAX_URL: Final = 4096
Maker = Callable[[re.Match[str], str], Identifier | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    Attributes:
        name: shown as the reason of a guess.
        host: the host it applies to; a leading dot means the host and all below it.
        path: matched from the start of the decoded path (with ``?query``).
        make: the identifier from the match and the host.
        basis: ``link`` when the address spells the identifier out, ``rule`` when it is derived.
    """

    name: str
    host: str
    path: re.Pattern[str]
    make: Maker
    basis: Basis


def _spelled(read: Callable[[str], Identifier | None]) -> Maker:
    return lambda match, host: read(match.group(1))


def _derived(template: str) -> Maker:
    """A DOI made by filling the match's groups into a template, in lower case."""

    def make(match: re.Match[str], host: str) -> Identifier | None:
        return ids.doi(template.format(*(group or "" for group in match.groups())))

    return make


def _repository(kind: Kind) -> Maker:
    def make(match: re.Match[str], host: str) -> Identifier | None:
        owner, name = match.group(1), match.group(2).removesuffix(".git")
        if owner.lower() in _NO_OWNERS or not name:
            return None
        return Identifier(kind, f"{owner}/{name}".lower(), f"{owner}/{name}")

    return make


def _mdpi(match: re.Match[str], host: str) -> Identifier | None:
    # 10.3390/rs11010074: journal, volume, issue and article number, the last two padded to 2 and 4.
    issn, volume, issue, number = match.groups()
    journal = _MDPI.get(issn.upper())
    if journal is None:
        return None
    return ids.doi(f"10.3390/{journal}{int(volume)}{int(issue):02d}{int(number):04d}")


def _copernicus(match: re.Match[str], host: str) -> Identifier | None:
    # gmd.copernicus.org/articles/11/3999/2018/ is 10.5194/gmd-11-3999-2018.
    journal = host.removesuffix(".copernicus.org")
    if not re.fullmatch(r"[a-z]{1,10}", journal):
        return None
    volume, page, year = match.groups()
    return ids.doi(f"10.5194/{journal}-{volume}-{page}-{year}")


#: Paths of GitHub and GitLab that are no owners of repositories.
_NO_OWNERS: Final = frozenset(
    """about apps collections contact customer-stories enterprise explore features issues login
    marketplace notifications orgs pricing pulls search security settings sponsors topics trending
    users""".split()
)
#: MDPI journals by ISSN, as their addresses name them.
_MDPI: Final = {
    "2072-4292": "rs", "1424-8220": "s", "2073-4433": "atmos", "2073-4441": "w", "2076-3417": "app",
    "2071-1050": "su", "2220-9964": "ijgi", "2076-3263": "geosciences", "1999-4907": "f",
    "2077-1312": "jmse", "1996-1073": "en", "1099-4300": "e", "2227-7390": "math", "2078-2489": "info",
    "1660-4601": "ijerph", "2079-9292": "electronics", "2504-446X": "drones", "2225-1154": "cli",
    "2306-5338": "hydrology", "2073-445X": "land", "2504-4990": "make", "2306-5729": "data",
}  # fmt: skip
_DOI_AT_END: Final = r"(10\.\d{4,9}(?:\.\d+){0,4}/[^\s?#]+)"
#: What follows a DOI in publishers' addresses without being part of it.
_AFTER_DOI: Final = re.compile(
    r"/(?:full|abstract|pdf|epdf|html|fulltext|meta|summary|references|citedby|figures|suppl_file.*|"
    r"download|v\d+/(?:full|review).*)(?:[/?#].*)?$|\.(?:pdf|full|short|abstract|html?)$|/$",
    re.I,
)


#: A file some folders below a prefix.
_FILE: Final = re.compile(r"^10\.[^/]+/[^/]+/(?:[^/]+/)+[^/]*\.(?:pdf|ps|zip|gz|docx?|html?)$", re.I)


def _doi_in_path(match: re.Match[str], host: str) -> Identifier | None:
    if _FILE.search(match.group(1)):
        return None  # "/10.1145/3340000/3330964/p1358-ode.pdf": the folders of a file, not a DOI
    return ids.doi(_AFTER_DOI.sub("", match.group(1)))


def _rule(name: str, host: str, path: str, make: Maker, basis: Basis = "rule") -> Rule:
    return Rule(name, host, re.compile(path, re.I), make, basis)


RULES: Final[tuple[Rule, ...]] = (
    # Spelled out.
    _rule("doi.org", ".doi.org", "/" + _DOI_AT_END, _spelled(ids.doi), "link"),
    _rule("doi.pangaea.de", "doi.pangaea.de", "/" + _DOI_AT_END, _spelled(ids.doi), "link"),
    _rule("dx.plos.org", "dx.plos.org", "/" + _DOI_AT_END, _spelled(ids.doi), "link"),
    _rule("arxiv.org", ".arxiv.org", r"/(?:abs|pdf|html|ps|format)/([a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?|"
          r"\d{4}\.\d{4,5}(?:v\d+)?)(?:\.pdf)?(?:$|[/?#])", _spelled(ids.arxiv), "link"),
    _rule("pubmed", "pubmed.ncbi.nlm.nih.gov", r"/(\d{1,8})(?:$|[/?#])", _spelled(ids.pmid), "link"),
    _rule("ncbi.nlm.nih.gov/pubmed", ".ncbi.nlm.nih.gov", r"/pubmed/(\d{1,8})(?:$|[/?#])",
          _spelled(ids.pmid), "link"),
    _rule("PubMed Central", ".ncbi.nlm.nih.gov", r"/(?:pmc/)?(?:articles/)?(PMC\d+)", _spelled(ids.pmcid), "link"),
    _rule("Europe PMC", "europepmc.org", r"/(?:article|abstract)/MED/(\d{1,8})", _spelled(ids.pmid), "link"),
    _rule("ScienceDirect", ".sciencedirect.com", r"/.*?\bpii/([SB][\dX()-]{16,24})", _spelled(ids.pii), "link"),
    _rule("Elsevier", "linkinghub.elsevier.com", r"/retrieve/pii/([SB][\dX()-]{16,24})", _spelled(ids.pii), "link"),
    _rule("GitHub", "github.com", r"/([\w.-]{1,100})/([\w.-]{1,200})", _repository("github"), "link"),
    _rule("GitLab", "gitlab.com", r"/([\w.-]{1,100})/([\w.-]{1,200})", _repository("gitlab"), "link"),
    _rule("Amazon", ".amazon.", r"/(?:.*/)?(?:dp|gp/product|ASIN|exec/obidos/ASIN)/(\d{9}[\dX])(?:$|[/?#])",
          _spelled(ids.isbn), "link"),
    _rule("OSF", "osf.io", r"/([a-z0-9]{5})(?:$|[/?#])", _derived("10.17605/osf.io/{}")),
    # A DOI inside a publisher's address: Wiley, World Scientific, Taylor & Francis, ACM, SAGE, ACS,
    # AIP, AGU, AMS, PNAS, Science, Royal Society, Annual Reviews, IOP, Springer, Frontiers, bioRxiv …
    _rule("DOI in the address", "", r"/(?:.*?/)?" + _DOI_AT_END, _doi_in_path, "link"),
    _rule("DOI in the query", "", r"/[^?]*\?(?:.*&)?(?:id|doi|article)=(?:info:doi/)?" + _DOI_AT_END,
          _doi_in_path, "link"),
    # Derived from the publisher's numbering.
    _rule("nature.com/articles", ".nature.com", r"/articles/([\w.-]+?)(?:\.pdf|\.epdf)?(?:$|[/?#])",
          _derived("10.1038/{}")),
    _rule("Copernicus", ".copernicus.org", r"/(?:articles|preprints)/(\d+)/(\d+)/(\d{4})(?:$|[/?#])",
          _copernicus),
    _rule("Copernicus discussion", ".copernicus.org", r"/preprints/([a-z]+-(?:\d{4}-\d+))(?:$|[/?#])",
          _derived("10.5194/{}")),
    _rule("MDPI", ".mdpi.com", r"/(\d{4}-\d{3}[\dX])/(\d+)/(\d+)/(\d+)", _mdpi),
    _rule("Science", ".sciencemag.org", r"/content/(?:[a-z][\w.-]*/)?\d+/\d+/e?([a-z]{3}\d{4})(?:\D|$)",
          _derived("10.1126/science.{}")),
    _rule("eLife", "elifesciences.org", r"/articles/(\d{4,6})(?:$|[/?#v])", _derived("10.7554/elife.{}")),
    _rule("Zenodo", "zenodo.org", r"/(?:records?|badge/latestdoi)/(\d+)(?:$|[/?#])", _derived("10.5281/zenodo.{}")),
    _rule("figshare", "figshare.com", r"/articles/(?:[\w.-]+/){0,2}(\d+)(?:$|[/?#])",
          _derived("10.6084/m9.figshare.{}")),
    _rule("DTU Data (figshare)", "data.dtu.dk", r"/articles/(?:[\w.-]+/){0,2}(\d+)(?:$|[/?#])",
          _derived("10.11583/dtu.{}")),
    _rule("PeerJ", "peerj.com", r"/articles/(cs-)?(\d+)(?:$|[/?#.])", _derived("10.7717/peerj.{}{}")),
    _rule("bioRxiv", ".biorxiv.org", r"/content/(?:biorxiv/)?early/\d{4}/\d{2}/\d{2}/([\d.]+)",
          _derived("10.1101/{}")),
)  # fmt: skip


def identifiers_in_url(url: str, span: Span | None = None) -> tuple[Identified, ...]:
    """What an address identifies, the first matching rule first; ``()`` for none.

    Raises nothing: an address that cannot be parsed identifies nothing.
    """
    if len(url) > _MAX_URL:
        return ()
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ()
    target = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    for rule in _rules_for(host):
        match = rule.path.match(target)
        if match is None:
            continue
        one = rule.make(match, host)
        if one is not None:
            return (Identified(one, rule.basis, rule.name, span),)
    return ()


@lru_cache(maxsize=256)
def _rules_for(host: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if _covers(rule.host, host))


def _covers(pattern: str, host: str) -> bool:
    if not pattern:
        return True
    if pattern.endswith("."):
        return f".{host}".find(pattern) >= 0
    if pattern.startswith("."):
        return host == pattern[1:] or host.endswith(pattern)
    return host == pattern
