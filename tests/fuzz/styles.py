"""Random and damaged CSL styles with hostile items: refused with a sentence, or formatted in bounded time and well escaped.

    python tests/fuzz/styles.py [COUNT] [SEED]

Each input has a seed of its own, ``SEED + number``.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import quoteattr

from rounds import check, nested, run, text, value

from dl4es_bib.csl.errors import LocaleError, RenderError, StyleError
from dl4es_bib.csl.output.formats import Format
from dl4es_bib.csl.processor import Processor
from dl4es_bib.csl.style.find import Style

HEAD = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>x</id>'
    "<updated>2020-01-01T00:00:00+00:00</updated></info>"
)
VARIABLES = (
    "title",
    "container-title",
    "volume",
    "page",
    "URL",
    "DOI",
    "note",
    "publisher",
    "citation-number",
    "x",
    "edition",
)
FORMATS: tuple[Format, ...] = ("text", "markdown", "html", "latex")
ODD = (
    "",
    "true",
    "false",
    "long",
    "short",
    "9" * 30,
    "-1",
    "é",
    "<script>",
    "\\input{x}",
    "$x$",
    "javascript:x",
    "%",
    "{",
    "any",
    "all",
)


def attribute(chance: random.Random, name: str, *values: str) -> str:
    """An attribute, now and then, and now and then with an odd value."""
    if chance.random() < 0.6:
        return ""
    given = chance.choice(values) if values and chance.random() < 0.8 else chance.choice(ODD)
    return f" {name}={quoteattr(re.sub('[^ -~é]', '', given))}"


def affixes(chance: random.Random) -> str:
    """Affixes, faces and the like."""
    said = "".join(
        attribute(chance, name, text(chance, 4), text(chance, 2))
        for name in ("prefix", "suffix", "delimiter")
        if chance.random() < 0.4
    )
    return (
        said
        + attribute(chance, "font-style", "italic", "normal")
        + attribute(chance, "vertical-align", "sup", "sub")
        + attribute(chance, "text-case", "title", "sentence", "uppercase", "capitalize-first")
        + attribute(chance, "quotes", "true")
        + attribute(chance, "display", "block", "left-margin", "indent")
        + attribute(chance, "strip-periods", "true")
    )


def element(chance: random.Random, depth: int = 0, lowest: int = 0) -> str:
    """One element that prints something; it calls macros from number ``lowest`` on."""
    kind = chance.randrange(9 if depth < 5 else 5)
    variable = chance.choice(VARIABLES)
    match kind:
        case 0 | 1:
            return f'<text variable="{variable}"{affixes(chance)}/>'
        case 2:
            return f'<text macro="m{chance.randrange(lowest, 7)}"{affixes(chance)}/>'
        case 3:
            return f"<text value={quoteattr(re.sub('[^ -~é]', '', text(chance, 5)))}{affixes(chance)}/>"
        case 4:
            form = attribute(chance, "form", "numeric", "ordinal", "roman", "long-ordinal", "text", "year")
            return chance.choice(
                (
                    f'<number variable="{variable}"{form}/>',
                    f'<date variable="issued"{form}/>',
                    f'<text term="in"{affixes(chance)}/>',
                )
            )
        case 5:
            inner = "".join(element(chance, depth + 1, lowest) for _ in range(chance.randrange(4)))
            return f"<group{affixes(chance)}>{inner}</group>"
        case 6:
            inner = f"<if{attribute(chance, 'type', 'book', 'book article-journal')}{attribute(chance, 'variable', variable)}{attribute(chance, 'match', 'any', 'none')}>"
            return f"<choose>{inner}{element(chance, depth + 1, lowest)}</if><else>{element(chance, depth + 1, lowest)}</else></choose>"
        case 7:
            said = (
                attribute(chance, "and", "text", "symbol")
                + attribute(chance, "et-al-min", "1", "3")
                + attribute(chance, "et-al-use-first", "1", "9")
            )
            return f'<names variable="author"><name{said}/><label/><substitute>{element(chance, depth + 1, lowest)}</substitute></names>'
        case _:
            return f"<{chance.choice(('text', 'group', 'names', 'date', 'label', 'sort', 'x'))}{affixes(chance)}/>"


def style(chance: random.Random) -> bytes:
    """One style, sometimes damaged."""
    macros = "".join(
        f'<macro name="m{number}">{element(chance, 0, number + 1)}{element(chance, 0, number + 1)}</macro>'
        for number in range(6)
    )
    macros += '<macro name="m6"><text variable="title"/></macro>'
    if chance.random() < 0.03:
        macros += (
            "".join(
                f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(7, 40)
            )
            + '<macro name="m40"><text variable="title"/></macro>'
        )
    sort = chance.choice(("", "", '<sort><key variable="title"/></sort>', '<sort><key macro="m0"/></sort>'))
    layout = f"<layout{affixes(chance)}>{element(chance)}{element(chance)}</layout>"
    xml = f"{HEAD}{macros}<citation>{layout}</citation><bibliography>{sort}{layout}</bibliography></style>"
    data = xml.encode("utf-8", "ignore")
    while chance.random() < 0.15:
        at = chance.randrange(len(data))
        data = (
            data[:at]
            + bytes(chance.choices(range(256), k=chance.randrange(3)))
            + data[at + chance.choice((0, 1, 30)) :]
        )
    return data


def item(chance: random.Random, number: int) -> dict[str, object]:
    """One item, with values of any kind."""
    found: dict[str, object] = {name: value(chance) for name in VARIABLES if chance.random() < 0.5}
    found |= (
        {"author": value(chance), "issued": value(chance)}
        if chance.random() < 0.3
        else {"author": [{"family": text(chance, 3), "given": text(chance, 2)}]}
    )
    return found | {"id": f"i{number}", "type": chance.choice(("book", "article-journal", "x"))}


def one(chance: random.Random, figures: Counter[str]) -> None:
    """One style and three items in each format."""
    data = style(chance)
    items = [item(chance, number) for number in range(3)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fuzz.csl")
        path.write_bytes(data)
        try:
            processor = Processor(Style.load(path))
            processor.register(items)
            for format in FORMATS:
                listed = [entry.text for entry in processor.bibliography(format)]
                listed += processor.citations(
                    [["i0"], ["i1", "i2"], [{"id": "i0", "prefix": text(chance, 3), "locator": text(chance, 2)}]],
                    format,
                )
                for written in listed:
                    safe(written, format)
        except (StyleError, LocaleError, RenderError) as error:
            figures["refused"] += 1
            check(bool(str(error)), "an error without a sentence")
            return
    figures["formatted"] += 1


def safe(written: str, format: Format) -> None:
    """Nothing of a style or of an item acts in what is written."""
    if format == "html":
        check(
            re.search(r"<(?!/?(?:i|b|em|strong|sup|sub|span|div|a|u|br)\b)[a-z!]", written) is None,
            f"a tag in {written!r}",
        )
        check(re.search(r"href=\"(?!https?:|mailto:|ftp:|#)", written) is None, f"an odd link in {written!r}")
    if format == "latex":
        check(nested(re.sub(r"\\[{}\\]", "", written)), f"braces do not match in {written!r}")
        check(
            re.search(r"(?<!\\)\\(?:input|write|catcode|def|csname|include)\b", written.replace("\\textbackslash", ""))
            is None,
            f"a command in {written!r}",
        )


def main(arguments: list[str]) -> int:
    """Run; 0 when nothing failed."""
    return run(arguments, one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
