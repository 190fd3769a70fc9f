"""The repository's own example: the book's list, from the document to compiled chapters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dl4es_bib.cli import run
from dl4es_bib.cli.serialise import document_json
from dl4es_bib.tasks.project import scan

ROOT = Path(__file__).parents[2]
CONFIRMED = """CampsValls21wiley zhu2017deep zhang2016deep ma2019deep yuan2020deep rasp2018deep jones2017machine
dueben2018challenges reichstein2019deep bergen2019machine mohajerani2019 zhang2019 bolibar2020
Braakmann-Folgmann2019 huang2018 huang2020 abolt2020 singh2019 tuia2021collective campsvalls2021perspective
leong2020-data abolt2020-data""".split()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh copy of what `make demo` needs, built without network, cache or earlier results."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copy(ROOT / "dl4es-bib.yaml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        assert run(["build", "--offline"]) == 0
        yield folder


def lock(project: Path) -> dict[str, dict[str, object]]:
    entries: dict[str, dict[str, object]] = yaml.safe_load((project / "dl4es-bib.lock").read_text())["entries"]
    return entries


def entry(project: Path, key: str) -> str:
    text = (project / "references.bib").read_text()
    found = re.search(rf"^@\w+\{{{re.escape(key)},\n(?:  .*\n)*\}}", text, re.M)
    assert found, key
    return found.group()


def test_scanning_finds_all_chapters_and_items() -> None:
    document = document_json(scan(str(ROOT / "examples/dl4es/README.md")))
    assert document["counts"] == {
        "chapters": 23, "items": 89, "reference": 12, "reference_stub": 9, "resource": 68, "citation_keys": 9,
        "links": 95, "distinct_links": 92, "dois": 8,
    }  # fmt: skip
    empty = [chapter["number"] for chapter in document["chapters"] if not chapter["items"]]
    assert empty == [4, 8, 18, 19, 20, 21]


def test_every_work_with_a_record_is_confirmed_and_no_other(project: Path) -> None:
    decisions = {key: one["decision"] for key, one in lock(project).items()}
    assert sorted(key for key, one in decisions.items() if one == "confirmed") == sorted(CONFIRMED)
    assert [key for key, one in decisions.items() if one == "needs-review"] == ["leong2020"]
    assert sorted(key for key, one in decisions.items() if one == "not-checked") == sorted(
        ["doi-b9pt-8x03", "huang2020-data", "zhang2019-data"]
    )


def test_the_title_that_is_not_the_papers_goes_to_review_with_its_candidate(project: Path) -> None:
    candidates = lock(project)["leong2020"]["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0]["identifier"] == "10.5194/tc-14-3687-2020"
    assert "doi =" not in entry(project, "leong2020")
    assert "keywords = {needs-review}" in entry(project, "leong2020")


def test_a_record_completes_an_author_list_and_says_so(project: Path) -> None:
    assert "and Carvalhais, Nuno and Prabhat}" in entry(project, "reichstein2019deep")
    one = lock(project)["reichstein2019deep"]
    assert one["provenance"]["author"] == "record index 10.1038/s41586-019-0912-1"  # type: ignore[index]
    assert one["sources"] == ["examples/dl4es/README.md:43", "examples/dl4es/README.md:236"]


def test_preprints_stay_preprints(project: Path) -> None:
    for key, number in (("tuia2021collective", "2104.05107"), ("singh2019", "1901.04412")):
        text = entry(project, key)
        assert f"eprint = {{{number}}}" in text
        assert "journaltitle" not in text
        assert "10.1109" not in text


def test_values_that_the_snapshot_marks_stay_marked(project: Path) -> None:
    one = lock(project)["jones2017machine"]
    assert one["provenance"]["doi"] == "record index 10.1038/548379a (unconfirmed)"  # type: ignore[index]
    assert one["provenance"]["pages"] == "record index 10.1038/548379a"  # type: ignore[index]


def test_the_committed_library_and_lock_are_what_a_build_makes(project: Path) -> None:
    for name in ("references.bib", "dl4es-bib.lock"):
        assert (project / name).read_bytes() == (ROOT / name).read_bytes()


def test_every_chapter_has_its_bibliographies_in_both_styles(project: Path) -> None:
    folders = [path for path in (project / "build/bibliographies").iterdir() if path.is_dir()]
    assert len(folders) == 24
    for folder in folders:
        names = {path.name for path in folder.iterdir()}
        assert {"references.bib", "references.json", "references.apa.html", "references.ieee.tex"} <= names
    introduction = (project / "build/bibliographies/01-introduction/references.apa.txt").read_text()
    assert (
        "Reichstein, M., Camps-Valls, G., Stevens, B., Jung, M., Denzler, J., Carvalhais, N., & Prabhat. (2019). "
        "Deep learning and process understanding for data-driven Earth system science. Nature, 566(7743), 195–204. "
        "https://doi.org/10.1038/s41586-019-0912-1"
    ) in introduction


def test_every_address_of_the_document_is_in_the_lists_as_it_is(project: Path) -> None:
    document = document_json(scan(str(ROOT / "examples/dl4es/README.md")))
    whole = (project / "build/bibliographies/all/references.ieee.txt").read_text()
    items = json.loads((project / "build/bibliographies/all/references.json").read_text())
    shown = {item["URL"] for item in items if "URL" in item and "DOI" not in item}
    for url in shown:
        assert url in whole
    resources = [item for chapter in document["chapters"] for item in chapter["items"] if item["kind"] == "resource"]
    plain = {link["url"] for item in resources for link in item["links"] if "doi" not in link}
    assert plain <= shown


@pytest.mark.tex
@pytest.mark.parametrize("flavour", ["biblatex", "natbib"])
def test_a_book_of_all_chapters_compiles_without_a_warning_about_citations(project: Path, flavour: str) -> None:
    folder = project / flavour
    assert run(["latex", "-o", str(folder), *(["--natbib"] if flavour == "natbib" else [])]) == 0
    cited = [path.stem for path in sorted(folder.glob("chapter*.bib"))]
    assert len(cited) == 17
    pdflatex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "main"]
    _must_run(pdflatex, folder)
    for program in [["biber", "--quiet", "main"]] if flavour == "biblatex" else [["bibtex", one] for one in cited]:
        output = _must_run(program, folder)
        # BibTeX also remarks on fields that are empty: web pages have no year.
        remarks = [line for line in output.splitlines() if line.startswith(("WARN", "Warning"))]
        assert [line for line in remarks if not line.startswith("Warning--empty")] == [], output
    _must_run(pdflatex, folder)
    _must_run(pdflatex, folder)
    log = (folder / "main.log").read_text(encoding="latin-1")
    assert not re.search(r"Warning: (?:Citation|There were undefined|Empty bibliography|.*rerun)", log), log[-3000:]
    assert "undefined" not in log


def _must_run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, output[-3000:]
    return output
