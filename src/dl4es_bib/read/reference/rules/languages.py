"""Words of other languages that stand between the fields, as the English ones that the rules know.

Only words that are in no field themselves are changed: "dans" before a book, "(org.)" behind its editors, "a cura di"
before them, a notice of access.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.reference.rules.given_names import EITHER, GIVEN_NAMES

#: Any of them may be there: one look for the most texts.
_ANY: Final = re.compile(
    r"(?<![^\W_])(?:dans\b|e[nm]\b|[wi]\s?:|\[w|u\.\s|red(?:\.\s|akcją)|В кн|В сб|У кн|a cura di|sous la dir"
    r"|pod red|onder red|edición de|organizado por|edited and|ред[.а]"
    r"|\((?:in\s|dir|org|coord|comp|éd|hg|hrsg|отв|ред|ed\. lit|a cura|edd|red))",
    re.I,
)
_BEFORE: Final = r"(?<=[.,;»”\"’?!]\s)"
_WORDS: Final = (
    # "dans" before a book or its editors, also behind a title in quotes
    (re.compile(rf"{_BEFORE}dans(?=\s:?\s?[\"“«]?[^\W\d_a-zß-ÿ])"), "in"),
    (re.compile(rf"{_BEFORE}(?:Dans|En|Em)\s?:(?=\s)"), "In:"),
    (
        re.compile(
            rf"{_BEFORE}(?:En|Em|Dans)(?=\s[^.()]{{0,4}}[^()]{{2,90}}\((?:eds?|coords?|dirs?|comps?|orgs?|éds?)\.)"
        ),
        "In",
    ),
    (re.compile(r"(?<=[.,;]\s)(?:\[[wW]:?\]:?|w:)(?=\s)"), "In:"),
    (re.compile(r"(?<=,\s)red\.\s(?:nauk\.\s)?(?=[^\W\d_a-z][\w.]*\s[^\W\d_a-z])"), "edited by "),
    (re.compile(rf"{_BEFORE}(?:W|I|У кн\.|В кн\.|В сб\.|В кн|Dans)\s?:(?=\s)"), "In:"),
    (re.compile(r"(?:(?<=[»”]\s)|(?<=[»”][.,]\s))[Dd]ans(?=\s[\"“«]?[^\W\d_a-zß-ÿ])"), "in"),
    (re.compile(r"(?<=[^\W\d_]\.\s)u\.\s(?=[^\W\d_a-zß-ÿ][^\W\d_]+,\s[^\W\d_a-zß-ÿ])"), "und "),
    (
        re.compile(
            r"\s\(in (?:Chinese|Japanese|Korean|Russian|German|French|Spanish|Italian|Portuguese|Polish|Czech|Turkish"
            r"|Danish|Norwegian|Swedish|Finnish|Dutch|Hungarian|Ukrainian|Persian|Arabic)"
            r"(?:,? with [^()]{3,60})?\)(?=[.,;]|$)"
        ),
        "",
    ),
    # who edits
    (
        re.compile(
            r"\((?:orgs?|organizadore?s?|coords?|coordinadore?s?|dirs?|comps?|éds?|hg|hrsg|edd|red|отв\. ред|ред"
            r"|a cura di|ed\. lit)\.?\)",
            re.I,
        ),
        "(eds.)",
    ),
    (
        re.compile(
            r"\b(?:a cura di|sous la dir(?:ection|\.)(?: de)?|edición de|organizado por|pod red\.|onder redactie van)\s"
            r"(?=(?-i:[^\W\d_a-zß-ÿ]))",
            re.I,
        ),
        "edited by ",
    ),
    (re.compile(r"[/,]?\s?(?:под(?: общ\.)?|за)\sред(?:акцией|\.)\s(?=[А-ЯЁ])", re.I), ", edited by "),
)


#: More people than are named, in a list of authors at the beginning.
_MORE: Final = re.compile(
    r"(?P<names>(?:[^\W\d_a-z][^\W\d_]*[.,;]*\s|(?:and|und|i|y|e|et|u|von|van|de|der|и|&)\s){1,40}?)"
    r"(?:u\.\s?a\.|y\sotros|e\soutros|ed?\saltri|et\sautres|m\.?\s?fl\.|и\sдр\.|и\sсоавт\.|i\sin\.|та\sін\."
    r"|(?:and|with|plus)\s\d{1,4}\s(?:other\s|more\s)?(?:co-?)?authors|(?:and|&)\s(?:[Cc]o-?authors|colleagues))(?=\s?[:,.(]|\s\d{4}|\s[\"“«/])"
)


#: "DURAND (Paul), ", "DURAND (Paul) et PETIT (Anne)", as many French lists have names.
_GIVEN_IN_BRACKETS: Final = re.compile(
    r"(?P<family>(?:(?:de|du|des|van|von|le|la)\s){0,2}[^\W\d_a-zß-ÿ]{2,}(?:[\s'’-][^\W\d_a-zß-ÿ]{2,}){0,3})"
    r"\s\((?P<given>[^\W\d_a-zß-ÿ][^\W\d_]*\.?(?:[\s-][^\W\d_a-zß-ÿ][^\W\d_]*\.?){0,2})\)(?P<more>\set\s|,\s)?"
)


#: "A. Ode et al. [Fog Collaboration], "
_COLLABORATION: Final = re.compile(r",?\s\[((?:[^\W\d_a-z][\w-]*\s){1,4}Collaborations?)\](?=[,.:]?\s)")


def _is_given(text: str) -> bool:
    name = text.split()[0].lower()
    return name.endswith(".") or name in GIVEN_NAMES or name in EITHER or name.split("-")[0] in GIVEN_NAMES | EITHER


def _with_given_names(text: str) -> str:
    """A text that begins with names such as "DURAND (Paul)" with them as "DURAND, Paul"."""
    people: list[str] = []
    end = 0
    while (found := _GIVEN_IN_BRACKETS.match(text, end)) is not None and len(people) < 20:
        if not people and not _is_given(found["given"]):
            return text  # "WHO (World Health)", "NASA (Washington)"
        people.append(f"{found['family']}, {found['given']}")
        end = found.end() if found["more"] else found.end("given") + 1
    rest = text[end:].lstrip(" ,:.")
    return f"{' & '.join(people)}. {rest}" if people and rest and not rest[0].isdigit() else text


def in_english(text: str) -> str:
    """The text with these words in English."""
    if "ollaboration" in text:
        text = _COLLABORATION.sub(r", \1", text, count=1)
    if "(" in text[:60]:
        text = _with_given_names(text)
    if (more := _MORE.match(text)) is not None:
        text = f"{more['names'].rstrip(' ,;')} et al.{text[more.end() :]}"
    if _ANY.search(text) is None:
        return text
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return text
