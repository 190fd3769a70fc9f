"""The command line: one file per verb, imported when the verb is called."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import Final

import click

from dl4es_bib._version import __version__

#: Verb → what it does, in the groups of ``--help``. The module of a verb is ``cli/VERB.py`` and holds a
#: click command named ``command``.
GROUPS: Final = (
    (
        "Make bibliographies",
        {
            "init": "Write a dl4es-bib.yaml to start from.",
            "build": "Read the source, resolve its references, update the library, export.",
            "export": "Write bibliographies from the library, whole and per chapter.",
            "publish": "Write one page with everything: search, copy, download.",
            "cite": "Write a document with its citations and bibliography formatted.",
            "latex": "Write chapter .bib files and the LaTeX that uses them.",
        },
    ),
    (
        "Keep the library",
        {
            "add": "Add works by DOI, arXiv id, ISBN, address, reference text or file.",
            "status": "Count entries by outcome and chapter; name what is open.",
            "list": "List entries: all, or those that have some words, an outcome, a year.",
            "search": "Find entries by words.",
            "show": "Show entries: as they stand, formatted, where values come from.",
            "open": "Open the page of a work, or its file.",
            "edit": "Edit an entry in your editor; your values then win.",
            "remove": "Take entries out of the library, if nothing cites them.",
            "keys": "List, rename and regenerate citation keys, in documents too.",
            "dedupe": "Show entries that are one work twice; merge them if you say so.",
            "fmt": "Format .bib files in one style, losing nothing.",
            "verify": "Check every reference: does the work exist, and is what is said of it right?",
            "review": "Decide which record a reference is, where that is not certain.",
            "check": "List what is wrong with .bib files, with file and line.",
        },
    ),
    (
        "Look closer",
        {
            "scan": "Show what a document holds: chapters, items, links, identifiers.",
            "stats": "Count works by year, kind, chapter, outcome and completeness.",
            "parse": "Turn reference strings into CSL-JSON, one per line.",
            "resolve": "Find the records of references, verified against their text.",
        },
    ),
    (
        "Convert",
        {
            "convert": "Turn one bibliography format, or any document, into another.",
            "styles": "List and search the citation styles.",
        },
    ),
    (
        "Set up",
        {
            "index": "The offline index: add record files, look things up.",
            "cache": "The cache of services' answers: where, how large, clear.",
            "config": "Show the configuration in force.",
            "server": "The language server; an editor calls it.",
            "completion": "Print the completion for bash, zsh or fish.",
            "help": "Show the help of a command.",
            "merge-driver": "Merge two copies of a library or a lock; git calls it.",
        },
    ),
)


#: What every verb understands.
_MANNERS: Final = {"quiet": "Print results and errors only.", "verbose": "Print each step and its time."}
#: What writing to standard output can meet.
_PRINTING: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF))


class _Verbs(click.Group):
    """A group whose commands are imported on demand and listed under headings."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [verb for _, verbs in GROUPS for verb in verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"dl4es_bib.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        _with_manners(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f" Did you mean '{near[0]}'?" if near else " 'dl4es-bib --help' lists the commands."
            ctx.fail(f"There is no command '{args[0]}'.{hint}")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, verbs in GROUPS:
            with formatter.section(heading):
                formatter.write_dl([*verbs.items()])  # "list" is the module of a verb here, once it is imported


def _with_manners(command: click.Command) -> None:
    """Give a verb, and those below it, the options that all have."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _with_manners(below)
        return
    if "_DL4ES_BIB_COMPLETE" in os.environ:
        from dl4es_bib.cli.completing import complete_files

        complete_files(command)
    taken = {name for parameter in command.params for name in parameter.opts}
    for name, text in _MANNERS.items():
        options = [option for option in (f"-{name[0]}", f"--{name}") if option not in taken]
        if f"--{name}" in options:
            option = click.Option(options, is_flag=True, expose_value=False, callback=_heard, help=text)
            command.params.append(option)


def _heard(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    from dl4es_bib.cli import console

    if value:
        console.verbosity = -1 if parameter.name == "quiet" else 1


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 input unreadable, "
    "4 --strict and something is open, 5 a source did not answer, 130 interrupted.",
)
@click.version_option(__version__, prog_name="dl4es-bib")
def root() -> None:
    """From a document full of references to a verified references.bib and bibliographies in any style.

    Start with 'dl4es-bib init', then 'dl4es-bib build'. Without a network add --offline.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code; no traceback reaches a user."""
    # A command makes many objects that all live until it ends: looking through them again and again for garbage costs
    # a third of the time, and more the larger the document is.
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    from dl4es_bib.cli import console
    from dl4es_bib.model.errors import DL4ESBibError, SaveError

    console.verbosity = 0
    stdout = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        # What a terminal or pipe cannot encode is shown as \x.., not a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        if sys.stdout is None:
            raise SaveError("Standard output is closed, so there is nowhere to print the result.")
        result = root.main(arguments, prog_name="dl4es-bib", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as request:
        return _flushed(request.exit_code)
    except click.ClickException as error:
        console.error(error.format_message())
        return 2
    except (click.Abort, KeyboardInterrupt):
        console.error("Interrupted; files are as the last finished step left them.")
        return 130
    except DL4ESBibError as error:
        console.error(error.message)
        for note in getattr(error, "__notes__", ()):
            console.say(note)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say.
        _print_no_more()
        return 0
    except SystemExit as request:
        if sys.stdout is stdout:
            return request.code if isinstance(request.code, int) else 1
        # click met the same, put something that swallows all in the place of standard output, and asked for exit 1.
        _print_no_more()
        return 0
    except OSError as error:
        return _system_error(error)
    except Exception as error:
        if os.environ.get("DL4ES_BIB_DEBUG"):
            raise
        kind = type(error).__name__
        console.error(
            f"This is a fault in dl4es-bib, not in your input ({kind}: {error}). No file was left half written. "
            "Please report it with the output of the same command after 'export DL4ES_BIB_DEBUG=1'."
        )
        return 1
    return result if isinstance(result, int) else 0


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _print_no_more()
    except OSError as error:
        return _system_error(error)
    return code


def _system_error(error: OSError) -> int:
    """Say what the system refused: to print, to find the current folder, or to open a file; the exit code."""
    from dl4es_bib.cli import console

    if os.environ.get("DL4ES_BIB_DEBUG"):
        raise error
    reason = (error.strerror or str(error)).lower()
    if error.filename is None and error.errno in _PRINTING:
        # Files are opened by name and their errors are told where they are saved; this is standard output.
        _print_no_more()
        console.error(f"The result could not be printed: {reason}. Send standard output somewhere else.")
        return 2
    try:
        Path.cwd()
    except OSError:
        console.error("The current folder does not exist any more. Change to another folder and run again.")
        return 2
    place = f"{error.filename}: " if error.filename else ""
    console.error(f"{place}the system refused it: {reason}. No file was left half written.")
    return 2


def _print_no_more() -> None:
    """Let standard output go nowhere, so that Python has nothing to fail on when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
