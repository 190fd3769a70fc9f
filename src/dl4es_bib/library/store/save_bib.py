"""A library goes to the disk only when nothing of it would be lost.

:func:`save_bib` reads back what will be written and refuses when an entry or a value would be missing afterwards.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import fold
from dl4es_bib.disk.atomic import save
from dl4es_bib.disk.locks import LOCK_WAIT
from dl4es_bib.disk.messages import shown
from dl4es_bib.model.errors import SaveError

__all__ = ["refuse_losses", "save_bib"]


def save_bib(
    path: str | os.PathLike[str],
    file: BibFile,
    before: BibFile | None = None,
    *,
    may_lose: Collection[str] = (),
    wait: float = LOCK_WAIT,
    within: str | os.PathLike[str] | None = None,
) -> bool:
    """Save a library after reading back what will be written.

    Arguments:
        path: the .bib file.
        file: what it shall be.
        before: what was read; the file on disk must still be that. ``None``: there was no file.
        may_lose: keys of entries, and ``key.field``, that are meant to disappear besides those which the
            edits of ``file`` removed.
        wait, within: as for :func:`~dl4es_bib.disk.atomic.save`.

    Raises:
        SaveError: an entry or a value of ``before`` would be missing, or a block would be broken that
            was not.
    """
    try:
        data = file.to_bytes()
    except UnicodeEncodeError as error:
        raise SaveError(
            f"{shown(path)} was not written: its encoding ({file.encoding}) lacks "
            f"{file.text[error.start]!r}. Save it as UTF-8."
        ) from error

    if before is not None and "\0" in before.text and not before.entries:
        raise SaveError(f"{shown(path)} was not written: what it holds now is not text. Save the file as UTF-8 first.")

    def verify(written: bytes) -> None:
        again = parse(written)
        intended = {fold(item): "" for item in may_lose} | file.intended
        if again.text != file.text:
            # What is left is taken for another encoding. What stood there keeps its bytes; what is new would be
            # read as something else.
            wide = again.encoding.startswith(("utf-16", "utf-32"))
            if wide or before is None or _beyond_ascii(file) - _beyond_ascii(before):
                raise SaveError(
                    f"{shown(path)} was not written: it mixes encodings, and what is new would be read back wrong. "
                    "Save the file as UTF-8 first."
                )
            again = file
        if before is not None:
            refuse_losses(path, before, again, intended)

    return save(
        path, data, expected=None if before is None else before.to_bytes(), verify=verify, wait=wait, within=within
    )


def _beyond_ascii(file: BibFile) -> Counter[str]:
    return Counter(character for character in file.text if character > "\x7f")


def refuse_losses(
    path: str | os.PathLike[str], before: BibFile, after: BibFile, intended: Mapping[str, str] | None = None
) -> None:
    """Raise ``SaveError`` when ``after`` lacks an entry or a field of ``before`` that is not meant to go.

    Arguments:
        intended: what may go, and the new keys of the renamed, as :attr:`BibFile.intended` has it.
    """
    lost = list(_losses(before, after, intended or {}))
    if lost:
        more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
        raise SaveError(f"{shown(path)} was not written: {'; '.join(lost[:3])}{more}.")


def _losses(before: BibFile, after: BibFile, intended: Mapping[str, str]) -> Iterator[str]:
    """What ``after`` lacks, in words; ``intended`` names what may go, and the new keys of the renamed."""
    texts = {entry.text for entry in after.entries if not entry.broken}
    for entry in before.by_key.values():
        key = intended.get(fold(entry.key), entry.key)
        if entry.text in texts or not key:
            continue
        now = after.get(key)
        if now is None:
            yield f"the entry {entry.key!r} would be missing"
            continue
        for name in {field.name for field in entry.fields}:
            known = {fold(f"{entry.key}.{name}"), fold(f"{key}.{name}")}
            if now.get(name) is None and known.isdisjoint(intended):
                yield f"{entry.key!r} would lose its field {name!r}"
    old, new = (sum(entry.broken for entry in file.entries) for file in (before, after))
    if new > old:
        line = next((entry.line for entry in after.entries if entry.broken), 0)
        yield f"line {line} would hold a broken entry"
