"""``check``: what is wrong with .bib files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from small_project import ENTRY, Run, bib

SOUND = "@article{tide, author = {Ode, Ann}, title = {Tides}, journal = {Sea}, year = 2001}\n"
FAULTS = """\
@article{tide, author = {Ode, Ann,}, title = {Tides}, journal = {Sea & Ice}, year = 2001, pages = {1-9}}
@article{ebb, author = {Bo, Cy}, title = {Ebb, flow}, journal = {Sea}, year = 2002}
"""


def test_what_is_wrong_is_listed_with_file_and_line(command: Run, project: Path) -> None:
    bib(project, ENTRY + "@misc{SEA, title = {Unseen}}\n@misc{bad, x\n")
    code, out, _ = command("check")
    assert code == 1
    assert "references.bib:5: error: The key 'SEA' is taken" in out
    assert "It is 'Unseen'." in out
    assert "references.bib:6: error:" in out
    bib(project, SOUND)
    assert command("check", "references.bib") == (0, "1 entry, no findings.\n", "")
    assert json.loads(command("check", "--json")[1])["problems"] == []
    code, _, err = command("check", "missing.bib")
    assert code == 3
    assert "missing.bib does not exist" in err


def codes(command: Run, *arguments: str) -> list[str]:
    return [problem["code"] for problem in json.loads(command("check", *arguments, "--format", "json")[1])["problems"]]


def test_rules_are_chosen_by_name_or_family_in_lists(command: Run, project: Path) -> None:
    bib(project, FAULTS)
    assert set(codes(command)) >= {"name-ends-in-comma", "unescaped-character", "page-dash"}
    assert codes(command, "--select", "page-dash") == ["page-dash"]
    assert set(codes(command, "--select", "page-dash,names")) == {"page-dash", "name-ends-in-comma"}
    assert "page-dash" not in codes(command, "--ignore", "names, page-dash", "--ignore", "latex")
    code, _, err = command("check", "--select", "page-dsh")
    assert code == 2
    assert "page-dash" in err


def test_only_notes_exit_with_0(command: Run, project: Path) -> None:
    bib(project, FAULTS)
    assert command("check", "--select", "page-dash")[0] == 0


def test_fix_mends_what_is_safe_and_says_so(command: Run, project: Path) -> None:
    path = project / "references.bib"
    bib(project, FAULTS)
    code, out, _ = command("check", "--diff", "references.bib")
    assert code == 1
    assert "+@article{tide, author = {Ode, Ann}, title = {Tides}, journal = {Sea \\& Ice}" in out
    assert path.read_text(encoding="utf-8") == FAULTS
    code, out, _ = command("check", "--fix", "references.bib")
    assert code == 0
    assert "references.bib: 3 findings mended." in out
    after = path.read_text(encoding="utf-8")
    assert after == FAULTS.replace("Ann,}", "Ann}").replace("Sea & Ice", "Sea \\& Ice").replace("1-9", "1--9")
    time = path.stat().st_mtime_ns
    assert "mended" not in command("check", "--fix", "references.bib")[1]
    assert path.stat().st_mtime_ns == time


def test_a_misspelt_field_is_renamed_and_keeps_its_value(command: Run, project: Path) -> None:
    bib(project, "@article{a, author = {Ode, A.}, titel = {Of ice}, journal = {Sea}, year = 2001}\n")
    command("check", "--fix", "--unsafe-fixes")
    assert "title = {Of ice}" in (project / "references.bib").read_text(encoding="utf-8")


def test_what_may_change_the_meaning_is_mended_only_when_asked(command: Run, project: Path) -> None:
    text = "@article{a,\n  author = {Ode, A.},\n  title = {Of {Ice}}},\n  journal = {Sea},\n  year = {2001}\n}\n"
    bib(project, text)
    command("check", "--fix")
    assert (project / "references.bib").read_text(encoding="utf-8") == text
    code, out, _ = command("check", "--unsafe-fixes")
    assert (code, "1 finding mended" in out) == (0, True)
    assert (project / "references.bib").read_text(encoding="utf-8") == text.replace("}}},", "}},")


def test_many_notes_of_one_rule_are_one_line(command: Run, project: Path) -> None:
    entries = [
        f"@article{{a{n}, author = {{Ode, A.}}, title = {{Tide number {n}}}, journal = {{Sea}}, year = 2001,\n"
        f"  pages = {{{n}0-{n}9}}}}\n"
        for n in range(1, 8)
    ]
    bib(project, "".join(entries))
    _, out, _ = command("check")
    assert out.count("page-dash") == 1
    assert "7 × page-dash" in out
    assert "First at references.bib:2" in out
    assert command("check", "--verbose")[1].count("[page-dash]") == 7


def test_the_forms_for_other_programs_are_escaped(command: Run, project: Path) -> None:
    odd = project / "50%, a:b.bib"
    odd.write_text("@article{a%0A::error::x, title = {T\nU & V}}\n", encoding="utf-8")
    code, out, _ = command("check", "--format", "github", odd.name)
    assert code == 1
    for line in out.splitlines():
        assert re.match(r"::(error|warning|notice) file=50%25%2C a%3Ab\.bib,line=\d+,col=\d+,title=[a-z-]+::", line)
        assert "::" not in line.split("::", 2)[2].replace("a%250A::error::x", "")
        assert "%0A" not in line.replace("%250A", "")
    log = json.loads(command("check", "--format", "sarif", odd.name)[1])
    result = log["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "50%25%2C%20a%3Ab.bib"
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_fingerprints_stay_when_lines_are_added_above(command: Run, project: Path) -> None:
    def marks() -> set[str]:
        problems = json.loads(command("check", "--format", "json")[1])["problems"]
        return {problem["fingerprint"] for problem in problems}

    bib(project, FAULTS)
    before = marks()
    assert len(before) >= 3
    bib(project, "% One\n% Two\n\n" + FAULTS)
    assert marks() == before


def test_json_says_family_and_whether_it_can_be_mended(command: Run, project: Path) -> None:
    bib(project, FAULTS)
    problems = json.loads(command("check", "--json")[1])["problems"]
    dash = next(problem for problem in problems if problem["code"] == "page-dash")
    assert (dash["family"], dash["fixable"], dash["severity"], dash["line"]) == ("fields", "safe", "note", 1)


def test_rules_are_listed_and_explained(command: Run, project: Path) -> None:
    code, out, _ = command("check", "--rules")
    assert code == 0
    assert "page-dash" in out
    code, out, _ = command("check", "--explain", "page-dash")
    assert (code, out.startswith("page-dash (fields, note)")) == (0, True)
    assert command("check", "--explain", "nothing")[0] == 2


def test_citations_are_compared_with_the_entries(command: Run, project: Path) -> None:
    bib(project, FAULTS)
    (project / "main.tex").write_text("\\documentclass{article}\\cite{tide}\\input{more}", encoding="utf-8")
    (project / "more.tex").write_text("\\cite{eb}", encoding="utf-8")
    (project / "notes.md").write_text("See [@flood].", encoding="utf-8")
    _, out, _ = command("check", "references.bib", "--select", "citations", "--cited-in", "main.tex",
                        "--cited-in", "notes.md")  # fmt: skip
    assert "eb is cited, but there is no such entry. Did you mean ebb?" in out
    assert "flood is cited" in out
    assert "ebb is not cited" in out
    assert "tide is not cited" not in out


def test_several_files_are_one_database(command: Run, project: Path) -> None:
    (project / "strings.bib").write_text("@string{sea = {Journal of the Sea}}\n", encoding="utf-8")
    (project / "one.bib").write_text(
        "@inproceedings{kid, author = {Ode, A.}, title = {A kid of the tide}, crossref = {procs}}\n"
        "@article{a1, author = {Ode, Ann}, title = {Tides of the inner sea}, journal = sea, year = 2001}\n"
        "@misc{twice, title = {T}}\n",
        encoding="utf-8",
    )
    (project / "two.bib").write_text(
        "@article{a2, author = {Ode, A.}, title = {Tides of the Inner Sea}, journal = sea, year = 2001,"
        " pages = {1-2}}\n"
        "@misc{Twice, title = {U}}\n@proceedings{procs, title = {Procs}, year = 2001}\n",
        encoding="utf-8",
    )
    files = ("strings.bib", "one.bib", "two.bib")
    _, out, _ = command("check", *files, "--verbose")
    assert "undefined-string" not in out
    assert "linked-entry-missing" not in out
    assert re.search(r"(one|two)\.bib:\d: warning: a\d and a\d are one work", out)
    assert "two.bib:2: error: The key 'Twice' is taken by one.bib:3" in out
    assert "undefined-string" in command("check", "two.bib")[1]
    # Each edit goes to the file that holds the entry.
    command("check", "--fix", *files)
    assert "pages = {1--2}" in (project / "two.bib").read_text(encoding="utf-8")


def test_without_files_those_are_checked_that_the_documents_name(command: Run, project: Path) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "lit.bib").write_text("@misc{a, title = {T}, pages = {1-2}}\n", encoding="utf-8")
    (project / "sub" / "main.tex").write_text("\\cite{a}\\bibliography{lit}", encoding="utf-8")
    _, out, _ = command("check", "--cited-in", "sub/main.tex")
    assert "sub/lit.bib:1" in out.replace("\\", "/")


def test_a_file_that_is_named_twice_is_read_once(command: Run, project: Path) -> None:
    bib(project, SOUND)
    assert command("check", "references.bib", "./references.bib") == (0, "1 entry, no findings.\n", "")


def test_an_entry_of_a_key_alone_is_an_error_for_biber_stops(command: Run, project: Path) -> None:
    bib(project, SOUND + "@misc{alone}\n@misc{comma,}\n")
    _, out, _ = command("check")
    assert "references.bib:2: error: The entry alone has no fields. biber stops here" in out
    assert "references.bib:3: warning: The entry comma has no fields." in out


def test_names_in_a_list_with_a_comma_before_and_are_parted_without_an_empty_name(command: Run, project: Path) -> None:
    for names, right in (
        ("Smith, J., Doe, K., and Roe, L.", "Smith, J. and Doe, K. and Roe, L."),
        ("Ann Smith, Bo Doe, and Cy Roe", "Ann Smith and Bo Doe and Cy Roe"),
        ("Smith, J.; Doe, K.; and Roe, L.", "Smith, J. and Doe, K. and Roe, L."),
    ):
        bib(project, SOUND.replace("Ode, Ann", names))
        command("check", "--unsafe-fixes")
        assert right in (project / "references.bib").read_text("utf-8")
