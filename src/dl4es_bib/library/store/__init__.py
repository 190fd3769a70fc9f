"""Where a library is kept: the .bib file and its lock."""
