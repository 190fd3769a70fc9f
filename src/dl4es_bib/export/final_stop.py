"""The full stop at the end of a title: of a sentence it goes, of an abbreviation it stays."""

from __future__ import annotations

import re
from typing import Final

_LAST_WORD = re.compile(r"([^\s.,;:()\[\]“”\"‘]+)\.[”\"’)\]]?$")
#: Abbreviations that end titles and names of works.
_ABBREVIATIONS: Final = frozenset(
    """abh abstr acad agric al amer ann anon appl arch assoc assn atmos ave biol bros bull ca cf chem ch clin co coll
    comm commun comp comput conf congr corp dept dev diss dr ed eds edn eng engl eng environ est etc europ ext fac
    fig geol geophys gmbh hist ibid inc inst intern internat int jr lab lect lett lib ltd mag math med mem messrs mfg
    mgmt mitt mol monogr mr mrs ms mt nachr nat natl no nos notes nr ophthalmol opp optim op pharmacol phil philos phys
    pl planet pp prof proc prog psychol pt pty pubs publ quart rech rep repr res resour rev roy sci sect ser simul sitz
    soc sr st stat stud suppl surv symp syst tech technol theor trans transl treas tr u univ verh vol vols vs
    wiss yr zool z""".split()
)
#: Whole words that end names of journals and series.
_WHOLE_WORDS: Final = frozenset(
    """academy advances analysis atmospheres biology chemistry climate communications computing conference data
    dynamics earth ecology education engineering environment geology geophysics geoscience history imaging informatics
    intelligence international journal languages learning letters lecture linguistics magazine management mathematics
    measurement mechanics medicine meeting meteorology methods nature networks notes oceans optics physics policy
    proceedings processing quarterly record reports research review reviews science sciences sensing series society
    software statistics studies surveys symposium systems technology theory today topics transactions university water
    weather workshop world""".split()
)


def without_final_stop(title: str, *, is_container: bool = False) -> str:
    """A title without the full stop that some records end it with; ``…`` and abbreviations keep theirs.

    Arguments:
        title: the title.
        is_container: whether it is the name of a journal, a book or a series: those are abbreviated so often
            ("Phys. Rev. Lett.") that the stop goes only after a word known to be whole.
    """
    match = _LAST_WORD.search(title)
    if match is None or title.endswith("..") or title[match.end(1) + 1 :].startswith("’"):
        return title
    word = match[1]
    before = title[: match.start(1)]
    small = word.lower()
    if is_container:
        keeps = small not in _WHOLE_WORDS or _holds_abbreviation(before)
    else:
        keeps = (
            small in _ABBREVIATIONS
            or before.endswith(".")  # "U.S.A."
            or len(word) < 3
            or not re.search("[aeiouyà-ÿ]", small)
            or word[-1].isdigit()
        )
    if keeps:
        return title
    return title[: match.end(1)] + title[match.end(1) + 1 :]


def _holds_abbreviation(text: str) -> bool:
    """Whether another word of a name has a stop: then all that has one is abbreviated."""
    return re.search(r"[^\W\d_]\.", text) is not None
