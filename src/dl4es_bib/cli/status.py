"""``status``: how far a library is."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import bib_option, config_option, configuration, json_option, overridden


@click.command("status")
@bib_option
@config_option
@json_option
def command(libraries: tuple[str, ...], config_path: Path | None, as_json: bool) -> int:
    """Count the entries of the library by outcome and by chapter, and name what is open: its key, where it stands and
    where it is cited. Nothing is asked of anybody, and nothing is written.

    Exit code 1 when something needs a person: an entry that needs review or was not found.
    """
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.tasks.status import status

    config, base = configuration(config_path)
    config, base = overridden(config, base, {}, library=libraries)
    found = status(config, base)
    console.findings(finding for finding in found.findings if finding.severity == "error")
    code = 1 if any(entry.outcome in {"needs-review", "not-found"} for entry in found.open) else 0
    if as_json:
        rows = [{"key": entry.key, "title": entry.title, "outcome": entry.outcome, "place": entry.place,
                 "cited": entry.cited} for entry in found.open]  # fmt: skip
        chapters = {title: dict(counts) for title, counts in found.chapters.items()}
        console.json_out({"schema": SCHEMA, "library": found.library, "outcomes": dict(found.outcomes),
                          "chapters": chapters, "open": rows})  # fmt: skip
        return code
    console.out(f"{found.library}: {console.counted(sum(found.outcomes.values()), 'entry', 'entries')}.")
    console.table(
        [(f"  {name}", str(number)) for name, number in sorted(found.outcomes.items(), key=lambda row: -row[1])]
    )
    if found.chapters:
        console.out("")
        names = list(found.outcomes)
        rows_of_chapters = [[title[:60], *(str(counts.get(name, 0) or "") for name in names)]
                            for title, counts in found.chapters.items()]  # fmt: skip
        console.table([["chapter", *names], *rows_of_chapters])
    for entry in found.open:
        console.out("")
        console.heading(f"{entry.key}  {entry.outcome}")
        console.out(f"    {entry.title[:160]}")
        console.out(f"    {entry.place}" + (f", cited in {entry.cited}" if entry.cited else ""))
    return code
