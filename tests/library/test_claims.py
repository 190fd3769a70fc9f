"""An identifier in an entry is a claim; two keys of one work; a second run decides as the first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_project import Run

from dl4es_bib.bib.edits import Bare
from dl4es_bib.bib.file import parse
from dl4es_bib.formats.bibtex import from_entry
from dl4es_bib.library.library import Library
from dl4es_bib.library.plan import UpdateSettings, plan_update
from dl4es_bib.library.store.lockfile import Lock, format_lock, parse_lock
from dl4es_bib.library.update import Update, Wanted, apply_update, update
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import Source, Value, Work

RECORD = Source("record", "index", "10.5555/tides")
TIDES: dict[str, Value] = {
    "title": "Slow tides measured by buried gauges",
    "author": (Name("Ode", "Ann"), Name("Lee", "Bob")),
    "issued": PartialDate(2022, 4),
    "container-title": "Sea Letters",
    "volume": "12",
    "page": "155-168",
    "publisher": "Example Press",
    "DOI": "10.5555/tides",
}


def tides(**more: object) -> Wanted:
    work = Work.of("article-journal", TIDES, RECORD)
    wanted = Wanted(work, ("doi:10.5555/tides",), Decision.CONFIRMED, sources=(Span("list.md", 3),))
    return replace(wanted, **more)  # type: ignore[arg-type]


def bring(text: str, *wanted: Wanted, lock: Lock | None = None) -> Update:
    return update(Library(parse(text, "references.bib"), lock or Lock()), wanted)


ICE = "author = {Day, Carl}, title = {River ice in long winters}, journal = {Ice Reports}, year = 2019, volume = 7"
MONEY = "author = {Doe, Jo}, title = {Bartering for resources in grids}, journal = {Grids}, year = 2004, pages = {1--9}"
SAME_ISSUE = "author = {Ode, Ann}, title = {Salt in winter floods}, journal = {Sea Letters}, year = 2022, volume = 12"


@pytest.mark.parametrize("fields", [ICE, MONEY, SAME_ISSUE, "title = {Quite another thing}"])
def test_a_record_is_not_merged_into_an_entry_whose_doi_is_another_works(fields: str) -> None:
    text = f"@article{{mine, {fields}, doi = {{10.5555/TIDES}}}}\n"
    done = bring(text, tides())
    assert done.bibfile.text.startswith(text)
    assert done.keys == ("ode2022slow",)
    (finding,) = done.findings
    assert finding.code == "identifier-of-another-work"
    assert "Slow tides" in finding.message
    assert "mine" not in done.lock.entries
    again = bring(done.bibfile.text, tides(), lock=done.lock)
    assert (again.bibfile.text, again.keys, again.findings) == (done.bibfile.text, done.keys, done.findings)


@pytest.mark.parametrize(
    ("slip", "field"),
    [
        ("year = 2036, journal = {Sea Letters}", "year"),
        ("year = 2022, journal = {Lake Reports}", "journal"),
        ("year = 2022, journal = {Sea Letters}, volume = 21", "volume"),
        ("year = 2022, editor = {X, Y}, pages = {3--9}, journal = {Sea Lett.}", "pages"),
    ],
)
def test_an_entry_with_a_slip_is_the_work_stays_untouched_and_the_slip_is_named(slip: str, field: str) -> None:
    same = "author = {Ode, A. and Lee, B.}, title = {Slow {Tides} Measured by Buried Gauges}, doi = {10.5555/tides}"
    text = f"@article{{mine, {same}, {slip}}}\n"
    done = bring(text, tides())
    assert done.keys == ("mine",)
    assert done.bibfile.text == text
    (finding,) = done.findings
    assert finding.code == "differs-from-record"
    assert f"your {field} = " in finding.message
    assert set(done.lock.entries["mine"].differs) == {field}
    again = bring(done.bibfile.text, tides(), lock=done.lock)
    assert (again.bibfile.text, again.lock, again.findings) == (done.bibfile.text, done.lock, done.findings)


@pytest.mark.parametrize(
    "fields",
    [
        "author = {Ode, A.}, title = {Slow tides measured by buried gauges}",
        "author = {Ode, A. and Lee, B.}, title = {Slow tides}, journal = {Sea Letters}, year = 2023, volume = 12",
        "title = {Slow tides measured by gauges}, author = {Ode, A. and others}, journal = {Sea Lett.}",
    ],
)
def test_an_entry_that_only_says_less_than_the_record_is_completed(fields: str) -> None:
    done = bring(f"@article{{mine, {fields}, doi = {{10.5555/tides}}}}\n", tides())
    assert done.keys == ("mine",)
    assert "publisher = {Example Press}" in done.bibfile.text


def test_an_entry_of_another_journal_gets_no_volume_and_no_pages_of_the_record() -> None:
    same = "author = {Ode, A. and Lee, B.}, title = {Slow tides measured by buried gauges}, year = 2022"
    text = f"@inproceedings{{mine, {same}, booktitle = {{Proceedings of the Lake Meeting}}, doi = {{10.5555/tides}}}}\n"
    assert bring(text, tides()).bibfile.text == text


def test_an_entry_is_completed_once_its_slip_is_mended() -> None:
    same = "author = {Ode, A. and Lee, B.}, title = {Slow tides measured by buried gauges}, doi = {10.5555/tides}"
    first = bring(f"@article{{mine, {same}, year = 2012}}\n", tides())
    mended = bring(first.bibfile.text.replace("2012", "2022"), tides(), lock=first.lock)
    assert "volume = {12}" in mended.bibfile.text or "volume = 12" in mended.bibfile.text
    assert mended.findings == ()


def test_what_an_entry_got_from_a_record_stays_when_the_user_then_writes_another_year() -> None:
    same = "author = {Ode, A. and Lee, B.}, title = {Slow tides measured by buried gauges}, doi = {10.5555/tides}"
    first = bring(f"@article{{mine, {same}, year = 2022}}\n", tides())
    edited = first.bibfile.text.replace("2022", "1999")
    done = bring(edited, tides(), lock=first.lock)
    assert done.bibfile.text == edited
    assert bring(done.bibfile.text.replace("1999", "2022"), tides(), lock=done.lock).findings == ()


def test_braces_initials_and_abbreviations_are_no_slips() -> None:
    fields = "author = {Ode, A. and Lee, B.}, title = {Slow {TIDES} measured by buried gauges}, journal = {Sea Lett.}"
    assert bring(f"@article{{mine, {fields}, year = 2022, doi = {{10.5555/tides}}}}\n", tides()).findings == ()


def own(key: str, **fields: str) -> Wanted:
    """A work that an entry of a user's .bib cites."""
    said = from_entry(
        "article", {"title": str(TIDES["title"]), "author": "Ode, A. and Lee, B.", **fields}, Source("text", "in.bib")
    )
    return tides(preferred_key=key, identity=(f"key:{key}", "doi:10.5555/tides"), said=said, own_fields=fields)


def test_two_keys_of_one_work_stay_citable_and_nothing_of_an_entry_is_dropped() -> None:
    first = own("ode22", file="a.pdf", keywords="ice", note="read", groups="thesis")
    second = own("Ode-slow", file="b.pdf", keywords="sea", ranking="5", abstract="Long", month=Bare("apr"))
    done = bring("", first, second)
    assert done.keys == ("ode22", "ode22")
    values = done.bibfile.entries[0].values()
    expected = {
        "ids": "Ode-slow", "file": "a.pdf;b.pdf", "keywords": "ice, sea", "note": "read", "groups": "thesis",
        "ranking": "5", "abstract": "Long",
    }  # fmt: skip
    assert {name: values.get(name) for name in expected} == expected
    assert [finding.code for finding in done.findings] == ["keys-joined"]
    again = bring(done.bibfile.text, first, second, lock=done.lock)
    assert (again.bibfile.text, again.lock, again.findings) == (done.bibfile.text, done.lock, ())


def test_two_entries_of_one_work_that_are_there_both_stay() -> None:
    fields = "author = {Ode, Ann and Lee, B.}, title = {Slow tides measured by buried gauges}, doi = {10.5555/tides}"
    text = f"@article{{one, {fields}}}\n@article{{two, {fields}, ranking = 5}}\n"
    done = bring(text, own("one"), own("two"))
    assert done.keys == ("one", "two")
    assert "ranking = 5" in done.bibfile.text
    assert "ids" not in done.bibfile.text
    assert [finding.code for finding in done.findings] == ["same-work-twice"]


def test_classic_bibtex_knows_no_ids_so_both_keys_get_entries() -> None:
    done = update(Library(parse(""), Lock()), [own("one"), own("two")], "bibtex")
    assert done.keys == done.added == ("one", "two")
    again = update(Library(done.bibfile, done.lock), [own("one"), own("two")], "bibtex")
    assert (again.bibfile.text, again.keys) == (done.bibfile.text, done.keys)


def test_two_works_do_not_both_become_the_entry_that_says_little() -> None:
    text = "@article{mine, author = {Gee, G.}, title = {On the tides of the northern seas}}\n"
    source = Source("text", "list.md")
    values: dict[str, Value] = {"title": "On the tides of the northern seas", "author": (Name("Gee", "G."),)}
    one = Work.of("article-journal", {**values, "volume": "13", "container-title": "Sea Letters"}, source)
    other = Work.of("article-journal", {**values, "volume": "55", "container-title": "Lake Letters"}, source)
    done = bring(text, Wanted(one, ("text:1",), Decision.NOT_FOUND), Wanted(other, ("text:2",), Decision.NOT_FOUND))
    assert len(set(done.keys)) == 2


def test_a_record_that_the_user_decided_on_is_taken_whatever_the_entry_says() -> None:
    text = f"@article{{mine, {ICE}, doi = {{10.5555/tides}}}}\n"
    done = bring(text, tides(is_decided=True))
    assert done.keys == ("mine",)
    assert "publisher = {Example Press}" in done.bibfile.text


def test_a_plan_changes_nothing_before_it_is_applied() -> None:
    library = Library(parse("% mine\n", "references.bib"), Lock())
    plan = plan_update(library, [tides()], UpdateSettings("bibtex"))
    assert (plan.added, plan.keys, dict(plan.changed)) == (("ode2022slow",), ("ode2022slow",), {})
    assert library.bibfile.text == "% mine\n"
    bibfile, lock = apply_update(plan)
    assert bibfile.text.startswith("% mine\n")
    assert set(lock.entries) == {"ode2022slow"}
    assert parse_lock(format_lock(lock), "x") == lock


def test_a_value_that_would_break_the_file_is_left_out_and_said() -> None:
    work = tides(own_fields={"file": "a}, title = {Evil"}, said=None)
    done = bring("", work)
    assert "Evil" not in done.bibfile.text
    assert [finding.code for finding in done.findings] == ["cannot-be-written"]


# -- the commands ----------------------------------------------------------------------------------------------------


def test_a_library_that_we_completed_ourselves_is_decided_upon_as_before(command: Run, project: Path) -> None:
    (project / "own.bib").write_text(
        "@article{floes,\n  author = {Dee, Cora},\n  title = {Melting of floes and the sound it makes},\n"
        "  journal = {Ice Notes},\n  year = {2010},\n  volume = {3},\n}\n"
    )
    first = command("build", "own.bib", "--bib", "own.bib", "--offline")
    after = (project / "own.bib").read_text(), (project / "own.lock").read_text()
    assert "doi = {10.5555/floes}" in after[0]
    second = command("build", "own.bib", "--bib", "own.bib", "--offline")
    assert first[0] == second[0] == 0
    assert ((project / "own.bib").read_text(), (project / "own.lock").read_text()) == after
    assert "confirmed  1" in second[1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ode, A. (2005). Editorial. Sea Letters, 13(1), 1-2.",
         "Ode, A. (2005). Editorial. Sea Letters, 13(7), 101-102."),
        ("Gee, G. (2001). On the tides of the northern seas. Sea Letters, 13(1), 1-2.",
         "Gee, G. (2002). On the tides of the northern seas. Lake Letters, 55(7), 301-322."),
        ("Gee, G. (2001). On the tides of the northern seas. Sea Letters, 13(1), 1-2.",
         "Gee, G. (2001). On the tides of the northern seas. Sea Letters, 14(1), 1-2."),
    ],
)  # fmt: skip
def test_different_works_get_two_entries(command: Run, project: Path, first: str, second: str) -> None:
    command("add", "--offline", first)
    command("add", "--offline", second)
    assert (project / "references.bib").read_text().count("\n@") == 1
    (project / "list.md").write_text(f"* {first}\n* {second}\n")
    command("build", "--offline", "--bib", "built.bib")
    assert (project / "built.bib").read_text().count("\n@") == 1


def test_one_key_for_two_works_in_a_source_makes_two_entries(command: Run, project: Path) -> None:
    (project / "in.bib").write_text(
        "@article{a, author = {Gee, G.}, title = {On the tides of seas}, journal = {Sea Letters}, year = 2001}\n"
        "@article{a, author = {Dee, C.}, title = {Salt in winter floods}, journal = {Lake Letters}, year = 1990}\n"
    )
    for _ in range(2):
        command("build", "in.bib", "--offline")
        text = (project / "references.bib").read_text()
        assert text.count("@article{") == 2
        assert "Salt in winter floods" in text


@pytest.mark.parametrize("title", ["", "/", "///", " / "])
def test_software_without_a_name_still_gets_a_key(command: Run, project: Path, title: str) -> None:
    (project / "in.bib").write_text(f"@software{{,\n title = {{{title}}}, author = {{Ode, Ann}}, year = 2001}}\n")
    for verb in (["build", "in.bib", "--offline"], ["keys", "--bib", "in.bib"], ["add", "--offline", "in.bib"]):
        code, _, err = command(*verb)
        assert code in {0, 1, 3}
        assert "fault" not in err
