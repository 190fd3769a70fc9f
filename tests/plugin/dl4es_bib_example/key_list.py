"""Writes the citation keys of a section, one a line."""

from dl4es_bib.export.section import Section
from dl4es_bib.export.targets import Formatting, Target


def key_list(section: Section, formatting: Formatting) -> str:
    return "".join(f"{entry.key}\n" for entry in section.entries)


TARGET = Target("key-list", "keys", per_style=False, render=key_list)
