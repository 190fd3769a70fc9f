"""References rendered for training carry exact spans."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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
