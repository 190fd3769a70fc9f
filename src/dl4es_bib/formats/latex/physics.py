r"""Quantities of siunitx and formulas of mhchem as plain text: ``\SI{5}{\micro\metre}`` → ``5 µm``."""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.formats.latex import symbols as table

#: siunitx manual, "Unit macros": SI units, accepted units, and those that titles hold beside them.
UNITS: Final = {
    "metre": "m", "meter": "m", "second": "s", "kilogram": "kg", "gram": "g", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω", "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H",
    "lumen": "lm", "lux": "lx", "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "katal": "kat", "radian": "rad",
    "steradian": "sr", "celsius": "°C", "degreeCelsius": "°C", "degree": "°", "arcminute": "′", "arcsecond": "″",
    "minute": "min", "hour": "h", "day": "d", "year": "a", "hectare": "ha", "litre": "l", "liter": "L", "tonne": "t",
    "dalton": "Da", "electronvolt": "eV", "bar": "bar", "atmosphere": "atm", "angstrom": "Å", "barn": "b",
    "knot": "kn", "decibel": "dB", "bel": "B", "neper": "Np", "percent": "%", "astronomicalunit": "au",
    "parsec": "pc", "bit": "bit", "byte": "B", "m": "m", "cm": "cm", "mm": "mm", "um": "µm", "nm": "nm", "km": "km",
    "kg": "kg", "g": "g", "mg": "mg", "s": "s", "ms": "ms", "us": "µs", "ns": "ns", "K": "K", "Hz": "Hz",
    "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "THz": "THz", "Pa": "Pa", "hPa": "hPa", "kPa": "kPa", "MPa": "MPa",
    "GPa": "GPa", "eV": "eV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "TeV": "TeV", "V": "V", "W": "W", "kW": "kW",
    "MW": "MW", "GW": "GW", "J": "J", "kJ": "kJ", "N": "N", "l": "l", "ml": "ml",
}  # fmt: skip
PREFIXES: Final = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m",
    "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G",
    "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi",
}  # fmt: skip
_POWERS: Final = {"square": "²", "cubic": "³"}
_AFTER: Final = {"squared": "²", "cubed": "³"}
_UNIT_TOKEN = re.compile(r"\\([A-Za-z]+)|\^\{?(-?\d{1,3})\}?|([.~*])|([^\\^.~*{}\s]+)")
_NUMBER = re.compile(r"\s*([^eEdDx]*)(?:[eEdD]([+-]?\d{1,6}))?\s*")


def number(text: str) -> str:
    """A number as siunitx reads it: ``1e-3`` → ``1 × 10⁻³``, ``5 \\pm 1`` → ``5 ± 1``, a minus sign for ``-``."""
    text = text.replace(r"\pm", "±").replace("+-", "±").replace(r"\times", "×")
    match = _NUMBER.fullmatch(text)
    whole, power = (match[1].strip(), match[2]) if match else (text.strip(), None)
    whole = re.sub(r"^-", "−", whole)
    if power is None:
        return whole
    raised = "".join(table.SUPERSCRIPT[character] for character in power.lstrip("+"))
    return f"{whole} × 10{raised}" if whole else f"10{raised}"


def unit(text: str) -> str:
    r"""A unit: ``\kilo\metre\per\second`` → ``km s⁻¹``, ``m.s^{-1}`` → ``m s⁻¹``."""
    parts: list[str] = []
    prefix = power = ""
    per = False
    for command, exponent, dot, plain in _UNIT_TOKEN.findall(text):
        if command in PREFIXES and command not in UNITS:
            prefix += PREFIXES[command]
        elif command == "per":
            per = True
        elif command in _POWERS:
            power = _POWERS[command]
        elif command in _AFTER or exponent:
            raised = _AFTER.get(command) or "".join(table.SUPERSCRIPT[char] for char in exponent)
            if parts:
                parts[-1] = parts[-1].removesuffix("⁻¹") + ("⁻" if parts[-1].endswith("⁻¹") else "") + raised
        elif not dot:
            name = UNITS.get(command, command) if command else plain
            raised = f"⁻{power or '¹'}" if per else power
            parts.append(prefix + name + raised)
            prefix, power, per = "", "", False
    if prefix:
        parts.append(prefix)
    return "\u2009".join(parts)


def quantity(value: str, of: str) -> str:
    """A number with its unit, parted by a no-break space; degrees of angle stand close to it."""
    shown, measure = number(value), unit(of)
    close = measure[:1] in ("°", "′", "″") and measure != "°C"
    return shown + ("" if close or not shown or not measure else "\u00a0") + measure


def angle(text: str) -> str:
    """``5;30;12`` → ``5°30′12″``."""
    return "".join(part.strip() + sign for part, sign in zip(text.split(";"), "°′″", strict=False) if part.strip())


_CHEMISTRY = re.compile(
    r"(?P<arrow><-+>|<=+>|-+>|<-+)|\^\{?(?P<charge>[^{}\s]{1,8})\}?|_\{?(?P<low>[^{}\s]{1,8})\}?|"
    r"(?P<count>(?<=[A-Za-z)\]])\d{1,6})(?P<sign>[+-](?![A-Za-z0-9(]))?|(?P<end>(?<=[A-Za-z)\]])[+-](?=\s|$))|"
    r"\\(?P<command>[A-Za-z]+)\s*|(?P<dropped>[{}$])|(?P<bond>(?<=\S)-(?=\S))|(?P<text>.)",
    re.S,
)
_ARROWS: Final = {"->": "→", "<-": "←", "<->": "↔", "<=>": "⇌", "<-->": "⇄", "<<=>>": "⇌"}


def formula_of_chemistry(text: str) -> str:
    r"""A formula of mhchem: ``H2O`` → ``H₂O``, ``SO4^2-`` → ``SO₄²⁻``, ``->`` → ``→``."""
    out: list[str] = []
    for match in _CHEMISTRY.finditer(text[:2_000]):
        if match["arrow"]:
            out.append(_ARROWS.get(match["arrow"], "→"))
        elif match["charge"]:
            out.append(_shifted(match["charge"], table.SUPERSCRIPT))
        elif match["low"]:
            out.append(_shifted(match["low"], table.SUBSCRIPT))
        elif match["count"]:
            out.append(_shifted(match["count"], table.SUBSCRIPT))
            out.append(_shifted(match["sign"] or "", table.SUPERSCRIPT))
        elif match["end"]:
            out.append(_shifted(match["end"], table.SUPERSCRIPT))
        elif match["command"]:
            out.append(table.symbol(match["command"]) or "")
        elif match["bond"]:
            out.append("-")
        elif match["text"]:
            out.append(match["text"])
    return "".join(out)


def _shifted(text: str, characters: dict[str, str]) -> str:
    return "".join(characters[char] for char in text) if all(char in characters for char in text) else text
