"""``review``: decide about the references of which it is not certain what they are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.completing import library_keys
from dl4es_bib.cli.console import counted
from dl4es_bib.cli.options import (
    config_option,
    configuration,
    force_option,
    from_option,
    json_option,
    offline_option,
    overridden,
    service_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dl4es_bib.config.settings import Config
    from dl4es_bib.tasks.review import OpenReference, ReadDecisions, Session

_KEYS = (
    ("1 … 5", "take this record"),
    ("b 1 2", "both are the work: the first is cited, such as the article beside its preprint"),
    ("n", "no record describes it"),
    ("e", "enter another identifier: a DOI, an arXiv id, an ISBN, a PMID"),
    ("a", "take the first record here and for all further ones like this"),
    ("s", "skip it"),
    ("u", "undo the last step"),
    ("o 1", "open the record in a browser"),
    ("q", "write the decisions and end"),
    ("x", "end and write nothing"),
)
_WIDTH = 46
#: Characters of a column that are shown from the place on where two values differ.
_AFTER = 12


@click.command("review")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@from_option
@config_option
@click.option("--index", "index_path", metavar="FILE", help="Local index to ask first.")
@offline_option
@service_options
@click.option("--list", "listed", is_flag=True, help="List what is open and ask nothing.")
@click.option("--html", "page", metavar="FILE", help="Write what is open as one HTML page on which to decide.")
@click.option("--apply", "applied", metavar="FILE", type=click.Path(path_type=Path),
              help="Take the decisions of a YAML file, as that page copies them.")  # fmt: skip
@click.option(
    "--undo",
    "undone",
    metavar="KEY",
    shell_complete=library_keys,
    multiple=True,
    help="Take a decision back; may be repeated.",
)
@force_option
@json_option
def command(
    files: tuple[str, ...],
    reader: str,
    config_path: Path | None,
    index_path: str | None,
    offline: bool,
    listed: bool,
    page: str | None,
    applied: Path | None,
    undone: tuple[str, ...],
    force: bool,
    as_json: bool,
    **services: str | None,
) -> int:
    """Decide which record a reference is, where that is not certain.

    Without FILE the sources of dl4es-bib.yaml are looked through. Each open reference is shown beside its nearest
    records, what differs first, and a key decides. The decisions are written at the end, all at once, into the lock;
    'build' and 'verify' follow them while the text of the reference stays. Decisions under 'decisions:' of
    dl4es-bib.yaml go before them and always hold. Ending with Ctrl-C writes nothing. Exit code 1 when something is
    still open, 5 when a source did not answer.
    """
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.tasks.decisions import save_decisions
    from dl4es_bib.tasks.outputs import save_files
    from dl4es_bib.tasks.review import ReadDecisions, Session, digests_of, open_references, read_decisions
    from dl4es_bib.tasks.review_page import review_page
    from dl4es_bib.tasks.verify import verify

    config, base = configuration(config_path)
    sources = files or tuple(str(base / name) for name in config.source)
    if applied is not None or undone:
        taken = read_decisions(applied) if applied is not None else ReadDecisions({}, {})
        texts = digests_of(config, base, sources, reader=reader) if taken.values else {}
        return _write(config, base, taken, texts, undone)
    asks = not (listed or page is not None or as_json)
    if asks and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review asks questions, and this is no terminal. Use --list, --html FILE or --apply FILE.")
    config, base = overridden(config, base, services, index=index_path)
    progress = console.Progress()
    done = verify(config, base, sources, offline=offline, reader=reader, progress=progress)
    progress.done()
    references = open_references(config, base, done)
    console.findings(done.findings)
    if page is not None:
        data = review_page(references, ", ".join(sources)).encode()
        save_files({Path(page): data}, force=force, option="--html")
        console.say(f"Wrote {page}: {counted(len(references), 'reference')} to decide.")
    if as_json:
        _print_json(references)
    elif listed:
        _print_list(references)
    still_open = len(references)
    if asks:
        session = Session(references)
        if _ask(session) and session.decisions:
            digests = {reference.key: reference.digest for reference in references}
            paths = save_decisions(config, base, session.decisions, digests)
            named = " and ".join(map(str, paths)) or "the lock, which has them already"
            console.out(f"Wrote {counted(len(session.decisions), 'decision')} to {named}.")
            still_open -= len(session.decisions)
    if done.summary["not-checked"]:
        return 5
    return 1 if still_open else 0


def _write(config: Config, base: Path, taken: ReadDecisions, texts: Mapping[str, str], undone: tuple[str, ...]) -> int:
    from dl4es_bib.model.errors import UsageError
    from dl4es_bib.tasks.decisions import save_decisions, standing_decisions

    before = standing_decisions(config, base)
    for key in undone:
        if key not in before:
            known = ", ".join(list(before)[:10]) or "none"
            raise UsageError(f"--undo {key[:80]}: nothing is decided about it. Decided are: {known}.")
    changes: dict[str, str | None] = {**taken.values, **dict.fromkeys(undone)}
    paths = save_decisions(config, base, changes, {**texts, **taken.digests})
    for key in undone:
        console.out(f"{key}: open again; it was {before[key]}.")
    for key, value in taken.values.items():
        was = before.get(key)
        console.out(f"{key}: {value}" + (f"; it was {was}" if was not in (None, value) else ""))
        if key in config.decisions:
            continue
        if key not in texts:
            console.say(f"  No source that was read has {key}; the decision is for the text that the next build finds.")
        elif taken.digests.get(key, texts[key]) != texts[key]:
            console.say(f"  The text of {key} has changed since it was decided, so that the decision does not hold.")
    named = " and ".join(map(str, paths)) or "Nothing was new, so no file"
    console.say(f"{named} was changed; 'build' and 'verify' follow the decisions.")
    return 0


def _ask(session: Session) -> bool:
    """Go through the references; whether the decisions are to be written."""
    if not session.references:
        console.out("Nothing is open.")
        return False
    while (reference := session.current) is not None:
        _show(session, reference)
        while True:
            answer = click.prompt("decide (? for help)", prompt_suffix=" > ", default="", show_default=False).split()
            key, rest = (answer[0].lower(), answer[1:]) if answer else ("", [])
            if key == "x":
                console.out("Nothing was written.")
                return False
            if key == "q":
                return True
            if _step(session, reference, key, rest):
                break
    console.out(f"That was the last one; {counted(len(session.decisions), 'decision')}.")
    if not session.decisions:
        return False
    return click.confirm("Write them?", default=True)


def _step(session: Session, reference: OpenReference, key: str, rest: list[str]) -> bool:
    """Do what a key says; whether another reference is to be shown."""
    if key in {"", "s"}:
        if key:
            session.skip()
        else:
            _help()
        return bool(key)
    if key == "u":
        return session.undo() or _refused("There is nothing to undo.")
    if key == "o":
        _open(reference, rest)
        return False
    if key not in {"n", "e", "b", "a"} and not key.isdecimal():
        _help()
        return False
    if not reference.key:
        return _refused("Another reference would get the same key. Run 'dl4es-bib build' first, or skip it with s.")
    if key == "n":
        return session.refuse()
    if key == "e":
        typed = " ".join(rest) or click.prompt("identifier", default="", show_default=False)
        return session.enter(typed) or _refused("That is no DOI, arXiv id, ISBN or PMID.")
    if key == "a":
        return _take_alike(session)
    numbers = [int(text) for text in (rest if key == "b" else [key]) if text.isdecimal() and len(text) < 3]
    if key == "b" and len(numbers) < 2:
        numbers = [1, 2]
    return session.take(*numbers) or _refused("There is no such record.")


def _take_alike(session: Session) -> bool:
    number = len(session.alike())
    if not number:
        return _refused("There is no record to take.")
    if not click.confirm(f"Take the first record of {counted(number, 'reference')}?", default=False):
        return False
    session.take_alike()
    return True


def _refused(why: str) -> bool:
    console.out(why)
    return False


def _help() -> None:
    console.table([(f"  {key}", meaning) for key, meaning in _KEYS])


def _open(reference: OpenReference, rest: list[str]) -> None:
    number = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 3 else 1
    if not 1 <= number <= len(reference.candidates):
        console.out("There is no such record.")
        return
    identifiers = reference.candidates[number - 1].work.identifiers
    if identifiers:
        console.out(identifiers[0].link)
        click.launch(identifiers[0].link)


def _show(session: Session, reference: OpenReference) -> None:
    from dl4es_bib.cli.candidates import likely
    from dl4es_bib.tasks.review import identifier_of, side_by_side

    cited = reference.entry.cited
    console.out()
    name = reference.key or "(no key of its own)"
    console.heading(f"{session.place + 1} of {len(session.references)}  {name}  {reference.entry.verdict}")
    console.out(f"{cited.span}  {cited.text[:400]}")
    for reason in reference.entry.reasons[:2]:
        console.out(f"    {reason}")
    if not reference.candidates:
        console.out("  No record comes near it.")
    for number, candidate in enumerate(reference.candidates, 1):
        console.out(f"  {number}  {identifier_of(candidate.work)}  {candidate.provider} {likely(candidate)}".rstrip())
        rows = [("", "", "here", "record")]
        for variable, said, record, differs in side_by_side(reference, candidate):
            if differs or number == 1 or variable == "title":
                rows.append(("    ≠" if differs else "     ", variable, *cut_sides(said, record)))
        console.table([tuple(console.safe(cell) for cell in row) for row in rows])


def cut_sides(said: str, record: str) -> tuple[str, str]:
    """Two values for the two columns: what is too long is cut so that the first place where they differ is shown."""
    said, record = " ".join(said.split()), " ".join(record.split())
    pairs = enumerate(zip(said.casefold(), record.casefold(), strict=False))
    apart = next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(said), len(record)))
    if said == record or apart <= _WIDTH - _AFTER:
        return _cut(said, 0), _cut(record, 0)
    # From the word before the one that differs.
    start = said.rfind(" ", 0, max(0, said.rfind(" ", 0, apart))) + 1
    if apart - start > _WIDTH - _AFTER:
        start = apart - _AFTER
    return _cut(said, start), _cut(record, start)


def _cut(text: str, start: int) -> str:
    if len(text) <= _WIDTH:
        return text
    shown = f"…{text[start:]}" if start else text
    return shown if len(shown) <= _WIDTH else shown[: _WIDTH - 1] + "…"


def _print_list(references: tuple[OpenReference, ...]) -> None:
    from dl4es_bib.cli.candidates import record_line, show_differences

    for reference in references:
        cited = reference.entry.cited
        console.out(f"{cited.span}  {reference.key or '(no key of its own)'}  {reference.entry.verdict}")
        console.out(f"    {cited.text[:150]}")
        for number, candidate in enumerate(reference.candidates, 1):
            console.out(f"    {number}  {record_line(candidate)}")
            show_differences(candidate.differences, "       ", mark="≠ ")
    if not references:
        console.out("Nothing is open.")


def _print_json(references: tuple[OpenReference, ...]) -> None:
    from dl4es_bib.cli.serialise import SCHEMA, candidate_json

    console.json_out(
        {
            "schema": SCHEMA,
            "open": [
                {
                    "key": reference.key,
                    "text": reference.entry.cited.text,
                    "verdict": reference.entry.verdict,
                    "place": str(reference.entry.cited.span),
                    "reasons": list(reference.entry.reasons),
                    "candidates": [candidate_json(candidate) for candidate in reference.candidates],
                }
                for reference in references
            ],
        }
    )
