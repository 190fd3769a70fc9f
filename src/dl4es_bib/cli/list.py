"""``list``: the entries of the library, all or those that have some words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import bib_option, config_option, json_option, library_of
from dl4es_bib.model.outcome import Decision

_YEARS = re.compile(r"(\d{1,4})?(-)?(\d{1,4})?")
_LAST_YEAR = 9999
_OUTCOMES = [kind.value for kind in Decision if kind.value]


def _years(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    match = _YEARS.fullmatch(value.strip())
    if match is None or not (match[1] or match[3]):
        raise click.BadParameter("it is a year or a range, such as 2019, 2010-2019 or 2019-")
    first = int(match[1] or 0)
    return first, int(match[3] or (_LAST_YEAR if match[2] else first))


@click.command("list")
@click.argument("words", metavar="[WORD]...", nargs=-1)
@bib_option
@config_option
@click.option("--outcome", "outcomes", multiple=True, type=click.Choice(_OUTCOMES),
              help="Only entries with this outcome; may be repeated.")  # fmt: skip
@click.option("--year", "years", callback=_years, metavar="YEARS", help="Only these: 2019, 2010-2019 or 2019-.")
@json_option
def command(
    words: tuple[str, ...],
    libraries: tuple[str, ...],
    config_path: Path | None,
    outcomes: tuple[str, ...],
    years: tuple[int, int] | None,
    as_json: bool,
) -> int:
    """List the entries of the library that have every WORD: key, outcome, year, people, title, file and line.

    Words are looked for in all fields, in any letter case and without accents. Exit code 1 when no entry has them.
    """
    return print_entries(words, libraries, config_path, outcomes=outcomes, years=years, as_json=as_json)


def print_entries(
    words: tuple[str, ...],
    libraries: tuple[str, ...],
    config_path: Path | None,
    *,
    outcomes: tuple[str, ...] = (),
    years: tuple[int, int] | None = None,
    as_json: bool = False,
) -> int:
    """Print the entries that have all of that; the exit code."""
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.tasks.listing import listed
    from dl4es_bib.works.people import credited

    _, places = library_of(config_path, libraries)
    found = list(listed(places, words, outcomes=outcomes, years=years))
    if as_json:
        rows = [
            {"key": entry.key, "outcome": entry.outcome or None, "year": entry.work.year, "title": entry.work.title,
             "people": [str(name) for name in credited(entry.work)], "place": entry.place,
             "cited_in": list(entry.sources)}
            for entry in found
        ]  # fmt: skip
        console.json_out({"schema": SCHEMA, "library": places.named, "entries": rows})
        return 0 if found else 1
    if not found:
        console.say(f"{places.named}: no entry {'has that' if words or outcomes or years else 'at all'}.")
        return 1
    for entry in found:
        names = credited(entry.work)
        people = (names[0].literal or names[0].family) + (" et al." if len(names) > 1 else "") if names else ""
        console.heading(f"{entry.key}  {entry.outcome}".rstrip())
        said = " | ".join(part for part in (people, str(entry.work.year or ""), entry.work.title[:160]) if part)
        console.out(f"    {said}")
        console.out(f"    {entry.place}")
    counts = Counter(entry.outcome for entry in found if entry.outcome)
    kinds = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    console.say(f"{console.counted(len(found), 'entry', 'entries')}" + (f": {kinds}." if kinds else "."))
    return 0
