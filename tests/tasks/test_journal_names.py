"""The setting ``journals``: lists of the user's own, ISO 4, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.config.settings import load_config
from dl4es_bib.model.errors import ConfigError, UnreadableInput
from dl4es_bib.tasks.journal_names import journal_names


def config_with(folder: Path, journals: str) -> Path:
    path = folder / "dl4es-bib.yaml"
    path.write_text(f"journals: {journals}\n", encoding="utf-8")
    return path


def test_lists_lie_beside_the_configuration_and_the_first_wins(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("Ice Letters;IL\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text('"Ice Letters","Ice Lett."\n"Snow Letters","Snow Lett."\n', encoding="utf-8")
    names = journal_names(load_config(config_with(tmp_path, "[own.csv, more.csv, iso4]")))
    assert [names.of("Ice Letters"), names.of("Snow Letters"), names.of("Frost Letters")] == ["IL", "Snow Lett.", ""]
    assert names.made("Frost Letters") == "Frost Lett."


@pytest.mark.parametrize(("journals", "expected"), [("keep", ""), ("iso4", "Frost Lett.")])
def test_a_single_word_works_as_before(tmp_path: Path, journals: str, expected: str) -> None:
    assert journal_names(load_config(config_with(tmp_path, journals))).made("Frost Letters") == expected


@pytest.mark.parametrize("journals", ["iso5", "[keep, iso4]", "names.bib"])
def test_what_is_no_list_is_refused_with_the_line(tmp_path: Path, journals: str) -> None:
    with pytest.raises(ConfigError, match=r"dl4es-bib\.yaml:1"):
        load_config(config_with(tmp_path, journals))


def test_a_list_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    config = load_config(config_with(tmp_path, "own.csv"))
    with pytest.raises(UnreadableInput, match=r"own\.csv does not exist"):
        journal_names(config)
    (tmp_path / "own.csv").write_text("Ice Letters;IL\nSnow Letters\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"own\.csv:2: .*Mend the line"):
        journal_names(config)
