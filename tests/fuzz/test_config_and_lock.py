"""A short run of the two fuzz scripts; long runs are for the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dl4es_bib

HERE = Path(__file__).parent


@pytest.mark.parametrize("script", ["config.py", "lock.py"])
def test_no_damaged_input_breaks_anything(script: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(dl4es_bib.__file__).parent.parent)}
    command = [sys.executable, str(HERE / script), "400", "7"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
