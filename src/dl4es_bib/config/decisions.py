"""``decisions:`` of a configuration file, changed by span: every other byte of the file stays.

A decision names an entry by its key and the record that it is: a DOI, arXiv id, ISBN or PMID, several forms of one work
parted by commas with the cited one first, or ``none`` for no record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.model import identifier as ids
from dl4es_bib.model.errors import ConfigError
from dl4es_bib.model.identifier import Identifier

NO_RECORD: Final = "none"
"""The decision that no record describes the work."""
_NAME: Final = "decisions"
_INDENT: Final = "  "
#: What YAML reads as text without quotes, whatever its version.
_PLAIN: Final = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null|none)$)[A-Za-z_][\w./()+-]*|10\.\d{4,9}/[\w./()+-]*",
    re.ASCII | re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r",\s+")


def decided_identifiers(value: str) -> tuple[Identifier, ...] | None:
    """The identifiers that a decision names, the cited one first; ``()`` for no record, ``None`` when it is none."""
    if value.strip().lower() == NO_RECORD:
        return ()
    found = []
    for part in _SEVERAL.split(value.strip()):
        identifier = ids.doi(part) or ids.arxiv(part) or ids.isbn(part) or ids.pmid(part)
        if identifier is None:
            return None
        found.append(identifier)
    return tuple(found)


def with_decisions(text: str, name: str, changes: Mapping[str, str | None]) -> str:
    """The text of a configuration with other decisions.

    Arguments:
        text: the file; may be empty.
        name: what it is called in messages.
        changes: key → the decision, ``None`` to take one back.

    Raises:
        ConfigError: the file is no configuration, or is written in a way that cannot be changed by span.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    before = _loaded(text, name)
    wanted = _wanted(before, changes)
    changed = text
    if wanted != before:
        changed = _changed(text, wanted.get(_NAME, {}), changes)
        try:
            is_right = _loaded(changed, name) == wanted
        except ConfigError:
            is_right = False
        if not is_right:
            raise ConfigError(
                f"{name}: 'decisions:' is written in a way that cannot be changed without rewriting the file. Write it "
                "as 'key: value' lines below 'decisions:', or add the decision by hand."
            )
    return mark + changed


def _loaded(text: str, name: str) -> dict[str, Any]:
    try:
        data = load_yaml(text, name)
    except YamlError as error:
        raise ConfigError(f"{error} Mend the line first; nothing was written.") from None
    data = {} if data is None else data
    if not isinstance(data, dict) or not isinstance(data.get(_NAME, {}), dict | None):
        raise ConfigError(f"{name}: 'decisions:' must be 'key: value' lines; nothing was written.")
    return data


def _wanted(before: dict[str, Any], changes: Mapping[str, str | None]) -> dict[str, Any]:
    decided = dict(before.get(_NAME) or {})
    for key, value in changes.items():
        if value is None:
            decided.pop(key, None)
        else:
            decided[key] = value
    if decided == (before.get(_NAME) or {}):
        return before
    return {**before, _NAME: decided}


def _changed(text: str, decided: Mapping[str, str], changes: Mapping[str, str | None]) -> str:
    import yaml

    newline = "\r\n" if "\r\n" in text else "\n"
    root = yaml.compose(text, yaml.SafeLoader)
    pairs = root.value if root is not None else []
    node = next((value for key, value in pairs if key.value == _NAME), None)
    if node is None:
        return _with_block(text.rstrip("\r\n") + newline if text.strip() else text, decided, newline)
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value or not decided:
        return _rewritten(text, node, decided, newline)
    standing = {key.value: (key, value) for key, value in node.value}
    edits: list[tuple[int, int, str]] = []
    indent = " " * node.value[0][0].start_mark.column
    for key, value in changes.items():
        if key in standing and value is not None:
            held = standing[key][1]
            end = held.end_mark.index
            edits.append((held.start_mark.index, end, _scalar(value) + (newline if text[:end].endswith("\n") else "")))
        elif key in standing:
            start = text.rfind("\n", 0, standing[key][0].start_mark.index) + 1
            edits.append((start, _line_end(text, standing[key][1].end_mark.index), ""))
    added = "".join(
        f"{indent}{_scalar(key)}: {_scalar(value)}{newline}"
        for key, value in changes.items()
        if key not in standing and value is not None
    )
    if added:
        end = _line_end(text, node.value[-1][1].end_mark.index)
        edits.append((end, end, added if text[:end].endswith("\n") else newline + added))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _with_block(text: str, decided: Mapping[str, str], newline: str) -> str:
    gap = newline if text.strip() else ""
    return text + gap + f"{_NAME}:{_block(decided, newline)}{newline}"


def _rewritten(text: str, node: Any, decided: Mapping[str, str], newline: str) -> str:
    """The text with another value in the place of one on a line of its own, such as ``{}``, or with none left."""
    start, end = node.start_mark.index, node.end_mark.index
    if getattr(node, "value", None) and not getattr(node, "flow_style", True):
        end = _line_end(text, node.value[-1][1].end_mark.index)
        start = text.rfind(":", 0, start) + 1
        return text[:start] + " {}" + newline + text[end:]
    head = text[:start].rstrip(" ")
    return head + (_block(decided, newline) if decided else " {}") + text[end:]


def _block(decided: Mapping[str, str], newline: str) -> str:
    return "".join(f"{newline}{_INDENT}{_scalar(key)}: {_scalar(value)}" for key, value in decided.items())


def _line_end(text: str, index: int) -> int:
    if text[:index].endswith("\n"):
        return index  # a folded value ends below its last line
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value) or value == NO_RECORD:
        return value
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in quoted) + '"'
