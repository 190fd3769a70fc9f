r"""Citations in LaTeX and Markdown text: where the keys stand, and the text with other keys.

A key is found where it is cited and nowhere else: in ``\cite``, ``\citep[see][12]{a,b}``, ``\nocite``,
``\cites[1]{a}[2]{b}``, ``\volcite{2}{a}``, ``\fullcite`` and their like, and in pandoc's ``@key``, ``-@key``,
``@{key}`` and ``[see @a, p. 3; @b]``. Not in comments, in verbatim text, in code, in e-mail addresses or as a part
of another key.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["latex", "markdown"]

_LATEX_SUFFIXES: Final = (".tex", ".ltx", ".latex")
_MARKDOWN_SUFFIXES: Final = (".md", ".markdown", ".qmd", ".rmd", ".mdown")

_COMMAND = re.compile(r"\\([A-Za-z]*[cC]ite[A-Za-z]*)\*?")
#: Commands with "cite" in their name that name no keys.
_NO_CITE: Final = frozenset(
    """citation citestyle citesetup citename citeindextrue citeindexfalse citetrackertrue citetrackerfalse bibcite
    DeclareCiteCommand DeclareMultiCiteCommand DeclareCiteOption setcitestyle citemid citeform excludecite
    citeyearformat mkbibcite newcite shortcites""".split()
)
_OPTIONAL: Final = {"[": "]", "(": ")", "<": ">"}
_BLANK = re.compile(r"[ \t\r\n]*")
_NOTE_STOP: Final = {closer: re.compile("[{}" + re.escape(closer) + "]") for closer in _OPTIONAL.values()}
_KEYS = re.compile(r"\{([^{}\\#]*)\}")
_KEY = re.compile(r"[^\s,]+")
_MAX_NOTE: Final = 2_000

_TEX_PASSED = re.compile(
    r"(?<!\\)(?:\\\\)*%[^\r\n]*"
    r"|\\begin\s*\{(?P<name>verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}"
    r"|\\(?:verb|lstinline)\*?(?P<bar>[^A-Za-z\s*{])"
)
_MD_PASSED = re.compile(
    r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\r\n]*$|(?P<ticks>`+)|<!--|(?<!\\)\\begin\s*\{verbatim\}", re.M
)
#: pandoc's manual, "Citation syntax": a key begins with a letter, digit or _ and holds single punctuation inside.
_PANDOC = re.compile(r"(?<![\w@.\\/])@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>[^\W](?:[\w]|[:.#$%&+?<>~/-](?=\w))*))")


def kind_of(name: str) -> Kind | None:
    """Which kind of text a file holds, by its name; ``None`` when citations in it are unknown."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _LATEX_SUFFIXES:
        return "latex"
    return "markdown" if suffix in _MARKDOWN_SUFFIXES else None


def citations(text: str, kind: Kind) -> Iterator[tuple[int, int]]:
    """Where keys stand that a text cites: start and end offsets, in order."""
    passed = list(_passed_in_latex(text) if kind == "latex" else _passed_in_markdown(text))
    starts = [start for start, _ in passed]
    spans = list(_commands(text))
    if kind == "markdown":
        spans += [_span(match) for match in _PANDOC.finditer(text)]
    for start, end in sorted(set(spans)):
        index = bisect_right(starts, start) - 1
        if index < 0 or passed[index][1] <= start:
            yield start, end


def with_keys(text: str, kind: Kind, renamed: Mapping[str, str]) -> tuple[str, int]:
    """The text with keys renamed where they are cited, and how many citations that were."""
    pieces: list[str] = []
    done = count = 0
    for start, end in citations(text, kind):
        new = renamed.get(text[start:end])
        if new is None or start < done:
            continue
        pieces += (text[done:start], new)
        done, count = end, count + 1
    return "".join(pieces) + text[done:], count


def _commands(text: str) -> Iterator[tuple[int, int]]:
    for command in _COMMAND.finditer(text):
        name = command[1]
        if name in _NO_CITE:
            continue
        position = command.end()
        if name.lower().endswith("volcite"):
            position = _argument_end(text, position)
        many = name.lower().endswith("cites")
        while (group := _KEYS.match(text, _after_notes(text, position))) is not None:
            yield from (_shifted(key, group.start(1)) for key in _KEY.finditer(group[1]))
            position = group.end()
            if not many:
                break


def _shifted(match: re.Match[str], offset: int) -> tuple[int, int]:
    return match.start() + offset, match.end() + offset


def _after_notes(text: str, position: int) -> int:
    """The offset after blanks and optional arguments."""
    while True:
        position = _BLANK.match(text, position).end()  # type: ignore[union-attr]
        closer = _OPTIONAL.get(text[position : position + 1])
        if closer is None:
            return position
        depth, end = 0, -1
        for mark in _NOTE_STOP[closer].finditer(text, position + 1, position + _MAX_NOTE):
            if mark[0] == closer and not depth:
                end = mark.end()
                break
            depth += (mark[0] == "{") - (mark[0] == "}")
        if end < 0:
            return position
        position = end


def _argument_end(text: str, position: int) -> int:
    group = re.compile(r"\{[^{}]*\}").match(text, _after_notes(text, position))
    return group.end() if group is not None else position


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("braced") if match["braced"] is not None else match.span("bare")


def _passed_in_latex(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while (found := _TEX_PASSED.search(text, position)) is not None:
        end = found.end()
        if found["name"]:
            end = _after(text, f"\\end{{{found['name']}}}", end)
        elif found["bar"]:
            line_end = text.find("\n", end)
            closing = text.find(found["bar"], end, line_end if line_end >= 0 else len(text))
            end = closing + 1 if closing >= 0 else end
        yield found.start(), end
        position = max(end, found.start() + 1)


def _passed_in_markdown(text: str) -> Iterator[tuple[int, int]]:
    position, unclosed = 0, set[str]()
    while (found := _MD_PASSED.search(text, position)) is not None:
        end = found.end()
        if found["fence"]:
            closing = re.compile(rf"^[ ]{{0,3}}{re.escape(found['fence'])}[`~]*[ \t]*$", re.M).search(text, end)
            end = closing.end() if closing is not None else len(text)
        elif found["ticks"]:
            ticks = found["ticks"]
            closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, end) if ticks not in unclosed else None
            if closing is None:
                unclosed.add(ticks)
            end = closing.end() if closing is not None else end
        elif found[0] == "<!--":
            end = _after(text, "-->", end)
        else:
            end = _after(text, "\\end{verbatim}", end)
        yield found.start(), end
        position = end


def _after(text: str, mark: str, position: int) -> int:
    end = text.find(mark, position)
    return end + len(mark) if end >= 0 else len(text)
