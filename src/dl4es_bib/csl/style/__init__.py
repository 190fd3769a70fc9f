"""Styles and locales: found, read once, and turned into typed elements."""
