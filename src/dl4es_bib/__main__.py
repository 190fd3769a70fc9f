"""``python -m dl4es_bib``."""

from dl4es_bib.cli import main

main()
