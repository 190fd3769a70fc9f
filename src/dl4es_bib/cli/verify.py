"""``verify``: is every reference real, and is it right?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.console import counted
from dl4es_bib.cli.options import (
    config_option,
    configuration,
    diff_option,
    dry_run_option,
    force_option,
    from_option,
    json_option,
    offline_option,
    overridden,
    service_options,
)
from dl4es_bib.model.verdict import POLICIES, Policy

if TYPE_CHECKING:
    from dl4es_bib.tasks.outputs import Change
    from dl4es_bib.tasks.verify import Verification, Verified

#: Entries with slight differences that are named where they are not shown.
_MOST_NAMED = 20


@click.command("verify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@from_option
@config_option
@click.option("--index", "index_path", metavar="FILE", help="Local index to ask first.")
@offline_option
@service_options
@click.option("--retractions", multiple=True, metavar="FILE",
              help="Export of the Retraction Watch database to look into; may be repeated.")  # fmt: skip
@click.option("--policy", "policy_name", type=click.Choice(POLICIES.names), default="normal", show_default=True,
              help="What counts as a fault, for the exit code and the severities.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json", "github", "sarif")), default="text",
              show_default=True, help="How the result is printed.")  # fmt: skip
@click.option("--html", "page", metavar="FILE", help="Write the result as one HTML page too.")
@click.option("--fix", "fields", metavar="FIELDS", help="In .bib files take the record's value for these fields, as "
              "they are named in the result, parted by commas; 'all' for every one.")  # fmt: skip
@dry_run_option
@diff_option
@force_option
@json_option
def command(
    files: tuple[str, ...],
    reader: str,
    config_path: Path | None,
    index_path: str | None,
    offline: bool,
    retractions: tuple[str, ...],
    policy_name: str,
    form: str,
    page: str | None,
    fields: str | None,
    dry_run: bool,
    diff: bool,
    force: bool,
    as_json: bool,
    **services: str | None,
) -> int:
    """Check every reference in FILE against the records of works: does it exist, and is what it says right?

    'differs' names both sides of each difference. 'not-found' means that no source that was asked has the work, not
    that there is none. Nothing is written but what --html and --fix ask for; --fix changes only entries whose work is
    certain, and --diff shows what it would change. Exit code 1 when anything is a fault by the policy, 5 when a source
    did not answer.
    """
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.tasks.outputs import save_files
    from dl4es_bib.tasks.verify import verify
    from dl4es_bib.tasks.verify_findings import is_fault
    from dl4es_bib.tasks.verify_fix import chosen_variables, fix
    from dl4es_bib.tasks.verify_page import verify_page

    form = "json" if as_json else form
    policy = POLICIES.named(policy_name)
    variables = chosen_variables(fields) if fields is not None else frozenset()
    dry_run = dry_run or diff
    if dry_run and not variables and page is None:
        option = "--diff" if diff else "--dry-run"
        raise UsageError(f"{option} shows what --fix would change. Name the fields: --fix all {option}.")
    config, base = configuration(config_path)
    config, base = overridden(config, base, services, index=index_path, retractions=retractions)
    progress = console.Progress()
    done = verify(config, base, files, offline=offline, reader=reader, progress=progress)
    progress.done()
    _print(done, policy, form)
    changes: tuple[Change, ...] = ()
    if page is not None:
        content = verify_page(done, ", ".join(files)).encode()
        changes = save_files({Path(page): content}, force=force, dry_run=dry_run, option="--html")
    console.findings(done.findings)
    if variables:
        fixed = fix(config, base, done, variables, dry_run=dry_run)
        console.findings(fixed.findings)
        changes += fixed.changes
        for taken in fixed.taken if not dry_run else ():
            console.say(f"{taken.key}: {taken.field} is now {taken.after}; it was {taken.before}.")
        number = len(fixed.taken)
        verb = "would be" if dry_run else "was" if number == 1 else "were"
        console.say(f"{counted(number, 'value')} {verb} taken from records.")
    would_change = dry_run and console.changes(changes, diff=diff) == 1
    if done.summary["not-checked"]:
        return 5
    return 1 if would_change or any(is_fault(entry, policy) for entry in done.entries) else 0


def _print(done: Verification, policy: Policy, form: str) -> None:
    from dl4es_bib._version import __version__
    from dl4es_bib.check import reports
    from dl4es_bib.tasks.verify_findings import reported, rules

    if form == "json":
        console.json_out(_as_json(done))
    elif form == "sarif":
        console.json_out(reports.sarif(reported(done, policy), rules(), __version__))
    elif form == "github":
        for line in reports.github(reported(done, policy)):
            console.out(line)
    else:
        _report(done, policy)


def _report(done: Verification, policy: Policy) -> None:
    from dl4es_bib.model.verdict import MEANING

    for verdict, number in done.summary.items():
        if not number or verdict == "verified":
            continue
        console.out(f"{verdict}: {MEANING[verdict]}")
        entries = [entry for entry in done.entries if entry.verdict == verdict]
        if verdict == "not-checked":
            _show_why(entries)
        for entry in entries:
            _show(entry)
        console.out()
    slight = [entry for entry in done.entries if entry.verdict == "verified" and entry.differences]
    if slight and policy.slight:
        console.out("verified, with slight differences:")
        for entry in slight:
            _show(entry)
        console.out()
    elif slight:
        differ = "reference that is verified differs" if len(slight) == 1 else "references that are verified differ"
        keys = [entry.cited.citation_key or str(entry.cited.span) for entry in slight]
        named = f" ({', '.join(keys)})" if len(keys) <= _MOST_NAMED else ""
        console.out(f"{len(slight)} {differ} slightly from the record{named}; --policy strict shows where.\n")
    console.table(
        [(f"  {verdict}", str(number), MEANING[verdict]) for verdict, number in done.summary.items() if number]
    )


def _show_why(entries: Sequence[Verified]) -> None:
    """Which sources did not answer, once for all references: the same reason holds for most of them."""
    bare = [entry for entry in entries if not entry.candidates]
    for reason, number in Counter(reason for entry in bare for reason in dict.fromkeys(entry.reasons)).most_common(10):
        console.out(f"  ({number} of {len(entries)}) {reason}")


def _show(entry: Verified) -> None:
    from dl4es_bib.cli.candidates import record_line, show_candidates, show_differences

    key = f"{entry.cited.citation_key}  " if entry.cited.citation_key else ""
    console.out(f"  {entry.cited.span}  {key}{entry.cited.text[:100]}")
    show_differences(entry.implausible, "      ")
    if entry.is_certain and entry.best is not None:
        show_differences([found for found in entry.differences if found not in entry.implausible], "      ")
        console.out(f"      record: {record_line(entry.best)}")
    is_told_above = entry.verdict == "not-checked" and not entry.candidates
    if not is_told_above and not (entry.is_certain and entry.differences):
        for reason in entry.reasons[:2]:
            console.out(f"      {reason}")
    if not entry.is_certain:
        show_candidates(entry.candidates, "      ")


def _as_json(done: Verification) -> dict[str, object]:
    from dl4es_bib.cli.serialise import SCHEMA, finding_json

    return {
        "schema": SCHEMA,
        "entries": [_entry_json(entry) for entry in done.entries],
        "summary": done.summary,
        "problems": [finding_json(finding) for finding in done.findings],
    }


def _entry_json(entry: Verified) -> dict[str, object]:
    from dl4es_bib.cli.candidates import MOST
    from dl4es_bib.cli.serialise import candidate_json, difference_json, work_json

    named = entry.verdict in ("verified", "differs", "retracted") and entry.best is not None
    span = entry.cited.span
    return {
        "key": entry.cited.citation_key or entry.cited.id,
        "text": entry.cited.text,
        "verdict": entry.verdict,
        "work": work_json(entry.best.work) if named and entry.best else None,
        "differences": [difference_json(difference) for difference in entry.differences],
        "probability": entry.best.probability if entry.best is not None else None,
        "candidates": [candidate_json(candidate) for candidate in entry.candidates[:MOST]],
        "reasons": list(entry.reasons),
        "span": {"file": span.file, "line": span.line, "end_line": span.last_line},
    }
