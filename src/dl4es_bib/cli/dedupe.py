"""``dedupe``: entries that are one work twice."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.options import (
    bib_option,
    config_option,
    diff_option,
    dry_run_option,
    in_option,
    json_option,
    library_of,
)

_MEANING = {"same": "the same work", "linked": "belong together", "doubtful": "look alike; not merged unless named"}


@click.command("dedupe")
@click.argument("keys", metavar="[KEEP OTHER]", nargs=-1, shell_complete=library_keys)
@click.option("--merge", is_flag=True, help="Merge the pair KEEP OTHER, or every pair that is the same work.")
@click.option("--force", is_flag=True, help="Merge KEEP OTHER although something speaks against it.")
@bib_option
@config_option
@in_option
@dry_run_option
@diff_option
@json_option
def command(
    keys: tuple[str, ...],
    merge: bool,
    force: bool,
    libraries: tuple[str, ...],
    config_path: Path | None,
    documents: tuple[str, ...],
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Show entries that are one work twice: same identifier, or same title, first author and year.

    Nothing is merged by itself. With --merge the entry that stays gets what only the other says; where both speak
    it stands, and the difference is told. A preprint and its published form are tied by 'related', not merged.
    """
    from dl4es_bib.cli.serialise import SCHEMA, finding_json
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.tasks.dedupe import duplicate_pairs, merge_duplicates, not_compared

    if len(keys) not in {0, 2} or (keys and not merge) or (force and not keys):
        raise UsageError("Name the pair to merge: dl4es-bib dedupe --merge KEEP OTHER [--force].")
    config, places = library_of(config_path, libraries, documents)
    if merge:
        done = merge_duplicates(
            places, documents, pair=(keys[0], keys[1]) if keys else None, force=force,
            biblatex=config.dialect == "biblatex", dry_run=dry_run or diff,
        )  # fmt: skip
        pairs = done.pairs
    else:
        done = None
        pairs = duplicate_pairs(places)
    dry_run = dry_run or diff
    told = not_compared(places)
    repeated = [finding for finding in told if finding.code == "repeated-key"]
    console.findings((*((*done.renamed.unread, *done.left) if done is not None else ()), *told))
    if as_json:
        data: dict[str, object] = {
            "schema": SCHEMA,
            "library": places.named,
            "repeated": [finding_json(finding) for finding in repeated],
            "pairs": [
                {"keep": pair.keep, "other": pair.other, "kind": pair.kind, "reasons": list(pair.reasons)}
                for pair in pairs
            ],
            "merged": done is not None and not dry_run,
            "problems": [finding_json(finding) for finding in (*(done.left if done is not None else ()), *told)],
        }
        if done is not None:
            from dl4es_bib.cli.keys import renamed_json

            names = ("key", "field", "stays", "went")
            data |= renamed_json(done.renamed, dry_run=dry_run)
            data["filled"] = {key: list(fields) for key, fields in done.filled.items()}
            data["differing"] = [dict(zip(names, row, strict=True)) for row in done.differing]
        console.json_out(data)
        if done is not None:
            return 1 if done.renamed.changes or done.left else 0
        return 1 if pairs or repeated else 0
    for pair in pairs:
        console.out(f"{pair.keep}  {pair.other}  {_MEANING[pair.kind]}: {'; '.join(pair.reasons)}")
    if done is None:
        if pairs:
            console.out("\nTo merge a pair: dl4es-bib dedupe --merge KEEP OTHER; all that are the same: --merge alone.")
        elif not repeated:
            console.out(f"{places.named}: no work is there twice.")
        return 1 if pairs or repeated else 0
    for key, fields in done.filled.items():
        if fields:
            console.out(f"{key}: {', '.join(fields)} filled in")
    for key, field, stays, went in done.differing:
        console.out(f"{key}: {field} = {{{went}}} went; {{{stays}}} stays")
    for name, count in done.renamed.citations.items():
        console.out(f"{name}: {console.counted(count, 'citation')}")
    if dry_run:
        return console.changes(done.renamed.changes, diff=diff)
    if done.renamed.written:
        console.out(f"Wrote {', '.join(str(path) for path in done.renamed.written)}.")
    return 1 if done.left else 0
