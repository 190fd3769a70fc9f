"""From a document and its library to files, whole and per chapter."""
