"""Batches: the same bytes whoever makes the parts, and nothing lost when a run is cut off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import Run

from dl4es_bib.model.errors import UsageError
from dl4es_bib.tasks import batch
from dl4es_bib.tasks.batch import Shard

ARGUMENTS = ("resolve", "--jsonl", "lines.jsonl", "--offline", "--index", "records.index")


@pytest.fixture
def lines(command: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of 23 references, resolved in parts of five lines."""
    monkeypatch.setattr(batch, "PART", 5)
    monkeypatch.setattr(batch.resolve_batch, "__kwdefaults__", {**batch.resolve_batch.__kwdefaults__, "size": 5})
    assert command("index", "add", "records.jsonl", "--index", "records.index")[0] in {0, 1}
    source = project / "lines.jsonl"
    texts = [
        f"Ode, A., & Bell, B. (2011). Salt in the deep sea {number}. Sea Letters, 19(3), 45-67." for number in range(22)
    ]
    source.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(texts)) + "\n")
    return source


def test_every_line_has_its_answer_in_order(command: Run, project: Path, lines: Path) -> None:
    assert command(*ARGUMENTS, "-o", "answers.jsonl")[0] == 0
    answers = [json.loads(line) for line in (project / "answers.jsonl").read_text().splitlines()]
    assert [answer["id"] for answer in answers] == [*(f"r{number}" for number in range(22)), "23"]
    assert not (project / "answers.jsonl.parts").exists()
    printed = [json.loads(line) for line in command(*ARGUMENTS)[1].splitlines()]
    assert printed == answers


def test_shares_and_processes_give_the_same_bytes(command: Run, project: Path, lines: Path) -> None:
    command(*ARGUMENTS, "-o", "one.jsonl")
    one = (project / "one.jsonl").read_bytes()
    code, out, _ = command(*ARGUMENTS, "-o", "shares.jsonl", "--shard", "2/3")
    assert (code, "still to come" in out) == (0, True)
    assert not (project / "shares.jsonl").exists()
    command(*ARGUMENTS, "-o", "shares.jsonl", "--shard", "1/3")
    command(*ARGUMENTS, "-o", "shares.jsonl", "--shard", "3/3")
    assert (project / "shares.jsonl").read_bytes() == one
    assert command(*ARGUMENTS, "-o", "shares.jsonl", "--shard", "3/3")[0] == 0  # requeued after the end
    command(*ARGUMENTS, "-o", "two.jsonl", "--jobs", "2")
    assert (project / "two.jsonl").read_bytes() == one


def test_a_run_takes_the_parts_that_are_not_there(command: Run, project: Path, lines: Path) -> None:
    command(*ARGUMENTS, "-o", "answers.jsonl", "--shard", "1/2")
    parts = sorted((project / "answers.jsonl.parts").glob("0*.jsonl"))
    before = [part.stat().st_mtime_ns for part in parts]
    assert len(parts) == 3
    _, out, _ = command(*ARGUMENTS, "-o", "answers.jsonl", "--shard", "1/2")
    assert out.startswith("0 parts of 5 made")
    assert [part.stat().st_mtime_ns for part in parts] == before


def test_parts_of_another_file_are_not_mixed_in(command: Run, project: Path, lines: Path) -> None:
    command(*ARGUMENTS, "-o", "answers.jsonl", "--shard", "1/2")
    lines.write_text(lines.read_text() + '{"text": "Fog"}\n')
    code, _, err = command(*ARGUMENTS, "-o", "answers.jsonl")
    assert (code, "made from another file" in err) == (3, True)


def test_an_output_that_is_there_is_never_replaced(command: Run, project: Path, lines: Path) -> None:
    (project / "answers.jsonl").write_text("mine")
    code, _, err = command(*ARGUMENTS, "-o", "answers.jsonl")
    assert (code, "there already" in err) == (2, True)
    (project / "other.jsonl.parts").mkdir()
    (project / "other.jsonl.parts" / "mine.txt").write_text("mine")
    code, _, err = command(*ARGUMENTS, "-o", "other.jsonl")
    assert (code, "files of others" in err) == (2, True)
    assert (project / "answers.jsonl").read_text() == "mine"


def test_an_empty_file_is_no_success(command: Run, project: Path, lines: Path) -> None:
    lines.write_text("")
    code, _, err = command(*ARGUMENTS, "-o", "answers.jsonl")
    assert (code, "no reference was found" in err) == (1, True)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"])
def test_a_share_is_one_of_several(text: str) -> None:
    with pytest.raises(UsageError, match="K/N"):
        Shard.read(text)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
def test_a_killed_run_is_completed_by_the_next(command: Run, project: Path, lines: Path) -> None:
    command(*ARGUMENTS, "-o", "whole.jsonl")
    code = (
        "import os, sys\nfrom dl4es_bib.tasks import batch\nbatch.resolve_batch.__kwdefaults__['size'] = 5\n"
        "made, make = [], batch.make_part\n"
        "def killed(*arguments):\n"
        "    made.append(1)\n"
        "    if len(made) == int(sys.argv[1]): os.kill(os.getpid(), 9)\n"
        "    return make(*arguments)\n"
        "batch.make_part = killed\n"
        "from dl4es_bib.cli import main\nmain(sys.argv[2:])\n"
    )
    for part in ("1", "3", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, part, *ARGUMENTS, "-o", "cut.jsonl"], cwd=project, check=False
        )
        assert done.returncode == -signal.SIGKILL
    assert len(list((project / "cut.jsonl.parts").glob("0*.jsonl"))) == 3
    assert command(*ARGUMENTS, "-o", "cut.jsonl")[0] == 0
    assert (project / "cut.jsonl").read_bytes() == (project / "whole.jsonl").read_bytes()


def test_a_dask_worker_that_is_killed_loses_nothing(command: Run, project: Path, lines: Path) -> None:
    from distributed import Client, LocalCluster

    command(*ARGUMENTS, "-o", "whole.jsonl")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            victim = next(iter(client.run(os.getpid).values()))
            os.kill(victim, signal.SIGKILL)
            address = cluster.scheduler_address
        assert command(*ARGUMENTS, "-o", "dask.jsonl", "--dask", address)[0] == 0
    assert (project / "dask.jsonl").read_bytes() == (project / "whole.jsonl").read_bytes()


def test_no_scheduler_is_said_with_its_address(
    command: Run, project: Path, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = command(*ARGUMENTS, "-o", "dask.jsonl", "--dask", "nonsense://x")
    assert (code, "no scheduler answers" in err) == (2, True)
