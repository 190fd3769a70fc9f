"""What a figure is before it is drawn: labelled counts, or a grid of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts side by side.

    Attributes:
        name: of its file, and in ``stats --json``.
        title: its heading.
        unit: what is counted, in the plural.
        bars: (label, count) in the order in which they are drawn.
        ordered: whether the labels are points of a scale, such as years, so that the bars stand upright.
    """

    name: str
    title: str
    unit: str
    bars: tuple[tuple[str, int], ...]
    ordered: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(count for _, count in self.bars)


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts in rows and columns.

    Attributes:
        name, title, unit: as those of :class:`Bars`.
        rows, columns: the labels.
        values: one tuple for each row, one count for each column.
        wholes: for shares, how many there could be in each row; empty for plain counts.
        names: of the columns for a program, the same in every language; empty when they are the labels.
    """

    name: str
    title: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    wholes: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(row) for row in self.values)

    def shown(self, row: int, column: int) -> str:
        """A value as it is written into its cell: a count, or a percentage; empty for nothing."""
        value = self.values[row][column]
        if not self.wholes:
            return str(value) if value else ""
        return f"{round(100 * value / self.wholes[row])} %" if self.wholes[row] else ""

    def weight(self, row: int, column: int) -> float:
        """How dark a cell is, 0 to 1."""
        value = self.values[row][column]
        most = self.wholes[row] if self.wholes else max((max(line, default=0) for line in self.values), default=0)
        return value / most if most else 0.0


Figure = Bars | Grid
