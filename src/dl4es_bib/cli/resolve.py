"""``resolve``: the records of references, verified."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import (
    chapter_pattern_option,
    config_option,
    configuration,
    from_option,
    offline_option,
    overridden,
    service_options,
    source_argument,
    strict_option,
)
from dl4es_bib.model.errors import UsageError

if TYPE_CHECKING:
    from dl4es_bib.model.difference import Difference
    from dl4es_bib.model.outcome import Outcome


@click.command("resolve")
@source_argument
@from_option
@chapter_pattern_option
@config_option
@click.option("--index", "index_path", metavar="FILE", help="Local index to ask first.")
@offline_option
@strict_option
@service_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with all answers.")
@click.option("--jsonl", is_flag=True, help="Read one reference per line (text, or JSON with 'text' or "
              "'fields' and perhaps 'id'); print one answer per line.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="With --jsonl: write the answers there, in parts; a run that is cut off is run again.")  # fmt: skip
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 1024), metavar="N",
              help="With -o: so many processes.")  # fmt: skip
@click.option("--shard", metavar="K/N", help="With -o: only the K-th of N shares; the last one to end joins them.")
@click.option("--dask", metavar="ADDRESS", help="With -o: the workers of this Dask scheduler; 'local' starts one here.")
def command(
    source: str,
    reader: str,
    chapter_pattern: str,
    config_path: Path | None,
    index_path: str | None,
    offline: bool,
    strict: bool,
    as_json: bool,
    jsonl: bool,
    output: Path | None,
    jobs: int,
    shard: str | None,
    dask: str | None,
    **services: str | None,
) -> int:
    """Find the record of each reference in SOURCE and check it against the text that cites it.

    An answer is 'confirmed', 'needs-review', 'not-found' or 'not-checked', with reasons and candidates. Millions of
    references: 'resolve --jsonl lines.jsonl -o answers.jsonl', with --jobs, --shard or --dask.
    """
    if output is not None or shard or dask or jobs > 1:
        if output is None or not jsonl:
            raise UsageError("--jobs, --shard, --dask and -o go with --jsonl, and the first three with -o.")
        return _batch(source, output, config_path, services, index_path, offline, strict, jobs, shard, dask)
    from dl4es_bib.cli.candidates import show_candidates, show_differences
    from dl4es_bib.cli.serialise import SCHEMA, outcome_json
    from dl4es_bib.model.outcome import Confirmed, NeedsReview, NotChecked
    from dl4es_bib.tasks.project import Places
    from dl4es_bib.tasks.providers import open_providers
    from dl4es_bib.tasks.resolve import resolve_document, resolve_lines

    config, base = configuration(config_path)
    config, base = overridden(config, base, services, index=index_path)
    progress = console.Progress()
    with open_providers(config, Places.of(config, base), offline=offline) as (providers, findings):
        if jsonl:
            outcomes, found = resolve_lines(source, providers, progress)
            findings += found
        else:
            outcomes = resolve_document(
                source, providers, chapter_pattern=chapter_pattern, reader=reader, progress=progress
            )
    progress.done()
    if jsonl:
        for answer in outcomes:
            console.json_out(outcome_json(answer.id, answer.outcome), indent=None)
    elif as_json:
        console.json_out(
            {"schema": SCHEMA, "answers": [outcome_json(answer.id, answer.outcome) for answer in outcomes]}
        )
    else:
        for answer in outcomes:
            data = outcome_json(answer.id, answer.outcome)
            sure = "" if data["probability"] is None else f"{data['probability']:.2f}  "
            console.out(f"{answer.place}  {answer.outcome.name}  {data['doi'] or ''}  {sure}{answer.text[:90]}")
            for reason in data["reasons"][:3]:
                console.out(f"    {reason}")
            show_differences(_real_differences(answer.outcome), "    ", mark="differs in ")
            if isinstance(answer.outcome, NeedsReview):
                show_candidates(answer.outcome.candidates, "    ")
    console.findings(findings)
    if not outcomes:
        console.error(f"{source}: no reference was found to resolve.")
        return 1
    if strict and any(not isinstance(answer.outcome, Confirmed) for answer in outcomes):
        return 4
    if not offline and any(isinstance(answer.outcome, NotChecked) for answer in outcomes):
        console.say("Some references were not checked: a source did not answer.")
        return 5
    return 0


def answer_line(id: str, outcome: Outcome) -> bytes:
    """One answer as a line of JSON."""
    from dl4es_bib.cli.serialise import outcome_json

    return json.dumps(outcome_json(id, outcome), ensure_ascii=True).encode() + b"\n"


def _batch(
    source: str,
    output: Path,
    config_path: Path | None,
    services: dict[str, str | None],
    index_path: str | None,
    offline: bool,
    strict: bool,
    jobs: int,
    shard: str | None,
    dask: str | None,
) -> int:
    from dl4es_bib.tasks.batch import Batch, Shard, Workers, resolve_batch
    from dl4es_bib.tasks.batch_workers import DaskWorkers, Processes
    from dl4es_bib.tasks.project import Places
    from dl4es_bib.tasks.providers import open_providers

    if dask and jobs > 1:
        raise UsageError("--dask has workers of its own; leave out --jobs.")
    config, base = configuration(config_path)
    config, base = overridden(config, base, services, index=index_path)
    with open_providers(config, Places.of(config, base), offline=offline) as (_, findings):
        pass  # the index is made, and mistakes are told, before any process starts
    config = config.model_copy(update={"index": config.index.model_copy(update={"records": ()})})
    output = output.absolute()
    if output.exists():
        if shard:  # a share that was started a second time, after all were done
            console.done(f"{output}: all answers are there already.")
            return 0
        raise UsageError(f"{output} is there already, so nothing was done. Remove it, or name another file with -o.")
    folder = output.with_name(f"{output.name}.parts")
    batch = Batch(Path(source).absolute(), folder, config, base.absolute(), offline, answer_line)
    workers: Workers | None = DaskWorkers(dask) if dask else Processes(jobs) if jobs > 1 else None
    progress = console.Progress()
    done = resolve_batch(batch, output, workers, shard=Shard.read(shard) if shard else None, progress=progress)
    progress.done()
    console.findings((*findings, *done.findings))
    counts = ", ".join(f"{number} {name}" for name, number in done.outcomes.most_common())
    console.done(f"{console.counted(done.made, 'part')} of {done.parts} made{': ' + counts if counts else ''}.")
    if done.output is None:
        console.done(f"Other shares are still to come; their answers are in {folder}.")
    else:
        console.done(f"{output}: all answers, in order.")
    if not done.parts:
        console.error(f"{source}: no reference was found to resolve.")
        return 1
    if strict and set(done.outcomes) - {"confirmed"}:
        return 4
    return 5 if not offline and done.outcomes["not-checked"] else 0


def _real_differences(outcome: Outcome) -> list[Difference]:
    """What the text of a confirmed work says otherwise than its record: which work it is, and whether all that is
    said of it is right, are two questions."""
    from dl4es_bib.model.outcome import Confirmed

    if not isinstance(outcome, Confirmed):
        return []
    return [difference for difference in outcome.differences if difference.seriousness == "real"]
