"""``cache``: answers that are kept."""

from __future__ import annotations

from pathlib import Path

from small_project import Run


def test_the_cache_is_described_and_cleared(command: Run, tmp_path: Path) -> None:
    code, out, _ = command("cache", "info")
    assert code == 0
    assert "empty" in out
    assert command("cache", "clear", "--dry-run")[0] == 0
    assert command("cache", "clear")[0] == 0
