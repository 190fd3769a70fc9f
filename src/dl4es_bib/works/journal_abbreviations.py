"""Names of journals shortened after ISO 4, for styles that want the short form where a record has none.

The rules: a name of one word stays; articles, prepositions and conjunctions go; each other word is shortened as the
List of Title Word Abbreviations has it, or stays when the list has no such word. The table holds the words that are
common in names of journals, in English, German, French, Spanish and Italian; what it does not hold stays whole, so
that a name is at worst longer than it could be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from dl4es_bib.works.words import fold

#: Beginning of a word → its short form, which is the beginning itself where none is given.
_STEMS: Final = """
abstract>abstr academ>acad acoust administrat>adm advanc>adv aeronaut aerosp agricult>agric america>am analys>anal
analytic>anal anatom>anat angewandt>angew annal>ann annual>annu anthropol applicat>appl applied>appl aquat archaeol
archiv>arch arctic>arct artificial>artif associat>assoc astronom>astron astrophys atmospher>atmos atomic>at
australia>aust automat>autom bacteriol behavi>behav biochem biogeochem biogeogr biogeosci biolog>biol biomed biophys
biotechnol botan>bot british>br bulletin>bull business>bus canad>can cardiol cardiovasc cellular>cell chemi>chem
chimi>chim chinese>chin cientific>cient climat>clim climatol clinic>clin coast cognit>cogn communicat>commun
comparat>comp comput condens conferenc>conf congress>congr conservat>conserv contemporar>contemp contribut>contrib
cosmochim crystallogr cultur>cult current>curr cybern dermatol deutsch>dtsch develop>dev digital>digit
discussion>discuss diseas>dis document>doc dynamic>dyn ecolog>ecol econom>econ edition>ed educat>educ electric>electr
electrochem electron endocrinol engineer>eng england>engl entomol environ epidemiol espan>esp estuar europ>eur
evolut>evol experiment>exp forschung>forsch foundation>found frontier>front function>funct gastroenterol general>gen
genetic>genet genomic>genom geochem geochim geodes>geod geograph>geogr geolog>geol geomorphol geophys geosci geotech
gesellschaft>ges giornale>g glaciol global>glob hematol histor>hist hydraul hydrobiol hydrogeol hydrol immunol
industr>ind infect informatic>inform information>inf inorgan>inorg institut>inst instrument>instrum integrat>integr
intelligen>intell interdisciplin>interdiscip international>int investigat>investig journal>j laborator>lab
language>lang learning>learn lectur>lect letter>lett librar>libr limnol linguist literatur>lit machine>mach magnet>magn
management>manag marin>mar maritim>marit material>mater mathemat>math mechani>mech medic>med metabol>metab meteorol
microbiol mineralog>mineral model modern>mod molecul>mol monthly>mon national>natl natur>nat network>netw neurol
neurosci notice>not nuclear>nucl numeric>numer nutrition>nutr oceanogr oncol operation>oper ophthalmol optic>opt
organic>org organis>organ organiz>organ ornithol orthop palaeoclimatol palaeoecol palaeogeogr palaeontol paleontol
parasitol pathol pediatr perspectiv>perspect petrol petroleum>pet pharmaceut>pharm pharmacol philosoph>philos
photogramm physic>phys physik>phys physiol physique>phys planet politic>polit polym probab proceeding>proc
processing>process product>prod progress>prog psychiatric>psychiatr psycholog>psychol quantitat>quant quarterly>q
quaternar>quat radiat radiol regional>reg rehabil report>rep research>res resourc>resour review>rev revista>rev
revue>rev robot royal>r scienc>sci scientif>sci section>sect sediment seismol semicond sensing>sens sensor>sens
serie>ser simulat>simul social>soc societ>soc sociol software>softw solar>sol spectrosc statist>stat structur>struct
studi>stud surger>surg surgic>surg survey>surv sustain symposi>symp system>syst technic>tech technolog>technol
theoretic>theor therap>ther thermal>therm tijdschrift>tijdschr toxicol transaction>trans transport>transp tropic>trop
universit>univ veterin>vet virol vision>vis wireless>wirel zeitschrift>z zool
"""
#: Whole words → their short form: "New England", "New Zealand".
_EXACT: Final = {"new": "n", "zealand": "z"}
#: Words that stay whole although they begin like one of the table.
_WHOLE: Final = frozenset("physician physicians currents".split())
_LEFT_OUT: Final = frozenset(
    """a an and at by for from in of on the to with der die das des dem den und für fur zur zum von im le la les l de du
    d et en des el los las y del e il lo di della delle degli dei per""".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SECTION_BEFORE_COLON: Final = re.compile(r"\s(?:[A-Z]|[IVX]{1,4}|\d{1,2})\s*:.*$")
_ELISION: Final = re.compile(r"\b(?:[dDlL]|[dD]ell|[nN]ell)['’](?=\w)")
_STATES: Final = re.compile(r"\bUnited States(?P<whole>(?: of)? America)?\b")
_MAX_NAME: Final = 400


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], int]:
    rows = dict(row.partition(">")[::2] for row in _STEMS.split())
    return {stem: short or stem for stem, short in rows.items()}, max(map(len, rows))


@lru_cache(maxsize=4096)
def abbreviated(name: str) -> str:
    """The name of a journal after ISO 4: ``Journal of the American Chemical Society`` → ``J. Am. Chem. Soc.``

    A name that is shortened already ("Phys. Rev. D") and one of a single word stay as they are.

    Arguments:
        name: without markup.
    """
    name = " ".join(name.split())
    if len(name) > _MAX_NAME or "<" in name or re.search(r"[^\W\d_]\.(?:\s|$)", name):
        return name
    # What explains a section is left out: "Philosophical Transactions A: Mathematical, Physical …".
    kept = re.sub(r"\s*:.*$", "", name) if _SECTION_BEFORE_COLON.search(name) else name
    kept = _ELISION.sub("", kept)
    words = [word for word in re.split(r"[\s,]+", kept) if word]
    told = [word for place, word in enumerate(words) if word.strip("&:") and not _is_left_out(word, place, words)]
    if sum(len(word) > 1 for word in told) < 2:
        return name  # "Nature", "Physica A"
    shown = _STATES.sub(lambda match: "U.~S.~A." if match["whole"] else "U.~S.", " ".join(told)).split(" ")
    return " ".join(word if "~" in word else _WORD.sub(_shortened, word) for word in shown).replace("~", " ")


def _is_left_out(word: str, place: int, words: list[str]) -> bool:
    if word.isupper() and len(word) == 1:
        return False  # a section: "Acta Crystallographica A"
    is_fixed = place == 0 and word.lower() in ("in", "la", "le", "on") and word != "The"  # "In Vitro", "La Houille"
    return word.lower() in _LEFT_OUT and not is_fixed


def _shortened(match: re.Match[str]) -> str:
    word = match.group()
    folded = fold(word)
    if folded in _WHOLE or (word.isupper() and len(word) < 6):
        return word
    if exact := _EXACT.get(folded):
        return (exact.capitalize() if word[0].isupper() else exact) + "."
    stems, longest = _table()
    for length in range(min(len(folded), longest), 3, -1):
        short = stems.get(folded[:length])
        if short is not None:
            # The list shortens a word by two letters at the least.
            if len(folded) - len(short) < 2:
                return word
            beginning = word[: len(short)] if len(folded) == len(word) and folded.startswith(short) else short
            return (beginning.capitalize() if word[0].isupper() else beginning) + "."
    return word
