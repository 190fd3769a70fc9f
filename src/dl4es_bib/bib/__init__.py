"""A lossless .bib file: read, edited in place, written byte for byte. Stands alone: imports nothing else of ours."""
