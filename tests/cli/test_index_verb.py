"""``index``: the local index."""

from __future__ import annotations

from small_project import Run


def test_resolve_of_a_document_lists_its_items(command: Run) -> None:
    command("index", "add", "records.jsonl")
    code, out, _ = command("resolve", "list.md", "--offline")
    assert code == 0
    assert "list.md:12  confirmed  10.5555/tides" in out
    assert command("resolve", "list.md", "--offline", "--strict")[0] == 4


def test_the_index_is_added_to_found_in_and_described(command: Run) -> None:
    assert "not made yet" in command("index", "info", "--index", "x.sqlite")[1]
    code, out, _ = command("index", "add", "records.jsonl", "--index", "x.sqlite")
    assert code == 0
    assert "2 records new" in out
    assert "2 unchanged" in command("index", "add", "records.jsonl", "--index", "x.sqlite")[1]
    assert "10.5555/floes" in command("index", "find", "melting", "of", "floes", "--index", "x.sqlite")[1]
    assert "10.5555/tides" in command("index", "find", "10.5555/tides", "--index", "x.sqlite")[1]
    assert "2 records" in command("index", "info", "--index", "x.sqlite")[1]
