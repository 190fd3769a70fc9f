"""``build --watch``."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import SEA, Run, bib

from dl4es_bib.cli import watching


def test_a_changed_source_is_built_again_and_a_mistake_does_not_end_the_watch(
    command: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, settings = project / "list.md", project / "dl4es-bib.yaml"
    before = source.read_text()
    right = settings.read_text()
    steps = iter(
        [
            lambda: source.write_text(before + f"\n- {SEA.replace('Salt', 'Silt').replace('Ode', 'Umar')}\n"),
            lambda: None,
            lambda: settings.write_text(right + "stiles: [apa]\n"),
            lambda: None,
            lambda: settings.write_text(right),
            lambda: None,
        ]
    )

    def wait(seconds: float) -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(watching, "sleep", wait)
    code, out, err = command("build", "--offline", "--watch")
    assert code == 0
    assert out.count("Read list.md") == 3
    assert "umar" in bib(project).lower()
    assert "error: dl4es-bib.yaml" in err
    assert err.count("Waiting for changes") == 4


def test_watching_goes_with_no_dry_run(command: Run) -> None:
    code, _, err = command("build", "--watch", "--dry-run")
    assert (code, "goes neither with" in err) == (2, True)
