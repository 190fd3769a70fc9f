"""How the time of reading grows with the size of a document, in CPU seconds.

    python bench/growth_read.py [ROW ...]

Each row is a document of one kind, read at doubling sizes up to 8,000 pieces; links in a paragraph up to 50,000. The
exponent is the slope between the smallest size that takes more than 50 ms and the largest: 1 is linear, 2 quadratic.
Where fewer than two sizes take that long, the sizes are made eight times larger; what is still too short says so. The
exit code is 1 when an exponent is above 1.2.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from measuring import LIMIT, exponent, seconds

from dl4es_bib.disk.source import decode
from dl4es_bib.identify.document import identified
from dl4es_bib.read.readers import read

SIZES: Final = (1_000, 2_000, 4_000, 8_000)
#: Rows with sizes of their own.
OWN_SIZES: Final = {"links in a paragraph": (6_250, 12_500, 25_000, 50_000)}


def reference(number: int) -> str:
    """A reference that no other line repeats."""
    year = 1950 + number % 70
    return f"Ode, A., & Bell, B. ({year}). On the tides of bay {number}. Sea Letters, {number % 90 + 1}(1), 1-9."


def _repeated(piece: Callable[[int], str], between: str, before: str = "", after: str = "\n") -> Callable[[int], str]:
    return lambda size: before + between.join(piece(number) for number in range(size)) + after


def _address(number: int) -> str:
    return f"https://a.example/{number}"


ROWS: Final[dict[str, tuple[str, Callable[[int], str]]]] = {
    "references in a list": ("md", _repeated(lambda n: f"* {reference(n)}", "\n")),
    "references in one paragraph, a line each": ("md", _repeated(reference, "\n")),
    "references in one line": ("md", _repeated(reference, " ")),
    "references in a text, a line each": ("txt", _repeated(reference, "\n")),
    "references in a text, blank lines": ("txt", _repeated(reference, "\n\n")),
    "references in one line of a text": ("txt", _repeated(reference, " ")),
    "lines that are no references": ("txt", _repeated(lambda n: f"some words, {n}, and more of them", "\n")),
    "links of one item": ("md", _repeated(lambda n: f"[paper {n}]({_address(n)})", " ", "* **On Tides** ")),
    "bare addresses of one item": ("md", _repeated(_address, " ", "* Tides: ")),
    "links in a paragraph": ("md", _repeated(lambda n: f"[a]({_address(n)})", " and ", "See ")),
    "DOIs in one item": ("md", _repeated(lambda n: f"10.5555/a.{n}", " ", "* Tides ")),
    "DOI links in one item": ("md", _repeated(lambda n: f"<https://doi.org/10.5555/a.{n}>", " ", "* Tides ")),
    "line breaks in a quote": ("md", _repeated(lambda n: f"> line {n}<br>", "\n")),
    "line breaks in one line": ("md", _repeated(lambda n: f"line {n}<br>", "", "* ")),
    "headings": ("md", _repeated(lambda n: f"## Part {n}\n\n* {reference(n)}", "\n\n")),
    "headings alone": ("md", _repeated(lambda n: f"### Part {n}", "\n")),
    "table rows": (
        "md",
        _repeated(lambda n: f"| Tides {n} | Letters | [code]({_address(n)}) |", "\n", "|Title|Venue|Code|\n|-|-|-|\n"),
    ),
    "table cells": ("md", _repeated(lambda n: f"| [a]({_address(n)}) ", "", "|Title|\n|-|\n")),
    "link definitions": ("md", _repeated(lambda n: f"[a{n}]: {_address(n)}", "\n", "* [a0] [a1]\n\n")),
    "HTML list": ("md", _repeated(lambda n: f"<li>{reference(n)}</li>", "\n", "<ul>\n", "\n</ul>\n")),
    "HTML table": ("md", _repeated(lambda n: f"<tr><td>Tides {n}</td></tr>", "\n", "<table>\n", "\n</table>\n")),
    "emphasis in one line": ("md", _repeated(lambda n: f"*a{n}*", " ", "* ")),
    "resources below one item": ("md", _repeated(lambda n: f"  Code: {_address(n)}", "\n", "* On tides of the bay\n")),
    "entries nested side by side": ("md", _repeated(lambda n: f"  - Gauge {n}: {_address(n)}", "\n", "* Gauges\n")),
    "blank-parted lines": ("txt", _repeated(lambda n: f"line {n % 900 + 100} of the text", "\n\n")),
    "equal headings with an item": ("md", _repeated(lambda n: f"## Tides\n\n* {reference(n)}", "\n\n")),
    "the same reference again": ("md", _repeated(lambda _: f"* {reference(7)}", "\n")),
    "the same link again": ("md", _repeated(lambda _: f"* [Tides]({_address(7)})", "\n")),
    "entries of one key": ("bib", _repeated(lambda n: f"@book{{ode2004, title = {{Tides {n}}}}}", "\n")),
    "HTML page": (
        "html",
        _repeated(lambda n: f"<p>{reference(n)}</p>", "\n", "<!doctype html><html><body>\n", "</body></html>"),
    ),
    "RIS without end tags": ("ris", _repeated(lambda n: f"TY  - JOUR\nTI  - Tides {n}\nAU  - Ode, A.", "\n")),
}  # fmt: skip


def reading(kind: str, text: str) -> Callable[[], object]:
    """Reading a document, identifiers included."""
    return lambda: identified(read(decode(text.encode(), f"list.{kind}")))


def row(name: str) -> bool:
    """Measure and print a row; whether it grows no faster than allowed."""
    kind, make = ROWS[name]
    sizes = OWN_SIZES.get(name, SIZES)
    times = [seconds(partial(reading, kind, make(size))) for size in sizes]
    if exponent(sizes, times) is None:
        sizes = tuple(size * 8 for size in sizes)
        times = [seconds(partial(reading, kind, make(size))) for size in sizes]
    slope = exponent(sizes, times)
    steep = slope is not None and slope > LIMIT
    shown = "too short" if slope is None else f"exponent {slope:5.2f}"
    taken = "  ".join(f"{time_taken:7.2f}" for time_taken in times)
    print(f"{name:42} {sizes[-1]:>7} {taken}   {shown}{'  TOO STEEP' if steep else ''}", flush=True)
    return not steep


def main(arguments: list[str]) -> int:
    """Measure and print the rows; the exit code is 1 when one grows faster than allowed."""
    # As the command does when it starts.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    good = True
    for name in ROWS:
        if not arguments or any(argument in name for argument in arguments):
            good &= row(name)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
