"""Libraries in old, mixed and broken encodings: kept as they are, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import Run

from dl4es_bib.bib.file import parse

ONE = "@article{a1, author={Ødegård, Kåre}, title={Tides of Ice}, journal={Sea}, year=2001, volume=3, pages={1--9}}\n"
TWO = "@article{b1, author={Ødegård, Kåre}, title={Tides of ice}, journal={Sea}, year=2001, note={naïve}}\n"


@pytest.mark.parametrize(
    ("line", "codec", "text"),
    [
        ("% Encoding: ISO8859_2", "iso8859-2", "Žluťoučký kůň"),
        ("% Encoding: Cp1250", "cp1250", "Źdźbło “ś”"),
        ("% This file was created with JabRef 2.9.\n% Encoding: windows-1251", "cp1251", "Достоевский"),
        ("This file was created with JabRef 2.3.\nEncoding: MacRoman", "mac-roman", "Ode’s café"),
        ("% Encoding: SJIS", "shift_jis", "海の表面"),
        ("%Encoding: GB18030", "gb18030", "海洋学报"),
        ("% Encoding: KOI8_R", "koi8-r", "Пушкин"),
        ("% Encoding: ISO-8859-7", "iso8859-7", "Θάλασσα"),
    ],
)
def test_the_encoding_that_jabref_notes_is_the_one_that_is_read_and_written(
    command: Run, project: Path, line: str, codec: str, text: str
) -> None:
    data = f"{line}\n\n@misc{{one, title = {{{text}}}, year = {{2001}}}}\n".encode(codec)
    path = project / "old.bib"
    path.write_bytes(data)
    assert parse(data).entries[0].values()["title"] == text
    assert command("keys", "rename", "one", "two", "--bib", "old.bib", "--no-ids")[0] == 0
    assert path.read_bytes() == data.replace(b"{one,", b"{two,")
    assert text in command("convert", "old.bib", "--to", "csl-json")[1]
    assert f"read as {codec}, as its line" in command("check", "old.bib")[1]


@pytest.mark.parametrize(
    ("head", "codec", "data"),
    [
        # Saved as UTF-8 by a program that left the line alone.
        ("% Encoding: ISO8859_2", "utf-8", "Žluť".encode()),
        # Names that are no encoding of .bib files, or none at all.
        ("% Encoding: UTF-7", "cp1252", b"caf\xe9"),
        ("% Encoding: Klingon", "cp1252", b"caf\xe9"),
        ("% Encoding: Cp037", "cp1252", b"caf\xe9"),
    ],
)
def test_a_line_that_does_not_fit_is_told_and_not_followed(
    command: Run, project: Path, head: str, codec: str, data: bytes
) -> None:
    whole = head.encode() + b"\n@misc{one, title = {" + data + b"}}\n"
    (project / "old.bib").write_bytes(whole)
    file = parse(whole)
    assert (file.encoding, file.to_bytes()) == (codec, whole)
    assert f"old.bib:1: warning: The line '{head}' does not fit" in command("check", "old.bib")[1]


@pytest.mark.parametrize(
    "line", ["% Encoding: UTF-8", "% Encoding: UTF8", "% no word of it", "@comment{Encoding: Cp1250}"]
)
def test_a_line_that_fits_or_is_none_is_no_finding(line: str) -> None:
    assert not parse(f"{line}\n@misc{{one, title = {{Žluť}}}}\n").findings


def test_a_pair_with_bytes_that_cannot_be_read_is_not_merged(command: Run, project: Path) -> None:
    """The note would go to the other entry with U+FFFD in the place of its letter."""
    data = (ONE + TWO).encode().replace("ï".encode(), b"\xef")
    (project / "b.bib").write_bytes(data)
    code, _, err = command("dedupe", "--merge", "--bib", "b.bib")
    assert (code, "b.bib:2: the entry b1 has bytes that are not UTF-8" in err) == (1, True)
    assert (project / "b.bib").read_bytes() == data
    code, _, err = command("dedupe", "--merge", "a1", "b1", "--bib", "b.bib", "--force")
    assert (code, "Type them anew, then merge" in err) == (2, True)
    assert (project / "b.bib").read_bytes() == data


def test_other_pairs_of_the_file_are_merged_all_the_same(command: Run, project: Path) -> None:
    pair = ONE.replace("a1", "c1").replace("Ice", "Salt") + TWO.replace("b1", "d1").replace("ice", "salt")
    data = (ONE + TWO).encode().replace("ï".encode(), b"\xef")
    (project / "b.bib").write_bytes(data + pair.encode())
    code, out, _ = command("dedupe", "--merge", "--bib", "b.bib")
    assert (code, "c1  d1" in out) == (1, True)
    assert (project / "b.bib").read_bytes().startswith(data + b"@article{c1")


def test_no_key_is_made_of_what_cannot_be_read(command: Run, project: Path) -> None:
    data = ONE.encode() + TWO.encode("latin-1") + "@misc{sea, title={Øya}, abstract={é}, year=1999}\n".encode()
    data = data.replace("é".encode(), b"\xe9")
    (project / "b.bib").write_bytes(data)
    code, out, err = command("keys", "apply", "--pattern", "[auth][year][title]", "--no-ids", "--bib", "b.bib")
    assert (code, "b.bib:2: There are bytes here that are not UTF-8" in err) == (0, True)
    assert "b1 →" not in out
    after = (project / "b.bib").read_bytes()
    assert TWO.encode("latin-1") in after
    assert b"@misc{sea," not in after  # what its key is made of can be read


def test_dedupe_says_how_it_read_the_file(command: Run, project: Path) -> None:
    (project / "b.bib").write_bytes(ONE.encode() + TWO.encode("latin-1"))
    assert "b.bib:2: There are bytes here" in command("dedupe", "--bib", "b.bib")[2]
    (project / "b.bib").write_bytes((ONE + TWO).encode("latin-1"))
    assert "read as cp1252" in command("dedupe", "--bib", "b.bib")[2]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff".encode("utf-16-le") + ONE.encode("utf-16-le") + TWO.encode(),
        "\ufeff".encode("utf-16-be") + ONE.encode("utf-16-be") + b"\xd8\x00" + TWO.encode("utf-16-be"),
        "\ufeff".encode("utf-16-le") + ONE.encode("utf-16-le") + b"x",
        ("\ufeff" + ONE + TWO).encode("utf-16-le"),
        (ONE + TWO).encode("utf-16-be"),
    ],
)
@pytest.mark.parametrize(
    "verb", [("dedupe", "--merge"), ("keys", "rename", "a1", "x"), ("keys", "apply", "--pattern", "[year]")]
)
def test_utf_16_is_refused_with_the_cure(command: Run, project: Path, data: bytes, verb: tuple[str, ...]) -> None:
    (project / "b.bib").write_bytes(data)
    code, _, err = command(*verb, "--bib", "b.bib")
    assert (code, "Save it as UTF-8" in err) == (3, True)
    assert (project / "b.bib").read_bytes() == data


def test_a_build_leaves_an_entry_whose_bytes_cannot_be_read(command: Run, project: Path) -> None:
    data = TWO.encode("latin-1") + ONE.encode() + b"@misc{k, title={Zw\xc3\xb6lf}, keywords={caf\xe9}}\n"
    (project / "b.bib").write_bytes(data)
    _, _, err = command("build", "b.bib", "--bib", "b.bib", "--offline")
    assert "b1 has bytes that are not UTF-8 in b.bib and was left as it is" in err
    assert TWO.encode("latin-1") in (project / "b.bib").read_bytes()
    assert b"keywords={caf\xe9}" in (project / "b.bib").read_bytes()


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1251", "Толстой, Лев"), ("iso8859-7", "Παπαδόπουλος, Α."), ("koi8-r", "Достоевский, Ф.")]
)
def test_no_key_is_made_of_another_script_that_was_taken_for_latin(
    command: Run, project: Path, codec: str, name: str
) -> None:
    data = f"@book{{t, author={{{name}}}, title={{X}}, year={{1869}}}}\n".encode(codec)
    (project / "b.bib").write_bytes(data)
    code, out, err = command("keys", "apply", "--bib", "b.bib")
    assert (code, out) == (0, "No key needs to change.\n")
    assert "name its encoding in the first line" in err
    assert (project / "b.bib").read_bytes() == data
    (project / "b.bib").write_bytes(f"% Encoding: {codec}\n".encode() + data)
    assert " → " in command("keys", "apply", "--bib", "b.bib")[1]


@pytest.mark.parametrize("title", ["Þjóðíþróttin glíma", "Jäääärne öö", "Hääyöaie ja ääriä", "Naïveté coïncidée"])
def test_western_words_with_many_marks_are_western(title: str) -> None:
    found = parse(f"@book{{t, title={{{title}}}}}\n".encode("latin-1")).findings
    assert [finding.fix for finding in found] == ["Save it as UTF-8."]
