"""review: a person decides what a reference is, in a terminal, on a page or in a file."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest

from dl4es_bib.cli import run
from dl4es_bib.cli.review import cut_sides
from dl4es_bib.library.store.files import load_lock


def record(doi: str, title: str, family: str, year: int, journal: str, volume: str, page: str) -> dict[str, Any]:
    return {
        "DOI": doi, "type": "journal-article", "title": [title], "author": [{"family": family, "given": "Ann"}],
        "container-title": [journal], "volume": volume, "page": page, "issued": {"date-parts": [[year]]},
    }  # fmt: skip


RECORDS = [
    record("10.5555/tides.1", "Tidal bedforms of the Wadden Sea in winter", "Ode", 2004, "Sea Letters", "12", "345"),
    record("10.5555/corals.2", "Growth of corals in cold northern water", "Baba", 1999, "Reef Studies", "7", "12-40"),
    record("10.5555/lakes.3", "Thermal layers of alpine lakes after storms", "Quist", 2011, "Lakes", "3", "1-9"),
    record("10.5555/mosses.4", "Mosses as archives of airborne metals", "Roe", 2008, "Botany Notes", "5", "88-99"),
]
LIBRARY = """\
@article{right, author={Ode, Ann}, title={Tidal bedforms of the Wadden Sea in winter}, journal={Sea Letters}, volume=12,
  pages={345}, year=2004}
@article{other, author={Ray, Mo}, title={Soil moisture under alpine snow cover}, journal={Snow}, year=2001,
  doi={10.5555/corals.2}}
@article{lakes, author={Quist, Ann}, title={Thermal layers of tropical rivers after floods}, journal={Lakes}, year=2011,
  doi={10.5555/lakes.3}}
@article{unknown, author={Vole, Ida}, title={Bread prices and lunar eclipses}, journal={Grain}, year=2015}
"""
SETTINGS = """\
# the settings of a test
source: refs.bib
index: {path: i.sqlite, records: records.jsonl}
services:
  crossref: {enabled: false}
  datacite: {enabled: false}
  arxiv: {enabled: false}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(row) + "\n" for row in RECORDS))
    (tmp_path / "refs.bib").write_text(LIBRARY)
    (tmp_path / "dl4es-bib.yaml").write_text(SETTINGS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decisions(folder: Path) -> dict[str, str]:
    """What the lock says that a person decided."""
    entries = load_lock(folder / "dl4es-bib.lock").entries
    return {key: entry.decided for key, entry in entries.items() if entry.decided}


#: Seconds after which a run that shows nothing is given up.
PATIENCE = 30


class Terminal:
    """A run of the command in a pseudo-terminal."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        sources = str(Path(__file__).parents[2] / "src")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dl4es_bib", "review", *arguments], stdin=slave, stdout=slave, stderr=slave,
            cwd=folder, close_fds=True, start_new_session=True, preexec_fn=_own_terminal,
            env={**os.environ, "PYTHONPATH": sources, "NO_COLOR": "1", "XDG_CACHE_HOME": str(folder / "cache")},
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def until(self, text: str) -> str:
        """Read until a text is shown; what was shown since the last one."""
        while text not in self.seen:
            assert self._read(), f"{text!r} was never shown; shown was: {self.seen}"
        shown, _, self.seen = self.seen.partition(text)
        return shown

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def ended(self, pressed: str = "") -> int:
        """Read what is left and give the exit code.

        Arguments:
            pressed: a key that is pressed again while nothing happens, as a person does. A signal that comes just
                before Python waits for a line is seen only when the next one comes.
        """
        for _ in range(10 if pressed else 0):
            if select.select([self.master], [], [], PATIENCE / 15)[0]:
                if not self._read():
                    break
            else:
                self.type(pressed)
        while self._read():
            pass
        os.close(self.master)
        return self.process.wait(PATIENCE)

    def _read(self) -> bool:
        """Read what is shown next; whether there was anything."""
        if not select.select([self.master], [], [], PATIENCE)[0]:
            self.process.kill()
            raise AssertionError(f"nothing was shown for {PATIENCE} seconds after: {self.seen}")
        try:
            data = os.read(self.master, 4096)
        except OSError:  # the other side was closed
            data = b""
        self.seen += data.decode("utf-8", "replace")
        return bool(data)


def _own_terminal() -> None:
    """Make the pseudo-terminal the one whose Ctrl-C is a signal to this process."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_session_shows_text_and_record_side_by_side_and_writes_the_decisions_at_the_end(folder: Path) -> None:
    terminal = Terminal(folder)
    shown = terminal.until("> ")
    assert "1 of 3" in shown
    assert re.search(r"title +Soil moisture under alpine snow cover +Growth of corals in cold northern water", shown)
    assert shown.index("≠") < shown.index("DOI ")
    terminal.type("n\n")
    assert "2 of 3" in terminal.until("> ")
    terminal.type("1\n")
    assert "3 of 3" in terminal.until("> ")
    assert decisions(folder) == {}
    terminal.type("e\n")
    terminal.until("identifier")
    terminal.type("10.5555/mosses.4\n")
    terminal.until("Write them?")
    assert decisions(folder) == {}
    terminal.type("y\n")
    assert terminal.ended() == 0
    assert decisions(folder) == {"other": "none", "lakes": "10.5555/lakes.3", "unknown": "10.5555/mosses.4"}
    assert (folder / "dl4es-bib.yaml").read_text() == SETTINGS
    assert (folder / "refs.bib").read_text() == LIBRARY


def test_a_step_can_be_undone_and_an_answer_that_is_none_is_asked_for_again(folder: Path) -> None:
    terminal = Terminal(folder)
    terminal.until("> ")
    terminal.type("9\n")
    assert "no such record" in terminal.until("> ")
    terminal.type("u\n")
    assert "nothing to undo" in terminal.until("> ")
    terminal.type("?\n")
    assert "undo the last step" in terminal.until("> ")
    terminal.type("1\n")
    assert "2 of 3" in terminal.until("> ")
    terminal.type("u\n")
    assert "1 of 3" in terminal.until("> ")
    terminal.type("s\n")
    assert "2 of 3" in terminal.until("> ")
    terminal.type("n\n")
    terminal.until("> ")
    terminal.type("q\n")
    assert terminal.ended() == 1
    assert decisions(folder) == {"lakes": "none"}


@pytest.mark.parametrize("last", ["x\n", "\x03", "\x04"])
def test_leaving_without_writing_leaves_the_file_as_it_was(folder: Path, last: str) -> None:
    terminal = Terminal(folder)
    terminal.until("> ")
    terminal.type("1\n")
    terminal.until("> ")
    terminal.type(last)
    assert terminal.ended(last if last == "\x03" else "") in {1, 130}
    assert not (folder / "dl4es-bib.lock").exists()


def test_one_answer_can_decide_all_that_are_like_it(folder: Path) -> None:
    terminal = Terminal(folder)
    terminal.until("> ")
    terminal.type("a\n")
    shown = terminal.until("[y/N]")
    number = int(re.findall(r"record of (\d+) reference", shown)[0])
    terminal.type("y\n")
    terminal.until("> ")
    terminal.type("q\n")
    terminal.ended()
    assert len(decisions(folder)) == number
    assert decisions(folder)["other"] == "10.5555/corals.2"


def test_without_a_terminal_nothing_is_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review"]) == 2
    assert "--list" in capsys.readouterr().err


def test_the_list_names_what_is_open_with_its_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "--list"]) == 1
    shown = capsys.readouterr().out
    assert "refs.bib:3  other  other-work" in shown
    assert "1  10.5555/corals.2  Growth of corals in cold northern water  1999" in shown
    assert "right" not in shown
    assert run(["review", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["open"]
    assert [row["key"] for row in rows] == ["other", "lakes", "unknown"]
    assert "title" in {difference["field"] for difference in rows[0]["candidates"][0]["differences"]}


def test_a_file_of_decisions_is_applied_as_a_whole_or_not_at_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "d.yaml").write_text('decisions:\n  "other": "10.5555/corals.2"\n  "unknown": "a title"\n')
    assert run(["review", "--apply", "d.yaml"]) == 2
    assert not (folder / "dl4es-bib.lock").exists()
    assert "unknown" in capsys.readouterr().err
    (folder / "d.yaml").write_text('"other": "10.5555/corals.2"\n"unknown": "none"\n')
    assert run(["review", "--apply", "d.yaml"]) == 0
    assert decisions(folder) == {"other": "10.5555/corals.2", "unknown": "none"}
    assert run(["review", "--apply", "missing.yaml"]) == 3
    (folder / "d.yaml").write_text("- a\n")
    assert run(["review", "--apply", "d.yaml"]) == 3


def test_verify_and_build_follow_the_decisions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "d.yaml").write_text("lakes: 10.5555/lakes.3\nunknown: none\nother: 10.5555/mosses.4\n")
    assert run(["review", "--apply", "d.yaml"]) == 0
    capsys.readouterr()
    run(["verify", "refs.bib", "--json"])
    entries = {entry["key"]: entry for entry in json.loads(capsys.readouterr().out)["entries"]}
    assert entries["lakes"]["verdict"] == "differs"
    assert entries["lakes"]["work"]["DOI"] == "10.5555/lakes.3"
    assert entries["unknown"]["verdict"] == "unverifiable"
    assert entries["other"]["work"]["DOI"] == "10.5555/mosses.4"
    assert run(["review", "--list"]) == 0
    assert "Nothing is open" in capsys.readouterr().out


def test_a_decision_can_be_taken_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "d.yaml").write_text("lakes: 10.5555/lakes.3\n")
    run(["review", "--apply", "d.yaml"])
    assert run(["review", "--undo", "lakes"]) == 0
    assert decisions(folder) == {}
    assert run(["review", "--undo", "lakes"]) == 2
    assert "nothing is decided" in capsys.readouterr().err


def test_the_page_has_one_choice_for_each_record_and_escapes_what_records_say(folder: Path) -> None:
    hostile = LIBRARY.replace("alpine snow", "</script><script>alert(1)</script> snow").replace("{other,", '{ot"her,')
    (folder / "refs.bib").write_text(hostile)
    assert run(["review", "--html", "open.html"]) == 1
    page = (folder / "open.html").read_text()
    assert 'data-record="10.5555/corals.2"' in page
    assert page.count("<fieldset") == 3
    assert page.count("<script>") == 1
    assert "alert(1)</script>" not in page
    assert 'data-key="ot&quot;her"' in page


def test_references_of_a_text_are_decided_by_the_key_that_they_will_get(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "list.md").write_text("- Vole, I. (2015). Bread prices and lunar eclipses. Grain, 4, 5-9.\n")
    assert run(["review", "list.md", "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["open"]
    (folder / "d.yaml").write_text(f"{row['key']}: none\n")
    run(["review", "--apply", "d.yaml"])
    capsys.readouterr()
    assert run(["review", "list.md", "--list"]) == 0


def test_an_article_and_its_preprint_are_taken_together_and_the_first_is_cited(folder: Path) -> None:
    twins = [
        record("10.5555/moth.5", "Moths at street lamps in towns", "Vole", 2013, "Insect Letters", "2", "5-9"),
        record("10.5555/moth.6", "Moths at street lamps in towns", "Vole", 2013, "Insect Letters", "3", "7-9"),
    ]
    with (folder / "records.jsonl").open("a") as rows:
        rows.writelines(json.dumps(row) + "\n" for row in twins)
    moths = "@article{moths, author={Vole, Ann}, title={Moths at street lamps in towns}, journal={Insect Letters},"
    moths += " year=2013}\n"
    (folder / "refs.bib").write_text(moths)
    terminal = Terminal(folder)
    assert "1 of 1" in terminal.until("> ")
    terminal.type("b 2 1\n")
    terminal.until("Write them?")
    terminal.type("y\n")
    assert terminal.ended() == 0
    both = decisions(folder)["moths"]
    assert sorted(both.split(", ")) == ["10.5555/moth.5", "10.5555/moth.6"]
    again = Terminal(folder)
    again.until("Nothing is open.")
    assert again.ended() == 0
    lock = (folder / "dl4es-bib.lock").read_text()
    assert f'"decided": "{both}"' in lock


@pytest.mark.parametrize(
    ("said", "record"),
    [
        ("Low-impact development seen from an ecological perspective in rural towns of the north of Norway",
         "Low-impact development seen from an ecological perspective in other towns of the north of Norway"),
        ("https://example.org/" + "a" * 90, "https://example.org/" + "a" * 89 + "b"),
        ("Vik, Tor; Ode, Ann; Bell, Carl; Quist, Per; Baba, Kenji; Roe, Ida",
         "Vik, Tor; Ode, Ann; Bell, Carl; Quist, Per; Baba, Kenji; Roe, Ida; Halden, Mona"),
        ("short", "other"),
    ],
)  # fmt: skip
def test_two_long_values_are_cut_so_that_what_differs_is_shown(said: str, record: str) -> None:
    ours, theirs = cut_sides(said, record)
    assert ours != theirs
    assert max(len(ours), len(theirs)) <= 46


def test_two_values_that_agree_are_shown_from_their_beginning() -> None:
    said = "Thermal layers of alpine lakes after storms and long summers"
    assert cut_sides(said, said)[0].startswith("Thermal layers")
