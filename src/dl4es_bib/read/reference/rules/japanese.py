"""Authors (year)「title」『journal』volume: references as Japanese writes them, where brackets say what is what."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.names import NameList

_SCRIPT: Final = "[\u3005\u3040-\u30fa\u30fc-\u30ff\u4e00-\u9fff]{1,8}"
_NAME: Final = rf"{_SCRIPT}(?:[ \u3000]{_SCRIPT})?"
_WORK: Final = re.compile(
    rf"\s*(?P<people>{_NAME}(?:\s?[・･,、，;；]\s?{_NAME}){{0,30}})(?P<others>\s?[ほ他]か?)?[\s,、，.．:：]{{0,2}}"
    r"(?P<editor>\s?[(（]?編著?[)）]?)?\s?(?:[(（\[]?(?P<year>(?:19|20)\d\d)年?[)）\]]?)?[\s,、，.．:：]{0,3}"
    r"(?:「(?P<title>[^「」]{1,300}(?:「[^「」]{1,100}」[^「」]{0,200})?)」[\s,、，.．]{0,2})?(?:『(?P<container>[^『』]{1,300})』)?"
)
_VOLUME: Final = re.compile(r"(?:第|[Vv]ol\.\s?)?(\d{1,4})巻?")
_ISSUE: Final = re.compile(r"[\s,、，]{0,2}(?:[(（](\d{1,4})[)）]|(?:第|[Nn]o\.\s?)(\d{1,4})号?|(\d{1,4})号)")
_PAGES: Final = re.compile(r"(?<!\d)(?:pp?\.\s?)?(\d{1,5})\s?[-–—‐−~〜～]\s?(\d{1,5})(?:頁|ページ)?(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[)）.．\s,、]|$)")
_SEPARATORS: Final = re.compile(r"\s?[・･,、，;；]\s?")
_LONGEST: Final = 1000


def read_japanese(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read a reference with 「title」 or 『book』; ``None`` when it has neither.

    Names are not divided: nothing shows where a family name ends.

    Returns:
        CSL variables as text, ``issued`` as a year, and the people.
    """
    match = _WORK.match(text[:_LONGEST])
    if match is None or not (match["title"] or match["container"]):
        return None
    rest = text[match.end() : _LONGEST].strip(" 　,、，.．:：")
    fields = {"title": match["title"] or match["container"], "issued": match["year"] or ""}
    if not fields["issued"] and (year := _YEAR.search(rest)):
        fields["issued"] = year[1]
        rest = (rest[: year.start()] + rest[year.end() :].lstrip("年")).strip(" 　,、，.．:：()（）")
    if match["title"] and match["container"]:
        fields["container-title"] = match["container"]
        if volume := _VOLUME.match(rest):
            fields["volume"] = volume[1]
            if issue := _ISSUE.match(rest, volume.end()):
                fields["issue"] = issue[1] or issue[2] or issue[3]
        if pages := _PAGES.search(rest):
            fields["page"] = f"{pages[1]}-{pages[2]}"
    elif len(publisher := rest.split("\n")[0].strip(" 　,、，.．:：。")) <= 40:
        fields["publisher"] = publisher
    names = tuple(Name(literal=" ".join(name.split())) for name in _SEPARATORS.split(match["people"].strip()) if name)
    people = NameList(names, match.end("people"), bool(match["others"]), bool(match["editor"]), "", "literal")
    return {name: value for name, value in fields.items() if value}, people
