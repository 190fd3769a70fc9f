"""The main job on a small project: what is written, what stays, what is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from small_project import SETTINGS, tree

from dl4es_bib.config.settings import Config, parse_config
from dl4es_bib.model.errors import ConfigError, NothingToDo, UsageError
from dl4es_bib.tasks import build as pipeline
from dl4es_bib.tasks.build import Built, build


def built(folder: Path, extra: str = "", **options: bool) -> Built:
    return build(parse_config(SETTINGS + extra), folder, **{"offline": True, **options})


def test_every_item_ends_in_one_of_four_outcomes_and_everything_is_written(project: Path) -> None:
    done = built(project)
    assert dict(done.counts) == {"confirmed": 2, "not-checked": 3, "link": 2}
    text = (project / "references.bib").read_text()
    for key in (
        "ode19sea",
        "ode2004tides",
        "bell2006drifting",
        "dee2010",
        "dee2010-code",
        "dee2010-data",
        "gauges",
    ):
        assert f"{{{key},\n" in text
    assert "author = {Ode, Ann and Bell, Bo}" in text
    assert text.count("keywords = {not-checked}") == 3


def test_a_confirmed_entry_says_where_each_value_comes_from(project: Path) -> None:
    built(project)
    lock = yaml.safe_load((project / "dl4es-bib.lock").read_text())["entries"]
    entry = lock["dee2010"]
    assert (entry["record"]["provider"], entry["record"]["identifier"]) == ("index", "10.5555/floes")
    assert entry["provenance"]["volume"] == "record index 10.5555/floes (unconfirmed)"
    assert entry["provenance"]["title"] == "record index 10.5555/floes"
    assert entry["sources"] == ["list.md:20"]
    assert lock["ode2004tides"]["sources"] == ["list.md:12", "list.md:23"]


def test_a_second_run_writes_nothing_at_all(project: Path) -> None:
    built(project)
    before = tree(project)
    again = built(project)
    assert again.written == ()
    assert tree(project) == before


def test_a_deleted_or_damaged_bibliography_is_written_again(project: Path) -> None:
    built(project)
    one, other = project / "out/01-tides/references.apa.md", project / "out/all/references.bib"
    before = one.read_bytes(), other.read_bytes()
    one.unlink()
    other.write_bytes(b"damaged")
    assert set(built(project).written) == {one, other}
    assert (one.read_bytes(), other.read_bytes()) == before


def test_what_a_renamed_chapter_leaves_behind_goes_unless_somebody_changed_it(project: Path) -> None:
    built(project)
    note = project / "out/02-empty/references.apa.md"
    note.write_text("mine")
    source = project / "list.md"
    source.write_text(source.read_text().replace("02: Empty", "02: Calm").replace("03: Ice", "03: Floes"))
    built(project)
    names = {path.name for path in (project / "out").iterdir() if path.is_dir()}
    assert names == {"01-tides", "02-calm", "02-empty", "03-floes", "all"}
    assert [path.name for path in (project / "out/02-empty").iterdir()] == [note.name]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": "dl4es-bib-export/1", "files": {"../../x": "y"}}'])
def test_a_damaged_record_of_the_last_export_costs_a_fresh_one_only(project: Path, text: str) -> None:
    built(project)
    before = tree(project / "out")
    manifest = project / "out/.dl4es-bib-export.json"
    manifest.write_text(text)
    assert built(project).written == ()
    assert {name: data for name, (_, data) in tree(project / "out").items()} == {
        name: data for name, (_, data) in before.items()
    }


def test_a_hand_edited_year_survives_and_shows_in_the_bibliographies(project: Path) -> None:
    built(project)
    library = project / "references.bib"
    library.write_text(library.read_text().replace("date = {2004}", "date = {2005}"))
    done = built(project)
    assert "date = {2005}" in library.read_text()
    assert [finding.code for finding in done.findings if finding.code == "edited-by-hand"]
    assert "(2005)" in (project / "out/01-tides/references.apa.txt").read_text()


def test_every_chapter_has_its_files_also_an_empty_one(project: Path) -> None:
    built(project)
    folders = sorted(path.name for path in (project / "out").iterdir() if path.is_dir())
    assert folders == ["01-tides", "02-empty", "03-ice", "all"]
    names = {path.name for path in (project / "out/02-empty").iterdir()}
    assert names == {path.name for path in (project / "out/03-ice").iterdir()}
    assert json.loads((project / "out/02-empty/references.json").read_text()) == []
    whole = json.loads((project / "out/all/references.json").read_text())
    assert len({item["id"] for item in whole}) == len(whole) == 7


def test_a_chapters_bib_file_holds_exactly_what_it_cites(project: Path) -> None:
    built(project)
    text = (project / "out/03-ice/references.bib").read_text()
    assert {line for line in text.splitlines() if line.startswith("@")} == {
        "@article{dee2010,", "@software{dee2010-code,", "@dataset{dee2010-data,", "@article{ode2004tides,",
        "@online{gauges,",
    }  # fmt: skip


def test_a_decision_of_the_users_is_taken_and_named(project: Path) -> None:
    built(project)
    done = built(project, "decisions:\n  bell2006drifting: 10.5555/floes\n  ode19sea: none\n")
    entry = done.update.lock.entries["bell2006drifting"]
    assert (entry.decision, entry.reasons) == ("confirmed", ("decided in dl4es-bib.yaml",))
    assert done.update.lock.entries["ode19sea"].decision == "link"


def test_a_decision_that_is_no_identifier_is_refused(project: Path) -> None:
    with pytest.raises(ConfigError, match="is no identifier"):
        built(project, "decisions:\n  dee2010: soon\n")


def test_a_decision_that_names_nothing_is_a_finding(project: Path) -> None:
    done = built(project, "decisions:\n  nobody2000: 10.5555/x\n")
    assert "decides-nothing" in [finding.code for finding in done.findings]


def test_a_decision_holds_in_a_fresh_copy_too(project: Path) -> None:
    done = built(project, "decisions:\n  bell2006drifting: none\n")
    assert done.update.lock.entries["bell2006drifting"].decision == "link"


def test_a_build_that_cannot_export_writes_no_library(project: Path) -> None:
    with pytest.raises(UsageError, match="nosuch"):
        built(project, "styles: nosuch\n")
    assert not (project / "references.bib").exists()


def test_one_work_with_a_short_title_is_one_entry(project: Path) -> None:
    (project / "list.md").write_text(
        "## Chapter 1: A\n* Ode, A. (2005). On tides. Sea Letters, 13(1), 1-9.\n"
        '## Chapter 2: B\n* Ode, Anna. "On tides." Sea Letters 13.1 (2005): 1-9.\n'
    )
    assert set(built(project).keys.values()) == {"ode2005tides"}


def test_links_can_be_left_out(project: Path) -> None:
    done = built(project, "links: false\n")
    assert "gauges" not in done.keys.values()
    assert "dee2010-code" in done.keys.values()


def test_a_document_without_references_is_an_error_and_nothing_is_written(project: Path) -> None:
    (project / "list.md").write_text("# Nothing\n\nWords.\n")
    with pytest.raises(NothingToDo, match="no reference was found"):
        built(project)
    assert not (project / "references.bib").exists()


def test_two_runs_that_overlap_both_keep_what_the_other_wrote(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*arguments: object, **options: object) -> object:
        # Another run, on another document, saves while this one waits for answers.
        monkeypatch.setattr(pipeline, "resolve_in_parts", resolve)
        (project / "other.md").write_text("* Buoys: https://a.example/buoys\n")
        other = Config.model_validate({**parse_config(SETTINGS).model_dump(), "source": ("other.md",)})
        build(other, project, offline=True)
        return resolve(*arguments, **options)

    resolve: Callable[..., object] = pipeline.resolve_in_parts
    monkeypatch.setattr(pipeline, "resolve_in_parts", meanwhile)
    built(project)
    text = (project / "references.bib").read_text()
    lock = yaml.safe_load((project / "dl4es-bib.lock").read_text())["entries"]
    assert "@online{buoys," in text
    assert "@article{ode2004tides," in text
    assert {"buoys", "ode2004tides"} <= set(lock)


def test_two_sources_are_one_document(project: Path) -> None:
    (project / "more.md").write_text("## Chapter 04: Wind\n* Anemometers: https://a.example/wind\n")
    config = Config.model_validate({**parse_config(SETTINGS).model_dump(), "source": ("list.md", "more.md")})
    done = build(config, project, offline=True)
    assert (project / "out/04-wind").is_dir()
    assert "anemometers" in done.keys.values()


def test_what_stands_beside_a_linked_title_is_kept_until_a_record_says_it(project: Path) -> None:
    line = "## Chapter 1: A\n* [{}](https://doi.org/{}) - Dee et al., Ice Notes 2010\n"
    (project / "list.md").write_text(line.format("Calving fronts from space", "10.5555/calving"))
    built(project)
    text = (project / "references.bib").read_text()
    for part in ("doi = {10.5555/calving}", "author = {Dee and others}", "journaltitle = {Ice Notes}", "date = {2010}"):
        assert part in text
    (project / "list.md").write_text(line.format("Melting of floes and the sound it makes", "10.5555/floes"))
    built(project)
    entries = (project / "references.bib").read_text().split("\n@")
    entry = next(entry for entry in entries if "10.5555/floes" in entry)
    assert "author = {Dee, Cy}" in entry
    assert "note" not in entry
