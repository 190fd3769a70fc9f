from dl4es_bib.identify.document import identified
from dl4es_bib.read.markdown import CHAPTER_PATTERN
from dl4es_bib.read.readers import read
from dl4es_bib.read.source import load


def scan(name, *, chapter_pattern=CHAPTER_PATTERN, reader=""):
    return identified(read(load(name), chapter_pattern=chapter_pattern, reader=reader))
