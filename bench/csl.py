"""How long formatting takes: ``python bench/csl.py [N …]`` prints CPU seconds for lists of N references.

Beside this package stand citeproc-py and typst where they are installed, pandoc, and with ``--peers DIR`` (the cache
folder of ``tests/conformance/csl_peers.py``) citeproc-js. Seconds of a program include its start; typst sets a PDF.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
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


def ours(style: str, items: list[dict[str, Any]]) -> float:
    """CPU seconds of this package, style and locale included."""
    from dl4es_bib.csl import Processor, Style

    start = time.process_time()
    processor = Processor(Style.load(style))
    processor.register(items)
    entries = processor.bibliography("text")
    assert len(entries) == len(items)
    return time.process_time() - start


def citeproc_py(style: str, items: list[dict[str, Any]]) -> float | None:
    """CPU seconds of citeproc-py; None where its code is not installed."""
    program = (
        "import json,sys,time,warnings\n"
        "warnings.simplefilter('ignore')\n"
        "from citeproc import *\nfrom citeproc.source.json import CiteProcJSON\n"
        "items=json.load(open(sys.argv[1]))\nt=time.process_time()\n"
        "source=CiteProcJSON(items)\nstyle=CitationStylesStyle(sys.argv[2],validate=False)\n"
        "b=CitationStylesBibliography(style,source,formatter.plain)\n"
        "for i in items: b.register(Citation([CitationItem(i['id'])]))\n"
        "b.sort()\n[str(x) for x in b.bibliography()]\nprint(time.process_time()-t)\n"
    )
    from dl4es_bib.csl.style.find import _published

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.json"
        path.write_text(json.dumps(items), encoding="utf-8")
        result = subprocess.run(
            [sys.executable, "-c", program, str(path), str(_published(style))], capture_output=True, text=True
        )
    return float(result.stdout.split()[-1]) if result.returncode == 0 and result.stdout else None


def _child(command: list[str], given: str = "") -> float | None:
    """CPU seconds of a program; None where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds if done.returncode == 0 and '{"error"' not in done.stdout[:9] else None


def _published_file(style: str) -> str:
    from dl4es_bib.csl.style.find import _published

    return str(_published(style))


def pandoc(style: str, items: list[dict[str, Any]], peers: Path | None) -> float | None:
    """CPU seconds of pandoc; None where it is not installed."""
    own = peers / "pandoc" / "pypandoc" / "files" / "pandoc" if peers is not None else None
    program = str(own) if own is not None and own.exists() else shutil.which("pandoc")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.json"
        path.write_text(json.dumps(items), encoding="utf-8")
        return _child(
            [program, "-f", "csljson", "-t", "plain", "--citeproc", f"--csl={_published_file(style)}", str(path)]
        )


def citeproc_js(style: str, items: list[dict[str, Any]], peers: Path | None) -> float | None:
    """CPU seconds of citeproc-js under Node; None where it was not fetched."""
    package = peers / "node_modules" / "citeproc" / "citeproc_commonjs.js" if peers is not None else None
    if package is None or not package.exists() or shutil.which("node") is None:
        return None
    import citeproc

    script = Path(__file__).parent.parent / "tests" / "conformance" / "csl_peers.js"
    locales = Path(citeproc.__file__).parent / "data" / "locales"
    request = json.dumps({"style": _published_file(style), "locale": "", "items": items})
    return _child(["node", str(script), str(package), str(locales)], request + "\n")


_TYPST = """
import sys, time
sys.path.insert(0, sys.argv[2])
import typst
typst.compile(sys.argv[1])
"""


def typst(style: str, items: list[dict[str, Any]], peers: Path | None) -> float | None:
    """CPU seconds of typst (list set as PDF); None where it is not installed."""
    from dl4es_bib.formats import csljson
    from dl4es_bib.formats.record_formats import written_records
    from dl4es_bib.model.work import Source

    works = [(item["id"], csljson.from_csl(item, Source("bench", "made"))) for item in items]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "items.bib").write_text(written_records("biblatex", works), encoding="utf-8")
        shutil.copy(_published_file(style), Path(folder) / "style.csl")
        page = Path(folder) / "page.typ"
        page.write_text('#bibliography("items.bib", full: true, style: "style.csl")\n', encoding="utf-8")
        found = str(peers / "pandoc") if peers is not None else ""
        return _child([sys.executable, "-c", _TYPST, str(page), found])


def citations(style: str, count: int) -> float:
    """CPU seconds for that many citations of 500 works in their order."""
    from dl4es_bib.csl import Processor, Style

    items = made(500)
    rng = random.Random(20260102)
    clusters = [[rng.choice(items)["id"] for _ in range(rng.choice((1, 1, 2, 3)))] for _ in range(count)]
    start = time.process_time()
    processor = Processor(Style.load(style))
    processor.register(items)
    assert len(processor.citations(clusters)) == count
    return time.process_time() - start


def main(arguments: list[str]) -> None:
    """Print a table."""
    from dl4es_bib.csl import Processor, Style

    sizes = [int(word) for word in arguments if word.isdigit()] or [1, 100, 1000]
    others = "--alone" not in arguments
    peers = Path(arguments[arguments.index("--peers") + 1]) if "--peers" in arguments else None
    start = time.process_time()
    Processor(Style.load("apa"))
    print(f"style and locale, first time: {1000 * (time.process_time() - start):.0f} ms")
    start = time.process_time()
    Style.load("chicago-author-date")
    print(f"style alone: {1000 * (time.process_time() - start):.0f} ms")
    names = ("this", "citeproc-js", "pandoc", "typst", "citeproc-py")
    print(f"{'style':<24}{'items':>8}" + "".join(f"{name:>13}" for name in names))
    for style in ("apa", "ieee", "chicago-author-date"):
        for size in sizes:
            items = made(size)
            row: list[float | None] = [ours(style, items)]
            if others:
                row += [ask(style, items, peers) for ask in (citeproc_js, pandoc, typst) if size <= 1000]
                row += [citeproc_py(style, items)] if size <= 1000 else []
            shown = [f"{seconds:.2f}" if seconds is not None else "-" for seconds in row]
            print(f"{style:<24}{size:>8}" + "".join(f"{text:>13}" for text in shown), flush=True)
    for style in ("apa", "ieee"):
        print(f"{style:<24}{'2,000 citations':>16}{citations(style, 2000):>8.2f}", flush=True)
    print(f"memory at the end: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
