"""The main job on a small project: what is written, what stays, what is said."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from small_project import SETTINGS, Run

from dl4es_bib.cli import run
from dl4es_bib.config.settings import Config, parse_config
from dl4es_bib.model.errors import ConfigError, NothingToDo, UsageError
from dl4es_bib.tasks import build as pipeline
from dl4es_bib.tasks.build import Built, build


def built(folder: Path, extra: str = "", **options: bool) -> Built:
    return build(parse_config(SETTINGS + extra), folder, **{"offline": True, **options})


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


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
    assert entry["record"] == "index 10.5555/floes"
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


def test_a_build_from_a_folder_below_gives_the_same_library_and_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["build", "--offline"]) == 0
    before = tree(project)
    (project / "below").mkdir()
    monkeypatch.chdir(project / "below")
    assert run(["build", "--offline"]) == 0
    assert tree(project) == before


def test_two_runs_that_overlap_both_keep_what_the_other_wrote(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*arguments: object, **options: object) -> object:
        # Another run, on another document, saves while this one waits for answers.
        monkeypatch.setattr(pipeline, "resolve", resolve)
        (project / "other.md").write_text("* Buoys: https://a.example/buoys\n")
        other = Config.model_validate({**parse_config(SETTINGS).model_dump(), "source": ("other.md",)})
        build(other, project, offline=True)
        return resolve(*arguments, **options)

    resolve: Callable[..., object] = pipeline.resolve
    monkeypatch.setattr(pipeline, "resolve", meanwhile)
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


# -- the command line -------------------------------------------------------------------------------------


def test_build_reports_counts_and_places(command: Run) -> None:
    code, out, err = command("build", "--offline")
    assert code == 0
    assert "3 chapters, 5 items" in out
    assert "confirmed" in out
    assert "references.bib: 7 entries, 7 new" in out
    assert err == ""


def test_build_as_json_carries_the_schema(command: Run) -> None:
    code, out, _ = command("build", "--offline", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["schema"] == "dl4es-bib/1"
    assert data["counts"]["confirmed"] == 2
    assert {"dee2010", "ode2004tides"} <= {answer["id"] for answer in data["answers"]}


def test_strict_exits_with_4_when_something_is_open(command: Run) -> None:
    code, _, err = command("build", "--offline", "--strict")
    assert code == 4
    assert "3 entries are not confirmed" in err


def test_without_a_network_all_is_written_one_line_says_what_was_not_checked_and_the_exit_is_5(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "DATACITE", "ARXIV"):
        # Nothing listens on the discard port of this machine.
        monkeypatch.setenv(f"DL4ES_BIB_{name}_URL", "http://127.0.0.1:9")
    code, _, err = command("build")
    assert code == 5
    assert len([line for line in err.splitlines() if line.startswith("Not checked: 3 entries")]) == 1
    assert (project / "out/all/references.apa.html").is_file()


def test_build_needs_a_source_or_a_configuration(command: Run, project: Path) -> None:
    os.remove("dl4es-bib.yaml")
    code, _, err = command("build", "--offline")
    assert code == 2
    assert "dl4es-bib init" in err
    assert command("build", "list.md", "--offline", "--bib", "mine.bib", "-s", "nature")[0] == 0
    assert (project / "mine.bib").is_file()
    assert (project / "mine.lock").is_file()
    assert (project / "build/bibliographies/all/references.nature.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("build", "none.md", "--offline"), 3, "none.md does not exist"),
        (("build", "picture.png", "--offline"), 3, "is not text"),
        (("build", ".", "--offline"), 3, "is a folder"),
        (("build", "--offline", "-s", "iee"), 2, "ieee"),
        (("build", "--offline", "--config", "none.yaml"), 2, "none.yaml"),
        (("build", "--offline", "--config", "list.yaml"), 2, "list.yaml:1: the configuration is a list"),
        (("build", "--offline", "-o", "list.md/out"), 2, "list.md"),
        (("buidl",), 2, "Did you mean 'build'?"),
        (("build", "--ofline"), 2, "--offline"),
        (("resolve", "list.md", "--crossref-url", "file:///x"), 2, "https://"),
        (("export", "--cited-in", "none.aux"), 3, "none.aux"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_exit_code(
    command: Run, project: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (project / "picture.png").write_bytes(b"\x89PNG\r\n\0\0\0")
    (project / "list.yaml").write_text("- a\n- b\n")
    exit_code, _, err = command(*arguments)
    assert exit_code == code
    assert message in err
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_scan_shows_the_tree_and_json_holds_it_whole(command: Run) -> None:
    code, out, _ = command("scan", "list.md")
    assert code == 0
    assert "3 chapters, 5 items" in out
    code, out, _ = command("scan", "--json", "list.md")
    data = json.loads(out)
    assert data["schema"] == "dl4es-bib/1"
    assert data["counts"] == {
        "chapters": 3, "items": 5, "reference": 3, "reference_stub": 1, "resource": 1, "citation_keys": 1,
        "links": 5, "distinct_links": 4, "dois": 3,
    }  # fmt: skip


def test_scan_of_nothing_says_so(command: Run, project: Path) -> None:
    (project / "empty.md").write_text("")
    code, _, err = command("scan", "empty.md")
    assert code == 1
    assert "no reference was found" in err


def test_parse_answers_every_line(command: Run, project: Path) -> None:
    (project / "strings.txt").write_text(
        'Ode, Ann. "On tides." Sea Letters 12.3 (2004): 5-9.\n\nnothing to see\n', encoding="utf-8"
    )
    code, out, _ = command("parse", "--json", "strings.txt")
    items = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(items) == 3
    assert items[0]["title"] == "On tides"
    assert items[0]["author"] == [{"family": "Ode", "given": "Ann"}]


def test_resolve_answers_every_line_with_its_id(command: Run, project: Path) -> None:
    rows = [
        {"id": "a", "text": 'Ode, Ann. "Tides of the northern shelf seas revisited." Sea Letters 12.3 (2004): 15-29.'},
        {"id": 7, "fields": {"author": "Dee", "journal-title": "Ice Notes", "volume": "3", "year": 2010,
                             "article-title": "Melting of floes and the sound it makes"}},
    ]  # fmt: skip
    lines = [*(json.dumps(row) for row in rows), "Nobody. Nothing at all. 1900."]
    (project / "rows.jsonl").write_text("\n".join(lines) + "\n")
    code, out, _ = command("resolve", "rows.jsonl", "--jsonl", "--offline")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "7", "3"]
    assert [answer["outcome"] for answer in answers] == ["confirmed", "confirmed", "not-checked"]
    assert [answer["doi"] for answer in answers] == ["10.5555/tides", "10.5555/floes", None]
    assert set(answers[0]) == {"id", "outcome", "doi", "score", "reasons", "candidates"}


def test_lines_that_say_nothing_are_not_checked_and_named(command: Run, project: Path) -> None:
    (project / "rows.txt").write_text('a line about nothing\n\n{"id":"z"}\n{"broken\n[1]\n')
    code, out, err = command("resolve", "rows.txt", "--jsonl", "--offline")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["outcome"] for answer in answers] == ["not-checked"] * 5
    assert answers[2]["id"] == "z"
    for place in ("rows.txt:2", "rows.txt:4", "rows.txt:5"):
        assert place in err


def test_resolve_of_a_document_lists_its_items(command: Run) -> None:
    command("index", "add", "records.jsonl")
    code, out, _ = command("resolve", "list.md", "--offline")
    assert code == 0
    assert "list.md:12  confirmed  10.5555/tides" in out
    assert command("resolve", "list.md", "--offline", "--strict")[0] == 4


def test_the_index_is_added_to_found_in_and_described(command: Run) -> None:
    assert "not made yet" in command("index", "info", "--index", "x.sqlite")[1]
    code, out, _ = command("index", "add", "records.jsonl", "--index", "x.sqlite")
    assert code == 0
    assert "2 records new" in out
    assert "2 unchanged" in command("index", "add", "records.jsonl", "--index", "x.sqlite")[1]
    assert "10.5555/floes" in command("index", "find", "melting", "of", "floes", "--index", "x.sqlite")[1]
    assert "10.5555/tides" in command("index", "find", "10.5555/tides", "--index", "x.sqlite")[1]
    assert "2 records" in command("index", "info", "--index", "x.sqlite")[1]


def test_the_cache_is_described_and_cleared(command: Run, tmp_path: Path) -> None:
    code, out, _ = command("cache", "info")
    assert code == 0
    assert "empty" in out
    assert command("cache", "clear")[0] == 0


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
    ("target", "sign"),
    [("biblatex", "@article{"), ("bibtex", "@article{"), ("csl-json", '"type": "article-journal"'), ("ris", "TY  - "),
     ("text", "Ode, A."), ("markdown", "Ode, A."), ("html", "<html"), ("latex", r"\bibitem")],
)  # fmt: skip
def test_a_document_is_converted(command: Run, target: str, sign: str) -> None:
    code, out, _ = command("convert", "list.md", "--to", target)
    assert code == 0
    assert sign in out


def test_bibliographies_convert_into_each_other_without_loss(command: Run, project: Path) -> None:
    command("build", "--offline")
    command("convert", "references.bib", "--to", "csl-json", "-o", "a.json")
    command("convert", "a.json", "--to", "ris", "-o", "a.ris")
    command("convert", "a.json", "--to", "biblatex", "-o", "a.bib")
    keys = {item["id"] for item in json.loads((project / "a.json").read_text())}
    assert keys == {
        "ode19sea",
        "ode2004tides",
        "bell2006drifting",
        "dee2010",
        "dee2010-code",
        "dee2010-data",
        "gauges",
    }
    for key in keys:
        assert f"{{{key},\n" in (project / "a.bib").read_text()
    assert (project / "a.ris").read_text().count("TY  - ") == len(keys)


def test_a_conversion_never_replaces_its_source(command: Run, project: Path) -> None:
    code, _, err = command("convert", "list.md", "--to", "text", "-o", "list.md")
    assert code == 2
    assert "is the source itself" in err
    assert (project / "list.md").read_text().startswith("# A book")


def test_odd_keys_are_kept_and_one_that_cannot_be_is_named(command: Run, project: Path) -> None:
    keys = ["O'Neil2019", "../../x", "-rf"]
    (project / "own.bib").write_text("".join(f"@book{{{key}, title = {{A work}}}}\n" for key in keys))
    code, out, _ = command("convert", "own.bib", "--to", "csl-json")
    assert code == 0
    assert [item["id"] for item in json.loads(out)] == keys
    assert command("export", "own.bib", "-f", "csl-json", "-o", "o")[0] == 0
    assert len(json.loads((project / "o/all/references.json").read_text())) == 3
    (project / "own.json").write_text('[{"id": "a b", "title": "A", "type": "book"}]')
    assert "key-changed" in command("convert", "own.json", "--to", "biblatex")[2]


def test_export_writes_from_the_library_as_it_stands(command: Run, project: Path) -> None:
    assert command("export")[0] == 1
    command("build", "--offline")
    code, out, _ = command("export", "-f", "text", "-s", "nature", "-o", "other")
    assert code == 0
    assert "7 entries" in out
    assert (project / "other/03-ice/references.nature.txt").is_file()
    code, out, _ = command("export", "references.bib", "-f", "html", "-o", "whole")
    assert code == 0
    assert (project / "whole/all/references.apa.html").is_file()


def test_exactly_the_cited_entries_are_written_with_their_strings(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        '@string{sl = "Sea Letters"}\n@string{no = "None"}\n@article{a, journal = sl, title = {A}}\n'
        "@inbook{b, crossref = {c}, title = {B}}\n@book{d, title = {D}}\n@book{c, title = {C}}\n"
    )
    (project / "main.tex").write_text("\\cite{a} \\citep[p.~3]{b, aa} % \\cite{d}\n")
    code, out, err = command("export", "--cited-in", "main.tex", "--bib", "own.bib")
    assert code == 1
    assert "@string{sl" in out
    assert "@string{no" not in out
    assert "@book{d" not in out
    assert out.index("@inbook{b") < out.index("@book{c")
    assert "cites aa" in err


def test_cited_entries_never_replace_the_library(command: Run, project: Path) -> None:
    text = "@book{a, title = {A}}\n@book{b, title = {B}}\n"
    (project / "own.bib").write_text(text)
    (project / "main.tex").write_text("\\cite{a}\n")
    code, _, err = command("export", "--cited-in", "main.tex", "--bib", "own.bib", "-o", "own.bib")
    assert code == 2
    assert "is the library itself" in err
    assert (project / "own.bib").read_text() == text
    (project / "empty.tex").write_text("Nothing.\n")
    assert command("export", "--cited-in", "empty.tex", "--bib", "own.bib", "-o", "c.bib")[0] == 1
    assert not (project / "c.bib").exists()


def test_a_preamble_is_written_once_into_the_files_of_one_book(command: Run, project: Path) -> None:
    (project / "references.bib").write_text('@preamble{"\\newcommand{\\noop}[1]{}"}\n')
    command("build", "--offline")
    assert command("latex", "-o", "tex")[0] == 0
    texts = [path.read_text() for path in sorted((project / "tex").glob("*.bib"))]
    assert [text.count("@preamble") for text in texts] == [1, 0]
    assert "@preamble" in (project / "out/03-ice/references.bib").read_text()


def test_a_latex_project_is_written(command: Run, project: Path) -> None:
    command("build", "--offline")
    assert command("latex", "-o", "tex")[0] == 0
    assert (project / "tex/main.tex").is_file()
    (project / "own.tex").write_text("\\usepackage{natbib}\n\\usepackage{biblatex}\n")
    code, _, err = command("latex", "-o", "tex", "--preamble", "own.tex")
    assert code == 1
    assert "natbib" in err


def test_a_broken_library_is_a_finding_of_the_build(command: Run, project: Path) -> None:
    (project / "references.bib").write_text("@book{a, title = {Cut\n")
    code, _, err = command("build", "--offline")
    assert code == 1
    assert "references.bib:1" in err


def test_help_lists_the_verbs_in_groups(command: Run) -> None:
    code, out, _ = command("--help")
    assert code == 0
    for word in ("Make bibliographies", "Look closer", "Convert", "Set up", "build", "Exit codes"):
        assert word in out
    assert command("--version")[1].startswith("dl4es-bib, version ")


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
