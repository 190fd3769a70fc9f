"""Where square brackets of Markdown close."""

from __future__ import annotations

from typing import Final

#: A citation is never longer: no bracket is looked for behind it.
LONGEST: Final = 2_000


def closing_bracket(text: str, start: int, longest: int = LONGEST) -> int:
    """Where the bracket closes that was opened before ``start``; -1 when it does not within its paragraph, or within
    ``longest`` characters."""
    depth = 0
    for position in range(start, min(len(text), start + longest)):
        character = text[position]
        if character in "[]" and text[position - 1] == "\\":
            continue
        if character == "[":
            depth += 1
        elif character == "]":
            if not depth:
                return position
            depth -= 1
        elif character == "\n" and text.startswith("\n\n", position):
            return -1
    return -1
