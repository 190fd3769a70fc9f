"""Damaged configurations: each is read, or refused with one kind of exception; never anything else.

    python tests/fuzz/config.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``; the last line is one JSON object with the figures.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from mutations import damaged
from rounds import run

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


def is_read(text: str) -> bool:
    """Whether a configuration is read; what ``config`` prints of it must be the same one."""
    try:
        config = parse_config(text, "c.yaml")
        Places.of(config, Path("/nowhere/project"))
        export_settings(config)
        again = parse_config(dump_yaml(config.model_dump(mode="json")), "c.yaml")
        assert again == config, "what 'config' prints is another configuration"
    except ConfigError as error:
        printable = error.message.replace("\n", "").isprintable()
        assert printable, "an odd character comes into a message"
        return False
    return True


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One damaged text."""
    figures["read" if is_read(damaged(chance, SEEDS)) else "refused"] += 1


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
