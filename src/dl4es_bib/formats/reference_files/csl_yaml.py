"""CSL-YAML, as pandoc reads and writes it: a list of CSL items, alone or under ``references``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dl4es_bib.disk.safe_yaml import YamlError, dump_yaml, load_yaml
from dl4es_bib.formats.csljson import from_csl, to_csl
from dl4es_bib.formats.reference_files.record import Read, ReferenceRecord, kept_findings
from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span
from dl4es_bib.model.work import DATE_VARIABLES, Source, Work


def load(text: str, *, file: str = "-") -> Read:
    """The records of a CSL-YAML file."""
    kept: list[tuple[int, str]] = []
    try:
        data = load_yaml(_one_document(text), file, kept=kept)
    except YamlError as error:
        return (), (Finding("csl-yaml/broken", str(error), Span(file, 1), "Mend the line.", "error"),)
    items = data.get("references") if isinstance(data, Mapping) else data
    if not isinstance(items, list):
        return (), (Finding("csl-yaml/no-list", "There is no list of references.", Span(file, 1), severity="error"),)
    records, findings = [], []
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            findings.append(Finding("csl-yaml/not-an-item", f"Item {number} is no mapping.", Span(file, 1)))
            continue
        id = str(item.get("id") or f"item-{number}")
        span = Span(file, _line_of(text, id))
        records.append(ReferenceRecord(id, from_csl(_dated(item), Source("user", file, id, span)), span))
    return tuple(records), (*kept_findings(kept, "csl-yaml", file), *findings)


def dump(works: Iterable[tuple[str, Work]]) -> str:
    """A CSL-YAML file of (id, work) pairs."""
    return dump_yaml({"references": [to_csl(work, id) for id, work in works]})


def _one_document(text: str) -> str:
    """The YAML between the ``---`` lines of a pandoc metadata block."""
    if text.startswith("---"):
        body = text.split("\n", 1)[1] if "\n" in text else ""
        lines = body.split("\n")
        end = next((i for i, line in enumerate(lines) if line.rstrip() in {"---", "..."}), len(lines))
        return "\n" + "\n".join(lines[:end])
    return text


def _dated(item: Mapping[Any, Any]) -> dict[str, Any]:
    """The item with pandoc's older dates (``year: 2001, month: 5``, or a list of them) as date-parts."""
    found = {str(name): value for name, value in item.items()}
    for variable in DATE_VARIABLES & found.keys():
        value = found[variable]
        parts = value if isinstance(value, list) else [value]
        if parts and all(isinstance(part, Mapping) and "year" in part for part in parts):
            rows = [[part[name] for name in ("year", "month", "day") if name in part] for part in parts]
            found[variable] = {"date-parts": rows, "circa": bool(parts[0].get("circa"))}
        elif not isinstance(value, Mapping | str | int | list):
            found[variable] = str(value)
    return found


def _line_of(text: str, id: str) -> int:
    position = text.find(f"id: {id}")
    return text.count("\n", 0, position) + 1 if position >= 0 else 1
