"""The readme of the built package: README.md with its relative links made absolute.

In the repository the links are relative, so that they work in any copy of it. A package index shows the text
without the files around it; there the links lead to ``Source`` of ``[project.urls]``.
"""

from __future__ import annotations

import re
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

BRANCH = "main"


def with_absolute_links(markdown: str, source: str) -> str:
    """Relative links and pictures of a Markdown text, led to the files of the repository at ``source``."""
    raw = source.replace("https://github.com/", "https://raw.githubusercontent.com/")
    markdown = re.sub(r"(!\[[^\]]*\]\()(?![a-z]+:|#)", rf"\g<1>{raw}/{BRANCH}/", markdown)
    return re.sub(r"((?<!!)\[[^\]]*\]\()(?![a-z]+:|#)", rf"\g<1>{source}/blob/{BRANCH}/", markdown)


class ReadmeHook(MetadataHookInterface):
    """Sets ``readme``; hatchling calls it for every build."""

    def update(self, metadata: dict) -> None:  # type: ignore[type-arg]
        """Fill in the readme from README.md."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": with_absolute_links(text, metadata["urls"]["Source"]),
        }
