"""What ``verify`` found, as findings with codes.

A code is the verdict (``retracted``), for a difference the verdict and the CSL variable (``differs/issued``): names
that stay, so that other programs can count and switch them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from dl4es_bib.check.reports import Reported, ReportedRule
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.finding import Finding, Severity
from dl4es_bib.model.verdict import MEANING, Policy, Verdict
from dl4es_bib.tasks.verify import NOTHING_TO_LOOK_UP, Verification, Verified

_LONGEST: Final = 200


_SEVERITY: Final[Mapping[Verdict, Severity]] = {
    "other-work": "error", "retracted": "error", "differs": "warning", "not-found": "warning",
    "not-checked": "note", "unverifiable": "note", "verified": "note",
}  # fmt: skip


def is_fault(entry: Verified, policy: Policy) -> bool:
    """Whether a reference is a fault by a policy."""
    if entry.implausible and "differs" in policy.faults:
        return True
    return policy.is_fault(entry.verdict, differs=entry.verdict == "verified" and bool(entry.differences))


def reported(done: Verification, policy: Policy) -> tuple[Reported, ...]:
    """The findings of all references; what the policy does not count is a note."""
    found: list[Reported] = []
    for entry in done.entries:
        place = entry.cited.citation_key or entry.cited.text[:_LONGEST]
        found += [Reported(finding, place) for finding in _findings(entry, policy)]
    return tuple(found)


def rules() -> tuple[ReportedRule, ...]:
    """The rules that the findings' codes name."""
    found = [
        ReportedRule(verdict, f"The reference: {meaning}.", f"The reference: {meaning}.", _SEVERITY[verdict], "verify")
        for verdict, meaning in MEANING.items()
    ]
    for variable, field in _FIELDS.items():
        summary = f"The {field} is not the one of the work's record."
        found.append(ReportedRule(f"differs/{variable}", summary, summary, "warning", "verify"))
    return tuple(found)


#: What the fields that can differ are called in sentences.
_FIELDS: Final = {
    "title": "title", "author": "list of authors", "editor": "list of editors", "issued": "year",
    "container-title": "journal or book", "publisher": "publisher", "volume": "volume", "issue": "issue",
    "page": "page", "DOI": "DOI", "status": "standing", "URL": "address", "ISBN": "ISBN",
}  # fmt: skip


def _findings(entry: Verified, policy: Policy) -> Iterator[Finding]:
    if entry.verdict in ("verified", "differs"):
        for difference in entry.differences:
            if difference.seriousness == "real" or policy.slight:
                yield _of_difference(entry, difference, policy)
        return
    severity: Severity = _SEVERITY[entry.verdict]
    if not is_fault(entry, policy):
        severity = "note"
    elif severity == "note":
        severity = "warning"
    meaning = NOTHING_TO_LOOK_UP if NOTHING_TO_LOOK_UP in entry.reasons else MEANING[entry.verdict]
    message = f"{_name(entry)}: {meaning}."
    for difference in entry.implausible:
        yield _of_difference(entry, difference, policy)
    yield Finding(entry.verdict, message, entry.cited.span, _nearest(entry), severity)


def _of_difference(entry: Verified, difference: Difference, policy: Policy) -> Finding:
    said, record = difference.said[:_LONGEST], difference.record[:_LONGEST]
    message = f"{_name(entry)}: {difference.variable}: {difference.what.rstrip('.')}. Here: {said!r}"
    message += f"; record: {record!r}." if record else "."
    severity: Severity = "warning" if is_fault(entry, policy) else "note"
    cure = f"See the record of {_identifier(entry)}." if _identifier(entry) else ""
    return Finding(f"differs/{difference.variable}", message, entry.cited.span, cure, severity)


def _nearest(entry: Verified) -> str:
    if entry.best is None:
        return ""
    work = entry.best.work
    return f"The nearest record is {_identifier(entry)}, {work.title[:_LONGEST]!r} ({work.year or 'no year'})."


def _identifier(entry: Verified) -> str:
    return (entry.best.work.text("DOI") or str(entry.best.work.text("URL"))) if entry.best is not None else ""


def _name(entry: Verified) -> str:
    return entry.cited.citation_key or f"“{entry.cited.text[:60]}”"
