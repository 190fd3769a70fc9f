"""Damaged configurations: each is read, or refused with one kind of exception; never anything else.

    python tests/fuzz/config.py [COUNT] [SEED]

Prints how many were read and refused, and exits with 1 at the first input that does something else or takes more
than two CPU seconds.
"""

from __future__ import annotations

import sys
import time
import traceback
from pathlib import Path

from mutations import inputs

from dl4es_bib.config.settings import parse_config
from dl4es_bib.disk.safe_yaml import dump_yaml
from dl4es_bib.model.errors import ConfigError
from dl4es_bib.tasks.export import export_settings
from dl4es_bib.tasks.project import Places

SEEDS = (
    "source: README.md\nlibrary: references.bib\noutput: build\nstyles: [apa, ieee]\nformats: [bib, html]\n",
    "source: [a.md, b.md]\nlock: x.lock\ndialect: bibtex\nlocale: de-DE\ntitles: sentence\nlinks: false\n",
    "chapters:\n  pattern: '^(?P<number>[0-9]+) (?P<title>.+)$'\nkeys:\n  pattern: '[auth:lower][year]'\n",
    "index:\n  path: i.sqlite\n  records: [r.jsonl]\nservices:\n  mailto: a@b.example\n  deadline: 5\n"
    "  crossref: {url: 'http://localhost:1', enabled: true}\n",
    "decisions:\n  ode2004tides: 10.5555/tides\n  dee2010: none\n",
    "",
)


def main(count: int, seed: int) -> int:
    read = refused = 0
    slowest = 0.0
    for number, text in enumerate(inputs(SEEDS, count, seed)):
        begun = time.process_time()
        try:
            config = parse_config(text, "c.yaml")
            Places.of(config, Path("/nowhere/project"))
            export_settings(config)
            again = parse_config(dump_yaml(config.model_dump(mode="json")), "c.yaml")
            assert again == config, "what 'config' prints is another configuration"
            read += 1
        except ConfigError as error:
            refused += 1
            if not error.message.replace("\n", "").isprintable():
                print(f"input {number} of seed {seed} brings an odd character into a message: {text!r}")
                return 1
        except Exception:
            traceback.print_exc()
            print(f"input {number} of seed {seed}: {text!r}")
            return 1
        slowest = max(slowest, time.process_time() - begun)
        if slowest > 2:
            print(f"input {number} of seed {seed} takes {slowest:.1f} s: {text!r}")
            return 1
    print(f"{count} configurations of seed {seed}: {read} read, {refused} refused, slowest {slowest:.3f} CPU s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1 :]))))
