"""Headings below which no works are listed: talks, news, teaching, prizes, goals of a course."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from dl4es_bib.model.document import Item
from dl4es_bib.read.roles import role_of_host

#: Sections of a life or of a home page: nothing in them is a reference, but for what carries an identifier.
_LIFE: Final = re.compile(
    r"(?:talks?|presentations?|seminars?|lectures?|keynotes?|speeches|news|updates?|announcements?|what['’]?s new|"
    r"teaching|teaching experience|courses taught|supervision|students|awards?|honou?rs|prizes|grants?|funding|"
    r"fellowships?|scholarships?|education|training|employment|experience|positions|appointments|career|"
    r"service|memberships?|reviewing|outreach|media|press|languages|skills|referees|interests|hobbies|share|sharing|"
    r"tweet|vorträge|lehre|auszeichnungen|ausbildung|werdegang|neuigkeiten|aktuelles|exposés|conférences invitées|"
    r"enseignement|actualités|formation|charlas|conferencias|docencia|premios|formación(?: académica)?|noticias|"
    r"experiencia(?: profesional| docente)?|becas|idiomas|conférences|enseignements|distinctions|encadrement|"
    r"expériences?(?: professionnelles?)?|(?:beruflicher )?werdegang|lehrveranstaltungen|lehrtätigkeit|lehrerfahrung|"
    r"preise|stipendien|mitgliedschaften|drittmittel|sprachen|didattica|insegnamento|attività didattica|formazione|"
    r"esperienz[ae](?: professional[ei])?|premi|riconoscimenti|ensino|formação(?: acadêmica)?|prêmios|orientações|"
    r"experiência(?: profissional)?|dydaktyka|wykształcenie|nagrody|преподавание|образование|награды|опыт работы|"
    r"教育(?:背景|经历)?|学歴|職歴|受賞|新闻|动态|教学|获奖)"
    r"(?:\s+(?:and|&|und|et|y)\s+[^\W\d_]+(?:\s[^\W\d_]+)?)?",
    re.I,
)
#: Sections of a course or of a program: sentences, not titles.
_COURSE: Final = re.compile(
    r"(?:goals?|objectives?|outcomes?|aims?|assignments?|homework|exercises?|grading|assessment|exams?|quizz(?:es)?|"
    r"polic(?:y|ies)|prerequisites?|requirements?|office hours|logistics|projects?|installation|usage|quick ?start|"
    r"getting started|features|faq|to ?do|roadmap|lernziele|prüfungen?|aufgaben|objectifs|évaluation|objetivos|"
    r"evaluación)",
    re.I,
)
#: Words before the one that tells: "Selected invited talks", "Learning goals".
_QUALIFIERS: Final = frozenset(
    """selected recent latest invited contributed conference scientific academic oral poster keynote past upcoming
    public professional other my research university work course learning class group final term grading
    and &""".split()
)
_WORKS: Final = re.compile(
    r"\b(?:publications?|papers?|articles?|references|bibliography|readings?|books?|chapters?|literature|theses|"
    r"preprints?|proceedings|datasets?|software)\b",
    re.I,
)
_SHARES: Final = re.compile(
    r"//(?:www\.|m\.)?(?:(?:twitter|x)\.com/(?:home\?|intent/|share)|facebook\.com/(?:sharer|share|dialog)|"
    r"plus\.google\.com/share|linkedin\.com/(?:shareArticle|sharing|cws)|reddit\.com/submit|t\.me/share|"
    r"pinterest\.com/pin/create|service\.weibo\.com/share|news\.ycombinator\.com/submitlink|api\.whatsapp\.com/send)",
    re.I,
)
_SURE: Final = ("DOI", "arxiv", "PMID", "PMCID", "ISBN")


def _bare(heading: str) -> str:
    return " ".join(re.sub(r"^[\W\d_]+|[\W_]+$|\{[^{}]*\}\s*$|:[a-z_]+:", " ", heading).split())


def _without_qualifiers(heading: str) -> str:
    words = heading.split()
    while len(words) > 1 and words[0].lower() in _QUALIFIERS:
        words.pop(0)
    return " ".join(words)


def is_of_other_matters(heading: str) -> bool:
    """Whether a heading is one of a life or of a course: "Teaching", "LEHRE", "Formación académica"."""
    told = _without_qualifiers(_bare(heading))
    return (_LIFE.fullmatch(told) or _COURSE.fullmatch(told)) is not None


def without_other_matters(items: Sequence[Item], headings: Sequence[str]) -> tuple[list[Item], list[Item]]:
    """The items that stay, and those that go: buttons, and what stands below a heading of other matters.

    Arguments:
        items: what was read below the headings.
        headings: outermost first; the innermost that tells decides.
    """
    stays = _test_of(headings)
    kept: list[Item] = []
    gone: list[Item] = []
    for item in items:
        (kept if stays(item) and not _is_button(item) else gone).append(item)
    return kept, gone


def _test_of(headings: Sequence[str]) -> Callable[[Item], bool]:
    """Which items stay below these headings."""
    for heading in reversed(headings):
        bare = _bare(heading)
        told = _without_qualifiers(bare)
        if _LIFE.fullmatch(told):
            return _is_surely_work
        if _COURSE.fullmatch(told):
            return _is_no_sentence
        if _WORKS.search(bare):
            break
    return lambda item: True


def _is_no_sentence(item: Item) -> bool:
    return item.kind != "reference_stub" or bool(item.citation_key)


def _is_button(item: Item) -> bool:
    """Whether an item is there to share the page."""
    return bool(item.all_links) and all(_SHARES.search(link.url) for link in item.all_links)


def _is_surely_work(item: Item) -> bool:
    if item.citation_key or any(role_of_host(link.url) == "paper" for link in item.all_links):
        return True
    fields = item.fields
    if fields is None:
        return False
    located = "container-title" in fields and ("volume" in fields or "issue" in fields)
    return located or any(name in fields for name in _SURE)
