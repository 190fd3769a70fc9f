"""The folder of an index that tantivy keeps: how it is made, and how it is known."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from dl4es_bib.disk.atomic import save
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.resolver.index.candidates import DamagedIndex

__all__ = ["CURE", "MARK", "SCHEMA", "check_mark", "create", "library", "put_in_place", "register"]

#: Changes whenever words or coordinates are made differently: an older folder must be built again.
SCHEMA: Final = 1
#: The file that says that a folder is such an index.
MARK: Final = "dl4es-bib-index.json"
CURE: Final = "Remove it, and make it anew with 'dl4es-bib index add FILE...'."


def library() -> ModuleType:
    """The module ``tantivy``.

    Raises:
        UsageError: it is not installed.
    """
    try:
        import tantivy
    except ImportError:
        raise UsageError(
            "This index needs the package tantivy. Install it with: pip install 'dl4es-bib[index]'"
        ) from None
    return tantivy


def create(path: Path) -> None:
    """Make an empty index.

    Raises:
        UnreadableInput: something else is there.
        SaveError: it cannot be written.
    """
    tantivy = library()
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder, or remove this one.")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    builder = tantivy.SchemaBuilder()
    for name in ("doi", "identifier"):
        builder.add_text_field(name, stored=name == "doi", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("word", tokenizer_name="words", index_option="basic")
    builder.add_text_field("coordinate", tokenizer_name="blanks", index_option="basic")
    builder.add_text_field("agency", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("stamp", stored=True)
    builder.add_bytes_field("json", stored=True)
    tantivy.Index(builder.build(), path=str(part))
    save(part / MARK, json.dumps({"schema": SCHEMA}).encode())
    put_in_place(part, path)


def register(tantivy: ModuleType, index: Any) -> None:
    """Tell an open index how its texts are cut into terms; tantivy does not keep that in the folder."""
    lower = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()
    index.register_tokenizer("words", lower)
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def check_mark(path: Path) -> None:
    """Look whether a folder is an index of this version.

    Raises:
        UnreadableInput: there is none.
        DamagedIndex: another version made it.
    """
    if not path.exists():
        raise UnreadableInput(f"{path}: there is no index. Make one with 'dl4es-bib index add FILE...'.")
    try:
        held = json.loads((path / MARK).read_bytes())
    except (OSError, ValueError, RecursionError):
        raise UnreadableInput(f"{path}: this is no index of this kind. Name another folder.") from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise DamagedIndex(f"{path}: another version of dl4es-bib made this index. {CURE}")


def put_in_place(part: Path, path: Path) -> None:
    """Give a folder that is ready its name; what another run put there meanwhile stays."""
    with suppress(OSError):
        path.rmdir()  # one that the user named and that is empty; Windows replaces none
    try:
        part.rename(path)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        if not path.is_dir():
            raise
