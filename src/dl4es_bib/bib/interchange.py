"""To bibtexparser's library and back, so that its users can keep their code and lose nothing.

>>> from dl4es_bib.bib.file import parse
>>> library = to_bibtexparser(parse("% Mine.\\n@book{key,\\n  title = {Old},\\n  year  = 1999\\n}\\n"))
>>> library.entries[0]["year"] = "2001"
>>> print(from_bibtexparser(library).text, end="")
% Mine.
@book{key,
  title = {Old},
  year  = 2001
}

Reading is ours: what BibTeX reads, ``#`` and macros included, spans and lines; blocks and middlewares are
bibtexparser's. On the way back what was not changed stays as it was written, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.bib.edits import Bare, edit
from dl4es_bib.bib.file import BibFile, BrokenBlock, Comment, Entry, FreeText, Node, Preamble, StringDefinition, parse
from dl4es_bib.bib.grammar import fold

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.middlewares.middleware import Middleware
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as TheirEntry

__all__ = ["FILE", "SPAN", "from_bibtexparser", "to_bibtexparser"]

SPAN: Final = "dl4es_bib_span"
"""Key of ``parser_metadata``: (start, end), the offsets of a block in the file's text."""
FILE: Final = "dl4es_bib_file"
"""Key of ``parser_metadata``: the :class:`BibFile` that a block comes from."""

_WHITE: Final = " \t\r\n\ufeff"


def to_bibtexparser(file: BibFile, middlewares: Sequence[Middleware] = ()) -> Library:
    """The file as a ``bibtexparser.Library``.

    Entries have the fields that BibTeX reads (of repeated ones the first), with values as BibTeX reads them; broken
    blocks are ``ParsingFailedBlock`` with what can be read of them, a second entry of one key is a
    ``DuplicateBlockKeyBlock``. Lines are counted from 0, as there. ``parser_metadata`` holds :data:`SPAN` and
    :data:`FILE`.

    Arguments:
        middlewares: bibtexparser middlewares to apply, in order.
    """
    from bibtexparser.library import Library

    library = Library(list(_blocks(file)), fail_on_duplicate_key=False)
    for middleware in middlewares:
        library = middleware.transform(library)
    return library


def from_bibtexparser(library: Library) -> BibFile:
    """A ``bibtexparser.Library`` as a file.

    A library that came from :func:`to_bibtexparser` gives that file with the changes made since, each as small as it
    can be: fields, entries added and removed. Where comments, strings or the order of blocks were changed too, and for
    a library from elsewhere, the file is put together from the blocks: their own text where they were not changed.

    Raises:
        ValueError: a value is no text, list of names or number (undo the middleware that made it), or cannot be
            written: braces that do not match, a bad key.
    """
    blocks = [(block, _origin(block)) for block in library.blocks]
    files = {id(origin[0]): origin[0] for _, origin in blocks if origin is not None}
    if len(files) == 1:
        file = next(iter(files.values()))
        if (edited := _edited(file, blocks)) is not None:
            return edited
    return _put_together(blocks)


# -- there -----------------------------------------------------------------------------------------------------


def _blocks(file: BibFile) -> Iterator[Block]:
    from bibtexparser import model

    for node in file.nodes:
        block: Block
        line, raw = node.line - 1, node.text
        if isinstance(node, Entry):
            block = _their_entry(node)
        elif isinstance(node, StringDefinition):
            block = model.String(node.name, node.value, line, raw)
        elif isinstance(node, Preamble):
            block = model.Preamble(node.value, line, raw)
        elif isinstance(node, Comment):
            block = model.ExplicitComment(_comment(raw), line, raw)
        elif isinstance(node, BrokenBlock):
            read = _their_entry(node.entry) if node.entry is not None else None
            block = model.ParsingFailedBlock(ValueError(node.finding.message), line, raw, read)
        elif raw.strip(_WHITE):
            block = model.ImplicitComment(raw.strip(_WHITE), line, raw)
        else:
            continue
        block.parser_metadata[SPAN] = (node.start, node.end)
        block.parser_metadata[FILE] = file
        yield block


def _their_entry(entry: Entry) -> TheirEntry:
    from bibtexparser import model

    fields = [model.Field(field.name, field.value, field.line - 1) for field in entry.fields if not field.repeated]
    return model.Entry(entry.type, entry.key, fields, entry.line - 1, entry.text)


def _comment(raw: str) -> str:
    """The text of a comment without ``@comment`` and its braces."""
    text = raw.lstrip("@ \t\r\n")[len("comment") :].strip(_WHITE)
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text


# -- and back --------------------------------------------------------------------------------------------------

Origin = tuple[BibFile, Node]


def _origin(block: Block) -> Origin | None:
    """The file and node that a block comes from; ``None`` for one that was made since."""
    block = _meant(block)
    file, span = block.parser_metadata.get(FILE), block.parser_metadata.get(SPAN)
    if not isinstance(file, BibFile) or not isinstance(span, tuple):
        return None
    node = next((node for node in _nodes_at(file, span[0])), None)
    return (file, node) if node is not None and node.end == span[1] else None


def _nodes_at(file: BibFile, start: int) -> Iterator[Node]:
    from bisect import bisect_left

    index = bisect_left(file.nodes, start, key=lambda node: node.start)
    yield from file.nodes[index : index + 1]


def _meant(block: Block) -> Block:
    """The block itself; of one that is marked as a duplicate, the duplicate."""
    from bibtexparser import model

    if isinstance(block, model.DuplicateBlockKeyBlock) and block.ignore_error_block is not None:
        return block.ignore_error_block
    return block


def _edited(file: BibFile, blocks: Sequence[tuple[Block, Origin | None]]) -> BibFile | None:
    """The file with changes of entries made in place; ``None`` when something else was changed too."""
    from bibtexparser import model

    starts = [origin[1].start for _, origin in blocks if origin is not None]
    present = set(starts)
    if starts != sorted(starts) or len(present) < len(starts):
        return None
    gone = [node for node in file.nodes if node.start not in present and node.text.strip(_WHITE)]
    if not all(isinstance(node, Entry) and file.get(node.key) is node for node in gone):
        return None
    edits = edit(file)
    for node in gone:
        assert isinstance(node, Entry)
        edits.remove_entry(node.key)
    waiting: list[TheirEntry] = []
    for block, origin in blocks:
        block = _meant(block)
        if origin is None:
            if not isinstance(block, model.Entry):
                return None
            waiting.append(block)
            continue
        node = origin[1]
        if isinstance(node, Entry) and isinstance(block, model.Entry):
            for new in waiting:
                edits.add_entry(new.entry_type, new.key, _pairs(new), before=node.key)
            waiting = []
            changes = _changes(node, block)
            renamed = block.key != node.key
            if not (changes or renamed or fold(block.entry_type) != node.type):
                continue
            if file.get(node.key) is not node:
                return None
            for name, value in changes:
                if value is None:
                    edits.remove_field(node.key, name)
                else:
                    edits.set_field(node.key, name, value)
            if fold(block.entry_type) != node.type:
                edits.set_type(node.key, block.entry_type)
            if renamed:
                edits.rename_entry(node.key, block.key)
        elif not _unchanged(node, block):
            return None
    for new in waiting:
        edits.add_entry(new.entry_type, new.key, _pairs(new))
    return edits.apply()


def _changes(node: Entry, block: TheirEntry) -> list[tuple[str, str | None]]:
    """Fields that differ: name and new value, ``None`` for one that is gone."""
    before = {field.name: field.value for field in node.fields if not field.repeated}
    after = {fold(name): value for name, value in _pairs(block)}
    # A name that was taken apart is the same name, whichever way it is put together again.
    same = {
        fold(field.key)
        for field in block.fields
        if isinstance(field.value, list) and before.get(fold(field.key)) == _names(field.value, "first_name_first")
    }
    changed: list[tuple[str, str | None]] = [
        (name, value)
        for name, value in after.items()
        if isinstance(value, Bare) or (before.get(name) != value and name not in same)
    ]
    return changed + [(name, None) for name in before if name not in after]


def _unchanged(node: Node, block: Block) -> bool:
    from bibtexparser import model

    if isinstance(node, StringDefinition) and isinstance(block, model.String):
        return (block.key, block.value) == (node.name, node.value)
    if isinstance(node, Preamble) and isinstance(block, model.Preamble):
        return block.value == node.value
    if isinstance(node, Comment) and isinstance(block, model.ExplicitComment):
        return block.comment == _comment(node.text)
    if isinstance(node, FreeText) and isinstance(block, model.ImplicitComment):
        return block.comment == node.text.strip(_WHITE)
    return isinstance(node, BrokenBlock) and isinstance(block, model.ParsingFailedBlock)


def _put_together(blocks: Sequence[tuple[Block, Origin | None]]) -> BibFile:
    from bibtexparser import model

    pieces = []
    for block, origin in blocks:
        block = _meant(block)
        same = origin is not None and (
            not _changes(origin[1], block) and (block.entry_type, block.key) == (origin[1].type, origin[1].key)
            if isinstance(origin[1], Entry) and isinstance(block, model.Entry)
            else _unchanged(origin[1], block)
        )
        text = origin[1].text if origin is not None and same else _text(block)
        if text := text.strip(_WHITE):
            pieces.append(text)
    return parse("\n\n".join(pieces) + ("\n" if pieces else ""))


def _text(block: Block) -> str:
    from bibtexparser import model

    if isinstance(block, model.Entry):
        fields = dict(_pairs(block))
        edits = edit(parse("")).add_entry(block.entry_type, block.key, fields)
        return edits.apply().text
    if isinstance(block, model.String):
        return f"@string{{{block.key} = {_delimited(_value(block.value, block.enclosing))}}}"
    if isinstance(block, model.Preamble):
        value = str(block.value)
        return f"@preamble{{{value if value[:1] in {'{', chr(34)} else '{' + value + '}'}}}"
    if isinstance(block, model.ExplicitComment):
        return f"@comment{{{block.comment}}}"
    if isinstance(block, model.ImplicitComment):
        return str(block.comment)
    return block.raw or ""


def _delimited(value: str) -> str:
    return value if isinstance(value, Bare) else "{" + value + "}"


def _pairs(entry: TheirEntry) -> list[tuple[str, str]]:
    pairs: dict[str, str] = {}
    for field in entry.fields:
        pairs.setdefault(fold(field.key), _value(field.value, field.enclosing))
    return list(pairs.items())


def _value(value: Any, enclosing: str | None) -> str:
    """A value of theirs as text: as it is, names joined by ``and``, a number."""
    if isinstance(value, list):
        value = _names(value, "last_name_first")
    if isinstance(value, bool) or not isinstance(value, str | int):
        kind = type(value).__name__
        raise ValueError(f"A value of type {kind} cannot be written: undo the middleware that made it.")
    text = str(value)
    return Bare(text) if enclosing == "no-enclosing" and not text.isdigit() else text


def _names(names: list[Any], way: str) -> str:
    return " and ".join(name if isinstance(name, str) else str(getattr(name, f"merge_{way}", name)) for name in names)
