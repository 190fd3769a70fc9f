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
    from dl4es_bib.model.finding import Finding


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@config_option
@json_option
def command(files: tuple[str, ...], config_path: Path | None, as_json: bool) -> int:
    """List what BibTeX would stumble over in .bib files (default: the library), with file and line.

    Exit code 1 when there is anything but notes.
    """
    from dl4es_bib.cli.serialise import SCHEMA, finding_json
    from dl4es_bib.library.store.files import findings_of, read_bib

    names = files or (str(library_of(config_path, None)[1].library),)
    checked = [read_bib(Path(name)) for name in names]
    found = [_with_title(finding, bibfile) for bibfile in checked for finding in findings_of(bibfile)]
    entries = sum(len(bibfile.entries) for bibfile in checked)
    if as_json:
        console.json_out({"schema": SCHEMA, "entries": entries, "problems": [finding_json(one) for one in found]})
    else:
        for one in found:
            console.out(f"{one.span}: {one.severity}: {one.message} {one.fix}".rstrip() + f" [{one.code}]")
        console.out(f"{entries} entries, {len(found) or 'no'} findings.")
    return 1 if any(one.severity != "note" for one in found) else 0


def _with_title(finding: Finding, bibfile: BibFile) -> Finding:
    """The finding; of an entry that BibTeX ignores for its key, with the title that nobody would see."""
    if finding.code != "repeated-key" or finding.span is None:
        return finding
    lines = (entry for entry in bibfile.entries if entry.ignored and entry.line == finding.span.line)
    title = next((entry.values().get("title", "") for entry in lines), "")
    return replace(finding, message=f"{finding.message} It is {title[:200]!r}.") if title else finding
