"""Where a work can be read: its page, or the file that its entry names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dl4es_bib.bib.file import Entry
from dl4es_bib.formats.bibtex.entry import verbatim
from dl4es_bib.library.library import Library
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import UsageError
from dl4es_bib.tasks.project import Places, stored_library

__all__ = ["address_of", "file_of"]

#: ``file`` as JabRef, Zotero and Mendeley write it: ``name:path:type``, several behind ``;``. ``\:`` is a colon.
_SEPARATOR: Final = re.compile(r"(?<!\\)[:;]")


def address_of(places: Places, key: str) -> str:
    """The address of an entry's page: of its DOI, arXiv number, PMID or PMC number, else what ``url`` says.

    Raises:
        UsageError: there is no such entry, or it has no address of the web.
    """
    library, entry = _entry(places, key)
    work = library.work(entry)
    kinds = (("DOI", ids.doi), ("PMID", ids.pmid), ("PMCID", ids.pmcid))
    for variable, read in kinds:
        if (found := read(work.text(variable))) is not None:
            return found.link
    values = entry.values()
    if (arxiv := ids.arxiv(verbatim(values.get("eprint", "")))) is not None:
        return arxiv.link
    address = ids.url(work.text("URL"))
    if address is None or address.value.startswith("ftp:"):
        raise UsageError(f"{entry.key} has no DOI and no address of the web. Add one, or open its file with --file.")
    return address.link


def file_of(places: Places, key: str) -> Path:
    """The file that an entry names, looked up from the folder of its library.

    Raises:
        UsageError: there is no such entry, or no file that it names is there.
    """
    library, entry = _entry(places, key)
    folder = Path(library.bibfile.place_of(entry)[0]).parent
    named = list(_named_files(entry))
    for name in named:
        if (folder / name).is_file():
            return folder / name
    if not named:
        raise UsageError(f"{entry.key} names no file in its field 'file'.")
    raise UsageError(f"{folder / named[0]}, which {entry.key} names, is not there.")


def _named_files(entry: Entry) -> Iterator[str]:
    text = verbatim(entry.values().get("file", ""))
    if text:
        yield text
    for part in _SEPARATOR.split(text):
        if name := part.replace("\\:", ":").replace("\\;", ";").strip():
            yield name


def _entry(places: Places, key: str) -> tuple[Library, Entry]:
    stored = stored_library(places)
    entry = stored.bibfile.find(key)
    if entry is None:
        raise UsageError(f"{places.named} has no entry {key}. 'dl4es-bib keys' lists all keys.")
    return Library(stored.bibfile, stored.lock), entry
