"""``config`` and ``init``: the configuration shown and begun."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    ("name", "data", "cure"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "not text"),
        ("a.csv", b"author,title\nOde,Tides\n", "Save it as text"),
        ("a.rtf", b"{\\rtf1\\ansi Ode}", "pandoc -f rtf"),
        ("a.py", b"import os\n", "program code"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(90), "Excel"),
        ("a.bst", b"ENTRY { address } {} {label}\n", "holds no reference"),
    ],
)
def test_init_refuses_what_a_build_could_not_read(
    command: Run, project: Path, name: str, data: bytes, cure: str
) -> None:
    (project / "dl4es-bib.yaml").unlink()
    (project / name).write_bytes(data)
    code, _, err = command("init", name)
    assert (code, cure in err) == (3, True)
    assert not (project / "dl4es-bib.yaml").exists()


def test_init_for_a_file_to_come_asks_for_a_kind_that_is_read(command: Run, project: Path) -> None:
    (project / "dl4es-bib.yaml").unlink()
    assert command("init", "soon.xlsx")[0] == 3
    assert not (project / "dl4es-bib.yaml").exists()
    (project / "empty.md").write_text("")
    code, _, err = command("init", "empty.md")
    assert (code, "holds no reference yet" in err) == (0, True)
