"""references.bib and what is known about it: syntax, merge, keys, duplicates, saving."""
