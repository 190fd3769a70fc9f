"""Changing a .bib file by replacing spans, so that a diff shows the change and nothing else.

An :class:`Edits` collects any number of changes and applies them in one pass:

>>> from dl4es_bib.bib.file import parse
>>> file = parse("@book{key,\\n  title = {A Title},\\n  year  = 1999\\n}\\n")
>>> print(edit(file).set_field("key", "year", "2001").apply().text, end="")
@book{key,
  title = {A Title},
  year  = 2001
}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Protocol, runtime_checkable

from dl4es_bib.bib.file import BibFile, parse
from dl4es_bib.bib.grammar import IDENTIFIER, fold, nests, renamed_in, squeeze
from dl4es_bib.bib.nodes import Entry
from dl4es_bib.bib.replacements import Bare, EntryChanges, NewEntry, Replacement, Replacements

__all__ = ["Bare", "EditError", "Edits", "edit"]

_NAME = re.compile(IDENTIFIER)
_KEY = re.compile(r"""[^\x00-\x20\x7f"#%'(),={}~\\@]+""")
_UNSAFE = re.compile("[\0\ud800-\udfff]")
_COMMANDS: Final = frozenset({"comment", "preamble", "string"})


class EditError(ValueError):
    """A change to a .bib file that cannot be made; the message is a sentence for the user."""


@runtime_checkable
class _Editable(Protocol):
    """A file with edits of its own: one that stands for several."""

    def edits(self) -> Edits: ...


def edit(file: BibFile) -> Edits:
    """Begin to collect changes; :meth:`Edits.apply` gives the changed file."""
    return file.edits() if isinstance(file, _Editable) else Edits(file)


class Edits:
    """Changes to one file. Every method returns the object itself; nothing happens before :meth:`apply`.

    Values are LaTeX source on one line *without* delimiters (the file's own are put around them), or
    :class:`Bare`. Entries are named by their key, in any letter case.

    Raises:
        KeyError: a key is not in the file.
        EditError: a change cannot be made: unbalanced braces, a bad name or key, a key that is taken, an
            entry that is broken, or a character that the file's encoding does not have. The message is a
            sentence for the user.
    """

    def __init__(self, file: BibFile) -> None:
        self.file = file
        self._replacements = Replacements(file)
        self._changes: dict[int, EntryChanges] = {}
        self._new: dict[str, NewEntry] = {}
        self._strings: dict[str, str] = {}
        self._renamed: dict[str, EntryChanges | None] = {}  # folded keys that changes give or take away

    # -- fields ------------------------------------------------------------------------------------------

    def set_field(self, key: str, name: str, value: str) -> Edits:
        """Give a field a value; a field that the entry has not is added where the file would have it."""
        if not _NAME.fullmatch(name):
            raise EditError(f"{name!r} cannot be a field name.")
        name = fold(name)
        value = self._checked(value, f"The value of {name!r} in {key!r}")
        new = self._new.get(fold(key))
        if new is not None:
            if new.text:
                raise EditError(f"{key!r} is added as text; change the text.")
            new.fields[name] = value
        else:
            changes = self._of(key)
            field = changes.entry.get(name) if "\ufffd" in value and not changes.entry.readable else None
            if field is not None and _UNSAFE.search(field.raw):
                raise EditError(f"The value of {name!r} in {key!r} has bytes that are not UTF-8; type them anew first.")
            changes.fields[name] = value
        return self

    def remove_field(self, key: str, name: str) -> Edits:
        """Remove a field (all of them when it is repeated); one that is not there is no error."""
        new = self._new.get(fold(key))
        if new is not None:
            new.fields.pop(fold(name), None)
        else:
            self._of(key).fields[fold(name)] = None
        return self

    # -- entries -----------------------------------------------------------------------------------------

    def add_entry(
        self, kind: str, key: str, fields: Mapping[str, str] | Iterable[tuple[str, str]], before: str = ""
    ) -> Edits:
        """Add an entry after the last one, or before the entry ``before``.

        One that names its parent in ``crossref`` or ``xdata`` goes before that parent, as BibTeX demands.
        """
        self._check_new_key(key)
        if not _NAME.fullmatch(kind) or fold(kind) in _COMMANDS:
            raise EditError(f"{kind!r} cannot be an entry type.")
        self._new[fold(key)] = NewEntry(kind, key, {}, "", before)
        pairs = fields.items() if isinstance(fields, Mapping) else fields
        for name, value in pairs:
            self.set_field(key, name, value)
        return self

    def add_entry_text(self, text: str, before: str = "") -> Edits:
        """Add one entry as it is written, line ends aside."""
        text = text.strip(" \t\r\n")
        entries = parse(text + "\n").entries
        if len(entries) != 1 or entries[0].broken or entries[0].text != text:
            raise EditError("The text is not exactly one sound BibTeX entry.")
        self._check_new_key(entries[0].key)
        self._encodable(text, f"The entry {entries[0].key!r}")
        text = re.sub(r"\r\n?|\n", self.file.newline, text)
        fields = {field.name: field.value for field in entries[0].fields if not field.repeated}
        self._new[fold(entries[0].key)] = NewEntry(entries[0].type, entries[0].key, fields, text, before)
        return self

    def remove_entry(self, key: str) -> Edits:
        """Remove an entry and the blank lines that kept it apart."""
        if self._new.pop(fold(key), None) is None:
            changes = self._of(key)
            changes.removed = True
            self._renamed.setdefault(fold(key), None)
        return self

    def rename_entry(self, key: str, new: str) -> Edits:
        """Change a key, and the ``crossref``, ``xdata``, … of this file that name it."""
        if fold(key) != fold(new):
            self._check_new_key(new)
        elif not _is_key(new):
            raise EditError(_bad_key(new))
        changes = self._of(key)
        old = fold(changes.entry.key)
        changes.key = new
        self._renamed[fold(key)] = None
        self._renamed[fold(new)] = changes
        return self.follow_renaming(old, new)

    def follow_renaming(self, key: str, new: str) -> Edits:
        """Change the ``crossref``, ``xdata``, … of this file that name a key, which need not be in it."""
        old = fold(key)
        for entry, field in self.file.links.get(old, ()):
            if entry.broken:
                continue
            # Another key of the same field may have been renamed just before.
            fields = self._of_entry(entry).fields
            value = fields.get(field.name, field.value)
            if value is not None:
                fields[field.name] = renamed_in(value, {old: new})
        return self

    def set_type(self, key: str, kind: str) -> Edits:
        """Change the type of an entry."""
        if not _NAME.fullmatch(kind) or fold(kind) in _COMMANDS:
            raise EditError(f"{kind!r} cannot be an entry type.")
        self._of(key).kind = fold(kind)
        return self

    def add_string(self, name: str, value: str) -> Edits:
        """Define a string after the last ``@string``, or before the first entry."""
        if not _NAME.fullmatch(name):
            raise EditError(f"{name!r} cannot name a string.")
        if any(string.name == fold(name) for string in self.file.strings):
            raise EditError(f"The string {name!r} is defined already.")
        self._strings[name] = self._checked(value, f"The string {name!r}")
        return self

    # -- applying ----------------------------------------------------------------------------------------

    def apply(self) -> BibFile:
        """The file with all changes made; the very same object when there are none."""
        spans = self._spans(new_first=False)
        changed = _replaced(self.file.text, spans)
        if changed == self.file.text:
            return self.file
        file = self._read_again(changed)
        if self._new and not self._seen_by_bibtex(file):
            # A broken block takes in what stands behind it.
            spans = self._spans(new_first=True)
            file = self._read_again(_replaced(self.file.text, spans))
        if not self._keeps_others(file):
            # What stood before and after a removed entry ran together: a line end keeps the two apart.
            gaps = [(start, end, new or self.file.newline) for start, end, new in spans]
            file = self._read_again(_replaced(self.file.text, gaps))
            if not self._keeps_others(file):
                raise EditError("The change would change how other entries of the file are read; mend the file first.")
        file.intended = self._intended()
        self._check_reading(file)
        return file

    def _spans(self, *, new_first: bool) -> list[Replacement]:
        """What to replace; with ``new_first``, new entries go before the first broken block."""
        replacements = self._replacements
        spans: list[Replacement] = []
        for changes in self._changes.values():
            spans += replacements.removal(changes.entry) if changes.removed else replacements.entry_spans(changes)
        if self._strings:
            spans.append(replacements.string_span(self._strings))
        gone = {start for start, changes in self._changes.items() if changes.removed}
        return spans + replacements.additions(self._new.values(), gone, first=new_first)

    def _seen_by_bibtex(self, file: BibFile) -> bool:
        found = (file.get(new.key) for new in self._new.values())
        return not any(entry is None or entry.ignored in {"swallowed", "last-line"} for entry in found)

    def _read_again(self, text: str) -> BibFile:
        return BibFile(
            text,
            name=self.file.name,
            encoding=self.file.encoding,
            errors=self.file.errors,
            strings=self.file.given_strings,
        )

    def _keeps_others(self, file: BibFile) -> bool:
        """Whether the entries that no change concerns are read as before."""
        removed = sum(changes.removed for changes in self._changes.values())
        if len(file.entries) != len(self.file.entries) - removed + len(self._new):
            return False
        others = Counter(_shape(entry) for entry in self.file.entries if entry.start not in self._changes)
        return not others - Counter(map(_shape, file.entries))

    def _check_reading(self, file: BibFile) -> None:
        """Whether what was written reads back as it was meant; nothing that does not ever leaves here."""
        for new in self._new.values():
            entry = file.get(new.key)
            if entry is None or entry.broken or entry.type != fold(new.kind):
                raise EditError(f"The entry {new.key!r} would not be read back as it is written.")
            if not new.text:
                _check_values(entry, new.fields)
        for changes in self._changes.values():
            key = changes.key or changes.entry.key
            entry = file.get(key)
            if changes.removed or changes.entry is not self.file.get(changes.entry.key):
                continue
            if entry is None or entry.broken:
                raise EditError(f"The entry {key!r} would not be read back as it is written.")
            _check_values(entry, {name: value for name, value in changes.fields.items() if value is not None})

    def _intended(self) -> dict[str, str]:
        """What is gone on purpose, from the earlier edits of the file and from these."""
        now: dict[str, str] = {}
        removed = [name for name, new in self.file.intended.items() if not new and "." in name]
        for changes in self._changes.values():
            key = fold(changes.entry.key)
            gone = {name for name, value in changes.fields.items() if value is None}
            if changes.key or changes.removed:
                now[key] = "" if changes.removed else changes.key
                gone |= {name[len(key) + 1 :] for name in removed if name.startswith(key + ".")}
            now |= {f"{fold(changes.key) or key}.{name}": "" for name in gone}
        return now | {old: now.get(fold(new), new) for old, new in self.file.intended.items()}

    # -- checks ------------------------------------------------------------------------------------------

    def _of(self, key: str) -> EntryChanges:
        folded = fold(key)
        if folded in self._renamed:
            changes = self._renamed[folded]
            if changes is None:
                raise KeyError(key)
            return changes
        entry = self.file.get(key)
        if entry is None:
            raise KeyError(key)
        if entry.broken:
            raise EditError(f"The entry {entry.key!r} in line {entry.line} is broken; mend it first.")
        return self._of_entry(entry)

    def _of_entry(self, entry: Entry) -> EntryChanges:
        return self._changes.setdefault(entry.start, EntryChanges(entry))

    def _check_new_key(self, key: str) -> None:
        if not _is_key(key):
            raise EditError(_bad_key(key))
        folded = fold(key)
        known: object = self.file.get(key)
        if self._renamed.get(folded, known) is not None or folded in self._new:
            raise EditError(f"The key {key!r} is taken (letter case does not count).")
        self._encodable(key, f"The key {key!r}")

    def _checked(self, value: str, what: str) -> str:
        self._encodable(value, what)
        if isinstance(value, Bare):
            probe = parse(f"@a{{k, f = {value}\n}}\n\n")
            entry = probe.nodes[0]
            if len(probe.nodes) != 2 or not isinstance(entry, Entry) or len(entry.fields) != 1:
                raise EditError(f"{what} is not a macro, a number or parts joined by '#': {value!r}.")
            return Bare(squeeze(value).strip(" "))
        if not nests(value):
            raise EditError(f"{what} has unbalanced braces; to BibTeX a backslash does not hide one.")
        return squeeze(value).strip(" ")

    def _encodable(self, text: str, what: str) -> None:
        if _UNSAFE.search(text):
            raise EditError(f"{what} holds a character that no text file can have.")
        try:
            text.encode(self.file.encoding)
        except UnicodeEncodeError as error:
            bad = text[error.start]
            raise EditError(
                f"{what} has {bad!r}, which the file's encoding ({self.file.encoding}) lacks; save the file as UTF-8."
            ) from None


def _replaced(text: str, spans: list[Replacement]) -> str:
    pieces, done = list[str](), 0
    for start, end, new in sorted(spans, key=lambda span: span[:2]):
        pieces += (text[done : max(done, start)], new)
        done = max(done, end)
    return "".join(pieces) + text[done:]


def _shape(entry: Entry) -> tuple[str, ...]:
    """An entry as it stands; of a broken one, whose end nobody knows, what it is."""
    return (entry.type, entry.key) if entry.broken else (entry.text,)


def _check_values(entry: Entry, wanted: Mapping[str, str]) -> None:
    read = entry.values()
    for name, value in wanted.items():
        if name not in read or (not isinstance(value, Bare) and read[name] != value):
            raise EditError(f"The value of {name!r} in {entry.key!r} would not be read back as it is written.")


def _is_key(text: str) -> bool:
    """Whether a text can be a key; characters that cannot be seen, or turn the writing direction, cannot."""
    return _KEY.fullmatch(text) is not None and text.isprintable()


def _bad_key(key: str) -> str:
    return (
        f"{key!r} cannot be a citation key: "
        "it must not be empty, nor hold blanks, invisible characters or any of \" # % ' ( ) , = { } ~ \\ @."
    )
