"""The regular expressions of the project, and whether one of them can take exponential time.

A pattern takes exponential time when a repeat stands in a repeat and one text can be divided between them in many
ways, as in ``(a+)*`` or ``(a|aa)+``. That is seen in the parsed pattern, without running it.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from re import _constants as sre
from re import _parser as parser
from types import FunctionType
from typing import Any

import dl4es_bib

#: Characters by which sets are compared: ASCII and some of each larger block.
ALPHABET = tuple(map(chr, range(128))) + tuple("\x85\xa0éßøŠαΩжא中​–—‘’“”…−²⁻ \u0301\ufeff\U0001d400")
#: More rounds than this count as without limit.
MANY = 64

Node = tuple[Any, Any]


def patterns() -> dict[str, re.Pattern[str]]:
    """Where a pattern stands → the pattern.

    Found are those of module constants, also inside of functions that hold one (as ``begins(r"…")`` does), and those
    that are written into calls, also with parts that only the call knows: for these stands a sample.
    """
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(dl4es_bib.__path__, "dl4es_bib."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in list(vars(module).items()):
            members = vars(value).items() if isinstance(value, type) and value.__module__ == info.name else ()
            for place, held in [(name, value), *((f"{name}.{member}", one) for member, one in members)]:
                for number, pattern in enumerate(_within(held)):
                    found.setdefault(f"{info.name}.{place}[{number}]", pattern)
        assert module.__file__
        for place, text, flags in _calls(Path(module.__file__), vars(module)):
            found[f"{info.name}:{place}"] = re.compile(text, flags)
    return found


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        text = value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
        yield value if isinstance(value.pattern, str) else re.compile(text, value.flags & ~re.UNICODE)
    elif depth < 4 and isinstance(value, FunctionType):
        for cell in value.__closure__ or ():
            yield from _within(cell.cell_contents, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for part in value.values():
            yield from _within(part, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _within(part, depth + 1)
    elif depth < 4 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _within(getattr(value, name, None), depth + 1)


class _Sample(str):
    """Stands for what only a call knows: a text, a mapping of texts, or an object that holds texts."""

    __slots__ = ()

    def __getitem__(self, key: object) -> str:
        return str(self)

    def __getattr__(self, name: str) -> str:
        return _Sample("a")


class _Names(dict[str, object]):
    """The names of a module; any other is a sample."""

    def __missing__(self, name: str) -> object:
        return vars(builtins).get(name, _Sample("a"))


def _calls(path: Path, names: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
    """Place, pattern and flags of each ``re.sub("…", …)`` whose pattern is written out, at least in part."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re") or node.func.attr == "escape":
            continue
        given = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
        flags = 0
        for name in {one.attr for arg in given for one in ast.walk(arg) if isinstance(one, ast.Attribute)}:
            flags |= getattr(re, name) if name in {"I", "X", "S", "M", "IGNORECASE", "VERBOSE", "DOTALL"} else 0
        first = node.args[0]
        for number, branch in enumerate((first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)):
            if isinstance(branch, ast.Constant | ast.JoinedStr | ast.BinOp):
                code = compile(ast.Expression(branch), str(path), "eval")
                written = eval(code, _Names(names))
                if isinstance(written, str):
                    yield f"{node.lineno}.{number}", written, flags


def runaway(pattern: re.Pattern[str]) -> str:
    """What makes a pattern take exponential time, or ``""``."""
    flags = pattern.flags
    tree = parser.parse(pattern.pattern, flags & ~re.DEBUG)
    return next(_runaways(list(tree), flags), "")


def _runaways(nodes: Sequence[Node], flags: int) -> Iterator[str]:
    for op, arguments in nodes:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and arguments[1] >= MANY:
            body = list(arguments[2])
            # An inner repeat that can go on where the next part, or the next round, begins.
            yield from _follow(body, first(body, flags)[0], flags)
        for branch in _children(op, arguments):
            yield from _runaways(branch, flags)


def _children(op: Any, arguments: Any) -> list[list[Node]]:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [list(arguments[2])]
    if op is sre.SUBPATTERN:
        return [list(arguments[3])]
    if op is sre.ATOMIC_GROUP:
        return [list(arguments)]
    if op is sre.BRANCH:
        return [list(branch) for branch in arguments[1]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(arguments[1])]
    if op is sre.GROUPREF_EXISTS:
        return [list(branch) for branch in arguments[1:] if branch is not None]
    return []


def _follow(nodes: list[Node], after: frozenset[str], flags: int) -> Iterator[str]:
    for place, (op, arguments) in enumerate(nodes):
        rest, empty = first(nodes[place + 1 :], flags)
        following = rest | after if empty else rest
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            low, high, inner = arguments
            begins, _ = first(list(inner), flags)
            # A short repeat is looked at when it is of single characters; words are told apart by what follows.
            width = parser.SubPattern(parser.State(), list(inner)).getwidth()
            if low != high and begins & following and (high >= MANY or width == (1, 1)):
                shown = "".join(sorted(begins & following))[:20]
                yield f"a repeat and what follows it in the outer repeat can both take {shown!r}"
            yield from _follow(list(inner), begins | following, flags)
        elif op is sre.BRANCH:
            branches = [list(branch) for branch in arguments[1]]
            can_be_empty = any(first(branch, flags)[1] for branch in branches)
            widths = {parser.SubPattern(parser.State(), branch).getwidth() for branch in branches}
            seen = following if can_be_empty else frozenset()
            for branch in branches:
                begins, _ = first(branch, flags)
                if begins & seen and len(widths) > 1 and (can_be_empty or any(low != high for low, high in widths)):
                    shown = "".join(sorted(begins & seen))[:20]
                    yield f"two choices in a repeat begin with {shown!r}"
                seen |= begins
                yield from _follow(branch, following, flags)
        elif op in (sre.SUBPATTERN,):
            yield from _follow(list(arguments[3]), following, flags)


def first(nodes: Sequence[Node], flags: int) -> tuple[frozenset[str], bool]:
    """The characters that a text can begin with, and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for op, arguments in nodes:
        begins, empty = _first(op, arguments, flags)
        found |= begins
        if not empty:
            return found, False
    return found, True


def _first(op: Any, arguments: Any, flags: int) -> tuple[frozenset[str], bool]:
    if op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
        return _set(op, arguments, flags), False
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        begins, empty = first(list(arguments[2]), flags)
        return begins, empty or arguments[0] == 0
    if op is sre.SUBPATTERN:
        return first(list(arguments[3]), (flags | arguments[1]) & ~arguments[2])
    if op is sre.ATOMIC_GROUP:
        return first(list(arguments), flags)
    if op is sre.BRANCH:
        parts = [first(list(branch), flags) for branch in arguments[1]]
        return frozenset().union(*(begins for begins, _ in parts)), any(empty for _, empty in parts)
    if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return frozenset(), True
    return frozenset(ALPHABET), True


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _set(op: Any, arguments: Any, flags: int) -> frozenset[str]:
    def has(character: str, op: Any, argument: Any) -> bool:
        code = ord(character)
        if op is sre.LITERAL:
            return code == argument or (bool(flags & re.I) and character.casefold() == chr(argument).casefold())
        if op is sre.NOT_LITERAL:
            return code != argument
        if op is sre.RANGE:
            return any(argument[0] <= ord(one) <= argument[1] for one in {character, *_cases(character, flags)})
        if op is sre.CATEGORY:
            return re.fullmatch(_CATEGORIES[argument], character) is not None
        return True

    if op is sre.ANY:
        return frozenset(ALPHABET) - (frozenset() if flags & re.S else frozenset("\n"))
    if op is not sre.IN:
        return frozenset(one for one in ALPHABET if has(one, op, arguments))
    negated = arguments[0][0] is sre.NEGATE
    members = arguments[1:] if negated else arguments
    return frozenset(one for one in ALPHABET if any(has(one, *member) for member in members) != negated)


def _cases(character: str, flags: int) -> tuple[str, ...]:
    both = (character.lower(), character.upper())
    return tuple(one for one in both if len(one) == 1) if flags & re.I else ()


def samples(pattern: re.Pattern[str], count: int) -> Iterator[str]:
    """Texts, many of which the pattern finds: choices and repeats at random, always the same ones."""
    chance = random.Random(pattern.pattern)
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    for _ in range(count):
        before, after = chance.choice(_BEFORE), chance.choice(_AFTER)
        yield before + _sample(tree, pattern.flags, chance) + after


#: What stands around the places that a pattern finds.
_BEFORE = ("", " ", ". ", ", ", "\n", "(", "Tides. ", "Tides, ")
_AFTER = ("", " ", ".", ",", "\n", ") ", ". Oslo", " 12")


#: The characters of a set, which take long to find.
_CHOICES: dict[tuple[Any, str, int], list[str]] = {}


def _sample(nodes: Sequence[Node], flags: int, chance: random.Random) -> str:
    out = ""
    for op, arguments in nodes:
        if op is sre.LITERAL:
            out += chance.choice(_cases(chr(arguments), flags) or (chr(arguments),))
        elif op is sre.IN and arguments[0][0] in (sre.LITERAL, sre.RANGE):
            kind, member = chance.choice([pair for pair in arguments if pair[0] in (sre.LITERAL, sre.RANGE)])
            out += chr(member if kind is sre.LITERAL else chance.randint(*member))
        elif op in (sre.IN, sre.NOT_LITERAL, sre.ANY):
            key = (op, repr(arguments), flags)
            if key not in _CHOICES:
                _CHOICES[key] = sorted(_set(op, arguments, flags)) or [""]
            out += chance.choice(_CHOICES[key])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, inner = arguments
            for _ in range(chance.randint(low, min(high, low + 2))):
                out += _sample(list(inner), flags, chance)
        elif op is sre.BRANCH:
            out += _sample(list(chance.choice(arguments[1])), flags, chance)
        elif op is sre.ASSERT_NOT or (op is sre.ASSERT and chance.random() < 0.5):
            continue
        else:
            for inner in _children(op, arguments)[:1]:
                out += _sample(inner, flags, chance)
    return out


def attacks(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts that keep the repeats of a pattern busy and fail at their end."""
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    sets = {begins for begins in _sets(tree, pattern.flags) if begins}
    seeds = {min(begins, key=lambda one: (not one.isprintable(), one)) for begins in sets}
    seeds |= {max((one for one in begins if one.isalnum()), default="a") for begins in sets}
    for seed in sorted(seeds):
        yield seed * length + "\x01"
    example = _example(tree, pattern.flags)
    if example:
        yield example * (length // len(example)) + "\x01"
        yield example[:-1] * (length // len(example)) + "\x01"


def _sets(nodes: Sequence[Node], flags: int) -> Iterator[frozenset[str]]:
    for op, arguments in nodes:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and arguments[1] >= MANY:
            yield first(list(arguments[2]), flags)[0]
        for branch in _children(op, arguments):
            yield from _sets(branch, flags)


def _example(nodes: Sequence[Node], flags: int) -> str:
    """One short text that the pattern begins to match."""
    out = ""
    for op, arguments in nodes:
        if op in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN):
            members = _set(op, arguments, flags)
            out += min(members, key=lambda one: (not one.isalnum(), not one.isprintable(), one)) if members else ""
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            out += _example(list(arguments[2]), flags) * max(1, min(arguments[0], 8))
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            continue
        else:
            for branch in _children(op, arguments)[:1]:
                out += _example(branch, flags)
    return out[:400]
