"""References rendered for training carry exact spans."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

from dl4es_bib.read.reference import tagger
from dl4es_bib.read.reference.tagger.model import FILE

TOOLS = Path(__file__).parents[3] / "tools"
#: In a process of its own: it marks variables in the CSL processor for good.
_SCRIPT = """
import json, random, sys
sys.path.insert(0, sys.argv[1])
from reference_training import noise, styles, templates
item = {"id": "ode", "type": "article-journal", "title": "On tides", "container-title": "Sea Letters", "volume": "12",
        "issue": "3", "page": "5-9", "author": [{"family": "Ode", "given": "Ann"}, {"family": "Roe", "given": "Bob"}],
        "issued": {"date-parts": [[2004]]}}
styles.mark_variables()
out = []
for style in ("apa", "ieee", "nature", "modern-language-association"):
    for found in styles.render(style, "", [item], {}):
        text, segments = found.text()
        out.append({label: text[start:end] for label, start, end in segments})
texts = [noise.with_noise(templates.render(item, "", chance), chance).text()[0]
         for chance in (random.Random(7), random.Random(7))]
print(json.dumps([out, texts]))
"""


def test_every_field_of_a_rendered_reference_is_marked_and_chance_can_be_repeated() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT, str(TOOLS)], capture_output=True, text=True, check=True)
    rendered, texts = json.loads(done.stdout)
    assert len(rendered) == 4
    for fields in rendered:
        assert fields["J"] == "Sea Letters"
        assert fields["V"] == "12"
        assert "tides" in fields["T"].lower()
        assert fields["A"].startswith(("Ode", "A. Ode"))
        assert fields["D"] == "2004"
    assert texts[0] == texts[1]


#: Renders, labels and trains in a process of its own, and prints the digest of the model.
_TRAINING = """
import hashlib, pathlib, sys, tempfile
sys.path.insert(0, sys.argv[1])
import train_reference_model
from reference_training import examples
items = [
    {"id": f"ode{number}", "type": "article-journal", "title": f"On the tides of coast {number}", "volume": str(number),
     "container-title": "Sea Letters", "page": "5-9", "author": [{"family": "Ode", "given": "Ann"}],
     "issued": {"date-parts": [[1990 + number]]}}
    for number in range(12)
]
train_reference_model.SHARE_RENDERED = 1.0
found = list(examples.rendered(items, [], count=200, style_count=4, seed=7))
assert len(found) > 30
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder, "model.crfsuite")
    train_reference_model.fit(found, path)
    print(hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_two_trainings_with_one_seed_give_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _TRAINING, str(TOOLS)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_the_model_card_names_the_digest_of_the_model_in_the_package() -> None:
    card = (TOOLS.parent / "docs" / "concepts" / "reference-model.md").read_text(encoding="utf-8")
    packed = resources.files(tagger).joinpath(FILE).read_bytes()
    assert hashlib.sha256(packed).hexdigest() in card
