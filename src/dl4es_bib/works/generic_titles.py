"""Titles that many works share: what an issue or a book has each time, and what comes out each year."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["GENERIC_TITLE", "SERIAL_TITLE"]

#: Titles without blanks and accents, in lower case.
GENERIC_TITLE: Final = re.compile(
    r"(?:guest)?(?:editorial|introduction|preface|foreword|afterword|prologue|epilogue|bookreviews?|reviews?|"
    r"reviewessay|booknotes?|booksreceived|errat(?:um|a)|corrigend(?:um|a)|corrections?|addend(?:um|a)|reply|"
    r"(?:authors?)?response|comment(?:ary|s)?|discussion|conclusions?|summary|abstracts?|letters?|news|newsandviews|"
    r"inthisissue|inbrief|obituar(?:y|ies)|inmemoriam|contents|tableofcontents|frontmatter|backmatter|index|authorindex|"
    r"subjectindex|acknowledge?ments|notes?|untitled|retraction|lettertotheeditor|letterstotheeditor|editorsnote|"
    r"fromtheeditors?|editorialboard|masthead|issueinformation|cover|calendar|announcements?|callforpapers|"
    r"(?:notesonc|abouttheauthors|listofc|c)ontributors|presidentsmessage|highlights|"
    r"vorwort|einleitung|einfuhrung|geleitwort|zumgeleit|nachwort|nachruf|rezension(?:en)?|buchbesprechung(?:en)?|"
    r"schlusswort|zusammenfassung|mitteilungen|berichtigung|inhalt|"
    r"avantpropos|presentation|comptes?rendus?|recensions?|necrologie|conclusiongenerale|introductiongenerale|"
    r"presentacion|introduccion|prologo|prefacio|resenas?|necrologica|conclusion(?:es)?|nota(?:editorial)?|"
    r"apresentacao|introducao|resenhas?|prefazione|introduzione|premessa|editoriale|recensioni|recensione|"
    r"voorwoord|inleiding|boekbespreking(?:en)?|forord|inledning|innledning|recension(?:er)?|wstep|recenzj[ae]|"
    r"odredakcji|предисловие|введение|отредакции|рецензи[ия]|некролог|заключение|"
    r"编者按|前言|序|序言|引言|后记|卷首语|书评|はしがき|はしかき|はじめに|はしめに|序文|書評|巻頭言|編集後記|서문|머리말|서평)"
    r"(?:tothe(?:special|this)?(?:issue|volume|section|themeissue)|ofthe(?:book|editors?))?\d*"
)
#: What comes out under one title each year, in folded text.
SERIAL_TITLE: Final = re.compile(
    r"^(?:the )?proceedings\b|^tagungsband\b|^actes du\b|^actas del?\b|"
    r"\b(?:annual|yearly|biennial|quarterly|monthly|weekly|progress|status|activity|world|global)\s(?:[a-z]+\s)?"
    r"(?:reports?|reviews?|outlook|statistics|bulletin|survey)\b|"
    r"\b(?:yearbook|jahrbuch|jahresbericht|geschaftsbericht|almanac|annuaire|annuario|anuario|jaarverslag|arsrapport|"
    r"arsberetning|arsberattelse|rapport annuel|rapport d'activite|informe anual|memoria anual|relatorio anual|"
    r"rapporto annuale|statistical abstract|survey results|state of the)\b"
)
