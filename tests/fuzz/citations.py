"""Random documents that cite: keys are found and renamed in LaTeX, Markdown, notebooks and other markup.

    python tests/fuzz/citations.py [COUNT] [SEED]

No crash, no hang; a key stands where it is said to stand; a renaming changes those places and nothing else, and undoing
it gives the document back. Each input has a seed of its own, ``SEED + number``.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rounds import check, run, text

from dl4es_bib.identify.citations.cited import cited_keys
from dl4es_bib.identify.citations.rename import citations, kind_of, with_keys
from dl4es_bib.model.errors import DL4ESBibError

KEYS = ("ode2004", "Bee:2005", "k_1", "a-b", "é2001", "ode2004tides", "*", "x.y", "doi:10.5555/a")
LATEX = (
    r"\cite{", r"\citep[see][12]{", r"\cites(a)(b)[c]{", r"\textcquote[1]{", r"\blockcquote{", r"\nocite{*}", r"\bibentry{",
    r"\verb|\cite{no}|", r"\begin{verbatim}", r"\end{verbatim}", r"\iffalse", r"\fi", r"\else", r"\begin{comment}",
    r"\end{comment}", r"\newcommand{\mine}[1]{\cite{#1}}", r"\mine{", r"\def\own#1{\citep{#1}}", r"\own{", r"\let\x\cite",
    r"\x{", r"\input{part}", r"\include{fuzz}", r"\end{document}", r"\begin{document}", "%", "\n", "\n\n", "{", "}", "[",
    "]", ",", " ", "\\", "^^5c", "$x$", r"\NewDocumentCommand{\n}{m o}{\cite{#1}}", r"\n{", r"\bibliography{refs}",
    r"\addbibresource{refs.bib}", r"\newcommand\loop{\loop\loop}\loop", r"\footnote{", "#1", "##", r"\expandafter",
)  # fmt: skip
MARKUP = (
    "[@", "@", "[-@", "; @", "]", "`", "```\n", "~~~\n", "{cite}`", "{cite:p}`", ":cite:`", "[cite:@", "[cite/t:@", "<!--",
    "-->", "---\nbibliography: refs.bib\n---\n", "{@", "}", "\\@", "a@b.example", "[p. 3]", "\n", "\n\n", "    ", "#+",
    r"\citep{", "[^1]:", "<ref name=", "{{sfn|", "|", "cite:", "&", "citeauthor:", "nocite: |\n  @",
)  # fmt: skip
NAMES = ("fuzz.tex", "fuzz.md", "fuzz.qmd", "fuzz.rst", "fuzz.org", "fuzz.ipynb", "fuzz.Rnw", "fuzz.typ")


def document(chance: random.Random, name: str) -> str:
    """One random document of a kind."""
    pieces = LATEX if name.endswith(("tex", "Rnw")) else MARKUP
    written = "".join(
        chance.choice(KEYS)
        if (kind := chance.random()) < 0.3
        else chance.choice(pieces)
        if kind < 0.85
        else text(chance, 4)
        for _ in range(chance.randrange(60))
    )
    if chance.random() < 0.03:
        written = chance.choice(pieces) * chance.randrange(3000) + written
    if not name.endswith("ipynb"):
        return written
    cells = [
        {"cell_type": chance.choice(("markdown", "code", "raw", 5)), "source": chance.choice((lines, "".join(lines)))}
        for lines in (written.splitlines(keepends=True), [written[::-1]])
    ]
    whole = json.dumps(
        {"nbformat": 4, "cells": cells}, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1))
    )
    return whole if chance.random() < 0.8 else whole[: chance.randrange(len(whole) + 1)]


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random document, whose keys are listed and renamed."""
    name = chance.choice(NAMES)
    given = document(chance, name).encode("utf-8", "ignore").decode()
    kind = kind_of(name)
    if kind is not None:
        spans = list(citations(given, kind)) if kind != "notebook" else []
        figures["keys"] += len(spans)
        for start, end in spans:
            check(0 <= start < end <= len(given), f"a key at {(start, end)}")
        wishes = {
            given[start:end]: f"New{number}"
            for number, (start, end) in enumerate(spans)
            if given[start:end] in KEYS[:6]
        }
        if kind == "notebook":
            wishes = {key: f"New{number}" for number, key in enumerate(KEYS[:6])}
        written, count = with_keys(given, kind, wishes)
        check(bool(count) or written == given, "a renaming of nothing changes the document")
        back, again = with_keys(written, kind, {new: old for old, new in wishes.items()})
        # In a notebook a string that is changed is written anew.
        check(kind == "notebook" or (again == count and back == given), f"{given!r} comes back as {back!r}")
        figures["renamed"] += count
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(given, encoding="utf-8", newline="")
        try:
            found = cited_keys(path)
        except DL4ESBibError as error:
            figures["refused"] += 1
            check(bool(str(error)), "an error without a sentence")
            return
        figures["cited"] += len(found.keys)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
