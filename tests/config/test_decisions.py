"""Decisions of a configuration file, changed by span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl4es_bib.config.decisions import decided_identifiers, with_decisions
from dl4es_bib.disk.safe_yaml import load_yaml
from dl4es_bib.model.errors import ConfigError

FILE = """\
# mine
source: list.md   # the list

decisions:
    ode2004: 10.5555/tides   # looked up
    # a remark
    bell1999: none

library: refs.bib
"""


def test_a_new_decision_is_one_new_line() -> None:
    changed = with_decisions(FILE, "c.yaml", {"quist2010": "10.5555/gone.3"})
    assert changed == FILE.replace("bell1999: none\n", "bell1999: none\n    quist2010: 10.5555/gone.3\n")


def test_a_changed_decision_changes_its_value_and_keeps_the_remark_beside_it() -> None:
    changed = with_decisions(FILE, "c.yaml", {"ode2004": "none"})
    assert changed == FILE.replace("10.5555/tides   #", "none   #")


def test_a_decision_that_is_taken_back_takes_its_line_away() -> None:
    assert with_decisions(FILE, "c.yaml", {"bell1999": None}) == FILE.replace("    bell1999: none\n", "")


def test_the_last_decision_can_be_taken_back() -> None:
    changed = with_decisions(FILE, "c.yaml", {"bell1999": None, "ode2004": None})
    assert load_yaml(changed, "c.yaml")["decisions"] == {}
    assert "library: refs.bib" in changed
    assert with_decisions(changed, "c.yaml", {"a": "none"}).count("decisions:") == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "source: a.md",
        "source: a.md\n",
        "source: a.md\ndecisions: {}\nlibrary: b.bib\n",
        "decisions: {k: none, l: 10.1234/x}\nsource: a.md\n",
        "decisions:\n  k: none",
        "decisions:\nsource: a.md\n",
        "\ufeffsource: a.md\r\ndecisions:\r\n  k: none\r\n",
        "# only a remark\n",
        "decisions:\n  k: >-\n    10.1234/folded\n  l: none\nsource: a.md\n",
    ],
)
def test_whatever_the_file_looks_like_the_decision_is_in_it_and_all_else_stays(text: str) -> None:
    before = load_yaml(text, "c.yaml") or {}
    changed = with_decisions(text, "c.yaml", {"new:key": "10.1234/a#b", "k": "none"})
    after = load_yaml(changed, "c.yaml")
    assert after.pop("decisions") == {**(before.pop("decisions", None) or {}), "new:key": "10.1234/a#b", "k": "none"}
    assert after == before


def test_what_is_decided_already_changes_no_byte() -> None:
    assert with_decisions(FILE, "c.yaml", {"bell1999": "none", "unknown": None}) == FILE


@pytest.mark.parametrize("text", ["decisions: [a, b]\n", "- a\n", "decisions: {a: b\n", "a: &x 1\ndecisions: text\n"])
def test_a_file_that_is_no_configuration_is_left_alone(text: str) -> None:
    with pytest.raises(ConfigError):
        with_decisions(text, "c.yaml", {"k": "none"})


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=20), max_size=4))
def test_any_key_and_value_are_read_back_as_they_were(changes: dict[str, str]) -> None:
    changed = with_decisions(FILE, "c.yaml", changes)
    assert load_yaml(changed, "c.yaml")["decisions"] == {"ode2004": "10.5555/tides", "bell1999": "none", **changes}


def test_a_decision_names_identifiers_or_no_record() -> None:
    assert decided_identifiers("none") == ()
    assert decided_identifiers("a title") is None
    both = decided_identifiers("10.5555/a,b, arXiv:2001.00001")
    assert both is not None
    assert [identifier.kind for identifier in both] == ["doi", "arxiv"]
