"""What stands before a reference and is none of it: "Required:", "Week 3:", the call "Dee et al. [2016]"."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.read.boundaries import begins_like_reference
from dl4es_bib.read.inline import Line
from dl4es_bib.read.reference import looks_like_reference

_WORDS: Final = (
    r"required|optional|recommended|suggested|further|additional|background|supplementa(?:ry|l)|main|primary|secondary|"
    r"core|mandatory|assigned|read(?:ing)?s?|text ?books?|texts?|papers?|articles?|books?|chapters?|see(?: also)?|"
    r"reference|source|citation|please cite|cite(?: as)?|how to cite|recommended citation|discussion|lecture|for|"
    r"pflicht(?:lektüre)?|lektüre|literatur|zusatz(?:lektüre)?|pflichtlektüre|weiterführend|"
    r"lectures?|obligatoire|facultatif|obligatoria|opcional|complementaria|lecturas?|obbligatori[ao]|facoltativ[ao]|letture"
)
_KNOWN: Final = re.compile(
    rf"[\[(*]{{0,2}}(?:{_WORDS})(?:\s(?:{_WORDS})){{0,2}}[\])*]{{0,2}}\s?(?::|：|\s[–—-])\s?\*{{0,2}}\s*", re.I
)
#: "Week 3: ", "Lecture 2 (Jan 9): "; no name with initials, no title.
_ANY: Final = re.compile(r"[^\W\d_a-z][^.,:;\"“”()\[\]]{1,30}(?:\([^()]{1,20}\))?:\s+(?=[^\W\d_])")
#: "Dee et al. [2016]", "Dee and Ode (2016a)": what LaTeX writes before the entries of a list by authors and years.
_CALL: Final = re.compile(
    r"(?P<family>(?:[a-zß-öø-ÿ']{1,4}\s){0,2}[^\W\d_a-z][^\W\d_]*(?:[-'’ ][^\W\d_]+){0,2})"
    r"(?:,?\s(?:and|&)\s[^\W\d_a-z][\w'’ -]{0,40}?|,?\set\sal\.?)?"
    r",?\s?[\[(](?:1[5-9]|20)\d\d[a-z]?[\])][.:]?\s+(?=[^\W\d_])"
)
#: Where the family name of a call must stand again.
_NAMES: Final = 90


def without_label(line: Line) -> Line:
    """A line without the label that stands before its reference."""
    match = _KNOWN.match(line.text)
    if match is not None and looks_like_reference(line.text[match.end() :]):
        return line.part(match.end(), len(line.text))
    call = _CALL.match(line.text)
    if call is not None:
        named = line.text[call.end() : call.end() + _NAMES]
        again = re.search(rf"(?<!\w){re.escape(call['family'])}(?!\w)[.,]?\s", named)
        # "Kaiming He" or "He, K."; no title that names the body again.
        if again is not None and all(word[:1].isupper() for word in named[: again.start()].split()[:5]):
            return line.part(call.end(), len(line.text))
    match = _ANY.match(line.text)
    if match is not None and begins_like_reference(line.text[match.end() :]):
        return line.part(match.end(), len(line.text))
    return line
