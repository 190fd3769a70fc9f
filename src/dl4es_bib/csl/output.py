"""Formatted references as runs of text, and the four formats they are written in.

A stream of tokens is divided into runs, and each run written with the escaping of its format. Nothing of the
input can pass for markup: what a run holds is always escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal, get_args
from urllib.parse import quote

from dl4es_bib.csl.quotes import Quotes
from dl4es_bib.csl.tree import Number, Token

Format = Literal["text", "markdown", "html", "latex"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one formatting; ``link`` is where it leads."""

    text: str
    italic: bool = False
    bold: bool = False
    underline: bool = False
    small_caps: bool = False
    position: Literal["", "sup", "sub"] = ""
    link: str = ""


_PRIVATE = re.compile("[\ue000-\ue0ff]")
# Controls, directional overrides, zero-width space and joiners that hide text, interlinear marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ACTIVE_TAG = re.compile(r"<(?=/?(?:script|iframe|img|svg|object|embed|style|link|meta|base|form)\b)", re.I)
_SAFE_URL = re.compile(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)$", re.I)


_LINE_ENDS = re.compile(r"[\t\r\n]+")


def clean(text: str) -> str:
    """Input text without control, directional and private-use characters, on one line."""
    text = _INVISIBLE.sub("", _PRIVATE.sub("", text))
    return " ".join(line.strip() for line in _LINE_ENDS.split(text)) if _LINE_ENDS.search(text) else text


def is_safe(address: str) -> bool:
    """Whether an address may be shown and linked."""
    return bool(re.match(r"(?:https?|ftp)://[^\s/]", address.strip(), re.I))


def runs(tokens: Sequence[Token], quotes: Quotes, numbers: Mapping[str, int] | None = None) -> tuple[Run, ...]:
    """Divide a stream of tokens into runs.

    Arguments:
        tokens: the stream, mended.
        quotes: the quotation marks of the language.
        numbers: citation number in the whole document → the number to show; None keeps them.
    """
    out: list[Run] = []
    states = [Run("")]
    link: tuple[str, str] | None = None
    for token in tokens:
        if isinstance(token, str):
            text: str = token
            if numbers is not None and isinstance(token, Number):
                text = str(numbers.get(token, token))
            out += _linked(link, text, out, states[-1]) if link is not None else [replace(states[-1], text=text)]
        elif token.kind == "quotes":
            out.append(replace(states[-1], text=quotes.mark(token)))
        elif token.kind == "format":
            if token.ends:
                states.pop()
            else:
                states.append(_formatted(states[-1], token.value))
        elif token.kind == "link":
            link = None if token.ends else token.value  # type: ignore[assignment]
        elif token.kind == "display" and out and not out[-1].text.endswith(" "):
            out.append(Run(" "))
    return _trimmed([run for run in out if run.text])


def _formatted(state: Run, format: object) -> Run:
    assert isinstance(format, tuple)
    for name, value in format:
        match name:
            case "font-style":
                # Italics within italics are set upright.
                italic = value in ("italic", "oblique")
                state = replace(state, italic=italic and not state.italic)
            case "font-weight":
                state = replace(state, bold=value == "bold" and not state.bold)
            case "font-variant":
                state = replace(state, small_caps=value == "small-caps" and not state.small_caps)
            case "text-decoration":
                state = replace(state, underline=value == "underline")
            case "vertical-align":
                state = replace(state, position=value if value in ("sup", "sub") else "")
    return state


def _trimmed(found: list[Run]) -> tuple[Run, ...]:
    """Runs without blanks at the ends and with single ones in between."""
    out: list[Run] = []
    for run in found:
        text = re.sub(r" {2,}", " ", run.text)
        if (not out or out[-1].text.endswith(" ")) and not run.link:
            text = text.lstrip(" ")
        if text:
            out.append(run if text == run.text else replace(run, text=text))
    while out and not out[-1].text.rstrip():
        out.pop()
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return tuple(out)


def _linked(link: tuple[str, str], text: str, out: list[Run], state: Run) -> list[Run]:
    """The run of a DOI or address; a resolver written before a DOI belongs to its link."""
    kind, identifier = link
    if kind == "url" or _SAFE_URL.fullmatch(identifier):
        target = identifier if _SAFE_URL.fullmatch(identifier) else ""
        return [replace(state, text=text, link=target)]
    target = "https://doi.org/" + quote(identifier, safe="/:().;_-")
    if out and (prefix := _DOI_PREFIX.search(out[-1].text)) and prefix.group().lower().startswith("http"):
        out[-1] = replace(out[-1], text=out[-1].text[: prefix.start()])
        text = prefix.group() + text
    return [replace(state, text=text, link=target)]


def write(parts: tuple[Run, ...], format: Format, latex_escape: Callable[[str], str] | None = None) -> str:
    """Write runs in a format.

    Arguments:
        parts: the runs.
        format: ``text``, ``markdown`` (CommonMark), ``html`` (a fragment) or ``latex`` (a fragment; needs
            ``\\url``).
        latex_escape: how to escape text for LaTeX; by default the special characters only.
    """
    escape = latex_escape or escape_latex
    out: list[str] = []
    for _, group in groupby(parts, key=lambda run: (run.italic, run.bold, run.underline, run.small_caps)):
        same = list(group)
        match format:
            case "text":
                out += [escape_text(run.text) for run in same]
            case "markdown":
                out.append(_markdown(same))
            case "html":
                out.append(_html(same))
            case "latex":
                out.append(_latex(same, escape))
    text = "".join(out)
    return _no_list_start(text) if format == "markdown" else text


def escape_text(text: str) -> str:
    """Plain text; the tags that would act if a program took it for HTML lose their first bracket."""
    return _ACTIVE_TAG.sub("‹", text)


def escape_markdown(text: str) -> str:
    """Text that CommonMark and GitHub show as it is; also where HTML is read before Markdown."""
    return re.sub(r"([\\`*_\[\]~$]|&(?=#|[A-Za-z]+;))", r"\\\1", text).replace("<", "&lt;")


def _no_list_start(text: str) -> str:
    # "2019. A title" or "- x" at the start of a line would begin a list.
    text = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
    return re.sub(r"^([-+=>#])", r"\\\1", text)


def _markdown(group: list[Run]) -> str:
    text = "".join(_markdown_run(run) for run in group)
    marks = ("**" if group[0].bold else "") + ("*" if group[0].italic else "")
    return _around(text, marks, marks[::-1]) if marks else text


def _markdown_run(run: Run) -> str:
    text = escape_markdown(run.text)
    if run.link:
        target = re.sub(r"[()<>\[\]\\\s\"'`*|]", lambda match: quote(match.group(), safe=""), run.link)
        text = f"[{text}]({target})"
    return f"<{run.position}>{text}</{run.position}>" if run.position else text


def _around(text: str, before: str, after: str) -> str:
    """Marks around text, blanks kept outside, where emphasis needs them."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return text[:start] + before + core + after + text[start + len(core) :]


def _html(group: list[Run]) -> str:
    text = "".join(_html_run(run) for run in group)
    first = group[0]
    if first.small_caps:
        text = f'<span style="font-variant:small-caps">{text}</span>'
    for on, tag in ((first.underline, "u"), (first.bold, "b"), (first.italic, "i")):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _html_run(run: Run) -> str:
    text = html.escape(run.text, quote=True)
    if run.link:
        text = f'<a href="{html.escape(run.link, quote=True)}">{text}</a>'
    return f"<{run.position}>{text}</{run.position}>" if run.position else text


_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}


def escape_latex(text: str) -> str:
    """Text without anything TeX would act on."""
    return "".join(_LATEX.get(character, character) for character in text)


def latex_url(address: str) -> str:
    r"""``\url{…}``; what could end or escape its argument is percent-encoded."""
    return "\\url{" + quote(address, safe="/:().;_-?=&%#~+,@!*'$") + "}"


def _latex(group: list[Run], escape: Callable[[str], str]) -> str:
    out: list[str] = []
    pending = ""
    for run in group:
        if run.link and _SAFE_URL.fullmatch(run.text):
            # \url reads its argument verbatim only outside the argument of another command.
            out += [_latex_marked(pending, group[0]), latex_url(run.text)]
            pending = ""
        else:
            pending += _latex_run(run, escape)
    return "".join([*out, _latex_marked(pending, group[0])])


def _latex_run(run: Run, escape: Callable[[str], str]) -> str:
    text = escape(run.text)
    if run.link:
        target = latex_url(run.link)[5:-1].replace("%", r"\%").replace("#", r"\#")
        text = f"\\href{{{target}}}{{{text}}}"
    command = {"sup": "textsuperscript", "sub": "textsubscript"}.get(run.position)
    return f"\\{command}{{{text}}}" if command else text


def _latex_marked(text: str, run: Run) -> str:
    for on, command in (
        (run.small_caps, "textsc"),
        (run.underline, "underline"),
        (run.bold, "textbf"),
        (run.italic, "textit"),
    ):
        if on and text:
            text = _around(text, f"\\{command}{{", "}")
    return text
