"""The built package: what an index shows of it, and that a wheel alone does what the README says."""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from tour import run_blocks, shell_blocks

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sdist and wheel, the wheel made from the sdist as on an index."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from that holds the wheel's content and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_an_index_can_show_wheel_and_sdist(built: Path) -> None:
    files = sorted(map(str, built.iterdir()))
    assert len(files) == 2
    command = [sys.executable, "-m", "twine", "check", "--strict", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_links_and_pictures_of_the_shown_readme_are_absolute_and_lead_to_files(installed: Path) -> None:
    (metadata,) = installed.glob("*.dist-info/METADATA")
    message = email.message_from_string(metadata.read_text("utf-8"))
    text = re.sub(r"^```.*?^```", "", str(message.get_payload()), flags=re.M | re.S)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    assert targets
    source = PROJECT["urls"]["Source"]
    raw = source.replace("github.com", "raw.githubusercontent.com")
    for target in targets:
        assert target.startswith(("https://", "#")), target
        for start in (f"{source}/blob/main/", f"{raw}/main/"):
            if target.startswith(start):
                assert (ROOT / target.removeprefix(start).partition("#")[0]).exists(), target


def test_the_wheel_holds_the_package_its_licence_and_the_mark_of_types(installed: Path) -> None:
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {"dl4es_bib"}
    assert (installed / "dl4es_bib/py.typed").is_file()
    starts = ROOT / "src/dl4es_bib/export/starts"
    for path in starts.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert (installed / "dl4es_bib/export/starts" / path.relative_to(starts)).is_file()
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def test_the_sdist_holds_what_its_tests_and_pages_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"tests/test_docs.py", "docs/generate.py", "examples/dl4es/records.jsonl", "hatch_build.py"} <= names


def test_the_wheel_alone_runs_the_tour_of_the_readme(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = [sys.executable, "-c", "import dl4es_bib; print(dl4es_bib.__file__)"]
    done = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(installed / "dl4es_bib/__init__.py")
    run_blocks(shell_blocks(ROOT / "README.md"), tmp_path, environment)


def test_the_citation_file_and_the_package_name_one_version_and_one_address() -> None:
    from dl4es_bib import __version__

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (citation["version"], citation["repository-code"]) == (__version__, PROJECT["urls"]["Source"])


def test_every_python_that_is_promised_is_in_the_matrix() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    promised = [name.rpartition(" ")[2] for name in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert matrix["python"] == promised
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
