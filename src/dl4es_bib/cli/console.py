"""What a person sees: errors, findings, progress, tables. Everything shown is made safe for a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from dl4es_bib.model.finding import Finding

if TYPE_CHECKING:
    from dl4es_bib.tasks.outputs import Change

#: -1 with ``--quiet``: results and errors only; 1 with ``--verbose``: every step, with the time it took.
verbosity = 0
#: What takes less than so many seconds needs no word on how far it is.
_LONG = 1.0
_COLOURS = {
    "confirmed": "green",
    "needs-review": "yellow",
    "not-found": "red",
    "not-checked": "cyan",
    "error": "red",
    "warning": "yellow",
    "note": "blue",
}
#: Colours of the parts of a text, in the order in which they come.
_PART_COLOURS = ("cyan", "green", "yellow", "magenta", "blue", "bright_red", "bright_cyan", "bright_green")


def safe(text: str) -> str:
    """Text without what could steer a terminal or hide: controls, bidi marks, lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        if char in "\n\t" or char.isprintable()
        else f"\\u{ord(char):04x}"
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else char
        for char in text
    )


def _echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print; in colour only on a terminal unless NO_COLOR or FORCE_COLOR says otherwise (https://no-color.org)."""
    with suppress(OSError) if err else nullcontext():  # a remark that nobody can read must not change the exit code
        click.echo(text, err=err, nl=nl, color=_colour())


def _colour() -> bool | None:
    """Whether colours are printed: never with NO_COLOR, always with FORCE_COLOR, else on a terminal (``None``)."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in {"", "0"} else None


def out(text: str = "") -> None:
    """Print a line of the result."""
    _echo(safe(text))


def heading(text: str) -> None:
    """Print a heading of the result, bold on a terminal."""
    _echo(click.style(safe(text), bold=True))


def labelled(label: str, colour: str, text: str) -> None:
    """Print a line of the result whose first word has a colour on a terminal."""
    _echo(f"{click.style(safe(label), fg=colour)} {safe(text)}")


def say(text: str) -> None:
    """Print a remark on standard error, unless the run is quiet."""
    if verbosity >= 0:
        _echo(safe(text), err=True)


def done(text: str = "") -> None:
    """Print a line on what was done, unless the run is quiet."""
    if verbosity >= 0:
        out(text)


def error(message: str) -> None:
    """Print why the command failed."""
    _echo(click.style("error: ", fg="red", bold=True) + safe(message), err=True)


def styled(word: str) -> str:
    """An outcome or severity in its colour (click drops it where there is no terminal)."""
    return click.style(word, fg=_COLOURS.get(word))


def findings(found: Iterable[Finding], limit: int = 50) -> None:
    """Print findings on standard error, the first ones in full; errors alone when the run is quiet."""
    found = [finding for finding in dict.fromkeys(found) if verbosity >= 0 or finding.severity == "error"]
    for finding in found[:limit]:
        _echo(f"{styled(finding.severity)}: {safe(str(finding))}", err=True)
    if len(found) > limit:
        say(f"… and {len(found) - limit} more.")


def replaced(paths: Iterable[Path]) -> None:
    """Name the files of the user's that were replaced, because they said so."""
    for path in paths:
        say(f"Replaced {path} (--force).")


def nothing_cited(source: str, library: str) -> int:
    """Say that a project's library has nothing of what its source cites; the exit code."""
    error(
        f"{source}: nothing that it cites is in the library {library}. "
        "Run 'dl4es-bib build' first, or name a bibliography as SOURCE."
    )
    return 1


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: ``1 chapter``, ``2 chapters``."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def json_out(data: Any, *, indent: int | None = 2) -> None:
    """Print JSON; what a terminal could act on is escaped inside strings."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    # Line by line, since nearly all lines can be printed as they are: an answer may have a million characters.
    lines = (line if line.isprintable() else "".join(map(_printable, line)) for line in text.split("\n"))
    _echo("\n".join(lines))


def marked(title: str, pieces: Sequence[tuple[str, str, float | None]]) -> None:
    """Print a text whose parts have names, and a line for each part below it.

    On a terminal each part has a colour; elsewhere it stands between tags: ``<title>On tides</title>``.

    Arguments:
        title: a line before it.
        pieces: texts in order, each with its name ("" for none) and how sure that is, 0 to 1.
    """
    heading(title)
    colours: dict[str, str] = {}
    colour = _colour()
    coloured = sys.stdout.isatty() if colour is None else colour
    shown = ""
    for text, name, _ in pieces:
        if not name:
            shown += safe(text)
            continue
        colours.setdefault(name, _PART_COLOURS[len(colours) % len(_PART_COLOURS)])
        shown += click.style(safe(text), fg=colours[name]) if coloured else f"<{name}>{safe(text)}</{name}>"
    _echo(shown)
    for text, name, sure in pieces:
        if name:
            share = "" if sure is None else f"{sure:.0%}"
            _echo("    " + click.style(f"{name:16}", fg=colours[name]) + f" {share:>4}  {safe(text)}")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in aligned columns."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        out("  ".join(cells).rstrip())


def print_diff(name: str, before: str, after: str) -> None:
    """Print the difference of two texts as a unified diff."""
    import difflib

    old, new = before.splitlines(), after.splitlines()
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm=""):
        out(line)


def changes(found: Sequence[Change], *, diff: bool, as_json: bool = False) -> int:
    """Print what a run would write, in full with ``diff``; the exit code: 1 when it would write anything."""
    for change in found:
        if diff:
            before, after = (
                (data or b"").decode("utf-8", "backslashreplace") for data in (change.before, change.after)
            )
            print_diff(str(change.path), before, after)
        else:
            say(f"would {'write' if change.before is None else 'change'} {change.path}")
    last = f"Nothing was written; {counted(len(found), 'file')} would change."
    if diff or as_json:
        say(last)
    else:
        out(last)
    return 1 if found else 0


class Progress:
    """What is being done, on standard error: one line on a terminal, elsewhere a line per part of what takes long."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty() and verbosity == 0
        self._begun = self._started = monotonic()

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Show a step; with ``total`` how much of it is done, how fast it goes and how long it will take."""
        if verbosity < 0:
            return
        if done == 0:
            self._begun = monotonic()
            if verbosity > 0:
                say(f"{self._begun - self._started:6.2f} s  {text}")
        seconds = monotonic() - self._begun
        if total and done and seconds > _LONG:
            rate = done / seconds
            left = f", {(total - done) / rate:.0f} s left" if done < total else ""
            text = f"{text} {done} of {total} ({rate:.1f} a second{left})"
            if not self._shown:
                say(text)
        if self._shown:
            _echo(f"\r\x1b[K{safe(text)}", err=True, nl=False)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            _echo("\r\x1b[K", err=True, nl=False)


def _printable(char: str) -> str:
    return char if char.isprintable() else _escaped(char)


def _escaped(char: str) -> str:
    number = ord(char)
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"
