"""Entries that are no works: control entries of styles, data for others to inherit, sets and notes.

Sources: IEEEtran (``@IEEEtranBSTCTL``), REVTeX (``@CONTROL``), biblatex manual §2.1.1 (``@set``, ``@xdata``,
``@bibnote``).
"""

from __future__ import annotations

from typing import Final

_CONTROLS: Final = frozenset({"xdata", "set", "bibnote", "control", "comment"})


def is_control_type(entry_type: str) -> bool:
    """Whether entries of a type (in lower case) are no works, so that they are never listed nor looked up."""
    return entry_type in _CONTROLS or entry_type.endswith("bstctl")
