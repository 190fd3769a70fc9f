r"""What the text of entries asks for: chemistry and units (``\ce``, ``\SI``), journal macros of ADS (``\apj``).

A TeX installation may lack mhchem and siunitx (TeX Live has both in its collection for the sciences), so the lines of
the preamble say what the commands print without them.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.latex.journals import JOURNALS

_MACRO: Final = re.compile(r"=\s*[{\"]\s*\\([a-z]{2,12})\s*[}\"]")
_CHEMISTRY: Final = re.compile(r"\\ce\s*\{")
_UNITS: Final = re.compile(r"\\(?:SI|si|qty|unit|num)\s*[\[{]")
#: Unit or prefix of siunitx → what it prints.
_NAMES: Final = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "\\mu ", "milli": "m",
    "centi": "c", "deci": "d", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P",
    "metre": "m", "meter": "m", "second": "s", "gram": "g", "kilogram": "kg", "kelvin": "K", "hertz": "Hz",
    "pascal": "Pa", "joule": "J", "watt": "W", "volt": "V", "ampere": "A", "mole": "mol", "litre": "l", "liter": "l",
    "newton": "N", "tesla": "T", "ohm": "\\Omega ", "electronvolt": "eV", "hour": "h", "minute": "min", "day": "d",
    "bar": "bar", "degree": "^\\circ ", "celsius": "{^\\circ}C", "degreeCelsius": "{^\\circ}C", "percent": "\\%",
    "per": "/", "squared": "^2", "cubed": "^3", "square": "", "cubic": "", "of": "", "tothe": "^",
}  # fmt: skip


def packages(source: str) -> str:
    r"""Lines of a preamble for the commands of mhchem and siunitx and the journals that a source uses."""
    lines = ""
    if _CHEMISTRY.search(source):
        lines += "\\IfFileExists{mhchem.sty}{\\usepackage[version=4]{mhchem}}{}\n"
        lines += "\\providecommand{\\ce}[1]{\\ensuremath{\\mathrm{#1}}}\n"
    if _UNITS.search(source):
        names = "".join(f"\\def\\{name}{{{printed}}}" for name, printed in _NAMES.items() if f"\\{name}" in source)
        lines += (
            "\\IfFileExists{siunitx.sty}{\\usepackage{siunitx}}{}\n"
            f"\\providecommand{{\\si}}[2][]{{{{{names}\\ensuremath{{\\mathrm{{#2}}}}}}}}\n"
            "\\providecommand{\\num}[2][]{#2}\n\\providecommand{\\SI}[3][]{#2\\,\\si{#3}}\n"
            "\\providecommand{\\unit}[2][]{\\si{#2}}\n\\providecommand{\\qty}[3][]{\\SI{#2}{#3}}\n"
        )
    for macro in dict.fromkeys(_MACRO.findall(source)):
        if macro in JOURNALS:
            lines += f"\\providecommand{{\\{macro}}}{{{JOURNALS[macro]}}}\n"
    return lines
