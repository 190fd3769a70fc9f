"""Working starts that ``init --for`` writes: one folder of files for each, and one row in :data:`STARTS`.

A file whose name ends in ``.start`` is written without that ending: Python must not take it for a module of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from dl4es_bib.model.rows import Rows


@dataclass(frozen=True, slots=True)
class Start:
    """A start.

    Attributes:
        name: what ``--for`` calls it.
        next: what is run after it was written.
        tool: the program that builds it; ``""`` for none.
        install: how that is installed.
        programs: its files that are run as programs.
        package: the package that has its files, in a folder of its name.
    """

    name: str
    next: str
    tool: str = ""
    install: str = ""
    programs: tuple[str, ...] = ()
    package: str = "dl4es_bib.export.starts"

    def files(self) -> dict[str, bytes]:
        """Path below the folder of the project, with ``/`` → content."""
        found = _below(files(self.package) / self.name, "")
        return {name.removesuffix(".start"): data for name, data in sorted(found)}


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for part in folder.iterdir():
        if part.is_dir():
            if part.name != "__pycache__":
                yield from _below(part, f"{prefix}{part.name}/")
        else:
            yield f"{prefix}{part.name}", part.read_bytes()


STARTS: Final = Rows(
    "start",
    "dl4es_bib.starts",
    Start,
    (
        Start("quarto", "dl4es-bib build, then quarto render", "quarto", "see https://quarto.org/docs/get-started/"),
        Start(
            "myst",
            "dl4es-bib build, then myst build --html",
            "myst",
            "npm install -g mystmd",
            programs=("dl4es-bib-plugin.sh",),
        ),
        Start(
            "latex",
            "dl4es-bib build, then latexmk -pdf main.tex",
            "latexmk",
            "apt-get install latexmk biber texlive-latex-extra texlive-bibtex-extra",
        ),
        Start(
            "typst",
            "dl4es-bib build, then typst compile main.typ",
            "typst",
            "see https://github.com/typst/typst#installation",
        ),
        Start("readme", "dl4es-bib build"),
        Start(
            "sphinx",
            "dl4es-bib build, then sphinx-build . _build",
            "sphinx-build",
            "pip install sphinx sphinxcontrib-bibtex",
        ),
    ),
)
