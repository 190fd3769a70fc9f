"""YAML from untrusted files."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.safe_yaml import YamlError, dump_yaml, load_yaml


def test_plain_data_is_read() -> None:
    assert load_yaml("a: 1\nb: [x, y]\n", "c.yaml") == {"a": 1, "b": ["x", "y"]}
    assert load_yaml("\ufeffa: 1\r\n", "c.yaml") == {"a": 1}


def test_merge_keys_are_plain_yaml() -> None:
    assert load_yaml("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", "c.yaml")["c"] == {"b": 1, "d": 2}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\na: 2\n", "c.yaml:2"),
        ("a: !!python/object/apply:os.system [x]\n", "c.yaml:1"),
        ("a: 1\n\tb: 2\n", "c.yaml:2"),
        ("a: 2019-99-99\n", "c.yaml:1"),
        ("a: " + "9" * 5000 + "\n", "c.yaml:1"),
        ("? [a]\n: 1\n", "c.yaml:1"),
        ("a: 1\n---\nb: 2\n", "c.yaml"),
        ("a: \x1b\n", "c.yaml:1"),
        ("[" * 3000, "c.yaml:1"),
        ("- " * 3000 + "a", "c.yaml:1"),
        ("!!int", "c.yaml:1"),
        ("a: 1\nb: !!timestamp x\n", "c.yaml:2"),
        ("a: !!int ''\n", "c.yaml:1"),
        ("a: !!float x\n", "c.yaml:1"),
        ("a: !!bool perhaps\n", "c.yaml:1"),
        ("a: !!binary 'x'\n", "c.yaml:1"),
        ("!!timestamp 2001-01-01T99:99:99Z", "c.yaml:1"),
        ("!!map x", "c.yaml:1"),
        ("!!seq {a: b}", "c.yaml:1"),
        ("!!omap x", "c.yaml:1"),
        ("!!pairs [a]", "c.yaml:1"),
        ("!!set [a]", "c.yaml:1"),
        ("a: &a [x]\nb: [" + "*a," * 200 + "]\n", "c.yaml:2"),
    ],
)
def test_what_is_refused_is_refused_with_file_and_line(text: str, place: str) -> None:
    with pytest.raises(YamlError, match=rf"^{place}\b.*\.$") as caught:
        load_yaml(text, "c.yaml")
    assert "\x1b" not in str(caught.value)


def test_too_large_a_text_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dl4es_bib.disk.safe_yaml.MAX_CHARACTERS", 10)
    with pytest.raises(YamlError, match="larger"):
        load_yaml("a: 1234567890", "c.yaml")


def test_a_value_is_one_line_however_long() -> None:
    assert dump_yaml({"a": "word " * 100 + "end"}).count("\n") == 1


@pytest.mark.parametrize(
    ("text", "data", "line"),
    [
        ('- a: "x\\ud800y"\n- b: 1', [{"a": "x\ufffdy"}, {"b": 1}], 1),
        ("- a: 1\n- b: !!int x", [{"a": 1}, {"b": "x"}], 2),
        ("- !!timestamp 2001-99-99\n- 2001-02-31", ["2001-99-99", "2001-02-31"], 1),
        ("- 1\n- !!python/object:os.system x", [1, "x"], 2),
        ("- !odd {a: 1}\n- !!omap [a: 1]", [{"a": 1}, [{"a": 1}]], 1),
    ],
)
def test_an_odd_value_of_a_reference_file_is_kept_as_text_and_told_with_its_line(
    text: str, data: object, line: int
) -> None:
    with pytest.raises(YamlError):
        load_yaml(text, "c.yaml")
    kept: list[tuple[int, str]] = []
    assert load_yaml(text, "c.yaml", kept=kept) == data
    assert kept[0][0] == line


def test_two_halves_of_a_character_are_one_and_an_escaped_backslash_is_none() -> None:
    kept: list[tuple[int, str]] = []
    assert load_yaml(r'a: "\ud83d\ude00 \\ud800"', "c.yaml", kept=kept) == {"a": "\U0001f600 \\ud800"}
    assert kept == []
