"""``build``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import styles_option
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    configuration,
    diff_option,
    dry_run_option,
    force_option,
    offline_option,
    overridden,
    service_options,
    strict_option,
)
from dl4es_bib.model.errors import UsageError

if TYPE_CHECKING:
    from dl4es_bib.config.settings import Config
    from dl4es_bib.model.finding import Finding
    from dl4es_bib.tasks.build import Built

#: Works that are named one by one where they could not be checked.
_MOST_NAMED = 20
_ORDER = ("confirmed", "needs-review", "not-found", "not-checked", "link")
_MEANING = {
    "confirmed": "found, and the text agrees",
    "needs-review": "candidates, but a person must decide",
    "not-found": "every source answered, none knows it",
    "not-checked": "not asked, or no answer",
    "link": "addresses, kept as the text gives them",
}


@click.command("build")
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@config_option
@bib_option
@click.option("-o", "--output", metavar="DIR", help="Folder for the bibliographies.")
@styles_option
@click.option("--dialect", type=click.Choice(["biblatex", "bibtex"]), help="Which BibTeX the library speaks.")
@offline_option
@strict_option
@service_options
@click.option("--take-fetched", "take", multiple=True, metavar="FIELD",
              help="Take the record's value of a field that you edited, this once; may be repeated.")  # fmt: skip
@click.option("--show-conflicts", is_flag=True, help="List your values that stand against records.")
@force_option
@dry_run_option
@diff_option
@click.option("--watch", is_flag=True, help="Build again whenever a source, the library or the configuration changes.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    sources: tuple[str, ...],
    config_path: Path | None,
    libraries: tuple[str, ...],
    output: str | None,
    styles: tuple[str, ...],
    dialect: str | None,
    offline: bool,
    strict: bool,
    take: tuple[str, ...],
    show_conflicts: bool,
    force: bool,
    dry_run: bool,
    diff: bool,
    watch: bool,
    as_json: bool,
    **services: str | None,
) -> int:
    """Read SOURCE, resolve its references, update the library and export bibliographies.

    Without SOURCE the configuration names it. A second run sends nothing and changes nothing; what you
    edit in the library by hand stays.
    """
    from dl4es_bib.tasks.build import build

    def configured() -> tuple[Config, Path]:
        config, base = configuration(config_path, needed=not sources)
        return overridden(
            config, base, services, source=sources, library=libraries, output=output, styles=styles, dialect=dialect
        )

    if watch:
        from dl4es_bib.cli.watching import watch_builds

        if dry_run or diff or as_json:
            raise UsageError(
                "--watch builds again and again; it goes neither with --dry-run and --diff nor with --json."
            )
        return watch_builds(configured, lambda config, base: build(config, base, offline=offline, force=force), _report)
    config, base = configured()
    progress = console.Progress()
    built = build(config, base, offline=offline, take=take, force=force, dry_run=dry_run or diff, progress=progress)
    progress.done()
    if as_json:
        console.json_out(_as_json(built))
    else:
        if console.verbosity >= 0:
            _report(built)
        if show_conflicts:
            _show_conflicts(built)
    console.replaced(built.replaced if not (dry_run or diff) else ())
    console.findings(_without_conflicts(built) if show_conflicts else built.findings)
    if dry_run or diff:
        return console.changes(built.changes, diff=diff, as_json=as_json)
    open_ones = [name for name in _ORDER[1:4] if built.counts[name]]
    if built.unanswered and not offline:
        console.say(
            f"Not checked: {console.counted(built.counts['not-checked'], 'entry', 'entries')}, because a source did "
            f"not answer ({'; '.join(reason.rstrip('.') for reason in built.unanswered[:3])}). "
            "What they say is from the text; run again later."
        )
    if strict and open_ones:
        console.error(
            f"--strict: {sum(built.counts[name] for name in open_ones)} entries are not confirmed. "
            "Decide them with 'dl4es-bib review', or run without --strict."
        )
        return 4
    if built.unanswered and not offline:
        return 5
    return 1 if any(finding.severity == "error" for finding in built.findings) else 0


def _report(built: Built) -> None:
    document = built.document
    items = sum(1 for _ in document.items)
    chapters = console.counted(len(document.chapters), "chapter")
    console.out(f"Read {document.source}: {chapters}, {console.counted(items, 'item')}.")
    console.table([(f"  {name}", str(built.counts[name]), _MEANING[name]) for name in _ORDER if built.counts[name]])
    for key, entry in built.update.lock.entries.items():
        if entry.decision == "needs-review" and entry.sources:
            console.out(f"\n{key} needs review  ({entry.sources[0]})")
            for candidate in entry.candidates[:5]:
                console.out(f"    candidate: {candidate.described}")
            for reason in entry.reasons[:3]:
                console.out(f"    {reason}")
            console.out("    to decide, run 'dl4es-bib review', or write in dl4es-bib.yaml under 'decisions:'")
            console.out(f"        {key}: <its DOI, or none>")
    _report_missing(built, "not-found", "not found by any source; this does not mean that they do not exist:")
    if built.counts["confirmed"] or built.counts["needs-review"]:
        # Where nothing at all was looked up, the number says enough.
        _report_missing(built, "not-checked", "not checked, because no source was asked or answered:", _MOST_NAMED)
    update = built.update
    entries = console.counted(len(update.bibfile.entries), "entry", "entries")
    news = f"{len(update.added)} new, {len(update.changed)} changed"
    changed = news if update.added or update.changed else "nothing changed"
    console.out(f"\n{built.places.named}: {entries}, {changed}.")
    console.out(f"{built.places.lock}: where every value comes from.")
    console.out(f"{built.places.output}: bibliographies, whole and per chapter.")


def _report_missing(built: Built, decision: str, heading: str, most: int | None = None) -> None:
    """Name every cited work that has this decision by its key, or so many of them."""
    cited = set(built.keys.values())
    entries = built.update.lock.entries
    missing = [key for key, entry in entries.items() if key in cited and entry.decision == decision]
    if not missing:
        return
    console.out(f"\n{heading}")
    for key in missing[:most]:
        written = built.update.bibfile.find(key)
        title = written.values().get("title", "") if written is not None else ""
        place = entries[key].sources[0] if entries[key].sources else ""
        console.out(f"  {key}  {title[:80]}  ({place})" if place else f"  {key}  {title[:80]}")
    if most is not None and len(missing) > most:
        console.out(f"  and {len(missing) - most} more")


def _show_conflicts(built: Built) -> None:
    rows = [
        (
            f"  {conflict.key}",
            conflict.field,
            conflict.value or "(removed)",
            conflict.record,
            f"{conflict.file}:{conflict.line}",
        )
        for conflict in built.conflicts
    ]
    if not rows:
        console.out("\nNo value of yours stands against a record.")
        return
    console.out(f"\n{len(rows)} values of yours stand against records; --take-fetched FIELD takes the record's.")
    console.table([("  key", "field", "yours", "the record's", "where"), *rows])


def _without_conflicts(built: Built) -> list[Finding]:
    return [finding for finding in built.findings if finding.code not in {"differs-from-record", "edited-by-hand"}]


def _as_json(built: Built) -> dict[str, object]:
    from dl4es_bib.cli.serialise import SCHEMA, conflict_json, finding_json, outcome_json

    return {
        "schema": SCHEMA,
        "source": built.document.source,
        "library": built.places.named,
        "lock": str(built.places.lock),
        "output": str(built.places.output),
        "counts": dict(built.counts),
        "added": list(built.update.added),
        "changed": {key: list(fields) for key, fields in built.update.changed.items()},
        "written": [str(path) for path in built.written],
        "would_write": [str(change.path) for change in built.changes],
        "answers": [outcome_json(built.keys.get(id, id), outcome) for id, outcome in built.outcomes.items()],
        "unanswered": list(built.unanswered),
        "conflicts": [conflict_json(conflict) for conflict in built.conflicts],
        "problems": [finding_json(finding) for finding in built.findings],
    }
