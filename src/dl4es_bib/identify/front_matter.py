"""The front matter of a Markdown document: YAML between two rules at its very beginning."""

from __future__ import annotations

import re
from typing import Final

#: Group 1 is the YAML; the match ends where the document goes on.
FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
