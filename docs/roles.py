"""Docstrings name things as Sphinx does, ``:class:`Finding```; the site shows them as code."""

from __future__ import annotations

import re
from typing import Any

import griffe


class Roles(griffe.Extension):
    """Turns each role into plain code, shortened to the last name where it begins with ``~``."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Rewrite the docstring of an object that was read."""
        if obj.docstring:
            obj.docstring.value = re.sub(r":\w+:`(~?)([^`]+)`", _as_code, obj.docstring.value)


def _as_code(found: re.Match[str]) -> str:
    name = found[2].rpartition(".")[2] if found[1] else found[2]
    return f"`{name}`"
