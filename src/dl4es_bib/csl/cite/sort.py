"""Sort keys and the order of items: variables, macros, both directions, what is empty at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dl4es_bib.csl.cite import collation
from dl4es_bib.csl.item.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from dl4es_bib.csl.output.richtext import parse
from dl4es_bib.csl.output.tree import plain
from dl4es_bib.csl.render import numbers, write_date
from dl4es_bib.csl.render.conditions import label_of, text_of
from dl4es_bib.csl.render.context import Context
from dl4es_bib.csl.render.scope import Scope
from dl4es_bib.csl.render.write_names import SORT_SEPARATOR, NameOptions, sort_name, write_list
from dl4es_bib.csl.style.elements import Date, Names, Number, TextMacro, TextVariable, children_of
from dl4es_bib.csl.style.sheet import Key

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


def keys_of(scope: Scope) -> tuple[SortKey, ...]:
    """The keys of the ``cs:sort`` of a part of a style; none without it."""
    return tuple(_key(scope, key) for key in scope.section.sort)


def _key(scope: Scope, key: Key) -> SortKey:
    descending, variable = key.descending, key.variable
    if key.macro:
        macro, overrides = key.macro, key.names

        def rendered(context: Context) -> str:
            context.sorting = overrides
            return plain(scope.macro(macro)(context)).strip()

        only_number = _is_number(scope, macro)
        return SortKey(rendered, descending, only_number)
    if variable in NAME_VARIABLES:
        options = NameOptions(
            demote=scope.style.demote_non_dropping_particle, as_sort_order="all", delimiter=SORT_SEPARATOR
        )

        def names(context: Context) -> str:
            found = context.item.names.get(variable, ())
            written = [sort_name(one, options, "long") for one in found]
            inverted = [True] * len(written)
            nodes = write_list(written, len(written), options, last=None, and_term="", et_al=None, inverted=inverted)
            return plain(nodes)

        return SortKey(names, descending)
    if variable in DATE_VARIABLES:
        return SortKey(lambda context: write_date.sort_key(context.item.dates.get(variable)), descending)
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


def _is_number(scope: Scope, macro: str) -> bool:
    """Whether a macro writes the citation number and nothing else."""
    variables = []
    work = list(scope.style.macros[macro])
    while work:
        element = work.pop()
        if isinstance(element, TextVariable | Number):
            variables.append(element.variable)
        elif isinstance(element, Names | Date | TextMacro):
            return False
        work += children_of(element)
    return variables == ["citation-number"]


def arranged(
    entries: Sequence[T], keys: Sequence[Sequence[str]], directions: Sequence[bool], language: str = ""
) -> list[T]:
    """The entries in order.

    Arguments:
        entries: what is sorted; equal entries keep their order.
        keys: for each entry its sort keys, in order of priority.
        directions: for each key whether it descends.
        language: the tag of the language whose alphabet counts.
    """
    order = list(range(len(entries)))
    for place in range(len(directions) - 1, -1, -1):
        filled = [index for index in order if keys[index][place]]
        empty = [index for index in order if not keys[index][place]]
        if len(filled) < 2:
            order = filled + empty
            continue
        weights = dict(zip(filled, collation.keys([keys[index][place] for index in filled], language), strict=True))
        filled.sort(key=weights.__getitem__, reverse=directions[place])
        order = filled + empty
    return [entries[index] for index in order]
