"""Each rule finds what it should find, and nothing in what is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dl4es_bib.bib.file import parse
from dl4es_bib.bib.grammar import keys_in
from dl4es_bib.check.rule_list import RULES
from dl4es_bib.check.rules import fields
from dl4es_bib.check.run import Selection, check, explained, mended
from dl4es_bib.model.errors import UsageError

CASES = [
    (block.split("\n", 1)[0].strip(), kind, text)
    for block in re.split(r"(?m)^=== ", (Path(__file__).parent / "rules.txt").read_text(encoding="utf-8"))[1:]
    for kind, text in re.findall(r"(?ms)^--- (bad|good)\n(.*?)(?=^---|\Z)", block)
]


def names(text: str, **options: object) -> list[str]:
    return [violation.rule.name for violation in check([parse(text)], **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "kind", "text"), CASES)
def test_a_rule_finds_the_bad_and_leaves_the_good(rule: str, kind: str, text: str) -> None:
    found = names(text, selection=Selection(select=(rule,)))
    assert (rule in found) == (kind == "bad")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixable and rule.default], ids=lambda rule: rule.name)
def test_what_is_mended_is_not_found_again_and_nothing_is_lost(rule: object) -> None:
    own = [text for name, kind, text in CASES if name == rule.name and kind == "bad"]  # type: ignore[attr-defined]
    selection = Selection(select=(rule.name,))  # type: ignore[attr-defined]
    changed = 0
    for text in own:
        before = parse(text)
        after, count = mended(before, selection, unsafe=True)
        changed += count
        assert [entry.key for entry in after.entries] == [entry.key for entry in before.entries]
        again, more = mended(after, selection, unsafe=True)
        assert (again.text, more) == (after.text, 0)
    assert changed


def test_every_rule_that_reads_entries_has_a_bad_and_a_good_fixture() -> None:
    with_check = {rule.name for rule in RULES if rule.check is not None}
    without = {"unknown-field", "double-braces", "key-beyond-ascii", "character-not-settable"}
    of_citations = {"citation-missing", "entry-unused"}
    for kind in ("bad", "good"):
        assert with_check - {name for name, own, _ in CASES if own == kind} == without | of_citations


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("unknown-field", "@misc{a, title = {T}, wetness = {9}}", "@misc{a, title = {T}, note = {9}}"),
        ("double-braces", "@misc{a, title = {{All of it}}}", "@misc{a, title = {{One} and {Two}}}"),
        ("key-beyond-ascii", "@misc{größe, title = {T}}", "@misc{groesse, title = {T}}"),
        ("character-not-settable", "@misc{a, title = {数}}", "@misc{a, title = {Größe – ő}}"),
    ],
)
def test_rules_that_are_off_are_used_when_they_are_named(rule: str, bad: str, good: str) -> None:
    assert rule not in names(bad)
    assert rule in names(bad, selection=Selection(select=(rule,)))
    assert rule not in names(good, selection=Selection(select=(rule,)))


def test_citations_are_compared_with_the_entries() -> None:
    text = "@misc{a, title = {T}, crossref = {p}}\n@misc{b, title = {U}}\n@misc{p, title = {V}}"
    found = {violation.found.key: violation.rule.name for violation in check([parse(text)], cited=("a", "bb"))}
    assert found["bb"] == "citation-missing"
    assert found["b"] == "entry-unused"
    assert "p" not in {key for key, name in found.items() if name == "entry-unused"}
    assert "citation-missing" not in names(text)


def test_a_rule_a_family_or_all_can_be_ignored() -> None:
    text = "@misc{a, title = {Sand & wind}, month = {March}}"
    assert names(text) == ["unescaped-character", "month-not-macro"]
    assert names(text, selection=Selection(ignore=("latex",))) == ["month-not-macro"]
    assert names(text, selection=Selection(ignore=("month-not-macro", "latex"))) == []
    assert names(text, selection=Selection(select=("dates",))) == ["month-not-macro"]


def test_a_comment_switches_a_rule_off_for_the_next_entry_or_the_file() -> None:
    bad = "@misc{%s, title = {Sand & wind}}\n"
    one = "@comment{dl4es-bib: ignore unescaped-character}\n" + bad % "a" + bad % "b"
    assert [violation.found.key for violation in check([parse(one)])] == ["b"]
    assert names("% dl4es-bib: ignore-file latex\n" + bad % "a" + bad % "b") == []


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean month-not-macro"):
        Selection(select=("month-not-makro",)).rules()
    with pytest.raises(UsageError, match="no rule named"):
        explained("nonsense")


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.name)
def test_every_rule_has_a_page_that_says_what_goes_wrong(rule: object) -> None:
    page = explained(rule.name)  # type: ignore[attr-defined]
    assert rule.summary in page  # type: ignore[attr-defined]
    assert rule.why  # type: ignore[attr-defined]
    assert rule.family in page  # type: ignore[attr-defined]


def test_control_entries_are_no_works() -> None:
    text = '@IEEEtranBSTCTL{x, CTLuse_article_number = "yes"}\n@control{y, author="08"}\n@xdata{z, publisher={P}}'
    assert names(text) == []


def test_what_reading_finds_is_a_rule_too() -> None:
    text = "@article{a, title = {T} year = 2001}"
    assert names(text) == ["missing-comma"]
    assert names(text, selection=Selection(ignore=("syntax",))) == []


@pytest.mark.parametrize("link", ["crossref", "xdata"])
def test_a_long_chain_of_parents_takes_a_bounded_number_of_steps_for_each_entry(
    link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0

    def counted(value: str) -> tuple[str, ...]:
        nonlocal steps
        steps += 1
        return tuple(keys_in(value))

    monkeypatch.setattr(fields, "keys_in", counted)
    chain = 500
    text = "".join(f"@article{{c{number}, {link} = {{c{number + 1}}}}}\n" for number in range(chain))
    names(text, selection=Selection(select=("missing-field", "circular-link")))
    assert 0 < steps < 250 * chain


@pytest.mark.parametrize("doi", ['10.5555/"><img src=x onerror=alert(1)>', "<script>x</script>", "10/a<b onclick=c>d"])
def test_a_message_on_a_doi_repeats_no_markup(doi: str) -> None:
    found = check([parse(f"@misc{{a, doi = {{{doi}}}}}")], selection=Selection(select=("doi-form",)))
    assert [violation.rule.name for violation in found] == ["doi-form"]
    assert "<" not in found[0].finding.message
