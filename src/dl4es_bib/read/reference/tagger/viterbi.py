"""The model without its library: CRFsuite's file read and decoded in plain Python.

For a platform that python-crfsuite has no wheel for. The answers are the same; it is about fifty times slower.

The file (CRFsuite 0.12, ``crf1d_model.c`` and ``cqdb.c``): a header, the features (type, source, target, weight), two
dictionaries of strings (labels, attributes), and for each label and each attribute the numbers of its features.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_HEADER: Final = struct.Struct("<4sI4s9I")
_FEATURE: Final = struct.Struct("<IIId")
_CHUNK: Final = 12
_STATE: Final = 0


@dataclass(frozen=True, slots=True)
class PlainModel:
    """A linear-chain CRF.

    Attributes:
        labels: the labels.
        states: attribute → pairs of a label's number and a weight.
        moves: weight of each label (row) before each other (column).
    """

    labels: tuple[str, ...]
    states: dict[bytes, tuple[tuple[int, float], ...]]
    moves: tuple[tuple[float, ...], ...]

    @classmethod
    def read(cls, data: bytes) -> PlainModel:
        """Read a model of CRFsuite.

        Raises:
            ValueError: the bytes are no such model.
        """
        if len(data) < _HEADER.size or data[:4] != b"lCRF":
            raise ValueError("This is not a model of CRFsuite.")
        header = _HEADER.unpack_from(data)
        label_count, attribute_count = header[5], header[6]
        features_at, labels_at, attributes_at, label_refs_at, attribute_refs_at = header[7:12]
        count = struct.unpack_from("<I", data, features_at + 8)[0]
        start = features_at + _CHUNK
        features = list(_FEATURE.iter_unpack(data[start : start + count * _FEATURE.size]))
        labels = tuple(text.decode() for text in _strings(data, labels_at, label_count))
        states = {}
        for attribute, numbers in zip(
            _strings(data, attributes_at, attribute_count),
            _references(data, attribute_refs_at, attribute_count),
            strict=True,
        ):
            states[attribute] = tuple((features[number][2], features[number][3]) for number in numbers)
        moves = [[0.0] * label_count for _ in labels]
        for numbers in _references(data, label_refs_at, label_count):
            for number in numbers:
                kind, source, target, weight = features[number]
                if kind != _STATE:
                    moves[source][target] = weight
        return cls(labels, states, tuple(tuple(row) for row in moves))

    def label(self, rows: Sequence[Sequence[bytes]]) -> tuple[list[str], list[float]]:
        """The best labels of a sequence, and how likely each is."""
        if not rows:
            return [], []
        scores = [self._scores(row) for row in rows]
        best = self._best(scores)
        likely = self._marginals(scores, best)
        return [self.labels[number] for number in best], likely

    def _scores(self, row: Sequence[bytes]) -> list[float]:
        out = [0.0] * len(self.labels)
        for attribute in row:
            for target, weight in self.states.get(attribute, ()):
                out[target] += weight
        return out

    def _best(self, scores: Sequence[Sequence[float]]) -> list[int]:
        every = range(len(self.labels))
        totals = list(scores[0])
        back: list[list[int]] = []
        for row in scores[1:]:
            came, new = [], []
            for target in every:
                source = max(every, key=lambda number, to=target: totals[number] + self.moves[number][to])  # type: ignore[misc]
                came.append(source)
                new.append(totals[source] + self.moves[source][target] + row[target])
            back.append(came)
            totals = new
        path = [max(every, key=totals.__getitem__)]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def _marginals(self, scores: Sequence[Sequence[float]], best: Sequence[int]) -> list[float]:
        """How likely the chosen label of each word is, over all ways to label the text."""
        every = range(len(self.labels))
        moves = [[math.exp(weight) for weight in row] for row in self.moves]
        states = []
        for row in scores:
            highest = max(row)
            states.append([math.exp(score - highest) for score in row])
        forward: list[list[float]] = []
        for row in states:
            if forward:
                last = forward[-1]
                row = [row[to] * sum(last[number] * moves[number][to] for number in every) for to in every]
            total = sum(row)
            forward.append([value / total for value in row])
        backward = [[1.0] * len(self.labels)]
        for row in reversed(states[1:]):
            later = [row[number] * backward[-1][number] for number in every]
            values = [sum(moves[number][to] * later[to] for to in every) for number in every]
            total = sum(values)
            backward.append([value / total for value in values])
        backward.reverse()
        out = []
        for ahead, behind, number in zip(forward, backward, best, strict=True):
            products = [ahead[place] * behind[place] for place in every]
            out.append(products[number] / sum(products))
        return out


def _strings(data: bytes, at: int, count: int) -> list[bytes]:
    """The strings of a constant database (CQDB), by their numbers."""
    _, _, _, _, size, offset = struct.unpack_from("<4sIIIII", data, at)
    places = struct.unpack_from(f"<{size}I", data, at + offset)
    out = []
    for place in places[:count]:
        _, length = struct.unpack_from("<II", data, at + place)
        out.append(data[at + place + 8 : at + place + 8 + length - 1])
    return out


def _references(data: bytes, at: int, count: int) -> list[tuple[int, ...]]:
    out = []
    for place in struct.unpack_from(f"<{count}I", data, at + _CHUNK):
        length = struct.unpack_from("<I", data, place)[0]
        out.append(struct.unpack_from(f"<{length}I", data, place + 4))
    return out
