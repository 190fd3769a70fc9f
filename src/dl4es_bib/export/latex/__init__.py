"""Bibliographies for LaTeX documents."""
