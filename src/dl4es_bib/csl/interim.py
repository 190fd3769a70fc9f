"""The interim engine: citeproc-py behind the interface of the processor to come.

What is mended here, because citeproc-py would crash, print nonsense or warn: items are cut down to what it
can take, dates without a year are text, page ranges of unequal length are kept from being shortened
(``1-15`` with *minimal* gave ``1–5``), words with capitals inside are kept from changes of case, and an item
on which a style fails is assembled from its own fields, so that nothing is dropped.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from dl4es_bib.csl.fallback import assembled
from dl4es_bib.csl.interim_items import fields_of, is_safe
from dl4es_bib.csl.output import Mark, clean
from dl4es_bib.csl.styles import LocaleError, Style, StyleError

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4}){0,2}")


def _italic(text: Any) -> Any:
    return _mark(text, Mark.ITALIC, Mark.ITALIC_END)


def _mark(text: Any, start: str, end: str) -> Any:
    from citeproc.string import String

    return None if text is None else String(f"{start}{text}{end}")


class _Formatter:
    """What citeproc-py calls to format a piece of text: it is put between marks."""

    preformat = staticmethod(lambda text: text)
    Italic = staticmethod(_italic)
    Oblique = staticmethod(_italic)
    Bold = staticmethod(lambda text: _mark(text, Mark.BOLD, Mark.BOLD_END))
    Light = staticmethod(lambda text: text)
    Underline = staticmethod(lambda text: _mark(text, Mark.UNDERLINE, Mark.UNDERLINE_END))
    Superscript = staticmethod(lambda text: _mark(text, Mark.SUP, Mark.SUP_END))
    Subscript = staticmethod(lambda text: _mark(text, Mark.SUB, Mark.SUB_END))
    SmallCaps = staticmethod(lambda text: _mark(text, Mark.SMALL_CAPS, Mark.SMALL_CAPS_END))


class Engine:
    """One style with its items, in citeproc-py's own objects."""

    def __init__(self, style: Style, locale: str) -> None:
        self._style = _load(style.xml, _locale(locale or style.default_locale or "en-US"), style.name)
        root = self._style.root
        shortens = root.get("page-range-format", "expanded") not in ("expanded", "")
        # With page-first the range must stay one that citeproc-py can divide.
        self._guard_pages = shortens and b"page-first" not in style.xml
        self.punctuation_in_quote = str(root.get_locale_option("punctuation-in-quote")).lower() == "true"
        self._index: dict[str, int] = {}
        self._items: dict[str, Mapping[str, object]] = {}
        self._cites: dict[str, Any] = {}
        self._failed: dict[str, str] = {}
        self._order: list[str] | None = None
        self._bibliography = self._new_bibliography()

    def _new_bibliography(self) -> Any:
        from citeproc import CitationStylesBibliography
        from citeproc.source import BibliographySource

        return CitationStylesBibliography(self._style, BibliographySource(), _Formatter)

    def has(self, id: str) -> bool:
        """Whether an item with that id was registered."""
        return id in self._index

    def index(self, id: str) -> int:
        """The place of an item among the registered ones, which stands in for its number."""
        return self._index[id]

    def register(self, items: Iterable[Mapping[str, object]]) -> list[tuple[str, str]]:
        """Take items; gives (id, message) for those that say something unusable."""
        messages = []
        for item in items:
            id = str(item.get("id", ""))
            if not id or id in self._index:
                continue
            self._index[id] = len(self._index)
            self._items[id] = item
            self._order = None
            try:
                self._add(id, item)
            except Exception as error:  # citeproc-py raises whatever its code meets
                self._failed[id] = f"It could not be read by the style engine ({type(error).__name__})."
            address = item.get("URL")
            if isinstance(address, str) and address and not is_safe(address):
                messages.append((id, "Its URL is not an http, https or ftp address and is not shown."))
        return messages

    def _add(self, id: str, item: Mapping[str, object]) -> None:
        from citeproc.source import Reference

        fields = fields_of(item, self._guard_pages)
        kind = item.get("type")
        reference = Reference(self._key(id), kind if isinstance(kind, str) else "document", **fields)
        bibliography = self._bibliography
        bibliography.source.add(reference)
        citation = _citation_of([(self._key(id), {})])
        citation.bibliography = bibliography
        self._cites[id] = citation.cites[0]
        # What its own register() does, which looks through all keys each time.
        bibliography.keys.append(self._key(id))
        bibliography.items.append(citation.cites[0])

    def _key(self, id: str) -> str:
        # citeproc-py folds the case of keys; ours are told apart by their index.
        return f"{self._index[id]:06d}"

    def order(self) -> list[str]:
        """The ids in the order of the style's bibliography."""
        if self._order is None:
            ids = list(self._index)
            by_key = {self._key(id): id for id in ids}
            try:
                with _quiet():
                    found = self._style.sort_bibliography(list(self._bibliography.items))
                self._order = [by_key[item.key] for item in found]
            except Exception:  # a sort key the style cannot compute for some item
                self._order = sorted(ids, key=lambda id: assembled(self._items[id]).casefold())
            placed = set(self._order)
            self._order += [id for id in ids if id not in placed]
        return list(self._order)

    def reference(self, id: str) -> tuple[str, str]:
        """The marked text of a reference, and a message when the style could not make it."""
        message = self._failed.get(id, "")
        text = ""
        cite = self._cites.get(id)
        if cite is not None and not message:
            try:
                with _quiet():
                    found = self._style.root.bibliography.layout.render_bibliography([cite])
                text = _without_repeated_title(str(found[0]), self._items[id]) if found else ""
            except Exception as error:
                message = f"The style failed on it ({type(error).__name__})."
        if _is_blank(text) or (cite is not None and not cite.reference):
            message = message or "The style prints nothing for it."
            text = assembled(self._items[id])
            if self._style.root.xpath_search(".//cs:bibliography//cs:text[@variable='citation-number']"):
                text = f"{Mark.NUMBER}{self._index[id]}{Mark.NUMBER_END}. {text}"
            message += " It is assembled from its own fields."
        return text, message

    def cite(self, cites: Sequence[Mapping[str, object]]) -> str:
        """The marked text of a citation; ids that are unknown appear with a question mark."""
        known = [one for one in cites if self.has(str(one.get("id", ""))) and str(one["id"]) not in self._failed]
        unknown = [clean(str(one.get("id", ""))) + "?" for one in cites if one not in known]
        text = ""
        if known:
            citation = _citation_of([(self._key(str(one["id"])), one) for one in known])
            try:
                with _quiet():
                    citation.bibliography = self._bibliography
                    text = str(self._bibliography.cite(citation, lambda item: f"{item.key}?"))
            except Exception:
                text = "(" + "; ".join(_label(self._items[str(one["id"])]) for one in known) + ")"
        return "; ".join(part for part in (text, *unknown) if part)


def _citation_of(cites: Sequence[tuple[str, Mapping[str, object]]]) -> Any:
    from citeproc import Citation, Locator

    parts = []
    for key, given in cites:
        extra: dict[str, Any] = {name: clean(str(given[name])) for name in ("prefix", "suffix") if given.get(name)}
        if given.get("locator"):
            extra["locator"] = Locator(str(given.get("label") or "page"), clean(str(given["locator"])))
        parts.append(_numbered_item()(key, **extra))
    return Citation(parts)


@lru_cache(maxsize=1)
def _numbered_item() -> Any:
    from citeproc import CitationItem
    from citeproc.string import String

    class NumberedItem(CitationItem):  # type: ignore[misc]
        """A citation whose number is filled in when the list it stands in is known."""

        @property
        def number(self) -> Any:
            return String(f"{Mark.NUMBER}{int(self.key)}{Mark.NUMBER_END}")

    return NumberedItem


class _quiet(warnings.catch_warnings):  # noqa: N801 - reads as a statement: with _quiet()
    """citeproc-py warns of every variable it does not know."""

    def __enter__(self) -> Any:
        entered = super().__enter__()
        warnings.simplefilter("ignore")
        return entered


def _load(xml: bytes, locale: str, name: str) -> Any:
    from citeproc import CitationStylesStyle

    try:
        with _quiet():
            style = CitationStylesStyle(BytesIO(xml), locale=locale, validate=False)
    except Exception as error:
        raise StyleError(f"The style {name!r} cannot be used: {error}") from error
    _mend(style.root)
    _pin(style.root)
    if style.root.bibliography is None:
        raise StyleError(f"The style {name!r} has no bibliography; choose one that has.")
    return style


@lru_cache(maxsize=1)
def _remember_searches() -> None:
    """Let citeproc-py remember what it found in a style's tree: it asks again for every reference.

    Only elements that :func:`_pin` prepared are affected; the search takes half of its time otherwise.
    """
    from citeproc.model import CitationStylesElement

    search = CitationStylesElement.xpath_search

    def remembered(self: Any, expression: str) -> Any:
        known = self.__dict__.get("_known")
        if known is None:
            return search(self, expression)
        if expression not in known:
            known[expression] = search(self, expression)
        return known[expression]

    CitationStylesElement.xpath_search = remembered


def _pin(root: Any) -> None:
    """Keep the objects of a style's elements alive, so that what they remember lasts."""
    _remember_searches()
    pinned = [element for top in (root, *root.locales) for element in top.iter()]
    for element in pinned:
        if hasattr(type(element), "xpath_search"):
            element.__dict__["_known"] = {}
    root.__dict__["_pinned"] = pinned


def _mend(root: Any) -> None:
    """Rewrite in the tree of a style what citeproc-py does not follow."""
    # Title case is applied only to what has a language, and terms and numbers have none.
    for element in root.xpath_search(".//*[self::cs:label or self::cs:number][@text-case='title']"):
        element.set("text-case", "capitalize-first")
    # initialize="false" is not known: given names stay whole only where no initialize-with is inherited.
    whole = root.xpath_search("descendant-or-self::*[@initialize='false']")
    holders = [root, *root.xpath_search("./cs:citation | ./cs:bibliography")] if whole else []
    for holder in holders:
        mark = holder.attrib.pop("initialize-with", None)
        if mark is not None and holder.get("initialize") != "false":
            names = root.xpath_search(".//cs:name") if holder is root else holder.xpath_search(".//cs:name")
            for name in names:
                if name.get("initialize") != "false" and name.get("initialize-with") is None:
                    name.set("initialize-with", mark)
    for element in whole:
        element.attrib.pop("initialize-with", None)
    # The delimiter of a localized date is looked for on the style's own element.
    for element in root.xpath_search(".//cs:date[@form][not(@delimiter)][not(ancestor::cs:locale)]"):
        localized = root.get_date(element.get("form"))
        if localized is not None and localized.get("delimiter"):
            element.set("delimiter", localized.get("delimiter"))


def _locale(name: str) -> str:
    from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS

    if _LOCALE.fullmatch(name):
        if name in LANGUAGE_NAMES:
            return name
        if name.split("-")[0] in PRIMARY_DIALECTS:
            return str(PRIMARY_DIALECTS[name.split("-")[0]])
    raise LocaleError(f"There is no locale {name[:40]!r}; a locale is written as en-US or de-DE.")


def _is_blank(text: str) -> bool:
    """Whether a style printed no more than punctuation and the number."""
    bare = re.sub(f"{Mark.NUMBER}\\d+{Mark.NUMBER_END}|[\ue000-\ue0ff]", "", text)
    return not re.search(r"\w", bare)


def _without_repeated_title(text: str, item: Mapping[str, object]) -> str:
    """Take out the second title of a work without author, which stands in the place of one.

    CSL forbids the repetition ("substitute"); citeproc-py prints it when the style uses a macro.
    """
    title = item.get("title")
    if not isinstance(title, str) or item.get("author") or len(title) < 4:
        return text
    words = clean(title).strip().rstrip(".")
    folded = text.lower()
    first = folded.find(words.lower())
    # An address or DOI that holds the title's words is no second title.
    links = [place for mark in (Mark.URL, Mark.DOI) if (place := text.find(mark)) >= 0]
    limit = min(links, default=len(text))
    second = folded.find(words.lower(), first + len(words), limit) if first >= 0 else -1
    if second < 0:
        return text
    before, after = text[:second], text[second + len(words) :]
    marks = re.search("[“\ue000-\ue00b]*$", before)
    close = re.match("[\ue000-\ue00b]*[,.]?[”]?[,.]?[\ue000-\ue00b]*\\s*", after)
    cut = before[: marks.start()] if marks else before
    rest = after[close.end() :] if close else after
    return cut + rest


def _label(item: Mapping[str, object]) -> str:
    return assembled(item).split(". ")[0][:80]
