"""All rules: one line for each family, and those of other packages (entry point group ``dl4es_bib.check_rules``)."""

from __future__ import annotations

from typing import Final

from dl4es_bib.check.rule import Rule
from dl4es_bib.check.rules import citations, dates, duplicates, fields, identifiers, keys, latex, names, syntax
from dl4es_bib.model.rows import Rows

RULES: Final = Rows(
    "check rule",
    "dl4es_bib.check_rules",
    Rule,
    (
        *syntax.RULES,
        *keys.RULES,
        *fields.RULES,
        *names.RULES,
        *dates.RULES,
        *identifiers.RULES,
        *latex.RULES,
        *duplicates.RULES,
        *citations.RULES,
    ),
)
