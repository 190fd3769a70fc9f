"""How the time of what is done to a library grows with its size.

    python bench/growth.py [--largest 16000] [ROW ...]

Every row is run for sizes that double. Printed are CPU seconds and the exponent of growth between the smallest size
that takes more than 50 ms and the largest: 1 is linear, 2 is quadratic. Where fewer than two sizes take that long, the
sizes are made eight times larger; what is still too short says so. Garbage is collected as the command does it. The
entries are invented. The exit code is 1 when an exponent is above 1.2, a first build of 10,000 entries takes 12 CPU
seconds or more, or a lock is larger than what is read of one.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import itertools
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from measuring import LIMIT, exponent, seconds

from dl4es_bib.bib.file import parse
from dl4es_bib.csl.errors import RenderError, StyleError
from dl4es_bib.csl.processor import Processor
from dl4es_bib.csl.style.find import Style
from dl4es_bib.disk.bounded import MAX_BYTES
from dl4es_bib.export.layout import slugs
from dl4es_bib.formats.csljson import load as load_csljson
from dl4es_bib.formats.latex import to_latex, to_unicode
from dl4es_bib.identify.preamble import check_preamble
from dl4es_bib.library.duplicates import duplicates
from dl4es_bib.library.keys.key import FreeKeys, proposed_key
from dl4es_bib.library.keys.rename import wishes
from dl4es_bib.library.library import Library
from dl4es_bib.library.plan import plan_update
from dl4es_bib.library.store.lockfile import Lock, LockEntry, format_lock, parse_lock
from dl4es_bib.library.update import apply_update, update
from dl4es_bib.library.wanted import Wanted
from dl4es_bib.model.date import PartialDate
from dl4es_bib.model.name import Name
from dl4es_bib.model.outcome import Decision
from dl4es_bib.model.work import Source, Work

#: CPU seconds that a first build of 10,000 entries may take.
FIRST_BUILD = 12.0
WORDS = """tide salt floe gauge drift shelf current ridge plume delta basin front wave storm sand cloud rain soil leaf
river lake ice snow wind dust heat flux carbon ocean forest peat coast reef""".split()
#: Makes the texts of two runs differ, for values that were read or written are remembered.
_RUN = itertools.count()
Measured = Callable[[], object]


def title(number: int) -> str:
    """A title that no other number has."""
    chosen = random.Random(number).sample(WORDS, 5)
    return f"On the {' '.join(chosen)} of region {number}"


def bib(count: int) -> str:
    """Entries of a user's own .bib."""
    return "".join(
        f"@article{{key{number},\n  author = {{Ode{number % 997}, Ann and Bell, Bo}},\n  title = {{{title(number)}}},\n"
        f"  journal = {{Sea Letters}},\n  year = {{{1950 + number % 70}}},\n  volume = {{{number}}},\n"
        f"  pages = {{{number}--{number + 9}}},\n}}\n\n"
        for number in range(1, count + 1)
    )


def wanted(count: int) -> list[Wanted]:
    """What a document that cites these entries wants, each with its record."""
    source = Source("record", "index", "x")
    found = []
    for number in range(1, count + 1):
        work = Work.of(
            "article-journal",
            {
                "title": title(number),
                "author": (Name(f"Ode{number % 997}", "Ann"), Name("Bell", "Bo")),
                "container-title": "Sea Letters",
                "issued": PartialDate(1950 + number % 70),
                "volume": str(number),
                "page": f"{number}-{number + 9}",
                "DOI": f"10.5555/{number}",
            },
            source,
        )
        found.append(Wanted(work, (f"key:key{number}", f"doi:10.5555/{number}"), Decision.CONFIRMED, f"key{number}"))
    return found


def first_update(count: int) -> Measured:
    text, works = bib(count), wanted(count)
    return lambda: apply_update(plan_update(Library(parse(text, "own.bib"), Lock()), works))


def second_update(count: int) -> Measured:
    works = wanted(count)
    done = update(Library(parse(bib(count), "own.bib"), Lock()), works)
    return lambda: update(Library(parse(done.bibfile.text, "own.bib"), done.lock), works)


def new_entries(count: int) -> Measured:
    works = [replace(work, preferred_key="", identity=work.identity[1:]) for work in wanted(count)]
    return lambda: update(Library(parse("", "own.bib"), Lock()), works)


def one_key(count: int) -> Measured:
    """Works that all wish for one key."""
    works = [replace(work, preferred_key="ode2004tides") for work in wanted(count)]
    works = [replace(work, identity=work.identity[1:]) for work in works]
    return lambda: update(Library(parse("", "own.bib"), Lock()), works)


def first_build(count: int) -> Measured:
    """The command: a first build over a user's own .bib, with nothing to look it up in."""
    folder = Path(tempfile.mkdtemp(prefix="growth-"))
    (folder / "own.bib").write_text(bib(count))
    (folder / "dl4es-bib.yaml").write_text("source: own.bib\nlibrary: own.bib\nformats: [bib]\nstyles: [apa]\n")

    def run() -> None:
        from dl4es_bib.cli import run as command

        output = io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            assert command(["build", "--offline"]) in {0, 1}

    return run


def renamed_library(count: int) -> Measured:
    """A second update after the user gave every entry another key."""
    works = wanted(count)
    done = update(Library(parse(bib(count), "own.bib"), Lock()), works)
    text = done.bibfile.text.replace("@article{key", "@article{other")
    return lambda: update(Library(parse(text, "own.bib"), done.lock), works)


def same_wish(count: int) -> Measured:
    """Keys by the pattern, where all works ask for the same one."""
    text = "".join(
        f"@misc{{k{number}, author = {{Ode, Ann}}, year = 2004, title = {{Tides {number}}}}}\n"
        for number in range(count)
    )
    library = Library(parse(text), Lock())
    return lambda: wishes(library, proposed_key)


def free_keys(count: int) -> Measured:
    def run() -> None:
        keys = FreeKeys(set())
        for _ in range(count):
            keys.take("ode2004tides")

    return run


def look_alikes(count: int) -> Measured:
    """Duplicates among entries of which many share title and author."""
    text = "".join(
        f"@article{{k{number}, author = {{Ode, Ann}}, title = {{{title(number % 50)}}}, pages = {{{number + 1}}}}}\n"
        for number in range(count)
    )
    return lambda: duplicates(Library(parse(text), Lock()))


def distinct(count: int) -> Measured:
    text = bib(count)
    return lambda: duplicates(Library(parse(text), Lock()))


def lock_of(count: int) -> Lock:
    source = Source("record", "crossref", "10.5555/a", retrieved="2026-01-03T00:00:00+00:00")
    names = "author title journaltitle volume number pages date doi publisher".split()
    fields = {name: f"A value of {name} as it was written" for name in names}
    entry = LockEntry(
        identity=("doi:10.5555/a", "key:a"),
        sources=("list.md:3",),
        decision=Decision.CONFIRMED,
        reasons=("title agrees: it does", "year 2004"),
        provenance=dict.fromkeys(fields, source),
        type="article",
        written=fields,
    )
    return Lock({f"key{number}": entry for number in range(count)})


def lock_read(count: int) -> Measured:
    text = format_lock(lock_of(count))
    return lambda: parse_lock(text, "x.lock")


def lock_written(count: int) -> Measured:
    lock = lock_of(count)
    return lambda: format_lock(lock)


def preamble(count: int) -> Measured:
    """The check of a LaTeX preamble that loads and defines much."""
    lines = (f"\\usepackage[opt{number}={{a}}]{{pack{number}}}\\def\\x{number}{{y}}" for number in range(count))
    text = "\\documentclass{book}\n" + "\n".join(lines) + "\n\\begin{document}\n"
    return lambda: check_preamble(text)


def preamble_without_a_document(count: int) -> Measured:
    """The check of a preamble whose brackets and braces never end."""
    text = "\\documentclass{book}\n" + "\\usepackage[a={" * count
    return lambda: check_preamble(text)


def equal_slugs(count: int) -> Measured:
    """Chapters that all have one title: their folders differ."""
    return lambda: slugs([("Sea ice", None)] * count)


def equal_ids(count: int) -> Measured:
    """Items of CSL-JSON that all have one id."""
    text = json.dumps([{"id": "ode2004", "type": "book", "title": title(number)} for number in range(count)])
    return lambda: load_csljson(text)


def superscripts(count: int) -> Measured:
    text = f"Salt {next(_RUN)}" + "⁺²₃" * count
    return lambda: to_latex(text)


def superscripts_read(count: int) -> Measured:
    text = f"Salt {next(_RUN)}" + "\\textsuperscript{2}$^{+}$" * count
    return lambda: to_unicode(text)


def formulas(count: int) -> Measured:
    text = f"{next(_RUN)} " + " ".join(f"$\\alpha_{{{number}}}$ and {{\\'e}}" for number in range(count))
    return lambda: to_unicode(to_latex(to_unicode(text)))


def macros_that_double(count: int) -> Measured:
    """A style whose macros each call the next one twice, on as many levels: it is refused before it prints."""
    calls = "".join(
        f'<macro name="m{level}"><text macro="m{level + 1}"/><text macro="m{level + 1}"/></macro>'
        for level in range(count)
    )
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title>'
        "<id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        f'{calls}<macro name="m{count}"><text variable="title"/></macro>'
        '<citation><layout><text macro="m0"/></layout></citation>'
        '<bibliography><layout><text macro="m0"/></layout></bibliography></style>'
    )
    path = Path(tempfile.mkdtemp(prefix="growth-"), "double.csl")
    path.write_text(style)

    def run() -> None:
        with contextlib.suppress(StyleError, RenderError):
            processor = Processor(Style.load(path))
            processor.register([{"id": "a", "type": "book", "title": "Tides"}])
            processor.bibliography("text")

    return run


ROWS: dict[str, Callable[[int], Measured]] = {
    "first update of an own library": first_update,
    "second update": second_update,
    "update after all keys were renamed": renamed_library,
    "new entries": new_entries,
    "new entries that wish for one key": one_key,
    "keys by a pattern that gives one key": same_wish,
    "free keys": free_keys,
    "duplicates, none alike": distinct,
    "duplicates, 50 groups alike": look_alikes,
    "lock read": lock_read,
    "lock written": lock_written,
    "check of a preamble": preamble,
    "check of a preamble without an end": preamble_without_a_document,
    "equal slugs": equal_slugs,
    "equal ids in CSL-JSON": equal_ids,
    "superscripts to LaTeX": superscripts,
    "superscripts from LaTeX": superscripts_read,
    "formulas and accents to LaTeX and back": formulas,
    "levels of macros that double": macros_that_double,
    "first build of an own library": first_build,
}


def row(name: str, make: Callable[[int], Measured], sizes: list[int]) -> bool:
    """Measure and print a row; whether it grows no faster than allowed."""
    times = [seconds(partial(make, size)) for size in sizes]
    larger = ""
    if (slope := exponent(sizes, times)) is None:
        larger = "  (8 times the size)"
        sizes = [size * 8 for size in sizes]
        times = [seconds(partial(make, size)) for size in sizes]
        slope = exponent(sizes, times)
    shown = " too short" if slope is None else f"{slope:10.2f}"
    steep = slope is not None and slope > LIMIT
    print(
        f"{name:40}" + "".join(f"{taken:10.3f}" for taken in times) + shown + larger + "  TOO STEEP" * steep, flush=True
    )
    return not steep


def first_build_is_quick() -> bool:
    """Measure and print the first build of 10,000 entries; whether it is as quick as promised."""
    taken = seconds(partial(first_build, 10_000))
    print(f"first build of 10,000 entries: {taken:.2f} CPU s, allowed {FIRST_BUILD:.0f}", flush=True)
    return taken < FIRST_BUILD


def lock_is_read_back() -> bool:
    """Print the size of a lock of 34,000 confirmed entries beside what is read of one; whether it fits."""
    size = len(format_lock(lock_of(34_000)).encode())
    print(f"lock of 34,000 entries: {size / 2**20:.0f} MiB, read are up to {MAX_BYTES / 2**20:.0f} MiB", flush=True)
    return size < MAX_BYTES


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=16_000)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="only rows whose name has one of these words")
    options = parser.parse_args()
    os.environ.setdefault("XDG_CACHE_HOME", tempfile.mkdtemp(prefix="growth-cache-"))
    # As the command does when it starts.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sizes = [options.largest // 8, options.largest // 4, options.largest // 2, options.largest]
    print(f"{'CPU seconds for entries':40}" + "".join(f"{size:>10}" for size in sizes) + "  exponent")
    good = True
    for name, make in ROWS.items():
        if not options.rows or any(word in name for word in options.rows):
            good &= row(name, make, sizes)
    if not options.rows:
        good &= first_build_is_quick()
        good &= lock_is_read_back()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
