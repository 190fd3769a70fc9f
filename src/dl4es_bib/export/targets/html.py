"""An HTML page per section and style: complete, without script or outside resource."""

from __future__ import annotations

import html
from collections.abc import Sequence

from dl4es_bib.csl.output import clean
from dl4es_bib.csl.output.runs import anchor as entry_anchor
from dl4es_bib.export.references import References
from dl4es_bib.export.section import Section
from dl4es_bib.export.words import Words

_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h1{font-size:1.5rem;line-height:1.25}h1,.authors{unicode-bidi:plaintext;text-align:start}"
    "ul.references{list-style:none;padding:0}"
    "ul.references li{margin:0 0 .7rem;padding-inline-start:2rem;text-indent:-2rem;overflow-wrap:anywhere}"
    "a{color:#0b4a8f}.mark{font:.8rem sans-serif;color:#7a3b00;border:1px solid;border-radius:.2rem;"
    "padding:0 .3rem;white-space:nowrap}@media(prefers-color-scheme:dark){body{color:#e6e6e6;"
    "background:#161616}a{color:#8fbdf0}.mark{color:#f0b070}}"
)


def render(section: Section, references: References) -> str:
    """The page; every reference has the anchor ``ref-KEY`` (see :func:`anchor`)."""
    words = references.words
    lines = [f"<h1>{escaped(section.heading)}</h1>"]
    if section.authors:
        lines.append(f'<p class="authors">{escaped(", ".join(str(name) for name in section.authors))}</p>')
    listed = references.of(section, "html")
    lines.append(f"<h2>{escaped(words.text('references'))}</h2>")
    if listed:
        lines.append('<ul class="references">')
        for entry, text in listed:
            mark = f' <span class="mark">{escaped(references.mark(entry))}</span>' if entry.mark else ""
            note = f" <small>{escaped(entry.note)}</small>" if entry.note else ""
            lines.append(f'<li id="{anchor(entry.key)}" dir="auto">{text}{mark}{note}</li>')
        lines.append("</ul>")
    else:
        lines.append(f"<p>{escaped(words.text('no_references'))}</p>")
    return page(section.heading, lines, language=words.locale)


def contents(title: str, sections: Sequence[tuple[str, int, Sequence[tuple[str, str]]]], words: Words) -> str:
    """The page that leads to the others.

    Arguments:
        title: of the document.
        sections: for each its heading, how many references it has, and its lists as (title of the style, address).
        words: of the page's language.
    """
    lines = [f"<h1>{escaped(title)}</h1>", f"<p>{escaped(words.text('contents'))}</p>", '<ul class="references">']
    for heading, number, lists in sections:
        count = words.counted("count", number) if number else words.text("no_references")
        styled = " · ".join(
            f'<a href="{escaped(address)}" aria-label="{escaped(f"{heading}, {style}")}">{escaped(style)}</a>'
            for style, address in lists
        )
        lines.append(f"<li><bdi>{escaped(heading)}</bdi><br><small>{escaped(count)} {styled}</small></li>")
    return page(title, [*lines, "</ul>"], language=words.locale)


def page(title: str, body: Sequence[str], *, language: str = "", style: str = "") -> str:
    """A whole document around the lines of its body; ``style`` is CSS beside that of all pages."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f"<html {Words.of(language).html_attributes}>",
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
