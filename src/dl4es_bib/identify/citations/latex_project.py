r"""The keys that a LaTeX project cites, read from its ``.tex`` files as LaTeX would read them.

Files are followed through ``\input``, ``\include``, ``\import``, ``\subfile`` and their like, where they stand, so
that keys keep the order of citation; commands that the project defines are expanded. Nothing is read outside the
folder of the main file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dl4es_bib.identify.citations.latex import (
    Citation,
    Databases,
    EntrySet,
    Inclusion,
    Section,
    Use,
    Vocabulary,
    events,
)
from dl4es_bib.identify.citations.project import CitedKeys, Project
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: Files that are read by \\input and hold no citations.
_NOT_TEXT: Final = (".bbl", ".tikz", ".pgf", ".cfg", ".lbx", ".bbx", ".cbx", ".clo", ".fd", ".ldf", ".svg", ".pdf")
_SUFFIXES: Final = {"package": ".sty", "class": ".cls"}
_MACRO = re.compile(r"\\([A-Za-z@]+)\s*")
_MAX_DEPTH: Final = 40
#: A name that commands expand to has at most so many characters.
_MAX_NAME: Final = 5_000
#: How many characters the commands of a project may expand to, all together.
_MAX_EXPANSION: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class _Place:
    """Where text is read: its file, the folders in which names are looked up, how deep."""

    path: Path
    text: str
    folders: tuple[Path, ...]
    depth: int = 0


class LatexProject(Project):
    """A main ``.tex`` file and what it includes."""

    def __init__(self, path: Path, vocabulary: Vocabulary | None = None) -> None:
        super().__init__(path)
        self.vocabulary = vocabulary or Vocabulary()
        self.section = path.stem
        self.refsection = 0
        self.refsections = 0
        self.chapter = ""
        self.sets: dict[str, tuple[str, ...]] = {}
        self.budget = _MAX_EXPANSION
        self.short = ""
        self.left_out = False
        self.certain: set[tuple[str, str]] = set()
        self.in_short_forms: dict[tuple[str, str], str] = {}

    def read(self) -> CitedKeys:
        """The keys by section: refsections and the lists of multibib are sections of their own."""
        self.found.sections[self.section] = {}
        self._file(self.main, (self.root,), 0)
        self._without_short_forms()
        self._members()
        return self.found.result()

    def _file(self, path: Path, folders: tuple[Path, ...], depth: int) -> bool:
        return self._text(_Place(path, self.open(path), folders, depth))

    def _text(self, place: _Place) -> bool:
        """Read a text; whether the document goes on after it."""
        for event in events(place.text, self.vocabulary):
            match event:
                case Citation():
                    if event.cites:
                        self._cite(place.text, event)
                case Use():
                    self._use(place, event)
                case Inclusion():
                    if not self._include(place, event):
                        return False
                case Databases():
                    for name in event.names:
                        self.found.databases[self._expanded(name)] = None
                case EntrySet():
                    self.sets[event.name] = tuple(place.text[start:end] for start, end in event.members)
                case Section(kind="begin"):
                    self.refsections += 1
                    self.refsection = self.refsections
                case Section(kind="end"):
                    self.refsection = 0
                case Section(kind="document"):
                    return False
        return True

    def _cite(self, text: str, citation: Citation) -> None:
        section = self.section
        if citation.list:
            section = citation.list
        elif self.refsection:
            section = f"{section} {self.refsection}"
        for start, end in citation.keys:
            for key in self._expanded(text[start:end]).split(","):
                key = key.strip()
                if not key or "\\" in key or "#" in key or "{" in key:
                    continue
                if self.left_out:
                    continue
                if short := citation.short or self.short:
                    self.in_short_forms[section, key] = short
                else:
                    self.certain.add((section, key))
                self.found.cite(section, key)
                if self.chapter and key != "*":
                    self.found.chapters.setdefault(self.chapter, {})[key] = None

    def _use(self, place: _Place, use: Use) -> None:
        if place.depth >= _MAX_DEPTH or self.budget <= 0:
            return
        arguments = tuple(None if span is None else place.text[span[0] : span[1]] for span in use.arguments)
        body = use.macro.expanded(arguments)
        self.budget -= len(body) + 50  # each one is also some work, however short it is
        if "\\" in body:
            outer, self.short = self.short, use.short or self.short
            self._text(_Place(place.path, body, place.folders, place.depth + 1))
            self.short = outer

    def _without_short_forms(self) -> None:
        """What only the short form of a heading or caption cites is cited where the list of them is printed."""
        for (section, key), kind in self.in_short_forms.items():
            if kind not in self.vocabulary.contents and (section, key) not in self.certain:
                self.found.sections[section].pop(key, None)

    def _include(self, place: _Place, inclusion: Inclusion) -> bool:
        name, folder = self._expanded(inclusion.name), self._expanded(inclusion.folder)
        if name.endswith(_NOT_TEXT) or place.depth >= _MAX_DEPTH:
            return True
        folders = place.folders
        if inclusion.kind == "folder":
            folders = (self.root / folder, self.root)
        elif inclusion.kind == "subfolder":
            folders = (place.folders[0] / folder, self.root)
        suffix = _SUFFIXES.get(inclusion.kind, "" if Path(name).suffix in (".tex", ".ltx") else ".tex")
        if inclusion.kind in ("optional", "test"):
            branch = inclusion.then if self.is_there(name, suffix, folders) else inclusion.otherwise
            if branch is not None and "\\" in (body := place.text[branch[0] : branch[1]]):
                self._text(_Place(place.path, body, folders, place.depth + 1))
            if inclusion.kind == "test":
                return True
        quiet = inclusion.kind in ("package", "class", "optional")
        target = self.find(name, suffix, folders, place.path, place.text, inclusion.position, quiet=quiet)
        if target is None:
            return True
        if inclusion.kind == "subfile":
            folders = (target.parent, self.root)
        outer, left_out = self.chapter, self.left_out
        self.left_out = left_out or self._is_left_out(place, inclusion, name, target)
        if not outer and inclusion.kind not in ("package", "class"):
            self.chapter = target.relative_to(self.root).with_suffix("").as_posix()
        goes_on = self._file(target, folders, place.depth + 1)
        self.chapter, self.left_out = outer, left_out
        # A file that is a document by itself (subfiles, standalone) ends with itself.
        return goes_on or inclusion.kind == "subfile" or "\\documentclass" in self.opened.get(target, "")

    def _is_left_out(self, place: _Place, inclusion: Inclusion, name: str, target: Path) -> bool:
        r"""Whether ``\includeonly`` leaves a file out. Where its .aux is there, LaTeX still reads what it cites."""
        only = self.vocabulary.include_only
        if inclusion.command != "include" or only is None or name.removesuffix(".tex") in only:
            return False
        if target.with_suffix(".aux").is_file():
            return False
        span = Span(str(place.path), place.text.count("\n", 0, inclusion.position) + 1)
        message = f"\\includeonly leaves out {name}; what it cites is not counted."
        self.found.findings.append(Finding("cited/left-out", message, span, severity="note"))
        return True

    def _expanded(self, name: str) -> str:
        """A name in which commands without arguments stand for their text."""
        for _ in range(10):
            if "\\" not in name or len(name) > _MAX_NAME:
                break
            name = _MACRO.sub(self._replacement, name)
        return name.replace("{", "").replace("}", "") if "\\" not in name else name

    def _replacement(self, match: re.Match[str]) -> str:
        if match[1] == "jobname":
            return self.main.stem
        macro = self.vocabulary.macros.get(match[1])
        if macro is None or macro.alias or "m" in macro.parameters:
            return match[0]
        return macro.expanded(())[:_MAX_NAME]

    def _members(self) -> None:
        """A set that the document defines stands for its members."""
        for keys in [*self.found.sections.values(), *self.found.chapters.values()]:
            for name in [key for key in keys if key in self.sets]:
                del keys[name]
                keys.update(dict.fromkeys(self.sets[name]))
