"""An HTML page per section and style: complete, without script or outside resource."""

from __future__ import annotations

import html
from collections.abc import Sequence

from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.runs import anchor as entry_anchor
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section

_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h1{font-size:1.5rem;line-height:1.25}ul.references{list-style:none;padding:0}"
    "ul.references li{margin:0 0 .7rem;padding-left:2rem;text-indent:-2rem;overflow-wrap:anywhere}"
    "a{color:#0b4a8f}.mark{font:.8rem sans-serif;color:#7a3b00;border:1px solid;border-radius:.2rem;"
    "padding:0 .3rem;white-space:nowrap}@media(prefers-color-scheme:dark){body{color:#e6e6e6;"
    "background:#161616}a{color:#8fbdf0}.mark{color:#f0b070}}"
)


def render(section: Section, references: References, *, language: str = "en") -> str:
    """The page; every reference has the anchor ``ref-KEY`` (see :func:`anchor`)."""
    lines = [f"<h1>{escaped(section.heading)}</h1>"]
    if section.authors:
        lines.append(f'<p class="authors">{escaped(", ".join(str(name) for name in section.authors))}</p>')
    listed = references.of(section, "html")
    lines.append("<h2>References</h2>")
    if listed:
        lines.append('<ul class="references">')
        for entry, text in listed:
            mark = f' <span class="mark">{escaped(entry.mark)}</span>' if entry.mark else ""
            note = f" <small>{escaped(entry.note)}</small>" if entry.note else ""
            lines.append(f'<li id="{anchor(entry.key)}">{text}{mark}{note}</li>')
        lines.append("</ul>")
    else:
        lines.append("<p>No references.</p>")
    return page(section.heading, lines, language=language)


def contents(title: str, links: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """The page that leads to the others: (heading, [(label, address)]) for each section."""
    lines = [f"<h1>{escaped(title)}</h1>", "<ul>"]
    for heading, targets in links:
        anchors = ", ".join(
            f'<a href="{html.escape(address, quote=True)}">{escaped(label)}</a>' for label, address in targets
        )
        lines.append(f"<li>{escaped(heading)}: {anchors}</li>")
    return page(title, [*lines, "</ul>"])


def page(title: str, body: Sequence[str], *, language: str = "en", style: str = "") -> str:
    """A whole document around the lines of its body; ``style`` is CSS beside that of all pages."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{html.escape(language, quote=True)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escaped(title)}</title>",
            f"<style>{_STYLE}{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def anchor(key: str) -> str:
    """The id of a reference: its key, with ``.XX`` for what an id should not hold."""
    return entry_anchor(key)


def escaped(text: str) -> str:
    """Text as it may stand between tags and in attributes: no markup, no control or bidi character."""
    return html.escape(clean(text), quote=True)
