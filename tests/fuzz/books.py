"""Random folders of books: Sphinx, Typst, mdBook, Quarto, Jupyter Book, MyST, bookdown. Nothing crashes, nothing leads out.

    python tests/fuzz/books.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from documents import PIECES
from mutations import damaged
from rounds import check, run, text

from dl4es_bib.identify.books.formats import BOOKS, book_above, open_book
from dl4es_bib.identify.citations.cited import cited_keys, documents_of
from dl4es_bib.identify.document import identified
from dl4es_bib.model.errors import DL4ESBibError
from dl4es_bib.read.book import read_book

NAMES = (
    "one", "one.rst", "two.md", "two", "part/three.md", "part/three", "part/index", "../outside.md", "/etc/hosts", "/one", "*",
    "part/*", "**", "**x", "[", "", " ", ".", "..", "index", "conf.py", "x" * 300, "a\0b", "one#s", "https://a.example/x", "é.md",
    "main.typ", "part/four.typ", "refs.bib", "refs", "four.ipynb", "part", "~/x", "\\one", "self",
)  # fmt: skip
FILES = {
    "conf.py": (
        "project = 'Tides'\nroot_doc = '%s'\nbibtex_bibfiles = ['%s', '%s']\nmaster_doc: str = '%s'\n",
        "root_doc = 5\nbibtex_bibfiles = 'refs.bib'\n", "x = (", "\n" + "(" * 500, "a = " + "-" * 5000 + "1\n", "",
    ),
    "_quarto.yml": (
        "project:\n  type: book\nbook:\n  title: Tides\n  chapters:\n    - '%s'\n    - part: '%s'\n      chapters: ['%s']\n"
        "bibliography: ['%s', refs.bib]\n", "project: {type: website}\nwebsite: {sidebar: {contents: '%s'}}\n",
    ),
    "_toc.yml": (
        "format: jb-book\nroot: '%s'\nparts:\n- caption: A\n  chapters:\n  - file: '%s'\n    sections:\n    - glob: '%s'\n",
        "- file: '%s'\n  sections:\n  - file: '%s'\n",
    ),
    "_config.yml": ("title: T\nbibtex_bibfiles: ['%s']\nonly_build_toc_files: true\n",),
    "myst.yml": ("version: 1\nproject:\n  bibliography: ['%s']\n  toc:\n  - file: '%s'\n  - pattern: '%s'\n  - children: [{file: '%s'}]\n",),
    "_bookdown.yml": ("rmd_files: ['%s', '%s']\nbook_filename: x\n", "rmd_files: {html: ['%s']}\nrmd_subdir: true\n"),
    "book.toml": ("[book]\ntitle = 'T'\nsrc = '%s'\n", "[book]\nsrc = \".\"\n"),
    "SUMMARY.md": ("# Summary\n\n- [One](%s)\n  - [Two](<%s>)\n\n[End](%s)\n",),
    "main.typ": ('#set document(title: "T")\n#include "%s"\n  #include "%s"\n@ode2004 #cite(<bee>)\n#bibliography("%s")\n',),
}  # fmt: skip
TEXTS = (
    ".. toctree::\n   :glob:\n\n   %s\n   Two <%s>\n   /%s\n\n:cite:`ode2004`\n", "```{toctree}\n:maxdepth: 2\n%s\n%s\n```\n\n{cite}`bee`\n",
    "# A chapter\n\n[@ode2004; @none]\n\n## References\n\n- Ode, A. (2004). Tides. Sea Letters, 5, 1-9. doi:10.5555/t\n",
    "= A chapter\n@ode2004[p. 3] // @no\n#include \"%s\"\n", "---\nbibliography: '%s'\ntitle: T\n---\n[@bee]\n", "{\"nbformat\": 4, \"cells\": []}",
)  # fmt: skip
DOCUMENTS = (
    "index.rst", "index.md", "index.qmd", "index.Rmd", "one.rst", "two.md", "part/three.md", "part/index.md", "part/four.typ", "four.ipynb",
    "src/one.md", "src/SUMMARY.md", "é.md",
)  # fmt: skip
BIB = "@article{ode2004, title = {Tides}, author = {Ode, Ann}, year = 2004}\n@book{bee, title = {Fog}}\n"


def filled(chance: random.Random, template: str) -> str:
    """A text with random names, sometimes damaged."""
    while "%s" in template:
        template = template.replace("%s", chance.choice(NAMES) if chance.random() < 0.9 else text(chance, 3), 1)
    if chance.random() < 0.2:
        template = damaged(chance, (template,))
    if chance.random() < 0.1:
        template += chance.choice(PIECES) * chance.randrange(50)
    return template


def folder_of(chance: random.Random, folder: Path) -> None:
    """A book with its chapters, or nearly."""
    names = chance.sample(tuple(FILES), chance.choice((1, 1, 1, 2)))
    files = {name: filled(chance, chance.choice(FILES[name])) for name in names}
    files |= {name: filled(chance, chance.choice(TEXTS)) for name in chance.sample(DOCUMENTS, chance.randrange(1, 9))}
    files |= {"refs.bib": BIB} if chance.random() < 0.8 else {}
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(held.encode("utf-8", "surrogatepass"))
    if chance.random() < 0.2:
        (folder / chance.choice(("circle", "part/circle") if (folder / "part").is_dir() else ("circle",))).symlink_to(
            folder
        )
    if chance.random() < 0.2:
        (folder / "three.md").symlink_to(folder.parent / "outside.md")


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One random folder, that is opened, read and asked for the keys it cites."""
    with tempfile.TemporaryDirectory() as above:
        Path(above, "outside.md").write_text("# Outside\n\n[@secret]\n")
        Path(above, "outside.bib").write_text("@misc{secret, title = {Secret}}\n")
        folder = Path(above, "book")
        folder.mkdir()
        folder_of(chance, folder)
        root = folder.resolve()
        for row in BOOKS:
            for name in row.files:
                if (folder / name).is_file():
                    opened(folder / name, root, figures)
        try:
            book = open_book(folder)
            figures["folders"] += 1
            if book is not None:
                document = identified(read_book(book, ""))
                figures["items"] += sum(1 for _ in document.items)
                figures["chapters"] += len(book.chapters)
            cited = cited_keys(folder)
            figures["keys"] += len(cited.keys)
            check("secret" not in cited.keys, "a document outside of the folder was read")
            documents_of([str(folder)])
            for path in sorted(folder.rglob("*.md"))[:3]:
                book_above(path)
        except DL4ESBibError as error:
            figures["refused"] += 1
            check(bool(str(error)), "an error without a sentence")


def opened(file: Path, root: Path, figures: Counter[str]) -> None:
    """One file that lists chapters."""
    try:
        book = open_book(file)
    except DL4ESBibError as error:
        figures["refused"] += 1
        check(bool(str(error)), "an error without a sentence")
        return
    if book is None:
        return
    figures["books"] += 1
    for paths in ([chapter.path for chapter in book.chapters], book.databases):
        check(all(path.resolve().is_relative_to(root) for path in paths), f"outside of {root}: {paths}")
        check(len({path.resolve() for path in paths}) == len(paths), f"a file is there twice: {paths}")
    check(all(finding.message for finding in book.findings), "a finding says nothing")


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
