r"""Runs as RTF 1.9: ASCII only, every other character as ``\u`` with a question mark for old readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote

from dl4es_bib.csl.output.runs import Run

#: A "<" as a number: a program that takes the file for a page finds no tag in it.
_RTF: Final = {
    "\\": r"\\",
    "<": r"\'3c",
    "{": r"\{",
    "}": r"\}",
    "\n": r"\line ",
    "\t": r"\tab ",
    "\u00a0": r"\~",
    "\u2011": r"\_",
}


def escape_rtf(text: str) -> str:
    """Text without anything RTF would act on."""
    return "".join(_RTF.get(character) or _character(character) for character in text)


def _character(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character < " ":
        return ""
    units = character.encode("utf-16-le", "surrogatepass")
    numbers = [int.from_bytes(units[place : place + 2], "little") for place in range(0, len(units), 2)]
    # The numbers are signed, of 16 bits; the blank ends the word, readers that know it pass over the mark.
    return "".join(f"\\u{number - 65536 if number > 32767 else number} ?" for number in numbers)


def write(group: Sequence[Run], escape: Callable[[str], str]) -> str:
    """Runs of one face as a fragment of RTF."""
    text = "".join(_rtf_run(run) for run in group)
    first = group[0]
    words = [
        word
        for on, word in (
            (first.italic, "\\i"),
            (first.bold, "\\b"),
            (first.underline, "\\ul"),
            (first.small_caps, "\\scaps"),
        )
        if on
    ]
    return f"{{{''.join(words)} {text}}}" if words else text


def _rtf_run(run: Run) -> str:
    text = escape_rtf(run.text)
    if run.position:
        text = f"{{\\{'super' if run.position == 'sup' else 'sub'} {text}}}"
    if run.link:
        local = "\\\\l " if run.link.startswith("#") else ""
        address = quote(run.link.removeprefix("#") if local else run.link, safe="/:().;_-?=&%#~+,@!*'$")
        text = f'{{\\field{{\\*\\fldinst{{HYPERLINK {local}"{address}"}}}}{{\\fldrslt{{{text}}}}}}}'
    return text


def document(paragraphs: list[str]) -> str:
    """A whole file of paragraphs that are RTF already."""
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\\f0\\fs24\n"
    return head + "".join(f"{paragraph}\n" for paragraph in paragraphs) + "}\n"
