r"""Where keys stand in a LaTeX text, also in the arguments and bodies of commands that the document defines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dl4es_bib.identify.citations.arguments import Span, keys_of
from dl4es_bib.identify.citations.latex import Body, Citation, EntrySet, Inclusion, Use, Vocabulary, events
from dl4es_bib.identify.citations.macros import Macro

_MAX_DEPTH = 20
_MARK = "zzargument{}zz"


@dataclass(slots=True)
class _Budget:
    """How many characters of expanded commands are still looked at: commands that use each other can double."""

    left: int = 100_000


def key_spans(text: str, vocabulary: Vocabulary | None = None) -> Iterator[Span]:
    """Where keys stand, in order of appearance but those of nested texts.

    Arguments:
        text: LaTeX, or a document with LaTeX in it.
        vocabulary: what other files of the project define; it is added to.
    """
    # What commands of a document expand to is seldom longer than a few times the document.
    budget = _Budget(100_000 + 20 * len(text))
    vocabulary = vocabulary if vocabulary is not None else Vocabulary()
    before = _copied(vocabulary)
    yield from _spans(text, vocabulary, 0, budget)
    if vocabulary.key_commands:
        yield from _in_key_commands(text, before)


def _in_key_commands(text: str, vocabulary: Vocabulary) -> Iterator[Span]:
    r"""Keys in the bodies of commands that stand for keys: ``\newcommand{\mykey}{Ode2001}``, ``\cite{\mykey}``."""
    for event in events(text, vocabulary, all_branches=True):
        if isinstance(event, Body) and event.name in vocabulary.key_commands and not event.macro.parameters:
            yield from (span for span in keys_of(text, event.span) if not _is_parameter(text, span))


def _spans(text: str, vocabulary: Vocabulary, depth: int, budget: _Budget) -> Iterator[Span]:
    for event in events(text, vocabulary, all_branches=True):
        match event:
            case Citation():
                vocabulary.key_commands.update(_commands_among(text, event.keys))
                yield from (span for span in event.keys if not _is_parameter(text, span))
            case EntrySet():
                yield from event.members
            case Inclusion():
                for branch in (event.then, event.otherwise):
                    if branch is not None:
                        yield from _nested(text, branch, vocabulary, depth, budget)
            case Body():
                yield from _nested(text, event.span, vocabulary, depth, budget)
                places = key_arguments(event.macro, vocabulary, depth, budget) if event.defaults else frozenset()
                for index, default in event.defaults:
                    if index in places:
                        yield from (key for key in keys_of(text, default) if not _is_parameter(text, key))
                    else:
                        yield from _nested(text, default, vocabulary, depth, budget)
            case Use():
                places = key_arguments(event.macro, vocabulary, depth, budget)
                for index, span in enumerate(event.arguments):
                    if span is None:
                        continue
                    if index in places:
                        yield from (key for key in keys_of(text, span) if not _is_parameter(text, key))
                    else:
                        yield from _nested(text, span, vocabulary, depth, budget)


def key_arguments(
    macro: Macro, vocabulary: Vocabulary, depth: int = 0, budget: _Budget | None = None
) -> frozenset[int]:
    """Which arguments of a command of the document are citation keys, by position from 0."""
    budget = budget or _Budget()
    if budget.left <= 0:
        return frozenset()
    marks = [_MARK.format(index) for index in range(len(macro.parameters))]
    body = macro.expanded(tuple(marks))
    # Each one is also some work, however short it is.
    budget.left -= len(body) + 100
    found = set[int]()
    if depth < _MAX_DEPTH and "\\" in body:
        for start, end in _spans(body, _copied(vocabulary), depth + 1, budget):
            found.update(index for index, mark in enumerate(marks) if body[start:end].strip() == mark)
    return frozenset(found)


def _nested(text: str, span: Span, vocabulary: Vocabulary, depth: int, budget: _Budget) -> Iterator[Span]:
    start, end = span
    inner = text[start:end]
    if depth < _MAX_DEPTH and "\\" in inner:
        for key_start, key_end in _spans(inner, _copied(vocabulary), depth + 1, budget):
            yield start + key_start, start + key_end


def _copied(vocabulary: Vocabulary) -> Vocabulary:
    return Vocabulary(
        dict(vocabulary.macros),
        dict(vocabulary.conditionals),
        set(vocabulary.verbatim),
        set(vocabulary.lists),
        key_commands=vocabulary.key_commands,  # shared: what is found inside counts outside
    )


def _commands_among(text: str, keys: tuple[Span, ...]) -> Iterator[str]:
    for start, end in keys:
        if text[start : start + 1] == "\\" and (name := text[start + 1 : end].strip()).isalpha():
            yield name


def _is_parameter(text: str, span: Span) -> bool:
    key = text[span[0] : span[1]]
    return "#" in key or "\\" in key or "{" in key
