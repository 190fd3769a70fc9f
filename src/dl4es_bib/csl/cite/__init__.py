"""Bibliographies and citations: their order, their numbers, what tells them apart."""
