"""Random .bib files, edits and works: nothing crashes, nothing hangs, and all that is written reads back equal.

    python tests/fuzz/bib.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``, so that a failure is run again by ``python tests/fuzz/bib.py 1 N``;
the last line is one JSON object with the figures. The exit code is 0 when nothing failed.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from rounds import check, run

from dl4es_bib.bib.edits import Bare, Edits, edit
from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import squeeze
from dl4es_bib.bib.house_style import house_style
from dl4es_bib.bib.subset import subset
from dl4es_bib.formats.bibtex import Dialect, from_entry, in_encoding, to_entry
from dl4es_bib.formats.csljson import load
from dl4es_bib.library.store.save_bib import save_bib
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.model.work import Source

SOURCE = Source("user", "fuzz.bib")
WORDS = (
    "a", "K1", "key", "Smith 2001", "jan", "title", "author", "doi", "url", "crossref", "ids", "xdata", "string",
    "comment", "preamble", "1999", "é", "Ł", "Ω", "中", "\u202e", "\u0301", "\u00a0", "\\", "\\{", "\\}", "$", "$x$",
    "%", "&", "#", "_", "~", "@", "{", "}", "(", ")", '"', ",", "=", " ", "  ", "\n", "\r\n", "\r", "\t", "\0",
    "\ufeff", "'", "and", "others", "|", "\\textbraceleft{}", "{{", "}}", "},", "@misc{", "\n@book{b,", "note = {",
    "= {x},\n", "\\url{", "https://x.org/", "10.5555/",
)  # fmt: skip
TYPES = ("article", "book", "Misc", "STRING", "comment", "preamble", "online", "x@y")
FIELDS = ("title", "author", "year", "month", "doi", "url", "note", "crossref", "Title", "file", "ids", "abstract")


def text(chance: random.Random, longest: int) -> str:
    return "".join(chance.choice(WORDS) for _ in range(chance.randrange(longest)))


def sound_value(chance: random.Random) -> str:
    """A value whose braces match, most of the time."""
    value = text(chance, 6)
    if chance.random() < 0.8:
        value = value.replace("{", "").replace("}", "").replace('"', "")
    return chance.choice(("{%s}", "{{%s}}", '"%s"', "{%s} # jan", "jan", "2001", "s # {%s}")).replace("%s", value)


def entry(chance: random.Random) -> str:
    key = chance.choice(("a", "b", "K1", "k2", "Smith 2001", "", "é", "Doe, J", "x\u202ey", "k:3", "A"))
    if chance.random() < 0.1:
        return f"@string{{{chance.choice('stu')} = {sound_value(chance)}}}"
    fields = [
        chance.choice(("", " ", "\n  ")) + chance.choice(FIELDS) + chance.choice((" = ", "=")) + sound_value(chance)
        for _ in range(chance.randrange(5))
    ]
    end = chance.choice((",}", "}", "\n}", "\n}\n", ",\n}\n\n", "", ")"))
    return f"@{chance.choice(TYPES)}{{{key},{','.join(fields)}{end}"


def bib_data(chance: random.Random) -> bytes:
    pieces = [
        chance.choice((entry, entry, entry, lambda given: text(given, 8)))(chance) for _ in range(chance.randrange(7))
    ]
    whole = chance.choice(("", "\n", "\n\n", "\r\n")).join(pieces)
    if chance.random() < 0.3 and whole:
        at = chance.randrange(len(whole))
        whole = whole[:at] + chance.choice(WORDS) + whole[at + chance.randrange(3) :]
    encoding = chance.choice(("utf-8",) * 6 + ("cp1252", "latin-1", "utf-16", "utf-16-le", "utf-32", "utf-32-be"))
    data = whole.encode(encoding, "ignore")
    if chance.random() < 0.15 and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes(chance.choices(range(256), k=chance.randrange(4))) + data[at + chance.randrange(3) :]
    return data


def value(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return Bare(chance.choice(("jan", "2001", '"x" # jan', "{a} # s", "a b", "{", "")))
    given = text(chance, 7)
    return given if chance.random() < 0.3 else re.sub("[{}\0]", "", given)


def change(edits: Edits, file: BibFile, chance: random.Random) -> tuple[str, str, str] | None:
    """One random change: the key, field and value to look for afterwards, or nothing."""
    sound = [found.key for found in file.entries if not found.broken]
    key = chance.choice(sound if sound and chance.random() < 0.9 else ["none"])
    name, wanted = chance.choice(FIELDS), value(chance)
    match chance.randrange(8):
        case 0 | 1:
            edits.set_field(key, name, wanted)
            return key, name, wanted
        case 2:
            edits.remove_field(key, name)
        case 3 | 4:
            new = chance.choice(("new", "n2", "Smith", "new:3", "é", chance.choice(("x\u202ey", "", "a b", "K1"))))
            edits.add_entry(chance.choice((*TYPES[:3], "misc", "set", "string")), new, {name: wanted})
            return new, name, wanted
        case 5:
            edits.remove_entry(key)
        case 6:
            edits.rename_entry(key, chance.choice(("renamed", "K2", "b2", "é", chance.choice(("x\u202ey", "", "K1")))))
        case _:
            edits.add_entry_text(entry(chance))
    return None


def same_value(read: str | None, wanted: str) -> bool:
    return isinstance(wanted, Bare) or read == squeeze(wanted).strip(" ")


def fuzz_file(chance: random.Random, folder: Path, counts: Counter[str]) -> None:
    data = bib_data(chance)
    file = parse(data, "fuzz.bib")
    check(file.to_bytes() == data, "the bytes differ")
    check("".join(node.text for node in file.nodes) == file.text, "the nodes do not cover the text")
    check(all(finding.message for finding in file.findings), "a finding says nothing")
    for found in file.entries:
        values = found.values()
        check(all(values[field.name] == field.value for field in found.fields if not field.repeated), "values differ")
        if not found.broken:
            from_entry(found.type, values, SOURCE)
    styled = house_style(file)
    check(house_style(styled) is styled, "the house style is not stable")
    again = parse(styled.to_bytes())
    check(
        [found.values() for found in again.entries] == [found.values() for found in file.entries], "fmt changes values"
    )
    edit_file(file, chance, folder, counts)
    keys = [found.key for found in file.entries if not found.broken][:3]
    part, _ = subset(file, keys)
    for key in keys:
        theirs = parse(part).get(key)
        ours = file.find(key)
        check(theirs is not None and ours is not None and theirs.values() == ours.values(), f"subset loses {key!r}")


def edit_file(file: BibFile, chance: random.Random, folder: Path, counts: Counter[str]) -> None:
    edits, wanted = edit(file), None
    try:
        for _ in range(chance.randrange(1, 3)):
            wanted = change(edits, file, chance)
        after = edits.apply()
        written = after.to_bytes()
    except (KeyError, ValueError):
        counts["edits refused"] += 1
        return
    counts["edits"] += 1
    if wanted is not None:
        found = after.get(wanted[0])
        field = found.get(wanted[1]) if found is not None else None
        check(same_value(field.value if field is not None else None, wanted[2]), f"{wanted} is not read back")
        fresh = found is not None and file.get(wanted[0]) is None
        check(not fresh or found.ignored in {"", "utf-16"}, f"BibTeX does not see the new {wanted[0]!r}")
    path = folder / "fuzz.bib"
    path.write_bytes(file.to_bytes())
    try:
        save_bib(path, after, file)
    except DL4ESBibError as error:
        counts["saves refused"] += 1
        check(str(error).endswith("."), f"no sentence: {error}")
        check(path.read_bytes() == file.to_bytes(), "a refused save changed the file")
        return
    check(path.read_bytes() == written, "the file on disk is another")
    again = parse(written)
    if again.text == after.text:
        return
    counts["read as another encoding"] += 1
    check(len(again.entries) == len(after.entries), "entries are lost with the encoding")


def fuzz_work(chance: random.Random, folder: Path, counts: Counter[str]) -> None:
    variables = ("title", "container-title", "publisher", "URL", "DOI", "note", "page", "abstract", "keyword", "genre")
    item: dict[str, object] = {name: text(chance, 8) for name in variables if chance.random() < 0.6}
    item |= {
        "id": text(chance, 4) or "x",
        "type": chance.choice(("book", "article-journal", "webpage", "thesis", "dataset")),
    }
    item["author"] = [{"family": text(chance, 4), "given": text(chance, 3)} for _ in range(chance.randrange(3))]
    data = json.dumps([item])
    dialect: Dialect = chance.choice(("bibtex", "biblatex"))
    works, _ = load(data, file="fuzz.json")
    counts["works"] += len(works)
    for given in works:
        made = to_entry(given.work, dialect)
        file = parse(made.source(text(chance, 4)))
        check(len(file.entries) == 1 and len(file.nodes) <= 2, "not one entry")
        read = file.entries[0]
        check(not read.broken and read.type == made.type, "the entry is broken")
        check({field.name for field in read.fields} == {name for name, _ in made.fields}, "fields come or go")
        for name, source in made.fields:
            check(same_value(read.values()[name], source), f"{name} is not read back")
            fitting = in_encoding(name, source, "cp1252")
            if fitting is not None:
                fitting.encode("cp1252")
                added = edit(parse(b"% \xe9\n")).add_entry("misc", "k", {name: fitting}).apply().get("k")
                check(added is not None and same_value(added.values()[name], fitting), f"{name} in cp1252")
        from_entry(read.type, read.values(), SOURCE)


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random file with edits, or one random work."""
    with tempfile.TemporaryDirectory() as folder:
        (fuzz_work if chance.random() < 0.25 else fuzz_file)(chance, Path(folder), figures)


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
