"""A document with citation keys → the same document with formatted citations and its bibliography."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dl4es_bib.disk.safe_yaml import YamlError, load_yaml
from dl4es_bib.disk.source import load
from dl4es_bib.identify.citations.markup import markup_kind
from dl4es_bib.identify.front_matter import FRONT_MATTER
from dl4es_bib.model.errors import UnreadableInput, UsageError
from dl4es_bib.tasks.cite_markdown import CitedText, Manner, cite_markdown
from dl4es_bib.tasks.citing import Database, locator_words, style_named

if TYPE_CHECKING:
    from dl4es_bib import csl

__all__ = ["WORD", "CitedText", "cite_document"]

#: How names of Word files end.
WORD: Final = (".docx", ".docm")


def cite_document(
    name: str,
    libraries: Sequence[Path],
    *,
    style: str = "",
    default_style: str = "apa",
    locale: str = "",
    default_locale: str = "",
    per_chapter: bool = False,
    numbers_go_on: bool = False,
) -> CitedText:
    """Write the citations of a document and its bibliography.

    Where the arguments are empty, what the front matter of a Markdown document says counts (``csl``, ``lang``,
    ``link-citations``, ``reference-section-title``, ``suppress-bibliography``, ``references``, as in pandoc's manual).

    Arguments:
        name: the document, Markdown or Word.
        libraries: the .bib and other files of references, which are one database.
        style: a CSL style; one of notes makes footnotes.
        default_style: the style where neither argument nor document name one.
        locale: the language of terms.
        default_locale: the language where neither argument nor document name one; empty for the style's own.
        per_chapter: write a list of references for each chapter.
        numbers_go_on: let numbers go through all chapters.

    Raises:
        UnreadableInput: the document or a library cannot be read, or is of another kind.
        UsageError: there is no such style or locale.
    """
    if name.lower().endswith(WORD):
        from dl4es_bib.tasks.cite_word import cite_word

        if per_chapter:
            raise UsageError("Lists for each chapter are written into Markdown only. Leave out --per-chapter.")
        chosen = _style(style or default_style, Path(name))
        language = locale or default_locale
        return cite_word(name, libraries, Manner(chosen, locator_words(chosen, language), language))
    if markup_kind(name) != "markdown":
        raise UnreadableInput(
            f"{name} is no Markdown and no Word file. Citations are written in .md, .qmd, .Rmd and .docx; for LaTeX "
            "use biblatex with 'latex'."
        )
    source = load(name)
    text = source.text
    given = _front_matter(text, name)
    chosen = _style(style or str(given.get("csl") or given.get("citation-style") or "") or default_style, Path(name))
    language = locale or str(given.get("lang") or "") or default_locale
    records = given.get("references")
    title = given.get("reference-section-title")
    manner = Manner(
        chosen,
        locator_words(chosen, language),
        language,
        title=str(title) if title is not None else "References",
        per_chapter=per_chapter,
        numbers_go_on=numbers_go_on,
        is_listed=not given.get("suppress-bibliography"),
        entry_links=bool(given.get("link-citations")),
    )
    held = [record for record in records if isinstance(record, dict)] if isinstance(records, list) else []
    cited = cite_markdown(name, text, Database(libraries, held), manner)
    if source.data.count(b"\r\n") * 2 > text.count("\n") and isinstance(cited.text, str):
        return replace(cited, text=cited.text.replace("\n", "\r\n"))
    return cited


def _front_matter(text: str, name: str) -> Mapping[str, Any]:
    """What stands in the front matter; nothing when it is no YAML, which is not for us to tell."""
    found = FRONT_MATTER.match(text)
    if found is None:
        return {}
    try:
        data = load_yaml(found[1], name)
    except YamlError:
        return {}
    return data if isinstance(data, dict) else {}


def _style(name: str, document: Path) -> csl.Style:
    """A style by name, or by a path from the folder of the document."""
    beside = document.parent / name
    if name.lower().endswith(".csl") and "://" not in name and not Path(name).is_file() and beside.is_file():
        return style_named(str(beside))
    return style_named(name)
