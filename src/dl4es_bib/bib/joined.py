"""Several .bib files that are read as one database, as BibTeX and biber read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dl4es_bib.bib.edits import EditError, Edits
from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import fold
from dl4es_bib.bib.nodes import Entry, Field

__all__ = ["JoinedFile", "files_of", "joined", "origin", "parsed_together"]


def parsed_together(files: Iterable[tuple[bytes, str]]) -> tuple[BibFile, ...]:
    """Read the files of one database: a string that one defines holds in those after it.

    Arguments:
        files: bytes and name of each, in the order in which they are read.
    """
    found: list[BibFile] = []
    for data, name in files:
        found.append(parse(data, name, found[-1].defined if found else None))
    return tuple(found)


def joined(files: Sequence[BibFile]) -> BibFile:
    """The files of one database as one; a key that is taken is ignored in later files.

    What is read stands in the text of all of them; an edit goes to the file that holds the entry, and a new entry to
    the first file.
    """
    return files[0] if len(files) == 1 else JoinedFile(files)


def files_of(file: BibFile) -> tuple[BibFile, ...]:
    """The files that a database was joined from; a single file by itself."""
    return file.files if isinstance(file, JoinedFile) else (file,)


class JoinedFile(BibFile):
    """Several files as one.

    Attributes:
        files: the files, each as it stands; ``text`` is for reading only.
    """

    def __init__(self, files: Sequence[BibFile]) -> None:
        text = "\n".join(file.text.removeprefix("\ufeff") for file in files)
        errors = "surrogateescape" if any(file.errors != "strict" for file in files) else "strict"
        super().__init__(text, name=", ".join(file.name for file in files), errors=errors)
        self.files = tuple(files)
        self.intended = {key: new for file in files for key, new in file.intended.items()}

    def edits(self) -> Edits:
        """Begin to collect changes: see :func:`dl4es_bib.bib.edits.edit`."""
        return _JoinedEdits(self)

    def place_of(self, node: Entry | Field) -> tuple[str, int]:
        """The name of the file that holds an entry or a field, and its line there."""
        file, offset = origin(self.files, node.start)
        return file.name, file.line(offset)

    def encoding_for(self, key: str) -> str:
        """The encoding of the file that holds an entry; of the first file for a key that is not there."""
        entry = self.get(key)
        return self.files[self.number_of(entry) if entry is not None else 0].encoding

    def number_of(self, entry: Entry) -> int:
        """Which file holds an entry, counted from 0."""
        file, _ = origin(self.files, entry.start)
        return next(number for number, own in enumerate(self.files) if own is file)

    def own_entry(self, entry: Entry) -> Entry:
        """An entry as the file that holds it has it.

        Raises:
            EditError: the file by itself is read otherwise, as where an entry of another file is never closed.
        """
        file, offset = origin(self.files, entry.start)
        own = file.get(entry.key)
        if own is None or own.start != offset:
            raise EditError(
                f"The entry {entry.key!r} in line {file.line(offset)} of {file.name} is not read by itself as together "
                "with the other files; mend what stands before it first."
            )
        return own

    def with_file(self, number: int, file: BibFile) -> JoinedFile:
        """The database with another state of one of its files."""
        return JoinedFile([file if place == number else own for place, own in enumerate(self.files)])


def origin(files: Sequence[BibFile], offset: int) -> tuple[BibFile, int]:
    """The file of a database, and the offset in it, that an offset into :func:`joined` means."""
    if len(files) == 1:
        return files[0], offset
    for file in files:
        mark = len(file.text) - len(file.text.removeprefix("\ufeff"))
        length = len(file.text) - mark
        if offset <= length or file is files[-1]:
            return file, offset + mark
        offset -= length + 1
    raise ValueError("a database has at least one file")


class _JoinedEdits(Edits):
    """Changes to several files, each to the file that holds the entry."""

    def __init__(self, file: JoinedFile) -> None:
        self.file: JoinedFile = file
        self._edits = [Edits(own) for own in file.files]
        self._numbers: dict[str, int | None] = {}  # folded keys that changes give or take away

    def set_field(self, key: str, name: str, value: str) -> Edits:
        self._at(key).set_field(key, name, value)
        return self

    def remove_field(self, key: str, name: str) -> Edits:
        self._at(key).remove_field(key, name)
        return self

    def add_entry(
        self, kind: str, key: str, fields: Mapping[str, str] | Iterable[tuple[str, str]], before: str = ""
    ) -> Edits:
        number = self._free(key, before)
        self._edits[number].add_entry(kind, key, fields, before)
        self._numbers[fold(key)] = number
        return self

    def add_entry_text(self, text: str, before: str = "") -> Edits:
        entries = parse(text).entries
        key = entries[0].key if entries else ""
        number = self._free(key, before)
        self._edits[number].add_entry_text(text, before)
        self._numbers[fold(key)] = number
        return self

    def remove_entry(self, key: str) -> Edits:
        self._at(key).remove_entry(key)
        self._numbers[fold(key)] = None
        return self

    def rename_entry(self, key: str, new: str) -> Edits:
        own = self._at(key)
        number = self._edits.index(own)
        if fold(key) != fold(new):
            self._free(new, "")
        own.rename_entry(key, new)
        for other in self._edits:
            if other is not own:
                other.follow_renaming(key, new)
        self._numbers[fold(key)] = None
        self._numbers[fold(new)] = number
        return self

    def set_type(self, key: str, kind: str) -> Edits:
        self._at(key).set_type(key, kind)
        return self

    def add_string(self, name: str, value: str) -> Edits:
        if fold(name) in self.file.defined:
            raise EditError(f"The string {name!r} is defined already.")
        self._edits[0].add_string(name, value)
        return self

    def apply(self) -> BibFile:
        files = [edits.apply() for edits in self._edits]
        if all(file is own for file, own in zip(files, self.file.files, strict=True)):
            return self.file
        return JoinedFile(files)

    def _at(self, key: str) -> Edits:
        """The changes of the file that holds a key.

        Raises:
            KeyError: no file has it.
        """
        folded = fold(key)
        if folded in self._numbers:
            number = self._numbers[folded]
        else:
            entry = self.file.get(key)
            number = self.file.number_of(entry) if entry is not None else None
            if entry is not None and not entry.broken:
                self.file.own_entry(entry)
        if number is None:
            raise KeyError(key)
        return self._edits[number]

    def _free(self, key: str, before: str) -> int:
        """The file to which an entry is added, when none has its key."""
        folded = fold(key)
        there = self._numbers[folded] is not None if folded in self._numbers else self.file.get(key) is not None
        if there:
            raise EditError(f"The key {key!r} is taken (letter case does not count).")
        return self._edits.index(self._at(before)) if before else 0
