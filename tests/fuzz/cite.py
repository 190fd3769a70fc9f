"""Random Markdown with citations, written by styles: what is no citation stays, every cited work is listed, nothing hangs.

    python tests/fuzz/cite.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from rounds import check, run, text

from dl4es_bib.identify.citations.clusters import clusters, nocite
from dl4es_bib.identify.citations.rename import citations
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.tasks.cite import cite_document

KEYS = ("ode2004", "Bee:2005", "k_1", "a-b", "é2001", "none", "*", "x.y", "10.5555/a")
LIBRARY = """\
@article{ode2004, author = {Ode, Ann}, title = {Tides of the {Sound}}, journal = {Sea Letters}, year = 2004}
@book{Bee:2005, author = {Bee, Bo and Dee, Di and Fee, Fo and Gee, Gus}, title = {Fog_1 *and* <b>}, publisher = {P}, year = 2005}
@misc{k_1, title = {No author}, url = {https://a.example/x_y(z)}}
@misc{a-b, author = {{A Group}}, note = {[x](javascript:y)}}
@online{é2001, author = {van der Hoek, Jan}, title = {$x^2$ \\& \\emph{y}}, year = 2001}
"""
PIECES = (
    "[@", "@", "[-@", "-@", "; @", "; see @", "]", "[", "(", ")", ", p. 3]", ", pp. 3-9, 12", " [p. 3]", "[chap. iv]", ", {ii, A}",
    "@{", "}", "`", "```\n", "~~~\n", "{cite}`", "{cite:p}`", "{cite:t}`", ",", "<!--", "-->", "---\nnocite: |\n  @", "---\n",
    "nocite: '@*'\n", "\n", "\n\n", "# ", "## References\n", "::: {#refs}\n", ":::\n", "[^1]: ", "[^1]", "^[", "a@b.example",
    "\\@", "\\[", "![", "](x)", "](@", "*", "**", "_", "|", "    ", "> ", "- ", "\r\n", "s.v. ", "§ ", "$", "<b>", "&amp;",
)  # fmt: skip
STYLES = ("apa", "ieee", "chicago-notes-bibliography", "nature")


def document(chance: random.Random) -> str:
    """One random document; now and then one of its pieces is there thousands of times."""
    written = "".join(
        chance.choice(KEYS)
        if (kind := chance.random()) < 0.3
        else chance.choice(PIECES)
        if kind < 0.85
        else text(chance, 4)
        for _ in range(chance.randrange(60))
    )
    if chance.random() < 0.08:
        some = "".join(
            chance.choice((*PIECES, *KEYS, "#", " ", " ", " ", "x")) for _ in range(chance.choice((1, 1, 2, 3)))
        )
        many = some * chance.randrange(3000)
        written = chance.choice((many + written, written + many, f"{written}# {many}x", f"#{many}x\n\n"))
    return written.replace("\0", "").encode("utf-8", "ignore").decode()


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random document, whose citations are found and written."""
    given = document(chance)
    found = clusters(given)
    figures["citations"] += len(found)
    position = 0
    for cluster in found:
        check(position <= cluster.start < cluster.end <= len(given), f"citations overlap: {cluster} in {given!r}")
        position = cluster.end
        for mention in cluster.mentions:
            check(mention.key in given[cluster.start : cluster.end], f"{mention} is not in {given!r}")
    named = {mention.key for cluster in found for mention in cluster.mentions} | set(nocite(given))
    spans = {given[start:end] for start, end in citations(given, "markdown")}
    # A role may hold what is no key; it is reported as one that is missing.
    check(named & set(KEYS) <= spans | {"*"}, f"{named - spans} are cited here alone: {given!r}")
    if chance.random() < 0.6:
        return
    with tempfile.TemporaryDirectory() as folder:
        path, library = Path(folder, chance.choice(("d.md", "d.qmd"))), Path(folder, "l.bib")
        path.write_text(given, encoding="utf-8", newline="")
        library.write_text(LIBRARY, encoding="utf-8")
        try:
            made = cite_document(str(path), [library], style=chance.choice(STYLES))
        except DL4ESBibError as error:
            figures["refused"] += 1
            check(bool(str(error)), "an error without a sentence")
            return
        figures["written"] += 1
        known = {key for key in named if f"{{{key}," in LIBRARY}
        check(made.references == (5 if "*" in set(nocite(given)) else len(known)), f"{made} of {known}: {given!r}")
        check(not set(made.missing) & known, f"{made.missing} are there: {given!r}")
        position = 0
        for cluster in found:
            for word in given[position : min(cluster.start, 3000)].split():
                # The mark of a note changes places with the punctuation behind it.
                check(word.strip(".,;:") in made.text, f"{word!r} of {given!r} is lost: {made.text!r}")
            position = cluster.end


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
