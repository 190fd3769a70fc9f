"""``add``: single works into the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    configuration,
    diff_option,
    dry_run_option,
    json_option,
    offline_option,
    overridden,
    service_options,
    strict_option,
)

if TYPE_CHECKING:
    from dl4es_bib.tasks.add import Added


@click.command("add")
@click.argument("things", metavar="WORK...", nargs=-1, required=True)
@click.option("--key", default="", metavar="KEY", help="The key that the entry shall have.")
@bib_option
@config_option
@click.option("--index", "index_path", metavar="FILE", help="Local index to ask first.")
@click.option("--dialect", type=click.Choice(["biblatex", "bibtex"]), help="Which BibTeX the library speaks.")
@offline_option
@strict_option
@service_options
@dry_run_option
@diff_option
@json_option
def command(
    things: tuple[str, ...],
    key: str,
    libraries: tuple[str, ...],
    config_path: Path | None,
    index_path: str | None,
    dialect: str | None,
    offline: bool,
    strict: bool,
    dry_run: bool,
    diff: bool,
    as_json: bool,
    **services: str | None,
) -> int:
    """Add works to the library: each WORK is a DOI, an arXiv id, an ISBN, an address, a file of references or the
    text of one reference ('-' is standard input).

    Records are looked up and verified as in a build. What no source confirms is added from its own text and
    marked; a work that the library has is only completed. For an identifier of which nothing is known nothing is
    written, and the exit code is 1.
    """
    from dl4es_bib.tasks.add import add

    config, base = configuration(config_path)
    config, base = overridden(config, base, services, library=libraries, index=index_path, dialect=dialect)
    progress = console.Progress()
    added = add(config, base, things, key=key, offline=offline, dry_run=dry_run or diff, progress=progress)
    progress.done()
    decisions = {key: added.update.lock.entries[key].decision for key in added.keys}
    if as_json:
        console.json_out(_as_json(added))
    else:
        for added_key, decision in decisions.items():
            new = "added" if added_key in added.update.added else "was there"
            fields = added.update.changed.get(added_key)
            more = f", {', '.join(fields)} set" if fields else ""
            console.out(f"{added_key}  {new}{more}  ({decision})")
    console.findings(added.findings)
    if key and key not in added.keys and added.keys:
        console.say(f"The library has this work already as {added.keys[0]}; 'dl4es-bib keys rename' changes keys.")
    if dry_run or diff:
        return console.changes(added.changes, diff=diff, as_json=as_json)
    open_ones = [decision for decision in decisions.values() if decision not in {"confirmed", "link"}]
    if strict and open_ones:
        console.error(f"--strict: {len(open_ones)} of {len(decisions)} entries are not confirmed.")
        return 4
    if added.unanswered and not offline:
        console.say(f"Not checked, because a source did not answer ({'; '.join(added.unanswered[:3])}).")
        return 5
    return 1 if any(finding.code == "unknown-identifier" for finding in added.findings) else 0


def _as_json(added: Added) -> dict[str, object]:
    from dl4es_bib.cli.serialise import SCHEMA, finding_json

    return {
        "schema": SCHEMA,
        "library": added.places.named,
        "entries": [
            {
                "key": key,
                "new": key in added.update.added,
                "decision": added.update.lock.entries[key].decision,
                "changed": list(added.update.changed.get(key, ())),
            }
            for key in added.keys
        ],
        "unanswered": list(added.unanswered),
        "problems": [finding_json(finding) for finding in added.findings],
    }
