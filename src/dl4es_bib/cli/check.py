"""``check``: what is wrong with .bib files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, json_option, library_of

if TYPE_CHECKING:
    from dl4es_bib.bib.file import BibFile
    from dl4es_bib.model.problem import Problem


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@config_option
@json_option
def command(files: tuple[str, ...], config_path: Path | None, as_json: bool) -> int:
    """List what BibTeX would stumble over in .bib files (default: the library), with file and line.

    Exit code 1 when there is anything but notes.
    """
    from dl4es_bib.cli.serialise import SCHEMA, problem_json
    from dl4es_bib.library.store.files import problems_of, read_bib

    names = files or (str(library_of(config_path, None)[1].library),)
    checked = [read_bib(Path(name)) for name in names]
    found = [_with_title(problem, bibfile) for bibfile in checked for problem in problems_of(bibfile)]
    entries = sum(len(bibfile.entries) for bibfile in checked)
    if as_json:
        console.json_out({"schema": SCHEMA, "entries": entries, "problems": [problem_json(one) for one in found]})
    else:
        for one in found:
            console.out(f"{one.span}: {one.severity}: {one.message} {one.fix}".rstrip() + f" [{one.code}]")
        console.out(f"{entries} entries, {len(found) or 'no'} findings.")
    return 1 if any(one.severity != "note" for one in found) else 0


def _with_title(problem: Problem, bibfile: BibFile) -> Problem:
    """The finding; of an entry that BibTeX ignores for its key, with the title that nobody would see."""
    if problem.code != "repeated-key" or problem.span is None:
        return problem
    lines = (entry for entry in bibfile.entries if entry.ignored and entry.line == problem.span.line)
    title = next((entry.values().get("title", "") for entry in lines), "")
    return replace(problem, message=f"{problem.message} It is {title[:200]!r}.") if title else problem
