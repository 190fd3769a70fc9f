"""A Typst module per section and style: its list, and the citations that lead to it.

Typst has one bibliography in a document. A chapter imports its own from here, and as many may stand in one document
as there are chapters::

    #import "build/bibliographies/03-ice/references.apa.typ": cited, references
    #show ref: cited

    Ice melts @ode2005[p. 3].

    #references

Labels begin with the folder of the section, so that a work in the lists of two chapters has two places.
"""

from __future__ import annotations

import re
from typing import Final

from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.typst import escape_typst, typst_string
from dl4es_bib.export.references import References
from dl4es_bib.export.section import ExportEntry, Section

#: The closing bracket at the end of a citation, or the full stop of a note: a page stands before it.
_END: Final = re.compile(r'([)\].])"$')
_CITED: Final = """\
#let cited(it) = {
  let key = str(it.target)
  if key not in citations { return it }
  let (before, after) = citations.at(key)
  let given = if it.supplement in (none, auto, []) { [] } else { [, #it.supplement] }
  let shown = [#before#given#after]
  if notes { return footnote(shown) }
  context {
    let place = label(prefix + key)
    if query(place).len() == 1 { link(place, shown) } else { shown }
  }
}
"""


def render(section: Section, references: References) -> str:
    """The module: ``references`` is the list, ``cited`` a show rule for ``@key``, ``citations`` what it shows."""
    listed = references.of(section, "typst")
    lines = [
        f"// {section.comment}, style {clean(references.style.name)[:100]}\n",
        f"#let prefix = {typst_string(f'{section.slug}:' if section.slug else '')}\n",
        f"#let notes = {'true' if references.style.is_note else 'false'}\n",
        "#let citations = (:\n" if not listed else "#let citations = (\n",
    ]
    cited = references.citation_of_each(section, "typst")
    for entry, _ in listed:
        before, after = _citation(cited[entry.key])
        lines.append(f"  {typst_string(clean(entry.key))}: ([{before}], [{after}]),\n")
    lines += [")\n", _CITED, "#let references = {\n", "  set par(hanging-indent: 2em, justify: false)\n"]
    lines += [_reference(entry, text, references.mark(entry)) for entry, text in listed]
    if not listed:
        lines.append(f"  [#{typst_string(references.words.text('no_references'))}]\n")
    return "".join([*lines, "}\n"])


def _reference(entry: ExportEntry, text: str, mark: str) -> str:
    shown_mark = f" #strong({typst_string(f'[{mark}]')})" if mark else ""
    note = f" {escape_typst(clean(entry.note))}" if entry.note else ""
    return f"  [#block[{text}{shown_mark}{note}] #label(prefix + {typst_string(clean(entry.key))})]\n"


def _citation(text: str) -> tuple[str, str]:
    """A citation in two parts, between which a page may stand: ``#"(Ode, 2004"`` and ``#")"``."""
    found = _END.search(text)
    if found is None:
        return text, ""
    return (text[: found.start()] + '"').removesuffix('#""'), escape_typst(found[1])
