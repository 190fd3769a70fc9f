"""Writes docs/reference.md from the code: every command with its options, and every setting.

    python docs/generate.py [--picture]

With ``--picture`` the example is built as well and what it prints becomes docs/build.svg.
"""

from __future__ import annotations

import inspect
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from dl4es_bib.cli import GROUPS, root
from dl4es_bib.config.settings import Config

HERE = Path(__file__).resolve().parent
INTRODUCTION = """\
# Reference

This page is generated from the code by `docs/generate.py`.

Exit codes: 0 done, 1 findings, 2 usage or configuration, 3 input unreadable, 4 `--strict` and something is open, 5 a
source did not answer, 130 interrupted. `--json` output carries `"schema": "dl4es-bib/1"`; within that number it grows,
and nothing in it changes.
"""


def reference() -> str:
    """The page as Markdown."""
    parts = [INTRODUCTION, "## Commands\n"]
    for heading, verbs in GROUPS:
        parts.append(f"### {heading}\n")
        for verb in verbs:
            parts += commands(verb)
    parts += ["## Settings\n", "All of `dl4es-bib.yaml`. Relative paths start from the file's folder.\n"]
    parts += ["| setting | default | meaning |\n| --- | --- | --- |\n" + "\n".join(settings(Config)) + "\n"]
    parts.append(
        "Environment: `DL4ES_BIB_CROSSREF_URL`, `DL4ES_BIB_DATACITE_URL` and `DL4ES_BIB_ARXIV_URL` name other base "
        "addresses, `DL4ES_BIB_MAILTO` your address; `DL4ES_BIB_DEBUG=1` shows where a fault of the program arose; "
        "`NO_COLOR` is respected.\n"
    )
    return "\n".join(parts)


def commands(verb: str) -> Iterator[str]:
    """A verb, and the verbs below it."""
    context = click.Context(root, info_name="dl4es-bib", **root.context_settings)
    command = root.get_command(context, verb)
    assert command is not None
    yield f"#### {verb}\n\n```text\n{help_of(command, verb, context)}\n```\n"
    if isinstance(command, click.Group):
        inner = click.Context(command, info_name=verb, parent=context)
        for name in command.list_commands(inner):
            below = command.get_command(inner, name)
            assert below is not None
            yield f"#### {verb} {name}\n\n```text\n{help_of(below, name, inner)}\n```\n"


def help_of(command: click.Command, name: str, parent: click.Context) -> str:
    """What ``--help`` prints, at a width of its own."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def settings(model: type, prefix: str = "") -> Iterator[str]:
    """Rows for the fields of a settings class, described by the Attributes of its docstring."""
    text = inspect.getdoc(model) or ""
    about = dict(re.findall(r"^    (\w+): ((?:.|\n {8})+)", text, re.M))
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        annotation = field.annotation
        if inspect.isclass(annotation) and hasattr(annotation, "model_fields"):
            yield from settings(annotation, f"{prefix}{name}: ")
            continue
        default = field.get_default(call_default_factory=True)
        shown = ", ".join(default) if isinstance(default, tuple) else str(default)
        meaning = " ".join(about.get(name, (inspect.getdoc(model) or "").split("\n")[0]).split())
        cell = f"`{shown}`" if shown not in {"", "{}"} else ""
        yield f"| `{prefix}{name}` | {cell} | {meaning} |".replace("(?P<number>\\d{1,4}|", "(?P<number>\\d{1,4}\\|")


def picture() -> str:
    """What a build of the example prints, as SVG."""
    from rich.console import Console
    from rich.text import Text

    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        for name in ("examples", "dl4es-bib.yaml"):
            (Path(folder) / name).symlink_to(HERE.parent / name)
        done = subprocess.run(
            [sys.executable, "-m", "dl4es_bib", "build", "--offline"],
            cwd=folder, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
    console = Console(record=True, width=112, file=io.StringIO())
    console.print(Text("$ dl4es-bib build --offline", style="bold"))
    console.print(Text(done.stdout.rstrip()))
    svg = console.export_svg(title="dl4es-bib", unique_id="build")
    # The picture fetches no fonts, and its indents survive where white space is collapsed.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    return re.sub(r"^.*textualize.*$\n", "", svg, flags=re.M)


if __name__ == "__main__":
    (HERE / "reference.md").write_text(reference(), encoding="utf-8")
    if "--picture" in sys.argv[1:]:
        (HERE / "build.svg").write_text(picture(), encoding="utf-8")
