"""Every independent style loads and formats the 28 items of ``tests/csl/items.json`` without an error.

``python tests/conformance/csl_styles.py [WORD]`` prints each style that fails and, last, a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from dl4es_bib.csl import Processor, Style, StyleError
from dl4es_bib.csl.style.find import independent_styles

ITEMS = Path(__file__).parent.parent / "csl" / "items.json"


def outcome(name: str, items: list[dict[str, object]]) -> str:
    """What is wrong with a style; empty when all is well."""
    try:
        style = Style.load(name)
        processor = Processor(style)
    except StyleError as error:
        return f"not loaded: {error}"
    processor.register(items)
    try:
        entries = processor.bibliography("html")
        citation = processor.cite([{"id": item["id"]} for item in items], "html")
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    failed = [finding for finding in processor.findings if "failed" in finding.message]
    if failed:
        return f"{failed[0].id}: {failed[0].message}"
    if len(entries) != len(items) or not all(entry.text for entry in entries):
        return f"{len(entries)} entries for {len(items)} items"
    return "" if citation else "no citation"


def main(arguments: list[str]) -> int:
    """Go through the styles."""
    items = json.loads(ITEMS.read_text(encoding="utf-8"))
    names = [name for name in independent_styles() if not arguments or arguments[0] in name]
    bad = 0
    start = time.process_time()
    for name in names:
        finding = outcome(name, items)
        if finding:
            bad += 1
            print(f"FAILED {name}: {finding[:300]}")
    seconds = round(time.process_time() - start, 1)
    print(json.dumps({"passed": len(names) - bad, "failed": bad, "cpu_seconds": seconds}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
