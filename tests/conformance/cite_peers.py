"""Citations of documents beside those of pandoc and citeproc-js, the differences sorted into classes.

::

    python tests/conformance/cite_peers.py [--cache DIR] [--show CLASS] [--style STYLE]

Each situation is a small Markdown document about made-up works; it is cited in every style. pandoc reads it and formats
it with its own processor, this package formats the same document as pandoc's filter, and citeproc-js gets the citations
as this package reads them. pandoc is that of PyPI (``pypandoc_binary``), citeproc-js is fetched with npm.

The last line is JSON. What is left, and why, stands in ``docs/guides/cite.md``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csl_peers import CITEPROC, normal

STYLES = (
    "apa",
    "chicago-author-date",
    "harvard-cite-them-right",
    "modern-language-association",
    "ieee",
    "nature",
    "american-medical-association",
    "din-1505-2-alphanumeric",
    "chicago-notes-bibliography",
)


def work(id: str, type: str, authors: str, year: int, title: str, **more: str) -> dict[str, Any]:
    """A made-up work; names are ``Family, Given`` parted by semicolons, a name without comma is an organisation."""
    names = [
        {"family": name.split(", ")[0], "given": name.split(", ")[1]} if ", " in name else {"literal": name}
        for name in filter(None, authors.split("; "))
    ]
    item: dict[str, Any] = {"id": id, "type": type, "title": title, **more}
    if names:
        item["author"] = names
    if year:
        item["issued"] = {"date-parts": [[year]]}
    return item


WORKS = [
    work("ode04", "article-journal", "Ode, Ann; Bell, Bo", 2004, "Tides of ice", volume="12", page="1-9",
         **{"container-title": "Sea Letters"}),
    work("bell06", "book", "Bell, Bo", 2006, "Buoys", publisher="Reed", **{"publisher-place": "Hull"}),
    work("bell06b", "book", "Bell, Bo", 2006, "Anchors", publisher="Reed", **{"publisher-place": "Hull"}),
    work("bell99", "book", "Bell, Bo", 1999, "Currents", publisher="Reed", **{"publisher-place": "Hull"}),
    work("bella06", "book", "Bell, Art", 2006, "Sails", publisher="Reed", **{"publisher-place": "Hull"}),
    work("dee10", "book", "Dee, Cy; Kim, Ali; Roe, Bea", 2010, "Floes", publisher="Reed"),
    work("dee11", "book", "Dee, Cy; Kim, Ali; Poe, Dan; Lund, Eva", 2011, "Floes again", publisher="Reed"),
    work("dee11b", "book", "Dee, Cy; Kim, Ali; Sand, Fay; Lund, Eva", 2011, "Floes once more", publisher="Reed"),
    work("office12", "report", "Office of Ice", 2012, "Ice report", publisher="Office of Ice"),
    work("anon15", "webpage", "", 2015, "Ice today", URL="https://ice.example/today"),
    work("roe", "book", "Roe, Bea", 0, "Undated notes", publisher="Reed"),
    work("moe01", "chapter", "Moe, Gus", 2001, "On waves", page="10-20", publisher="Reed",
         **{"container-title": "The sea"}),
]  # fmt: skip

#: Name → a document; each paragraph has one citation or several.
SITUATIONS = {
    "one work": "Tides [@ode04].",
    "two works": "Tides [@ode04; @bell06].",
    "three works, one author": "Tides [@bell06; @ode04; @bell99].",
    "page": "Tides [@bell06, p. 3].",
    "pages": "Tides [@bell06, pp. 3-14, 20].",
    "number without a label": "Tides [@bell06, 33].",
    "chapter": "Tides [@bell06, chap. 2].",
    "section sign": "Tides [@bell06, §5].",
    "Roman pages": "Tides [@bell06, pp. xii-xv].",
    "line and figure": "Tides [@bell06, l. 5]. Ice [@ode04, fig. 3].",
    "prefix": "Tides [see @ode04].",
    "suffix": "Tides [@ode04, and others].",
    "suffix without a comma": "Tides [@ode04 for all].",
    "prefix, page and suffix": "Tides [see @ode04, pp. 3-4, and others].",
    "prefix for each": "Tides [see @ode04, p. 3; also @bell06, chap. 4].",
    "prefix for the first of two": "Tides [see @ode04; @bell06].",
    "emphasis in the prefix": "Tides [*cf.* @ode04].",
    "braces": "Tides [@ode04{A, 5}, with words].",
    "braces with a label": "Tides [@ode04, {vol. 2}].",
    "empty braces": "Tides [@ode04{}, 99 years].",
    "author left out": "Ode says so [-@ode04].",
    "author left out, with page": "Ode says so [-@ode04, p. 3].",
    "author left out of one": "Bell says so [-@bell06; @ode04].",
    "in the sentence": "@ode04 says so.",
    "in the sentence with page": "@ode04 [p. 3] says so.",
    "in the sentence with another": "@ode04 [p. 3; see also @bell06] says so.",
    "in the sentence twice": "@ode04 says so. And @ode04 again.",
    "same year": "Tides [@bell06]. Ice [@bell06b].",
    "same year together": "Tides [@bell06; @bell06b; @bell99].",
    "same family name": "Tides [@bell06; @bella06].",
    "three authors": "Tides [@dee10]. Again [@dee10].",
    "et al. alike": "Tides [@dee11]. Ice [@dee11b].",
    "organisation": "Tides [@office12]. @office12 says so.",
    "no author": "Tides [@anon15]. @anon15 says so.",
    "no date": "Tides [@roe, p. 3].",
    "chapter in a book": "Tides [@moe01].",
    "again": "Tides [@ode04]. Again [@ode04].",
    "again with page": "Tides [@bell06, p. 3]. Again [@bell06, p. 3]. And [@bell06, p. 4].",
    "again after another": "Tides [@ode04]. Ice [@bell06]. Again [@ode04, p. 3].",
    "again after two": "Tides [@ode04; @bell06]. Again [@bell06].",
    "four in a row": "One [@ode04]. Two [@bell06]. Three [@dee10]. All [@ode04; @bell06; @dee10; @bell99].",
    "in a note": "Tides.^[See @ode04 there.] Ice [@bell06].",
    "in a note, in brackets": "Tides.^[This is said often [@ode04, p. 3].] Again [@ode04].",
    "key in braces": "Tides [@{ode04}, p. 3].",
    "in italics": "*Tides [@ode04].*",
    "quotation before": "He said \"so\" [@ode04].",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """The citations of a document, or why there are none."""

    citations: tuple[str, ...] = ()
    error: str = ""


class Peers:
    """pandoc and citeproc-js."""

    def __init__(self, cache: Path) -> None:
        import pypandoc

        self.pandoc = pypandoc.get_pandoc_path()
        self.folder = Path(tempfile.mkdtemp())
        self.works = self.folder / "works.json"
        self.works.write_text(json.dumps(WORKS), encoding="utf-8")
        package = cache / "node_modules" / "citeproc"
        if not package.exists():
            subprocess.run(["npm", "install", "--prefix", str(cache), CITEPROC], check=True)
        import citeproc

        locales = Path(citeproc.__file__).parent / "data" / "locales"
        command = ["node", str(Path(__file__).with_suffix(".js")), str(package / "citeproc_commonjs.js"), str(locales)]
        self.node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self, text: str) -> str:
        """A document as pandoc reads it."""
        command = [self.pandoc, "-f", "markdown", "-t", "json"]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    def of_pandoc(self, document: str, style: Path) -> Answer:
        """What pandoc makes of it."""
        command = [self.pandoc, "-f", "json", "-t", "json", "--citeproc", f"--csl={style}"]
        command.append(f"--bibliography={self.works}")
        done = subprocess.run(command, input=document, capture_output=True, text=True, check=False)
        return Answer(tuple(written(done.stdout))) if not done.returncode else Answer(error=done.stderr[:200])

    def of_citeproc_js(self, text: str, style: Path, *, is_note: bool) -> Answer:
        """What citeproc-js makes of the citations."""
        request = {"style": str(style), "items": WORKS, "clusters": list(clusters_of(text, is_note=is_note))}
        assert self.node.stdin is not None
        assert self.node.stdout is not None
        self.node.stdin.write(json.dumps(request) + "\n")
        self.node.stdin.flush()
        answer = json.loads(self.node.stdout.readline())
        return Answer(tuple(answer.get("citations", ())), answer.get("error", ""))

    def ours(self, document: str, style: Path) -> Answer:
        """What this package makes of it."""
        from dl4es_bib.model.errors import DL4ESBibError
        from dl4es_bib.tasks.cite_pandoc import cite_pandoc

        try:
            return Answer(tuple(written(cite_pandoc(document.encode(), [self.works], str(style)).text)))
        except DL4ESBibError as error:
            return Answer(error=error.message)


def clusters_of(text: str, *, is_note: bool) -> Iterator[dict[str, Any]]:
    """The citations of a document for citeproc-js, which reads none itself."""
    from dl4es_bib.identify.citations.clusters import clusters

    for number, cluster in enumerate(clusters(text), start=1):
        items = []
        for mention in cluster.mentions:
            item: dict[str, Any] = {"id": mention.key}
            if mention.locator:
                item |= {"locator": mention.locator, "label": mention.label}
            if mention.prefix:
                item["prefix"] = re.sub(r"\*([^*]+)\*", r"<i>\1</i>", mention.prefix) + " "
            if mention.suffix:
                item["suffix"] = mention.suffix if mention.suffix[0] in ",;:." else f" {mention.suffix}"
            if mention.no_author:
                item["suppress-author"] = True
            items.append(item)
        yield {
            "items": items,
            "note": number if is_note else 0,
            "mode": "composite" if cluster.in_sentence else "",
        }


def written(document: str) -> Iterator[str]:
    """The texts of the citations of a document of pandoc; what stands in a note after ``^``."""
    stack = list(reversed(json.loads(document)["blocks"]))
    while stack:
        element = stack.pop()
        if isinstance(element, list):
            stack += reversed(element)
        elif isinstance(element, dict):
            if element.get("t") == "Div" and element["c"][0][0] == "refs":
                continue
            if element.get("t") == "Cite":
                yield normal(_text(element["c"][1]))
            else:
                stack += [element.get("c")]


def _text(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict):
        return ""
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak":
            return " "
        case "Note":
            return "^" + _text(node["c"])
        case "Quoted":
            marks = "‘’" if node["c"][0]["t"] == "SingleQuote" else "“”"
            return marks[0] + _text(node["c"][1]) + marks[1]
        case "Link" | "Span":
            return _text(node["c"][1])
    return _text(node.get("c"))


_MARKS = re.compile(r"[\^\s.,;:()\[\]“”\"‘’'–-]+")


def _bare(text: str, *, is_note: bool) -> str:
    """A citation without what processors leave to the word processor: the name before a note, its first capital."""
    text = text.split("^", 1)[1] if "^" in text else text
    text = text.strip()
    return text[:1].upper() + text[1:] if is_note else text


def kind_of(name: str, mine: str, other: str) -> str:
    """The class of a difference."""
    if _MARKS.sub("", mine).casefold() == _MARKS.sub("", other).casefold():
        return "punctuation" if mine.casefold() != other.casefold() else "capitals"
    if name.startswith(("in the sentence", "organisation", "no author", "in a note")):
        return "name in the sentence"
    if sorted(re.findall(r"\w+", mine)) == sorted(re.findall(r"\w+", other)):
        return "order"
    return "words"


def main(arguments: list[str]) -> int:
    """Compare and print."""
    from dl4es_bib.csl import Style
    from dl4es_bib.csl.style.find import _published

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "dl4es-bib-peers")
    parser.add_argument("--show", default="", help="print the differences of this class; 'all' for all")
    parser.add_argument("--style", action="append", default=[])
    options = parser.parse_args(arguments)
    peers = Peers(options.cache)
    counted: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    documents = {name: (text, peers.read(text)) for name, text in SITUATIONS.items()}
    for style in options.style or STYLES:
        path = _published(style)
        assert path is not None
        is_note = Style.load(style).is_note
        agreed = 0
        for name, (text, document) in documents.items():
            mine = peers.ours(document, path)
            pandoc = peers.of_pandoc(document, path)
            js = peers.of_citeproc_js(text, path, is_note=is_note)
            for peer, answer in (("ours", mine), ("pandoc", pandoc), ("citeproc-js", js)):
                if answer.error:
                    print(f"{style} | {name}: {peer}: {answer.error}", file=sys.stderr)
            counted["situations"] += 1
            sides = [
                tuple(_bare(normal(text), is_note=is_note) for text in made.citations) for made in (mine, pandoc, js)
            ]
            as_pandoc, as_js = sides[0] == sides[1], sides[0] == sides[2]
            counted["as pandoc"] += as_pandoc
            counted["as citeproc-js"] += as_js
            counted["as one of them"] += as_pandoc or as_js
            counted["peers agree"] += sides[1] == sides[2]
            agreed += as_pandoc or as_js
            if sides[1] == sides[2] and not as_pandoc:
                counted["only we differ"] += 1
            for peer, side in (("pandoc", sides[1]), ("citeproc-js", sides[2])):
                if side == sides[0]:
                    continue
                pairs = zip(sides[0], side, strict=False)
                kind = next((kind_of(name, one, two) for one, two in pairs if one != two), "count")
                classes[f"{peer}: {kind}"] += 1
                if options.show in (kind, peer, "all") or (options.show == "only" and sides[1] == sides[2]):
                    print(f"{peer}: {kind} | {style} | {name}\n  - {' | '.join(sides[0])}\n  + {' | '.join(side)}")
        print(f"{style:<48}{agreed:>4} of {len(documents)}", flush=True)
    peers.node.terminate()
    print(json.dumps({**counted, "classes": dict(classes.most_common())}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
