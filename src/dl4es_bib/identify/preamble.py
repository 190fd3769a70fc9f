r"""What is wrong with the bibliography packages of an existing LaTeX preamble."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dl4es_bib.model.finding import Finding
from dl4es_bib.model.span import Span

#: Packages biblatex does not work with (biblatex manual §1.5.4), and what to do instead.
_INCOMPATIBLE: Final = {
    "natbib": "Remove it and load biblatex with the option natbib=true, which keeps \\citep and \\citet.",
    "cite": "Remove it; biblatex sorts and compresses with style=numeric-comp.",
    "chapterbib": "Remove it; \\newrefsection does the same.",
    "bibunits": "Remove it; \\newrefsection does the same.",
    "bibtopic": "Remove it; \\printbibliography takes filters.",
    "multibib": "Remove it; \\printbibliography takes filters.",
    "backref": "Remove it; biblatex has the option backref=true.",
    "jurabib": "Remove it.",
    "babelbib": "Remove it; biblatex is multilingual.",
    "inlinebib": "Remove it.",
    "citeref": "Remove it; biblatex has the option backref=true.",
    "mcite": "Remove it; biblatex has the option mcite=true.",
    "mciteplus": "Remove it; biblatex has the option mcite=true.",
    "splitbib": "Remove it; \\printbibliography takes filters.",
    "bibtopicprefix": "Remove it.",
}
_PACKAGES = re.compile(r"\\(?:usepackage|RequirePackage)\s*(?:\[([^\[\]]{0,2000})\])?\s*\{([^{}]{0,500})\}")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_STYLE_COMMAND = re.compile(r"\\bibliographystyle\s*\{")


def check_preamble(tex: str, *, file: str = "") -> tuple[Finding, ...]:
    r"""Find packages that cannot be loaded together, such as biblatex and natbib.

    Arguments:
        tex: a LaTeX file, or its preamble; everything after ``\begin{document}`` is ignored.
        file: its name, for the findings.
    """
    text = without_comments(tex).partition("\\begin{document}")[0]
    loaded: dict[str, tuple[int, str]] = {}
    for match in _PACKAGES.finditer(text):
        for name in match.group(2).split(","):
            loaded.setdefault(name.strip(), (match.start(), match.group(1) or ""))
    return tuple(_findings(text, loaded, file))


def _findings(text: str, loaded: dict[str, tuple[int, str]], file: str) -> Iterator[Finding]:
    def span(position: int) -> Span:
        return Span(file, text.count("\n", 0, position) + 1)

    if "biblatex" in loaded:
        for name, cure in _INCOMPATIBLE.items():
            if name in loaded:
                yield Finding(
                    f"latex/biblatex-{name}",
                    f"The packages biblatex and {name} cannot be loaded together.",
                    span(loaded[name][0]),
                    cure,
                    "error",
                )
        style = _STYLE_COMMAND.search(text)
        if style:
            yield Finding(
                "latex/biblatex-style",
                "\\bibliographystyle is ignored by biblatex.",
                span(style.start()),
                "Name the style as an option: \\usepackage[style=numeric]{biblatex}.",
            )
    elif "chapterbib" in loaded and "natbib" in loaded and "sectionbib" not in loaded["natbib"][1]:
        yield Finding(
            "latex/natbib-sectionbib",
            "natbib is loaded for chapterbib without the option sectionbib, so each list is a chapter.",
            span(loaded["natbib"][0]),
            "Load it with \\usepackage[sectionbib]{natbib}.",
        )


def without_comments(tex: str) -> str:
    """LaTeX without its comments; lines stay where they are."""
    return _COMMENT.sub(r"\1", tex)
