"""Formatted references as runs of text: what every output format is written from.

A stream of tokens is divided into stretches of text with one formatting each; a run holds plain text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import quote

from dl4es_bib.csl.output.quotes import Quotes
from dl4es_bib.csl.output.tree import INVERTED, Number, Token


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


#: An address that may be linked: a scheme that shows a page, and a host.
SAFE_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s/?#]+\S*", re.I)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s?)$", re.I)


#: Schemes that run something, or lead into the reader's own computer.
_ACTIVE_SCHEME = re.compile(
    r"\s*(?:javascript|vbscript|livescript|data|blob|file|about|jar|view-source|ms-[a-z-]+|chrome|resource)\s*:", re.I
)


def anchor(id: str) -> str:
    """The anchor of an entry of the list: its id, with ``.XX`` for what an anchor should not hold."""
    return "ref-" + re.sub(
        r"[^A-Za-z0-9_:-]",
        lambda match: "".join(f".{byte:02x}" for byte in match.group().encode("utf-8", "replace")),
        id,
    )


def is_safe(address: str) -> bool:
    """Whether an address may be shown; only those of pages are linked as well."""
    return _ACTIVE_SCHEME.match(address) is None


def link_target(address: str) -> str:
    """Where an address leads, blanks in it encoded; "" for what is no address of a page."""
    target = "" if address.count("://") > 1 and " " in address else address.strip().replace(" ", "%20")
    return target if SAFE_ADDRESS.fullmatch(target) else ""


def runs(tokens: Sequence[Token], quotes: Quotes, numbers: Mapping[str, int] | None = None) -> tuple[Run, ...]:
    """Divide a stream of tokens into runs.

    Arguments:
        tokens: the stream, mended.
        quotes: the quotation marks of the language.
        numbers: citation number in the whole document → the number to show; None keeps them.
    """
    out: list[Run] = []
    states = [_BARE]
    links: list[tuple[str, str]] = []
    # Texts of one face make one run.
    pending: list[str] = []
    face = _BARE

    def close() -> None:
        if pending:
            out.append(_run(face, "".join(pending)))
            pending.clear()

    for token in tokens:
        if isinstance(token, str):
            text: str = token
            if numbers is not None and isinstance(token, Number):
                text = str(numbers.get(token, token))
            if links:
                close()
                out += _linked(links[-1], text, out, states[-1])
                continue
        elif token.kind == "quotes":
            text = quotes.mark(token)
        else:
            if token.kind == "format":
                if token.ends:
                    states.pop()
                else:
                    states.append(_formatted(states[-1], token.value))
            elif token.kind == "link":
                # An address within a cite that leads to its entry has a link of its own.
                close()
                if token.ends:
                    links.pop()
                else:
                    links.append(token.value)  # type: ignore[arg-type]
            elif token.kind == "display":
                close()
                if out and not out[-1].text.endswith(" "):
                    out.append(Run(" "))
            continue
        if states[-1] is not face:
            if states[-1] != face:
                close()
            face = states[-1]
        pending.append(text)
    close()
    return _trimmed([run for run in out if run.text])


def joined(parts: Iterable[Run]) -> list[Run]:
    """Runs with text, of which no two neighbours look alike and lead to the same place."""
    out: list[Run] = []
    for run in parts:
        if not run.text:
            continue
        if out and replace(out[-1], text=run.text) == run:
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


_BARE: Final = Run("")


def _run(state: Run, text: str, link: str = "") -> Run:
    return Run(text, state.italic, state.bold, state.underline, state.small_caps, state.position, link)


@lru_cache(maxsize=1024)
def _formatted(state: Run, format: object) -> Run:
    assert isinstance(format, tuple)
    for name, given in format:
        value = given.removeprefix(INVERTED)
        # Italics within italics are set upright, where a text has them; faces of the style add up.
        inverted = value != given
        match name:
            case "font-style":
                state = replace(state, italic=value in ("italic", "oblique") and not (inverted and state.italic))
            case "font-weight":
                state = replace(state, bold=value == "bold" and not (inverted and state.bold))
            case "font-variant":
                state = replace(state, small_caps=value == "small-caps" and not (inverted and state.small_caps))
            case "text-decoration":
                state = replace(state, underline=value == "underline")
            case "vertical-align":
                state = replace(state, position=value if value in ("sup", "sub") else "")
    return state


_BLANKS = re.compile(" {2,}")


def _trimmed(found: list[Run]) -> tuple[Run, ...]:
    """Runs without blanks at the ends and with single ones in between."""
    out: list[Run] = []
    for run in found:
        text = _BLANKS.sub(" ", run.text) if "  " in run.text else run.text
        if (not out or out[-1].text.endswith(" ")) and not run.link:
            text = text.lstrip(" ")
        if out and run.link.startswith("#") and replace(out[-1], text=run.text) == run:
            out[-1] = replace(out[-1], text=out[-1].text + text)
        elif text:
            out.append(run if text == run.text else _run(run, text, run.link))
    while out and not out[-1].text.rstrip():
        out.pop()
    if out and out[-1].text[-1].isspace():
        out[-1] = replace(out[-1], text=out[-1].text.rstrip())
    return tuple(out)


def _linked(link: tuple[str, str], text: str, out: list[Run], state: Run) -> list[Run]:
    """The run of a DOI or address; a resolver written before a DOI belongs to its link."""
    kind, identifier = link
    if kind == "entry":
        return [_run(state, text, "#" + anchor(identifier))]
    if kind == "url" or SAFE_ADDRESS.fullmatch(identifier):
        return [_run(state, text, link_target(identifier))]
    target = "https://doi.org/" + quote(identifier, safe="/:().;_-")
    if out and (prefix := _DOI_PREFIX.search(out[-1].text)) and prefix.group().lower().startswith("http"):
        out[-1] = _run(out[-1], out[-1].text[: prefix.start()], out[-1].link)
        text = prefix.group() + text
    return [_run(state, text, target)]
