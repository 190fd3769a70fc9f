"""Every exception this package raises on purpose.

::

    DL4ESBibError                    exit 1
    ├── UsageError                   exit 2   a wrong option, an unknown style or key
    │   └── ConfigError              exit 2   dl4es-bib.yaml cannot be used
    ├── UnreadableInput              exit 3   a source is missing, binary, not text, too large
    ├── NothingToDo                  exit 1   the input can be read and holds no reference
    ├── OpenItems                    exit 4   ``--strict`` and something is not confirmed
    ├── SourceUnavailable            exit 5   a service did not answer
    └── SaveError                    exit 2   a file could not be written
        └── ChangedMeanwhile         exit 2   somebody else wrote it since it was read

What went wrong in the *content* of an input is never an exception but a
:class:`~dl4es_bib.model.finding.Finding`, a value.
"""

from __future__ import annotations


class DL4ESBibError(Exception):
    """The root of the tree: a sentence for the user, and the exit code of the command line.

    Arguments:
        message: one or more sentences that name the file, the line where there is one, and the cure.
    """

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(DL4ESBibError):
    """The request itself is wrong: an unknown style, key, format or option value."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration file cannot be used."""


class UnreadableInput(DL4ESBibError):
    """A source is missing, not text, larger than allowed, or holds nothing to read."""

    exit_code = 3


class NothingToDo(DL4ESBibError):
    """The input can be read, but holds nothing to work on."""


class OpenItems(DL4ESBibError):
    """``--strict`` was asked for and an item ended as something else than *confirmed*."""

    exit_code = 4


class SourceUnavailable(DL4ESBibError):
    """A service did not answer, and what was asked for cannot be had without it."""

    exit_code = 5


class SaveError(DL4ESBibError):
    """A file could not be written; the file on disk is as it was."""

    exit_code = 2


class ChangedMeanwhile(SaveError):
    """The file on disk is no longer the one that was read; it was left alone."""
