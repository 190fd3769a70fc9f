"""``cs:names``: variables, substitution, labels, et-al abbreviation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dl4es_bib.csl.item.name import Name
from dl4es_bib.csl.output.tree import Node, Output
from dl4es_bib.csl.render import substitution
from dl4es_bib.csl.render import write_names as writing
from dl4es_bib.csl.render.context import FIRST, Context, Slot
from dl4es_bib.csl.render.scope import Inherited, Render, Scope, dress
from dl4es_bib.csl.render.write_names import NameOptions
from dl4es_bib.csl.style import elements as typed


def compiled(scope: Scope, element: typed.Names) -> Render:
    """Names as a function; an element without children inside a substitute is a shorthand."""
    parts = _parts(element, scope.substitute_of)
    options = _options(scope, parts.name)
    variables = element.variables
    delimiter = element.delimiter
    if delimiter is None:
        delimiter = scope.section.names_delimiter if parts.delimiter is None else parts.delimiter
    dressed = dress(element.look, "names")
    label = _label(scope, parts.label)
    outer, scope.substitute_of = scope.substitute_of, replace(parts, delimiter=delimiter)
    alternatives = substitution.alternatives(scope, element)
    scope.substitute_of = outer
    write = _list_writer(scope, options, parts.et_al)
    pair = set(variables) == {"editor", "translator"}
    counts = options.form == "count"

    def render(context: Context) -> Output | None:
        context.called += 1
        if context.suffix_only:
            return None
        all_names = context.item.names
        lists: list[tuple[str, tuple[Name, ...]]] = []
        for variable in variables:
            if variable in context.hidden or (context.recorder and variable in context.recorder):
                continue
            if found := all_names.get(variable):
                lists.append((variable, found))
        if not lists:
            return substitution.substituted(context, alternatives)
        context.found += 1
        if context.recorder is not None:
            context.recorder += [variable for variable, _ in lists]
        same = pair and len(lists) == 2 and lists[0][1] == lists[1][1]
        if same and scope.locale.term("editortranslator", label.form if label else "long"):
            lists = [("editortranslator", lists[0][1])]
        if counts:
            total = sum(_shown(context, options, len(found))[0] for _, found in lists)
            return dressed([str(total)])
        children: list[Output] = []
        for variable, found in lists:
            part = write(context, variable, found)
            if part is None:
                continue
            whole: list[Output] = [part]
            if label is not None and context.sorting is None:
                word = label.render(context, variable, len(found))
                if word is not None:
                    whole = [word, part] if parts.label_first else [part, word]
            if children and delimiter:
                children.append(delimiter)
            children += whole
        if not children:
            return None
        node = dressed(children)
        if context.first_names is None and isinstance(node, Node):
            context.first_names = node
            if context.suppress_names:
                return None
        return node

    return render


def _parts(element: typed.Names, parent: Inherited | None) -> Inherited:
    if parent is not None and element.is_shorthand:
        return parent
    return Inherited(element.name, element.et_al, element.label, element.label_first, element.delimiter)


def _options(scope: Scope, name: typed.Name | None) -> NameOptions:
    inherited = scope.section.names
    if name is None:
        return writing.options_of(inherited, scope.style)
    return replace(
        writing.options_of(name.attributes.over(inherited), scope.style),
        family=name.family,
        given=name.given,
        format=name.format,
        prefix=name.prefix,
        suffix=name.suffix,
    )


@dataclass(frozen=True, slots=True)
class _Label:
    form: str
    render: Callable[[Context, str, int], Output | None]


def _label(scope: Scope, element: typed.Label | None) -> _Label | None:
    if element is None:
        return None
    form, plural = element.form, element.plural
    finish = scope.finish(element.look, is_term=True)

    def render(context: Context, variable: str, count: int) -> Output | None:
        many = plural == "always" or (plural == "contextual" and count > 1)
        word = scope.locale.term(variable, form, many)
        return finish(word, context) if word else None

    return _Label(form, render)


#: The last name of a list that is known to be incomplete: BibTeX's "and others", as CSL-JSON is given it.
OTHERS: Final = "others"


def _shown(context: Context, options: NameOptions, total: int) -> tuple[int, bool]:
    """How many names are shown, and whether the last follows an ellipsis."""
    minimum, first, last = options.et_al_min, options.et_al_use_first, options.et_al_use_last
    if context.position > FIRST and not context.in_bibliography:
        minimum, first = options.et_al_subsequent_min, options.et_al_subsequent_use_first
    sorting = context.sorting
    if sorting is not None:
        minimum = sorting.minimum if sorting.minimum >= 0 else minimum
        first = sorting.use_first if sorting.use_first >= 0 else first
        last = sorting.use_last if sorting.use_last is not None else last
    if last and first > minimum - 2 > 0:
        # The ellipsis stands for two names at the least, so one more is left out where a style forgets it.
        first = minimum - 2
    if not minimum or total < minimum or first >= total:
        return total, False
    return first, last and total - first >= 2


def _list_writer(
    scope: Scope, options: NameOptions, et_al_element: typed.EtAl | None
) -> Callable[[Context, str, tuple[Name, ...]], Node | None]:
    locale = scope.locale
    and_term = {"text": locale.term("and") or "and", "symbol": "&"}.get(options.and_, "")
    et_al: Output | None = None
    term = "et-al" if et_al_element is None else et_al_element.term
    text = locale.term(term)
    if text:
        et_al = text
        if et_al_element is not None:
            et_al = dress(et_al_element.look)([text])

    # A name is written alike each time; no one changes what is remembered.
    remembered: dict[tuple[Name, bool, bool, str, bool, bool], tuple[Node, bool]] = {}
    sorted_options = replace(options, delimiter=writing.SORT_SEPARATOR)
    by_initials = options.initialize_with is not None and options.initialize
    base = 0 if options.form == "short" else 1 if by_initials else 2

    def write(context: Context, variable: str, found: tuple[Name, ...]) -> Node | None:
        total = len(found)
        count, use_last = _shown(context, options, total)
        limit = total
        if total > 1 and found[-1].literal == OTHERS:
            # The list itself says that it is not whole: it ends in "et al.", however short it is.
            limit = total - 1
            count, use_last = min(count, limit), False
        slot = context.slot
        context.slot += 1
        state = context.dis.names if context.dis is not None else None
        if state is not None and count < total and context.sorting is None:
            expanded = state.shown.get(slot, 0)
            if expanded > count:
                count = min(expanded, limit)
                use_last = use_last and total - count >= 2
        if context.sorting is None:
            context.slots.append(Slot(found, count, count < total, by_initials, base))
        if count == 0:
            return None
        written: list[Node] = []
        inversions: list[bool] = []
        english = scope.english(context.item)
        sorted_all = context.sorting is not None or options.as_sort_order == "all"
        for index in range(count + (1 if use_last else 0)):
            place = index if index < count else total - 1
            name = found[place]
            inverted = sorted_all or (options.as_sort_order == "first" and place == 0)
            form, initialize = options.form, True
            if state is not None:
                level = state.given.get((slot, place), 0)
                if level > base:
                    form = "long"
                    initialize = level < 2
            key = (name, context.sorting is None, inverted, form, initialize, english)
            made = remembered.get(key)
            if made is None:
                if len(remembered) >= _MAX_REMEMBERED:
                    remembered.clear()
                made = remembered[key] = _written(name, options, *key[1:])
            written.append(made[0])
            inversions.append(made[1])
        last = written.pop() if use_last else None
        return writing.write_list(
            written,
            total,
            options if context.sorting is None else sorted_options,
            last=last,
            and_term=and_term if context.sorting is None else "",
            et_al=et_al if context.sorting is None else None,
            inverted=inversions,
        )

    return write


_MAX_REMEMBERED: Final = 20_000


def _written(
    name: Name, options: NameOptions, shown: bool, inverted: bool, form: str, initialize: bool, english: bool
) -> tuple[Node, bool]:
    """A name as it is shown or sorted, and whether its family name comes first."""
    if not shown:
        # Where given names tell authors apart, they count in full in the order, too.
        spelled = options if initialize else replace(options, initialize=False)
        return writing.sort_name(name, spelled, form), True
    node = writing.write_name(name, options, inverted=inverted, form=form, initialize=initialize, english=english)
    return node, inverted and name.is_personal and not writing.is_east_asian(name)
