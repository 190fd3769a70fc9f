"""The trained model, read when the first reference is labelled."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, Protocol

#: The file of the model, next to this one. ``tools/train_reference_model.py`` writes it.
FILE: Final = "reference.crfsuite.gz"


class Labeller(Protocol):
    """What labels the words of a text."""

    def label(self, rows: Sequence[Sequence[bytes]]) -> tuple[list[str], list[float]]:
        """The best labels for rows of attributes, and how likely each is."""
        ...


class _Library:
    """The model in python-crfsuite."""

    def __init__(self, data: bytes) -> None:
        import pycrfsuite

        self._data = data  # the tagger reads in these bytes and does not keep them
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(data)
        self._lock = threading.Lock()  # a tagger holds the text that it labels

    def label(self, rows: Sequence[Sequence[bytes]]) -> tuple[list[str], list[float]]:
        if not rows:
            return [], []
        with self._lock:
            tagger = self._tagger
            tagger.set(rows)
            labels = tagger.tag()
            return labels, [tagger.marginal(label, place) for place, label in enumerate(labels)]


def read_model(data: bytes, *, plain: bool = False) -> Labeller:
    """A model from its bytes.

    Args:
        data: the file.
        plain: read it in plain Python even where python-crfsuite is there.
    """
    if not plain:
        try:
            return _Library(data)
        except ImportError:
            pass
    from dl4es_bib.read.reference.tagger.viterbi import PlainModel

    return PlainModel.read(data)


@lru_cache(maxsize=1)
def model() -> Labeller | None:
    """The model of the package; ``None`` where its file is absent, and the rules read alone."""
    file = resources.files(__package__).joinpath(FILE)
    return read_model(gzip.decompress(file.read_bytes())) if file.is_file() else None
