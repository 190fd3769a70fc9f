"""Entries that are one work twice, and those that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import parse
from dl4es_bib.library.duplicates import duplicates
from dl4es_bib.library.join import join, link
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock, LockEntry
from dl4es_bib.library.store.save_bib import refuse_losses
from dl4es_bib.model.errors import UsageError
from dl4es_bib.works.same import normalised

SEA = "title = {Deep Currents of the Sea}, author = {Ode, Ann}"


def found(*entries: str, lock: Lock | None = None) -> list[tuple[str, str, str]]:
    text = "\n".join(entries) + "\n\n"
    return [(one.keep, one.other, one.kind) for one in duplicates(Library(parse(text), lock or Lock()))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "@article{a, title = {X}, doi = {10.5555/AB}}",
            "@article{b, title = {X}, doi = {https://doi.org/10.5555/ab}}",
        ),
        (f"@article{{a, {SEA}, year = 2019}}", f"@article{{b, {SEA.replace('Sea', '{SEA}')}, year = 2020}}"),
        (f"@article{{a, {SEA}}}", f"@article{{b, {SEA}, year = 2020}}"),
        (f"@article{{a, {SEA}, pages = {{1--9}}}}", f"@article{{b, {SEA}, pages = {{1-9}}}}"),
        (f"@book{{a, {SEA}, isbn = {{978-3-16-148410-0}}}}", f"@book{{b, {SEA}, isbn = {{316148410X}}}}"),
        (f"@book{{a, {SEA}, edition = {{2nd}}}}", f"@book{{b, {SEA}, edition = {{Second}}}}"),
        ("@misc{a, title={X}, eprint={2104.05107}}", "@misc{b, title={X}, eprint={2104.05107v2}}"),
    ],
)
def test_these_are_one_work(one: str, other: str) -> None:
    assert [kind for *_, kind in found(one, other)] == ["same"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"@article{{a, {SEA}, year = 2010}}", f"@article{{b, {SEA}, year = 2019}}"),
        (f"@article{{a, {SEA}}}", f"@article{{b, {SEA.replace('Ode', 'Bell')}}}"),
        (f"@article{{a, {SEA.replace('Sea', 'Sea, Part I')}}}", f"@article{{b, {SEA.replace('Sea', 'Sea, Part II')}}}"),
        (f"@article{{a, {SEA}, volume = 1}}", f"@article{{b, {SEA}, volume = 2}}"),
        (f"@article{{a, {SEA}, pages = {{1--9}}}}", f"@article{{b, {SEA}, pages = {{10--19}}}}"),
        (f"@book{{a, {SEA}, edition = {{2}}}}", f"@book{{b, {SEA}, edition = {{3}}}}"),
        (f"@book{{a, {SEA}, edition = {{2}}}}", f"@book{{b, {SEA}}}"),
        (f"@book{{a, {SEA}}}", f"@incollection{{b, {SEA}, booktitle = {{B}}}}"),
        (f"@article{{a, {SEA}}}", f"@dataset{{b, {SEA}}}"),
        (
            "@incollection{a, title={One}, isbn={978-3-16-148410-0}, pages={1}}",
            "@incollection{b, title={Two}, isbn={978-3-16-148410-0}, pages={9}}",
        ),
        ("@misc{a, title = {Editorial}, author = {Ode, A.}}", "@misc{b, title = {Editorial}, author = {Ode, A.}}"),
        ("@misc{a}", "@misc{b}"),
    ],
)
def test_these_are_two_works(one: str, other: str) -> None:
    assert found(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"@article{{a, {SEA}, doi = {{10.5555/a}}}}", f"@article{{b, {SEA}, doi = {{10.5555/b}}}}"),
        ("@article{a, title = {One thing}, doi = {10.5555/a}}", "@article{b, title = {Another}, doi = {10.5555/a}}"),
        ("@book{a, title = {X}, doi = {10.5555/a}}", "@incollection{b, title = {X}, booktitle={Y}, doi = {10.5555/a}}"),
    ],
)
def test_these_a_person_must_look_at(one: str, other: str) -> None:
    assert [kind for *_, kind in found(one, other)] == ["doubtful"]


@pytest.mark.parametrize(
    "preprint",
    [
        f"@misc{{pre, {SEA}, eprint = {{2104.05107}}, year = 2017}}",
        f"@article{{pre, {SEA}, journal = {{arXiv preprint arXiv:2104.05107}}, year = 2018}}",
        f"@article{{pre, {SEA}, journal = {{CoRR}}}}",
    ],
)
def test_a_preprint_belongs_to_its_published_form(preprint: str) -> None:
    paper = f"@article{{paper, {SEA}, journal = {{Sea}}, eprint = {{2104.05107}}, year = 2020}}"
    assert found(preprint, paper) == found(paper, preprint) == [("paper", "pre", "linked")]


def test_the_confirmed_entry_stays_else_the_fuller_else_the_first() -> None:
    thin, full = f"@article{{a, {SEA}}}", f"@article{{b, {SEA}, year = 2020}}"
    assert found(thin, full) == [("b", "a", "same")]
    assert found(full, thin) == [("b", "a", "same")]
    assert found(thin, thin.replace("{a", "{c")) == [("a", "c", "same")]
    assert found(thin, full, lock=Lock({"a": LockEntry(decision="confirmed")})) == [("a", "b", "same")]


def test_three_of_one_work_make_two_pairs() -> None:
    entries = [f"@article{{{key}, {SEA}}}" for key in "abc"]
    assert found(*entries) == [("a", "b", "same"), ("a", "c", "same")]


def test_many_look_alikes_take_no_time() -> None:
    entries = [f"@article{{k{number}, {SEA}, pages = {{{number}}}}}" for number in range(1, 3001)]
    assert found(*entries) == []


# -- merged ---------------------------------------------------------------------------------------------------------

PAIR = """@article{a,
  title = {Deep},
  journal = {Sea},
  year = 2019,
  keywords = {one, not-checked},
  note = {Mine}
}

@article{b,
  title = {{DEEP}},
  journaltitle = {The Sea},
  date = {2019-05},
  month = may,
  volume = {12},
  publisher = "A" # { B},
  keywords = {two, one, needs-review},
  note = {Theirs},
  ids = {older},
  pages = {1--9}
}

@misc{c, crossref = {b}, related = {a, b}}

"""


def test_a_merge_fills_in_and_never_overwrites() -> None:
    done = join(Library(parse(PAIR), Lock()), "a", "B", keep_old=True)
    entry = done.bibfile.get("a")
    assert entry is not None
    assert entry.values() == {
        "title": "Deep", "journal": "Sea", "year": "2019", "keywords": "one, not-checked, two",
        "note": "Mine. Theirs", "month": "may", "volume": "12", "publisher": "A B", "pages": "1--9", "ids": "older, b",
    }  # fmt: skip
    assert done.filled == ("month", "volume", "publisher", "keywords", "note", "pages")
    assert done.differing == (("journaltitle", "Sea", "The Sea"), ("date", "2019", "2019-05"))
    assert [entry.key for entry in done.bibfile.entries] == ["a", "c"]
    assert 'publisher = "A" # { B}' in done.bibfile.text
    assert "month = may" in done.bibfile.text
    refuse_losses("x", parse(PAIR), done.bibfile, done.bibfile.intended)


def test_what_named_the_entry_that_went_names_the_one_that_stays() -> None:
    done = join(Library(parse(PAIR), Lock()), "a", "b", keep_old=False)
    entry = done.bibfile.get("c")
    assert entry is not None
    assert entry.values() == {"crossref": "a", "related": "a"}
    assert "ids" not in done.bibfile.text


def test_an_entry_does_not_come_to_name_itself() -> None:
    text = "@misc{a, related = {b}, note = {x}}\n@misc{b, related = {a}}\n@misc{c}\n"
    done = join(Library(parse(text), Lock()), "a", "b", keep_old=False)
    entry = done.bibfile.get("a")
    assert entry is not None
    assert entry.values() == {"note": "x"}


@pytest.mark.parametrize(
    ("lock", "decision", "written"),
    [
        (Lock(), "", {}),
        (Lock({"a": LockEntry(decision="confirmed", written={"title": "Deep"})}), "confirmed", {"title": "Deep"}),
        (Lock({"b": LockEntry(decision="confirmed", written={"volume": "12", "title": "x"})}), "confirmed",
         {"volume": "12"}),
        (
            Lock({
                "a": LockEntry(identity=("i",), decision="not-checked", written={"title": "Deep"}),
                "b": LockEntry(identity=("j",), decision="confirmed", written={"volume": "12", "keywords": "two"}),
            }),
            "confirmed", {"title": "Deep", "volume": "12"},
        ),
    ],
)  # fmt: skip
def test_the_lock_follows_a_merge(lock: Lock, decision: str, written: dict[str, str]) -> None:
    done = join(Library(parse(PAIR), lock), "a", "b", keep_old=True)
    entry = done.lock.entries.get("a", LockEntry())
    assert "b" not in done.lock.entries
    assert (entry.decision, dict(entry.written)) == (decision, written)


@pytest.mark.parametrize(
    ("keys", "message"),
    [(("a", "A"), "are one entry already"), (("a", "zz"), "has no entry zz"), (("bad", "a"), "is broken")],
)
def test_a_merge_that_cannot_be_is_refused(keys: tuple[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        join(Library(parse(PAIR + "@misc{bad, x\n@misc{d}\n", "r.bib"), Lock()), *keys, keep_old=True)


FIELDS = st.sampled_from("title author year date month journal journaltitle note keywords doi mynote".split())
#: Fields that say the same in one dialect or the other: a value may stay in any of them.
SAME_IN_A_DIALECT = (("date", "year", "month"), ("journal", "journaltitle"))
ENTRY = st.dictionaries(FIELDS, st.sampled_from(["x", "y z", "{X}", "12", "one, two"]), max_size=8)


@given(ENTRY, ENTRY)
def test_a_merge_never_drops_a_value_unsaid(ours: dict[str, str], theirs: dict[str, str]) -> None:
    text = "".join(
        f"@misc{{{key}" + "".join(f", {name} = {{{value}}}" for name, value in fields.items()) + "}\n"
        for key, fields in (("a", ours), ("b", theirs))
    )
    done = join(Library(parse(text), Lock()), "a", "b", keep_old=True)
    entry = done.bibfile.get("a")
    assert entry is not None
    after, told = entry.values(), {(field, went) for field, _, went in done.differing}
    for name, value in ours.items():
        assert normalised(value) in normalised(after[name])
    for name, value in theirs.items():
        fields = next((fields for fields in SAME_IN_A_DIALECT if name in fields), (name,))
        kept = normalised(" ".join(after.get(field, "") for field in fields))
        assert (name, value) in told or all(normalised(part) in kept for part in value.split(","))


def test_a_preprint_is_tied_by_related_once() -> None:
    bibfile = link(parse("@article{a, title={x}}\n@misc{p}\n"), "a", "p", biblatex=True)
    entry = bibfile.get("a")
    assert entry is not None
    assert entry.values() == {"title": "x", "related": "p", "relatedstring": "Preprint"}
    assert link(bibfile, "a", "p", biblatex=True) is bibfile
    more = link(edit(bibfile).add_entry("misc", "q", {}).apply(), "a", "q", biblatex=False).get("a")
    assert more is not None
    assert more.values()["related"] == "p, q"


ICE = "author = {Ode, A.}, year = 1999, journal = {JX}, volume = 1, pages = {1--10}"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (f"@article{{a, title = {{Ice cores: a review}}, {ICE}}}", f"@article{{b, title = {{Ice cores}}, {ICE}}}",
         "doubtful"),
        ("@article{a, title = {Floes}, author = {Day, C. and Ode, A.}, year = 2001, volume = 7, pages = {20}}",
         "@article{b, title = {Floes. A short note}, author = {Day, Carl}, year = 2001, volume = {7}, pages = {20-31}}",
         "doubtful"),
        ("@online{a, title = {Home of the sea}, url = {http://www.example.org/a/}, year = 2001}",
         "@misc{b, title = {Home of the {Sea}}, url = {https://example.org/a}}", "same"),
    ],
)  # fmt: skip
def test_a_page_of_one_address_and_an_article_without_its_subtitle_are_found(one: str, other: str, kind: str) -> None:
    assert found(one, other) == [("a", "b", kind)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"@article{{a, title = {{Ice cores}}, {ICE}}}", f"@article{{b, title = {{River ice}}, {ICE}}}"),
        (f"@article{{a, title = {{Ice cores: one}}, {ICE}}}",
         f"@article{{b, title = {{Ice cores}}, {ICE.replace('JX', 'Lake Reports')}}}"),
        ("@online{a, title = {Home of the sea}, url = {https://example.org/a}, year = 2001}",
         "@online{b, title = {Home of the sea}, url = {https://example.org/b}, year = 2001}"),
        ("@online{a, title = {Home of the sea}, url = {https://example.org}}",
         "@online{b, title = {Home of the lake}, url = {https://example.org}}"),
    ],
)  # fmt: skip
def test_one_place_or_one_address_alone_makes_no_pair(one: str, other: str) -> None:
    assert found(one, other) == []
