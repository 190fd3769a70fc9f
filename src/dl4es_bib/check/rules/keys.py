"""Citation keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dl4es_bib.check.rule import Found, Rule, Subject

#: biber refuses these in a key; LaTeX or BibTeX stumbles over the rest (biber manual §3.12, btxdoc).
_REFUSED = re.compile(r"[\s\"@\\#{},~%'()=]")


def characters(subject: Subject) -> Iterator[Found]:
    """Characters in a key that a program refuses."""
    for entry in subject.entries:
        odd = _REFUSED.search(entry.key)
        if odd is not None:
            what = "a blank" if odd[0].isspace() else repr(odd[0])
            yield Found(
                entry.start, f"The key {entry.key[:60]!r} has {what} in it.",
                "Rename it with 'dl4es-bib keys rename'.", entry.key,
            )  # fmt: skip


def beyond_ascii(subject: Subject) -> Iterator[Found]:
    """Letters beyond ASCII in a key."""
    for entry in subject.entries:
        if not entry.key.isascii():
            yield Found(entry.start, f"The key {entry.key[:60]} has letters beyond ASCII.", "", entry.key)


def nearly_equal(subject: Subject) -> Iterator[Found]:
    """Keys that differ by case or by their Unicode form only."""
    first: dict[str, str] = {}
    for file in subject.files:
        for entry in file.entries:
            if not entry.key or entry.broken:
                continue
            folded = unicodedata.normalize("NFKC", entry.key).casefold()
            known = first.setdefault(folded, entry.key)
            if known != entry.key and file is subject.file:
                same = unicodedata.normalize("NFC", known) == unicodedata.normalize("NFC", entry.key)
                how = "in how their letters are encoded" if same else "in upper and lower case"
                message = f"The keys {known[:60]} and {entry.key[:60]} differ only {how}."
                yield Found(entry.start, message, "Rename one.", entry.key)


RULES = (
    Rule(
        "key-characters", "keys", "error", "A key has characters that programs refuse.",
        "biber skips the entry ('Invalid characters in key'); BibTeX ends a key at a blank or comma; \\cite breaks.",
        characters,
    ),
    Rule(
        "key-beyond-ascii", "keys", "note", "A key has letters beyond ASCII.",
        "BibTeX with old LaTeX cannot cite it; biber and LaTeX since 2018 can.", beyond_ascii, default=False,
    ),
    Rule(
        "key-nearly-equal", "keys", "error", "Keys differ by case or Unicode form only.",
        "BibTeX says 'Case mismatch' or drops one as repeated; biber treats them as two.", nearly_equal,
    ),
)  # fmt: skip
