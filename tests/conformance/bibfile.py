"""Reading .bib files, compared with what BibTeX 0.99d reads; names and LaTeX, compared likewise.

    python tests/conformance/bibfile.py DIR

DIR holds ``parse_dev.jsonl.gz`` and, for the last two, ``names_dev.jsonl.gz`` and
``latex2unicode_dev.jsonl.gz``. Each difference is a line; the last line is one JSON object:

- ``rows``, ``identical``: files, and those that come out as the same bytes;
- ``clean``, ``clean_ok``: files without an error to BibTeX, and those that read as BibTeX reads them: the
  same entries in the same order, with the same key, type and fields;
- ``malformed``, ``malformed_ok``: the same for the rest;
- ``lost``: entries that are in the file and neither in what we read nor in the block of a finding;
- ``names``, ``names_ok``, ``latex``, ``latex_ok``.

The exit code is 0 when nothing is lost and every file comes out identical.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dl4es_bib.bib.file import BibFile, Entry, FreeText, parse
from dl4es_bib.bib.grammar import fold

Json = dict[str, Any]

_OPENING = re.compile(r"^[ \t]*@[ \t]*([A-Za-z]+)\s*[{(]\s*([^\s,{}()=]+)\s*,", re.M)


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    counts: Counter[str] = Counter()
    for row in rows_of(folder / "parse_dev.jsonl.gz"):
        compare_file(row, counts)
    compare_names(folder / "names_dev.jsonl.gz", counts)
    compare_latex(folder / "latex2unicode_dev.jsonl.gz", counts)
    keys = ["rows", "identical", "clean", "clean_ok", "malformed", "malformed_ok", "lost"]
    keys += ["names", "names_ok", "latex", "latex_ok"]
    print(json.dumps({key: counts[key] for key in keys}))
    return int(counts["lost"] > 0 or counts["identical"] < counts["rows"])


def rows_of(path: Path) -> Iterator[Json]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def compare_file(row: Json, counts: Counter[str]) -> None:
    data = row["input"].encode(row["encoding"], "surrogateescape")
    file = parse(data, row["path"])
    kind = "clean" if row["clean"] else "malformed"
    same = file.to_bytes() == data and "".join(node.text for node in file.nodes) == file.text
    read = [as_bibtex(entry, file, row["encoding"]) for entry in file.entries if entry.ignored in {"", "bad-key"}]
    equal = read == row["expected"]["entries"]
    lost = list(lost_entries(row, file))
    counts.update({"rows": 1, "identical": same, kind: 1, f"{kind}_ok": equal, "lost": len(lost)})
    if not same:
        print(f"{row['path']}: the bytes differ")
    for what in lost:
        print(f"{row['path']}: lost {what}")
    if not equal:
        pairs = zip(read, row["expected"]["entries"], strict=False)
        ours, theirs = next((pair for pair in pairs if pair[0] != pair[1]), (len(read), "entries"))
        print(f"{row['path']} ({kind}): read {str(ours)[:300]}; BibTeX has {str(theirs)[:300]}")


def as_bibtex(entry: Entry, file: BibFile, encoding: str) -> Json:
    """An entry as the data set writes it, in the text encoding that the row was stored with."""

    def stored(text: str) -> str:
        same = file.encoding == encoding
        return text if same else text.encode(file.encoding, file.errors).decode(encoding, "surrogateescape")

    if entry.ignored == "bad-key":  # of which BibTeX reads the key up to the fault, and nothing else
        return {"key": stored(re.split("[ \t,]", entry.key)[0]), "type": stored(entry.type), "fields": {}}
    fields = {stored(field.name): stored(field.value) for field in entry.fields if not field.repeated}
    return {"key": stored(entry.key), "type": stored(entry.type), "fields": fields}


def lost_entries(row: Json, file: BibFile) -> Iterator[str]:
    """What BibTeX reads, or looks like an entry at the start of a line, and we neither read nor report."""
    if not file.findings:
        ours = {fold(entry.key) for entry in file.entries}
        for entry in row["expected"]["entries"]:
            if file.encoding == row["encoding"] and fold(entry["key"]) not in ours:
                yield f"the entry {entry['key']!r}"
    reported = {finding.line for finding in file.findings}
    for node in file.nodes:
        if isinstance(node, FreeText):
            for found in _OPENING.finditer(node.text):
                line = file.line(node.start + found.start())
                if line not in reported:
                    yield f"{found[2]!r} in line {line}, taken for free text"


def compare_names(path: Path, counts: Counter[str]) -> None:
    try:
        from dl4es_bib.formats.bibtex.names import name_parts, split_names
    except ImportError:
        return
    for row in rows_of(path):
        parts = [name_parts(name) for name in split_names(row["input"])]
        ours = [{part: blank(getattr(name, part)) for part in ("first", "von", "last", "jr")} for name in parts]
        theirs = [{part: blank(text) for part, text in name.items()} for name in row["expected"]]
        counts.update({"names": 1, "names_ok": ours == theirs})
        if ours != theirs:
            print(f"name {row['input'][:100]!r}: read {str(ours)[:200]}; BibTeX has {str(theirs)[:200]}")


def compare_latex(path: Path, counts: Counter[str]) -> None:
    try:
        from dl4es_bib.formats.latex import to_unicode
    except ImportError:
        return
    for row in rows_of(path):
        ours, theirs = (
            blank(unicodedata.normalize("NFC", text)) for text in (to_unicode(row["latex"]), row["unicode"])
        )
        counts.update({"latex": 1, "latex_ok": ours == theirs})
        if ours != theirs:
            print(f"latex {row['latex'][:150]!r}: {ours[:150]!r}; expected {theirs[:150]!r}")


def blank(text: str) -> str:
    """Ties and no-break spaces as blanks, runs of them as one: how the data set prints names."""
    return " ".join(text.replace("~", " ").split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
