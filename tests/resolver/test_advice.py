"""What messages advise must exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import dl4es_bib
from dl4es_bib.cli import root

SOURCE = Path(dl4es_bib.__file__).parent
_ADVICE = re.compile(r"['`]dl4es-bib ([a-z]+(?: [a-z]+)?)")


def commands() -> set[str]:
    """Every command line that there is, without options: ``index``, ``index add``."""
    context = click.Context(root)
    found = set()
    for verb in root.list_commands(context):
        command = root.get_command(context, verb)
        found.add(verb)
        if isinstance(command, click.Group):
            found |= {f"{verb} {name}" for name in command.list_commands(click.Context(command))}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_command_that_a_message_names_exists(path: Path) -> None:
    known = commands()
    groups = {name.partition(" ")[0] for name in known if " " in name}
    for match in _ADVICE.finditer(path.read_text(encoding="utf-8")):
        words = match.group(1).split()
        named = " ".join(words) if words[0] in groups else words[0]
        assert named in known, f"{path}: there is no command {named!r}"
