"""Given names of the authors of Crossref's records (CC0), as a word list next to this file.

``tools/train_reference_model.py`` writes it.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

GIVEN_NAMES: Final = frozenset(
    resources.files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8").split()
)
