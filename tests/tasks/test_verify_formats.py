"""Sixty references, twelve of them wrong, have the same verdicts whatever kind of file they stand in."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from forty_works import FORMATS, STYLES, WORKS, Work, latex

from dl4es_bib.config.settings import Config, checked_config
from dl4es_bib.resolver.providers.rows import PROVIDERS
from dl4es_bib.tasks.verify import verify

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "dl4es" / "records.jsonl"
_TYPES: Final = {
    "article": "journal-article",
    "book": "book",
    "chapter": "book-chapter",
    "paper": "proceedings-article",
}
_ENTRY_TYPES: Final = {"article": "article", "book": "book", "chapter": "incollection", "paper": "inproceedings"}
_ONE_MORE: Final = Work(
    "article", (("Vole", "Ida"), ("Ode", "Ann"), ("Bell", "Carl")), 2012, "Bread ovens of the upper valleys",
    "Economic Record", "88", "2", "101–119", "10.5555/ovens.1",
)  # fmt: skip


def _of_record(record: dict[str, Any]) -> Work:
    """A reference to a real work of the example."""
    return Work(
        "article",
        tuple((person["family"], person["given"]) for person in record["author"]),
        record["issued"]["date-parts"][0][0],
        record["title"][0],
        record["container-title"][0],
        record.get("volume", ""),
        record.get("issue", ""),
        (record.get("page") or record["article-number"]).replace("-", "–"),
        record["DOI"],
    )


def _record(work: Work, number: int) -> dict[str, Any]:
    """The record of a made-up work, as Crossref has it."""
    return {
        "DOI": work.doi or f"10.5555/sixty.{number}",
        "type": _TYPES[work.kind],
        "title": [work.title],
        "author": [{"family": family, "given": given} for family, given in work.people],
        "container-title": [work.container] if work.container else [],
        "volume": work.volume or None,
        "issue": work.issue or None,
        "page": work.pages.replace("–", "-") or None,
        "publisher": work.publisher or None,
        "issued": {"date-parts": [[work.year]]},
    }


def _slip(old: str, new: str) -> Callable[[Work], Work]:
    def slipped(work: Work) -> Work:
        assert old in work.title
        return replace(work, title=work.title.replace(old, new), doi="")

    return slipped


#: What is made wrong, by the number of the reference, and the verdict that it must have.
WRONG: Final[dict[int, tuple[Callable[[Work], Work], str]]] = {
    0: (_slip("forests", "orchards"), "differs"),
    2: (lambda work: replace(work, year=work.year - 4), "differs"),
    6: (lambda work: replace(work, people=work.people[::-1]), "differs"),
    7: (lambda work: replace(work, container="Annals of Invented Botany", doi=""), "differs"),
    9: (lambda work: replace(work, volume="77"), "differs"),
    11: (lambda work: replace(work, people=(("Quill", "Xenia"), *work.people[1:])), "differs"),
    14: (lambda work: replace(work, people=(*work.people, ("Umber", "Tom"))), "differs"),
    16: (lambda work: replace(work, doi="10.5555/ovens.1"), "other-work"),
    19: (lambda work: replace(work, people=work.people[:1] + work.people[2:]), "differs"),
    21: (
        lambda work: replace(
            work, title="Nocturnal ledgers of amber harvest", people=(("Quill", "Xenia"), ("Umber", "Tom")),
            container="Weather Ledger", volume="3", issue="", pages="5–9", doi="",
        ),
        "not-found",
    ),
    42: (_slip("Remote Sensing Data", "Hyperspectral Archives"), "differs"),
    55: (lambda work: replace(work, year=work.year + 9), "differs"),
}  # fmt: skip


@cache
def references() -> tuple[tuple[Work, ...], tuple[dict[str, Any], ...]]:
    """The sixty references as they are written, and the records of what is meant."""
    rows = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    articles = [row for row in rows if row.get("type") == "journal-article" and row.get("author")]
    real = [row for row in articles if all("given" in person for person in row["author"])]
    made = [*WORKS, _ONE_MORE]
    records = [*(_record(work, number) for number, work in enumerate(made)), *real]
    works = [*made, *(_of_record(row) for row in real)][:60]
    return tuple(WRONG[number][0](work) if number in WRONG else work for number, work in enumerate(works)), tuple(
        records
    )


def _entry(work: Work, number: int) -> str:
    container = {"article": "journal", "chapter": "booktitle", "paper": "booktitle", "book": "series"}[work.kind]
    fields = {
        "author": " and ".join(f"{family}, {given}" for family, given in work.people),
        "title": work.title,
        "year": str(work.year),
        container: work.container.replace("&", "\\&"),
        "editor": " and ".join(f"{family}, {given}" for family, given in work.editors),
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("–", "--"),
        "publisher": work.publisher,
        "address": work.place,
        "doi": work.doi,
    }
    held = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{_ENTRY_TYPES[work.kind]}{{k{number:02},\n{held}\n}}\n"


def bib(works: tuple[Work, ...]) -> bytes:
    return "\n".join(_entry(work, number) for number, work in enumerate(works)).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    works, records = references()
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    (tmp_path / "refs.bib").write_bytes(bib(works))
    cited = "\n".join(f"As was shown \\cite{{k{number:02}}}." for number in range(len(works)))
    (tmp_path / "thesis.tex").write_text(
        f"\\documentclass{{article}}\n\\begin{{document}}\n{cited}\n\\bibliography{{refs}}\n\\end{{document}}\n"
    )
    return tmp_path


def _config() -> Config:
    off = {name: {"enabled": False} for name in PROVIDERS.names}
    return checked_config({"index": {"path": "i.sqlite", "records": "records.jsonl"}, "services": off}, "test")


def _unlike(folder: Path, name: str) -> list[str]:
    """The references of a file whose verdict is not the one that they must have."""
    works, _ = references()
    entries = verify(_config(), folder, [str(folder / name)]).entries
    assert len(entries) == len(works)
    wanted = [WRONG[number][1] if number in WRONG else "verified" for number in range(len(works))]
    return [
        f"{number}: {entry.verdict}, not {verdict}: {entry.cited.text}; {entry.reasons}; {entry.differences}"
        for number, (entry, verdict) in enumerate(zip(entries, wanted, strict=True))
        if entry.verdict != verdict
    ]


@pytest.mark.parametrize("name", ["refs.bib", "thesis.tex"])
def test_entries_have_the_verdicts_that_they_must_have(folder: Path, name: str) -> None:
    assert len(WRONG) == 12
    assert not _unlike(folder, name)


@pytest.mark.parametrize(
    ("name", "style"), [(name, "apa") for name in FORMATS] + [("list.md", "ieee"), ("list.docx", "chicago")]
)
def test_references_of_a_text_have_the_same_verdicts(folder: Path, name: str, style: str) -> None:
    works, _ = references()
    (folder / name).write_bytes(FORMATS[name]([STYLES[style](work) for work in works]))
    assert not _unlike(folder, name)


def test_the_list_of_a_readme_has_the_same_verdicts(folder: Path) -> None:
    works, _ = references()
    lines = "".join(f"{number}. {STYLES['apa'](work)}\n" for number, work in enumerate(works, 1))
    (folder / "README.md").write_text(f"# A tool\n\nWhat it does [1].\n\n## References\n\n{lines}")
    assert not _unlike(folder, "README.md")


@pytest.mark.tex
@pytest.mark.parametrize("columns", ["onecolumn", "twocolumn"])
def test_a_pdf_has_the_same_verdicts(folder: Path, columns: str) -> None:
    works, _ = references()
    (folder / "list.tex").write_bytes(latex([STYLES["apa"](work) for work in works], columns))
    program = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "list.tex"]
    subprocess.run(program, cwd=folder, check=True, capture_output=True, timeout=120)
    assert not _unlike(folder, "list.pdf")
