"""An entry that comes back from an editor."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.library.rewrite import faults, rewritten
from dl4es_bib.library.store.lockfile import Lock, LockEntry
from dl4es_bib.library.store.save_bib import refuse_losses
from dl4es_bib.model.errors import UsageError

SHOWN = "@book{key,\n  title = {Old},\n  url   = {x},\n  month = jan\n}"
TEXT = f"% Mine.\n{SHOWN}\n\n@misc{{other, crossref = {{key}}}}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@book{key, title = {x}", "unclosed-entry"),
        ("@book{key, title {x}}", "no-equals-sign"),
        ("@book{key, a={x}}\n@book{b, a={x}}", "not-one-entry"),
        ("@book{key, a={x}}\nwords", "not-one-entry"),
        ("", "not-one-entry"),
        ("@book{, a={x}}", "empty-key"),
        ("@book{key, a={x}, a={y}}", "repeated-field"),
    ],
)
def test_what_is_not_one_sound_entry_has_faults(text: str, code: str) -> None:
    assert [one.code for one in faults(text)] == [code]


def test_a_sound_entry_has_none() -> None:
    assert faults(f"\n\n{SHOWN}\n\n") == ()


def test_the_edited_text_takes_the_place_of_the_entry_as_it_is() -> None:
    edited = "@Book{key,\n\ttitle = {New},\n\tmonth = feb }\n"
    after, _, names = rewritten(parse(TEXT), Lock(), SHOWN, edited, keep_old=True)
    assert after.text == TEXT.replace(SHOWN, edited.strip())
    assert names == ("title", "url", "month")
    refuse_losses("x", parse(TEXT), after, after.intended)


def test_line_ends_are_the_files() -> None:
    text, shown = TEXT.replace("\n", "\r\n"), SHOWN.replace("\n", "\r\n")
    after, _, _ = rewritten(
        parse(text), Lock(), shown, shown.replace("Old", "New").replace("\r\n", "\n"), keep_old=True
    )
    assert after.text == text.replace("Old", "New")


def test_an_unchanged_entry_leaves_the_very_same_file() -> None:
    file = parse(TEXT)
    assert rewritten(file, Lock(), SHOWN, SHOWN, keep_old=True)[0] is file


def test_a_changed_key_is_a_renaming() -> None:
    lock = Lock({"key": LockEntry(identity=("i",))})
    edited = SHOWN.replace("{key", "{new").replace("Old", "New")
    after, locked, names = rewritten(parse(TEXT), lock, SHOWN, edited, keep_old=False)
    assert after.text == TEXT.replace(SHOWN, edited).replace("{key}", "{new}")
    assert locked.entries.keys() == {"new"}
    assert names == ("key", "title")


def test_a_changed_key_can_stay_citable() -> None:
    after, _, _ = rewritten(parse(TEXT), Lock(), SHOWN, SHOWN.replace("{key", "{new"), keep_old=True)
    assert after.find("key") is after.get("new")


def test_what_another_program_changed_meanwhile_stays_and_the_edit_wins() -> None:
    now = TEXT.replace("{Old}", "{Their title}").replace("{x}", "{y}").replace("month", "note = {theirs},\n  month")
    edited = "@article{key,\n  title = {Mine},\n  month = feb,\n  year = 2001\n}"
    after, _, names = rewritten(parse(now), Lock(), SHOWN, edited, keep_old=True)
    entry = after.get("key")
    assert entry is not None
    assert entry.type == "article"
    assert {field.name: field.raw for field in entry.fields} == {
        "title": "{Mine}", "note": "{theirs}", "month": "feb", "year": "{2001}",
    }  # fmt: skip
    assert names == ("type", "title", "url", "month", "year")


def test_an_entry_that_is_gone_is_said_to_be() -> None:
    with pytest.raises(UsageError, match="no entry key any more"):
        rewritten(parse("@misc{a}", "r.bib"), Lock(), SHOWN, SHOWN.replace("Old", "New"), keep_old=True)
