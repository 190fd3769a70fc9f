"""``check``: what is wrong with .bib files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.console import counted
from dl4es_bib.cli.options import config_option, database_of, diff_option, dry_run_option, json_option

if TYPE_CHECKING:
    from dl4es_bib.check.run import Violation
    from dl4es_bib.tasks.check import Checked

#: So many notes of one rule are printed line by line; more become one line.
_MOST_NOTES: Final = 3


@click.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@config_option
@click.option("--select", multiple=True, metavar="RULES", help="Rules or families, parted by commas: only these.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Rules or families, parted by commas: not these.")
@click.option("--fix", is_flag=True, help="Mend what keeps the meaning of an entry.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="Mend also what may change it; look at the result.")
@dry_run_option
@diff_option
@click.option("--cited-in", "cited_in", multiple=True, metavar="PATH",
              help="A document or folder whose citations are compared with the entries; may be repeated. Without "
              "FILE, the .bib files that it names are checked.")  # fmt: skip
@click.option("--engine", type=click.Choice(("pdflatex", "lualatex", "xelatex")), default="pdflatex",
              show_default=True, help="The TeX that will set the entries.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json", "github", "sarif")), default="text",
              show_default=True, help="How the findings are printed.")  # fmt: skip
@json_option
@click.option("--verbose", is_flag=True, help="Print every note, also where one rule has many.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and do nothing else.")
@click.option("--explain", metavar="RULE", help="Say what a rule finds and why, and do nothing else.")
def command(
    files: tuple[str, ...],
    config_path: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    dry_run: bool,
    diff: bool,
    cited_in: tuple[str, ...],
    engine: str,
    form: str,
    as_json: bool,
    verbose: bool,
    list_rules: bool,
    explain: str | None,
) -> int:
    """List what is wrong with .bib files (default: the library), with file and line.

    Several files are one database: strings, crossrefs and duplicates are looked for across them. A comment
    '% dl4es-bib: ignore RULE' before an entry, or 'ignore-file' anywhere, switches rules off.

    Exit code 1 when there is anything but notes.
    """
    from dl4es_bib.check.run import Selection, explained
    from dl4es_bib.tasks.check import check

    if explain is not None:
        console.out(explained(explain))
        return 0
    form = "json" if as_json else form
    if list_rules:
        return _print_rules(form)
    tried = diff or dry_run
    checked = check(
        _paths(files, config_path, cited_in), Selection(_names(select), _names(ignore)), cited_in=cited_in,
        engine=engine, fix=fix or tried, unsafe=unsafe, dry_run=tried,
    )  # fmt: skip
    console.findings(checked.unread)
    if tried:
        if form == "text":
            return console.changes(checked.changes, diff=diff)
        console.say(f"{counted(sum(checked.mended.values()), 'finding')} can be mended; --fix does it.")
    for name, count in checked.mended.items() if not tried else ():
        (console.out if form == "text" else console.say)(f"{name}: {counted(count, 'finding')} mended.")
    _print(checked, form, verbose=verbose)
    return 1 if any(finding.severity != "note" for finding in checked.findings) else 0


def _paths(files: tuple[str, ...], config_path: Path | None, cited_in: tuple[str, ...]) -> list[Path]:
    """The files that are named; else those that the documents name; else the library."""
    if files:
        return [Path(name) for name in files]
    return list(database_of((), cited_in, config_path))


def _names(lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for names in lists for name in names.split(",") if name.strip())


def _print(checked: Checked, form: str, *, verbose: bool) -> None:
    from dl4es_bib._version import __version__
    from dl4es_bib.check import reports
    from dl4es_bib.cli.serialise import SCHEMA

    if form == "json":
        marks = reports.fingerprints(reports.reported(checked.violations))
        problems = [_json(violation, mark) for violation, mark in zip(checked.violations, marks, strict=True)]
        data = {"schema": SCHEMA, "entries": checked.entries, "problems": problems, "mended": dict(checked.mended)}
        console.json_out(data)
    elif form == "sarif":
        rules = [reports.ReportedRule.of(violation.rule) for violation in checked.violations]
        console.json_out(reports.sarif(reports.reported(checked.violations), rules, __version__))
    elif form == "github":
        for line in reports.github(reports.reported(checked.violations)):
            console.out(line)
    else:
        _print_text(checked, verbose=verbose)


def _print_text(checked: Checked, *, verbose: bool) -> None:
    notes: dict[str, list[Any]] = defaultdict(list)
    for finding in checked.findings:
        if finding.severity == "note":
            notes[finding.code].append(finding)
    many = {code: found for code, found in notes.items() if len(found) > _MOST_NOTES and not verbose}
    for finding in checked.findings:
        if finding.severity != "note" or finding.code not in many:
            text = f"{finding.span}: {finding.severity}: {finding.message} {finding.fix}".rstrip()
            console.out(f"{text} [{finding.code}]")
    for code, found in many.items():
        summary = next(v.rule.summary for v in checked.violations if v.rule.name == code)
        console.out(f"note: {len(found)} × {code}: {summary} First at {found[0].span}; --verbose shows all.")
    total = len(checked.violations)
    mendable = sum(bool(violation.found.changes and violation.found.safe) for violation in checked.violations)
    more = f" {mendable} can be mended with --fix." if mendable else ""
    entries = counted(checked.entries, "entry", "entries")
    console.out(f"{entries}, {counted(total, 'finding') if total else 'no findings'}.{more}")


def _json(violation: Violation, fingerprint: str) -> dict[str, Any]:
    from dl4es_bib.cli.serialise import finding_json

    finding = violation.finding
    found = violation.found
    return finding_json(finding) | {
        "column": finding.span.column if finding.span else None,
        "key": found.key,
        "family": violation.rule.family,
        "fixable": ("safe" if found.safe else "unsafe") if found.changes else "",
        "fingerprint": fingerprint,
    }


def _print_rules(form: str) -> int:
    from dl4es_bib.check.rule_list import RULES

    if form == "json":
        from dl4es_bib.cli.serialise import SCHEMA

        rows = [
            {
                "code": rule.name, "family": rule.family, "severity": rule.severity, "summary": rule.summary,
                "fixable": rule.fixable, "default": rule.default,
            }
            for rule in RULES
        ]  # fmt: skip
        console.json_out({"schema": SCHEMA, "rules": rows})
        return 0
    marks = {"safe": "--fix", "unsafe": "--unsafe-fixes", "": ""}
    console.table(
        [
            (
                rule.name,
                rule.family,
                rule.severity,
                marks[rule.fixable],
                rule.summary,
                "" if rule.default else "(off)",
            )
            for rule in RULES
        ]
    )
    return 0
