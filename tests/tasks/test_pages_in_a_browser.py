"""The pages of verify and review in a browser: no console error, nothing for axe-core to complain of.

Needs Chromium, and the path of ``axe.min.js`` in ``DL4ES_BIB_AXE``; ``.ci/run`` sees to both.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dl4es_bib.cli import run

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("DL4ES_BIB_AXE", "")
RECORDS = [
    {
        "DOI": "10.5555/a", "type": "journal-article", "title": ["Growth <img src=x onerror=alert(1)> of corals"],
        "author": [{"family": "Baba</td><script>alert(2)</script>", "given": "K"}], "volume": "7", "page": "12-40",
        "container-title": ["Reef \"Studies\" & 'Co'"], "issued": {"date-parts": [[1999]]},
    },
    {
        "DOI": "10.5555/b", "type": "journal-article", "title": ["Tidal bedforms of the Wadden Sea in winter"],
        "author": [{"family": "Ode", "given": "A"}], "container-title": ["Sea Letters"], "volume": "12",
        "issued": {"date-parts": [[2004]]}, "updated-by": [{"type": "retraction", "DOI": "10.5555/n"}],
    },
]  # fmt: skip
ENTRIES = """\
@article{a, author={Ray, Mo}, title={Soil </script><script>alert(3)</script> moisture}, year=2001, doi={10.5555/a}}
@article{b, author={Ode, A}, title={Tidal bedforms of the Wadden Sea in winter}, year=2004, journal={Sea Letters}}
@article{c, author={Ode, A}, title={Tidal bedforms of the Wadden Sea in summer}, year=2005, journal={Sea Letters}}
@article{d, author={Vole, I}, title={Bread prices and lunar eclipses}, year=2015}
"""
#: Runs axe-core on a page and leaves what it found, and every error, where --dump-dom shows it.
PROBE = """\
<script>
window.failures = [];
window.addEventListener("error", function (event) { window.failures.push(String(event.message)); });
["alert", "confirm", "prompt"].forEach(function (name) { window[name] = function () { window.failures.push(name); }; });
["error", "warn"].forEach(function (name) { console[name] = function (text) { window.failures.push(String(text)); }; });
</script>
"""
AFTER = """\
<script>
window.addEventListener("load", function () {
  axe.run().then(function (result) {
    var found = result.violations.map(function (one) { return one.id + ": " + one.nodes[0].html; });
    var told = document.createElement("pre");
    told.id = "told";
    told.textContent = JSON.stringify(window.failures.concat(found));
    document.body.appendChild(told);
  });
});
</script>
"""


@pytest.mark.skipif(not BROWSER or not AXE, reason="needs Chromium and DL4ES_BIB_AXE")
@pytest.mark.parametrize("verb", ["verify", "review"])
def test_a_page_with_hostile_records_has_no_error_and_is_accessible(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (tmp_path / "refs.bib").write_text(ENTRIES)
    (tmp_path / "dl4es-bib.yaml").write_text(
        "index: {path: i.sqlite, records: records.jsonl}\n"
        "services: {crossref: {enabled: false}, datacite: {enabled: false}, arxiv: {enabled: false}}\n"
    )
    assert run([verb, "refs.bib", "--html", "page.html"]) == 1
    capsys.readouterr()
    page = (tmp_path / "page.html").read_text()
    probed = page.replace("<head>", f"<head>{PROBE}", 1).replace(
        "</head>", f'<script src="file://{AXE}"></script></head>'
    )
    (tmp_path / "probed.html").write_text(probed.replace("</body>", f"{AFTER}</body>"))
    done = subprocess.run(
        [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom", f"file://{tmp_path}/probed.html"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told is not None
    assert json.loads(html.unescape(told[1])) == []
