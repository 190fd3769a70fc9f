"""What an address is to the work that it stands beside: paper, code, data, project page …

Told by the words of the link, by the label before it, and by the host, in this order. A word of the work's title
tells nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dl4es_bib.model.document import Link, Resource
from dl4es_bib.model.span import Span
from dl4es_bib.read.inline import Line, PlacedLink

_CODE: Final = (
    r"codes?|source(?: code)?|github|gitlab|git|repos?|repository|implementations?|software|toolbox(?:es)?|tools?|"
    r"devkit|packages?|library|pytorch|tensorflow|keras|caffe|torch|jax|matlab|notebooks?|colab|octocat|computer|"
    r"scripts?|程序|代码|código|quellcode"
)
_DATA: Final = (
    r"data|datasets?|data ?sets?|benchmarks?|databases?|downloads?|floppy_disk|zenodo|figshare|daten|datos|données|"
    r"数据集?"
)
_PAPER: Final = (
    r"papers?|pdf|ps|arxiv|articles?|preprints?|e-?prints?|publications?|publisher|journal|doi|abstract|abs|"
    r"full[ -]?text|html|manuscript|openreview|hal|pubmed|pmc|ieee|acm|springer|elsevier|sciencedirect|biorxiv|"
    r"page_facing_up|scroll|link|here|url|online|available|read|original|论文|artikel|artículo|article"
)
_PROJECT: Final = (
    r"projects?|home ?pages?|web ?sites?|web ?pages?|pages?|sites?|demos?|home|house|web|globe_with_meridians"
)
_OTHER: Final = {
    "slides": r"slides?|presentations?|poster|ppt",
    "video": r"videos?|talks?|youtube|recordings?|lecture",
    "supplement": r"supp(?:l(?:ement(?:s|ary)?)?)?|supplemental|appendix|si",
    "blog": r"blogs?|posts?|blog ?posts?|medium|news|press|review|reviews|discussion",
    "bibtex": r"bib(?:tex)?|cite|citation|ris|endnote",
}
_WORDS: Final = tuple(
    (role, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.I))
    for role, words in (("code", _CODE), ("data", _DATA), ("project", _PROJECT), *_OTHER.items(), ("paper", _PAPER))
)
#: Words beside those of a role: "Official Code", "code (PyTorch)", "full paper", "v2".
_FILLERS: Final = re.compile(
    r"\b(?:official|unofficial|our|my|the|to|in|and|or|full|short|long|free|open|access|author'?s?|version|v?\d+|"
    r"supporting|material|file|model|models|python|r|c\+\+|py|lua|star|new|old|mirror|extended|latest|link|journal|"
    r"conference|proceedings|local|copy)\b",
    re.I,
)
_BARE: Final = re.compile(r"[\s\[\](){}<>:;,.|/&+*_\"'`~!-]+|:[a-z_]+:")
_LABEL: Final = re.compile(r"([^\W\d_][\w /&-]{0,40}?)\s*(?::|：|–|=)\s*[\[(<]*\s*$")
#: Called as citations are: "Rahnemoonfar et al., 2021", "Garnot & Landrieu 2021".
_CALL: Final = re.compile(
    r"\(?[^\W\d_][\w'’.-]{0,60}(?:(?:\s[^\W\d_][\w'’.-]{0,60}){0,2}"
    r"(?:,?\s(?:and|&)\s[^\W\d_][\w'’-]{0,60}|,?\s?et\.? ?al\.?))?"
    r"[,.]?\s\(?(?:19|20)\d\d[a-z]?\)?"
)
_CODE_HOSTS: Final = re.compile(
    r"(?:github\.com|gitlab\.|bitbucket\.org|sourceforge\.net|codeocean\.com|pypi\.(?:org|python)|cran\.r-project|"
    r"colab\.research|gist\.github|code\.google|codalab|huggingface\.co/(?!datasets|papers)|codeplex|mathworks\.com)",
    re.I,
)
_DATA_HOSTS: Final = re.compile(
    r"(?:zenodo\.org|figshare\.com|dataverse|datadryad\.org|pangaea\.de|kaggle\.com/(?!code)|huggingface\.co/datasets|"
    r"ieee-dataport|//data\.|data\.mendeley|openml\.org|physionet\.org|/datasets?(?:[/.?#]|$)|10\.5281/|10\.6084/|"
    r"10\.1594/|10\.5061/|drive\.google|dropbox\.com|pan\.baidu|osf\.io/[a-z0-9]{5}/?$)",
    re.I,
)
_PAPER_HOSTS: Final = re.compile(
    r"(?://(?:dx\.|www\.)?doi\.org/10\.|arxiv\.org|biorxiv\.org|medrxiv\.org|ieeexplore|sciencedirect\.com|"
    r"springer\.com|springeropen|nature\.com|wiley\.com|tandfonline\.com|mdpi\.com|dl\.acm\.org|portal\.acm|"
    r"openreview\.net|"
    r"aclanthology|aclweb\.org|mlr\.press|neurips\.cc|nips\.cc|thecvf\.com|cv-foundation|aaai\.org|ijcai\.org|jmlr\.org|"
    r"pnas\.org|science\.org|sciencemag\.org|frontiersin\.org|iopscience|iop\.org|ametsoc\.org|copernicus\.org|"
    r"//hal\.|archives-ouvertes|ncbi\.nlm\.nih|pubmed|semanticscholar\.org|researchgate\.net/publication|ssrn\.com|"
    r"plos(?:one)?\.org|hindawi\.com|sagepub\.com|academic\.oup|oxfordjournals|royalsociety|cell\.com|pubs\.(?:acs|rsc|aip)|"
    r"aps\.org|spie(?:digitallibrary)?\.org|isprs-|jstor\.org|linkinghub\.elsevier|isca-speech|bmva|ecva\.net|usenix\.org|"
    r"siam\.org|worldscientific|annualreviews|citeseer|europepmc|hdl\.handle|osti\.gov|jstage|dspace|theses|"
    r"cambridge\.org/core|projecteuclid|openaccess|/doi/|\.pdf(?:$|[?#]))",
    re.I,
)


_EMPTY_BRACKETS: Final = re.compile(r"[\[({]\s*[\])}|,;/&+·•\s]*[\])}]|\[\s*\||\|\s*\]")


def role_in_words(words: str) -> str:
    """The role that the words of a link name when they say nothing else ("[code]", "official code"); else ""."""
    bare = words.strip()
    if bare.startswith(("http://", "https://", "ftp://")):
        return ""  # an address names no role
    return "" if not bare or len(bare) > 60 or len(bare.split()) > 6 else _role_in_words(bare)


@lru_cache(maxsize=1024)
def _role_in_words(bare: str) -> str:
    # Several steps ask the same of one link, and most links of a list have the same words.
    for role, pattern in _WORDS:
        if pattern.search(bare):
            rest = bare
            for _, other in _WORDS:
                rest = other.sub(" ", rest)
            rest = _BARE.sub("", _FILLERS.sub(" ", rest))
            return role if len(rest) <= 2 or _is_identifier(bare) else ""
    return "paper" if _is_identifier(bare) else ""


def role_of_name(words: str) -> str:
    """The role that the last word of a name tells: "DOTA dataset", "the DOTA code"; else ""."""
    last = words.split()[-1:] if len(words.split()) < 5 else []
    role = role_in_words(last[0]) if last else ""
    return role if role in ("data", "code") else ""


def role_of_host(url: str) -> str:
    """The role that an address alone tells: ``data``, ``code`` or ``paper``; else ""."""
    if _DATA_HOSTS.search(url):
        return "data"
    if _CODE_HOSTS.search(url):
        return "paper" if url.lower().endswith(".pdf") else "code"
    return "paper" if _PAPER_HOSTS.search(url) else ""


def is_call(words: str) -> bool:
    """Whether words call a work as a citation in text does."""
    return _CALL.fullmatch(words.strip(" .,;:()[]")[:200]) is not None


def role_beside(line: Line, placed: PlacedLink) -> tuple[str, int]:
    """The role of a link inside a line and where its label begins; ``("", start)`` when nothing tells."""
    words = line.text[placed.start : placed.end].strip() or placed.link.text
    if role := role_in_words(words):
        if role != "paper" or words.strip("[]() ").lower() not in {"link", "here", "url", "available"}:
            return role, placed.start
        return role_of_host(placed.link.url) or role, placed.start
    role, length = _role_of_label(line.text[max(0, placed.start - 60) : placed.start])
    return role, placed.start - length


@lru_cache(maxsize=256)
def _role_of_label(before: str) -> tuple[str, int]:
    """The role of the label that a text ends with, and the label's length; ``("", 0)`` when nothing tells."""
    if not before.rstrip().rstrip("[(<").rstrip().endswith((":", "：", "–", "=")):
        return "", 0
    label = _LABEL.search(before)
    role = role_in_words(label.group(1).rsplit(". ", 1)[-1]) if label else ""
    return (role, len(label.group())) if label and role else ("", 0)


def inline_resources(
    line: Line, file: str, start: int = 0, *, spell: bool = False
) -> tuple[list[Link], list[Resource], str]:
    """The links of a line from a position on: the work's own, its resources, and the text without the words of both.

    A link whose words are those of the text (a venue, an identifier) keeps them there.

    Arguments:
        line: the line.
        file: for spans.
        start: where to begin.
        spell: put the address of a paper where its words ("doi", "pdf") stood.
    """
    own: list[Link] = []
    resources: list[Resource] = []
    pieces: list[str] = []
    position = start
    for placed in line.links:
        if placed.start < start:
            continue
        role, begins = role_beside(line, placed)
        words = line.text[placed.start : placed.end]
        labelled = begins < placed.start
        is_bare = words.strip() == (placed.link.raw or placed.link.url)
        cut = not is_bare and (bool(role) or is_call(words) or not words.strip())
        role = role or role_of_host(placed.link.url)
        if begins >= position and cut:
            is_identifier = role == "paper" and any(char.isdigit() for char in words) and not labelled
            kept = (
                words
                if is_identifier and not is_call(words)
                else f" {placed.link.url} "
                if spell and role == "paper"
                else " "
            )
            pieces.append(line.text[position:begins] + kept)
            position = placed.end
        if role in ("", "paper"):
            own.append(placed.link)
        else:
            label = words.strip(" []().,:") or placed.link.text
            span = (
                Span(file, placed.link.span.line, placed.link.span.column)
                if placed.link.span
                else Span(file, line.number)
            )
            resources.append(Resource(label, role, (placed.link,), span))
    pieces.append(line.text[position:])
    text = "".join(pieces)
    for _ in range(3):
        text, emptied = _EMPTY_BRACKETS.subn(" ", text)
        if not emptied:
            break
    return own, resources, text


def _is_identifier(words: str) -> bool:
    return (
        re.fullmatch(r"\W*(?:arxiv|doi|pmid|hal)?\W{0,3}(?:10\.\d{4,9}/\S+|\d{4}\.\d{4,5}(?:v\d+)?)\W*", words, re.I)
        is not None
    )
