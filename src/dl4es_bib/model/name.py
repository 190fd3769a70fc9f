"""A person or an organisation, in the parts CSL knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_CSL_PARTS = (
    ("family", "family"),
    ("given", "given"),
    ("dropping-particle", "dropping_particle"),
    ("non-dropping-particle", "non_dropping_particle"),
    ("suffix", "suffix"),
    ("literal", "literal"),
)


def _joined(particle: str, family: str) -> str:
    return particle + family if particle.endswith(("-", "'", "’")) else f"{particle} {family}".strip()


@dataclass(frozen=True, slots=True)
class Name:
    """One name (CSL 1.0.2, "Names"; the parts are those of csl-data.json).

    A name that cannot be divided, an organisation or a mononym is kept whole in ``literal``.

    Attributes:
        family: the family name without its particles.
        given: given names or initials as written.
        dropping_particle: a particle dropped when only the family name is shown (``van`` in
            *Ludwig van Beethoven*).
        non_dropping_particle: a particle that stays (``de`` in *Maarten V. de Hoop*); BibTeX's *von*.
        suffix: ``Jr.``, ``III``; BibTeX's *jr*.
        literal: the undivided name.
    """

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __bool__(self) -> bool:
        return bool(self.family or self.given or self.literal)

    def __str__(self) -> str:
        """The name in reading order: given, particles, family, suffix; or the literal."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.given, self.whole_family, self.suffix) if part)

    @property
    def whole_family(self) -> str:
        """The family name with both particles before it; one that ends in a hyphen or an
        apostrophe stands close (*al-Khwarizmi*)."""
        particles = f"{self.dropping_particle} {self.non_dropping_particle}".strip()
        return _joined(particles, self.family)

    @property
    def surname(self) -> str:
        """What the name is filed under: particle and family name, or the literal."""
        if self.literal:
            return self.literal
        return _joined(self.non_dropping_particle, self.family) or self.given

    def to_csl(self) -> dict[str, str]:
        """The name as a CSL-JSON name object, empty parts left out."""
        return {csl: value for csl, part in _CSL_PARTS if (value := getattr(self, part))}

    @classmethod
    def from_csl(cls, data: Mapping[str, object]) -> Name:
        """Read a CSL-JSON name object; unknown members are ignored, numbers become text."""
        return cls(
            **{
                part: " ".join(str(value).split())
                for csl, part in _CSL_PARTS
                if isinstance(value := data.get(csl), str | int | float)
            }
        )
