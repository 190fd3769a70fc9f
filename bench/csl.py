"""How long formatting takes: ``python bench/csl.py [N …]`` prints CPU seconds for lists of N references.

Beside this package stand citeproc-py, pandoc and typst where they are installed.
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


def pandoc(style: str, items: list[dict[str, Any]]) -> float | None:
    """CPU seconds of pandoc; None where it is not installed."""
    if shutil.which("pandoc") is None:
        return None
    from dl4es_bib.csl.style.find import _published

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.json"
        path.write_text(json.dumps(items), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            ["pandoc", "-f", "csljson", "-t", "plain", "--citeproc", f"--csl={_published(style)}", str(path)],
            capture_output=True,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> None:
    """Print a table."""
    from dl4es_bib.csl import Processor, Style

    sizes = [int(one) for one in arguments if one.isdigit()] or [1, 100, 1000]
    others = "--alone" not in arguments
    start = time.process_time()
    Processor(Style.load("apa"))
    print(f"style and locale, first time: {1000 * (time.process_time() - start):.0f} ms")
    start = time.process_time()
    Style.load("chicago-author-date")
    print(f"style alone: {1000 * (time.process_time() - start):.0f} ms")
    print(f"{'style':<24}{'items':>8}{'this':>9}{'citeproc-py':>13}{'pandoc':>9}")
    for style in ("apa", "ieee", "chicago-author-date"):
        for size in sizes:
            items = made(size)
            row = [ours(style, items)]
            row += [citeproc_py(style, items), pandoc(style, items)] if others and size <= 1000 else [None, None]
            shown = [f"{one:.2f}" if one is not None else "-" for one in row]
            print(f"{style:<24}{size:>8}{shown[0]:>9}{shown[1]:>13}{shown[2]:>9}", flush=True)
    print(f"memory at the end: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
