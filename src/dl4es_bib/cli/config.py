"""``config``: the configuration in force."""

from __future__ import annotations

from pathlib import Path

import click

from dl4es_bib.cli import console
from dl4es_bib.cli.options import config_option, configuration


@click.command("config")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(config_path: Path | None, as_json: bool) -> int:
    """Show every setting as it stands after file and defaults are put together."""
    from dl4es_bib.cli.serialise import SCHEMA
    from dl4es_bib.disk.safe_yaml import dump_yaml

    config, base = configuration(config_path)
    data = config.model_dump(mode="json")
    if as_json:
        console.json_out({"schema": SCHEMA, "folder": str(base.absolute()), "config": data})
    else:
        console.out(f"# Relative paths start from {base.absolute()}")
        console.out(dump_yaml(data).rstrip())
    return 0
