"""New works as a JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/).

A work is new on the day on which it was first published with the page. The feed remembers that day itself, so that
publishing again what has not changed gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dl4es_bib.export.page.content import PageEntry
from dl4es_bib.export.targets.html import anchor

_VERSION: Final = "https://jsonfeed.org/version/1.1"
_MOST: Final = 50
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
#: Where the feed keeps the day of every work, also of those that it lists no longer. The format allows own fields that
#: begin with an underscore.
_KNOWN: Final = "_first_published"


def feed(title: str, entries: Sequence[PageEntry], known: Mapping[str, str], today: str, address: str = "") -> str:
    """The feed.

    Arguments:
        title: of the page.
        entries: all that the page shows.
        known: key → day on which it was first published, see :func:`first_published`.
        today: the day of works that are not known, ``2026-11-28``.
        address: of the page on the web; empty when it is not known, so that links are relative.
    """
    unique = {entry.entry.key: entry for entry in entries}
    days = {key: known.get(key, today) for key in unique}
    places = {key: place for place, key in enumerate(unique)}
    newest = sorted(unique, key=lambda key: (days[key], places[key]), reverse=True)[:_MOST]
    base = address.rstrip("/") + "/" if address else ""
    whole: dict[str, Any] = {"version": _VERSION, "title": title}
    if base:
        whole |= {"home_page_url": base, "feed_url": f"{base}feed.json"}
    whole["items"] = [
        {
            "id": key,
            "url": f"{base}#{anchor(key)}",
            "title": unique[key].entry.work.title or key,
            "content_html": unique[key].html,
            "date_published": f"{days[key]}T00:00:00Z",
        }
        for key in newest
    ]
    whole[_KNOWN] = days
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def first_published(text: str) -> dict[str, str]:
    """Key → day on which it was first published, as an earlier feed has it; empty when it is none of ours."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    days = data.get(_KNOWN) if isinstance(data, dict) else None
    if not isinstance(days, dict):
        return {}
    return {str(key): day for key, day in days.items() if isinstance(day, str) and _DAY.fullmatch(day)}
