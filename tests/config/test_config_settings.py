"""dl4es-bib.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from dl4es_bib.config.settings import Config, load_config, parse_config
from dl4es_bib.model.errors import ConfigError
from dl4es_bib.resolver.settings import ServiceChoice


def test_an_empty_file_means_the_defaults() -> None:
    assert parse_config("") == Config()


def test_one_name_is_a_list_of_one() -> None:
    config = parse_config("source: notes.md\nstyles: nature\nindex:\n  records: r.jsonl\n")
    assert config.source == ("notes.md",)
    assert config.styles == ("nature",)
    assert config.index.records == ("r.jsonl",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sourse: a.md\n", r"c\.yaml:1: unknown key 'sourse'. Did you mean 'source'\?"),
        (
            "services:\n  crosref: {}\n",
            r"c\.yaml:2: unknown key 'services.crosref'. Did you mean 'crossref'\?",
        ),
        ("zzz: 1\n", r"Known are: chapters, "),
        ("- a\n- b\n", r"c\.yaml:1: the configuration is a list"),
        ("just text\n", r"c\.yaml:1: the configuration is a single value"),
        ("links: true\ndialect: latex\n", r"c\.yaml:2: 'dialect'"),
        ("services:\n  mailto: nobody\n", r"c\.yaml:2: 'services.mailto': an e-mail address looks like"),
        ("services:\n  crossref:\n    url: file:///etc\n", r"c\.yaml:3: .*https://"),
        ("chapters:\n  pattern: '('\n", r"c\.yaml:2: .*not a regular expression"),
        ("keys:\n  pattern: '[autor][year]'\n", r"c\.yaml:2: .*did you mean \[auth\]"),
        ("chapters:\n  pattern: 'x'\n", r"c\.yaml:2: .*title"),
        ("a: 1\na: 2\n", r"c\.yaml:2: .*second time"),
        ("&a [*a]\n", r"c\.yaml:1"),
        ("source: &a [*a]\n", r"c\.yaml:1"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_cure(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_config(text, "c.yaml")


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="dl4es-bib init"):
        load_config(tmp_path / "none.yaml")


def test_a_file_that_is_not_utf8_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(ConfigError, match=r":2: not UTF-8"):
        load_config(path)
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(ConfigError, match="larger"):
        load_config(path)


def test_a_file_with_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"\xef\xbb\xbflinks: false\r\n")
    assert load_config(path).links is False


# -- the environment


def test_the_environment_goes_before_the_file_and_a_setting_that_it_does_not_name_stays(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "services:\n  mailto: file@example.org\n  crossref: {url: 'https://file.example', enabled: false}\n"
        "  arxiv: {url: 'https://arxiv.file.example'}\n"
    )
    environ = {"DL4ES_BIB_CROSSREF_URL": "http://127.0.0.1:8000/", "DL4ES_BIB_MAILTO": "ada@example.org"}
    services = load_config(path, environ).services
    assert services.mailto == "ada@example.org"
    assert services.choices["crossref"] == ServiceChoice("http://127.0.0.1:8000", enabled=False)
    assert services.choices["arxiv"] == ServiceChoice("https://arxiv.file.example")
    assert load_config(path, {}).services.mailto == "file@example.org"


@pytest.mark.parametrize(
    ("variable", "value"), [("DL4ES_BIB_DATACITE_URL", "datacite.org"), ("DL4ES_BIB_MAILTO", "ada")]
)
def test_a_variable_that_holds_no_address_is_an_error(tmp_path: Path, variable: str, value: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("links: true\n")
    with pytest.raises(ConfigError, match=value):
        load_config(path, {variable: value})


def test_an_unknown_index_engine_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ConfigError, match=r"c\.yaml:2: 'index.engine': there is no index engine .* sqlite"):
        parse_config("index:\n  engine: card-box\n", "c.yaml")
