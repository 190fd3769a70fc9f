"""What a LaTeX project cites is what BibTeX or biber lists: projects of many kinds, compiled."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.subset import subset
from dl4es_bib.identify.citations.cited import cited_keys

PROJECTS = sorted((Path(__file__).parent / "projects").glob("*.txt"))
ENTRIES = "".join(
    f"@article{{k{number:02d}, author = {{Ode, K{number:02d}}}, title = {{Title {number}}}, journal = {{Sea}},\n"
    f"  publisher = {{P}}, year = {{2001}}}}\n\n"
    for number in range(1, 31)
)
_ENTRY = re.compile(r"\\entry\{([^}]*)\}")


def made(path: Path, folder: Path) -> str:
    """Write the files of a project; the text of all of them."""
    parts = re.split(r"(?m)^=== (.+)\n", path.read_text(encoding="utf-8"))[1:]
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    more = folder / "more.bib"
    (folder / "refs.bib").write_text(ENTRIES + (more.read_text() if more.exists() else ""))
    more.unlink(missing_ok=True)
    return "".join(parts[1::2])


def listed(folder: Path) -> set[str]:
    """The keys in the .bbl files."""
    text = "\n".join(path.read_text(errors="replace") for path in sorted(folder.glob("*.bbl"))).replace("%\n", "")
    keys = set(_ENTRY.findall(text))
    for item in re.finditer(r"\\bibitem\s*", text):
        position, depth = item.end(), 0
        if text[position] == "[":
            while text[position] != "]" or depth:
                depth += (text[position] == "{") - (text[position] == "}")
                position += 1
            position += 1
        keys.add(text[position + 1 : text.index("}", position)])
    return {key.lower() for key in keys}


def parents_of_one(library: BibFile, keys: Iterable[str]) -> set[str]:
    """Parents that only one cited entry names: BibTeX and biber read them, and list those of two or more."""
    named = [field.value for key in keys if (entry := library.find(key)) and (field := entry.get("crossref"))]
    return {parent for parent in named if named.count(parent) == 1} - set(keys)


def run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)


@pytest.mark.tex
@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_the_cited_entries_are_those_in_the_bbl(path: Path, tmp_path: Path) -> None:
    source = made(path, tmp_path)
    for name in {"main", *re.findall(r"\\include\{(\w+/)", source)}:
        (tmp_path / name).mkdir(exist_ok=True) if name.endswith("/") else None
    # What stands in headings is cited by the table of contents, which the second run reads.
    for _ in range(2 if "\\tableofcontents" in source else 1):
        run(tmp_path, "pdflatex", "-interaction=batchmode", "-draftmode", "main")
    if "biblatex" in source:
        run(tmp_path, "biber", "--quiet", "main")
    else:
        for aux in sorted(tmp_path.glob("*.aux")):
            run(tmp_path, "bibtex", "-terse", aux.stem)
    cited = cited_keys(tmp_path / "main.tex")
    library = parse((tmp_path / "refs.bib").read_bytes())
    keys = [entry.key for entry in library.entries] if cited.everything else cited.keys
    text, missing = subset(library, keys)
    ours = {entry.key.lower() for entry in parse(text).entries} - parents_of_one(library, keys)
    assert listed(tmp_path) - {"pair"} == ours
    assert missing == ()
    assert [finding for finding in cited.findings if finding.severity != "note"] == []
    assert all(name.removesuffix(".bib") == "refs" for name in cited.databases)


@pytest.mark.parametrize("path", PROJECTS, ids=lambda path: path.stem)
def test_every_cited_key_is_renamed_and_no_other_byte_changes(path: Path, tmp_path: Path) -> None:
    from dl4es_bib.identify.citations.latex import Vocabulary
    from dl4es_bib.identify.citations.rename import with_keys

    made(path, tmp_path)
    before = cited_keys(tmp_path / "main.tex")
    renamed = {key: f"new-{key}" for key in before.keys}
    vocabulary = Vocabulary()
    for name in sorted(before.files, key=lambda name: name.suffix == ".tex"):
        text, _ = with_keys(name.read_text(), "latex", renamed, vocabulary)
        assert text.replace("new-", "") == name.read_text()
        name.write_text(text)
    after = cited_keys(tmp_path / "main.tex")
    assert after.keys == tuple(f"new-{key}" for key in before.keys)
