"""Writes works as lines of key, year and title, with tabs between them."""

from collections.abc import Iterable

from dl4es_bib.formats.record_formats import RecordFormat
from dl4es_bib.model.work import Work


def title_lines(works: Iterable[tuple[str, Work]]) -> str:
    return "".join(f"{key}\t{work.year or ''}\t{' '.join(work.title.split())}\n" for key, work in works)


RECORD_FORMAT = RecordFormat("title-lines", write=title_lines)
