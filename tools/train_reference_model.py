"""Train the model that reads reference strings, and say how well it reads what it has not seen.

    python tools/train_reference_model.py gather  DATA WORK [--records FILE] [--count N] [--styles N]
    python tools/train_reference_model.py judge   DATA WORK [--fold N]

DATA holds labelled sets ``NAME.jsonl.gz`` and their ``score.py``; those that are absent are left out. ``--records`` is
a file of Crossref works (JSON lines, compressed) to render. WORK is a folder for what is made on the way.

``gather`` renders and labels, and writes the given names of the records. ``judge`` trains without whole styles,
layouts, files and records, and scores the reader on them. Fold 0 is what the package has: its model is written there,
and ``calibration.py``, learnt on what was left out.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pycrfsuite
from reference_training import calibrate, examples, given_names, records
from reference_training.examples import Example, bucket

from dl4es_bib.formats.csljson import to_csl
from dl4es_bib.model.work import Work
from dl4es_bib.read.reference import confidence
from dl4es_bib.read.reference.tagger.features import attributes
from dl4es_bib.read.reference.tagger.model import FILE, read_model

SEED = 2026
#: Share of the references rendered in styles for training that are learnt from: more of them made the model worse on
#: real ones. Those in layouts are all learnt from, for what is met on the web has most layouts.
SHARE_RENDERED = 0.25
PARAMETERS = {"c1": 0.2, "c2": 1.0, "max_iterations": 50, "feature.minfreq": 3}
_READER = Path(__file__).parent.parent / "src" / "dl4es_bib" / "read" / "reference"
_WEB = ("gscholar-mla", "readme-quoted-title-first", "ieee-xplore")


def gather(data: Path, work: Path, file: Path | None, count: int, style_count: int) -> None:
    """Render references from records, read the labelled sets, and keep all as examples; write the given names."""
    if file is not None:
        # Before the rest: the names are among what the words of an example are described by.
        names = given_names.given_names(records.crossref(file))
        (_READER / "tagger" / "given_names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    sets = (*examples.RENDERED_SETS, *examples.HUMAN_SETS)
    with ProcessPoolExecutor(2) as pool:
        rendering = pool.submit(_rendered, data, file, count, style_count)
        found = [example for name in sets for example in pool.submit(_labelled, data, name).result()]
        found += rendering.result()
    work.mkdir(parents=True, exist_ok=True)
    (work / "examples.pickle").write_bytes(pickle.dumps(found))
    print(f"{len(found):,} examples")


def _labelled(data: Path, name: str) -> list[Example]:
    return list(examples.labelled(data, name))


def _rendered(data: Path, file: Path | None, count: int, style_count: int) -> list[Example]:
    items = records.rebuilt(data, examples.RENDERED_SETS)
    others = records.crossref(file) if file else []
    return list(examples.rendered(items, others, count=count, style_count=style_count, seed=SEED))


def divide(found: Sequence[Example], fold: int) -> tuple[list[Example], dict[str, list[Example]]]:
    """What to learn from and what to be judged on: records, styles, layouts and files are on one side only."""
    learnt: list[Example] = []
    judged: dict[str, list[Example]] = {
        name: [] for name in ("synth", "styles", "web", "grobid-corpus", "anystyle-core")
    }
    for example in found:
        held = bool(example.record) and bucket(example.record, 5) == fold
        style_held = bucket("s" + example.group, 5) == fold
        match example.set:
            case "synth-dev":
                (judged["synth"] if held else learnt).append(example)
            case "synth-dev260":
                if held and style_held:
                    judged["styles"].append(example)
                elif not held and not style_held:
                    learnt.append(example)
            case "web-dev":
                if (example.group in _WEB) == (fold % 2 == 0):
                    judged["web"] += [example] if held else []
                elif not held:
                    learnt.append(example)
            case "csl":
                learnt += [] if held or style_held else [example]
            case "layout":
                learnt += [] if held else [example]
            case "anystyle-core":
                judged["anystyle-core"].append(example)
            case "grobid-corpus":
                (judged["grobid-corpus"] if bucket("f" + example.group, 2) == fold % 2 else learnt).append(example)
            case _:
                learnt.append(example)
    return learnt, judged


def fit(found: Sequence[Example], path: Path) -> None:
    """Train a model and write it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for example in found:
        if example.labels is None:
            continue
        if example.set == "csl" and bucket(example.text, 1000) >= SHARE_RENDERED * 1000:
            continue
        trainer.append(attributes(example.tokens, example.rules, example.kind), list(example.labels))
    trainer.set_params(PARAMETERS)
    trainer.train(str(path))


def judge(data: Path, work: Path, fold: int) -> None:
    """Score the reader on what a model was not trained on; fold 0 gives the package its model and confidence."""
    found: list[Example] = pickle.loads((work / "examples.pickle").read_bytes())
    learnt, judged = divide(found, fold)
    path = work / f"fold{fold}.crfsuite"
    if not path.exists():
        fit(learnt, path)
    labeller = read_model(path.read_bytes())
    readings = []
    if fold == 0:
        # weights of before may be of other columns; those of the confidence are learnt below
        confidence.FIELDS = {"title": (0.0,) * len(confidence.FIELD_COLUMNS)}
        confidence.WORK = (0.0,) * len(confidence.WORK_COLUMNS)
        # the choice between rules and tagger is learnt on what the confidence is learnt on, and judged on fold 1
        # layouts and styles that nobody has seen count more: there are few of them
        rows = [
            row
            for some in judged.values()
            for example in some
            if (row := calibrate.choice(example, labeller))
            for _ in range(calibrate.WEIGHTS.get(example.set, 1))
        ]
        confidence.DECIDE = calibrate.fitted(rows)
    for name, some in judged.items():
        mine = [calibrate.reading(example, labeller) for example in some]
        readings += mine
        for reader in ("rules", "both"):
            works = [reading.rules if reader == "rules" else reading.work for reading in mine]
            score = _score(data, some, works)
            print(
                f"{name:14} {reader:6} {len(some):5}  " + "  ".join(f"{part} {value}" for part, value in score.items())
            )
        print(f"{'':14} families {calibrate.families(mine):.3f}")
    if fold == 0:
        packed = gzip.compress(path.read_bytes(), mtime=0)
        (_READER / "tagger" / FILE).write_bytes(packed)
        print(f"model: {len(packed) / 1e6:.1f} MB, SHA-256 {hashlib.sha256(packed).hexdigest()}")
        calibrate.write(readings, confidence.DECIDE, _READER / "calibration.py")
        readings = [calibrate.reading(example, labeller) for some in judged.values() for example in some]
    for name in judged:
        print(name, calibrate.table([reading for reading in readings if reading.set == calibrate.SET_OF[name]]))
    for spoken in ("english", "other language", "other script", "east asian"):
        print(spoken, calibrate.table([reading for reading in readings if calibrate.language(reading) == spoken]))


def _score(data: Path, some: Sequence[Example], works: Sequence[Work]) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        gold, parsed = Path(folder, "gold.jsonl"), Path(folder, "parsed.jsonl")
        gold.write_text("".join(json.dumps({"fields": dict(example.fields)}) + "\n" for example in some))
        parsed.write_text("".join(json.dumps(to_csl(work, "")) + "\n" for work in works))
        command = [sys.executable, str(data / "score.py"), str(gold), str(parsed)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    score = json.loads(run.stdout.splitlines()[-1])
    return {
        name: score[name]
        for name in ("micro_f1", "whole", "title", "container-title", "author", "DOI", "URL")
        if name in score
    }


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("gather", "judge"))
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--count", type=int, default=13_000)
    parser.add_argument("--styles", type=int, default=300)
    parser.add_argument("--fold", type=int, default=0)
    given = parser.parse_args()
    if given.step == "gather":
        gather(given.data, given.work, given.records, given.count, given.styles)
    else:
        judge(given.data, given.work, given.fold)


if __name__ == "__main__":
    main()
