"""Citations: clusters of cites, sorted, grouped, collapsed and joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.csl.characters import clean
from dl4es_bib.csl.cite import narrative, sort
from dl4es_bib.csl.cite.engine import Engine
from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import Node, Output, capitalized, find, plain
from dl4es_bib.csl.render.context import FIRST, Context


@dataclass(slots=True)
class Cite:
    """One cite of a citation.

    Attributes:
        item: what is cited.
        locator, label: where in it.
        prefix, suffix: text around it, markup inside.
        position: see :mod:`dl4es_bib.csl.render.context`.
        near_note: whether another note with the item is near.
        first_note: the number of the note that cites it first.
        suppress_author, author_only: what of the cite is written.
        narrative: whether the sentence names the authors before it; in the text they are then left out.
        number: the citation number to show; 0 for that of the item.
        keeps_order: whether the cites of the citation stay as they are, whatever order the style has.
    """

    item: Item
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    position: int = FIRST
    near_note: bool = False
    first_note: str = ""
    suppress_author: bool = False
    author_only: bool = False
    narrative: bool = False
    number: int = 0
    keeps_order: bool = False


_LABEL = re.compile(r"([A-Za-z]{1,5})\.\s*(?=\S)")
#: What people write before a locator → its label.
_LABELS: Final = {
    "p": "page", "pp": "page", "ch": "chapter", "chap": "chapter", "sec": "section", "sect": "section",
    "vol": "volume", "fig": "figure", "para": "paragraph", "col": "column", "fol": "folio", "bk": "book",
    "pt": "part", "l": "line", "ll": "line", "v": "verse", "vv": "verse", "n": "note", "nn": "note", "no": "issue",
}  # fmt: skip


def cite_of(item: Item, given: Mapping[str, object]) -> Cite:
    """A cite from a cite item of the CSL data model."""

    def text(name: str) -> str:
        value = given.get(name)
        return clean(str(value)[:20_000]) if isinstance(value, str | int | float) and value is not True else ""

    position = given.get("position")
    locator, label = text("locator").strip(), text("label")
    if not label and (written := _LABEL.match(locator)) and (known := _LABELS.get(written[1].lower())):
        locator, label = locator[written.end() :], known
    return Cite(
        item=item,
        locator=locator,
        label=label or "page",
        prefix=text("prefix"),
        suffix=text("suffix"),
        position=position if isinstance(position, int) and 0 <= position <= 3 else FIRST,
        near_note=bool(given.get("near-note")),
        first_note=text("first-reference-note-number"),
        suppress_author=bool(given.get("suppress-author")),
        author_only=bool(given.get("author-only")),
        narrative=bool(given.get("narrative")),
        keeps_order=bool(given.get("keep-order")),
    )


def write(engine: Engine, cites: Sequence[Cite]) -> Node | None:
    """A citation as output."""
    part = engine.citation
    engine.order  # noqa: B018 - settles the numbers of the items
    cites = list(cites)
    is_sorted = bool(part.keys) and not any(cite.keeps_order for cite in cites)
    if is_sorted and len(cites) > 1:
        cites = in_order(engine, cites)
    element = engine.style.citation
    collapse = element.collapse
    groups = collapse in ("year", "year-suffix", "year-suffix-ranged") or element.cite_group_delimiter is not None
    delimiter = part.layout.delimiter
    contexts = [_context(engine, cite) for cite in cites]
    written: list[Output | None] = []
    for index, (cite, context) in enumerate(zip(cites, contexts, strict=True)):
        output = part.render(context)
        if cite.author_only:
            output = context.first_names or narrative.authors(cite.item, engine.locale)
        # In notes a sentence may begin with "ibid.".
        before = cite.prefix.strip()
        if engine.style.is_note and (before[-1:] in _ENDS and " " in before if before else index == 0):
            output = capitalized(output)
        written.append(output)
    if not any(output is not None and output != "" for output in written) and not any(cite.narrative for cite in cites):
        return None
    written = [_linked(engine, cite, output) for cite, output in zip(cites, written, strict=True)]
    entries = [_Entry(c, x, o) for c, x, o in zip(cites, contexts, written, strict=True)]
    # The test-suite groups only what is sorted: without a sort the order is the author's.
    if groups and is_sorted:
        entries = _grouped(entries)
    if collapse == "citation-number":
        children = _numbers(entries, delimiter, _first(element.after_collapse_delimiter, delimiter))
    elif groups:
        children = _collapsed(engine, entries, collapse, delimiter)
    else:
        children = _joined([(_whole(entry, entry.output), delimiter) for entry in entries], entries)
    if not children:
        return None
    if all(cite.author_only for cite in cites):
        return Node(children)  # in the running text, without the brackets of the layout
    layout = part.layout
    return Node([layout.prefix, Node(children), layout.suffix], layout.format)


def _linked(engine: Engine, cite: Cite, output: Output | None) -> Output | None:
    """A cite that leads to its entry in the list, where that is asked for."""
    if output is None or not engine.entry_links:
        return output
    return Node([output], kind="entry", data=cite.item.id)


@dataclass(slots=True)
class _Entry:
    cite: Cite
    context: Context
    output: Output | None

    @property
    def authors(self) -> str:
        """The names as they are written; none where a title or a term stands for them."""
        names = self.context.first_names
        return plain(names) if names is not None and find(names, "list") is not None else ""


def _context(engine: Engine, cite: Cite) -> Context:
    context = engine.cite_context(cite.item, cite.position)
    context.locator = cite.locator
    context.label = cite.label
    context.near_note = cite.near_note
    context.first_note = cite.first_note
    context.suppress_names = cite.suppress_author or (cite.narrative and not engine.style.is_note)
    if cite.number:
        context.number = cite.number
    return context


def in_order(engine: Engine, cites: list[Cite]) -> list[Cite]:
    """The cites of a citation in the order of the style."""
    keys = engine.citation.keys
    if any(cite.keeps_order for cite in cites):
        return cites
    values = []
    for cite in cites:
        row = []
        for key in keys:
            context = _context(engine, cite)
            row.append(key.value(context))
        values.append(row)
    return sort.arranged(cites, values, [key.descending for key in keys], engine.locale.tag)


def _whole(entry: _Entry, output: Output | None) -> Output | None:
    """A cite with its own prefix and suffix; these are the author's words and stay where the style prints nothing."""
    cite = entry.cite
    if not cite.prefix and not cite.suffix:
        return output
    pieces: list[Output] = []
    if cite.prefix:
        pieces.append(parse(cite.prefix))
        if _WANTS_BLANK_AFTER.search(_plain_end(cite.prefix)) and not cite.prefix[-1].isspace():
            pieces.append(" ")
    if output is not None:
        pieces.append(output)
    if cite.suffix:
        if _WANTS_BLANK_BEFORE.match(cite.suffix):
            pieces.append(" ")
        pieces.append(parse(cite.suffix))
    if cite.suffix.rstrip()[-1:] in _CLOSES and cite.suffix:
        return Node(pieces, kind="closed")
    return pieces[0] if len(pieces) == 1 else Node(pieces)


#: Letters of the scripts that have blanks between words.
_LETTERS: Final = r"a-zA-ZÀ-ſȘ-țͰ-ϿЀ-ԯ֐-ۿก-๛ἀ-῿"
_WANTS_BLANK_AFTER = re.compile(rf"[{_LETTERS}0-9&.,;:!?)\]]$")
_WANTS_BLANK_BEFORE = re.compile(rf"[{_LETTERS}&(\[]")
_MARKUP = re.compile(r"<[^<>]{0,60}>")


def _plain_end(prefix: str) -> str:
    """A prefix as far as its last character that is no mark of quotation or blank."""
    return _MARKUP.sub("", prefix).rstrip("\"'”’»\u202f\u00a0 ")


#: After a suffix that ends so a delimiter is a blank only.
_CLOSES = tuple(".,;:?!")
_ENDS = (".", "!", "?", "”", '"')


def _joined(parts: Sequence[tuple[Output | None, str]], entries: Sequence[_Entry] = ()) -> list[Output]:
    """The parts, each followed by its delimiter unless it is the last or the next brings its own."""
    out: list[Output] = []
    pending = ""
    for index, (output, delimiter) in enumerate(parts):
        if output is None or output == "":
            continue
        brings_its_own = bool(entries) and entries[index].cite.prefix.startswith((",", ".", ";"))
        if out and pending and not brings_its_own:
            out.append(pending)
        out.append(output)
        is_closed = isinstance(output, Node) and output.kind == "closed"
        pending = delimiter.lstrip(".,;:") if is_closed else delimiter
    return out


def _grouped(entries: list[_Entry]) -> list[_Entry]:
    """Cites with the same names next to each other, at the place of the first."""
    places: dict[str, list[_Entry]] = {}
    order: list[list[_Entry]] = []
    for entry in entries:
        authors = entry.authors
        if authors and authors in places:
            places[authors].append(entry)
        else:
            group = [entry]
            order.append(group)
            if authors:
                places[authors] = group
    return [entry for group in order for entry in group]


def _numbers(entries: list[_Entry], delimiter: str, after: str) -> list[Output]:
    """Ranges of citation numbers."""
    out: list[tuple[Output | None, str]] = []
    index = 0
    while index < len(entries):
        end = index
        while (
            end + 1 < len(entries)
            and (_plain_number(entries[end]) or (end == index and _begins_range(entries[end])))
            and _plain_number(entries[end + 1])
            and entries[end + 1].context.number == entries[end].context.number + 1
        ):
            end += 1
        if end - index >= 2:
            first, last = _whole(entries[index], entries[index].output), entries[end].output
            assert first is not None
            assert last is not None
            out.append((Node([first, "–", last]), after))
            index = end + 1
        else:
            entry = entries[index]
            out.append((_whole(entry, entry.output), delimiter))
            index += 1
    return _joined(out)


def _plain_number(entry: _Entry) -> bool:
    cite = entry.cite
    return not (cite.locator or cite.prefix or cite.suffix) and entry.output is not None and entry.context.number > 0


def _begins_range(entry: _Entry) -> bool:
    """Whether a range may begin with a cite: it may have a prefix ("see 1–4")."""
    return not (entry.cite.locator or entry.cite.suffix) and entry.output is not None and entry.context.number > 0


def _first(*values: str | None) -> str:
    """The first value that is given."""
    return next(value for value in values if value is not None)


def _collapsed(engine: Engine, entries: list[_Entry], collapse: str, delimiter: str) -> list[Output]:
    element = engine.style.citation
    # The suite has notes that are not sorted keep the delimiter of the layout.
    inside = _first(
        element.cite_group_delimiter, delimiter if engine.style.is_note and not engine.citation.keys else ", "
    )
    after = _first(element.after_collapse_delimiter, delimiter)
    between_suffixes = _first(element.year_suffix_delimiter, element.cite_group_delimiter, delimiter)
    after_locator = _first(element.after_collapse_delimiter, inside)
    suffixes = collapse.startswith("year-suffix") and element.disambiguate_add_year_suffix
    parts: list[tuple[Output | None, str]] = []
    index = 0
    while index < len(entries):
        authors = entries[index].authors
        end = index + 1
        while end < len(entries) and authors and entries[end].authors == authors:
            end += 1
        group = entries[index:end]
        parts += _group(engine, group, collapse, inside, between_suffixes, suffixes)
        for place, entry in enumerate(group if len(group) > 1 and collapse else ()):
            if entry.cite.locator and len(parts) >= len(group):
                start = len(parts) - len(group)
                parts[start + place] = (parts[start + place][0], after_locator)
        if parts:
            parts[-1] = (
                parts[-1][0],
                after if collapse and (len(group) > 1 or not engine.citation.keys) else delimiter,
            )
        index = end
    return _joined(parts)


def _group(
    engine: Engine, group: list[_Entry], collapse: str, inside: str, between: str, suffixes: bool
) -> list[tuple[Output | None, str]]:
    """The cites of one group of equal names, each with the delimiter after it."""
    if not collapse:
        return [(_whole(entry, entry.output), inside) for entry in group]
    parts: list[tuple[Output | None, str]] = []
    previous: str | None = None
    index = 0
    while index < len(group):
        entry = group[index]
        year = _year(engine, entry)
        if suffixes and index and year == previous and entry.context.suffix_text and not entry.cite.prefix:
            run = index
            if collapse == "year-suffix-ranged":
                run = _run(engine, group, index - 1, year)
            if parts:
                parts[-1] = (parts[-1][0], between)
            if run - (index - 1) >= 2:
                last = _rendered(engine, group[run], suppress=True, suffix=None, only_suffix=True)
                before = parts.pop()
                assert before[0] is not None
                parts.append((Node([before[0], "–", last or ""]), inside))
                index = run + 1
                continue
            output = _rendered(engine, entry, suppress=True, suffix=None, only_suffix=True)
            parts.append((_whole(entry, output), inside))
        else:
            output = entry.output if index == 0 else _rendered(engine, entry, suppress=True, suffix=None)
            parts.append((_whole(entry, output), inside))
        previous = year
        index += 1
    return parts


def _run(engine: Engine, group: list[_Entry], start: int, year: str) -> int:
    """The last cite of a run of consecutive suffixes that begins at ``start``."""
    index = start
    while index + 1 < len(group):
        entry, following = group[index], group[index + 1]
        this, that = (engine.state(one.cite.item.id).year_suffix for one in (entry, following))
        located = entry.cite.locator or following.cite.locator
        if that != this + 1 or located or following.cite.prefix or entry.cite.suffix:
            break
        if _year(engine, following) != year:
            break
        index += 1
    return index


def _year(engine: Engine, entry: _Entry) -> str:
    """What a cite prints besides names, year suffix and locator: cites that share it are told apart by suffixes."""
    bare = _Entry(replace(entry.cite, locator=""), entry.context, None)
    return plain(_rendered(engine, bare, suppress=True, suffix=""))


def _rendered(
    engine: Engine, entry: _Entry, *, suppress: bool, suffix: str | None, only_suffix: bool = False
) -> Output | None:
    context = _context(engine, entry.cite)
    context.suppress_names = suppress
    context.suffix_only = only_suffix
    if suffix is not None:
        context.suffix_text = suffix
    return _linked(engine, entry.cite, engine.citation.render(context))
