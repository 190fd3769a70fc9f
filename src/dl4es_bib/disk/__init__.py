"""Atomic writing and bounded reading: nobody else opens a file of the user."""
