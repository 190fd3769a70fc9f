"""Weights of :mod:`probability`. Written by ``tools/train_match_probability.py``; not to be edited by hand."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[tuple[float, ...]] = (
    -2.7731,
    0.6601,
    -1.3671,
    0.1046,
    -1.2345,
    -0.2386,
    -2.0858,
    0.7497,
    -1.6181,
    0.4699,
    -0.9352,
    -0.3202,
    -0.6572,
    1.173,
    -1.3806,
    0.776,
    0.6998,
    0.0,
    0.3561,
    0.0,
    0.0,
    1.006,
    -0.2798,
    -1.6052,
    0.9103,
    0.1677,
    1.5565,
    -1.0088,
    0.6815,
    0.0,
    1.6991,
)
