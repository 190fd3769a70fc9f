"""To bibtexparser's library and back; it and pybtex as second opinions on what a file says."""

from __future__ import annotations

import logging
import string

import bibtexparser
import pytest
from bibtexparser import middlewares, model
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string as parse_with_pybtex

from dl4es_bib.bib.file import parse
from dl4es_bib.bib.interchange import FILE, SPAN, from_bibtexparser, to_bibtexparser

TEXT = """% Mine.
@string{ap = "Academic"}
@preamble{"\\newcommand{\\x}{}"}
@comment{kept}

@book{one,
  title     = {Old},
  publisher = ap # { Press},
  title     = {Again},
  year      = 1999
}

@article{two, author = "Ann Ode and de Bell, Bo", month = jan}
@misc{bad, title = {x}
@misc{three, note = {n}}
@misc{One, note = {ignored: the key is taken}}
@misc{one, note = {ignored too}}
"""


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def test_there_and_back_is_the_same_text() -> None:
    assert from_bibtexparser(to_bibtexparser(parse(TEXT))).text == TEXT


def test_blocks_say_what_bibtex_reads_and_where() -> None:
    file = parse(TEXT)
    library = to_bibtexparser(file)
    one = library.entries[0]
    assert [(field.key, field.value, field.start_line) for field in one.fields] == [
        ("title", "Old", 6), ("publisher", "Academic Press", 7), ("year", "1999", 9),
    ]  # fmt: skip
    start, end = one.parser_metadata[SPAN]
    assert file.text[start:end] == one.raw
    assert one.parser_metadata[FILE] is file
    assert library.strings_dict["ap"].value == "Academic"
    assert [block.comment for block in library.comments] == ["% Mine.", "kept"]
    assert [entry.key for entry in library.entries] == ["one", "two", "three", "One"]


def test_what_is_broken_or_taken_is_a_failed_block_with_its_text() -> None:
    failed = to_bibtexparser(parse(TEXT)).failed_blocks
    assert [type(block).__name__ for block in failed] == ["ParsingFailedBlock", "DuplicateBlockKeyBlock"]
    assert failed[0].raw == "@misc{bad, title = {x}\n"
    assert isinstance(failed[0].ignore_error_block, model.Entry)
    assert failed[0].ignore_error_block["title"] == "x"


def test_a_change_is_as_small_as_it_can_be() -> None:
    library = to_bibtexparser(parse(TEXT))
    one, two = library.entries[:2]
    one["year"] = "2001"
    one.pop("publisher")
    two["note"] = "new"
    two.entry_type = "misc"
    two.key = "second"
    text = from_bibtexparser(library).text
    assert text == (
        TEXT.replace("1999", "2001")
        .replace("  publisher = ap # { Press},\n", "")
        .replace("@article{two", "@misc{second")
        .replace("month = jan}", 'note = "new", month = jan}')
    )


def test_entries_can_be_added_and_removed() -> None:
    library = to_bibtexparser(parse(TEXT))
    library.remove(library.entries[1])
    library.add(
        model.Entry("Misc", "new", [model.Field("Title", "T"), model.Field("month", "feb", None, "no-enclosing")])
    )
    text = from_bibtexparser(library).text
    assert text.startswith(TEXT[: TEXT.index("@article")])
    assert "@article" not in text
    entry = parse(text).get("new")
    assert entry is not None
    assert {field.name: field.raw for field in entry.fields} == {"title": "{T}", "month": "feb"}


def test_an_entry_that_is_put_before_another_stays_there() -> None:
    library = to_bibtexparser(parse("@misc{a, note = {x}}\n\n@misc{b, note = {y}}\n"))
    new = model.Entry("misc", "new", [])
    reordered = bibtexparser.Library([library.blocks[0], new, library.blocks[1]])
    assert [entry.key for entry in from_bibtexparser(reordered).entries] == ["a", "new", "b"]


@pytest.mark.parametrize("change", ["order", "string", "comment", "preamble"])
def test_other_changes_put_the_file_together_from_its_blocks(change: str) -> None:
    library = to_bibtexparser(parse(TEXT))
    blocks = list(library.blocks)
    match change:
        case "order":
            blocks.reverse()
        case "string":
            library.strings[0].value = "Else"
        case "comment":
            library.comments[0].comment = "% Yours."
        case "preamble":
            library.preambles[0].value = "{p}"
    after = from_bibtexparser(bibtexparser.Library(blocks, fail_on_duplicate_key=False))
    assert {entry.key for entry in after.entries} == {entry.key for entry in parse(TEXT).entries}
    assert "publisher = ap # { Press}" in after.text
    expected = {"order": "Mine", "string": "@string{ap = {Else}}", "comment": "% Yours.", "preamble": "@preamble{{p}}"}
    assert expected[change] in after.text


def test_their_middlewares_run_and_can_be_undone() -> None:
    apart = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts(), middlewares.MonthIntMiddleware()]
    library = to_bibtexparser(parse(TEXT), apart)
    assert library.entries[1]["author"][1].von == ["de"]
    assert library.entries[1]["month"] == 1
    text = from_bibtexparser(library).text
    entry = parse(text).get("two")
    assert entry is not None
    assert entry.values()["author"] in {"Ann Ode and de Bell, Bo", "Ode, Ann and de Bell, Bo"}


def test_a_value_that_is_no_text_is_refused_in_words() -> None:
    library = to_bibtexparser(parse(TEXT))
    library.entries[0]["title"] = {"a": 1}
    with pytest.raises(ValueError, match="undo the middleware"):
        from_bibtexparser(library)


def test_a_library_from_elsewhere_becomes_a_file() -> None:
    theirs = bibtexparser.parse_string(
        '% head\n@string{s = "S"}\n@preamble{"p"}\n@comment{c}\n@book{k, title = {T}, month = jan, note = s # "x"}\n'
        "@book{k, title = {Same key}}\n@misc{d, a = {1}, a = {2}}\n"
    )
    file = from_bibtexparser(theirs)
    entry = file.get("k")
    assert entry is not None
    assert entry.values() == {"title": "T", "month": "jan", "note": "Sx"}
    for kept in ("% head", "@string{s = {S}}", '@preamble{"p"}', "@comment{c}", "@misc{d, a = {1}, a = {2}}"):
        assert kept in file.text
    assert len(file.entries) == 3
    assert from_bibtexparser(bibtexparser.Library()).text == ""


# -- second opinions ------------------------------------------------------------------------------------------------

names = st.text(string.ascii_lowercase, min_size=1, max_size=8)
words = st.text(string.ascii_letters + " .:/é–", max_size=20)
entries = st.dictionaries(names, st.dictionaries(names, words, max_size=5), min_size=1, max_size=5)
styles = st.sampled_from([("  ", " = ", "{", "}"), ("\t", "=", '"', '"'), ("", " =\n ", "{", "}")])


def written(made: dict[str, dict[str, str]], style: tuple[str, str, str, str]) -> str:
    indent, equals, left, right = style
    return "\n".join(
        f"@misc{{{key}," + ",".join(f"\n{indent}{name}{equals}{left}{value}{right}" for name, value in fields.items())
        + "\n}\n"
        for key, fields in made.items()
    )  # fmt: skip


def squeezed(made: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {key: {name: " ".join(value.split(" ")).strip() for name, value in fields.items()}
            for key, fields in made.items()}  # fmt: skip


def plain(value: str) -> str:
    return " ".join(value.split())


@given(entries, styles)
@settings(max_examples=50)
def test_bibtexparser_and_pybtex_read_sound_files_as_we_do(
    made: dict[str, dict[str, str]], style: tuple[str, str, str, str]
) -> None:
    text = written(made, style)
    ours = {entry.key: {name: plain(value) for name, value in entry.values().items()} for entry in parse(text).entries}
    through = {
        entry.key: {field.key: plain(field.value) for field in entry.fields}
        for entry in to_bibtexparser(parse(text)).entries
    }
    theirs = {
        entry.key: {field.key: plain(field.value) for field in entry.fields}
        for entry in bibtexparser.parse_string(text).entries
    }
    people = {"author", "editor"}
    pybtex = {
        key: {name: plain(value) for name, value in entry.fields.items() if name not in people}
        for key, entry in parse_with_pybtex(text, "bibtex").entries.items()
    }
    assert ours == through == theirs
    assert pybtex == {
        key: {name: value for name, value in fields.items() if name not in people} for key, fields in ours.items()
    }


@given(entries, styles, st.data())
@settings(max_examples=50)
def test_a_change_by_way_of_bibtexparser_is_that_change_and_nothing_else(
    made: dict[str, dict[str, str]], style: tuple[str, str, str, str], data: st.DataObject
) -> None:
    library = to_bibtexparser(parse(written(made, style)))
    entry = data.draw(st.sampled_from(library.entries))
    name, value = data.draw(names), data.draw(st.text(string.ascii_letters, max_size=9))
    entry[name] = value
    after = from_bibtexparser(library)
    expected = {one.key: one.values() for one in parse(written(made, style)).entries}
    expected[entry.key][name] = value
    assert {one.key: one.values() for one in after.entries} == expected
