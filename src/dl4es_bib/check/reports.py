"""Findings in the forms that other programs read: GitHub's workflow commands and SARIF.

Sources: GitHub's "Workflow commands for GitHub Actions"; SARIF 2.1.0 (OASIS).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from dl4es_bib.check.run import Violation

_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def fingerprints(violations: Sequence[Violation]) -> tuple[str, ...]:
    """For each finding a name that stays while lines above it come and go.

    It is made of the rule, the file and the entry's key (without one, the line as it stands), and a number where these
    are equal.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for violation in violations:
        lines = violation.file.text[violation.found.offset :][:1_000].splitlines()
        place = violation.found.key or (lines[0].strip() if lines else "")
        identity = "\0".join((violation.rule.name, Path(violation.file.name).as_posix(), place))
        seen[identity] += 1
        whole = f"{identity}\0{seen[identity]}".encode("utf-8", "surrogateescape")
        found.append(hashlib.sha256(whole).hexdigest()[:32])
    return tuple(found)


def github(violations: Sequence[Violation]) -> tuple[str, ...]:
    """Each finding as a workflow command; GitHub shows it at the line in a pull request."""
    words = {"error": "error", "warning": "warning", "note": "notice"}
    rows: list[str] = []
    for violation in violations:
        finding = violation.finding
        line, column = (finding.span.line, finding.span.column) if finding.span else (1, 1)
        file, code = Path(violation.file.name).as_posix().translate(_PROPERTY), finding.code.translate(_PROPERTY)
        text = f"{finding.message} {finding.fix}".strip().translate(_DATA)
        rows.append(f"::{words[finding.severity]} file={file},line={line},col={column},title={code}::{text}")
    return tuple(rows)


def sarif(violations: Sequence[Violation], version: str) -> dict[str, Any]:
    """The findings as a SARIF log; ``version`` is the program's."""
    rules = list({violation.rule.name: violation.rule for violation in violations}.values())
    index = {rule.name: number for number, rule in enumerate(rules)}
    driver = {
        "name": "dl4es-bib",
        "version": version,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.summary or rule.name},
                "help": {"text": rule.page},
                "defaultConfiguration": {"level": rule.severity},
                "properties": {"tags": [rule.family]},
            }
            for rule in rules
        ],
    }
    results = []
    for violation, fingerprint in zip(violations, fingerprints(violations), strict=True):
        finding = violation.finding
        region = {"startLine": finding.span.line, "startColumn": finding.span.column} if finding.span else {}
        location = {"artifactLocation": {"uri": _address(violation.file.name)}, "region": region}
        results.append(
            {
                "ruleId": finding.code,
                "ruleIndex": index[finding.code],
                "level": finding.severity,
                "message": {"text": f"{finding.message} {finding.fix}".strip()},
                "locations": [{"physicalLocation": location}],
                "partialFingerprints": {"entryAndRule/v1": fingerprint},
            }
        )
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "unicodeCodePoints"}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _address(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
