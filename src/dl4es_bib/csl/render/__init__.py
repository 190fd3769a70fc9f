"""Rendering: one kind of element in each file."""
