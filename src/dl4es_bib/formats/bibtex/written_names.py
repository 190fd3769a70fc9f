"""Names as BibTeX and biblatex write them: the way back of :mod:`dl4es_bib.formats.bibtex.names`."""

from __future__ import annotations

from collections.abc import Sequence

from dl4es_bib.formats.bibtex.entry import mended
from dl4es_bib.formats.bibtex.names import EXTENDED, OTHERS, is_one_group, name_parts, split_names
from dl4es_bib.formats.latex import Target, to_latex
from dl4es_bib.model.name import Name


def format_names(names: Sequence[Name], *, et_al: bool = False, target: Target = "pdflatex") -> str:
    """Write an author list that :func:`~dl4es_bib.formats.bibtex.names.parse_names` reads back as the same names.

    Always the form *von Last, Jr, First*. Braces keep together what BibTeX would divide: literals, a family
    name with a comma, with " and " or beginning with a lower case word. BibTeX has one kind of particle, so
    a dropping particle comes back as a non-dropping one.
    """
    written = [_write(name, target) for name in names if name]
    return " and ".join([*written, "others"] if et_al else written)


def _write(name: Name, target: Target) -> str:
    if name.literal or not name.family:
        return "{" + mended(to_latex(name.literal or name.given, target=target)) + "}"
    von = f"{name.dropping_particle} {name.non_dropping_particle}".strip()
    family, given, suffix, particle = (
        mended(to_latex(part, target=target)) for part in (name.family, name.given, name.suffix, von)
    )
    if particle.endswith(("'", "’")):
        family, particle = particle + family, ""  # BibTeX would set a blank between them
    if suffix and not given:
        family, suffix = f"{family}, {suffix}", ""
    whole = f"{particle} {family}".strip() if not particle.endswith("-") else particle + family
    parts = name_parts(whole + ", X")
    if parts.last != family or parts.von != particle.rstrip("-") or parts.jr:
        # Braces around the family keep a lower case beginning out of the particle …
        whole = f"{particle} {{{family}}}".strip()
        parts = name_parts(whole + ", X")
        if parts.last != f"{{{family}}}" or parts.von != particle:
            # … and around both when the particle does not look like one ("Van Dyke").
            whole = f"{{{particle} {family}}}" if particle else f"{{{family}}}"
    suffix = _shielded(suffix)
    given = _shielded(given)
    if not given and not suffix and name_parts(whole).last != whole and not particle:
        # "World Health Organization" would be read as a given and a family name.
        whole = "{" + whole + "}"
    if not given and is_one_group(whole) and not suffix:
        return whole
    pieces = [part for part in (whole, suffix, given) if part]
    if too_many_commas_for_biber(", ".join(pieces)):
        pieces = [part if is_one_group(part) else f"{{{part}}}" for part in pieces]
    return ", ".join(pieces)


def too_many_commas_for_biber(name: str) -> bool:
    """Whether biber skips the entry with "too many commas": it counts those in braces, too.

    It does not count in a name that begins and ends with a brace, nor in an extended one
    (``Biber::Input::file::bibtex``).
    """
    name = name.strip()
    return name.count(",") > 2 and not (name.startswith("{") and name.endswith("}")) and not EXTENDED.match(name)


def _shielded(part: str) -> str:
    """Braced when it holds what divides names."""
    divides = "," in part or len(split_names(f"x {part} x")) > 1 or part.lower() in OTHERS
    return "{" + part + "}" if divides else part
