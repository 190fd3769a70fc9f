"""What LaTeX stumbles over in the text of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dl4es_bib.check.rule import Found, Replacement, Rule, Subject
from dl4es_bib.check.vocabulary import FIELDS, NAME_FIELDS, VERBATIM

_TOKEN = re.compile(r"\\(?:[A-Za-z@]+|.)|\$\$?|[&%#_^{}]", re.S)
_MATH = re.compile(r"\s*\{\s*(?:math|displaymath|equation|align|gather|eqnarray|multline)\*?\s*\}")
#: Commands whose arguments are no text: how many they have. Formulas of chemistry and units take ``^`` and ``_``.
_ARGUMENTS: Final = {
    **dict.fromkeys("url path href nolinkurl verb label input includegraphics ensuremath".split(), 1),
    **dict.fromkeys("ref eqref pageref autoref nameref cref Cref vref hyperlink hyperref".split(), 1),
    **dict.fromkeys("ce cee ch chem chemfig si unit num ang".split(), 1),
    **dict.fromkeys("SI qty SIlist qtylist numrange".split(), 2), **dict.fromkeys("SIrange qtyrange".split(), 3),
}  # fmt: skip
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


_OPTION = re.compile(r"\s*\*?\[[^\[\]{}]*\]\s*|\s+|\*")
_BRACE = re.compile(r"\\.|[{}]", re.S)
#: Fields that sort or sort out, and that no style prints.
_NOT_PRINTED: Final = frozenset(
    """sortname sorttitle sortyear sortshorthand presort indextitle indexsorttitle entrysubtype gender tags template
    pagination bookpagination""".split()
)


def unescaped(subject: Subject) -> Iterator[Found]:
    """Special characters that stand for themselves."""
    for entry, field in subject.fields():
        if field.name in VERBATIM or field.raw[:1] not in '{"' or "#" in _after_value(field.raw):
            continue
        if field.name in _NOT_PRINTED or field.name not in FIELDS:
            continue
        places = list(_special(field.raw, names=field.name in NAME_FIELDS))
        if not places:
            continue
        characters = "".join(dict.fromkeys(field.raw[place] for place in places))
        changes = tuple(
            Replacement(field.value_start + place, field.value_start + place + 1, _escaped(field.raw[place]))
            for place in places
        )
        yield Found(
            field.start,
            f"In {field.name} of {entry.key[:60]} {' '.join(characters)} stands without a backslash.",
            f"Write {' '.join(_escaped(character) for character in characters)}.",
            entry.key,
            changes,
        )


def _after_value(raw: str) -> str:
    """What follows the first part of a value that is joined with ``#``; one part alone has nothing."""
    depth = 0
    if raw[0] == '"':
        return raw[raw.index('"', 1) + 1 :] if raw.count('"') > 2 and re.search(r'"\s*#', raw) else ""
    for index, character in enumerate(raw):
        depth += (character == "{") - (character == "}")
        if not depth:
            return raw[index + 1 :]
    return ""


def _special(raw: str, *, names: bool) -> Iterator[int]:
    math = False
    depth = 0
    for token in _tokens(raw):
        text = token[0]
        depth += (text == "{") - (text == "}")
        if text[0] == "$":
            math = not math
        elif text in {"\\(", "\\["}:
            math = True
        elif text in {"\\)", "\\]"}:
            math = False
        elif text in {"\\begin", "\\end"} and _MATH.match(raw, token.end()) is not None:
            math = text == "\\begin"
        elif text == "&":
            joins = names and depth <= 1 and raw[token.start() - 1].isspace()  # has a rule of its own
            if _ENTITY.match(raw, token.start()) is None and not joins:
                yield token.start()
        elif text in {"%", "#"} or (text in {"_", "^"} and not math):
            yield token.start()


def _tokens(raw: str) -> Iterator[re.Match[str]]:
    """Commands and special characters, without what stands in arguments that are no text."""
    position = 0
    while (token := _TOKEN.search(raw, position)) is not None:
        yield token
        position = token.end()
        name = token[0][1:]
        if token[0][0] == "\\" and (count := _ARGUMENTS.get(name, 1 if "cite" in name.lower() else 0)):
            for _ in range(count):
                position = _after_argument(raw, position)


def _after_argument(raw: str, position: int) -> int:
    """The offset after options in brackets and one group, or the same when there is none."""
    at = position
    while (option := _OPTION.match(raw, at)) is not None:
        at = option.end()
    if raw[at : at + 1] != "{":
        return position
    depth = 0
    for brace in _BRACE.finditer(raw, at):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.end()
    return position


def _escaped(character: str) -> str:
    return "\\^{}" if character == "^" else f"\\{character}"


def unbalanced_math(subject: Subject) -> Iterator[Found]:
    """A formula that is not closed."""
    for entry, field in subject.fields():
        if field.name in VERBATIM or field.raw[:1] not in '{"':
            continue
        tokens = [token[0] for token in _tokens(field.raw)]
        pairs = [tokens.count(opener) - tokens.count(closer) for opener, closer in (("\\(", "\\)"), ("\\[", "\\]"))]
        odd = "a $" if tokens.count("$") % 2 else "\\( or \\[" if any(pairs) else ""
        if odd:
            cure = "Write \\$ for a dollar sign, or close the formula." if "$" in odd else "Close the formula."
            yield Found(field.start, f"In {field.name} of {entry.key[:60]} {odd} has no partner.", cure, entry.key)


def not_settable(subject: Subject) -> Iterator[Found]:
    """Characters that pdflatex has no letter for."""
    if subject.engine != "pdflatex":
        return
    for entry, field in subject.fields():
        if field.name in VERBATIM or field.raw.isascii():
            continue
        odd = [character for character in field.raw if _beyond_pdflatex(character)]
        if odd:
            yield Found(
                field.start,
                f"pdflatex cannot set {odd[0]!r} (U+{ord(odd[0]):04X}) in {field.name} of {entry.key[:60]}.",
                "Use lualatex or xelatex, or write it as a LaTeX command.",
                entry.key,
            )


def _beyond_pdflatex(character: str) -> bool:
    """Whether a character is beyond what LaTeX's utf8 and T1 know: Latin letters with marks and common signs."""
    code = ord(character)
    if code < 0x180 or 0x1CD <= code <= 0x1D4 or 0x1E00 <= code <= 0x1EFF or 0x218 <= code <= 0x21B:
        return False
    return character not in "ƒǦǧȷˆˇ˘˙˚˛˜˝–—―‘’‚“”„†‡•…‰‱‹›※‽⁄⁎⁒₡₤₦₩₫€₱℃№℗℞℠™Ω℧℮←↑→↓∞◦○♪⟨⟩"


RULES = (
    Rule(
        "unescaped-character", "latex", "error", "A special character stands without a backslash.",
        "LaTeX stops: 'Misplaced alignment tab character &', 'Missing $ inserted', 'Illegal parameter number'; "
        "a % hides the rest of the line.", unescaped, "safe",
    ),
    Rule(
        "unbalanced-math", "latex", "error", "A formula is not closed.",
        "LaTeX stops with 'Missing $ inserted'.", unbalanced_math,
    ),
    Rule(
        "character-not-settable", "latex", "note", "pdflatex has no letter for a character.",
        "pdflatex stops with 'Unicode character … not set up'; lualatex and xelatex set it.", not_settable,
        default=False,
    ),
)  # fmt: skip
