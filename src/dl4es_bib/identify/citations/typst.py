"""Citations in Typst: where the keys stand, and which .bib files are named.

Source of the rules: Typst's reference, "Reference" (``@key``, ``@key[p. 3]``), "Cite" (``#cite(<key>)``),
"Bibliography" and "Syntax" (labels, comments, raw text). ``@key`` refers to figures and headings, too: what the text
itself labels is no citation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from dl4es_bib.identify.citations.arguments import Span

_REFERENCE: Final = re.compile(r"(?<![\w@\\.])@(?P<key>\w(?:[\w:.-]*\w)?)")
_CITE: Final = re.compile(
    r"\b(?:cite|ref)\s{0,9}\(\s{0,9}(?:<(?P<label>[\w:.-]{1,300})>|label\(\s{0,9}\"(?P<named>[^\"\n]{1,300})\")"
)
_LABEL: Final = re.compile(r"(?<![(,\w])(?<!\( )<(?P<name>[\w:.-]{1,300})>")
#: What is not the name of a file ends the list: a named argument, the closing bracket.
_DATABASES: Final = re.compile(r"\bbibliography\s{0,9}\((?P<names>[^):\n]{0,2000}(?:\n[^):\n]{0,2000}){0,50})")
_PASSED: Final = re.compile(r"(?<!:)//[^\n]*|/\*|(?P<ticks>`+)")
_HEADING: Final = re.compile(r"(?m)^(?P<marks>={1,6})[ \t]+(?P<title>[^\n]+)")
_OWN_LABEL: Final = re.compile(r"<[\w:.-]{1,300}>\s{0,9}$")
#: References to figures, tables, equations and sections are often named so. Fewer with a hyphen, as keys have some.
_CROSS_REFERENCE: Final = re.compile(
    r"(?i)(?:fig|figure|tab|table|tbl|eq|equation|sec|section|lst|thm|lem)-"
    r"|(?:fig|figure|tab|table|tbl|eq|equation|sec|section|lst|thm|lem|def|cor|prop|app|ch|chap|chapter):"
)


def typst_spans(text: str) -> Iterator[Span]:
    """Where keys stand that a text cites, in order."""
    own = {match["name"] for match in _LABEL.finditer(text)}
    passed = list(_passed(text))
    starts = [start for start, _ in passed]
    found: list[Span] = []
    for pattern in (_REFERENCE, _CITE):
        for match in pattern.finditer(text):
            group = match.lastgroup or "key"
            place = bisect_right(starts, match.start()) - 1
            is_passed = place >= 0 and passed[place][1] > match.start()
            if not is_passed and match[group] not in own and _CROSS_REFERENCE.match(match[group]) is None:
                found.append(match.span(group))
    yield from sorted(found)


def typst_databases(text: str) -> Iterator[str]:
    """The .bib files that ``bibliography(…)`` names."""
    for match in _DATABASES.finditer(text):
        yield from (name for name in re.findall(r'"([^"\n]+)"', match["names"]) if name.endswith(".bib"))


def typst_headings(text: str) -> Iterator[tuple[int, int, str]]:
    """The headings of a text: line, level and title without its label."""
    line = position = 0
    for match in _HEADING.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        title = _OWN_LABEL.sub("", match["title"]).strip()
        yield line + 1, len(match["marks"]), re.sub(r"(?<!\\)[*_]|\\", "", title)


def _passed(text: str) -> Iterator[Span]:
    """Comments and raw text."""
    position = 0
    while (found := _PASSED.search(text, position)) is not None:
        end = found.end()
        closing = "*/" if found[0] == "/*" else found["ticks"]
        if closing and not (len(closing) == 2 and found["ticks"]):
            after = text.find(closing, end)
            # A mark that is never closed hides nothing: a citation too many is better than one that is lost.
            end = after + len(closing) if after >= 0 else end
        yield found.start(), end
        position = end
