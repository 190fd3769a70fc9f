"""Reading and editing .bib files; the expected readings are BibTeX 0.99d's."""

from __future__ import annotations

import difflib

import pytest

from dl4es_bib.bib.edits import Bare, Edits, edit
from dl4es_bib.bib.file import BibFile, BrokenBlock, Comment, Entry, FreeText, Preamble, StringDefinition, parse
from dl4es_bib.bib.subset import subset

LIBRARY = """\
% Our library
@string{ jgeo = "Journal of Examples" }

@ARTICLE{Doe1999,
    AUTHOR  = "Doe, Jane",
    TITLE   = "Rivers",
    YEAR    = 1999,
    JOURNAL = jgeo
}

@ARTICLE{Roe2003,
    AUTHOR  = "Roe, Richard",
    TITLE   = "Lakes",
    YEAR    = 2003,
    MONTH   = jan,
    JOURNAL = jgeo # ", Series B"
}
"""


def values(text: str, key: str = "k") -> dict[str, str]:
    entry = parse(text).get(key)
    assert entry is not None
    assert entry.values() == {field.name: field.value for field in entry.fields if not field.repeated}
    return entry.values()


def live(text: str) -> list[str]:
    return [entry.key for entry in parse(text).entries if not entry.ignored]


def codes(text: str | bytes) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in parse(text).findings]


def diff(before: BibFile, after: BibFile) -> list[str]:
    lines = difflib.unified_diff(before.text.split("\n"), after.text.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def changes(text: str, change: object) -> list[str]:
    before = parse(text)
    edits = edit(before)
    assert callable(change)
    change(edits)
    return diff(before, edits.apply())


# -- reading ---------------------------------------------------------------------------------------------


def test_every_character_belongs_to_a_node() -> None:
    text = '% x\n@string{a = "b"}\n@preamble{"p"}\n@comment{c}\n@book{k, title = {T}}\n@book{\n@misc{l,}\nend'
    file = parse(text)
    assert "".join(node.text for node in file.nodes) == text
    kinds = [type(node) for node in file.nodes if node.text.strip()]
    assert kinds == [FreeText, StringDefinition, Preamble, Comment, Entry, BrokenBlock, Entry, FreeText]


def test_strings_are_expanded_and_parts_joined_as_bibtex_joins_them() -> None:
    text = '@string{s = "  q  r "}\n@misc{k, title = "a " # s # " b", note = s # s, month = jan # "~1"}\n'
    assert values(text) == {"title": "a q r b", "note": "q r q r", "month": "jan~1"}


def test_white_space_is_blank_tab_and_line_end_and_nothing_else() -> None:
    text = "@misc{k, title = {a\r\n\t b\rc}, note = {a\u00a0\u00a0b\u2003c}}\n"
    assert values(text) == {"title": "a b c", "note": "a\u00a0\u00a0b\u2003c"}


def test_names_and_keys_are_folded_in_ascii_only() -> None:
    file = parse("@Book{Key, TITLE = {x}, É = {y}}\n")
    entry = file.get("kEY")
    assert entry is not None
    assert (entry.type, entry.key, [field.name for field in entry.fields]) == ("book", "Key", ["title", "É"])


def test_parentheses_quotes_and_deep_braces_are_read() -> None:
    text = '@book(k, title = "a {"} b", note = {1{2{3{4{5{6}}}}}} , year = 1999)\n'
    assert values(text) == {"title": 'a {"} b', "note": "1{2{3{4{5{6}}}}}", "year": "1999"}


def test_the_first_of_repeated_fields_counts_and_the_rest_is_reported() -> None:
    text = "@book{k, title = {first},\n Title = {second}}\n"
    assert values(text) == {"title": "first"}
    assert codes(text) == [("repeated-field", 1)]


def test_the_first_of_repeated_keys_counts_and_both_are_shown() -> None:
    text = "@book{k, title = {1}}\n@book{K, title = {2}}\n"
    assert live(text) == ["k"]
    assert [entry.key for entry in parse(text).entries] == ["k", "K"]
    assert values(text) == {"title": "1"}
    assert codes(text) == [("repeated-key", 2)]


def test_an_undefined_string_is_empty_and_reported() -> None:
    text = '@book{k,\n title = nowhere # "x"}\n'
    assert values(text) == {"title": "x"}
    assert codes(text) == [("undefined-string", 2)]


def test_a_string_that_uses_itself_is_empty_there_and_reported() -> None:
    text = '@string{s = s # "x"}\n@book{k, title = s}\n'
    assert values(text) == {"title": "x"}
    assert codes(text) == [("own-string", 1)]


def test_a_string_means_what_it_meant_where_it_is_used() -> None:
    text = "@string{s = {1}}\n@book{a, title = s}\n@string{s = {2}}\n@book{b, title = s}\n"
    assert values(text, "a") == {"title": "1"}
    assert values(text, "b") == {"title": "2"}


def test_a_percent_sign_comments_nothing_out() -> None:
    assert live("% @book{k, title = {x}}\n") == ["k"]


def test_entries_inside_a_comment_are_live() -> None:
    text = "@comment{ @book{k, title = {x}} }\n\n"
    assert live(text) == ["k"]
    assert [type(node) for node in parse(text).nodes] == [Comment, Entry, FreeText]


def test_a_comment_without_entries_is_one_node() -> None:
    text = "@Comment{jabref-meta: grouping: {a;\nb}; mail: x@y.org}\n@book{k,}\n"
    assert [type(node) for node in parse(text).nodes] == [Comment, FreeText, Entry, FreeText]
    assert codes(text) == []


def test_what_follows_a_command_on_the_last_line_is_shown_though_bibtex_ignores_it() -> None:
    text = "@book{a, title = {x}} @book{b, title = {y}}\n"
    assert live(text) == ["a"]
    assert [entry.key for entry in parse(text).entries] == ["a", "b"]
    assert codes(text) == [("last-line", 1)]
    assert live(text + "\n") == ["a", "b"]


# -- faults ----------------------------------------------------------------------------------------------


def test_an_unclosed_entry_ends_at_the_next_at_sign_that_begins_a_line() -> None:
    text = "@book{a,\n  title = {x,\n  year = 1\n\n  @book{b,\n title = {y}}\n"
    file = parse(text)
    assert codes(text) == [("unclosed-entry", 1), ("swallowed-entry", 5)]
    assert [(entry.key, entry.broken, entry.ignored) for entry in file.entries] == [
        ("a", True, ""),
        ("b", False, "swallowed"),
    ]
    assert isinstance(file.nodes[0], BrokenBlock)
    assert file.nodes[0].text == "@book{a,\n  title = {x,\n  year = 1\n\n  "


def test_a_missing_comma_keeps_the_fields_before_it_and_is_reported_where_the_entry_begins() -> None:
    text = "\n\n@book{a,\n  title = {x}\n  year = 1999\n}\n@book{b, title = {y}}\n"
    assert codes(text) == [("missing-comma", 3)]
    assert "line 5" in parse(text).findings[0].message
    assert values(text, "a") == {"title": "x"}
    assert live(text) == ["a", "b"]


def test_an_at_sign_that_begins_a_line_within_a_sound_value_is_text() -> None:
    text = "@book{k, title = {a\n@book{no, such = {entry}}\n}}\n"
    assert live(text) == ["k"]
    assert codes(text) == []


def test_an_address_in_free_text_is_reported_and_loses_nothing() -> None:
    text = "Ask joe@example.org first.\n@book{k, title = {x}}\n"
    assert codes(text) == [("stray-at", 1)]
    assert live(text) == ["k"]


def test_an_entry_after_one_that_has_only_been_begun_is_found() -> None:
    text = "@book{\n@book{k, title = {x}}\n"
    assert codes(text) == [("no-key", 1)]
    assert live(text) == ["k"]


def test_an_entry_without_key_is_read_and_reported() -> None:
    text = "@book{, title = {x}}\n"
    assert values(text, "") == {"title": "x"}
    assert codes(text) == [("empty-key", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "@" * 40_000,
        "@\n" * 40_000,
        "@a{" * 40_000,
        "@a{\n" * 40_000,
        "@a(" * 40_000,
        "@a(\n" * 40_000,
        "@a{k,t={\n" * 40_000,
        '@a{k,t="\n' * 40_000,
        '@a{k,t="{"\n' * 40_000,
        "@a{k,t=" + "{" * 200_000,
        "@a{k,t=" + "{" * 100_000 + "}" * 100_000 + "}",
        "@a{k,t={\n" * 40_000 + "}}x" * 40_000,
        "@comment{" * 40_000,
        "@comment{\n" * 40_000,
        "@comment{" * 40_000 + "}" * 40_000,
        "@a{k" + "," * 300_000,
        "@a{k" + ", a = 1" * 60_000 + "}",
        "@a{k, t = a" + " # a" * 60_000 + "}",
        "@a{k, t = {" + " " * 2_000_000 + "}}",
        "@a" + " " * 2_000_000,
        "@a{k, t={x}}\n" * 20_000 + "@a{k, t={\n" + "@a{k, t={x}}\n" * 20_000,
        "".join(f"@string{{s{i} = s{i - 1} # {{x}}}}\n" for i in range(30_000)),
    ],
    ids=lambda text: text[:12] + "…" + str(len(text)),
)
def test_a_flood_is_read_to_its_end_and_kept(text: str) -> None:
    # Quadratic time would be minutes.
    file = parse(text)
    assert file.findings is not None
    assert "".join(node.text for node in file.nodes) == text


def test_a_macro_bomb_is_bounded_and_reported() -> None:
    doublings = "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(60))
    uses = "".join(f'@book{{k{i}, title = a60 # "x", note = a60}}\n' for i in range(500))
    file = parse("@string{a0 = {" + "x" * 1000 + "}}\n" + doublings + uses)
    assert "long-expansion" in {finding.code for finding in file.findings}
    assert (
        sum(len(value) for entry in file.entries for value in {id(v): v for v in entry.values().values()}.values())
        < 600e6
    )
    assert max(len(value) for entry in file.entries for value in entry.values().values()) <= 1_000_001


# -- encodings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding", "title"),
    [
        ("@book{k, title = {Größe}}\n".encode(), "utf-8", "Größe"),
        ("\ufeff@book{k, title = {Größe}}\r\n".encode(), "utf-8", "Größe"),
        ("@book{k, title = {Größe}}".encode("utf-16"), "utf-16-le", "Größe"),
        ("@book{k, title = {Größe}}\n".encode("utf-16-be"), "utf-16-be", "Größe"),
        ("@book{k, title = {“Größe”}}\n".encode("cp1252"), "cp1252", "“Größe”"),
        ("@book{k, title = {Gr\x81öße}}\n".encode("latin-1"), "latin-1", "Gr\x81öße"),
        ("@book{k, title = {Größe é }}\n".encode() + b"% \xff\n", "utf-8", "Größe é"),
        (b"@book{k, title = {a \xed\xa0\x80 b}, note = {\xc3\xa9\xc3\xa9}}\n", "utf-8", "a � b"),
    ],
)
def test_a_file_in_any_encoding_is_read_and_comes_out_the_same(data: bytes, encoding: str, title: str) -> None:
    file = parse(data)
    assert file.to_bytes() == data
    assert file.encoding == encoding
    entry = file.get("k")
    assert entry is not None
    assert entry.values()["title"] == title


def test_bytes_that_are_not_utf8_are_reported_in_their_line() -> None:
    assert codes("é\né\n".encode() + b"\xff\n@book{k,}\n") == [("not-utf8", 3)]


def test_a_utf16_file_is_read_though_bibtex_cannot() -> None:
    file = parse("@book{k, title = {x}}\n".encode("utf-16"))
    assert [entry.ignored for entry in file.entries] == ["utf-16"]
    assert [finding.code for finding in file.findings] == ["utf-16"]


@pytest.mark.parametrize(("text", "newline"), [("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("", "\n")])
def test_the_line_end_is_the_one_that_is_used_most(text: str, newline: str) -> None:
    assert parse(text).newline == newline


def test_lines_are_counted_for_every_kind_of_line_end() -> None:
    assert [entry.line for entry in parse("\r\n\r@a{k,}\n@a{l,}\r@a{m,}").entries] == [3, 4, 5]


# -- edits -------------------------------------------------------------------------------------------------


def test_setting_a_field_changes_its_line_and_no_other() -> None:
    assert changes(LIBRARY, lambda edits: edits.set_field("doe1999", "year", "2001")) == [
        "-    YEAR    = 1999,",
        "+    YEAR    = 2001,",
    ]


def test_a_value_keeps_the_delimiters_of_the_one_it_replaces() -> None:
    text = '@book{k,\n a = {x},\n b = "x",\n c = 1,\n d = jan\n}\n'

    def change(edits: Edits) -> None:
        edits.set_field("k", "a", "y").set_field("k", "b", "y").set_field("k", "c", "2").set_field("k", "d", "May")

    assert changes(text, change)[4:] == ["+ a = {y},", '+ b = "y",', "+ c = 2,", "+ d = {May}"]


def test_a_value_with_a_quotation_mark_gets_braces() -> None:
    assert changes(LIBRARY, lambda edits: edits.set_field("Doe1999", "title", 'The "Rhine"'))[1] == (
        '+    TITLE   = {The "Rhine"},'
    )


def test_an_added_field_copies_indent_column_case_and_delimiters_and_takes_its_usual_place() -> None:
    file = edit(parse(LIBRARY)).set_field("Doe1999", "month", Bare("feb")).set_field("Doe1999", "doi", "10.1/x").apply()
    assert file.text == LIBRARY.replace(
        "    JOURNAL = jgeo\n", '    MONTH   = feb,\n    JOURNAL = jgeo,\n    DOI     = "10.1/x"\n'
    )


def test_an_added_field_is_one_line_where_a_comma_ends_the_last() -> None:
    text = "@book{k,\n\ttitle = {x},\n}\n"
    assert changes(text, lambda edits: edits.set_field("k", "year", "1")) == ["+\tyear = {1},"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@misc{k}", "@misc{k,\n  note = {n}\n}"),
        ("@misc{k, title={x}}", "@misc{k, title={x}, note={n}}"),
        ("@misc{k\n , title={x}\n }", "@misc{k\n , title={x}\n , note={n}\n }"),
        ("@misc(k,\n title = {x} )", "@misc(k,\n title = {x},\n note = {n} )"),
        (
            "@misc{k,\n  title =   {x},\n  author =  {y}\n}",
            "@misc{k,\n  title =   {x},\n  author =  {y},\n  note =    {n}\n}",
        ),
        (
            "@misc{k,\n   title = {x},\n  author = {y},\n}",
            "@misc{k,\n   title = {x},\n  author = {y},\n    note = {n},\n}",
        ),
        ("@misc{k,\r\n  title = {x}\r\n}", "@misc{k,\r\n  title = {x},\r\n  note = {n}\r\n}"),
    ],
)
def test_an_added_field_follows_the_style_of_its_entry(before: str, after: str) -> None:
    assert edit(parse(before)).set_field("k", "note", "n").apply().text == after


def test_removing_a_field_removes_its_line_and_a_comma_that_would_be_left() -> None:
    def change(edits: Edits) -> None:
        edits.remove_field("Doe1999", "author").remove_field("Roe2003", "journal")

    assert changes(LIBRARY, change) == [
        '-    AUTHOR  = "Doe, Jane",',
        "-    MONTH   = jan,",
        '-    JOURNAL = jgeo # ", Series B"',
        "+    MONTH   = jan",
    ]


def test_removing_a_repeated_field_removes_all_of_them() -> None:
    file = edit(parse("@book{k, a = {1}, b = {2}, A = {3}}\n")).remove_field("k", "a").apply()
    assert file.text == "@book{k, b = {2}}\n"


def test_a_value_that_is_the_same_when_read_leaves_the_file_alone() -> None:
    file = parse(LIBRARY)
    same = edit(file).set_field("Roe2003", "journal", "Journal of Examples, Series B").apply()
    assert same is file


def test_an_added_entry_looks_like_the_others_and_comes_last() -> None:
    edits = edit(parse(LIBRARY)).add_entry("book", "Poe2020", {"title": "Seas", "year": "2020", "author": "Poe, P."})
    assert edits.apply().text == LIBRARY + (
        '\n@BOOK{Poe2020,\n    AUTHOR  = "Poe, P.",\n    TITLE   = "Seas",\n    YEAR    = 2020\n}\n'
    )


def test_an_entry_with_a_parent_in_the_file_goes_before_it() -> None:
    text = "@book{a,\n}\n\n@book{p,\n}\n"
    file = edit(parse(text)).add_entry("inbook", "c", {"crossref": "P"}).apply()
    assert [entry.key for entry in file.entries] == ["a", "c", "p"]


def test_an_entry_added_to_an_empty_file_has_a_plain_style() -> None:
    file = edit(parse("")).add_entry("book", "k", {"title": "T", "month": Bare("jan")}).apply()
    assert file.text == "@book{k,\n  title = {T},\n  month = jan,\n}\n"


def test_an_entry_is_added_before_a_block_that_is_never_closed() -> None:
    # BibTeX reads nothing of what follows one.
    file = edit(parse("@misc{b, title = {z}}\n\n@book{a, title = {x")).add_entry("misc", "k", {"title": "y"}).apply()
    assert file.text.endswith("\n\n@book{a, title = {x")
    added = file.get("k")
    assert added is not None
    assert not added.ignored


def test_an_entry_is_added_as_it_is_written_with_the_line_ends_of_the_file() -> None:
    file = edit(parse("@book{a,\r\n}\r\n")).add_entry_text("@Misc{k,\n  note = {n}\n}\n").apply()
    assert file.text == "@book{a,\r\n}\r\n\r\n@Misc{k,\r\n  note = {n}\r\n}\r\n"


def test_removing_an_entry_leaves_one_blank_line_between_the_rest() -> None:
    text = "@a{x,\n}\n\n@a{y,\n}\n\n@a{z,\n}\n"
    assert edit(parse(text)).remove_entry("y").apply().text == "@a{x,\n}\n\n@a{z,\n}\n"
    assert edit(parse(text)).remove_entry("z").apply().text == "@a{x,\n}\n\n@a{y,\n}\n"
    assert edit(parse(text)).remove_entry("x").apply().text == "@a{y,\n}\n\n@a{z,\n}\n"


def test_renaming_an_entry_renames_it_where_it_is_named() -> None:
    text = "@inbook{c, crossref = {P}, xdata = {x, p}}\n@book{p, title = {T}}\n@misc{x,}\n"
    file = edit(parse(text)).rename_entry("p", "new").apply()
    assert file.text == "@inbook{c, crossref = {new}, xdata = {x, new}}\n@book{new, title = {T}}\n@misc{x,}\n"


def test_a_string_is_added_after_the_others_in_their_form() -> None:
    assert changes(LIBRARY, lambda edits: edits.add_string("jhyd", "J. Hydr.")) == ['+@string{ jhyd = "J. Hydr." }']


def test_the_first_string_comes_before_the_first_entry() -> None:
    file = edit(parse("% head\n@book{k,\n}\n")).add_string("s", "v").apply()
    assert file.text == "% head\n@string{s = {v}}\n\n@book{k,\n}\n"


def test_many_edits_are_one_pass() -> None:
    text = "".join(f"@book{{k{i},\n  year = {{1999}},\n}}\n\n" for i in range(5000))
    edits = edit(parse(text))
    for i in range(5000):
        edits.set_field(f"k{i}", "year", "2000").set_field(f"k{i}", "note", "n")
    changed = edits.apply()
    assert changed.text == text.replace("{1999},", "{2000},\n  note = {n},")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda edits: edits.set_field("Doe1999", "title", "a } b { c"), "unbalanced braces"),
        (lambda edits: edits.set_field("Doe1999", "title", r"\{"), "unbalanced braces"),
        (lambda edits: edits.set_field("Doe1999", "a b", "x"), "cannot be a field name"),
        (lambda edits: edits.set_field("Doe1999", "title", "\ud800"), "no text file"),
        (lambda edits: edits.set_field("Doe1999", "month", Bare("{x}, note = {y}")), "not a macro"),
        (lambda edits: edits.set_field("Doe1999", "month", Bare("")), "not a macro"),
        (lambda edits: edits.add_entry("book", "roe2003", {}), "is taken"),
        (lambda edits: edits.add_entry("book", "a b", {}), "cannot be a citation key"),
        (lambda edits: edits.add_entry("string", "k", {}), "cannot be an entry type"),
        (lambda edits: edits.rename_entry("Doe1999", "ROE2003"), "is taken"),
        (lambda edits: edits.add_entry_text("@book{k, title = {x}"), "one sound"),
        (lambda edits: edits.add_entry_text("@book{k,}\n@book{l,}"), "one sound"),
        (lambda edits: edits.add_string("JGEO", "x"), "defined already"),
    ],
)
def test_a_change_that_would_break_the_file_is_refused_in_a_sentence(change: object, sentence: str) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match=sentence):
        change(edit(parse(LIBRARY)))


def test_a_broken_entry_is_not_edited() -> None:
    with pytest.raises(ValueError, match="line 2 is broken"):
        edit(parse("\n@book{k, title = {x}\n year = 1}\n")).set_field("k", "note", "n")


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    file = parse("@book{k, title = {Größe}}\n".encode("latin-1"))
    with pytest.raises(ValueError, match="save the file as UTF-8"):
        edit(file).set_field("k", "title", "Ω")


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        edit(parse(LIBRARY)).set_field("nobody", "title", "x")


# -- a part of a file ----------------------------------------------------------------------------------------


def test_a_subset_has_the_strings_and_parents_that_it_needs_after_their_children() -> None:
    text = (
        "@string{a = {A}}\n@string{b = a # {B}}\n@string{unused = {U}}\n@preamble{ {p} }\n"
        "@book{p, title = b}\n@inbook{c, crossref = {P}, xdata = {gone}}\n@misc{other, note = {o}}\n"
    )
    part, missing = subset(parse(text), ["C", "nobody"])
    assert part == (
        "@string{a = {A}}\n@string{b = a # {B}}\n@preamble{ {p} }\n\n"
        "@inbook{c, crossref = {P}, xdata = {gone}}\n\n@book{p, title = b}\n"
    )
    assert missing == ("nobody", "gone")


def test_a_subset_survives_parents_in_a_circle_and_a_long_chain() -> None:
    circle = "@a{x, crossref = {y}}\n@a{y, crossref = {x}}\n@a{z, crossref = {z}}\n"
    assert [entry.key for entry in parse(subset(parse(circle), ["x", "z"])[0]).entries] == ["x", "y", "z"]
    chain = "".join(f"@a{{k{i}, crossref = {{k{i + 1}}}}}\n" for i in range(3000))
    part, missing = subset(parse(chain), ["k0"])
    assert [entry.key for entry in parse(part).entries] == [f"k{i}" for i in range(3000)]
    assert missing == ("k3000",)


def test_a_subset_of_a_broken_entry_has_the_fields_that_can_be_read() -> None:
    part, _ = subset(parse("@book{k, title = {x}, note = jan\n year = 1}\n"), ["k"])
    assert part == "@book{k,\n  title = {x},\n  note = jan\n}\n"
