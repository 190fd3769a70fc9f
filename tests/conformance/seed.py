"""Reading the book's companion page, compared with what it must give.

    python tests/conformance/seed.py DIR

DIR holds ``gold.yaml`` (chapters, items, reference fields by line) and ``dl4es-README.md``. With a second
argument another document of the same structure is read in its place. Each difference is a line; the last
line is one JSON object with the counts. The exit code is 0 when everything is equal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dl4es_bib.cli.serialise import document_json
from dl4es_bib.tasks.project import scan

Json = dict[str, Any]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    source = Path(arguments[1]) if len(arguments) > 1 else folder / "dl4es-README.md"
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    document = json.loads(json.dumps(document_json(scan(str(source)))))
    differences = [*compare_front(gold["document"]["front"], document["front"])]
    counts = dict.fromkeys(
        ["chapters", "chapters_ok", "items", "items_ok", "references", "references_ok", "roles", "roles_ok"],
        0,
    )
    read = {chapter["line"]: chapter for chapter in document["chapters"]}
    for wanted in gold["chapters"]:
        counts["chapters"] += 1
        chapter = read.pop(wanted["line"], None)
        if chapter is None:
            differences.append(f"line {wanted['line']}: chapter {wanted['title']!r} was not read")
            counts["items"] += len(wanted["items"])
            continue
        found = list(compare_chapter(wanted, chapter))
        counts["chapters_ok"] += not found
        differences += found
        items = {item["line"]: item for item in chapter["items"]}
        for one in wanted["items"]:
            counts["items"] += 1
            item = items.pop(one["line"], {})
            found = list(compare_item(one, item))
            counts["items_ok"] += not found
            differences += found
            for role, is_read in roles(one, item):
                counts["roles"] += 1
                counts["roles_ok"] += role == is_read
            if one["kind"] == "reference":
                counts["references"] += 1
                found = list(compare_fields(one, item.get("fields") or {}))
                counts["references_ok"] += not found
                differences += found
        differences += [f"line {line}: an item that is none: {item['text']!r}" for line, item in items.items()]
    differences += [f"line {line}: a chapter that is none" for line in read]
    book = not any(difference.startswith("front") for difference in differences)
    for difference in differences:
        print(difference)
    print(json.dumps({**counts, "book_ok": book, "differences": len(differences)}))
    return 1 if differences else 0


def compare_front(wanted: Json, read: Json) -> Iterator[str]:
    entry, book = wanted["bibtex"][0], wanted["book"]
    found = next(iter(read["entries"]), None)
    if found is None:
        yield "front: the BibTeX entry was not read"
    else:
        for name in ("line", "end_line", "key"):
            yield from differ("front entry", name, entry[name], found[name])
        yield from differ("front entry", "type", entry["entry_type"], found["type"])
        yield from differ("front entry", "fields_raw", entry["fields_raw"], found["fields_raw"])
        fields = found["fields"]
        for name, csl in (("title", "title"), ("publisher", "publisher"), ("author", "author")):
            yield from differ("front entry", name, entry["fields"][name], fields.get(csl))
        yield from differ("front entry", "isbn", entry["fields"]["isbn"], fields.get("ISBN", "").replace("-", ""))
        yield from differ("front entry", "year", entry["fields"]["year"], year_of(fields))
    prose = read["book"] or {}
    yield from differ("front book", "line", book["line"], prose.get("line"))
    for name, csl in (("title", "title"), ("editors", "editor"), ("publisher", "publisher")):
        yield from differ("front book", name, book[name], prose.get("fields", {}).get(csl))
    yield from differ("front book", "year", book["year"], year_of(prose.get("fields", {})))
    links = [[link["line"], link["url"]] for link in read["links"]]
    yield from differ("front", "links", [[one["line"], one["url"]] for one in wanted["links"]], links)
    yield from differ("front", "image", [wanted["image"]["url"]], [one["url"] for one in read["images"]])


def compare_chapter(wanted: Json, read: Json) -> Iterator[str]:
    place = f"line {wanted['line']}"
    for name in ("number", "number_raw", "title", "authors_line", "authors_line_has_by", "authors"):
        # YAML reads 08 and 09 as numbers.
        expected = str(wanted[name]).zfill(2) if name == "number_raw" else wanted[name]
        yield from differ(place, name, expected, read[name])


def compare_item(wanted: Json, read: Json) -> Iterator[str]:
    place = f"line {wanted['line']}"
    if not read:
        yield f"{place}: the item was not read"
        return
    for name in ("kind", "text", "urls", "dois"):
        yield from differ(place, name, wanted[name], read[name])
    for name in ("label", "title", "citation_key", "parent_label"):
        if name in wanted:
            yield from differ(place, name, wanted[name], read.get(name))
    # The intro line's group is a courtesy; nesting is the rule.
    if wanted.get("group") not in (None, ["data centers"]):
        yield from differ(place, "group", wanted["group"], read["group"])
    if "doi_derivable_from_url" in wanted:
        yield from differ(place, "guess", True, wanted["doi_derivable_from_url"] in read["guesses"])
    resources = read.get("resources", [])
    yield from differ(place, "resources", len(wanted.get("resources", [])), len(resources))
    for one, other in zip(wanted.get("resources", []), resources, strict=False):
        for name in ("line", "label", "role", "urls", "dois"):
            yield from differ(f"line {one['line']}", name, one[name], other[name])
    for one, other in zip(wanted.get("links", []), read["links"], strict=False):
        repository = one.get("github") if one.get("github_kind") == "repo" else None
        yield from differ(place, "github", repository, other.get("github"))


def roles(wanted: Json, read: Json) -> Iterator[tuple[str, str | None]]:
    """Roles of items that stand alone, as a figure; a label such as a product's name says no role."""
    if "role" in wanted:
        yield wanted["role"], read.get("role")


def compare_fields(wanted: Json, read: Json) -> Iterator[str]:
    place = f"line {wanted['line']}"
    fields = wanted["fields"]
    for name in ("type", "author", "title", "container-title", "volume", "issue"):
        yield from differ(place, name, fields.get(name), read.get(name))
    page = "article-number" if fields.get("number_is_article_number") else "page"
    yield from differ(place, page, fields.get("page"), read.get(page))
    parts = (read.get("issued") or {}).get("date-parts", [[None]])[0]
    yield from differ(place, "year", fields["year"], str(parts[0]))
    yield from differ(place, "month", fields.get("month"), parts[1] if len(parts) > 1 else None)
    yield from differ(place, "doi", fields.get("doi"), (read.get("DOI") or "").lower() or None)
    yield from differ(place, "url", fields.get("url"), read.get("URL"))
    yield from differ(place, "arxiv", fields.get("arxiv"), read.get("arxiv"))
    yield from differ(place, "author_etal", fields["author_etal"], bool(read.get("et-al")))


def year_of(fields: Json) -> str:
    return str((fields.get("issued") or {}).get("date-parts", [[""]])[0][0])


def differ(place: str, name: str, wanted: object, read: object) -> Iterator[str]:
    if json.loads(json.dumps(wanted)) != read and (wanted or read):
        yield f"{place}: {name} is {read!r}, must be {wanted!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
