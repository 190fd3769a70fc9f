"""What an ``.aux`` file of LaTeX says is cited, by BibTeX or biblatex."""

from __future__ import annotations

import re
from pathlib import Path

from dl4es_bib.identify.citations.project import MAX_FILES, CitedKeys, Project, text_of

_AUX = re.compile(
    r"\\(?P<command>citation|bibdata|@input|abx@aux@cite|abx@aux@number@section)\s*"
    r"\{(?P<first>[^{}]*)\}(?:\{(?P<second>[^{}]*)\})?"
)


class AuxFile(Project):
    """An ``.aux`` file and those that it inputs."""

    def read(self) -> CitedKeys:
        """The keys of its sections: refsections, and included files with a bibliography of their own."""
        main = self.main.stem
        self._read([(self.main, main)])
        self._read([(path, path.stem) for path in self._lists()])
        return self.found.result()

    def _lists(self) -> list[Path]:
        r"""The ``.aux`` files of lists of their own: multibib and bibunits name them nowhere in the main one.

        LaTeX begins what it writes itself with ``\\relax``. Beside the files of another document, the log has to
        tell for which one a list was read.
        """
        others = [path for path in sorted(self.root.glob("*.aux")) if path.resolve() not in self.seen]
        lists = [path for path in others if "\\bibdata" in (text := text_of(path)) and not text.startswith("\\relax")]
        if len(lists) < len(others):
            log = self.main.with_suffix(".log")
            read = text_of(log) if log.is_file() else ""
            lists = [path for path in lists if f"{path.stem}.bbl" in read]
        return lists[: MAX_FILES - len(self.seen)] if lists else []

    def _read(self, queue: list[tuple[Path, str]]) -> None:
        while queue:
            path, section = queue.pop(0)
            text = self.open(path)
            # An included file with a \bibdata of its own has its own list (chapterbib).
            if path != self.main and "\\bibdata" in text:
                section = path.stem
            refsection = ""
            for match in _AUX.finditer(text):
                first, second = match["first"], match["second"]
                match match["command"]:
                    case "citation":
                        self.found.cite(section, first)
                    case "abx@aux@cite":
                        # {refsection}{key} since biblatex 3.13, {key} before.
                        name = first if second is not None else refsection or "0"
                        self.found.cite(
                            section if name == "0" else f"{section} {name}",
                            first if second is None else second,
                        )
                    case "bibdata":
                        for name in first.split(","):
                            if name.strip() and not name.strip().endswith("-blx"):
                                self.found.databases[name.strip()] = None
                    case "@input":
                        included = self.find(first, ".aux", (self.root,), path, text, match.start())
                        if included is not None:
                            queue.append((included, section))
