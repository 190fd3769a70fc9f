"""Pages in headless Chromium: what a script on them does, and what axe-core says of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_MODULES = Path(__file__).parents[2] / "build" / "browser"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: results of the steps, what the console had to say, requests to elsewhere, faults of axe-core."""

    results: list[Any]
    errors: list[str]
    requests: list[str]
    violations: list[str]


def look(page: Path, *steps: dict[str, Any]) -> Look:
    """Open a page and take steps on it; skips where no browser is, but not in continuous integration."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    node = shutil.which("node")
    modules = Path(os.environ.get("DL4ES_BIB_BROWSER", str(_MODULES)))
    if browser is None or node is None or not (modules / "node_modules" / "axe-core").is_dir():
        missing = "Chromium, Node.js, or what 'make browser' installs is missing."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    script = Path(__file__).with_name("look.mjs")
    done = subprocess.run(
        [node, str(script), browser, str(modules), str(page.resolve()), json.dumps(steps)],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Look(**json.loads(done.stdout))
