"""Findings of every source and of the cache reach the user."""

from __future__ import annotations

from pathlib import Path

from small_project import SETTINGS, Run

from dl4es_bib.config.settings import load_config
from dl4es_bib.resolver.http.cache import default_path
from dl4es_bib.tasks.build import build


def codes(project: Path) -> set[str]:
    built = build(load_config(project / "dl4es-bib.yaml"), project, offline=True)
    return {finding.code for finding in built.findings}


def test_what_is_wrong_with_a_second_source_is_told(project: Path) -> None:
    (project / "broken.bib").write_text("@book{ode2005, title = {Tides}, year = 2005\n\n@book{bell, title = {Ice}}\n")
    (project / "dl4es-bib.yaml").write_text(SETTINGS.replace("source: list.md", "source: [list.md, broken.bib]"))
    alone = codes(project)
    (project / "dl4es-bib.yaml").write_text(SETTINGS.replace("source: list.md", "source: [broken.bib, list.md]"))
    assert codes(project) == alone
    (project / "dl4es-bib.yaml").write_text(SETTINGS)
    assert codes(project) < alone


def test_a_damaged_cache_is_told_and_the_build_goes_on(command: Run, project: Path) -> None:
    cache = default_path()
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"no database" * 1000)
    code, _, err = command("build", "--offline")
    assert code in (0, 5)
    assert f"The cache {cache} was damaged" in err
    assert (project / "references.bib").is_file()
