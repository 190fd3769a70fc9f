"""The short names of journals that a project asks for: its own lists, and ISO 4 for the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dl4es_bib.config.settings import Config
from dl4es_bib.disk.bounded import read_bytes
from dl4es_bib.model.errors import UnreadableInput
from dl4es_bib.works.journal_lists import NotAJournalList, ShortNames, read_journal_list

_MAX_BYTES: Final = 64 * 1024 * 1024


def journal_names(config: Config) -> ShortNames:
    """What the setting ``journals`` says; files are looked up beside the configuration.

    Raises:
        UnreadableInput: a list is missing, or a line of it is no pair of a name and a short name.
    """
    base = Path(config.file).parent if config.file else Path()
    listed: dict[str, str] = {}
    for name in config.journals:
        if name not in ("keep", "iso4"):
            for journal, short in _list(base / name).items():
                listed.setdefault(journal, short)
    return ShortNames(listed, "iso4" in config.journals)


def _list(path: Path) -> dict[str, str]:
    data = read_bytes(path, limit=_MAX_BYTES, cure="A list of journals has a line for each.")
    try:
        return read_journal_list(data.decode("utf-8-sig", "replace"))
    except NotAJournalList as error:
        raise UnreadableInput(f"{path}:{error.line}: {error}. Mend the line, or put # before it.") from None
