"""Random texts to LaTeX and back: braces match, nothing of the text acts, and a second round changes nothing.

    python tests/fuzz/latex.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter

from rounds import check, nested, run, text

from dl4es_bib.formats.latex import markup_to_latex, to_latex, to_markup, to_unicode
from dl4es_bib.formats.latex.formula import commands
from dl4es_bib.formats.latex.mathematics import AMS, ARGUMENTS, INFIX, KERNEL, SIZES, SWITCHES, TEXTS

_OURS = frozenset(
    """textbackslash textasciitilde textasciicircum textbraceleft textbraceright textless textgreater emph textbf textsc
    textsuperscript textsubscript textnormal mbox quad left right limits nolimits sqrt i j
    null""".split()
)
_SHORT = re.compile(r"[`'^~=u.\"rHvGUfdckb,;:!>|&%#_$ \-{}]?")


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random text, as Unicode, as markup and as LaTeX."""
    given = text(chance, 14)
    latex = to_latex(given)
    figures["formulas"] += "{$" in latex
    for written in (latex, to_latex(given, target="unicode"), markup_to_latex(given)):
        check(nested(written), f"braces do not match: {given!r} gives {written!r}")
        check("^^" not in written, f"a character code: {written!r}")
        names = commands(written) - KERNEL - ARGUMENTS.keys() - AMS.keys() - TEXTS - SIZES - SWITCHES - INFIX - _OURS
        odd = [name for name in names if not _SHORT.fullmatch(name)]
        check(not odd, f"commands {odd} in {written!r}")
    # A minus sign is written as one and read as a hyphen, of which two are a dash.
    first = to_unicode(to_latex(given.replace("−", "-")))
    second = to_unicode(to_latex(first))
    # Where a dollar sign is left over, a formula that became a character moves which two are a pair; two minus signs of
    # a formula are a dash in text.
    check(
        first == second or given.count("$") % 2 == 1 or "--" in first,
        f"{given!r} gives {first!r}, and that gives {second!r}",
    )
    given = given.translate({ord(sign): "" for sign in "−-′'`"})  # two of them beside each other are one sign
    for protect in (False, True):
        read = to_markup(given, protect=protect)
        back = to_markup(markup_to_latex(read), protect=protect)
        again = to_markup(markup_to_latex(back), protect=protect)
        check(back == again, f"{read!r} gives {back!r}, and that gives {again!r}")
    to_unicode(given)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
