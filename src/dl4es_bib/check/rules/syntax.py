"""What reading a .bib file finds, and what it reads although it was surely not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dl4es_bib.bib.file import FreeText
from dl4es_bib.check.rule import Found, Replacement, Rule, Subject

_FIELD_OUTSIDE = re.compile(r"(\}?)(\s*+,?\s*+)([A-Za-z][\w-]*)\s*=\s*[{\"0-9A-Za-z]")


def closed_early(subject: Subject) -> Iterator[Found]:
    """Fields that stand behind an entry, after a brace too many."""
    nodes = subject.file.nodes
    for before, node in pairwise(nodes):
        if not isinstance(node, FreeText) or before not in subject.file.entries:
            continue
        outside = _FIELD_OUTSIDE.match(subject.file.text, node.start, node.end)
        if outside is None:
            continue
        key = getattr(before, "key", "")
        # The brace that closed the entry goes; the one after the last field closes it.
        changes = (Replacement(before.end - 1, before.end, ""),) if "}" in node.text else ()
        yield Found(
            node.start,
            f"The entry {key[:60]} ends here, but fields follow ({outside[3]} …). BibTeX does not read them.",
            "Remove one closing brace before this place.",
            key,
            changes,
            safe=False,
        )


def no_fields(subject: Subject) -> Iterator[Found]:
    """Entries without a field."""
    for entry in subject.works:
        if not entry.pairs() and not entry.broken:
            # Without a comma behind the key biber reads nothing of the whole file.
            message = f"The entry {entry.key[:60]} has no fields."
            dies = "," not in entry.text
            message += " biber stops here, for want of a comma behind the key." if dies else ""
            yield Found(entry.start, message, "Add them or remove it.", entry.key, severity="error" if dies else None)


def _read(name: str, severity: str, summary: str, why: str) -> Rule:
    return Rule(name, "syntax", severity, summary, why)  # type: ignore[arg-type]


_STOPS = "BibTeX reports an error here and skips to the next @; the entry, or what is left of it, is lost."

RULES = (
    _read("utf-16", "error", "The file is UTF-16.", "BibTeX and biber find nothing in it."),
    _read("wrong-encoding-line", "warning", "JabRef's line '% Encoding:' names another encoding than the file has.",
          "JabRef reads the file by that line, and shows wrong letters."),
    _read("not-utf8", "warning", "Bytes are not UTF-8.", "biber stops; BibTeX prints wrong letters."),
    _read("conflict-marker", "error", "A merge of git ended in a conflict.",
          "BibTeX and biber read both copies of an entry, or report an error inside of one."),
    _read("nul", "warning", "There is a NUL character.", "biber stops; BibTeX prints it."),
    _read("no-entries", "warning", "There is text and no entry.", "BibTeX finds nothing in the file."),
    _read("repeated-field", "warning", "A field stands twice in an entry.", "BibTeX uses the first, biber the last."),
    _read("repeated-key", "error", "A key stands twice.", "BibTeX says 'Repeated entry'; both drop the second."),
    _read("own-string", "warning", "A string is used in its own definition.", "BibTeX takes it as empty."),
    _read("undefined-string", "warning", "A string is not defined.", "BibTeX warns and leaves the text out."),
    _read("long-expansion", "error", "Strings expand to too much text.", "The value is cut."),
    _read("inner-at", "error", "An @ is inside an entry type.", _STOPS),
    _read("no-type", "error", "An entry type is missing.", _STOPS),
    _read("no-brace", "error", "An opening brace is missing.", _STOPS),
    _read("no-key", "error", "An entry has no key.", _STOPS),
    _read("missing-comma", "error", "A comma is missing between fields.", _STOPS),
    _read("bad-key", "error", "A comma is missing after a key.", _STOPS),
    _read("empty-key", "error", "A key is empty.", "BibTeX keeps the entry, but nothing can cite it; biber skips it."),
    _read("odd-key", "warning", "A key has characters that are not seen.", "No \\cite finds it."),
    _read("unbalanced-braces", "error", "Braces are not balanced.", _STOPS),
    _read("swallowed-entry", "error", "An entry is inside another that is not closed.", "BibTeX does not read it."),
    _read("last-line", "warning", "An entry stands behind another on the last line.", "BibTeX does not read it."),
    _read("no-field-name", "error", "A field name is missing.", _STOPS),
    _read("no-equals-sign", "error", "An equals sign is missing.", _STOPS),
    _read("no-string-name", "error", "A string has no name.", _STOPS),
    _read("unclosed-command", "error", "A command is not closed.", _STOPS),
    _read("no-value", "error", "A value is missing.", _STOPS),
    _read("bad-identifier", "error", "A character may not stand in a name.", _STOPS),
    _read("unclosed-entry", "error", "An entry is not closed.", _STOPS + " It may swallow those after it."),
    Rule(
        "entry-closed-early", "syntax", "error", "An entry is closed before its last fields.",
        "BibTeX and biber take the fields behind the brace for a comment; the entry is printed without them.",
        closed_early, "unsafe",
    ),
    Rule(
        "no-fields", "syntax", "warning", "An entry has no fields.",
        "BibTeX prints an empty item. Without a comma behind the key biber stops and reads nothing of the file.",
        no_fields,
    ),
)  # fmt: skip
