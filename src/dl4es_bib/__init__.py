"""dl4es-bib: from a document full of references to a bibliography that can be trusted."""

__version__ = "0.1.0"
