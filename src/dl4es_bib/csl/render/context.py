"""What is known while one cite or reference is evaluated, and what the evaluation leaves behind."""

from __future__ import annotations

from dataclasses import dataclass, field

from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.output.tree import Node
from dl4es_bib.csl.style.sheet import SortNames

#: Positions of a cite, from the first to the most specific.
FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)


@dataclass(slots=True)
class NameState:
    """How far the names of an item were expanded to tell it from others.

    Attributes:
        shown: slot of names → how many are shown at least.
        given: (slot, index of the name) → 1 for initials, 2 for full given names.
    """

    shown: dict[int, int] = field(default_factory=dict)
    given: dict[tuple[int, int], int] = field(default_factory=dict)

    def copy(self) -> NameState:
        """An independent copy."""
        return NameState(dict(self.shown), dict(self.given))


@dataclass(slots=True)
class Disambiguation:
    """What tells an item from others: expanded names, the condition, a suffix of the year."""

    names: NameState = field(default_factory=NameState)
    condition: int = 0
    year_suffix: int = 0

    def copy(self) -> Disambiguation:
        """An independent copy."""
        return Disambiguation(self.names.copy(), self.condition, self.year_suffix)


class Context:
    """The state of one evaluation.

    Groups watch ``called`` and ``found``: how many variables were asked for and how many had a value.
    """

    __slots__ = (
        "called",
        "condition_used",
        "dis",
        "first_names",
        "first_note",
        "found",
        "hidden",
        "in_bibliography",
        "item",
        "label",
        "locator",
        "near_note",
        "number",
        "position",
        "recorder",
        "slot",
        "slots",
        "sorting",
        "suffix_only",
        "suffix_text",
        "suffix_written",
        "suppress_names",
        "trial",
    )

    def __init__(self, item: Item, in_bibliography: bool) -> None:
        self.item = item
        self.in_bibliography = in_bibliography
        self.locator = ""
        self.label = "page"
        self.position = FIRST
        self.near_note = False
        self.first_note = ""
        self.number = item.number
        self.called = 0
        self.found = 0
        self.hidden: set[str] = set()
        self.recorder: list[str] | None = None
        self.sorting: SortNames | None = None
        self.dis: Disambiguation | None = None
        self.condition_used = 0
        self.suffix_text = ""
        self.suffix_written = False
        self.suffix_only = False
        self.suppress_names = False
        #: Whether cites are compared for disambiguation: dates of access do not count.
        self.trial = False
        self.slot = 0
        #: One entry for each list of names that was written: (names, shown, levels open to expansion).
        self.slots: list[Slot] = []
        self.first_names: Node | None = None


@dataclass(slots=True)
class Slot:
    """A list of names as it was written.

    Attributes:
        names: all names of the variable.
        shown: how many were written.
        truncated: whether there was an "et al.".
        initials: whether the style can show given names as initials.
        base: given-name level that is written without expansion: 0 none, 1 initials, 2 full.
    """

    names: tuple[object, ...]
    shown: int
    truncated: bool
    initials: bool
    base: int
