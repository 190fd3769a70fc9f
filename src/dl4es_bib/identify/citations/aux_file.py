"""What an ``.aux`` file of LaTeX says is cited, by BibTeX or biblatex."""

from __future__ import annotations

import re

from dl4es_bib.identify.citations.project import CitedKeys, Project

_AUX = re.compile(
    r"\\(?P<command>citation|bibdata|@input|abx@aux@cite|abx@aux@number@section)\s*"
    r"\{(?P<first>[^{}]*)\}(?:\{(?P<second>[^{}]*)\})?"
)


class AuxFile(Project):
    """An ``.aux`` file and those that it inputs."""

    def read(self) -> CitedKeys:
        """The keys of its sections: refsections, and included files with a bibliography of their own."""
        main = self.main.stem
        queue = [(self.main, main)]
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
        return self.found.result()
