"""Another package adds a reader, a provider, an export target, a record format and a check rule.

Each is one file and one row.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parent / "plugin"
LIST = """\
[ ] Ode, A. Tides of the northern shelf. Sea Letters 12, 15 (2004).
[x] Bell, B. Nobody knows it. Ice 3, 7 (2010).
"""

#: Runs Python with the plug-in installed, in a folder of its own; what it printed.
Python = Callable[..., str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from with the plug-in, installed from its wheel."""
    folder = tmp_path_factory.mktemp("plugin")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(PLUGIN)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


@pytest.fixture
def python(site: Path, tmp_path: Path) -> Python:
    paths = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "XDG_CACHE_HOME": str(tmp_path / "cache"), "COLUMNS": "200"}
    environment["PYTHONWARNINGS"] = "error::UserWarning"  # what is said of an entry point that cannot be used

    def call(*arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in codes, done.stdout + done.stderr
        return done.stdout

    return call


@pytest.mark.parametrize(
    ("verb", "shown"),
    [("scan", "checklist"), ("build", "--shelf-url"), ("export", "key-list"), ("convert", "title-lines")],
)
def test_the_help_lists_what_the_package_adds(python: Python, verb: str, shown: str) -> None:
    assert shown in python("-m", "dl4es_bib", verb, "--help")


def test_the_schema_of_the_configuration_lists_what_the_package_adds(python: Python) -> None:
    code = "import json; from dl4es_bib.config.settings import Config; print(json.dumps(Config.model_json_schema()))"
    schema = json.loads(python("-c", code))
    services = next(part for name, part in schema["$defs"].items() if name.endswith("Services"))
    assert {"crossref", "shelf"} <= set(services["properties"])
    code = "from dl4es_bib.config.settings import parse_config as p; print(p('formats: [key-list]').formats)"
    assert python("-c", code).strip() == "('key-list',)"


def test_a_build_uses_what_the_package_adds(python: Python, tmp_path: Path) -> None:
    (tmp_path / "works.checklist").write_text(LIST)
    settings = "source: works.checklist\nformats: [key-list]\noutput: lists\nservices: {shelf: {enabled: true}}\n"
    (tmp_path / "dl4es-bib.yaml").write_text(settings)
    python("-m", "dl4es_bib", "build", "--offline", codes=(0, 5))
    library = (tmp_path / "references.bib").read_text()
    assert "pages = {15--29}" in library
    assert "Nobody knows it" in library
    assert '"provider": "shelf"' in (tmp_path / "dl4es-bib.lock").read_text()
    (keys,) = [
        path.read_text().split() for path in tmp_path.glob("lists/*/references.keys") if path.parent.name != "all"
    ]
    assert [key for key in keys if f"{{{key}," in library] == keys
    assert len(keys) == 2
    printed = python("-m", "dl4es_bib", "convert", "works.checklist", "--to", "title-lines")
    assert printed.splitlines()[0].endswith("\t2004\tTides of the northern shelf")


def test_without_the_service_the_build_does_not_ask_it(python: Python, tmp_path: Path) -> None:
    (tmp_path / "works.checklist").write_text(LIST)
    (tmp_path / "dl4es-bib.yaml").write_text("source: works.checklist\nservices: {shelf: {enabled: false}}\n")
    python("-m", "dl4es_bib", "build", "--offline", codes=(0, 5))
    assert '"provider": "shelf"' not in (tmp_path / "dl4es-bib.lock").read_text()


def test_a_check_applies_the_rule_that_the_package_adds(python: Python, tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(
        "@book{ode, title = {Tides}, author = {Ode, Ann}, publisher = {P}, year = 2004}\n"
    )
    found = python(
        "-c",
        "from dl4es_bib.bib.file import parse\n"
        "from dl4es_bib.check.run import check\n"
        "found = check([parse(open('works.bib').read(), 'works.bib')])\n"
        "print(*(violation.finding for violation in found), sep='\\n')",
    )
    assert "The book ode has no ISBN." in found


def test_without_the_package_none_of_it_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dl4es_bib", "convert", "x.checklist", "--to", "title-lines"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "title-lines" in done.stderr
