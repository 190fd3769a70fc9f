"""What a person is told of an entry that differs from its record."""

from __future__ import annotations

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.library.library import Library
from dl4es_bib.library.store.lockfile import Lock
from dl4es_bib.library.told import stands
from dl4es_bib.model.difference import Difference


@pytest.mark.parametrize(
    ("name", "said", "record"), [("title", "Ice", "Snow"), ("volume", "3", "8"), ("author", "Ode, A.", "Ba, O.")]
)
def test_a_record_that_the_user_chose_is_not_said_to_be_kept_out(name: str, said: str, record: str) -> None:
    library = Library(parse(f"@misc{{a, {name} = {{{said}}}}}"), Lock())
    entry = library.bibfile.entries[0]
    difference = Difference(name, said, record, "another one")
    assert "until then" in stands(library, entry, name, said, difference).fix
    assert stands(library, entry, name, said, difference, is_decided=True).fix == ""
