"""One file per record format, to and from :class:`~dl4es_bib.model.work.Work`."""
