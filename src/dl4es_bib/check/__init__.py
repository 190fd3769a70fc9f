"""Findings about documents and libraries, one file per family of rules."""
