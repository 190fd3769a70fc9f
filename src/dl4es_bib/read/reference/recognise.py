"""Whether a line is a formatted reference, or prose, a label or a bare link."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dl4es_bib.model.work import Work
from dl4es_bib.read.reference.rules.cleaning import MAX_LENGTH, SAME_AUTHOR
from dl4es_bib.read.reference.rules.kinds import is_part_without_title
from dl4es_bib.read.reference.rules.reading import begins_as_reference, prepare, read_text
from dl4es_bib.read.reference.rules.web_pages import is_introduced

#: As much of a line as is looked at: a paragraph longer than this is prose, unless authors fill it.
_LOOK_AT: Final = 4000
#: What has no more words is no reference for its people and its year alone.
_FEW_WORDS: Final = 5
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ADDRESS: Final = re.compile(r"<?(?:https?|ftp)://\S+|www\.\S+")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.")
#: "Tel: +1 (415) 555-0100", "Phone (555) 010-2000".
_CONTACT: Final = re.compile(
    r"\b(?:tel|telephone|phone|fax|mobile|telefon|tél)\b\.?\s?:?\s?\+?\(?\d[\d() .-]{5,}", re.I
)
_PROSE: Final = re.compile(
    r"(?:[Tt]h(?:is|ese|ose|ere|en|ey)|[Ww]e|I|[Ii]t|[Yy]ou|[Hh]ere|[Ff]or|[Ss]ee|[Pp]lease|[Ii]f|[Ww]hen|[Tt]o|[Ii]n|[Aa]s|"
    r"[Oo]ur|[Nn]ote|[Aa]fter|[Ss]ince|[Bb]ecause|[Uu]se|[Rr]un|[Aa]lso|[Hh]owever|[Oo]nly|[Mm]ore|[Ss]ome|[Aa]ll)\s"
)
_STATE: Final = re.compile(r"\b(?:in press|forthcoming|to appear|in review|under review|accepted|submitted)\b", re.I)
_QUOTED: Final = re.compile(r"[\s*•\d.\[\]-]{0,8}[\"“«„]")
_IDENTIFIED: Final = ("DOI", "arxiv", "PMID", "PMCID", "ISBN")
_LOCATED: Final = ("volume", "issue", "page", "article-number")


#: What a sentence has, and a reference hardly ever outside its title.
_VERB: Final = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|can|should|must|may|showed?|shows|found|argued?|argues|says?|said|describes?"
    r"|thank|please|you|we|our|they|their|ist|sind|war|waren|wurde|wurden|hat|haben|est|sont|était|ont|fue|son|era|eran"
    r"|è|sono|é|são|foi|jest|są|był|é)\s"
)
_YEAR_NEXT: Final = re.compile(r"(?:[.,]\s|[.,]?\s[(\[])(?:1[5-9]|20)\d\d[a-h]?(?:[.,:)\]])")
_OPENS_SENTENCE: Final = re.compile(
    r"(?:As|Dear|Hello|Hi|Copyright|Fig(?:ure|\.)|Table|Chapter|Section|En|Em|Nel|Im|Am|Seit|Depuis|Desde)\s(?=[^,]{1,40})"
)
#: The most confidence in the reading of a sentence, and of a text that names no person, no place in a journal, no
#: identifier.
_SENTENCE: Final = 0.3
_VAGUE: Final = 0.5
#: "a, 2012": no journal and no publisher.
_NO_VENUE: Final = re.compile(r"[a-z]{1,3}(?:[.,]?\s\d{1,4})?")
#: The most confidence in a reading that has such a thing for a journal or a publisher.
_ODD: Final = 0.4


def most_confidence(text: str, work: Work) -> float:
    """The most that a reading may be believed: 1 for a reference, less for prose and for what says next to nothing.

    Args:
        text: the text that was read.
        work: what was read in it.
    """
    if len(text) > MAX_LENGTH:
        return _SENTENCE
    if any(_NO_VENUE.fullmatch(work.text(name)) for name in ("container-title", "publisher")):
        return _ODD
    if any(name in work for name in (*_IDENTIFIED, "URL")):
        return 1.0
    names = work.names("author") + work.names("editor")
    located = any(name in work for name in _LOCATED)
    if _OPENS_SENTENCE.match(text) or (_PROSE.match(text) and not (located and names)):
        return 1.0 if looks_like_reference(text) else _SENTENCE
    if located or any(name.given for name in names):
        return 1.0
    if not names and not work.text("container-title") and not work.text("publisher"):
        return _SENTENCE
    if looks_like_reference(text) or (work.title and any(_is_dated(text, name.literal) for name in names)):
        return 1.0
    beyond = text.replace(work.title, " ") if names else text
    return _SENTENCE if _VERB.search(beyond) else _VAGUE


def _is_dated(text: str, body: str) -> bool:
    """Whether the year stands right behind the body that a text begins with: "World Lamp Council, 2004. Fog"."""
    start = text.find(body, 0, 40 + len(body)) if body else -1
    return start >= 0 and _YEAR_NEXT.match(text, start + len(body)) is not None


def holds_reference(text: str, work: Work) -> bool:
    """Whether a text that someone gave as a reference is one, judged by what was read in it as well.

    Args:
        text: the text.
        work: what :func:`parse_reference` read in it.
    """
    if len(text) > MAX_LENGTH:
        return False
    if looks_like_reference(text) or any(name in work for name in _IDENTIFIED):
        return True
    return most_confidence(text, work) == 1.0 and (work.confidence or 0) >= _VAGUE


def looks_like_reference(text: str) -> bool:
    """Tell a formatted reference from prose, labels and links.

    A reference names people (or a body) and a date, place in a journal or identifier beside a title;
    ``GANs zoo: https://…`` or ``US National Snow and Ice Data Center (https://nsidc.org)`` does not.
    """
    return _looks_like_reference(text[:_LOOK_AT])


@lru_cache(maxsize=1024)
def _looks_like_reference(text: str) -> bool:
    # Several steps ask the same of one line, one after the other.
    words = _WORD.findall(_ADDRESS.sub(" ", text) if "://" in text or "www." in text else text)
    if (
        len(words) < 2
        or ("@" in text and _EMAIL.search(text))
        or _CONTACT.search(text)
        or (_PROSE.match(text.lstrip("-*• \"“‘'")) and text.lstrip()[:1] not in '"“')
    ):
        return False
    if len(words) > _FEW_WORDS and not SAME_AUTHOR.match(text) and begins_as_reference(prepare(text)):
        return True
    _, work = read_text(text)
    title = work.title
    located = sum(name in work for name in _LOCATED)
    identified = any(name in work for name in _IDENTIFIED)
    dated = work.year is not None or (_STATE.search(text) is not None and bool(work.text("container-title")))
    coined = any(char.isupper() for char in title.partition(" ")[0])  # "hiveR: an R package"
    if title and title[0].islower() and not coined and len(title.split()) > 1 and not work.text("container-title"):
        return False
    names = work.names("author") + work.names("editor")
    if work.type == "webpage" and names and title and "URL" in work and is_introduced(text):
        return True
    if not names and _QUOTED.match(text) and work.text("container-title") and ("URL" in work or identified):
        return len(title.split()) > 2
    if SAME_AUTHOR.match(text):
        return bool(title) and (dated or located > 0)
    if not names:
        return located + identified >= 2 and dated and bool(title) and bool(work.text("container-title"))
    venue = bool(work.text("container-title") or work.text("publisher"))
    if not title and not (venue and (located or is_part_without_title(work))):
        return False
    if any(name.given for name in names):
        if len(words) < 4:
            return dated and located > 0
        return dated or located > 0 or identified
    return (dated and (venue or located > 0 or identified)) or located >= 2
