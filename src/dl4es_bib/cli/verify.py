"""``verify``: is every reference real, and is it right?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import (
    config_option,
    configuration,
    from_option,
    json_option,
    offline_option,
    overridden,
    service_options,
)

if TYPE_CHECKING:
    from dl4es_bib.tasks.verify import Verification, Verified


@click.command("verify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@from_option
@config_option
@click.option("--index", "index_path", metavar="FILE", help="Local index to ask first.")
@offline_option
@service_options
@json_option
def command(
    files: tuple[str, ...],
    reader: str,
    config_path: Path | None,
    index_path: str | None,
    offline: bool,
    as_json: bool,
    **services: str | None,
) -> int:
    """Check every reference in FILE against the records of works: does it exist, and is what it says right?

    'differs' names both sides of each difference. 'not-found' means that no source that was asked has the work, not
    that there is none. Nothing is written. Exit code 1 when anything is not verified, 5 when a source did not answer.
    """
    from dl4es_bib.tasks.verify import verify

    config, base = configuration(config_path)
    config, base = overridden(config, base, services, index=index_path)
    progress = console.Progress()
    done = verify(config, base, files, offline=offline, reader=reader, progress=progress)
    progress.done()
    if as_json:
        console.json_out(_as_json(done))
    else:
        _report(done)
    console.findings(done.findings)
    summary = done.summary
    if summary["not-checked"]:
        return 5
    return 1 if summary["verified"] + summary["unverifiable"] < len(done.entries) else 0


def _report(done: Verification) -> None:
    from dl4es_bib.tasks.verify import MEANING

    for verdict, number in done.summary.items():
        if not number or verdict == "verified":
            continue
        console.out(f"{verdict}: {MEANING[verdict]}")
        for entry in done.entries:
            if entry.verdict == verdict:
                _show(entry)
        console.out()
    console.table(
        [(f"  {verdict}", str(number), MEANING[verdict]) for verdict, number in done.summary.items() if number]
    )


def _show(entry: Verified) -> None:
    key = f"{entry.cited.citation_key}  " if entry.cited.citation_key else ""
    console.out(f"  {entry.cited.span}  {key}{entry.cited.text[:100]}")
    for difference in entry.differences:
        mark = "" if difference.seriousness == "real" else " (slight)"
        console.out(f"      {difference.variable}{mark}: {difference.what}")
        console.out(f"          here:   {difference.said[:150]}")
        console.out(f"          record: {difference.record[:150]}")
    if entry.best is not None and entry.verdict != "differs":
        work = entry.best.work
        console.out(f"      nearest: {work.text('DOI')}  {work.title[:100]}  {work.year or ''}")
    if not entry.differences:
        for reason in entry.reasons[:2]:
            console.out(f"      {reason}")


def _as_json(done: Verification) -> dict[str, object]:
    from dl4es_bib.cli.serialise import SCHEMA, finding_json

    return {
        "schema": SCHEMA,
        "entries": [_entry_json(entry) for entry in done.entries],
        "summary": done.summary,
        "problems": [finding_json(finding) for finding in done.findings],
    }


def _entry_json(entry: Verified) -> dict[str, object]:
    from dl4es_bib.cli.serialise import candidate_json, difference_json, work_json

    named = entry.verdict in ("verified", "differs", "retracted") and entry.best is not None
    span = entry.cited.span
    return {
        "key": entry.cited.citation_key or entry.cited.id,
        "text": entry.cited.text,
        "verdict": entry.verdict,
        "work": work_json(entry.best.work) if named and entry.best else None,
        "differences": [difference_json(difference) for difference in entry.differences],
        "candidates": [candidate_json(candidate) for candidate in entry.candidates[:5]],
        "reasons": list(entry.reasons),
        "span": {"file": span.file, "line": span.line, "end_line": span.last_line},
    }
