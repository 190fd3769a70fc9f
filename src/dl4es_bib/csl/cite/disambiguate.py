"""Telling ambiguous cites apart: given names, more names, the condition, and year suffixes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from dl4es_bib.csl.item.item import Item
from dl4es_bib.csl.item.name import Name
from dl4es_bib.csl.render.context import Context, Disambiguation, Slot
from dl4es_bib.csl.render.write_names import initials
from dl4es_bib.csl.style.sheet import Citation

#: Renders the cite of an item in a state: (text to compare, what was written).
Trial = Callable[[Item, Disambiguation], tuple[str, Context]]


class Disambiguator:
    """The four methods of the specification ("Disambiguation"), in their order.

    Arguments:
        citation: the citation element.
        trial: renders a cite as the reader would see it without affixes.
        conditions: how many conditions with ``disambiguate`` the style has.
    """

    def __init__(self, citation: Citation, trial: Trial, conditions: int) -> None:
        self._trial = trial
        self._add_names = citation.disambiguate_add_names
        self._add_given = citation.disambiguate_add_givenname
        self._add_suffix = citation.disambiguate_add_year_suffix
        self._rule = citation.givenname_disambiguation_rule
        self._conditions = conditions

    @property
    def is_active(self) -> bool:
        """Whether the style asks for any method."""
        return bool(self._add_names or self._add_given or self._add_suffix or self._conditions)

    def run(self, items: Sequence[Item]) -> dict[str, Disambiguation]:
        """What each item needs, by id.

        Arguments:
            items: all items, in the order of the bibliography, which is that of the year suffixes.
        """
        states = {item.id: Disambiguation() for item in items}
        if not self.is_active:
            return states
        written = {item.id: self._trial(item, states[item.id]) for item in items}
        if self._add_given and self._rule != "by-cite" and self._expand_globally(items, states, written):
            written = {item.id: self._trial(item, states[item.id]) for item in items}
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[written[item.id][0]].append(item)
        left: list[list[Item]] = []
        for group in groups.values():
            if len(group) > 1:
                left += self._refine(group, states)
        for group in left:
            rest = self._with_condition(group, states) if self._conditions else [group]
            if self._add_suffix:
                for members in rest:
                    for number, item in enumerate(members, start=1):
                        states[item.id].year_suffix = number
        return states

    # Names ----------------------------------------------------------------------------------------

    def _expand_globally(
        self,
        items: Sequence[Item],
        states: dict[str, Disambiguation],
        written: Mapping[str, tuple[str, Context]],
    ) -> bool:
        """Expand every ambiguous name in all cites; whether any was."""
        only_first = self._rule.startswith("primary-name")
        limit = 1 if self._rule.endswith("with-initials") else 2
        places: list[tuple[str, int, int, Name, Slot]] = []
        for item in items:
            for slot, entry in enumerate(written[item.id][1].slots):
                for index, name in enumerate(entry.names[: 1 if only_first else None]):
                    if isinstance(name, Name) and name.is_personal:
                        places.append((item.id, slot, index, name, entry))
        persons: dict[tuple[object, ...], set[tuple[str, ...]]] = defaultdict(set)
        for _, _, _, name, _ in places:
            for level in range(3):
                persons[_look(name, level)].add(_person(name))
        changed = False
        for id, slot, index, name, entry in places:
            level = entry.base
            while level < limit and len(persons[_look(name, level)]) > 1:
                level += 1 if entry.initials else 2 - level
            left = len(persons[_look(name, level)])
            # Initials that tell a name from some of its namesakes are written, too.
            if level > limit or (level == limit < 2 and 1 < left == len(persons[_look(name, entry.base)])):
                continue
            if level > entry.base:
                states[id].names.given[(slot, index)] = level
                changed = True
        return changed

    def _refine(self, group: list[Item], states: dict[str, Disambiguation]) -> list[list[Item]]:
        """Expand names until cites differ; gives the groups that stay ambiguous."""
        left: list[list[Item]] = []
        work = [group]
        while work:
            members = work.pop(0)
            parts = self._step(members, states)
            if parts is None:
                left.append(members)
            else:
                work += [part for part in parts if len(part) > 1]
        return left

    def _step(self, members: list[Item], states: dict[str, Disambiguation]) -> list[list[Item]] | None:
        """The first expansion that tells members apart, or None; states are only changed when one does."""
        if not (self._add_names or (self._add_given and self._rule == "by-cite")):
            return None
        base = {item.id: states[item.id].copy() for item in members}
        by_cite = self._add_given and self._rule == "by-cite"
        slots = {item.id: self._trial(item, states[item.id])[1].slots for item in members}
        most = max((sum(len(slot.names) for slot in one) for one in slots.values()), default=0)
        for _ in range(most + 1):
            if by_cite:
                parts = self._try_given(members, states, slots)
                if parts is not None:
                    return parts
            if not self._add_names:
                break
            grown = False
            further = _shared_after(list(slots.values()))
            for item in members:
                for number, slot in enumerate(slots[item.id]):
                    if slot.truncated:
                        states[item.id].names.shown[number] = slot.shown + further + 1
                        grown = True
                        break
            if not grown:
                break
            parts = self._partition(members, states)
            if len(parts) > 1:
                return parts
            slots = {item.id: self._trial(item, states[item.id])[1].slots for item in members}
        for item in members:
            states[item.id] = base[item.id]
        return None

    def _try_given(
        self, members: list[Item], states: dict[str, Disambiguation], slots: Mapping[str, list[Slot]]
    ) -> list[list[Item]] | None:
        places = sorted(
            {
                (number, index)
                for one in slots.values()
                for number, slot in enumerate(one)
                for index in range(slot.shown)
            }
        )
        for place in places:
            if _is_shared(place, list(slots.values())):
                continue
            before = {item.id: states[item.id].copy() for item in members}
            for level in (1, 2):
                raised = False
                for item in members:
                    one = slots[item.id]
                    if place[0] >= len(one) or place[1] >= one[place[0]].shown:
                        continue
                    slot = one[place[0]]
                    wanted = level if slot.initials else 2
                    if wanted > max(slot.base, states[item.id].names.given.get(place, 0)):
                        states[item.id].names.given[place] = wanted
                        raised = True
                if raised:
                    parts = self._partition(members, states)
                    if len(parts) > 1:
                        return parts
            for item in members:
                states[item.id] = before[item.id]
        return None

    def _partition(self, members: Sequence[Item], states: Mapping[str, Disambiguation]) -> list[list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in members:
            found[self._trial(item, states[item.id])[0]].append(item)
        return list(found.values())

    # The condition ----------------------------------------------------------------------------------

    def _with_condition(self, group: list[Item], states: dict[str, Disambiguation]) -> list[list[Item]]:
        left: list[list[Item]] = []
        work = [(group, 0)]
        while work:
            members, level = work.pop(0)
            if level >= self._conditions:
                left.append(members)
                continue
            for item in members:
                states[item.id].condition = level + 1
            parts = self._partition(members, states)
            if len(parts) == 1 and level + 1 >= self._conditions and self._add_suffix:
                for item in members:
                    states[item.id].condition = level
            work += [(part, level + 1) for part in parts if len(part) > 1]
        return left


def _is_shared(place: tuple[int, int], slots: Sequence[Sequence[Slot]]) -> bool:
    """Whether all cites have one name at a place and write it alike, so that it cannot tell them apart."""
    number, index = place
    if any(number >= len(lists) or index >= lists[number].shown for lists in slots):
        return False
    first = slots[0][number]
    return all(
        lists[number].names[index] == first.names[index]
        and (lists[number].base, lists[number].initials) == (first.base, first.initials)
        for lists in slots[1:]
    )


def _shared_after(slots: Sequence[Sequence[Slot]]) -> int:
    """How many names after those that are shown all cites share: lists of a thousand names are not tried one by one.

    Lists that are nearly whole are left alone, since "et al." or an ellipsis then goes.
    """
    cut = [next(((number, slot) for number, slot in enumerate(lists) if slot.truncated), None) for lists in slots]
    if not cut or cut[0] is None:
        return 0
    number, first = cut[0]
    others = [found[1] for found in cut if found is not None and found[0] == number and found[1].shown == first.shown]
    if len(others) < len(cut):
        return 0
    start, end = first.shown, min(len(slot.names) for slot in others) - 3
    place = start
    while place < end and all(slot.names[place] == first.names[place] for slot in others):
        place += 1
    return place - start


def _person(name: Name) -> tuple[str, ...]:
    return (name.non_dropping, name.family, name.given, name.dropping, name.suffix)


def _look(name: Name, level: int) -> tuple[object, ...]:
    if level == 0:
        return (0, name.non_dropping, name.family)
    given = initials(name.given, ".", True, True) if level == 1 else f"{name.given} {name.suffix}"
    return (level, name.non_dropping, name.family, name.dropping, given)


def letters(number: int) -> str:
    """1 → ``a``, 26 → ``z``, 27 → ``aa``."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out
