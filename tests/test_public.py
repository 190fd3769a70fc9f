"""The public interface."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dl4es_bib


def test_everything_that_is_promised_is_there() -> None:
    for name in dl4es_bib.__all__:
        assert getattr(dl4es_bib, name) is not None, name
    assert set(dl4es_bib.__all__) == {*dl4es_bib._HOMES, "__version__"}


def test_what_is_not_promised_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dl4es_bib.nothing


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    code = "import sys, dl4es_bib; print([name for name in sys.modules if name.startswith('dl4es_bib.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['dl4es_bib._version']"


def test_a_reference_is_parsed_through_the_public_interface() -> None:
    work = dl4es_bib.parse_reference('Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.')
    assert (work.title, work.year) == ("On Tides", 2004)
