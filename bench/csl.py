"""How long formatting takes beside other programs: ``python bench/csl.py [N …] [--peers DIR] [--limit SECONDS]``.

Every engine runs as a program of its own, so that CPU seconds and the peak of memory are those of a whole process: its
start, its imports, reading the style and the items, writing the texts. DIR is the cache folder of
``tests/conformance/csl_peers.py`` with citeproc-js and pandoc; typst and citeproc-py are run where they are installed.
typst sets a PDF. ``--alone`` leaves the others out. What takes more CPU seconds than the limit is
stopped and shown as "> limit"; what took more than a fifth of it is not run on longer lists.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_WORDS = (
    "deep learning sea ice U-Net precipitation forecasts of a the ensemble global ocean wind neural networks for "
    "in satellite images cloud detection transfer uncertainty estimation extreme rainfall turbulence climate "
    "models parametrization super-resolution downscaling with physics-informed generative drought soil moisture"
).split()
_NAMES = (
    "Smith Doe Müller García Kim Wang Nguyen Rossi de\u00a0Vries O'Brien Sørensen Ivanov Haddad Okafor Tanaka".split()
)
_JOURNALS = ["Nature", "Geophysical Research Letters", "The Cryosphere", "Journal of Climate", "Remote Sensing"]


def made(count: int) -> list[dict[str, Any]]:
    """That many references, the same at every run."""
    rng = random.Random(20260101)
    return [_item(rng, number) for number in range(count)]


def _item(rng: random.Random, number: int) -> dict[str, Any]:
    authors = [
        {"family": rng.choice(_NAMES), "given": f"{rng.choice('ABCDEFGJKLMRS')}lex {rng.choice('ABCDE')}."}
        for _ in range(rng.choice((1, 2, 2, 3, 4, 7, 22)))
    ]
    kind = rng.choice(("article-journal",) * 5 + ("book", "chapter", "paper-conference", "dataset", "thesis"))
    item: dict[str, Any] = {
        "id": f"item{number}",
        "type": kind,
        "title": " ".join(rng.choice(_WORDS) for _ in range(rng.randint(5, 14))).capitalize(),
        "author": authors,
        "issued": {"date-parts": [[rng.randint(1990, 2025), rng.randint(1, 12), rng.randint(1, 28)]]},
    }
    first = rng.randint(1, 900)
    if kind == "article-journal":
        item |= {
            "container-title": rng.choice(_JOURNALS),
            "volume": str(rng.randint(1, 150)),
            "issue": str(rng.randint(1, 12)),
            "page": f"{first}-{first + rng.randint(3, 30)}",
            "DOI": f"10.1234/abc.{number}",
        }
    else:
        item |= {"publisher": "Example Press", "URL": f"https://example.org/{number}"}
        if kind in ("chapter", "paper-conference"):
            item |= {"container-title": "Proceedings of something", "page": f"{first}–{first + 9}"}
    return item


# Engines -------------------------------------------------------------------------------------------------------------

Item = dict[str, Any]
#: The citations of a document, each a list of ids.
Clusters = list[list[str]]


@dataclass(frozen=True)
class Work:
    """What an engine is given.

    Attributes:
        style: the file of the style.
        items: what is formatted.
        clusters: the citations of a document; without any only the list is made.
        folder: where the engine may write.
        peers: the folder with citeproc-js and pandoc.
    """

    style: Path
    items: list[Item]
    clusters: Clusters
    folder: Path
    peers: Path | None

    def file(self, name: str, text: str) -> str:
        """Write a file for the engine; gives its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@dataclass(frozen=True)
class Measured:
    """CPU seconds and peak memory in MB of a process; ``seconds`` is None where it failed or was stopped."""

    seconds: float | None
    memory: float = 0.0
    stopped: bool = False


#: Starts a program from a small process, whose own memory would else count, and tells what it took.
_START = """
import json, os, resource, subprocess, sys
limit, given, *command = sys.argv[1:]
environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
process = subprocess.Popen(
    command, stdin=open(given, "rb"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
)
resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
head = process.stdout.read(9)
while process.stdout.read(1 << 20):
    pass
_, status, usage = os.wait4(process.pid, 0)
failed = status != 0 or head == b'{"error":'
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, failed]))
"""


def measured(command: list[str], given: str, folder: Path, limit: int) -> Measured:
    """Run a program and measure it; programs in Python as they are installed, with their modules compiled."""
    path = folder / "given"
    path.write_text(given, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _START, str(limit), str(path), *command], capture_output=True, text=True, check=True
    )
    seconds, memory, failed = json.loads(done.stdout)
    if seconds >= limit:
        return Measured(None, memory, stopped=True)
    return Measured(None if failed else seconds, memory)


#: A command and what it reads; None where the engine is not there.
Command = tuple[list[str], str] | None

_OURS = """
import json, sys
from dl4es_bib.csl import Processor, Style
style, items, clusters = sys.argv[1:]
processor = Processor(Style.load(style))
processor.register(json.load(open(items, encoding="utf-8")))
texts = processor.citations(json.load(open(clusters, encoding="utf-8")))
texts += [entry.text for entry in processor.bibliography("text")]
sys.stdout.write("\\n".join(texts))
"""


def ours(work: Work) -> Command:
    """This package."""
    items, clusters = work.file("items.json", json.dumps(work.items)), work.file("c.json", json.dumps(work.clusters))
    return [sys.executable, "-c", _OURS, str(work.style), items, clusters], ""


def citeproc_js(work: Work) -> Command:
    """citeproc-js under Node."""
    package = work.peers / "node_modules" / "citeproc" / "citeproc_commonjs.js" if work.peers is not None else None
    if package is None or not package.exists() or shutil.which("node") is None:
        return None
    script = Path(__file__).parent.parent / "tests" / "conformance" / "csl_peers.js"
    request = {"style": str(work.style), "locale": "", "items": work.items, "clusters": work.clusters}
    return ["node", str(script), str(package), str(_locales())], json.dumps(request) + "\n"


def _locales() -> Path:
    import citeproc

    return Path(citeproc.__file__).parent / "data" / "locales"


def pandoc(work: Work) -> Command:
    """pandoc: of the items alone, or of a Markdown document with the citations."""
    own = work.peers / "pandoc" / "pypandoc" / "files" / "pandoc" if work.peers is not None else None
    program = str(own) if own is not None and own.exists() else shutil.which("pandoc")
    if program is None:
        return None
    items = work.file("items.json", json.dumps(work.items))
    options = ["-t", "plain", "--citeproc", f"--csl={work.style}"]
    if not work.clusters:
        return [program, "-f", "csljson", *options, items], ""
    cites = ("[" + "; ".join(f"@{id}" for id in cluster) + "]" for cluster in work.clusters)
    text = "\n\n".join(f"A sentence {cite}." for cite in cites)
    return [program, "-f", "markdown", *options, f"--bibliography={items}", work.file("page.md", text)], ""


_TYPST = """
import sys
sys.path.insert(0, sys.argv[2])
import typst
typst.compile(sys.argv[1])
"""


def typst(work: Work) -> Command:
    """typst: a PDF with the list, or with the citations and the list."""
    from dl4es_bib.formats import csljson
    from dl4es_bib.formats.record_formats import written_records
    from dl4es_bib.model.work import Source

    works = [(item["id"], csljson.from_csl(item, Source("bench", "made"))) for item in work.items]
    work.file("items.bib", written_records("biblatex", works))
    shutil.copy(work.style, work.folder / "style.csl")
    text = "".join(f"A sentence {' '.join(f'@{id}' for id in cluster)}.\n\n" for cluster in work.clusters)
    full = "false" if work.clusters else "true"
    page = work.file("page.typ", f'{text}#bibliography("items.bib", full: {full}, style: "style.csl")\n')
    found = str(work.peers / "pandoc") if work.peers is not None else ""
    return [sys.executable, "-c", _TYPST, page, found], ""


_CITEPROC_PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
from citeproc import *
from citeproc.source.json import CiteProcJSON
items = json.load(open(sys.argv[2], encoding="utf-8"))
clusters = json.load(open(sys.argv[3], encoding="utf-8")) or [[item["id"]] for item in items]
style = CitationStylesStyle(sys.argv[1], validate=False)
bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
citations = [Citation([CitationItem(id) for id in cluster]) for cluster in clusters]
for citation in citations:
    bibliography.register(citation)
bibliography.sort()
if len(clusters) != len(items):
    [str(bibliography.cite(citation, lambda item: None)) for citation in citations]
[str(entry) for entry in bibliography.bibliography()]
"""


def citeproc_py(work: Work) -> Command:
    """citeproc-py."""
    items, clusters = work.file("items.json", json.dumps(work.items)), work.file("c.json", json.dumps(work.clusters))
    return [sys.executable, "-c", _CITEPROC_PY, str(work.style), items, clusters], ""


ENGINES: dict[str, Callable[[Work], Command]] = {
    "dl4es-bib": ours,
    "typst": typst,
    "citeproc-js": citeproc_js,
    "pandoc": pandoc,
    "citeproc-py": citeproc_py,
}


# Runs ----------------------------------------------------------------------------------------------------------------


def clusters_of(items: list[Item], count: int) -> Clusters:
    """That many citations of some of the items in their order, the same at every run."""
    rng = random.Random(20260102)
    return [list(dict.fromkeys(rng.choice(items)["id"] for _ in range(rng.choice((1, 1, 2, 3))))) for _ in range(count)]


def row(work: Work, limit: int, alone: bool, skipped: Container[str] = ()) -> dict[str, Measured | None]:
    """What each engine takes; None for one that is not there, or is passed over."""
    found: dict[str, Measured | None] = {}
    for name, engine in ENGINES.items():
        if alone and name != "dl4es-bib":
            continue
        with tempfile.TemporaryDirectory() as folder:
            command = None if name in skipped else engine(replace(work, folder=Path(folder)))
            found[name] = None if command is None else measured(*command, Path(folder), limit)
    return found


def cells(found: Mapping[str, Measured | None], limit: int) -> Iterator[str]:
    """One line of the table: of each engine the seconds, how many times ours they are, and the memory."""
    own = found["dl4es-bib"]
    for name, one in found.items():
        if one is None or one.seconds is None:
            yield f"> {limit} s" if one is not None and one.stopped else "-"
        elif name == "dl4es-bib" or own is None or not own.seconds:
            yield f"{one.seconds:.2f} s, {one.memory:.0f} MB"
        else:
            yield f"{one.seconds:.2f} s ({one.seconds / own.seconds:.1f}×), {one.memory:.0f} MB"


def main(arguments: list[str]) -> None:
    """Print a table in Markdown."""
    from dl4es_bib.csl.style.find import _published

    after = {word: arguments[place + 1] for place, word in enumerate(arguments[:-1]) if word.startswith("--")}
    numbers = [word for place, word in enumerate(arguments) if arguments[place - 1 : place] != ["--limit"]]
    sizes = [int(word) for word in numbers if word.isdigit()] or [1000, 10_000]
    peers = Path(after["--peers"]).resolve() if "--peers" in after else None
    limit, alone = int(after.get("--limit", 600)), "--alone" in arguments
    names = ["dl4es-bib"] if alone else list(ENGINES)
    print("| | " + " | ".join(names) + " |\n| --- |" + " ---: |" * len(names), flush=True)
    styles = {name: found for name in ("apa", "ieee") if (found := _published(name)) is not None}
    row(Work(styles["apa"], made(5), [], Path(), peers), limit, alone)  # compiles the modules
    slow: dict[str, set[str]] = {name: set() for name in styles}
    for place, size in enumerate(sizes):
        works = [(name, f"{size:,} references", made(size), Clusters()) for name in styles]
        if not place:
            works += [(name, "2,000 citations", made(500), clusters_of(made(500), 2000)) for name in styles]
        for name, shown, items, clusters in works:
            found = row(
                Work(styles[name], items, clusters, Path(), peers), limit, alone, () if clusters else slow[name]
            )
            print(f"| {name.upper()}, {shown} | " + " | ".join(cells(found, limit)) + " |", flush=True)
            # What is near the limit now would only be stopped at ten times the size.
            if not clusters:
                slow[name] |= {engine for engine, one in found.items() if one and (one.seconds or limit) > limit / 5}


if __name__ == "__main__":
    main(sys.argv[1:])
