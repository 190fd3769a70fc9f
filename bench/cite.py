"""How long citing a document takes beside pandoc: ``python bench/cite.py [N] [--style STYLE]``.

A made-up document with N citations (1,000) of N works in a .bib file is cited by this package and by ``pandoc
--citeproc`` in the same styles. Times are CPU seconds of whole processes, start included; the filter's have pandoc's
own in them. pandoc is that of PyPI's ``pypandoc_binary``.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from csl import made

from dl4es_bib.csl.style.find import _published
from dl4es_bib.formats import csljson
from dl4es_bib.formats.record_formats import written_records
from dl4es_bib.model.work import Source

STYLES = ("apa", "chicago-author-date", "ieee", "chicago-notes-bibliography")


def document(count: int) -> str:
    """A text with that many citations of that many works, each cited at least once or so."""
    rng = random.Random(20261128)
    lines = []
    for number in range(count):
        other = rng.randrange(count)
        forms = ("[@{}]", "[@{}, p. 3]", "[see @{}]", "@{} says so", "[-@{}]", f"[@{{}}; @item{other}]")
        lines.append(f"Some words of a sentence {rng.choice(forms).format(f'item{number}')} and more.")
    return "# Title\n\n" + "\n\n".join(lines) + "\n"


def seconds(command: Sequence[str], folder: Path, given: str = "") -> float | None:
    """CPU seconds of a process and all that it starts; None when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(done.stderr[-500:], file=sys.stderr)
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> None:
    """Print a table."""
    import pypandoc

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--style", action="append", default=[])
    options = parser.parse_args(arguments)
    pandoc = pypandoc.get_pandoc_path()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = [(item["id"], csljson.from_csl(item, Source("bench", "made"))) for item in made(options.count)]
        (folder / "refs.bib").write_text(written_records("biblatex", works), encoding="utf-8")
        (folder / "text.md").write_text(document(options.count), encoding="utf-8")
        filter_file = folder / "dl4es-bib-citeproc"
        filter_file.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -c "from dl4es_bib.cli.citeproc import main; main()"\n'
        )
        filter_file.chmod(0o755)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        # As it is once installed: the first run compiles the modules, later ones do not.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        seconds([sys.executable, "-m", "dl4es_bib", "cite", "text.md", "--bib", "refs.bib", "-o", "first.md"], folder)
        print(f"{'style':<30}{'dl4es-bib cite':>16}{'as a filter':>14}{'pandoc':>10}{'times':>8}")
        for style in options.style or STYLES:
            path = str(_published(style))
            ours = [sys.executable, "-m", "dl4es_bib", "cite", "text.md", "--bib", "refs.bib", "-s", style]
            read = [pandoc, "text.md", "-t", "markdown", "--bibliography=refs.bib", f"--csl={path}", "-o", "out.md"]
            rows = [
                seconds([*ours, "-o", f"{style}.md"], folder),
                seconds(
                    [*read, "--filter", str(filter_file), "-M", f"csl={path}", "-M", "bibliography=refs.bib"], folder
                ),
                seconds([*read, "--citeproc"], folder),
            ]
            shown = [f"{row:.2f}" if row is not None else "-" for row in rows]
            times = f"{rows[2] / rows[0]:.1f}" if rows[0] and rows[2] else "-"
            print(f"{style:<30}{shown[0]:>16}{shown[1]:>14}{shown[2]:>10}{times:>8}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
