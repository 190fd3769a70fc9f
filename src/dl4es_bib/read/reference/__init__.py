"""From one reference string to the fields it names.

>>> work = parse_reference('Ode, Ann. "On Tides." Sea Letters 12.3 (2004): 5-9.')
>>> work.type, work.title, work.text("page")
('article-journal', 'On Tides', '5-9')

The steps: clean the text, take out links, read the authors and the date, let a form (:mod:`forms`) say
where the title ends, read the venue, and name the type. Each step is a file. No step raises on bad input:
what no rule understands stays in the title, and the caller keeps the text.
"""

from __future__ import annotations

from dl4es_bib.read.reference.parse import confidence_of, parse_entry, parse_reference
from dl4es_bib.read.reference.recognise import looks_like_reference

__all__ = ["confidence_of", "looks_like_reference", "parse_entry", "parse_reference"]
