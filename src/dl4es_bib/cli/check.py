"""``check``: what is wrong with .bib files."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, json_option, library_of


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@config_option
@json_option
def command(files: tuple[str, ...], config_path: Path | None, as_json: bool) -> int:
    """List what BibTeX would stumble over in .bib files (default: the library), with file and line.

    Exit code 1 when there is anything but notes.
    """
    from dl4es_bib.cli.serialise import SCHEMA, finding_json
    from dl4es_bib.tasks.check import check

    paths = [Path(name) for name in files] or [library_of(config_path, None)[1].library]
    checked = check(paths)
    if as_json:
        problems = [finding_json(finding) for finding in checked.findings]
        console.json_out({"schema": SCHEMA, "entries": checked.entries, "problems": problems})
    else:
        for finding in checked.findings:
            text = f"{finding.span}: {finding.severity}: {finding.message} {finding.fix}".rstrip()
            console.out(f"{text} [{finding.code}]")
        console.out(f"{checked.entries} entries, {len(checked.findings) or 'no'} findings.")
    return 1 if any(finding.severity != "note" for finding in checked.findings) else 0
