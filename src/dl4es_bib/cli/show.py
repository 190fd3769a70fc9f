"""``show``: entries as they stand, formatted, and where their values come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys, style_names
from dl4es_bib.cli.options import bib_option, config_option, json_option, library_of

if TYPE_CHECKING:
    from dl4es_bib.library.store.lockfile import LockEntry
    from dl4es_bib.tasks.show import ShownEntry


@click.command("show")
@click.argument("keys", metavar="KEY...", shell_complete=library_keys, nargs=-1, required=True)
@bib_option
@config_option
@click.option(
    "-s",
    "--style",
    metavar="STYLE",
    shell_complete=style_names,
    help="CSL style; default is the configuration's first.",
)
@json_option
def command(
    keys: tuple[str, ...], libraries: tuple[str, ...], config_path: Path | None, style: str | None, as_json: bool
) -> int:
    """Show entries of the library: the entry itself, as a style formats it, what was decided and why, where each
    value comes from, and your values that stand against a record.
    """
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.tasks.show import show

    config, places = library_of(config_path, libraries)
    names = places.named
    shown = show(places, keys, style=style or config.styles[0], locale="" if style else config.locale)
    if as_json:
        entries = [_as_json(entry) for entry in shown.entries]
        console.json_out({"schema": SCHEMA, "library": names, "entries": entries})
    else:
        for number, entry in enumerate(shown.entries):
            console.out(("\n" if number else "") + entry.place)
            _print(entry)
    for key, near in shown.missing.items():
        hint = f"Did you mean {near}?" if near else "'dl4es-bib keys' lists all keys."
        console.error(f"{names} has no entry {key}. {hint}")
    return 1 if shown.missing else 0


def _print(shown: ShownEntry) -> None:
    console.out(shown.entry.text)
    if shown.formatted:
        console.out("\n" + shown.formatted)
    _print_lock(shown.lock)
    for conflict in shown.conflicts:
        console.out(f"    yours: {conflict.field} = {conflict.value or '(removed)'}; the record: {conflict.record}")
    console.findings(shown.findings)


def _print_lock(lock: LockEntry | None) -> None:
    from dl4es_bib.library.store.provenance import text_of

    if lock is None:
        console.out("\nYour own entry; no run has looked it up.")
        return
    outcome = lock.decision or "no run has looked it up"
    console.out(f"\n{outcome}" + (f": {lock.record}" if lock.record else ""))
    if lock.decided:
        console.out(f"    you decided: {lock.decided}")
    candidates = tuple(candidate.described for candidate in lock.candidates)
    for label, lines in (("because", lock.reasons), ("candidate", candidates), ("cited in", lock.sources)):
        for line in lines:
            console.out(f"    {label}: {line}")
    console.table([(f"    {name}", f"from {text_of(source)}") for name, source in sorted(lock.provenance.items())])


def _as_json(shown: ShownEntry) -> dict[str, Any]:
    from dl4es_bib.cli.serialise import conflict_json, finding_json
    from dl4es_bib.library.store.provenance import text_of

    entry, lock = shown.entry, shown.lock
    data: dict[str, Any] = {
        "key": entry.key,
        "type": entry.type,
        "line": int(shown.place.rpartition(":")[2]),
        "fields": entry.values(),
        "source": entry.text,
        "conflicts": [conflict_json(conflict) for conflict in shown.conflicts],
    }
    if lock is not None:
        data |= {
            "decision": lock.decision,
            "decided": lock.decided,
            "record": str(lock.record),
            "reasons": list(lock.reasons),
            "candidates": [candidate.described for candidate in lock.candidates],
            "sources": list(lock.sources),
            "provenance": {name: text_of(source) for name, source in lock.provenance.items()},
        }
    problems = [finding_json(finding) for finding in shown.findings]
    return {**data, "formatted": shown.formatted, "problems": problems}
