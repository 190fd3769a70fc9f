"""What repeats at the edge of the pages of a PDF is of the pages; lines of references that look alike are not."""

from __future__ import annotations

import pytest

from dl4es_bib.read.pdf import _Row, _without_heads


def page(number: int, *lines: str) -> list[_Row]:
    return [_Row(text, 70.0, 400.0, 700.0 - 14 * place, 710.0 - 14 * place, number) for place, text in enumerate(lines)]


BODY = (
    "Vik, T. (1976). Lamps of the north. Archives of",
    "Ode, A. (1999). Tides. Sea Letters, 4, 5–9.",
    "A line",
    "End",
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lamps, 112(1), 53–54. https://doi.org/10.5555/archlamp.112.1.53", "Lamps, 116(12), 1373–1384. https://doi.org/10.5555/archlamp.116.12.1373"),
        ("Dermatology, 103(2), 194–197.", "Dermatology, 115(2), 228–229."),
        ("https://doi.org/10.5555/lamp.1.2", "https://doi.org/10.5555/lamp.7.9"),
    ],
)  # fmt: skip
def test_last_lines_of_references_at_the_edge_of_two_pages_stay(first: str, second: str) -> None:
    rows = [*page(1, first, *BODY), *page(2, second, *BODY[::-1])]
    kept = [row.text for row in _without_heads(rows)]
    assert first in kept
    assert second in kept


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("T. Vik / Lamp Letters 12 (2019) 5–19 7", "T. Vik / Lamp Letters 12 (2019) 5–19 8"),
        ("14 Vik and Ode", "15 Vik and Ode"),
        ("Page 3 of 11", "Page 4 of 11"),
        ("- 3 -", "- 4 -"),
    ],
)
def test_running_heads_with_the_number_of_the_page_go(first: str, second: str) -> None:
    rows = [*page(1, first, *BODY), *page(2, second, "Another", *BODY)]
    kept = [row.text for row in _without_heads(rows)]
    assert first not in kept
    assert second not in kept
