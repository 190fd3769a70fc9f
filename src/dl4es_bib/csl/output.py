"""Formatted references as runs of text, and the four formats they are written in.

An engine marks formatting inside the text with single private-use characters (:class:`Mark`); here the
marked text is divided into runs, its punctuation mended, and each run written with the escaping of its
format. Nothing of the input can pass for markup: what a run holds is always escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal, get_args
from urllib.parse import quote

Format = Literal["text", "markdown", "html", "latex"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


class Mark:
    """The private-use characters that carry formatting; input never contains them (see :func:`clean`)."""

    ITALIC, ITALIC_END = "\ue000", "\ue001"
    BOLD, BOLD_END = "\ue002", "\ue003"
    UNDERLINE, UNDERLINE_END = "\ue004", "\ue005"
    SMALL_CAPS, SMALL_CAPS_END = "\ue006", "\ue007"
    SUP, SUP_END = "\ue008", "\ue009"
    SUB, SUB_END = "\ue00a", "\ue00b"
    #: Around a DOI or an address, so that its ends are known.
    DOI, DOI_END = "\ue010", "\ue011"
    URL, URL_END = "\ue012", "\ue013"
    #: Around the index of an item in the place of its citation number.
    NUMBER, NUMBER_END = "\ue014", "\ue015"
    #: A dash of a page range that must not be shortened.
    DASH = "\ue016"


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
_MARKS = "[\ue000-\ue00b]*"
_NUMBER = re.compile(f"{Mark.NUMBER}(\\d+){Mark.NUMBER_END}(\ue009?[\\])}}.:,]*+\ue009?)(?=(.?))")
_DOUBLED = re.compile(f"([.,;:!?])({_MARKS})\\1(?!\\1)")
_AFTER_END = re.compile(f"([!?])({_MARKS}[”’]?{_MARKS})\\.(?!\\.)")
_OUTSIDE = re.compile(f"”({_MARKS})([.,])")
_ACTIVE_TAG = re.compile(r"<(?=/?(?:script|iframe|img|svg|object|embed|style|link|meta|base|form)\b)", re.I)
_SAFE_URL = re.compile(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)$", re.I)
#: Mark → the attribute it opens (+1) or closes (-1).
_SWITCHES: Final = {
    Mark.ITALIC: ("italic", 1),
    Mark.ITALIC_END: ("italic", -1),
    Mark.BOLD: ("bold", 1),
    Mark.BOLD_END: ("bold", -1),
    Mark.UNDERLINE: ("underline", 1),
    Mark.UNDERLINE_END: ("underline", -1),
    Mark.SMALL_CAPS: ("small_caps", 1),
    Mark.SMALL_CAPS_END: ("small_caps", -1),
    Mark.SUP: ("sup", 1),
    Mark.SUP_END: ("sup", -1),
    Mark.SUB: ("sub", 1),
    Mark.SUB_END: ("sub", -1),
}
_TOKEN = re.compile("[\ue000-\ue013]|[^\ue000-\ue013]+")


def clean(text: str) -> str:
    """Input text without control, directional and private-use characters, on one line."""
    return re.sub(r"\s*[\t\r\n]\s*", " ", _INVISIBLE.sub("", _PRIVATE.sub("", text)))


def runs(marked: str, numbers: dict[int, int], *, punctuation_in_quote: bool = False) -> tuple[Run, ...]:
    """Divide marked text into runs.

    Arguments:
        marked: the text with :class:`Mark` characters.
        numbers: index of an item → the citation number to show.
        punctuation_in_quote: American usage, a period or comma goes before the closing quote.
    """

    def number(match: re.Match[str]) -> str:
        shown = str(numbers.get(int(match.group(1)), "?")) + match.group(2)
        # Styles that align the second field rely on the gap a table would give.
        follows = match.group(3)
        return f"{shown} " if follows and not follows.isspace() and follows not in ",;–-" else shown

    marked = _NUMBER.sub(number, marked).replace(Mark.DASH, "–")
    if punctuation_in_quote:
        marked = _OUTSIDE.sub(r"\2”\1", marked)
    marked = _AFTER_END.sub(r"\1\2", _DOUBLED.sub(r"\1\2", marked))
    marked = re.sub(r" {2,}", " ", marked).strip()
    return _divide(marked)


def _divide(marked: str) -> tuple[Run, ...]:
    out: list[Run] = []
    depth = dict.fromkeys(("italic", "bold", "underline", "small_caps", "sup", "sub"), 0)
    link_kind = ""
    for token in _TOKEN.findall(marked):
        if token in _SWITCHES:
            name, step = _SWITCHES[token]
            depth[name] = max(0, depth[name] + step)
        elif token in (Mark.DOI, Mark.URL):
            link_kind = token
        elif token in (Mark.DOI_END, Mark.URL_END):
            link_kind = ""
        else:
            position: Literal["", "sup", "sub"] = "sup" if depth["sup"] else "sub" if depth["sub"] else ""
            # Italics within italics are set upright.
            state = Run(
                token,
                italic=depth["italic"] % 2 == 1,
                bold=depth["bold"] % 2 == 1,
                underline=depth["underline"] > 0,
                small_caps=depth["small_caps"] > 0,
                position=position,
            )
            out += _linked(link_kind, token, out, state) if link_kind else [state]
    return tuple(run for run in out if run.text)


def _linked(kind: str, text: str, out: list[Run], state: Run) -> list[Run]:
    """The run of a DOI or address; a resolver written before a DOI belongs to its link."""
    if kind == Mark.URL:
        target = text if _SAFE_URL.fullmatch(text) else ""
        return [replace(state, text=text, link=target)]
    target = "https://doi.org/" + quote(text, safe="/:().;_-")
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
