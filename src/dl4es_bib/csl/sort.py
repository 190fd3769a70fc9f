"""Sort keys and the order of items: variables, macros, both directions, what is empty at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dl4es_bib.csl import collation, dates, numbers
from dl4es_bib.csl.conditions import label_of, text_of
from dl4es_bib.csl.context import Context, SortNames
from dl4es_bib.csl.item import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from dl4es_bib.csl.names import NameOptions, sort_name, write_list
from dl4es_bib.csl.richtext import parse
from dl4es_bib.csl.tree import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from dl4es_bib.csl.compile import Compiler

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of a sort element.

    Attributes:
        value: gives the text to sort by; empty for nothing.
        descending: the direction.
        by_number: whether it is the citation number.
    """

    value: Callable[[Context], str]
    descending: bool
    by_number: bool = False


def keys_of(compiler: Compiler, element: Element | None) -> tuple[SortKey, ...]:
    """The keys of a ``cs:sort`` element; none without it."""
    if element is None:
        return ()
    return tuple(_key(compiler, child) for child in element if child.tag.endswith("}key"))


def _key(compiler: Compiler, element: Element) -> SortKey:
    descending = element.get("sort") == "descending"

    def number(name: str) -> int:
        text = element.get(name, "")
        return int(text) if text.isdigit() and len(text) < 6 else -1

    last = element.get("names-use-last")
    overrides = SortNames(number("names-min"), number("names-use-first"), None if last is None else last == "true")
    macro = element.get("macro")
    if macro is not None:

        def rendered(context: Context) -> str:
            context.sorting = overrides
            return plain(compiler.macro(macro)(context)).strip()

        only_number = _is_number(compiler, macro)
        return SortKey(rendered, descending, only_number)
    variable = element.get("variable", "")
    if variable in NAME_VARIABLES:
        options = NameOptions(
            demote=compiler.style.get("demote-non-dropping-particle", "display-and-sort"), as_sort_order="all"
        )

        def names(context: Context) -> str:
            found = context.item.names.get(variable, ())
            written = [sort_name(one, options, "long") for one in found]
            inverted = [True] * len(written)
            nodes = write_list(written, len(written), options, last=None, and_term="", et_al=None, inverted=inverted)
            return plain(nodes)

        return SortKey(names, descending)
    if variable in DATE_VARIABLES:
        return SortKey(lambda context: dates.sort_key(context.item.dates.get(variable)), descending)
    if variable == "citation-label":
        return SortKey(lambda context: label_of(context.item), descending)
    if variable == "citation-number":
        return SortKey(lambda context: f"{context.number:08d}" if context.number else "", descending, True)
    if variable in NUMBER_VARIABLES:

        def counted(context: Context) -> str:
            text = text_of(context, variable)
            first = numbers.divide(text)[0].strip() if text else ""
            return first.zfill(8) if first.isdigit() else text

        return SortKey(counted, descending)
    return SortKey(lambda context: plain(parse(context.item.texts.get(variable, ""))), descending)


def _is_number(compiler: Compiler, macro: str) -> bool:
    """Whether a macro writes the citation number and nothing else."""
    return [one.get("variable") for one in compiler.macros[macro].iter() if one.get("variable")] == ["citation-number"]


def arranged(entries: Sequence[T], keys: Sequence[Sequence[str]], directions: Sequence[bool]) -> list[T]:
    """The entries in order.

    Arguments:
        entries: what is sorted; equal entries keep their order.
        keys: for each entry its sort keys, in order of priority.
        directions: for each key whether it descends.
    """
    order = list(range(len(entries)))
    for place in range(len(directions) - 1, -1, -1):
        filled = [index for index in order if keys[index][place]]
        empty = [index for index in order if not keys[index][place]]
        if len(filled) < 2:
            order = filled + empty
            continue
        weights = dict(zip(filled, collation.keys([keys[index][place] for index in filled]), strict=True))
        filled.sort(key=weights.__getitem__, reverse=directions[place])
        order = filled + empty
    return [entries[index] for index in order]
