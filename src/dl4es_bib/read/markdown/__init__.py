"""Markdown documents: chapters, lists, front matter."""
