"""``show``: entries as they stand, formatted, and where their values come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import bib_option, config_option, json_option, library_of

if TYPE_CHECKING:
    from dl4es_bib.bib.file import Entry
    from dl4es_bib.library.conflicts import Conflict
    from dl4es_bib.library.store.lockfile import LockEntry


@click.command("show")
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@bib_option
@config_option
@click.option("-s", "--style", metavar="STYLE", help="CSL style; default is the configuration's first.")
@json_option
def command(
    keys: tuple[str, ...], library: str | None, config_path: Path | None, style: str | None, as_json: bool
) -> int:
    """Show entries of the library: the entry itself, as a style formats it, what was decided and why, where each
    value comes from, and your values that stand against a record.
    """
    import difflib

    from dl4es_bib.cli.serialise import SCHEMA, finding_json
    from dl4es_bib.library.conflicts import conflicts
    from dl4es_bib.library.library import Library
    from dl4es_bib.model.finding import Finding
    from dl4es_bib.tasks.convert import formatted_list
    from dl4es_bib.tasks.upkeep import stored_library

    config, places = library_of(config_path, library)
    stored = stored_library(places)
    known = Library(stored.bibfile, stored.lock)
    entries = {key: stored.bibfile.find(key) for key in keys}
    found = {key: entry for key, entry in entries.items() if entry is not None}
    standing = conflicts(known)
    shown: list[dict[str, Any]] = []
    for entry in found.values():
        work = known.works([entry.key]).get(entry.key)
        text, findings = "", tuple[Finding, ...]()
        if work is not None and work.fields:
            name = style or config.styles[0]
            text, findings = formatted_list(
                "", [(entry.key, work)], "text", style=name, locale=config.locale if not style else ""
            )  # fmt: skip
        lock = stored.lock.entries.get(entry.key)
        own = [one for one in standing if one.key == entry.key]
        if as_json:
            shown.append(
                {
                    **_as_json(entry, lock, own),
                    "formatted": text.strip(),
                    "problems": [finding_json(one) for one in findings],
                }
            )
        else:
            console.out(("" if entry is next(iter(found.values())) else "\n") + f"{places.library}:{entry.line}")
            console.out(entry.text)
            if text.strip():
                console.out("\n" + text.strip())
            _show_lock(lock)
            for one in own:
                console.out(f"    yours: {one.field} = {one.value or '(removed)'}; the record: {one.record}")
            console.findings(findings)
    if as_json:
        console.json_out({"schema": SCHEMA, "library": str(places.library), "entries": shown})
    missing = [key for key, entry in entries.items() if entry is None]
    for key in missing:
        near = difflib.get_close_matches(key, [entry.key for entry in stored.bibfile.entries], 1)
        hint = f" Did you mean {near[0]}?" if near else " 'dl4es-bib keys' lists all keys."
        console.error(f"{places.library} has no entry {key}.{hint}")
    return 1 if missing else 0


def _show_lock(lock: LockEntry | None) -> None:
    from dl4es_bib.library.store.provenance import text_of

    if lock is None:
        console.out("\nYour own entry; no run has looked it up.")
        return
    console.out(f"\n{lock.decision}" + (f": {lock.record}" if lock.record else ""))
    candidates = tuple(candidate.described for candidate in lock.candidates)
    for label, lines in (("because", lock.reasons), ("candidate", candidates), ("cited in", lock.sources)):
        for line in lines:
            console.out(f"    {label}: {line}")
    console.table([(f"    {name}", f"from {text_of(source)}") for name, source in sorted(lock.provenance.items())])


def _as_json(entry: Entry, lock: LockEntry | None, standing: list[Conflict]) -> dict[str, Any]:
    from dl4es_bib.cli.serialise import conflict_json
    from dl4es_bib.library.store.provenance import text_of

    data: dict[str, Any] = {
        "key": entry.key,
        "type": entry.type,
        "line": entry.line,
        "fields": entry.values(),
        "source": entry.text,
        "conflicts": [conflict_json(one) for one in standing],
    }
    if lock is not None:
        data |= {
            "decision": lock.decision,
            "record": str(lock.record),
            "reasons": list(lock.reasons),
            "candidates": [candidate.described for candidate in lock.candidates],
            "sources": list(lock.sources),
            "provenance": {name: text_of(source) for name, source in lock.provenance.items()},
        }
    return data
