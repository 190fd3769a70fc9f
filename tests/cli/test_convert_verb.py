"""``convert``: one format into another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_project import Run


@pytest.mark.parametrize(
    ("target", "sign"),
    [("biblatex", "@article{"), ("bibtex", "@article{"), ("csl-json", '"type": "article-journal"'), ("ris", "TY  - "),
     ("text", "Ode, A."), ("markdown", "Ode, A."), ("html", "<html"), ("latex", r"\bibitem"),
     ("rtf", r"{\rtf1")],
)  # fmt: skip
def test_a_document_is_converted(command: Run, target: str, sign: str) -> None:
    code, out, _ = command("convert", "list.md", "--to", target)
    assert code == 0
    assert sign in out


def test_a_conversion_never_replaces_its_source(command: Run, project: Path) -> None:
    code, _, err = command("convert", "list.md", "--to", "text", "-o", "list.md")
    assert code == 2
    assert "is the source itself" in err
    assert (project / "list.md").read_text().startswith("# A book")


def test_odd_keys_are_kept_and_one_that_cannot_be_is_named(command: Run, project: Path) -> None:
    keys = ["O'Neil2019", "../../x", "-rf"]
    (project / "own.bib").write_text("".join(f"@book{{{key}, title = {{A work}}}}\n" for key in keys))
    code, out, _ = command("convert", "own.bib", "--to", "csl-json")
    assert code == 0
    assert [item["id"] for item in json.loads(out)] == keys
    assert command("export", "own.bib", "-f", "csl-json", "-o", "o")[0] == 0
    assert len(json.loads((project / "o/all/references.json").read_text())) == 3
    (project / "own.json").write_text('[{"id": "a b", "title": "A", "type": "book"}]')
    assert "key-changed" in command("convert", "own.json", "--to", "biblatex")[2]


@pytest.mark.parametrize("place", ["layout", "sort"])
def test_a_style_whose_macros_each_call_two_ends_with_a_sentence(command: Run, project: Path, place: str) -> None:
    levels = 26
    macros = "".join(
        f'<macro name="m{level}"><text macro="m{level + 1}"/><text macro="m{level + 1}"/></macro>'
        for level in range(levels)
    )
    sort = '<sort><key macro="m0"/></sort>' if place == "sort" else ""
    layout = '<text variable="title"/>' if place == "sort" else '<text macro="m0"/>'
    (project / "double.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>Double</title>'
        "<id>http://www.example.org/double</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        f'{macros}<macro name="m{levels}"><text variable="title"/></macro>'
        '<citation><layout><text variable="title"/></layout></citation>'
        f"<bibliography>{sort}<layout>{layout}</layout></bibliography></style>"
    )
    code, out, err = command("convert", "list.md", "--to", "text", "-s", "double.csl")
    assert code in {2, 3}
    assert not out
    assert "double.csl: its macros call each other so often" in err
    assert "use another style" in err
