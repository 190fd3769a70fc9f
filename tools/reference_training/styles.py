"""References rendered by the project's own CSL processor, every variable marked where it is written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dl4es_bib.csl.errors import StyleError
from dl4es_bib.csl.output import tree
from dl4es_bib.csl.output.quotes import Quotes
from dl4es_bib.csl.output.tree import Mark, Node, Output, Token
from dl4es_bib.csl.processor import Processor
from dl4es_bib.csl.render import dispatch
from dl4es_bib.csl.style import elements as typed
from dl4es_bib.csl.style.find import Style, independent_styles
from reference_training.rendered import Chunk, Rendered

LABELS = {
    "author": "A",
    "editor": "E",
    "translator": "R",
    "title": "T",
    "title-short": "T",
    "collection-title": "C",
    "volume": "V",
    "issue": "I",
    "page": "P",
    "page-first": "P",
    "issued": "D",
    "publisher": "U",
    "publisher-place": "L",
    "genre": "G",
    "edition": "N",
    "container-title": "J",
    "container-title-short": "J",
    "event-title": "B",
    "event": "B",
}
#: What a style may be asked for besides its own language.
LOCALES = tuple("de-DE fr-FR es-ES it-IT pt-BR nl-NL pl-PL ru-RU sv-SE cs-CZ tr-TR zh-CN ja-JP da-DK".split())
_SPAN = "span"


def _marked(compile_: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """What an element of a variable compiles to, with the variable as a mark around its output."""

    def compiled(scope: Any, element: Any) -> Any:
        render = compile_(scope, element)
        variables = element.variables if isinstance(element, typed.Names) else (element.variable,)

        def rendered(context: Any) -> Output | None:
            output = render(context)
            if not output:
                return output
            held = [name for name in variables if name in context.item.names] or list(variables)
            mark = ((_SPAN, held[0]),)
            if isinstance(output, Node) and (output.prefix or output.suffix):
                inner = Node(
                    output.children, output.format, "", "", output.quotes, output.display, output.kind, output.data
                )
                return Node([inner], mark, output.prefix, output.suffix)
            return Node([output], mark)

        return rendered

    return compiled


def mark_variables() -> None:
    """From now on the CSL processor of this program marks where a variable, and where a name, is written."""
    flatten = tree._flatten

    def with_names(node: Node, out: list[Token]) -> None:
        if node.kind != "name":
            flatten(node, out)
            return
        out.append(Mark("name", None, False))
        flatten(node, out)
        out.append(Mark("name", None, True))

    tree._flatten = with_names
    for kind in (typed.TextVariable, typed.Number, typed.Date, typed.Names):
        dispatch.ELEMENTS[kind] = _marked(dispatch.ELEMENTS[kind])


def chosen_styles(count: int, seed: int) -> list[str]:
    """Independent styles, drawn evenly over the alphabet."""
    return sorted(random.Random(seed).sample(independent_styles(), count))


def render(
    style: str, locale: str, items: Sequence[Mapping[str, Any]], sources: Mapping[str, str]
) -> Iterator[Rendered]:
    """Render items in a style; those that the style cannot write are left out."""
    try:
        loaded = Style.load(style)
        if loaded.element.bibliography is None:
            return
        processor = Processor(loaded, locale)
        processor.register(items)
        references = list(processor._references(processor._order(None)))
    except (StyleError, ValueError, KeyError, RecursionError):
        return
    held = {str(item["id"]): item for item in items}
    for id, tokens in references:
        item = held[id]
        chunks = _chunks(tokens, str(item.get("type", "")), Quotes(processor._engine.locale))
        if sum(len(chunk.text) for chunk in chunks) < 20:
            continue
        record = str(item.get("record", id))
        yield Rendered(tuple(chunks), f"csl:{style}@{locale}", record, sources.get(record, ""))


def _chunks(tokens: Sequence[Token], type_: str, quotes: Quotes) -> list[Chunk]:
    chunks: list[Chunk] = []
    spans: list[str] = []
    faces: list[tuple[bool, bool]] = [(False, False)]
    frames: list[bool] = []
    in_name = 0
    waiting: list[int] = []  # chunks of a list of names that follow its last name

    def label() -> str:
        variable = next((span for span in reversed(spans) if span), "")
        found = LABELS.get(variable, "O")
        if found == "J" and type_ in ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"):
            return "B"
        return found

    def add(text: str) -> None:
        found = label()
        if found in "AER" and not in_name:
            waiting.append(len(chunks))
            chunks.append(Chunk(text, "O", *faces[-1]))
            return
        if found in "AER":
            for place in waiting:
                last = next((chunk for chunk in reversed(chunks[:place]) if chunk.text.strip()), None)
                if last is not None and last.label == found:
                    chunks[place] = Chunk(chunks[place].text, found, *faces[-1])
            waiting.clear()
        chunks.append(Chunk(text, found, *faces[-1]))

    for token in tokens:
        if isinstance(token, str):
            add(str(token))
        elif isinstance(token, Mark):
            if token.kind == "quotes":
                add(quotes.mark(token))
            elif token.kind == "name":
                in_name += -1 if token.ends else 1
            elif token.kind == "format" and not token.ends:
                values = dict(token.value)  # type: ignore[call-overload]
                frames.append(_SPAN in values)
                if _SPAN in values:
                    spans.append(values[_SPAN])
                italic, bold = faces[-1]
                faces.append(
                    (
                        values.get("font-style", "") in ("italic", "oblique")
                        or (italic and "font-style" not in values),
                        values.get("font-weight", "") == "bold" or (bold and "font-weight" not in values),
                    )
                )
            elif token.kind == "format":
                faces.pop()
                if frames.pop():
                    spans.pop()
                    waiting.clear()
            elif token.kind == "display" and chunks and not chunks[-1].text.endswith(" "):
                chunks.append(Chunk(" "))
    return chunks
