"""Formatted references beside those of citeproc-js and pandoc, the differences sorted into classes.

::

    python tests/conformance/csl_peers.py RECORDS CASES [--items 600] [--styles 15] [--locales 5] [--cache DIR]
    python tests/conformance/csl_peers.py RECORDS CASES --random 450 [--cache DIR]

RECORDS is a folder with ``crossref_works.jsonl.gz`` and ``datacite_dois.jsonl.gz``, CASES one with CSL-JSON and BibTeX
files; the items are taken from both, the same at each run. Both peers are fetched into the cache folder (npm
``citeproc``, PyPI ``pypandoc-binary``), their answers are kept there, and both are given the styles (and citeproc-js
the locales) that this package uses; pandoc has locales of its own.

A difference counts as *only we differ* where both peers give one text and we another. With ``--random`` N styles drawn
by lot format ten items each and are compared with citeproc-js, and where it has another text with pandoc.
``--show CLASS`` prints the entries of a class.
The last line is JSON. What is left, and why, stands in ``docs/concepts/csl.md``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dl4es_bib.csl import Processor, Style, StyleError
from dl4es_bib.csl.style.find import _published, independent_styles

STYLES = (
    "apa",
    "ieee",
    "chicago-author-date",
    "nature",
    "modern-language-association",
    "nlm-citation-sequence",
    "harvard-cite-them-right",
    "chicago-notes-bibliography",
    "american-chemical-society",
    "american-medical-association",
    "elsevier-harvard",
    "springer-basic-author-date",
    "american-geophysical-union",
    "din-1505-2",
    "american-meteorological-society",
)
LOCALES = ("en-US", "de-DE", "fr-FR", "es-ES", "en-GB")
CITEPROC = "citeproc@2.4.63"
SEED = 20261128

Item = dict[str, Any]


# Items ---------------------------------------------------------------------------------------------------------------


def items(records: Path, cases: Path | None, count: int) -> list[Item]:
    """That many items of the records and, after them, those of the cases, each once and with an id of its own."""
    pool = list(_record_items(records))
    random.Random(SEED).shuffle(pool)
    found: list[Item] = []
    publishers: Counter[str] = Counter()
    for item in pool:
        # No publisher may have more than a twentieth.
        publisher = str(item.get("DOI", "")).partition("/")[0]
        if len(found) < count and publishers[publisher] < max(count // 20, 1):
            publishers[publisher] += 1
            found.append(item)
    if cases is not None:
        found += [item for item in _case_items(cases) if _is_sound(item)]
    unique = {json.dumps({**item, "id": ""}, sort_keys=True): item for item in found}
    return [{**item, "id": f"item{number}"} for number, item in enumerate(unique.values())]


def _is_sound(item: Item) -> bool:
    """Whether an item keeps to the schema so far that no peer refuses the whole list for it."""
    for variable, value in item.items():
        if isinstance(value, dict):
            rows = value.get("date-parts", [])
            kinds = [[type(part) for part in row] for row in rows] if isinstance(rows, list) else [[str]]
            lengths = {len(row) for row in kinds}
            if any(kind is not int for row in kinds for kind in row) or len(lengths) > 1 or 0 in lengths:
                return False
            if len(rows) > 1 and rows[0][0] < 0:
                return False
        elif isinstance(value, list):
            if variable in ("custom", "categories") or not all(isinstance(name, dict) for name in value):
                return False
        elif not isinstance(value, str | int):
            return False
    return bool(item.get("title"))


def _record_items(records: Path) -> Iterator[Item]:
    from dl4es_bib.formats.csljson import to_csl
    from dl4es_bib.formats.records import crossref, datacite
    from dl4es_bib.model.work import Source

    for name, read in (("crossref_works", crossref.to_work), ("datacite_dois", datacite.to_work)):
        path = records / f"{name}.jsonl.gz"
        lines = gzip.decompress(path.read_bytes()).decode().splitlines() if path.exists() else []
        for place, line in enumerate(lines):
            if place % 5 == 0:
                item = to_csl(read(json.loads(line), Source("record", name)), "x")
                item.pop("custom", None)
                if _is_sound(item):
                    yield item


def _case_items(cases: Path) -> Iterator[Item]:
    from dl4es_bib.formats.csljson import to_csl
    from dl4es_bib.formats.record_formats import format_of

    for path in sorted((*cases.glob("*.json"), *cases.glob("*.bib"))):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            held = json.loads(text)
            yield from (item for item in held if isinstance(held, list) and isinstance(item, dict))
        elif (format := format_of(text, path.name)) is not None and format.read is not None:
            for entry in format.read(text, path.name)[0]:
                item = to_csl(entry.work, "x")
                item.pop("custom", None)
                yield item


# The peers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """What one processor makes of items in a style: id → text, and why there is nothing."""

    entries: dict[str, str]
    error: str = ""


class Peers:
    """citeproc-js and pandoc, fetched when they are first needed; answers are kept in the cache folder."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "answers").mkdir(exist_ok=True)
        self._node: subprocess.Popen[str] | None = None

    def citeproc_js(self, style: str, locale: str, given: Sequence[Item]) -> Made:
        """The entries of citeproc-js."""
        return self._kept("js", style, locale, given, self._ask_node)

    def pandoc(self, style: str, locale: str, given: Sequence[Item]) -> Made:
        """The entries of pandoc."""
        return self._kept("pandoc", style, locale, given, self._ask_pandoc)

    def close(self) -> None:
        """End the process of citeproc-js."""
        if self._node is not None:
            self._node.terminate()
            self._node.wait()

    def _kept(self, name: str, style: str, locale: str, given: Sequence[Item], ask: Any) -> Made:
        text = json.dumps([name, style, locale, given], sort_keys=True)
        path = self.cache / "answers" / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.json"
        if not path.exists():
            answer = ask(style, locale, given)
            path.write_text(json.dumps([answer.entries, answer.error]), encoding="utf-8")
        return Made(*json.loads(path.read_text(encoding="utf-8")))

    def _ask_node(self, style: str, locale: str, given: Sequence[Item]) -> Made:
        node = self._running()
        assert node.stdin is not None
        assert node.stdout is not None
        request = {"style": str(_published(style)), "locale": locale, "items": list(given)}
        node.stdin.write(json.dumps(request) + "\n")
        node.stdin.flush()
        answer = json.loads(node.stdout.readline())
        return Made(answer.get("entries", {}), answer.get("error", ""))

    def _running(self) -> subprocess.Popen[str]:
        if self._node is None:
            package = self.cache / "node_modules" / "citeproc"
            if not package.exists():
                subprocess.run(["npm", "install", "--prefix", str(self.cache), CITEPROC], check=True)
            import citeproc

            locales = Path(citeproc.__file__).parent / "data" / "locales"
            script = Path(__file__).with_suffix(".js")
            command = ["node", str(script), str(package / "citeproc_commonjs.js"), str(locales)]
            self._node = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        return self._node

    def _ask_pandoc(self, style: str, locale: str, given: Sequence[Item]) -> Made:
        program = self.cache / "pandoc" / "pypandoc" / "files" / "pandoc"
        if not program.exists():
            target = str(self.cache / "pandoc")
            subprocess.run([sys.executable, "-m", "pip", "install", "--target", target, "pypandoc-binary"], check=True)
        path = self.cache / "items.json"
        path.write_text(json.dumps(list(given)), encoding="utf-8")
        command = [str(program), "-f", "csljson", "-t", "json", "--citeproc", f"--csl={_published(style)}", str(path)]
        command += ["-M", f"lang={locale}"] if locale else []
        done = subprocess.run(command, capture_output=True, text=True, timeout=280)
        if done.returncode:
            return Made({}, done.stderr[:300])
        found: dict[str, str] = {}
        _pandoc_entries(json.loads(done.stdout)["blocks"], found)
        return Made(found)


def _pandoc_entries(blocks: Iterable[Any], found: dict[str, str]) -> None:
    for block in blocks:
        if block["t"] == "Div":
            (name, _, _), inner = block["c"]
            if name.startswith("ref-"):
                found[name.removeprefix("ref-")] = " ".join(_stringified(one) for one in inner)
            else:
                _pandoc_entries(inner, found)


def _stringified(node: Any) -> str:
    """The text of a part of pandoc's document; superscripts and the like without their marks."""
    if isinstance(node, list):
        return "".join(_stringified(part) for part in node)
    if not isinstance(node, dict):
        return ""
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Link" | "Span" | "Quoted" | "Div":
            return (" " if node["t"] == "Div" else "") + _stringified(node["c"][1])
        case "Code" | "Math" | "RawInline":
            return str(node["c"][1])
    return _stringified(node.get("c"))


def ours(style: str, locale: str, given: Sequence[Item]) -> Made:
    """The entries of this package."""
    try:
        processor = Processor(Style.load(style), locale)
    except StyleError as error:
        return Made({}, str(error))
    processor.register(given)
    if processor.style.element.bibliography is None:
        return Made({item["id"]: processor.cite([item["id"]]) for item in given})
    return Made({entry.id: entry.text for entry in processor.bibliography("text")})


# The comparison ------------------------------------------------------------------------------------------------------

_QUOTES = dict.fromkeys('“”„‟«»"', '"') | dict.fromkeys("‘’‚‛‹›`´ʼ", "'")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


#: What this processor drops on purpose; what citeproc-js expands wrongly ("454b-454" → "454b–4454").
_BLANK = re.compile(r" +(?=[.,;)\]])|(?<=[(\[]) +")
_LETTERED = re.compile(r"\b\d+[a-z][-–‑]\d+")


def normal(text: str) -> str:
    """Text as it is compared: composed, with single ordinary blanks."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def kind_of(text: str, other: str, item: Mapping[str, Any]) -> str:
    """The class of a difference between two texts."""
    if not text or not other:
        return "no entry"
    one, two = ("".join(_QUOTES.get(sign, sign) for sign in side) for side in (text, other))
    if one == two:
        return "quotation marks"
    if _BLANK.sub("", one) == _BLANK.sub("", two):
        return "blank before a mark"
    if _LETTERED.sub("#", one) == _LETTERED.sub("#", two):
        return "pages with a letter"
    if one.casefold() == two.casefold():
        return "capitals"
    words, others = (re.findall(r"\w+", side) for side in (one, two))
    if "".join(words) == "".join(others):
        return "punctuation"
    if sorted(words) == sorted(others):
        return "order"
    changed = [
        code for code in SequenceMatcher(None, words, others, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    gone = {word for _, a, b, _, _ in changed for word in words[a:b]} | {
        word for _, _, _, c, d in changed for word in others[c:d]
    }
    names = {
        word
        for value in item.values()
        if isinstance(value, list)
        for name in value
        if isinstance(name, dict)
        for part in name.values()
        if isinstance(part, str)
        for word in re.findall(r"\w+", part)
    }
    if gone and gone <= names | {word[:1] for word in names} | {"et", "al", "and", "others", "others."}:
        return "names"
    if all(word.isdigit() or len(word) <= 2 for word in gone):
        return "numbers"
    if {word.casefold() for word in words} ^ {word.casefold() for word in others} == set():
        return "capitals"
    shorter = len(words) < len(others)
    return "missing here" if shorter else "more here" if len(words) > len(others) else "words"


def compare(peers: Peers, given: Sequence[Item], styles: Sequence[str], locales: Sequence[str], show: str) -> Any:
    """Go through styles and locales."""
    by_id = {item["id"]: item for item in given}
    total: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    per_style: dict[str, Counter[str]] = defaultdict(Counter)
    for style in styles:
        for locale in locales:
            mine, js, pandoc = (ask(style, locale, given) for ask in (ours, peers.citeproc_js, peers.pandoc))
            for name, made in (("ours", mine), ("citeproc-js", js), ("pandoc", pandoc)):
                if made.error:
                    print(f"{style} {locale}: {name}: {made.error}", file=sys.stderr)
            if js.error or pandoc.error:
                continue
            for id, item in by_id.items():
                texts = [normal(made.entries.get(id, "")) for made in (mine, js, pandoc)]
                total["entries"] += 1
                if texts[1] != texts[2]:
                    total["peers differ"] += 1
                    total["peers differ, as one of them"] += texts[0] in texts[1:]
                elif texts[0] != texts[1]:
                    kind = kind_of(texts[0], texts[1], item)
                    classes[kind] += 1
                    per_style[f"{style} {locale}"][kind] += 1
                    if show in (kind, "all"):
                        print(f"{kind} | {style} {locale} {id}\n  - {texts[0]}\n  + {texts[1]}")
                else:
                    total["all agree"] += 1
    for name, counted in per_style.items():
        print(f"{name:<44} {dict(counted.most_common())}")
    alone = sum(classes.values())
    share = round(100 * alone / max(total["entries"], 1), 2)
    return {**total, "only we differ": alone, "percent": share, "classes": dict(classes.most_common())}


def compare_random(peers: Peers, given: Sequence[Item], count: int, show: str) -> Any:
    """Styles drawn by lot, ten items each, beside citeproc-js."""
    generator = random.Random(SEED)
    names = generator.sample(independent_styles(), count)
    equal = 0
    classes: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for name in names:
        chosen = generator.sample(list(given), 10)
        mine, js = ours(name, "", chosen), peers.citeproc_js(name, "", chosen)
        if js.error or mine.error:
            counted["error"] += 1
            print(f"{name}: {js.error or mine.error}", file=sys.stderr)
            continue
        differing: list[tuple[str, str, Item]] = []
        has_blocks = "display=" in Path(str(_published(name))).read_text(encoding="utf-8")
        for item in chosen:
            text, other = (normal(made.entries.get(item["id"], "")) for made in (mine, js))
            if has_blocks:
                # Blocks of a reference are lines, of which plain text knows nothing.
                text, other = text.replace(" ", ""), other.replace(" ", "")
            counted["entries"] += 1
            if text != other:
                differing.append((text, other, item))
            else:
                counted["equal entries"] += 1
        equal += not differing
        # Where the two differ pandoc is asked: what it has as well is a habit of citeproc-js.
        third = peers.pandoc(name, "", chosen) if differing else Made({})
        alone = 0
        for text, other, item in differing:
            asked = normal(third.entries.get(item["id"], ""))
            as_pandoc = text == (asked.replace(" ", "") if has_blocks else asked)
            counted["differing entries as pandoc"] += as_pandoc
            alone += not as_pandoc
            kind = kind_of(text, other, item) + (", as pandoc" if as_pandoc else "")
            classes[kind] += 1
            if show in (kind, "all"):
                print(f"{kind} | {name} {item['id']}\n  - {text}\n  + {other}\n  p {asked}")
        counted["styles equal to citeproc-js or pandoc"] += not alone
    return {"styles": count, "equal styles": equal, **counted, "classes": dict(classes.most_common())}


def main(arguments: list[str]) -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--items", type=int, default=600)
    parser.add_argument("--styles", type=int, default=len(STYLES))
    parser.add_argument("--locales", type=int, default=len(LOCALES))
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--style", action="append", default=[], help="this style; may be repeated")
    parser.add_argument("--show", default="")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "dl4es-bib-peers")
    options = parser.parse_args(arguments)
    peers = Peers(options.cache)
    # Styles drawn by lot are tried on real records; the cases hold one odd thing each.
    given = items(options.records, None if options.random else options.cases, options.items)
    try:
        if options.random:
            result = compare_random(peers, given, options.random, options.show)
        else:
            styles = options.style or STYLES[: options.styles]
            result = compare(peers, given, styles, LOCALES[: options.locales], options.show)
    finally:
        peers.close()
    print(json.dumps({"items": len(given), **result}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
