r"""Which keys a LaTeX project cites: from its ``.aux``, its ``.bcf`` or its ``.tex`` files.

Files are read inside the folder of the file that was named and nowhere else; what they refer to outside of
it, and files that are missing, become findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.identify.preamble import without_comments
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: Larger files are refused, and no more files than this are followed.
MAX_BYTES: Final = 50_000_000
MAX_FILES: Final = 2_000

_AUX = re.compile(
    r"\\(?P<command>citation|bibdata|@input|abx@aux@cite|abx@aux@number@section)\s*"
    r"\{(?P<first>[^{}]*)\}(?:\{(?P<second>[^{}]*)\})?"
)
_COMMAND = re.compile(
    r"\\(?P<cite>[A-Za-z]*(?:[cC]ite)[A-Za-z]*)\*?"
    r"|\\(?P<file>input|include|subfile|subimport|import|includefrom)(?![A-Za-z])"
    r"|\\begin\s*\{(?P<verbatim>verbatim\*?|lstlisting|comment|filecontents\*?)\}"
)
#: Commands with "cite" in their name that cite nothing.
_NO_CITE: Final = frozenset(
    """citation citestyle citesetup citename citeindextrue citeindexfalse citetrackertrue citetrackerfalse
    bibcite DeclareCiteCommand DeclareMultiCiteCommand DeclareCiteOption setcitestyle citemid citeform
    excludecite citeyearformat mkbibcite newcite shortcites""".split()
)
#: Files that are read by \\input and hold no citations.
_NOT_TEXT: Final = (".bbl", ".tikz", ".pgf", ".sty", ".cls", ".def", ".cfg")
_MAX_PROBLEMS: Final = 200
_BCF: Final = "https://sourceforge.net/projects/biblatex"


@dataclass(frozen=True, slots=True)
class CitedKeys:
    """What is cited.

    Attributes:
        sections: (name, keys in order of first citation); the refsections of a ``.bcf``, the included files
            of an ``.aux`` that have a bibliography of their own, else one section.
        everything: names of the sections that ask for all entries (``\\nocite{*}``).
        databases: names of the .bib files as the project gives them.
        findings: what could not be followed.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    everything: frozenset[str] = frozenset()
    databases: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, each once, in order of first citation."""
        return tuple(dict.fromkeys(key for _, keys in self.sections for key in keys))


def cited_keys(path: str | Path) -> CitedKeys:
    """Read which keys are cited.

    Arguments:
        path: an ``.aux`` (BibTeX or biblatex), a ``.bcf`` (biblatex with biber) or a ``.tex`` file.

    Raises:
        UnreadableInput: the file is missing, too large, or of another kind, or a ``.bcf`` is not XML.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".aux":
            return _Aux(path).read()
        case ".bcf":
            return _read_bcf(path)
        case ".tex" | ".ltx":
            return _Tex(path).read()
    raise UnreadableInput(f"{path}: cited keys are read from an .aux, .bcf or .tex file.")


@dataclass(slots=True)
class _Collected:
    """Sections under construction; a section keeps its keys in order, each once."""

    sections: dict[str, dict[str, None]] = field(default_factory=dict)
    everything: set[str] = field(default_factory=set)
    databases: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def cite(self, section: str, keys: str) -> None:
        held = self.sections.setdefault(section, {})
        for key in keys.split(","):
            key = key.strip()
            if key == "*":
                self.everything.add(section)
            elif key:
                held[key] = None

    def result(self) -> CitedKeys:
        return CitedKeys(
            tuple((name, tuple(keys)) for name, keys in self.sections.items()),
            frozenset(self.everything),
            tuple(self.databases),
            tuple(self.findings),
        )


class _Project:
    """Files below one folder, each read once."""

    def __init__(self, path: Path) -> None:
        self.main = path
        self.root = path.resolve().parent
        self.seen: set[Path] = set()
        self.asked: set[str] = set()
        self.found = _Collected()

    def open(self, path: Path) -> str:
        self.seen.add(path.resolve())
        return _text(path)

    def follow(self, name: str, suffix: str, path: Path, text: str, position: int) -> Path | None:
        """The file that a command in the text of ``path`` names, or ``None`` with a finding."""

        def report(code: str, message: str) -> None:
            if len(self.found.findings) < _MAX_PROBLEMS:
                span = Span(str(path), text.count("\n", 0, position) + 1)
                self.found.findings.append(Finding(f"cited/{code}", message, span))

        name = name.strip().strip('"')
        if not name or name in self.asked or "\\" in name or "#" in name:
            return None  # known already, or a macro argument and not a file name
        self.asked.add(name)
        try:
            target = (self.root / (name if name.endswith(suffix) else name + suffix)).resolve()
            if not target.is_relative_to(self.root):
                report("outside", f"{name} lies outside of the project's folder and was not read.")
                return None
            if not target.is_file():
                report("missing", f"{name}{'' if name.endswith(suffix) else suffix} does not exist.")
                return None
        except (OSError, ValueError):
            report("missing", f"{name[:80]} cannot be a file name.")
            return None
        if target in self.seen:
            return None
        if len(self.seen) >= MAX_FILES:
            report("too-many", f"More than {MAX_FILES} files are included; the others were not read.")
            return None
        return target


class _Aux(_Project):
    def read(self) -> CitedKeys:
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
                        included = self.follow(first, ".aux", path, text, match.start())
                        if included is not None:
                            queue.append((included, section))
        return self.found.result()


class _Tex(_Project):
    def read(self) -> CitedKeys:
        section = self.main.stem
        self.found.sections[section] = {}
        self._read(self.main, section)
        return self.found.result()

    def _read(self, main: Path, section: str) -> None:
        # Included files are read where they stand, so that keys keep the order of citation.
        waiting: list[tuple[Path, Iterator[re.Match[str]], str]] = []
        current: tuple[Path, Iterator[re.Match[str]], str] | None = self._start(main)
        skip_to = 0
        while current is not None:
            path, matches, text = current
            match = next(matches, None)
            if match is None:
                current = waiting.pop() if waiting else None
                skip_to = 0
                continue
            if match.start() < skip_to:
                continue
            if match["verbatim"]:
                end = text.find(f"\\end{{{match['verbatim']}}}", match.end())
                skip_to = end if end >= 0 else len(text)
            elif match["cite"]:
                if match["cite"] not in _NO_CITE:
                    self._cite(section, match["cite"], text, match.end())
            else:
                included = self._included(match["file"], path, text, match.end())
                if included is not None:
                    waiting.append(current)
                    current, skip_to = self._start(included), 0

    def _start(self, path: Path) -> tuple[Path, Iterator[re.Match[str]], str]:
        text = without_comments(self.open(path))
        return path, _COMMAND.finditer(text), text

    def _cite(self, section: str, command: str, text: str, position: int) -> None:
        many = command.lower().endswith("cites")
        if command.lower().endswith("volcite"):
            _, position = _argument(text, position)  # the volume comes first
        for _ in range(1000):
            keys, position = _argument(text, position)
            if not keys or "#" in keys or "\\" in keys or (not many and "{" in keys):
                return
            self.found.cite(section, keys)
            if not many:
                return

    def _included(self, command: str, path: Path, text: str, position: int) -> Path | None:
        name, end = _argument(text, position)
        if command in ("import", "subimport", "includefrom"):
            folder, (name, _) = name, _argument(text, end)
            name = f"{folder.rstrip('/')}/{name}" if folder else name
        if not name or name.endswith(_NOT_TEXT):
            return None
        return self.follow(name, ".ltx" if name.endswith(".ltx") else ".tex", path, text, position)


#: What may stand before the keys: notes, the notes of a whole list, and apacite's prefix.
_OPTIONAL: Final = {"[": "]", "(": ")", "<": ">"}
_BRACKETS: Final = {closer: re.compile("[{}" + re.escape(closer) + "]") for closer in _OPTIONAL.values()}
_MAX_NOTE: Final = 2_000


def _argument(text: str, position: int) -> tuple[str, int]:
    """The next ``{…}`` after any ``(…)`` and ``[…]``, and where it ends; ``""`` when none comes next."""
    length = len(text)
    while position < length:
        character = text[position]
        if character.isspace() or character == "*":
            position += 1
        elif character in _OPTIONAL:
            end = _closing(text, position, _OPTIONAL[character])
            if end < 0:
                return "", position
            position = end + 1
        elif character == "{":
            end = text.find("}", position, position + 20_000)
            return (text[position + 1 : end], end + 1) if end >= 0 else ("", position)
        else:
            return "", position
    return "", position


def _closing(text: str, start: int, closer: str) -> int:
    """Where an optional argument ends; braces in it may hold the closing bracket."""
    depth = 0
    for match in _BRACKETS[closer].finditer(text, start + 1, start + _MAX_NOTE):
        character = match.group()
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0:
            return match.start()
    return -1


def _read_bcf(path: Path) -> CitedKeys:
    found = _Collected()
    section, kind, text = "0", "", ""
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal section, kind, text
        namespace, _, name = tag.rpartition(" ")
        if namespace != _BCF:
            return
        if name in ("section", "bibdata"):
            section = attributes.get("number", attributes.get("section", "0"))
            if name == "section":
                found.sections.setdefault(section, {})
        kind, text = name, ""

    def end(tag: str) -> None:
        nonlocal kind
        if kind == "citekey":
            found.cite(section, text)
        elif kind == "datasource" and text.strip():
            found.databases[text.strip()] = None
        kind = ""

    def data(characters: str) -> None:
        nonlocal text
        if kind in ("citekey", "datasource") and len(text) < 10_000:
            text += characters

    def refuse(*_: object) -> None:
        raise UnreadableInput(f"{path}:{parser.CurrentLineNumber}: a .bcf file has no document type.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(_bytes(path), True)
    except expat.ExpatError as error:
        raise UnreadableInput(
            f"{path}:{error.lineno}: this .bcf is not whole ({expat.ErrorString(error.code)}). Run LaTeX again."
        ) from error
    return found.result()


def _bytes(path: Path) -> bytes:
    return read_bytes(path, limit=MAX_BYTES)


def _text(path: Path) -> str:
    return _bytes(path).decode("utf-8", "replace")
