"""One entry replaced by what its owner made of it in an editor."""

from __future__ import annotations

from dl4es_bib.bib.edits import edit
from dl4es_bib.bib.file import BibFile, Entry, parse
from dl4es_bib.bib.finding import BibFinding
from dl4es_bib.bib.grammar import fold
from dl4es_bib.bib.joined import JoinedFile
from dl4es_bib.library.join import value_of
from dl4es_bib.library.keys.rename import renamed
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.model.errors import UsageError

__all__ = ["faults", "rewritten"]


def faults(text: str) -> tuple[BibFinding, ...]:
    """What keeps a text from being exactly one sound entry; ``()`` when it is one."""
    file = parse(text.strip() + "\n")
    found = [finding for finding in file.findings if finding.severity == "error" or finding.code == "repeated-field"]
    others = [node for node in file.nodes if not isinstance(node, Entry) and node.text.strip()]
    if not found and (len(file.entries) != 1 or others):
        found = [BibFinding("not-one-entry", "This must be exactly one entry and nothing else.", 1)]
    if not found and not file.entries[0].key:
        found = [BibFinding("empty-key", "The entry has no key.", 1, "Give it one.")]
    return tuple(found)


def rewritten(
    bibfile: BibFile, lock: Lock, shown: str, edited: str, *, keep_old: bool
) -> tuple[BibFile, Lock, tuple[str, ...]]:
    """The library with an entry as edited, and the names of what was changed.

    When the entry in the file is still as it was shown, the edited text takes its place as it is. When another
    program changed it meanwhile, the two are merged by field: what was edited wins, everything else stays.

    Arguments:
        shown: the entry as the editor was given it.
        edited: what came back; sound (see :func:`faults`).
        keep_old: when the key was changed, keep the old one in biblatex's ``ids``.

    Raises:
        UsageError: the entry is gone, or its new key cannot be used.
    """
    before, after = _only(shown), _only(edited)
    names = _changed(before, after)
    key = before.key
    if bibfile.get(key) is None:
        raise UsageError(f"{bibfile.name} has no entry {key} any more.")
    if after.key != key:
        bibfile, lock = renamed(bibfile, lock, {key: after.key}, keep_old=keep_old)
        names = ("key", *names)
    entry = bibfile.get(after.key)
    assert entry is not None
    if entry.text == shown.strip():
        return _replaced(bibfile, entry, edited.strip(), before, after), lock, names
    edits = edit(bibfile)
    for name in names:
        field = after.get(name)
        if name == "type":
            edits.set_type(entry.key, after.type)
        elif field is not None:
            edits.set_field(entry.key, name, value_of(field))
        elif name != "key":
            edits.remove_field(entry.key, name)
    return edits.apply(), lock, names


def _only(text: str) -> Entry:
    return parse(text.strip() + "\n").entries[0]


def _changed(before: Entry, after: Entry) -> tuple[str, ...]:
    ours = {field.name: field.raw for field in before.fields if not field.repeated}
    theirs = {field.name: field.raw for field in after.fields if not field.repeated}
    names = [name for name in (*ours, *theirs) if ours.get(name) != theirs.get(name)]
    return tuple(dict.fromkeys((*(("type",) if before.type != after.type else ()), *names)))


def _replaced(bibfile: BibFile, entry: Entry, text: str, before: Entry, after: Entry) -> BibFile:
    for end in ("\r\n", "\r"):
        text = text.replace(end, "\n")
    if isinstance(bibfile, JoinedFile):
        number, own = bibfile.number_of(entry), bibfile.own_entry(entry)
        return bibfile.with_file(number, _replaced(bibfile.files[number], own, text, before, after))
    text = text.replace("\n", bibfile.newline)
    whole = bibfile.text[: entry.start] + text + bibfile.text[entry.end :]
    if whole == bibfile.text:
        return bibfile
    file = BibFile(
        whole, name=bibfile.name, encoding=bibfile.encoding, errors=bibfile.errors, strings=bibfile.given_strings
    )
    gone = {field.name for field in before.fields} - {field.name for field in after.fields}
    file.intended = dict(bibfile.intended) | {f"{fold(entry.key)}.{name}": "" for name in gone}
    return file
