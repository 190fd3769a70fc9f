"""Which formats of books there are: one list of rows.

To add one, write a file with a function from the file that lists the chapters to a
:class:`~dl4es_bib.identify.books.book.Book`, and add one row to :data:`BOOKS`; another package offers a row by an entry
point in the group ``dl4es_bib.books``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.identify.books.book import Book
from dl4es_bib.identify.books.bookdown import read_bookdown
from dl4es_bib.identify.books.jupyter_book import read_jupyter_book
from dl4es_bib.identify.books.myst import read_myst
from dl4es_bib.identify.books.quarto import read_quarto
from dl4es_bib.identify.books.sphinx import read_sphinx
from dl4es_bib.identify.books.summary import read_summary
from dl4es_bib.identify.books.typst import read_typst_book
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.rows import Rows

#: A chapter looks for its book in so many folders above.
_ABOVE: Final = 6


@dataclass(frozen=True, slots=True)
class BookFormat:
    """One format.

    Attributes:
        name: what it is called.
        files: the names of the files that list the chapters or lead to such a list, the first that is there counts.
        read: reads that file.
        beside: a file that must stand beside, or several of which one must; ``""`` for none.
        has_databases: whether it names .bib files for all chapters.
    """

    name: str
    files: tuple[str, ...]
    read: Callable[[Path], Book]
    beside: str | tuple[str, ...] = ""
    has_databases: bool = True

    def has_beside(self, file: Path) -> bool:
        """Whether a file that must stand beside does."""
        names = (self.beside,) if isinstance(self.beside, str) else self.beside
        return names == ("",) or any(file.with_name(name).is_file() for name in names)


#: The formats of the project, and those that other packages add. Of two in one folder the first counts.
BOOKS: Final = Rows(
    "book format",
    "dl4es_bib.books",
    BookFormat,
    (
        BookFormat("quarto", ("_quarto.yml", "_quarto.yaml"), read_quarto),
        BookFormat("myst", ("myst.yml", "myst.yaml"), read_myst),
        BookFormat("jupyter-book", ("_toc.yml", "_toc.yaml"), read_jupyter_book),
        BookFormat("jupyter-book-config", ("_config.yml",), read_jupyter_book, beside="_toc.yml"),
        BookFormat("bookdown", ("_bookdown.yml", "_bookdown.yaml"), read_bookdown),
        BookFormat("mdbook", ("book.toml",), read_summary),
        BookFormat(
            "sphinx", ("conf.py", "source/conf.py"), read_sphinx, beside=("index.rst", "index.md", "contents.rst")
        ),
        BookFormat("typst", ("main.typ", "book.typ", "thesis.typ"), read_typst_book),
        BookFormat("summary", ("SUMMARY.md", "src/SUMMARY.md"), read_summary, has_databases=False),
    ),
)


def open_book(path: Path) -> Book | None:
    """The book that a folder, or the file with its chapters, is; ``None`` when it is none.

    Raises:
        UnreadableInput: the file is broken, or none of its chapters is there.
    """
    if path.is_dir():
        file = next((found for found, _ in _in(path)), None)
        if file is None:
            return None
        path = file
    row = next((row for row in BOOKS if any(path.name == Path(name).name for name in row.files)), None)
    if row is None:
        return _of_first_page(path)
    if not path.is_file() or not row.has_beside(path):
        return None
    book = row.read(path)
    if book.chapters:
        return book
    if row.name in ("summary", "typst"):
        return None  # a file of that name that lists no other
    reasons = " ".join(finding.message for finding in book.findings[:3])
    raise UnreadableInput(f"{path} lists no chapter that is there. {reasons} Check the names in it.".replace("  ", " "))


def book_above(path: Path) -> Book | None:
    """The book that a file is a chapter of, with the .bib files of all chapters; ``None`` when there is none."""
    folder = path.absolute().parent
    for place in (folder, *folder.parents[:_ABOVE]):
        for file, row in _in(place):
            if row.has_databases:
                try:
                    book = row.read(file)
                except UnreadableInput:
                    return None
                real = path.resolve()
                return book if any(chapter.path.resolve() == real for chapter in book.chapters) else None
    return None


def _of_first_page(path: Path) -> Book | None:
    """The book whose first page ``index.qmd`` is, when its chapters are listed."""
    if path.stem != "index" or not path.is_file():
        return None
    for file, row in _in(path.parent):
        if row.name != "quarto":
            continue
        book = row.read(file)
        is_listed = any(chapter.number is not None for chapter in book.chapters)
        if is_listed and book.chapters[0].path.resolve() == path.resolve():
            return book
    return None


def _in(folder: Path) -> Iterator[tuple[Path, BookFormat]]:
    for row in BOOKS:
        for name in row.files:
            file = folder / name
            if file.is_file() and row.has_beside(file):
                yield file, row
