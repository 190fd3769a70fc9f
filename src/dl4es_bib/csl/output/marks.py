"""Marks around text, in formats that write a face with marks."""

from __future__ import annotations


def around(text: str, before: str, after: str) -> str:
    """Marks around text, blanks kept outside, where emphasis needs them."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return text[:start] + before + core + after + text[start + len(core) :]
