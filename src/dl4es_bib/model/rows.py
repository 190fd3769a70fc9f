"""A list of rows: the readers, providers, export targets, record formats … that there are.

Each list is one :class:`Rows`. A row is a frozen dataclass with a ``name``. Option choices, the names in the
configuration, ``--help`` and the reference page derive from the rows. Other packages add rows by entry points::

    [project.entry-points."dl4es_bib.readers"]
    todo = "my_package.todo:READER"
"""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import entry_points
from typing import Generic, Protocol, TypeVar

from dl4es_bib.model.errors import UsageError


class Named(Protocol):
    """What every row has."""

    @property
    def name(self) -> str:
        """What options and the configuration call it."""
        ...


Row = TypeVar("Row", bound=Named)


class Rows(Generic[Row]):
    """The rows of one list, those of the project first, then those of other packages.

    Arguments:
        kind: what a row is, for messages: ``reader``, ``export target``.
        group: the entry point group in which other packages offer theirs.
        row_type: the class of the rows; an entry point that gives anything else is left out with a warning.
        built_in: the rows of the project.
    """

    def __init__(self, kind: str, group: str, row_type: type[Row], built_in: tuple[Row, ...]) -> None:
        self.kind = kind
        self.group = group
        self.built_in = built_in
        self._row_type = row_type

    def __repr__(self) -> str:
        return f"<{self.kind}s: {', '.join(self.names)}>"

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all rows, in their order."""
        return tuple(self._all)

    def get(self, name: str) -> Row | None:
        """The row of that name, or ``None``."""
        return self._all.get(name)

    def named(self, name: str) -> Row:
        """The row of that name.

        Raises:
            UsageError: there is none; the message names the nearest.
        """
        row = self._all.get(name)
        if row is None:
            near = difflib.get_close_matches(name, self._all, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(self._all)}."
            raise UsageError(f"There is no {self.kind} named {name[:80]}. {hint}")
        return row

    @cached_property
    def _all(self) -> dict[str, Row]:
        rows = {row.name: row for row in self.built_in}
        for entry_point in entry_points(group=self.group):
            try:
                row = entry_point.load()
            except Exception as error:  # another package's code: whatever is wrong with it must not stop this program
                warnings.warn(
                    f"The {self.kind} {entry_point.name} ({entry_point.value}) cannot be loaded: {error}", stacklevel=2
                )
                continue
            if not isinstance(row, self._row_type):
                message = f"{entry_point.value} is no {self._row_type.__name__} and is left out."
                warnings.warn(message, stacklevel=2)
            elif row.name in rows:
                message = f"The {self.kind} {row.name} of {entry_point.value} is left out: the name is taken."
                warnings.warn(message, stacklevel=2)
            else:
                rows[row.name] = row
        return rows
