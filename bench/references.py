"""How fast reference strings are read, how long the model takes to load, and how much memory that needs.

    python bench/references.py [FILE]

FILE holds one reference a line; without it 2,000 made-up strings are read. Times are of the processor, on one core.
Documents are read as ``scan`` does, identifiers included: 20,000 references in a Markdown list, without and with
italics, in a text; a page of 300 KB as lists of papers are (a title, people, where, links).
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path
from typing import Final

_MADE_UP = (
    'Ode, Ann {0}. "On Tides and Lamps." Sea Letters {0}.3 (2004): {0}-99.',
    "Halden, R., Lund, K., & Nordin, M. (201{1}). Lamps in fog on coast {0}. Harbour Letters, {0}(2), 11–19.",
    "Nordin M, Vik T. Drift of buoys in narrow sounds {0}. J Coast Res. 2015;{0}(4):801-9. doi:10.5555/buoy.{0}",
    "M. Nordin and T. Vik, Charts of Small Coasts, vol. {0} (Fjord Press, Bergen, 198{1}).",
    "Roe, B. (19{1}7). Turns of the lamp {0}. In R. N. Roe (Ed.), Advances in lamps (pp. 21–{0}). Lamp Press.",
)


_ITALIC: Final = (
    "Ode, A., & Bell, B. ({1}). On the tides of bay {0}. *Sea Letters, {2}*(1), 1-9. https://doi.org/10.5555/x.{0}"
)
_PLAIN: Final = "Ode, A., & Bell, B. ({1}). On the tides of bay {0}. Sea Letters, {2}(1), 1-9."
_PAPER: Final = (
    "- **On the tides of bay {0}.** *Ann Ode, Bo Bell, Cy Dee.* Sea Letters {1} "
    "[[paper]](https://doi.org/10.5555/x.{0}) [[code]](https://github.com/ode/tides{0})"
)
_ROWS: Final = {
    "20,000 in a list": ("md", "* " + _PLAIN, 20_000),
    "20,000 in a list, italics": ("md", "* " + _ITALIC, 20_000),
    "20,000 in a text": ("txt", _PLAIN, 20_000),
    "page of 300 KB": ("md", _PAPER, 1_800),
}


def documents() -> dict[str, float]:
    """CPU seconds that each document takes to read, with its identifiers."""
    from dl4es_bib.disk.source import decode
    from dl4es_bib.identify.document import identified
    from dl4es_bib.read.readers import read

    # As the command does when it starts.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    taken = {}
    for name, (kind, line, count) in _ROWS.items():
        text = "\n".join(line.format(number, 1950 + number % 70, number % 90 + 1) for number in range(count))
        begun = time.process_time()
        found = identified(read(decode(text.encode(), f"list.{kind}")))
        taken[name] = round(time.process_time() - begun, 2)
        assert sum(1 for _ in found.items) == count, name
        print(f"{name:26} {taken[name]:6.2f} CPU s   {len(text) // 1000} KB", flush=True)
    return taken


def main() -> None:
    """Read the strings and print the figures; the last line is JSON."""
    started = time.process_time()
    from dl4es_bib.read.reference import parse_reference
    from dl4es_bib.read.reference.tagger.model import model

    imported = time.process_time()
    labeller = model()
    loaded = time.process_time()
    if len(sys.argv) > 1:
        strings = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    else:
        strings = [_MADE_UP[number % 5].format(number, number % 10) for number in range(2000)]
    parse_reference(strings[0])
    begun = time.process_time()
    works = [parse_reference(text) for text in strings]
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "strings": len(strings),
        "per_second": round(len(strings) / seconds),
        "import_ms": round(1000 * (imported - started)),
        "load_ms": round(1000 * (loaded - imported)),
        "memory_mb": round(memory),
        "model": type(labeller).__name__,
        "confident": round(sum((work.confidence or 0) >= 0.9 for work in works) / len(works), 3),
    }
    for name, value in figures.items():
        print(f"{name:12} {value}")
    print(json.dumps({**figures, "documents": documents()}))


if __name__ == "__main__":
    main()
