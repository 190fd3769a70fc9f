"""Citations that are commands with their keys inside: MyST's roles, LaTeX in Markdown, mdBook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dl4es_bib.identify.citations.locators import located
from dl4es_bib.identify.citations.mentions import Cluster, Form, Mention, mention_of

NOCITE: Final = re.compile(r"(?m)^nocite:(?P<value>[^\n]*(?:\n(?:[ \t]|-[ \t])[^\n]*)*)")
_ROLE: Final = re.compile(
    r"\{(?P<name>(?:foot|full)?(?:full)?cite)(?::(?P<form>[a-zA-Z*]{1,9}))?\}`(?P<keys>[^`\n]{0,5000})`"
)
#: ``{see}key{p. 3}`` of sphinxcontrib-bibtex.
_ROLE_PART: Final = re.compile(r"\{(?P<words>[^{}]{0,500})\}|(?P<mark>[,;])|(?P<key>[^\s,;{}`]{1,500})")
_LATEX: Final = re.compile(
    r"\\(?P<name>[A-Za-z]{0,12}cite[A-Za-z]{0,10})\*?(?:\[(?P<first>[^\[\]{}\n]{0,300})\])?(?:\[(?P<second>[^\[\]{}\n]{0,300})\])?"
    r"\{(?P<keys>[^{}\\]{1,5000})\}"
)
_MDBOOK: Final = re.compile(
    r"\{\{\s{0,9}#cite[a-z]{0,9}\s{1,9}(?P<cite>[^\s{}]{1,200})\s{0,9}\}\}|@@(?P<at>\w[\w:.-]{0,199}(?<![:.-]))"
)
#: A command begins at most so far before one of its keys.
_LONGEST: Final = 5_200

#: The forms of roles (sphinxcontrib-bibtex and MyST name them after natbib) and of LaTeX's commands.
_FORMS: Final[Mapping[str, Form]] = {
    "t": "sentences", "ts": "sentences", "ct": "sentences", "cts": "sentences", "p": "brackets", "ps": "brackets",
    "cp": "brackets", "alp": "plain", "alps": "plain", "author": "authors", "authors": "authors",
    "authorpar": "authors", "authorpars": "authors", "year": "year", "yearpar": "brackets", "empty": "list",
}  # fmt: skip
_COMMANDS: Final[Mapping[str, Form]] = {
    "citet": "sentences", "citets": "sentences", "textcite": "sentences", "textcites": "sentences",
    "citeauthor": "authors", "citealt": "plain", "citealp": "plain", "citeyear": "year",
    "citeyearpar": "brackets", "nocite": "list",
}  # fmt: skip
_NO_AUTHOR: Final = ("yearpar", "citeyearpar")


def role_at(text: str, start: int, first: int, labels: Mapping[str, str]) -> Cluster | None:
    """The command around the key that begins at ``start``, or ``None``."""
    line = max(text.rfind("\n", 0, start) + 1, first, start - _LONGEST)
    opening = text.rfind("`", line, start)
    if opening > 0 and text[opening - 1] == "}":
        brace = text.rfind("{", line, opening)
        if (role := _ROLE.match(text, brace) if brace >= 0 else None) is not None and role.end() > start:
            return _of_role(role, labels)
    brace = text.rfind("{", max(first, start - _LONGEST), start)
    command = text.rfind("\\", max(first, brace - 700), brace) if brace >= 0 else -1
    if command >= 0 and (written := _LATEX.match(text, command)) is not None and written.end() > start:
        return _of_command(written, labels)
    for begin in (text.rfind("{{", line, start), start - 2):
        if begin >= 0 and (book := _MDBOOK.match(text, begin)) is not None and book.end() > start:
            return Cluster(*book.span(), (Mention(book["cite"] or book["at"]),))
    return None


def _of_role(role: re.Match[str], labels: Mapping[str, str]) -> Cluster:
    form = (role["form"] or "").lower().rstrip("*")
    mentions = tuple(_in_role(role["keys"], labels, no_author=form in _NO_AUTHOR))
    return Cluster(*role.span(), mentions, _FORMS.get(form, "brackets"))


def _in_role(keys: str, labels: Mapping[str, str], *, no_author: bool) -> Iterator[Mention]:
    prefix, key, suffix = "", "", ""
    for part in _ROLE_PART.finditer(keys):
        if part["mark"]:
            if key:
                yield _with_words(prefix, key, suffix, labels, no_author=no_author)
            prefix, key, suffix = "", "", ""
        elif part["key"]:
            key = key or part["key"]
        elif key:
            suffix = part["words"]
        else:
            prefix = part["words"]
    if key:
        yield _with_words(prefix, key, suffix, labels, no_author=no_author)


def _of_command(written: re.Match[str], labels: Mapping[str, str]) -> Cluster | None:
    name = written["name"].lower()
    if not name.startswith(("cite", "textcite", "parencite", "footcite", "autocite", "nocite")):
        return None
    keys = [key.strip() for key in written["keys"].split(",") if key.strip()]
    # One argument is what stands behind the keys, of two the first stands before them (natbib, biblatex).
    first, second = written["first"] or "", written["second"]
    prefix, suffix = (first, second) if second is not None else ("", first)
    mentions = [
        _with_words(
            "" if place else prefix,
            key,
            suffix if place == len(keys) - 1 else "",
            labels,
            no_author=name in _NO_AUTHOR,
        )
        for place, key in enumerate(keys)
    ]
    return Cluster(*written.span(), tuple(mentions), _COMMANDS.get(name, "brackets"))


def _with_words(prefix: str, key: str, suffix: str, labels: Mapping[str, str], *, no_author: bool) -> Mention:
    if not suffix:
        return Mention(key, " ".join(prefix.split()), no_author=no_author)
    found = located(f", {suffix}", labels)
    if found.locator:
        return mention_of(prefix, key, f", {suffix}", labels, no_author=no_author)
    return Mention(key, " ".join(prefix.split()), f", {suffix}", no_author=no_author)
