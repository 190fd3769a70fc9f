"""A title with a link is kept with what stands beside it, and without the labels of its code and data."""

from __future__ import annotations

import pytest

from dl4es_bib.disk.source import decode
from dl4es_bib.identify.document import identified
from dl4es_bib.read.readers import read
from dl4es_bib.tasks.cited import cited_in

TITLE = "[Rain on snow seen by radar](https://arxiv.org/abs/2101.00001)"


def note_of(line: str) -> str:
    document = identified(read(decode(f"# List\n\n- {line}\n".encode(), "list.md")))
    return next(cited.work for cited in cited_in(document) if cited.work.text("arxiv")).text("note")


@pytest.mark.parametrize(
    "beside",
    [
        "[[code]](https://github.com/lund/rain)",
        "[[code]](https://github.com/lund/rain) [[data]](https://zenodo.org/record/12)",
        "[code](https://github.com/lund/rain) [[slides](https://lund.example.org/rain.pdf)]",
        "(code: https://github.com/lund/rain)",
    ],
)
def test_labels_of_code_and_data_are_no_note(beside: str) -> None:
    assert note_of(f"{TITLE} {beside}") == ""


def test_what_is_said_of_a_title_is_kept_without_them() -> None:
    assert note_of(f"{TITLE}, a short one [[code]](https://github.com/lund/rain)") == "a short one"
