"""The examples in docstrings do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import dl4es_bib


def test_every_example_in_a_docstring_gives_what_it_shows() -> None:
    names = [module.name for module in pkgutil.walk_packages(dl4es_bib.__path__, "dl4es_bib.")]
    results = [doctest.testmod(importlib.import_module(name)) for name in ["dl4es_bib", *names]]
    assert sum(result.attempted for result in results) >= 5
    assert sum(result.failed for result in results) == 0
