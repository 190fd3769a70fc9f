"""References as Chinese writes them: 《title》, authors（year）。title。journal, and lists parted by commas.

Sources of the orders: GB/T 7714—2015 for what a bracket with a letter marks (read by the plain form), the notes of
history journals (《历史研究》) for 《title》, APA's Chinese edition for the full stops.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.model.name import Name
from dl4es_bib.read.reference.rules.japanese import read_japanese
from dl4es_bib.read.reference.rules.names import NameList, divide_han
from dl4es_bib.read.reference.rules.numbers import take_numbers

_CHARACTER: Final = "[\u3005\u3040-\u30fa\u30fc-\u30ff\u4e00-\u9fff]"
_HAN: Final = "[\u4e00-\u9fff·]{2,12}?"
_PEOPLE: Final = rf"(?P<people>{_HAN}(?:\s?[、,，;；]\s?{_HAN}){{0,20}}?)(?P<others>\s?[、,，]?\s?等)?"
_TITLED: Final = re.compile(
    rf"\s*{_PEOPLE}\s?(?P<role>主编|编著|主編|編著|编|編|著|译|譯)?\s?[:：,，]?\s?《(?P<title>[^《》]{{1,200}})》"
    r"\s?[,，、.．。]?\s?(?:载|載|见|見|收入)?\s?(?:《(?P<container>[^《》]{1,100})》)?\s?[,，]?\s?(?P<rest>[^\n]{0,300})"
)
_DATED: Final = re.compile(
    rf"\s*{_PEOPLE}\s?[(（]\s?(?P<year>(?:19|20)\d\d)年?\s?[)）]\s?[。.．:：,，]?\s?"
    r"(?P<title>[^。\n]{2,150})。\s?《?(?P<venue>[^,，。.．《》\n\d]{2,60})》?\s?[,，。.．]?\s?(?P<rest>[^\n]{0,200})"
)
_LISTED: Final = re.compile(
    r"\s*(?P<people>[\u4e00-\u9fff]{2,5}(?:\s?[,，、・;；]\s?[\u4e00-\u9fff]{2,5}){0,20}?)\s?"
    r"(?:[:：]|[,，](?![^:：\n]{2,60}[:：]\s?[^\d\s]))\s?(?P<title>[^,，.．。「」『』《》\[\]\n]{3,150})[,，]\s?(?P<venue>[^,，.\d\n]{2,60})[,，]\s?"
    r"(?P<rest>(?=[^\n]{0,80}\d)[^\n]{1,200})"
)
#: GB/T 7714, which the plain form reads.
_MARK_OF_KIND: Final = re.compile(r"\[[A-Z]{1,2}(?:/[A-Z]{2})?\]")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s?年?(?:版)?")
_ISSUE: Final = re.compile(r"第?\s?(\d{1,4})\s?[期号號]")
_VOLUME: Final = re.compile(r"第?\s?(\d{1,4})\s?[卷巻]")
_PAGES: Final = re.compile(r"第?\s?(\d{1,5}(?:\s?[-–—~～－至]\s?\d{1,5})?)\s?[页頁]")
_DASH: Final = re.compile(r"\s?[-–—~～－至]\s?")
_PUBLISHER: Final = re.compile(
    r"(?:(?P<place>[^:：,，.．。\d]{2,12})[:：]\s?)?(?P<publisher>[^:：,，.．。\d()（）]{2,40})"
)
_SEPARATORS: Final = re.compile(r"\s?[、,，;；・]\s?")
_LONGEST: Final = 1000


def read_east_asian(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read a reference whose brackets or punctuation are those of Chinese or Japanese; ``None`` when it is none."""
    if text.isascii() or not (max(text[:_LONGEST]) >= "\u3005"):
        return None
    return read_japanese(text) or read_chinese(text) or _read_listed(text)


def read_chinese(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read "李明：《灯塔史》，北京：海洋出版社，2009年。" and "李明（2009）。灯塔与雾。航海研究，12（3），33-50。".

    Returns:
        CSL variables as text, ``issued`` as a year, and the people.
    """
    text = text[:_LONGEST]
    if (match := _TITLED.match(text)) is not None:
        fields = {"title": match["title"], **_located(match["rest"])}
        if match["container"]:
            fields["container-title"] = match["container"]
        else:
            fields |= _published(match["rest"])
        return fields, _people(match, editors=(match["role"] or "").startswith(("主", "编", "編")))
    if (match := _DATED.match(text)) is None:
        return None
    fields = {"title": match["title"], "issued": match["year"]}
    numbers = take_numbers(_narrow(match["rest"]), year=int(match["year"]), from_start=True)[0].fields
    if numbers:
        fields |= {"container-title": match["venue"], **numbers}
    else:
        fields |= _published(f"{match['venue']}{match['rest']}")
    return fields, _people(match)


def _read_listed(text: str) -> tuple[dict[str, str], NameList] | None:
    """Read "田中太郎: 港の霧, 海洋研究, Vol.12, No.3, pp.33-50, 2009." """
    match = _LISTED.match(text[:_LONGEST]) if _MARK_OF_KIND.search(text) is None else None
    if match is None or not re.search(_CHARACTER, match["title"]) or not re.search(_CHARACTER, match["venue"]):
        return None
    if _HAN_NAME.fullmatch(match["title"]):
        return None  # one more name
    rest = _VOLUME.sub(r"vol. \1 ", _ISSUE.sub(r"no. \1 ", _PAGES.sub(r"pp. \1", _narrow(match["rest"]))))
    numbers, _ = take_numbers(rest, from_start=True)
    if not numbers.fields:
        return None
    fields = {"title": match["title"].strip(), "container-title": match["venue"].strip(), **numbers.fields}
    if numbers.date.year or (year := _YEAR.search(rest)):
        fields["issued"] = str(numbers.date.year or (year[1] if year else ""))
    japanese = re.search("[\u3040-\u30ff]", text) is not None
    names = tuple(divide_han(name, japanese) for name in _SEPARATORS.split(match["people"].strip()))
    return fields, NameList(names, match.end("people"), stop=":", order="inverted")


_HAN_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")


def _people(match: re.Match[str], *, editors: bool = False) -> NameList:
    names = [name for name in _SEPARATORS.split(match["people"].strip()) if name]
    people = tuple(divide_han(name, False) if _HAN_NAME.fullmatch(name) else Name(literal=name) for name in names)
    return NameList(people, match.end("people"), bool(match["others"]), editors, "", "inverted")


def _located(rest: str) -> dict[str, str]:
    """Year, volume, issue and pages with their Chinese words."""
    found = {}
    for variable, pattern in (("issued", _YEAR), ("volume", _VOLUME), ("issue", _ISSUE), ("page", _PAGES)):
        if match := pattern.search(rest):
            found[variable] = _DASH.sub("-", match[1])
    return found


def _published(rest: str) -> dict[str, str]:
    """Place and publisher: "北京：海洋出版社"."""
    match = _PUBLISHER.match(rest.strip(" ,，。."))
    if match is None:
        return {}
    found = {"publisher": match["publisher"].strip()}
    if match["place"]:
        found["publisher-place"] = match["place"].strip()
    return found


def _narrow(text: str) -> str:
    """Numbers and their punctuation in the characters of Latin text."""
    return text.translate(_WIDE)


#: Signs of full width (U+FF01 to U+FF5E), the full stop and the comma of lists.
_WIDE: Final = {**{0xFF01 + step: chr(0x21 + step) for step in range(94)}, ord("。"): ".", ord("、"): ","}
