"""What ``verify`` found as one HTML page: complete, printable, what an editor sends back to an author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dl4es_bib.csl.output.runs import link_target
from dl4es_bib.export.targets.html import escaped, page
from dl4es_bib.model.difference import Difference
from dl4es_bib.model.outcome import Candidate
from dl4es_bib.model.verdict import MEANING, VERDICTS
from dl4es_bib.tasks.verify import Verification, Verified

STYLE: Final = (
    "table{border-collapse:collapse;width:100%;margin:.3rem 0}th,td{text-align:left;vertical-align:top;padding:.2rem"
    " .6rem .2rem 0;overflow-wrap:anywhere}section.reference{border-top:1px solid;padding:.6rem 0;break-inside:avoid}"
    ".place{font:.8rem sans-serif}caption{text-align:left;font-style:italic}"
)
#: The longest text and the most records that are shown of one reference.
_LONGEST: Final = 1_000
_RECORDS: Final = 5
_TITLE: Final = "References checked"


def verify_page(done: Verification, sources: str, *, language: str = "en") -> str:
    """The page: counts, then what needs a person, then what was verified.

    Arguments:
        done: what was found.
        sources: the names of the files, for the heading.
    """
    number = len(done.entries)
    lines = [
        f"<h1>{_TITLE}: {escaped(sources)}</h1>",
        f"<p>{number} reference{'' if number == 1 else 's'}. What is said here is said of the references, not of who "
        "wrote them: a reference that was not found may exist.</p>",
        "<table><caption>Verdicts</caption>",
        '<tr><th scope="col">Verdict</th><th scope="col">References</th><th scope="col">Meaning</th></tr>',
        *(
            f'<tr><th scope="row">{verdict}</th><td>{count}</td><td>{escaped(MEANING[verdict])}</td></tr>'
            for verdict, count in done.summary.items()
            if count
        ),
        "</table>",
    ]
    for verdict in sorted(VERDICTS, key=lambda verdict: verdict == "verified"):
        entries = [entry for entry in done.entries if entry.verdict == verdict]
        if entries:
            lines.append(f"<h2>{verdict}: {escaped(MEANING[verdict])}</h2>")
            for entry in entries:
                lines += _reference(entry)
    if done.findings:
        lines += ["<h2>What could not be read or asked</h2>", "<ul>"]
        lines += [f"<li>{escaped(str(finding))}</li>" for finding in dict.fromkeys(done.findings)]
        lines.append("</ul>")
    return page(f"{_TITLE}: {sources}", lines, language=language, style=STYLE)


def _reference(entry: Verified) -> Iterator[str]:
    key = f" <code>{escaped(entry.cited.citation_key)}</code>" if entry.cited.citation_key else ""
    yield '<section class="reference">'
    yield f'<p><span class="place">{escaped(str(entry.cited.span))}{key}</span><br>'
    yield f"{escaped(entry.cited.text[:_LONGEST])}</p>"
    caption = "Differences" if entry.is_certain or entry.best is None else "Differences from the nearest record"
    yield from _differences(entry.differences, caption)
    if entry.verdict != "verified":
        yield from _list("Why", [escaped(reason) for reason in entry.reasons])
    heading = "Record" if entry.is_certain else "Nearest records"
    yield from _list(heading, [record_line(candidate) for candidate in entry.candidates[:_RECORDS]], numbered=True)
    for number, candidate in enumerate(() if entry.is_certain else entry.candidates[1:_RECORDS], 2):
        yield from _differences(candidate.differences, f"Differences from record {number}")
    yield "</section>"


def _differences(differences: Sequence[Difference], caption: str) -> Iterator[str]:
    if not differences:
        return
    yield f"<table><caption>{caption}</caption>"
    yield '<tr><th scope="col">Field</th><th scope="col">Here</th><th scope="col">Record</th>'
    yield '<th scope="col">What</th></tr>'
    for difference in differences:
        slight = "" if difference.seriousness == "real" else " (slight)"
        yield f'<tr><th scope="row">{escaped(difference.variable)}{slight}</th>'
        yield f"<td>{escaped(difference.said[:_LONGEST])}</td><td>{escaped(difference.record[:_LONGEST])}</td>"
        yield f"<td>{escaped(difference.what)}</td></tr>"
    yield "</table>"


def _list(heading: str, rows: list[str], *, numbered: bool = False) -> Iterator[str]:
    if rows:
        kind = "ol" if numbered else "ul"
        yield f"<p>{heading}:</p><{kind}>"
        yield from (f"<li>{row}</li>" for row in rows)
        yield f"</{kind}>"


def record_line(candidate: Candidate) -> str:
    """A record in one line of markup: authors, year, title, container, address."""
    work = candidate.work
    people = ", ".join(str(name) for name in work.names("author")[:3])
    more = " et al." if len(work.names("author")) > 3 else ""
    text = escaped(f"{people}{more} ({work.year or 'no year'}). {work.title}"[:_LONGEST])
    container = f" <i>{escaped(work.text('container-title'))}</i>" if work.text("container-title") else ""
    address = link_target(work.doi.link if work.doi is not None else work.text("URL"))
    link = f' <a href="{escaped(address)}">{escaped(address)}</a>' if address else ""
    sure = "" if candidate.probability is None else f" (probability {candidate.probability:.2f})"
    return f"{text}.{container}{link}{sure}"
