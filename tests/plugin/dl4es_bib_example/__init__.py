"""Additions to dl4es-bib: a reader, a provider, an export target and a record format."""
