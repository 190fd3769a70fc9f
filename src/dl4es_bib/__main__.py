"""``python -m dl4es_bib``."""

from dl4es_bib.cli import main

if __name__ == "__main__":
    main()
