"""Figures about a bibliography: counted once, drawn as SVG, as bars of a terminal, or given as plain data."""
