"""``resolve``: the records of references, verified."""

from __future__ import annotations

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
    **services: str | None,
) -> int:
    """Find the record of each reference in SOURCE and check it against the text that cites it.

    An answer is 'confirmed', 'needs-review', 'not-found' or 'not-checked', with reasons and candidates.
    """
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


def _real_differences(outcome: Outcome) -> list[Difference]:
    """What the text of a confirmed work says otherwise than its record: which work it is, and whether all that is
    said of it is right, are two questions."""
    from dl4es_bib.model.outcome import Confirmed

    if not isinstance(outcome, Confirmed):
        return []
    return [difference for difference in outcome.differences if difference.seriousness == "real"]
