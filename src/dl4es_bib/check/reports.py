"""Findings in the forms that other programs read: GitHub's workflow commands and SARIF.

Sources: GitHub's "Workflow commands for GitHub Actions"; SARIF 2.1.0 (OASIS).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from dl4es_bib.check.rule import Rule
from dl4es_bib.check.run import Violation
from dl4es_bib.model.finding import Finding, Severity

_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}
#: GitHub's words for the severities; SARIF's are ours.
_WORDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding as it is reported.

    Attributes:
        finding: the finding; its code names a rule.
        place: what names the place while lines above it come and go: an entry's key, or the text of a line.
    """

    finding: Finding
    place: str

    @property
    def file(self) -> str:
        """The file, with ``/``; ``""`` for a finding of no place."""
        return Path(self.finding.span.file).as_posix() if self.finding.span else ""


@dataclass(frozen=True, slots=True)
class ReportedRule:
    """A rule as SARIF describes it.

    Attributes:
        name: its code.
        summary: one sentence.
        page: all that is to be said of it.
        level: its usual severity.
        family: the family it belongs to.
    """

    name: str
    summary: str
    page: str
    level: Severity
    family: str

    @classmethod
    def of(cls, rule: Rule) -> ReportedRule:
        """A rule of ``check``."""
        return cls(rule.name, rule.summary or rule.name, rule.page, rule.severity, rule.family)


def reported(violations: Sequence[Violation]) -> tuple[Reported, ...]:
    """What ``check`` found, each with the key of its entry, without one the line as it stands."""
    found: list[Reported] = []
    for violation in violations:
        lines = violation.file.text[violation.found.offset :][:1_000].splitlines()
        found.append(Reported(violation.finding, violation.found.key or (lines[0].strip() if lines else "")))
    return tuple(found)


def fingerprints(findings: Sequence[Reported]) -> tuple[str, ...]:
    """For each finding a name that stays while lines above it come and go.

    It is made of the rule, the file and the place, and a number where these are equal.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for finding in findings:
        identity = "\0".join((finding.finding.code, finding.file, finding.place))
        seen[identity] += 1
        whole = f"{identity}\0{seen[identity]}".encode("utf-8", "surrogateescape")
        found.append(hashlib.sha256(whole).hexdigest()[:32])
    return tuple(found)


def github(findings: Sequence[Reported]) -> tuple[str, ...]:
    """Each finding as a workflow command; GitHub shows it at the line in a pull request."""
    rows: list[str] = []
    for found in findings:
        finding = found.finding
        line, column = (finding.span.line, finding.span.column) if finding.span else (1, 1)
        file, code = found.file.translate(_PROPERTY), finding.code.translate(_PROPERTY)
        text = f"{finding.message} {finding.fix}".strip().translate(_DATA)
        rows.append(f"::{_WORDS[finding.severity]} file={file},line={line},col={column},title={code}::{text}")
    return tuple(rows)


def sarif(findings: Sequence[Reported], rules: Sequence[ReportedRule], version: str) -> dict[str, Any]:
    """The findings as a SARIF log.

    Arguments:
        rules: the rules that the findings' codes name.
        version: the program's.
    """
    used = {found.finding.code for found in findings}
    rules = list({rule.name: rule for rule in rules if rule.name in used}.values())
    index = {rule.name: number for number, rule in enumerate(rules)}
    driver = {
        "name": "dl4es-bib",
        "version": version,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.summary},
                "help": {"text": rule.page},
                "defaultConfiguration": {"level": rule.level},
                "properties": {"tags": [rule.family]},
            }
            for rule in rules
        ],
    }
    results = []
    for found, fingerprint in zip(findings, fingerprints(findings), strict=True):
        finding = found.finding
        region = {"startLine": finding.span.line, "startColumn": finding.span.column} if finding.span else {}
        location = {"artifactLocation": {"uri": _address(found.file)}, "region": region}
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
