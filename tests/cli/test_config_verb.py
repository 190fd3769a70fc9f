"""``config`` and ``init``: the configuration shown and begun."""

from __future__ import annotations

import json
import os
from pathlib import Path

import yaml
from small_project import Run

from dl4es_bib.config.settings import parse_config


def test_the_configuration_is_shown_and_begun(command: Run, project: Path) -> None:
    code, out, _ = command("config")
    assert code == 0
    assert yaml.safe_load(out)["source"] == ["list.md"]
    assert json.loads(command("config", "--json")[1])["schema"] == "dl4es-bib/1"
    assert command("init")[0] == 2
    os.remove("dl4es-bib.yaml")
    code, out, _ = command("init", "list.md")
    assert code == 0
    assert parse_config((project / "dl4es-bib.yaml").read_text()).source == ("list.md",)
